//! The page tree (ISO 32000-1 7.7.3).

use super::{View, Visited};
use crate::error::{Error, Result};
use crate::pdf::limits;
use crate::pdf::syntax::{Dict, Object, Ref};

/// Points of an inch in a millimetre.
const POINTS_PER_MM: f64 = 72.0 / 25.4;

/// One page of a revision.
#[derive(Clone)]
pub struct Page {
    pub(crate) reference: Ref,
    pub(crate) dict: Dict,
    /// Lower left and upper right, in points.
    pub(crate) media_box: [f64; 4],
    pub(crate) resources: Option<Object>,
}

impl Page {
    /// Width and height in millimetres, before rotation.
    #[must_use]
    pub fn size_mm(&self) -> (f64, f64) {
        let [left, bottom, right, top] = self.media_box;
        (
            (right - left) / POINTS_PER_MM,
            (top - bottom) / POINTS_PER_MM,
        )
    }

    /// The page object.
    #[must_use]
    pub fn reference(&self) -> Ref {
        self.reference
    }
}

impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Page")
            .field("reference", &self.reference)
            .field("media_box", &self.media_box)
            .finish_non_exhaustive()
    }
}

/// What a page takes from the nodes above it.
#[derive(Clone, Default)]
struct Inherited {
    media_box: Option<[f64; 4]>,
    resources: Option<Object>,
}

impl View<'_> {
    /// The pages in order.
    ///
    /// # Errors
    /// `malformed` when the tree loops, a node is of no known type or a page has no size;
    /// `limit_exceeded` beyond 100 000 pages or 64 levels.
    pub fn pages(&self) -> Result<Vec<Page>> {
        let catalog = self.catalog()?;
        let root = catalog
            .get("Pages")
            .and_then(Object::as_reference)
            .ok_or_else(|| Error::malformed("the catalog has no page tree"))?;
        let mut pages = Vec::new();
        self.walk_pages(
            root,
            &Inherited::default(),
            0,
            &mut Visited::default(),
            &mut pages,
        )?;
        Ok(pages)
    }

    fn walk_pages(
        &self,
        reference: Ref,
        above: &Inherited,
        depth: usize,
        visited: &mut Visited,
        pages: &mut Vec<Page>,
    ) -> Result<()> {
        if depth > limits::NESTING {
            return Err(Error::limit("pdf page tree depth", 64));
        }
        visited.enter(reference)?;
        let dict = self.dict_at(reference)?;
        let here = self
            .inherit(&dict, above)
            .map_err(|error| error.with("object", reference))?;
        if dict.has_name("Type", "Page") {
            if pages.len() == limits::PAGES {
                return Err(Error::limit("pdf pages", 100_000));
            }
            let media_box = here.media_box.ok_or_else(|| {
                Error::malformed("a page has no MediaBox").with("object", reference)
            })?;
            pages.push(Page {
                reference,
                dict,
                media_box,
                resources: here.resources,
            });
            return Ok(());
        }
        if !dict.has_name("Type", "Pages") {
            let error = Error::malformed("a node of the page tree has no known type");
            return Err(error.with("object", reference));
        }
        for kid in self.get_array(&dict, "Kids")? {
            let kid = kid.as_reference().ok_or_else(|| {
                Error::malformed("a kid of the page tree is no reference").with("object", reference)
            })?;
            self.walk_pages(kid, &here, depth + 1, visited, pages)?;
        }
        Ok(())
    }

    fn inherit(&self, dict: &Dict, above: &Inherited) -> Result<Inherited> {
        let mut here = above.clone();
        if let Some(media_box) = self.get(dict, "MediaBox")? {
            here.media_box = Some(self.rectangle(&media_box)?);
        }
        if let Some(resources) = dict.get("Resources") {
            here.resources = Some(resources.clone());
        }
        Ok(here)
    }

    /// Four numbers, put in order: left, bottom, right, top.
    pub(crate) fn rectangle(&self, object: &Object) -> Result<[f64; 4]> {
        let malformed = || Error::malformed("a rectangle is not four numbers");
        let [x1, y1, x2, y2] = object.as_array().ok_or_else(malformed)? else {
            return Err(malformed());
        };
        let number = |item: &Object| self.resolve(item)?.as_number().ok_or_else(malformed);
        let (x1, y1, x2, y2) = (number(x1)?, number(y1)?, number(x2)?, number(y2)?);
        Ok([x1.min(x2), y1.min(y2), x1.max(x2), y1.max(y2)])
    }
}

//! How large the pages are.

use std::collections::HashMap;

use super::malformed;
use super::package::Package;
use super::signatures::Area;
use super::tree::{Page, View};
use super::xml::{Element, XmlFile};
use crate::error::{Error, Result};

/// Width and height of a page in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageSize {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl View {
    /// The sizes of all pages, in order: their physical boxes, whose upper left corners are the
    /// origins of the pages' coordinates. A page without one takes its template's, and then the
    /// document's.
    ///
    /// # Errors
    /// `malformed` when a page has no size, and what reading the files gives.
    pub fn page_sizes(&self, package: &Package<'_>) -> Result<Vec<PageSize>> {
        let mut common = None;
        let mut templates = HashMap::new();
        let mut sizes = Vec::with_capacity(self.pages.len());
        for page in &self.pages {
            let mut size = own_size(package, page)?;
            for id in &page.templates {
                let Some(template) = self.templates.iter().find(|found| found.id == *id) else {
                    continue;
                };
                if size.is_some() {
                    break;
                }
                size = match templates.get(id) {
                    Some(known) => *known,
                    None => *templates
                        .entry(id.clone())
                        .or_insert(own_size(package, template)?),
                };
            }
            if size.is_none() && common.is_none() {
                common = self.common_size(package)?;
            }
            let size = size.or(common);
            sizes.push(size.ok_or_else(|| malformed("page_area").with("entry", &page.path))?);
        }
        Ok(sizes)
    }

    fn common_size(&self, package: &Package<'_>) -> Result<Option<PageSize>> {
        let file = XmlFile::read(package, &self.root)?;
        let parsed = file.parse()?;
        match parsed.any_root().optional("CommonData")? {
            Some(common) => size_in(&common, "PageArea"),
            None => Ok(None),
        }
    }
}

fn own_size(package: &Package<'_>, page: &Page) -> Result<Option<PageSize>> {
    let file = XmlFile::read(package, &page.path)?;
    let parsed = file.parse()?;
    size_in(&parsed.any_root(), "Area")
}

fn size_in(element: &Element<'_, '_>, name: &'static str) -> Result<Option<PageSize>> {
    let Some(area) = element.optional(name)? else {
        return Ok(None);
    };
    let Some(written) = area.text_of("PhysicalBox")? else {
        return Ok(None);
    };
    let wrong = || -> Error { malformed("page_area").with("entry", element.path()) };
    let area = Area::parse(&written).ok_or_else(wrong)?;
    if !(area.width > 0.0 && area.height > 0.0) {
        return Err(wrong());
    }
    Ok(Some(PageSize {
        width: area.width,
        height: area.height,
    }))
}

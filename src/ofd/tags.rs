//! Custom tags: names of a foreign vocabulary bound to objects on the pages.

use std::collections::HashMap;
use std::fmt;

use super::document::{self, CustomData};
use super::location::PackagePath;
use super::tree::{Page, View};
use super::xml::{Element, XmlFile};
use crate::error::{Error, Result};

/// Bytes of page text that the tags of one document bind, counted for each binding: a license
/// has some kilobytes.
const MAX_BOUND_TEXT: usize = 16 << 20;

/// A file of custom tags.
#[derive(Debug)]
pub struct TagFile {
    /// The file.
    pub path: PackagePath,
    /// The name of its root element.
    pub root: String,
    /// Elements that point into pages, in document order.
    pub texts: Vec<TaggedText>,
    /// Named values that some systems write here in place of OFD.xml.
    pub custom_data: Vec<CustomData>,
}

/// An element that points to objects on pages. `Debug` shows no text.
#[derive(Clone, PartialEq, Eq)]
pub struct TaggedText {
    /// The element's local name.
    pub name: String,
    /// The objects in order.
    pub objects: Vec<ObjectReference>,
    /// Their texts joined; `None` unless every object is one visible text object.
    pub text: Option<String>,
}

impl fmt::Debug for TaggedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaggedText")
            .field("name", &self.name)
            .field("objects", &self.objects)
            .finish_non_exhaustive()
    }
}

/// An object on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectReference {
    /// The page's ID; without it all pages are searched.
    pub page: Option<String>,
    /// The object's ID.
    pub object: String,
}

/// Reads a tag file against the objects of a view.
pub(super) fn read(
    file: &XmlFile<'_>,
    path: &PackagePath,
    index: &mut ObjectIndex<'_>,
) -> Result<TagFile> {
    let parsed = file.parse()?;
    let root = parsed.any_root();
    let mut texts = Vec::new();
    for element in root.descendants() {
        let objects: Vec<_> = element
            .all("ObjectRef")
            .map(|reference| object(&reference))
            .collect();
        if objects.is_empty() {
            continue;
        }
        let text = index.text(&objects)?;
        texts.push(TaggedText {
            name: element.name().to_owned(),
            objects,
            text,
        });
    }
    Ok(TagFile {
        path: path.clone(),
        root: root.name().to_owned(),
        texts,
        custom_data: document::custom_data(&root),
    })
}

fn object(reference: &Element<'_, '_>) -> ObjectReference {
    ObjectReference {
        page: reference
            .attribute("PageRef")
            .map(|page| page.trim().to_owned()),
        object: reference.text(),
    }
}

/// The text objects of a view. A page's templates are searched after it.
pub(super) struct ObjectIndex<'v> {
    pages: HashMap<&'v str, Option<&'v Page>>,
    templates: HashMap<&'v str, &'v Page>,
    /// Texts by object ID over all pages; `None` where pages share an ID.
    anywhere: HashMap<&'v str, Option<&'v str>>,
    /// Bytes of text that may still be bound.
    left: usize,
}

impl<'v> ObjectIndex<'v> {
    pub(super) fn new(view: &'v View) -> Self {
        let mut pages = HashMap::new();
        let mut anywhere = HashMap::new();
        for page in &view.pages {
            pages
                .entry(page.id.as_str())
                .and_modify(|page| *page = None)
                .or_insert(Some(page));
            for (object, text) in page.objects() {
                anywhere
                    .entry(object)
                    .and_modify(|text| *text = None)
                    .or_insert(text);
            }
        }
        let templates = view
            .templates
            .iter()
            .map(|template| (template.id.as_str(), template))
            .collect();
        Self {
            pages,
            templates,
            anywhere,
            left: MAX_BOUND_TEXT,
        }
    }

    fn text(&mut self, objects: &[ObjectReference]) -> Result<Option<String>> {
        let mut joined = String::new();
        for object in objects {
            let Some(text) = self.find(object) else {
                return Ok(None);
            };
            self.left = self
                .left
                .checked_sub(text.len())
                .ok_or_else(|| Error::limit("tagged text bytes", 16 << 20))?;
            joined.push_str(text);
        }
        Ok(Some(joined))
    }

    fn find(&self, reference: &ObjectReference) -> Option<&'v str> {
        let object = reference.object.as_str();
        let Some(page) = &reference.page else {
            return self.anywhere.get(object).copied().flatten();
        };
        let page = self.pages.get(page.as_str()).copied().flatten()?;
        page.text_of(object).or_else(|| {
            page.templates
                .iter()
                .filter_map(|id| self.templates.get(id.as_str()))
                .find_map(|template| template.text_of(object))
        })
    }
}

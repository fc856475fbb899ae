//! A parsed file and its elements.

use std::ops::Range;

use super::tree::{Content, Space, Tag, Tree};
use crate::error::Result;
use crate::finding::{Finding, FindingCode};
use crate::ofd::location::PackagePath;
use crate::ofd::{ambiguous, malformed};

/// A parsed file.
pub(in crate::ofd) struct Parsed<'a> {
    pub(super) tree: Tree<'a>,
    pub(super) path: &'a PackagePath,
    /// Bytes in front of the text that was parsed.
    pub(super) mark: usize,
}

impl<'a> Parsed<'a> {
    /// The root element, which must have this local name.
    pub(in crate::ofd) fn root(
        &self,
        name: &str,
        findings: &mut Vec<Finding>,
    ) -> Result<Element<'_, 'a>> {
        let root = self.any_root();
        if root.name() != name {
            return Err(malformed("root_element")
                .with("expected", name)
                .with("entry", self.path));
        }
        if root.tag().is_some_and(|tag| tag.space != Space::Ofd) {
            findings.push(Finding::new(FindingCode::OldNamespace, self.path.as_str()));
        }
        Ok(root)
    }

    /// The root element, whatever its name.
    pub(in crate::ofd) fn any_root(&self) -> Element<'_, 'a> {
        Element {
            parsed: self,
            index: 0,
        }
    }
}

/// An element and the file it stands in.
#[derive(Clone, Copy)]
pub(in crate::ofd) struct Element<'d, 'a> {
    parsed: &'d Parsed<'a>,
    index: u32,
}

impl<'d, 'a> Element<'d, 'a> {
    fn tag(&self) -> Option<&'d Tag<'a>> {
        self.parsed.tree.element(self.index)
    }

    pub(in crate::ofd) fn name(&self) -> &'d str {
        self.tag().map_or("", |tag| tag.local)
    }

    pub(in crate::ofd) fn path(&self) -> &'d PackagePath {
        self.parsed.path
    }

    pub(in crate::ofd) fn children(&self) -> impl Iterator<Item = Element<'d, 'a>> + use<'d, 'a> {
        let parsed = self.parsed;
        let nodes = parsed.tree.children(self.index);
        nodes.filter_map(move |(index, node)| {
            matches!(node.content, Content::Element(_)).then_some(Element { parsed, index })
        })
    }

    pub(in crate::ofd) fn all<'n>(
        &self,
        name: &'n str,
    ) -> impl Iterator<Item = Element<'d, 'a>> + use<'d, 'a, 'n> {
        self.children().filter(move |child| child.name() == name)
    }

    /// This element and all below it, in document order.
    pub(in crate::ofd) fn descendants(
        &self,
    ) -> impl Iterator<Item = Element<'d, 'a>> + use<'d, 'a> {
        let parsed = self.parsed;
        let end = parsed
            .tree
            .node(self.index)
            .map_or(self.index, |node| node.end);
        (self.index..end)
            .filter(|index| parsed.tree.element(*index).is_some())
            .map(move |index| Element { parsed, index })
    }

    /// The child that may stand once.
    pub(in crate::ofd) fn optional(&self, name: &'static str) -> Result<Option<Element<'d, 'a>>> {
        let mut found = self.all(name);
        let first = found.next();
        if found.next().is_some() {
            return Err(ambiguous("duplicate_element")
                .with("element", name)
                .with("entry", self.path()));
        }
        Ok(first)
    }

    pub(in crate::ofd) fn required(&self, name: &'static str) -> Result<Element<'d, 'a>> {
        self.optional(name)?.ok_or_else(|| {
            malformed("missing_element")
                .with("element", name)
                .with("entry", self.path())
        })
    }

    pub(in crate::ofd) fn attribute(&self, name: &str) -> Option<&'d str> {
        let attributes = self.parsed.tree.attributes(self.tag()?);
        let found = attributes.iter().find(|attribute| attribute.local == name);
        found.map(|attribute| &*attribute.value)
    }

    fn texts(&self) -> impl Iterator<Item = &'d str> + use<'d, 'a> {
        let nodes = self.parsed.tree.children(self.index);
        nodes.filter_map(|(_, node)| match &node.content {
            Content::Text(text) => Some(&**text),
            Content::Element(_) => None,
        })
    }

    /// The element's own text, comments and markup left out, white space at both ends cut.
    pub(in crate::ofd) fn text(&self) -> String {
        self.raw_text().trim().to_owned()
    }

    /// The element's own text with its white space.
    pub(in crate::ofd) fn raw_text(&self) -> String {
        self.texts().collect()
    }

    /// The text of the child that may stand once; `None` when it is absent or empty.
    pub(in crate::ofd) fn text_of(&self, name: &'static str) -> Result<Option<String>> {
        let Some(child) = self.optional(name)? else {
            return Ok(None);
        };
        if child.texts().count() > 1 {
            // Some readers take the first piece, others all.
            return Err(ambiguous("split_text")
                .with("element", name)
                .with("entry", self.path()));
        }
        let text = child.text();
        Ok((!text.is_empty()).then_some(text))
    }

    /// Where the element stands in the file's bytes.
    pub(in crate::ofd) fn range(&self) -> Range<usize> {
        let in_file = |at: u32| {
            usize::try_from(at)
                .unwrap_or(usize::MAX)
                .saturating_add(self.parsed.mark)
        };
        self.tag()
            .map_or(0..0, |tag| in_file(tag.range.start)..in_file(tag.range.end))
    }
}

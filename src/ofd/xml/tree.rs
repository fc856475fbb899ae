//! A parsed file as a flat list of nodes in document order.

use std::borrow::Cow;
use std::ops::Range;

/// The nodes of one file. The first is the root element.
#[derive(Debug, Default)]
pub(super) struct Tree<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    /// The attributes of all elements, those of one element side by side.
    pub(super) attributes: Vec<Attribute<'a>>,
}

#[derive(Debug)]
pub(super) struct Node<'a> {
    pub(super) content: Content<'a>,
    /// The first node that is not inside this one; nodes between are.
    pub(super) end: u32,
}

#[derive(Debug)]
pub(super) enum Content<'a> {
    Element(Tag<'a>),
    /// Text and CDATA without markup between, references replaced and line ends made one.
    Text(Cow<'a, str>),
}

#[derive(Debug)]
pub(super) struct Tag<'a> {
    /// The name without its prefix.
    pub(super) local: &'a str,
    pub(super) space: Space,
    /// Among the attributes of the tree.
    pub(super) attributes: Range<u32>,
    /// In the bytes of the text, from `<` of the start tag to behind `>` of the end tag.
    pub(super) range: Range<u32>,
}

/// What is told of an element's namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// None, or an empty one.
    None,
    /// OFD's.
    Ofd,
    /// One that begins as OFD's.
    Old,
    /// Any other.
    Other,
}

#[derive(Debug)]
pub(super) struct Attribute<'a> {
    /// The name without its prefix.
    pub(super) local: &'a str,
    /// The value, references replaced and white space made blanks.
    pub(super) value: Cow<'a, str>,
}

impl<'a> Tree<'a> {
    pub(super) fn node(&self, index: u32) -> Option<&Node<'a>> {
        self.nodes.get(usize::try_from(index).ok()?)
    }

    pub(super) fn element(&self, index: u32) -> Option<&Tag<'a>> {
        match &self.node(index)?.content {
            Content::Element(tag) => Some(tag),
            Content::Text(_) => None,
        }
    }

    /// Nodes directly inside an element.
    pub(super) fn children(&self, parent: u32) -> impl Iterator<Item = (u32, &Node<'a>)> {
        let end = self.node(parent).map_or(parent, |node| node.end);
        let mut next = parent.saturating_add(1);
        std::iter::from_fn(move || {
            if next >= end {
                return None;
            }
            let index = next;
            let node = self.node(index)?;
            next = node.end;
            Some((index, node))
        })
    }

    pub(super) fn attributes(&self, tag: &Tag<'a>) -> &[Attribute<'a>] {
        let index = |at: u32| usize::try_from(at).ok();
        index(tag.attributes.start)
            .zip(index(tag.attributes.end))
            .and_then(|(start, end)| self.attributes.get(start..end))
            .unwrap_or_default()
    }
}

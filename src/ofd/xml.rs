//! XML as packages use it: UTF-8, no DOCTYPE, bounded, matched by local name.
//!
//! Namespaces are not compared, since old files use another one and readers ignore them. What
//! this makes unclear (two elements of the same local name where the schema allows one) is
//! refused as ambiguous.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr3, memmem};
use roxmltree::{Document, Error as XmlError, Node, ParsingOptions};

use super::location::PackagePath;
use super::package::Package;
use super::{ambiguous, malformed};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Finding, FindingCode};

/// Within these bytes an XML declaration ends: three short attributes.
const MAX_DECLARATION: usize = 256;

/// Nodes of one file: large drawn pages have some 100 000.
const MAX_NODES: u32 = 1_000_000;
/// Depth of elements: real pages stay below 20.
const MAX_DEPTH: usize = 64;
/// Attributes of one element, which the parser compares pairwise: the schema's most are 20.
const MAX_ATTRIBUTES: usize = 128;
/// Namespace declarations in force at once, which the parser copies: real files have 3.
const MAX_NAMESPACES: usize = 64;

const OFD_NAMESPACE: &str = "http://www.ofdspec.org/2016";
const OLD_NAMESPACE: &str = "http://www.ofdspec.org";

/// The text of an XML file, checked to be parseable within the limits.
pub(super) struct XmlFile<'p> {
    path: PackagePath,
    bytes: Cow<'p, [u8]>,
    /// Bytes of a byte order mark in front of the text.
    mark: usize,
}

impl<'p> XmlFile<'p> {
    pub(super) fn read(package: &'p Package<'_>, path: &PackagePath) -> Result<Self> {
        let bytes = package.read_xml(path)?;
        Self::new(path, bytes).map_err(|error| error.with("entry", path))
    }

    pub(super) fn new(path: &PackagePath, bytes: impl Into<Cow<'p, [u8]>>) -> Result<Self> {
        let bytes = bytes.into();
        let mark = if bytes.starts_with(b"\xef\xbb\xbf") {
            3
        } else {
            0
        };
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            return Err(Error::unsupported("only XML in UTF-8 is read"));
        }
        let text = text_after(&bytes, mark)?;
        check_encoding(text)?;
        check_shape(text.as_bytes())?;
        Ok(Self {
            path: path.clone(),
            bytes,
            mark,
        })
    }

    /// The bytes with each range replaced, all else as it stands. Ranges must be in order and apart.
    pub(super) fn spliced(&self, changes: &[(Range<usize>, String)]) -> Result<Vec<u8>> {
        let outside = || Error::new(ErrorKind::Internal, "a splice lies outside its file");
        let mut spliced = Vec::new();
        let mut reached = 0;
        for (range, text) in changes {
            spliced.extend(self.bytes.get(reached..range.start).ok_or_else(outside)?);
            spliced.extend(text.as_bytes());
            reached = range.end;
        }
        spliced.extend(self.bytes.get(reached..).ok_or_else(outside)?);
        Ok(spliced)
    }

    /// Where and how a written element ends and which prefix its name carries, to put children
    /// of the same namespace into it.
    pub(super) fn insertion(&self, range: Range<usize>) -> Option<Insertion> {
        let element = self.bytes.get(range.clone())?;
        let tag = Tag::scan(element)?;
        let start_tag = element.get(..tag.length)?;
        let name_end = start_tag
            .iter()
            .skip(1)
            .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))?;
        let name = std::str::from_utf8(start_tag.get(1..=name_end)?)
            .ok()?
            .to_owned();
        let prefix = name
            .split_once(':')
            .map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
        let first = range.start + tag.length;
        if tag.empty {
            // `<a/>` becomes `<a>…</a>`.
            let place = first - 2..first;
            return Some(Insertion {
                first: place.clone(),
                last: place,
                prefix,
                opened: Some(name),
            });
        }
        let end_tag = element.windows(2).rposition(|window| window == b"</")?;
        let last = range.start + end_tag;
        Some(Insertion {
            first: first..first,
            last: last..last,
            prefix,
            opened: None,
        })
    }

    /// The file's bytes as they stand in the package.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Parses the text and finds the root element.
    pub(super) fn parse(&self) -> Result<Parsed<'_>> {
        let named = |error: Error| error.with("entry", &self.path);
        let text = text_after(&self.bytes, self.mark).map_err(named)?;
        let options = ParsingOptions {
            nodes_limit: MAX_NODES,
            ..ParsingOptions::default()
        };
        let document =
            Document::parse_with_options(text, options).map_err(|error| named(refusal(&error)))?;
        check_attributes(&document).map_err(named)?;
        Ok(Parsed {
            document,
            path: &self.path,
            mark: self.mark,
        })
    }
}

/// XML that declares no other encoding is UTF-8, and broken where it is not.
fn text_after(bytes: &[u8], mark: usize) -> Result<&str> {
    let content = bytes.get(mark..).unwrap_or_default();
    std::str::from_utf8(content).map_err(|_| {
        let head = content.get(..MAX_DECLARATION).unwrap_or(content);
        match check_encoding(&String::from_utf8_lossy(head)) {
            Ok(()) => Error::malformed("the XML is not UTF-8"),
            Err(error) => error,
        }
    })
}

fn refusal(error: &XmlError) -> Error {
    let position = error.pos();
    let refused = match error {
        XmlError::DtdDetected => ambiguous("doctype"),
        XmlError::DuplicatedAttribute(..) | XmlError::DuplicatedNamespace(..) => {
            ambiguous("duplicate_attribute")
        }
        XmlError::NodesLimitReached => Error::limit("XML nodes", u64::from(MAX_NODES)),
        _ => Error::malformed("the XML is not well formed"),
    };
    refused
        .with("line", position.row)
        .with("column", position.col)
}

/// The declared encoding must be the one that is used.
fn check_encoding(text: &str) -> Result<()> {
    let Some(declaration) = text
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
    else {
        return Ok(());
    };
    let Some((_, after)) = declaration.0.split_once("encoding") else {
        return Ok(());
    };
    let value = after.trim_start().trim_start_matches('=').trim_start();
    let quoted = value
        .strip_prefix('"')
        .and_then(|rest| rest.split_once('"'));
    let quoted = quoted.or_else(|| {
        value
            .strip_prefix('\'')
            .and_then(|rest| rest.split_once('\''))
    });
    match quoted {
        Some((name, _)) if name.eq_ignore_ascii_case("utf-8") => Ok(()),
        Some((name, _)) if name.eq_ignore_ascii_case("utf8") => Ok(()),
        Some((name, _)) if is_other_encoding(name) => {
            Err(Error::unsupported("only XML in UTF-8 is read"))
        }
        _ => Err(Error::malformed("the XML declares no known encoding")),
    }
}

/// Encodings that other programs may well read.
fn is_other_encoding(name: &str) -> bool {
    const FAMILIES: &[&str] = &[
        "gb", "big5", "hz-", "iso-", "utf-16", "utf-32", "ucs-", "windows-", "us-ascii", "ascii",
    ];
    let name = name.to_ascii_lowercase();
    FAMILIES.iter().any(|family| name.starts_with(family))
}

/// Bounds what the parser would spend more than linear time or memory on, before it runs.
fn check_shape(mut rest: &[u8]) -> Result<()> {
    let mut open: Vec<usize> = Vec::new();
    let mut namespaces = 0;
    while let Some(at) = memchr(b'<', rest) {
        rest = rest.get(at..).unwrap_or_default();
        let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
            .into_iter()
            .find(|(start, _)| rest.starts_with(start.as_bytes()));
        if let Some((start, end)) = skipped {
            let inner = rest.get(start.len()..).unwrap_or_default();
            rest = after(inner, end.as_bytes()).ok_or_else(not_well_formed)?;
            continue;
        }
        if rest.starts_with(b"<!") {
            return Err(ambiguous("doctype"));
        }
        let tag = Tag::scan(rest).ok_or_else(not_well_formed)?;
        rest = rest.get(tag.length..).unwrap_or_default();
        if tag.closes {
            namespaces -= open.pop().ok_or_else(not_well_formed)?;
            continue;
        }
        if tag.attributes > MAX_ATTRIBUTES {
            return Err(Error::limit("XML attributes", 128));
        }
        if namespaces + tag.namespaces > MAX_NAMESPACES {
            return Err(Error::limit("XML namespaces", 64));
        }
        if !tag.empty {
            open.push(tag.namespaces);
            namespaces += tag.namespaces;
        }
        if open.len() > MAX_DEPTH {
            return Err(Error::limit("XML depth", 64));
        }
    }
    Ok(())
}

fn not_well_formed() -> Error {
    Error::malformed("the XML is not well formed")
}

fn after<'a>(bytes: &'a [u8], end: &[u8]) -> Option<&'a [u8]> {
    let at = memmem::find(bytes, end)?;
    bytes.get(at + end.len()..)
}

/// Places for new children of an element.
pub(super) struct Insertion {
    /// Before its first child.
    pub(super) first: Range<usize>,
    /// After its last child.
    pub(super) last: Range<usize>,
    /// Of its own name, with the colon; empty when it has none.
    pub(super) prefix: String,
    /// The name, where the element is written as an empty one that must be opened.
    pub(super) opened: Option<String>,
}

impl Insertion {
    /// Children to stand at the end, the element opened if need be.
    pub(super) fn at_end(&self, children: &str) -> (Range<usize>, String) {
        let text = match &self.opened {
            Some(name) => format!(">{children}</{name}>"),
            None => children.to_owned(),
        };
        (self.last.clone(), text)
    }
}

struct Tag {
    length: usize,
    closes: bool,
    empty: bool,
    attributes: usize,
    namespaces: usize,
}

impl Tag {
    /// Scans from `<` to the `>` that is not inside quotes.
    fn scan(bytes: &[u8]) -> Option<Self> {
        let mut attributes = 0;
        let mut at = 1;
        let length = loop {
            let next = at + memchr3(b'"', b'\'', b'>', bytes.get(at..)?)?;
            let quote = *bytes.get(next)?;
            if quote == b'>' {
                break next + 1;
            }
            attributes += 1;
            at = next + 2 + memchr(quote, bytes.get(next + 1..)?)?;
        };
        let text = bytes.get(..length)?;
        Some(Self {
            length,
            closes: text.starts_with(b"</"),
            empty: text.ends_with(b"/>"),
            attributes,
            // Counts some values that are no declarations too, which only tightens the bound.
            namespaces: if attributes == 0 {
                0
            } else {
                memmem::find_iter(text, b"xmlns").count()
            },
        })
    }
}

/// OFD's elements may not carry two attributes of one local name.
fn check_attributes(document: &Document<'_>) -> Result<()> {
    for node in document.descendants().filter(Node::is_element) {
        if node.attributes().len() < 2 {
            continue;
        }
        let is_ofd = node
            .tag_name()
            .namespace()
            .is_none_or(|space| space.starts_with(OLD_NAMESPACE));
        let mut names: Vec<_> = node
            .attributes()
            .map(|attribute| attribute.name())
            .collect();
        names.sort_unstable();
        if is_ofd && names.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(ambiguous("duplicate_attribute"));
        }
    }
    Ok(())
}

/// A parsed file.
pub(super) struct Parsed<'a> {
    document: Document<'a>,
    path: &'a PackagePath,
    mark: usize,
}

impl<'a> Parsed<'a> {
    /// The root element, which must have this local name.
    pub(super) fn root(&self, name: &str, findings: &mut Vec<Finding>) -> Result<Element<'_, 'a>> {
        let root = self.any_root();
        if root.name() != name {
            return Err(malformed("root_element")
                .with("expected", name)
                .with("entry", self.path));
        }
        match root.node.tag_name().namespace() {
            Some(OFD_NAMESPACE) => {}
            _ => findings.push(Finding::new(FindingCode::OldNamespace, self.path.as_str())),
        }
        Ok(root)
    }

    /// The root element, whatever its name.
    pub(super) fn any_root(&self) -> Element<'_, 'a> {
        Element {
            node: self.document.root_element(),
            path: self.path,
            mark: self.mark,
        }
    }
}

/// An element and the file it stands in.
#[derive(Clone, Copy)]
pub(super) struct Element<'d, 'a> {
    node: Node<'d, 'a>,
    path: &'d PackagePath,
    mark: usize,
}

impl<'d, 'a> Element<'d, 'a> {
    pub(super) fn name(&self) -> &'d str {
        // Borrowing through the tree, not through this handle.
        let node: Node<'d, 'a> = self.node;
        node.tag_name().name()
    }

    pub(super) fn path(&self) -> &'d PackagePath {
        self.path
    }

    pub(super) fn children(&self) -> impl Iterator<Item = Element<'d, 'a>> + use<'d, 'a> {
        let (path, mark) = (self.path, self.mark);
        let elements = self.node.children().filter(Node::is_element);
        elements.map(move |node| Element { node, path, mark })
    }

    pub(super) fn all<'n>(
        &self,
        name: &'n str,
    ) -> impl Iterator<Item = Element<'d, 'a>> + use<'d, 'a, 'n> {
        self.children().filter(move |child| child.name() == name)
    }

    /// This element and all below it, in document order.
    pub(super) fn descendants(&self) -> impl Iterator<Item = Element<'d, 'a>> + use<'d, 'a> {
        let (path, mark) = (self.path, self.mark);
        let elements = self.node.descendants().filter(Node::is_element);
        elements.map(move |node| Element { node, path, mark })
    }

    /// The child that may stand once.
    pub(super) fn optional(&self, name: &'static str) -> Result<Option<Element<'d, 'a>>> {
        let mut found = self.all(name);
        let first = found.next();
        if found.next().is_some() {
            return Err(ambiguous("duplicate_element")
                .with("element", name)
                .with("entry", self.path));
        }
        Ok(first)
    }

    pub(super) fn required(&self, name: &'static str) -> Result<Element<'d, 'a>> {
        self.optional(name)?.ok_or_else(|| {
            malformed("missing_element")
                .with("element", name)
                .with("entry", self.path)
        })
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&'d str> {
        let node: Node<'d, 'a> = self.node;
        node.attributes()
            .find(|attribute| attribute.name() == name)
            .map(|found| found.value())
    }

    /// The element's own text, comments and markup left out, white space at both ends cut.
    pub(super) fn text(&self) -> String {
        self.raw_text().trim().to_owned()
    }

    /// The element's own text with its white space.
    pub(super) fn raw_text(&self) -> String {
        let texts = self.node.children().filter(Node::is_text);
        texts.filter_map(|node| node.text()).collect()
    }

    /// The text of the child that may stand once; `None` when it is absent or empty.
    pub(super) fn text_of(&self, name: &'static str) -> Result<Option<String>> {
        let Some(child) = self.optional(name)? else {
            return Ok(None);
        };
        if child.node.children().filter(Node::is_text).count() > 1 {
            // Some readers take the first piece, others all.
            return Err(ambiguous("split_text")
                .with("element", name)
                .with("entry", self.path));
        }
        let text = child.text();
        Ok((!text.is_empty()).then_some(text))
    }

    /// Where the element stands in the file's bytes.
    pub(super) fn range(&self) -> Range<usize> {
        let range = self.node.range();
        range.start + self.mark..range.end + self.mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn outcome(text: &[u8]) -> Result<()> {
        let path = PackagePath::new("a.xml").unwrap();
        XmlFile::new(&path, text.to_vec())?.parse().map(|_| ())
    }

    fn kind(text: &[u8]) -> ErrorKind {
        outcome(text).unwrap_err().kind()
    }

    #[test]
    fn reads_utf8_with_and_without_mark() {
        outcome(b"<?xml version='1.0' encoding='utf-8'?><a b='1'/>").unwrap();
        outcome(b"\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>").unwrap();
    }

    #[test]
    fn refuses_other_encodings() {
        assert_eq!(
            kind(b"<?xml version='1.0' encoding='GBK'?><a/>"),
            ErrorKind::Unsupported
        );
        assert_eq!(
            kind(b"<?xml version='1.0' encoding='GB18030'?><a>\xd6\xd0</a>"),
            ErrorKind::Unsupported
        );
        assert_eq!(kind(b"\xff\xfe<\0a\0/\0>\0"), ErrorKind::Unsupported);
    }

    #[test]
    fn refuses_what_is_in_no_encoding() {
        assert_eq!(kind(b"<a>\xd6\xd0</a>"), ErrorKind::Malformed);
        let unknown = b"<?xml version='1.0' encoding='UTF-9'?><a/>";
        assert_eq!(kind(unknown), ErrorKind::Malformed);
    }

    #[test]
    fn refuses_what_readers_may_take_differently() {
        assert_eq!(kind(b"<!DOCTYPE a><a/>"), ErrorKind::Ambiguous);
        assert_eq!(
            kind(b"<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>"),
            ErrorKind::Ambiguous
        );
        assert_eq!(kind(b"<a b='1' b='2'/>"), ErrorKind::Ambiguous);
        let two = b"<o:a xmlns:o='http://www.ofdspec.org/2016' o:b='1' b='2'/>";
        assert_eq!(kind(two), ErrorKind::Ambiguous);
    }

    #[test]
    fn bounds_depth_attributes_and_namespaces() {
        assert_eq!(kind("<a>".repeat(100).as_bytes()), ErrorKind::LimitExceeded);
        let many: String = (0..200).map(|n| format!(" a{n}='1'")).collect();
        assert_eq!(
            kind(format!("<a{many}/>").as_bytes()),
            ErrorKind::LimitExceeded
        );
        let many: String = (0..70).map(|n| format!("\nxmlns:a{n}='{n}'")).collect();
        assert_eq!(
            kind(format!("<a{many}/>").as_bytes()),
            ErrorKind::LimitExceeded
        );
        // Quotes and comments hide what looks like tags.
        let hidden = format!("<a b='{}'><!-- {} --></a>", ">", "<a>".repeat(100));
        outcome(hidden.as_bytes()).unwrap();
    }

    #[test]
    fn ranges_count_the_mark() {
        let path = PackagePath::new("a.xml").unwrap();
        let file = XmlFile::new(&path, b"\xef\xbb\xbf<a><b/></a>".to_vec()).unwrap();
        let parsed = file.parse().unwrap();
        let b = parsed.any_root().required("b").unwrap();
        assert_eq!(&file.bytes()[b.range()], b"<b/>");
    }

    #[test]
    fn malformed_xml_is_an_error() {
        for text in [
            &b"<a>"[..],
            b"</a>",
            b"",
            b"<a",
            b"<a><b></a></b>",
            b"<x:a/>",
            b"<!-- ",
        ] {
            assert_eq!(
                kind(text),
                ErrorKind::Malformed,
                "{}",
                String::from_utf8_lossy(text)
            );
        }
    }
}

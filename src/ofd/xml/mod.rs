//! XML as packages use it: UTF-8, no DOCTYPE, bounded, matched by local name.
//!
//! Namespaces are not compared, since old files use another one and readers ignore them. What
//! this makes unclear (two elements of the same local name where the schema allows one) is
//! refused as ambiguous.

mod characters;
mod element;
mod encoding;
mod insertion;
mod reader;
#[cfg(test)]
mod reader_tests;
mod tree;

use std::borrow::Cow;
use std::ops::Range;

pub(super) use self::element::{Element, Parsed};
pub(super) use self::insertion::Insertion;
use self::reader::{Flaw, FlawKind};
use super::ambiguous;
use super::location::PackagePath;
use super::package::Package;
use crate::error::{Error, ErrorKind, Result};

/// Nodes of one file: large drawn pages have some 100 000.
const MAX_NODES: u32 = 1_000_000;
/// Depth of elements: real pages stay below 20.
const MAX_DEPTH: usize = 64;
/// Attributes of one element, which are compared pairwise: the schema's most are 20.
const MAX_ATTRIBUTES: usize = 128;
/// Namespace declarations in force at once, which are searched one by one: real files have 3.
const MAX_NAMESPACES: usize = 64;

const OFD_NAMESPACE: &str = "http://www.ofdspec.org/2016";
const OLD_NAMESPACE: &str = "http://www.ofdspec.org";

/// The text of an XML file.
pub(super) struct XmlFile<'p> {
    path: PackagePath,
    /// With its byte order mark, where there is one.
    text: Cow<'p, str>,
}

impl<'p> XmlFile<'p> {
    pub(super) fn read(package: &'p Package<'_>, path: &PackagePath) -> Result<Self> {
        let bytes = package.read_xml(path)?;
        Self::new(path, bytes).map_err(|error| error.with("entry", path))
    }

    pub(super) fn new(path: &PackagePath, bytes: impl Into<Cow<'p, [u8]>>) -> Result<Self> {
        Ok(Self {
            path: path.clone(),
            text: encoding::text(bytes.into())?,
        })
    }

    /// The bytes with each range replaced, all else as it stands. Ranges must be in order and apart.
    pub(super) fn spliced(&self, changes: &[(Range<usize>, String)]) -> Result<Vec<u8>> {
        let outside = || Error::new(ErrorKind::Internal, "a splice lies outside its file");
        let mut spliced = Vec::new();
        let mut reached = 0;
        for (range, text) in changes {
            spliced.extend(self.bytes().get(reached..range.start).ok_or_else(outside)?);
            spliced.extend(text.as_bytes());
            reached = range.end;
        }
        spliced.extend(self.bytes().get(reached..).ok_or_else(outside)?);
        Ok(spliced)
    }

    /// Where and how a written element ends and which prefix its name carries, to put children
    /// of the same namespace into it.
    pub(super) fn insertion(&self, range: Range<usize>) -> Option<Insertion> {
        Insertion::into(self.bytes(), range)
    }

    /// The file's bytes as they stand in the package.
    pub(super) fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// Parses the text.
    pub(super) fn parse(&self) -> Result<Parsed<'_>> {
        let text = self.text.strip_prefix(encoding::MARK).unwrap_or(&self.text);
        let tree =
            reader::parse(text).map_err(|flaw| refusal(text, flaw).with("entry", &self.path))?;
        Ok(Parsed {
            tree,
            path: &self.path,
            mark: self.text.len() - text.len(),
        })
    }
}

fn refusal(text: &str, flaw: Flaw) -> Error {
    let refused = match flaw.kind {
        FlawKind::NotWellFormed => Error::malformed("the XML is not well formed"),
        FlawKind::Doctype => ambiguous("doctype"),
        FlawKind::DuplicateAttribute => ambiguous("duplicate_attribute"),
        FlawKind::TooManyNodes => Error::limit("XML nodes", 1_000_000),
        FlawKind::TooManyAttributes => Error::limit("XML attributes", 128),
        FlawKind::TooManyNamespaces => Error::limit("XML namespaces", 64),
        FlawKind::TooDeep => Error::limit("XML depth", 64),
    };
    let before = text.get(..flaw.at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    refused
        .with("line", before.matches('\n').count() + 1)
        .with("column", line.chars().count() + 1)
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

//! Reads a text into a tree, once from front to end: well-formed XML 1.0 with namespaces, or a
//! flaw. There is no DOCTYPE, and so no entity but the five of XML itself.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

use super::characters::{forbidden, is_allowed, name_length};
use super::tree::{Attribute, Content, Node, Space, Tag, Tree};
use super::{MAX_ATTRIBUTES, MAX_DEPTH, MAX_NAMESPACES, MAX_NODES, OFD_NAMESPACE, OLD_NAMESPACE};

const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS_NAMESPACE: &str = "http://www.w3.org/2000/xmlns/";

/// Why a text is not read, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flaw {
    pub(super) kind: FlawKind,
    /// In the bytes of the text.
    pub(super) at: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FlawKind {
    NotWellFormed,
    Doctype,
    DuplicateAttribute,
    TooManyNodes,
    TooManyAttributes,
    TooManyNamespaces,
    TooDeep,
}

type Read<T> = Result<T, Flaw>;

/// Parses a text, a byte order mark left out.
pub(super) fn parse(text: &str) -> Read<Tree<'_>> {
    if let Some(at) = forbidden(text) {
        let kind = FlawKind::NotWellFormed;
        return Err(Flaw { kind, at });
    }
    let mut reader = Reader {
        text,
        at: 0,
        tree: Tree::default(),
        open: Vec::new(),
        spaces: Vec::new(),
        bare_end: memmem::find(text.as_bytes(), b"]]>").is_some(),
    };
    reader.declaration()?;
    reader.around_root()?;
    reader.root()?;
    reader.around_root()?;
    if reader.rest().is_empty() {
        Ok(reader.tree)
    } else {
        Err(reader.flaw())
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    tree: Tree<'a>,
    open: Vec<Open<'a>>,
    /// The declarations in force, the inner ones last.
    spaces: Vec<Declaration<'a>>,
    /// `]]>` stands somewhere, so that texts must be searched for it.
    bare_end: bool,
}

/// An element whose end tag is still to come.
struct Open<'a> {
    node: u32,
    name: &'a str,
    /// Declarations in force around it.
    spaces: usize,
}

struct Declaration<'a> {
    /// Empty for the default namespace.
    prefix: &'a str,
    uri: Cow<'a, str>,
}

/// A name as written, and its parts.
#[derive(Clone, Copy)]
struct Name<'a> {
    written: &'a str,
    /// Empty when it has none.
    prefix: &'a str,
    local: &'a str,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn flaw(&self) -> Flaw {
        self.flaw_of(FlawKind::NotWellFormed)
    }

    fn flaw_of(&self, kind: FlawKind) -> Flaw {
        Flaw { kind, at: self.at }
    }

    fn skips(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    fn skip(&mut self, expected: &str) -> Read<()> {
        if self.skips(expected) {
            Ok(())
        } else {
            Err(self.flaw())
        }
    }

    /// Skips white space; tells whether there was some.
    fn skips_space(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
        self.at > start
    }

    /// What stands before `end`, which is skipped.
    fn until(&mut self, end: &str) -> Read<&'a str> {
        let found = memmem::find(self.rest().as_bytes(), end.as_bytes());
        let inner = found.and_then(|at| self.rest().get(..at));
        let inner = inner.ok_or_else(|| self.flaw())?;
        self.at += inner.len() + end.len();
        Ok(inner)
    }

    /// `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`; which encoding, another asks.
    fn declaration(&mut self) -> Read<()> {
        let is_declaration = self.rest().strip_prefix("<?xml");
        if !is_declaration.is_some_and(|rest| rest.bytes().next().is_some_and(is_space)) {
            return Ok(());
        }
        self.at += "<?xml".len();
        let version = self
            .pseudo_attribute("version")?
            .ok_or_else(|| self.flaw())?;
        let encoding = self.pseudo_attribute("encoding")?;
        let standalone = self.pseudo_attribute("standalone")?;
        let good = is_version(version)
            && encoding.is_none_or(is_encoding)
            && standalone.is_none_or(|value| matches!(value, "yes" | "no"));
        if !good {
            return Err(self.flaw());
        }
        self.skips_space();
        self.skip("?>")
    }

    fn pseudo_attribute(&mut self, name: &str) -> Read<Option<&'a str>> {
        let start = self.at;
        if !(self.skips_space() && self.skips(name)) {
            self.at = start;
            return Ok(None);
        }
        self.equals()?;
        self.quoted().map(Some)
    }

    fn equals(&mut self) -> Read<()> {
        self.skips_space();
        self.skip("=")?;
        self.skips_space();
        Ok(())
    }

    fn quoted(&mut self) -> Read<&'a str> {
        let quote = match self.peek() {
            Some(b'"') => "\"",
            Some(b'\'') => "'",
            _ => return Err(self.flaw()),
        };
        self.at += 1;
        let end = memchr(
            *quote.as_bytes().first().unwrap_or(&0),
            self.rest().as_bytes(),
        );
        let value = end.and_then(|end| self.rest().get(..end));
        let value = value.ok_or_else(|| self.flaw())?;
        self.at += value.len() + 1;
        Ok(value)
    }

    /// White space, comments and processing instructions beside the root element.
    fn around_root(&mut self) -> Read<()> {
        loop {
            self.skips_space();
            if self.rest().starts_with("<!DOCTYPE") {
                return Err(self.flaw_of(FlawKind::Doctype));
            }
            if !(self.comment()? || self.instruction()?) {
                return Ok(());
            }
        }
    }

    fn comment(&mut self) -> Read<bool> {
        if !self.skips("<!--") {
            return Ok(false);
        }
        self.until("--")?;
        self.skip(">")?;
        Ok(true)
    }

    fn instruction(&mut self) -> Read<bool> {
        if !self.skips("<?") {
            return Ok(false);
        }
        let target = self
            .rest()
            .get(..name_length(self.rest()))
            .unwrap_or_default();
        if target.is_empty() || target.eq_ignore_ascii_case("xml") {
            return Err(self.flaw());
        }
        self.at += target.len();
        if !self.skips("?>") {
            if !self.skips_space() {
                return Err(self.flaw());
            }
            self.until("?>")?;
        }
        Ok(true)
    }

    /// The root element and all inside, element by element rather than by recursion.
    fn root(&mut self) -> Read<()> {
        if self.peek() != Some(b'<') {
            return Err(self.flaw());
        }
        self.start_tag()?;
        // Whether the last node is text that more text would continue.
        let mut in_text = false;
        while !self.open.is_empty() {
            if self.peek() != Some(b'<') {
                let text = self.text_run()?;
                self.add_text(text, in_text)?;
                in_text = true;
                continue;
            }
            match self.text.as_bytes().get(self.at + 1) {
                Some(b'/') => self.end_tag()?,
                Some(b'?') => self.instruction().map(|_| ())?,
                Some(b'!') if self.skips("<![CDATA[") => {
                    let text = self.until("]]>")?;
                    self.add_text(one_line_end(text), in_text)?;
                    in_text = true;
                    continue;
                }
                Some(b'!') => {
                    if !self.comment()? {
                        return Err(self.flaw_of(FlawKind::Doctype));
                    }
                }
                _ => self.start_tag()?,
            }
            in_text = false;
        }
        Ok(())
    }

    fn text_run(&mut self) -> Read<Cow<'a, str>> {
        let rest = self.rest();
        // A text without end lies in an element without end.
        let end = memchr(b'<', rest.as_bytes()).ok_or_else(|| self.flaw())?;
        let run = rest.get(..end).unwrap_or_default();
        if self.bare_end && memmem::find(run.as_bytes(), b"]]>").is_some() {
            return Err(self.flaw());
        }
        let text = self.without_references(run, &one_line_end)?;
        self.at += run.len();
        Ok(text)
    }

    fn add_text(&mut self, text: Cow<'a, str>, joins: bool) -> Read<()> {
        if let Some(Node {
            content: Content::Text(last),
            ..
        }) = self.tree.nodes.last_mut().filter(|_| joins)
        {
            last.to_mut().push_str(&text);
            return Ok(());
        }
        let index = self.add(Content::Text(text))?;
        self.close(index);
        Ok(())
    }

    fn add(&mut self, content: Content<'a>) -> Read<u32> {
        let index = u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX);
        if index >= MAX_NODES {
            return Err(self.flaw_of(FlawKind::TooManyNodes));
        }
        let end = index + 1;
        self.tree.nodes.push(Node { content, end });
        Ok(index)
    }

    /// All nodes from here to the last one are inside.
    fn close(&mut self, index: u32) {
        let end = u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX);
        let reached = self.position();
        let place = usize::try_from(index).ok();
        if let Some(node) = place.and_then(|place| self.tree.nodes.get_mut(place)) {
            node.end = end;
            if let Content::Element(tag) = &mut node.content {
                tag.range.end = reached;
            }
        }
    }

    /// Where the reader is, in the width that nodes keep.
    fn position(&self) -> u32 {
        u32::try_from(self.at).unwrap_or(u32::MAX)
    }

    fn start_tag(&mut self) -> Read<()> {
        let start = self.position();
        self.skip("<")?;
        let name = self.name()?;
        let spaces = self.spaces.len();
        let first = self.tree.attributes.len();
        let prefixes = self.attributes()?;
        let empty = self.skips("/");
        self.skip(">")?;

        let space = self.space_of(name)?;
        self.check_attributes(first, &prefixes, space)?;
        let index = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let node = self.add(Content::Element(Tag {
            local: name.local,
            space,
            attributes: index(first)..index(self.tree.attributes.len()),
            range: start..start,
        }))?;
        if empty {
            self.close(node);
            self.spaces.truncate(spaces);
        } else if self.open.len() == MAX_DEPTH {
            return Err(self.flaw_of(FlawKind::TooDeep));
        } else {
            let name = name.written;
            self.open.push(Open { node, name, spaces });
        }
        Ok(())
    }

    fn end_tag(&mut self) -> Read<()> {
        self.skip("</")?;
        let open = self.open.pop().ok_or_else(|| self.flaw())?;
        self.skip(open.name)?;
        self.skips_space();
        self.skip(">")?;
        self.close(open.node);
        self.spaces.truncate(open.spaces);
        Ok(())
    }

    fn name(&mut self) -> Read<Name<'a>> {
        let rest = self.rest();
        let first = rest.get(..name_length(rest)).unwrap_or_default();
        let after = rest.get(first.len()..).unwrap_or_default();
        let name = match after.strip_prefix(':') {
            None => Name {
                written: first,
                prefix: "",
                local: first,
            },
            Some(after) => {
                let local = after.get(..name_length(after)).unwrap_or_default();
                let length = first.len() + 1 + local.len();
                Name {
                    written: rest.get(..length).unwrap_or_default(),
                    prefix: first,
                    local,
                }
            }
        };
        let prefixed = name.written.len() > name.local.len();
        if name.local.is_empty() || (prefixed && name.prefix.is_empty()) {
            return Err(self.flaw());
        }
        self.at += name.written.len();
        Ok(name)
    }

    /// Reads the attributes into the tree, and declarations into force; gives the prefixes of the
    /// former, of which most elements have none.
    fn attributes(&mut self) -> Read<Vec<(usize, &'a str)>> {
        let mut prefixes = Vec::new();
        let (first, declared) = (self.tree.attributes.len(), self.spaces.len());
        let mut count = 0;
        loop {
            let spaced = self.skips_space();
            if matches!(self.peek(), Some(b'>' | b'/')) {
                return Ok(prefixes);
            }
            if !spaced {
                return Err(self.flaw());
            }
            count += 1;
            if count > MAX_ATTRIBUTES {
                return Err(self.flaw_of(FlawKind::TooManyAttributes));
            }
            let name = self.name()?;
            self.equals()?;
            let value = self.value()?;
            if name.written == "xmlns" {
                self.declare("", value, declared)?;
            } else if name.prefix == "xmlns" {
                self.declare(name.local, value, declared)?;
            } else {
                if !name.prefix.is_empty() {
                    prefixes.push((self.tree.attributes.len() - first, name.prefix));
                }
                let local = name.local;
                self.tree.attributes.push(Attribute { local, value });
            }
        }
    }

    fn value(&mut self) -> Read<Cow<'a, str>> {
        let start = self.at;
        let written = self.quoted()?;
        let odd = |byte: u8| matches!(byte, b'<' | b'&' | b'\t' | b'\n' | b'\r');
        if !written.bytes().fold(false, |any, byte| any | odd(byte)) {
            return Ok(Cow::Borrowed(written));
        }
        let end = self.at;
        self.at = start;
        if memchr(b'<', written.as_bytes()).is_some() {
            return Err(self.flaw());
        }
        let value = self.without_references(written, &blanks)?;
        self.at = end;
        Ok(value)
    }

    fn declare(&mut self, prefix: &'a str, uri: Cow<'a, str>, outer: usize) -> Read<()> {
        let of_xml = uri == XML_NAMESPACE;
        let reserved = uri == XMLNS_NAMESPACE || prefix == "xmlns" || of_xml != (prefix == "xml");
        // A prefix can not be taken back (Namespaces in XML 1.0, 2.2).
        if reserved || (uri.is_empty() && !prefix.is_empty()) {
            return Err(self.flaw());
        }
        let here = self.spaces.get(outer..).unwrap_or_default();
        if here.iter().any(|declared| declared.prefix == prefix) {
            return Err(self.flaw_of(FlawKind::DuplicateAttribute));
        }
        if self.spaces.len() == MAX_NAMESPACES {
            return Err(self.flaw_of(FlawKind::TooManyNamespaces));
        }
        self.spaces.push(Declaration { prefix, uri });
        Ok(())
    }

    /// The namespace that a prefix stands for; the default one for the empty prefix.
    fn uri_of(&self, prefix: &str) -> Read<&str> {
        let mut inner_first = self.spaces.iter().rev();
        match inner_first.find(|declared| declared.prefix == prefix) {
            Some(declared) => Ok(&declared.uri),
            None if prefix.is_empty() => Ok(""),
            None if prefix == "xml" => Ok(XML_NAMESPACE),
            None => Err(self.flaw()),
        }
    }

    fn space_of(&self, name: Name<'a>) -> Read<Space> {
        Ok(match self.uri_of(name.prefix)? {
            "" => Space::None,
            OFD_NAMESPACE => Space::Ofd,
            uri if uri.starts_with(OLD_NAMESPACE) => Space::Old,
            _ => Space::Other,
        })
    }

    /// No two attributes may be of one name; in OFD's elements not even of one local name, since
    /// readers ignore prefixes.
    fn check_attributes(
        &self,
        first: usize,
        prefixes: &[(usize, &'a str)],
        space: Space,
    ) -> Read<()> {
        let uri_at = |index: usize| -> Read<&str> {
            let prefixed = prefixes.iter().find(|(place, _)| *place == index);
            prefixed.map_or(Ok(""), |(_, prefix)| self.uri_of(prefix))
        };
        for (index, _) in prefixes {
            uri_at(*index)?;
        }
        let attributes = self.tree.attributes.get(first..).unwrap_or_default();
        for (index, attribute) in attributes.iter().enumerate() {
            for (before, other) in attributes.iter().take(index).enumerate() {
                if attribute.local == other.local
                    && (space != Space::Other || uri_at(index)? == uri_at(before)?)
                {
                    return Err(self.flaw_of(FlawKind::DuplicateAttribute));
                }
            }
        }
        Ok(())
    }

    /// A text with its references replaced, what stands between them made plain by `plain`.
    fn without_references(
        &self,
        written: &'a str,
        plain: &dyn Fn(&'a str) -> Cow<'a, str>,
    ) -> Read<Cow<'a, str>> {
        let mut pieces = written.split('&');
        let mut text = plain(pieces.next().unwrap_or_default());
        for piece in pieces {
            let reference = piece.split_once(';').and_then(|(name, after)| {
                text.to_mut().push(character_of(name)?);
                Some(after)
            });
            text.to_mut()
                .push_str(&plain(reference.ok_or_else(|| self.flaw())?));
        }
        Ok(text)
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// XML 1.0, production 26.
fn is_version(value: &str) -> bool {
    let minor = value.strip_prefix("1.").unwrap_or_default();
    !minor.is_empty() && minor.bytes().all(|digit| digit.is_ascii_digit())
}

/// XML 1.0, production 81.
fn is_encoding(value: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    value.starts_with(|first: char| first.is_ascii_alphabetic()) && value.bytes().all(allowed)
}

/// The character that the reference `&name;` stands for.
fn character_of(name: &str) -> Option<char> {
    match name {
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "amp" => return Some('&'),
        "apos" => return Some('\''),
        "quot" => return Some('"'),
        _ => {}
    }
    let number = name.strip_prefix('#')?;
    let (digits, radix) = match number.strip_prefix('x') {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    // Not even a sign, which the parser of numbers would take.
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let code = u32::from_str_radix(digits, radix).ok()?;
    char::from_u32(code).filter(|character| is_allowed(*character))
}

/// Line ends as one line feed (XML 1.0, 2.11).
fn one_line_end(text: &str) -> Cow<'_, str> {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// White space of attributes as blanks (XML 1.0, 3.3.3).
fn blanks(text: &str) -> Cow<'_, str> {
    let line_ends = one_line_end(text);
    if memchr2(b'\n', b'\t', line_ends.as_bytes()).is_none() {
        return line_ends;
    }
    Cow::Owned(line_ends.replace(['\n', '\t'], " "))
}

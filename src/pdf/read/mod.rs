//! Reading: strict, byte-exact, without any repair. Every revision of the file keeps its own
//! object map, and every question is asked of a chosen revision, never of "the last" by default.

mod container;
mod field;
mod files;
mod filter;
mod metadata;
mod page;
mod page_text;
mod xref;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

pub use files::EmbeddedFile;
pub use metadata::Metadata;
pub use page::Page;
pub use page_text::FieldText;
pub(crate) use xref::{Entry, Form};

use crate::error::{Error, ErrorKind, Result};
use crate::pdf::encryption::Encryption;
use crate::pdf::limits;
use crate::pdf::syntax::{Dict, Object, Parser, Ref, Stream, Value, same};

/// A PDF file with its revisions.
///
/// Opening checks the whole frame: one header at offset 0, one `%%EOF` at the end, the chain of
/// cross-reference sections, that each entry leads to its object, and every object stream.
pub struct Document<'a> {
    bytes: &'a [u8],
    revisions: Vec<Revision>,
    /// For each object number, the entries by revision, oldest first.
    objects: BTreeMap<u32, Vec<(usize, Entry)>>,
    /// By the offset of the object stream.
    packed: BTreeMap<usize, Packed>,
    encryption: Option<Encryption>,
}

/// One revision: what an incremental update added, up to its `%%EOF`.
pub struct Revision {
    section: usize,
    form: Form,
    trailer: Dict,
    touched: Vec<u32>,
    marker: Range<usize>,
    end: usize,
    /// Where its cross-reference sections stand.
    spans: Vec<Range<usize>>,
}

/// An inflated object stream and where its objects begin.
struct Packed {
    data: Vec<u8>,
    objects: Vec<(u32, usize)>,
}

/// The document as it stood at one revision.
#[derive(Clone, Copy)]
pub struct View<'d> {
    document: &'d Document<'d>,
    revision: usize,
}

/// Where an object of a view was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// In the file, from its number to the end of `endobj`.
    File(Range<usize>),
    /// In an object stream.
    Packed,
}

/// An object with its origin.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) value: Value,
    pub(crate) origin: Origin,
}

impl<'a> Document<'a> {
    /// Opens a PDF file of at most 256 MiB and 1000 revisions. An encrypted file is opened when
    /// it needs no password.
    ///
    /// # Errors
    /// `malformed` with an offset where the file is not what its own tables say; `ambiguous` where
    /// another container stands before, in or behind it, where two kinds of readers would see
    /// different objects, or where a later revision changes the encryption; `limit_exceeded`;
    /// `wrong_password` when an encrypted file needs one; `unsupported` for other encryption than
    /// the standard handler's and for filters that this reader lacks.
    pub fn open(bytes: &'a [u8]) -> Result<Self> {
        Self::open_with_password(bytes, "")
    }

    /// Opens a PDF file that may be encrypted, with the user's or the owner's password.
    ///
    /// # Errors
    /// Those of [`Document::open`].
    pub fn open_with_password(bytes: &'a [u8], password: &str) -> Result<Self> {
        let last_marker = container::check(bytes)?;
        let sections = xref::read_chain(bytes, last_marker)?;
        let mut document = Self {
            bytes,
            revisions: Vec::new(),
            objects: BTreeMap::new(),
            packed: BTreeMap::new(),
            encryption: None,
        };
        for section in sections {
            document.add_revision(section)?;
        }
        document.encryption = document.read_encryption(password)?;
        document.unpack()?;
        Ok(document)
    }

    /// Whether its strings and streams are encrypted.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.encryption.is_some()
    }

    pub(crate) fn encryption(&self) -> Option<&Encryption> {
        self.encryption.as_ref()
    }

    /// The bytes the document was opened from.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The revisions, oldest first; there is at least one.
    #[must_use]
    pub fn revisions(&self) -> &[Revision] {
        &self.revisions
    }

    /// The document as it stood at `revision`, an index into [`revisions`](Self::revisions).
    ///
    /// # Errors
    /// `invalid_argument` when there is no such revision.
    pub fn at(&self, revision: usize) -> Result<View<'_>> {
        if revision >= self.revisions.len() {
            return Err(Error::argument("there is no such revision").with("revision", revision));
        }
        Ok(View {
            document: self,
            revision,
        })
    }

    fn add_revision(&mut self, section: xref::Section) -> Result<()> {
        let revision = self.revisions.len();
        for (number, entry) in &section.entries {
            if let Entry::File { offset, generation } = entry {
                self.check_entry(*number, *offset, *generation, section.marker.start)?;
            }
            self.objects
                .entry(*number)
                .or_default()
                .push((revision, *entry));
        }
        let mut rest = Parser::new(self.bytes, section.marker.end);
        rest.skip_end_of_line();
        self.revisions.push(Revision {
            section: section.offset,
            form: section.form,
            trailer: section.trailer,
            touched: section.entries.iter().map(|(number, _)| *number).collect(),
            end: rest.offset(),
            marker: section.marker,
            spans: section.spans,
        });
        Ok(())
    }

    /// The encryption of the file, which every revision must have in common: an update that
    /// turned it on, off or into another one would show another document under the same
    /// signature.
    fn read_encryption(&self, password: &str) -> Result<Option<Encryption>> {
        let changed = || {
            Error::new(
                ErrorKind::Ambiguous,
                "a later revision changes how the file is encrypted",
            )
            .with("cause", "encryption_changed")
        };
        let said = |revision: &'_ Revision| {
            let trailer = &revision.trailer;
            let identifier = trailer.get("ID").and_then(Object::as_array);
            let first = identifier
                .and_then(<[_]>::first)
                .and_then(Object::as_string);
            (
                trailer.get("Encrypt").cloned(),
                first.map(|first| first.bytes.clone()),
            )
        };
        let Some((encrypt, identifier)) = self.revisions.first().map(said) else {
            return Ok(None);
        };
        for (encrypt_then, identifier_then) in self.revisions.iter().map(said) {
            let alike = match (&encrypt_then, &encrypt) {
                (None, None) => true,
                (Some(then), Some(first)) => same(then, first) && identifier_then == identifier,
                _ => false,
            };
            if !alike {
                return Err(changed());
            }
        }
        let (dict, dictionary) = match encrypt {
            None => return Ok(None),
            Some(Object::Dict(dict)) => (dict, None),
            Some(Object::Reference(reference)) => {
                let history = self.objects.get(&reference.number);
                if history.is_some_and(|history| history.len() > 1) {
                    return Err(changed());
                }
                (self.at(0)?.dict_at(reference)?, Some(reference))
            }
            Some(_) => return Err(Error::malformed("the trailer's Encrypt is no dictionary")),
        };
        let identifier = identifier.unwrap_or_default();
        Encryption::open(&dict, dictionary, &identifier, password).map(Some)
    }

    fn check_entry(&self, number: u32, offset: usize, generation: u16, end: usize) -> Result<()> {
        let wrong = |message: &'static str| {
            Error::malformed(message)
                .with("object", number)
                .with("offset", offset)
        };
        if offset >= end {
            return Err(wrong("a cross-reference entry points behind its revision"));
        }
        match Parser::new(self.bytes, offset).indirect_header() {
            Ok(id) if id == (Ref { number, generation }) => Ok(()),
            _ => Err(wrong("a cross-reference entry does not lead to its object")),
        }
    }

    /// Inflates every object stream once and checks the entries that lead into them.
    fn unpack(&mut self) -> Result<()> {
        let mut budget = limits::INFLATED_TOTAL;
        let mut packed: BTreeMap<usize, Packed> = BTreeMap::new();
        for (number, history) in &self.objects {
            for (revision, entry) in history {
                let Entry::Packed { stream, index } = *entry else {
                    continue;
                };
                let view = View {
                    document: self,
                    revision: *revision,
                };
                let offset = view.packing_stream(stream)?;
                let holder = match packed.entry(offset) {
                    std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
                    std::collections::btree_map::Entry::Vacant(unknown) => {
                        let opened = view.open_packed(offset, budget)?;
                        budget -= opened.data.len();
                        unknown.insert(opened)
                    }
                };
                let index = usize::try_from(index).unwrap_or(usize::MAX);
                if holder.objects.get(index).map(|(held, _)| held) != Some(number) {
                    return Err(
                        Error::malformed("an object stream does not hold the object")
                            .with("object", number)
                            .with("offset", offset),
                    );
                }
            }
        }
        self.packed = packed;
        Ok(())
    }
}

impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("size", &self.bytes.len())
            .field("revisions", &self.revisions)
            .field("objects", &self.objects.len())
            .finish_non_exhaustive()
    }
}

impl Revision {
    /// The offset of its cross-reference section.
    #[must_use]
    pub fn section(&self) -> usize {
        self.section
    }

    /// Where its `%%EOF` ends, without an end of line.
    #[must_use]
    pub fn marker_end(&self) -> usize {
        self.marker.end
    }

    /// Where the revision ends, with the end of line after `%%EOF` if there is one.
    #[must_use]
    pub fn end(&self) -> usize {
        self.end
    }

    /// The numbers of the objects that its section lists, changed, added and freed ones alike.
    #[must_use]
    pub fn listed_objects(&self) -> &[u32] {
        &self.touched
    }

    pub(crate) fn form(&self) -> Form {
        self.form
    }

    pub(crate) fn trailer(&self) -> &Dict {
        &self.trailer
    }

    pub(crate) fn marker_start(&self) -> usize {
        self.marker.start
    }

    /// Where its cross-reference sections stand, with their trailers.
    pub(crate) fn spans(&self) -> &[Range<usize>] {
        &self.spans
    }
}

impl fmt::Debug for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Revision")
            .field("section", &self.section)
            .field("form", &self.form)
            .field("end", &self.end)
            .field("listed_objects", &self.touched.len())
            .finish_non_exhaustive()
    }
}

impl<'d> View<'d> {
    /// The index of this revision.
    #[must_use]
    pub fn revision(&self) -> usize {
        self.revision
    }

    pub(crate) fn document(&self) -> &'d Document<'d> {
        self.document
    }

    pub(crate) fn trailer(&self) -> Result<&'d Dict> {
        let revision = self.document.revisions.get(self.revision);
        revision
            .map(Revision::trailer)
            .ok_or_else(|| Error::new(ErrorKind::Internal, "a view without its revision"))
    }

    /// What this revision says of object `number`, and in which revision that was said.
    pub(crate) fn entry(&self, number: u32) -> Option<(usize, Entry)> {
        let history = self.document.objects.get(&number)?;
        let known = history.partition_point(|(revision, _)| *revision <= self.revision);
        history.get(known.checked_sub(1)?).copied()
    }

    /// The numbers of the objects that this revision lists.
    pub(crate) fn listed(&self) -> &'d [u32] {
        let revision = self.document.revisions.get(self.revision);
        revision.map(Revision::listed_objects).unwrap_or_default()
    }

    /// The numbers of all objects that there are at this revision.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = u32> + use<'d> {
        let view = *self;
        let numbers = self.document.objects.keys().copied();
        numbers.filter(
            move |number| matches!(view.entry(*number), Some((_, entry)) if entry != Entry::Free),
        )
    }

    /// The generation under which an object is there at this revision.
    pub(crate) fn generation(&self, number: u32) -> Option<u16> {
        match self.entry(number)?.1 {
            Entry::Free => None,
            Entry::File { generation, .. } => Some(generation),
            Entry::Packed { .. } => Some(0),
        }
    }

    /// The object of a number, `None` when there is none at this revision or it is `null`.
    pub(crate) fn present(&self, number: u32) -> Result<Option<Found>> {
        let Some(generation) = self.generation(number) else {
            return Ok(None);
        };
        let found = self.find(Ref { number, generation })?;
        Ok(Some(found).filter(|found| found.value != Value::Plain(Object::Null)))
    }

    /// The highest object number that is known up to this revision.
    pub(crate) fn highest_number(&self) -> u32 {
        self.document
            .objects
            .keys()
            .next_back()
            .copied()
            .unwrap_or(0)
    }

    /// The object `reference` leads to; `null` when it is free or was never written.
    pub(crate) fn find(&self, reference: Ref) -> Result<Found> {
        self.find_inner(reference)
            .map_err(|error| error.with("object", reference))
    }

    /// `object` itself, or what it refers to. A stream is no value and is refused.
    pub(crate) fn resolve(&self, object: &Object) -> Result<Object> {
        let mut object = object.clone();
        for _ in 0..limits::REFERENCE_HOPS {
            let Object::Reference(reference) = object else {
                return Ok(object);
            };
            object = self.find(reference)?.value.plain().ok_or_else(|| {
                Error::malformed("a stream stands where a value is needed")
                    .with("object", reference)
            })?;
        }
        Err(Error::malformed(
            "references lead to references without end",
        ))
    }

    /// The resolved value of a key, `None` when absent or `null`.
    pub(crate) fn get(&self, dict: &Dict, key: &str) -> Result<Option<Object>> {
        let Some(value) = dict.get(key) else {
            return Ok(None);
        };
        Ok(Some(self.resolve(value)?).filter(|value| *value != Object::Null))
    }

    /// The resolved dictionary of a key, `None` when absent.
    pub(crate) fn get_dict(&self, dict: &Dict, key: &'static str) -> Result<Option<Dict>> {
        match self.get(dict, key)? {
            None => Ok(None),
            Some(Object::Dict(dict)) => Ok(Some(dict)),
            Some(_) => Err(Error::malformed("a value is no dictionary").with("key", key)),
        }
    }

    /// The resolved array of a key; empty when absent.
    pub(crate) fn get_array(&self, dict: &Dict, key: &'static str) -> Result<Vec<Object>> {
        match self.get(dict, key)? {
            None => Ok(Vec::new()),
            Some(Object::Array(items)) => Ok(items),
            Some(_) => Err(Error::malformed("a value is no array").with("key", key)),
        }
    }

    pub(crate) fn stream(&self, reference: Ref) -> Result<Stream> {
        match self.find(reference)?.value {
            Value::Stream(stream) => Ok(stream),
            Value::Plain(_) => {
                Err(Error::malformed("a stream is missing").with("object", reference))
            }
        }
    }

    /// The decoded bytes of a stream, at most `limit`. Its filters may be references.
    pub(crate) fn decode(&self, stream: &Stream, limit: usize) -> Result<Vec<u8>> {
        let mut dict = Dict::new();
        for key in ["Filter", "DecodeParms", "F"] {
            if let Some(value) = self.get(&stream.dict, key)? {
                dict.set(key, value);
            }
        }
        let raw = self
            .document
            .bytes
            .get(stream.data.clone())
            .unwrap_or_default();
        let decoded = filter::chain(&dict).and_then(|chain| match &self.document.encryption {
            None => filter::decode(&chain, raw, limit),
            Some(encryption) => {
                let named = filter::crypt_filter(&chain)?;
                filter::decode(&chain, &encryption.open_stream(stream, named, raw)?, limit)
            }
        });
        decoded.map_err(|error| error.with("offset", stream.data.start))
    }

    pub(crate) fn catalog_reference(&self) -> Result<Ref> {
        self.trailer()?
            .get("Root")
            .and_then(Object::as_reference)
            .ok_or_else(|| Error::malformed("the trailer names no catalog"))
    }

    pub(crate) fn catalog(&self) -> Result<Dict> {
        let catalog = self.dict_at(self.catalog_reference()?)?;
        if !catalog.has_name("Type", "Catalog") {
            return Err(Error::malformed("the trailer's Root is no catalog"));
        }
        Ok(catalog)
    }

    pub(crate) fn dict_at(&self, reference: Ref) -> Result<Dict> {
        match self.resolve(&Object::Reference(reference))? {
            Object::Dict(dict) => Ok(dict),
            _ => Err(Error::malformed("a dictionary is missing").with("object", reference)),
        }
    }

    fn find_inner(&self, reference: Ref) -> Result<Found> {
        let null = || Found {
            value: Value::Plain(Object::Null),
            origin: Origin::Packed,
        };
        let Some((declared, entry)) = self.entry(reference.number) else {
            return Ok(null());
        };
        match entry {
            Entry::Free => Ok(null()),
            Entry::File { generation, .. } if generation != reference.generation => {
                Err(Error::malformed("a reference names another generation"))
            }
            Entry::File { offset, .. } => self.parse_at(offset),
            Entry::Packed { .. } if reference.generation != 0 => {
                Err(Error::malformed("a reference names another generation"))
            }
            Entry::Packed { stream, index } => self.parse_packed(declared, stream, index),
        }
    }

    fn parse_at(&self, offset: usize) -> Result<Found> {
        let mut parser = Parser::new(self.document.bytes, offset);
        let mut object = parser.indirect(&mut |reference| self.length(reference))?;
        if let Some(encryption) = &self.document.encryption {
            match &mut object.value {
                Value::Plain(plain) => encryption.open_strings(object.id, plain)?,
                Value::Stream(stream) if stream.dict.has_name("Type", "XRef") => {}
                Value::Stream(stream) => encryption.open_dict(object.id, &mut stream.dict)?,
            }
        }
        Ok(Found {
            value: object.value,
            origin: Origin::File(object.span),
        })
    }

    fn parse_packed(&self, declared: usize, stream: u32, index: u32) -> Result<Found> {
        // An update that replaces the object stream would change objects it does not list.
        let then = View {
            revision: declared,
            ..*self
        };
        let offset = then.packing_stream(stream)?;
        if self.packing_stream(stream)? != offset {
            return Err(Error::new(
                ErrorKind::Ambiguous,
                "an object stream was replaced under the objects it holds",
            ));
        }
        let missing = || Error::malformed("an object stream does not hold the object");
        let packed = self.document.packed.get(&offset).ok_or_else(missing)?;
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        let (_, start) = packed.objects.get(index).ok_or_else(missing)?;
        let value = Parser::new(&packed.data, *start).object()?;
        Ok(Found {
            value: Value::Plain(value),
            origin: Origin::Packed,
        })
    }

    /// The offset of an object stream.
    fn packing_stream(&self, number: u32) -> Result<usize> {
        match self.entry(number) {
            Some((
                _,
                Entry::File {
                    offset,
                    generation: 0,
                },
            )) => Ok(offset),
            _ => Err(Error::malformed("an object stream is missing").with("object", number)),
        }
    }

    fn open_packed(&self, offset: usize, budget: usize) -> Result<Packed> {
        let stream = match self.parse_at(offset)?.value {
            Value::Stream(stream) if stream.dict.has_name("Type", "ObjStm") => stream,
            _ => {
                return Err(Error::malformed("this is no object stream").with("offset", offset));
            }
        };
        let data = self.decode(&stream, budget)?;
        let objects =
            packed_index(&stream.dict, &data).map_err(|error| error.with("offset", offset))?;
        Ok(Packed { data, objects })
    }

    /// A stream's length that is an object of its own.
    fn length(&self, reference: Ref) -> Result<usize> {
        let value = match self.entry(reference.number) {
            // A length lies in no stream whose length it could be.
            Some((_, Entry::File { offset, generation })) if generation == reference.generation => {
                let mut nested = |_: Ref| Err(Error::malformed("a stream's length is a stream"));
                Parser::new(self.document.bytes, offset)
                    .indirect(&mut nested)?
                    .value
            }
            _ => self.find(reference)?.value,
        };
        match value {
            Value::Plain(Object::Integer(length)) => usize::try_from(length).ok(),
            _ => None,
        }
        .ok_or_else(|| Error::malformed("a stream's length is no count").with("object", reference))
    }
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("View")
            .field("revision", &self.revision)
            .finish_non_exhaustive()
    }
}

/// Visited objects of a walk, to end loops.
#[derive(Default)]
struct Visited(BTreeSet<Ref>);

impl Visited {
    fn enter(&mut self, reference: Ref) -> Result<()> {
        if self.0.insert(reference) {
            return Ok(());
        }
        Err(Error::malformed("a tree leads to an object twice").with("object", reference))
    }
}

/// The pairs of number and offset at the head of an object stream (ISO 32000-1 7.5.7).
fn packed_index(dict: &Dict, data: &[u8]) -> Result<Vec<(u32, usize)>> {
    let count = dict.size("N")?;
    let first = dict.size("First")?;
    // Each pair takes at least four bytes.
    if first > data.len() || count > first {
        return Err(Error::malformed(
            "an object stream's head is longer than the stream",
        ));
    }
    let mut parser = Parser::new(data.get(..first).unwrap_or_default(), 0);
    let mut objects = Vec::new();
    for _ in 0..count {
        parser.skip_space();
        let number = u32::try_from(parser.unsigned()?)
            .map_err(|_| Error::malformed("an object number is out of range"))?;
        parser.skip_space();
        let start = parser
            .unsigned()?
            .checked_add(first)
            .filter(|start| *start < data.len());
        let start =
            start.ok_or_else(|| Error::malformed("an object lies outside its object stream"))?;
        objects.push((number, start));
    }
    Ok(objects)
}

#[cfg(test)]
mod tests;

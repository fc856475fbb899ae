//! Incremental updates: objects, a cross-reference section and a trailer are appended; no byte
//! that was there changes.

mod sign;
mod store;

use std::collections::BTreeMap;
use std::fmt;

pub use sign::{Lettering, Place, PreparedSignature, SignatureOptions, add_signature, sub_filter};
pub use store::{SecurityStore, SignatureEvidence, add_evidence};

use super::read::{Document, Form, View};
use super::syntax::{Dict, Object, PdfString, Ref, print};
use crate::error::{Error, ErrorKind, Result};

/// An update in the making, on the newest revision of a document.
pub struct Update<'d> {
    document: &'d Document<'d>,
    view: View<'d>,
    next: u32,
    objects: BTreeMap<Ref, Body>,
    /// The catalog as this update leaves it, once it changes.
    catalog: Option<Dict>,
}

/// An object to be written.
enum Body {
    Plain(Object),
    Stream(Dict, Vec<u8>),
    /// Printed and, in an encrypted file, encrypted already.
    Printed(Vec<u8>),
}

/// The updated file and where the bodies of the new objects begin.
pub(crate) struct Finished {
    pub(crate) bytes: Vec<u8>,
    pub(crate) bodies: BTreeMap<Ref, usize>,
}

impl<'d> Update<'d> {
    /// An empty update.
    ///
    /// # Errors
    /// `malformed` when the newest trailer has no usable size.
    pub fn new(document: &'d Document<'d>) -> Result<Self> {
        let view = document.at(document.revisions().len().saturating_sub(1))?;
        let size = u32::try_from(view.trailer()?.size("Size")?)
            .map_err(|_| Error::malformed("the trailer's Size is out of range"))?;
        let next = size.max(view.highest_number().saturating_add(1));
        Ok(Self {
            document,
            view,
            next,
            objects: BTreeMap::new(),
            catalog: None,
        })
    }

    /// The revision that the update continues.
    #[must_use]
    pub fn view(&self) -> View<'d> {
        self.view
    }

    /// The catalog as this update leaves it.
    pub(crate) fn catalog(&self) -> Result<Dict> {
        match &self.catalog {
            Some(catalog) => Ok(catalog.clone()),
            None => self.view.catalog(),
        }
    }

    /// Changes the catalog.
    pub(crate) fn set_catalog(&mut self, catalog: Dict) {
        self.catalog = Some(catalog);
    }

    /// A new object number.
    pub(crate) fn allocate(&mut self) -> Ref {
        let reference = Ref {
            number: self.next,
            generation: 0,
        };
        self.next = self.next.saturating_add(1);
        reference
    }

    /// Writes or replaces an object.
    pub(crate) fn put(&mut self, reference: Ref, object: &Object) {
        self.objects.insert(reference, Body::Plain(object.clone()));
    }

    /// Writes or replaces an object whose body is already printed, and its strings
    /// [sealed](Self::seal).
    pub(crate) fn put_printed(&mut self, reference: Ref, body: Vec<u8>) {
        self.objects.insert(reference, Body::Printed(body));
    }

    /// Encrypts the strings of what will be printed as part of an object, where the file is
    /// encrypted.
    pub(crate) fn seal(&self, reference: Ref, part: &mut Object) -> Result<()> {
        match self.document.encryption() {
            Some(encryption) => encryption.seal_strings(reference, part),
            None => Ok(()),
        }
    }

    /// Writes or replaces a stream; its `Length` is set here.
    pub(crate) fn put_stream(&mut self, reference: Ref, dict: Dict, data: &[u8]) {
        self.objects
            .insert(reference, Body::Stream(dict, data.to_vec()));
    }

    /// Writes a stream as a new object.
    pub(crate) fn add_stream(&mut self, dict: Dict, data: &[u8]) -> Ref {
        let reference = self.allocate();
        self.put_stream(reference, dict, data);
        reference
    }

    pub(crate) fn finish(mut self) -> Result<Finished> {
        if let Some(catalog) = self.catalog.take() {
            self.put(self.view.catalog_reference()?, &Object::Dict(catalog));
        }
        let mut bytes = self.document.bytes().to_vec();
        if !bytes.ends_with(b"\n") && !bytes.ends_with(b"\r") {
            bytes.push(b'\n');
        }
        let mut offsets = BTreeMap::new();
        let mut bodies = BTreeMap::new();
        for (reference, body) in std::mem::take(&mut self.objects) {
            offsets.insert(reference, bytes.len());
            bytes.extend(format!("{reference} obj\n").bytes());
            bodies.insert(reference, bytes.len());
            self.print(reference, body, &mut bytes)?;
            bytes.extend(b"\nendobj\n");
        }
        let section = bytes.len();
        match self.newest_form()? {
            Form::Table => {
                let trailer = self.trailer(&bytes)?;
                write_table(&mut bytes, &offsets, trailer)?;
            }
            Form::Stream => {
                let reference = self.allocate();
                offsets.insert(reference, section);
                let trailer = self.trailer(&bytes)?;
                write_stream(&mut bytes, reference, &offsets, trailer)?;
            }
        }
        bytes.extend(format!("startxref\n{section}\n%%EOF\n").bytes());
        Ok(Finished { bytes, bodies })
    }

    /// Prints a body, encrypted as the file is.
    fn print(&self, reference: Ref, body: Body, bytes: &mut Vec<u8>) -> Result<()> {
        match body {
            Body::Printed(printed) => bytes.extend(printed),
            Body::Plain(mut object) => {
                self.seal(reference, &mut object)?;
                print(&object, bytes);
            }
            Body::Stream(mut dict, data) => {
                let data = match self.document.encryption() {
                    Some(encryption) => encryption.seal_stream(reference, &mut dict, &data)?,
                    None => data,
                };
                dict.set("Length", integer(data.len())?);
                print(&Object::Dict(dict), bytes);
                bytes.extend(b"\nstream\n");
                bytes.extend(data);
                bytes.extend(b"\nendstream");
            }
        }
        Ok(())
    }

    fn newest_form(&self) -> Result<Form> {
        let newest = self.document.revisions().last();
        newest
            .map(super::read::Revision::form)
            .ok_or_else(|| Error::new(ErrorKind::Internal, "a document without revision"))
    }

    fn trailer(&self, bytes: &[u8]) -> Result<Dict> {
        let old = self.view.trailer()?;
        let mut trailer = Dict::new();
        for key in ["Root", "Info", "Encrypt"] {
            if let Some(value) = old.get(key) {
                trailer.set(key, value.clone());
            }
        }
        trailer.set("Size", i64::from(self.next));
        let previous = self
            .document
            .revisions()
            .last()
            .map_or(0, super::read::Revision::section);
        trailer.set("Prev", integer(previous)?);
        if let Some(identifier) = self.identifier(old, bytes)? {
            trailer.set("ID", identifier);
        }
        Ok(trailer)
    }

    /// `ID` of this revision. The key of an encrypted file depends on the first string, or on there
    /// being none, which must stay so.
    fn identifier(&self, old: &Dict, bytes: &[u8]) -> Result<Option<Object>> {
        let first = match old.get("ID") {
            kept @ (None | Some(Object::Reference(_))) if self.document.is_encrypted() => {
                return Ok(kept.cloned());
            }
            _ => self.view.get_array(old, "ID")?.into_iter().next(),
        };
        let changed = PdfString {
            hex: true,
            ..PdfString::new(identifier(bytes))
        };
        let first = match first {
            Some(Object::String(first)) => PdfString { hex: true, ..first },
            _ => changed.clone(),
        };
        Ok(Some(Object::Array(vec![first.into(), changed.into()])))
    }
}

impl fmt::Debug for Update<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Update")
            .field("objects", &self.objects.len())
            .finish_non_exhaustive()
    }
}

fn write_table(bytes: &mut Vec<u8>, offsets: &BTreeMap<Ref, usize>, trailer: Dict) -> Result<()> {
    bytes.extend(b"xref\n");
    for run in runs(offsets) {
        let first = run.first().map_or(0, |(reference, _)| reference.number);
        bytes.extend(format!("{first} {}\n", run.len()).bytes());
        for (reference, offset) in run {
            if offset > 9_999_999_999 {
                return Err(Error::limit("pdf file bytes", 9_999_999_999));
            }
            bytes.extend(format!("{offset:010} {:05} n \n", reference.generation).bytes());
        }
    }
    bytes.extend(b"trailer\n");
    print(&Object::Dict(trailer), bytes);
    bytes.push(b'\n');
    Ok(())
}

fn write_stream(
    bytes: &mut Vec<u8>,
    reference: Ref,
    offsets: &BTreeMap<Ref, usize>,
    mut dict: Dict,
) -> Result<()> {
    let mut index = Vec::new();
    let mut table = Vec::new();
    for run in runs(offsets) {
        let first = run.first().map_or(0, |(reference, _)| reference.number);
        index.push(Object::Integer(i64::from(first)));
        index.push(integer(run.len())?);
        for (reference, offset) in run {
            let offset = u32::try_from(offset)
                .map_err(|_| Error::limit("pdf file bytes", u64::from(u32::MAX)))?;
            table.push(1);
            table.extend(offset.to_be_bytes());
            table.extend(reference.generation.to_be_bytes());
        }
    }
    dict.set("Type", Object::name("XRef"));
    dict.set(
        "W",
        vec![Object::Integer(1), Object::Integer(4), Object::Integer(2)],
    );
    dict.set("Index", index);
    dict.set("Length", integer(table.len())?);
    bytes.extend(format!("{reference} obj\n").bytes());
    print(&Object::Dict(dict), bytes);
    bytes.extend(b"\nstream\n");
    bytes.extend(table);
    bytes.extend(b"\nendstream\nendobj\n");
    Ok(())
}

/// Objects with consecutive numbers together.
fn runs(offsets: &BTreeMap<Ref, usize>) -> Vec<Vec<(Ref, usize)>> {
    let mut runs: Vec<Vec<(Ref, usize)>> = Vec::new();
    for (reference, offset) in offsets {
        let item = (*reference, *offset);
        match runs.last_mut() {
            Some(run)
                if run
                    .last()
                    .is_some_and(|(last, _)| last.number + 1 == reference.number) =>
            {
                run.push(item);
            }
            _ => runs.push(vec![item]),
        }
    }
    runs
}

/// A value that differs from revision to revision (ISO 32000-1 14.4); nothing rests on it.
fn identifier(bytes: &[u8]) -> [u8; 16] {
    let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    for byte in bytes {
        hash = (hash ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
    hash.to_be_bytes()
}

fn integer(value: usize) -> Result<Object> {
    i64::try_from(value)
        .map(Object::Integer)
        .map_err(|_| Error::new(ErrorKind::Internal, "a length is out of range"))
}

#[cfg(test)]
pub(crate) mod tests;

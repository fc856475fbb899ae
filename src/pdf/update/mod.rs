//! Incremental updates: objects, a cross-reference section and a trailer are appended; no byte
//! that was there changes.

mod sign;

use std::collections::BTreeMap;
use std::fmt;

pub use sign::{Place, PreparedSignature, SignatureOptions, add_signature, sub_filter};

use super::read::{Document, Form, View};
use super::syntax::{Dict, Object, PdfString, Ref, print};
use crate::error::{Error, ErrorKind, Result};

/// An update in the making, on the newest revision of a document.
pub struct Update<'d> {
    document: &'d Document<'d>,
    view: View<'d>,
    next: u32,
    objects: BTreeMap<Ref, Vec<u8>>,
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
    /// `malformed` when the newest trailer has no usable size; `unsupported` for an encrypted file.
    pub fn new(document: &'d Document<'d>) -> Result<Self> {
        if document.is_encrypted() {
            return Err(Error::unsupported("an encrypted file cannot be updated"));
        }
        let view = document.at(document.revisions().len().saturating_sub(1))?;
        let size = u32::try_from(view.trailer()?.size("Size")?)
            .map_err(|_| Error::malformed("the trailer's Size is out of range"))?;
        let next = size.max(view.highest_number().saturating_add(1));
        Ok(Self {
            document,
            view,
            next,
            objects: BTreeMap::new(),
        })
    }

    /// The revision that the update continues.
    #[must_use]
    pub fn view(&self) -> View<'d> {
        self.view
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
        let mut body = Vec::new();
        print(object, &mut body);
        self.put_raw(reference, body);
    }

    /// Writes or replaces an object whose body is already printed.
    pub(crate) fn put_raw(&mut self, reference: Ref, body: Vec<u8>) {
        self.objects.insert(reference, body);
    }

    /// Writes or replaces a stream; its `Length` is set here.
    pub(crate) fn put_stream(&mut self, reference: Ref, mut dict: Dict, data: &[u8]) -> Result<()> {
        dict.set("Length", integer(data.len())?);
        let mut body = Vec::new();
        print(&Object::Dict(dict), &mut body);
        body.extend(b"\nstream\n");
        body.extend(data);
        body.extend(b"\nendstream");
        self.put_raw(reference, body);
        Ok(())
    }

    /// Writes a stream as a new object.
    pub(crate) fn add_stream(&mut self, dict: Dict, data: &[u8]) -> Result<Ref> {
        let reference = self.allocate();
        self.put_stream(reference, dict, data)?;
        Ok(reference)
    }

    pub(crate) fn finish(mut self) -> Result<Finished> {
        let mut bytes = self.document.bytes().to_vec();
        if !bytes.ends_with(b"\n") && !bytes.ends_with(b"\r") {
            bytes.push(b'\n');
        }
        let mut offsets = BTreeMap::new();
        let mut bodies = BTreeMap::new();
        for (reference, body) in &self.objects {
            offsets.insert(*reference, bytes.len());
            bytes.extend(format!("{reference} obj\n").bytes());
            bodies.insert(*reference, bytes.len());
            bytes.extend(body);
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

    fn newest_form(&self) -> Result<Form> {
        let newest = self.document.revisions().last();
        newest
            .map(super::read::Revision::form)
            .ok_or_else(|| Error::new(ErrorKind::Internal, "a document without revision"))
    }

    fn trailer(&self, bytes: &[u8]) -> Result<Dict> {
        let old = self.view.trailer()?;
        let mut trailer = Dict::new();
        for key in ["Root", "Info"] {
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
        let changed = PdfString {
            hex: true,
            ..PdfString::new(identifier(bytes))
        };
        let first = match self.view.get_array(old, "ID")?.into_iter().next() {
            Some(Object::String(first)) => PdfString { hex: true, ..first },
            _ => changed.clone(),
        };
        trailer.set("ID", vec![first.into(), changed.into()]);
        Ok(trailer)
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

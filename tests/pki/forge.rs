//! A PDF kept in one's own hands: written object by object, signed, and updated as an attacker
//! or an honest tool would.

use std::collections::BTreeMap;

use yinxin::crypto::Signer;
use yinxin::pki::cms::{Flavor, SignedDataBuilder, SignedShape};

use super::{Party, world};

/// Digits kept for each number of a byte range, and bytes for the value.
const DIGITS: usize = 10;
const ROOM: usize = 4096;

/// A file in the making.
#[derive(Clone)]
pub(crate) struct Forge {
    pub(crate) bytes: Vec<u8>,
    pub(crate) objects: BTreeMap<usize, usize>,
    pub(crate) section: Option<usize>,
    /// What every trailer says beside size and place.
    pub(crate) trailer: String,
}

/// What an update writes beside its objects.
#[derive(Clone, Default)]
pub(crate) struct Update {
    objects: Vec<(usize, Vec<u8>)>,
    /// Objects that its table lists at a place of the caller's choice.
    listed: Vec<(usize, usize)>,
    freed: Vec<usize>,
    /// Bytes between the objects and the table.
    stray: Vec<u8>,
    trailer: Option<String>,
}

impl Update {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn object(mut self, number: usize, body: impl AsRef<[u8]>) -> Self {
        self.objects.push((number, body.as_ref().to_vec()));
        self
    }

    pub(crate) fn list(mut self, number: usize, offset: usize) -> Self {
        self.listed.push((number, offset));
        self
    }

    pub(crate) fn free(mut self, number: usize) -> Self {
        self.freed.push(number);
        self
    }

    pub(crate) fn stray(mut self, bytes: impl AsRef<[u8]>) -> Self {
        self.stray = bytes.as_ref().to_vec();
        self
    }

    /// In place of what the trailers before said.
    pub(crate) fn trailer(mut self, trailer: &str) -> Self {
        self.trailer = Some(trailer.to_owned());
        self
    }
}

impl Forge {
    pub(crate) fn new(trailer: &str) -> Self {
        Self {
            bytes: b"%PDF-1.7\n".to_vec(),
            objects: BTreeMap::new(),
            section: None,
            trailer: trailer.to_owned(),
        }
    }

    /// One more revision.
    pub(crate) fn update(&self, update: Update) -> Self {
        let mut next = self.clone();
        if let Some(trailer) = update.trailer {
            next.trailer = trailer;
        }
        let mut listed: BTreeMap<usize, Option<usize>> = BTreeMap::new();
        if self.section.is_none() {
            listed.insert(0, None);
        }
        for (number, body) in update.objects {
            listed.insert(number, Some(next.bytes.len()));
            next.objects.insert(number, next.bytes.len());
            next.bytes.extend(format!("{number} 0 obj\n").bytes());
            next.bytes.extend(body);
            next.bytes.extend(b"\nendobj\n");
        }
        next.bytes.extend(update.stray);
        for (number, offset) in update.listed {
            listed.insert(number, Some(offset));
        }
        listed.extend(update.freed.into_iter().map(|number| (number, None)));
        let section = next.bytes.len();
        let mut table = String::from("xref\n");
        for (number, offset) in &listed {
            table += &match offset {
                Some(offset) => format!("{number} 1\n{offset:010} 00000 n \n"),
                None => format!("{number} 1\n0000000000 65535 f \n"),
            };
        }
        let previous = self.section.map(|at| format!("/Prev {at}"));
        table += &format!(
            "trailer\n<</Size 100{}{}>>\nstartxref\n{section}\n%%EOF\n",
            next.trailer,
            previous.unwrap_or_default()
        );
        next.bytes.extend(table.bytes());
        next.section = Some(section);
        next
    }

    /// Fills the last value that waits for one, by the authority.
    pub(crate) fn signed(self) -> Self {
        self.signed_by(&world().signer)
    }

    /// Fills the last value that waits for one: its range first, then a detached message.
    pub(crate) fn signed_by(mut self, party: &Party) -> Self {
        let open = format!("<{}>", "0".repeat(2 * ROOM));
        let gap = rfind(&self.bytes, open.as_bytes());
        let after = gap + open.len();
        let blank = blank_range();
        let range = rfind(&self.bytes, blank.as_bytes());
        let numbers = format!("[0 {gap} {after} {}", self.bytes.len() - after);
        let width = blank.len() - 1;
        self.bytes[range..range + width].copy_from_slice(format!("{numbers:width$}").as_bytes());
        let covered = [&self.bytes[..gap], &self.bytes[after..]].concat();
        let message = SignedDataBuilder::new(
            Flavor::Cms,
            SignedShape::DetachedWithAttributes,
            party.certificate.clone(),
            party.key.algorithm(),
        )
        .sign(&[&covered], &party.key)
        .unwrap();
        let hex: String = message.iter().map(|byte| format!("{byte:02x}")).collect();
        self.bytes[gap + 1..gap + 1 + hex.len()].copy_from_slice(hex.as_bytes());
        self
    }

    /// The file with some bytes replaced by others; everything behind them keeps its place.
    pub(crate) fn overwritten(&self, from: &str, to: &str) -> Vec<u8> {
        let at = rfind(&self.bytes, from.as_bytes());
        assert!(to.len() <= from.len(), "{to} is longer than {from}");
        let mut bytes = self.bytes.clone();
        let width = from.len();
        bytes[at..at + width].copy_from_slice(format!("{to:width$}").as_bytes());
        bytes
    }
}

/// A byte range that waits for its numbers.
fn blank_range() -> String {
    format!("[0 {}]", " ".repeat(3 * DIGITS + 2))
}

/// A signature dictionary that waits for range and value.
pub(crate) fn blank_signature(more: &str) -> String {
    format!(
        "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange{}/Contents<{}>{more}>>",
        blank_range(),
        "0".repeat(2 * ROOM)
    )
}

/// A stream.
pub(crate) fn stream(dict: &str, data: &str) -> String {
    format!(
        "<<{dict}/Length {}>>\nstream\n{data}\nendstream",
        data.len()
    )
}

/// Where bytes stand for the last time.
pub(crate) fn rfind(bytes: &[u8], needle: &[u8]) -> usize {
    bytes
        .windows(needle.len())
        .rposition(|window| window == needle)
        .expect("the bytes stand in the file")
}

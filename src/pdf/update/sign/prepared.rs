//! A document that lacks only the value of its newest signature.

use std::fmt;
use std::ops::Range;

use crate::error::{Error, ErrorKind, Result};
use crate::pdf::read::Document;

/// A document that lacks only the value of its newest signature.
#[derive(Clone, PartialEq, Eq)]
pub struct PreparedSignature {
    pub(super) bytes: Vec<u8>,
    pub(super) gap: Range<usize>,
}

impl PreparedSignature {
    /// Takes up a prepared document again, as [`document`](Self::document) gave it away: the one
    /// signature of its newest revision that covers the whole file and whose value is all zeros.
    ///
    /// # Errors
    /// Those of [`Document::open`]; `pending_mismatch` when there is no such signature.
    pub fn reopen(bytes: Vec<u8>) -> Result<Self> {
        Self::reopen_with_password(bytes, "")
    }

    /// The same of a file that may be encrypted.
    ///
    /// # Errors
    /// As [`reopen`](Self::reopen).
    pub fn reopen_with_password(bytes: Vec<u8>, password: &str) -> Result<Self> {
        let document = Document::open_with_password(&bytes, password)?;
        let newest = document.at(document.revisions().len().saturating_sub(1))?;
        let signatures = newest.signatures()?;
        let mut gaps = signatures.iter().filter_map(|signature| {
            let range = signature.signed_range().ok()?;
            let empty = signature.contents()?.iter().all(|byte| *byte == 0);
            (empty && range.end() == bytes.len()).then(|| range.gap())
        });
        match (gaps.next(), gaps.next()) {
            (Some(gap), None) => Ok(Self { gap, bytes }),
            _ => Err(Error::new(
                ErrorKind::PendingMismatch,
                "the document holds no signature that waits for its value",
            )),
        }
    }

    /// The document with zeros in place of the value.
    #[must_use]
    pub fn document(&self) -> &[u8] {
        &self.bytes
    }

    /// `ByteRange`: start and length of the two signed parts.
    #[must_use]
    pub fn byte_range(&self) -> [usize; 4] {
        [
            0,
            self.gap.start,
            self.gap.end,
            self.bytes.len() - self.gap.end,
        ]
    }

    /// The two signed parts, to be hashed one after the other.
    #[must_use]
    pub fn digest_input(&self) -> [&[u8]; 2] {
        [
            self.bytes.get(..self.gap.start).unwrap_or_default(),
            self.bytes.get(self.gap.end..).unwrap_or_default(),
        ]
    }

    /// How many bytes the value may have.
    #[must_use]
    pub fn capacity(&self) -> usize {
        (self.gap.len() - 2) / 2
    }

    /// The signed document. What the value leaves free stays zero.
    ///
    /// # Errors
    /// `does_not_fit` when the value is larger than the capacity; `invalid_argument` when it is
    /// empty.
    pub fn complete(&self, contents: &[u8]) -> Result<Vec<u8>> {
        if contents.is_empty() {
            return Err(Error::argument("a signature value is empty"));
        }
        if contents.len() > self.capacity() {
            return Err(Error::new(
                ErrorKind::DoesNotFit,
                "the signature value is larger than the room kept for it",
            )
            .with("capacity", self.capacity())
            .with("size", contents.len()));
        }
        let mut bytes = self.bytes.clone();
        let digits = contents
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .map(hex_letter);
        for (place, digit) in bytes.iter_mut().skip(self.gap.start + 1).zip(digits) {
            *place = digit;
        }
        Ok(bytes)
    }
}

impl fmt::Debug for PreparedSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreparedSignature")
            .field("byte_range", &self.byte_range())
            .finish_non_exhaustive()
    }
}

fn hex_letter(digit: u8) -> u8 {
    if digit < 10 {
        b'0' + digit
    } else {
        b'A' + digit - 10
    }
}

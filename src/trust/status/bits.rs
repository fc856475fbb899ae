//! The compressed run of statuses.

use std::io::Read;

use flate2::read::ZlibDecoder;

use crate::error::{Error, Result};

/// Bytes of an inflated list: sixteen million statuses of a byte each, more than a province has
/// licenses of one type.
const MAX_BYTES: u64 = 16 << 20;

/// Statuses of one width, by their index.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Bits {
    width: u8,
    bytes: Vec<u8>,
}

impl Bits {
    /// Inflates a list of statuses of `width` bits: 1, 2, 4 or 8.
    pub(super) fn inflate(width: u64, compressed: &[u8]) -> Result<Self> {
        let width = match width {
            1 => 1,
            2 => 2,
            4 => 4,
            8 => 8,
            _ => return Err(Error::malformed("a status has 1, 2, 4 or 8 bits")),
        };
        let mut bytes = Vec::new();
        ZlibDecoder::new(compressed)
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| Error::malformed("a status list cannot be inflated"))?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(Error::limit("status_list_bytes", MAX_BYTES));
        }
        Ok(Self { width, bytes })
    }

    /// The status at an index, lowest bits first; `None` beyond the end.
    pub(super) fn get(&self, index: u64) -> Option<u8> {
        let per_byte = u64::from(8 / self.width);
        let byte = *self.bytes.get(usize::try_from(index / per_byte).ok()?)?;
        let shift = u32::try_from(index % per_byte).ok()? * u32::from(self.width);
        let mask = u8::MAX >> (8 - self.width);
        Some((byte >> shift) & mask)
    }

    pub(super) fn count(&self) -> usize {
        self.bytes.len() * usize::from(8 / self.width)
    }
}

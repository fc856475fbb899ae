//! Taking an entry out of the archive, its length and checksum checked.

use std::borrow::Cow;

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::zip::{Entry, Method};
use super::{ambiguous, malformed};
use crate::error::{Error, Result};

/// The content of an entry. What is inflated is exactly as long as declared, which the limits
/// checked on opening bound.
pub(super) fn content<'a>(entry: &Entry<'a>) -> Result<Cow<'a, [u8]>> {
    let content = match entry.method {
        Method::Stored => Cow::Borrowed(entry.compressed),
        Method::Deflated => Cow::Owned(inflate(entry.compressed, entry.size)?),
    };
    let mut crc = Crc::new();
    crc.update(&content);
    if crc.sum() != entry.crc {
        return Err(malformed("crc"));
    }
    Ok(content)
}

fn inflate(compressed: &[u8], size: usize) -> Result<Vec<u8>> {
    // One byte more than declared, to notice a stream that goes on.
    let room = size
        .checked_add(1)
        .ok_or_else(|| malformed("inflated_size"))?;
    let mut inflated = Vec::new();
    inflated
        .try_reserve_exact(room)
        .map_err(|_| Error::limit("memory", u64::MAX))?;
    let mut stream = Decompress::new(false);
    let status = stream
        .decompress_vec(compressed, &mut inflated, FlushDecompress::Finish)
        .map_err(|_| malformed("deflate_stream"))?;
    if inflated.len() != size {
        return Err(ambiguous("inflated_size"));
    }
    if status != Status::StreamEnd {
        return Err(malformed("deflate_stream"));
    }
    let consumed = usize::try_from(stream.total_in()).unwrap_or(usize::MAX);
    if consumed != compressed.len() {
        // A reader that scans forward would look for the next entry inside the rest.
        return Err(ambiguous("compressed_size"));
    }
    Ok(inflated)
}

//! Taking an entry out of the archive, its length and checksum checked.

use std::borrow::Cow;

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::zip::{Entry, Method};
use super::{ambiguous, malformed};
use crate::error::{Error, Result};

/// Bytes inflated at a time where the whole content is not kept: large enough for the calls to cost
/// nothing, small enough for the caches of a processor.
const PIECE: usize = 64 << 10;

/// The content of an entry. What is inflated is exactly as long as declared, which the limits
/// checked on opening bound.
pub(super) fn content<'a>(entry: &Entry<'a>) -> Result<Cow<'a, [u8]>> {
    if entry.method == Method::Stored {
        check_crc(entry, entry.compressed)?;
        return Ok(Cow::Borrowed(entry.compressed));
    }
    let mut inflated = Vec::new();
    inflated
        .try_reserve_exact(entry.size)
        .map_err(|_| Error::limit("memory", u64::MAX))?;
    in_pieces(entry, &mut |piece| inflated.extend_from_slice(piece))?;
    Ok(Cow::Owned(inflated))
}

/// Hands the content on piece by piece. Only when this succeeds was it the entry's.
pub(super) fn in_pieces(entry: &Entry<'_>, take: &mut dyn FnMut(&[u8])) -> Result<()> {
    match entry.method {
        Method::Stored => {
            check_crc(entry, entry.compressed)?;
            take(entry.compressed);
            Ok(())
        }
        Method::Deflated => inflate(entry, take),
    }
}

fn inflate(entry: &Entry<'_>, take: &mut dyn FnMut(&[u8])) -> Result<()> {
    let compressed = entry.compressed;
    let mut buffer = vec![0; PIECE.min(entry.size.saturating_add(1))];
    let mut stream = Decompress::new(false);
    let mut crc = Crc::new();
    let mut left = entry.size;
    loop {
        let (read, written) = (stream.total_in(), stream.total_out());
        let rest = usize::try_from(read)
            .ok()
            .and_then(|read| compressed.get(read..))
            .unwrap_or_default();
        let status = stream
            .decompress(rest, &mut buffer, FlushDecompress::None)
            .map_err(|_| malformed("deflate_stream"))?;
        let produced = usize::try_from(stream.total_out() - written).unwrap_or(usize::MAX);
        let piece = buffer
            .get(..produced)
            .ok_or_else(|| malformed("deflate_stream"))?;
        left = left
            .checked_sub(produced)
            .ok_or_else(|| ambiguous("inflated_size"))?;
        crc.update(piece);
        take(piece);
        if status == Status::StreamEnd {
            break;
        }
        // No progress: the stream wants bytes that are not there.
        if produced == 0 && stream.total_in() == read {
            return Err(malformed("deflate_stream"));
        }
    }
    if left != 0 {
        return Err(ambiguous("inflated_size"));
    }
    if usize::try_from(stream.total_in()) != Ok(compressed.len()) {
        // A reader that scans forward would look for the next entry inside the rest.
        return Err(ambiguous("compressed_size"));
    }
    agrees(entry, &crc)
}

fn check_crc(entry: &Entry<'_>, content: &[u8]) -> Result<()> {
    let mut crc = Crc::new();
    crc.update(content);
    agrees(entry, &crc)
}

fn agrees(entry: &Entry<'_>, crc: &Crc) -> Result<()> {
    if crc.sum() == entry.crc {
        Ok(())
    } else {
        Err(malformed("crc"))
    }
}

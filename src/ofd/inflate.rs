//! Taking an entry out of the archive, its length and checksum checked.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::zip::{Entry, Method};
use super::{ambiguous, malformed};
use crate::error::{Error, Result};

/// Bytes inflated at a time where the whole content is not kept: large enough for the calls to cost
/// nothing, small enough for the caches of a processor.
const PIECE: usize = 64 << 10;

/// Inflates a package's entries. The decoder's tables are as large as many packages, so one decoder
/// serves all entries, and each thread that finds it taken makes its own.
#[derive(Default)]
pub(super) struct Inflaters(Mutex<Option<Decompress>>);

impl Inflaters {
    /// The content of an entry. What is inflated is exactly as long as declared, which the limits
    /// checked on opening bound.
    pub(super) fn content<'a>(&self, entry: &Entry<'a>) -> Result<Cow<'a, [u8]>> {
        if entry.method == Method::Stored {
            check_crc(entry, entry.compressed)?;
            return Ok(Cow::Borrowed(entry.compressed));
        }
        let content = self.with_decoder(|decoder| whole(entry, decoder))?;
        check_crc(entry, &content)?;
        Ok(Cow::Owned(content))
    }

    /// Hands the content on piece by piece. Only when this succeeds was it the entry's.
    pub(super) fn in_pieces(&self, entry: &Entry<'_>, take: &mut dyn FnMut(&[u8])) -> Result<()> {
        match entry.method {
            Method::Stored => {
                check_crc(entry, entry.compressed)?;
                take(entry.compressed);
                Ok(())
            }
            Method::Deflated => self.with_decoder(|decoder| pieces(entry, decoder, take)),
        }
    }

    fn with_decoder<T>(&self, run: impl FnOnce(&mut Decompress) -> T) -> T {
        // A decoder that a panic left in the midst of a stream is reset like any other.
        let place = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let free = place().take();
        let mut decoder = free.unwrap_or_else(|| Decompress::new(false));
        decoder.reset(false);
        let result = run(&mut decoder);
        *place() = Some(decoder);
        result
    }
}

/// Inflates at once, into a buffer a byte longer than declared: a stream that fills it is too long.
fn whole(entry: &Entry<'_>, decoder: &mut Decompress) -> Result<Vec<u8>> {
    let mut content = Vec::new();
    content
        .try_reserve_exact(entry.size.saturating_add(1))
        .map_err(|_| Error::limit("memory", u64::MAX))?;
    let status = decoder
        .decompress_vec(entry.compressed, &mut content, FlushDecompress::Finish)
        .map_err(|_| malformed("deflate_stream"))?;
    if status != Status::StreamEnd {
        return Err(if content.len() > entry.size {
            ambiguous("inflated_size")
        } else {
            // The stream wants bytes that are not there.
            malformed("deflate_stream")
        });
    }
    check_end(entry, decoder)?;
    Ok(content)
}

/// The stream ended; it must have done so where the entry does.
fn check_end(entry: &Entry<'_>, decoder: &Decompress) -> Result<()> {
    if usize::try_from(decoder.total_out()) != Ok(entry.size) {
        return Err(ambiguous("inflated_size"));
    }
    if usize::try_from(decoder.total_in()) != Ok(entry.compressed.len()) {
        // A reader that scans forward would look for the next entry inside the rest.
        return Err(ambiguous("compressed_size"));
    }
    Ok(())
}

fn pieces(entry: &Entry<'_>, decoder: &mut Decompress, take: &mut dyn FnMut(&[u8])) -> Result<()> {
    let compressed = entry.compressed;
    let mut buffer = vec![0; PIECE.min(entry.size.saturating_add(1))];
    let mut crc = Crc::new();
    let mut left = entry.size;
    loop {
        let (read, written) = (decoder.total_in(), decoder.total_out());
        let rest = usize::try_from(read)
            .ok()
            .and_then(|read| compressed.get(read..))
            .unwrap_or_default();
        let status = decoder
            .decompress(rest, &mut buffer, FlushDecompress::None)
            .map_err(|_| malformed("deflate_stream"))?;
        let produced = usize::try_from(decoder.total_out() - written).unwrap_or(usize::MAX);
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
        if produced == 0 && decoder.total_in() == read {
            return Err(malformed("deflate_stream"));
        }
    }
    check_end(entry, decoder)?;
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

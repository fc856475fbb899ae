//! Writing new documents: pages of placed objects, fonts, metadata and embedded files. The same
//! content gives the same bytes.

mod document;
mod page;
mod picture;
mod profile;
pub(crate) mod xmp;

use std::io::Write;

pub use document::{Attachment, DocumentContent, OutputProfile, write_document};
pub use page::{PageContent, PageObject, PathObject, PictureObject, Segment, Stroke, TextObject};
pub(crate) use picture::Picture;

use crate::error::{Error, ErrorKind, Result};

/// The marked-content tag that binds text to a metadata field.
pub(crate) const FIELD_TAG: &str = "YXField";

/// Points of an inch in a millimetre.
const POINTS_PER_MM: f64 = 72.0 / 25.4;

/// Millimetres as points, rounded to a thousandth.
pub(crate) fn points(mm: f64) -> f32 {
    single((mm * POINTS_PER_MM * 1000.0).round() / 1000.0)
}

/// The format's reals are single precision.
#[expect(
    clippy::cast_possible_truncation,
    reason = "rounding is meant, and saturates"
)]
pub(crate) fn single(value: f64) -> f32 {
    value as f32
}

pub(crate) fn deflate(data: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder
        .write_all(data)
        .and_then(|()| encoder.finish())
        .map_err(|_| Error::new(ErrorKind::Internal, "deflating to memory failed"))
}

#[cfg(test)]
pub(crate) mod tests;

//! ASN.1 encodings: strict DER reading that keeps every byte as it came, and canonical writing.
//!
//! Signatures cover bytes, so a structure is never decoded and encoded again before it is
//! verified: each [`Tlv`] keeps its raw bytes, and readers hand those on. Deviations that other
//! makers' files need are handled by the format modules above, on the raw content.

mod ber;
mod oid;
mod read;
mod write;

pub(crate) use ber::to_definite;
pub use oid::{Oid, named};
pub use read::{BitString, Reader, Tag, Tlv};
pub use write::*;

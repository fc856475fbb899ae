//! What a signature signs, and whether the signed hash is its hash.

use super::judged::unreadable;
use super::{Check, CheckCode, Reason};
use crate::crypto::{Detached, DigestAlgorithm};

/// The content that a signature is over.
#[derive(Clone, Copy)]
pub(super) enum Content<'a> {
    /// These pieces, one after another: Signature.xml, or a file.
    Pieces(&'a [&'a [u8]]),
    /// Stretches of a file that has other signatures too.
    Kept(&'a dyn Detached),
    /// It was not given.
    Unknown,
}

impl Content<'_> {
    /// The content, if it is known.
    pub(super) fn detached(&self) -> Option<&dyn Detached> {
        match self {
            Content::Pieces(pieces) => Some(pieces),
            Content::Kept(kept) => Some(*kept),
            Content::Unknown => None,
        }
    }

    /// Compares a signed hash with the content's.
    pub(super) fn digest_check(&self, signed: &[u8], algorithm: DigestAlgorithm) -> Check {
        let code = CheckCode::SignatureDigest;
        let check = match self.detached().map(|content| content.digest(algorithm)) {
            None => Check::indeterminate(code, Reason::ContentNotGiven),
            Some(Ok(digest)) if digest.as_bytes() == signed => Check::passed(code),
            Some(Ok(_)) => Check::failed(code, Reason::DigestDiffers),
            Some(Err(error)) => unreadable(code, &error),
        };
        check.with("digest", algorithm.name())
    }
}

//! What a signature signs, and whether the signed hash is its hash.

use super::{Check, CheckCode, Reason};
use crate::crypto::{Digest, DigestAlgorithm};

/// The content that a signature is over.
#[derive(Clone, Copy)]
pub(super) enum Content<'a> {
    /// These pieces, one after another: Signature.xml, or the two stretches of a byte range.
    Pieces(&'a [&'a [u8]]),
    /// It was not given.
    Unknown,
}

impl Content<'_> {
    /// Its digest, if it is known.
    pub(super) fn digest(&self, algorithm: DigestAlgorithm) -> Option<Digest> {
        let Content::Pieces(pieces) = self else {
            return None;
        };
        let mut hasher = algorithm.hasher();
        for piece in *pieces {
            hasher.update(piece);
        }
        Some(hasher.finish())
    }

    /// All pieces joined, if they are known.
    pub(super) fn bytes(&self) -> Option<Vec<u8>> {
        match self {
            Content::Pieces(pieces) => Some(pieces.concat()),
            Content::Unknown => None,
        }
    }

    /// Compares a signed hash with the content's.
    pub(super) fn digest_check(&self, signed: &[u8], algorithm: DigestAlgorithm) -> Check {
        let code = CheckCode::SignatureDigest;
        let check = match self.digest(algorithm) {
            None => Check::indeterminate(code, Reason::ContentNotGiven),
            Some(digest) if digest.as_bytes() == signed => Check::passed(code),
            Some(_) => Check::failed(code, Reason::DigestDiffers),
        };
        check.with("digest", algorithm.name())
    }
}

//! Content that is signed but stands elsewhere.

use super::{Digest, DigestAlgorithm};
use crate::error::Result;

/// Content in pieces that belong one after another. Where signatures are over stretches of one
/// file, whoever keeps the file can digest what they have in common once.
pub(crate) trait Detached {
    /// The pieces in their order.
    fn pieces(&self) -> &[&[u8]];

    /// The digest of all pieces; `limit_exceeded` where the keeper will not hash so much.
    fn digest(&self, algorithm: DigestAlgorithm) -> Result<Digest>;

    /// All pieces as one, to be signed as they are; `limit_exceeded` likewise.
    fn joined(&self) -> Result<Vec<u8>>;
}

impl dyn Detached + '_ {
    /// Whether the pieces make up these bytes.
    pub(crate) fn is(&self, bytes: &[u8]) -> bool {
        let mut rest = Some(bytes);
        for piece in self.pieces() {
            rest = rest.and_then(|rest| rest.strip_prefix(*piece));
        }
        rest.is_some_and(<[u8]>::is_empty)
    }
}

impl Detached for &[&[u8]] {
    fn pieces(&self) -> &[&[u8]] {
        self
    }

    fn digest(&self, algorithm: DigestAlgorithm) -> Result<Digest> {
        let mut hasher = algorithm.hasher();
        self.iter().for_each(|piece| hasher.update(piece));
        Ok(hasher.finish())
    }

    fn joined(&self) -> Result<Vec<u8>> {
        Ok(self.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_compared_without_being_joined() {
        let pieces: &[&[u8]] = &[b"ab", b"", b"c"];
        let content: &dyn Detached = &pieces;
        assert!(content.is(b"abc"));
        for other in [&b""[..], b"ab", b"abcd", b"abd", b"xbc"] {
            assert!(!content.is(other));
        }
    }
}

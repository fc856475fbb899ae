//! Message digests by value.

use std::fmt;

use ring::digest as international;
use sm3::{Digest as _, Sm3};

use crate::asn1::{Oid, named};

/// A digest algorithm this library computes. MD5 is not among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DigestAlgorithm {
    /// SM3 (GB/T 32905), 32 bytes.
    Sm3,
    /// SHA-1, 20 bytes; only for reading old files.
    Sha1,
    /// SHA-256, 32 bytes.
    Sha256,
    /// SHA-384, 48 bytes.
    Sha384,
    /// SHA-512, 64 bytes.
    Sha512,
}

impl DigestAlgorithm {
    /// The digest of `message`.
    #[must_use]
    pub fn digest(self, message: &[u8]) -> Digest {
        let mut hasher = self.hasher();
        hasher.update(message);
        hasher.finish()
    }

    /// The digests of several messages, in their order. SM3 is computed side by side where the
    /// processor can: quicker than one by one for messages of like length.
    #[must_use]
    pub fn digest_many(self, messages: &[&[u8]]) -> Vec<Digest> {
        if self != Self::Sm3 {
            return messages
                .iter()
                .map(|message| self.digest(message))
                .collect();
        }
        let digests = yinxin_sm2::digest_many(messages).into_iter();
        digests.map(Digest::of_sm3).collect()
    }

    /// A hasher to feed piece by piece.
    #[must_use]
    pub fn hasher(self) -> Hasher {
        let context = |algorithm| State::International(international::Context::new(algorithm));
        let state = match self {
            Self::Sm3 => State::Sm3(Sm3::new()),
            Self::Sha1 => context(&international::SHA1_FOR_LEGACY_USE_ONLY),
            Self::Sha256 => context(&international::SHA256),
            Self::Sha384 => context(&international::SHA384),
            Self::Sha512 => context(&international::SHA512),
        };
        Hasher {
            algorithm: self,
            state,
        }
    }

    /// Its length in bytes.
    #[must_use]
    pub const fn output_len(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sm3 | Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// Its object identifier.
    #[must_use]
    pub const fn oid(self) -> Oid {
        match self {
            Self::Sm3 => named::SM3,
            Self::Sha1 => named::SHA1,
            Self::Sha256 => named::SHA256,
            Self::Sha384 => named::SHA384,
            Self::Sha512 => named::SHA512,
        }
    }

    /// The algorithm of an object identifier; SM3 also under its "without key" arc.
    #[must_use]
    pub fn from_oid(oid: Oid) -> Option<Self> {
        match oid {
            named::SM3 | named::SM3_UNKEYED => Some(Self::Sm3),
            named::SHA1 => Some(Self::Sha1),
            named::SHA256 => Some(Self::Sha256),
            named::SHA384 => Some(Self::Sha384),
            named::SHA512 => Some(Self::Sha512),
            _ => None,
        }
    }

    /// Its usual name, such as `SM3`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sm3 => "SM3",
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }
}

/// A digest being computed.
#[derive(Clone)]
pub struct Hasher {
    algorithm: DigestAlgorithm,
    state: State,
}

#[derive(Clone)]
enum State {
    Sm3(Sm3),
    International(international::Context),
}

impl Hasher {
    /// Adds the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.state {
            State::Sm3(sm3) => sm3.update(bytes),
            State::International(context) => context.update(bytes),
        }
    }

    /// The digest of all bytes given.
    #[must_use]
    pub fn finish(self) -> Digest {
        let bytes = match self.state {
            State::Sm3(sm3) => sm3.finalize().to_vec(),
            State::International(context) => context.finish().as_ref().to_vec(),
        };
        Digest {
            algorithm: self.algorithm,
            bytes,
        }
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hasher({})", self.algorithm.name())
    }
}

/// A computed digest.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Digest {
    algorithm: DigestAlgorithm,
    bytes: Vec<u8>,
}

impl Digest {
    /// One that SM3 has given.
    pub(super) fn of_sm3(bytes: [u8; 32]) -> Self {
        Self {
            algorithm: DigestAlgorithm::Sm3,
            bytes: bytes.to_vec(),
        }
    }

    /// The algorithm that made it.
    #[must_use]
    pub fn algorithm(&self) -> DigestAlgorithm {
        self.algorithm
    }

    /// Its bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Lower-case hexadecimal.
    #[must_use]
    pub fn to_hex(&self) -> String {
        hex(&self.bytes)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.algorithm.name(), self.to_hex())
    }
}

/// Lower-case hexadecimal of any bytes.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sm3_examples_of_gbt_32905_annex_a() {
        assert_eq!(
            DigestAlgorithm::Sm3.digest(b"abc").to_hex(),
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
        );
        assert_eq!(
            DigestAlgorithm::Sm3.digest(&b"abcd".repeat(16)).to_hex(),
            "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
        );
    }

    #[test]
    fn lengths_and_identifiers_agree() {
        use DigestAlgorithm::{Sha1, Sha256, Sha384, Sha512, Sm3};
        for algorithm in [Sm3, Sha1, Sha256, Sha384, Sha512] {
            assert_eq!(
                algorithm.digest(b"").as_bytes().len(),
                algorithm.output_len()
            );
            assert_eq!(DigestAlgorithm::from_oid(algorithm.oid()), Some(algorithm));
        }
        assert_eq!(DigestAlgorithm::from_oid(named::MD5), None);
    }
}

//! A status list token, in either of its two encodings.

use std::fmt;
use std::sync::OnceLock;

use super::bits::Bits;
use super::{cwt, jwt};
use crate::asn1;
use crate::crypto::{Digest, DigestAlgorithm, PublicKey, PublicKeyKind, SignatureAlgorithm, Sm2Id};
use crate::error::{Error, ErrorKind, Result};
use crate::time::Time;

/// A token: as large as a list can be when nothing compresses, in base64 twice over.
const MAX_TOKEN: usize = 32 << 20;
/// How long a list is believed that states no end: a publisher that forgets it publishes daily.
const DEFAULT_LIFE: i64 = 24 * 3600;
/// Octets of r and s on the curves offered here.
const RAW_SIGNATURE: usize = 64;

/// A status list with its signature, which [`StatusList::verify`] looks at.
#[derive(Clone)]
pub struct StatusList {
    pub(super) uri: String,
    pub(super) issued: Time,
    pub(super) expires: Option<Time>,
    /// Seconds after its issue that it may be used.
    pub(super) ttl: Option<u32>,
    pub(super) bits: Bits,
    pub(super) signed: Vec<u8>,
    pub(super) signature: Vec<u8>,
    pub(super) fingerprint: Digest,
    /// The public key that was found to have signed it: a list of millions is hashed once, not for
    /// every document.
    pub(super) signed_by: OnceLock<Vec<u8>>,
}

impl StatusList {
    /// Reads a token: JWT (`application/statuslist+jwt`) or CWT (`application/statuslist+cwt`).
    ///
    /// # Errors
    /// `malformed`, or `limit_exceeded` beyond 32 MiB, or 16 MiB inflated.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > MAX_TOKEN {
            return Err(Error::limit("status_token_bytes", MAX_TOKEN as u64));
        }
        let fingerprint = DigestAlgorithm::Sha256.digest(bytes);
        // A JWT is text that begins with the base64 of `{"`.
        match bytes.trim_ascii() {
            text if text.starts_with(b"ey") => jwt::read(text, fingerprint),
            _ => cwt::read(bytes, fingerprint),
        }
    }

    /// Whether a publisher signed it: SM2 with SM3 or ECDSA with SHA-256, as its key is.
    ///
    /// # Errors
    /// `signature_mismatch`, `unsupported_algorithm` for a key of another kind.
    pub fn verify(&self, key: &PublicKey) -> Result<()> {
        if self.signed_by.get().is_some_and(|spki| spki == key.spki()) {
            return Ok(());
        }
        let algorithm = match key.kind() {
            PublicKeyKind::Sm2 => SignatureAlgorithm::Sm2Sm3,
            PublicKeyKind::P256 => SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha256),
            _ => {
                return Err(Error::new(
                    ErrorKind::UnsupportedAlgorithm,
                    "a status list is signed with SM2 or on P-256",
                ));
            }
        };
        let signature = der_of(&self.signature)?;
        key.verify(algorithm, &Sm2Id::default(), &self.signed, &signature)?;
        self.signed_by.get_or_init(|| key.spki().to_vec());
        Ok(())
    }

    /// What the list is referred to by.
    #[must_use]
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// When it was issued: its statuses are those of this time.
    #[must_use]
    pub fn issued(&self) -> Time {
        self.issued
    }

    /// Until when it may be used: the earlier of its expiry and its time to live; a day where it
    /// states neither.
    #[must_use]
    pub fn usable_until(&self) -> Time {
        let later = |seconds| self.issued.checked_add(seconds);
        let lives = self.ttl.and_then(|seconds| later(i64::from(seconds)));
        let ends = [self.expires, lives].into_iter().flatten().min();
        ends.or_else(|| later(DEFAULT_LIFE)).unwrap_or(self.issued)
    }

    /// Whether it tells of an instant.
    #[must_use]
    pub fn covers(&self, at: Time) -> bool {
        self.issued <= at && at <= self.usable_until()
    }

    /// The status at an index, `None` beyond the end.
    #[must_use]
    pub fn status(&self, index: u64) -> Option<u8> {
        self.bits.get(index)
    }

    /// How many statuses it holds, those that fill up the last byte included.
    #[must_use]
    pub fn count(&self) -> usize {
        self.bits.count()
    }

    /// SHA-256 of the token.
    #[must_use]
    pub fn fingerprint(&self) -> &Digest {
        &self.fingerprint
    }
}

impl fmt::Debug for StatusList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatusList")
            .field("uri", &self.uri)
            .field("issued", &self.issued)
            .field("count", &self.count())
            .finish_non_exhaustive()
    }
}

/// The times of a token, from its seconds.
pub(super) fn instant(seconds: i64) -> Result<Time> {
    Time::from_unix(seconds)
        .map_err(|_| Error::malformed("a time of a status list is out of range"))
}

/// JOSE and COSE write r and s in 32 octets each (RFC 7518 3.4, RFC 9053 2.1).
fn der_of(raw: &[u8]) -> Result<Vec<u8>> {
    if raw.len() != RAW_SIGNATURE {
        return Err(Error::new(
            ErrorKind::SignatureMismatch,
            "the signature of a status list has another length",
        ));
    }
    let (r, s) = raw.split_at(RAW_SIGNATURE / 2);
    Ok(asn1::sequence(&[asn1::unsigned(r), asn1::unsigned(s)]))
}

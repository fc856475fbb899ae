//! A license that waits for its signature, and the finished one.

use std::fmt;

use super::Format;
use crate::asn1::Oid;
use crate::crypto::{Digest, DigestAlgorithm, SignatureAlgorithm, Signer};
use crate::error::Result;
use crate::license::LicenseId;
use crate::pki::Certificate;
use crate::sign::Pending;

/// A license with everything but the signature value.
pub struct PendingLicense {
    pending: Pending,
    id: LicenseId,
    format: Format,
}

/// A license as it is handed out: a document with its seal or signature. `Debug` hides the
/// content.
#[derive(Clone, PartialEq, Eq)]
pub struct License {
    bytes: Vec<u8>,
    id: LicenseId,
    format: Format,
}

impl PendingLicense {
    pub(super) fn new(pending: Pending, id: LicenseId, format: Format) -> Self {
        Self {
            pending,
            id,
            format,
        }
    }

    /// The bytes to sign.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        self.pending.message()
    }

    /// What a signer that takes digests signs, as [`Pending::digest`].
    #[must_use]
    pub fn digest(&self) -> Option<Digest> {
        self.pending.digest()
    }

    /// The algorithm to sign with.
    #[must_use]
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.pending.algorithm()
    }

    /// Embeds the signature: DER for SM2 and ECDSA, or r ‖ s for SM2.
    ///
    /// # Errors
    /// `signature_mismatch` when it does not verify under the signer's certificate.
    pub fn complete(&self, signature: &[u8]) -> Result<License> {
        self.pending
            .complete(signature)
            .map(|bytes| self.license(bytes))
    }

    /// Signs with a key at hand and completes.
    ///
    /// # Errors
    /// `key_mismatch` when the key is not the certificate's, and as [`PendingLicense::complete`].
    pub fn sign(&self, signer: &dyn Signer) -> Result<License> {
        self.pending.sign(signer).map(|bytes| self.license(bytes))
    }

    /// Takes the signature, to add a time stamp over it before finishing: as
    /// [`Pending::add_signature`].
    ///
    /// # Errors
    /// As [`Pending::add_signature`].
    pub fn add_signature(&mut self, signature: &[u8]) -> Result<()> {
        self.pending.add_signature(signature)
    }

    /// The question to a time stamp authority over the signature: as
    /// [`Pending::time_stamp_request`].
    ///
    /// # Errors
    /// As [`Pending::time_stamp_request`].
    pub fn time_stamp_request(
        &mut self,
        nonce: &[u8],
        policy: Option<Oid>,
        digest: Option<DigestAlgorithm>,
    ) -> Result<Vec<u8>> {
        self.pending.time_stamp_request(nonce, policy, digest)
    }

    /// Takes the authority's answer: as [`Pending::add_time_stamp`].
    ///
    /// # Errors
    /// As [`Pending::add_time_stamp`].
    pub fn add_time_stamp(&mut self, response: &[u8], authority: &[Certificate]) -> Result<()> {
        self.pending.add_time_stamp(response, authority)
    }

    /// The license, with its time stamp where one was added: as [`Pending::finish`].
    ///
    /// # Errors
    /// As [`Pending::finish`].
    pub fn finish(&self) -> Result<License> {
        self.pending.finish().map(|bytes| self.license(bytes))
    }

    /// Stores what [`Draft::resume`](super::Draft::resume) needs to complete it later.
    ///
    /// # Errors
    /// As [`Pending::to_bytes`].
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        self.pending.to_bytes()
    }

    fn license(&self, bytes: Vec<u8>) -> License {
        License {
            bytes,
            id: self.id.clone(),
            format: self.format,
        }
    }
}

impl License {
    /// The document.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The document, without a copy.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// 证照标识 (GB/T 36904).
    #[must_use]
    pub fn id(&self) -> &LicenseId {
        &self.id
    }

    /// The container.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }
}

impl fmt::Debug for PendingLicense {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingLicense")
            .field("id", &self.id.to_string())
            .field("format", &self.format)
            .field("pending", &self.pending)
            .finish()
    }
}

impl fmt::Debug for License {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("License")
            .field("id", &self.id.to_string())
            .field("format", &self.format)
            .field("size", &self.bytes.len())
            .finish()
    }
}

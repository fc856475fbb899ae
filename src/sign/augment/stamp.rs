//! A time stamp over a whole PDF, asked for and answered like one over a signature.

use std::fmt;

use super::open;
use crate::asn1::{self, Oid, Tlv};
use crate::crypto::{Digest, DigestAlgorithm};
use crate::error::{Error, ErrorKind, Result};
use crate::pdf::{PreparedSignature, SignatureOptions, add_signature, sub_filter};
use crate::pki::{Certificate, TimeStampRequest};
use crate::sign::pdf::{TOKEN_ROOM, free_field_name};

/// A PDF that waits for a time stamp over all of it (PAdES B-LTA; ISO 32000-2 12.8.5).
pub struct DocumentStamp {
    document: Digest,
    prepared: PreparedSignature,
    request: TimeStampRequest,
}

impl DocumentStamp {
    /// Freezes the document and asks for a time stamp: as
    /// [`Pending::time_stamp_request`](crate::sign::Pending::time_stamp_request); the digest is
    /// SHA-256 where none is given.
    ///
    /// # Errors
    /// Those of reading the document; `unsupported` for what is no PDF; `invalid_argument` for the
    /// nonce.
    pub fn prepare(
        document: &[u8],
        nonce: &[u8],
        policy: Option<Oid>,
        digest: Option<DigestAlgorithm>,
    ) -> Result<Self> {
        Self::prepare_with_password(document, "", nonce, policy, digest)
    }

    /// The same over a PDF that may be encrypted.
    ///
    /// # Errors
    /// `wrong_password`; and as [`DocumentStamp::prepare`].
    pub fn prepare_with_password(
        document: &[u8],
        password: &str,
        nonce: &[u8],
        policy: Option<Oid>,
        digest: Option<DigestAlgorithm>,
    ) -> Result<Self> {
        let prepared = freeze(document, password)?;
        let digest = digest.unwrap_or(DigestAlgorithm::Sha256);
        let request = TimeStampRequest::of_pieces(digest, &prepared.digest_input()).nonce(nonce)?;
        let request = match policy {
            Some(policy) => request.policy(policy),
            None => request,
        };
        Ok(Self {
            document: DigestAlgorithm::Sm3.digest(document),
            prepared,
            request,
        })
    }

    /// The question to the time stamp authority (`TimeStampReq`).
    #[must_use]
    pub fn request(&self) -> Vec<u8> {
        self.request.to_der()
    }

    /// The document with the authority's answer (`TimeStampResp`). `authority` are certificates
    /// that may be the authority's where its token lacks its own.
    ///
    /// # Errors
    /// As [`TimeStampRequest::check_response`]; `does_not_fit` for a token beyond 16 KiB.
    pub fn complete(&self, response: &[u8], authority: &[Certificate]) -> Result<Vec<u8>> {
        let token = self.request.check_response(response, authority)?;
        self.prepared.complete(token.raw())
    }

    /// Stores what is needed to complete it later. The document itself is not stored, only its
    /// SM3.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        asn1::sequence(&[
            asn1::octets(self.document.as_bytes()),
            self.request.to_der(),
        ])
    }

    /// Takes a stored one up again, with the same document.
    ///
    /// # Errors
    /// `pending_mismatch` when the document is another or the bytes were altered; `malformed`;
    /// and as [`DocumentStamp::prepare`].
    pub fn from_bytes(bytes: &[u8], document: &[u8]) -> Result<Self> {
        Self::from_bytes_with_password(bytes, document, "")
    }

    /// The same with a document that may be encrypted; the password is never stored.
    ///
    /// # Errors
    /// `wrong_password`; and as [`DocumentStamp::from_bytes`].
    pub fn from_bytes_with_password(bytes: &[u8], document: &[u8], password: &str) -> Result<Self> {
        let outer = Tlv::parse(bytes)?;
        outer.expect(asn1::Tag::SEQUENCE)?;
        let mut reader = outer.reader()?;
        let stored = reader.read()?.octets()?;
        let request = TimeStampRequest::from_der(reader.read()?.raw())?;
        reader.finish()?;
        let digest = DigestAlgorithm::Sm3.digest(document);
        let mismatch = |message: &'static str| Error::new(ErrorKind::PendingMismatch, message);
        if digest.as_bytes() != stored {
            return Err(mismatch("the time stamp was asked for another document"));
        }
        let prepared = freeze(document, password)?;
        let frozen =
            TimeStampRequest::of_pieces(request.digest_algorithm(), &prepared.digest_input());
        if frozen.imprint() != request.imprint() {
            return Err(mismatch(
                "the stored time stamp request was altered, or made by another version",
            ));
        }
        Ok(Self {
            document: digest,
            prepared,
            request,
        })
    }
}

fn freeze(document: &[u8], password: &str) -> Result<PreparedSignature> {
    let pdf = open(document, password)?;
    let mut options =
        SignatureOptions::new(free_field_name(&pdf, "Timestamp")?, sub_filter::RFC3161);
    options.capacity = TOKEN_ROOM;
    add_signature(&pdf, &options)
}

impl fmt::Debug for DocumentStamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DocumentStamp({:?})", self.request)
    }
}

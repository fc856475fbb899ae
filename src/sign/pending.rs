//! A document that waits for its signature.

use super::request::{Method, Request};
use super::{ofd, pdf, usable, value};
use crate::asn1::{self, Tlv};
use crate::crypto::{Digest, DigestAlgorithm, SignatureAlgorithm, Signer, Sm2Id};
use crate::error::{Error, ErrorKind, Result};

/// A document with everything but the signature value.
pub struct Pending {
    document: Digest,
    request: Request,
    algorithm: SignatureAlgorithm,
    prepared: Prepared,
}

enum Prepared {
    Ofd(Box<ofd::Prepared>),
    Pdf(Box<pdf::Prepared>),
}

/// Freezes a document for signing. The seal must be genuine, valid and made for the signer, and
/// no earlier signature may forbid another.
///
/// # Errors
/// `seal_unusable`, `signer_not_in_seal`, `signer_renewed`, `document_locked`,
/// `invalid_argument` for a time outside the signer certificate or a place outside the document,
/// and what reading the document gives.
pub fn prepare(document: &[u8], request: Request) -> Result<Pending> {
    usable::signer(request.signer(), request.time())?;
    if let Method::Seal(seal) = request.method() {
        usable::seal(seal, request.signer(), request.time())?;
    }
    let prepared = if document.starts_with(b"%PDF-") {
        Prepared::Pdf(Box::new(pdf::prepare(document, &request)?))
    } else if document.starts_with(b"PK") {
        Prepared::Ofd(Box::new(ofd::prepare(document, &request)?))
    } else {
        return Err(ofd::unknown());
    };
    Ok(Pending {
        document: DigestAlgorithm::Sm3.digest(document),
        algorithm: value::algorithm(request.signer())?,
        request,
        prepared,
    })
}

impl Pending {
    /// The bytes to sign.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        self.value().to_be_signed()
    }

    /// What a signer that takes digests signs: for SM2 e = SM3(Z ‖ M) under the signer's key and
    /// the default ID; `None` for Ed25519, which hashes by itself.
    #[must_use]
    pub fn digest(&self) -> Option<Digest> {
        let key = self.request.signer().public_key().ok()?;
        match self.algorithm {
            SignatureAlgorithm::Sm2Sm3 => key.sm2_digest(&Sm2Id::default(), self.message()),
            other => other.digest().map(|digest| digest.digest(self.message())),
        }
    }

    /// The algorithm to sign with.
    #[must_use]
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// Embeds the signature: DER for SM2 and ECDSA, or r ‖ s for SM2.
    ///
    /// # Errors
    /// `signature_mismatch` when it does not verify under the signer's certificate; the document
    /// is then left as it was.
    pub fn complete(&self, signature: &[u8]) -> Result<Vec<u8>> {
        let value = self.value().complete(self.request.signer(), signature)?;
        match &self.prepared {
            Prepared::Ofd(prepared) => prepared.complete(&value),
            Prepared::Pdf(prepared) => prepared.complete(&value),
        }
    }

    /// Signs with a key at hand and completes.
    ///
    /// # Errors
    /// `key_mismatch` when the key is not the certificate's, and as [`Pending::complete`].
    pub fn sign(&self, signer: &dyn Signer) -> Result<Vec<u8>> {
        if signer.public_key() != self.request.signer().public_key()? {
            return Err(Error::new(
                ErrorKind::KeyMismatch,
                "the key does not belong to the signer's certificate",
            ));
        }
        self.complete(&signer.sign(self.message())?)
    }

    /// Stores what is needed to complete it later, in another process or on another day. The
    /// document itself is not stored, only its SM3.
    ///
    /// # Errors
    /// `invalid_argument` for a place that cannot be stored.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let frozen = DigestAlgorithm::Sm3.digest(self.message());
        Ok(asn1::sequence(&[
            asn1::octets(self.document.as_bytes()),
            asn1::octets(frozen.as_bytes()),
            self.request.to_der()?,
        ]))
    }

    /// Takes a stored one up again, with the same document.
    ///
    /// # Errors
    /// `pending_mismatch` when the document is another or the bytes were altered; `malformed`;
    /// and as [`prepare`].
    pub fn from_bytes(bytes: &[u8], document: &[u8]) -> Result<Self> {
        let outer = Tlv::parse(bytes)?;
        outer.expect(asn1::Tag::SEQUENCE)?;
        let mut reader = outer.reader()?;
        let document_digest = reader.read()?.octets()?;
        let frozen = reader.read()?.octets()?;
        let request = Request::from_der(&mut reader)?;
        reader.finish()?;
        let mismatch = |message: &'static str| Error::new(ErrorKind::PendingMismatch, message);
        if DigestAlgorithm::Sm3.digest(document).as_bytes() != document_digest {
            return Err(mismatch(
                "the pending signature belongs to another document",
            ));
        }
        let pending = prepare(document, request)?;
        if DigestAlgorithm::Sm3.digest(pending.message()).as_bytes() != frozen {
            return Err(mismatch(
                "the pending signature was altered, or made by another version",
            ));
        }
        Ok(pending)
    }

    fn value(&self) -> &value::UnsignedValue {
        match &self.prepared {
            Prepared::Ofd(prepared) => &prepared.value,
            Prepared::Pdf(prepared) => &prepared.value,
        }
    }
}

impl std::fmt::Debug for Pending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Pending({}, {} bytes)",
            self.algorithm.name(),
            self.message().len()
        )
    }
}

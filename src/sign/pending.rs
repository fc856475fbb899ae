//! A document that waits for its signature, and then perhaps for a time stamp over it.

use super::profile::PdfOptions;
use super::request::{Method, Request};
use super::stamp::Stamp;
use super::{ofd, pdf, usable, value};
use crate::asn1::{self, Oid, Tag, Tlv};
use crate::crypto::{Digest, DigestAlgorithm, SignatureAlgorithm, Signer, Sm2Id};
use crate::error::{Error, ErrorKind, Result};
use crate::pki::Certificate;

/// A document with everything but the signature value.
///
/// What is still to come arrives in this order, and between any two steps the value may be stored:
///
/// 1. the signature over [`Pending::message`]: [`Pending::add_signature`];
/// 2. if wanted, a time stamp over the signature: [`Pending::time_stamp_request`] goes to the
///    authority, its answer comes back to [`Pending::add_time_stamp`];
/// 3. [`Pending::finish`] gives the signed document.
///
/// [`Pending::complete`] and [`Pending::sign`] do the first and the last step at once.
pub struct Pending {
    document: Digest,
    request: Request,
    algorithm: SignatureAlgorithm,
    prepared: Prepared,
    signature: Option<Vec<u8>>,
    stamp: Option<Stamp>,
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
    prepare_with_password(document, "", request)
}

/// The same of a PDF that may be encrypted, with the user's or the owner's password. What is added
/// is encrypted like the rest; the value of a signature never is. An encrypted OFD is decrypted
/// before it is signed.
///
/// # Errors
/// `wrong_password`, also when the file permits signing only to its owner's password; and as
/// [`prepare`].
pub fn prepare_with_password(document: &[u8], password: &str, request: Request) -> Result<Pending> {
    usable::signer(request.signer(), request.time())?;
    if let Method::Seal(seal) = request.method() {
        usable::seal(seal, request.signer(), request.time())?;
    }
    let prepared = if document.starts_with(b"%PDF-") {
        Prepared::Pdf(Box::new(pdf::prepare(document, password, &request)?))
    } else if document.starts_with(b"PK") {
        if request.profile_wanted().pdf != PdfOptions::default() {
            return Err(Error::argument(
                "an OFD does not say what a PDF says of its signature",
            ));
        }
        Prepared::Ofd(Box::new(ofd::prepare(document, &request)?))
    } else {
        return Err(ofd::unknown());
    };
    Ok(Pending {
        document: DigestAlgorithm::Sm3.digest(document),
        algorithm: value::algorithm(&request)?,
        request,
        prepared,
        signature: None,
        stamp: None,
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

    /// Takes the signature over [`Pending::message`]: DER for SM2 and ECDSA, or r ‖ s for SM2. A
    /// time stamp over an earlier one is dropped.
    ///
    /// # Errors
    /// `signature_mismatch` when it does not verify under the signer's certificate; all stays as
    /// it was.
    pub fn add_signature(&mut self, signature: &[u8]) -> Result<()> {
        self.signature = Some(self.value().accept(&self.request, signature)?);
        self.stamp = None;
        Ok(())
    }

    /// Whether the signature is there.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.signature.is_some()
    }

    /// The question to a time stamp authority (`TimeStampReq`, RFC 3161, GM/T 0033) over the
    /// signature. `nonce` is a random number of up to 32 bytes, say 8, which the answer must
    /// repeat; `policy` one of the authority's, if it matters; `digest` the algorithm to name the
    /// signature by: without one SM3 for SM2 signatures, SHA-256 else.
    ///
    /// # Errors
    /// `invalid_argument` before the signature is there, or for the nonce; `unsupported` for a
    /// seal signature in the layout of 2014, which has no place for a time stamp.
    pub fn time_stamp_request(
        &mut self,
        nonce: &[u8],
        policy: Option<Oid>,
        digest: Option<DigestAlgorithm>,
    ) -> Result<Vec<u8>> {
        let signature = self.signature.as_ref().ok_or_else(not_signed)?;
        if !self.value().takes_time_stamp() {
            return Err(Error::unsupported(
                "a seal signature in the layout of 2014 has no place for a time stamp",
            ));
        }
        let digest = digest.unwrap_or(match self.algorithm {
            SignatureAlgorithm::Sm2Sm3 => DigestAlgorithm::Sm3,
            _ => DigestAlgorithm::Sha256,
        });
        let stamp = Stamp::ask(digest, signature, nonce, policy)?;
        let request = stamp.request().to_der();
        self.stamp = Some(stamp);
        Ok(request)
    }

    /// Takes the authority's answer (`TimeStampResp`) to the last
    /// [`Pending::time_stamp_request`]. `authority` are certificates that may be the authority's
    /// where its token lacks its own. Whether the authority is trusted, whoever verifies asks.
    ///
    /// # Errors
    /// `invalid_argument` when nothing was asked; `time_stamp_mismatch` also for a time before
    /// the one that is signed or outside the signer certificate's validity, which no verifier
    /// would accept; otherwise as [`TimeStampRequest::check_response`].
    ///
    /// [`TimeStampRequest::check_response`]: crate::pki::TimeStampRequest::check_response
    pub fn add_time_stamp(&mut self, response: &[u8], authority: &[Certificate]) -> Result<()> {
        let stamp = self
            .stamp
            .as_mut()
            .ok_or_else(|| Error::argument("no time stamp was asked for"))?;
        stamp.answer(response, authority, &self.request)
    }

    /// The signed document, with its time stamp where one was added.
    ///
    /// # Errors
    /// `invalid_argument` before the signature is there, or while an answer to a
    /// [`Pending::time_stamp_request`] is outstanding; `does_not_fit` when a PDF has too little
    /// room for the time stamp.
    pub fn finish(&self) -> Result<Vec<u8>> {
        let signature = self.signature.as_ref().ok_or_else(not_signed)?;
        let token = match &self.stamp {
            None => None,
            Some(stamp) => Some(stamp.token().ok_or_else(|| {
                Error::argument("the answer of the time stamp authority is still to come")
            })?),
        };
        self.embed(signature, token)
    }

    /// Embeds the signature, without a time stamp: DER for SM2 and ECDSA, or r ‖ s for SM2.
    ///
    /// # Errors
    /// `signature_mismatch` when it does not verify under the signer's certificate.
    pub fn complete(&self, signature: &[u8]) -> Result<Vec<u8>> {
        let signature = self.value().accept(&self.request, signature)?;
        self.embed(&signature, None)
    }

    fn embed(&self, signature: &[u8], token: Option<&[u8]>) -> Result<Vec<u8>> {
        let value = self.value().assemble(signature, token)?;
        match &self.prepared {
            Prepared::Ofd(prepared) => prepared.complete(&value),
            Prepared::Pdf(prepared) => prepared.complete(&value),
        }
    }

    /// Signs with a key at hand and completes.
    ///
    /// # Errors
    /// `key_mismatch` when the key is not the certificate's; `invalid_argument` when it signs with
    /// another algorithm than was prepared; and as [`Pending::complete`].
    pub fn sign(&self, signer: &dyn Signer) -> Result<Vec<u8>> {
        if signer.public_key() != self.request.signer().public_key()? {
            return Err(Error::new(
                ErrorKind::KeyMismatch,
                "the key does not belong to the signer's certificate",
            ));
        }
        if signer.algorithm() != self.algorithm {
            return Err(Error::argument("the key signs with another algorithm")
                .with("algorithm", signer.algorithm().name())
                .with("prepared", self.algorithm.name()));
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
        let mut fields = vec![
            asn1::octets(self.document.as_bytes()),
            asn1::octets(frozen.as_bytes()),
            self.request.to_der()?,
        ];
        if let Some(signature) = &self.signature {
            fields.push(asn1::context(0, &[asn1::octets(signature)]));
        }
        if let Some(stamp) = &self.stamp {
            fields.push(asn1::context(1, &[stamp.to_der()]));
        }
        Ok(asn1::sequence(&fields))
    }

    /// Takes a stored one up again, with the same document.
    ///
    /// # Errors
    /// `pending_mismatch` when the document is another or the bytes were altered; `malformed`;
    /// and as [`prepare`].
    pub fn from_bytes(bytes: &[u8], document: &[u8]) -> Result<Self> {
        Self::from_bytes_with_password(bytes, document, "")
    }

    /// The same with a document that may be encrypted; the password is never stored.
    ///
    /// # Errors
    /// As [`Pending::from_bytes`] and [`prepare_with_password`].
    pub fn from_bytes_with_password(bytes: &[u8], document: &[u8], password: &str) -> Result<Self> {
        let outer = Tlv::parse(bytes)?;
        outer.expect(Tag::SEQUENCE)?;
        let mut reader = outer.reader()?;
        let document_digest = reader.read()?.octets()?;
        let frozen = reader.read()?.octets()?;
        let request = Request::from_der(&mut reader)?;
        let signature = reader.optional(Tag::context(0))?;
        let stamp = reader.optional(Tag::context(1))?;
        reader.finish()?;
        let mismatch = |message: &'static str| Error::new(ErrorKind::PendingMismatch, message);
        if DigestAlgorithm::Sm3.digest(document).as_bytes() != document_digest {
            return Err(mismatch(
                "the pending signature belongs to another document",
            ));
        }
        let mut pending = prepare_with_password(document, password, request)?;
        if DigestAlgorithm::Sm3.digest(pending.message()).as_bytes() != frozen {
            return Err(mismatch(
                "the pending signature was altered, or made by another version",
            ));
        }
        if let Some(signature) = signature {
            pending.add_signature(signature.inner()?.octets()?)?;
        }
        pending.stamp = match (stamp, &pending.signature) {
            (None, _) => None,
            (Some(_), None) => return Err(Error::malformed("a time stamp is over no signature")),
            (Some(stamp), Some(signature)) => Some(Stamp::from_der(stamp.inner()?, signature)?),
        };
        Ok(pending)
    }

    fn value(&self) -> &value::UnsignedValue {
        match &self.prepared {
            Prepared::Ofd(prepared) => &prepared.value,
            Prepared::Pdf(prepared) => &prepared.value,
        }
    }
}

fn not_signed() -> Error {
    Error::argument("the signature is still to come")
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

//! OCSP responses (RFC 6960; GB/T 19713 follows it): reading them, and checking one signature.

use std::fmt;
use std::sync::Arc;

use super::certificate::Certificate;
use super::crl::{RevocationReason, Revoked};
use super::extension::{self, Extension};
use super::name::Name;
use crate::asn1::{Oid, Reader, Tag, Tlv, named};
use crate::crypto::{Digest, DigestAlgorithm, PublicKey, SignatureAlgorithm, Sm2Id};
use crate::error::{Error, ErrorKind, Result};
use crate::time::Time;

/// A response about a whole path with the responder's own chain has some 10 KiB.
const MAX_RESPONSE: usize = 256 * 1024;

/// Responders answer about the certificates of one path at a time; pre-made answers about more
/// stay below this.
const MAX_ANSWERS: usize = 1024;

/// The responder's certificate, and those above it.
const MAX_CERTIFICATES: usize = 16;

/// Who made a response.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Responder {
    /// The subject of the responder's certificate.
    Name(Name),
    /// A digest of the responder's key bits: SHA-1, or of SM2 keys SM3.
    Key(Vec<u8>),
}

impl Responder {
    /// Whether this certificate is the responder's.
    #[must_use]
    pub fn is(&self, certificate: &Certificate) -> bool {
        match self {
            Self::Name(name) => name.matches(certificate.subject_name()),
            Self::Key(digest) => certificate.public_key().is_ok_and(|key| {
                [DigestAlgorithm::Sha1, DigestAlgorithm::Sm3]
                    .iter()
                    .any(|algorithm| algorithm.digest(key.key_bits()).as_bytes() == digest)
            }),
        }
    }
}

/// What a responder says of one certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OcspStatus {
    /// Not revoked, as far as it knows.
    Good,
    /// Revoked.
    Revoked(Revoked),
    /// It does not know the certificate.
    Unknown,
}

/// The answer about one certificate.
#[derive(Clone, Debug)]
pub struct OcspAnswer {
    digest: Option<DigestAlgorithm>,
    issuer_name: Vec<u8>,
    issuer_key: Vec<u8>,
    serial: Vec<u8>,
    /// What it says.
    pub status: OcspStatus,
    /// When that was known to be right.
    pub this_update: Time,
    /// When newer information is due at the latest, where it says so.
    pub next_update: Option<Time>,
    /// From when on expired certificates are still answered for.
    pub archive_cutoff: Option<Time>,
    /// A critical extension that is not known here: the answer must not be used.
    pub unknown_critical: Option<Oid>,
}

impl OcspAnswer {
    /// Whether it is about this certificate, issued with this key. Digests are SHA-1, SHA-2 or
    /// SM3; they only tell certificates apart, so that a weak one does no harm.
    #[must_use]
    pub fn is_about(&self, certificate: &Certificate, issuer: &PublicKey) -> bool {
        let Some(digest) = self.digest else {
            return false;
        };
        self.serial == certificate.serial()
            && digest.digest(certificate.issuer_name().der()).as_bytes() == self.issuer_name
            && digest.digest(issuer.key_bits()).as_bytes() == self.issuer_key
    }
}

/// A basic OCSP response, byte for byte as it came. Cloning shares the bytes.
#[derive(Clone)]
pub struct OcspResponse(Arc<Inner>);

struct Inner {
    der: Vec<u8>,
    tbs: Vec<u8>,
    signature_identifier: Vec<u8>,
    signature: Vec<u8>,
    responder: Responder,
    produced_at: Time,
    answers: Vec<OcspAnswer>,
    nonce: Option<Vec<u8>>,
    unknown_critical: Option<Oid>,
    certificates: Vec<Certificate>,
}

impl OcspResponse {
    /// Reads one DER response, which must be the whole input: as a responder sends it
    /// (`OCSPResponse`), or the `BasicOCSPResponse` in it as signatures carry it.
    ///
    /// # Errors
    /// `malformed`; `missing` when the responder sent an error instead of answers; `unsupported`
    /// for another type of response; `limit_exceeded` beyond 256 KiB, 1024 answers or 16
    /// certificates.
    pub fn from_der(der: &[u8]) -> Result<Self> {
        if der.len() > MAX_RESPONSE {
            return Err(Error::limit("OCSP response bytes", MAX_RESPONSE as u64));
        }
        let outer = Tlv::parse(der)?;
        outer.expect(Tag::SEQUENCE)?;
        if outer.reader()?.peek() == Some(Tag::ENUMERATED) {
            let bytes = response_bytes(outer.reader()?)?;
            return Self::read(der, &Tlv::parse(bytes)?);
        }
        Self::read(der, &outer)
    }

    fn read(whole: &[u8], basic: &Tlv<'_>) -> Result<Self> {
        basic.expect(Tag::SEQUENCE)?;
        let mut reader = basic.reader()?;
        let tbs = reader.expect(Tag::SEQUENCE)?;
        let signature_identifier = reader.expect(Tag::SEQUENCE)?;
        let signature = reader.read()?.whole_bits()?.to_vec();
        let certificates = match reader.optional(Tag::context(0))? {
            Some(wrapped) => read_certificates(&wrapped.inner()?)?,
            None => Vec::new(),
        };
        reader.finish()?;

        let mut body = tbs.reader()?;
        if let Some(version) = body.optional(Tag::context(0))?
            && version.inner()?.small_integer()? != 0
        {
            return Err(Error::unsupported(
                "the OCSP response's version is not known",
            ));
        }
        let responder = read_responder(&body.read()?)?;
        let produced_at = body.expect(Tag::GENERALIZED_TIME)?.time()?;
        let answers = body.sequence()?.read_all(MAX_ANSWERS)?;
        let answers = answers.iter().map(read_answer).collect::<Result<_>>()?;
        let extensions = read_extensions(body.optional(Tag::context(1))?.as_ref())?;
        body.finish()?;
        Ok(Self(Arc::new(Inner {
            tbs: tbs.raw().to_vec(),
            signature_identifier: signature_identifier.raw().to_vec(),
            signature,
            responder,
            produced_at,
            answers,
            nonce: extension::typed(&extensions, named::OCSP_NONCE, |value| {
                value.octets().map(<[u8]>::to_vec)
            })?,
            unknown_critical: unknown_critical(&extensions, &[named::OCSP_NONCE]),
            certificates,
            der: whole.to_vec(),
        })))
    }

    /// The response's bytes as they came.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// The digest of the whole response.
    #[must_use]
    pub fn fingerprint(&self, algorithm: DigestAlgorithm) -> Digest {
        algorithm.digest(self.der())
    }

    /// Who made it.
    #[must_use]
    pub fn responder(&self) -> &Responder {
        &self.0.responder
    }

    /// When it was signed.
    #[must_use]
    pub fn produced_at(&self) -> Time {
        self.0.produced_at
    }

    /// Its answers.
    #[must_use]
    pub fn answers(&self) -> &[OcspAnswer] {
        &self.0.answers
    }

    /// The nonce of the request it answers, where it repeats one.
    #[must_use]
    pub fn nonce(&self) -> Option<&[u8]> {
        self.0.nonce.as_deref()
    }

    /// A critical extension that is not known here: the response must not be used.
    #[must_use]
    pub fn unknown_critical(&self) -> Option<Oid> {
        self.0.unknown_critical
    }

    /// Certificates it carries; none is believed for that.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.0.certificates
    }

    /// The algorithm it is signed with.
    ///
    /// # Errors
    /// `unsupported_algorithm`, or `malformed` for its parameters.
    pub fn signature_algorithm(&self) -> Result<SignatureAlgorithm> {
        Tlv::parse(&self.0.signature_identifier)
            .and_then(|identifier| SignatureAlgorithm::from_identifier(&identifier))
    }

    /// Verifies that `responder` signed this response.
    ///
    /// # Errors
    /// `signature_mismatch`, or `unsupported_algorithm`.
    pub fn verify_signed_by(&self, responder: &PublicKey, id: &Sm2Id) -> Result<()> {
        let algorithm = self.signature_algorithm()?;
        responder.verify(algorithm, id, &self.0.tbs, &self.0.signature)
    }
}

fn response_bytes(mut response: Reader<'_>) -> Result<&[u8]> {
    let status = response.expect(Tag::ENUMERATED)?;
    if status.content() != [0] {
        return Err(Error::new(
            ErrorKind::Missing,
            "the OCSP responder sent an error instead of answers",
        ));
    }
    let bytes = response.expect(Tag::context(0))?;
    response.finish()?;
    let mut typed = bytes.inner()?.reader()?;
    let kind = typed.read()?.oid()?;
    if kind != named::OCSP_BASIC {
        return Err(Error::unsupported("the type of OCSP response is not known").with("oid", kind));
    }
    let content = typed.read()?.octets()?;
    typed.finish()?;
    Ok(content)
}

/// Those that cannot be read are of no use, and no harm.
fn read_certificates(list: &Tlv<'_>) -> Result<Vec<Certificate>> {
    list.expect(Tag::SEQUENCE)?;
    let elements = list.reader()?.read_all(MAX_CERTIFICATES)?;
    let certificates = elements.iter();
    Ok(certificates
        .filter_map(|element| Certificate::from_der(element.raw()).ok())
        .collect())
}

fn read_responder(choice: &Tlv<'_>) -> Result<Responder> {
    match choice.tag() {
        BY_NAME => Ok(Responder::Name(Name::from_tlv(&choice.inner()?)?)),
        BY_KEY => Ok(Responder::Key(choice.inner()?.octets()?.to_vec())),
        _ => Err(Error::malformed(
            "an OCSP response does not say by whom it is",
        )),
    }
}

const BY_NAME: Tag = Tag::context(1);
const BY_KEY: Tag = Tag::context(2);

fn read_answer(answer: &Tlv<'_>) -> Result<OcspAnswer> {
    answer.expect(Tag::SEQUENCE)?;
    let mut reader = answer.reader()?;
    let mut id = reader.sequence()?;
    let digest = id.sequence()?.read()?.oid()?;
    let issuer_name = id.read()?.octets()?.to_vec();
    let issuer_key = id.read()?.octets()?.to_vec();
    let serial = id.read()?.integer()?.to_vec();
    id.finish()?;
    let status = read_status(&reader.read()?)?;
    let this_update = reader.expect(Tag::GENERALIZED_TIME)?.time()?;
    let next_update = match reader.optional(Tag::context(0))? {
        Some(wrapped) => Some(wrapped.inner()?.time()?),
        None => None,
    };
    let extensions = read_extensions(reader.optional(Tag::context(1))?.as_ref())?;
    reader.finish()?;
    Ok(OcspAnswer {
        digest: DigestAlgorithm::from_oid(digest),
        issuer_name,
        issuer_key,
        serial,
        status,
        this_update,
        next_update,
        archive_cutoff: extension::typed(&extensions, named::OCSP_ARCHIVE_CUTOFF, |value| {
            value.time()
        })?,
        unknown_critical: unknown_critical(&extensions, &[named::OCSP_ARCHIVE_CUTOFF]),
    })
}

fn read_status(choice: &Tlv<'_>) -> Result<OcspStatus> {
    match choice.tag() {
        GOOD if choice.content().is_empty() => Ok(OcspStatus::Good),
        UNKNOWN if choice.content().is_empty() => Ok(OcspStatus::Unknown),
        REVOKED => {
            let mut reader = choice.reader()?;
            let time = reader.expect(Tag::GENERALIZED_TIME)?.time()?;
            let reason = match reader.optional(Tag::context(0))? {
                Some(wrapped) => match wrapped.inner()?.content() {
                    [number] => RevocationReason::from_number(*number),
                    _ => return Err(Error::malformed("a revocation reason is not one byte")),
                },
                None => None,
            };
            reader.finish()?;
            Ok(OcspStatus::Revoked(Revoked { time, reason }))
        }
        _ => Err(Error::malformed("an OCSP status is none of the three")),
    }
}

const GOOD: Tag = Tag::context_primitive(0);
const REVOKED: Tag = Tag::context(1);
const UNKNOWN: Tag = Tag::context_primitive(2);

fn read_extensions(wrapped: Option<&Tlv<'_>>) -> Result<Vec<Extension>> {
    match wrapped {
        Some(wrapped) => {
            extension::read_extensions(&wrapped.inner()?, "ocspExtensions", &mut Vec::new())
        }
        None => Ok(Vec::new()),
    }
}

fn unknown_critical(extensions: &[Extension], known: &[Oid]) -> Option<Oid> {
    extensions
        .iter()
        .find(|one| one.critical() && !known.contains(&one.oid()))
        .map(Extension::oid)
}

impl PartialEq for OcspResponse {
    fn eq(&self, other: &Self) -> bool {
        self.der() == other.der()
    }
}

impl Eq for OcspResponse {}

impl fmt::Debug for OcspResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "OcspResponse(produced at {}, {} answers)",
            self.produced_at(),
            self.answers().len()
        )
    }
}

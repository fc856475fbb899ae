//! The question to a time stamp authority (RFC 3161 2.4.1, GM/T 0033-2014 7.1).

use std::fmt;

use crate::asn1::{self, Oid, Tag, Tlv};
use crate::crypto::{DigestAlgorithm, hex};
use crate::error::{Error, Result};

/// Authorities refuse longer numbers; 8 bytes are common.
const MAX_NONCE: usize = 32;

/// A question for a time stamp. It names what is to be stamped by its digest alone.
#[derive(Clone, PartialEq, Eq)]
pub struct TimeStampRequest {
    pub(super) algorithm: DigestAlgorithm,
    pub(super) imprint: Vec<u8>,
    pub(super) policy: Option<Oid>,
    /// INTEGER content, minimal and not negative.
    pub(super) nonce: Option<Vec<u8>>,
    certificate_wanted: bool,
}

impl TimeStampRequest {
    /// Asks for a stamp over `message`, with the authority's certificate in the answer.
    ///
    /// What is stamped of a signature is its value: the content bytes of the BIT STRING of a seal
    /// signature, of the OCTET STRING of a message.
    #[must_use]
    pub fn new(algorithm: DigestAlgorithm, message: &[u8]) -> Self {
        Self::of_imprint(algorithm, algorithm.digest(message).as_bytes().to_vec())
    }

    /// The same over a message in pieces that belong one after another.
    #[must_use]
    pub fn of_pieces(algorithm: DigestAlgorithm, pieces: &[&[u8]]) -> Self {
        let mut hasher = algorithm.hasher();
        pieces.iter().for_each(|piece| hasher.update(piece));
        Self::of_imprint(algorithm, hasher.finish().as_bytes().to_vec())
    }

    fn of_imprint(algorithm: DigestAlgorithm, imprint: Vec<u8>) -> Self {
        Self {
            algorithm,
            imprint,
            policy: None,
            nonce: None,
            certificate_wanted: true,
        }
    }

    /// The policy to stamp under; the answer must name it.
    #[must_use]
    pub fn policy(mut self, policy: Oid) -> Self {
        self.policy = Some(policy);
        self
    }

    /// A number that the answer must repeat, so that an old answer does not fit: big-endian,
    /// from a good source of random numbers, of up to 32 bytes.
    ///
    /// # Errors
    /// `invalid_argument` for an empty or longer number.
    pub fn nonce(mut self, number: &[u8]) -> Result<Self> {
        if number.is_empty() || number.len() > MAX_NONCE {
            return Err(Error::argument("a nonce has 1 to 32 bytes"));
        }
        let written = asn1::unsigned(number);
        self.nonce = Some(Tlv::parse(&written)?.content().to_vec());
        Ok(self)
    }

    /// Does not ask for the authority's certificate, which is then to be given when the answer
    /// is checked.
    #[must_use]
    pub fn without_certificate(mut self) -> Self {
        self.certificate_wanted = false;
        self
    }

    /// The digest algorithm of what is to be stamped.
    #[must_use]
    pub fn digest_algorithm(&self) -> DigestAlgorithm {
        self.algorithm
    }

    /// The digest of what is to be stamped.
    #[must_use]
    pub fn imprint(&self) -> &[u8] {
        &self.imprint
    }

    /// `TimeStampReq`, as the authority reads it: the content of a `.tsq` file, or of an HTTP
    /// request of type `application/timestamp-query`.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        let algorithm = asn1::sequence(&[asn1::oid(self.algorithm.oid()), asn1::null()]);
        let mut fields = vec![
            asn1::integer(1),
            asn1::sequence(&[algorithm, asn1::octets(&self.imprint)]),
        ];
        fields.extend(self.policy.map(asn1::oid));
        fields.extend(
            self.nonce
                .as_ref()
                .map(|nonce| asn1::tlv(Tag::INTEGER, nonce)),
        );
        if self.certificate_wanted {
            fields.push(asn1::boolean(true));
        }
        asn1::sequence(&fields)
    }

    /// Reads a question that [`TimeStampRequest::to_der`] or another program wrote.
    ///
    /// # Errors
    /// `malformed`; `unsupported` for another version or with extensions;
    /// `unsupported_algorithm` for the digest.
    pub fn from_der(der: &[u8]) -> Result<Self> {
        let outer = Tlv::parse(der)?;
        outer.expect(Tag::SEQUENCE)?;
        let mut reader = outer.reader()?;
        if reader.read()?.small_integer()? != 1 {
            return Err(Error::unsupported(
                "the version of the time stamp request is not known",
            ));
        }
        let mut stamped = reader.sequence()?;
        let oid = stamped.sequence()?.read()?.oid()?;
        let algorithm = DigestAlgorithm::from_oid(oid).ok_or_else(|| {
            Error::new(
                crate::error::ErrorKind::UnsupportedAlgorithm,
                "the digest algorithm of the time stamp request is not offered",
            )
            .with("oid", oid)
        })?;
        let imprint = stamped.read()?.octets()?.to_vec();
        stamped.finish()?;
        if imprint.len() != algorithm.output_len() {
            return Err(Error::malformed(
                "the digest of a time stamp request has the wrong length",
            ));
        }
        let mut request = Self::of_imprint(algorithm, imprint);
        request.policy = match reader.optional(Tag::OID)? {
            Some(policy) => Some(policy.oid()?),
            None => None,
        };
        request.nonce = match reader.optional(Tag::INTEGER)? {
            Some(nonce) if nonce.content().len() <= MAX_NONCE + 1 => {
                Some(nonce.integer()?.to_vec())
            }
            Some(_) => return Err(Error::limit("bytes of a nonce", MAX_NONCE as u64)),
            None => None,
        };
        request.certificate_wanted = match reader.optional(Tag::BOOLEAN)? {
            Some(flag) => flag.boolean()?,
            None => false,
        };
        if !reader.is_empty() {
            return Err(Error::unsupported(
                "a time stamp request has extensions, which are not known",
            ));
        }
        Ok(request)
    }
}

impl fmt::Debug for TimeStampRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "TimeStampRequest({} {})",
            self.algorithm.name(),
            hex(&self.imprint)
        )
    }
}

//! One signer of a message.

use super::algorithm;
use super::attributes::Attributes;
use crate::asn1::{self, Oid, Tag, Tlv, named};
use crate::crypto::{DigestAlgorithm, SignatureAlgorithm, hex};
use crate::error::{Error, Result};
use crate::finding::FindingCode;
use crate::pki::certificate::Certificate;
use crate::pki::name::Name;

/// How a signer names its certificate.
#[derive(Clone, PartialEq, Eq)]
pub enum SignerId {
    /// By issuer and serial number (INTEGER content).
    IssuerSerial {
        /// The certificate's issuer.
        issuer: Name,
        /// The certificate's serial number.
        serial: Vec<u8>,
    },
    /// By subject key identifier.
    KeyId(Vec<u8>),
}

impl SignerId {
    /// Whether it names this certificate.
    #[must_use]
    pub fn names(&self, certificate: &Certificate) -> bool {
        match self {
            Self::IssuerSerial { issuer, serial } => {
                certificate.serial() == serial && certificate.issuer_name().matches(issuer)
            }
            Self::KeyId(id) => certificate.subject_key_id().ok().flatten().as_ref() == Some(id),
        }
    }
}

impl std::fmt::Debug for SignerId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::IssuerSerial { serial, .. } => write!(f, "IssuerSerial({})", hex(serial)),
            Self::KeyId(id) => write!(f, "KeyId({})", hex(id)),
        }
    }
}

/// A signer: which certificate, which algorithms, what was signed, and the value.
#[derive(Clone, Debug)]
pub struct SignerInfo {
    id: SignerId,
    digest_identifier: Vec<u8>,
    signature_identifier: Vec<u8>,
    signed: Option<SignedAttributes>,
    signature: Vec<u8>,
    unsigned: Attributes,
}

#[derive(Clone, Debug)]
pub(super) struct SignedAttributes {
    /// The bytes that are signed: the set in the order of the file under the tag of a SET.
    pub(super) message: Vec<u8>,
    pub(super) attributes: Attributes,
}

impl SignerInfo {
    pub(super) fn read(element: &Tlv<'_>) -> Result<Self> {
        element.expect(Tag::SEQUENCE)?;
        let mut reader = element.reader()?;
        let version = reader.read()?.small_integer()?;
        if version != 1 && version != 3 {
            return Err(
                Error::unsupported("the signer's version is not known").with("version", version)
            );
        }
        let id = match reader.peek() {
            Some(Tag::SEQUENCE) => {
                let mut pair = reader.sequence()?;
                let issuer = Name::from_tlv(&pair.read()?)?;
                let serial = pair.expect(Tag::INTEGER)?.content().to_vec();
                pair.finish()?;
                SignerId::IssuerSerial { issuer, serial }
            }
            _ => SignerId::KeyId(reader.expect(Tag::context_primitive(0))?.content().to_vec()),
        };
        let digest_identifier = reader.expect(Tag::SEQUENCE)?.raw().to_vec();
        let signed = match reader.optional(Tag::context(0))? {
            Some(set) => Some(SignedAttributes {
                message: asn1::tlv(Tag::SET, set.content()),
                attributes: Attributes::read(&set)?,
            }),
            None => None,
        };
        let signature_identifier = reader.expect(Tag::SEQUENCE)?.raw().to_vec();
        let signature = reader.read()?.octets()?.to_vec();
        let unsigned = match reader.optional(Tag::context(1))? {
            Some(set) => Attributes::read(&set)?,
            None => Attributes::default(),
        };
        reader.finish()?;
        Ok(Self {
            id,
            digest_identifier,
            signature_identifier,
            signed,
            signature,
            unsigned,
        })
    }

    /// How it names its certificate.
    #[must_use]
    pub fn id(&self) -> &SignerId {
        &self.id
    }

    /// The first of the candidates that it names.
    #[must_use]
    pub fn find_certificate<'c>(
        &self,
        candidates: impl IntoIterator<Item = &'c Certificate>,
    ) -> Option<&'c Certificate> {
        candidates
            .into_iter()
            .find(|certificate| self.id.names(certificate))
    }

    /// The digest algorithm.
    ///
    /// # Errors
    /// `unsupported_algorithm`.
    pub fn digest_algorithm(&self) -> Result<DigestAlgorithm> {
        algorithm::digest_algorithm(&Tlv::parse(&self.digest_identifier)?)
    }

    /// The signature algorithm that its digest and signature identifiers mean together.
    ///
    /// # Errors
    /// `unsupported_algorithm` when one is not offered or they contradict each other.
    pub fn signature_algorithm(&self) -> Result<SignatureAlgorithm> {
        self.algorithm_with_finding().map(|pair| pair.0)
    }

    pub(super) fn algorithm_with_finding(
        &self,
    ) -> Result<(SignatureAlgorithm, Option<FindingCode>)> {
        algorithm::signature_algorithm(
            self.digest_algorithm()?,
            &Tlv::parse(&self.signature_identifier)?,
        )
    }

    /// The identifier of its signature algorithm, offered here or not.
    ///
    /// # Errors
    /// `malformed`.
    pub fn signature_algorithm_oid(&self) -> Result<Oid> {
        Tlv::parse(&self.signature_identifier)?
            .reader()?
            .read()?
            .oid()
    }

    pub(super) fn signed(&self) -> Option<&SignedAttributes> {
        self.signed.as_ref()
    }

    /// The signed attributes, where there are any.
    #[must_use]
    pub fn signed_attributes(&self) -> Option<&Attributes> {
        self.signed.as_ref().map(|signed| &signed.attributes)
    }

    /// The unsigned attributes.
    #[must_use]
    pub fn unsigned_attributes(&self) -> &Attributes {
        &self.unsigned
    }

    /// The time stamp tokens over the signature value (RFC 3161 appendix A), each raw.
    pub fn time_stamp_tokens(&self) -> impl Iterator<Item = &[u8]> {
        self.unsigned.values(named::TIME_STAMP_TOKEN)
    }

    /// The signature value.
    #[must_use]
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }
}

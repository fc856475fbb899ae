//! X.509 certificates (RFC 5280, GM/T 0015, GB/T 20518).

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use x509_parser::certificate::{TbsCertificate, UniqueIdentifier};

use super::distribution_point::DistributionPoint;
use super::extension::{self, AuthorityKeyId, BasicConstraints, Extension, KeyUsage};
use super::general_name::GeneralName;
use super::name::Name;
use super::name_constraints::NameConstraints;
use super::policy::{self, CertificatePolicy, PolicyConstraints, PolicyMapping};
use super::x509::{self, Remainder};
use crate::asn1::{self, Oid, Reader, Tag, Tlv, named};
use crate::crypto::{
    Digest, DigestAlgorithm, PublicKey, SignatureAlgorithm, Sm2Id, pem_blocks, to_pem,
};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Finding, FindingCode};
use crate::time::Time;

/// Real certificates stay below 8 KiB; those with pictures or long name lists below 64.
const MAX_CERTIFICATE: usize = 256 * 1024;

/// The version a certificate claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// v1: no extensions.
    V1,
    /// v2: unique identifiers.
    V2,
    /// v3: extensions.
    V3,
}

/// A certificate, byte for byte as it came. Cloning shares the bytes.
#[derive(Clone)]
pub struct Certificate(Arc<Inner>);

struct Inner {
    der: Vec<u8>,
    tbs: Range<usize>,
    version: Version,
    serial: Vec<u8>,
    issuer: Name,
    subject: Name,
    not_before: Time,
    not_after: Time,
    spki: Vec<u8>,
    public_key: Result<PublicKey>,
    signature_identifier: Vec<u8>,
    identifiers_agree: bool,
    signature: Vec<u8>,
    extensions: Vec<Extension>,
    findings: Vec<Finding>,
}

impl Certificate {
    /// Reads one DER certificate, which must be the whole input. A public key or signature
    /// algorithm that is not offered here does not keep the rest from being read.
    ///
    /// # Errors
    /// `malformed`, or `limit_exceeded` beyond 256 KiB.
    pub fn from_der(der: &[u8]) -> Result<Self> {
        if der.len() > MAX_CERTIFICATE {
            return Err(Error::limit("certificate bytes", MAX_CERTIFICATE as u64));
        }
        let mut findings = Vec::new();
        let outer = Tlv::parse(der)?;
        outer.expect(Tag::SEQUENCE)?;
        let mut reader = outer.reader()?;
        let tbs = reader.expect(Tag::SEQUENCE)?;
        let signature_identifier = reader.expect(Tag::SEQUENCE)?;
        let signature = reader.read()?.bits()?;
        reader.finish()?;
        if signature.unused_bits != 0 {
            findings.push(Finding::new(FindingCode::UnusedBits, "signatureValue"));
        }

        let body = Body::read(&tbs, &mut findings)?;
        let public_key = PublicKey::from_spki(&body.spki);
        if let Ok(key) = &public_key {
            let variants = key.findings().iter();
            findings.extend(variants.map(|code| Finding::new(*code, "subjectPublicKeyInfo")));
        }
        Ok(Self(Arc::new(Inner {
            der: der.to_vec(),
            tbs: tbs.offset()..tbs.offset() + tbs.raw().len(),
            version: body.version,
            serial: body.serial,
            issuer: body.issuer,
            subject: body.subject,
            not_before: body.not_before,
            not_after: body.not_after,
            spki: body.spki,
            public_key,
            signature_identifier: signature_identifier.raw().to_vec(),
            identifiers_agree: signature_identifier.raw() == body.signature_identifier,
            signature: signature.bytes.to_vec(),
            extensions: body.extensions,
            findings,
        })))
    }

    /// The subject of a DER certificate that is not read any further.
    pub(crate) fn subject_of(der: &[u8]) -> Result<Name> {
        let outer = Tlv::parse(der)?;
        outer.expect(Tag::SEQUENCE)?;
        let tbs = outer.reader()?.expect(Tag::SEQUENCE)?;
        let mut fields = tbs.reader()?;
        if fields.read()?.tag() == Tag::context(0) {
            fields.expect(Tag::INTEGER)?;
        }
        // The algorithm, the issuer and the validity.
        for _ in 0..3 {
            fields.expect(Tag::SEQUENCE)?;
        }
        Name::from_tlv(&fields.expect(Tag::SEQUENCE)?)
    }

    /// All certificates of a PEM text, or the one of a DER file.
    ///
    /// # Errors
    /// `missing` when the text holds no certificate, else as [`Certificate::from_der`].
    pub fn from_pem_or_der(bytes: &[u8]) -> Result<Vec<Self>> {
        if bytes.first() == Some(&Tag::SEQUENCE.0) {
            return Ok(vec![Self::from_der(bytes)?]);
        }
        // Tools print names in any encoding before a block.
        let text = String::from_utf8_lossy(bytes);
        let blocks = pem_blocks(&text, "CERTIFICATE")?;
        if blocks.is_empty() {
            return Err(Error::new(
                ErrorKind::Missing,
                "no certificate in DER or PEM was found",
            ));
        }
        blocks.iter().map(|der| Self::from_der(der)).collect()
    }

    /// The certificate's bytes as they came.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// The certificate as a PEM block.
    #[must_use]
    pub fn to_pem(&self) -> String {
        to_pem("CERTIFICATE", self.der())
    }

    /// The digest of the whole certificate.
    #[must_use]
    pub fn fingerprint(&self, algorithm: DigestAlgorithm) -> Digest {
        algorithm.digest(self.der())
    }

    /// The bytes its issuer signed.
    #[must_use]
    pub fn tbs(&self) -> &[u8] {
        self.0.der.get(self.0.tbs.clone()).unwrap_or_default()
    }

    /// The version.
    #[must_use]
    pub fn version(&self) -> Version {
        self.0.version
    }

    /// The serial number as the content of its INTEGER; negative ones occur.
    #[must_use]
    pub fn serial(&self) -> &[u8] {
        &self.0.serial
    }

    /// The serial number in lower-case hexadecimal, without a leading zero byte.
    #[must_use]
    pub fn serial_hex(&self) -> String {
        let digits = match self.serial() {
            [0, rest @ ..] if !rest.is_empty() => rest,
            all => all,
        };
        crate::crypto::hex(digits)
    }

    /// Who issued it.
    #[must_use]
    pub fn issuer_name(&self) -> &Name {
        &self.0.issuer
    }

    /// Whom it is for.
    #[must_use]
    pub fn subject_name(&self) -> &Name {
        &self.0.subject
    }

    /// The first second of its validity.
    #[must_use]
    pub fn not_before(&self) -> Time {
        self.0.not_before
    }

    /// The last second of its validity.
    #[must_use]
    pub fn not_after(&self) -> Time {
        self.0.not_after
    }

    /// Whether issuer and subject are the same name (RFC 5280 6.1).
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.issuer_name().matches(self.subject_name())
    }

    /// The subject's public key.
    ///
    /// # Errors
    /// As [`PublicKey::from_spki`].
    pub fn public_key(&self) -> Result<&PublicKey> {
        self.0.public_key.as_ref().map_err(Clone::clone)
    }

    /// The DER SubjectPublicKeyInfo as it came, of a key offered here or not.
    #[must_use]
    pub fn spki(&self) -> &[u8] {
        &self.0.spki
    }

    /// The DER AlgorithmIdentifier outside the signed part.
    pub(crate) fn signature_identifier(&self) -> &[u8] {
        &self.0.signature_identifier
    }

    /// Whether the algorithm inside the signed part is the one outside (RFC 5280 4.1.1.2).
    pub(crate) fn identifiers_agree(&self) -> bool {
        self.0.identifiers_agree
    }

    /// The algorithm its issuer signed with.
    ///
    /// # Errors
    /// `unsupported_algorithm`, or `malformed` for its parameters.
    pub fn signature_algorithm(&self) -> Result<SignatureAlgorithm> {
        Tlv::parse(&self.0.signature_identifier)
            .and_then(|identifier| SignatureAlgorithm::from_identifier(&identifier))
    }

    /// The identifier of the algorithm its issuer signed with, offered here or not.
    ///
    /// # Errors
    /// `malformed`.
    pub fn signature_algorithm_oid(&self) -> Result<Oid> {
        Tlv::parse(&self.0.signature_identifier)?
            .reader()?
            .read()?
            .oid()
    }

    /// The issuer's signature value.
    #[must_use]
    pub fn signature(&self) -> &[u8] {
        &self.0.signature
    }

    /// Every extension in the order of the file.
    #[must_use]
    pub fn extensions(&self) -> &[Extension] {
        &self.0.extensions
    }

    /// The extension of this type.
    #[must_use]
    pub fn extension(&self, oid: Oid) -> Option<&Extension> {
        extension::find(self.extensions(), oid)
    }

    /// Basic constraints (RFC 5280 4.2.1.9).
    ///
    /// # Errors
    /// `malformed` when the extension is there and cannot be read.
    pub fn basic_constraints(&self) -> Result<Option<BasicConstraints>> {
        self.typed(named::BASIC_CONSTRAINTS, BasicConstraints::read)
    }

    /// Key usage (RFC 5280 4.2.1.3); `None` when the key is not restricted.
    ///
    /// # Errors
    /// As [`Certificate::basic_constraints`].
    pub fn key_usage(&self) -> Result<Option<KeyUsage>> {
        self.typed(named::KEY_USAGE, KeyUsage::read)
    }

    /// Extended key usage (RFC 5280 4.2.1.12): purposes by identifier.
    ///
    /// # Errors
    /// As [`Certificate::basic_constraints`].
    pub fn extended_key_usage(&self) -> Result<Option<Vec<Oid>>> {
        self.typed(named::EXTENDED_KEY_USAGE, extension::read_purposes)
    }

    /// Subject key identifier (RFC 5280 4.2.1.2).
    ///
    /// # Errors
    /// As [`Certificate::basic_constraints`].
    pub fn subject_key_id(&self) -> Result<Option<Vec<u8>>> {
        self.typed(named::SUBJECT_KEY_IDENTIFIER, extension::read_key_id)
    }

    /// Authority key identifier (RFC 5280 4.2.1.1).
    ///
    /// # Errors
    /// As [`Certificate::basic_constraints`].
    pub fn authority_key_id(&self) -> Result<Option<AuthorityKeyId>> {
        self.typed(named::AUTHORITY_KEY_IDENTIFIER, AuthorityKeyId::read)
    }

    /// Subject alternative names (RFC 5280 4.2.1.6).
    ///
    /// # Errors
    /// As [`Certificate::basic_constraints`], and `limit_exceeded`.
    pub fn subject_alt_names(&self) -> Result<Option<Vec<GeneralName>>> {
        self.typed(named::SUBJECT_ALT_NAME, GeneralName::read_list)
    }

    /// Name constraints (RFC 5280 4.2.1.10).
    ///
    /// # Errors
    /// As [`Certificate::basic_constraints`], and `limit_exceeded`.
    pub fn name_constraints(&self) -> Result<Option<NameConstraints>> {
        self.typed(named::NAME_CONSTRAINTS, NameConstraints::read)
    }

    /// Certificate policies (RFC 5280 4.2.1.4), no policy twice.
    ///
    /// # Errors
    /// As [`Certificate::basic_constraints`], and `limit_exceeded`.
    pub fn policies(&self) -> Result<Option<Vec<CertificatePolicy>>> {
        self.typed(named::CERTIFICATE_POLICIES, CertificatePolicy::read_list)
    }

    /// Policy mappings (RFC 5280 4.2.1.5).
    ///
    /// # Errors
    /// As [`Certificate::basic_constraints`], and `limit_exceeded`.
    pub fn policy_mappings(&self) -> Result<Option<Vec<PolicyMapping>>> {
        self.typed(named::POLICY_MAPPINGS, PolicyMapping::read_list)
    }

    /// Policy constraints (RFC 5280 4.2.1.11).
    ///
    /// # Errors
    /// As [`Certificate::basic_constraints`].
    pub fn policy_constraints(&self) -> Result<Option<PolicyConstraints>> {
        self.typed(named::POLICY_CONSTRAINTS, PolicyConstraints::read)
    }

    /// After how many certificates the policy "any" counts no more (RFC 5280 4.2.1.14).
    ///
    /// # Errors
    /// As [`Certificate::basic_constraints`].
    pub fn inhibit_any_policy(&self) -> Result<Option<u32>> {
        self.typed(named::INHIBIT_ANY_POLICY, policy::read_inhibit_any)
    }

    /// Where its revocation is published (RFC 5280 4.2.1.13).
    ///
    /// # Errors
    /// As [`Certificate::basic_constraints`].
    pub fn crl_distribution_points(&self) -> Result<Option<Vec<DistributionPoint>>> {
        self.typed(named::CRL_DISTRIBUTION_POINTS, DistributionPoint::read_list)
    }

    /// Critical extensions this library does not know at all.
    #[must_use]
    pub fn unrecognized_critical(&self) -> Vec<Oid> {
        let critical = self.extensions().iter().filter(|one| one.critical());
        critical
            .map(Extension::oid)
            .filter(|oid| !extension::KNOWN.contains(oid))
            .collect()
    }

    /// Tolerated departures from DER and from the usual encodings.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.0.findings
    }

    /// Verifies that `issuer` signed this certificate, and that the algorithm inside the signed
    /// part is the one outside (RFC 5280 4.1.1.2). Names and rights are not looked at.
    ///
    /// # Errors
    /// `signature_mismatch`; `malformed` when the two algorithm identifiers differ;
    /// `unsupported_algorithm`.
    pub fn verify_signed_by(&self, issuer: &PublicKey, id: &Sm2Id) -> Result<()> {
        if !self.0.identifiers_agree {
            return Err(Error::malformed(
                "the algorithm outside the signed part of a certificate differs from the one inside",
            ));
        }
        issuer.verify(
            self.signature_algorithm()?,
            id,
            self.tbs(),
            self.signature(),
        )
    }

    fn typed<T>(&self, oid: Oid, read: impl FnOnce(&Tlv<'_>) -> Result<T>) -> Result<Option<T>> {
        extension::typed(self.extensions(), oid, read)
    }
}

/// What the issuer signed, every byte of it accounted for.
struct Body {
    version: Version,
    serial: Vec<u8>,
    signature_identifier: Vec<u8>,
    issuer: Name,
    not_before: Time,
    not_after: Time,
    subject: Name,
    spki: Vec<u8>,
    extensions: Vec<Extension>,
}

impl Body {
    fn read(tbs: &Tlv<'_>, findings: &mut Vec<Finding>) -> Result<Self> {
        let read = x509::certificate_body(tbs.raw())?;
        let mut rest = Remainder::new(tbs.content());
        let version = strip_version(&mut rest, read.version.0, findings)?;
        let serial = read.raw_serial();
        if serial.is_empty() {
            return Err(Error::malformed("a serial number is empty"));
        }
        rest.strip(&asn1::tlv(Tag::INTEGER, serial))?;
        let signature_identifier = x509::algorithm(&read.signature)?;
        rest.strip(&signature_identifier)?;
        let issuer = Name::from_parsed(&read.issuer)?;
        rest.strip(issuer.der())?;
        let (not_before, not_after) = strip_validity(&mut rest, &read)?;
        let subject = Name::from_parsed(&read.subject)?;
        rest.strip(subject.der())?;
        // Cut short when more than its two fields stand in it.
        let spki = Tlv::parse(read.subject_pki.raw)?;
        spki.expect(Tag::SEQUENCE)?;
        rest.strip(spki.raw())?;
        strip_unique_identifier(&mut rest, 1, read.issuer_uid.as_ref(), version)?;
        strip_unique_identifier(&mut rest, 2, read.subject_uid.as_ref(), version)?;
        let extensions = match rest.bytes() {
            [] => Vec::new(),
            _ if version != Version::V3 => {
                return Err(Error::malformed("extensions stand below version 3"));
            }
            wrapped => {
                let wrapped = Tlv::parse(wrapped)?;
                wrapped.expect(Tag::context(3))?;
                let list = wrapped.inner()?;
                list.expect(Tag::SEQUENCE)?;
                extension::from_parsed(read.extensions(), &list, "extensions", findings)?
            }
        };
        Ok(Self {
            version,
            serial: serial.to_vec(),
            signature_identifier,
            issuer,
            not_before,
            not_after,
            subject,
            spki: spki.raw().to_vec(),
            extensions,
        })
    }
}

fn strip_version(
    rest: &mut Remainder<'_>,
    number: u32,
    findings: &mut Vec<Finding>,
) -> Result<Version> {
    let version = match number {
        0 => Version::V1,
        1 => Version::V2,
        2 => Version::V3,
        other => {
            return Err(
                Error::unsupported("the certificate's version is not known").with("version", other)
            );
        }
    };
    if rest.starts_with(Tag::context(0)) {
        rest.strip(&asn1::context(0, &[asn1::integer(number.into())]))?;
        if version == Version::V1 {
            findings.push(Finding::new(FindingCode::EncodedDefault, "version"));
        }
    }
    Ok(version)
}

fn strip_validity(rest: &mut Remainder<'_>, read: &TbsCertificate<'_>) -> Result<(Time, Time)> {
    let element = Reader::new(rest.bytes()).expect(Tag::SEQUENCE)?;
    let mut times = Remainder::new(element.content());
    let not_before = times.strip_time(&read.validity.not_before)?;
    let not_after = times.strip_time(&read.validity.not_after)?;
    times.finish()?;
    rest.strip(element.raw())?;
    Ok((not_before, not_after))
}

/// `issuerUniqueID` and `subjectUniqueID`: allowed, of no use (RFC 5280 4.1.2.8).
fn strip_unique_identifier(
    rest: &mut Remainder<'_>,
    number: u8,
    read: Option<&UniqueIdentifier<'_>>,
    version: Version,
) -> Result<()> {
    let Some(UniqueIdentifier(bits)) = read else {
        return Ok(());
    };
    if version == Version::V1 {
        return Err(Error::malformed("unique identifiers stand in version 1"));
    }
    let content = [&[bits.unused_bits][..], &bits.data].concat();
    rest.strip(&asn1::tlv(Tag::context_primitive(number), &content))
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der() == other.der()
    }
}

impl Eq for Certificate {}

impl std::hash::Hash for Certificate {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.der().hash(state);
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A subject may be a person; the digest names the certificate to whoever has it.
        let digest = self.fingerprint(DigestAlgorithm::Sha256).to_hex();
        write!(f, "Certificate(sha256 {digest})")
    }
}

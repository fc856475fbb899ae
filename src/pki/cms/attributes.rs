//! Signed and unsigned attributes, raw and typed (RFC 5652 11, RFC 5035).

use std::fmt;

use crate::asn1::{self, Oid, Reader, Tag, Tlv, named};
use crate::crypto::DigestAlgorithm;
use crate::error::{Error, Result};
use crate::pki::certificate::Certificate;
use crate::pki::name::Name;
use crate::time::Time;

/// Real signers have up to ten.
const MAX_ATTRIBUTES: usize = 64;

/// Values of one attribute.
const MAX_VALUES: usize = 64;

/// One attribute: its type and its values as raw DER.
#[derive(Clone, PartialEq, Eq)]
pub struct Attribute {
    oid: Oid,
    values: Vec<Vec<u8>>,
}

impl Attribute {
    /// Its type.
    #[must_use]
    pub fn oid(&self) -> Oid {
        self.oid
    }

    /// Its values, each as DER.
    #[must_use]
    pub fn values(&self) -> &[Vec<u8>] {
        &self.values
    }
}

impl fmt::Debug for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Attribute({}, {} values)", self.oid, self.values.len())
    }
}

/// A set of attributes in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    list: Vec<Attribute>,
    sorted: bool,
}

impl Attributes {
    pub(super) fn read(set: &Tlv<'_>) -> Result<Self> {
        let elements = set.reader()?.read_all(MAX_ATTRIBUTES)?;
        let sorted = elements.is_sorted_by(|left, right| left.raw() <= right.raw());
        let mut list = Vec::with_capacity(elements.len());
        for element in elements {
            element.expect(Tag::SEQUENCE)?;
            let mut reader = element.reader()?;
            let oid = reader.read()?.oid()?;
            let values = reader.expect(Tag::SET)?.reader()?.read_all(MAX_VALUES)?;
            reader.finish()?;
            list.push(Attribute {
                oid,
                values: values.iter().map(|value| value.raw().to_vec()).collect(),
            });
        }
        Ok(Self { list, sorted })
    }

    /// Every attribute.
    #[must_use]
    pub fn all(&self) -> &[Attribute] {
        &self.list
    }

    /// Whether they stand in the order DER asks of a SET OF.
    #[must_use]
    pub fn is_sorted(&self) -> bool {
        self.sorted
    }

    /// The values of all attributes of this type.
    pub fn values(&self, oid: Oid) -> impl Iterator<Item = &[u8]> {
        self.list
            .iter()
            .filter(move |attribute| attribute.oid == oid)
            .flat_map(|attribute| attribute.values.iter().map(Vec::as_slice))
    }

    /// The only value of this type (RFC 5652 11: one instance, one value).
    ///
    /// # Errors
    /// `malformed` when there are several.
    pub fn single(&self, oid: Oid) -> Result<Option<&[u8]>> {
        let mut values = self.values(oid);
        let first = values.next();
        let instances = self.list.iter().filter(|one| one.oid == oid).count();
        if values.next().is_some() || instances > 1 || (instances == 1 && first.is_none()) {
            return Err(Error::malformed("an attribute must have one value").with("oid", oid));
        }
        Ok(first)
    }

    pub(super) fn content_type(&self) -> Result<Option<Oid>> {
        let value = self.single(named::CONTENT_TYPE)?;
        value.map(|value| Tlv::parse(value)?.oid()).transpose()
    }

    pub(super) fn message_digest(&self) -> Result<Option<&[u8]>> {
        let value = self.single(named::MESSAGE_DIGEST)?;
        value.map(|value| Tlv::parse(value)?.octets()).transpose()
    }

    pub(super) fn signing_time(&self) -> Result<Option<Time>> {
        let value = self.single(named::SIGNING_TIME)?;
        value.map(|value| Tlv::parse(value)?.time()).transpose()
    }

    /// Whether the signing-certificate attributes name this certificate; `None` without one.
    pub(super) fn names_certificate(&self, certificate: &Certificate) -> Result<Option<bool>> {
        let mut named_so_far = None;
        let versions = [
            (named::SIGNING_CERTIFICATE, DigestAlgorithm::Sha1),
            (named::SIGNING_CERTIFICATE_V2, DigestAlgorithm::Sha256),
        ];
        for (oid, digest) in versions {
            let Some(value) = self.single(oid)? else {
                continue;
            };
            let outer = Tlv::parse(value)?;
            outer.expect(Tag::SEQUENCE)?;
            // The first identifier is the signer's own (RFC 5035 3).
            let first = outer.reader()?.sequence()?.sequence()?;
            let names = read_certificate_id(first, digest, certificate)?;
            named_so_far = Some(named_so_far.unwrap_or(true) && names);
        }
        Ok(named_so_far)
    }
}

/// ESSCertID or ESSCertIDv2: whether it is this certificate's.
fn read_certificate_id(
    mut id: Reader<'_>,
    default: DigestAlgorithm,
    certificate: &Certificate,
) -> Result<bool> {
    let digest = match id.optional(Tag::SEQUENCE)? {
        Some(identifier) => super::algorithm::digest_algorithm(&identifier)?,
        None => default,
    };
    let hash = id.read()?.octets()?;
    let mut names = certificate.fingerprint(digest).as_bytes() == hash;
    if let Some(issuer_serial) = id.optional(Tag::SEQUENCE)? {
        let mut reader = issuer_serial.reader()?;
        let general_names = reader.expect(Tag::SEQUENCE)?.reader()?;
        let serial = reader.expect(Tag::INTEGER)?.content();
        reader.finish()?;
        let mut issuer = false;
        for name in general_names.read_all(MAX_VALUES)? {
            // directoryName [4]; other forms cannot name an issuer.
            if name.tag() == Tag::context(4) {
                issuer |= Name::from_tlv(&name.inner()?)?.matches(certificate.issuer_name());
            }
        }
        names &= issuer && serial == certificate.serial();
    }
    id.finish()?;
    Ok(names)
}

/// One attribute with one value, as DER.
pub(super) fn attribute(oid: Oid, value: Vec<u8>) -> Vec<u8> {
    asn1::sequence(&[asn1::oid(oid), asn1::set_of(&[value])])
}

/// SigningCertificateV2 with one identifier (RFC 5035 4).
pub(super) fn signing_certificate_v2(
    certificate: &Certificate,
    digest: DigestAlgorithm,
) -> Vec<u8> {
    let mut id = Vec::new();
    if digest != DigestAlgorithm::Sha256 {
        id.push(asn1::sequence(&[asn1::oid(digest.oid())]));
    }
    id.push(asn1::octets(certificate.fingerprint(digest).as_bytes()));
    let issuer = asn1::context(4, &[certificate.issuer_name().der()]);
    id.push(asn1::sequence(&[
        asn1::sequence(&[issuer]),
        asn1::tlv(Tag::INTEGER, certificate.serial()),
    ]));
    asn1::sequence(&[asn1::sequence(&[asn1::sequence(&id)])])
}

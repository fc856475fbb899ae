//! Extensions of certificates and revocation lists, raw and typed (RFC 5280 4.2, 5.2).

use std::fmt;

use x509_parser::extensions::X509Extension;
use x509_parser::{asn1_rs, extensions as parsed};

use super::x509::{self, Remainder};
use crate::asn1::{self, Oid, Tag, Tlv, named};
use crate::error::{Error, Result};
use crate::finding::{Finding, FindingCode};

/// Real certificates carry about ten.
const MAX_EXTENSIONS: usize = 64;

/// No certificate names more purposes than this.
const MAX_PURPOSES: usize = 128;

/// One extension as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct Extension {
    oid: Oid,
    critical: bool,
    value: Vec<u8>,
}

impl Extension {
    pub(crate) fn new(oid: Oid, critical: bool, value: Vec<u8>) -> Self {
        Self {
            oid,
            critical,
            value,
        }
    }

    /// Its type.
    #[must_use]
    pub fn oid(&self) -> Oid {
        self.oid
    }

    /// Whether a reader that does not know it must refuse.
    #[must_use]
    pub fn critical(&self) -> bool {
        self.critical
    }

    /// The DER inside its OCTET STRING.
    #[must_use]
    pub fn value(&self) -> &[u8] {
        &self.value
    }

    /// The extension as DER.
    pub(crate) fn to_der(&self) -> Vec<u8> {
        let mut parts = vec![asn1::oid(self.oid)];
        if self.critical {
            parts.push(asn1::boolean(true));
        }
        parts.push(asn1::octets(&self.value));
        asn1::sequence(&parts)
    }

    /// The extension with its criticality in any case, as some makers write it.
    fn to_der_with_default(&self) -> Vec<u8> {
        asn1::sequence(&[
            asn1::oid(self.oid),
            asn1::boolean(self.critical),
            asn1::octets(&self.value),
        ])
    }
}

impl fmt::Debug for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values may be personal data (subject alternative names, citizen numbers).
        write!(
            f,
            "Extension({}, critical: {}, {} bytes)",
            self.oid,
            self.critical,
            self.value.len()
        )
    }
}

/// Reads `Extensions`; each type may occur once (RFC 5280 4.2).
pub(super) fn read_extensions(
    list: &Tlv<'_>,
    place: &str,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Extension>> {
    list.expect(Tag::SEQUENCE)?;
    let mut parsed = Vec::new();
    let mut rest = list.content();
    while !rest.is_empty() {
        if parsed.len() == MAX_EXTENSIONS {
            return Err(Error::limit("extensions", MAX_EXTENSIONS as u64));
        }
        let (after, extension) = x509::extension(rest)?;
        parsed.push(extension);
        rest = after;
    }
    from_parsed(&parsed, list, place, findings)
}

/// Takes over what was read from this list.
pub(super) fn from_parsed(
    parsed: &[X509Extension<'_>],
    list: &Tlv<'_>,
    place: &str,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Extension>> {
    if parsed.len() > MAX_EXTENSIONS {
        return Err(Error::limit("extensions", MAX_EXTENSIONS as u64));
    }
    let mut rest = Remainder::new(list.content());
    let mut extensions: Vec<Extension> = Vec::new();
    for read in parsed {
        let oid = x509::oid(&read.oid)?;
        let extension = Extension::new(oid, read.critical, read.value.to_vec());
        if !rest.take(&extension.to_der()) {
            rest.strip(&extension.to_der_with_default())?;
            findings.push(Finding::new(FindingCode::EncodedDefault, place));
        }
        if extensions.iter().any(|earlier| earlier.oid == oid) {
            return Err(Error::malformed("an extension occurs twice").with("oid", oid));
        }
        extensions.push(extension);
    }
    rest.finish()?;
    Ok(extensions)
}

pub(super) fn find(extensions: &[Extension], oid: Oid) -> Option<&Extension> {
    extensions.iter().find(|extension| extension.oid == oid)
}

/// Reads an extension's value, naming the extension in an error.
pub(super) fn typed<T>(
    extensions: &[Extension],
    oid: Oid,
    read: impl FnOnce(&Tlv<'_>) -> Result<T>,
) -> Result<Option<T>> {
    find(extensions, oid)
        .map(|extension| Tlv::parse(&extension.value).and_then(|value| read(&value)))
        .transpose()
        .map_err(|error| error.with("extension", oid))
}

/// Whether the subject is a certification authority, and how many may follow below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasicConstraints {
    /// Whether the key may issue certificates.
    pub ca: bool,
    /// How many intermediate certificates may stand between this one and a leaf; `None` for any.
    pub path_len: Option<u32>,
}

impl BasicConstraints {
    pub(super) fn read(value: &Tlv<'_>) -> Result<Self> {
        value.expect(Tag::SEQUENCE)?;
        if let Some(unlimited) = Self::read_unlimited(value) {
            return Ok(unlimited);
        }
        let what = "basic constraints cannot be read";
        let read: parsed::BasicConstraints = x509::whole(value.raw(), what)?;
        let read = Self {
            ca: read.ca,
            path_len: read.path_len_constraint,
        };
        let mut rest = Remainder::new(value.content());
        // An encoded FALSE is common and changes nothing.
        if !read.ca {
            rest.take(&asn1::boolean(false));
        }
        rest.strip(&read.fields().concat())?;
        rest.finish()?;
        Ok(read)
    }

    /// A path length beyond 32 bits, which x509-parser refuses, limits no path there is.
    fn read_unlimited(value: &Tlv<'_>) -> Option<Self> {
        let fields = value.reader().ok()?.read_all(2).ok()?;
        let (length, before) = fields.split_last()?;
        let ca = match before {
            [] => false,
            [flag, ..] => flag.boolean().ok()?,
        };
        (length.unsigned().ok()?.len() > 4).then_some(Self {
            ca,
            path_len: Some(u32::MAX),
        })
    }

    pub(super) fn to_der(self) -> Vec<u8> {
        asn1::sequence(&self.fields())
    }

    fn fields(self) -> Vec<Vec<u8>> {
        let flag = self.ca.then(|| asn1::boolean(true));
        let length = self.path_len.map(|length| asn1::integer(length.into()));
        flag.into_iter().chain(length).collect()
    }
}

/// What a key may be used for: a set of the named bits of RFC 5280 4.2.1.3.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyUsage(u16);

impl KeyUsage {
    /// Signatures other than those on certificates and CRLs.
    pub const DIGITAL_SIGNATURE: KeyUsage = KeyUsage(1 << 0);
    /// Signatures that bind the signer (contentCommitment).
    pub const NON_REPUDIATION: KeyUsage = KeyUsage(1 << 1);
    /// Wrapping keys.
    pub const KEY_ENCIPHERMENT: KeyUsage = KeyUsage(1 << 2);
    /// Enciphering data directly.
    pub const DATA_ENCIPHERMENT: KeyUsage = KeyUsage(1 << 3);
    /// Agreeing on keys.
    pub const KEY_AGREEMENT: KeyUsage = KeyUsage(1 << 4);
    /// Signing certificates.
    pub const KEY_CERT_SIGN: KeyUsage = KeyUsage(1 << 5);
    /// Signing CRLs.
    pub const CRL_SIGN: KeyUsage = KeyUsage(1 << 6);
    /// With key agreement: only enciphering.
    pub const ENCIPHER_ONLY: KeyUsage = KeyUsage(1 << 7);
    /// With key agreement: only deciphering.
    pub const DECIPHER_ONLY: KeyUsage = KeyUsage(1 << 8);

    /// Both sets together.
    #[must_use]
    pub const fn and(self, other: KeyUsage) -> KeyUsage {
        KeyUsage(self.0 | other.0)
    }

    /// Whether there is no use in this set.
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether every use of `other` is in this set.
    #[must_use]
    pub const fn allows(self, other: KeyUsage) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any use of `other` is in this set.
    #[must_use]
    pub const fn allows_any(self, other: KeyUsage) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn read(value: &Tlv<'_>) -> Result<Self> {
        let bits = value.bits()?;
        let mut set = 0_u16;
        let named = bits.bytes.len() * 8 - usize::from(bits.unused_bits);
        for index in 0..named.min(9) {
            let byte = bits.bytes.get(index / 8).copied().unwrap_or_default();
            if byte & (0x80 >> (index % 8)) != 0 {
                set |= 1 << index;
            }
        }
        Ok(Self(set))
    }

    /// A named bit list: trailing zero bits are not written (X.690 11.2.2).
    pub(crate) fn to_der(self) -> Vec<u8> {
        let mut bytes = [0_u8; 2];
        let mut highest = None;
        for index in 0..9_u8 {
            if self.0 & (1 << index) != 0 {
                if let Some(byte) = bytes.get_mut(usize::from(index / 8)) {
                    *byte |= 0x80 >> (index % 8);
                }
                highest = Some(index);
            }
        }
        let content = match highest {
            None => vec![0],
            Some(index) => {
                let used = usize::from(index / 8) + 1;
                let mut content = vec![7 - index % 8];
                content.extend(bytes.iter().take(used));
                content
            }
        };
        asn1::tlv(Tag::BIT_STRING, &content)
    }
}

impl fmt::Debug for KeyUsage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMES: [&str; 9] = [
            "digitalSignature",
            "nonRepudiation",
            "keyEncipherment",
            "dataEncipherment",
            "keyAgreement",
            "keyCertSign",
            "cRLSign",
            "encipherOnly",
            "decipherOnly",
        ];
        let set = NAMES.iter().enumerate();
        let named = set.filter(|(index, _)| self.0 & (1 << index) != 0);
        f.debug_list().entries(named.map(|(_, name)| name)).finish()
    }
}

/// Which key of the issuer signed (RFC 5280 4.2.1.1). It helps to find the issuer and proves
/// nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityKeyId {
    /// The issuer's subject key identifier.
    pub key_id: Option<Vec<u8>>,
    /// The serial number of the issuer's certificate, as INTEGER content.
    pub serial: Option<Vec<u8>>,
}

impl AuthorityKeyId {
    pub(super) fn read(value: &Tlv<'_>) -> Result<Self> {
        value.expect(Tag::SEQUENCE)?;
        let mut reader = value.reader()?;
        let key_id = reader.optional(Tag::context_primitive(0))?;
        reader.optional(Tag::context(1))?;
        let serial = reader.optional(Tag::context_primitive(2))?;
        reader.finish()?;
        Ok(Self {
            key_id: key_id.map(|id| id.content().to_vec()),
            serial: serial.map(|number| number.content().to_vec()),
        })
    }

    pub(super) fn key_id_to_der(key_id: &[u8]) -> Vec<u8> {
        asn1::sequence(&[asn1::tlv(Tag::context_primitive(0), key_id)])
    }
}

/// Purposes in the order of the file, which x509-parser's own type does not keep.
pub(super) fn read_purposes(value: &Tlv<'_>) -> Result<Vec<Oid>> {
    let what = "an extended key usage cannot be read";
    let (_, read) = <Vec<asn1_rs::Oid<'_>> as asn1_rs::FromDer<'_>>::from_der(value.raw())
        .map_err(|_| Error::malformed(what))?;
    if read.is_empty() {
        return Err(Error::malformed("an extended key usage names no purpose"));
    }
    if read.len() > MAX_PURPOSES {
        return Err(Error::limit("purposes of a key", MAX_PURPOSES as u64));
    }
    let purposes: Vec<Oid> = read.iter().map(x509::oid).collect::<Result<_>>()?;
    let written: Vec<Vec<u8>> = purposes.iter().map(|oid| asn1::oid(*oid)).collect();
    let mut rest = Remainder::new(value.raw());
    rest.strip(&asn1::sequence(&written))?;
    rest.finish()?;
    Ok(purposes)
}

/// The bytes of a subject key identifier.
pub(super) fn read_key_id(value: &Tlv<'_>) -> Result<Vec<u8>> {
    let what = "a subject key identifier cannot be read";
    let read: parsed::KeyIdentifier<'_> = x509::whole(value.raw(), what)?;
    let mut rest = Remainder::new(value.raw());
    rest.strip(&asn1::octets(read.0))?;
    rest.finish()?;
    Ok(read.0.to_vec())
}

/// Extensions a reader of certificates here can name. Whether each can be *judged* is decided
/// where paths are judged.
pub(super) const KNOWN: &[Oid] = &[
    named::BASIC_CONSTRAINTS,
    named::KEY_USAGE,
    named::EXTENDED_KEY_USAGE,
    named::SUBJECT_KEY_IDENTIFIER,
    named::AUTHORITY_KEY_IDENTIFIER,
    named::SUBJECT_ALT_NAME,
    named::ISSUER_ALT_NAME,
    named::CRL_DISTRIBUTION_POINTS,
    named::FRESHEST_CRL,
    named::CERTIFICATE_POLICIES,
    named::POLICY_MAPPINGS,
    named::POLICY_CONSTRAINTS,
    named::INHIBIT_ANY_POLICY,
    named::NAME_CONSTRAINTS,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn parse<T>(der: &[u8], read: impl FnOnce(&Tlv<'_>) -> Result<T>) -> Result<T> {
        Tlv::parse(der).and_then(|tlv| read(&tlv))
    }

    #[test]
    fn key_usage_bits_round_trip_in_minimal_form() {
        let usage = KeyUsage::KEY_CERT_SIGN.and(KeyUsage::CRL_SIGN);
        assert_eq!(usage.to_der(), [0x03, 0x02, 0x01, 0x06]);
        for usage in [
            usage,
            KeyUsage(0),
            KeyUsage::DECIPHER_ONLY,
            KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION),
        ] {
            assert_eq!(parse(&usage.to_der(), KeyUsage::read).unwrap(), usage);
        }
        assert!(usage.allows(KeyUsage::CRL_SIGN));
        assert!(!usage.allows(KeyUsage::CRL_SIGN.and(KeyUsage::DIGITAL_SIGNATURE)));
        assert_eq!(format!("{usage:?}"), r#"["keyCertSign", "cRLSign"]"#);
    }

    #[test]
    fn key_usage_ignores_bits_declared_unused() {
        // Six unused bits: only the two highest count, whatever the others are.
        let usage = parse(&[0x03, 0x02, 0x06, 0xff], KeyUsage::read).unwrap();
        let both = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
        assert_eq!(usage, both);
    }

    #[test]
    fn basic_constraints_round_trip_and_refuse_negative_lengths() {
        for value in [
            BasicConstraints {
                ca: true,
                path_len: Some(0),
            },
            BasicConstraints {
                ca: true,
                path_len: None,
            },
            BasicConstraints {
                ca: false,
                path_len: None,
            },
        ] {
            assert_eq!(
                parse(&value.to_der(), BasicConstraints::read).unwrap(),
                value
            );
        }
        let negative = asn1::sequence(&[asn1::boolean(true), vec![0x02, 0x01, 0xff]]);
        assert!(parse(&negative, BasicConstraints::read).is_err());
        let huge = asn1::sequence(&[asn1::boolean(true), asn1::unsigned(&[1, 0, 0, 0, 0])]);
        assert_eq!(
            parse(&huge, BasicConstraints::read).unwrap().path_len,
            Some(u32::MAX)
        );
    }

    #[test]
    fn an_extension_may_occur_once() {
        let one = Extension::new(named::KEY_USAGE, false, vec![5, 0]).to_der();
        let twice = asn1::sequence(&[&one[..], &one]);
        let read = |der: &[u8]| parse(der, |tlv| read_extensions(tlv, "", &mut Vec::new()));
        assert_eq!(read(&asn1::sequence(&[&one])).unwrap().len(), 1);
        assert!(read(&twice).is_err());
    }
}

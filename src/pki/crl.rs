//! Certificate revocation lists (RFC 5280 5).

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use x509_parser::extensions::ParsedExtension;
use x509_parser::revocation_list::RevokedCertificate;

use super::distribution_point::IssuingPoint;
use super::extension::{self, AuthorityKeyId, Extension};
use super::general_name::GeneralName;
use super::name::Name;
use super::x509::{self, Remainder};
use crate::asn1::{self, Oid, Reader, Tag, Tlv, named};
use crate::crypto::{Digest, DigestAlgorithm, PublicKey, SignatureAlgorithm, Sm2Id, pem_blocks};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Finding;
use crate::time::Time;

/// The largest lists of public CAs are some 50 MiB.
const MAX_CRL: usize = 64 * 1024 * 1024;

/// At 35 bytes an entry, more than [`MAX_CRL`] holds.
const MAX_ENTRIES: usize = 2_000_000;

/// Entries have some 35 bytes, those that name their issuer some hundreds; the parser takes a
/// multiple in memory.
const MAX_ENTRY: usize = 64 * 1024;

/// Why a certificate was revoked (RFC 5280 5.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RevocationReason {
    /// No reason given.
    Unspecified,
    /// The subject's key is compromised.
    KeyCompromise,
    /// The authority's key is compromised.
    CaCompromise,
    /// The subject's name or other data changed.
    AffiliationChanged,
    /// Replaced by another certificate.
    Superseded,
    /// No longer needed.
    CessationOfOperation,
    /// Suspended for the time being.
    CertificateHold,
    /// Taken off the list again; only in delta lists.
    RemoveFromCrl,
    /// A right was withdrawn.
    PrivilegeWithdrawn,
    /// An attribute authority's key is compromised.
    AaCompromise,
}

impl RevocationReason {
    pub(super) fn from_number(number: u8) -> Option<Self> {
        Some(match number {
            0 => Self::Unspecified,
            1 => Self::KeyCompromise,
            2 => Self::CaCompromise,
            3 => Self::AffiliationChanged,
            4 => Self::Superseded,
            5 => Self::CessationOfOperation,
            6 => Self::CertificateHold,
            8 => Self::RemoveFromCrl,
            9 => Self::PrivilegeWithdrawn,
            10 => Self::AaCompromise,
            _ => return None,
        })
    }

    /// The number of RFC 5280.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Unspecified => 0,
            Self::KeyCompromise => 1,
            Self::CaCompromise => 2,
            Self::AffiliationChanged => 3,
            Self::Superseded => 4,
            Self::CessationOfOperation => 5,
            Self::CertificateHold => 6,
            Self::RemoveFromCrl => 8,
            Self::PrivilegeWithdrawn => 9,
            Self::AaCompromise => 10,
        }
    }

    /// The name of RFC 5280, such as `keyCompromise`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::KeyCompromise => "keyCompromise",
            Self::CaCompromise => "cACompromise",
            Self::AffiliationChanged => "affiliationChanged",
            Self::Superseded => "superseded",
            Self::CessationOfOperation => "cessationOfOperation",
            Self::CertificateHold => "certificateHold",
            Self::RemoveFromCrl => "removeFromCRL",
            Self::PrivilegeWithdrawn => "privilegeWithdrawn",
            Self::AaCompromise => "aACompromise",
        }
    }
}

/// One entry of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// Since when.
    pub time: Time,
    /// Why; `None` when no reason, or none of RFC 5280, is given.
    pub reason: Option<RevocationReason>,
}

/// A revocation list, byte for byte as it came. Cloning shares the bytes.
#[derive(Clone)]
pub struct Crl(Arc<Inner>);

struct Inner {
    der: Vec<u8>,
    tbs: Range<usize>,
    signature_identifier: Vec<u8>,
    identifiers_agree: bool,
    signature: Vec<u8>,
    issuer: Name,
    this_update: Time,
    next_update: Option<Time>,
    entries: Vec<Entry>,
    /// Whose certificates an indirect list names beside its issuer's own, each once.
    other_issuers: Vec<Name>,
    extensions: Vec<Extension>,
    issuing_point: IssuingPoint,
    number: Option<Vec<u8>>,
    delta_base: Option<Vec<u8>>,
    unknown_critical: Option<Oid>,
}

/// An entry's serial number is found by its place in the bytes, so that long lists stay small.
struct Entry {
    serial: Range<usize>,
    /// Whose certificate: a place in the list of other issuers, or the list's own issuer.
    issuer: Option<u32>,
    revoked: Revoked,
}

impl Crl {
    /// Reads one DER list, version 1 or 2, which must be the whole input.
    ///
    /// # Errors
    /// `malformed`; `limit_exceeded` beyond 64 MiB, 2 000 000 entries or 64 KiB in one.
    pub fn from_der(der: &[u8]) -> Result<Self> {
        if der.len() > MAX_CRL {
            return Err(Error::limit("CRL bytes", MAX_CRL as u64));
        }
        let outer = Tlv::parse(der)?;
        outer.expect(Tag::SEQUENCE)?;
        let mut reader = outer.reader()?;
        let tbs = reader.expect(Tag::SEQUENCE)?;
        let signature_identifier = reader.expect(Tag::SEQUENCE)?;
        // Some makers count unused bits; a value that is really cut does not verify.
        let signature = reader.read()?.bits()?.bytes.to_vec();
        reader.finish()?;

        let mut body = tbs.reader()?;
        let version = match body.optional(Tag::INTEGER)? {
            Some(number) => number.small_integer()?,
            None => 0,
        };
        if !(0..=1).contains(&version) {
            return Err(
                Error::unsupported("the CRL's version is not known").with("version", version)
            );
        }
        let inner_identifier = body.expect(Tag::SEQUENCE)?;
        let issuer = Name::from_tlv(&body.read()?)?;
        let this_update = x509::time(&body.read()?)?;
        let next_update = match body.peek() {
            Some(Tag::UTC_TIME | Tag::GENERALIZED_TIME) => Some(x509::time(&body.read()?)?),
            _ => None,
        };
        let mut found = EntryReader::default();
        let entries = match body.optional(Tag::SEQUENCE)? {
            Some(list) => read_entries(der, list.reader()?, &mut found)?,
            None => Vec::new(),
        };
        let extensions = match body.optional(Tag::context(0))? {
            Some(wrapped) => {
                extension::read_extensions(&wrapped.inner()?, "crlExtensions", &mut Vec::new())?
            }
            None => Vec::new(),
        };
        body.finish()?;
        let number = |oid| extension::typed(&extensions, oid, read_number);
        let issuing_point = extension::typed(
            &extensions,
            named::ISSUING_DISTRIBUTION_POINT,
            IssuingPoint::read,
        )?;
        Ok(Self(Arc::new(Inner {
            tbs: tbs.offset()..tbs.offset() + tbs.raw().len(),
            signature_identifier: signature_identifier.raw().to_vec(),
            identifiers_agree: signature_identifier.raw() == inner_identifier.raw(),
            signature,
            issuer,
            this_update,
            next_update,
            entries,
            other_issuers: found.other_issuers,
            issuing_point: issuing_point.unwrap_or_default(),
            number: number(named::CRL_NUMBER)?,
            delta_base: number(named::DELTA_CRL_INDICATOR)?,
            unknown_critical: found
                .unknown_critical
                .or_else(|| unknown_critical(&extensions)),
            extensions,
            der: der.to_vec(),
        })))
    }

    /// All lists of a PEM text, or the one of a DER file.
    ///
    /// # Errors
    /// `missing` when the text holds no list, else as [`Crl::from_der`].
    pub fn from_pem_or_der(bytes: &[u8]) -> Result<Vec<Self>> {
        if bytes.first() == Some(&Tag::SEQUENCE.0) {
            return Ok(vec![Self::from_der(bytes)?]);
        }
        let text = String::from_utf8_lossy(bytes);
        let blocks = pem_blocks(&text, "X509 CRL")?;
        if blocks.is_empty() {
            return Err(Error::new(
                ErrorKind::Missing,
                "no revocation list in DER or PEM was found",
            ));
        }
        blocks.iter().map(|der| Self::from_der(der)).collect()
    }

    /// The list's bytes as they came.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// The digest of the whole list.
    #[must_use]
    pub fn fingerprint(&self, algorithm: DigestAlgorithm) -> Digest {
        algorithm.digest(self.der())
    }

    /// Who issued it.
    #[must_use]
    pub fn issuer_name(&self) -> &Name {
        &self.0.issuer
    }

    /// When it was issued.
    #[must_use]
    pub fn this_update(&self) -> Time {
        self.0.this_update
    }

    /// When a newer one is due at the latest, where it says so.
    #[must_use]
    pub fn next_update(&self) -> Option<Time> {
        self.0.next_update
    }

    /// Which part of its issuer's revocations it tells of (RFC 5280 5.2.5); all without the
    /// extension.
    #[must_use]
    pub fn issuing_point(&self) -> &IssuingPoint {
        &self.0.issuing_point
    }

    /// Its number, as INTEGER content, where it has one (RFC 5280 5.2.3).
    #[must_use]
    pub fn number(&self) -> Option<&[u8]> {
        self.0.number.as_deref()
    }

    /// For a delta list, the number of the list whose changes it tells, as INTEGER content
    /// (RFC 5280 5.2.4); `None` for a complete list.
    #[must_use]
    pub fn delta_base(&self) -> Option<&[u8]> {
        self.0.delta_base.as_deref()
    }

    /// A critical extension of the list or of an entry that is not known here: the list must not
    /// be used (RFC 5280 5.2, 5.3).
    #[must_use]
    pub fn unknown_critical(&self) -> Option<Oid> {
        self.0.unknown_critical
    }

    /// Authority key identifier (RFC 5280 5.2.1).
    ///
    /// # Errors
    /// `malformed` when the extension is there and cannot be read.
    pub fn authority_key_id(&self) -> Result<Option<AuthorityKeyId>> {
        extension::typed(
            self.extensions(),
            named::AUTHORITY_KEY_IDENTIFIER,
            AuthorityKeyId::read,
        )
    }

    /// From when on it keeps certificates that have expired (X.509 `expiredCertsOnCRL`).
    ///
    /// # Errors
    /// As [`Crl::authority_key_id`].
    pub fn expired_since(&self) -> Result<Option<Time>> {
        extension::typed(self.extensions(), named::EXPIRED_CERTS_ON_CRL, x509::time)
    }

    /// Every extension of the list itself.
    #[must_use]
    pub fn extensions(&self) -> &[Extension] {
        &self.0.extensions
    }

    /// How many entries it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.entries.len()
    }

    /// Whether it has no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.entries.is_empty()
    }

    /// The entry for a certificate of the list's own issuer by its serial number, given as INTEGER
    /// content; the earliest of several.
    #[must_use]
    pub fn find(&self, serial: &[u8]) -> Option<Revoked> {
        self.find_of(self.issuer_name(), serial)
    }

    /// The entry for a certificate of this issuer, which may be another than the list's own where
    /// the list is indirect; the earliest of several.
    #[must_use]
    pub fn find_of(&self, issuer: &Name, serial: &[u8]) -> Option<Revoked> {
        let entries = &self.0.entries;
        let at = entries.partition_point(|entry| self.serial(entry) < serial);
        let same = entries.iter().skip(at);
        same.take_while(|entry| self.serial(entry) == serial)
            .find(|entry| self.issuer_of(entry).matches(issuer))
            .map(|entry| entry.revoked)
    }

    /// The algorithm it is signed with.
    ///
    /// # Errors
    /// `unsupported_algorithm`, or `malformed` for its parameters.
    pub fn signature_algorithm(&self) -> Result<SignatureAlgorithm> {
        Tlv::parse(&self.0.signature_identifier)
            .and_then(|identifier| SignatureAlgorithm::from_identifier(&identifier))
    }

    /// Verifies that `issuer` signed this list.
    ///
    /// # Errors
    /// As [`Certificate::verify_signed_by`](super::Certificate::verify_signed_by).
    pub fn verify_signed_by(&self, issuer: &PublicKey, id: &Sm2Id) -> Result<()> {
        if !self.0.identifiers_agree {
            return Err(Error::malformed(
                "the algorithm outside the signed part of a CRL differs from the one inside",
            ));
        }
        let tbs = self.0.der.get(self.0.tbs.clone()).unwrap_or_default();
        issuer.verify(self.signature_algorithm()?, id, tbs, &self.0.signature)
    }

    fn serial(&self, entry: &Entry) -> &[u8] {
        self.0.der.get(entry.serial.clone()).unwrap_or_default()
    }

    fn issuer_of(&self, entry: &Entry) -> &Name {
        let other = entry
            .issuer
            .and_then(|index| usize::try_from(index).ok())
            .and_then(|index| self.0.other_issuers.get(index));
        other.unwrap_or(self.issuer_name())
    }
}

/// What entries hand on to the ones after them, and to the whole list.
#[derive(Default)]
struct EntryReader {
    other_issuers: Vec<Name>,
    by_name: BTreeMap<Vec<u8>, u32>,
    /// Whose certificates the entries are of, until one says otherwise (RFC 5280 5.3.3).
    issuer: Option<u32>,
    unknown_critical: Option<Oid>,
}

impl EntryReader {
    /// The names must hold one distinguished name: certificates have no other issuers.
    fn set_issuer(&mut self, value: &[u8]) -> Result<()> {
        let names = GeneralName::read_list(&Tlv::parse(value)?)?;
        let mut directory = names.into_iter().filter_map(|name| match name {
            GeneralName::Directory(name) => Some(name),
            _ => None,
        });
        let name = directory
            .next()
            .ok_or_else(|| Error::malformed("an entry's issuer has no distinguished name"))?;
        let next = u32::try_from(self.other_issuers.len()).unwrap_or(u32::MAX);
        let index = *self
            .by_name
            .entry(name.prepared().to_vec())
            .or_insert_with(|| {
                self.other_issuers.push(name);
                next
            });
        self.issuer = Some(index);
        Ok(())
    }
}

fn read_entries(der: &[u8], mut list: Reader<'_>, found: &mut EntryReader) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    while !list.is_empty() {
        if entries.len() == MAX_ENTRIES {
            return Err(Error::limit("CRL entries", MAX_ENTRIES as u64));
        }
        entries.push(read_entry(&list.expect(Tag::SEQUENCE)?, found)?);
    }
    entries.sort_by_key(|entry| (der.get(entry.serial.clone()), entry.revoked.time));
    Ok(entries)
}

fn read_entry(entry: &Tlv<'_>, found: &mut EntryReader) -> Result<Entry> {
    if entry.raw().len() > MAX_ENTRY {
        return Err(Error::limit("bytes of a CRL entry", MAX_ENTRY as u64));
    }
    let read: RevokedCertificate<'_> = x509::whole(entry.raw(), "a CRL entry cannot be read")?;
    let mut rest = Remainder::new(entry.content());
    let serial = asn1::tlv(Tag::INTEGER, read.raw_serial());
    rest.strip(&serial)?;
    let serial_end = entry.offset() + entry.raw().len() - rest.bytes().len();
    let time = rest.strip_time(&read.revocation_date)?;
    let mut reason = None;
    if !rest.is_empty() {
        let list = Tlv::parse(rest.bytes())?;
        list.expect(Tag::SEQUENCE)?;
        let mut ignored: Vec<Finding> = Vec::new();
        let place = "crlEntryExtensions";
        let extensions = extension::from_parsed(read.extensions(), &list, place, &mut ignored)?;
        for (extension, read) in extensions.iter().zip(read.extensions()) {
            match extension.oid() {
                named::CRL_REASON => {
                    reason = read_reason(extension.value(), read.parsed_extension())?;
                }
                named::CERTIFICATE_ISSUER => found.set_issuer(extension.value())?,
                named::INVALIDITY_DATE => {}
                other if extension.critical() => found.unknown_critical = Some(other),
                _ => {}
            }
        }
    }
    Ok(Entry {
        serial: serial_end - read.raw_serial().len()..serial_end,
        issuer: found.issuer,
        revoked: Revoked { time, reason },
    })
}

/// A number that RFC 5280 does not have is no reason given; x509-parser refuses those above 10.
fn read_reason(value: &[u8], read: &ParsedExtension<'_>) -> Result<Option<RevocationReason>> {
    match (value, read) {
        ([0x0a, 1, _], ParsedExtension::ReasonCode(code)) => {
            Ok(RevocationReason::from_number(code.0))
        }
        ([0x0a, 1, _], _) => Ok(None),
        _ => Err(Error::malformed("a revocation reason is not one byte")),
    }
}

fn unknown_critical(extensions: &[Extension]) -> Option<Oid> {
    let known = [
        named::AUTHORITY_KEY_IDENTIFIER,
        named::ISSUER_ALT_NAME,
        named::CRL_NUMBER,
        named::FRESHEST_CRL,
        named::DELTA_CRL_INDICATOR,
        named::ISSUING_DISTRIBUTION_POINT,
        named::EXPIRED_CERTS_ON_CRL,
    ];
    extensions
        .iter()
        .find(|one| one.critical() && !known.contains(&one.oid()))
        .map(Extension::oid)
}

fn read_number(value: &Tlv<'_>) -> Result<Vec<u8>> {
    value.integer().map(<[u8]>::to_vec)
}

impl PartialEq for Crl {
    fn eq(&self, other: &Self) -> bool {
        self.der() == other.der()
    }
}

impl Eq for Crl {}

impl fmt::Debug for Crl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Crl(this update {}, {} entries)",
            self.this_update(),
            self.len()
        )
    }
}

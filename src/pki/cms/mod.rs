//! Signed messages: GM/T 0010 (GB/T 35275) and CMS (RFC 5652), which differ in little but their
//! identifiers.
//!
//! Reading keeps every signed byte as it came. Checking a signer tells the digest, the value and
//! the certificate apart, so that a report can name which of them fails.

mod algorithm;
mod attributes;
mod build;
mod check;
mod evidence;
mod signer_info;

use super::ber;
use super::certificate::Certificate;
use crate::asn1::{Oid, Reader, Tag, Tlv, named};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Finding, FindingCode};

pub use attributes::{Attribute, Attributes};
pub use build::{PendingSignedData, SignedDataBuilder};
pub use check::{CertificateBinding, SignedShape, SignerCheck};
pub use evidence::CarriedEvidence;
pub use signer_info::{SignerId, SignerInfo};

/// A signature with a long chain, revocation data and two time stamps stays below 200 KiB.
const MAX_BLOB: usize = 1024 * 1024;

/// A signature needs its chain; some carry the chains of their time stamps too.
const MAX_CERTIFICATES: usize = 64;

/// Documents are signed by one signer a message; parallel signers are rare.
const MAX_SIGNERS: usize = 16;

/// Revocation lists inside a message.
const MAX_CRLS: usize = 64;

/// Which family of identifiers a message uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flavor {
    /// GM/T 0010, GB/T 35275.
    Gm,
    /// RFC 5652.
    Cms,
}

impl Flavor {
    const fn signed_data(self) -> Oid {
        match self {
            Self::Gm => named::GM_SIGNED_DATA,
            Self::Cms => named::CMS_SIGNED_DATA,
        }
    }

    const fn data(self) -> Oid {
        match self {
            Self::Gm => named::GM_DATA,
            Self::Cms => named::CMS_DATA,
        }
    }
}

/// A SignedData message.
#[derive(Clone, Debug)]
pub struct SignedData {
    flavor: Flavor,
    content_type: Oid,
    content: Option<Vec<u8>>,
    certificates: Vec<Certificate>,
    unreadable_certificates: usize,
    crls: Vec<Vec<u8>>,
    signers: Vec<SignerInfo>,
    findings: Vec<Finding>,
}

impl SignedData {
    /// Reads a message that must be the whole input. BER is put into DER first, with a finding.
    ///
    /// # Errors
    /// `malformed`; `unsupported` for another content type; `limit_exceeded` beyond 1 MiB,
    /// 64 certificates or 16 signers.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        Self::read(bytes, <[u8]>::is_empty)
    }

    /// Reads a message that zero bytes may follow, as in the Contents of a PDF signature.
    ///
    /// # Errors
    /// As [`SignedData::parse`].
    pub fn parse_padded(bytes: &[u8]) -> Result<Self> {
        Self::read(bytes, |rest| rest.iter().all(|byte| *byte == 0))
    }

    fn read(bytes: &[u8], may_follow: impl FnOnce(&[u8]) -> bool) -> Result<Self> {
        if bytes.len() > MAX_BLOB {
            return Err(Error::limit("bytes of a signed message", MAX_BLOB as u64));
        }
        let (der, taken) = ber::to_der(bytes)?;
        let (message, rest) = bytes.split_at_checked(taken).unwrap_or((bytes, &[]));
        if !may_follow(rest) {
            return Err(Error::malformed("bytes follow the signed message").with("offset", taken));
        }
        let mut data = Self::from_der(&der)?;
        if message != der {
            data.findings
                .push(Finding::new(FindingCode::BerEncoding, ""));
        }
        Ok(data)
    }

    fn from_der(der: &[u8]) -> Result<Self> {
        let outer = Tlv::parse(der)?;
        outer.expect(Tag::SEQUENCE)?;
        let mut reader = outer.reader()?;
        let kind = reader.read()?.oid()?;
        let flavor = match kind {
            named::GM_SIGNED_DATA => Flavor::Gm,
            named::CMS_SIGNED_DATA => Flavor::Cms,
            other => {
                return Err(Error::unsupported("the content is no signed message")
                    .with("content type", other));
            }
        };
        let body = reader.expect(Tag::context(0))?.inner()?;
        reader.finish()?;
        body.expect(Tag::SEQUENCE)?;
        Self::read_body(flavor, body.reader()?)
    }

    fn read_body(flavor: Flavor, mut body: Reader<'_>) -> Result<Self> {
        let mut findings = Vec::new();
        let version = body.read()?.small_integer()?;
        if !(1..=5).contains(&version) {
            return Err(
                Error::unsupported("the version of the signed message is not known")
                    .with("version", version),
            );
        }
        // Signers name their own digest; this list is only a hint for one-pass readers.
        body.expect(Tag::SET)?;
        let (content_type, content) = read_content(body.sequence()?)?;
        if content_type != flavor.data() && is_data(content_type) {
            findings.push(Finding::new(
                FindingCode::ContentTypeVariant,
                "contentInfo.contentType",
            ));
        }
        let mut certificates = Vec::new();
        let mut unreadable_certificates = 0;
        if let Some(set) = body.optional(Tag::context(0))? {
            for element in set.reader()?.read_all(MAX_CERTIFICATES)? {
                // Other choices (attribute certificates) have context tags.
                match Certificate::from_der(element.raw()) {
                    Ok(certificate) => certificates.push(certificate),
                    Err(_) => unreadable_certificates += 1,
                }
            }
        }
        let mut crls = Vec::new();
        if let Some(set) = body.optional(Tag::context(1))? {
            let elements = set.reader()?.read_all(MAX_CRLS)?;
            crls.extend(elements.iter().map(|crl| crl.raw().to_vec()));
        }
        let set = body.expect(Tag::SET)?;
        body.finish()?;
        let mut signers = Vec::new();
        for element in set.reader()?.read_all(MAX_SIGNERS)? {
            signers.push(SignerInfo::read(&element)?);
        }
        Ok(Self {
            flavor,
            content_type,
            content,
            certificates,
            unreadable_certificates,
            crls,
            signers,
            findings,
        })
    }

    /// Which family of identifiers it uses.
    #[must_use]
    pub fn flavor(&self) -> Flavor {
        self.flavor
    }

    /// The type of what is signed.
    #[must_use]
    pub fn content_type(&self) -> Oid {
        self.content_type
    }

    /// What is signed, where it stands inside the message.
    #[must_use]
    pub fn content(&self) -> Option<&[u8]> {
        self.content.as_deref()
    }

    /// The certificates inside, in the order of the file.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// How many elements beside the certificates could not be read as X.509 certificates.
    #[must_use]
    pub fn unreadable_certificates(&self) -> usize {
        self.unreadable_certificates
    }

    /// The revocation lists inside, each as raw DER.
    #[must_use]
    pub fn crls(&self) -> &[Vec<u8>] {
        &self.crls
    }

    /// The signers.
    #[must_use]
    pub fn signers(&self) -> &[SignerInfo] {
        &self.signers
    }

    /// The one signer.
    ///
    /// # Errors
    /// `missing` without a signer, `ambiguous` with several.
    pub fn single_signer(&self) -> Result<&SignerInfo> {
        match self.signers() {
            [one] => Ok(one),
            [] => Err(Error::new(
                ErrorKind::Missing,
                "the signed message has no signer",
            )),
            _ => Err(Error::new(
                ErrorKind::Ambiguous,
                "the signed message has several signers",
            )),
        }
    }

    /// Tolerated departures of the message itself; those of a signer come with its check.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

fn is_data(oid: Oid) -> bool {
    matches!(oid, named::GM_DATA | named::CMS_DATA)
}

/// EncapsulatedContentInfo.
fn read_content(mut info: Reader<'_>) -> Result<(Oid, Option<Vec<u8>>)> {
    let content_type = info.read()?.oid()?;
    let content = match info.optional(Tag::context(0))? {
        Some(wrapped) => {
            let inner = wrapped.inner()?;
            // PKCS#7 let the content be any type; its content bytes are what was hashed.
            Some(inner.content().to_vec())
        }
        None => None,
    };
    info.finish()?;
    Ok((content_type, content))
}

#[cfg(test)]
mod tests;

//! Checking one signer: shape, digest, value and certificate, each on its own.

use super::attributes::Attributes;
use super::signer_info::SignerInfo;
use super::{SignedData, is_data};
use crate::crypto::{Detached, SignatureAlgorithm, Sm2Id};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Finding, FindingCode};
use crate::pki::certificate::Certificate;
use crate::time::Time;

/// How a message, its attributes and its content belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignedShape {
    /// The content is elsewhere; signed attributes hold its digest (GM shape A).
    DetachedWithAttributes,
    /// The content is elsewhere and is signed itself.
    DetachedBare,
    /// The message holds the content's digest in the content's place, and that is signed
    /// without attributes (GM shape B).
    DigestAsContent,
    /// The message holds the content.
    Attached,
}

impl SignedShape {
    /// Its stable name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DetachedWithAttributes => "detached_with_attributes",
            Self::DetachedBare => "detached_bare",
            Self::DigestAsContent => "digest_as_content",
            Self::Attached => "attached",
        }
    }
}

/// What the signing-certificate attribute says about the certificate used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CertificateBinding {
    /// There is no such attribute.
    Absent,
    /// It names this certificate.
    Matches,
    /// It names another one.
    Differs,
}

/// What was found of one signer.
#[derive(Clone, Debug)]
pub struct SignerCheck {
    /// How the content is signed.
    pub shape: SignedShape,
    /// The algorithm, or why there is none.
    pub algorithm: Result<SignatureAlgorithm>,
    /// The signer's certificate: from those given, else from the message.
    pub certificate: Option<Certificate>,
    /// Whether what is signed is the content: `signature_mismatch` when it is not, `missing`
    /// when the content was not given.
    pub digest: Result<()>,
    /// Whether the value verifies under the certificate's key: `signature_mismatch` when it does
    /// not, `missing` without the certificate, or without the content where it is signed itself.
    pub value: Result<()>,
    /// What the signing-certificate attribute says, or why it cannot be read.
    pub binding: Result<CertificateBinding>,
    /// When the signer says it signed.
    pub signing_time: Option<Time>,
    /// Tolerated departures.
    pub findings: Vec<Finding>,
}

impl SignedData {
    /// Checks a signer of this message.
    ///
    /// `content` is the detached content in pieces that belong one after another, as the two
    /// ranges of a PDF signature do; `None` when it is inside. `given` are certificates that may
    /// be the signer's; they come before those inside.
    #[must_use]
    pub fn check(
        &self,
        signer: &SignerInfo,
        content: Option<&[&[u8]]>,
        given: &[Certificate],
        id: &Sm2Id,
    ) -> SignerCheck {
        let content = content.as_ref().map(|pieces| pieces as &dyn Detached);
        self.check_over(signer, content, given, id)
    }

    /// The same over content that is digested by whoever keeps it.
    pub(crate) fn check_over(
        &self,
        signer: &SignerInfo,
        content: Option<&dyn Detached>,
        given: &[Certificate],
        id: &Sm2Id,
    ) -> SignerCheck {
        let mut findings = Vec::new();
        let algorithm = signer.algorithm_with_finding().map(|(algorithm, variant)| {
            let variant = variant.map(|code| Finding::new(code, "signerInfo.signatureAlgorithm"));
            findings.extend(variant);
            algorithm
        });
        let candidates = given.iter().chain(self.certificates());
        let certificate = signer.find_certificate(candidates).cloned();
        let shape = self.shape(signer, content);
        let digest = self.check_digest(signer, shape, content, &mut findings);
        let value = match (&algorithm, &certificate) {
            (Err(error), _) => Err(error.clone()),
            (_, None) => Err(missing("the signer's certificate is not there")),
            (Ok(algorithm), Some(certificate)) => {
                self.check_value(signer, certificate, *algorithm, content, id, &mut findings)
            }
        };
        let attributes = signer.signed_attributes();
        SignerCheck {
            shape,
            algorithm,
            digest,
            value,
            binding: binding(attributes, certificate.as_ref()),
            signing_time: signing_time(attributes, &mut findings),
            certificate,
            findings,
        }
    }

    fn shape(&self, signer: &SignerInfo, content: Option<&dyn Detached>) -> SignedShape {
        match (self.content(), signer.signed(), content) {
            (None, Some(_), _) => SignedShape::DetachedWithAttributes,
            (None, None, _) => SignedShape::DetachedBare,
            (Some(inside), None, Some(outside)) if !outside.is(inside) => {
                SignedShape::DigestAsContent
            }
            (Some(_), _, _) => SignedShape::Attached,
        }
    }

    fn check_digest(
        &self,
        signer: &SignerInfo,
        shape: SignedShape,
        content: Option<&dyn Detached>,
        findings: &mut Vec<Finding>,
    ) -> Result<()> {
        let algorithm = signer.digest_algorithm()?;
        if let (Some(inside), SignedShape::DigestAsContent) = (self.content(), shape) {
            let outside = content.ok_or_else(no_content)?;
            return same(outside.digest(algorithm)?.as_bytes(), inside);
        }
        if let (Some(inside), Some(outside)) = (self.content(), content)
            && !outside.is(inside)
        {
            return Err(other_content());
        }
        let Some(signed) = signer.signed() else {
            // The content itself is signed; the value tells.
            let known = self.content().is_some() || content.is_some();
            return if known { Ok(()) } else { Err(no_content()) };
        };
        if !signed.attributes.is_sorted() {
            let place = "signerInfo.signedAttributes";
            findings.push(Finding::new(FindingCode::AttributeOrder, place));
        }
        self.check_content_type(&signed.attributes, findings)?;
        let expected = signed
            .attributes
            .message_digest()?
            .ok_or_else(|| Error::malformed("the message digest attribute is missing"))?;
        let digest = match (self.content(), content) {
            (Some(inside), _) => algorithm.digest(inside),
            (None, Some(outside)) => outside.digest(algorithm)?,
            (None, None) => return Err(no_content()),
        };
        same(digest.as_bytes(), expected)
    }

    /// The content type among the attributes is the message's (RFC 5652 11.1).
    fn check_content_type(
        &self,
        attributes: &Attributes,
        findings: &mut Vec<Finding>,
    ) -> Result<()> {
        let named = attributes
            .content_type()?
            .ok_or_else(|| Error::malformed("the content type attribute is missing"))?;
        if named == self.content_type() {
            return Ok(());
        }
        if is_data(named) && is_data(self.content_type()) {
            let place = "signerInfo.signedAttributes.contentType";
            findings.push(Finding::new(FindingCode::ContentTypeVariant, place));
            return Ok(());
        }
        Err(mismatch("the content type attribute names another type")
            .with("attribute", named)
            .with("content", self.content_type()))
    }

    fn check_value(
        &self,
        signer: &SignerInfo,
        certificate: &Certificate,
        algorithm: SignatureAlgorithm,
        content: Option<&dyn Detached>,
        id: &Sm2Id,
        findings: &mut Vec<Finding>,
    ) -> Result<()> {
        let joined;
        let message: &[u8] = match (signer.signed(), self.content(), content) {
            (Some(signed), _, _) => &signed.message,
            (None, Some(inside), _) => inside,
            (None, None, Some(outside)) => {
                joined = outside.joined()?;
                &joined
            }
            (None, None, None) => return Err(no_content()),
        };
        let key = certificate.public_key()?;
        let codes = key.verify_tolerant(algorithm, id, message, signer.signature())?;
        let named = codes
            .into_iter()
            .map(|code| Finding::new(code, "signerInfo.signature"));
        findings.extend(named);
        Ok(())
    }
}

fn binding(
    attributes: Option<&Attributes>,
    certificate: Option<&Certificate>,
) -> Result<CertificateBinding> {
    let (Some(attributes), Some(certificate)) = (attributes, certificate) else {
        return Ok(CertificateBinding::Absent);
    };
    Ok(match attributes.names_certificate(certificate)? {
        None => CertificateBinding::Absent,
        Some(true) => CertificateBinding::Matches,
        Some(false) => CertificateBinding::Differs,
    })
}

fn signing_time(attributes: Option<&Attributes>, findings: &mut Vec<Finding>) -> Option<Time> {
    match attributes?.signing_time() {
        Ok(time) => time,
        Err(_) => {
            let place = "signerInfo.signedAttributes.signingTime";
            findings.push(Finding::new(FindingCode::MalformedTime, place));
            None
        }
    }
}

fn same(computed: &[u8], stated: &[u8]) -> Result<()> {
    if computed == stated {
        Ok(())
    } else {
        Err(other_content())
    }
}

fn other_content() -> Error {
    mismatch("what was signed is not this content")
}

fn mismatch(message: &'static str) -> Error {
    Error::new(ErrorKind::SignatureMismatch, message)
}

fn missing(message: &'static str) -> Error {
    Error::new(ErrorKind::Missing, message)
}

fn no_content() -> Error {
    missing("the signed content was not given")
}

//! Making a signed message with one signer, in two phases.

use super::algorithm;
use super::attributes::{attribute, signing_certificate_v2};
use super::{Flavor, SignedShape};
use crate::asn1::{self, Oid, Tag, named};
use crate::crypto::{DigestAlgorithm, PublicKey, SignatureAlgorithm, Signer, Sm2Id};
use crate::error::{Error, Result};
use crate::pki::certificate::Certificate;
use crate::time::Time;

/// Describes a message to be signed by one signer, who is named by issuer and serial number.
#[derive(Clone, Debug)]
pub struct SignedDataBuilder {
    flavor: Flavor,
    shape: SignedShape,
    certificate: Certificate,
    algorithm: SignatureAlgorithm,
    others: Vec<Certificate>,
    content_type: Oid,
    signing_time: Option<Time>,
    signing_certificate: bool,
}

impl SignedDataBuilder {
    /// A message of plain data in this flavor and shape. An attached message carries attributes.
    #[must_use]
    pub fn new(
        flavor: Flavor,
        shape: SignedShape,
        certificate: Certificate,
        algorithm: SignatureAlgorithm,
    ) -> Self {
        Self {
            flavor,
            shape,
            certificate,
            algorithm,
            others: Vec::new(),
            content_type: flavor.data(),
            signing_time: None,
            signing_certificate: false,
        }
    }

    /// Certificates to carry beside the signer's.
    #[must_use]
    pub fn certificates(mut self, others: &[Certificate]) -> Self {
        self.others = others.to_vec();
        self
    }

    /// Another type of content, such as a time stamp's.
    #[must_use]
    pub fn content_type(mut self, content_type: Oid) -> Self {
        self.content_type = content_type;
        self
    }

    /// The time the signer claims; only with attributes.
    #[must_use]
    pub fn signing_time(mut self, time: Time) -> Self {
        self.signing_time = Some(time);
        self
    }

    /// Binds the signer's certificate by its digest (SigningCertificateV2, RFC 5035); only with
    /// attributes.
    #[must_use]
    pub fn bind_certificate(mut self) -> Self {
        self.signing_certificate = true;
        self
    }

    /// Prepares the bytes to sign over the content, given in pieces that belong one after
    /// another.
    ///
    /// # Errors
    /// `invalid_argument` when the algorithm does not fit the certificate's key, or attributes
    /// are asked for in a shape without them.
    pub fn prepare(&self, content: &[&[u8]]) -> Result<PendingSignedData> {
        let key = self.certificate.public_key()?;
        if !key.fits(self.algorithm) {
            return Err(
                Error::argument("the algorithm does not fit the signer's key")
                    .with("algorithm", self.algorithm.name()),
            );
        }
        let has_attributes = matches!(
            self.shape,
            SignedShape::DetachedWithAttributes | SignedShape::Attached
        );
        if !has_attributes && (self.signing_time.is_some() || self.signing_certificate) {
            return Err(Error::argument(
                "this shape of a signed message has no attributes",
            ));
        }
        // Ed25519 hashes by itself; RFC 8419 pairs it with SHA-512.
        let digest_algorithm = self.algorithm.digest().unwrap_or(DigestAlgorithm::Sha512);
        let mut hasher = digest_algorithm.hasher();
        content.iter().for_each(|piece| hasher.update(piece));
        let digest = hasher.finish();
        let (inside, message) = match self.shape {
            SignedShape::DetachedWithAttributes => {
                (None, self.attributes(digest_algorithm, digest.as_bytes()))
            }
            SignedShape::Attached => (
                Some(content.concat()),
                self.attributes(digest_algorithm, digest.as_bytes()),
            ),
            SignedShape::DigestAsContent => {
                (Some(digest.as_bytes().to_vec()), digest.as_bytes().to_vec())
            }
            SignedShape::DetachedBare => (None, content.concat()),
        };
        Ok(PendingSignedData {
            builder: self.clone(),
            key: key.clone(),
            digest_algorithm,
            has_attributes,
            inside,
            message,
        })
    }

    /// Signs in one step with a key at hand.
    ///
    /// # Errors
    /// As [`SignedDataBuilder::prepare`] and [`PendingSignedData::complete`], and whatever the
    /// signer reports.
    pub fn sign(&self, content: &[&[u8]], signer: &dyn Signer) -> Result<Vec<u8>> {
        let pending = self.prepare(content)?;
        let signature = signer.sign(pending.to_be_signed())?;
        pending.complete(&signature, None)
    }

    fn attributes(&self, digest_algorithm: DigestAlgorithm, digest: &[u8]) -> Vec<u8> {
        let mut attributes = vec![
            attribute(named::CONTENT_TYPE, asn1::oid(self.content_type)),
            attribute(named::MESSAGE_DIGEST, asn1::octets(digest)),
        ];
        if let Some(time) = self.signing_time {
            attributes.push(attribute(named::SIGNING_TIME, asn1::x509_time(time)));
        }
        if self.signing_certificate {
            let value = signing_certificate_v2(&self.certificate, digest_algorithm);
            attributes.push(attribute(named::SIGNING_CERTIFICATE_V2, value));
        }
        asn1::set_of(&attributes)
    }

    /// 1 for plain data, 3 for any other content (RFC 5652 5.1); GM/T 0010 knows only 1.
    fn version(&self) -> u64 {
        match self.flavor {
            Flavor::Cms if self.content_type != Flavor::Cms.data() => 3,
            Flavor::Cms | Flavor::Gm => 1,
        }
    }
}

/// A message that waits for its signature.
#[derive(Clone, Debug)]
pub struct PendingSignedData {
    builder: SignedDataBuilder,
    key: PublicKey,
    digest_algorithm: DigestAlgorithm,
    has_attributes: bool,
    inside: Option<Vec<u8>>,
    message: Vec<u8>,
}

impl PendingSignedData {
    /// The bytes to sign.
    #[must_use]
    pub fn to_be_signed(&self) -> &[u8] {
        &self.message
    }

    /// Puts the signature in, after verifying it under the signer's certificate, and a time
    /// stamp token over the signature value where there is one.
    ///
    /// # Errors
    /// `signature_mismatch` when it does not verify; `malformed` for a token that is not DER.
    pub fn complete(&self, signature: &[u8], token: Option<&[u8]>) -> Result<Vec<u8>> {
        let builder = &self.builder;
        self.key.verify(
            builder.algorithm,
            &Sm2Id::default(),
            &self.message,
            signature,
        )?;
        self.assemble(signature, token)
    }

    /// How long the message is with a signature of this length and no time stamp.
    ///
    /// # Errors
    /// `internal` never in practice.
    pub(crate) fn assembled_len(&self, signature: &[u8]) -> Result<usize> {
        self.assemble(signature, None).map(|message| message.len())
    }

    fn assemble(&self, signature: &[u8], token: Option<&[u8]>) -> Result<Vec<u8>> {
        let builder = &self.builder;
        let mut content = vec![asn1::oid(builder.content_type)];
        if let Some(inside) = &self.inside {
            content.push(asn1::context(0, &[asn1::octets(inside)]));
        }
        let digest_identifier = digest_identifier(self.digest_algorithm);
        let mut certificates = vec![builder.certificate.der()];
        for other in &builder.others {
            if !certificates.contains(&other.der()) {
                certificates.push(other.der());
            }
        }
        certificates.sort_unstable();
        let body = asn1::sequence(&[
            asn1::integer(builder.version()),
            asn1::set_of(&[digest_identifier]),
            asn1::sequence(&content),
            asn1::context(0, &certificates),
            asn1::set_of(&[self.signer_info(signature, token)?]),
        ]);
        Ok(asn1::sequence(&[
            asn1::oid(builder.flavor.signed_data()),
            asn1::context(0, &[body]),
        ]))
    }

    fn signer_info(&self, signature: &[u8], token: Option<&[u8]>) -> Result<Vec<u8>> {
        let builder = &self.builder;
        let id = asn1::sequence(&[
            builder.certificate.issuer_name().der().to_vec(),
            asn1::tlv(Tag::INTEGER, builder.certificate.serial()),
        ]);
        let mut parts = vec![
            asn1::integer(1),
            id,
            digest_identifier(self.digest_algorithm),
        ];
        if self.has_attributes {
            let set = asn1::Tlv::parse(&self.message)?;
            parts.push(asn1::tlv(Tag::context(0), set.content()));
        }
        parts.push(algorithm::identifier(builder.flavor, builder.algorithm));
        parts.push(asn1::octets(signature));
        if let Some(token) = token {
            asn1::Tlv::parse(token)?.expect(Tag::SEQUENCE)?;
            let stamp = attribute(named::TIME_STAMP_TOKEN, token.to_vec());
            parts.push(asn1::context(1, &[stamp]));
        }
        Ok(asn1::sequence(&parts))
    }
}

fn digest_identifier(algorithm: DigestAlgorithm) -> Vec<u8> {
    asn1::sequence(&[asn1::oid(algorithm.oid())])
}

//! The signature's value apart from its container: a seal signature or a message.

use super::request::{Method, Request};
use crate::crypto::{DigestAlgorithm, PublicKeyKind, SignatureAlgorithm, Sm2Id, Sm2Signature};
use crate::error::{Error, ErrorKind, Result};
use crate::pki::Certificate;
use crate::pki::cms::{Flavor, PendingSignedData, SignedDataBuilder, SignedShape};
use crate::ses::{Layout, SignatureDraft, UnsignedSignature};

/// Everything of the value but the signature itself.
pub(super) enum UnsignedValue {
    Seal(UnsignedSignature),
    Message(PendingSignedData),
}

/// The algorithm that a signer's key signs with here.
pub(super) fn algorithm(signer: &Certificate) -> Result<SignatureAlgorithm> {
    Ok(match signer.public_key()?.kind() {
        PublicKeyKind::Sm2 => SignatureAlgorithm::Sm2Sm3,
        PublicKeyKind::P256 => SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha256),
        PublicKeyKind::P384 => SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha384),
        PublicKeyKind::Rsa { .. } => SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha256),
        PublicKeyKind::Ed25519 => SignatureAlgorithm::Ed25519,
    })
}

/// The digest that goes with it.
pub(super) fn digest(algorithm: SignatureAlgorithm) -> DigestAlgorithm {
    algorithm.digest().unwrap_or(DigestAlgorithm::Sha512)
}

/// Freezes what is signed over the content, given in pieces that belong one after another.
/// `range` names the protected range (GB/T 38540-2020 7.1, propertyInfo).
pub(super) fn prepare(
    request: &Request,
    content: &[&[u8]],
    range: &str,
    claims_time: bool,
) -> Result<UnsignedValue> {
    let algorithm = algorithm(request.signer())?;
    match request.method() {
        Method::Seal(seal) => {
            let mut hasher = digest(algorithm).hasher();
            content.iter().for_each(|piece| hasher.update(piece));
            let data_hash = hasher.finish();
            let draft = SignatureDraft {
                seal,
                time: request.time(),
                data_hash: data_hash.as_bytes(),
                property_info: range,
                signer_certificate: request.signer().der(),
                algorithm,
                extensions: &[],
            };
            draft.prepare().map(UnsignedValue::Seal)
        }
        Method::Message => {
            let flavor = flavor(algorithm);
            let shape = request.message_shape()?;
            let mut builder =
                SignedDataBuilder::new(flavor, shape, request.signer().clone(), algorithm);
            if shape == SignedShape::DetachedWithAttributes {
                builder = builder.bind_certificate();
                if claims_time {
                    builder = builder.signing_time(request.time());
                }
            }
            builder.prepare(content).map(UnsignedValue::Message)
        }
    }
}

/// SM2 goes with GB/T 35275, everything else with CMS.
pub(super) fn flavor(algorithm: SignatureAlgorithm) -> Flavor {
    match algorithm {
        SignatureAlgorithm::Sm2Sm3 => Flavor::Gm,
        _ => Flavor::Cms,
    }
}

impl UnsignedValue {
    pub(super) fn to_be_signed(&self) -> &[u8] {
        match self {
            Self::Seal(unsigned) => unsigned.to_be_signed(),
            Self::Message(unsigned) => unsigned.to_be_signed(),
        }
    }

    /// The signature in the form it is embedded in, after verifying it under the signer's
    /// certificate. SM2 comes as DER or as r ‖ s.
    pub(super) fn accept(&self, signer: &Certificate, signature: &[u8]) -> Result<Vec<u8>> {
        let algorithm = algorithm(signer)?;
        let strict = match algorithm {
            SignatureAlgorithm::Sm2Sm3 if signature.len() == 64 => {
                Sm2Signature::from_raw(signature)?.to_der()
            }
            _ => signature.to_vec(),
        };
        signer
            .public_key()?
            .verify(algorithm, &Sm2Id::default(), self.to_be_signed(), &strict)
            .map_err(|error| match error.kind() {
                ErrorKind::SignatureMismatch => Error::new(
                    ErrorKind::SignatureMismatch,
                    "the signature does not verify under the signer's certificate",
                ),
                _ => error,
            })?;
        Ok(strict)
    }

    /// Whether a time stamp over the signature has a place in it.
    pub(super) fn takes_time_stamp(&self) -> bool {
        match self {
            Self::Seal(unsigned) => unsigned.layout() != Layout::Gmt0031_2014,
            Self::Message(_) => true,
        }
    }

    /// Assembles the value from an accepted signature, and a token over it where there is one.
    pub(super) fn assemble(&self, signature: &[u8], token: Option<&[u8]>) -> Result<Vec<u8>> {
        match self {
            Self::Seal(unsigned) => Ok(unsigned.complete(signature, token)?.raw().to_vec()),
            Self::Message(unsigned) => unsigned.complete(signature, token),
        }
    }
}

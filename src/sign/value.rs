//! The signature's value apart from its container: a seal signature or a message.

use super::request::{Method, Request};
use crate::asn1;
use crate::crypto::{DigestAlgorithm, PublicKeyKind, SignatureAlgorithm, Sm2Id, Sm2Signature};
use crate::error::{Error, ErrorKind, Result};
use crate::pki::cms::{Flavor, PendingSignedData, SignedDataBuilder, SignedShape};
use crate::ses::{Layout, SignatureDraft, UnsignedSignature};

/// Everything of the value but the signature itself.
pub(super) enum UnsignedValue {
    Seal(UnsignedSignature),
    Message(PendingSignedData),
}

/// The algorithm that is asked for, else the one that the signer's key signs with here.
pub(super) fn algorithm(request: &Request) -> Result<SignatureAlgorithm> {
    let key = request.signer().public_key()?;
    if let Some(wanted) = request.profile_wanted().algorithm {
        if key.fits(wanted) {
            return Ok(wanted);
        }
        return Err(
            Error::argument("the algorithm does not fit the signer's key")
                .with("algorithm", wanted.name()),
        );
    }
    Ok(match key.kind() {
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
    let algorithm = algorithm(request)?;
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
            let flavor = flavor(request)?;
            let shape = request.message_shape()?;
            let mut builder =
                SignedDataBuilder::new(flavor, shape, request.signer().clone(), algorithm)
                    .certificates(&request.profile_wanted().certificates);
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

/// SM2 goes with GB/T 35275 unless CMS is asked for, everything else with CMS.
pub(super) fn flavor(request: &Request) -> Result<Flavor> {
    match (algorithm(request)?, request.profile_wanted().flavor) {
        (SignatureAlgorithm::Sm2Sm3, wanted) => Ok(wanted.unwrap_or(Flavor::Gm)),
        (_, None | Some(Flavor::Cms)) => Ok(Flavor::Cms),
        (_, Some(Flavor::Gm)) => Err(Error::argument("GB/T 35275 asks for an SM2 key")),
    }
}

/// A value in the form and length of the longest signature of the signer's key.
fn longest_signature(request: &Request) -> Result<Vec<u8>> {
    let pair = |bytes: usize| {
        let number = asn1::unsigned(&vec![0xff; bytes]);
        asn1::sequence(&[number.clone(), number])
    };
    Ok(match request.signer().public_key()?.kind() {
        PublicKeyKind::Sm2 | PublicKeyKind::P256 => pair(32),
        PublicKeyKind::P384 => pair(48),
        PublicKeyKind::Rsa { bits } => {
            vec![
                0xff;
                usize::try_from(bits)
                    .unwrap_or(usize::MAX)
                    .div_ceil(8)
                    .min(2048)
            ]
        }
        PublicKeyKind::Ed25519 => vec![0xff; 64],
    })
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
    pub(super) fn accept(&self, request: &Request, signature: &[u8]) -> Result<Vec<u8>> {
        let algorithm = algorithm(request)?;
        let strict = match algorithm {
            SignatureAlgorithm::Sm2Sm3 if signature.len() == 64 => {
                Sm2Signature::from_raw(signature)?.to_der()
            }
            _ => signature.to_vec(),
        };
        request
            .signer()
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

    /// How long the value is at most, without a time stamp.
    pub(super) fn longest(&self, request: &Request) -> Result<usize> {
        let dummy = longest_signature(request)?;
        Ok(match self {
            Self::Seal(unsigned) => unsigned.complete(&dummy, None)?.raw().len(),
            Self::Message(unsigned) => unsigned.assembled_len(&dummy)?,
        })
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

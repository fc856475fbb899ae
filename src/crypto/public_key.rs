//! Public keys, read strictly from a SubjectPublicKeyInfo, and verification with them.

use std::fmt;

use ring::signature::{self as international, UnparsedPublicKey, VerificationAlgorithm};
use yinxin_sm2::VerifyingKey;

use super::sm2::{identity_digest, message_digest};
use super::sm2_digests::Sm2Digests;
use super::{Digest, DigestAlgorithm, SignatureAlgorithm, Sm2Id, Sm2Signature};
use crate::asn1::{self, Reader, Tag, Tlv, named};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::FindingCode;

/// The kind of a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PublicKeyKind {
    /// SM2.
    Sm2,
    /// NIST P-256.
    P256,
    /// NIST P-384.
    P384,
    /// RSA with a modulus of this many bits.
    Rsa {
        /// Bits of the modulus.
        bits: u32,
    },
    /// Ed25519.
    Ed25519,
}

/// A public key. An elliptic curve key that exists is on its curve and not at infinity.
///
/// An SM2 key verifies the quicker the more often it was used; clones share what it has learnt, so
/// clone a key rather than read it again. What that takes of memory is bounded (`yinxin-sm2`).
#[derive(Clone)]
pub struct PublicKey {
    spki: Vec<u8>,
    material: Material,
    findings: Vec<FindingCode>,
}

#[derive(Clone)]
enum Material {
    Sm2(VerifyingKey),
    P256(Vec<u8>),
    P384(Vec<u8>),
    Rsa { pkcs1: Vec<u8>, bits: u32 },
    Ed25519(Vec<u8>),
}

impl PublicKey {
    /// From a DER SubjectPublicKeyInfo (RFC 5280 4.1.2.7; SM2 per GB/T 20518). The SM2 curve is
    /// also read where it stands as the key's algorithm (GM/T 0015-2023, OpenSSL).
    ///
    /// # Errors
    /// `malformed`, `invalid_key` for a point off its curve or explicit curve parameters,
    /// `unsupported_algorithm` for other kinds of key.
    pub fn from_spki(der: &[u8]) -> Result<Self> {
        let outer = Tlv::parse(der)?;
        outer.expect(Tag::SEQUENCE)?;
        let mut reader = outer.reader()?;
        let algorithm = reader.sequence()?;
        let key = reader.read()?.whole_bits()?;
        reader.finish()?;
        let (material, findings) = read_material(algorithm, key)?;
        Ok(Self {
            spki: der.to_vec(),
            material,
            findings,
        })
    }

    /// The SM2 key of an uncompressed point, `04 ‖ x ‖ y`.
    ///
    /// # Errors
    /// `invalid_key` unless the point is on the curve.
    pub fn from_sm2_point(point: &[u8]) -> Result<Self> {
        let algorithm =
            asn1::sequence(&[asn1::oid(named::EC_PUBLIC_KEY), asn1::oid(named::SM2_CURVE)]);
        Self::from_spki(&asn1::sequence(&[algorithm, asn1::bits(point)]))
    }

    /// The SubjectPublicKeyInfo as it was read.
    #[must_use]
    pub fn spki(&self) -> &[u8] {
        &self.spki
    }

    /// The subjectPublicKey bits: an SM2 or NIST point, PKCS#1 RSA, or the Ed25519 key.
    #[must_use]
    pub fn key_bits(&self) -> &[u8] {
        let bits = || {
            let mut reader = Tlv::parse(&self.spki).ok()?.reader().ok()?;
            reader.read().ok()?;
            reader.read().ok()?.whole_bits().ok()
        };
        bits().unwrap_or_default()
    }

    /// The kind of key.
    #[must_use]
    pub fn kind(&self) -> PublicKeyKind {
        match &self.material {
            Material::Sm2(_) => PublicKeyKind::Sm2,
            Material::P256(_) => PublicKeyKind::P256,
            Material::P384(_) => PublicKeyKind::P384,
            Material::Rsa { bits, .. } => PublicKeyKind::Rsa { bits: *bits },
            Material::Ed25519(_) => PublicKeyKind::Ed25519,
        }
    }

    /// Departures from the usual encoding that were read all the same.
    #[must_use]
    pub fn findings(&self) -> &[FindingCode] {
        &self.findings
    }

    /// Whether a signature of this algorithm can be by this key.
    #[must_use]
    pub fn fits(&self, algorithm: SignatureAlgorithm) -> bool {
        matches!(
            (&self.material, algorithm),
            (Material::Sm2(_), SignatureAlgorithm::Sm2Sm3)
                | (
                    Material::P256(_) | Material::P384(_),
                    SignatureAlgorithm::Ecdsa(_)
                )
                | (
                    Material::Rsa { .. },
                    SignatureAlgorithm::RsaPkcs1(_) | SignatureAlgorithm::RsaPss(_)
                )
                | (Material::Ed25519(_), SignatureAlgorithm::Ed25519)
        )
    }

    /// What a signer of SM2 signs with no further hashing: e = SM3(Z ‖ M). `None` for other keys.
    #[must_use]
    pub fn sm2_digest(&self, id: &Sm2Id, message: &[u8]) -> Option<Digest> {
        match &self.material {
            Material::Sm2(key) => Some(message_digest(id, key, message)),
            _ => None,
        }
    }

    /// Z, which binds an ID to this key (GB/T 32918.2 5.5). `None` for other keys than SM2.
    pub(super) fn sm2_identity(&self, id: &Sm2Id) -> Option<[u8; 32]> {
        match &self.material {
            Material::Sm2(key) => Some(identity_digest(id, key)),
            _ => None,
        }
    }

    /// Verifies a signature in its strict form: DER for SM2 and ECDSA.
    ///
    /// # Errors
    /// `signature_mismatch` when it does not verify, `malformed` for another form,
    /// `unsupported_algorithm` when the algorithm does not fit the key.
    pub fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        id: &Sm2Id,
        message: &[u8],
        signature: &[u8],
    ) -> Result<()> {
        match (&self.material, algorithm) {
            (Material::Sm2(key), SignatureAlgorithm::Sm2Sm3) => {
                let value = Sm2Signature::from_der(signature)?;
                verify_sm2(key, message_digest(id, key, message).as_bytes(), &value)
            }
            _ => self.verify_international(algorithm, message, signature),
        }
    }

    /// Verifies a signature in any form issuers are known to write, naming departures.
    ///
    /// # Errors
    /// As [`PublicKey::verify`].
    pub fn verify_tolerant(
        &self,
        algorithm: SignatureAlgorithm,
        id: &Sm2Id,
        message: &[u8],
        signature: &[u8],
    ) -> Result<Vec<FindingCode>> {
        self.verify_tolerant_with(algorithm, id, message, signature, &Sm2Digests::default())
    }

    /// The same where the digest of the message may be known already.
    pub(crate) fn verify_tolerant_with(
        &self,
        algorithm: SignatureAlgorithm,
        id: &Sm2Id,
        message: &[u8],
        signature: &[u8],
        known: &Sm2Digests<'_>,
    ) -> Result<Vec<FindingCode>> {
        match (&self.material, algorithm) {
            (Material::Sm2(key), SignatureAlgorithm::Sm2Sm3) => {
                let (value, findings) = Sm2Signature::from_tolerant(signature)?;
                match known.find(self, id, message) {
                    Some(digest) => verify_sm2(key, digest, &value)?,
                    None => {
                        verify_sm2(key, message_digest(id, key, message).as_bytes(), &value)?;
                    }
                }
                Ok(findings)
            }
            _ => self
                .verify_international(algorithm, message, signature)
                .map(|()| Vec::new()),
        }
    }

    fn verify_international(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<()> {
        use DigestAlgorithm::{Sha1, Sha256, Sha384, Sha512};
        let (verifier, key): (&'static dyn VerificationAlgorithm, &[u8]) =
            match (&self.material, algorithm) {
                (Material::P256(key), SignatureAlgorithm::Ecdsa(Sha256)) => {
                    (&international::ECDSA_P256_SHA256_ASN1, key)
                }
                (Material::P256(key), SignatureAlgorithm::Ecdsa(Sha384)) => {
                    (&international::ECDSA_P256_SHA384_ASN1, key)
                }
                (Material::P384(key), SignatureAlgorithm::Ecdsa(Sha256)) => {
                    (&international::ECDSA_P384_SHA256_ASN1, key)
                }
                (Material::P384(key), SignatureAlgorithm::Ecdsa(Sha384)) => {
                    (&international::ECDSA_P384_SHA384_ASN1, key)
                }
                (Material::Rsa { pkcs1, .. }, SignatureAlgorithm::RsaPkcs1(digest)) => {
                    let verifier = match digest {
                        Sha1 => &international::RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
                        Sha256 => &international::RSA_PKCS1_2048_8192_SHA256,
                        Sha384 => &international::RSA_PKCS1_2048_8192_SHA384,
                        Sha512 => &international::RSA_PKCS1_2048_8192_SHA512,
                        DigestAlgorithm::Sm3 => return Err(unfit(algorithm)),
                    };
                    (verifier, pkcs1)
                }
                (Material::Rsa { pkcs1, .. }, SignatureAlgorithm::RsaPss(digest)) => {
                    let verifier = match digest {
                        Sha256 => &international::RSA_PSS_2048_8192_SHA256,
                        Sha384 => &international::RSA_PSS_2048_8192_SHA384,
                        Sha512 => &international::RSA_PSS_2048_8192_SHA512,
                        Sha1 | DigestAlgorithm::Sm3 => return Err(unfit(algorithm)),
                    };
                    (verifier, pkcs1)
                }
                (Material::Ed25519(key), SignatureAlgorithm::Ed25519) => {
                    (&international::ED25519, key)
                }
                _ => return Err(unfit(algorithm)),
            };
        UnparsedPublicKey::new(verifier, key)
            .verify(message, signature)
            .map_err(|_| mismatch())
    }
}

fn verify_sm2(key: &VerifyingKey, digest: &[u8], value: &Sm2Signature) -> Result<()> {
    let e = digest.try_into().map_err(|_| mismatch())?;
    key.verify_prehash(e, &value.r, &value.s)
        .map_err(|_| mismatch())
}

fn mismatch() -> Error {
    Error::new(
        ErrorKind::SignatureMismatch,
        "the signature value does not verify under the key",
    )
}

fn unfit(algorithm: SignatureAlgorithm) -> Error {
    Error::new(
        ErrorKind::UnsupportedAlgorithm,
        "the algorithm does not fit the key",
    )
    .with("algorithm", algorithm.name())
}

fn read_material(mut algorithm: Reader<'_>, key: &[u8]) -> Result<(Material, Vec<FindingCode>)> {
    let unsupported = |oid| {
        Error::new(
            ErrorKind::UnsupportedAlgorithm,
            "the kind of key is not offered",
        )
        .with("oid", oid)
    };
    let oid = algorithm.read()?.oid()?;
    match oid {
        named::EC_PUBLIC_KEY => {
            let curve = algorithm.read()?;
            if curve.tag() != Tag::OID {
                return Err(invalid("a curve must be named, not spelled out"));
            }
            algorithm.finish()?;
            Ok((curve_material(curve.oid()?, key)?, Vec::new()))
        }
        named::SM2_CURVE => {
            // The curve, once more, or nothing follows.
            if let Some(curve) = algorithm.optional(Tag::OID)? {
                if curve.oid()? != named::SM2_CURVE {
                    return Err(unsupported(curve.oid()?));
                }
            } else if algorithm.optional(Tag::NULL)?.is_some() {
                // Nothing to read from a NULL.
            }
            algorithm.finish()?;
            let material = curve_material(named::SM2_CURVE, key)?;
            Ok((material, vec![FindingCode::KeyAlgorithmVariant]))
        }
        named::RSA_ENCRYPTION => {
            let bits = rsa_bits(key)?;
            Ok((
                Material::Rsa {
                    pkcs1: key.to_vec(),
                    bits,
                },
                Vec::new(),
            ))
        }
        named::ED25519 if key.len() == 32 => Ok((Material::Ed25519(key.to_vec()), Vec::new())),
        named::ED25519 => Err(invalid("an Ed25519 key has 32 bytes")),
        other => Err(unsupported(other)),
    }
}

fn curve_material(curve: asn1::Oid, key: &[u8]) -> Result<Material> {
    let uncompressed = |length| key.len() == length && key.first() == Some(&0x04);
    match curve {
        named::SM2_CURVE if uncompressed(65) => <&[u8; 65]>::try_from(key)
            .ok()
            .and_then(|point| VerifyingKey::from_point(point).ok())
            .map(Material::Sm2)
            .ok_or_else(|| invalid("the SM2 point is not on its curve")),
        // `ring` checks these points when it verifies.
        named::P256 if uncompressed(65) => Ok(Material::P256(key.to_vec())),
        named::P384 if uncompressed(97) => Ok(Material::P384(key.to_vec())),
        named::SM2_CURVE | named::P256 | named::P384 => {
            Err(invalid("a point must be uncompressed"))
        }
        other => Err(
            Error::new(ErrorKind::UnsupportedAlgorithm, "the curve is not offered")
                .with("oid", other),
        ),
    }
}

fn rsa_bits(pkcs1: &[u8]) -> Result<u32> {
    let outer = Tlv::parse(pkcs1)?;
    outer.expect(Tag::SEQUENCE)?;
    let mut reader = outer.reader()?;
    let modulus = reader.read()?.unsigned()?;
    reader.read()?.unsigned()?;
    reader.finish()?;
    let leading = modulus.first().map_or(8, |byte| byte.leading_zeros());
    let bits = u32::try_from(modulus.len())
        .unwrap_or(u32::MAX / 8)
        .saturating_mul(8);
    Ok(bits.saturating_sub(leading))
}

fn invalid(message: &'static str) -> Error {
    Error::new(ErrorKind::InvalidKey, message)
}

impl PartialEq for PublicKey {
    /// Same key, however its SubjectPublicKeyInfo was encoded.
    fn eq(&self, other: &Self) -> bool {
        self.kind() == other.kind() && self.key_bits() == other.key_bits()
    }
}

impl Eq for PublicKey {}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({:?})", self.kind())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Signer, SoftwareKey};
    use super::*;
    use sm2::Scalar;
    use sm2::elliptic_curve::PrimeField;

    /// A digest under which (r, s) satisfies the last equation of verification with the key of d
    /// (GB/T 32918.2 7.1): e = r - x, where x belongs to the point s + (r + s) d.
    fn digest_for(d: Scalar, r: Scalar, s: Scalar) -> Vec<u8> {
        let point = SoftwareKey::from_sm2_scalar(&(s + (r + s) * d).to_repr().into()).unwrap();
        let mut x = [0; 32];
        x.copy_from_slice(&point.public_key().key_bits()[1..33]);
        let x = Scalar::from_repr(x.into()).unwrap();
        (r - x).to_repr().to_vec()
    }

    #[test]
    fn sm2_values_that_only_the_range_checks_refuse_are_refused() {
        let d = Scalar::from(7_u64);
        let holder = SoftwareKey::from_sm2_scalar(&d.to_repr().into()).unwrap();
        let Material::Sm2(key) = &holder.public_key().material else {
            panic!("an SM2 key");
        };
        let verify = |r: Scalar, s: Scalar| {
            let value = Sm2Signature {
                r: r.to_repr().into(),
                s: s.to_repr().into(),
            };
            verify_sm2(key, &digest_for(d, r, s), &value)
        };
        let (zero, five, nine) = (Scalar::ZERO, Scalar::from(5_u64), Scalar::from(9_u64));
        // The construction itself makes values that verify.
        verify(five, nine).unwrap();
        verify(-five, nine).unwrap();
        for (r, s) in [(zero, nine), (nine, zero), (five, -five), (-nine, nine)] {
            let error = verify(r, s).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::SignatureMismatch);
        }

        // 5 + n is 5 modulo n, and is still no r or s.
        let mut beyond = (-Scalar::from(1_u64)).to_repr();
        beyond[31] += 6;
        let digest = digest_for(d, five, nine);
        let (five, nine) = (five.to_repr().into(), nine.to_repr().into());
        verify_sm2(key, &digest, &Sm2Signature { r: five, s: nine }).unwrap();
        let wrapped = Sm2Signature {
            r: beyond.into(),
            s: nine,
        };
        assert!(verify_sm2(key, &digest, &wrapped).is_err());
    }
}

//! Signature algorithms and their identifiers.

use super::DigestAlgorithm;
use crate::asn1::{self, Oid, Reader, Tag, Tlv, named};
use crate::error::{Error, ErrorKind, Result};

/// A signature algorithm together with its digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// SM2 with SM3 (GB/T 32918.2), e = SM3(Z ‖ M).
    Sm2Sm3,
    /// ECDSA with a digest of the SHA-2 family; the key decides the curve.
    Ecdsa(DigestAlgorithm),
    /// RSA PKCS#1 v1.5.
    RsaPkcs1(DigestAlgorithm),
    /// RSA-PSS with MGF1 on the same digest and a salt as long as it.
    RsaPss(DigestAlgorithm),
    /// Ed25519 (RFC 8032).
    Ed25519,
}

/// How much an algorithm may still be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// In good standing.
    Current,
    /// Collisions are practical (SHA-1): only where a policy says so.
    Weak,
}

impl SignatureAlgorithm {
    /// The digest it starts with; `None` for Ed25519, which hashes by itself.
    #[must_use]
    pub const fn digest(self) -> Option<DigestAlgorithm> {
        match self {
            Self::Sm2Sm3 => Some(DigestAlgorithm::Sm3),
            Self::Ecdsa(digest) | Self::RsaPkcs1(digest) | Self::RsaPss(digest) => Some(digest),
            Self::Ed25519 => None,
        }
    }

    /// Its name as reports print it, such as `SM2-SM3`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        use DigestAlgorithm::{Sha1, Sha256, Sha384, Sha512, Sm3};
        match self {
            Self::Sm2Sm3 => "SM2-SM3",
            Self::Ecdsa(Sha256) => "ECDSA-SHA256",
            Self::Ecdsa(Sha384) => "ECDSA-SHA384",
            Self::Ecdsa(Sha512) => "ECDSA-SHA512",
            Self::Ecdsa(Sha1 | Sm3) => "ECDSA-other",
            Self::RsaPkcs1(Sha1) => "RSA-SHA1",
            Self::RsaPkcs1(Sha256) => "RSA-SHA256",
            Self::RsaPkcs1(Sha384) => "RSA-SHA384",
            Self::RsaPkcs1(Sha512) => "RSA-SHA512",
            Self::RsaPkcs1(Sm3) => "RSA-SM3",
            Self::RsaPss(Sha256) => "RSA-PSS-SHA256",
            Self::RsaPss(Sha384) => "RSA-PSS-SHA384",
            Self::RsaPss(Sha512) => "RSA-PSS-SHA512",
            Self::RsaPss(Sha1 | Sm3) => "RSA-PSS-other",
            Self::Ed25519 => "Ed25519",
        }
    }

    /// The algorithm of a name that [`SignatureAlgorithm::name`] gives, among those offered.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        use DigestAlgorithm::{Sha1, Sha256, Sha384, Sha512};
        const OFFERED: [SignatureAlgorithm; 11] = [
            SignatureAlgorithm::Sm2Sm3,
            SignatureAlgorithm::Ecdsa(Sha256),
            SignatureAlgorithm::Ecdsa(Sha384),
            SignatureAlgorithm::RsaPkcs1(Sha1),
            SignatureAlgorithm::RsaPkcs1(Sha256),
            SignatureAlgorithm::RsaPkcs1(Sha384),
            SignatureAlgorithm::RsaPkcs1(Sha512),
            SignatureAlgorithm::RsaPss(Sha256),
            SignatureAlgorithm::RsaPss(Sha384),
            SignatureAlgorithm::RsaPss(Sha512),
            SignatureAlgorithm::Ed25519,
        ];
        OFFERED
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
    }

    /// Whether it is in good standing.
    #[must_use]
    pub const fn strength(self) -> Strength {
        match self.digest() {
            Some(DigestAlgorithm::Sha1) => Strength::Weak,
            _ => Strength::Current,
        }
    }

    /// From an AlgorithmIdentifier element: the OID with its parameters.
    ///
    /// # Errors
    /// `malformed` for a broken structure, `unsupported_algorithm` for one not offered here.
    pub fn from_identifier(identifier: &Tlv<'_>) -> Result<Self> {
        identifier.expect(Tag::SEQUENCE)?;
        let mut reader = identifier.reader()?;
        let oid = reader.read()?.oid()?;
        match oid {
            named::RSA_PSS => pss_parameters(reader),
            _ => {
                // Parameters are absent or NULL with every other algorithm.
                if let Some(null) = reader.optional(Tag::NULL)?
                    && !null.content().is_empty()
                {
                    return Err(Error::malformed("a NULL has content"));
                }
                reader.finish()?;
                Self::from_oid(oid)
            }
        }
    }

    /// From an object identifier that names signature and digest together.
    ///
    /// # Errors
    /// `unsupported_algorithm` with the identifier.
    pub fn from_oid(oid: Oid) -> Result<Self> {
        use DigestAlgorithm::{Sha1, Sha256, Sha384, Sha512};
        Ok(match oid {
            named::SM2_WITH_SM3 => Self::Sm2Sm3,
            named::ECDSA_WITH_SHA256 => Self::Ecdsa(Sha256),
            named::ECDSA_WITH_SHA384 => Self::Ecdsa(Sha384),
            named::RSA_WITH_SHA1 => Self::RsaPkcs1(Sha1),
            named::RSA_WITH_SHA256 => Self::RsaPkcs1(Sha256),
            named::RSA_WITH_SHA384 => Self::RsaPkcs1(Sha384),
            named::RSA_WITH_SHA512 => Self::RsaPkcs1(Sha512),
            named::ED25519 => Self::Ed25519,
            other => {
                return Err(Error::new(
                    ErrorKind::UnsupportedAlgorithm,
                    "the signature algorithm is not offered",
                )
                .with("oid", other));
            }
        })
    }

    /// The object identifier that names signature and digest together; for RSA-PSS the one whose
    /// parameters name the digest.
    #[must_use]
    pub const fn oid(self) -> Oid {
        use DigestAlgorithm::{Sha1, Sha256, Sha384, Sha512, Sm3};
        match self {
            Self::Sm2Sm3 => named::SM2_WITH_SM3,
            Self::Ecdsa(Sha384) => named::ECDSA_WITH_SHA384,
            Self::Ecdsa(Sha512) => named::ECDSA_WITH_SHA512,
            Self::Ecdsa(Sha256 | Sha1 | Sm3) => named::ECDSA_WITH_SHA256,
            Self::RsaPkcs1(Sha1) => named::RSA_WITH_SHA1,
            Self::RsaPkcs1(Sha256) => named::RSA_WITH_SHA256,
            Self::RsaPkcs1(Sha384) => named::RSA_WITH_SHA384,
            Self::RsaPkcs1(Sha512) => named::RSA_WITH_SHA512,
            Self::RsaPkcs1(Sm3) => named::RSA_WITH_SM3,
            Self::RsaPss(_) => named::RSA_PSS,
            Self::Ed25519 => named::ED25519,
        }
    }

    /// The DER AlgorithmIdentifier as this library writes it.
    #[must_use]
    pub fn to_identifier(self) -> Vec<u8> {
        let oid = asn1::oid(self.oid());
        match self {
            Self::RsaPkcs1(_) => asn1::sequence(&[oid, asn1::null()]),
            Self::RsaPss(digest) => asn1::sequence(&[oid, pss_identifier(digest)]),
            Self::Sm2Sm3 | Self::Ecdsa(_) | Self::Ed25519 => asn1::sequence(&[oid]),
        }
    }
}

fn pss_identifier(digest: DigestAlgorithm) -> Vec<u8> {
    let hash = asn1::sequence(&[asn1::oid(digest.oid()), asn1::null()]);
    let mask = asn1::sequence(&[asn1::oid(named::MGF1), hash.clone()]);
    let salt = asn1::integer(digest.output_len() as u64);
    asn1::sequence(&[
        asn1::context(0, &[hash]),
        asn1::context(1, &[mask]),
        asn1::context(2, &[salt]),
    ])
}

/// RSASSA-PSS-params (RFC 8017 A.2.3), narrowed to what `ring` verifies: one digest for message
/// and mask, and a salt of its length.
fn pss_parameters(mut identifier: Reader<'_>) -> Result<SignatureAlgorithm> {
    let mut parameters = identifier.sequence()?;
    identifier.finish()?;
    let narrow = || {
        Error::new(
            ErrorKind::UnsupportedAlgorithm,
            "RSA-PSS is offered with one digest for message and mask and a salt of its length",
        )
    };
    let hash = parameters.optional(Tag::context(0))?.ok_or_else(narrow)?;
    let mask = parameters.optional(Tag::context(1))?.ok_or_else(narrow)?;
    let salt = parameters.optional(Tag::context(2))?.ok_or_else(narrow)?;
    if let Some(trailer) = parameters.optional(Tag::context(3))?
        && trailer.inner()?.small_integer()? != 1
    {
        return Err(narrow());
    }
    parameters.finish()?;
    let digest = digest_identifier(&hash.inner()?)?.ok_or_else(narrow)?;
    let mut mask = mask.inner()?.reader()?;
    let same_mask =
        mask.read()?.oid()? == named::MGF1 && digest_identifier(&mask.read()?)? == Some(digest);
    let same_salt = usize::try_from(salt.inner()?.small_integer()?) == Ok(digest.output_len());
    let offered = matches!(
        digest,
        DigestAlgorithm::Sha256 | DigestAlgorithm::Sha384 | DigestAlgorithm::Sha512
    );
    if same_mask && same_salt && offered {
        Ok(SignatureAlgorithm::RsaPss(digest))
    } else {
        Err(narrow())
    }
}

fn digest_identifier(identifier: &Tlv<'_>) -> Result<Option<DigestAlgorithm>> {
    Ok(DigestAlgorithm::from_oid(
        identifier.reader()?.read()?.oid()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_round_trip() {
        use DigestAlgorithm::{Sha256, Sha384, Sha512};
        for algorithm in [
            SignatureAlgorithm::Sm2Sm3,
            SignatureAlgorithm::Ecdsa(Sha256),
            SignatureAlgorithm::Ecdsa(Sha384),
            SignatureAlgorithm::RsaPkcs1(Sha256),
            SignatureAlgorithm::RsaPss(Sha384),
            SignatureAlgorithm::RsaPss(Sha512),
            SignatureAlgorithm::Ed25519,
        ] {
            let identifier = algorithm.to_identifier();
            let read = SignatureAlgorithm::from_identifier(&Tlv::parse(&identifier).unwrap());
            assert_eq!(read.unwrap(), algorithm);
        }
    }

    #[test]
    fn sm2_with_null_parameters_is_read() {
        let identifier = asn1::sequence(&[asn1::oid(named::SM2_WITH_SM3), asn1::null()]);
        let read = SignatureAlgorithm::from_identifier(&Tlv::parse(&identifier).unwrap());
        assert_eq!(read.unwrap(), SignatureAlgorithm::Sm2Sm3);
    }

    #[test]
    fn md5_is_not_offered() {
        let error = SignatureAlgorithm::from_oid(named::RSA_WITH_MD5).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnsupportedAlgorithm);
    }
}

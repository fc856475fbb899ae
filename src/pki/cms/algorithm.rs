//! The algorithm of a signer: what the pair of digest and signature identifiers means.

use crate::asn1::{Oid, Tag, Tlv, named};
use crate::crypto::{DigestAlgorithm, SignatureAlgorithm};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::FindingCode;

/// The digest a DigestAlgorithmIdentifier names.
///
/// # Errors
/// `unsupported_algorithm` with the identifier.
pub(super) fn digest_algorithm(identifier: &Tlv<'_>) -> Result<DigestAlgorithm> {
    identifier.expect(Tag::SEQUENCE)?;
    let oid = identifier.reader()?.read()?.oid()?;
    DigestAlgorithm::from_oid(oid).ok_or_else(|| {
        Error::new(
            ErrorKind::UnsupportedAlgorithm,
            "the digest algorithm is not offered",
        )
        .with("oid", oid)
    })
}

/// The signature algorithm that a pair means; signers name it with its digest, or alone, or by
/// the key's identifier.
///
/// # Errors
/// `unsupported_algorithm` when the identifier is not offered, names a curve, or contradicts the
/// digest.
pub(super) fn signature_algorithm(
    digest: DigestAlgorithm,
    identifier: &Tlv<'_>,
) -> Result<(SignatureAlgorithm, Option<FindingCode>)> {
    identifier.expect(Tag::SEQUENCE)?;
    let oid = identifier.reader()?.read()?.oid()?;
    let (algorithm, finding) = match oid {
        named::RSA_ENCRYPTION => (SignatureAlgorithm::RsaPkcs1(digest), None),
        named::SM2_SIGN => (SignatureAlgorithm::Sm2Sm3, None),
        named::SM2_CURVE => (
            SignatureAlgorithm::Sm2Sm3,
            Some(FindingCode::AlgorithmVariant),
        ),
        named::EC_PUBLIC_KEY if digest == DigestAlgorithm::Sm3 => (
            SignatureAlgorithm::Sm2Sm3,
            Some(FindingCode::AlgorithmVariant),
        ),
        named::EC_PUBLIC_KEY => (
            SignatureAlgorithm::Ecdsa(digest),
            Some(FindingCode::AlgorithmVariant),
        ),
        named::P256 | named::P384 => {
            return Err(contradiction(
                "a curve stands in the place of the signature algorithm",
                oid,
            ));
        }
        _ => (SignatureAlgorithm::from_identifier(identifier)?, None),
    };
    match algorithm.digest() {
        Some(own) if own != digest => Err(contradiction(
            "digest and signature algorithm contradict each other",
            oid,
        )
        .with("digest", digest.name())),
        _ => Ok((algorithm, finding)),
    }
}

fn contradiction(message: &'static str, oid: Oid) -> Error {
    Error::new(ErrorKind::UnsupportedAlgorithm, message).with("oid", oid)
}

/// The identifier a signer of this flavor writes.
pub(super) fn identifier(flavor: super::Flavor, algorithm: SignatureAlgorithm) -> Vec<u8> {
    match (flavor, algorithm) {
        // 13 of 14 real messages of GM/T 0010 name SM2 without its digest.
        (super::Flavor::Gm, SignatureAlgorithm::Sm2Sm3) => {
            crate::asn1::sequence(&[crate::asn1::oid(named::SM2_SIGN)])
        }
        _ => algorithm.to_identifier(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1;
    use DigestAlgorithm::{Sha1, Sha256, Sha512, Sm3};

    fn pair(digest: DigestAlgorithm, oid: Oid) -> Result<SignatureAlgorithm> {
        let identifier = asn1::sequence(&[asn1::oid(oid), asn1::null()]);
        signature_algorithm(digest, &Tlv::parse(&identifier).unwrap()).map(|pair| pair.0)
    }

    #[test]
    fn pairs_seen_in_real_files() {
        use SignatureAlgorithm::{Ecdsa, RsaPkcs1, Sm2Sm3};
        for (digest, oid, expected) in [
            (Sha256, named::RSA_WITH_SHA256, RsaPkcs1(Sha256)),
            (Sha256, named::RSA_ENCRYPTION, RsaPkcs1(Sha256)),
            (Sha1, named::RSA_ENCRYPTION, RsaPkcs1(Sha1)),
            (Sha512, named::RSA_ENCRYPTION, RsaPkcs1(Sha512)),
            (Sha256, named::EC_PUBLIC_KEY, Ecdsa(Sha256)),
            (Sm3, named::SM2_SIGN, Sm2Sm3),
            (Sm3, named::SM2_CURVE, Sm2Sm3),
            (Sm3, named::SM2_WITH_SM3, Sm2Sm3),
            (Sm3, named::EC_PUBLIC_KEY, Sm2Sm3),
        ] {
            assert_eq!(pair(digest, oid).unwrap(), expected);
        }
    }

    #[test]
    fn contradicting_pairs_are_named() {
        for (digest, oid) in [
            (Sha256, named::P256),
            (Sha1, named::RSA_WITH_SHA256),
            (Sha256, named::SM2_SIGN),
            (Sha256, named::RSA_WITH_MD5),
        ] {
            let error = pair(digest, oid).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UnsupportedAlgorithm);
        }
        let wrong = asn1::sequence(&[asn1::oid(named::RSA_WITH_SHA1)]);
        assert!(digest_algorithm(&Tlv::parse(&wrong).unwrap()).is_err());
    }
}

//! Checking one signature value under one key.

use crate::asn1::{Oid, named};
use crate::crypto::{PublicKey, PublicKeyKind, SignatureAlgorithm, Sm2Digests, Sm2Id};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Finding, FindingCode};

/// How many zero bytes a BIT STRING may have lost at its end and still be completed.
pub(super) const MAX_TRIMMED: usize = 2;

/// The algorithm a structure names, provided it can be this key's. In the layouts of 2020 and
/// 2025 the identifier is not itself signed, so this agreement is what binds it
/// (GB/T 38540-2020 7.1).
///
/// The bare identifier of SM2 in place of SM2-with-SM3 is read too, with a finding.
///
/// # Errors
/// `unsupported_algorithm` for an algorithm that is not offered or is not the key's.
pub fn signature_algorithm(
    oid: Oid,
    key: &PublicKey,
) -> Result<(SignatureAlgorithm, Option<FindingCode>)> {
    let (algorithm, finding) = named_algorithm(oid)?;
    if key.fits(algorithm) {
        return Ok((algorithm, finding));
    }
    Err(Error::new(
        ErrorKind::UnsupportedAlgorithm,
        "the named algorithm cannot be this key's",
    )
    .with("algorithm", algorithm.name()))
}

/// The algorithm an identifier names, whatever the key.
pub(super) fn named_algorithm(oid: Oid) -> Result<(SignatureAlgorithm, Option<FindingCode>)> {
    match oid {
        named::SM2_CURVE | named::SM2_SIGN => Ok((
            SignatureAlgorithm::Sm2Sm3,
            Some(FindingCode::AlgorithmVariant),
        )),
        _ => Ok((SignatureAlgorithm::from_oid(oid)?, None)),
    }
}

/// A signature value with the names its fields have in the structure.
pub(super) struct SignatureValue<'a> {
    pub(super) algorithm: Oid,
    pub(super) algorithm_place: &'static str,
    pub(super) value: &'a [u8],
    pub(super) value_place: &'static str,
}

impl SignatureValue<'_> {
    /// Verifies the value over `message`, whose digest may be known, naming what had to be
    /// tolerated.
    pub(super) fn verify(
        &self,
        message: &[u8],
        key: &PublicKey,
        id: &Sm2Id,
        known: &Sm2Digests<'_>,
    ) -> Result<Vec<Finding>> {
        let (algorithm, variant) = signature_algorithm(self.algorithm, key)?;
        let mut findings: Vec<_> = variant
            .map(|code| Finding::new(code, self.algorithm_place))
            .into_iter()
            .collect();
        let mut value = self.value.to_vec();
        if restore_rsa(&mut value, key) {
            findings.push(Finding::new(
                FindingCode::TrimmedBitString,
                self.value_place,
            ));
        }
        let codes = key
            .verify_tolerant_with(algorithm, id, message, &value, known)
            .map_err(|error| error.with("field", self.value_place))?;
        findings.extend(
            codes
                .into_iter()
                .map(|code| Finding::new(code, self.value_place)),
        );
        Ok(findings)
    }
}

/// An RSA value is as long as its modulus; gives back zero bytes lost at its end.
fn restore_rsa(value: &mut Vec<u8>, key: &PublicKey) -> bool {
    let PublicKeyKind::Rsa { bits } = key.kind() else {
        return false;
    };
    usize::try_from(bits.div_ceil(8)).is_ok_and(|length| restore_zeros(value, length))
}

/// Pads with zero bytes up to `length` when no more than [`MAX_TRIMMED`] are missing; tells
/// whether it did.
pub(super) fn restore_zeros(bytes: &mut Vec<u8>, length: usize) -> bool {
    let missing = length.saturating_sub(bytes.len());
    let trimmed = (1..=MAX_TRIMMED).contains(&missing);
    if trimmed {
        bytes.resize(length, 0);
    }
    trimmed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::{KeyKind, Signer, SoftwareKey};

    #[test]
    fn algorithm_and_key_must_agree() {
        let sm2 = SoftwareKey::from_sm2_scalar(&[7; 32]).unwrap();
        let p256 = SoftwareKey::generate(KeyKind::P256).unwrap();
        let agreed = signature_algorithm(named::SM2_WITH_SM3, sm2.public_key()).unwrap();
        assert_eq!(agreed, (SignatureAlgorithm::Sm2Sm3, None));
        let variant = signature_algorithm(named::SM2_SIGN, sm2.public_key()).unwrap();
        assert_eq!(
            variant,
            (
                SignatureAlgorithm::Sm2Sm3,
                Some(FindingCode::AlgorithmVariant)
            )
        );
        for (oid, key) in [
            (named::SM2_WITH_SM3, &p256),
            (named::SM2_SIGN, &p256),
            (named::ECDSA_WITH_SHA256, &sm2),
            (named::RSA_WITH_SHA256, &sm2),
            (named::RSA_WITH_MD5, &sm2),
            (named::SM3, &sm2),
        ] {
            let error = signature_algorithm(oid, key.public_key()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UnsupportedAlgorithm, "{oid}");
        }
    }

    #[test]
    fn only_a_few_zeros_are_given_back() {
        for (length, restored) in [
            (32, false),
            (31, true),
            (30, true),
            (29, false),
            (33, false),
        ] {
            let mut bytes = vec![1; length];
            assert_eq!(restore_zeros(&mut bytes, 32), restored, "{length}");
        }
    }
}

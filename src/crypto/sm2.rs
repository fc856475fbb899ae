//! What is particular to SM2: the signer's ID, the digest over it, and the forms of a value.

use yinxin_sm2::VerifyingKey;

use super::{Digest, DigestAlgorithm};
use crate::asn1::{self, Tag, Tlv};
use crate::error::{Error, Result};
use crate::finding::FindingCode;

/// The signer's identifier that Z binds to the key (GB/T 32918.2 5.5).
///
/// GM/T 0009 fixes `1234567812345678` for all certificates and seals; another is used only where
/// a caller names it, never tried on its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sm2Id(Vec<u8>);

impl Sm2Id {
    /// Another identifier, at most 8191 bytes (its bit length is hashed as 16 bits).
    ///
    /// # Errors
    /// `invalid_argument` when longer.
    pub fn new(id: &[u8]) -> Result<Self> {
        if id.len() > 8191 {
            return Err(Error::argument("an SM2 identifier has at most 8191 bytes"));
        }
        Ok(Self(id.to_vec()))
    }
}

impl Default for Sm2Id {
    fn default() -> Self {
        Self(b"1234567812345678".to_vec())
    }
}

/// e = SM3(Z ‖ M), Z = SM3(ENTL ‖ ID ‖ a ‖ b ‖ xG ‖ yG ‖ xA ‖ yA) (GB/T 32918.2 5.5, 6.1).
pub(super) fn message_digest(id: &Sm2Id, key: &VerifyingKey, message: &[u8]) -> Digest {
    let mut hasher = DigestAlgorithm::Sm3.hasher();
    hasher.update(&identity_digest(id, key));
    hasher.update(message);
    hasher.finish()
}

/// Z of an ID and a key.
pub(super) fn identity_digest(id: &Sm2Id, key: &VerifyingKey) -> [u8; 32] {
    // Identifiers that have no Z are not made.
    key.identity_digest(&id.0).unwrap_or_default()
}

/// The two numbers of an SM2 signature, 32 bytes each, big-endian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sm2Signature {
    /// r.
    pub r: [u8; 32],
    /// s.
    pub s: [u8; 32],
}

impl Sm2Signature {
    /// Reads DER `SEQUENCE { r INTEGER, s INTEGER }` (GB/T 35276), strictly.
    ///
    /// # Errors
    /// `malformed` for any other form or numbers beyond 256 bits.
    pub fn from_der(der: &[u8]) -> Result<Self> {
        let outer = Tlv::parse(der)?;
        outer.expect(Tag::SEQUENCE)?;
        let mut reader = outer.reader()?;
        let r = reader.read()?;
        let s = reader.read()?;
        reader.finish()?;
        Ok(Self {
            r: to_number(r.unsigned()?)?,
            s: to_number(s.unsigned()?)?,
        })
    }

    /// Reads r ‖ s, 64 bytes.
    ///
    /// # Errors
    /// `malformed` for any other length.
    pub fn from_raw(raw: &[u8]) -> Result<Self> {
        let both = || {
            let (r, s) = raw.split_at_checked(32)?;
            Some(Self {
                r: r.try_into().ok()?,
                s: s.try_into().ok()?,
            })
        };
        both().ok_or_else(|| Error::malformed("a raw SM2 signature has 64 bytes"))
    }

    /// Reads a value as issuers really write it, naming each departure from strict DER: raw
    /// r ‖ s, numbers without their leading zero, and zero bytes lost at the end.
    ///
    /// # Errors
    /// `malformed` when no reading is left.
    pub fn from_tolerant(value: &[u8]) -> Result<(Self, Vec<FindingCode>)> {
        let strict = match Self::from_der(value) {
            Ok(signature) => return Ok((signature, Vec::new())),
            Err(error) => error,
        };
        match value {
            raw if raw.len() == 64 => {
                return Ok((Self::from_raw(raw)?, vec![FindingCode::RawSignatureValue]));
            }
            [0, raw @ ..] if raw.len() == 64 => {
                return Ok((Self::from_raw(raw)?, vec![FindingCode::RawSignatureValue]));
            }
            _ => {}
        }
        let mut findings = Vec::new();
        let padded = restore_trailing_zeros(value);
        if padded.len() != value.len() {
            findings.push(FindingCode::TrimmedBitString);
        }
        let mut numbers = || -> Result<Self> {
            let mut reader = Tlv::parse(&padded)?.reader()?;
            let (r, s) = (reader.read()?, reader.read()?);
            reader.finish()?;
            let negative =
                |number: &Tlv<'_>| number.content().first().is_some_and(|b| b & 0x80 != 0);
            if negative(&r) || negative(&s) {
                findings.push(FindingCode::NegativeInteger);
            }
            r.expect(Tag::INTEGER)?;
            s.expect(Tag::INTEGER)?;
            Ok(Self {
                r: to_number(r.content())?,
                s: to_number(s.content())?,
            })
        };
        match numbers() {
            Ok(signature) if !findings.is_empty() => Ok((signature, findings)),
            _ => Err(strict),
        }
    }

    /// DER, as this library writes it everywhere.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        asn1::sequence(&[asn1::unsigned(&self.r), asn1::unsigned(&self.s)])
    }

    /// r ‖ s, 64 bytes.
    #[must_use]
    pub fn to_raw(&self) -> [u8; 64] {
        let mut raw = [0; 64];
        let (left, right) = raw.split_at_mut(32);
        left.copy_from_slice(&self.r);
        right.copy_from_slice(&self.s);
        raw
    }
}

/// A SEQUENCE whose header asks for up to two bytes more than there are gets them as zeros, at
/// its own end and, where the inner INTEGER was cut, inside it: the same bytes either way.
fn restore_trailing_zeros(value: &[u8]) -> Vec<u8> {
    let mut padded = value.to_vec();
    if let [0x30, length @ ..=0x7f, rest @ ..] = value {
        let missing = usize::from(*length).saturating_sub(rest.len());
        if (1..=2).contains(&missing) {
            padded.resize(value.len() + missing, 0);
        }
    }
    padded
}

/// 32 bytes from a minimal or over-long big-endian number.
pub(super) fn to_number(bytes: &[u8]) -> Result<[u8; 32]> {
    let skip = bytes.iter().take_while(|byte| **byte == 0).count();
    let significant = bytes.get(skip..).unwrap_or_default();
    let mut number = [0; 32];
    number
        .len()
        .checked_sub(significant.len())
        .and_then(|start| number.get_mut(start..))
        .ok_or_else(|| Error::malformed("a number of an SM2 value exceeds 256 bits"))?
        .copy_from_slice(significant);
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn signature() -> Sm2Signature {
        let mut value = Sm2Signature {
            r: [0x91; 32],
            s: [0x37; 32],
        };
        value.s[31] = 0;
        value
    }

    #[test]
    fn each_tolerated_form_is_named() {
        let good = signature();
        let der = good.to_der();
        assert_eq!(Sm2Signature::from_tolerant(&der).unwrap(), (good, vec![]));

        let raw = Sm2Signature::from_tolerant(&good.to_raw()).unwrap();
        assert_eq!(raw, (good, vec![FindingCode::RawSignatureValue]));

        let trimmed = &der[..der.len() - 1];
        let read = Sm2Signature::from_tolerant(trimmed).unwrap();
        assert_eq!(read, (good, vec![FindingCode::TrimmedBitString]));

        let negative = asn1::sequence(&[
            asn1::tlv(Tag::INTEGER, &good.r),
            asn1::tlv(Tag::INTEGER, &good.s),
        ]);
        let read = Sm2Signature::from_tolerant(&negative).unwrap();
        assert_eq!(read, (good, vec![FindingCode::NegativeInteger]));
        assert!(Sm2Signature::from_der(&negative).is_err());
    }

    #[test]
    fn trailing_bytes_are_no_signature() {
        let mut der = signature().to_der();
        der.push(0);
        assert!(Sm2Signature::from_der(&der).is_err());
        assert!(Sm2Signature::from_tolerant(&der).is_err());
    }

    proptest! {
        #[test]
        fn der_and_raw_round_trip(r in any::<[u8; 32]>(), s in any::<[u8; 32]>()) {
            let value = Sm2Signature { r, s };
            prop_assert_eq!(Sm2Signature::from_der(&value.to_der()).unwrap(), value);
            prop_assert_eq!(Sm2Signature::from_raw(&value.to_raw()).unwrap(), value);
        }

        #[test]
        fn tolerance_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = Sm2Signature::from_tolerant(&bytes);
        }
    }
}

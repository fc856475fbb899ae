//! Encryption under an SM2 key (GB/T 32918.4), in the form of GB/T 35276-2017 7.2:
//! `SEQUENCE { x INTEGER, y INTEGER, hash OCTET STRING, ciphertext OCTET STRING }`.

use sm2::elliptic_curve::rand_core::{TryCryptoRng, TryRng};
use sm2::pke::{DecryptingKey, EncryptingKey, Mode};
use zeroize::Zeroizing;

use super::sm2::to_number;
use super::sm4::fill_random;
use super::{PublicKey, PublicKeyKind, SoftwareKey};
use crate::asn1::{self, Tag, Tlv};
use crate::error::{Error, ErrorKind, Result};

/// `04 ‖ x ‖ y` of the first point.
const POINT: usize = 65;
/// SM3 over the shared point and the plaintext.
const HASH: usize = 32;

/// What is encrypted here are keys; nothing longer is taken in.
const MAX_PLAINTEXT: usize = 4096;

impl PublicKey {
    /// Encrypts a short secret, such as a key, for the holder of this SM2 key. The nonce is drawn
    /// from the operating system's random numbers.
    ///
    /// # Errors
    /// `unsupported_algorithm` for another kind of key; `invalid_argument` for nothing, or more
    /// than 4096 bytes; `internal` when there are no random numbers.
    pub fn sm2_encrypt(&self, plaintext: &[u8]) -> Result<Vec<u8>> {
        if self.kind() != PublicKeyKind::Sm2 {
            return Err(no_sm2_key());
        }
        if plaintext.is_empty() || plaintext.len() > MAX_PLAINTEXT {
            return Err(Error::argument("1 to 4096 bytes are encrypted under a key"));
        }
        let failed = || Error::new(ErrorKind::Internal, "nothing could be encrypted");
        let public = sm2::PublicKey::from_sec1_bytes(self.key_bits()).map_err(|_| failed())?;
        let joined = EncryptingKey::new_with_mode(public, Mode::C1C3C2)
            .encrypt(&mut System, plaintext)
            .map_err(|_| failed())?;
        to_der(&joined).ok_or_else(failed)
    }
}

impl SoftwareKey {
    /// Decrypts what [`PublicKey::sm2_encrypt`] made for this key.
    ///
    /// # Errors
    /// `unsupported_algorithm` for another kind of key; `key_mismatch`, without saying more, for
    /// whatever does not decrypt.
    pub fn sm2_decrypt(&self, ciphertext: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let scalar = self.sm2_scalar().ok_or_else(no_sm2_key)?;
        let decrypt = || {
            let joined = from_der(ciphertext).ok()?;
            let scalar = sm2::NonZeroScalar::try_from(scalar.as_slice()).ok()?;
            let scalar = Zeroizing::new(scalar);
            DecryptingKey::new_with_mode(*scalar, Mode::C1C3C2)
                .decrypt(&joined)
                .ok()
        };
        decrypt().map(Zeroizing::new).ok_or_else(|| {
            Error::new(
                ErrorKind::KeyMismatch,
                "the key does not decrypt what was given",
            )
        })
    }
}

/// C1 ‖ C3 ‖ C2 as the form of GB/T 35276.
fn to_der(joined: &[u8]) -> Option<Vec<u8>> {
    let (point, rest) = joined.split_at_checked(POINT)?;
    let (hash, ciphertext) = rest.split_at_checked(HASH)?;
    let (x, y) = point.get(1..)?.split_at_checked(32)?;
    Some(asn1::sequence(&[
        asn1::unsigned(x),
        asn1::unsigned(y),
        asn1::octets(hash),
        asn1::octets(ciphertext),
    ]))
}

fn from_der(der: &[u8]) -> Result<Vec<u8>> {
    let outer = Tlv::parse(der)?;
    outer.expect(Tag::SEQUENCE)?;
    let mut reader = outer.reader()?;
    let (x, y) = (reader.read()?, reader.read()?);
    let (hash, ciphertext) = (reader.read()?.octets()?, reader.read()?.octets()?);
    reader.finish()?;
    if hash.len() != HASH || ciphertext.is_empty() || ciphertext.len() > MAX_PLAINTEXT {
        return Err(Error::malformed("an SM2 ciphertext has other lengths"));
    }
    let (x, y) = (to_number(x.unsigned()?)?, to_number(y.unsigned()?)?);
    Ok([&[4], x.as_slice(), &y, hash, ciphertext].concat())
}

fn no_sm2_key() -> Error {
    Error::new(
        ErrorKind::UnsupportedAlgorithm,
        "only SM2 keys encrypt and decrypt here",
    )
}

/// The operating system's random numbers for `sm2`.
struct System;

impl TryRng for System {
    type Error = Error;

    fn try_next_u32(&mut self) -> Result<u32> {
        let mut bytes = [0; 4];
        fill_random(&mut bytes)?;
        Ok(u32::from_ne_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64> {
        let mut bytes = [0; 8];
        fill_random(&mut bytes)?;
        Ok(u64::from_ne_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<()> {
        fill_random(bytes)
    }
}

impl TryCryptoRng for System {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::{KeyKind, Signer};

    #[test]
    fn only_its_own_key_decrypts() {
        let key = SoftwareKey::from_sm2_scalar(&[3; 32]).unwrap();
        let other = SoftwareKey::from_sm2_scalar(&[4; 32]).unwrap();
        let first = key.public_key().sm2_encrypt(b"0123456789abcdef").unwrap();
        let second = key.public_key().sm2_encrypt(b"0123456789abcdef").unwrap();
        assert_ne!(first, second);
        assert_eq!(*key.sm2_decrypt(&first).unwrap(), b"0123456789abcdef");
        assert_eq!(
            other.sm2_decrypt(&first).unwrap_err().kind(),
            ErrorKind::KeyMismatch
        );
    }

    #[test]
    fn every_changed_byte_is_refused_alike() {
        let key = SoftwareKey::from_sm2_scalar(&[3; 32]).unwrap();
        let good = key.public_key().sm2_encrypt(b"0123456789abcdef").unwrap();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1;
            let error = key.sm2_decrypt(&bad).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::KeyMismatch, "byte {at}");
            assert_eq!(error.context().count(), 0);
        }
        assert!(key.sm2_decrypt(&[]).is_err());
    }

    #[test]
    fn other_keys_and_lengths_are_refused() {
        let ed25519 = SoftwareKey::generate(KeyKind::Ed25519).unwrap();
        assert!(ed25519.public_key().sm2_encrypt(b"x").is_err());
        assert!(ed25519.sm2_decrypt(b"x").is_err());
        let key = SoftwareKey::from_sm2_scalar(&[3; 32]).unwrap();
        assert!(key.public_key().sm2_encrypt(&[]).is_err());
        assert!(key.public_key().sm2_encrypt(&[0; 4097]).is_err());
    }
}

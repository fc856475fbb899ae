//! Keys of SM4 (GB/T 32907), which OFD packages are encrypted with.

use std::fmt;

use ring::rand::{SecureRandom, SystemRandom};
use sm3::{Digest as _, Sm3};
use zeroize::Zeroizing;

use super::cbc;
use crate::error::{Error, ErrorKind, Result};

/// Bytes of a key, of a block and of an initial vector.
const BLOCK: usize = 16;

/// Nobody types more.
const MAX_PASSWORD: usize = 1024;

/// An SM4 key, 16 bytes, wiped when dropped. Not `Clone`: it is kept in one place.
pub struct Sm4Key(Zeroizing<[u8; BLOCK]>);

impl Sm4Key {
    /// From its bytes, as a device hands them out that decrypted a wrapped key.
    ///
    /// # Errors
    /// `invalid_key` unless there are 16.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let mut key = Zeroizing::new([0; BLOCK]);
        if bytes.len() != key.len() {
            return Err(Error::new(ErrorKind::InvalidKey, "an SM4 key has 16 bytes"));
        }
        key.copy_from_slice(bytes);
        Ok(Self(key))
    }

    /// A new key from the operating system's random numbers.
    ///
    /// # Errors
    /// `internal` when it gives none.
    pub fn generate() -> Result<Self> {
        let mut key = Zeroizing::new([0; BLOCK]);
        fill_random(key.as_mut_slice())?;
        Ok(Self(key))
    }

    /// The key that a password stands for in GM/T 0099-2020: the derivation function of SM2
    /// (GB/T 32918.3-2016 5.4.3) over its UTF-8 bytes. It has neither salt nor rounds, so all
    /// strength is the password's own.
    ///
    /// # Errors
    /// `invalid_argument` for an empty password or one beyond 1024 bytes.
    pub fn from_password(password: &str) -> Result<Self> {
        if password.is_empty() || password.len() > MAX_PASSWORD {
            return Err(Error::argument("a password has 1 to 1024 bytes"));
        }
        // Half of the first of the function's digests: no second is needed.
        let mut hasher = Sm3::new();
        hasher.update(password.as_bytes());
        hasher.update(1_u32.to_be_bytes());
        let mut derived = Zeroizing::new([0; 32]);
        derived.copy_from_slice(&hasher.finalize());
        Self::from_bytes(derived.get(..BLOCK).unwrap_or_default())
    }

    /// Its bytes.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// Encrypts in CBC mode, padded to whole blocks (PKCS#7).
    pub(crate) fn encrypt(&self, vector: &[u8; BLOCK], plaintext: &[u8]) -> Result<Vec<u8>> {
        cbc::encrypt::<sm4::Sm4>(self.as_bytes(), vector, plaintext)
            .ok_or_else(|| Error::new(ErrorKind::Internal, "nothing could be encrypted"))
    }

    /// The reverse. `None`, whatever the cause.
    pub(crate) fn decrypt(
        &self,
        vector: &[u8; BLOCK],
        ciphertext: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        if ciphertext.is_empty() || !ciphertext.len().is_multiple_of(BLOCK) {
            return None;
        }
        cbc::decrypt::<sm4::Sm4>(self.as_bytes(), vector, ciphertext)
    }
}

/// Fills with the operating system's random numbers.
pub(crate) fn fill_random(bytes: &mut [u8]) -> Result<()> {
    SystemRandom::new().fill(bytes).map_err(|_| {
        Error::new(
            ErrorKind::Internal,
            "the operating system gives no random numbers",
        )
    })
}

impl fmt::Debug for Sm4Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sm4Key(secret)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// GB/T 32907-2016 annex A, one block; in CBC with a zero vector it is the first block.
    #[test]
    fn encrypts_the_example_of_gbt_32907() {
        let example = [
            0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54,
            0x32, 0x10,
        ];
        let key = Sm4Key::from_bytes(&example).unwrap();
        let ciphertext = key.encrypt(&[0; 16], &example).unwrap();
        assert_eq!(ciphertext.len(), 32);
        assert_eq!(
            ciphertext[..16],
            [
                0x68, 0x1e, 0xdf, 0x34, 0xd2, 0x06, 0x96, 0x5e, 0x86, 0xb3, 0xe9, 0x4f, 0x53, 0x6e,
                0x42, 0x46
            ]
        );
        assert_eq!(*key.decrypt(&[0; 16], &ciphertext).unwrap(), example);
    }

    #[test]
    fn what_is_no_ciphertext_is_refused_alike() {
        let key = Sm4Key::from_bytes(&[7; 16]).unwrap();
        for length in [0, 1, 15, 17] {
            assert!(key.decrypt(&[0; 16], &vec![0; length]).is_none());
        }
        let mut ciphertext = key.encrypt(&[1; 16], b"license").unwrap();
        ciphertext[0] ^= 0x80;
        let changed = key.decrypt(&[1; 16], &ciphertext);
        assert!(changed.is_none_or(|plain| *plain != b"license"));
    }

    #[test]
    fn passwords_have_bounds_and_differ() {
        assert!(Sm4Key::from_password("").is_err());
        assert!(Sm4Key::from_password(&"x".repeat(1025)).is_err());
        let keys = ["a", "b"].map(|password| Sm4Key::from_password(password).unwrap());
        assert_ne!(keys[0].as_bytes(), keys[1].as_bytes());
        assert_eq!(format!("{:?}", keys[0]), "Sm4Key(secret)");
    }
}

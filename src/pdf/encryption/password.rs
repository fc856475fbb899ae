//! From a password to the file's key (ISO 32000-2 7.6.4.3 and 7.6.4.4).

use md5::{Digest as _, Md5};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::Parameters;
use super::cipher::{rc4, stir, unwrap_key};
use crate::crypto::DigestAlgorithm;
use crate::error::{Error, ErrorKind, Result};
use crate::pdf::syntax::encode_bytes;

/// What fills short passwords up (algorithm 2, step a).
const PADDING: [u8; 32] = [
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08,
    0x2e, 0x2e, 0x00, 0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
];

/// Longer passwords are cut (algorithm 2.A, step a).
const MOST: usize = 127;

type Key = Zeroizing<Vec<u8>>;

/// A file's key, and whose password gave it.
pub(super) struct Opened {
    pub(super) key: Key,
    pub(super) by_owner: bool,
}

impl Parameters {
    /// Opens the file with the user's or the owner's password.
    pub(super) fn open(&self, password: &str) -> Result<Opened> {
        let opened = if self.revision >= 5 {
            self.modern_key(password)?
        } else {
            self.old_key(password)?
        };
        opened.ok_or_else(|| {
            Error::new(
                ErrorKind::WrongPassword,
                "the password does not open the file",
            )
        })
    }

    /// Revisions 2 to 4.
    fn old_key(&self, password: &str) -> Result<Option<Opened>> {
        let padded = padded(password);
        // Algorithm 7: the owner's password opens the user's.
        let hashed = self.rehashed(Md5::digest(padded.as_slice()).to_vec());
        let mut user = Zeroizing::new(self.owner.clone());
        for step in (0..self.steps()).rev() {
            *user = rc4(&turned(&hashed, step), &user)?;
        }
        let opened = |by_owner| move |key| Opened { key, by_owner };
        Ok(match self.user_key_of(&user)?.map(opened(true)) {
            Some(by_owner) => Some(by_owner),
            None => self.user_key_of(&padded)?.map(opened(false)),
        })
    }

    /// Algorithms 2, 4, 5 and 6: the key of a padded user password, if it is the user's.
    fn user_key_of(&self, padded: &[u8]) -> Result<Option<Key>> {
        let mut hash = Md5::new();
        hash.update(padded);
        hash.update(&self.owner);
        hash.update(self.permissions.to_le_bytes());
        hash.update(&self.identifier);
        if self.revision >= 4 && !self.metadata {
            hash.update([0xff; 4]);
        }
        let key = self.rehashed(hash.finalize().to_vec());
        let (mut check, compared) = if self.revision == 2 {
            (PADDING.to_vec(), 32)
        } else {
            let mut hash = Md5::new();
            hash.update(PADDING);
            hash.update(&self.identifier);
            (hash.finalize().to_vec(), 16)
        };
        for step in 0..self.steps() {
            check = rc4(&turned(&key, step), &check)?;
        }
        let matches = check.get(..compared) == self.user.get(..compared);
        Ok(matches.then_some(key))
    }

    /// The hash, hashed 50 times more from revision 3 on, and cut to the key's length.
    fn rehashed(&self, hash: Vec<u8>) -> Key {
        let mut hash = Zeroizing::new(hash);
        if self.revision >= 3 {
            for _ in 0..50 {
                let part = hash.get(..self.key_len).unwrap_or_default();
                *hash = Md5::digest(part).to_vec();
            }
        }
        hash.truncate(self.key_len);
        hash
    }

    fn steps(&self) -> u8 {
        if self.revision == 2 { 1 } else { 20 }
    }

    /// Revisions 5 and 6 (algorithm 2.A).
    fn modern_key(&self, password: &str) -> Result<Option<Opened>> {
        let password = prepared(password);
        let tried = [
            (&self.owner, self.user.as_slice(), &self.owner_key, true),
            (&self.user, &[][..], &self.user_key, false),
        ];
        for (stored, mixed_in, wrapped, by_owner) in tried {
            let part = |from: usize, to: usize| stored.get(from..to).unwrap_or_default();
            if self.hash(&password, part(32, 40), mixed_in)?.as_slice() != part(0, 32) {
                continue;
            }
            let key = self.hash(&password, part(40, 48), mixed_in)?;
            let key = unwrap_key(&key, wrapped)?;
            self.check_permissions(&key)?;
            return Ok(Some(Opened { key, by_owner }));
        }
        Ok(None)
    }

    fn hash(&self, password: &[u8], salt: &[u8], mixed_in: &[u8]) -> Result<Key> {
        let mut input = Zeroizing::new(password.to_vec());
        input.extend_from_slice(salt);
        input.extend_from_slice(mixed_in);
        let first = DigestAlgorithm::Sha256.digest(&input).as_bytes().to_vec();
        if self.revision == 5 {
            return Ok(Zeroizing::new(first));
        }
        hash_of_revision_6(Zeroizing::new(first), password, mixed_in)
    }

    /// Algorithm 13: the permissions that the key seals are those that stand in the open.
    fn check_permissions(&self, key: &[u8]) -> Result<()> {
        // One block from a zero initial value is the block cipher itself.
        let opened = unwrap_key(key, &self.sealed_permissions)?;
        let open = self.permissions.to_le_bytes();
        let letter = if self.metadata { b'T' } else { b'F' };
        match opened.get(..12) {
            Some([a, b, c, d, _, _, _, _, sealed, b'a', b'd', b'b'])
                if [*a, *b, *c, *d] == open && *sealed == letter =>
            {
                Ok(())
            }
            _ => Err(Error::malformed(
                "the permissions of the encryption dictionary were altered",
            )),
        }
    }
}

/// Algorithm 2.B. It ends after 64 rounds or a few more; which round is the last depends on the
/// data, and no input makes it run for long.
fn hash_of_revision_6(first: Key, password: &[u8], mixed_in: &[u8]) -> Result<Key> {
    let mut key = first;
    for round in 1_u32.. {
        let mut block = Zeroizing::new(password.to_vec());
        block.extend_from_slice(&key);
        block.extend_from_slice(mixed_in);
        let mut stirred = Zeroizing::new(block.repeat(64));
        let (cipher_key, iv) = key.split_at_checked(16).unwrap_or_default();
        stir(cipher_key, iv.get(..16).unwrap_or_default(), &mut stirred)?;
        let sum: u32 = stirred.iter().take(16).map(|byte| u32::from(*byte)).sum();
        let algorithm = match sum % 3 {
            0 => DigestAlgorithm::Sha256,
            1 => DigestAlgorithm::Sha384,
            _ => DigestAlgorithm::Sha512,
        };
        let last = stirred.last().copied().map_or(0, u32::from);
        *key = algorithm.digest(&stirred).as_bytes().to_vec();
        if round >= 64 && last <= round - 32 {
            break;
        }
    }
    key.truncate(32);
    Ok(key)
}

/// Every byte of a key turned by the number of a step.
fn turned(key: &[u8], step: u8) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(key.iter().map(|byte| byte ^ step).collect())
}

/// The first 32 bytes of the password and the padding. A password that PDFDocEncoding cannot
/// write is taken in UTF-8, as most writers do.
fn padded(password: &str) -> Zeroizing<Vec<u8>> {
    let bytes = encode_bytes(password).unwrap_or_else(|| password.as_bytes().to_vec());
    let mut padded = Zeroizing::new(bytes);
    padded.extend_from_slice(&PADDING);
    padded.truncate(32);
    padded
}

/// Compatibility composed UTF-8, cut. SASLprep's prohibitions only concern whoever sets one.
fn prepared(password: &str) -> Zeroizing<Vec<u8>> {
    let text: Zeroizing<String> = Zeroizing::new(password.nfkc().collect());
    let mut bytes = Zeroizing::new(text.as_bytes().to_vec());
    bytes.truncate(MOST);
    bytes
}

//! The ciphers of strings and streams (ISO 32000-2 7.6.3).

use aes::cipher::block_padding::{NoPadding, Pkcs7};
use aes::cipher::{
    BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, InnerIvInit,
    KeyInit, StreamCipher,
};
use md5::{Digest as _, Md5};
use rc4::Rc4;
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind, Result};
use crate::pdf::syntax::Ref;

/// How strings or streams are encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Identity,
    Rc4,
    Aes128,
    Aes256,
}

impl Method {
    /// Whether files of this encryption version may use it.
    pub(super) fn fits(self, version: i64) -> bool {
        match self {
            Self::Identity => true,
            Self::Rc4 => version < 5,
            Self::Aes128 => version == 4,
            Self::Aes256 => version == 5,
        }
    }

    pub(super) fn decrypt(self, key: &[u8], holder: Ref, bytes: &[u8]) -> Result<Vec<u8>> {
        match self {
            Self::Identity => Ok(bytes.to_vec()),
            Self::Rc4 => rc4(&object_key(key, holder, b""), bytes),
            // An empty string is left as it is by some writers.
            Self::Aes128 | Self::Aes256 if bytes.is_empty() => Ok(Vec::new()),
            Self::Aes128 => aes_padded::<aes::Aes128>(&object_key(key, holder, b"sAlT"), bytes),
            Self::Aes256 => aes_padded::<aes::Aes256>(key, bytes),
        }
    }

    /// The reverse, from an initial value of AES.
    pub(super) fn encrypt(
        self,
        key: &[u8],
        holder: Ref,
        initial: [u8; 16],
        bytes: &[u8],
    ) -> Result<Vec<u8>> {
        match self {
            Self::Identity => Ok(bytes.to_vec()),
            Self::Rc4 => rc4(&object_key(key, holder, b""), bytes),
            Self::Aes128 => {
                let key = object_key(key, holder, b"sAlT");
                pad_and_encrypt::<aes::Aes128>(&key, initial, bytes)
            }
            Self::Aes256 => pad_and_encrypt::<aes::Aes256>(key, initial, bytes),
        }
    }
}

/// Algorithm 1: the file's key mixed with the object's name.
fn object_key(key: &[u8], holder: Ref, salt: &[u8]) -> Zeroizing<Vec<u8>> {
    let number = holder.number.to_le_bytes();
    let mut hash = Md5::new();
    hash.update(key);
    hash.update(number.get(..3).unwrap_or_default());
    hash.update(holder.generation.to_le_bytes());
    hash.update(salt);
    let mut mixed = Zeroizing::new(hash.finalize().to_vec());
    mixed.truncate(key.len() + 5);
    mixed
}

pub(super) fn rc4(key: &[u8], bytes: &[u8]) -> Result<Vec<u8>> {
    let mut cipher = Rc4::new_from_slice(key).map_err(|_| internal())?;
    let mut bytes = bytes.to_vec();
    cipher.apply_keystream(&mut bytes);
    Ok(bytes)
}

/// The first block is the initial value, the last ends in padding.
fn aes_padded<C>(key: &[u8], bytes: &[u8]) -> Result<Vec<u8>>
where
    C: BlockCipherDecrypt + KeyInit,
{
    let wrong = || Error::malformed("encrypted bytes do not decrypt");
    let (iv, ciphertext) = bytes.split_at_checked(16).ok_or_else(wrong)?;
    let cipher = C::new_from_slice(key).map_err(|_| internal())?;
    let mut plain = ciphertext.to_vec();
    let length = cbc::Decryptor::<C>::inner_iv_slice_init(cipher, iv)
        .map_err(|_| internal())?
        .decrypt_padded::<Pkcs7>(&mut plain)
        .map_err(|_| wrong())?
        .len();
    plain.truncate(length);
    Ok(plain)
}

fn pad_and_encrypt<C>(key: &[u8], initial: [u8; 16], bytes: &[u8]) -> Result<Vec<u8>>
where
    C: BlockCipherEncrypt + KeyInit,
{
    let cipher = C::new_from_slice(key).map_err(|_| internal())?;
    let encryptor =
        cbc::Encryptor::<C>::inner_iv_slice_init(cipher, &initial).map_err(|_| internal())?;
    // Padding fills the last block, or adds one.
    let mut padded = bytes.to_vec();
    padded.resize((bytes.len() / 16 + 1) * 16, 0);
    encryptor
        .encrypt_padded::<Pkcs7>(&mut padded, bytes.len())
        .map_err(|_| internal())?;
    Ok([initial.as_slice(), &padded].concat())
}

/// AES-256 in CBC from a zero initial value, without padding.
pub(super) fn unwrap_key(key: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let cipher = aes::Aes256::new_from_slice(key).map_err(|_| internal())?;
    let mut plain = Zeroizing::new(wrapped.to_vec());
    cbc::Decryptor::<aes::Aes256>::inner_iv_slice_init(cipher, &[0; 16])
        .map_err(|_| internal())?
        .decrypt_padded::<NoPadding>(&mut plain)
        .map_err(|_| Error::malformed("a wrapped key is no whole blocks"))?;
    Ok(plain)
}

/// AES-128 in CBC without padding, as the hash of revision 6 uses it.
pub(super) fn stir(key: &[u8], iv: &[u8], bytes: &mut [u8]) -> Result<()> {
    let cipher = aes::Aes128::new_from_slice(key).map_err(|_| internal())?;
    let length = bytes.len();
    cbc::Encryptor::<aes::Aes128>::inner_iv_slice_init(cipher, iv)
        .map_err(|_| internal())?
        .encrypt_padded::<NoPadding>(bytes, length)
        .map_err(|_| internal())?;
    Ok(())
}

fn internal() -> Error {
    Error::new(
        ErrorKind::Internal,
        "a key has a length its cipher does not take",
    )
}

//! Block ciphers in CBC mode with the padding of PKCS#7 (GB/T 17964, RFC 5652 6.3).

use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{
    BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, InnerIvInit,
    KeyInit,
};
use zeroize::Zeroizing;

/// The plaintext; `None` for a key or vector of the wrong length, or a wrong padding.
pub(super) fn decrypt<C>(key: &[u8], iv: &[u8], ciphertext: &[u8]) -> Option<Zeroizing<Vec<u8>>>
where
    C: BlockCipherDecrypt + KeyInit,
{
    let cipher = C::new_from_slice(key).ok()?;
    let mut buffer = Zeroizing::new(ciphertext.to_vec());
    let length = cbc::Decryptor::<C>::inner_iv_slice_init(cipher, iv)
        .ok()?
        .decrypt_padded::<Pkcs7>(&mut buffer)
        .ok()?
        .len();
    buffer.truncate(length);
    Some(buffer)
}

/// The ciphertext; `None` for a key or vector of the wrong length.
pub(super) fn encrypt<C>(key: &[u8], iv: &[u8], plaintext: &[u8]) -> Option<Vec<u8>>
where
    C: BlockCipherEncrypt + KeyInit,
{
    let cipher = C::new_from_slice(key).ok()?;
    let mut buffer = Zeroizing::new(vec![0; plaintext.len() + C::block_size()]);
    let (front, _) = buffer.split_at_mut_checked(plaintext.len())?;
    front.copy_from_slice(plaintext);
    cbc::Encryptor::<C>::inner_iv_slice_init(cipher, iv)
        .ok()?
        .encrypt_padded::<Pkcs7>(&mut buffer, plaintext.len())
        .ok()
        .map(<[u8]>::to_vec)
}

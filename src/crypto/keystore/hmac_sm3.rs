//! HMAC (RFC 2104) and PBKDF2 (RFC 8018 5.2) with SM3, which `ring` does not have.

use sm3::{Digest as _, Sm3};
use zeroize::{Zeroize, Zeroizing};

const BLOCK: usize = 64;
const OUTPUT: usize = 32;

/// HMAC-SM3 under one key: both padded keys are hashed once and kept.
pub(super) struct HmacSm3 {
    inner: Sm3,
    outer: Sm3,
}

impl HmacSm3 {
    pub(super) fn new(key: &[u8]) -> Self {
        let mut block = Zeroizing::new([0_u8; BLOCK]);
        let mut hashed = Zeroizing::new([0_u8; OUTPUT]);
        let key = if key.len() > BLOCK {
            hashed.copy_from_slice(&Sm3::digest(key));
            hashed.as_slice()
        } else {
            key
        };
        for (slot, byte) in block.iter_mut().zip(key) {
            *slot = *byte;
        }
        let mut keyed = |pad: u8| {
            block.iter_mut().for_each(|byte| *byte ^= pad);
            Sm3::new_with_prefix(block.as_slice())
        };
        let inner = keyed(0x36);
        // Takes the first pad off again and puts the second on.
        let outer = keyed(0x36 ^ 0x5c);
        Self { inner, outer }
    }

    pub(super) fn sign(&self, message: &[&[u8]]) -> [u8; OUTPUT] {
        let mut inner = self.inner.clone();
        for part in message {
            inner.update(part);
        }
        let mut outer = self.outer.clone();
        outer.update(inner.finalize());
        outer.finalize().into()
    }
}

/// Fills `key` from a password.
pub(super) fn pbkdf2(password: &[u8], salt: &[u8], iterations: u32, key: &mut [u8]) {
    let hmac = HmacSm3::new(password);
    for (index, chunk) in (1_u32..).zip(key.chunks_mut(OUTPUT)) {
        let mut value = hmac.sign(&[salt, &index.to_be_bytes()]);
        let mut sum = Zeroizing::new(value);
        for _ in 1..iterations {
            value = hmac.sign(&[&value]);
            sum.iter_mut()
                .zip(value)
                .for_each(|(sum, byte)| *sum ^= byte);
        }
        value.zeroize();
        chunk
            .iter_mut()
            .zip(sum.iter())
            .for_each(|(slot, byte)| *slot = *byte);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::digest::hex;
    use super::*;

    // Expected values by `openssl mac -digest SM3 HMAC` and `openssl kdf -kdfopt digest:SM3 PBKDF2`.
    #[test]
    fn agrees_with_openssl() {
        let short = HmacSm3::new(b"key").sign(&[b"mess", b"age"]);
        assert_eq!(
            hex(&short),
            "34c90b291a80b7fd7f2be43d683935bab9d149164666c4ef8857c815cf2ef832"
        );
        let long = HmacSm3::new(&[0x6b; 100]).sign(&[b"message"]);
        assert_eq!(
            hex(&long),
            "bc57f496747db83415b22960ff9bcfda46898d7b80f12871c024cf426d5434e2"
        );
        let mut key = [0; 40];
        pbkdf2(b"password", b"saltsalt", 1000, &mut key);
        assert_eq!(
            hex(&key),
            "39b3e1d0e3ee6c83f459dbfa331af95e70b7a08c12e88d7f2183ea5fa52e0d7a3298f10098f894e7"
        );
    }
}

//! OpenSSL's SM2 over its C interface.

#![allow(unsafe_code, clippy::cast_possible_wrap)]

use std::ffi::{c_int, c_long, c_uchar, c_void};
use std::ptr::null_mut;

use crate::common::{Bytes, Other};

#[link(name = "crypto")]
unsafe extern "C" {
    fn d2i_AutoPrivateKey(
        a: *mut *mut c_void,
        data: *mut *const c_uchar,
        len: c_long,
    ) -> *mut c_void;
    fn EVP_PKEY_free(key: *mut c_void);
    fn EVP_PKEY_CTX_new(key: *mut c_void, engine: *mut c_void) -> *mut c_void;
    fn EVP_PKEY_CTX_free(context: *mut c_void);
    fn EVP_PKEY_sign_init(context: *mut c_void) -> c_int;
    fn EVP_PKEY_sign(
        context: *mut c_void,
        signature: *mut c_uchar,
        length: *mut usize,
        digest: *const c_uchar,
        digest_length: usize,
    ) -> c_int;
    fn EVP_PKEY_verify_init(context: *mut c_void) -> c_int;
    fn EVP_PKEY_verify(
        context: *mut c_void,
        signature: *const c_uchar,
        length: usize,
        digest: *const c_uchar,
        digest_length: usize,
    ) -> c_int;
}

pub(crate) struct OpenSsl {
    key: *mut c_void,
}

impl Other for OpenSsl {
    fn new(d: &Bytes, point: &[u8; 65]) -> Self {
        // ECPrivateKey (RFC 5915) with the curve's name.
        let mut der = vec![0x30, 0x77, 2, 1, 1, 4, 32];
        der.extend(d);
        der.extend([0xa0, 10, 6, 8, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 1, 0x82, 0x2d]);
        der.extend([0xa1, 0x44, 3, 0x42, 0]);
        der.extend(point);
        let mut data = der.as_ptr();
        // SAFETY: reads the bytes of `der`, of which it gets the length; makes a key of its own.
        let key = unsafe { d2i_AutoPrivateKey(null_mut(), &raw mut data, der.len() as c_long) };
        assert!(!key.is_null(), "OpenSSL reads no SM2 key");
        Self { key }
    }

    fn sign(&self, e: &Bytes) -> Option<(Bytes, Bytes)> {
        let (mut der, mut length) = ([0; 80], 80);
        // SAFETY: the key lives as long as self; the context is freed once; at most 80 bytes are
        // written, as the length says.
        let signed = unsafe {
            let context = EVP_PKEY_CTX_new(self.key, null_mut());
            let signed = EVP_PKEY_sign_init(context) == 1
                && EVP_PKEY_sign(context, der.as_mut_ptr(), &raw mut length, e.as_ptr(), 32) == 1;
            EVP_PKEY_CTX_free(context);
            signed
        };
        assert!(signed, "OpenSSL does not sign");
        Some(from_der(&der[..length]))
    }

    fn accepts(&self, e: &Bytes, r: &Bytes, s: &Bytes) -> bool {
        let der = to_der(r, s);
        // SAFETY: as above; nothing is written.
        unsafe {
            let context = EVP_PKEY_CTX_new(self.key, null_mut());
            let verified = EVP_PKEY_verify_init(context) == 1
                && EVP_PKEY_verify(context, der.as_ptr(), der.len(), e.as_ptr(), 32) == 1;
            EVP_PKEY_CTX_free(context);
            verified
        }
    }
}

impl Drop for OpenSsl {
    fn drop(&mut self) {
        // SAFETY: made by `new` and freed nowhere else.
        unsafe { EVP_PKEY_free(self.key) };
    }
}

fn to_der(r: &Bytes, s: &Bytes) -> Vec<u8> {
    let integer = |number: &Bytes| {
        let zeros = number.iter().take_while(|byte| **byte == 0).count().min(31);
        let mut bytes = number[zeros..].to_vec();
        if bytes[0] & 0x80 != 0 {
            bytes.insert(0, 0);
        }
        [&[2, bytes.len() as u8], bytes.as_slice()].concat()
    };
    let inner = [integer(r), integer(s)].concat();
    [&[0x30, inner.len() as u8], inner.as_slice()].concat()
}

fn from_der(der: &[u8]) -> (Bytes, Bytes) {
    let integer = |bytes: &[u8]| {
        let significant = &bytes[bytes.len().saturating_sub(32)..];
        let mut number = [0; 32];
        number[32 - significant.len()..].copy_from_slice(significant);
        number
    };
    let length = usize::from(der[3]);
    let (r, rest) = der[4..].split_at(length);
    (integer(r), integer(&rest[2..]))
}

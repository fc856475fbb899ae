//! Keys in memory.

use std::ffi::c_char;

use yinxin::Signer;
use yinxin::crypto::{KeyStore, SoftwareKey, to_pem};
use yinxin::pki::Certificate;
use zeroize::Zeroizing;

use crate::border::{Fault, Lent, Out, Result, bytes, free, guard, look, object, optional_text};
use crate::bytes::yinxin_bytes;
use crate::certificate::yinxin_certificate;
use crate::enums::key_kind;
use crate::error::yinxin_error;
use crate::status::yinxin_status;

/// A private key in memory, wiped when freed. Immutable; any thread may sign with it.
pub struct yinxin_key {
    key: SoftwareKey,
}

impl yinxin_key {
    pub(crate) fn inner(&self) -> &SoftwareKey {
        &self.key
    }
}

/// Makes a new key with the operating system's random numbers. `kind` is one of
/// `yinxin_key_kind`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_key_generate(
    kind: i32,
    out: *mut *mut yinxin_key,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as convention 4 demands.
        let out = unsafe { Out::new(out, "out")? };
        let key = SoftwareKey::generate(key_kind(kind)?)?;
        out.give(yinxin_key { key });
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Reads a private key: PKCS#8 as DER or PEM, SEC 1 as PEM, encrypted or not. `password` opens an
/// encrypted one and may be NULL for others.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_key_parse(
    data: *const u8,
    len: usize,
    password: *const c_char,
    out: *mut *mut yinxin_key,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (file, password, out) = unsafe {
            (
                bytes(data, len, "data")?,
                optional_text(password, "password")?,
                Out::new(out, "out")?,
            )
        };
        let key = parse(file, password)?;
        out.give(yinxin_key { key });
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

fn parse(file: &[u8], password: Option<&str>) -> Result<SoftwareKey> {
    if file.first() != Some(&0x30) {
        let text = std::str::from_utf8(file).map_err(|_| Fault::Utf8("data"))?;
        return Ok(SoftwareKey::from_pem(text, password)?);
    }
    match password {
        Some(password) => Ok(SoftwareKey::from_encrypted_pkcs8(file, password)?),
        None => Ok(SoftwareKey::from_pkcs8(file)?),
    }
}

/// Reads the one key of a PKCS#12 file and its certificate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_key_parse_pkcs12(
    data: *const u8,
    len: usize,
    password: *const c_char,
    out_key: *mut *mut yinxin_key,
    out_certificate: *mut *mut yinxin_certificate,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (file, password, out_key, out_certificate) = unsafe {
            (
                bytes(data, len, "data")?,
                optional_text(password, "password")?,
                Out::new(out_key, "out_key")?,
                Out::new(out_certificate, "out_certificate")?,
            )
        };
        let store = KeyStore::from_pkcs12(file, password.unwrap_or_default())?;
        let (key, certificates) = store.into_single()?;
        let own = certificates.first().map_or(&[][..], Vec::as_slice);
        let certificate = yinxin_certificate::new(Certificate::from_der(own)?);
        out_key.give(yinxin_key { key });
        out_certificate.give(certificate);
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// An SM2 key from its scalar d, 32 bytes, big-endian, 1 <= d <= n - 2.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_key_from_sm2_scalar(
    scalar: *const u8,
    len: usize,
    out: *mut *mut yinxin_key,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (scalar, out) = unsafe { (bytes(scalar, len, "scalar")?, Out::new(out, "out")?) };
        let scalar: &[u8; 32] = scalar.try_into().map_err(|_| Fault::Length("scalar"))?;
        let key = SoftwareKey::from_sm2_scalar(scalar)?;
        out.give(yinxin_key { key });
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Signs a message: DER for SM2 and ECDSA.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_key_sign(
    key: *const yinxin_key,
    message: *const u8,
    message_len: usize,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (key, message, out) = unsafe {
            (
                object(key, "key")?,
                bytes(message, message_len, "message")?,
                Out::new(out, "out")?,
            )
        };
        out.give(yinxin_bytes::new(key.key.sign(message)?));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Writes the key as PEM text: PKCS#8, encrypted under the password unless that is NULL.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_key_to_pem(
    key: *const yinxin_key,
    password: *const c_char,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (key, password, out) = unsafe {
            (
                object(key, "key")?,
                optional_text(password, "password")?,
                Out::new(out, "out")?,
            )
        };
        let pem = Zeroizing::new(match password {
            Some(password) => key.key.to_encrypted_pem(password)?,
            None => to_pem("PRIVATE KEY", &key.key.to_pkcs8()),
        });
        out.give(yinxin_bytes::copy(pem.as_bytes()));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// The public key, a SubjectPublicKeyInfo in DER, and its length where `len` is not NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_key_public(key: *const yinxin_key, len: *mut usize) -> *const u8 {
    // SAFETY: NULL or an object (convention 3).
    let spki = unsafe {
        look(key, Lent::NOTHING, |it| {
            Lent::bytes(it.key.public_key().spki())
        })
    };
    // SAFETY: as convention 4 demands.
    unsafe { spki.with_len(len) }
}

/// Wipes and frees a key; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_key_free(key: *mut yinxin_key) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(key) }
}

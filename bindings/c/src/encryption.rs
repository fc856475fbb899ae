//! Encrypting OFD packages, and opening what others encrypted (GM/T 0099-2020 7.3).

use std::ffi::c_char;

use yinxin::encryption::{Access, Encryptor, decrypt};

use crate::border::{Fault, Out, Result, bytes, free, guard, object, object_mut, text, time};
use crate::bytes::yinxin_bytes;
use crate::certificate::yinxin_certificate;
use crate::error::yinxin_error;
use crate::key::yinxin_key;
use crate::status::yinxin_status;

/// For whom packages are to be encrypted. A builder: one thread at a time.
pub struct yinxin_encryptor {
    /// Missing only after a refused change.
    encryptor: Option<Encryptor>,
}

impl yinxin_encryptor {
    fn change(
        &mut self,
        change: impl FnOnce(Encryptor) -> yinxin::Result<Encryptor>,
    ) -> Result<()> {
        let encryptor = self.encryptor.take().ok_or_else(spoiled)?;
        self.encryptor = Some(change(encryptor)?);
        Ok(())
    }
}

fn spoiled() -> Fault {
    let message = "a recipient was refused before: begin again";
    Fault::Refused(yinxin::ErrorKind::InvalidArgument, message)
}

/// Begins with no recipient. The time is what a package will say of when it was encrypted. Recipients
/// have passwords or certificates, all of one package the same.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_encryptor_new(
    encrypted_at: i64,
    out: *mut *mut yinxin_encryptor,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as convention 4 demands.
        let out = unsafe { Out::new(out, "out")? };
        let encryptor = Some(Encryptor::new(time(encrypted_at)?));
        out.give(yinxin_encryptor { encryptor });
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Adds a recipient by password, of up to 1024 bytes. The name stands in the package for all to read.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_encryptor_add_password(
    encryptor: *mut yinxin_encryptor,
    name: *const c_char,
    password: *const c_char,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (encryptor, name, password) = unsafe {
            (
                object_mut(encryptor, "encryptor")?,
                text(name, "name")?,
                text(password, "password")?,
            )
        };
        encryptor.change(|encryptor| encryptor.password(name, password))
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Adds a recipient by certificate, whose key must be SM2; it will stand in the package, like the name.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_encryptor_add_certificate(
    encryptor: *mut yinxin_encryptor,
    name: *const c_char,
    certificate: *const yinxin_certificate,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (encryptor, name, certificate) = unsafe {
            (
                object_mut(encryptor, "encryptor")?,
                text(name, "name")?,
                object(certificate, "certificate")?,
            )
        };
        let certificate = certificate.inner().clone();
        encryptor.change(|encryptor| encryptor.certificate(name, certificate))
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Encrypts every file of an OFD package. Keys come from the operating system's random numbers: no two
/// results are alike.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_encryptor_encrypt(
    encryptor: *const yinxin_encryptor,
    document: *const u8,
    document_len: usize,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (encryptor, document, out) = unsafe {
            (
                object(encryptor, "encryptor")?,
                bytes(document, document_len, "document")?,
                Out::new(out, "out")?,
            )
        };
        let encryptor = encryptor.encryptor.as_ref().ok_or_else(spoiled)?;
        out.give(yinxin_bytes::new(encryptor.encrypt(document)?));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Frees an encryptor; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_encryptor_free(encryptor: *mut yinxin_encryptor) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(encryptor) }
}

/// The plain package behind one that is encrypted to this key's certificate. Its files have the bytes
/// they had, so signatures on them hold; nothing is verified.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_key_decrypt(
    key: *const yinxin_key,
    document: *const u8,
    document_len: usize,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (key, document, out) = unsafe {
            (
                object(key, "key")?,
                bytes(document, document_len, "document")?,
                Out::new(out, "out")?,
            )
        };
        let plain = decrypt(document, &Access::Key(key.inner()))?;
        out.give(yinxin_bytes::new(plain));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// The same for a package that a password opens.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_password_decrypt(
    password: *const c_char,
    document: *const u8,
    document_len: usize,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (password, document, out) = unsafe {
            (
                text(password, "password")?,
                bytes(document, document_len, "document")?,
                Out::new(out, "out")?,
            )
        };
        let plain = decrypt(document, &Access::Password(password))?;
        out.give(yinxin_bytes::new(plain));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

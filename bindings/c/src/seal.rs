//! Seals (电子印章), read.

use std::ffi::{CString, c_char};

use yinxin::Seal;
use yinxin::crypto::DigestAlgorithm;
use yinxin::pki::TimeStampRequest;

use crate::border::{Lent, Out, bytes, c_text, free, guard, look, object, optional};
use crate::bytes::yinxin_bytes;
use crate::certificate::yinxin_certificate;
use crate::error::yinxin_error;
use crate::status::yinxin_status;

/// A seal that can be used: its maker's signature verifies under the certificate it carries.
/// Whether its maker is trusted is for a verifier to say. Immutable; any thread may read it.
pub struct yinxin_seal {
    seal: Seal,
    id: CString,
    name: CString,
    standard: CString,
    picture_type: CString,
}

impl yinxin_seal {
    pub(crate) fn new(seal: Seal) -> Self {
        let format = seal.picture_format();
        Self {
            id: c_text(seal.id()),
            name: c_text(seal.name()),
            standard: c_text(seal.layout().standard()),
            picture_type: c_text(format.map_or("", yinxin::seal::PictureFormat::name)),
            seal,
        }
    }

    pub(crate) fn inner(&self) -> &Seal {
        &self.seal
    }
}

/// Reads a seal (SESeal, DER).
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_parse(
    data: *const u8,
    len: usize,
    out: *mut *mut yinxin_seal,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (der, out) = unsafe { (bytes(data, len, "data")?, Out::new(out, "out")?) };
        out.give(yinxin_seal::new(Seal::from_der(der)?));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// The seal as DER, and its length where `len` is not NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_der(seal: *const yinxin_seal, len: *mut usize) -> *const u8 {
    // SAFETY: NULL or an object (convention 3).
    let der = unsafe { look(seal, Lent::NOTHING, |it| Lent::bytes(it.seal.to_der())) };
    // SAFETY: as convention 4 demands.
    unsafe { der.with_len(len) }
}

/// The question to a time stamp authority over the seal (TimeStampReq, DER, by SM3); the layout of 2025
/// has a place for the answer. `nonce` is a random number of up to 32 bytes, say 8.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_time_stamp_request(
    seal: *const yinxin_seal,
    nonce: *const u8,
    nonce_len: usize,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (seal, nonce, out) = unsafe {
            (
                object(seal, "seal")?,
                bytes(nonce, nonce_len, "nonce")?,
                Out::new(out, "out")?,
            )
        };
        let request = TimeStampRequest::new(DigestAlgorithm::Sm3, seal.seal.to_be_stamped());
        out.give(yinxin_bytes::new(request.nonce(nonce)?.to_der()));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// The same seal with the authority's answer (TimeStampResp, DER) to that question. `authority` may be
/// NULL, or the authority's certificate where its token lacks it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_add_time_stamp(
    seal: *const yinxin_seal,
    request: *const u8,
    request_len: usize,
    response: *const u8,
    response_len: usize,
    authority: *const yinxin_certificate,
    out: *mut *mut yinxin_seal,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (seal, request, response, authority, out) = unsafe {
            (
                object(seal, "seal")?,
                bytes(request, request_len, "request")?,
                bytes(response, response_len, "response")?,
                optional(authority),
                Out::new(out, "out")?,
            )
        };
        let authority: Vec<_> = authority.map(|it| it.inner().clone()).into_iter().collect();
        let request = TimeStampRequest::from_der(request)?;
        let token = request.check_response(response, &authority)?;
        let stamped = seal.seal.with_time_stamp(token.raw(), &authority)?;
        out.give(yinxin_seal::new(stamped));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// The seal's unique code; NULL for NULL. Escape it before a person reads it, as the name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_id(seal: *const yinxin_seal) -> *const c_char {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(seal, std::ptr::null(), |it| it.id.as_ptr()) }
}

/// The seal's name; NULL for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_name(seal: *const yinxin_seal) -> *const c_char {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(seal, std::ptr::null(), |it| it.name.as_ptr()) }
}

/// The year of its layout's standard, as in `yinxin_layout`; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_layout(seal: *const yinxin_seal) -> i32 {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(seal, 0, |it| crate::enums::layout_year(it.seal.layout())) }
}

/// The standard of its layout with its edition, such as `GB/T 38540-2020`; NULL for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_standard(seal: *const yinxin_seal) -> *const c_char {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(seal, std::ptr::null(), |it| it.standard.as_ptr()) }
}

/// The first second of its validity, since 1970; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_valid_from(seal: *const yinxin_seal) -> i64 {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(seal, 0, |it| it.seal.valid_from().unix()) }
}

/// The last second of its validity, since 1970; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_valid_until(seal: *const yinxin_seal) -> i64 {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(seal, 0, |it| it.seal.valid_until().unix()) }
}

/// The file of the seal's picture, and its length where `len` is not NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_picture(
    seal: *const yinxin_seal,
    len: *mut usize,
) -> *const u8 {
    let picture = |it: &yinxin_seal| Lent::bytes(&it.seal.picture().data);
    // SAFETY: NULL or an object (convention 3).
    let picture = unsafe { look(seal, Lent::NOTHING, picture) };
    // SAFETY: as convention 4 demands.
    unsafe { picture.with_len(len) }
}

/// What the picture's bytes are: `png`, `svg`, `ofd` and others; empty for what is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_picture_type(seal: *const yinxin_seal) -> *const c_char {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(seal, std::ptr::null(), |it| it.picture_type.as_ptr()) }
}

/// The width at which the picture shows, in millimetres; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_picture_width_mm(seal: *const yinxin_seal) -> i64 {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(seal, 0, |it| it.seal.picture().width_mm.into()) }
}

/// The height at which the picture shows, in millimetres; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_picture_height_mm(seal: *const yinxin_seal) -> i64 {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(seal, 0, |it| it.seal.picture().height_mm.into()) }
}

/// How many signers the seal names.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_signer_count(seal: *const yinxin_seal) -> usize {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(seal, 0, |it| it.seal.certificates().len()) }
}

/// The certificate of the seal's maker, as the seal carries it; not trusted for that.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_maker(
    seal: *const yinxin_seal,
    out: *mut *mut yinxin_certificate,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (seal, out) = unsafe { (object(seal, "seal")?, Out::new(out, "out")?) };
        out.give(yinxin_certificate::new(seal.seal.maker().clone()));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Frees a seal; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_free(seal: *mut yinxin_seal) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(seal) }
}

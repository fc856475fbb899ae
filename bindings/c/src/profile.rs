//! How a signature is made where the key's usual way does not do, and what a PDF says of it.

use std::ffi::c_char;

use yinxin::crypto::{DigestAlgorithm, SignatureAlgorithm};
use yinxin::pdf::{FieldLock, Font, Lettering};
use yinxin::pki::cms::Flavor;
use yinxin::sign::Shown;

use crate::border::{Fault, bytes, guard, object, object_mut, optional_bytes, optional_text, text};
use crate::certificate::yinxin_certificate;
use crate::enums::{self, Lock, PdfText};
use crate::error::yinxin_error;
use crate::request::{mm, yinxin_request};
use crate::status::yinxin_status;

/// Letters of a signature's text, in points, where they fit.
const TEXT_SIZE: f64 = 11.0;

/// Names the earlier signature, by its ID in an OFD's list, that this one is relative to: a
/// counter-signature.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_relative_to(
    request: *mut yinxin_request,
    id: *const c_char,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (request, id) = unsafe { (object_mut(request, "request")?, text(id, "id")?) };
        request.change(|request| request.relative_to(id))
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Signs with RSA-PSS (SHA-256) where the signer's key is RSA.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_use_rsa_pss(
    request: *mut yinxin_request,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as conventions 3 and 6 demand.
        let request = unsafe { object_mut(request, "request")? };
        let algorithm = SignatureAlgorithm::RsaPss(DigestAlgorithm::Sha256);
        request.profile.algorithm = Some(algorithm);
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Writes a message as CMS (RFC 5652) although the key is SM2, for which GB/T 35275 is usual.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_use_cms(
    request: *mut yinxin_request,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as conventions 3 and 6 demand.
        let request = unsafe { object_mut(request, "request")? };
        request.profile.flavor = Some(Flavor::Cms);
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Has a certificate travel in a message beside the signer's, at most 16.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_add_certificate(
    request: *mut yinxin_request,
    certificate: *const yinxin_certificate,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (request, certificate) = unsafe {
            (
                object_mut(request, "request")?,
                object(certificate, "certificate")?,
            )
        };
        let certificates = &mut request.profile.certificates;
        certificates.push(certificate.inner().clone());
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Keeps no room for a time stamp in a PDF, which makes it some 32 kB smaller.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_without_time_stamp(
    request: *mut yinxin_request,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as conventions 3 and 6 demand.
        let request = unsafe { object_mut(request, "request")? };
        request.profile.without_time_stamp = true;
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Sets a text of a PDF's signature; `kind` is one of `yinxin_pdf_text`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_set_pdf_text(
    request: *mut yinxin_request,
    kind: i32,
    value: *const c_char,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (request, value) = unsafe { (object_mut(request, "request")?, text(value, "value")?) };
        let pdf = &mut request.profile.pdf;
        let place = match enums::pdf_text(kind)? {
            PdfText::Field => &mut pdf.field,
            PdfText::Name => &mut pdf.name,
            PdfText::Reason => &mut pdf.reason,
            PdfText::Location => &mut pdf.location,
            PdfText::Contact => &mut pdf.contact,
            PdfText::Filter => &mut pdf.filter,
            PdfText::SubFilter => &mut pdf.sub_filter,
        };
        *place = Some(value.to_owned());
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Sets the form of a PDF's signature, one of `yinxin_pdf_format`, where it is not the usual one of the
/// message.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_set_pdf_format(
    request: *mut yinxin_request,
    format: i32,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as conventions 3 and 6 demand.
        let request = unsafe { object_mut(request, "request")? };
        request.profile.pdf.format = Some(enums::pdf_format(format)?);
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Makes it the author's signature of a PDF; `permission`, one of `yinxin_pdf_permission`, is what
/// others may change afterwards.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_certify(
    request: *mut yinxin_request,
    permission: i32,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as conventions 3 and 6 demand.
        let request = unsafe { object_mut(request, "request")? };
        request.profile.pdf.certify = Some(enums::pdf_permission(permission)?);
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Locks form fields of a PDF; `lock` is one of `yinxin_field_lock`. A field's name may be NULL with
/// `ALL` only; called again with the same lock, a further field is named.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_lock_field(
    request: *mut yinxin_request,
    lock: i32,
    field: *const c_char,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (request, field) = unsafe {
            (
                object_mut(request, "request")?,
                optional_text(field, "field")?,
            )
        };
        let named = || field.map(str::to_owned).ok_or(Fault::Null("field"));
        let earlier = request.profile.pdf.lock.clone();
        let lock = match (enums::field_lock(lock)?, earlier) {
            (Lock::All, _) => FieldLock::All,
            (Lock::Only, Some(FieldLock::Only(mut names))) => {
                names.push(named()?);
                FieldLock::Only(names)
            }
            (Lock::Only, _) => FieldLock::Only(vec![named()?]),
            (Lock::AllBut, Some(FieldLock::AllBut(mut names))) => {
                names.push(named()?);
                FieldLock::AllBut(names)
            }
            (Lock::AllBut, _) => FieldLock::AllBut(vec![named()?]),
        };
        request.profile.pdf.lock = Some(lock);
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Shows a signature without a seal in a PDF, so many micrometres wide and high around its place's
/// centre (`yinxin_request_at`), or in an existing field: a picture (PNG), a text, or both. Neither
/// picture nor text must be there; a text needs the font file that it is set in.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_show(
    request: *mut yinxin_request,
    width_um: i64,
    height_um: i64,
    picture: *const u8,
    picture_len: usize,
    shown_text: *const c_char,
    font: *const u8,
    font_len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (request, picture, shown_text) = unsafe {
            (
                object_mut(request, "request")?,
                optional_bytes(picture, picture_len, "picture")?,
                optional_text(shown_text, "text")?,
            )
        };
        let text = match shown_text {
            None => None,
            Some(shown_text) => {
                // SAFETY: as convention 3 demands.
                let font = unsafe { bytes(font, font_len, "font")? };
                let font = Font::embedded(font.to_vec(), 0)?;
                Some(Lettering::new(&font, shown_text, TEXT_SIZE)?)
            }
        };
        request.profile.pdf.shown = Some(Shown {
            size_mm: (mm(width_um, "width_um")?, mm(height_um, "height_um")?),
            picture: picture.map(<[u8]>::to_vec),
            text,
        });
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

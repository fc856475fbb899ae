//! Certificates (X.509), read.

use std::ffi::{CStr, CString, c_char};

use yinxin::crypto::DigestAlgorithm;
use yinxin::pki::{Certificate, Crl};

use crate::border::{Lent, Out, Result, bytes, c_text, free, guard, look};
use crate::error::yinxin_error;
use crate::status::yinxin_status;

/// A certificate (X.509; never a license). Immutable; any thread may read it.
pub struct yinxin_certificate {
    certificate: Certificate,
    subject: CString,
    issuer: CString,
    serial: CString,
    sha256: CString,
    pem: CString,
}

impl yinxin_certificate {
    pub(crate) fn new(certificate: Certificate) -> Self {
        Self {
            subject: c_text(&certificate.subject_name().to_string()),
            issuer: c_text(&certificate.issuer_name().to_string()),
            serial: c_text(&certificate.serial_hex()),
            sha256: c_text(&certificate.fingerprint(DigestAlgorithm::Sha256).to_hex()),
            pem: c_text(&certificate.to_pem()),
            certificate,
        }
    }

    pub(crate) fn inner(&self) -> &Certificate {
        &self.certificate
    }
}

/// Every certificate of a file, DER or PEM.
pub(crate) fn certificates(file: &[u8]) -> Result<Vec<Certificate>> {
    Ok(Certificate::from_pem_or_der(file)?)
}

/// Every revocation list of a file, DER or PEM.
pub(crate) fn crls(file: &[u8]) -> Result<Vec<Crl>> {
    Ok(Crl::from_pem_or_der(file)?)
}

/// Reads a certificate, DER or PEM; of several in one file the first.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_certificate_parse(
    data: *const u8,
    len: usize,
    out: *mut *mut yinxin_certificate,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (file, out) = unsafe { (bytes(data, len, "data")?, Out::new(out, "out")?) };
        let certificate = match certificates(file)?.into_iter().next() {
            Some(certificate) => certificate,
            // Says what is wrong with a file that holds none.
            None => Certificate::from_der(file)?,
        };
        out.give(yinxin_certificate::new(certificate));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

fn text_of(text: &CStr) -> *const c_char {
    text.as_ptr()
}

/// The subject's name, RFC 4514 style; NULL for NULL. It is what the certificate says: escape it
/// before a person reads it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_certificate_subject(
    certificate: *const yinxin_certificate,
) -> *const c_char {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(certificate, std::ptr::null(), |it| text_of(&it.subject)) }
}

/// The issuer's name, as the subject's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_certificate_issuer(
    certificate: *const yinxin_certificate,
) -> *const c_char {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(certificate, std::ptr::null(), |it| text_of(&it.issuer)) }
}

/// The serial number, hexadecimal.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_certificate_serial(
    certificate: *const yinxin_certificate,
) -> *const c_char {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(certificate, std::ptr::null(), |it| text_of(&it.serial)) }
}

/// The SHA-256 digest of its bytes, hexadecimal.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_certificate_sha256(
    certificate: *const yinxin_certificate,
) -> *const c_char {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(certificate, std::ptr::null(), |it| text_of(&it.sha256)) }
}

/// The certificate as PEM text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_certificate_pem(
    certificate: *const yinxin_certificate,
) -> *const c_char {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(certificate, std::ptr::null(), |it| text_of(&it.pem)) }
}

/// The certificate as DER, and its length where `len` is not NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_certificate_der(
    certificate: *const yinxin_certificate,
    len: *mut usize,
) -> *const u8 {
    // SAFETY: NULL or an object (convention 3).
    let der = unsafe {
        look(certificate, Lent::NOTHING, |it| {
            Lent::bytes(it.certificate.der())
        })
    };
    // SAFETY: as convention 4 demands.
    unsafe { der.with_len(len) }
}

/// The first second of its validity, since 1970; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_certificate_valid_from(
    certificate: *const yinxin_certificate,
) -> i64 {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(certificate, 0, |it| it.certificate.not_before().unix()) }
}

/// The last second of its validity, since 1970; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_certificate_valid_until(
    certificate: *const yinxin_certificate,
) -> i64 {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(certificate, 0, |it| it.certificate.not_after().unix()) }
}

/// Frees a certificate; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_certificate_free(certificate: *mut yinxin_certificate) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(certificate) }
}

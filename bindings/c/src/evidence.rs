//! Making the signatures of a PDF last: evidence beside them, and time stamps over all of it.

use std::ffi::{CString, c_char};

use yinxin::pki::{Certificate, OcspResponse};
use yinxin::sign::augment::{Augmentation, DocumentStamp, Evidence};

use crate::border::{
    Fault, Out, Result, bytes, c_text, free, guard, look, object, object_mut, optional, time,
};
use crate::bytes::yinxin_bytes;
use crate::certificate::{certificates, crls, yinxin_certificate};
use crate::error::yinxin_error;
use crate::pending::take_up;
use crate::status::yinxin_status;

/// What somebody has gathered: certificates, revocation lists, OCSP responses. A builder: one thread
/// at a time.
pub struct yinxin_evidence {
    evidence: Evidence,
}

/// Begins with no evidence.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_evidence_new(
    out: *mut *mut yinxin_evidence,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as convention 4 demands.
        let out = unsafe { Out::new(out, "out")? };
        out.give(yinxin_evidence {
            evidence: Evidence::default(),
        });
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Runs a call that takes evidence and the content of a file.
///
/// # Safety
/// The pointers are as conventions 2, 3 and 6 demand.
unsafe fn with_file(
    evidence: *mut yinxin_evidence,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
    call: impl FnOnce(&mut Evidence, &[u8]) -> Result<()>,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (evidence, file) =
            unsafe { (object_mut(evidence, "evidence")?, bytes(data, len, "data")?) };
        call(&mut evidence.evidence, file)
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Adds every certificate of a file, DER or PEM: those of authorities, roots included.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_evidence_add_certificates(
    evidence: *mut yinxin_evidence,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = |evidence: &mut Evidence, file: &[u8]| {
        evidence.certificates.extend(certificates(file)?);
        Ok(())
    };
    // SAFETY: as the caller was asked to.
    unsafe { with_file(evidence, data, len, error, call) }
}

/// Adds every revocation list of a file, DER or PEM.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_evidence_add_crls(
    evidence: *mut yinxin_evidence,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = |evidence: &mut Evidence, file: &[u8]| {
        evidence.crls.extend(crls(file)?);
        Ok(())
    };
    // SAFETY: as the caller was asked to.
    unsafe { with_file(evidence, data, len, error, call) }
}

/// Adds an OCSP response, DER.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_evidence_add_ocsp(
    evidence: *mut yinxin_evidence,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = |evidence: &mut Evidence, file: &[u8]| {
        evidence.ocsps.push(OcspResponse::from_der(file)?);
        Ok(())
    };
    // SAFETY: as the caller was asked to.
    unsafe { with_file(evidence, data, len, error, call) }
}

/// Frees evidence; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_evidence_free(evidence: *mut yinxin_evidence) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(evidence) }
}

/// Evidence that is about to be added to a PDF. Immutable; any thread may read it.
pub struct yinxin_augmentation {
    augmentation: Augmentation,
    missing: Vec<Missing>,
}

/// What a signature lacks.
struct Missing {
    what: CString,
    field: CString,
    certificate: Option<Certificate>,
}

/// Finds what the signatures and time stamps of a PDF rest on, and takes what fits from the evidence;
/// nothing is judged. `YINXIN_STATUS_MISSING` when the document has no signature.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_augmentation_prepare(
    document: *const u8,
    document_len: usize,
    evidence: *const yinxin_evidence,
    out: *mut *mut yinxin_augmentation,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (document, evidence, out) = unsafe {
            (
                bytes(document, document_len, "document")?,
                object(evidence, "evidence")?,
                Out::new(out, "out")?,
            )
        };
        let augmentation = Augmentation::prepare(document, &evidence.evidence)?;
        let missing = augmentation.missing().iter();
        let missing = missing.map(|missing| Missing {
            what: c_text(missing.what.name()),
            field: c_text(missing.fields.first().map_or("", String::as_str)),
            certificate: missing.what.certificate().cloned(),
        });
        let missing = missing.collect();
        out.give(yinxin_augmentation {
            augmentation,
            missing,
        });
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// How many things are still missing for the signatures to last; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_augmentation_missing_count(
    augmentation: *const yinxin_augmentation,
) -> usize {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(augmentation, 0, |it| it.missing.len()) }
}

/// What is missing, from 0: `time_stamp`, `certificate` (the signer's own), `issuer` or `revocation`
/// (of the certificate that `yinxin_augmentation_missing_certificate` gives), or `unreadable`. NULL
/// past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_augmentation_missing_what(
    augmentation: *const yinxin_augmentation,
    index: usize,
) -> *const c_char {
    let what = |it: &yinxin_augmentation| it.missing.get(index).map(|it| it.what.as_ptr());
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(augmentation, None, what) }.unwrap_or(std::ptr::null())
}

/// The name of the field of the signature that lacks it; NULL past the last. It is what the document
/// says: escape it before a person reads it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_augmentation_missing_field(
    augmentation: *const yinxin_augmentation,
    index: usize,
) -> *const c_char {
    let field = |it: &yinxin_augmentation| it.missing.get(index).map(|it| it.field.as_ptr());
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(augmentation, None, field) }.unwrap_or(std::ptr::null())
}

/// The certificate whose issuer or revocation data is missing; `YINXIN_STATUS_MISSING` where none is
/// concerned and past the last.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_augmentation_missing_certificate(
    augmentation: *const yinxin_augmentation,
    index: usize,
    out: *mut *mut yinxin_certificate,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (augmentation, out) =
            unsafe { (object(augmentation, "augmentation")?, Out::new(out, "out")?) };
        let missing = augmentation.missing.get(index);
        let certificate = missing.and_then(|missing| missing.certificate.clone());
        let certificate = certificate.ok_or(Fault::Refused(
            yinxin::ErrorKind::Missing,
            "no certificate is concerned",
        ))?;
        out.give(yinxin_certificate::new(certificate));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// The PDF with its evidence, by an incremental update. `time` is when it was gathered. While
/// something is missing the answer is `YINXIN_STATUS_MISSING`, unless `incomplete` is other than 0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_augmentation_finish(
    augmentation: *const yinxin_augmentation,
    incomplete: i32,
    gathered_at: i64,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (augmentation, out) =
            unsafe { (object(augmentation, "augmentation")?, Out::new(out, "out")?) };
        let (augmentation, at) = (&augmentation.augmentation, time(gathered_at)?);
        let document = match incomplete {
            0 => augmentation.finish(at)?,
            _ => augmentation.finish_incomplete(at)?,
        };
        out.give(yinxin_bytes::new(document));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Frees an augmentation; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_augmentation_free(augmentation: *mut yinxin_augmentation) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(augmentation) }
}

/// A PDF that waits for a time stamp over all of it. Immutable; any thread may read it.
pub struct yinxin_document_stamp {
    stamp: DocumentStamp,
}

/// Freezes a PDF for a time stamp over all of it. `nonce` is a random number of up to 32 bytes, say 8,
/// that the answer must repeat.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_document_stamp_prepare(
    document: *const u8,
    document_len: usize,
    nonce: *const u8,
    nonce_len: usize,
    out: *mut *mut yinxin_document_stamp,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (document, nonce, out) = unsafe {
            (
                bytes(document, document_len, "document")?,
                bytes(nonce, nonce_len, "nonce")?,
                Out::new(out, "out")?,
            )
        };
        let stamp = DocumentStamp::prepare(document, nonce, None, None)?;
        out.give(yinxin_document_stamp { stamp });
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// The question to the time stamp authority (TimeStampReq, DER).
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_document_stamp_request(
    stamp: *const yinxin_document_stamp,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (stamp, out) = unsafe { (object(stamp, "stamp")?, Out::new(out, "out")?) };
        out.give(yinxin_bytes::new(stamp.stamp.request()));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// The document with the authority's answer (TimeStampResp, DER). `authority` may be NULL, or the
/// authority's certificate where its token lacks it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_document_stamp_complete(
    stamp: *const yinxin_document_stamp,
    response: *const u8,
    response_len: usize,
    authority: *const yinxin_certificate,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (stamp, response, authority, out) = unsafe {
            (
                object(stamp, "stamp")?,
                bytes(response, response_len, "response")?,
                optional(authority),
                Out::new(out, "out")?,
            )
        };
        let authority: Vec<_> = authority.map(|it| it.inner().clone()).into_iter().collect();
        out.give(yinxin_bytes::new(
            stamp.stamp.complete(response, &authority)?,
        ));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Stores what is needed to complete it later; the document is not in it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_document_stamp_to_bytes(
    stamp: *const yinxin_document_stamp,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (stamp, out) = unsafe { (object(stamp, "stamp")?, Out::new(out, "out")?) };
        out.give(yinxin_bytes::new(stamp.stamp.to_bytes()));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Takes up a stored one with the same document.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_document_stamp_from_bytes(
    stored: *const u8,
    stored_len: usize,
    document: *const u8,
    document_len: usize,
    out: *mut *mut yinxin_document_stamp,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = |stored: &[u8], document: &[u8]| {
        let stamp = DocumentStamp::from_bytes(stored, document)?;
        Ok(yinxin_document_stamp { stamp })
    };
    let (stored, document) = ((stored, stored_len), (document, document_len));
    // SAFETY: as the caller was asked to.
    unsafe { take_up(stored, document, out, error, call) }
}

/// Frees a document that waits for its time stamp; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_document_stamp_free(stamp: *mut yinxin_document_stamp) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(stamp) }
}

//! What is to be put on a document: a seal or a signature, and where it shows.

use std::ffi::c_char;

use yinxin::sign::{Keyword, Place, Profile, Protection, Request, Riding, prepare};

use crate::border::{Fault, Out, Result, bytes, free, guard, object, object_mut, text, time};
use crate::certificate::yinxin_certificate;
use crate::enums;
use crate::error::yinxin_error;
use crate::pending::yinxin_pending;
use crate::seal::yinxin_seal;
use crate::status::yinxin_status;

/// A seal or signature to be put on a document. A builder: one thread at a time.
pub struct yinxin_request {
    /// Missing only after a panic in the midst of a change.
    request: Option<Request>,
    pub(crate) profile: Profile,
}

impl yinxin_request {
    fn new(request: Request) -> Self {
        Self {
            request: Some(request),
            profile: Profile::default(),
        }
    }

    pub(crate) fn wanted(&self) -> Result<Request> {
        let request = self.request.clone().ok_or(Fault::Panic)?;
        Ok(request.profile(self.profile.clone()))
    }

    pub(crate) fn change(&mut self, change: impl FnOnce(Request) -> Request) -> Result<()> {
        let request = self.request.take().ok_or(Fault::Panic)?;
        self.request = Some(change(request));
        Ok(())
    }
}

/// Micrometres, to which the library keeps lengths, as millimetres.
pub(crate) fn mm(um: i64, name: &'static str) -> Result<f64> {
    let um = i32::try_from(um).map_err(|_| Fault::Length(name))?;
    Ok(f64::from(um) / 1000.0)
}

/// Asks for a seal to be affixed (签章). The time is the signer's claim.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_affix(
    seal: *const yinxin_seal,
    signer: *const yinxin_certificate,
    signed_at: i64,
    out: *mut *mut yinxin_request,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (seal, signer, out) = unsafe {
            (
                object(seal, "seal")?,
                object(signer, "signer")?,
                Out::new(out, "out")?,
            )
        };
        let (seal, signer) = (seal.inner().clone(), signer.inner().clone());
        let request = Request::affix(seal, signer, time(signed_at)?);
        out.give(yinxin_request::new(request));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Asks for a signature without a seal. The time is the signer's claim.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_sign(
    signer: *const yinxin_certificate,
    signed_at: i64,
    out: *mut *mut yinxin_request,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (signer, out) = unsafe { (object(signer, "signer")?, Out::new(out, "out")?) };
        let request = Request::sign(signer.inner().clone(), time(signed_at)?);
        out.give(yinxin_request::new(request));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Shows the seal on a page, from 0, with its centre so many micrometres from the left and the
/// upper edge.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_at(
    request: *mut yinxin_request,
    page: usize,
    center_x_um: i64,
    center_y_um: i64,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as conventions 3 and 6 demand.
        let request = unsafe { object_mut(request, "request")? };
        let place = Place {
            page,
            center_x_mm: mm(center_x_um, "center_x_um")?,
            center_y_mm: mm(center_y_um, "center_y_um")?,
        };
        request.change(|request| request.at(place))
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Shows the seal on a keyword of the document's text. `occurrence` is one of `yinxin_occurrence`,
/// or a number from 0; the seal moves so many micrometres to the right and down.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_at_keyword(
    request: *mut yinxin_request,
    keyword: *const c_char,
    occurrence: i32,
    right_um: i64,
    down_um: i64,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (request, keyword) =
            unsafe { (object_mut(request, "request")?, text(keyword, "keyword")?) };
        let keyword = Keyword::new(keyword)
            .occurrence(enums::occurrence(occurrence)?)
            .offset(mm(right_um, "right_um")?, mm(down_um, "down_um")?);
        request.change(|request| request.at(keyword))
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Shows the seal in slices along an edge of all pages (骑缝章), one of `yinxin_edge`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_riding(
    request: *mut yinxin_request,
    edge: i32,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as conventions 3 and 6 demand.
        let request = unsafe { object_mut(request, "request")? };
        let riding = Riding::new(enums::edge(edge)?);
        request.change(|request| request.at(riding))
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Lets nobody sign after this signature; in an OFD the list of signatures is covered too.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_close_document(
    request: *mut yinxin_request,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as conventions 3 and 6 demand.
        let request = unsafe { object_mut(request, "request")? };
        request.change(|request| request.protection(Protection::Whole))
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Freezes a document, OFD or PDF, for its signature. The request stays as it is.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_prepare(
    request: *const yinxin_request,
    document: *const u8,
    document_len: usize,
    out: *mut *mut yinxin_pending,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (request, document, out) = unsafe {
            (
                object(request, "request")?,
                bytes(document, document_len, "document")?,
                Out::new(out, "out")?,
            )
        };
        let pending = prepare(document, request.wanted()?)?;
        out.give(yinxin_pending::Document(pending));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Frees a request; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_request_free(request: *mut yinxin_request) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(request) }
}

//! The path of one certificate, apart from any document.

use std::ffi::c_char;

use yinxin::asn1::Oid;
use yinxin::pki::{Certificate, Crl, OcspResponse};
use yinxin::trust::{AnchorRole, Anchors, PathRequest, PolicyRequest, Purpose, RevocationMode};

use crate::border::{Fault, Out, Result, bytes, free, guard, object, object_mut, text, time};
use crate::bytes::yinxin_bytes;
use crate::certificate::{certificates, crls, yinxin_certificate};
use crate::enums;
use crate::error::yinxin_error;
use crate::status::yinxin_status;

/// A question about one certificate. A builder: one thread at a time.
pub struct yinxin_path_request {
    leaf: Certificate,
    purpose: Purpose,
    role: AnchorRole,
    anchors: Anchors,
    intermediates: Vec<Certificate>,
    crls: Vec<Crl>,
    ocsp: Vec<OcspResponse>,
    revocation: RevocationMode,
    max_depth: Option<usize>,
    policies: PolicyRequest,
}

/// Begins a question: may this certificate's key be used for `purpose`, one of `yinxin_purpose`?
/// Without anchors no path is found, and revocation is not looked at unless asked for.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_path_request_new(
    leaf: *const yinxin_certificate,
    purpose: i32,
    out: *mut *mut yinxin_path_request,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (leaf, out) = unsafe { (object(leaf, "leaf")?, Out::new(out, "out")?) };
        let (purpose, role) = enums::purpose(purpose)?;
        out.give(yinxin_path_request {
            leaf: leaf.inner().clone(),
            purpose,
            role,
            anchors: Anchors::new(),
            intermediates: Vec::new(),
            crls: Vec::new(),
            ocsp: Vec::new(),
            revocation: RevocationMode::Off,
            max_depth: None,
            policies: PolicyRequest::default(),
        });
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Runs a call that takes a question and the content of a file.
///
/// # Safety
/// The pointers are as conventions 2, 3 and 6 demand.
unsafe fn with_file(
    request: *mut yinxin_path_request,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
    call: impl FnOnce(&mut yinxin_path_request, &[u8]) -> Result<()>,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (request, file) =
            unsafe { (object_mut(request, "request")?, bytes(data, len, "data")?) };
        call(request, file)
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Trusts every certificate of a file, DER or PEM, in the role that is asked about.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_path_request_add_anchors(
    request: *mut yinxin_path_request,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = |request: &mut yinxin_path_request, file: &[u8]| {
        request.anchors.add_all(certificates(file)?, request.role);
        Ok(())
    };
    // SAFETY: as the caller was asked to.
    unsafe { with_file(request, data, len, error, call) }
}

/// Adds certificates, DER or PEM, that may stand between; they are not trusted.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_path_request_add_intermediates(
    request: *mut yinxin_path_request,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = |request: &mut yinxin_path_request, file: &[u8]| {
        request.intermediates.extend(certificates(file)?);
        Ok(())
    };
    // SAFETY: as the caller was asked to.
    unsafe { with_file(request, data, len, error, call) }
}

/// Adds every revocation list of a file, DER or PEM.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_path_request_add_crls(
    request: *mut yinxin_path_request,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = |request: &mut yinxin_path_request, file: &[u8]| {
        request.crls.extend(crls(file)?);
        Ok(())
    };
    // SAFETY: as the caller was asked to.
    unsafe { with_file(request, data, len, error, call) }
}

/// Adds an OCSP response, DER.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_path_request_add_ocsp(
    request: *mut yinxin_path_request,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = |request: &mut yinxin_path_request, file: &[u8]| {
        request.ocsp.push(OcspResponse::from_der(file)?);
        Ok(())
    };
    // SAFETY: as the caller was asked to.
    unsafe { with_file(request, data, len, error, call) }
}

/// Says whether revocation is looked at: `mode` is one of `yinxin_revocation_mode`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_path_request_set_revocation(
    request: *mut yinxin_path_request,
    mode: i32,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as conventions 3 and 6 demand.
        let request = unsafe { object_mut(request, "request")? };
        request.revocation = enums::revocation_mode(mode)?;
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Says how many certificates the path may have, leaf and anchor included; by default 8, at most 16.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_path_request_set_max_depth(
    request: *mut yinxin_path_request,
    max_depth: i32,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as conventions 3 and 6 demand.
        let request = unsafe { object_mut(request, "request")? };
        let depth = usize::try_from(max_depth);
        request.max_depth = Some(depth.map_err(|_| Fault::Length("max_depth"))?);
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Accepts a certificate policy, an object identifier such as `1.2.156.1.2`; any, where none is named.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_path_request_add_policy(
    request: *mut yinxin_path_request,
    oid: *const c_char,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (request, oid) = unsafe { (object_mut(request, "request")?, text(oid, "oid")?) };
        request.policies.acceptable.push(Oid::parse(oid)?);
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Sets the initial values of RFC 5280 6.1.1, each 0 or not: that the path must be valid under an
/// accepted policy even if no authority says so, that mappings do not count, that the policy "any"
/// does not count.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_path_request_set_policy_rules(
    request: *mut yinxin_path_request,
    explicit_policy: i32,
    inhibit_mapping: i32,
    inhibit_any: i32,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as conventions 3 and 6 demand.
        let request = unsafe { object_mut(request, "request")? };
        request.policies.explicit = explicit_policy != 0;
        request.policies.inhibit_mapping = inhibit_mapping != 0;
        request.policies.inhibit_any = inhibit_any != 0;
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Finds and judges the best path as of a time: a report as JSON text (`yinxin.path/1`), the same that
/// the command `cert verify --json` gives. `outcome` in it is `passed`, `indeterminate` or `failed`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_path_request_judge(
    request: *const yinxin_path_request,
    at: i64,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (request, out) = unsafe { (object(request, "request")?, Out::new(out, "out")?) };
        let report = request.question(time(at)?).judge();
        // Texts, numbers and lists always become JSON.
        let json = serde_json::to_string(&report).map_err(|_| Fault::Panic)?;
        out.give(yinxin_bytes::new(json));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

impl yinxin_path_request {
    fn question(&self, at: yinxin::Time) -> PathRequest<'_> {
        let mut question = PathRequest::new(&self.leaf, &self.anchors, at);
        question.intermediates = &self.intermediates;
        question.crls = &self.crls;
        question.ocsp = &self.ocsp;
        question.role = self.role;
        question.purpose = self.purpose;
        question.revocation = self.revocation;
        question.max_depth = self.max_depth.unwrap_or(question.max_depth);
        question.policies = self.policies.clone();
        question
    }
}

/// Frees a question; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_path_request_free(request: *mut yinxin_path_request) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(request) }
}

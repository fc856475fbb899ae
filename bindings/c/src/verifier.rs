//! Verifiers: built from a policy and trust material, then used by any number of threads.

use std::ffi::c_char;

use yinxin::crypto::Sm2Id;
use yinxin::encryption::Access;
use yinxin::pki::OcspResponse;
use yinxin::{Policy, Verifier};

use crate::border::{
    Fault, Out, Result, bytes, free, guard, object, object_mut, optional_text, text, time,
};
use crate::bytes::yinxin_bytes;
use crate::certificate::{certificates, crls};
use crate::enums::anchor_role;
use crate::error::yinxin_error;
use crate::key::yinxin_key;
use crate::report::yinxin_report;
use crate::status::yinxin_status;
use crate::trust::yinxin_trust_state;

/// Trust material on its way into a verifier. A builder: one thread at a time.
pub struct yinxin_verifier_builder {
    /// Missing only after a panic in the midst of a change.
    verifier: Option<Verifier>,
}

/// Judges under one policy with the trust material it was given. Immutable; any number of threads
/// may verify with it at once.
pub struct yinxin_verifier {
    verifier: Verifier,
}

#[cfg(feature = "test-hooks")]
impl yinxin_verifier {
    pub(crate) fn inner(&self) -> &Verifier {
        &self.verifier
    }
}

impl yinxin_verifier_builder {
    pub(crate) fn change(&mut self, change: impl FnOnce(Verifier) -> Verifier) -> Result<()> {
        let verifier = self.verifier.take().ok_or(Fault::Panic)?;
        self.verifier = Some(change(verifier));
        Ok(())
    }

    fn change_by_each<T>(
        &mut self,
        given: Vec<T>,
        add: impl Fn(Verifier, T) -> Verifier,
    ) -> Result<()> {
        self.change(|verifier| given.into_iter().fold(verifier, add))
    }
}

/// Runs a call that takes a builder and the content of a file.
///
/// # Safety
/// The pointers are as conventions 2, 3 and 6 demand.
pub(crate) unsafe fn with_file(
    builder: *mut yinxin_verifier_builder,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
    call: impl FnOnce(&mut yinxin_verifier_builder, &[u8]) -> Result<()>,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (builder, file) =
            unsafe { (object_mut(builder, "builder")?, bytes(data, len, "data")?) };
        call(builder, file)
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Begins a verifier. `policy` is `basic`, `window`, `archive`, or a policy as JSON text; NULL
/// means `window`. Without anchors nothing passes.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_builder_new(
    policy: *const c_char,
    out: *mut *mut yinxin_verifier_builder,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (policy, out) = unsafe { (optional_text(policy, "policy")?, Out::new(out, "out")?) };
        let policy = match policy {
            None => Policy::default(),
            Some(json) if json.trim_start().starts_with('{') => Policy::from_json(json)?,
            Some(name) => Policy::by_name(name)?,
        };
        let verifier = Some(Verifier::new(policy));
        out.give(yinxin_verifier_builder { verifier });
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// A preset policy, `basic`, `window` or `archive`, as JSON text, to be changed and handed to
/// `yinxin_verifier_builder_new`. `strict` other than 0 has every departure from the encodings fail
/// the check it touches.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_policy_json(
    name: *const c_char,
    strict: i32,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (name, out) = unsafe { (text(name, "name")?, Out::new(out, "out")?) };
        let policy = Policy::by_name(name)?;
        let policy = match strict {
            0 => policy,
            _ => policy.strict(),
        };
        out.give(yinxin_bytes::new(policy.to_json()));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Trusts every certificate of a file, DER or PEM, for one role, one of `yinxin_anchor_role`: an
/// anchor of signers vouches for no maker of seals.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_builder_add_anchors(
    builder: *mut yinxin_verifier_builder,
    role: i32,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = |builder: &mut yinxin_verifier_builder, file: &[u8]| {
        let role = anchor_role(role)?;
        let given = certificates(file)?;
        builder.change_by_each(given, |verifier, anchor| verifier.with_anchor(role, anchor))
    };
    // SAFETY: as the caller was asked to.
    unsafe { with_file(builder, data, len, error, call) }
}

/// Adds certificates, DER or PEM, that may help to build a path; they are not trusted.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_builder_add_intermediates(
    builder: *mut yinxin_verifier_builder,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = |builder: &mut yinxin_verifier_builder, file: &[u8]| {
        builder.change_by_each(certificates(file)?, Verifier::with_intermediate)
    };
    // SAFETY: as the caller was asked to.
    unsafe { with_file(builder, data, len, error, call) }
}

/// Adds certificates, DER or PEM, one of which may be the signer's where a signature carries none;
/// they are not trusted.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_builder_add_signer_certificates(
    builder: *mut yinxin_verifier_builder,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = |builder: &mut yinxin_verifier_builder, file: &[u8]| {
        builder.change_by_each(certificates(file)?, Verifier::with_signer_certificate)
    };
    // SAFETY: as the caller was asked to.
    unsafe { with_file(builder, data, len, error, call) }
}

/// Adds every revocation list of a file, DER or PEM; each is used where its issuer, signature and
/// dates fit.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_builder_add_crls(
    builder: *mut yinxin_verifier_builder,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = |builder: &mut yinxin_verifier_builder, file: &[u8]| {
        builder.change_by_each(crls(file)?, Verifier::with_crl)
    };
    // SAFETY: as the caller was asked to.
    unsafe { with_file(builder, data, len, error, call) }
}

/// Adds an OCSP response in DER; it is used where its responder, signature and dates fit.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_builder_add_ocsp(
    builder: *mut yinxin_verifier_builder,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = |builder: &mut yinxin_verifier_builder, file: &[u8]| {
        let response = OcspResponse::from_der(file)?;
        builder.change(|verifier| verifier.with_ocsp(response))
    };
    // SAFETY: as the caller was asked to.
    unsafe { with_file(builder, data, len, error, call) }
}

/// Admits another SM2 signer ID besides the mandated `1234567812345678`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_builder_add_sm2_id(
    builder: *mut yinxin_verifier_builder,
    id: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (builder, id) = unsafe { (object_mut(builder, "builder")?, bytes(id, len, "id")?) };
        let id = Sm2Id::new(id)?;
        builder.change(|verifier| verifier.with_sm2_id(id))
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Takes anchors, organizations and scopes from the trust list in force of a state.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_builder_set_trust(
    builder: *mut yinxin_verifier_builder,
    state: *const yinxin_trust_state,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (builder, state) =
            unsafe { (object_mut(builder, "builder")?, object(state, "state")?) };
        let state = state.inner().clone();
        builder.change(|verifier| verifier.with_trust(state))
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Sets the password of encrypted files.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_builder_set_password(
    builder: *mut yinxin_verifier_builder,
    password: *const c_char,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (builder, password) =
            unsafe { (object_mut(builder, "builder")?, text(password, "password")?) };
        builder.change(|verifier| verifier.with_password(password))
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Makes the verifier. The builder stays as it is and may make others.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_builder_build(
    builder: *const yinxin_verifier_builder,
    out: *mut *mut yinxin_verifier,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (builder, out) = unsafe { (object(builder, "builder")?, Out::new(out, "out")?) };
        let verifier = builder.verifier.clone().ok_or(Fault::Panic)?;
        out.give(yinxin_verifier { verifier });
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Frees a builder; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_builder_free(builder: *mut yinxin_verifier_builder) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(builder) }
}

/// Judges a document, a stand-alone seal or a signature, as of a time in seconds since 1970.
/// Whatever the bytes are, the answer is a report; an error means a mistake in the call.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_verify(
    verifier: *const yinxin_verifier,
    document: *const u8,
    document_len: usize,
    evaluated_at: i64,
    out: *mut *mut yinxin_report,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (verifier, document, out) = unsafe {
            (
                object(verifier, "verifier")?,
                bytes(document, document_len, "document")?,
                Out::new(out, "out")?,
            )
        };
        let report = verifier.verifier.verify(document, time(evaluated_at)?);
        out.give(yinxin_report::new(report));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Judges a signature that stands beside its content: an SES_Signature, or a CMS or GB/T 35275
/// message.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_verify_detached(
    verifier: *const yinxin_verifier,
    signature: *const u8,
    signature_len: usize,
    content: *const u8,
    content_len: usize,
    evaluated_at: i64,
    out: *mut *mut yinxin_report,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (verifier, signature, content, out) = unsafe {
            (
                object(verifier, "verifier")?,
                bytes(signature, signature_len, "signature")?,
                bytes(content, content_len, "content")?,
                Out::new(out, "out")?,
            )
        };
        let at = time(evaluated_at)?;
        let report = verifier.verifier.verify_detached(signature, content, at);
        out.give(yinxin_report::new(report));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// As `yinxin_verifier_verify`, with the key of a recipient, which opens the document if it is an
/// encrypted OFD.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_verify_encrypted(
    verifier: *const yinxin_verifier,
    document: *const u8,
    document_len: usize,
    recipient: *const yinxin_key,
    evaluated_at: i64,
    out: *mut *mut yinxin_report,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (verifier, document, recipient, out) = unsafe {
            (
                object(verifier, "verifier")?,
                bytes(document, document_len, "document")?,
                object(recipient, "recipient")?,
                Out::new(out, "out")?,
            )
        };
        let access = Access::Key(recipient.inner());
        let at = time(evaluated_at)?;
        let report = verifier.verifier.verify_encrypted(document, &access, at);
        out.give(yinxin_report::new(report));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Frees a verifier; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_free(verifier: *mut yinxin_verifier) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(verifier) }
}

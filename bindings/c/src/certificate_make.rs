//! Making certificates and revocation lists, for tests and for an authority of one's own.

use std::ffi::c_char;

use yinxin::asn1::named;
use yinxin::pki::{CertificateBuilder, CrlBuilder, KeyUsage, Name};
use yinxin::{Signer, Time};

use crate::border::{
    Out, Result, bytes, free, guard, object, object_mut, optional_text, text, time,
};
use crate::bytes::yinxin_bytes;
use crate::certificate::yinxin_certificate;
use crate::error::yinxin_error;
use crate::key::yinxin_key;
use crate::status::yinxin_status;

/// Whose certificate is to be made, and for how long. A builder: one thread at a time.
pub struct yinxin_certificate_spec {
    subject: Name,
    serial: Vec<u8>,
    from: Time,
    until: Time,
}

/// Begins a certificate for a common name and, unless NULL, an organization in China. `serial` is a
/// positive big-endian number of up to 20 bytes; both times are included in the validity.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_certificate_spec_new(
    common_name: *const c_char,
    organization: *const c_char,
    serial: *const u8,
    serial_len: usize,
    valid_from: i64,
    valid_until: i64,
    out: *mut *mut yinxin_certificate_spec,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (common_name, organization, serial, out) = unsafe {
            (
                text(common_name, "common_name")?,
                optional_text(organization, "organization")?,
                bytes(serial, serial_len, "serial")?,
                Out::new(out, "out")?,
            )
        };
        out.give(yinxin_certificate_spec {
            subject: subject(common_name, organization)?,
            serial: serial.to_vec(),
            from: time(valid_from)?,
            until: time(valid_until)?,
        });
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

fn subject(common_name: &str, organization: Option<&str>) -> Result<Name> {
    let mut attributes = vec![(named::COUNTRY, "CN")];
    attributes.extend(organization.map(|name| (named::ORGANIZATION, name)));
    attributes.push((named::COMMON_NAME, common_name));
    Ok(Name::build(&attributes)?)
}

impl yinxin_certificate_spec {
    fn builder(&self, key: &yinxin_key) -> CertificateBuilder {
        CertificateBuilder::new(
            self.subject.clone(),
            key.inner().public_key().clone(),
            &self.serial,
            self.from,
            self.until,
        )
    }
}

/// Makes the certificate of a root authority, signed by its own key.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_certificate_make_root(
    spec: *const yinxin_certificate_spec,
    key: *const yinxin_key,
    out: *mut *mut yinxin_certificate,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (spec, key, out) = unsafe {
            (
                object(spec, "spec")?,
                object(key, "key")?,
                Out::new(out, "out")?,
            )
        };
        let root = spec.builder(key).authority(None).self_sign(key.inner())?;
        out.give(yinxin_certificate::new(root));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Makes the certificate of one who signs (a signer of documents or a maker of seals), issued by an
/// authority with its key. Of `subject_key` only the public half is used.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_certificate_make_signer(
    spec: *const yinxin_certificate_spec,
    subject_key: *const yinxin_key,
    issuer: *const yinxin_certificate,
    issuer_key: *const yinxin_key,
    out: *mut *mut yinxin_certificate,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (spec, subject_key, issuer, issuer_key, out) = unsafe {
            (
                object(spec, "spec")?,
                object(subject_key, "subject_key")?,
                object(issuer, "issuer")?,
                object(issuer_key, "issuer_key")?,
                Out::new(out, "out")?,
            )
        };
        let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
        let builder = spec.builder(subject_key).end_entity().key_usage(usage);
        let signed = builder.sign(issuer.inner(), issuer_key.inner())?;
        out.give(yinxin_certificate::new(signed));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Frees what a certificate was to be; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_certificate_spec_free(spec: *mut yinxin_certificate_spec) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(spec) }
}

/// A revocation list to be made. A builder: one thread at a time.
pub struct yinxin_crl_builder {
    builder: CrlBuilder,
}

/// Begins a revocation list with its number and the times of this and the next update.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_crl_builder_new(
    number: i64,
    this_update: i64,
    next_update: i64,
    out: *mut *mut yinxin_crl_builder,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as convention 4 demands.
        let out = unsafe { Out::new(out, "out")? };
        let number = u64::try_from(number).map_err(|_| crate::border::Fault::Length("number"))?;
        let builder = CrlBuilder::new(number, time(this_update)?, time(next_update)?);
        out.give(yinxin_crl_builder { builder });
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Revokes a certificate from a time on.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_crl_builder_revoke(
    builder: *mut yinxin_crl_builder,
    certificate: *const yinxin_certificate,
    revoked_at: i64,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (builder, certificate) = unsafe {
            (
                object_mut(builder, "builder")?,
                object(certificate, "certificate")?,
            )
        };
        let serial = certificate.inner().serial();
        let revoked = builder.builder.clone();
        builder.builder = revoked.revoke(serial, time(revoked_at)?, None);
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Signs the list with the key of its authority: DER.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_crl_builder_sign(
    builder: *const yinxin_crl_builder,
    issuer: *const yinxin_certificate,
    issuer_key: *const yinxin_key,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (builder, issuer, issuer_key, out) = unsafe {
            (
                object(builder, "builder")?,
                object(issuer, "issuer")?,
                object(issuer_key, "issuer_key")?,
                Out::new(out, "out")?,
            )
        };
        let crl = builder.builder.sign(issuer.inner(), issuer_key.inner())?;
        out.give(yinxin_bytes::copy(crl.der()));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Frees a revocation list that was to be made; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_crl_builder_free(builder: *mut yinxin_crl_builder) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(builder) }
}

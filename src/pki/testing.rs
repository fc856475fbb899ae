//! A small made-up hierarchy for tests, with fixed keys and times.

use super::{Certificate, CertificateBuilder, KeyUsage, Name};
use crate::asn1::{Oid, named};
use crate::crypto::{Signer, SoftwareKey};
use crate::time::Time;

/// An authority or a leaf: its certificate and its key.
pub(crate) struct Party {
    pub(crate) certificate: Certificate,
    pub(crate) key: SoftwareKey,
}

pub(crate) fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

pub(crate) fn sm2_key(seed: u8) -> SoftwareKey {
    SoftwareKey::from_sm2_scalar(&[seed; 32]).unwrap()
}

pub(crate) fn name(common_name: &str) -> Name {
    Name::build(&[
        (named::COUNTRY, "CN"),
        (named::ORGANIZATION, "某某市示范企业有限公司"),
        (named::COMMON_NAME, common_name),
    ])
    .unwrap()
}

/// A builder valid from 2025 to 2035.
pub(crate) fn builder(common_name: &str, seed: u8) -> CertificateBuilder {
    CertificateBuilder::new(
        name(common_name),
        sm2_key(seed).public_key().clone(),
        &[seed],
        time("2025-01-01"),
        time("2035-01-01"),
    )
}

pub(crate) fn root(common_name: &str, seed: u8) -> Party {
    let key = sm2_key(seed);
    let builder = builder(common_name, seed).authority(None);
    Party {
        certificate: builder.self_sign(&key).unwrap(),
        key,
    }
}

pub(crate) fn authority(common_name: &str, seed: u8, issuer: &Party) -> Party {
    issue(builder(common_name, seed).authority(None), seed, issuer)
}

pub(crate) fn signer(common_name: &str, seed: u8, issuer: &Party) -> Party {
    let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
    let builder = builder(common_name, seed).end_entity().key_usage(usage);
    issue(builder, seed, issuer)
}

pub(crate) fn time_stamper(purposes: &[Oid], critical: bool, issuer: &Party) -> Party {
    let builder = builder("时间戳", 9)
        .end_entity()
        .key_usage(KeyUsage::DIGITAL_SIGNATURE)
        .extended_key_usage(purposes, critical);
    issue(builder, 9, issuer)
}

#[allow(clippy::needless_pass_by_value, reason = "reads better in tests")]
pub(crate) fn issue(builder: CertificateBuilder, seed: u8, issuer: &Party) -> Party {
    Party {
        certificate: builder.sign(&issuer.certificate, &issuer.key).unwrap(),
        key: sm2_key(seed),
    }
}

/// A file of the shared collection of real files beside the repository, where it is present.
pub(crate) fn interop(path: &str) -> Option<Vec<u8>> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/interop/");
    std::fs::read(format!("{root}{path}")).ok()
}

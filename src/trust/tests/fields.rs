//! Classes of case in single fields, which take certificates that no builder writes.

use super::classes::{codes, departures, judge};
use crate::asn1::{self, Oid, Tag, named};
use crate::crypto::{KeyKind, PublicKey, SignatureAlgorithm, Signer, SoftwareKey};
use crate::pki::testing::{Party, name, root, sm2_key, time};
use crate::pki::{Certificate, CertificateBuilder, Name};
use crate::trust::*;

/// A certificate of fields that the builder refuses to write.
struct Raw {
    /// The field as it stands; nothing for version 1.
    version: Vec<u8>,
    serial: Vec<u8>,
    subject: Name,
    spki: Vec<u8>,
}

impl Raw {
    fn new() -> Self {
        Self {
            version: asn1::context(0, &[asn1::integer(2)]),
            serial: vec![3],
            subject: name("签名人"),
            spki: sm2_key(3).public_key().spki().to_vec(),
        }
    }

    fn sign(&self, issuer: &Name, key: &SoftwareKey) -> Certificate {
        let algorithm = SignatureAlgorithm::Sm2Sm3.to_identifier();
        let times = ["2025-01-01", "2035-01-01"].map(|text| asn1::x509_time(time(text)));
        let tbs = asn1::sequence(&[
            self.version.clone(),
            asn1::tlv(Tag::INTEGER, &self.serial),
            algorithm.clone(),
            issuer.der().to_vec(),
            asn1::sequence(&times),
            self.subject.der().to_vec(),
            self.spki.clone(),
        ]);
        let signature = asn1::bits(&key.sign(&tbs).unwrap());
        Certificate::from_der(&asn1::sequence(&[tbs, algorithm, signature])).unwrap()
    }

    fn judge(&self) -> PathReport {
        let root = root("根", 1);
        let leaf = self.sign(root.certificate.subject_name(), &root.key);
        judge(&root, &[], &leaf)
    }
}

#[test]
fn serial_numbers_beyond_the_profile_are_told() {
    let mut long = vec![1; 21];
    long[0] = 0x7f;
    for serial in [vec![0], vec![0xff], long] {
        let report = Raw {
            serial,
            ..Raw::new()
        }
        .judge();
        assert_eq!(report.outcome(), Verdict::Passed);
        assert!(departures(&report).contains(&"certificate[0].serialNumber"));
    }
    let report = Raw {
        serial: vec![0; 1].into_iter().chain([0x80; 20]).collect(),
        ..Raw::new()
    };
    assert!(!departures(&report.judge()).contains(&"certificate[0].serialNumber"));
}

fn old_versions() -> [Vec<u8>; 2] {
    [Vec::new(), asn1::context(0, &[asn1::integer(1)])]
}

/// Nothing in it can say that it issues certificates (RFC 5280 6.1.4 k).
#[test]
fn an_issuer_of_an_old_version_is_refused() {
    let old = |version, issuer: &Name, key: &SoftwareKey| {
        Raw {
            version,
            subject: name("旧版"),
            spki: sm2_key(2).public_key().spki().to_vec(),
            ..Raw::new()
        }
        .sign(issuer, key)
    };
    let leaf = Raw::new().sign(&name("旧版"), &sm2_key(2));
    for version in old_versions() {
        let root = root("根", 1);
        let authority = old(version.clone(), root.certificate.subject_name(), &root.key);
        let report = judge(&root, &[authority], &leaf);
        assert_eq!(codes(&report), ["old_version"]);
        assert_eq!(report.outcome(), Verdict::Failed);
        let key = sm2_key(2);
        let certificate = old(version, &name("旧版"), &key);
        let report = judge(&Party { certificate, key }, &[], &leaf);
        assert_eq!(codes(&report), ["old_version"]);
        assert_eq!(report.outcome(), Verdict::Failed);
    }
}

#[test]
fn a_leaf_of_an_old_version_is_told() {
    for version in old_versions() {
        let report = Raw {
            version,
            ..Raw::new()
        }
        .judge();
        assert_eq!(report.outcome(), Verdict::Passed);
        assert_eq!(departures(&report), ["certificate[0].version"]);
    }
    let report = Raw::new().judge();
    assert!(!departures(&report).contains(&"certificate[0].version"));
}

#[test]
fn names_that_are_empty() {
    let empty = || Name::build(&[]).unwrap();
    let report = Raw {
        subject: empty(),
        ..Raw::new()
    }
    .judge();
    assert_eq!(report.outcome(), Verdict::Passed);
    assert!(departures(&report).contains(&"certificate[0].subject"));
    // Nobody issued it.
    let root = root("根", 1);
    let leaf = Raw::new().sign(&empty(), &root.key);
    let report = judge(&root, &[], &leaf);
    assert_eq!(codes(&report), ["missing_issuer"]);
    assert_eq!(report.outcome(), Verdict::Indeterminate);
    // An authority without a name issues nothing.
    let (from, to) = (time("2025-01-01"), time("2035-01-01"));
    let key = sm2_key(2);
    let nameless = CertificateBuilder::new(empty(), key.public_key().clone(), &[2], from, to)
        .authority(None)
        .sign(&root.certificate, &root.key)
        .unwrap();
    let leaf = Raw::new().sign(&empty(), &key);
    let report = judge(&root, &[nameless], &leaf);
    assert_ne!(report.outcome(), Verdict::Passed);
}

#[test]
fn keys_that_are_weak_invalid_or_not_offered() {
    let rsa = |bits: usize| {
        let mut modulus = vec![0xc5; bits / 8];
        modulus[bits / 8 - 1] |= 1;
        let key = asn1::sequence(&[asn1::unsigned(&modulus), asn1::integer(65537)]);
        let algorithm = asn1::sequence(&[asn1::oid(named::RSA_ENCRYPTION), asn1::null()]);
        asn1::sequence(&[algorithm, asn1::bits(&key)])
    };
    let curve = |parameters: Vec<u8>, point: &[u8]| {
        let algorithm = asn1::sequence(&[asn1::oid(named::EC_PUBLIC_KEY), parameters]);
        asn1::sequence(&[algorithm, asn1::bits(point)])
    };
    let point = sm2_key(3).public_key().key_bits().to_vec();
    let mut off = point.clone();
    off[64] ^= 1;
    let p192 = asn1::oid(Oid::parse("1.2.840.10045.3.1.1").unwrap());
    let p521 = asn1::oid(Oid::parse("1.3.132.0.35").unwrap());
    let explicit = asn1::sequence(&[asn1::integer(1)]);
    // DSA, and ML-DSA-44.
    let other = |algorithm: &str| {
        let algorithm = asn1::sequence(&[asn1::oid(Oid::parse(algorithm).unwrap())]);
        asn1::sequence(&[algorithm, asn1::bits(&[1; 64])])
    };
    let empty = asn1::sequence(&[
        asn1::sequence(&[asn1::oid(named::RSA_ENCRYPTION), asn1::null()]),
        asn1::bits(&[]),
    ]);
    for (spki, code, verdict) in [
        (rsa(1024), "weak_key", Verdict::Failed),
        (rsa(16384), "algorithm_not_offered", Verdict::Indeterminate),
        (curve(explicit, &point), "invalid_key", Verdict::Failed),
        (
            curve(asn1::oid(named::SM2_CURVE), &off),
            "invalid_key",
            Verdict::Failed,
        ),
        (
            curve(p192, &point[..49]),
            "algorithm_not_offered",
            Verdict::Indeterminate,
        ),
        (
            curve(p521, &[4; 133]),
            "algorithm_not_offered",
            Verdict::Indeterminate,
        ),
        (
            other("1.2.840.10040.4.1"),
            "algorithm_not_offered",
            Verdict::Indeterminate,
        ),
        (
            other("2.16.840.1.101.3.4.3.17"),
            "algorithm_not_offered",
            Verdict::Indeterminate,
        ),
        (empty, "invalid_key", Verdict::Failed),
    ] {
        let report = Raw { spki, ..Raw::new() }.judge();
        assert_eq!((codes(&report), report.outcome()), (vec![code], verdict));
        assert_eq!(
            report.headline().unwrap().code.concern(),
            Concern::Algorithm
        );
    }
    let good = Raw {
        spki: rsa(2048),
        ..Raw::new()
    }
    .judge();
    assert_eq!(good.outcome(), Verdict::Passed);
    // Both encodings of an SM2 key.
    let algorithm = asn1::sequence(&[asn1::oid(named::SM2_CURVE)]);
    let spki = asn1::sequence(&[algorithm, asn1::bits(&point)]);
    assert!(PublicKey::from_spki(&spki).is_ok());
    assert_eq!(
        Raw { spki, ..Raw::new() }.judge().outcome(),
        Verdict::Passed
    );
}

#[test]
fn a_key_that_does_not_say_who_signed_it_is_told() {
    let report = Raw::new().judge();
    assert_eq!(departures(&report), ["certificate[0].keyIdentifier"]);
}

#[test]
fn international_keys_form_paths_too() {
    let root_key = SoftwareKey::generate(KeyKind::P256).unwrap();
    let leaf_key = SoftwareKey::generate(KeyKind::Ed25519).unwrap();
    let certificate = |common_name, key: &SoftwareKey| {
        let (from, to) = (time("2025-01-01"), time("2035-01-01"));
        CertificateBuilder::new(name(common_name), key.public_key().clone(), &[1], from, to)
    };
    let root = certificate("P", &root_key)
        .authority(None)
        .self_sign(&root_key)
        .unwrap();
    let leaf = certificate("E", &leaf_key)
        .end_entity()
        .sign(&root, &root_key)
        .unwrap();
    let mut anchors = Anchors::new();
    anchors.add_all([root.clone()], AnchorRole::Signer);
    let report = PathRequest::new(&leaf, &anchors, time("2026-11-22")).judge();
    assert_eq!(report.outcome(), Verdict::Passed);
}

#[test]
fn problem_names_are_unique() {
    let mut names: Vec<_> = ProblemCode::ALL.iter().map(|code| code.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), ProblemCode::ALL.len());
}

//! Time stamps over a whole PDF: they prove a time and never stand in for a signature.

use yinxin::Time;
use yinxin::asn1::{self, named};
use yinxin::crypto::{DigestAlgorithm, Signer, SoftwareKey};
use yinxin::pdf::{Document, SignatureOptions, add_signature};
use yinxin::pki::cms::{Flavor, SignedDataBuilder, SignedShape};
use yinxin::pki::{Certificate, CertificateBuilder, Name};
use yinxin::trust::AnchorRole;
use yinxin::verify::{CheckCode, Outcome, Reason, Report, SignatureKind};

use crate::pki::{self, SIGNED_AT, time};

/// An authority that certifies itself, for time stamping alone.
struct TimeStamper {
    certificate: Certificate,
    key: SoftwareKey,
}

impl TimeStamper {
    fn new() -> Self {
        let key = SoftwareKey::from_sm2_scalar(&[77; 32]).unwrap();
        let name = Name::build(&[(named::COMMON_NAME, "某某时间戳示范机构")]).unwrap();
        let (from, until) = (time("2025-01-01"), time("2035-01-01"));
        let certificate =
            CertificateBuilder::new(name, key.public_key().clone(), &[77], from, until)
                .end_entity()
                .extended_key_usage(&[named::PURPOSE_TIME_STAMPING], true)
                .self_sign(&key)
                .unwrap();
        Self { certificate, key }
    }

    /// A token over some bytes (RFC 3161 2.4.2).
    fn token(&self, stamped: &[&[u8]], at: Time) -> Vec<u8> {
        let digest = DigestAlgorithm::Sm3.digest(&stamped.concat());
        let algorithm = asn1::sequence(&[asn1::oid(named::SM3)]);
        let info = asn1::sequence(&[
            asn1::integer(1),
            asn1::oid(named::SM2_WITH_SM3),
            asn1::sequence(&[algorithm, asn1::octets(digest.as_bytes())]),
            asn1::integer(1),
            asn1::generalized_time(at),
        ]);
        let certificate = self.certificate.clone();
        let shape = SignedShape::Attached;
        SignedDataBuilder::new(Flavor::Cms, shape, certificate, self.key.algorithm())
            .content_type(named::TST_INFO)
            .bind_certificate()
            .sign(&[&info], &self.key)
            .unwrap()
    }

    /// The document with a time stamp over all of it.
    fn stamp(&self, document: &[u8]) -> Vec<u8> {
        let document = Document::open(document).unwrap();
        let options = SignatureOptions::new("Stamp", "ETSI.RFC3161");
        let prepared = add_signature(&document, &options).unwrap();
        let token = self.token(&prepared.digest_input(), time(SIGNED_AT));
        prepared.complete(&token).unwrap()
    }

    fn judge(&self, document: &[u8]) -> Report {
        pki::verifier()
            .with_anchor(AnchorRole::Tsa, self.certificate.clone())
            .verify(document, pki::now())
    }
}

fn stamp_of(report: &Report) -> (SignatureKind, Option<Time>, Outcome) {
    let stamp = report.signatures.last().unwrap();
    let check = stamp
        .checks
        .iter()
        .find(|check| check.code == CheckCode::SignatureTimestamp);
    (stamp.kind, stamp.signed_at, check.unwrap().outcome)
}

#[test]
fn a_time_stamp_after_a_seal_is_no_forgery() {
    let stamper = TimeStamper::new();
    let report = stamper.judge(&stamper.stamp(&pki::sealed_pdf()));
    let expected = (
        SignatureKind::Timestamp,
        Some(time(SIGNED_AT)),
        Outcome::Passed,
    );
    assert_eq!(stamp_of(&report), expected, "{}", report.to_json());
    assert_eq!(report.outcome, Outcome::Passed, "{}", report.to_json());
}

#[test]
fn a_time_stamp_alone_is_no_signature() {
    let stamper = TimeStamper::new();
    let report = stamper.judge(&stamper.stamp(&pki::unsigned_pdf()));
    assert_eq!(stamp_of(&report).2, Outcome::Passed);
    assert_eq!(report.outcome, Outcome::Failed, "{}", report.to_json());
    let signed = report
        .checks
        .iter()
        .find(|check| check.code == CheckCode::DocumentSigned);
    assert_eq!(signed.unwrap().reason, Some(Reason::SignatureStripped));
    assert!(report.license.is_none());
}

#[test]
fn a_changed_document_breaks_its_time_stamp() {
    let stamper = TimeStamper::new();
    let mut document = stamper.stamp(&pki::sealed_pdf());
    // A letter of a comment or string near the start; the structure stays readable.
    let at = document
        .windows(6)
        .position(|window| window == b"yinxin")
        .unwrap();
    document[at] = b'Y';
    let report = stamper.judge(&document);
    assert_eq!(stamp_of(&report).2, Outcome::Failed, "{}", report.to_json());
    assert_eq!(report.outcome, Outcome::Failed);
}

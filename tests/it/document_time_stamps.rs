//! Time stamps over a whole PDF: they prove a time and never stand in for a signature.

use yinxin::Time;
use yinxin::trust::AnchorRole;
use yinxin::verify::{CheckCode, Outcome, Reason, Report, SignatureKind};

use crate::pki::{self, SIGNED_AT, TimeStamper, time};

/// What a time stamping authority does to whole documents.
impl TimeStamper {
    fn stamp(&self, document: &[u8]) -> Vec<u8> {
        self.stamp_pdf(document, time(SIGNED_AT))
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

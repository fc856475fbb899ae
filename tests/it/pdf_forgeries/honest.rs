//! What honest tools do to the same document, under the policies and permissions that admit it.

use yinxin::trust::AnchorRole;
use yinxin::verify::{CheckCode, LaterChange, Outcome, Policy, Report, Verifier};

use super::annotations::{annotated, annotation};
use super::base::{Base, EMPTY_SIGNATURE, FORM, TEXT_FIELD, shown};
use super::sneaky::{SEEN, UNSEEN, field, new_field};
use crate::pki::{self, Forge, Update, blank_signature, stream, world};

fn judge(policy: Policy, bytes: &[u8]) -> Report {
    let authority = world().signer_authority.certificate.clone();
    Verifier::new(policy)
        .with_anchor(AnchorRole::Signer, authority)
        .verify(bytes, pki::now())
}

/// Passed, with exactly these kinds of changes after the first signature.
fn passes(policy: Policy, bytes: &[u8], kinds: &[&str]) -> Report {
    let report = judge(policy, bytes);
    assert_eq!(
        report.outcome,
        Outcome::Passed,
        "{:#?}",
        pki::not_passed(&report)
    );
    let changes = &report.signatures[0].coverage.changes;
    let mut said: Vec<_> = changes
        .iter()
        .filter_map(|change| change.rsplit_once(": ").map(|(_, kind)| kind))
        .collect();
    said.sort_unstable();
    said.dedup();
    assert_eq!(said, kinds, "{changes:?}");
    report
}

fn basic() -> Policy {
    Policy::basic()
}

fn second(base: &Forge, update: Update) -> Forge {
    base.update(update).signed_by(&world().other_signer)
}

#[test]
fn the_document_itself_passes() {
    for certify in [None, Some(1), Some(2), Some(3)] {
        let base = Base {
            certify,
            ..Base::default()
        };
        let report = passes(basic(), &base.signed().bytes, &[]);
        let permission = report
            .all_checks()
            .find(|check| check.code == CheckCode::PdfPermission);
        assert_eq!(permission.is_some(), certify.is_some());
    }
}

#[test]
fn further_signatures_pass() {
    let empty = EMPTY_SIGNATURE.replace(">>", "/V 72 0 R/AP<</N 73 0 R>>>>");
    let into_empty = || {
        Update::new()
            .object(10, &empty)
            .object(72, blank_signature(""))
            .object(
                73,
                stream(
                    "/Type/XObject/Subtype/Form/BBox[0 0 128 40]",
                    "0 0 9 9 re s",
                ),
            )
    };
    let unseen = || new_field(&field(UNSEEN, ""));
    for p in [2, 3] {
        let base = Base::certified(p).signed();
        passes(basic(), &second(&base, unseen()).bytes, &["signature"]);
        passes(basic(), &second(&base, into_empty()).bytes, &["signature"]);
    }
    let base = Base::default().signed();
    let seen = new_field(&field(SEEN, "/AP<</N 73 0 R>>"));
    passes(basic(), &second(&base, seen).bytes, &["signature"]);
    let twice = second(&second(&base, into_empty()), unseen_beside_a_signed_field());
    let report = passes(basic(), &twice.bytes, &["signature"]);
    assert_eq!(report.signatures.len(), 3);
    assert_eq!(report.signatures[1].coverage.changes.len(), 1);
}

fn unseen_beside_a_signed_field() -> Update {
    Update::new()
        .object(6, FORM.replace("12 0 R]/Sig", "12 0 R 81 0 R]/Sig"))
        .object(81, "<</FT/Sig/T(fourth)/F 132/Rect[0 0 0 0]/V 82 0 R>>")
        .object(82, blank_signature(""))
}

#[test]
fn evidence_and_dates_pass_under_every_permission() {
    for certify in [None, Some(1), Some(2), Some(3)] {
        let base = Base {
            certify,
            ..Base::default()
        };
        let catalog = base.catalog();
        let store = |keys: &str| {
            catalog.replacen(
                "/Type/Catalog",
                &format!("/Type/Catalog/DSS {keys}/Extensions<</ESIC<</BaseVersion/1.7/ExtensionLevel 2>>>>"),
                1,
            )
        };
        let first = base.signed().update(
            Update::new()
                .object(1, store("90 0 R"))
                .object(90, "<</Certs[91 0 R]/VRI<</A1<</Cert[91 0 R]>>>>>>")
                .object(91, stream("", "certificate"))
                .object(
                    20,
                    "<</Title(An order)/Producer(other)/ModDate(D:20261121100000Z)>>",
                ),
        );
        passes(basic(), &first.bytes, &["evidence", "upkeep"]);
        let more = first.update(
            Update::new()
                .object(
                    90,
                    "<</Certs[91 0 R 92 0 R]/CRLs[92 0 R]/VRI<</A1<</Cert[91 0 R]>>/A2<<>>>>>>",
                )
                .object(92, stream("", "list")),
        );
        passes(basic(), &more.bytes, &["evidence", "upkeep"]);
        for (object, body) in [
            (90, "<</Certs[]/VRI<</A1<</Cert[91 0 R]>>>>>>"),
            (90, "<</Certs[91 0 R]>>"),
            (91, "<</Length 1>>\nstream\nx\nendstream"),
        ] {
            let less = first.update(Update::new().object(object, body));
            let report = judge(basic(), &less.bytes);
            assert_eq!(report.headline, Some(CheckCode::PdfModification), "{body}");
        }
        // Nobody admits anything.
        let none = basic().with_later_changes(&[]);
        assert_eq!(judge(none, &first.bytes).outcome, Outcome::Failed);
    }
}

#[test]
fn forms_are_filled_in_where_the_author_permits_it() {
    let filled = || {
        Update::new()
            .object(9, TEXT_FIELD.replace("(100)", "(1 250)"))
            .object(11, shown("1 250"))
    };
    let ticked = || {
        Update::new().object(
            12,
            "<</Type/Annot/Subtype/Widget/FT/Btn/T(agreed)/F 4/Rect[72 560 81 569]/P 3 0 R\
             /V/Yes/AS/Yes/AP<</N<</Yes 14 0 R/Off 15 0 R>>>>>>",
        )
    };
    // A viewer that draws the field itself.
    let bare = || {
        Update::new().object(
            9,
            TEXT_FIELD
                .replace("(100)", "(7)")
                .replace("/AP<</N 11 0 R>>", ""),
        )
    };
    for p in [2, 3] {
        let base = Base::certified(p).signed();
        for update in [filled(), ticked(), bare()] {
            let bytes = base.update(update).bytes;
            passes(basic(), &bytes, &["form_fill"]);
            let none = basic().with_later_changes(&[LaterChange::Evidence]);
            assert_eq!(
                judge(none, &bytes).headline,
                Some(CheckCode::PdfModification)
            );
        }
    }
    let uncertified = Base::default().signed().update(filled()).bytes;
    let any = basic().with_later_changes(&[LaterChange::FormFill]);
    passes(any.clone(), &uncertified, &["form_fill"]);
    let forbidden = Base::certified(1).signed().update(filled()).bytes;
    assert_eq!(
        judge(any, &forbidden).headline,
        Some(CheckCode::PdfPermission)
    );
}

#[test]
fn comments_pass_where_author_and_policy_permit_them() {
    let note = annotated(&annotation("FreeText", "/Contents(x)"));
    let comments = || basic().with_later_changes(&[LaterChange::PermittedAnnotation]);
    let bytes = Base::certified(3).signed().update(note.clone()).bytes;
    passes(comments(), &bytes, &["annotation"]);
    let bytes = Base::default().signed().update(note.clone()).bytes;
    assert_eq!(
        judge(comments(), &bytes).headline,
        Some(CheckCode::PdfModification)
    );
    let any = || basic().with_later_changes(&[LaterChange::Annotation]);
    passes(any(), &bytes, &["annotation"]);
    let bytes = Base::certified(2).signed().update(note).bytes;
    assert_eq!(
        judge(any(), &bytes).headline,
        Some(CheckCode::PdfPermission)
    );
}

#[test]
fn objects_written_again_unchanged_are_no_change() {
    let base = Base::certified(1);
    let again = Update::new()
        .object(4, super::base::content("Pay 100"))
        .object(3, super::base::PAGE.replace("842", "842.0"))
        .object(9, TEXT_FIELD.replace("(100)", "<313030>"))
        .free(99);
    passes(basic(), &base.signed().update(again).bytes, &["upkeep"]);
}

#[test]
fn what_prepares_a_deception_is_remarked() {
    let codes = |base: Base, update: Update| -> Vec<&'static str> {
        let report = passes(basic(), &base.signed_with(update).bytes, &[]);
        let findings = report.findings.iter().map(|finding| finding.code.name());
        findings.filter(|name| name.starts_with("pdf.")).collect()
    };
    let plain = Base::default();
    assert_eq!(codes(plain, plain.update()), [""; 0]);
    let page = super::base::PAGE;
    let hidden = plain.update().object(31, page.replace("/Parent 2 0 R", ""));
    assert_eq!(codes(plain, hidden), ["pdf.hidden_content"]);
    let hidden = plain.update().object(31, super::base::FONT);
    assert_eq!(codes(plain, hidden), ["pdf.hidden_content"]);
    let waiting = plain.update().object(
        3,
        page.replace("/Contents 4 0 R", "/Contents[4 0 R 40 0 R]"),
    );
    assert_eq!(codes(plain, waiting), ["pdf.reference_gap"]);
    for layers in [
        "<</OCGs[]/D<</OFF[5 0 R]>>>>",
        "<</OCGs[]/D<</BaseState/OFF>>>>",
    ] {
        let layered = Base {
            catalog: "/OCProperties 31 0 R",
            ..plain
        };
        assert_eq!(
            codes(layered, layered.update().object(31, layers)),
            ["pdf.hidden_layers"]
        );
    }
    let covered = plain
        .update()
        .object(3, page.replace("12 0 R]", "12 0 R 61 0 R]"))
        .object(61, annotation("Stamp", "").replace("62 0 R", "13 0 R"));
    assert_eq!(codes(plain, covered), ["pdf.overlay_annotation"]);
}

#[test]
fn one_signature_in_several_fields_is_one_signature() {
    let shared = Base::default()
        .update()
        .object(10, EMPTY_SIGNATURE.replace(">>", "/V 8 0 R>>"));
    let report = passes(basic(), &Base::default().signed_with(shared).bytes, &[]);
    assert_eq!(report.signatures.len(), 1);
    let codes: Vec<_> = report
        .findings
        .iter()
        .map(|finding| finding.code.name())
        .collect();
    assert!(codes.contains(&"pdf.shared_signature"), "{codes:?}");
}

//! Files that want to cost more than a verdict is worth. Each ends with a typed one.

use yinxin::verify::{CheckCode, Outcome, Reason};

use super::base::Base;
use crate::pki::{self, Forge, Update, stream};

fn outcome(bytes: &[u8]) -> (Outcome, Option<CheckCode>, Option<Reason>) {
    let report = pki::judge(bytes);
    let headline = report.headline;
    let check = report
        .all_checks()
        .find(|check| Some(check.code) == headline && check.outcome == report.outcome);
    (
        report.outcome,
        headline,
        check.and_then(|check| check.reason),
    )
}

const FORMAT: Option<CheckCode> = Some(CheckCode::ContainerFormat);

#[test]
fn deep_nesting_ends() {
    for (open, close) in [("[", "]"), ("<</A", ">>")] {
        let deep = format!("{}1{}", open.repeat(200_000), close.repeat(200_000));
        // As a value that is looked at, and as one that a later revision brings.
        let field = Base::default().update().object(6, &deep);
        let looked_at = Forge::new("/Root 1 0 R/Info 20 0 R").update(field);
        let expected = (Outcome::Failed, FORMAT, Some(Reason::LimitExceeded));
        assert_eq!(outcome(&looked_at.bytes), expected);
        let later = Base::default()
            .signed()
            .update(Update::new().object(30, &deep));
        let (outcome, code, _) = outcome(&later.bytes);
        assert_eq!(
            (outcome, code),
            (Outcome::Failed, Some(CheckCode::PdfModification))
        );
    }
}

#[test]
fn too_many_revisions_end() {
    let mut bytes = Base::default().signed();
    for (count, expected) in [
        (998, Outcome::Passed),
        (1, Outcome::Passed),
        (1, Outcome::Failed),
    ] {
        for _ in 0..count {
            bytes = bytes.update(Update::new().object(30, "1"));
        }
        let (outcome, code, reason) = outcome(&bytes.bytes);
        assert_eq!(outcome, expected, "{code:?} {reason:?}");
        if expected == Outcome::Failed {
            assert_eq!((code, reason), (FORMAT, Some(Reason::LimitExceeded)));
        }
    }
    // Twenty thousand cost no more than the first thousand.
    let (mut many, mut previous) = (bytes.bytes, bytes.section.unwrap());
    for _ in 0..19_000 {
        let section = many.len();
        many.extend(
            format!("xref\n0 0\ntrailer\n<</Size 100/Root 1 0 R/Prev {previous}>>\nstartxref\n{section}\n%%EOF\n")
                .bytes(),
        );
        previous = section;
    }
    assert_eq!(
        outcome(&many),
        (Outcome::Failed, FORMAT, Some(Reason::LimitExceeded))
    );
}

#[test]
fn loops_end() {
    let base = Base::default().signed();
    let section = base.section.unwrap();
    let looped = base.overwritten("/Info 20 0 R>>", &format!("/Prev {section}>>"));
    let (outcome_of_prev, code, _) = outcome(&looped);
    assert_eq!((outcome_of_prev, code), (Outcome::Failed, FORMAT));
    for (object, body) in [
        (2, "<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        (9, "<</T(a)/FT/Tx/Kids[9 0 R]>>"),
    ] {
        let update = Base::default().update().object(object, body);
        let looped = Base::default().signed_with(update);
        assert_ne!(outcome(&looped.bytes).0, Outcome::Passed, "{body}");
        let later = base.update(Update::new().object(object, body));
        assert_ne!(outcome(&later.bytes).0, Outcome::Passed, "{body}");
    }
}

#[test]
fn refused_revisions_are_not_looked_into_without_end() {
    let mut forged = Base::default().signed();
    for step in 0..40 {
        forged = forged.update(Update::new().object(4, stream("", &format!("{step}"))));
    }
    let report = pki::judge(&forged.bytes);
    assert_eq!(report.headline, Some(CheckCode::PdfModification));
    let changes = &report.signatures[0].coverage.changes;
    assert!(changes[15].ends_with("content_changed"), "{changes:?}");
    assert!(changes[16].ends_with("too_many_changes"), "{changes:?}");
}

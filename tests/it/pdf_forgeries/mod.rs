//! Forged PDFs of every family that the literature knows, made from its descriptions: universal
//! signature forgery, incremental saving and signature wrapping (CCS 2019), shadows (NDSS 2021),
//! evil annotations and sneaky signatures (S&P 2021), and encrypted wrappers.
//!
//! One name, one malformation; `solely` says what is wrong, and the whole list of failed checks is
//! compared, so that no forgery is refused for a reason that a better forger would have avoided.

mod annotations;
mod base;
mod honest;
mod incremental;
mod shadows;
mod signature_dictionary;
mod sneaky;
mod wrapping;

use std::collections::BTreeSet;

use yinxin::verify::{CheckCode, Detail, Outcome, Reason, Report};

use crate::pki;

/// A forged file and what must be said of it.
pub(crate) struct Forgery {
    pub(crate) name: &'static str,
    /// Invalid solely because of this.
    pub(crate) solely: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// Every check that fails, or stays open where none fails; the first is the headline.
    pub(crate) expected: Vec<(CheckCode, Reason)>,
    /// A word of the failed checks' details that names the cause.
    pub(crate) cause: &'static str,
}

const RANGE: [(CheckCode, Reason); 2] = [
    (CheckCode::PdfByteRange, Reason::RangeWrong),
    (CheckCode::CoverageDocument, Reason::NoCoveringSignature),
];
const MALFORMED: [(CheckCode, Reason); 1] = [(CheckCode::ContainerFormat, Reason::Malformed)];
const CHANGED: [(CheckCode, Reason); 2] = [
    (CheckCode::PdfModification, Reason::ChangeRefused),
    (CheckCode::CoverageDocument, Reason::LaterVersion),
];
const CHANGED_CERTIFIED: [(CheckCode, Reason); 3] = [
    (CheckCode::PdfModification, Reason::ChangeRefused),
    (CheckCode::PdfPermission, Reason::PermissionDenied),
    (CheckCode::CoverageDocument, Reason::LaterVersion),
];

impl Forgery {
    fn new(
        name: &'static str,
        solely: &'static str,
        bytes: Vec<u8>,
        expected: &[(CheckCode, Reason)],
        cause: &'static str,
    ) -> Self {
        Self {
            name,
            solely,
            bytes,
            expected: expected.to_vec(),
            cause,
        }
    }
}

/// Every forged file.
pub(crate) fn all() -> Vec<Forgery> {
    [
        signature_dictionary::forgeries(),
        incremental::forgeries(),
        wrapping::forgeries(),
        shadows::forgeries(),
        annotations::forgeries(),
        sneaky::forgeries(),
        encrypted_wrappers(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn encrypted_wrappers() -> Vec<Forgery> {
    wrapping::encrypted()
}

#[test]
fn no_forgery_passes_and_each_is_named() {
    let forgeries = all();
    let names: BTreeSet<_> = forgeries.iter().map(|forgery| forgery.name).collect();
    assert_eq!(names.len(), forgeries.len());
    let bytes: BTreeSet<_> = forgeries.iter().map(|forgery| &forgery.bytes).collect();
    assert_eq!(bytes.len(), forgeries.len());
    assert!(forgeries.len() >= 60, "{}", forgeries.len());
    let mut faults = Vec::new();
    for forgery in &forgeries {
        assert!(forgery.solely.len() > 10);
        faults.extend(fault(forgery));
    }
    assert!(
        faults.is_empty(),
        "{} of {}\n{}",
        faults.len(),
        forgeries.len(),
        faults.join("\n")
    );
}

/// What is wrong with the verdict on a forgery.
fn fault(forgery: &Forgery) -> Option<String> {
    let report = pki::judge(&forgery.bytes);
    let outcome = report.outcome;
    let mut named: Vec<_> = report
        .all_checks()
        .filter(|check| check.outcome == outcome)
        .filter_map(|check| Some((check.code, check.reason?)))
        .collect();
    named.sort_unstable();
    named.dedup();
    let mut expected = forgery.expected.clone();
    let headline = expected.first().map(|(code, _)| *code);
    expected.sort_unstable();
    let said = details(&report);
    let fits = outcome != Outcome::Passed
        && named == expected
        && report.headline == headline
        && said.contains(forgery.cause);
    (!fits).then(|| {
        format!(
            "{}: {} {:?} {:?}\n    {said}",
            forgery.name,
            outcome.name(),
            report.headline,
            pki::not_passed(&report)
        )
    })
}

/// The details of all checks that did not pass.
fn details(report: &Report) -> String {
    let checks = report
        .all_checks()
        .filter(|check| check.outcome != Outcome::Passed);
    let details = checks.flat_map(|check| check.detail.values());
    let text = details.map(|detail| match detail {
        Detail::Text(text) => text.clone(),
        Detail::List(list) => list.join("; "),
    });
    text.collect::<Vec<_>>().join(" | ")
}

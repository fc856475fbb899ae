//! Forgeries that cost nothing, each refused for the one thing that is wrong with it.
//!
//! [`refused`] compares *all* failed checks with the expected ones, so no forgery here is refused
//! for a reason that a better forger would have avoided. `coverage.document` fails along with
//! every broken signature: nothing intact covers the document any more.

mod package;
mod pdf;
mod seal;
mod signature;

use yinxin::ses::Layout;
use yinxin::verify::{CheckCode, Detail, Outcome, Reason, Report};

use crate::pki::{self, Archive, Resealing, affix, reseal, world};

const NO_COVER: (CheckCode, Reason) = (CheckCode::CoverageDocument, Reason::NoCoveringSignature);
const CHANGED_LATER: (CheckCode, Reason) = (CheckCode::CoverageDocument, Reason::LaterVersion);
const UNCOVERED: (CheckCode, Reason) = (CheckCode::CoverageDocument, Reason::Uncovered);
const CHANGED_FILE: (CheckCode, Reason) = (CheckCode::SignatureReferences, Reason::DigestDiffers);

/// Judges, and expects failure by exactly these checks, the first of them the headline.
fn refused(document: &[u8], expected: &[(CheckCode, Reason)]) -> Report {
    let report = pki::judge(document);
    let mut failed: Vec<_> = report
        .all_checks()
        .filter(|check| check.outcome == Outcome::Failed)
        .map(|check| (check.code, check.reason.unwrap()))
        .collect();
    failed.sort_unstable();
    let mut sorted = expected.to_vec();
    sorted.sort_unstable();
    assert_eq!(failed, sorted, "{:?}", pki::not_passed(&report));
    assert_eq!(report.outcome, Outcome::Failed);
    assert_eq!(report.headline, Some(expected[0].0));
    report
}

/// The names of files in the first failed check with this code.
fn files(report: &Report, code: CheckCode) -> Vec<String> {
    let check = pki::checks(report, code)
        .into_iter()
        .find(|check| check.outcome == Outcome::Failed)
        .unwrap();
    match &check.detail["files"] {
        Detail::List(files) => files.clone(),
        Detail::Text(text) => vec![text.clone()],
    }
}

/// A sealed license whose seal does not cover OFD.xml and the list of signatures, as those of
/// other makers often do not. It passes as it is.
fn loosely_sealed() -> Archive {
    loosened(&pki::sealed_ofd())
}

fn loosened(sealed: &[u8]) -> Archive {
    let mut archive = Archive::read(sealed);
    drop_reference(&mut archive, "OFD.xml");
    reseal(&mut archive, &Resealing::default());
    archive
}

fn drop_reference(archive: &mut Archive, file: &str) {
    let signature = archive.find("/Signature.xml");
    let mut xml = archive.text(&signature);
    let start = xml
        .find(&format!("<ofd:Reference FileRef=\"/{file}\">"))
        .unwrap();
    let close = "</ofd:Reference>";
    let end = start + xml[start..].find(close).unwrap() + close.len();
    xml.replace_range(start..end, "");
    archive.put(&signature, xml);
}

fn replaced(archive: &Archive, file: &str, from: &str, to: &str) -> Vec<u8> {
    let mut forged = archive.clone();
    forged.edit(file, from, to);
    forged.write()
}

#[test]
fn what_the_forgeries_start_from_passes() {
    let sealed = Archive::read(&pki::sealed_ofd());
    for honest in [sealed.write(), loosely_sealed().write(), pki::sealed_pdf()] {
        let report = pki::judge(&honest);
        assert_eq!(
            report.outcome,
            Outcome::Passed,
            "{:?}",
            pki::not_passed(&report)
        );
    }
}

fn resealed(by: &Resealing<'_>) -> Vec<u8> {
    let mut archive = Archive::read(&pki::sealed_ofd());
    reseal(&mut archive, by);
    archive.write()
}

fn seal(document: &[u8]) -> Vec<u8> {
    affix(
        document,
        pki::seal_of(Layout::Gbt38540_2020),
        &world().signer,
    )
}

//! The list of a package's files (GM/T 0099-2020 7.4): whether it names every file, and whether
//! its signature is good and by someone trusted. It is no signature of the document.

use super::clause;
use super::content::Content;
use super::judged::{Judged, strictly, unreadable};
use super::message;
use super::signing_time::Said;
use super::{Check, CheckCode, Outcome, Reason, Verifier};
use crate::ofd::{IntegrityFile, Package, PackagePath};
use crate::time::Time;

/// What makes a signature's value good; together they are `integrity.value`.
const VALUE: &[CheckCode] = &[
    CheckCode::SignatureDigest,
    CheckCode::SignatureValue,
    CheckCode::SignatureAlgorithm,
];

/// A day less a second: a list states the day it was made on, so it may have been made at its end.
const REST_OF_DAY: i64 = 86_399;

pub(super) fn judge(verifier: &Verifier, package: &Package<'_>, at: Time, judged: &mut Judged) {
    let list = match IntegrityFile::read(package) {
        Ok(None) => return,
        Ok(Some(list)) => list,
        Err(error) => return judged.push(unreadable(CheckCode::IntegrityEntries, &error)),
    };
    let entries = entries(package, &list);
    judged.push(cited(strictly(verifier.policy(), entries, &list.findings)));
    judged.note(list.findings.iter().cloned());
    match package.read(&list.signed_value) {
        Ok(value) => signature(verifier, &list, &value, at, judged),
        Err(error) => judged.push(cited(unreadable(CheckCode::IntegrityValue, &error))),
    }
}

/// Every file is listed, and every listed file is there.
fn entries(package: &Package<'_>, list: &IntegrityFile) -> Check {
    let code = CheckCode::IntegrityEntries;
    let named = |check: Check, files: &[PackagePath]| {
        check.with_list("files", files.iter().map(PackagePath::as_str))
    };
    let unlisted = list.unlisted(package);
    let missing = list.missing(package);
    if !unlisted.is_empty() {
        named(Check::failed(code, Reason::Unlisted), &unlisted)
    } else if !missing.is_empty() {
        named(Check::failed(code, Reason::PartMissing), &missing)
    } else {
        Check::passed(code).with("files", list.files.len())
    }
}

/// The value, and then the signer's path and time like any signer's, marked as the list's.
fn signature(
    verifier: &Verifier,
    list: &IntegrityFile,
    value: &[u8],
    at: Time,
    judged: &mut Judged,
) {
    let pieces = [list.bytes.as_slice()];
    let claimed = list
        .created
        .map(|day| day.checked_add(REST_OF_DAY).unwrap_or(day).min(at));
    let said = Said {
        claimed,
        ..Said::default()
    };
    let verdict = message::judge_said(verifier, value, &Content::Pieces(&pieces), said, at);
    let (parts, others): (Vec<_>, Vec<_>) = verdict
        .judged
        .checks
        .into_iter()
        .partition(|check| VALUE.contains(&check.code));
    let worst = parts.into_iter().min_by_key(|check| check.outcome);
    let check = match worst {
        Some(check) if check.outcome == Outcome::Passed => Check::passed(CheckCode::IntegrityValue),
        Some(check) => Check {
            code: CheckCode::IntegrityValue,
            role: None,
            clause: None,
            ..check
        },
        None => Check::failed(CheckCode::IntegrityValue, Reason::Malformed),
    };
    let check = verdict
        .report
        .signer
        .iter()
        .fold(check, |check, signer| check.with("signer", &signer.subject));
    let good = check.outcome == Outcome::Passed;
    judged.push(cited(check));
    // Who a signature names that does not verify says nothing.
    if good {
        let place = list.signed_value.as_str();
        let others = others.into_iter().map(|check| check.with("entry", place));
        judged.checks.extend(others);
        let findings = verdict.judged.findings.into_iter();
        judged.note(findings.map(|finding| finding.inside(place)));
    }
}

fn cited(check: Check) -> Check {
    let clause = clause::of_ofd(check.code);
    check.clause(clause)
}

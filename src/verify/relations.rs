//! How the signatures of a package stand to each other: which covers which, in what order they
//! claim to have been made, and whether what a counter-signature builds on is sound
//! (`Relative`, OFD 2.0).

use super::coverage::Covered;
use super::report::SignatureReport;
use super::{Check, CheckCode, Outcome, Reason};
use crate::finding::{Finding, FindingCode};
use crate::ofd::{PackagePath, SignatureEntry, SignatureList};

/// How a signature binds the list of signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// It covers the list: whoever signs after it breaks it.
    Whole,
    /// It leaves the list open for others.
    Continue,
}

impl Mode {
    fn name(self) -> &'static str {
        match self {
            Mode::Whole => "whole",
            Mode::Continue => "continue",
        }
    }
}

/// Adds to each signature's report what it has to do with the others. Entries, reports and
/// coverages stand in the same order.
pub(super) fn judge(
    lists: &[SignatureList],
    reports: &mut [SignatureReport],
    covered: &[Covered],
) -> Vec<Finding> {
    let members: Vec<_> = lists
        .iter()
        .flat_map(|list| list.entries.iter().map(move |entry| Member { list, entry }))
        .collect();
    let mut findings = Vec::new();
    for (index, member) in members.iter().enumerate() {
        let follows: Vec<usize> = (0..members.len())
            .filter(|other| *other != index)
            .filter(|other| members.get(*other).is_some_and(|it| member.covers(it)))
            .collect();
        let signed_at = |index: usize| reports.get(index).and_then(|report| report.signed_at);
        let earlier_than_base = follows
            .iter()
            .any(|other| signed_at(index) < signed_at(*other) && signed_at(index).is_some());
        if earlier_than_base {
            findings.push(Finding::new(
                FindingCode::SigningOrder,
                format!("signatures[{index}]"),
            ));
        }
        let base = member.base(&members, &follows, covered);
        let Some(report) = reports.get_mut(index) else {
            continue;
        };
        report.coverage.mode = member.mode().map(Mode::name);
        report.coverage.follows = follows;
        if let Some(check) = base {
            report.outcome = report.outcome.min(check.outcome);
            report.checks.push(check);
        }
    }
    findings
}

/// A signature and the list it stands in.
struct Member<'a> {
    list: &'a SignatureList,
    entry: &'a SignatureEntry,
}

impl Member<'_> {
    fn mode(&self) -> Option<Mode> {
        let file = self.entry.file.as_ref().ok()?;
        Some(if file.lists(&self.list.path) {
            Mode::Whole
        } else {
            Mode::Continue
        })
    }

    /// Whether it protects the other's description and value by digests, so that it was made
    /// later.
    fn covers(&self, other: &Self) -> bool {
        let (Ok(file), Ok(other)) = (&self.entry.file, &other.entry.file) else {
            return false;
        };
        let lists = |path: &PackagePath| file.lists(path);
        lists(&other.path) && lists(&other.signed_value)
    }

    /// The check of the signature that this one says it builds on.
    fn base(&self, members: &[Self], follows: &[usize], covered: &[Covered]) -> Option<Check> {
        let code = CheckCode::SignatureBase;
        let named = self.entry.relative.as_deref()?;
        let base = members.iter().position(|other| {
            other.entry.id == named
                && other.list.path == self.list.path
                && !std::ptr::eq(other.entry, self.entry)
        });
        let Some(base) = base else {
            return Some(Check::failed(code, Reason::BaseMissing).with("base", named));
        };
        let intact = covered.get(base).map(|covered| covered.intact);
        let check = if !follows.contains(&base) {
            Check::failed(code, Reason::BaseNotCovered)
        } else {
            match intact {
                Some(Outcome::Passed) => Check::passed(code),
                Some(Outcome::Indeterminate) => Check::indeterminate(code, Reason::BaseBroken),
                Some(Outcome::Failed) | None => Check::failed(code, Reason::BaseBroken),
            }
        };
        Some(check.with("base", named).with("index", base))
    }
}

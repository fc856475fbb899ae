//! License data: from signed bytes only, from every source, and whether the sources agree.

use super::authority::{self, Signatures};
use super::judged::Judged;
use super::report::{LicenseFacts, SourceFacts};
use super::{Check, CheckCode, Reason};
use crate::finding::{Finding, FindingCode};
use crate::license::{CheckCharacter, Claims, DateClaim};
use crate::time::Time;

/// One place in a document that states license data.
pub(super) struct Source {
    /// `page`, `custom-data`, `attachment`, `xmp` or `embedded-file`.
    pub(super) name: &'static str,
    pub(super) claims: Claims,
    /// Indices of the signatures that cover it and are good.
    pub(super) covered_by: Vec<usize>,
    /// The source stands there more than once.
    pub(super) twice: bool,
}

/// What a document says of its license, judged.
#[derive(Default)]
pub(super) struct LicenseVerdict {
    pub(super) judged: Judged,
    pub(super) license: Option<LicenseFacts>,
    pub(super) unsigned_claims: Option<Claims>,
}

/// Whether anything there claims to be a license.
pub(super) fn is_stated(sources: &[Source]) -> bool {
    sources.iter().any(|source| !source.claims.is_empty())
}

/// `unreadable` names a place that another reader might read license data from.
pub(super) fn judge(
    sources: Vec<Source>,
    unreadable: Option<&str>,
    signatures: &Signatures<'_>,
) -> LicenseVerdict {
    let stated = sources
        .into_iter()
        .filter(|source| !source.claims.is_empty());
    let stated: Vec<_> = stated.collect();
    // A second copy confuses readers even when nothing signs it.
    let twice = stated
        .iter()
        .find(|source| source.twice)
        .map(|source| source.name);
    let (signed, unsigned): (Vec<_>, Vec<_>) = stated
        .into_iter()
        .partition(|source| !source.covered_by.is_empty());
    let mut verdict = LicenseVerdict {
        unsigned_claims: joined(&unsigned),
        ..LicenseVerdict::default()
    };
    let Some(claims) = joined(&signed) else {
        return verdict;
    };
    verdict.judged.push(consistent(&signed, twice, unreadable));
    identifier(&claims, &mut verdict.judged);
    verdict
        .judged
        .push(validity(&claims, signatures.evaluated_at));
    verdict.judged.push(Check::indeterminate(
        CheckCode::LicenseStatus,
        Reason::StatusUnknown,
    ));
    let covering = covering_all(&signed);
    for check in authority::judge(signatures, &claims, &covering) {
        verdict.judged.push(check);
    }
    let sources = signed
        .into_iter()
        .map(|source| SourceFacts {
            source: source.name,
            covered_by: source.covered_by,
        })
        .collect();
    verdict.license = Some(LicenseFacts { claims, sources });
    verdict
}

/// The signatures that cover every source.
fn covering_all(sources: &[Source]) -> Vec<usize> {
    let Some((first, others)) = sources.split_first() else {
        return Vec::new();
    };
    let covers = |index: &&usize| {
        others
            .iter()
            .all(|source| source.covered_by.contains(index))
    };
    first.covered_by.iter().filter(covers).copied().collect()
}

/// The first source completed by what only later ones state.
fn joined(sources: &[Source]) -> Option<Claims> {
    let mut sources = sources.iter();
    let mut joined = sources.next()?.claims.clone();
    for source in sources {
        joined.complete(&source.claims);
    }
    Some(joined)
}

fn consistent(sources: &[Source], twice: Option<&str>, unreadable: Option<&str>) -> Check {
    let code = CheckCode::LicenseConsistent;
    if let Some(name) = unreadable {
        return Check::failed(code, Reason::Malformed).with("source", name);
    }
    if let Some(name) = twice {
        return Check::failed(code, Reason::SourceTwice).with("source", name);
    }
    for (index, one) in sources.iter().enumerate() {
        for other in sources.iter().skip(index) {
            let conflicts = one.claims.conflicts(&other.claims);
            if !conflicts.is_empty() {
                return Check::failed(code, Reason::SourcesDiffer)
                    .with_list("elements", conflicts)
                    .with_list("sources", [one.name, other.name]);
            }
        }
    }
    Check::passed(code).with_list("sources", sources.iter().map(|source| source.name))
}

fn identifier(claims: &Claims, judged: &mut Judged) {
    let code = CheckCode::LicenseIdentifier;
    let check = match claims.license_id() {
        None => Check::failed(CheckCode::LicenseMetadata, Reason::MetadataIncomplete)
            .with("element", "identifier"),
        Some(Err(_)) => Check::failed(code, Reason::IdentifierWrong),
        Some(Ok(id)) => match id.check() {
            CheckCharacter::Standard => Check::passed(code),
            CheckCharacter::VendorVariant => {
                judged.note([Finding::new(
                    FindingCode::IdentifierVendorVariant,
                    "license.identifier",
                )]);
                Check::passed(code)
            }
            CheckCharacter::Wrong { expected } => {
                Check::failed(code, Reason::IdentifierWrong).with("expected", expected)
            }
            CheckCharacter::NotCheckable => Check::indeterminate(code, Reason::Unsupported),
        },
    };
    judged.push(check.clause(Some("GB/T 36904-2018")));
}

/// Both ends count in full, by the calendar of China.
fn validity(claims: &Claims, evaluated_at: Time) -> Check {
    let code = CheckCode::LicenseValidity;
    let today = evaluated_at.china_date();
    let day = |claim: &Option<DateClaim>| match claim {
        Some(DateClaim::On(date)) => Ok(Some((date.year(), date.month(), date.day()))),
        Some(DateClaim::Unreadable(_)) => Err(()),
        Some(DateClaim::NoEnd) | None => Ok(None),
    };
    match (day(&claims.valid_from), day(&claims.valid_until)) {
        (Ok(Some(from)), _) if today < from => Check::failed(code, Reason::NotYetValid),
        (_, Ok(Some(until))) if today > until => Check::failed(code, Reason::Expired),
        (Ok(_), Ok(_)) => Check::passed(code),
        _ => Check::indeterminate(code, Reason::TimeUnreadable),
    }
}

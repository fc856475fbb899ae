//! Whether a license lies within what an anchor vouches for.

use super::super::judged::Vouched;
use super::super::{Check, CheckCode, Reason, Role};
use crate::license::codes::{Containment, RegionCode, RegionStanding, Uscc};
use crate::license::{Claims, IssuerClaim};
use crate::trust::AnchorRole;
use crate::trust::list::{Extent, Scope, TrustList};

/// What of a license a scope is about.
pub(super) struct Subject {
    issuer: Option<String>,
    license_type: Option<String>,
    /// The region that the license states, and that of its issuer's registration.
    regions: Vec<Region>,
    issued_in: Option<i32>,
}

struct Region {
    /// `area_code` or `issuer`.
    source: &'static str,
    text: String,
}

impl Subject {
    pub(super) fn of(claims: &Claims, issuer: &IssuerClaim) -> Self {
        let code = super::code_of(issuer);
        let registered = code
            .as_deref()
            .and_then(|code| Uscc::parse(code).ok())
            .and_then(|code| code.region())
            .map(|region| region.as_str().to_owned());
        let stated = claims.area_code.as_deref();
        let stated = stated.map(|code| code.trim().to_owned());
        let regions = [("area_code", stated), ("issuer", registered)]
            .into_iter()
            .filter_map(|(source, text)| {
                Some(Region {
                    source,
                    text: text?,
                })
            });
        let issued = claims.issued_on.as_ref().or(claims.valid_from.as_ref());
        Self {
            license_type: claims
                .type_code
                .as_deref()
                .map(|code| code.trim().to_owned()),
            regions: regions.collect(),
            issued_in: issued
                .and_then(crate::license::DateClaim::date)
                .map(crate::license::Date::year),
            issuer: code,
        }
    }
}

/// The best that any entry of the anchor says; an anchor given without a list says nothing.
pub(super) fn judge(
    code: CheckCode,
    list: &TrustList,
    vouched: &Vouched,
    subject: &Subject,
) -> Check {
    let role = match vouched.role {
        Role::Maker => AnchorRole::Maker,
        Role::Signer | Role::Tsa => AnchorRole::Signer,
    };
    let entries = vouched
        .anchor
        .iter()
        .flat_map(|anchor| list.entries_of(anchor));
    let checks = entries
        .filter(|entry| entry.kind.role() == role)
        .filter_map(|entry| Some((entry, entry.granted_at(vouched.used_at)?)))
        .map(|(entry, scope)| within(code, scope, subject).with("entry", &entry.id));
    checks
        .max_by_key(|check| check.outcome)
        .unwrap_or_else(|| Check::indeterminate(code, Reason::AuthorityUnknown))
        .role(vouched.role)
}

/// Type, issuer and region; what fails is said before what is open.
fn within(code: CheckCode, scope: &Scope, subject: &Subject) -> Check {
    let checks = [
        named(
            code,
            Reason::OutsideTypes,
            &scope.license_types,
            subject.license_type.as_deref(),
            "type_code",
        ),
        named(
            code,
            Reason::OutsideIssuers,
            &scope.issuers,
            subject.issuer.as_deref(),
            "issuer",
        ),
        regions(code, &scope.regions, subject),
    ];
    checks
        .into_iter()
        .min_by_key(|check| check.outcome)
        .unwrap_or_else(|| Check::indeterminate(code, Reason::AuthorityUnknown))
}

fn named(
    code: CheckCode,
    outside: Reason,
    extent: &Extent<String>,
    value: Option<&str>,
    what: &'static str,
) -> Check {
    let Extent::Only(admitted) = extent else {
        return Check::passed(code);
    };
    match value {
        None => Check::indeterminate(code, Reason::MetadataIncomplete).with("element", what),
        Some(value) if admitted.iter().any(|one| one.eq_ignore_ascii_case(value)) => {
            Check::passed(code)
        }
        Some(value) => Check::failed(code, outside)
            .with(what, value)
            .with_list("admitted", admitted),
    }
}

fn regions(code: CheckCode, extent: &Extent<RegionCode>, subject: &Subject) -> Check {
    let Extent::Only(admitted) = extent else {
        return Check::passed(code);
    };
    let checks = subject.regions.iter().map(|region| {
        let check = match place(admitted, &region.text, subject.issued_in) {
            Place::Inside => return Check::passed(code),
            Place::Outside => Check::failed(code, Reason::OutsideRegion),
            Place::Unknown => Check::indeterminate(code, Reason::RegionUnknown),
            Place::Retired => Check::indeterminate(code, Reason::RegionRetired),
        };
        check
            .with("region", &region.text)
            .with("region_of", region.source)
            .with_list("admitted", admitted.iter().map(RegionCode::as_str))
    });
    checks.min_by_key(|check| check.outcome).unwrap_or_else(|| {
        Check::indeterminate(code, Reason::MetadataIncomplete).with("element", "area_code")
    })
}

enum Place {
    Inside,
    Outside,
    /// No code, or of no province.
    Unknown,
    /// A code that was given up, where that leaves it open.
    Retired,
}

/// Where a license's region lies. A code that was given up before the license was issued tells of a
/// mistake or a forgery, and settles nothing.
fn place(admitted: &[RegionCode], text: &str, issued_in: Option<i32>) -> Place {
    let Ok(region) = RegionCode::parse(text) else {
        return Place::Unknown;
    };
    if region.standing() == RegionStanding::NoSuchProvince {
        return Place::Unknown;
    }
    let found = admitted.iter().map(|named| region.lies_in(named));
    let found: Vec<_> = found.collect();
    if !found.iter().any(|place| *place != Containment::Outside) {
        return Place::Outside;
    }
    let ended = region.retirement().map(|end| end.year);
    let used_after_end = ended
        .zip(issued_in)
        .is_some_and(|(end, issued)| issued > end);
    if used_after_end || !found.contains(&Containment::Inside) {
        return Place::Retired;
    }
    Place::Inside
}

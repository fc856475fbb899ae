//! Claims by revocation lists: full, partitioned, indirect, and brought up to date by deltas
//! (RFC 5280 6.3.3).

use std::cmp::Ordering;

use super::{Claim, Link, Says, covers_expired, in_effect, is_current, is_hold};
use crate::pki::{
    Certificate, Crl, DistributionPoint, GeneralName, Name, ReasonSet, RevocationReason, Revoked,
};
use crate::time::Time;
use crate::trust::path::Search;
use crate::trust::report::{EvidenceRef, UnknownCause};

/// What the lists say: one claim each that it is revoked, one that it is good where current lists
/// for all reasons agree, else why not.
pub(super) fn claims(search: &mut Search<'_>, link: &Link<'_>) -> Vec<Claim> {
    let crls = search.request.crls;
    let points = points_of(link.certificate);
    let mut claims = Vec::new();
    let mut covered = Covered::default();
    for (index, crl) in crls.iter().enumerate() {
        let reasons = points
            .iter()
            .map(|point| reasons_in_scope(point, crl, link.certificate))
            .fold(Scope::Foreign, Scope::wider);
        match reasons {
            Scope::Foreign => {}
            Scope::Other => claims.push(unknown(crl, UnknownCause::OtherScope)),
            Scope::Reasons(reasons) if crl.delta_base().is_none() => {
                let claim = judge_complete(search, link, index, crl);
                if matches!(claim.says, Says::Good) {
                    covered.add(reasons, claim);
                } else {
                    claims.push(claim);
                }
            }
            Scope::Reasons(_) => claims.push(judge_delta_alone(search, link, index, crl)),
        }
    }
    claims.extend(covered.claim());
    claims
}

fn unknown(crl: &Crl, cause: UnknownCause) -> Claim {
    Claim {
        as_of: crl.this_update(),
        says: Says::Unknown(cause),
        evidence: Vec::new(),
    }
}

/// Lists that agree on a certificate, and the reasons they tell of together.
#[derive(Default)]
struct Covered {
    /// Each with the reasons it tells of.
    lists: Vec<(ReasonSet, Claim)>,
}

impl Covered {
    fn add(&mut self, reasons: ReasonSet, claim: Claim) {
        self.lists.push((reasons, claim));
    }

    /// Newest first, until every reason is told of. The claim is as old as the oldest it needs.
    fn claim(mut self) -> Option<Claim> {
        self.lists
            .sort_by_key(|(_, claim)| std::cmp::Reverse(claim.as_of));
        let mut reasons = ReasonSet::NONE;
        let mut whole: Option<Claim> = None;
        for (more, claim) in self.lists {
            if reasons.includes(more) {
                continue;
            }
            reasons = reasons.or(more);
            whole = Some(match whole {
                None => claim,
                Some(mut whole) => {
                    whole.as_of = whole.as_of.min(claim.as_of);
                    whole.evidence.extend(claim.evidence);
                    whole
                }
            });
        }
        let mut whole = whole?;
        if !reasons.includes(ReasonSet::ALL) {
            whole.says = Says::Unknown(UnknownCause::SomeReasons);
        }
        Some(whole)
    }
}

/// What a certificate names, and the point that stands for any list of its own issuer (RFC 5280
/// 6.3.3, last paragraph).
fn points_of(certificate: &Certificate) -> Vec<Point> {
    let named = certificate.crl_distribution_points().ok().flatten();
    let issuer = certificate.issuer_name();
    let mut points: Vec<Point> = named
        .unwrap_or_default()
        .iter()
        .filter_map(|point| Point::new(point, issuer))
        .collect();
    points.push(Point {
        names: vec![GeneralName::Directory(issuer.clone())],
        reasons: ReasonSet::ALL,
        issuers: Vec::new(),
    });
    points
}

/// A distribution point with its names in full.
struct Point {
    names: Vec<GeneralName>,
    reasons: ReasonSet,
    /// Who issues the lists there; the certificate's issuer when empty.
    issuers: Vec<Name>,
}

impl Point {
    fn new(point: &DistributionPoint, issuer: &Name) -> Option<Self> {
        let issuers: Vec<Name> = point
            .crl_issuer
            .iter()
            .filter_map(|name| match name {
                GeneralName::Directory(name) => Some(name.clone()),
                _ => None,
            })
            .collect();
        let lists_by = issuers.first().unwrap_or(issuer);
        let names = match &point.name {
            Some(name) => name.in_full(lists_by).ok()?,
            None => point.crl_issuer.clone(),
        };
        if !point.crl_issuer.is_empty() && issuers.is_empty() {
            return None;
        }
        Some(Self {
            names,
            reasons: point.reasons.unwrap_or(ReasonSet::ALL),
            issuers,
        })
    }
}

/// What a list is to a certificate.
enum Scope {
    /// By another issuer.
    Foreign,
    /// By the right issuer, for other certificates.
    Other,
    /// For this certificate, as far as these reasons go.
    Reasons(ReasonSet),
}

impl Scope {
    fn wider(self, other: Self) -> Self {
        match (self, other) {
            (Self::Reasons(one), Self::Reasons(two)) => Self::Reasons(one.or(two)),
            (Self::Reasons(one), _) | (_, Self::Reasons(one)) => Self::Reasons(one),
            (Self::Other, _) | (_, Self::Other) => Self::Other,
            (Self::Foreign, Self::Foreign) => Self::Foreign,
        }
    }
}

/// RFC 5280 6.3.3 b, d.
fn reasons_in_scope(point: &Point, crl: &Crl, certificate: &Certificate) -> Scope {
    let part = crl.issuing_point();
    let by_point = point
        .issuers
        .iter()
        .any(|issuer| crl.issuer_name().matches(issuer));
    let by_issuer = crl.issuer_name().matches(certificate.issuer_name());
    let right_issuer = if point.issuers.is_empty() {
        by_issuer
    } else {
        by_point && (part.indirect || by_issuer)
    };
    if !right_issuer {
        return Scope::Foreign;
    }
    let right_point = part.name.as_ref().is_none_or(|name| {
        let names = name.in_full(crl.issuer_name()).unwrap_or_default();
        names
            .iter()
            .any(|name| point.names.iter().any(|own| own.matches(name)))
    });
    let constraints = certificate.basic_constraints().ok().flatten();
    let authority = constraints.is_some_and(|constraints| constraints.ca);
    let other_kind = if authority {
        part.only_users
    } else {
        part.only_authorities
    };
    let right_kind = !part.only_attributes && !other_kind;
    if right_point && right_kind {
        Scope::Reasons(point.reasons.and(part.reasons.unwrap_or(ReasonSet::ALL)))
    } else {
        Scope::Other
    }
}

/// A complete list, with the newest delta that continues it.
fn judge_complete(search: &mut Search<'_>, link: &Link<'_>, index: usize, crl: &Crl) -> Claim {
    if let Err(cause) = usable(search, link, index, crl) {
        return unknown(crl, cause);
    }
    let request = search.request;
    let base = in_effect(entry(crl, link.certificate), crl.this_update(), request);
    let delta = newest_delta(search, link, crl);
    let mut claim = Claim {
        as_of: crl.this_update(),
        says: Says::Good,
        evidence: vec![EvidenceRef::Crl(index)],
    };
    let mut next_update = crl.next_update();
    let mut revoked = base;
    if let Some((place, delta)) = delta {
        claim.as_of = delta.this_update();
        claim.evidence.push(EvidenceRef::Crl(place));
        next_update = delta.next_update();
        revoked = match entry(delta, link.certificate) {
            // Only a suspension is ever taken back.
            Some(removed) if is_removed(&removed) => base.filter(|base| !is_hold(base)),
            Some(added) => in_effect(Some(added), delta.this_update(), request).or(base),
            None => base,
        };
    }
    claim.says = match revoked {
        Some(revoked) => Says::Revoked(revoked),
        None => match current(link, claim.as_of, next_update, crl, search) {
            Ok(()) => Says::Good,
            Err(cause) => Says::Unknown(cause),
        },
    };
    claim
}

fn current(
    link: &Link<'_>,
    as_of: Time,
    next_update: Option<Time>,
    crl: &Crl,
    search: &Search<'_>,
) -> Result<(), UnknownCause> {
    is_current(as_of, next_update, search.request)?;
    let kept_since = crl.expired_since().ok().flatten();
    if covers_expired(
        link.certificate,
        crl.this_update(),
        kept_since,
        search.request,
    ) {
        Ok(())
    } else {
        Err(UnknownCause::AfterExpiry)
    }
}

/// A delta without the list it continues can only worsen what is known.
fn judge_delta_alone(search: &mut Search<'_>, link: &Link<'_>, index: usize, crl: &Crl) -> Claim {
    if let Err(cause) = usable(search, link, index, crl) {
        return unknown(crl, cause);
    }
    let added = entry(crl, link.certificate).filter(|revoked| !is_removed(revoked));
    match in_effect(added, crl.this_update(), search.request) {
        Some(revoked) => Claim {
            as_of: crl.this_update(),
            says: Says::Revoked(revoked),
            evidence: vec![EvidenceRef::Crl(index)],
        },
        None => unknown(crl, UnknownCause::OtherScope),
    }
}

fn entry(crl: &Crl, certificate: &Certificate) -> Option<Revoked> {
    crl.find_of(certificate.issuer_name(), certificate.serial())
}

fn is_removed(revoked: &Revoked) -> bool {
    revoked.reason == Some(RevocationReason::RemoveFromCrl)
}

fn newest_delta<'a>(
    search: &mut Search<'a>,
    link: &Link<'_>,
    base: &Crl,
) -> Option<(usize, &'a Crl)> {
    let at = search.request.evidence_at;
    let mut deltas: Vec<(usize, &Crl)> = search
        .request
        .crls
        .iter()
        .enumerate()
        .filter(|(_, delta)| continues(delta, base) && delta.this_update() <= at)
        .collect();
    deltas.sort_by(|(_, one), (_, two)| compare(two.number(), one.number()));
    deltas
        .into_iter()
        .find(|(index, delta)| usable(search, link, *index, delta).is_ok())
}

/// RFC 5280 5.2.4, 6.3.3 c: the same issuer, scope and key, and numbers that meet.
fn continues(delta: &Crl, base: &Crl) -> bool {
    let point = |crl: &Crl| {
        crl.extensions()
            .iter()
            .find(|one| one.oid() == crate::asn1::named::ISSUING_DISTRIBUTION_POINT)
            .map(|one| one.value().to_vec())
    };
    let key = |crl: &Crl| {
        crl.authority_key_id()
            .ok()
            .flatten()
            .and_then(|id| id.key_id)
    };
    let (Some(start), Some(base_number)) = (delta.delta_base(), base.number()) else {
        return false;
    };
    delta.issuer_name().matches(base.issuer_name())
        && point(delta) == point(base)
        && key(delta) == key(base)
        && compare(Some(start), Some(base_number)) != Ordering::Greater
        && compare(Some(base_number), delta.number()) == Ordering::Less
}

/// Numbers of lists as INTEGER content; none is below all.
fn compare(one: Option<&[u8]>, two: Option<&[u8]>) -> Ordering {
    let key = |number: Option<&[u8]>| {
        number.map(|digits| {
            let digits: Vec<u8> = digits.iter().copied().skip_while(|one| *one == 0).collect();
            (digits.len(), digits)
        })
    };
    key(one).cmp(&key(two))
}

/// Whether a list in scope may be used at all.
fn usable(
    search: &mut Search<'_>,
    link: &Link<'_>,
    index: usize,
    crl: &Crl,
) -> Result<(), UnknownCause> {
    if crl.unknown_critical().is_some() {
        return Err(UnknownCause::UnknownCritical);
    }
    search.check_crl(index, crl, link.issuer, link.anchor)
}

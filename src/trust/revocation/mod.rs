//! What revocation lists and OCSP responses say about the certificates of one path (RFC 5280 6.3,
//! RFC 6960).
//!
//! Each piece of evidence that may speak for a certificate makes a [`Claim`]. Claims only add up:
//! one that it is revoked holds whatever others say, except that a suspension ends where newer
//! evidence no longer has it.

mod crl;
mod ocsp;

use super::path::Search;
use super::report::{EvidenceRef, PathProblem, ProblemCode, RevocationStatus, UnknownCause};
use super::request::{PathRequest, RevocationMode};
use crate::pki::{Certificate, RevocationReason, Revoked};
use crate::time::Time;

/// What came of judging the revocation of one path.
pub(super) struct Judged {
    /// One a certificate, from the leaf up.
    pub(super) statuses: Vec<RevocationStatus>,
    pub(super) problems: Vec<PathProblem>,
    pub(super) evidence: Vec<EvidenceRef>,
}

/// Judges every certificate below the anchor.
pub(super) fn judge(search: &mut Search<'_>, chain: &[&Certificate]) -> Judged {
    let mode = search.request.revocation;
    let mut judged = Judged {
        statuses: vec![RevocationStatus::NotChecked; chain.len()],
        problems: Vec::new(),
        evidence: Vec::new(),
    };
    let Some(anchor) = chain.last() else {
        return judged;
    };
    if mode == RevocationMode::Off {
        return judged;
    }
    let links = chain.iter().zip(chain.iter().skip(1));
    for (index, (certificate, issuer)) in links.enumerate() {
        let link = Link {
            certificate,
            issuer,
            anchor,
        };
        let status = judge_link(search, &link, &mut judged.evidence);
        let code = match status {
            RevocationStatus::Revoked { .. } => Some(ProblemCode::Revoked),
            RevocationStatus::Unknown(_) if mode == RevocationMode::Required => {
                Some(ProblemCode::RevocationUnknown)
            }
            _ => None,
        };
        judged.problems.extend(code.map(|code| PathProblem {
            code,
            certificate: index,
        }));
        if let Some(place) = judged.statuses.get_mut(index) {
            *place = status;
        }
    }
    judged.evidence.sort_unstable();
    judged.evidence.dedup();
    judged
}

/// A certificate whose revocation is asked for, and what stands above it.
struct Link<'a> {
    certificate: &'a Certificate,
    issuer: &'a Certificate,
    anchor: &'a Certificate,
}

/// What evidence says that may speak for the certificate.
struct Claim {
    /// When it was right.
    as_of: Time,
    says: Says,
    evidence: Vec<EvidenceRef>,
}

enum Says {
    /// Not revoked, by evidence that is current and complete.
    Good,
    /// Revoked, whatever the age of the evidence.
    Revoked(Revoked),
    /// Nothing.
    Unknown(UnknownCause),
}

fn judge_link(
    search: &mut Search<'_>,
    link: &Link<'_>,
    evidence: &mut Vec<EvidenceRef>,
) -> RevocationStatus {
    let mut claims = crl::claims(search, link);
    claims.extend(ocsp::claims(search, link));
    combine(&claims, evidence)
}

fn combine(claims: &[Claim], evidence: &mut Vec<EvidenceRef>) -> RevocationStatus {
    let newest_good = claims
        .iter()
        .filter(|claim| matches!(claim.says, Says::Good))
        .map(|claim| claim.as_of)
        .max();
    let counts = |claim: &&Claim| match &claim.says {
        Says::Revoked(revoked) => {
            !is_hold(revoked) || newest_good.is_none_or(|good| good <= claim.as_of)
        }
        _ => false,
    };
    let revoked = claims.iter().filter(counts).filter_map(|claim| {
        let Says::Revoked(revoked) = claim.says else {
            return None;
        };
        Some((claim, revoked))
    });
    if let Some((claim, Revoked { time, reason })) = revoked.min_by_key(|(_, one)| one.time) {
        evidence.extend(&claim.evidence);
        return RevocationStatus::Revoked { time, reason };
    }
    let good = claims
        .iter()
        .filter(|claim| matches!(claim.says, Says::Good))
        .max_by_key(|claim| claim.as_of);
    if let Some(claim) = good {
        evidence.extend(&claim.evidence);
        return RevocationStatus::Good;
    }
    let causes = claims.iter().filter_map(|claim| match claim.says {
        Says::Unknown(cause) => Some(cause),
        _ => None,
    });
    // What speaks for other certificates only is not what kept this one unknown.
    let cause = causes.min_by_key(|cause| *cause == UnknownCause::OtherScope);
    RevocationStatus::Unknown(cause.unwrap_or(UnknownCause::None))
}

fn is_hold(revoked: &Revoked) -> bool {
    revoked.reason == Some(RevocationReason::CertificateHold)
}

/// What an entry means at the time asked for. In evidence of that time or before, whoever is named is
/// revoked, whatever date stands there (RFC 5280 6.3.3 i); evidence from later says since when.
fn in_effect(
    revoked: Option<Revoked>,
    this_update: Time,
    request: &PathRequest<'_>,
) -> Option<Revoked> {
    let at = request.evidence_at;
    revoked.filter(|revoked| revoked.time <= at || this_update <= at)
}

/// Whether evidence of this age counts at the time asked for.
fn is_current(
    this_update: Time,
    next_update: Option<Time>,
    request: &PathRequest<'_>,
) -> Result<(), UnknownCause> {
    let at = request.evidence_at;
    if at < this_update {
        return Err(UnknownCause::NotYetValid);
    }
    let later = |time: Time, seconds: u32| time.checked_add(seconds.into()).unwrap_or(time);
    let due = next_update.map(|next| later(next, request.evidence_age.grace));
    let oldest = request
        .evidence_age
        .max_age
        .map(|age| later(this_update, age));
    match (due, oldest) {
        (None, None) => Err(UnknownCause::NoNextUpdate),
        (due, oldest) if due.into_iter().chain(oldest).all(|end| at <= end) => Ok(()),
        _ => Err(UnknownCause::Stale),
    }
}

/// What is not told of a certificate that had expired before the evidence was made says nothing,
/// unless expired ones are kept in it or the caller takes it all the same.
fn covers_expired(
    certificate: &Certificate,
    this_update: Time,
    kept_since: Option<Time>,
    request: &PathRequest<'_>,
) -> bool {
    let expired = certificate.not_after();
    request.evidence_age.after_expiry
        || this_update <= expired
        || kept_since.is_some_and(|since| since <= expired)
}

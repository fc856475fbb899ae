//! What revocation lists say about the certificates of one path (RFC 5280 6.3). Indirect lists are
//! not used, and delta lists only to learn of revocations.

use super::path::Search;
use super::report::{PathProblem, ProblemCode, RevocationStatus, UnknownCause};
use super::request::{PathRequest, RevocationMode};
use crate::crypto::Strength;
use crate::pki::{Certificate, Crl, CrlScope, KeyUsage, RevocationReason, Revoked};

/// Judges every certificate below the anchor and adds what is wrong to the problems.
pub(super) fn judge(
    search: &mut Search<'_>,
    chain: &[&Certificate],
    problems: &mut Vec<PathProblem>,
    evidence: &mut Vec<usize>,
) -> Vec<RevocationStatus> {
    let mode = search.request.revocation;
    let mut statuses = vec![RevocationStatus::NotChecked; chain.len()];
    if mode == RevocationMode::Off {
        return statuses;
    }
    let Some(anchor) = chain.last() else {
        return statuses;
    };
    let links = chain.iter().zip(chain.iter().skip(1));
    for (index, ((certificate, issuer), status)) in links.zip(statuses.iter_mut()).enumerate() {
        *status = judge_one(search, certificate, (issuer, anchor), evidence);
        let code = match status {
            RevocationStatus::Revoked { .. } => Some(ProblemCode::Revoked),
            RevocationStatus::Unknown(_) if mode == RevocationMode::Required => {
                Some(ProblemCode::RevocationUnknown)
            }
            _ => None,
        };
        problems.extend(code.map(|code| PathProblem {
            code,
            certificate: index,
        }));
    }
    evidence.sort_unstable();
    evidence.dedup();
    statuses
}

/// The status by all lists of the issuer: revoked by any, else good by any, else unknown by the
/// first cause met. `above` are the issuer and the anchor of the path.
fn judge_one(
    search: &mut Search<'_>,
    certificate: &Certificate,
    above: (&Certificate, &Certificate),
    evidence: &mut Vec<usize>,
) -> RevocationStatus {
    let request = search.request;
    let mut status = RevocationStatus::Unknown(UnknownCause::None);
    for (index, crl) in request.crls.iter().enumerate() {
        if !crl.issuer_name().matches(certificate.issuer_name()) {
            continue;
        }
        let judged = match usable(search, index, crl, certificate, above) {
            Ok(()) if *crl.scope() == CrlScope::Delta => judge_by_delta(crl, certificate, request),
            Ok(()) => judge_by(crl, certificate, request),
            Err(cause) => RevocationStatus::Unknown(cause),
        };
        match judged {
            RevocationStatus::Revoked { .. } => {
                evidence.push(index);
                return judged;
            }
            RevocationStatus::Good => {
                evidence.push(index);
                status = judged;
            }
            _ if status == RevocationStatus::Unknown(UnknownCause::None) => status = judged,
            _ => {}
        }
    }
    status
}

/// Whether a list of this name speaks for this certificate at all.
fn usable(
    search: &mut Search<'_>,
    index: usize,
    crl: &Crl,
    certificate: &Certificate,
    (issuer, anchor): (&Certificate, &Certificate),
) -> Result<(), UnknownCause> {
    in_scope(crl, certificate)?;
    let weak = crl
        .signature_algorithm()
        .is_ok_and(|algorithm| algorithm.strength() == Strength::Weak);
    if weak && !search.request.algorithms.allow_sha1 {
        return Err(UnknownCause::WeakAlgorithm);
    }
    match search.check_crl(index, issuer, anchor) {
        Some(true) => Ok(()),
        Some(false) if !may_sign_lists(issuer) => Err(UnknownCause::IssuerKeyUsage),
        Some(false) => Err(UnknownCause::SignatureMismatch),
        None => Err(UnknownCause::SearchLimit),
    }
}

/// The key usage of a signer of lists, where it has one, includes that (RFC 5280 6.3.3 f).
pub(super) fn may_sign_lists(signer: &Certificate) -> bool {
    signer
        .key_usage()
        .is_ok_and(|usage| usage.is_none_or(|usage| usage.allows(KeyUsage::CRL_SIGN)))
}

fn in_scope(crl: &Crl, certificate: &Certificate) -> Result<(), UnknownCause> {
    match crl.scope() {
        CrlScope::Full | CrlScope::Delta => Ok(()),
        CrlScope::UnknownCritical(_) => Err(UnknownCause::UnknownCritical),
        CrlScope::Partial {
            distribution_points,
            only_users,
            only_authorities,
        } => {
            let constraints = certificate.basic_constraints().ok().flatten();
            let authority = constraints.is_some_and(|constraints| constraints.ca);
            let right_kind = match (only_users, only_authorities) {
                (false, false) => true,
                (true, false) => !authority,
                (false, true) => authority,
                (true, true) => false,
            };
            // RFC 5280 6.3.3 b 2 i: one name in common.
            let right_point = distribution_points.is_empty()
                || certificate
                    .crl_distribution_points()
                    .ok()
                    .flatten()
                    .is_some_and(|own| own.iter().any(|name| distribution_points.contains(name)));
            if right_kind && right_point {
                Ok(())
            } else {
                Err(UnknownCause::OtherScope)
            }
        }
        _ => Err(UnknownCause::OtherScope),
    }
}

/// A delta list can only worsen what is known: what it adds is revoked, what it takes back is
/// left to the next full list.
fn judge_by_delta(
    crl: &Crl,
    certificate: &Certificate,
    request: &PathRequest<'_>,
) -> RevocationStatus {
    match crl.find(certificate.serial()) {
        Some(Revoked { time, reason })
            if time <= request.evidence_at && reason != Some(RevocationReason::RemoveFromCrl) =>
        {
            RevocationStatus::Revoked { time, reason }
        }
        _ => RevocationStatus::Unknown(UnknownCause::OtherScope),
    }
}

/// What a list that speaks for the certificate says. A revocation counts whatever the age of the
/// list, since none is taken back; an absence counts only while the list is current.
fn judge_by(crl: &Crl, certificate: &Certificate, request: &PathRequest<'_>) -> RevocationStatus {
    let at = request.evidence_at;
    if let Some(Revoked { time, reason }) = crl.find(certificate.serial())
        && time <= at
    {
        return RevocationStatus::Revoked { time, reason };
    }
    if at < crl.this_update() {
        return RevocationStatus::Unknown(UnknownCause::NotYetValid);
    }
    match crl.next_update() {
        Some(next) if at <= next => RevocationStatus::Good,
        Some(_) => RevocationStatus::Unknown(UnknownCause::Stale),
        None => RevocationStatus::Unknown(UnknownCause::NoNextUpdate),
    }
}

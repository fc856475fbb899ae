//! The rights that certificates of one path give and limit (RFC 5280 6.1).

mod name;
mod policy;
mod profile;
mod purpose;

use std::collections::BTreeSet;

use self::name::NameJudge;
use self::policy::PolicyJudge;
use super::report::{PathProblem, ProblemCode};
use super::request::PathRequest;
use crate::asn1::{Oid, named};
use crate::finding::Finding;
use crate::pki::{Certificate, Extension, KeyUsage, Version};

/// What came of judging the rights along one path.
pub(super) struct Rights {
    pub(super) problems: Vec<PathProblem>,
    pub(super) findings: Vec<Finding>,
    /// The policies the path is valid under, within those the caller accepts.
    pub(super) policies: BTreeSet<Oid>,
}

/// Judges a path that reaches an anchor, leaf first. `comparisons` counts those of names over the
/// whole question.
pub(super) fn judge(
    chain: &[&Certificate],
    request: &PathRequest<'_>,
    comparisons: &mut u32,
) -> Rights {
    let mut findings = Vec::new();
    let mut problems = Vec::new();
    // Authorities met so far that count against a path length: not the leaf, not self-issued.
    let mut below = 0_usize;
    for (index, certificate) in chain.iter().enumerate() {
        let mut codes = judge_extensions(certificate);
        profile::judge(certificate, index, &mut findings);
        if index == 0 {
            codes.extend(judge_consistency(certificate));
            codes.extend(purpose::judge(certificate, request.purpose, &mut findings));
        } else {
            codes.extend(judge_authority(certificate, below, request));
            if !certificate.is_self_issued() {
                below += 1;
            }
        }
        problems.extend(codes.into_iter().map(|code| (index, code)));
    }
    problems.extend(purpose::judge_chain(chain, request.purpose));
    problems.extend(judge_names(chain, comparisons));
    let policies = judge_policies(chain, request).unwrap_or_else(|problem| {
        problems.push(problem);
        BTreeSet::new()
    });
    problems.sort_by_key(|(index, code)| (*index, code.name()));
    problems.dedup();
    let problems = problems
        .into_iter()
        .map(|(certificate, code)| PathProblem { code, certificate });
    Rights {
        problems: problems.collect(),
        findings,
        policies,
    }
}

/// Every certificate below an authority that constrains names, except those by which an authority
/// only renews itself.
fn judge_names(chain: &[&Certificate], comparisons: &mut u32) -> Vec<(usize, ProblemCode)> {
    let mut judge = NameJudge::default();
    let mut problems = Vec::new();
    for (index, certificate) in chain.iter().enumerate().rev() {
        let anchor = index + 1 == chain.len();
        let leaf = index == 0;
        if !anchor && (leaf || !certificate.is_self_issued()) {
            let judged = judge.judge(certificate, leaf, comparisons);
            problems.extend(judged.err().map(|code| (index, code)));
        }
        if !leaf {
            let constrained = judge.constrain(certificate);
            problems.extend(constrained.err().map(|code| (index, code)));
        }
    }
    problems
}

fn judge_policies(
    chain: &[&Certificate],
    request: &PathRequest<'_>,
) -> Result<BTreeSet<Oid>, (usize, ProblemCode)> {
    let length = chain.len().saturating_sub(1);
    let mut judge = PolicyJudge::new(&request.policies, length);
    for (index, certificate) in chain.iter().enumerate().rev() {
        let at = |code| (index, code);
        if index == length {
            judge.enter_anchor(certificate).map_err(at)?;
            continue;
        }
        let leaf = index == 0;
        judge.enter(certificate, leaf).map_err(at)?;
        if !leaf {
            judge.leave(certificate).map_err(at)?;
        }
    }
    match chain {
        // A leaf that is an anchor itself has no authority that could assert a policy.
        [] | [_] => Ok(BTreeSet::new()),
        [leaf, ..] => judge.finish(leaf).map_err(|code| (0, code)),
    }
}

/// What any certificate of a path may carry. What is critical must be understood; what acts must
/// be readable, critical or not.
fn judge_extensions(certificate: &Certificate) -> Vec<ProblemCode> {
    let mut problems = Vec::new();
    if !certificate.unrecognized_critical().is_empty() || has_unknown_qualifier(certificate) {
        problems.push(ProblemCode::UnknownCritical);
    }
    let critical = |oid| certificate.extension(oid).is_some_and(Extension::critical);
    let readable = certificate.basic_constraints().is_ok()
        && certificate.key_usage().is_ok()
        && certificate.extended_key_usage().is_ok()
        && certificate.name_constraints().is_ok()
        && certificate.policies().is_ok()
        && certificate.policy_mappings().is_ok()
        && certificate.policy_constraints().is_ok()
        && certificate.inhibit_any_policy().is_ok()
        && (!critical(named::SUBJECT_ALT_NAME) || certificate.subject_alt_names().is_ok())
        && (!critical(named::CRL_DISTRIBUTION_POINTS)
            || certificate.crl_distribution_points().is_ok());
    if !readable {
        problems.push(ProblemCode::MalformedExtension);
    }
    problems
}

/// A critical policy extension asks for its qualifiers to be understood too (RFC 5280 4.2.1.4).
fn has_unknown_qualifier(certificate: &Certificate) -> bool {
    let critical = certificate
        .extension(named::CERTIFICATE_POLICIES)
        .is_some_and(Extension::critical);
    let known = [named::QUALIFIER_CPS, named::QUALIFIER_NOTICE];
    critical
        && certificate
            .policies()
            .ok()
            .flatten()
            .is_some_and(|policies| {
                let mut qualifiers = policies.iter().flat_map(|policy| &policy.qualifiers);
                qualifiers.any(|qualifier| !known.contains(qualifier))
            })
}

/// Signing certificates goes with being an authority (RFC 5280 4.2.1.9).
fn judge_consistency(leaf: &Certificate) -> Option<ProblemCode> {
    let usage = leaf.key_usage().ok().flatten()?;
    let constraints = leaf.basic_constraints().ok()?;
    let authority = constraints.is_some_and(|constraints| constraints.ca);
    (usage.allows(KeyUsage::KEY_CERT_SIGN) && !authority)
        .then_some(ProblemCode::UsageWithoutAuthority)
}

/// What an issuer must be (RFC 5280 6.1.4 k–n). The anchor is held to the same: a certificate
/// that denies being an authority is none because somebody believes it.
fn judge_authority(
    certificate: &Certificate,
    below: usize,
    request: &PathRequest<'_>,
) -> Vec<ProblemCode> {
    let mut problems = Vec::new();
    if certificate.version() != Version::V3 {
        return vec![ProblemCode::OldVersion];
    }
    if certificate.subject_name().is_empty() {
        problems.push(ProblemCode::NamelessAuthority);
    }
    match certificate.basic_constraints() {
        Ok(Some(constraints)) if constraints.ca => {
            let allowed = constraints.path_len.map(usize::try_from);
            if allowed.is_some_and(|length| length.is_ok_and(|length| below > length)) {
                problems.push(ProblemCode::PathLength);
            }
        }
        Ok(_) => problems.push(ProblemCode::NotAnAuthority),
        // Named among the extensions.
        Err(_) => {}
    }
    let denies = |usage: KeyUsage| !usage.allows(KeyUsage::KEY_CERT_SIGN);
    if certificate
        .key_usage()
        .is_ok_and(|usage| usage.is_some_and(denies))
    {
        problems.push(ProblemCode::IssuerKeyUsage);
    }
    if let Ok(Some(purposes)) = certificate.extended_key_usage()
        && !purpose::authority_allows(&purposes, request.purpose)
    {
        problems.push(ProblemCode::IssuerExtendedKeyUsage);
    }
    problems
}

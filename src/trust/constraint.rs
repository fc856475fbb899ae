//! The rights that certificates of one path give and limit (RFC 5280 6.1), except names and
//! policies, which are named as not evaluated.

use super::purpose;
use super::report::{PathProblem, ProblemCode};
use super::request::PathRequest;
use crate::asn1::named;
use crate::finding::Finding;
use crate::pki::{Certificate, Extension, KeyUsage, Version};

/// Judges a path that reaches an anchor, leaf first.
pub(super) fn judge(
    chain: &[&Certificate],
    request: &PathRequest<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<PathProblem> {
    let mut problems = Vec::new();
    // Authorities met so far that count against a path length: not the leaf, not self-issued.
    let mut below = 0_usize;
    for (index, certificate) in chain.iter().enumerate() {
        let mut codes = judge_extensions(certificate);
        if index == 0 {
            codes.extend(judge_consistency(certificate));
            codes.extend(purpose::judge(certificate, request.purpose, findings));
        } else {
            codes.extend(judge_authority(certificate, below, request));
            if !certificate.is_self_issued() {
                below += 1;
            }
        }
        codes.sort_by_key(|code| code.name());
        codes.dedup();
        problems.extend(codes.into_iter().map(|code| PathProblem {
            code,
            certificate: index,
        }));
    }
    problems
}

/// What any certificate of a path may carry.
fn judge_extensions(certificate: &Certificate) -> Vec<ProblemCode> {
    let mut problems = Vec::new();
    if !certificate.unrecognized_critical().is_empty() {
        problems.push(ProblemCode::UnknownCritical);
    }
    if certificate.extension(named::NAME_CONSTRAINTS).is_some() {
        problems.push(ProblemCode::NameConstraints);
    }
    // These act whether they are critical or not; policies themselves only ask to be understood
    // where they are critical.
    let acting = [
        named::POLICY_CONSTRAINTS,
        named::POLICY_MAPPINGS,
        named::INHIBIT_ANY_POLICY,
    ];
    let acts = acting
        .iter()
        .any(|oid| certificate.extension(*oid).is_some());
    let critical_policies = certificate
        .extension(named::CERTIFICATE_POLICIES)
        .is_some_and(Extension::critical);
    if acts || critical_policies {
        problems.push(ProblemCode::Policies);
    }
    let readable = certificate.basic_constraints().is_ok()
        && certificate.key_usage().is_ok()
        && certificate.extended_key_usage().is_ok();
    if !readable {
        problems.push(ProblemCode::MalformedExtension);
    }
    problems
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

//! Certification paths as checks: anchor, constraints, algorithms, revocation.

use super::judged::{Judged, Vouched};
use super::report::{AnchorCounts, EvidenceFacts};
use super::{
    Check, CheckCode, Outcome, Policy, Reason, Role, Verifier, WeakAlgorithms, trust_list,
};
use crate::crypto::DigestAlgorithm;
use crate::error::Error;
use crate::pki::{Certificate, Crl, Name, OcspResponse};
use crate::time::Time;
use crate::trust::list::TrustEntry;
use crate::trust::{
    AlgorithmPolicy, AnchorOutcome, AnchorRole, Anchors, Concern, EvidenceAge, PathProblem,
    PathReport, PathRequest, ProblemCode, Purpose, RevocationMode, RevocationStatus, UnknownCause,
    Verdict,
};

/// A certificate whose path is asked for.
pub(super) struct Path<'a> {
    pub(super) leaf: &'a Certificate,
    /// Certificates that came with it; they may help, and are not believed.
    pub(super) carried: &'a [Certificate],
    pub(super) role: Role,
    /// When it was used.
    pub(super) used_at: Time,
    /// Whether a verified token shows that it was used by then.
    pub(super) proven: bool,
    pub(super) evaluated_at: Time,
}

/// The checks of a path, and since when something on it is revoked.
pub(super) struct PathVerdict {
    pub(super) judged: Judged,
    pub(super) revoked_at: Option<Time>,
}

pub(super) fn judge(verifier: &Verifier, path: &Path<'_>) -> PathVerdict {
    let report = report(verifier, path);
    let mut judged = Judged::default();
    judged.note(report.findings().iter().cloned());
    judged.push(anchor(verifier, path, &report));
    if *report.anchor() == AnchorOutcome::Reached {
        judged.push(constraint(&report));
    }
    if report.verdict(Concern::Algorithm) != Verdict::NotChecked {
        judged.push(algorithm(&report));
    }
    let revoked_at = revoked_at(&report);
    if let Some(check) = revocation(verifier.policy(), path, &report, revoked_at) {
        judged.push(check);
    }
    for check in &mut judged.checks {
        check.role = Some(path.role);
    }
    let reached = *report.anchor() == AnchorOutcome::Reached;
    judged.vouched.push(Vouched {
        role: path.role,
        leaf: path.leaf.clone(),
        anchor: report.chain().last().filter(|_| reached).cloned(),
        used_at: path.used_at,
    });
    PathVerdict { judged, revoked_at }
}

/// Whether a use at this time would stand: certificate and path good then, nothing on it revoked
/// by then. Of a proof that came later than the use, only such a one helps.
pub(super) fn stands(verifier: &Verifier, path: &Path<'_>) -> bool {
    let leaf = path.leaf;
    let inside = (leaf.not_before()..=leaf.not_after()).contains(&path.used_at);
    let PathVerdict { judged, revoked_at } = judge(verifier, path);
    let failed = judged
        .checks
        .iter()
        .any(|check| check.outcome == Outcome::Failed);
    inside && !failed && revoked_at.is_none_or(|revoked| revoked > path.used_at)
}

/// The path under the mandated SM2 ID, or under the first admitted one that leads to an anchor.
fn report(verifier: &Verifier, path: &Path<'_>) -> PathReport {
    let role = anchor_role(path.role);
    let purpose = match path.role {
        Role::Signer => Purpose::Signer,
        Role::Maker => Purpose::Maker,
        Role::Tsa => Purpose::Tsa,
    };
    let given = verifier.intermediates().iter();
    let intermediates: Vec<_> = given.chain(path.carried).cloned().collect();
    let admit_weak = verifier.policy().weak_algorithms() == WeakAlgorithms::Admit;
    let mut request = PathRequest {
        intermediates: &intermediates,
        role,
        purpose,
        evidence_at: path.evaluated_at,
        revocation: RevocationMode::Required,
        crls: verifier.crls(),
        ocsp: verifier.ocsp(),
        // A document outlives its signer's certificate, and the lists of its time. Only where the
        // time must be proven is evidence from that time asked for too.
        evidence_age: EvidenceAge {
            after_expiry: !verifier.policy().requires(CheckCode::SignatureTimestamp),
            ..EvidenceAge::default()
        },
        algorithms: AlgorithmPolicy {
            allow_sha1: admit_weak,
        },
        ..PathRequest::new(path.leaf, verifier.anchors(path.evaluated_at), path.used_at)
    };
    let first = request.judge();
    if *first.anchor() == AnchorOutcome::Reached {
        return first;
    }
    for id in verifier.sm2_ids().iter().skip(1) {
        request.sm2_id = id.clone();
        let other = request.judge();
        if *other.anchor() == AnchorOutcome::Reached {
            return other;
        }
    }
    first
}

fn anchor(verifier: &Verifier, path: &Path<'_>, report: &PathReport) -> Check {
    let code = CheckCode::PathAnchor;
    let anchors = verifier.anchors(path.evaluated_at);
    let role = anchor_role(path.role);
    let count = anchors.count(role, path.used_at);
    let chain = report
        .chain()
        .iter()
        .map(|certificate| certificate.subject_name().to_string());
    let chain: Vec<_> = chain.collect();
    let (issuer, cause) = match report.anchor() {
        AnchorOutcome::Reached => {
            let anchor = report.chain().last();
            let withdrawn = anchor.and_then(|anchor| withdrawn_since(anchors, anchor, path));
            let check = match withdrawn {
                None => Check::passed(code),
                Some(entry) => {
                    Check::indeterminate(code, Reason::AnchorWithdrawn).with("entry", &entry.id)
                }
            };
            return check.with_list("chain", chain);
        }
        AnchorOutcome::NotReached { issuer, cause } => (issuer, *cause),
    };
    let check = match cause {
        // Without any anchor for the role nothing was said about it; with some, this is a no.
        ProblemCode::AnchorOfOtherRole if count > 0 => Check::failed(code, Reason::AnchorRole),
        ProblemCode::SignatureMismatch => Check::failed(code, Reason::ChainSignature),
        ProblemCode::SearchLimit => Check::indeterminate(code, Reason::LimitExceeded),
        _ if verifier.list_is_stale(path.evaluated_at) => {
            Check::indeterminate(code, Reason::TrustListStale)
        }
        _ => {
            let absent = if count == 0 {
                Reason::NoAnchors
            } else {
                Reason::NoPath
            };
            let reason = other_time(anchors, issuer, path).unwrap_or(absent);
            Check::indeterminate(code, reason)
        }
    };
    check
        .with("missing_issuer", Name::to_string(issuer))
        .with("cause", cause.name())
        .with_list("chain", chain)
}

/// The entry that has withdrawn an anchor by the time it was used, whatever other entries say of it;
/// or since then, where that time is only claimed: as with a revoked certificate, it could be one
/// that was made up afterwards.
fn withdrawn_since<'a>(
    anchors: &'a Anchors,
    anchor: &Certificate,
    path: &Path<'_>,
) -> Option<&'a TrustEntry> {
    let given = |certificate: &Certificate| certificate.der() == anchor.der();
    if anchors.given_for(anchor_role(path.role)).any(given) {
        return None;
    }
    let mut entries = anchors
        .list()?
        .entries_of(anchor)
        .filter(|entry| entry.kind.role() == anchor_role(path.role));
    let as_of = if path.proven {
        path.used_at
    } else {
        path.evaluated_at
    };
    entries.find(|entry| trust_list::is_withdrawn(entry, as_of))
}

/// Whether the missing issuer is one whom the list believes at other times only.
fn other_time(anchors: &Anchors, issuer: &Name, path: &Path<'_>) -> Option<Reason> {
    let mut entries = anchors
        .list()?
        .entries_named(issuer)
        .filter(|entry| entry.kind.role() == anchor_role(path.role))
        .peekable();
    entries.peek()?;
    let withdrawn = entries.any(|entry| trust_list::is_withdrawn(entry, path.used_at));
    Some(if withdrawn {
        Reason::AnchorWithdrawn
    } else {
        Reason::AnchorNotInForce
    })
}

/// Rights and validity along the way.
fn constraint(report: &PathReport) -> Check {
    let concerns = [Concern::Constraint, Concern::Validity];
    problems_check(CheckCode::PathConstraint, report, &concerns)
}

fn algorithm(report: &PathReport) -> Check {
    problems_check(CheckCode::PathAlgorithm, report, &[Concern::Algorithm])
}

/// All problems of some concerns as one check: the worst is the reason, all are named.
fn problems_check(code: CheckCode, report: &PathReport, concerns: &[Concern]) -> Check {
    let problems = report.problems().iter();
    let problems: Vec<_> = problems
        .filter(|problem| concerns.contains(&problem.code.concern()))
        .collect();
    let failing = problems
        .iter()
        .find(|problem| problem.code.verdict() == Verdict::Failed);
    let worst = failing.or(problems.first()).map(|problem| problem.code);
    problem_check(code, worst).with_list(
        "problems",
        problems.iter().map(|problem| located(report, problem)),
    )
}

fn located(report: &PathReport, problem: &PathProblem) -> String {
    let certificate = report.chain().get(problem.certificate);
    let name = certificate.map(|certificate| certificate.subject_name().to_string());
    format!("{}: {}", problem.code.name(), name.unwrap_or_default())
}

fn problem_check(code: CheckCode, problem: Option<ProblemCode>) -> Check {
    let Some(problem) = problem else {
        return Check::passed(code);
    };
    let reason = reason(problem);
    match problem.verdict() {
        Verdict::Failed => Check::failed(code, reason),
        _ => Check::indeterminate(code, reason),
    }
}

fn reason(problem: ProblemCode) -> Reason {
    match problem {
        ProblemCode::NotAnAuthority | ProblemCode::OldVersion | ProblemCode::PathLength => {
            Reason::NotAuthority
        }
        ProblemCode::IssuerKeyUsage
        | ProblemCode::LeafKeyUsage
        | ProblemCode::UsageWithoutAuthority => Reason::KeyUsage,
        ProblemCode::IssuerExtendedKeyUsage | ProblemCode::LeafExtendedKeyUsage => {
            Reason::ExtendedKeyUsage
        }
        ProblemCode::UnknownCritical => Reason::CriticalExtension,
        ProblemCode::MalformedExtension => Reason::CertificateUnreadable,
        ProblemCode::NamelessAuthority => Reason::NotAuthority,
        ProblemCode::NameNotPermitted
        | ProblemCode::NameExcluded
        | ProblemCode::MalformedName
        | ProblemCode::NameForm => Reason::NameConstraint,
        ProblemCode::NoValidPolicy | ProblemCode::AnyPolicyMapped => Reason::PolicyConstraint,
        ProblemCode::NameComparisons => Reason::LimitExceeded,
        ProblemCode::InvalidKey => Reason::KeyInvalid,
        ProblemCode::NotYetValid | ProblemCode::Expired => Reason::ChainValidity,
        ProblemCode::AlgorithmNotOffered => Reason::AlgorithmUnknown,
        ProblemCode::WeakDigest | ProblemCode::WeakKey => Reason::TooWeak,
        ProblemCode::SignatureMismatch => Reason::ChainSignature,
        ProblemCode::AnchorOfOtherRole => Reason::AnchorRole,
        ProblemCode::MissingIssuer | ProblemCode::TooLong => Reason::NoPath,
        ProblemCode::SearchLimit => Reason::LimitExceeded,
        ProblemCode::Revoked => Reason::Revoked,
        ProblemCode::RevocationUnknown => Reason::NoRevocationList,
    }
}

/// The earliest revocation on the way.
fn revoked_at(report: &PathReport) -> Option<Time> {
    let times = report
        .revocation()
        .iter()
        .filter_map(|status| match status {
            RevocationStatus::Revoked { time, .. } => Some(*time),
            _ => None,
        });
    times.min()
}

/// Revocation as of the time of use. What was revoked later leaves the question to whether that
/// time is proven, which the time of signing answers.
fn revocation(
    policy: &Policy,
    path: &Path<'_>,
    report: &PathReport,
    revoked_at: Option<Time>,
) -> Option<Check> {
    let code = match path.role {
        Role::Signer => CheckCode::RevocationSigner,
        Role::Maker => CheckCode::RevocationMaker,
        Role::Tsa => return revocation_of_stamper(policy, report, revoked_at),
    };
    if let Some(time) = revoked_at {
        let check = if time <= path.used_at {
            Check::failed(code, Reason::Revoked)
        } else {
            Check::indeterminate(code, Reason::RevokedSince)
        };
        return Some(check.with("revoked_at", time).with("used_at", path.used_at));
    }
    let unknown = revocation_unknown(code, report);
    Some(match unknown {
        Some(check) => check,
        None if *report.anchor() != AnchorOutcome::Reached => {
            Check::indeterminate(code, Reason::NoRevocationList)
        }
        None => Check::passed(code),
    })
}

/// A revoked authority makes no token good. There is no code of its own for it: a policy that asks
/// whether the signer was revoked asks the same of whoever proves when the signer signed.
fn revocation_of_stamper(
    policy: &Policy,
    report: &PathReport,
    revoked_at: Option<Time>,
) -> Option<Check> {
    let code = CheckCode::PathConstraint;
    match revoked_at {
        Some(time) => Some(Check::failed(code, Reason::Revoked).with("revoked_at", time)),
        None if policy.requires(CheckCode::RevocationSigner) => revocation_unknown(code, report),
        None => None,
    }
}

/// The first certificate of whose revocation nothing is known, and which file would settle it: the
/// list of its authority.
fn revocation_unknown(code: CheckCode, report: &PathReport) -> Option<Check> {
    let mut statuses = report.revocation().iter().zip(report.chain());
    let (cause, certificate) = statuses.find_map(|(status, certificate)| match status {
        RevocationStatus::Unknown(cause) => Some((*cause, certificate)),
        _ => None,
    })?;
    let check = match cause {
        UnknownCause::None => Check::indeterminate(code, Reason::NoRevocationList),
        UnknownCause::Stale => Check::indeterminate(code, Reason::RevocationListStale),
        cause => {
            Check::indeterminate(code, Reason::RevocationListUnusable).with("cause", cause.name())
        }
    };
    Some(check.with_list("list_of", [certificate.issuer_name().to_string()]))
}

/// The failure when a structure names an algorithm that is not the key's, or one unknown here.
pub(super) fn algorithm_mismatch(error: &Error) -> Check {
    let code = CheckCode::SignatureAlgorithm;
    let unknown = error.context().any(|(key, _)| key == "oid");
    let check = if unknown {
        Check::indeterminate(code, Reason::AlgorithmUnknown)
    } else {
        Check::failed(code, Reason::AlgorithmsDisagree)
    };
    error
        .context()
        .fold(check, |check, (key, value)| match key {
            "oid" => check.with("oid", value),
            "algorithm" => check.with("algorithm", value),
            _ => check,
        })
}

fn anchor_role(role: Role) -> AnchorRole {
    match role {
        Role::Signer => AnchorRole::Signer,
        Role::Maker => AnchorRole::Maker,
        Role::Tsa => AnchorRole::Tsa,
    }
}

pub(super) fn anchor_counts(anchors: &Anchors, at: Time) -> AnchorCounts {
    AnchorCounts {
        signer: anchors.count(AnchorRole::Signer, at),
        maker: anchors.count(AnchorRole::Maker, at),
        tsa: anchors.count(AnchorRole::Tsa, at),
    }
}

/// The evidence that was given, as facts for the report.
pub(super) fn evidence(crls: &[Crl], ocsp: &[OcspResponse]) -> Vec<EvidenceFacts> {
    let crls = crls.iter().map(|crl| EvidenceFacts {
        kind: "crl",
        sha256: crl.fingerprint(DigestAlgorithm::Sha256).to_hex(),
        this_update: Some(crl.this_update()),
        next_update: crl.next_update(),
    });
    // Of several answers the ones that end first say how long the response is of use.
    let responses = ocsp.iter().map(|response| EvidenceFacts {
        kind: "ocsp",
        sha256: response.fingerprint(DigestAlgorithm::Sha256).to_hex(),
        this_update: response.answers().iter().map(|one| one.this_update).min(),
        next_update: response
            .answers()
            .iter()
            .filter_map(|one| one.next_update)
            .min(),
    });
    crls.chain(responses).collect()
}

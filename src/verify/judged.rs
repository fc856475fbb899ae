//! What the steps hand to each other: checks and findings being collected, and certificates as
//! facts.

use super::report::PartyFacts;
use super::{Check, CheckCode, Outcome, Policy, Reading, Reason, Role};
use crate::crypto::{DigestAlgorithm, SignatureAlgorithm, Strength};
use crate::error::{Error, ErrorKind};
use crate::finding::{Finding, FindingClass};
use crate::pki::Certificate;
use crate::time::Time;

/// Checks and findings of one subject, in the order in which they were made.
#[derive(Default)]
pub(super) struct Judged {
    pub(super) checks: Vec<Check>,
    pub(super) findings: Vec<Finding>,
    /// Whom the paths led to.
    pub(super) vouched: Vec<Vouched>,
}

/// A certificate and the anchor that its path leads to, if to any.
#[derive(Clone)]
pub(super) struct Vouched {
    pub(super) role: Role,
    pub(super) leaf: Certificate,
    pub(super) anchor: Option<Certificate>,
    /// When the leaf was used: what the anchor vouches for at that time counts.
    pub(super) used_at: Time,
}

impl Judged {
    pub(super) fn push(&mut self, check: Check) {
        self.checks.push(check);
    }

    pub(super) fn note(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
    }

    pub(super) fn extend(&mut self, other: Judged) {
        self.checks.extend(other.checks);
        self.findings.extend(other.findings);
        self.vouched.extend(other.vouched);
    }

    /// The worst of the checks with these codes, or `None` when none of them was run.
    pub(super) fn worst_of(&self, codes: &[CheckCode]) -> Option<Outcome> {
        self.checks
            .iter()
            .filter(|check| codes.contains(&check.code))
            .map(|check| check.outcome)
            .min()
    }
}

/// Under strict reading, a passed check over data with defects fails and names them.
pub(super) fn strictly(policy: &Policy, check: Check, findings: &[Finding]) -> Check {
    let defects: Vec<_> = findings
        .iter()
        .filter(|finding| finding.code.class() == FindingClass::Defect)
        .collect();
    if policy.reading() == Reading::Interop
        || defects.is_empty()
        || check.outcome != Outcome::Passed
    {
        return check;
    }
    let names = defects.iter().map(ToString::to_string);
    Check {
        outcome: Outcome::Failed,
        reason: Some(Reason::NotStrict),
        ..check
    }
    .with_list("defects", names)
}

/// The check that an error of reading amounts to.
pub(super) fn unreadable(code: CheckCode, error: &Error) -> Check {
    let check = match error.kind() {
        ErrorKind::Unsupported => Check::indeterminate(code, Reason::Unsupported),
        ErrorKind::UnsupportedAlgorithm => Check::indeterminate(code, Reason::AlgorithmUnknown),
        ErrorKind::WrongPassword => Check::indeterminate(code, Reason::PasswordNeeded),
        ErrorKind::LimitExceeded => Check::failed(code, Reason::LimitExceeded),
        ErrorKind::Missing => Check::failed(code, Reason::PartMissing),
        ErrorKind::Ambiguous => Check::failed(code, Reason::TwoDocuments),
        ErrorKind::SignatureMismatch => Check::failed(code, Reason::ValueMismatch),
        _ => Check::failed(code, Reason::Malformed),
    };
    error.context().fold(
        check.with("message", error.message()),
        |check, (key, value)| match key {
            "entry" => check.with("entry", value),
            "offset" => check.with("offset", value),
            "cause" => check.with("cause", value),
            "limit" => check.with("limit", value),
            "oid" => check.with("oid", value),
            _ => check,
        },
    )
}

/// Whether an algorithm and a key are strong enough for the policy.
pub(super) fn strength(policy: &Policy, algorithm: SignatureAlgorithm, bits: Option<u32>) -> Check {
    use super::WeakAlgorithms;
    let weak = algorithm.strength() == Strength::Weak || bits.is_some_and(|bits| bits < 2048);
    let code = CheckCode::SignatureAlgorithm;
    let check = if weak && policy.weak_algorithms() == WeakAlgorithms::Refuse {
        Check::failed(code, Reason::TooWeak)
    } else {
        Check::passed(code)
    };
    check.with("algorithm", algorithm.name())
}

/// A certificate as facts for the report.
pub(super) fn party(certificate: &Certificate) -> PartyFacts {
    let subject = certificate.subject_name();
    PartyFacts {
        subject: subject.to_string(),
        organization: subject.organization().map(str::to_owned),
        common_name: subject.common_name().map(str::to_owned),
        issuer: certificate.issuer_name().to_string(),
        serial: certificate.serial_hex(),
        valid_from: certificate.not_before(),
        valid_until: certificate.not_after(),
        sha256: certificate.fingerprint(DigestAlgorithm::Sha256).to_hex(),
    }
}

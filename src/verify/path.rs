//! x
use super::judged::Judged;
use super::report::{AnchorCounts, EvidenceFacts};
use super::{Check, CheckCode, Reason, Role, Verifier};
use crate::pki::{Certificate, Crl};
use crate::time::Time;
use crate::trust::Anchors;

pub(super) struct Path<'a> {
    pub(super) leaf: &'a Certificate,
    pub(super) carried: &'a [Certificate],
    pub(super) role: Role,
    pub(super) at: Time,
}
pub(super) struct PathVerdict {
    pub(super) judged: Judged,
    pub(super) revoked_at: Option<Time>,
}
pub(super) fn judge(_v: &Verifier, path: &Path<'_>) -> PathVerdict {
    let mut judged = Judged::default();
    judged.push(Check::indeterminate(CheckCode::PathAnchor, Reason::NoAnchors).role(path.role));
    PathVerdict {
        judged,
        revoked_at: None,
    }
}
pub(super) fn algorithm_mismatch(error: &crate::Error) -> Check {
    Check::failed(CheckCode::SignatureAlgorithm, Reason::AlgorithmsDisagree)
        .with("message", error.message())
}
pub(super) fn anchor_counts(_a: &Anchors) -> AnchorCounts {
    AnchorCounts::default()
}
pub(super) fn evidence(_c: &[Crl]) -> Vec<EvidenceFacts> {
    Vec::new()
}

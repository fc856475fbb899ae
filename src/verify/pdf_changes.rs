//! What was done to a PDF after each signature, judged by the policy and by what the signers
//! permit; and what a signed revision prepares for.

use std::collections::BTreeSet;

use super::clause;
use super::policy::LaterChange;
use super::{Check, CheckCode, Policy, Reason};
use crate::error::Error;
use crate::finding::{Finding, FindingCode};
use crate::pdf::{
    Cause, Change, ChangeKind, Document, Permission, PreparationKind, Signature, SignedRange,
};

/// A report names so many changes of one signature; their number is given in full.
const NAMED: usize = 32;

/// What revisions did after the first signature, and what signatures permit.
pub(super) struct LaterChanges {
    changes: Result<Vec<Change>, Error>,
    /// For each signature that restricts what may follow, its revision and what it permits.
    permissions: Vec<(usize, Permission)>,
}

/// What came of one signature.
pub(super) struct Judged {
    pub(super) checks: Vec<Check>,
    /// Every change after the signature, for its report.
    pub(super) changes: Vec<String>,
}

impl LaterChanges {
    pub(super) fn of(document: &Document<'_>, signatures: &[Signature]) -> Self {
        let ranges = || {
            signatures
                .iter()
                .filter_map(|signature| Some((signature, signature.signed_range().ok()?)))
        };
        let first = ranges().map(|(_, range)| range.revision()).min();
        let permissions = ranges().filter_map(|(signature, range)| {
            Some((range.revision(), signature.permission().ok()??))
        });
        Self {
            changes: first.map_or(Ok(Vec::new()), |first| document.changes_after(first)),
            permissions: permissions.collect(),
        }
    }

    /// Judges what came after one signature.
    pub(super) fn judge(
        &self,
        policy: &Policy,
        signature: &Signature,
        range: &SignedRange,
    ) -> Judged {
        let code = CheckCode::PdfModification;
        let changes = match &self.changes {
            Ok(changes) => changes,
            Err(_) if !range.bytes_follow() => &Vec::new(),
            Err(error) => {
                return Judged {
                    checks: vec![super::judged::unreadable(code, error)],
                    changes: Vec::new(),
                };
            }
        };
        let later: Vec<_> = changes
            .iter()
            .filter(|change| change.revision() > range.revision())
            .collect();
        let mut checks = vec![self.modification(policy, &later)];
        checks.extend(permission(signature, &later));
        Judged {
            checks,
            changes: named(later.iter().copied()),
        }
    }

    fn modification(&self, policy: &Policy, later: &[&Change]) -> Check {
        let code = CheckCode::PdfModification;
        let refused: Vec<_> = later
            .iter()
            .copied()
            .filter_map(|change| Some((change, self.refusal(policy, change)?)))
            .collect();
        let Some((_, reason)) = refused.iter().min_by_key(|(_, reason)| *reason) else {
            let kinds: BTreeSet<_> = later.iter().map(|change| change.kind().name()).collect();
            let check = Check::passed(code);
            return match kinds.is_empty() {
                true => check,
                false => check.with_list("admitted", kinds),
            };
        };
        Check::failed(code, *reason)
            .with("count", refused.len())
            .with_list("changes", named(refused.iter().map(|(change, _)| *change)))
            .clause(clause::of_pdf(code))
    }

    /// Why the policy does not admit a change, `None` when it does.
    fn refusal(&self, policy: &Policy, change: &Change) -> Option<Reason> {
        let admits = |kind| policy.later_changes().contains(&kind);
        let by_permission = |permitted, any, least| {
            admits(any) || (admits(permitted) && self.is_permitted(change, least))
        };
        let admitted = match change.kind() {
            ChangeKind::Upkeep => true,
            ChangeKind::Evidence => admits(LaterChange::Evidence),
            ChangeKind::TimeStamp => admits(LaterChange::TimeStamp),
            ChangeKind::Signature { .. } => admits(LaterChange::Signature),
            ChangeKind::FormFill => by_permission(
                LaterChange::PermittedFormFill,
                LaterChange::FormFill,
                Permission::FillAndSign,
            ),
            ChangeKind::Annotation => by_permission(
                LaterChange::PermittedAnnotation,
                LaterChange::Annotation,
                Permission::Comment,
            ),
            ChangeKind::Refused(cause) => return Some(reason(cause)),
        };
        (!admitted).then_some(Reason::ChangeNotAdmitted)
    }

    /// Whether a signature before the change says that such changes may be made. Whether another
    /// forbids them is that one's own check.
    fn is_permitted(&self, change: &Change, least: Permission) -> bool {
        self.permissions
            .iter()
            .any(|(revision, permission)| *revision < change.revision() && *permission >= least)
    }
}

fn reason(cause: Cause) -> Reason {
    match cause {
        Cause::StrayBytes => Reason::StrayBytes,
        Cause::Appearance => Reason::AppearanceDiffers,
        Cause::TooMany => Reason::LimitExceeded,
        _ => Reason::ChangeRefused,
    }
}

/// Does what came after a signature respect what that signature permits?
fn permission(signature: &Signature, later: &[&Change]) -> Option<Check> {
    let code = CheckCode::PdfPermission;
    let (permission, locks) = match (signature.permission(), signature.locks()) {
        (Ok(permission), Ok(locks)) => (permission, locks),
        (Err(error), _) | (_, Err(error)) => {
            return Some(super::judged::unreadable(code, &error));
        }
    };
    if permission.is_none() && locks.is_empty() {
        return None;
    }
    let denied: Vec<_> = later
        .iter()
        .copied()
        .filter(|change| permission.is_some_and(|permission| forbids(permission, change.kind())))
        .collect();
    if !denied.is_empty() {
        let check = Check::failed(code, Reason::PermissionDenied);
        return Some(check.with_list("changes", named(denied.into_iter())));
    }
    let locked: Vec<_> = later
        .iter()
        .copied()
        .filter(|change| {
            let field = change.field().unwrap_or_default();
            change.field().is_some() && locks.iter().any(|lock| lock.locks(field))
        })
        .collect();
    Some(if locked.is_empty() {
        Check::passed(code)
    } else {
        Check::failed(code, Reason::FieldLocked)
            .with_list("changes", named(locked.iter().copied()))
            .with_list("fields", locked.iter().filter_map(|change| change.field()))
    })
}

/// What an author's permission forbids (ISO 32000-2 table 257). A new field that shows something
/// would let any signer write onto a certified page.
fn forbids(permission: Permission, kind: ChangeKind) -> bool {
    let least = match kind {
        ChangeKind::Upkeep | ChangeKind::Evidence | ChangeKind::TimeStamp => Permission::Nothing,
        ChangeKind::Signature {
            new_and_visible: true,
        } => return true,
        ChangeKind::Signature { .. } | ChangeKind::FormFill => Permission::FillAndSign,
        ChangeKind::Annotation => Permission::Comment,
        ChangeKind::Refused(_) => return true,
    };
    permission < least
}

fn named<'c>(changes: impl Iterator<Item = &'c Change>) -> Vec<String> {
    changes.take(NAMED).map(ToString::to_string).collect()
}

/// Remarks: what the newest signed revision prepares for, shapes that vendors write, and what
/// later signatures show.
pub(super) fn findings(document: &Document<'_>, signatures: &[Signature]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let newest = signatures
        .iter()
        .filter_map(|signature| Some(signature.signed_range().ok()?.revision()))
        .max();
    let prepared = newest.and_then(|newest| document.at(newest).ok()?.preparations().ok());
    for preparation in prepared.unwrap_or_default() {
        let code = match preparation.kind() {
            PreparationKind::HiddenContent => FindingCode::HiddenContent,
            PreparationKind::Gap => FindingCode::ReferenceGap,
            PreparationKind::HiddenLayers => FindingCode::HiddenLayers,
            PreparationKind::OverlayAnnotation => FindingCode::OverlayAnnotation,
        };
        let place = preparation
            .object()
            .map(|object| format!("object {object}"));
        findings.push(Finding::new(code, place.unwrap_or_default()));
    }
    for (index, signature) in signatures.iter().enumerate() {
        let place = format!("signatures[{index}]");
        if signature.fields().len() > 1 {
            findings.push(Finding::new(FindingCode::SharedSignature, &place));
        }
        if signature.signed_range().err() == Some(crate::pdf::RangeProblem::ParallelScheme) {
            findings.push(Finding::new(FindingCode::ParallelScheme, &place));
        }
    }
    findings
}

//! Whether license and seal are in force, by the lists of publishers whom the trust list believes
//! for the issuer in question.
//!
//! A license is asked about as of the verdict, a seal as of its use: what became of the seal since
//! is a remark, unless nothing proves that it was used before.

use std::sync::Arc;

use super::authority::{Signatures, Subject, is_within};
use super::judged::Judged;
use super::report::EvidenceFacts;
use super::seal::Use;
use super::{Check, CheckCode, Outcome, Reason, Verifier};
use crate::finding::{Finding, FindingCode};
use crate::license::{Claims, LicenseStatus, Standing, StatusCodes};
use crate::time::Time;
use crate::trust::list::{Scope, TrustEntry, TrustList};
use crate::trust::status::{SealRevocations, StatusList, StatusReference, StatusReferences};
use crate::trust::{
    AnchorOutcome, AnchorRole, PathReport, PathRequest, Purpose, RevocationMode, RevocationStatus,
};

/// The code set of the IETF's statuses.
const CODE_SET: &str = "ietf-token-status-list";

/// What is at hand; shared by the copies of a verifier, since a list may hold millions.
#[derive(Clone, Debug, Default)]
pub(super) struct StatusMaterial {
    lists: Vec<Arc<StatusList>>,
    references: Arc<StatusReferences>,
    seals: Vec<Arc<SealRevocations>>,
}

impl StatusMaterial {
    pub(super) fn add_list(&mut self, list: StatusList) {
        self.lists.push(Arc::new(list));
    }

    pub(super) fn add_references(&mut self, references: StatusReferences) {
        Arc::make_mut(&mut self.references).extend(references);
    }

    pub(super) fn add_seals(&mut self, seals: SealRevocations) {
        self.seals.push(Arc::new(seals));
    }

    /// The lists as facts for the report.
    pub(super) fn evidence(&self) -> impl Iterator<Item = EvidenceFacts> {
        self.lists.iter().map(|list| EvidenceFacts {
            kind: "status-list",
            sha256: list.fingerprint().to_hex(),
            this_update: Some(list.issued()),
            next_update: Some(list.usable_until()),
        })
    }
}

/// What the issuer says of the license at the time of the verdict.
pub(super) fn license(signatures: &Signatures<'_>, claims: &Claims) -> Check {
    let code = CheckCode::LicenseStatus;
    let material = signatures.verifier.statuses();
    let identifier = claims.identifier.as_deref().map(str::trim);
    let reference = identifier.and_then(|id| material.references.licenses.get(id));
    let Some(reference) = reference else {
        return Check::indeterminate(code, Reason::StatusUnknown);
    };
    let subjects: Vec<_> = claims
        .issuers
        .iter()
        .map(|issuer| Subject::of(claims, issuer))
        .collect();
    let linked = |scope: &Scope| subjects.iter().any(|subject| is_within(scope, subject));
    let at = signatures.evaluated_at;
    let said = look_up(signatures.verifier, reference, at, at, linked);
    match said {
        Err(reason) => Check::indeterminate(code, reason),
        Ok(said) => {
            let check = match (said.status.standing(), said.status) {
                (Standing::InForce, _) => Check::passed(code),
                (Standing::NotInForce, LicenseStatus::Suspended) => {
                    Check::failed(code, Reason::Suspended)
                }
                (Standing::NotInForce, _) => Check::failed(code, Reason::NotInForce),
                (Standing::Unclear, _) => Check::indeterminate(code, Reason::StatusUnknown),
            };
            said.told(check)
        }
    }
    .with("status_list", &reference.uri)
}

/// A status and where it comes from.
struct Said {
    status: LicenseStatus,
    original: u8,
    as_of: Time,
    publisher: String,
}

impl Said {
    fn told(&self, check: Check) -> Check {
        check
            .with("status", self.status.name())
            .with("original_code", self.original)
            .with("as_of", self.as_of)
            .with("publisher", &self.publisher)
    }
}

/// The status at a place of a list that tells of an instant and is signed by a publisher whom the
/// trust list believes for this.
fn look_up(
    verifier: &Verifier,
    reference: &StatusReference,
    instant: Time,
    evaluated_at: Time,
    linked: impl Fn(&Scope) -> bool,
) -> Result<Said, Reason> {
    let lists = verifier.statuses().lists.iter();
    let named: Vec<_> = lists.filter(|list| list.uri() == reference.uri).collect();
    if named.is_empty() {
        return Err(Reason::StatusUnknown);
    }
    let mut telling: Vec<_> = named
        .into_iter()
        .filter(|list| list.issued() <= evaluated_at && list.covers(instant))
        .collect();
    if telling.is_empty() {
        return Err(Reason::StatusListStale);
    }
    telling.sort_by_key(|list| std::cmp::Reverse(list.issued()));
    let trusted = verifier.anchors(evaluated_at).list();
    let trusted = trusted.ok_or(Reason::PublisherUnknown)?;
    // The newest that is by a publisher counts, whatever somebody else has written since.
    let mut worst = Reason::PublisherUnknown;
    for list in telling {
        match publisher(trusted, list, &linked) {
            Err(reason) => worst = reason,
            Ok(entry) => {
                if let Some(reason) = unbelieved(verifier, entry, list, evaluated_at) {
                    worst = reason;
                    continue;
                }
                let original = list.status(reference.idx);
                let original = original.ok_or(Reason::StatusListUnusable)?;
                return Ok(Said {
                    status: StatusCodes::built_in().status(CODE_SET, &original.to_string()),
                    original,
                    as_of: list.issued(),
                    publisher: entry.id.clone(),
                });
            }
        }
    }
    Err(worst)
}

/// The entry whose key signed a list, if it may speak for this issuer.
fn publisher<'a>(
    trusted: &'a TrustList,
    list: &StatusList,
    linked: impl Fn(&Scope) -> bool,
) -> Result<&'a TrustEntry, Reason> {
    let mut found = Err(Reason::PublisherUnknown);
    for entry in trusted.granted_at(AnchorRole::StatusPublisher, list.issued()) {
        let key = entry
            .certificate()
            .filter(|certificate| {
                certificate.not_before() <= list.issued()
                    && list.issued() <= certificate.not_after()
            })
            .and_then(|certificate| certificate.public_key().ok());
        let Some(scope) = entry.granted_at(list.issued()) else {
            continue;
        };
        if key.is_none_or(|key| list.verify(key).is_err()) {
            continue;
        }
        if linked(scope) {
            return Ok(entry);
        }
        found = Err(Reason::PublisherNotLinked);
    }
    found
}

/// Why the certificate of a listed publisher is not believed: whoever issued it has revoked it, or
/// the policy asks about revocation and nobody answers. Where it stands for itself only the trust
/// list can withdraw it.
fn unbelieved(
    verifier: &Verifier,
    entry: &TrustEntry,
    list: &StatusList,
    evaluated_at: Time,
) -> Option<Reason> {
    let certificate = entry.certificate()?;
    if certificate
        .issuer_name()
        .matches(certificate.subject_name())
    {
        return None;
    }
    // Whom the list believes for whatever else may have certified a publisher.
    let issuers = [AnchorRole::Signer, AnchorRole::Maker, AnchorRole::Tsa];
    let reports = issuers.map(|role| {
        PathRequest {
            intermediates: verifier.intermediates(),
            role,
            purpose: Purpose::Any,
            evidence_at: evaluated_at,
            revocation: RevocationMode::Required,
            crls: verifier.crls(),
            ocsp: verifier.ocsp(),
            ..PathRequest::new(certificate, verifier.anchors(evaluated_at), list.issued())
        }
        .judge()
    });
    let revoked = |status: &RevocationStatus| matches!(status, RevocationStatus::Revoked { .. });
    if reports
        .iter()
        .any(|path| path.revocation().iter().any(revoked))
    {
        return Some(Reason::PublisherUnknown);
    }
    let unknown = |status: &RevocationStatus| matches!(status, RevocationStatus::Unknown(_));
    let known = |path: &PathReport| {
        *path.anchor() == AnchorOutcome::Reached && !path.revocation().iter().any(unknown)
    };
    let asked = verifier.policy().requires(CheckCode::RevocationSigner);
    (asked && !reports.iter().any(known)).then_some(Reason::NoRevocationList)
}

/// What is known of a seal as of its use, and what became of it since.
pub(super) fn seal(verifier: &Verifier, id: &str, usage: Use, proven_at: Option<Time>) -> Judged {
    let mut judged = Judged::default();
    let told = [
        by_dates(verifier, id, usage, proven_at, &mut judged),
        by_lists(verifier, id, usage, proven_at, &mut judged),
    ];
    let check = told
        .into_iter()
        .flatten()
        .min_by_key(weight)
        .unwrap_or_else(|| Check::indeterminate(CheckCode::SealStatus, Reason::StatusUnknown));
    judged.push(check);
    judged
}

/// A revocation outweighs another source that knows of none, and that one what is not known.
fn weight(check: &Check) -> u8 {
    match (check.outcome, check.reason) {
        (Outcome::Failed, _) => 0,
        (_, Some(Reason::RevokedSince)) => 1,
        (Outcome::Passed, _) => 2,
        (Outcome::Indeterminate, _) => 3,
    }
}

/// By a list that tells since when seals are revoked.
fn by_dates(
    verifier: &Verifier,
    id: &str,
    usage: Use,
    proven_at: Option<Time>,
    judged: &mut Judged,
) -> Option<Check> {
    let code = CheckCode::SealStatus;
    let used_at = usage.used_at?;
    let lists = verifier.statuses().seals.iter();
    let list = lists
        .filter(|list| list.as_of() <= usage.evaluated_at)
        .max_by_key(|list| list.as_of())?;
    let check = match list.find(id) {
        None if list.as_of() < used_at => Check::indeterminate(code, Reason::StatusListStale),
        None => Check::passed(code),
        Some(revocation) => {
            let since = revocation.since;
            if since <= usage.evaluated_at {
                judged.note([revoked_now()]);
            }
            let check = if since <= used_at {
                Check::failed(code, Reason::SealRevoked)
            } else if since > usage.evaluated_at || proven_at.is_some_and(|proven| proven < since) {
                Check::passed(code)
            } else {
                Check::indeterminate(code, Reason::RevokedSince)
            };
            check.with("revoked_at", since).with("used_at", used_at)
        }
    };
    Some(check.with("as_of", list.as_of()))
}

/// By status lists: one that was valid when the seal was used, and one that is now.
fn by_lists(
    verifier: &Verifier,
    id: &str,
    usage: Use,
    proven_at: Option<Time>,
    judged: &mut Judged,
) -> Option<Check> {
    let code = CheckCode::SealStatus;
    let used_at = usage.used_at?;
    let reference = verifier.statuses().references.seals.get(id)?;
    let trusted = verifier.anchors(usage.evaluated_at).list();
    let owners = trusted.into_iter().flat_map(|list| list.owners_of_seal(id));
    let subjects: Vec<_> = owners.map(|owner| Subject::of_owner(&owner.uscc)).collect();
    let linked = |scope: &Scope| {
        let of_seals = Scope {
            license_types: crate::trust::list::Extent::Any,
            ..scope.clone()
        };
        subjects.iter().any(|subject| is_within(&of_seals, subject))
    };
    let said = |instant| look_up(verifier, reference, instant, usage.evaluated_at, linked);
    let now = said(usage.evaluated_at);
    let ended = |said: &Said| said.status.standing() == Standing::NotInForce;
    let revoked = now.as_ref().is_ok_and(ended);
    if revoked {
        judged.note([revoked_now()]);
    }
    let check = match said(used_at) {
        Ok(then) => {
            let check = match then.status.standing() {
                Standing::NotInForce => Check::failed(code, Reason::SealRevoked),
                Standing::InForce if revoked && proven_at.is_none() => {
                    Check::indeterminate(code, Reason::RevokedSince)
                }
                Standing::InForce => Check::passed(code),
                Standing::Unclear => Check::indeterminate(code, Reason::StatusUnknown),
            };
            then.told(check)
        }
        // Nothing tells since when: the seal may have been used before or after.
        Err(_) if revoked => Check::indeterminate(code, Reason::RevokedSince),
        Err(reason) => Check::indeterminate(code, reason),
    };
    Some(check.with("status_list", &reference.uri))
}

fn revoked_now() -> Finding {
    Finding::new(FindingCode::SealStatusNow, "eSealInfo.esID")
}

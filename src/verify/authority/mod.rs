//! Whether those who sealed a license were entitled to: the seal's owner is the issuing body, and
//! issuer, region and type lie within what the anchors vouch for.
//!
//! Every answer rests on the trust list. Which organisation a seal or certificate stands for is
//! its word, or that of an extension which it names; a name proves nothing.

mod owner;
mod scope;

use super::judged::Vouched;
use super::report::SignatureReport;
use super::{Check, CheckCode, Outcome, Reason, Role, Verifier};
use crate::license::{Claims, IssuerClaim};
use crate::time::Time;
use crate::trust::list::TrustList;
use owner::Owner;
use scope::Subject;

/// What a document's signatures came to, as far as it matters here.
pub(super) struct Signatures<'a> {
    pub(super) verifier: &'a Verifier,
    pub(super) reports: &'a [SignatureReport],
    /// Whom the paths of each led to.
    pub(super) vouched: &'a [Vec<Vouched>],
    pub(super) evaluated_at: Time,
}

/// A signature that covers all license data, and whose it is.
struct Signatory<'a> {
    report: &'a SignatureReport,
    vouched: &'a [Vouched],
    owner: Owner,
}

impl Signatory<'_> {
    fn vouched(&self, role: Role) -> Option<&Vouched> {
        self.vouched.iter().find(|vouched| vouched.role == role)
    }
}

/// The three checks; they exist for every license. `covering` are the signatures that cover every
/// source of its data: one that covers only some says nothing of the others.
pub(super) fn judge(
    signatures: &Signatures<'_>,
    claims: &Claims,
    covering: &[usize],
) -> Vec<Check> {
    let anchors = signatures.verifier.anchors(signatures.evaluated_at);
    let Some(list) = anchors.list() else {
        let reason = if signatures.verifier.list_is_stale(signatures.evaluated_at) {
            Reason::TrustListStale
        } else {
            Reason::AuthorityUnknown
        };
        return all_open(reason);
    };
    let signatories = signatories(signatures, list, covering);
    if signatories.is_empty() {
        return all_open(Reason::NoCommonSignature);
    }
    let issuer = of_each_issuer(claims, |issuer| is_issuer(issuer, &signatories));
    let within = |code, role| {
        of_each_issuer(claims, |issuer| {
            let subject = Subject::of(claims, issuer);
            best(relevant(issuer, &signatories).map(|signatory| {
                let missing = || match role {
                    Role::Maker if signatory.report.seal.is_none() => Reason::NoSeal,
                    _ => Reason::AuthorityUnknown,
                };
                match signatory.vouched(role) {
                    Some(vouched) => scope::judge(code, list, vouched, &subject),
                    None => Check::indeterminate(code, missing()),
                }
            }))
        })
    };
    let maker = within(CheckCode::AuthorityMaker, Role::Maker);
    let scope = within(CheckCode::AuthorityScope, Role::Signer);
    vec![maker, issuer, scope]
}

fn all_open(reason: Reason) -> Vec<Check> {
    [
        CheckCode::AuthorityMaker,
        CheckCode::AuthorityIssuer,
        CheckCode::AuthorityScope,
    ]
    .into_iter()
    .map(|code| Check::indeterminate(code, reason))
    .collect()
}

fn signatories<'a>(
    signatures: &Signatures<'a>,
    list: &TrustList,
    covering: &[usize],
) -> Vec<Signatory<'a>> {
    let of = |index: &usize| {
        let report = signatures.reports.get(*index)?;
        let vouched = signatures.vouched.get(*index)?;
        Some(Signatory {
            report,
            vouched,
            owner: Owner::of(list, report, vouched),
        })
    };
    covering.iter().filter_map(of).collect()
}

/// Joint issuers each have to be right: the worst of all.
fn of_each_issuer(claims: &Claims, check: impl Fn(&IssuerClaim) -> Check) -> Check {
    let nobody = IssuerClaim::default();
    let issuers = match claims.issuers.as_slice() {
        [] => std::slice::from_ref(&nobody),
        issuers => issuers,
    };
    let checks = issuers.iter().map(check);
    checks.min_by_key(|check| check.outcome).unwrap_or_else(|| {
        Check::indeterminate(CheckCode::AuthorityIssuer, Reason::AuthorityUnknown)
    })
}

/// Those who are known to be the issuer; where nobody is, all.
fn relevant<'a, 'b>(
    issuer: &IssuerClaim,
    signatories: &'b [Signatory<'a>],
) -> impl Iterator<Item = &'b Signatory<'a>> {
    let code = code_of(issuer);
    let known = signatories
        .iter()
        .any(|signatory| signatory.owner.is(code.as_deref()));
    signatories
        .iter()
        .filter(move |signatory| !known || signatory.owner.is(code.as_deref()))
}

/// One seal of the issuer's is enough, whoever sealed besides.
fn best(checks: impl Iterator<Item = Check>) -> Check {
    checks.max_by_key(|check| check.outcome).unwrap_or_else(|| {
        Check::indeterminate(CheckCode::AuthorityScope, Reason::AuthorityUnknown)
    })
}

/// Whether the body that the license names as its issuer is one of those who sealed it.
fn is_issuer(issuer: &IssuerClaim, signatories: &[Signatory<'_>]) -> Check {
    let stated = code_of(issuer);
    let check = best(signatories.iter().map(|signatory| {
        signatory
            .owner
            .judge(issuer, stated.as_deref(), signatory.report)
    }));
    let check = match check.outcome {
        Outcome::Passed => check,
        _ => match &issuer.name {
            Some(name) => check.with("issuer_name", name),
            None => check,
        },
    };
    match stated {
        Some(stated) => check.with("issuer", stated),
        None => check,
    }
}

/// The issuer's unified social credit code as lists write it.
fn code_of(issuer: &IssuerClaim) -> Option<String> {
    issuer
        .code
        .as_deref()
        .map(|code| code.trim().to_ascii_uppercase())
        .filter(|code| !code.is_empty())
}

//! Time stamp tokens (RFC 3161, GM/T 0033): whether they are over the right bytes, good in
//! themselves, and by an authority that is trusted. Only such a token governs a time.

use super::carried;
use super::judged::{Judged, strictly, unreadable};
use super::path::{self, Path};
use super::{Check, CheckCode, Outcome, Reason, Role, Verifier};
use crate::crypto::{Detached, Sm2Id};
use crate::error::ErrorKind;
use crate::pki::cms::{CertificateBinding, SignerInfo};
use crate::pki::{TimeStampCheck, TimeStampToken};
use crate::ses::{SesSeal, SesSignature, SesTimeKind};
use crate::time::Time;

/// How far the signer's clock may run before the authority's, in seconds, before the two times
/// contradict each other: signers' machines are rarely set better.
const CLOCK_ALLOWANCE: i64 = 300;

/// Tokens judged of one signature: signers have one, renewals some more.
const MAX_TOKENS: usize = 8;

/// A judged token and the time it proves, if it proves one.
pub(super) struct TokenVerdict {
    pub(super) judged: Judged,
    pub(super) time: Option<Time>,
}

/// The token over a seal signature's value; in the layout of 2014 it may stand as `timeInfo`.
pub(super) fn of_seal_signature(
    verifier: &Verifier,
    signature: &SesSignature,
    at: Time,
) -> TokenVerdict {
    let code = CheckCode::SignatureTimestamp;
    let time = signature.time();
    match signature.time_stamp() {
        Some(token) => judge(verifier, code, token, signature.signature_value(), at)
            .inside("timeStamp")
            .against_claim(code, time.time),
        None if time.kind == SesTimeKind::Token => {
            judge(verifier, code, &time.raw, signature.data_hash(), at).inside("toSign.timeInfo")
        }
        None => absent(code),
    }
}

/// The tokens among a signer's unsigned attributes. Any of them may prove the time, the earliest
/// best; one that is broken is said even where another is good.
pub(super) fn of_message(verifier: &Verifier, signer: &SignerInfo, at: Time) -> TokenVerdict {
    let code = CheckCode::SignatureTimestamp;
    let verdicts: Vec<_> = signer
        .time_stamp_tokens()
        .take(MAX_TOKENS)
        .map(|token| judge(verifier, code, token, signer.signature(), at))
        .collect();
    if verdicts.is_empty() {
        return absent(code);
    }
    let time = verdicts.iter().filter_map(|verdict| verdict.time).min();
    let mut judged = Judged::default();
    for mut verdict in verdicts {
        // One whose authority is not known takes nothing from another's proof.
        let kept = |check: &Check| time.is_none() || check.outcome != Outcome::Indeterminate;
        verdict.judged.checks.retain(kept);
        judged.extend(verdict.judged);
    }
    TokenVerdict { judged, time }.inside("unsignedAttributes")
}

/// A token over a whole document, as a PDF holds in place of a signature (RFC 3161, ETSI).
pub(super) fn of_document(
    verifier: &Verifier,
    token: &[u8],
    document: &dyn Detached,
    at: Time,
) -> TokenVerdict {
    judge_over(verifier, CheckCode::SignatureTimestamp, token, document, at)
}

/// The token over a seal's value; the seal must not have been made later (GM/T 0031-2025).
pub(super) fn of_seal(verifier: &Verifier, seal: &SesSeal, token: &[u8], at: Time) -> Judged {
    let code = CheckCode::SealTimestamp;
    let mut verdict = judge(verifier, code, token, seal.signature_value(), at).inside("timeStamp");
    if let (Some(created), Some(stamped)) = (seal.info().create_date.time, verdict.time)
        && created > stamped
    {
        verdict.judged.push(
            Check::failed(code, Reason::TimesContradict)
                .with("created", created)
                .with("stamped", stamped),
        );
    }
    verdict.judged
}

impl TokenVerdict {
    /// Where no good token is the signature's own, a time stamp over the document it stands in
    /// proves its time as well (EN 319 102-1: the best signature time). What is broken stays said.
    pub(super) fn or_by_document(mut self, stamped: Option<Time>) -> Self {
        if let (None, Some(time)) = (self.time, stamped) {
            let checks = &mut self.judged.checks;
            checks.retain(|check| check.outcome != Outcome::Indeterminate);
            let check = Check::passed(CheckCode::SignatureTimestamp);
            checks.push(
                check
                    .role(Role::Tsa)
                    .with("time", time)
                    .with("over", "document"),
            );
            self.time = Some(time);
        }
        self
    }

    /// A signature cannot have been stamped before it was made (GM/T 0031-2025, and RFC 3161
    /// in its purpose).
    pub(super) fn against_claim(mut self, code: CheckCode, claimed: Option<Time>) -> Self {
        if let (Some(claimed), Some(stamped)) = (claimed, self.time)
            && stamped
                .checked_add(CLOCK_ALLOWANCE)
                .is_some_and(|latest| claimed > latest)
        {
            self.judged.push(
                Check::failed(code, Reason::TimesContradict)
                    .with("claimed", claimed)
                    .with("stamped", stamped),
            );
        }
        self
    }

    fn inside(mut self, place: &str) -> Self {
        let findings = std::mem::take(&mut self.judged.findings);
        self.judged
            .note(findings.into_iter().map(|finding| finding.inside(place)));
        self
    }
}

fn absent(code: CheckCode) -> TokenVerdict {
    let mut judged = Judged::default();
    judged.push(Check::indeterminate(code, Reason::TimeNotProven));
    TokenVerdict { judged, time: None }
}

fn judge(
    verifier: &Verifier,
    code: CheckCode,
    token: &[u8],
    stamped: &[u8],
    evaluated_at: Time,
) -> TokenVerdict {
    judge_over(verifier, code, token, &[stamped].as_slice(), evaluated_at)
}

fn judge_over(
    verifier: &Verifier,
    code: CheckCode,
    token: &[u8],
    stamped: &dyn Detached,
    evaluated_at: Time,
) -> TokenVerdict {
    let mut judged = Judged::default();
    let given = verifier.intermediates();
    let checked = TimeStampToken::parse(token).and_then(|token| {
        let check = token.check_over(stamped, given, &Sm2Id::default())?;
        Ok((token, check))
    });
    let (token, found) = match checked {
        Ok(checked) => checked,
        Err(error) => {
            let check = unreadable(code, &error);
            let reason = match check.outcome {
                Outcome::Failed => Some(Reason::TimestampBroken),
                _ => check.reason,
            };
            judged.push(Check { reason, ..check }.role(Role::Tsa));
            return TokenVerdict { judged, time: None };
        }
    };
    let with_carried = carried::with_evidence(verifier, &token.carried_evidence());
    let verifier = &*with_carried;
    judged.note(found.findings.iter().cloned());
    let check = strictly(verifier.policy(), own_check(code, &found), &found.findings);
    let check = match &found.certificate {
        Some(certificate) if check.outcome == Outcome::Passed => {
            let path = Path {
                leaf: certificate,
                carried: token.certificates(),
                role: Role::Tsa,
                used_at: found.gen_time,
                proven: false,
                evaluated_at,
            };
            by_trusted_authority(verifier, code, &path)
        }
        _ => check,
    };
    let time = (check.outcome == Outcome::Passed).then_some(found.gen_time);
    judged.push(check.role(Role::Tsa).with("time", found.gen_time));
    TokenVerdict { judged, time }
}

/// The token in itself, whoever made it.
fn own_check(code: CheckCode, found: &TimeStampCheck) -> Check {
    let parts = [&found.imprint, &found.digest, &found.value, &found.purpose];
    for part in parts {
        match part {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::Missing => {
                return Check::indeterminate(code, Reason::CertificateMissing);
            }
            Err(error) if error.kind() == ErrorKind::UnsupportedAlgorithm => {
                return Check::indeterminate(code, Reason::AlgorithmUnknown);
            }
            Err(error) if error.kind() == ErrorKind::LimitExceeded => {
                return unreadable(code, error);
            }
            Err(error) => {
                return Check::failed(code, Reason::TimestampBroken)
                    .with("message", error.message());
            }
        }
    }
    match &found.binding {
        Ok(CertificateBinding::Matches) => Check::passed(code),
        // Without the attribute another certificate of the same key could be put in its place.
        Ok(CertificateBinding::Absent | CertificateBinding::Differs) | Err(_) => {
            Check::failed(code, Reason::TimestampBroken).with("attribute", "signingCertificate")
        }
    }
}

/// The worst of the authority's path, under the token's own code.
fn by_trusted_authority(verifier: &Verifier, code: CheckCode, path: &Path<'_>) -> Check {
    let judged = path::judge(verifier, path).judged;
    let needed = [
        CheckCode::PathAnchor,
        CheckCode::PathConstraint,
        CheckCode::PathAlgorithm,
    ];
    let worst = judged
        .checks
        .into_iter()
        .filter(|check| needed.contains(&check.code))
        .min_by_key(|check| check.outcome);
    match worst {
        Some(check) => Check { code, ..check },
        None => Check::indeterminate(code, Reason::NoPath),
    }
}

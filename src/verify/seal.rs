//! The steps on an electronic seal (GM/T 0031-2014 6.1.2, GB/T 38540-2020 6.3, GM/T 0031-2025),
//! judged at the time it was used.

use super::clause;
use super::judged::{Judged, party, strictly, unreadable};
use super::path::{self, Path};
use super::report::SealFacts;
use super::signing_time::{Place, Validity};
use super::status;
use super::timestamp;
use super::{
    Check, CheckCode, Detail, MakerRule, Outcome, Policy, Reason, Role, SealAsOf, Verifier,
};
use crate::crypto::Sm2Digests;
use crate::finding::{Finding, FindingCode};
use crate::pki::Certificate;
use crate::seal::PictureFormat;
use crate::ses::{self, Layout, SesSeal};
use crate::time::Time;

/// A seal with its checks, and the facts for the report.
pub(super) struct SealVerdict {
    pub(super) judged: Judged,
    pub(super) facts: SealFacts,
}

/// When the seal was used.
#[derive(Clone, Copy)]
pub(super) struct Use {
    /// The time of signing; `None` when it cannot be read. For a stand-alone seal the evaluation.
    pub(super) used_at: Option<Time>,
    /// When it is proven to have been used, by a verified token.
    pub(super) proven_at: Option<Time>,
    pub(super) evaluated_at: Time,
}

impl Use {
    /// As of when the policy wants the seal judged.
    fn as_of(self, policy: &Policy) -> Option<Time> {
        match policy.seal_as_of() {
            SealAsOf::Signing => self.used_at,
            SealAsOf::Evaluation => Some(self.evaluated_at),
        }
    }
}

/// Judges a seal; the digest that its maker signed may be known.
pub(super) fn judge(
    verifier: &Verifier,
    seal: &SesSeal,
    usage: Use,
    digests: &Sm2Digests<'_>,
) -> SealVerdict {
    let maker = verifier.read_certificate(seal.maker_certificate());
    let facts = facts(seal, maker.as_ref().ok());
    let mut judged = Judged::default();
    judged.note(seal.findings().iter().cloned());
    let format = Check::passed(CheckCode::SealFormat).with("standard", seal.layout().standard());
    judged.push(strictly(verifier.policy(), format, seal.findings()));
    let rule = rule_for(verifier.policy(), seal.layout());
    match &maker {
        Ok(maker) => {
            judged.note(maker.findings().iter().cloned().map(|f| f.inside("cert")));
            value(verifier, seal, maker, digests, &mut judged);
            let as_of = (rule == MakerRule::Unconditional)
                .then(|| usage.as_of(verifier.policy()))
                .flatten();
            judged.push(maker_certificate(seal, maker, as_of));
        }
        Err(error) => {
            for code in [
                CheckCode::SealMakerSignature,
                CheckCode::SealMakerCertificate,
            ] {
                judged.push(unreadable(code, error));
            }
        }
    }
    judged.push(create_time(seal, usage.evaluated_at));
    validity(verifier.policy(), seal, usage, &mut judged);
    let mut proven_at = usage.proven_at;
    if let Some(token) = seal.time_stamp() {
        let stamp = timestamp::of_seal(verifier, seal, token, usage.evaluated_at);
        proven_at = proven_at.into_iter().chain(proven_time(&stamp)).min();
        judged.extend(stamp);
    }
    judged.push(picture(seal));
    let status = status::seal(verifier, &seal.info().id, usage, proven_at);
    if let Some(check) = status.checks.iter().find(|check| is_status_open(check)) {
        keep_open(&mut judged, check);
    }
    judged.extend(status);
    if let Ok(maker) = &maker {
        let path = maker_path(verifier, seal, maker, rule, usage, proven_at);
        if let Some(check) = path.checks.iter().find(|check| is_revoked_since(check)) {
            open_since_revocation(&mut judged, check);
        }
        judged.extend(path);
    }
    for check in &mut judged.checks {
        check.clause = check
            .clause
            .or_else(|| clause::of_seal(check, seal.layout()));
    }
    SealVerdict { judged, facts }
}

/// The rule for the maker's certificate, with [`MakerRule::OfEdition`] resolved.
fn rule_for(policy: &Policy, layout: Layout) -> MakerRule {
    match (policy.maker_rule(), layout) {
        (MakerRule::OfEdition, Layout::Gmt0031_2014 | Layout::Gbt38540_2020) => {
            MakerRule::Unconditional
        }
        (MakerRule::OfEdition, Layout::Gmt0031_2025) => MakerRule::AtCreation,
        (rule, _) => rule,
    }
}

fn value(
    verifier: &Verifier,
    seal: &SesSeal,
    maker: &Certificate,
    digests: &Sm2Digests<'_>,
    judged: &mut Judged,
) {
    let code = CheckCode::SealMakerSignature;
    let key = match maker.public_key() {
        Ok(key) => key,
        Err(error) => return judged.push(unreadable(code, &error)),
    };
    if let Err(error) = ses::signature_algorithm(seal.algorithm(), key) {
        judged.push(path::algorithm_mismatch(&error).role(Role::Maker));
    }
    match verifier.under_any_id(|id| seal.verify_maker_signature_with(key, id, digests)) {
        Ok(findings) => {
            judged.push(strictly(verifier.policy(), Check::passed(code), &findings));
            judged.note(findings);
        }
        Err(error) => judged.push(unreadable(code, &error)),
    }
}

/// The maker's certificate must have been valid when the seal was made (GM/T 0031-2025), and where
/// the policy follows the older texts also as of another time.
fn maker_certificate(seal: &SesSeal, maker: &Certificate, as_of: Option<Time>) -> Check {
    let code = CheckCode::SealMakerCertificate;
    let Some(created) = seal.info().create_date.time else {
        return Check::indeterminate(code, Reason::TimeUnreadable);
    };
    let outside = |time: Time| period_of(maker).place(time) != Place::Inside;
    let check = if outside(created) || as_of.is_some_and(outside) {
        Check::failed(code, Reason::OutsideCertificate)
    } else {
        Check::passed(code)
    };
    let check = check
        .with("created", created)
        .with("valid_from", maker.not_before())
        .with("valid_until", maker.not_after());
    match as_of {
        Some(time) => check.with("as_of", time),
        None => check,
    }
}

fn period_of(certificate: &Certificate) -> Validity {
    Validity {
        from: Some(certificate.not_before()),
        until: Some(certificate.not_after()),
    }
}

/// The maker's path, judged as of the time that the rule names, and what became of its
/// certificate since.
fn maker_path(
    verifier: &Verifier,
    seal: &SesSeal,
    maker: &Certificate,
    rule: MakerRule,
    usage: Use,
    proven_at: Option<Time>,
) -> Judged {
    let judged_at = match rule {
        MakerRule::Unconditional => usage.as_of(verifier.policy()),
        _ => seal.info().create_date.time,
    };
    let subject = Path {
        leaf: maker,
        carried: &[],
        role: Role::Maker,
        used_at: judged_at.unwrap_or(usage.evaluated_at),
        proven: proven_at.is_some(),
        evaluated_at: usage.evaluated_at,
    };
    let path::PathVerdict {
        mut judged,
        revoked_at,
    } = path::judge(verifier, &subject);
    let revoked_since = revoked_at.filter(|time| *time > subject.used_at);
    if let Some(revoked_at) = revoked_since {
        let cleared =
            rule == MakerRule::AtCreation || proven_at.is_some_and(|proven| proven < revoked_at);
        let revocation = judged
            .checks
            .iter_mut()
            .find(|check| is_revoked_since(check));
        if let (true, Some(check)) = (cleared, revocation) {
            check.outcome = Outcome::Passed;
            check.reason = None;
        }
    }
    let ended = period_of(maker).place(usage.evaluated_at) != Place::Inside;
    let revoked = revoked_at.is_some_and(|time| time <= usage.evaluated_at);
    if ended || revoked {
        judged.note([Finding::new(FindingCode::MakerNow, "cert")]);
    }
    judged
}

fn is_status_open(check: &Check) -> bool {
    check.reason == Some(Reason::RevokedSince)
}

/// A revocation that is known must not be set aside by a policy that does not ask for the status:
/// it leaves open whether the seal was good when it was used.
fn keep_open(judged: &mut Judged, status: &Check) {
    let validity = judged
        .checks
        .iter_mut()
        .find(|check| check.code == CheckCode::SealValidity);
    if let Some(check) = validity.filter(|check| check.outcome == Outcome::Passed) {
        check.outcome = Outcome::Indeterminate;
        check.reason = status.reason;
        check.detail.extend(status.detail.clone());
    }
}

fn is_revoked_since(check: &Check) -> bool {
    check.code == CheckCode::RevocationMaker && check.reason == Some(Reason::RevokedSince)
}

/// A revocation that is known must not be set aside by a policy that asks for none: it leaves
/// open whether the maker's certificate was good when the seal was made.
fn open_since_revocation(judged: &mut Judged, revocation: &Check) {
    let good = |check: &&mut Check| {
        check.code == CheckCode::SealMakerCertificate && check.outcome == Outcome::Passed
    };
    if let Some(check) = judged.checks.iter_mut().find(good) {
        check.outcome = Outcome::Indeterminate;
        check.reason = Some(Reason::RevokedSince);
        let time = revocation.detail.get("revoked_at");
        check
            .detail
            .extend(time.map(|time| ("revoked_at", time.clone())));
    }
}

/// The time of the seal's own token, where it verified.
fn proven_time(stamp: &Judged) -> Option<Time> {
    let all_passed = |check: &Check| check.outcome == Outcome::Passed;
    if !stamp.checks.iter().all(all_passed) {
        return None;
    }
    stamp
        .checks
        .iter()
        .find_map(|check| match check.detail.get("time") {
            Some(Detail::Text(text)) => Time::parse(text).ok(),
            _ => None,
        })
}

fn create_time(seal: &SesSeal, evaluated_at: Time) -> Check {
    let code = CheckCode::SealCreateTime;
    let info = seal.info();
    match (info.create_date.time, info.valid_end.time) {
        (None, _) => Check::indeterminate(code, Reason::TimeUnreadable),
        (Some(created), _) if created > evaluated_at => Check::failed(code, Reason::InFuture)
            .with("created", created)
            .with("evaluated_at", evaluated_at),
        (Some(created), Some(end)) if created > end => Check::failed(code, Reason::TimesContradict)
            .with("created", created)
            .with("valid_until", end),
        _ => Check::passed(code),
    }
}

fn validity(policy: &Policy, seal: &SesSeal, usage: Use, judged: &mut Judged) {
    let code = CheckCode::SealValidity;
    let validity = period(seal);
    let Some(used_at) = usage.as_of(policy) else {
        return judged.push(Check::indeterminate(code, Reason::TimeUnreadable));
    };
    let check = match validity.place(used_at) {
        Place::Inside => Check::passed(code),
        Place::Outside => Check::failed(code, Reason::OutsideSeal),
        Place::Unknown => Check::indeterminate(code, Reason::TimeUnreadable),
    };
    let key = match policy.seal_as_of() {
        SealAsOf::Signing => "used_at",
        SealAsOf::Evaluation => "evaluated_at",
    };
    judged.push(check.with(key, used_at));
    if validity.place(usage.evaluated_at) == Place::Outside {
        judged.note([Finding::new(
            FindingCode::SealValidityNow,
            "eSealInfo.property.validEnd",
        )]);
    }
}

/// The seal's own validity.
pub(super) fn period(seal: &SesSeal) -> Validity {
    Validity {
        from: seal.info().valid_start.time,
        until: seal.info().valid_end.time,
    }
}

fn picture(seal: &SesSeal) -> Check {
    let code = CheckCode::SealPicture;
    let picture = &seal.info().picture;
    let check = match PictureFormat::detect(&picture.data) {
        Some(format) if format.fits(&picture.kind) => Check::passed(code),
        _ => Check::indeterminate(code, Reason::PictureType),
    };
    check.with("declared", &picture.kind)
}

fn facts(seal: &SesSeal, maker: Option<&Certificate>) -> SealFacts {
    let info = seal.info();
    SealFacts {
        id: info.id.clone(),
        name: info.name.clone(),
        seal_type: info.seal_type,
        created: info.create_date.time,
        valid_from: info.valid_start.time,
        valid_until: info.valid_end.time,
        maker: maker.map(party),
    }
}

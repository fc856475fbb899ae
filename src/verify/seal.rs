//! The steps on an electronic seal (GM/T 0031-2014 6.1.2, GB/T 38540-2020 6.3, GM/T 0031-2025),
//! judged at the time it was used.

use super::clause;
use super::judged::{Judged, party, strictly, unreadable};
use super::path::{self, Path};
use super::report::SealFacts;
use super::signing_time::{Place, Validity};
use super::timestamp;
use super::{Check, CheckCode, Reason, Role, Verifier};
use crate::finding::{Finding, FindingCode};
use crate::pki::Certificate;
use crate::seal::PictureFormat;
use crate::ses::{self, SesSeal};
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
    pub(super) evaluated_at: Time,
}

pub(super) fn judge(verifier: &Verifier, seal: &SesSeal, usage: Use) -> SealVerdict {
    let maker = Certificate::from_der(seal.maker_certificate());
    let facts = facts(seal, maker.as_ref().ok());
    let mut judged = Judged::default();
    judged.note(seal.findings().iter().cloned());
    let format = Check::passed(CheckCode::SealFormat).with("standard", seal.layout().standard());
    judged.push(strictly(verifier.policy(), format, seal.findings()));
    match &maker {
        Ok(maker) => {
            judged.note(maker.findings().iter().cloned().map(|f| f.inside("cert")));
            value(verifier, seal, maker, &mut judged);
            judged.push(maker_certificate(seal, maker));
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
    validity(seal, usage, &mut judged);
    if let Some(token) = seal.time_stamp() {
        judged.extend(timestamp::of_seal(
            verifier,
            seal,
            token,
            usage.evaluated_at,
        ));
    }
    judged.push(picture(seal));
    if let Ok(maker) = &maker {
        let subject = Path {
            leaf: maker,
            carried: &[],
            role: Role::Maker,
            used_at: seal.info().create_date.time.unwrap_or(usage.evaluated_at),
            evaluated_at: usage.evaluated_at,
        };
        judged.extend(path::judge(verifier, &subject).judged);
    }
    for check in &mut judged.checks {
        check.clause = check
            .clause
            .or_else(|| clause::of_seal(check.code, seal.layout()));
    }
    SealVerdict { judged, facts }
}

fn value(verifier: &Verifier, seal: &SesSeal, maker: &Certificate, judged: &mut Judged) {
    let code = CheckCode::SealMakerSignature;
    let key = match maker.public_key() {
        Ok(key) => key,
        Err(error) => return judged.push(unreadable(code, &error)),
    };
    if let Err(error) = ses::signature_algorithm(seal.algorithm(), key) {
        judged.push(path::algorithm_mismatch(&error).role(Role::Maker));
    }
    match verifier.under_any_id(|id| seal.verify_maker_signature(key, id)) {
        Ok(findings) => {
            judged.push(strictly(verifier.policy(), Check::passed(code), &findings));
            judged.note(findings);
        }
        Err(error) => judged.push(unreadable(code, &error)),
    }
}

/// The maker's certificate must have been valid when the seal was made; that it expired since is
/// no fault of the seal (GM/T 0031-2025; the older texts do not tell the cases apart).
fn maker_certificate(seal: &SesSeal, maker: &Certificate) -> Check {
    let code = CheckCode::SealMakerCertificate;
    let validity = Validity {
        from: Some(maker.not_before()),
        until: Some(maker.not_after()),
    };
    let Some(created) = seal.info().create_date.time else {
        return Check::indeterminate(code, Reason::TimeUnreadable);
    };
    let check = match validity.place(created) {
        Place::Inside => Check::passed(code),
        Place::Outside | Place::Unknown => Check::failed(code, Reason::OutsideCertificate),
    };
    check
        .with("created", created)
        .with("valid_from", maker.not_before())
        .with("valid_until", maker.not_after())
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

fn validity(seal: &SesSeal, usage: Use, judged: &mut Judged) {
    let code = CheckCode::SealValidity;
    let validity = period(seal);
    let Some(used_at) = usage.used_at else {
        return judged.push(Check::indeterminate(code, Reason::TimeUnreadable));
    };
    let check = match validity.place(used_at) {
        Place::Inside => Check::passed(code),
        Place::Outside => Check::failed(code, Reason::OutsideSeal),
        Place::Unknown => Check::indeterminate(code, Reason::TimeUnreadable),
    };
    judged.push(check.with("used_at", used_at));
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

//! Seals and signatures that stand alone, with or without their content beside them.

use super::content::Content;
use super::judged::unreadable;
use super::message;
use super::report::SignatureKind;
use super::seal::{self, Use};
use super::seal_signature::{self, Surroundings};
use super::verifier::DocumentVerdict;
use super::{Check, CheckCode, Verifier, ofd};
use crate::crypto::Sm2Digests;
use crate::ses::{SesSeal, SesSignature};
use crate::time::Time;

/// A stand-alone seal is judged at the time of evaluation.
pub(super) fn seal(verifier: &Verifier, bytes: &[u8], at: Time) -> DocumentVerdict {
    let mut verdict = DocumentVerdict::default();
    let seal = match SesSeal::from_der(bytes) {
        Ok(seal) => seal,
        Err(error) => return verdict.with(unreadable(CheckCode::ContainerFormat, &error)),
    };
    verdict
        .judged
        .push(Check::passed(CheckCode::ContainerFormat));
    let judged = seal::judge(
        verifier,
        &seal,
        Use {
            used_at: Some(at),
            proven_at: None,
            evaluated_at: at,
        },
        &Sm2Digests::default(),
    );
    let mut report = ofd::empty_report(SignatureKind::Seal);
    report.standard = Some(seal.layout().standard());
    report.algorithm = crate::crypto::SignatureAlgorithm::from_oid(seal.algorithm())
        .ok()
        .map(|algorithm| algorithm.name().to_owned());
    report.seal = Some(judged.facts);
    verdict.add(report, judged.judged);
    verdict
}

pub(super) fn seal_signature(
    verifier: &Verifier,
    bytes: &[u8],
    content: Option<&[u8]>,
    at: Time,
) -> DocumentVerdict {
    let mut verdict = DocumentVerdict::default();
    let signature = match SesSignature::from_der(bytes) {
        Ok(signature) => signature,
        Err(error) => return verdict.with(unreadable(CheckCode::ContainerFormat, &error)),
    };
    verdict
        .judged
        .push(Check::passed(CheckCode::ContainerFormat));
    let pieces: Vec<_> = content.into_iter().collect();
    let content = content.map_or(Content::Unknown, |_| Content::Pieces(&pieces));
    let around = Surroundings::default();
    let judged = seal_signature::judge(verifier, &signature, &content, &around, at);
    verdict.add(judged.report, judged.judged);
    verdict
}

pub(super) fn message(
    verifier: &Verifier,
    bytes: &[u8],
    content: Option<&[u8]>,
    at: Time,
) -> DocumentVerdict {
    let mut verdict = DocumentVerdict::default();
    let pieces: Vec<_> = content.into_iter().collect();
    let content = content.map_or(Content::Unknown, |_| Content::Pieces(&pieces));
    let judged = message::judge(verifier, bytes, &content, at);
    verdict
        .judged
        .push(Check::passed(CheckCode::ContainerFormat));
    verdict.add(judged.report, judged.judged);
    verdict
}

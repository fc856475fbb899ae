//! The steps on a seal signature (GM/T 0031-2014 6.2.3, GB/T 38540-2020 7.3).

use super::clause;
use super::content::Content;
use super::judged::{Judged, party, strength, strictly, unreadable};
use super::path::{self, Path};
use super::report::{CoverageFacts, SignatureKind, SignatureReport};
use super::seal::{self, Use};
use super::signing_time::{Place, SigningTime, TimeSource, Validity};
use super::timestamp;
use super::{Check, CheckCode, Outcome, Reason, Role, Verifier};
use crate::crypto::{
    DigestAlgorithm, PublicKey, PublicKeyKind, SignatureAlgorithm, Sm2Digests, Sm2Id, Sm2Message,
};
use crate::error::Error;
use crate::pki::Certificate;
use crate::seal::lists_renewed;
use crate::ses::{self, CertificateList, Listed, SesSignature};
use crate::time::Time;

/// A judged signature: its part of the report, and its findings.
pub(super) struct SignatureVerdict {
    pub(super) report: SignatureReport,
    pub(super) judged: Judged,
}

/// What the document around a signature gives to its judgement.
#[derive(Default)]
pub(super) struct Surroundings<'a> {
    /// The time of a verified time stamp over the document that covers the signature.
    pub(super) stamped: Option<Time>,
    /// Digests that were computed together with others.
    pub(super) digests: Sm2Digests<'a>,
}

/// What the two SM2 values in a signature are over, under the mandated ID.
pub(super) fn sm2_messages<'s>(
    verifier: &Verifier,
    signature: &'s SesSignature,
) -> Vec<Sm2Message<'s>> {
    let seal = signature.seal();
    let signed = [
        (
            signature.signer_certificate(),
            signature.signed_bytes().into(),
        ),
        (seal.maker_certificate(), seal.signed_bytes()),
    ];
    let message = |(certificate, bytes)| {
        let certificate = verifier.read_certificate(certificate).ok()?;
        Some(Sm2Message {
            key: certificate.public_key().ok()?.clone(),
            id: Sm2Id::default(),
            bytes,
        })
    };
    signed.into_iter().filter_map(message).collect()
}

pub(super) fn judge(
    verifier: &Verifier,
    signature: &SesSignature,
    content: &Content<'_>,
    around: &Surroundings<'_>,
    evaluated_at: Time,
) -> SignatureVerdict {
    let mut judged = Judged::default();
    judged.note(signature.findings().iter().cloned());
    let signer = verifier.read_certificate(signature.signer_certificate());
    let subject = |certificate, used_at, proven| Path {
        leaf: certificate,
        carried: &[],
        role: Role::Signer,
        used_at,
        proven,
        evaluated_at,
    };
    let helps = |time: &Time| {
        let in_use = seal::period(signature.seal()).place(*time) == Place::Inside;
        let certificate = signer.as_ref().ok();
        in_use && certificate.is_some_and(|one| path::stands(verifier, &subject(one, *time, true)))
    };
    let token = timestamp::of_seal_signature(verifier, signature, evaluated_at);
    let token = match around.stamped.filter(helps) {
        Some(time) => token
            .or_by_document(Some(time))
            .against_claim(CheckCode::SignatureTimestamp, signature.time().time),
        None => token,
    };
    let (signed_at, source) = match &token.time {
        Some(time) => (Some(*time), TimeSource::Token),
        None => (signature.time().time, TimeSource::Claimed),
    };
    judged.extend(token.judged);

    judged.push(content.digest_check(signature.data_hash(), digest_algorithm(signature)));

    let mut algorithm = None;
    let mut revoked_at = None;
    match &signer {
        Ok(certificate) => {
            algorithm = value(verifier, signature, certificate, around, &mut judged);
            judged.push(listed(signature, certificate));
            let used_at = signed_at.unwrap_or(evaluated_at);
            let proven = source == TimeSource::Token;
            let path = path::judge(verifier, &subject(certificate, used_at, proven));
            revoked_at = path.revoked_at;
            judged.extend(path.judged);
        }
        Err(error) => {
            judged.push(unreadable(CheckCode::SignatureValue, error));
            judged.push(listed_by_bytes(signature, error));
        }
    }

    let time = SigningTime {
        signed_at,
        source,
        certificate: signer.as_ref().ok().map(|certificate| Validity {
            from: Some(certificate.not_before()),
            until: Some(certificate.not_after()),
        }),
        seal: Some(seal::period(signature.seal())),
        revoked_at,
        evaluated_at,
        proof_required: verifier.policy().requires(CheckCode::SignatureTimestamp),
    };
    let (check, finding) = time.judge();
    judged.push(check);
    judged.note(finding);

    let verdict = seal::judge(
        verifier,
        signature.seal(),
        Use {
            used_at: signed_at,
            proven_at: token.time,
            evaluated_at,
        },
        &around.digests,
    );
    judged.note(
        verdict
            .judged
            .findings
            .into_iter()
            .map(|finding| finding.inside("toSign.eseal")),
    );
    judged.checks.extend(verdict.judged.checks);
    judged.vouched.extend(verdict.judged.vouched);
    for check in &mut judged.checks {
        check.clause = check
            .clause
            .or_else(|| clause::of_seal(check, signature.layout()));
        if check.code == CheckCode::SealValidity {
            check.clause = clause::of_seal_in_use(signature.layout()).or(check.clause);
        }
    }

    let report = SignatureReport {
        index: 0,
        kind: SignatureKind::Seal,
        standard: Some(signature.layout().standard()),
        algorithm,
        signer: signer.as_ref().ok().map(party),
        seal: Some(verdict.facts),
        signed_at,
        time_source: signed_at.map(|_| source.name()),
        coverage: CoverageFacts::default(),
        outcome: Outcome::Indeterminate,
        checks: Vec::new(),
    };
    SignatureVerdict { report, judged }
}

/// Checks value and algorithm; returns the algorithm's name.
fn value(
    verifier: &Verifier,
    signature: &SesSignature,
    signer: &Certificate,
    around: &Surroundings<'_>,
    judged: &mut Judged,
) -> Option<String> {
    let code = CheckCode::SignatureValue;
    let key = match signer.public_key() {
        Ok(key) => key,
        Err(error) => {
            judged.push(unreadable(code, &error));
            return None;
        }
    };
    let name = match ses::signature_algorithm(signature.algorithm(), key) {
        Ok((algorithm, _)) => {
            judged.push(strength(verifier.policy(), algorithm, rsa_bits(key)).role(Role::Signer));
            Some(algorithm.name().to_owned())
        }
        Err(error) => {
            judged.push(path::algorithm_mismatch(&error).role(Role::Signer));
            None
        }
    };
    match verifier.under_any_id(|id| signature.verify_value_with(key, id, &around.digests)) {
        Ok(findings) => {
            let all: Vec<_> = findings
                .iter()
                .chain(signature.findings())
                .cloned()
                .collect();
            judged.push(strictly(verifier.policy(), Check::passed(code), &all));
            judged.note(findings);
        }
        Err(error) => judged.push(unreadable(code, &error)),
    }
    name
}

/// The hash of the original fits the signature algorithm: SM3 with SM2 (GB/T 38540-2020 7.1).
fn digest_algorithm(signature: &SesSignature) -> DigestAlgorithm {
    SignatureAlgorithm::from_oid(signature.algorithm())
        .ok()
        .and_then(SignatureAlgorithm::digest)
        .unwrap_or(DigestAlgorithm::Sm3)
}

pub(super) fn rsa_bits(key: &PublicKey) -> Option<u32> {
    match key.kind() {
        PublicKeyKind::Rsa { bits } => Some(bits),
        _ => None,
    }
}

/// Of a signer whose certificate or key is not read: whether the same bytes stand in the list shows
/// all the same.
fn listed_by_bytes(signature: &SesSignature, unread: &Error) -> Check {
    let code = CheckCode::SealSignatureSignerListed;
    let signer = signature.signer_certificate();
    match &signature.seal().info().certificates {
        CertificateList::Certificates(list) if !list.iter().any(|der| der == signer) => {
            Check::failed(code, Reason::NotListed)
        }
        _ => unreadable(code, unread),
    }
}

/// Whether the signer is one of those the seal was made for; a renewed certificate is told apart
/// (GB/T 38540-2020 7.2 a 3).
fn listed(signature: &SesSignature, signer: &Certificate) -> Check {
    let code = CheckCode::SealSignatureSignerListed;
    let key = match signer.public_key() {
        Ok(key) => key,
        Err(error) => return listed_by_bytes(signature, &error),
    };
    match signature.signer_listed(key) {
        Listed::ByCertificate { .. } => Check::passed(code).with("by", "certificate"),
        Listed::ByDigest {
            algorithm, with_z, ..
        } => Check::passed(code)
            .with("by", "digest")
            .with("digest", algorithm.name())
            .with("with_z", with_z),
        Listed::No if lists_renewed(&signature.seal().info().certificates, signer) => {
            Check::failed(code, Reason::Renewed)
        }
        Listed::No => Check::failed(code, Reason::NotListed),
    }
}

//! The steps on a signed message (GB/T 35275, CMS), and on a signature value that stands alone.

use super::carried;
use super::clause;
use super::content::Content;
use super::judged::{Judged, party, strength, strictly, unreadable};
use super::ofd::empty_report;
use super::path::{self, Path};
use super::report::SignatureKind;
use super::seal_signature::{SignatureVerdict, rsa_bits};
use super::signing_time::{Said, SigningTime, TimeSource, Validity};
use super::timestamp;
use super::{Check, CheckCode, Reason, Role, Verifier};
use crate::crypto::{Detached, PublicKeyKind, SignatureAlgorithm, Sm2Id};
use crate::error::{Error, ErrorKind};
use crate::pki::Certificate;
use crate::pki::cms::{CertificateBinding, Flavor, SignedData, SignerCheck, SignerInfo};
use crate::time::Time;

/// Judges a message that must be the whole input.
pub(super) fn judge(
    verifier: &Verifier,
    bytes: &[u8],
    content: &Content<'_>,
    at: Time,
) -> SignatureVerdict {
    judge_said(verifier, bytes, content, Said::default(), at)
}

/// As [`judge`], with what is said of its time beside it.
pub(super) fn judge_said(
    verifier: &Verifier,
    bytes: &[u8],
    content: &Content<'_>,
    said: Said,
    at: Time,
) -> SignatureVerdict {
    judge_parsed(verifier, SignedData::parse(bytes), content, said, at)
}

/// Judges a message that zero bytes may follow, as in a PDF. The time claimed beside it counts
/// unless the message states one.
pub(super) fn judge_padded(
    verifier: &Verifier,
    bytes: &[u8],
    content: &Content<'_>,
    said: Said,
    at: Time,
) -> SignatureVerdict {
    let data = SignedData::parse_padded(bytes);
    judge_parsed(verifier, data, content, said, at)
}

fn judge_parsed(
    verifier: &Verifier,
    data: crate::Result<SignedData>,
    content: &Content<'_>,
    said: Said,
    at: Time,
) -> SignatureVerdict {
    let mut judged = Judged::default();
    let mut report = empty_report(SignatureKind::Signature);
    let parsed = data.and_then(|data| {
        let signer = data.single_signer()?.clone();
        Ok((data, signer))
    });
    let (data, signer) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            judged.push(unreadable(CheckCode::SignatureValue, &error));
            return SignatureVerdict { report, judged };
        }
    };
    let with_carried = carried::with_evidence(verifier, &data.carried_evidence());
    let verifier = &*with_carried;
    let national = data.flavor() == Flavor::Gm;
    report.standard = Some(if national {
        "GB/T 35275-2017"
    } else {
        "RFC 5652"
    });
    let check = best_check(verifier, &data, &signer, content);
    judged.note(data.findings().iter().chain(&check.findings).cloned());
    report.algorithm = check
        .algorithm
        .as_ref()
        .ok()
        .map(|algorithm| algorithm.name().to_owned());
    report.signer = check.certificate.as_ref().map(party);

    judged.push(digest(&check.digest).with("shape", check.shape.name()));
    let findings: Vec<_> = data
        .findings()
        .iter()
        .chain(&check.findings)
        .cloned()
        .collect();
    judged.push(strictly(verifier.policy(), value(&check), &findings));
    judged.push(algorithm(verifier, &check));
    let claimed = check.signing_time.or(said.claimed);
    let subject = |certificate, used_at, proven| Path {
        leaf: certificate,
        carried: data.certificates(),
        role: Role::Signer,
        used_at,
        proven,
        evaluated_at: at,
    };
    let helps = |time: &Time| {
        let certificate = check.certificate.as_ref();
        certificate.is_some_and(|one| path::stands(verifier, &subject(one, *time, true)))
    };
    let token = timestamp::of_message(verifier, &signer, at)
        .or_by_document(said.stamped.filter(helps))
        .against_claim(CheckCode::SignatureTimestamp, check.signing_time);
    let (signed_at, source) = match &token.time {
        Some(time) => (Some(*time), TimeSource::Token),
        None => (claimed, TimeSource::Claimed),
    };
    judged.extend(token.judged);
    report.signed_at = signed_at;
    report.time_source = signed_at.map(|_| source.name());
    if let Some(certificate) = &check.certificate {
        let proven = source == TimeSource::Token;
        let path = path::judge(
            verifier,
            &subject(certificate, signed_at.unwrap_or(at), proven),
        );
        let time = SigningTime {
            // A message need not say when it was signed; it is then judged as of now.
            signed_at: Some(signed_at.unwrap_or(at)),
            source,
            certificate: Some(Validity {
                from: Some(certificate.not_before()),
                until: Some(certificate.not_after()),
            }),
            seal: None,
            revoked_at: path.revoked_at,
            evaluated_at: at,
            proof_required: verifier.policy().requires(CheckCode::SignatureTimestamp),
        };
        judged.extend(path.judged);
        let (check, finding) = time.judge();
        judged.push(check);
        judged.note(finding);
    }
    for check in &mut judged.checks {
        check.clause = check
            .clause
            .or_else(|| clause::of_message(check.code, national));
    }
    SignatureVerdict { report, judged }
}

/// The check under the first admitted SM2 ID whose value verifies, else under the mandated one.
fn best_check(
    verifier: &Verifier,
    data: &SignedData,
    signer: &SignerInfo,
    content: &Content<'_>,
) -> SignerCheck {
    let content = content.detached();
    let given = verifier.signer_certificates();
    let check = |id: &Sm2Id| data.check_over(signer, content, given, id);
    let others = verifier.sm2_ids().iter().skip(1);
    let first = check(&Sm2Id::default());
    if first.value.is_ok() {
        return first;
    }
    others
        .map(check)
        .find(|check| check.value.is_ok())
        .unwrap_or(first)
}

fn digest(result: &crate::Result<()>) -> Check {
    let code = CheckCode::SignatureDigest;
    match result {
        Ok(()) => Check::passed(code),
        Err(error) => match error.kind() {
            ErrorKind::SignatureMismatch => Check::failed(code, Reason::DigestDiffers),
            ErrorKind::Missing => Check::indeterminate(code, Reason::ContentNotGiven),
            _ => unreadable(code, error),
        },
    }
}

fn value(check: &SignerCheck) -> Check {
    let code = CheckCode::SignatureValue;
    match (&check.value, &check.binding) {
        (Ok(()), Ok(CertificateBinding::Differs)) => {
            Check::failed(code, Reason::AlgorithmsDisagree).with("attribute", "signingCertificate")
        }
        (Ok(()), Err(error)) => unreadable(code, error),
        (Ok(()), Ok(_)) => Check::passed(code),
        (Err(error), _) => match (error.kind(), &check.certificate) {
            (ErrorKind::Missing, None) => Check::indeterminate(code, Reason::CertificateMissing),
            (ErrorKind::Missing, Some(_)) => Check::indeterminate(code, Reason::ContentNotGiven),
            _ => unreadable(code, error),
        },
    }
}

fn algorithm(verifier: &Verifier, check: &SignerCheck) -> Check {
    let algorithm = match &check.algorithm {
        Ok(algorithm) => *algorithm,
        Err(error) => return unreadable(CheckCode::SignatureAlgorithm, error).role(Role::Signer),
    };
    let key = check
        .certificate
        .as_ref()
        .and_then(|certificate| certificate.public_key().ok());
    match key {
        Some(key) if !key.fits(algorithm) => {
            Check::failed(CheckCode::SignatureAlgorithm, Reason::AlgorithmsDisagree)
                .with("algorithm", algorithm.name())
        }
        key => strength(verifier.policy(), algorithm, key.and_then(rsa_bits)),
    }
    .role(Role::Signer)
}

/// A signature value alone, over the content itself; its certificate must be given.
pub(super) fn judge_bare(
    verifier: &Verifier,
    value: &[u8],
    content: &Content<'_>,
    at: Time,
) -> SignatureVerdict {
    let code = CheckCode::SignatureValue;
    let mut judged = Judged::default();
    let mut report = empty_report(SignatureKind::Signature);
    let message = match content.detached().map(Detached::joined) {
        Some(Ok(message)) => message,
        Some(Err(error)) => {
            judged.push(unreadable(code, &error));
            return SignatureVerdict { report, judged };
        }
        None => {
            judged.push(Check::indeterminate(code, Reason::ContentNotGiven));
            return SignatureVerdict { report, judged };
        }
    };
    let candidates = verifier.signer_certificates();
    if candidates.is_empty() {
        judged.push(Check::indeterminate(code, Reason::CertificateMissing));
        return SignatureVerdict { report, judged };
    }
    let signer = candidates.iter().find_map(|certificate| {
        verify_bare(verifier, certificate, &message, value)
            .ok()
            .map(|found| (certificate, found))
    });
    let Some((certificate, (algorithm, findings))) = signer else {
        judged.push(Check::failed(code, Reason::ValueMismatch));
        return SignatureVerdict { report, judged };
    };
    judged.push(strictly(verifier.policy(), Check::passed(code), &findings));
    judged.note(findings);
    judged.push(
        strength(
            verifier.policy(),
            algorithm,
            certificate.public_key().ok().and_then(rsa_bits),
        )
        .role(Role::Signer),
    );
    report.algorithm = Some(algorithm.name().to_owned());
    report.signer = Some(party(certificate));
    let subject = Path {
        leaf: certificate,
        carried: &[],
        role: Role::Signer,
        used_at: at,
        proven: false,
        evaluated_at: at,
    };
    judged.extend(path::judge(verifier, &subject).judged);
    SignatureVerdict { report, judged }
}

fn verify_bare(
    verifier: &Verifier,
    certificate: &Certificate,
    message: &[u8],
    value: &[u8],
) -> crate::Result<(SignatureAlgorithm, Vec<crate::Finding>)> {
    let key = certificate.public_key()?;
    let algorithm = match key.kind() {
        PublicKeyKind::Sm2 => SignatureAlgorithm::Sm2Sm3,
        _ => return Err(Error::unsupported("a bare signature value is SM2")),
    };
    let codes = verifier.under_any_id(|id| key.verify_tolerant(algorithm, id, message, value))?;
    let finding = |code| crate::Finding::new(code, "signedValue");
    Ok((algorithm, codes.into_iter().map(finding).collect()))
}

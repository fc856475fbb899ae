//! One signature of a path, and the algorithms that a path rests on.

use crate::asn1::named;
use crate::crypto::{PublicKeyKind, SignatureAlgorithm, Strength};
use crate::error::{Error, ErrorKind};
use crate::pki::Certificate;
use crate::trust::report::ProblemCode;
use crate::trust::request::PathRequest;

/// The largest RSA modulus that is verified; larger ones only cost time.
const MAX_RSA_BITS: u32 = 8192;

/// Whether `issuer` signed `child`.
pub(super) fn verify(
    child: &Certificate,
    issuer: &Certificate,
    request: &PathRequest<'_>,
) -> Result<(), ProblemCode> {
    let oid = child.signature_algorithm_oid();
    if oid.is_ok_and(|oid| oid == named::RSA_WITH_MD5) {
        return Err(ProblemCode::WeakDigest);
    }
    let key = issuer.public_key().map_err(|error| key_problem(&error))?;
    if let Some(problem) = size_problem(key.kind()) {
        return Err(problem);
    }
    child
        .verify_signed_by(key, &request.sm2_id)
        .map_err(|error| match error.kind() {
            ErrorKind::UnsupportedAlgorithm => ProblemCode::AlgorithmNotOffered,
            _ => ProblemCode::SignatureMismatch,
        })
}

/// Whether the first of these certificates is signed by the next, with an algorithm that the
/// caller added; its parameters may stand further up.
pub(super) fn verify_other(
    chain: &[&Certificate],
    request: &PathRequest<'_>,
) -> Result<(), ProblemCode> {
    let Some((child, above)) = chain.split_first() else {
        return Err(ProblemCode::MissingIssuer);
    };
    let other = request
        .other_algorithms
        .ok_or(ProblemCode::AlgorithmNotOffered)?;
    if !child.identifiers_agree() {
        return Err(ProblemCode::SignatureMismatch);
    }
    let keys: Vec<&[u8]> = above.iter().map(|one| one.spki()).collect();
    let algorithm = child.signature_identifier();
    match other.verify(algorithm, &keys, child.tbs(), child.signature()) {
        Some(true) => Ok(()),
        Some(false) => Err(ProblemCode::SignatureMismatch),
        None => Err(ProblemCode::AlgorithmNotOffered),
    }
}

/// The key, and below the anchor the algorithm its issuer signed with. An anchor is believed
/// without its own signature.
pub(super) fn judge_algorithm(
    certificate: &Certificate,
    anchor: bool,
    request: &PathRequest<'_>,
) -> Vec<ProblemCode> {
    let added = |spki| {
        request
            .other_algorithms
            .is_some_and(|other| other.offers_key(spki))
    };
    let key = match certificate.public_key() {
        Ok(key) => size_problem(key.kind()),
        Err(_) if added(certificate.spki()) => None,
        Err(error) => Some(key_problem(&error)),
    };
    let mut problems: Vec<ProblemCode> = key.into_iter().collect();
    let weak = |algorithm: SignatureAlgorithm| algorithm.strength() == Strength::Weak;
    if !anchor
        && !request.algorithms.allow_sha1
        && certificate.signature_algorithm().is_ok_and(weak)
    {
        problems.push(ProblemCode::WeakDigest);
    }
    problems
}

fn key_problem(error: &Error) -> ProblemCode {
    match error.kind() {
        ErrorKind::UnsupportedAlgorithm => ProblemCode::AlgorithmNotOffered,
        _ => ProblemCode::InvalidKey,
    }
}

fn size_problem(kind: PublicKeyKind) -> Option<ProblemCode> {
    match kind {
        PublicKeyKind::Rsa { bits } if bits < 2048 => Some(ProblemCode::WeakKey),
        PublicKeyKind::Rsa { bits } if bits > MAX_RSA_BITS => {
            Some(ProblemCode::AlgorithmNotOffered)
        }
        _ => None,
    }
}

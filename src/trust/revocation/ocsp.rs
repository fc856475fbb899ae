//! Claims by OCSP responses (RFC 6960).

use super::{Claim, Link, Says, covers_expired, in_effect, is_current};
use crate::asn1::named;
use crate::crypto::PublicKey;
use crate::pki::{Certificate, KeyUsage, OcspAnswer, OcspResponse, OcspStatus};
use crate::trust::anchor::AnchorRole;
use crate::trust::path::{Search, is_weak};
use crate::trust::report::{EvidenceRef, RevocationStatus, UnknownCause};

/// One claim for every answer about the certificate.
pub(super) fn claims(search: &mut Search<'_>, link: &Link<'_>) -> Vec<Claim> {
    let Ok(key) = link.issuer.public_key() else {
        return Vec::new();
    };
    let mut claims = Vec::new();
    for (index, response) in search.request.ocsp.iter().enumerate() {
        let about = |answer: &&OcspAnswer| answer.is_about(link.certificate, key);
        for answer in response.answers().iter().filter(about) {
            let says = judge(search, link, response, answer).unwrap_or_else(Says::Unknown);
            claims.push(Claim {
                as_of: answer.this_update,
                says,
                evidence: vec![EvidenceRef::Ocsp(index)],
            });
        }
    }
    claims
}

fn judge(
    search: &mut Search<'_>,
    link: &Link<'_>,
    response: &OcspResponse,
    answer: &OcspAnswer,
) -> Result<Says, UnknownCause> {
    if response.unknown_critical().is_some() || answer.unknown_critical.is_some() {
        return Err(UnknownCause::UnknownCritical);
    }
    let request = search.request;
    if let Some(nonce) = request.ocsp_nonce
        && response.nonce() != Some(nonce)
    {
        return Err(UnknownCause::Nonce);
    }
    let weak = response.signature_algorithm().is_ok_and(is_weak);
    if weak && !request.algorithms.allow_sha1 {
        return Err(UnknownCause::WeakAlgorithm);
    }
    check_signer(search, link, response)?;
    let revoked = match answer.status {
        OcspStatus::Unknown => return Err(UnknownCause::ResponderDoesNotKnow),
        OcspStatus::Revoked(revoked) => Some(revoked),
        OcspStatus::Good => None,
    };
    if let Some(revoked) = in_effect(revoked, answer.this_update, request) {
        return Ok(Says::Revoked(revoked));
    }
    is_current(answer.this_update, answer.next_update, request)?;
    if covers_expired(
        link.certificate,
        answer.this_update,
        answer.archive_cutoff,
        request,
    ) {
        Ok(Says::Good)
    } else {
        Err(UnknownCause::AfterExpiry)
    }
}

/// RFC 6960 4.2.2.2: the issuer itself, one whom it delegates this to, or one whom the caller
/// believes in that role.
fn check_signer(
    search: &mut Search<'_>,
    link: &Link<'_>,
    response: &OcspResponse,
) -> Result<(), UnknownCause> {
    let responder = response.responder();
    if responder.is(link.issuer) {
        return signed_by(search, response, link.issuer);
    }
    let request = search.request;
    let believed = request
        .anchors
        .all_of(AnchorRole::Ocsp, request.evidence_at);
    let believed: Vec<&Certificate> = believed.filter(|anchor| responder.is(anchor)).collect();
    for anchor in believed {
        if signed_by(search, response, anchor).is_ok() {
            return Ok(());
        }
    }
    let mut cause = UnknownCause::SignerUntrusted;
    let candidates = response.certificates().iter().chain(request.intermediates);
    for candidate in candidates.filter(|candidate| responder.is(candidate)) {
        let judged = signed_by(search, response, candidate)
            .and_then(|()| check_delegate(search, link, response, candidate));
        match judged {
            Ok(()) => return Ok(()),
            Err(found) => cause = found,
        }
    }
    Err(cause)
}

fn signed_by(
    search: &mut Search<'_>,
    response: &OcspResponse,
    signer: &Certificate,
) -> Result<(), UnknownCause> {
    let id = &search.request.sm2_id;
    let verify = |key: &PublicKey| response.verify_signed_by(key, id);
    let signed = search.spend(|| signer.public_key().and_then(verify).is_ok())?;
    if signed {
        Ok(())
    } else {
        Err(UnknownCause::SignatureMismatch)
    }
}

/// A certificate that the issuer of the one in question issued, with the same key, for answering.
fn check_delegate(
    search: &mut Search<'_>,
    link: &Link<'_>,
    response: &OcspResponse,
    delegate: &Certificate,
) -> Result<(), UnknownCause> {
    let purposes = delegate.extended_key_usage().ok().flatten();
    let delegated = purposes.is_some_and(|purposes| purposes.contains(&named::PURPOSE_OCSP));
    let usage = delegate.key_usage().ok();
    let may_sign = usage.is_some_and(|usage| {
        usage.is_none_or(|usage| {
            usage.allows_any(KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION))
        })
    });
    let understood = delegate.unrecognized_critical().is_empty();
    let named_by_issuer = delegate.issuer_name().matches(link.issuer.subject_name());
    if !delegated || !may_sign || !understood || !named_by_issuer {
        return Err(UnknownCause::NotDelegated);
    }
    let at = response.produced_at();
    if at < delegate.not_before() || at > delegate.not_after() {
        return Err(UnknownCause::ResponderValidity);
    }
    let request = search.request;
    let weak = delegate.signature_algorithm().is_ok_and(is_weak);
    if weak && !request.algorithms.allow_sha1 {
        return Err(UnknownCause::WeakAlgorithm);
    }
    let issued = search.spend(|| {
        link.issuer
            .public_key()
            .and_then(|key| delegate.verify_signed_by(key, &request.sm2_id))
            .is_ok()
    })?;
    if !issued {
        return Err(UnknownCause::NotDelegated);
    }
    check_not_revoked(search, link, delegate)
}

/// The issuer may say that its delegate needs no check (RFC 6960 4.2.2.2.1); else the lists must
/// know it. A response cannot vouch for its own maker.
fn check_not_revoked(
    search: &mut Search<'_>,
    link: &Link<'_>,
    delegate: &Certificate,
) -> Result<(), UnknownCause> {
    if delegate.extension(named::OCSP_NO_CHECK).is_some() {
        return Ok(());
    }
    let delegate = Link {
        certificate: delegate,
        issuer: link.issuer,
        anchor: link.anchor,
    };
    match super::combine(&super::crl::claims(search, &delegate), &mut Vec::new()) {
        RevocationStatus::Good => Ok(()),
        RevocationStatus::Revoked { .. } => Err(UnknownCause::ResponderRevoked),
        _ => Err(UnknownCause::ResponderUnknown),
    }
}

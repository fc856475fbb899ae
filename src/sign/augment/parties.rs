//! Whom a signature rests on: signer, seal maker and time stamp authorities.

use crate::asn1::Reader;
use crate::error::{Error, Result};
use crate::pdf::{Signature, sub_filter};
use crate::pki::cms::{CarriedEvidence, SignedData};
use crate::pki::{Certificate, TimeStampToken};
use crate::ses::{self, BlobKind, SesSignature};
use crate::time::Time;

/// A certificate that was used at a time, and those that came with it.
pub(super) struct Party {
    /// `None` where the certificate itself is not there.
    pub(super) leaf: Option<Certificate>,
    pub(super) carried: Vec<Certificate>,
    /// When it was used; `None` when nobody says so.
    pub(super) used_at: Option<Time>,
}

/// All parties of one signature.
pub(super) struct Parties {
    pub(super) list: Vec<Party>,
    /// Whether it is a time stamp or has one.
    pub(super) is_stamped: bool,
    /// Revocation data that the signature and its time stamps carry themselves.
    pub(super) evidence: Vec<CarriedEvidence>,
}

/// Whether the signature is a time stamp over the document.
pub(super) fn is_time_stamp(signature: &Signature) -> bool {
    signature.sub_filter() == Some(sub_filter::RFC3161)
}

/// The parties of a signature, found by what its value is.
pub(super) fn of(signature: &Signature) -> Result<Parties> {
    let padded = signature
        .contents()
        .ok_or_else(|| Error::malformed("a signature has no value"))?;
    let mut reader = Reader::new(padded);
    let exact = match reader.read() {
        Ok(element) => element.raw(),
        Err(_) => padded,
    };
    if is_time_stamp(signature) {
        let token = TimeStampToken::parse(exact)?;
        return Ok(Parties {
            list: vec![authority(&token)],
            is_stamped: true,
            evidence: vec![token.carried_evidence()],
        });
    }
    match ses::recognize(exact) {
        BlobKind::SealSignature => of_seal_signature(&SesSignature::from_der(exact)?),
        _ => of_message(&SignedData::parse_padded(padded)?, signature),
    }
}

fn of_seal_signature(signature: &SesSignature) -> Result<Parties> {
    let token = signature.time_stamp().map(TimeStampToken::parse);
    let token = token.transpose()?;
    let used_at = match &token {
        Some(token) => Some(token.info().gen_time()),
        None => signature.time().time,
    };
    let seal = signature.seal();
    let alone = |certificate: &[u8], used_at| -> Result<Party> {
        Ok(Party {
            leaf: Some(Certificate::from_der(certificate)?),
            carried: Vec::new(),
            used_at,
        })
    };
    let mut list = vec![
        alone(signature.signer_certificate(), used_at)?,
        alone(seal.maker_certificate(), seal.info().create_date.time)?,
    ];
    let is_stamped = token.is_some();
    let seals = seal.time_stamp().map(TimeStampToken::parse).transpose()?;
    let tokens: Vec<_> = token.into_iter().chain(seals).collect();
    list.extend(tokens.iter().map(authority));
    Ok(Parties {
        list,
        is_stamped,
        evidence: tokens
            .iter()
            .map(TimeStampToken::carried_evidence)
            .collect(),
    })
}

fn of_message(data: &SignedData, signature: &Signature) -> Result<Parties> {
    let signer = data.single_signer()?;
    let tokens: Vec<_> = signer
        .time_stamp_tokens()
        .map(TimeStampToken::parse)
        .collect::<Result<_>>()?;
    let stamped = tokens.iter().map(|token| token.info().gen_time()).min();
    let claimed = match signature.claimed_time() {
        Some(crate::pdf::ClaimedTime::At { time, .. }) => Some(time),
        _ => None,
    };
    let mut list = vec![Party {
        leaf: signer.find_certificate(data.certificates()).cloned(),
        carried: data.certificates().to_vec(),
        used_at: stamped.or(claimed),
    }];
    list.extend(tokens.iter().map(authority));
    Ok(Parties {
        list,
        is_stamped: stamped.is_some(),
        evidence: std::iter::once(data.carried_evidence())
            .chain(tokens.iter().map(TimeStampToken::carried_evidence))
            .collect(),
    })
}

fn authority(token: &TimeStampToken) -> Party {
    Party {
        leaf: token.authority().cloned(),
        carried: token.certificates().to_vec(),
        used_at: Some(token.info().gen_time()),
    }
}

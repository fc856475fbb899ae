//! What key usage and extended key usage let a leaf do.

use crate::asn1::{Oid, named};
use crate::finding::{Finding, FindingCode};
use crate::pki::{Certificate, Extension, KeyUsage};
use crate::trust::report::ProblemCode;
use crate::trust::request::Purpose;

/// The problems of a leaf for a purpose, with remarks that are no problem.
pub(super) fn judge(
    leaf: &Certificate,
    purpose: Purpose,
    findings: &mut Vec<Finding>,
) -> Vec<ProblemCode> {
    if purpose == Purpose::Any {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let signing = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
    match leaf.key_usage() {
        Ok(None) => {}
        Ok(Some(usage)) if usage.allows_any(signing) => {}
        Ok(Some(_)) => problems.push(ProblemCode::LeafKeyUsage),
        Err(_) => problems.push(ProblemCode::MalformedExtension),
    }
    let critical = leaf
        .extension(named::EXTENDED_KEY_USAGE)
        .is_some_and(Extension::critical);
    match leaf.extended_key_usage() {
        Ok(purposes) => match extended(purposes.as_deref(), critical, purpose) {
            Extended::Fits => {}
            Extended::ClientOnly => findings.push(Finding::new(
                FindingCode::PurposeClientOnly,
                "certificate.extendedKeyUsage",
            )),
            Extended::Other => problems.push(ProblemCode::LeafExtendedKeyUsage),
        },
        Err(_) => problems.push(ProblemCode::MalformedExtension),
    }
    problems
}

/// Where no purpose is asked about, the certificates of a path must still have one in common:
/// authorities narrow what those below them may be used for.
pub(super) fn judge_chain(
    chain: &[&Certificate],
    purpose: Purpose,
) -> Option<(usize, ProblemCode)> {
    if purpose != Purpose::Any {
        return None;
    }
    let mut common: Option<Vec<Oid>> = None;
    for (index, certificate) in chain.iter().enumerate() {
        let Ok(Some(purposes)) = certificate.extended_key_usage() else {
            continue;
        };
        if purposes.contains(&named::ANY_PURPOSE) {
            continue;
        }
        let narrowed = match common {
            None => purposes,
            Some(mut common) => {
                common.retain(|one| purposes.contains(one));
                common
            }
        };
        if narrowed.is_empty() {
            return Some((index, ProblemCode::IssuerExtendedKeyUsage));
        }
        common = Some(narrowed);
    }
    None
}

/// Whether an authority's extended key usage lets leaves of this purpose be issued.
pub(super) fn authority_allows(purposes: &[Oid], purpose: Purpose) -> bool {
    match purpose {
        Purpose::Any => true,
        Purpose::Tsa => {
            purposes.contains(&named::ANY_PURPOSE)
                || purposes.contains(&named::PURPOSE_TIME_STAMPING)
        }
        Purpose::Signer | Purpose::Maker => {
            !matches!(extended(Some(purposes), false, purpose), Extended::Other)
        }
    }
}

enum Extended {
    Fits,
    ClientOnly,
    Other,
}

fn extended(purposes: Option<&[Oid]>, critical: bool, purpose: Purpose) -> Extended {
    if purpose == Purpose::Tsa {
        // RFC 3161 2.3: the only purpose, and critical.
        let only = purposes == Some(&[named::PURPOSE_TIME_STAMPING]);
        return if only && critical {
            Extended::Fits
        } else {
            Extended::Other
        };
    }
    let signing = [
        named::ANY_PURPOSE,
        named::PURPOSE_MAIL,
        named::PURPOSE_DOCUMENT,
    ];
    match purposes {
        None => Extended::Fits,
        Some(purposes) if purposes.iter().any(|oid| signing.contains(oid)) => Extended::Fits,
        Some([named::PURPOSE_CLIENT]) if !critical => Extended::ClientOnly,
        Some(_) => Extended::Other,
    }
}

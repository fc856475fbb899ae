//! The clause each check enforces, with edition, as far as it is known for sure.
//!
//! Letters of GB/T 38540-2020 clause 6.3 and most of 7.3 are not public; they are left out
//! rather than inferred (`docs/conformance`).

use super::{Check, CheckCode, Reason, Role};
use crate::ses::Layout;

/// Clause of a check on a seal or seal signature of the given layout.
pub(super) fn of_seal(check: &Check, layout: Layout) -> Option<&'static str> {
    let of_maker = check.role == Some(Role::Maker);
    match layout {
        Layout::Gmt0031_2014 if of_maker => maker_2014(check.code),
        Layout::Gmt0031_2014 => gmt_0031_2014(check),
        Layout::Gbt38540_2020 if of_maker => maker_2020(check.code),
        Layout::Gbt38540_2020 => gbt_38540_2020(check.code),
        Layout::Gmt0031_2025 => gmt_0031_2025(check.code, of_maker),
    }
}

/// Clause by which a seal in a signature is judged at the time of signing.
pub(super) fn of_seal_in_use(layout: Layout) -> Option<&'static str> {
    match layout {
        Layout::Gmt0031_2014 => Some("GM/T 0031-2014 6.2.3 f"),
        Layout::Gbt38540_2020 | Layout::Gmt0031_2025 => None,
    }
}

fn maker_2014(code: CheckCode) -> Option<&'static str> {
    is_of_path(code).then_some("GM/T 0031-2014 6.1.2 c")
}

fn gmt_0031_2014(check: &Check) -> Option<&'static str> {
    Some(match check.code {
        CheckCode::SealFormat => "GM/T 0031-2014 6.1.2 a",
        CheckCode::SealMakerSignature => "GM/T 0031-2014 6.1.2 b",
        CheckCode::SealMakerCertificate => "GM/T 0031-2014 6.1.2 c",
        CheckCode::SealValidity => "GM/T 0031-2014 6.1.2 d",
        CheckCode::SignatureValue => "GM/T 0031-2014 6.2.3 b",
        code if is_of_path(code) => "GM/T 0031-2014 6.2.3 c",
        CheckCode::SealSignatureTime if check.reason == Some(Reason::OutsideSeal) => {
            "GM/T 0031-2014 6.2.3 f"
        }
        CheckCode::SealSignatureTime => "GM/T 0031-2014 6.2.3 d",
        CheckCode::SignatureDigest => "GM/T 0031-2014 6.2.3 e",
        _ => return None,
    })
}

fn maker_2020(code: CheckCode) -> Option<&'static str> {
    match code {
        CheckCode::SignatureAlgorithm => Some("GB/T 38540-2020 6.1"),
        code if is_of_path(code) => Some("GB/T 38540-2020 6.3"),
        _ => None,
    }
}

fn gbt_38540_2020(code: CheckCode) -> Option<&'static str> {
    Some(match code {
        CheckCode::SealPicture => "GB/T 38540-2020 6.1",
        CheckCode::SealFormat
        | CheckCode::SealMakerSignature
        | CheckCode::SealMakerCertificate
        | CheckCode::SealValidity => "GB/T 38540-2020 6.3",
        CheckCode::SignatureAlgorithm => "GB/T 38540-2020 7.1",
        CheckCode::SignatureValue
        | CheckCode::SignatureDigest
        | CheckCode::SignatureTimestamp
        | CheckCode::SealSignatureSignerListed
        | CheckCode::SealSignatureTime => "GB/T 38540-2020 7.3",
        code if is_of_path(code) => "GB/T 38540-2020 7.3",
        _ => return None,
    })
}

/// The article that reproduces the text shows no clause numbers and is cut before the flow of
/// the signature: its own rules on the signer's path are not known.
fn gmt_0031_2025(code: CheckCode, of_maker: bool) -> Option<&'static str> {
    let known = match code {
        CheckCode::SealFormat
        | CheckCode::SealMakerSignature
        | CheckCode::SealCreateTime
        | CheckCode::SealMakerCertificate
        | CheckCode::SealValidity
        | CheckCode::SealTimestamp
        | CheckCode::SealPicture
        | CheckCode::SignatureTimestamp
        | CheckCode::SignatureValue
        | CheckCode::SignatureDigest
        | CheckCode::SealSignatureSignerListed
        | CheckCode::SealSignatureTime => true,
        code => of_maker && is_of_path(code),
    };
    known.then_some("GM/T 0031-2025")
}

/// Chain, validity, key usage and revocation of a certificate.
fn is_of_path(code: CheckCode) -> bool {
    matches!(
        code,
        CheckCode::PathAnchor
            | CheckCode::PathConstraint
            | CheckCode::PathAlgorithm
            | CheckCode::RevocationSigner
            | CheckCode::RevocationMaker
    )
}

/// Clause of a check on the OFD container.
pub(super) fn of_ofd(code: CheckCode) -> Option<&'static str> {
    Some(match code {
        CheckCode::SignatureReferences => "GB/T 33190-2016",
        CheckCode::IntegrityEntries | CheckCode::IntegrityValue => "GM/T 0099-2020 7.4",
        _ => return None,
    })
}

/// Clause of a check on a PDF.
pub(super) fn of_pdf(code: CheckCode) -> Option<&'static str> {
    Some(match code {
        CheckCode::PdfByteRange | CheckCode::SignatureReferences => "ISO 32000-1:2008 12.8.1",
        CheckCode::PdfRevision => "ISO 32000-1:2008 7.5.6",
        CheckCode::PdfPermission => "ISO 32000-1:2008 12.8.2",
        _ => return None,
    })
}

/// Clause of a check on a CMS or GB/T 35275 signature.
pub(super) fn of_message(code: CheckCode, national: bool) -> Option<&'static str> {
    Some(match (code, national) {
        (CheckCode::SignatureDigest | CheckCode::SignatureValue, true) => "GB/T 35275-2017",
        (CheckCode::SignatureDigest, false) => "RFC 5652 5.4",
        (CheckCode::SignatureValue, false) => "RFC 5652 5.6",
        _ => return None,
    })
}

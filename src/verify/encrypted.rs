//! Encrypted packages (GM/T 0099-2020 7.3): named as such without what opens them, and judged as
//! what they hold with it.

use super::judged::unreadable;
use super::verifier::DocumentVerdict;
use super::{Check, CheckCode, Reason, Verifier, integrity, ofd};
use crate::encryption::{self, Access};
use crate::error::ErrorKind;
use crate::finding::{Finding, FindingCode};
use crate::ofd::{Encryption, Limits, Package};
use crate::time::Time;

/// The check that stands for all others while a package is closed; `None` for one that is not
/// encrypted.
pub(super) fn closed(package: &Package<'_>) -> Option<Check> {
    let code = CheckCode::ContainerFormat;
    match Encryption::read(package) {
        Ok(None) => None,
        Ok(Some(encryption)) => Some(
            Check::indeterminate(code, Reason::Encrypted).with("scheme", encryption.scheme.id()),
        ),
        Err(error) => Some(ofd::container(&error)),
    }
}

/// Judges what the package holds; one that is not encrypted as it is.
pub(super) fn judge(
    verifier: &Verifier,
    bytes: &[u8],
    access: &Access<'_>,
    at: Time,
) -> DocumentVerdict {
    let Ok(package) = Package::open(bytes, &Limits::default()) else {
        return ofd::judge(verifier, bytes, at);
    };
    let Ok(Some(encryption)) = Encryption::read(&package) else {
        return ofd::judge(verifier, bytes, at);
    };
    let plain = match encryption::open(&package, &encryption, access) {
        Ok(plain) => plain,
        Err(error) => return DocumentVerdict::default().with(refused(&error)),
    };
    let mut verdict = ofd::judge(verifier, &plain.bytes, at);
    if plain.list_left_out {
        integrity::judge(verifier, &package, at, &mut verdict.judged);
    }
    verdict.judged.note(package.findings().iter().cloned());
    verdict.judged.note(encryption.findings.iter().cloned());
    verdict.judged.note(plain.findings);
    let scheme = encryption.scheme.id();
    let format = |check: &&mut Check| check.code == CheckCode::ContainerFormat;
    if let Some(check) = verdict.judged.checks.iter_mut().find(format) {
        *check = check.clone().with("decrypted", scheme);
    }
    verdict
        .judged
        .note([Finding::new(FindingCode::Decrypted, "/Encryptions.xml")]);
    verdict
}

fn refused(error: &crate::Error) -> Check {
    let code = CheckCode::ContainerFormat;
    match error.kind() {
        ErrorKind::WrongPassword | ErrorKind::KeyMismatch => {
            Check::indeterminate(code, Reason::NotOpened)
        }
        ErrorKind::Ambiguous => unreadable(CheckCode::ContainerAmbiguous, error),
        _ => unreadable(code, error),
    }
}

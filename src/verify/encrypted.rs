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

/// Judges what the package holds; one that is not encrypted as it is.
pub(super) fn judge(
    verifier: &Verifier,
    bytes: &[u8],
    access: Option<&Access<'_>>,
    at: Time,
) -> DocumentVerdict {
    let verdict = DocumentVerdict::default();
    let package = match Package::open(bytes, &Limits::default()) {
        Ok(package) => package,
        Err(error) => return verdict.with(ofd::container(&error)),
    };
    let encryption = match Encryption::read(&package) {
        Ok(None) => return ofd::judge(verifier, &package, at),
        Ok(Some(encryption)) => encryption,
        Err(error) => return verdict.with(ofd::container(&error)),
    };
    let Some(access) = access else {
        return verdict.with(closed(&encryption));
    };
    let plain = match encryption::open(&package, &encryption, access) {
        Ok(plain) => plain,
        Err(error) => return verdict.with(refused(&error)),
    };
    let inner = match Package::open(&plain.bytes, &Limits::default()) {
        Ok(inner) => inner,
        Err(error) => return verdict.with(ofd::container(&error)),
    };
    let mut verdict = match Encryption::read(&inner) {
        Ok(None) => ofd::judge(verifier, &inner, at),
        // Encrypted more than once, one inside the other.
        Ok(Some(encryption)) => return verdict.with(closed(&encryption)),
        Err(error) => return verdict.with(ofd::container(&error)),
    };
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

/// The check that stands for all others while a package is closed.
fn closed(encryption: &Encryption) -> Check {
    Check::indeterminate(CheckCode::ContainerFormat, Reason::Encrypted)
        .with("scheme", encryption.scheme.id())
}

fn refused(error: &crate::Error) -> Check {
    let code = CheckCode::ContainerFormat;
    match error.kind() {
        ErrorKind::KeyMismatch => Check::indeterminate(code, Reason::NotOpened),
        ErrorKind::Ambiguous => unreadable(CheckCode::ContainerAmbiguous, error),
        _ => unreadable(code, error),
    }
}

//! Identifiers of licenses, organizations and persons, judged by their form and check character alone.

use std::ffi::c_char;

use yinxin::license::codes::{CheckDigit, CitizenNumber, OrganizationCode, RegionCode, Uscc};
use yinxin::license::{CheckCharacter, LicenseId};

use crate::border::{Fault, Out, guard, text};
use crate::bytes::yinxin_bytes;
use crate::enums::{self, CodeKind, LicenseIdPart, yinxin_outcome};
use crate::error::yinxin_error;
use crate::status::yinxin_status;

/// Whether a code has the form and the check character of its kind, one of `yinxin_code_kind`; nobody is
/// asked whether it was ever given to anyone. The outcome, one of `yinxin_outcome`, is *indeterminate*
/// where a license's serial holds characters that the check has no value for.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_code_check(
    code: *const c_char,
    kind: i32,
    out: *mut yinxin_outcome,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (code, out) = unsafe { (text(code, "code")?, Out::new(out, "out")?) };
        out.put(checked(enums::code_kind(kind)?, code));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

fn checked(kind: CodeKind, code: &str) -> yinxin_outcome {
    let good = match kind {
        CodeKind::License => match LicenseId::parse(code).map(|id| id.check()) {
            Ok(CheckCharacter::Standard | CheckCharacter::VendorVariant) => true,
            Ok(CheckCharacter::NotCheckable) => return yinxin_outcome::Indeterminate,
            Ok(CheckCharacter::Wrong { .. }) | Err(_) => false,
        },
        // The inner check digit, of the organization code, is wrong in codes that were given out.
        CodeKind::Uscc => Uscc::examine(code).outer == Some(CheckDigit::Right),
        CodeKind::Organization => OrganizationCode::parse(code).is_ok(),
        CodeKind::Citizen => CitizenNumber::parse(code).is_ok(),
        CodeKind::Region => RegionCode::parse(code).is_ok(),
    };
    if good {
        yinxin_outcome::Passed
    } else {
        yinxin_outcome::Failed
    }
}

/// Makes a license identifier (证照标识, GB/T 36904) with its check character, as text: the license's
/// type code, the issuer's unified social credit code, the serial, and a version from 1.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_license_id_make(
    type_code: *const c_char,
    issuer: *const c_char,
    serial: *const c_char,
    version: i32,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (type_code, issuer, serial, out) = unsafe {
            (
                text(type_code, "type_code")?,
                text(issuer, "issuer")?,
                text(serial, "serial")?,
                Out::new(out, "out")?,
            )
        };
        let version = u16::try_from(version).map_err(|_| {
            let message = "a version is a number from 1 to 999";
            Fault::Refused(yinxin::ErrorKind::InvalidArgument, message)
        })?;
        let id = LicenseId::new(type_code, &Uscc::parse(issuer)?, serial, version)?;
        out.give(yinxin_bytes::new(id.to_string()));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// A part of a license identifier as text, one of `yinxin_id_part`.
/// `YINXIN_STATUS_INVALID_IDENTIFIER` for what has not the form of one; a wrong check character is for
/// `yinxin_code_check` to tell.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_license_id_part(
    id: *const c_char,
    part: i32,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (id, out) = unsafe { (text(id, "id")?, Out::new(out, "out")?) };
        let part = enums::license_id_part(part)?;
        let id = LicenseId::parse(id)?;
        let part = match part {
            LicenseIdPart::TypeCode => id.type_code().to_owned(),
            LicenseIdPart::Issuer => id.issuer().to_owned(),
            LicenseIdPart::Serial => id.serial().to_owned(),
            LicenseIdPart::Version => id.version().to_string(),
        };
        out.give(yinxin_bytes::new(part));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

//! What a verifier learns of revoked licenses and seals, and of how old its trust list may be.

use yinxin::Verifier;
use yinxin::trust::list::FreshnessLimits;
use yinxin::trust::status::{SealRevocations, StatusList, StatusReferences};

use crate::border::{Fault, guard, object, object_mut, optional, time};
use crate::error::yinxin_error;
use crate::pack::yinxin_trust_pack;
use crate::status::yinxin_status;
use crate::verifier::{with_file, yinxin_verifier_builder};

/// Adds a status list, JWT or CWT; it is used where it tells of the time asked about and the trust list
/// believes its publisher.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_builder_add_status_list(
    builder: *mut yinxin_verifier_builder,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = |builder: &mut yinxin_verifier_builder, file: &[u8]| {
        let list = StatusList::from_bytes(file)?;
        builder.change(|verifier| verifier.with_status_list(list))
    };
    // SAFETY: as the caller was asked to.
    unsafe { with_file(builder, data, len, error, call) }
}

/// Says where in which status list licenses and seals stand, as JSON of a register
/// (`yinxin.status-references/1`).
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_builder_add_status_references(
    builder: *mut yinxin_verifier_builder,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = |builder: &mut yinxin_verifier_builder, file: &[u8]| {
        let references = StatusReferences::from_json(file)?;
        builder.change(|verifier| verifier.with_status_references(references))
    };
    // SAFETY: as the caller was asked to.
    unsafe { with_file(builder, data, len, error, call) }
}

/// Adds a revocation list of seals, JSON, on the caller's word. `as_of` leads to the time for which it
/// speaks; NULL takes the one that the list states.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_builder_add_seal_revocations(
    builder: *mut yinxin_verifier_builder,
    data: *const u8,
    len: usize,
    as_of: *const i64,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    // SAFETY: NULL or a number to read (convention 3).
    let as_of = unsafe { optional(as_of) }.copied();
    let call = |builder: &mut yinxin_verifier_builder, file: &[u8]| {
        let as_of = as_of.map(time).transpose()?;
        let seals = SealRevocations::from_json(file, as_of)?;
        builder.change(|verifier| verifier.with_seal_revocations(seals))
    };
    // SAFETY: as the caller was asked to.
    unsafe { with_file(builder, data, len, error, call) }
}

/// Adds the evidence of a pack. Its trust list comes with the state that opening it gave, by
/// `yinxin_verifier_builder_set_trust`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_builder_add_pack(
    builder: *mut yinxin_verifier_builder,
    pack: *const yinxin_trust_pack,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (builder, pack) = unsafe { (object_mut(builder, "builder")?, object(pack, "pack")?) };
        let contents = pack.contents().clone();
        builder.change(|verifier| verifier.with_pack(contents))
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Says after how many days a trust list is reported as stale, and after how many it vouches for
/// nobody; by default 7 and 30.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_verifier_builder_set_freshness_limits(
    builder: *mut yinxin_verifier_builder,
    warn_days: i64,
    stop_days: i64,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as conventions 3 and 6 demand.
        let builder = unsafe { object_mut(builder, "builder")? };
        let days = |days: i64| {
            let message = "a number of days is not negative";
            u64::try_from(days)
                .map_err(|_| Fault::Refused(yinxin::ErrorKind::InvalidArgument, message))
        };
        let limits = FreshnessLimits {
            warn_days: days(warn_days)?,
            stop_days: days(stop_days)?,
        };
        builder.change(|verifier: Verifier| verifier.with_freshness_limits(limits))
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

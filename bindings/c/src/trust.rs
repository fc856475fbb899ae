//! Trust systems as a caller keeps them: the pinned root, the list in force, the latest time seen.

use std::ffi::{CStr, CString, c_char};

use yinxin::trust::list::{Freshness, FreshnessLimits, TrustState};

use crate::border::{Out, bytes, c_text, free, guard, look, object, time};
use crate::bytes::yinxin_bytes;
use crate::enums::environment;
use crate::error::yinxin_error;
use crate::status::yinxin_status;

/// A trust system as one caller holds it. Keep its bytes (`yinxin_trust_state_to_bytes`) between runs:
/// they protect from lists that are older than one seen before. Immutable; any thread may read it, and
/// a change gives another.
pub struct yinxin_trust_state {
    state: TrustState,
    name: CString,
}

impl yinxin_trust_state {
    pub(crate) fn new(state: TrustState) -> Self {
        Self {
            name: c_text(&state.root().name),
            state,
        }
    }

    pub(crate) fn inner(&self) -> &TrustState {
        &self.state
    }
}

/// Pins a root on the caller's word: how it came here is the caller's to know. `environment` is one of
/// `yinxin_environment` and must be the root's; `now` is in seconds since 1970.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_trust_state_pin(
    root: *const u8,
    root_len: usize,
    environment_number: i32,
    now: i64,
    out: *mut *mut yinxin_trust_state,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (root, out) = unsafe { (bytes(root, root_len, "root")?, Out::new(out, "out")?) };
        let state = TrustState::pin(root, environment(environment_number)?, time(now)?)?;
        out.give(yinxin_trust_state::new(state));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Takes the next root, signed by the keys of the one before.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_trust_state_rotate(
    state: *const yinxin_trust_state,
    root: *const u8,
    root_len: usize,
    now: i64,
    out: *mut *mut yinxin_trust_state,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (state, root, out) = unsafe {
            (
                object(state, "state")?,
                bytes(root, root_len, "root")?,
                Out::new(out, "out")?,
            )
        };
        let next = state.state.rotate(root, time(now)?)?;
        out.give(yinxin_trust_state::new(next));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Takes a list in, if it follows from the one in force. One that is refused
/// (`YINXIN_STATUS_TRUST_ROLLBACK` and others) leaves the state as it was.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_trust_state_install(
    state: *const yinxin_trust_state,
    list: *const u8,
    list_len: usize,
    now: i64,
    out: *mut *mut yinxin_trust_state,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (state, list, out) = unsafe {
            (
                object(state, "state")?,
                bytes(list, list_len, "list")?,
                Out::new(out, "out")?,
            )
        };
        let next = state.state.install(list, time(now)?)?;
        out.give(yinxin_trust_state::new(next));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Remembers a time, so that a clock set back later is noticed: `YINXIN_STATUS_TRUST_CLOCK` for a time
/// more than a day before the latest one seen.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_trust_state_seen(
    state: *const yinxin_trust_state,
    now: i64,
    out: *mut *mut yinxin_trust_state,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (state, out) = unsafe { (object(state, "state")?, Out::new(out, "out")?) };
        out.give(yinxin_trust_state::new(state.state.seen(time(now)?)?));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// The latest time it was told of, in seconds since 1970; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_trust_state_latest_seen(state: *const yinxin_trust_state) -> i64 {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(state, 0, |it| it.state.latest_seen().unix()) }
}

/// Writes the state, to be kept where nobody else can change it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_trust_state_to_bytes(
    state: *const yinxin_trust_state,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (state, out) = unsafe { (object(state, "state")?, Out::new(out, "out")?) };
        out.give(yinxin_bytes::new(state.state.to_bytes()));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Reads a state that was kept.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_trust_state_from_bytes(
    stored: *const u8,
    stored_len: usize,
    out: *mut *mut yinxin_trust_state,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (stored, out) =
            unsafe { (bytes(stored, stored_len, "stored")?, Out::new(out, "out")?) };
        out.give(yinxin_trust_state::new(TrustState::from_bytes(stored)?));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// The name of the trust system; NULL for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_trust_state_name(
    state: *const yinxin_trust_state,
) -> *const c_char {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(state, std::ptr::null(), |it| it.name.as_ptr()) }
}

/// The version of the list in force; 0 without one and for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_trust_state_list_version(state: *const yinxin_trust_state) -> i64 {
    let version = |it: &yinxin_trust_state| {
        let list = it.state.list();
        list.map_or(0, |list| i64::try_from(list.version).unwrap_or(i64::MAX))
    };
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(state, 0, version) }
}

/// How fresh the list in force is at a time: `none`, `fresh`, `stale-warn` after a week or
/// `stale-stop` after thirty days, when it vouches for nothing; NULL for NULL and for a time out of
/// range. A constant; it is never freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_trust_state_freshness(
    state: *const yinxin_trust_state,
    at: i64,
) -> *const c_char {
    let freshness = |it: &yinxin_trust_state| {
        let at = time(at).ok()?;
        Some(it.state.freshness(at, FreshnessLimits::default()))
    };
    // SAFETY: NULL or an object (convention 3).
    let freshness = unsafe { look(state, None, freshness) };
    freshness.map_or(std::ptr::null(), |freshness| word(freshness).as_ptr())
}

fn word(freshness: Freshness) -> &'static CStr {
    match freshness {
        Freshness::Fresh => c"fresh",
        Freshness::StaleWarn => c"stale-warn",
        Freshness::StaleStop => c"stale-stop",
        Freshness::None => c"none",
    }
}

/// Frees a state; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_trust_state_free(state: *mut yinxin_trust_state) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(state) }
}

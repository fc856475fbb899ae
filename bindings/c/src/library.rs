//! What the library says of itself: version, codes, texts; and reading a time.

use std::ffi::c_char;

use serde_json::json;
use yinxin::FindingCode;
use yinxin::verify::{CheckCode, Outcome, Reason};
use yinxin::{ErrorKind, Time};

use crate::border::{Fault, Out, Result, guard, text};
use crate::bytes::yinxin_bytes;
use crate::enums::language;
use crate::error::yinxin_error;
use crate::status::yinxin_status;

/// The number of this interface. A program, or another language's face, that was made for another
/// number must not go on.
const ABI_VERSION: i32 = 1;

/// The library's version, such as `0.1.0`. A constant; it is never freed.
#[unsafe(no_mangle)]
pub extern "C" fn yinxin_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// The number of this interface, for comparison with `YINXIN_ABI_VERSION` of the header that a
/// program was compiled with.
#[unsafe(no_mangle)]
pub extern "C" fn yinxin_abi_version() -> i32 {
    ABI_VERSION
}

/// Reads a time, RFC 3339 in whole seconds such as `2026-03-02T01:00:00Z`, as seconds since 1970.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_time_parse(
    time: *const c_char,
    out: *mut i64,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (time, out) = unsafe { (text(time, "time")?, Out::new(out, "out")?) };
        out.put(Time::parse(time)?.unix());
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// What a code means to a person, as text. `kind` is one of `yinxin_text_kind`, `language` one of
/// `yinxin_language`. A code that the library does not know gives
/// `YINXIN_STATUS_INVALID_ENUM`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_explain(
    kind: i32,
    code: *const c_char,
    language: i32,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (code, out) = unsafe { (text(code, "code")?, Out::new(out, "out")?) };
        out.give(yinxin_bytes::new(explain(kind, code, language)?));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

fn explain(kind: i32, code: &str, number: i32) -> Result<&'static str> {
    let language = language(number)?;
    let reason = || {
        let mut all = Reason::ALL.iter().copied();
        all.find(|reason| reason.name() == code)
    };
    let text = match kind {
        0 => [Outcome::Failed, Outcome::Indeterminate, Outcome::Passed]
            .into_iter()
            .find(|outcome| outcome.name() == code)
            .map(|outcome| language.outcome(outcome)),
        1 => CheckCode::from_name(code).map(|check| language.check(check)),
        2 => reason().map(|reason| language.advice(reason).cause),
        3 => reason().map(|reason| language.advice(reason).remedy),
        4 => FindingCode::ALL
            .iter()
            .find(|finding| finding.name() == code)
            .map(|finding| language.finding(*finding)),
        _ => return Err(Fault::Enum("kind")),
    };
    // The library's own errors cannot be made here; an unknown code is one outside its list.
    text.ok_or(Fault::Enum("code"))
}

/// Every code that reports and errors may bear, as JSON text:
/// `{"errors":{"malformed":100,…},"outcomes":[…],"checks":[…],"reasons":[…],"findings":[…]}`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_codes(
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as convention 4 demands.
        let out = unsafe { Out::new(out, "out")? };
        out.give(yinxin_bytes::new(codes()));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

fn codes() -> String {
    let names = |names: &mut dyn Iterator<Item = &'static str>| names.collect::<Vec<_>>();
    let errors: serde_json::Map<_, _> = ErrorKind::ALL
        .iter()
        .map(|kind| (kind.name().to_owned(), kind.number().into()))
        .collect();
    let outcomes = [Outcome::Failed, Outcome::Indeterminate, Outcome::Passed];
    json!({
        "errors": errors,
        "outcomes": names(&mut outcomes.iter().map(|outcome| outcome.name())),
        "checks": names(&mut CheckCode::ALL.iter().map(|check| check.name())),
        "reasons": names(&mut Reason::ALL.iter().map(|reason| reason.name())),
        "findings": names(&mut FindingCode::ALL.iter().map(|finding| finding.name())),
    })
    .to_string()
}

/// Panics on purpose, so that tests see what a panic comes to. Not in a release.
///
/// cbindgen:ignore
#[cfg(debug_assertions)]
#[allow(clippy::panic)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_test_panic(error: *mut *mut yinxin_error) -> yinxin_status {
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, || panic!("on purpose")) }
}

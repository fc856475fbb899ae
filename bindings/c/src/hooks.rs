//! What tests and benches need and users do not get: never in what is handed out.

use std::hint::black_box;
use std::time::Instant;

use crate::border::{bytes, look, time};
use crate::verifier::yinxin_verifier;

/// How many nanoseconds the core alone takes to judge a document once; -1 for a wrong call.
///
/// cbindgen:ignore
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_test_core_nanos(
    verifier: *const yinxin_verifier,
    document: *const u8,
    document_len: usize,
    evaluated_at: i64,
) -> i64 {
    let nanos = |verifier: &yinxin_verifier| {
        // SAFETY: NULL or as many bytes (convention 3).
        let document = unsafe { bytes(document, document_len, "document") }.ok()?;
        let at = time(evaluated_at).ok()?;
        let begun = Instant::now();
        drop(black_box(verifier.inner().verify(black_box(document), at)));
        i64::try_from(begun.elapsed().as_nanos()).ok()
    };
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(verifier, None, nanos) }.unwrap_or(-1)
}

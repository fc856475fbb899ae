//! What tests and benches need and users do not get.

use std::time::Instant as Clock;

use pyo3::prelude::*;

use crate::convert::{Instant, Source};
use crate::guard::detached;
use crate::verifier::Verifier;

/// Adds the functions, but not to what the module says it offers.
pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.setattr("_panic", pyo3::wrap_pyfunction!(panic, module)?)?;
    module.setattr(
        "_core_seconds",
        pyo3::wrap_pyfunction!(core_seconds, module)?,
    )
}

/// Panics inside an operation.
#[pyfunction]
#[allow(clippy::panic, reason = "to be caught; not in what users install")]
fn panic(py: Python<'_>) -> PyResult<()> {
    detached(py, || panic!("as asked for"))
}

/// How long the core alone takes to verify a document so many times, in seconds.
#[pyfunction]
fn core_seconds(
    py: Python<'_>,
    verifier: &Bound<'_, Verifier>,
    document: Source,
    at: Instant,
    times: u32,
) -> PyResult<f64> {
    let verifier = &verifier.get().0;
    detached(py, move || {
        let document = document.read()?;
        let begun = Clock::now();
        for _ in 0..times {
            std::hint::black_box(verifier.verify(std::hint::black_box(&document), at.0));
        }
        Ok(begun.elapsed().as_secs_f64())
    })
}

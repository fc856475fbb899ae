//! The border: what a core operation may do to the interpreter, and what not.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;

use crate::error::Fault;

/// Runs an operation without the interpreter's lock, so that other threads go on. A panic is a bug
/// of the library; it becomes an `InternalError` and leaves the interpreter whole.
pub(crate) fn detached<T: Send>(
    py: Python<'_>,
    operation: impl FnOnce() -> Result<T, Fault> + Send,
) -> PyResult<T> {
    Ok(py.detach(|| caught(operation))?)
}

/// As [`detached`], with the lock kept: for what is over sooner than the lock is released.
pub(crate) fn brief<T>(operation: impl FnOnce() -> yinxin::Result<T>) -> PyResult<T> {
    Ok(caught(|| operation().map_err(Fault::from))?)
}

/// A panic as a value.
pub(crate) fn caught<T>(operation: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    // Objects of the core are not changed in place, and those of a caller that unwound are dropped.
    catch_unwind(AssertUnwindSafe(operation)).unwrap_or(Err(Fault::Panic))
}

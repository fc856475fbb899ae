//! Errors of the core, of the file system and of the library itself as Python exceptions.

use std::io;
use std::path::PathBuf;

use pyo3::exceptions::{PyException, PyOSError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple, PyType};
use yinxin::ErrorKind;
use yinxin::verify::CheckCode;

use crate::codes::Code;
use crate::report::Report;

/// Whatever keeps an operation from its result.
pub(crate) enum Fault {
    /// The core refused.
    Core(yinxin::Error),
    /// This face refused, with a kind of the core's.
    Refused(ErrorKind, &'static str),
    /// A file could not be read.
    File(PathBuf, io::Error),
    /// The core panicked.
    Panic,
}

impl From<yinxin::Error> for Fault {
    fn from(error: yinxin::Error) -> Self {
        Self::Core(error)
    }
}

impl From<Fault> for PyErr {
    fn from(fault: Fault) -> Self {
        Python::attach(|py| match fault {
            Fault::Core(error) => exception(py, &error).unwrap_or_else(|failure| failure),
            Fault::Refused(kind, message) => {
                build(py, kind, message, message, &[]).unwrap_or_else(|failure| failure)
            }
            Fault::File(path, error) => file_error(py, &path, &error),
            Fault::Panic => {
                let message = "the library panicked, which is a bug; what the panic says stands on standard error";
                build(py, ErrorKind::Internal, message, message, &[])
                    .unwrap_or_else(|failure| failure)
            }
        })
    }
}

/// What `Report.raise_for_outcome` raises; no `Error`, since nothing went wrong.
static OUTCOME_ERROR: PyOnceLock<Py<PyType>> = PyOnceLock::new();

const OUTCOME_DOC: &str = "The outcome is not passed; `report` tells why.";

fn outcome_class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    let class = OUTCOME_ERROR.get_or_try_init(py, || {
        let base = py.get_type::<PyException>();
        new_class(py, "OutcomeError", OUTCOME_DOC, base.as_any())
    })?;
    Ok(class.bind(py))
}

/// The exception for a report whose outcome is not *passed*.
pub(crate) fn outcome_error(report: &Bound<'_, Report>) -> PyResult<PyErr> {
    let core = report.get().core();
    let headline = core
        .headline
        .map_or("no seal or signature passed", CheckCode::name);
    let text = format!("{}: {headline}", core.outcome.name());
    let value = outcome_class(report.py())?.call1((text,))?;
    value.setattr("report", report)?;
    Ok(PyErr::from_value(value))
}

/// The exceptions below `Error`, one for each hundred of [`ErrorKind`]'s numbers.
struct Exceptions {
    base: Py<PyType>,
    by_hundred: Vec<(i32, Py<PyType>)>,
}

static EXCEPTIONS: PyOnceLock<Exceptions> = PyOnceLock::new();

/// Hundred, name, and the built-in that it is as well.
const CHILDREN: &[(i32, &str, Option<Builtin>, &str)] = &[
    (
        1,
        "FormatError",
        Some(Builtin::Value),
        "Bytes that are not what they were said to be.",
    ),
    (
        2,
        "CryptoError",
        None,
        "A key, password, signature or algorithm that does not do.",
    ),
    (
        3,
        "RequestError",
        Some(Builtin::Value),
        "A request that cannot be met: an argument, metadata, a seal that may not be used.",
    ),
    (
        4,
        "TrustError",
        None,
        "A trust document that may not be taken in.",
    ),
    (
        9,
        "InternalError",
        Some(Builtin::Runtime),
        "A bug of the library, among them a panic.",
    ),
];

#[derive(Clone, Copy)]
enum Builtin {
    Value,
    Runtime,
}

const BASE_DOC: &str = "What the library refuses, with its kind and context as data.

A verdict on a document is never an exception; it is a Report.";

/// Puts the exceptions into the module.
pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let exceptions = exceptions(module.py())?;
    let base = exceptions.base.bind(module.py());
    module.add("Error", base)?;
    for ((_, class), (_, name, _, _)) in exceptions.by_hundred.iter().zip(CHILDREN) {
        module.add(*name, class)?;
    }
    module.add("OutcomeError", outcome_class(module.py())?)
}

fn exceptions(py: Python<'_>) -> PyResult<&Exceptions> {
    EXCEPTIONS.get_or_try_init(py, || {
        let base = new_class(py, "Error", BASE_DOC, py.get_type::<PyException>().as_any())?;
        let by_hundred = CHILDREN
            .iter()
            .map(|(hundred, name, builtin, doc)| {
                let builtin = match builtin {
                    None => None,
                    Some(Builtin::Value) => Some(py.get_type::<PyValueError>()),
                    Some(Builtin::Runtime) => Some(py.get_type::<PyRuntimeError>()),
                };
                let bases: Vec<_> = std::iter::once(base.bind(py).clone())
                    .chain(builtin)
                    .collect();
                let bases = PyTuple::new(py, bases)?;
                Ok((*hundred, new_class(py, name, doc, bases.as_any())?))
            })
            .collect::<PyResult<_>>()?;
        Ok(Exceptions { base, by_hundred })
    })
}

/// A class of exceptions that says it is `yinxin`'s.
fn new_class(
    py: Python<'_>,
    name: &str,
    doc: &str,
    bases: &Bound<'_, PyAny>,
) -> PyResult<Py<PyType>> {
    let bases = match bases.cast::<PyTuple>() {
        Ok(bases) => bases.clone(),
        Err(_) => PyTuple::new(py, [bases])?,
    };
    let members = PyDict::new(py);
    members.set_item("__module__", "yinxin")?;
    members.set_item("__doc__", doc)?;
    let class = py.get_type::<PyType>().call1((name, bases, members))?;
    Ok(class.cast_into::<PyType>()?.unbind())
}

/// The exception for an error of the core.
fn exception(py: Python<'_>, error: &yinxin::Error) -> PyResult<PyErr> {
    let context: Vec<_> = error.context().collect();
    build(
        py,
        error.kind(),
        &error.to_string(),
        error.message(),
        &context,
    )
}

fn build(
    py: Python<'_>,
    kind: ErrorKind,
    shown: &str,
    message: &str,
    context: &[(&str, &str)],
) -> PyResult<PyErr> {
    let exceptions = exceptions(py)?;
    let hundred = kind.number() / 100;
    let known = exceptions
        .by_hundred
        .iter()
        .find(|(number, _)| *number == hundred);
    let class = known.map_or(&exceptions.base, |(_, class)| class).bind(py);
    let value = class.call1((shown,))?;
    value.setattr("kind", Code(kind))?;
    value.setattr("code", kind.name())?;
    value.setattr("message", message)?;
    value.setattr("context", PyTuple::new(py, context)?)?;
    Ok(PyErr::from_value(value))
}

/// The built-in exception for a file, with errno and name as `open` would give them.
fn file_error(py: Python<'_>, path: &std::path::Path, error: &io::Error) -> PyErr {
    match error.raw_os_error() {
        Some(number) => {
            let text = py
                .import("os")
                .and_then(|os| {
                    os.getattr("strerror")?
                        .call1((number,))?
                        .extract::<String>()
                })
                .unwrap_or_default();
            PyOSError::new_err((number, text, path.as_os_str().to_owned()))
        }
        None => PyOSError::new_err(format!("{}: {error}", path.display())),
    }
}

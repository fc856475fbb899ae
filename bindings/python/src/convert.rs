//! What a caller hands in and gets back: contents or paths, times, tuples.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{
    PyByteArray, PyBytes, PyDate, PyDateTime, PyDelta, PyMemoryView, PyTuple, PyTzInfo,
};
use yinxin::Time;
use yinxin::license::Date;

use crate::error::Fault;

/// Bytes of one file. Sealed documents have some megabytes; whole archives are not verified.
const MAX_FILE: u64 = 512 << 20;

/// A content: bytes as they are, or the path of a file that holds them.
pub(crate) enum Source {
    Bytes(PyBackedBytes),
    Path(PathBuf),
}

impl FromPyObject<'_, '_> for Source {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if object.is_instance_of::<PyBytes>() || object.is_instance_of::<PyByteArray>() {
            return Ok(Self::Bytes(object.extract()?));
        }
        if object.is_instance_of::<PyMemoryView>() {
            let copy = object.py().get_type::<PyBytes>().call1((object,))?;
            return Ok(Self::Bytes(copy.extract()?));
        }
        if object.hasattr("__fspath__")? {
            return Ok(Self::Path(object.extract()?));
        }
        Err(PyTypeError::new_err(format!(
            "expected bytes or os.PathLike, not {}; a file's name goes in as pathlib.Path(name)",
            object.get_type().name()?
        )))
    }
}

impl Source {
    /// The content, read where it is a file's.
    pub(crate) fn read(&self) -> Result<Cow<'_, [u8]>, Fault> {
        match self {
            Self::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
            Self::Path(path) => match read_file(path) {
                Ok(bytes) => Ok(Cow::Owned(bytes)),
                Err(error) => Err(Fault::File(path.clone(), error)),
            },
        }
    }
}

fn read_file(path: &std::path::Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let mut bytes = Vec::new();
    file.take(MAX_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// An instant, as an aware `datetime` in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Instant(pub(crate) Time);

/// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z: the first and last whole second of a `datetime`.
const FIRST: i64 = -62_135_596_800;
const LAST: i64 = 253_402_300_799;
const DAY: i64 = 86_400;

impl<'py> IntoPyObject<'py> for Instant {
    type Target = PyDateTime;
    type Output = Bound<'py, PyDateTime>;
    type Error = PyErr;

    /// What lies before year 1, as a hostile file may have it, becomes its first second.
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let seconds = self.0.unix().clamp(FIRST, LAST);
        let utc = PyTzInfo::utc(py)?;
        let epoch = PyDateTime::new(py, 1970, 1, 1, 0, 0, 0, 0, Some(&*utc))?;
        let fits = |number: i64| i32::try_from(number).unwrap_or_default();
        let (days, rest) = (fits(seconds.div_euclid(DAY)), fits(seconds.rem_euclid(DAY)));
        Ok(epoch
            .add(PyDelta::new(py, days, rest, 0, false)?)?
            .cast_into()?)
    }
}

impl FromPyObject<'_, '_> for Instant {
    type Error = PyErr;

    /// Fractions of a second are cut off. A `datetime` without a zone is refused: it would be
    /// another instant on another machine.
    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let moment = object.cast::<PyDateTime>().map_err(|_| {
            let found = object.get_type().name().map(|name| name.to_string());
            let found = found.unwrap_or_default();
            PyTypeError::new_err(format!("expected a datetime, not {found}"))
        })?;
        let offset = moment.call_method0("utcoffset")?;
        if offset.is_none() {
            return Err(PyValueError::new_err(
                "the datetime has no time zone: give one, such as datetime.timezone.utc",
            ));
        }
        let utc = PyTzInfo::utc(object.py())?;
        let epoch = PyDateTime::new(object.py(), 1970, 1, 1, 0, 0, 0, 0, Some(&*utc))?;
        let since = moment.sub(epoch)?;
        let days: i64 = since.getattr("days")?.extract()?;
        let rest: i64 = since.getattr("seconds")?.extract()?;
        match Time::from_unix(days * DAY + rest) {
            Ok(time) => Ok(Self(time)),
            Err(error) => Err(Fault::from(error).into()),
        }
    }
}

/// Now, for calls that name no time: this face has a clock, the core has none.
pub(crate) fn now() -> Time {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let seconds = i64::try_from(since).unwrap_or(LAST);
    // The clamp keeps it inside what a time can be.
    Time::from_unix(seconds.clamp(0, LAST)).unwrap_or_else(|_| unreachable!())
}

/// The time given, or now.
pub(crate) fn at_or_now(at: Option<Instant>) -> Time {
    at.map_or_else(now, |at| at.0)
}

/// A civil day as a `date`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Day(pub(crate) Date);

impl<'py> IntoPyObject<'py> for Day {
    type Target = PyDate;
    type Output = Bound<'py, PyDate>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PyDate::new(py, self.0.year(), self.0.month(), self.0.day())
    }
}

/// Several values as a tuple, which nobody changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Tuple<T>(pub(crate) Vec<T>);

impl<'py, T: IntoPyObject<'py>> IntoPyObject<'py> for Tuple<T> {
    type Target = PyTuple;
    type Output = Bound<'py, PyTuple>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let items = self
            .0
            .into_iter()
            .map(|item| item.into_bound_py_any(py))
            .collect::<PyResult<Vec<_>>>()?;
        PyTuple::new(py, items)
    }
}

impl<T> FromIterator<T> for Tuple<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

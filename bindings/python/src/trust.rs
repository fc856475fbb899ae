//! Trust lists: whom to believe for what, as a value that a caller keeps.

use pyo3::prelude::*;
use yinxin::trust::list::{
    self, Envelope, Environment, Freshness, FreshnessLimits, PayloadKind, TrustList, TrustRoot,
};

use crate::codes::Code;
use crate::convert::{Instant, Source, at_or_now};
use crate::error::Fault;
use crate::guard::detached;
use crate::key::SoftwareKey;

/// A trust system as one caller holds it: the pinned root, the list in force, the latest time
/// seen. A value: every change gives a new one, and a change that is refused leaves this one as it
/// was. Keep `to_bytes` between runs, for without it nothing guards against an older list.
#[pyclass(frozen, eq, from_py_object, module = "yinxin")]
#[derive(Clone, PartialEq)]
pub(crate) struct TrustState(pub(crate) list::TrustState);

#[pymethods]
impl TrustState {
    /// Pins a root on the caller's word: its fingerprint was compared with its keepers'. The time
    /// is now by default, here and below.
    #[staticmethod]
    #[pyo3(signature = (root, *, environment, at = None))]
    fn pin(
        py: Python<'_>,
        root: Source,
        environment: Code<Environment>,
        at: Option<Instant>,
    ) -> PyResult<Self> {
        let now = at_or_now(at);
        detached(py, move || {
            let state = list::TrustState::pin(&root.read()?, environment.0, now)?;
            Ok(Self(state))
        })
    }

    /// What `to_bytes` stored.
    #[staticmethod]
    fn from_bytes(py: Python<'_>, stored: Source) -> PyResult<Self> {
        detached(py, move || {
            Ok(Self(list::TrustState::from_bytes(&stored.read()?)?))
        })
    }

    /// Takes a new root in place of the pinned one, signed by enough keys of both.
    #[pyo3(signature = (root, *, at = None))]
    fn rotate(&self, py: Python<'_>, root: Source, at: Option<Instant>) -> PyResult<Self> {
        let now = at_or_now(at);
        detached(py, move || Ok(Self(self.0.rotate(&root.read()?, now)?)))
    }

    /// Takes a list in: signed by enough keys of the root, not older than the one in force.
    #[pyo3(signature = (list, *, at = None))]
    fn install(&self, py: Python<'_>, list: Source, at: Option<Instant>) -> PyResult<Self> {
        let now = at_or_now(at);
        detached(py, move || Ok(Self(self.0.install(&list.read()?, now)?)))
    }

    /// Remembers a time, so that a clock set back later is noticed.
    #[pyo3(signature = (*, at = None))]
    fn seen(&self, py: Python<'_>, at: Option<Instant>) -> PyResult<Self> {
        let now = at_or_now(at);
        detached(py, move || Ok(Self(self.0.seen(now)?)))
    }

    /// The name of the trust system.
    #[getter]
    fn name(&self) -> &str {
        &self.0.root().name
    }

    /// What it is run for.
    #[getter]
    fn environment(&self) -> Code<Environment> {
        Code(self.0.root().environment)
    }

    /// Version of the pinned root.
    #[getter]
    fn root_version(&self) -> u64 {
        self.0.root().version
    }

    /// Version of the list in force; `None` without one.
    #[getter]
    fn list_version(&self) -> Option<u64> {
        self.0.list().map(|list| list.version)
    }

    /// SM3 of the list in force, hexadecimal: what the next one names as `previous`.
    #[getter]
    fn list_digest(&self) -> Option<&str> {
        self.0.list_digest()
    }

    /// The latest time it was told of.
    #[getter]
    fn latest_seen(&self) -> Instant {
        Instant(self.0.latest_seen())
    }

    /// How fresh the list is: from `warn_days` on a report warns, from `stop_days` on it vouches
    /// for nobody.
    #[pyo3(signature = (*, at = None, warn_days = 7, stop_days = 30))]
    fn freshness(&self, at: Option<Instant>, warn_days: u64, stop_days: u64) -> Code<Freshness> {
        let limits = FreshnessLimits {
            warn_days,
            stop_days,
        };
        Code(self.0.freshness(at_or_now(at), limits))
    }

    /// All of it, to be kept.
    fn to_bytes(&self, py: Python<'_>) -> PyResult<Vec<u8>> {
        detached(py, || Ok(self.0.to_bytes()))
    }

    fn __repr__(&self) -> String {
        let list = self.list_version();
        let list = list.map_or_else(|| "no list".to_owned(), |version| format!("list {version}"));
        format!("<yinxin.TrustState root {}, {list}>", self.root_version())
    }
}

/// Makes a root or a list from its JSON, signed by these keys; others may add theirs with
/// `sign_trust_document`.
#[pyfunction]
pub(crate) fn make_trust_document(
    py: Python<'_>,
    kind: Code<PayloadKind>,
    payload: Source,
    keys: Vec<Py<SoftwareKey>>,
) -> PyResult<Vec<u8>> {
    detached(py, move || {
        let payload = payload.read()?.into_owned();
        // What would not be read is not made.
        match kind.0 {
            PayloadKind::Root => TrustRoot::from_payload(&payload).map(drop)?,
            _ => TrustList::from_payload(&payload).map(drop)?,
        }
        signed(Envelope::new(kind.0, payload), &keys)
    })
}

/// Adds a signature to a root or a list.
#[pyfunction]
pub(crate) fn sign_trust_document(
    py: Python<'_>,
    document: Source,
    key: Py<SoftwareKey>,
) -> PyResult<Vec<u8>> {
    detached(py, move || {
        signed(Envelope::from_bytes(&document.read()?)?, &[key])
    })
}

fn signed(mut envelope: Envelope, keys: &[Py<SoftwareKey>]) -> Result<Vec<u8>, Fault> {
    for key in keys {
        envelope.sign(&key.get().0)?;
    }
    Ok(envelope.to_bytes())
}

//! Trust lists: whom to believe for what, as a value that a caller keeps.

use std::sync::Arc;

use pyo3::prelude::*;
use yinxin::trust::list::{
    self, Envelope, Environment, Freshness, FreshnessLimits, PackContents, PackParts, PayloadKind,
    TrustList, TrustRoot,
};
use yinxin::trust::status::StatusListDraft;

use crate::certificate::{Crls, Ocsp};
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

    /// Takes in the list of a pack, and gives the pack for its evidence: the new state and the pack. One
    /// whose list is older than the one in force is refused as a whole.
    #[pyo3(signature = (pack, *, at = None))]
    fn open_pack(
        &self,
        py: Python<'_>,
        pack: Source,
        at: Option<Instant>,
    ) -> PyResult<(Self, TrustPack)> {
        let now = at_or_now(at);
        detached(py, move || {
            let (state, pack) = self.0.open_pack(&pack.read()?, now)?;
            let contents = Arc::new(pack.contents()?);
            let pack = TrustPack {
                issued: Instant(pack.issued),
                expires: Instant(pack.expires),
                contents,
            };
            Ok((Self(state), pack))
        })
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

/// The evidence of a pack: revocation lists, OCSP responses, status lists. Its trust list is in the state
/// that came with it.
#[pyclass(frozen, from_py_object, module = "yinxin")]
#[derive(Clone)]
pub(crate) struct TrustPack {
    issued: Instant,
    expires: Instant,
    contents: Arc<PackContents>,
}

impl TrustPack {
    pub(crate) fn contents(&self) -> PackContents {
        (*self.contents).clone()
    }
}

#[pymethods]
impl TrustPack {
    /// When it was put together.
    #[getter]
    fn issued(&self) -> Instant {
        self.issued
    }

    /// After this it is not taken any more.
    #[getter]
    fn expires(&self) -> Instant {
        self.expires
    }

    fn __repr__(&self) -> &'static str {
        "<yinxin.TrustPack>"
    }
}

/// Puts a pack together around a signed list, signed by these keys for lists; others may add theirs
/// with `sign_trust_document`. `name` and `environment` are the trust system's.
#[pyfunction]
#[pyo3(signature = (list, keys, *, name, environment, issued, expires, crls = vec![], ocsp = vec![],
    status_lists = vec![], status_references = None, seal_revocations = vec![], catalog = None))]
#[allow(clippy::too_many_arguments, reason = "named in Python")]
pub(crate) fn make_trust_pack(
    py: Python<'_>,
    list: Source,
    keys: Vec<Py<SoftwareKey>>,
    name: &str,
    environment: Code<Environment>,
    issued: Instant,
    expires: Instant,
    crls: Vec<Crls>,
    ocsp: Vec<Ocsp>,
    status_lists: Vec<Source>,
    status_references: Option<Source>,
    seal_revocations: Vec<Source>,
    catalog: Option<Source>,
) -> PyResult<Vec<u8>> {
    fn whole(source: &Source) -> Result<Vec<u8>, Fault> {
        Ok(source.read()?.into_owned())
    }
    detached(py, move || {
        let (crls, ocsp) = (Crls::read_all(crls)?, Ocsp::read_all(ocsp)?);
        let parts = PackParts {
            list: whole(&list)?,
            crls: crls.iter().map(|crl| crl.der().to_vec()).collect(),
            ocsp: ocsp.iter().map(|answer| answer.der().to_vec()).collect(),
            status_lists: status_lists.iter().map(whole).collect::<Result<_, _>>()?,
            status_references: status_references.as_ref().map(whole).transpose()?,
            seal_revocations: seal_revocations
                .iter()
                .map(whole)
                .collect::<Result<_, _>>()?,
            catalog: catalog.as_ref().map(whole).transpose()?,
        };
        let term = (issued.0, expires.0);
        let pack = list::TrustPack::new(name, environment.0, term, parts)?;
        signed(pack.to_envelope(), &keys)
    })
}

/// A status list as a JWT, signed by its publisher with SM2 or on P-256: a byte of `statuses` a license
/// or seal, each of `bits` 1, 2, 4 or 8. It may be used for `ttl` seconds from `issued` on.
#[pyfunction]
#[pyo3(signature = (key, *, uri, issued, ttl, statuses, bits = 1))]
pub(crate) fn make_status_list(
    py: Python<'_>,
    key: &Bound<'_, SoftwareKey>,
    uri: String,
    issued: Instant,
    ttl: u32,
    statuses: Vec<u8>,
    bits: u8,
) -> PyResult<Vec<u8>> {
    let key = &key.get().0;
    let draft = StatusListDraft {
        uri,
        issued: issued.0,
        ttl,
        bits,
        statuses,
    };
    detached(py, move || Ok(draft.sign(key)?))
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

/// Adds a signature to a root, a list or a pack.
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

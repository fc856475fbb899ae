//! Affixing a seal and signing, in two phases.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use yinxin::crypto::DigestAlgorithm;
use yinxin::sign::{self, Edge, Occurrence, Pages, Placement, Protection};

use crate::certificate::Certificates;
use crate::codes::Code;
use crate::convert::{Instant, Source};
use crate::guard::{brief, detached};
use crate::key::SoftwareKey;
use crate::profile::Profile;
use crate::seal::SealSource;

/// A place on one page: where the seal's centre stands, in millimetres from the upper left corner.
/// Pages count from 1.
#[pyclass(frozen, eq, get_all, module = "yinxin")]
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    /// The pages, written like `1,3-5,last`, `all`, `odd` or `even`.
    pages: String,
    /// From the left edge, in millimetres.
    x_mm: f64,
    /// From the top edge, in millimetres.
    y_mm: f64,
}

#[pymethods]
impl Place {
    #[new]
    fn new(pages: PagesText, x_mm: f64, y_mm: f64) -> PyResult<Self> {
        read_pages(&pages.0)?;
        Ok(Self {
            pages: pages.0,
            x_mm,
            y_mm,
        })
    }

    fn __repr__(&self) -> String {
        format!("<yinxin.Place {} {} {}>", self.pages, self.x_mm, self.y_mm)
    }
}

/// Pages as a number from 1 or as a list.
struct PagesText(String);

impl FromPyObject<'_, '_> for PagesText {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if let Ok(number) = object.extract::<u32>() {
            return Ok(Self(number.to_string()));
        }
        object.extract::<String>().map(Self).map_err(|_| {
            PyTypeError::new_err("pages are a number from 1, or a list such as '1,3-5,last'")
        })
    }
}

fn read_pages(text: &str) -> PyResult<Pages> {
    brief(|| text.parse::<Pages>())
}

/// A seal on a keyword of the page's text, such as 盖章处.
#[pyclass(frozen, module = "yinxin")]
#[derive(Clone)]
pub(crate) struct Keyword(sign::Keyword);

#[pymethods]
impl Keyword {
    /// `occurrence` is `"only"` (there must be one), `"last"`, `"all"`, or a number from 1; the
    /// offset is in millimetres to the right and down.
    #[new]
    #[pyo3(signature = (text, *, occurrence = Counted(Occurrence::Only), pages = None,
        right_mm = 0.0, down_mm = 0.0))]
    fn new(
        text: &str,
        occurrence: Counted,
        pages: Option<PagesText>,
        right_mm: f64,
        down_mm: f64,
    ) -> PyResult<Self> {
        let mut keyword = sign::Keyword::new(text)
            .occurrence(occurrence.0)
            .offset(right_mm, down_mm);
        if let Some(pages) = pages {
            keyword = keyword.on(read_pages(&pages.0)?);
        }
        Ok(Self(keyword))
    }

    fn __repr__(&self) -> &'static str {
        "<yinxin.Keyword>"
    }
}

/// Which of several occurrences is meant.
#[derive(Clone, Copy)]
struct Counted(Occurrence);

impl FromPyObject<'_, '_> for Counted {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let word = object.extract::<String>().unwrap_or_default();
        let number = object.extract::<usize>().ok();
        match (
            word.as_str(),
            number.and_then(|number| number.checked_sub(1)),
        ) {
            ("only", _) => Ok(Self(Occurrence::Only)),
            ("last", _) => Ok(Self(Occurrence::Last)),
            ("all", _) => Ok(Self(Occurrence::All)),
            (_, Some(index)) => Ok(Self(Occurrence::Nth(index))),
            _ => Err(PyTypeError::new_err(
                "an occurrence is 'only', 'last', 'all', or a number from 1",
            )),
        }
    }
}

/// A riding seal (骑缝章): in slices along an edge of several pages.
#[pyclass(frozen, module = "yinxin")]
#[derive(Clone)]
pub(crate) struct Riding(sign::Riding);

#[pymethods]
impl Riding {
    /// `along_mm` is the centre along the edge, by default its middle; `min_slice_mm` the least
    /// width of a slice; `both_sides` takes each two pages for one sheet.
    #[new]
    #[pyo3(signature = (edge, *, pages = None, both_sides = false, along_mm = None,
        min_slice_mm = None))]
    fn new(
        edge: Code<Edge>,
        pages: Option<PagesText>,
        both_sides: bool,
        along_mm: Option<f64>,
        min_slice_mm: Option<f64>,
    ) -> PyResult<Self> {
        let mut riding = sign::Riding::new(edge.0);
        if let Some(pages) = pages {
            riding = riding.over(read_pages(&pages.0)?);
        }
        if both_sides {
            riding = riding.both_sides();
        }
        if let Some(along) = along_mm {
            riding = riding.along(along);
        }
        if let Some(least) = min_slice_mm {
            riding = riding.min_slice(least);
        }
        Ok(Self(riding))
    }

    fn __repr__(&self) -> &'static str {
        "<yinxin.Riding>"
    }
}

/// Where a seal shows, as an argument.
struct Shows(Placement);

impl FromPyObject<'_, '_> for Shows {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if let Ok(place) = object.cast::<Place>() {
            let place = place.get();
            let point = sign::Point {
                x_mm: place.x_mm,
                y_mm: place.y_mm,
            };
            return Ok(Self(Placement::At(point, read_pages(&place.pages)?)));
        }
        if let Ok(keyword) = object.cast::<Keyword>() {
            return Ok(Self(keyword.get().0.clone().into()));
        }
        if let Ok(riding) = object.cast::<Riding>() {
            return Ok(Self(riding.get().0.clone().into()));
        }
        Err(PyTypeError::new_err(format!(
            "expected Place, Keyword or Riding, not {}",
            object.get_type().name()?
        )))
    }
}

/// A seal or signature to be put on a document.
#[pyclass(frozen, module = "yinxin")]
pub(crate) struct Request(sign::Request);

#[pymethods]
impl Request {
    /// Affixes a seal. The time is the signer's claim, by default now.
    #[staticmethod]
    #[pyo3(signature = (seal, signer, *, time = None, at = vec![],
        protection = Code(Protection::Continue), relative_to = None, profile = None))]
    #[allow(clippy::too_many_arguments, reason = "named in Python")]
    fn affix(
        py: Python<'_>,
        seal: SealSource,
        signer: Certificates,
        time: Option<Instant>,
        at: Vec<Shows>,
        protection: Code<Protection>,
        relative_to: Option<&str>,
        profile: Option<&Bound<'_, Profile>>,
    ) -> PyResult<Self> {
        let time = crate::convert::at_or_now(time);
        let (seal, signer) = detached(py, move || Ok((seal.read()?, signer.read_one()?)))?;
        let request = sign::Request::affix(seal, signer, time);
        Ok(Self(chosen(
            request,
            at,
            protection.0,
            relative_to,
            profile,
        )))
    }

    /// Signs without a seal. The time is the signer's claim, by default now; it shows at a place where
    /// its profile has a picture or a text.
    #[staticmethod]
    #[pyo3(signature = (signer, *, time = None, at = vec![],
        protection = Code(Protection::Continue), relative_to = None, profile = None))]
    #[allow(clippy::too_many_arguments, reason = "named in Python")]
    fn sign(
        py: Python<'_>,
        signer: Certificates,
        time: Option<Instant>,
        at: Vec<Shows>,
        protection: Code<Protection>,
        relative_to: Option<&str>,
        profile: Option<&Bound<'_, Profile>>,
    ) -> PyResult<Self> {
        let time = crate::convert::at_or_now(time);
        let signer = detached(py, move || signer.read_one())?;
        let request = sign::Request::sign(signer, time);
        Ok(Self(chosen(
            request,
            at,
            protection.0,
            relative_to,
            profile,
        )))
    }

    fn __repr__(&self) -> &'static str {
        "<yinxin.Request>"
    }
}

impl Request {
    pub(crate) fn core(&self) -> sign::Request {
        self.0.clone()
    }
}

fn chosen(
    request: sign::Request,
    at: Vec<Shows>,
    protection: Protection,
    relative_to: Option<&str>,
    profile: Option<&Bound<'_, Profile>>,
) -> sign::Request {
    let request = at
        .into_iter()
        .fold(request, |request, shows| request.at(shows.0))
        .protection(protection);
    let request = match profile {
        Some(profile) => request.profile(profile.get().core()),
        None => request,
    };
    match relative_to {
        Some(id) => request.relative_to(id),
        None => request,
    }
}

/// Freezes a document for signing. The seal must be genuine, valid and made for the signer, and no
/// earlier signature may forbid another.
#[pyfunction]
pub(crate) fn prepare(
    py: Python<'_>,
    document: Source,
    request: &Bound<'_, Request>,
) -> PyResult<Pending> {
    let request = request.get().core();
    detached(py, move || {
        Ok(Pending::new(sign::prepare(&document.read()?, request)?))
    })
}

/// A document with everything but the signature value, and then perhaps a time stamp over it.
///
/// `message` goes to whoever holds the key; `complete` takes the value and gives the document. With
/// a time stamp: `add_signature`, `time_stamp_request`, `add_time_stamp`, `finish`. Between any two
/// steps it may be stored with `to_bytes`.
#[pyclass(frozen, module = "yinxin")]
pub(crate) struct Pending(Mutex<sign::Pending>);

impl Pending {
    fn new(pending: sign::Pending) -> Self {
        Self(Mutex::new(pending))
    }

    /// The core's value; each of its operations leaves it whole, even one that panicked.
    fn core(&self) -> MutexGuard<'_, sign::Pending> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Pending {
    /// Takes up what `to_bytes` stored, with the same document.
    #[staticmethod]
    fn from_bytes(py: Python<'_>, stored: Source, document: Source) -> PyResult<Self> {
        detached(py, move || {
            let pending = sign::Pending::from_bytes(&stored.read()?, &document.read()?)?;
            Ok(Self::new(pending))
        })
    }

    /// The bytes to sign.
    #[getter]
    fn message(&self, py: Python<'_>) -> PyResult<Vec<u8>> {
        detached(py, || Ok(self.core().message().to_vec()))
    }

    /// What a signer that takes digests signs: for SM2 e = SM3(Z ‖ M); `None` for Ed25519.
    #[getter]
    fn digest(&self, py: Python<'_>) -> PyResult<Option<Vec<u8>>> {
        detached(py, || {
            Ok(self
                .core()
                .digest()
                .map(|digest| digest.as_bytes().to_vec()))
        })
    }

    /// The algorithm to sign with.
    #[getter]
    fn algorithm(&self, py: Python<'_>) -> PyResult<&'static str> {
        detached(py, || Ok(self.core().algorithm().name()))
    }

    /// Whether the signature is there.
    #[getter]
    fn is_signed(&self, py: Python<'_>) -> PyResult<bool> {
        detached(py, || Ok(self.core().is_signed()))
    }

    /// Takes the signature over `message`: DER for SM2 and ECDSA, or r ‖ s for SM2.
    fn add_signature(&self, py: Python<'_>, signature: Source) -> PyResult<()> {
        detached(py, move || {
            Ok(self.core().add_signature(&signature.read()?)?)
        })
    }

    /// The question to a time stamp authority over the signature. `nonce` is a random number of up
    /// to 32 bytes, which the answer must repeat.
    #[pyo3(signature = (nonce, *, sha256 = false))]
    fn time_stamp_request(&self, py: Python<'_>, nonce: Source, sha256: bool) -> PyResult<Vec<u8>> {
        let digest = sha256.then_some(DigestAlgorithm::Sha256);
        detached(py, move || {
            Ok(self
                .core()
                .time_stamp_request(&nonce.read()?, None, digest)?)
        })
    }

    /// Takes the authority's answer to the last request. `authority` are certificates that may be
    /// the authority's where its token lacks its own.
    #[pyo3(signature = (response, *, authority = vec![]))]
    fn add_time_stamp(
        &self,
        py: Python<'_>,
        response: Source,
        authority: Vec<Certificates>,
    ) -> PyResult<()> {
        detached(py, move || {
            let authority = Certificates::read_all(authority)?;
            Ok(self.core().add_time_stamp(&response.read()?, &authority)?)
        })
    }

    /// The signed document, with its time stamp where one was added.
    fn finish(&self, py: Python<'_>) -> PyResult<Vec<u8>> {
        detached(py, || Ok(self.core().finish()?))
    }

    /// The signed document, without a time stamp. The value is verified before it is embedded.
    fn complete(&self, py: Python<'_>, signature: Source) -> PyResult<Vec<u8>> {
        detached(py, move || Ok(self.core().complete(&signature.read()?)?))
    }

    /// Signs with a key at hand and completes.
    fn sign(&self, py: Python<'_>, key: &Bound<'_, SoftwareKey>) -> PyResult<Vec<u8>> {
        let key = &key.get().0;
        detached(py, || Ok(self.core().sign(key)?))
    }

    /// Stores what is needed to complete it later, in another process or on another day.
    fn to_bytes(&self, py: Python<'_>) -> PyResult<Vec<u8>> {
        detached(py, || Ok(self.core().to_bytes()?))
    }

    fn __repr__(&self) -> &'static str {
        "<yinxin.Pending>"
    }
}

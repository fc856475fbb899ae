//! Making the signatures of a PDF last: evidence beside them, and time stamps over all of it.

use pyo3::prelude::*;
use yinxin::sign::augment;

use crate::certificate::{Certificate, Certificates, Crls, Ocsp};
use crate::convert::{Instant, Source, Tuple, at_or_now};
use crate::guard::detached;

/// What a signature lacks to be judged without asking anyone.
#[pyclass(frozen, module = "yinxin")]
#[derive(Clone)]
pub(crate) struct MissingEvidence(augment::Missing);

#[pymethods]
impl MissingEvidence {
    /// `time_stamp`, `certificate` (the signer's own), `issuer` or `revocation` (of `certificate`),
    /// or `unreadable`.
    #[getter]
    fn what(&self) -> &'static str {
        self.0.what.name()
    }

    /// The names of the signature's fields. Hostile text.
    #[getter]
    fn fields(&self) -> Tuple<String> {
        Tuple(self.0.fields.clone())
    }

    /// The certificate whose issuer or revocation data is missing.
    #[getter]
    fn certificate(&self) -> Option<Certificate> {
        self.0.what.certificate().cloned().map(Certificate)
    }

    fn __repr__(&self) -> String {
        format!("<yinxin.MissingEvidence {}>", self.what())
    }
}

/// Evidence that is about to be added to a PDF. Making one is a dry run: it finds whom the signatures
/// and time stamps rest on, and takes what fits of what is given; nothing is judged.
#[pyclass(frozen, module = "yinxin")]
pub(crate) struct Augmentation(augment::Augmentation);

#[pymethods]
impl Augmentation {
    #[new]
    #[pyo3(signature = (document, *, certificates = vec![], crls = vec![], ocsp = vec![]))]
    fn new(
        py: Python<'_>,
        document: Source,
        certificates: Vec<Certificates>,
        crls: Vec<Crls>,
        ocsp: Vec<Ocsp>,
    ) -> PyResult<Self> {
        detached(py, move || {
            let evidence = augment::Evidence {
                certificates: Certificates::read_all(certificates)?,
                crls: Crls::read_all(crls)?,
                ocsps: Ocsp::read_all(ocsp)?,
            };
            let made = augment::Augmentation::prepare(&document.read()?, &evidence)?;
            Ok(Self(made))
        })
    }

    /// What is still missing, each once.
    #[getter]
    fn missing(&self) -> Tuple<MissingEvidence> {
        self.0
            .missing()
            .iter()
            .cloned()
            .map(MissingEvidence)
            .collect()
    }

    /// The PDF with its evidence, by an incremental update. The time, by default now, is when it was
    /// gathered. What is incomplete is refused unless asked for.
    #[pyo3(signature = (*, at = None, incomplete = false))]
    fn finish(&self, py: Python<'_>, at: Option<Instant>, incomplete: bool) -> PyResult<Vec<u8>> {
        let time = at_or_now(at);
        detached(py, || {
            Ok(match incomplete {
                true => self.0.finish_incomplete(time)?,
                false => self.0.finish(time)?,
            })
        })
    }

    fn __repr__(&self) -> String {
        format!("<yinxin.Augmentation, {} missing>", self.0.missing().len())
    }
}

/// A PDF that waits for a time stamp over all of it. `nonce` is a random number of up to 32 bytes,
/// which the answer must repeat.
#[pyclass(frozen, module = "yinxin")]
pub(crate) struct DocumentStamp(augment::DocumentStamp);

#[pymethods]
impl DocumentStamp {
    #[new]
    fn new(py: Python<'_>, document: Source, nonce: Source) -> PyResult<Self> {
        detached(py, move || {
            let (document, nonce) = (document.read()?, nonce.read()?);
            let stamp = augment::DocumentStamp::prepare(&document, &nonce, None, None)?;
            Ok(Self(stamp))
        })
    }

    /// Takes up what `to_bytes` stored, with the same document.
    #[staticmethod]
    fn from_bytes(py: Python<'_>, stored: Source, document: Source) -> PyResult<Self> {
        detached(py, move || {
            let (stored, document) = (stored.read()?, document.read()?);
            Ok(Self(augment::DocumentStamp::from_bytes(
                &stored, &document,
            )?))
        })
    }

    /// The question to the time stamp authority (`TimeStampReq`).
    #[getter]
    fn request(&self) -> Vec<u8> {
        self.0.request()
    }

    /// The document with the authority's answer (`TimeStampResp`). `authority` are certificates that
    /// may be the authority's where its token lacks its own.
    #[pyo3(signature = (response, *, authority = vec![]))]
    fn complete(
        &self,
        py: Python<'_>,
        response: Source,
        authority: Vec<Certificates>,
    ) -> PyResult<Vec<u8>> {
        detached(py, move || {
            let authority = Certificates::read_all(authority)?;
            Ok(self.0.complete(&response.read()?, &authority)?)
        })
    }

    /// Stores what is needed to complete it later.
    fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes()
    }

    fn __repr__(&self) -> &'static str {
        "<yinxin.DocumentStamp>"
    }
}

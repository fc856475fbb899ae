//! Encrypting OFD packages, opening them, and closing the list of their files (GM/T 0099-2020).

use std::collections::BTreeMap;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use yinxin::encryption::{self, Access, Encryptor};
use yinxin::sign;

use crate::certificate::Certificates;
use crate::convert::{Instant, Source, at_or_now};
use crate::guard::detached;
use crate::key::SoftwareKey;

/// Encrypts every file of an OFD package, for recipients by certificate or by password, not both. The
/// names stand in the package for all to read. The time, which it will say too, is now by default.
#[pyfunction]
#[pyo3(signature = (document, *, certificates = BTreeMap::new(), passwords = BTreeMap::new(), at = None))]
pub(crate) fn encrypt(
    py: Python<'_>,
    document: Source,
    certificates: BTreeMap<String, Certificates>,
    passwords: BTreeMap<String, String>,
    at: Option<Instant>,
) -> PyResult<Vec<u8>> {
    let time = at_or_now(at);
    detached(py, move || {
        let mut encryptor = Encryptor::new(time);
        for (name, certificate) in certificates {
            encryptor = encryptor.certificate(&name, certificate.read_one()?)?;
        }
        for (name, password) in &passwords {
            encryptor = encryptor.password(name, password)?;
        }
        Ok(encryptor.encrypt(&document.read()?)?)
    })
}

/// The plain package behind an encrypted one, opened by a recipient's key or password. Its files have
/// the bytes they had, so signatures on them hold; nothing is verified.
#[pyfunction]
#[pyo3(signature = (document, *, key = None, password = None))]
pub(crate) fn decrypt(
    py: Python<'_>,
    document: Source,
    key: Option<&Bound<'_, SoftwareKey>>,
    password: Option<&str>,
) -> PyResult<Vec<u8>> {
    let access = match (key, password) {
        (Some(key), None) => Access::Key(&key.get().0),
        (None, Some(password)) => Access::Password(password),
        _ => return Err(PyTypeError::new_err("give either key or password")),
    };
    detached(py, move || {
        Ok(encryption::decrypt(&document.read()?, &access)?)
    })
}

/// An OFD package with a list of all its files that waits for the list's signature, by SM2.
#[pyclass(frozen, module = "yinxin")]
pub(crate) struct PendingIntegrity(sign::PendingIntegrity);

/// Lists every file of an OFD package, and freezes the list for its signature. No file changes, so
/// signatures hold; none can be added afterwards. The time is the signer's claim, by default now.
#[pyfunction]
#[pyo3(signature = (document, signer, *, time = None))]
pub(crate) fn prepare_integrity(
    py: Python<'_>,
    document: Source,
    signer: Certificates,
    time: Option<Instant>,
) -> PyResult<PendingIntegrity> {
    let time = at_or_now(time);
    detached(py, move || {
        let pending = sign::prepare_integrity(&document.read()?, signer.read_one()?, time)?;
        Ok(PendingIntegrity(pending))
    })
}

#[pymethods]
impl PendingIntegrity {
    /// Takes up what `to_bytes` stored, with the same package.
    #[staticmethod]
    fn from_bytes(py: Python<'_>, stored: Source, document: Source) -> PyResult<Self> {
        detached(py, move || {
            let pending = sign::PendingIntegrity::from_bytes(&stored.read()?, &document.read()?)?;
            Ok(Self(pending))
        })
    }

    /// The bytes to sign.
    #[getter]
    fn message(&self) -> &[u8] {
        self.0.message()
    }

    /// What a signer that takes digests signs: e = SM3(Z ‖ M).
    #[getter]
    fn digest(&self) -> Option<Vec<u8>> {
        self.0.digest().map(|digest| digest.as_bytes().to_vec())
    }

    /// The package with its list, once the value, DER or r ‖ s, verifies. A time stamp token over its
    /// DER may go in with it.
    #[pyo3(signature = (signature, *, time_stamp = None))]
    fn complete(
        &self,
        py: Python<'_>,
        signature: Source,
        time_stamp: Option<Source>,
    ) -> PyResult<Vec<u8>> {
        detached(py, move || {
            let token = time_stamp.as_ref().map(Source::read).transpose()?;
            Ok(self.0.complete(&signature.read()?, token.as_deref())?)
        })
    }

    /// Signs with a key at hand and completes.
    fn sign(&self, py: Python<'_>, key: &Bound<'_, SoftwareKey>) -> PyResult<Vec<u8>> {
        let key = &key.get().0;
        detached(py, || Ok(self.0.sign(key)?))
    }

    /// Stores what is needed to complete it later.
    fn to_bytes(&self, py: Python<'_>) -> PyResult<Vec<u8>> {
        detached(py, || Ok(self.0.to_bytes()))
    }

    fn __repr__(&self) -> &'static str {
        "<yinxin.PendingIntegrity>"
    }
}

//! Keys in memory. Their bytes leave only where a caller asks for a file.

use pyo3::prelude::*;
use yinxin::Signer;
use yinxin::crypto::{self, KeyKind, KeyStore, Sm2Id, to_pem};
use zeroize::Zeroizing;

use crate::certificate::Certificate;
use crate::codes::Code;
use crate::convert::Source;
use crate::guard::{brief, detached};

/// A private key in memory. Neither copied nor pickled.
#[pyclass(frozen, module = "yinxin")]
pub(crate) struct SoftwareKey(pub(crate) crypto::SoftwareKey);

#[pymethods]
impl SoftwareKey {
    /// A new key.
    #[staticmethod]
    fn generate(py: Python<'_>, kind: Code<KeyKind>) -> PyResult<Self> {
        detached(py, || Ok(Self(crypto::SoftwareKey::generate(kind.0)?)))
    }

    /// The key of a file: PEM (PKCS#8, encrypted or not, or SEC 1), or PKCS#8 in DER.
    #[staticmethod]
    #[pyo3(signature = (source, password = None))]
    fn load(py: Python<'_>, source: Source, password: Option<&str>) -> PyResult<Self> {
        let password = password.map(|password| Zeroizing::new(password.to_owned()));
        detached(py, move || {
            let bytes = Zeroizing::new(source.read()?.into_owned());
            let password = password.as_deref().map(String::as_str);
            let key = match (std::str::from_utf8(&bytes), password) {
                (Ok(text), password) if text.contains("-----BEGIN") => {
                    crypto::SoftwareKey::from_pem(text, password)
                }
                (_, Some(password)) => crypto::SoftwareKey::from_encrypted_pkcs8(&bytes, password),
                (_, None) => crypto::SoftwareKey::from_pkcs8(&bytes),
            };
            Ok(Self(key?))
        })
    }

    /// An SM2 key from its 32 bytes, big-endian.
    #[staticmethod]
    fn from_sm2_scalar(scalar: [u8; 32]) -> PyResult<Self> {
        let scalar = Zeroizing::new(scalar);
        brief(|| crypto::SoftwareKey::from_sm2_scalar(&scalar).map(Self))
    }

    /// Signs a message; SM2 with the default ID. SM2 and ECDSA values are DER.
    fn sign(&self, py: Python<'_>, message: Source) -> PyResult<Vec<u8>> {
        detached(py, move || Ok(self.0.sign(&message.read()?)?))
    }

    /// The key that verifies what it signs.
    #[getter]
    fn public_key(&self) -> PublicKey {
        PublicKey(self.0.public_key().clone())
    }

    /// The algorithm of its signatures.
    #[getter]
    fn algorithm(&self) -> &'static str {
        self.0.algorithm().name()
    }

    /// PKCS#8 in PEM, encrypted under the password. Without one the key lies open in the text.
    #[pyo3(signature = (password))]
    fn to_pem(&self, py: Python<'_>, password: Option<&str>) -> PyResult<String> {
        match password {
            None => Ok(to_pem("PRIVATE KEY", &self.0.to_pkcs8())),
            Some(password) => detached(py, || Ok(self.0.to_encrypted_pem(password)?)),
        }
    }

    fn __repr__(&self) -> String {
        format!("<yinxin.SoftwareKey {}>", self.algorithm())
    }
}

/// A public key.
#[pyclass(frozen, eq, module = "yinxin")]
#[derive(Clone, PartialEq)]
pub(crate) struct PublicKey(pub(crate) crypto::PublicKey);

#[pymethods]
impl PublicKey {
    /// SubjectPublicKeyInfo in DER.
    fn to_spki(&self) -> &[u8] {
        self.0.spki()
    }

    /// What an SM2 signer signs that takes digests: e = SM3(Z ‖ M) with the default ID; `None` for
    /// another kind of key.
    fn sm2_digest(&self, py: Python<'_>, message: Source) -> PyResult<Option<Vec<u8>>> {
        detached(py, move || {
            let digest = self.0.sm2_digest(&Sm2Id::default(), &message.read()?);
            Ok(digest.map(|digest| digest.as_bytes().to_vec()))
        })
    }

    fn __repr__(&self) -> &'static str {
        "<yinxin.PublicKey>"
    }
}

/// The one key of a PKCS#12 file, and its certificates, its own first.
#[pyfunction]
pub(crate) fn load_pkcs12(
    py: Python<'_>,
    source: Source,
    password: &str,
) -> PyResult<(SoftwareKey, Vec<Certificate>)> {
    let (key, certificates) = detached(py, move || {
        let bytes = source.read()?;
        let (key, certificates) = KeyStore::from_pkcs12(&bytes, password)?.into_single()?;
        let read = |der: Vec<u8>| yinxin::pki::Certificate::from_der(&der);
        let certificates: Vec<_> = certificates
            .into_iter()
            .map(read)
            .collect::<Result<_, _>>()?;
        Ok((key, certificates))
    })?;
    let certificates = certificates.into_iter().map(Certificate).collect();
    Ok((SoftwareKey(key), certificates))
}

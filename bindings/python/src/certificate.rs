//! Certificates and revocation evidence, as they are handed in and looked at.

use pyo3::prelude::*;
use yinxin::Signer;
use yinxin::asn1::named;
use yinxin::crypto::DigestAlgorithm;
use yinxin::pki::{self, CertificateBuilder, CrlBuilder, KeyUsage, Name};

use crate::convert::{Instant, Source};
use crate::error::Fault;
use crate::guard::{brief, detached};
use crate::key::{PublicKey, SoftwareKey};

/// An X.509 certificate. Equal to another of the same bytes.
#[pyclass(frozen, eq, hash, module = "yinxin")]
#[derive(Clone)]
pub(crate) struct Certificate(pub(crate) pki::Certificate);

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.0.der() == other.0.der()
    }
}

impl std::hash::Hash for Certificate {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.der().hash(state);
    }
}

#[pymethods]
impl Certificate {
    /// The one certificate of a file, PEM or DER.
    #[staticmethod]
    fn load(py: Python<'_>, source: Source) -> PyResult<Self> {
        detached(py, move || single(&source)).map(Self)
    }

    /// All certificates of a file, PEM or DER.
    #[staticmethod]
    fn load_all(py: Python<'_>, source: Source) -> PyResult<Vec<Self>> {
        let all = detached(py, move || all(&source))?;
        Ok(all.into_iter().map(Self).collect())
    }

    /// The subject, RFC 4514 style.
    #[getter]
    fn subject(&self) -> String {
        self.0.subject_name().to_string()
    }

    /// Common name of the subject.
    #[getter]
    fn common_name(&self) -> Option<&str> {
        self.0.subject_name().common_name()
    }

    /// Organization of the subject.
    #[getter]
    fn organization(&self) -> Option<&str> {
        self.0.subject_name().organization()
    }

    /// The issuer, RFC 4514 style.
    #[getter]
    fn issuer(&self) -> String {
        self.0.issuer_name().to_string()
    }

    /// The serial number, hexadecimal.
    #[getter]
    fn serial(&self) -> String {
        self.0.serial_hex()
    }

    /// First second of its validity.
    #[getter]
    fn not_before(&self) -> Instant {
        Instant(self.0.not_before())
    }

    /// Last second of its validity.
    #[getter]
    fn not_after(&self) -> Instant {
        Instant(self.0.not_after())
    }

    /// SHA-256 of its bytes, hexadecimal.
    #[getter]
    fn sha256(&self) -> String {
        self.0.fingerprint(DigestAlgorithm::Sha256).to_hex()
    }

    /// The key it certifies.
    #[getter]
    fn public_key(&self) -> PyResult<PublicKey> {
        brief(|| self.0.public_key().cloned().map(PublicKey))
    }

    /// Its bytes.
    fn to_der(&self) -> &[u8] {
        self.0.der()
    }

    /// Its bytes as PEM.
    fn to_pem(&self) -> String {
        self.0.to_pem()
    }

    fn __repr__(&self) -> String {
        // Names are people's; the fingerprint tells certificates apart.
        format!("<yinxin.Certificate sha256={}>", self.sha256())
    }
}

fn all(source: &Source) -> Result<Vec<pki::Certificate>, Fault> {
    Ok(pki::Certificate::from_pem_or_der(&source.read()?)?)
}

/// The first certificate; `from_pem_or_der` gives at least one.
fn single(source: &Source) -> Result<pki::Certificate, Fault> {
    let bytes = source.read()?;
    let mut all = pki::Certificate::from_pem_or_der(&bytes)?;
    match (all.pop(), all.pop()) {
        (Some(one), None) => Ok(one),
        // Several, or none: as DER alone it is an error that says so.
        _ => Ok(pki::Certificate::from_der(&bytes)?),
    }
}

/// Certificates as an argument: one that was read, or a content that holds some.
pub(crate) enum Certificates {
    Read(pki::Certificate),
    Content(Source),
}

impl FromPyObject<'_, '_> for Certificates {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        match object.cast::<Certificate>() {
            Ok(certificate) => Ok(Self::Read(certificate.get().0.clone())),
            Err(_) => object.extract().map(Self::Content),
        }
    }
}

impl Certificates {
    /// All of them.
    pub(crate) fn read_all(sources: Vec<Self>) -> Result<Vec<pki::Certificate>, Fault> {
        let mut certificates = Vec::new();
        for source in sources {
            match source {
                Self::Read(certificate) => certificates.push(certificate),
                Self::Content(source) => certificates.extend(all(&source)?),
            }
        }
        Ok(certificates)
    }

    /// The one that is meant.
    pub(crate) fn read_one(self) -> Result<pki::Certificate, Fault> {
        match self {
            Self::Read(certificate) => Ok(certificate),
            Self::Content(source) => single(&source),
        }
    }
}

/// A certificate revocation list.
#[pyclass(frozen, module = "yinxin")]
#[derive(Clone)]
pub(crate) struct Crl(pub(crate) pki::Crl);

#[pymethods]
impl Crl {
    /// All revocation lists of a file, PEM or DER.
    #[staticmethod]
    fn load_all(py: Python<'_>, source: Source) -> PyResult<Vec<Self>> {
        let all = detached(py, move || crls(&source))?;
        Ok(all.into_iter().map(Self).collect())
    }

    /// The issuer, RFC 4514 style.
    #[getter]
    fn issuer(&self) -> String {
        self.0.issuer_name().to_string()
    }

    /// When it was issued.
    #[getter]
    fn this_update(&self) -> Instant {
        Instant(self.0.this_update())
    }

    /// When the next one is due.
    #[getter]
    fn next_update(&self) -> Option<Instant> {
        self.0.next_update().map(Instant)
    }

    /// Its bytes.
    fn to_der(&self) -> &[u8] {
        self.0.der()
    }

    /// The number of revoked certificates.
    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn __bool__(&self) -> bool {
        // An empty list is a list all the same.
        true
    }

    fn __repr__(&self) -> String {
        format!("<yinxin.Crl of {} certificates>", self.0.len())
    }
}

fn crls(source: &Source) -> Result<Vec<pki::Crl>, Fault> {
    Ok(pki::Crl::from_pem_or_der(&source.read()?)?)
}

/// Revocation lists as an argument.
pub(crate) enum Crls {
    Read(pki::Crl),
    Content(Source),
}

impl FromPyObject<'_, '_> for Crls {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        match object.cast::<Crl>() {
            Ok(crl) => Ok(Self::Read(crl.get().0.clone())),
            Err(_) => object.extract().map(Self::Content),
        }
    }
}

impl Crls {
    /// All of them.
    pub(crate) fn read_all(sources: Vec<Self>) -> Result<Vec<pki::Crl>, Fault> {
        let mut lists = Vec::new();
        for source in sources {
            match source {
                Self::Read(crl) => lists.push(crl),
                Self::Content(source) => lists.extend(crls(&source)?),
            }
        }
        Ok(lists)
    }
}

/// An OCSP response.
#[pyclass(frozen, module = "yinxin")]
#[derive(Clone)]
pub(crate) struct OcspResponse(pub(crate) pki::OcspResponse);

#[pymethods]
impl OcspResponse {
    /// The response of a file, DER.
    #[staticmethod]
    fn load(py: Python<'_>, source: Source) -> PyResult<Self> {
        detached(py, move || {
            Ok(Self(pki::OcspResponse::from_der(&source.read()?)?))
        })
    }

    /// When it was made.
    #[getter]
    fn produced_at(&self) -> Instant {
        Instant(self.0.produced_at())
    }

    /// Its bytes.
    fn to_der(&self) -> &[u8] {
        self.0.der()
    }

    fn __repr__(&self) -> String {
        format!(
            "<yinxin.OcspResponse of {} answers>",
            self.0.answers().len()
        )
    }
}

/// OCSP responses as an argument.
pub(crate) enum Ocsp {
    Read(pki::OcspResponse),
    Content(Source),
}

impl FromPyObject<'_, '_> for Ocsp {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        match object.cast::<OcspResponse>() {
            Ok(response) => Ok(Self::Read(response.get().0.clone())),
            Err(_) => object.extract().map(Self::Content),
        }
    }
}

impl Ocsp {
    /// All of them.
    pub(crate) fn read_all(sources: Vec<Self>) -> Result<Vec<pki::OcspResponse>, Fault> {
        let read = |source| match source {
            Self::Read(response) => Ok(response),
            Self::Content(source) => Ok(pki::OcspResponse::from_der(&Source::read(&source)?)?),
        };
        sources.into_iter().map(read).collect()
    }
}

/// Makes a certificate for tests and demonstrations: a root without `issuer`, else one that
/// `issuer` issues with `issuer_key`. `key` is the subject's; of its own only the public half goes
/// in. `serial` is a positive number of at most 20 bytes, big-endian.
#[pyfunction]
#[pyo3(signature = (key, *, common_name, serial, not_before, not_after, organization = None,
    authority = false, issuer = None, issuer_key = None))]
#[allow(clippy::too_many_arguments, reason = "named in Python")]
pub(crate) fn make_certificate(
    py: Python<'_>,
    key: &Bound<'_, SoftwareKey>,
    common_name: &str,
    serial: &[u8],
    not_before: Instant,
    not_after: Instant,
    organization: Option<&str>,
    authority: bool,
    issuer: Option<&Bound<'_, Certificate>>,
    issuer_key: Option<&Bound<'_, SoftwareKey>>,
) -> PyResult<Certificate> {
    let (key, issuer) = (&key.get().0, issuer.map(|issuer| &issuer.get().0));
    let issuer_key = issuer_key.map_or(key, |key| &key.get().0);
    let made = detached(py, || {
        let organization = organization.map(|name| (named::ORGANIZATION, name));
        let attributes: Vec<_> = std::iter::once((named::COUNTRY, "CN"))
            .chain(organization)
            .chain([(named::COMMON_NAME, common_name)])
            .collect();
        let subject = Name::build(&attributes)?;
        let public_key = key.public_key().clone();
        let builder =
            CertificateBuilder::new(subject, public_key, serial, not_before.0, not_after.0);
        let builder = if authority {
            builder.authority(None)
        } else {
            let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
            builder.end_entity().key_usage(usage)
        };
        Ok(match issuer {
            Some(issuer) => builder.sign(issuer, issuer_key),
            None => builder.self_sign(key),
        }?)
    })?;
    Ok(Certificate(made))
}

/// Makes a revocation list for tests and demonstrations. `revoked` are certificates of the issuer's,
/// each with the time since when it is revoked.
#[pyfunction]
#[pyo3(signature = (issuer, issuer_key, *, number, this_update, next_update, revoked = vec![]))]
#[allow(
    clippy::needless_pass_by_value,
    reason = "pyo3 hands over what it read"
)]
pub(crate) fn make_crl(
    py: Python<'_>,
    issuer: &Bound<'_, Certificate>,
    issuer_key: &Bound<'_, SoftwareKey>,
    number: u64,
    this_update: Instant,
    next_update: Instant,
    revoked: Vec<(Bound<'_, Certificate>, Instant)>,
) -> PyResult<Crl> {
    let (issuer, issuer_key) = (&issuer.get().0, &issuer_key.get().0);
    let builder = CrlBuilder::new(number, this_update.0, next_update.0);
    let builder = revoked
        .iter()
        .fold(builder, |builder, (certificate, since)| {
            builder.revoke(certificate.get().0.serial(), since.0, None)
        });
    detached(py, || Ok(Crl(builder.sign(issuer, issuer_key)?)))
}

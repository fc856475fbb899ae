//! Issuing: metadata and a page design become a document, the sealed document is the license.

use pyo3::prelude::*;
use yinxin::issue::{self, Format};
use yinxin::license::Catalog;
use yinxin::pdf::Font;
use yinxin::template::Typefaces;
use yinxin::{ErrorKind, Metadata as CoreMetadata, Template as CoreTemplate};

use crate::codes::Code;
use crate::convert::{Day, Instant, Source, at_or_now};
use crate::error::Fault;
use crate::guard::{brief, detached};
use crate::key::SoftwareKey;
use crate::sign::Request;

/// License metadata (GB/T 36903).
#[pyclass(frozen, from_py_object, module = "yinxin")]
#[derive(Clone)]
pub(crate) struct Metadata(CoreMetadata);

#[pymethods]
impl Metadata {
    /// From JSON text.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        brief(|| CoreMetadata::from_json(text).map(Self))
    }

    /// Its JSON.
    fn to_json(&self) -> PyResult<String> {
        brief(|| self.0.to_json())
    }

    /// 证照标识 (GB/T 36904).
    #[getter]
    fn identifier(&self) -> String {
        self.0.identifier().to_string()
    }

    /// 证照名称.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// 证照类型代码.
    #[getter]
    fn type_code(&self) -> &str {
        self.0.type_code()
    }

    /// 证照编号.
    #[getter]
    fn number(&self) -> &str {
        self.0.number()
    }

    /// 证照颁发日期.
    #[getter]
    fn issued_on(&self) -> Day {
        Day(self.0.issued_on())
    }

    fn __repr__(&self) -> &'static str {
        // Holders and numbers are people's.
        "<yinxin.Metadata>"
    }
}

/// A page design.
#[pyclass(frozen, from_py_object, module = "yinxin")]
#[derive(Clone)]
pub(crate) struct Template(CoreTemplate);

#[pymethods]
impl Template {
    /// The standard design across.
    #[staticmethod]
    fn standard_landscape() -> PyResult<Self> {
        brief(|| CoreTemplate::standard_landscape().map(Self))
    }

    /// The standard design upright.
    #[staticmethod]
    fn standard_portrait() -> PyResult<Self> {
        brief(|| CoreTemplate::standard_portrait().map(Self))
    }

    /// From JSON text.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        brief(|| CoreTemplate::from_json(text).map(Self))
    }

    fn __repr__(&self) -> &'static str {
        "<yinxin.Template>"
    }
}

/// A license to be issued.
#[pyclass(frozen, module = "yinxin")]
pub(crate) struct Draft(issue::Draft);

#[pymethods]
impl Draft {
    /// Metadata on a page design. `created` is when the document is made, which it states, by
    /// default now. `font` is a font file to embed; without one none is. `catalog` is JSON of a
    /// catalog (证照目录) whose entry the metadata must fit. `archive` makes PDFs PDF/A-3b, which
    /// needs a font and takes no seal signature.
    #[new]
    #[pyo3(signature = (metadata, template, *, created = None, font = None, font_face = 0,
        embed_font_in_ofd = false, catalog = None, archive = false))]
    #[allow(clippy::too_many_arguments, reason = "named in Python")]
    fn new(
        py: Python<'_>,
        metadata: Metadata,
        template: Template,
        created: Option<Instant>,
        font: Option<Source>,
        font_face: u32,
        embed_font_in_ofd: bool,
        catalog: Option<&str>,
        archive: bool,
    ) -> PyResult<Self> {
        let created = at_or_now(created);
        detached(py, move || {
            let mut draft = issue::Draft::new(metadata.0, template.0, created);
            if let Some(font) = font {
                let font = Font::embedded(font.read()?.into_owned(), font_face)?;
                let typefaces = Typefaces::one(font);
                draft = draft.fonts(if embed_font_in_ofd {
                    typefaces.embedded_in_ofd()
                } else {
                    typefaces
                });
            }
            if archive {
                draft = draft.for_archive();
            }
            match catalog {
                None => Ok(Self(draft)),
                Some(catalog) => checked(draft, catalog),
            }
        })
    }

    /// Freezes the document for its signature. The seal shows in its place on the page.
    #[pyo3(signature = (request, format = Code(Format::Ofd)))]
    fn prepare(
        &self,
        py: Python<'_>,
        request: &Bound<'_, Request>,
        format: Code<Format>,
    ) -> PyResult<PendingLicense> {
        let request = request.get().core();
        detached(py, move || {
            Ok(PendingLicense(self.0.prepare(format.0, request)?))
        })
    }

    /// Takes up what `PendingLicense.to_bytes` stored, with the same draft.
    #[pyo3(signature = (stored, format = Code(Format::Ofd)))]
    fn resume(
        &self,
        py: Python<'_>,
        stored: Source,
        format: Code<Format>,
    ) -> PyResult<PendingLicense> {
        detached(py, move || {
            Ok(PendingLicense(self.0.resume(format.0, &stored.read()?)?))
        })
    }

    /// The document without its seal.
    #[pyo3(signature = (format = Code(Format::Ofd)))]
    fn document(&self, py: Python<'_>, format: Code<Format>) -> PyResult<Vec<u8>> {
        detached(py, || Ok(self.0.document(format.0)?.bytes))
    }

    fn __repr__(&self) -> &'static str {
        "<yinxin.Draft>"
    }
}

/// The draft, if its metadata fit their type in the catalog.
fn checked(draft: issue::Draft, catalog: &str) -> Result<Draft, Fault> {
    let catalog = Catalog::from_json(catalog)?;
    let entry = catalog.find(draft.metadata().type_code()).cloned();
    match entry {
        Some(entry) => Ok(Draft(draft.catalog_entry(&entry)?)),
        None => Err(Fault::Refused(
            ErrorKind::InvalidMetadata,
            "the catalog has no license of this type",
        )),
    }
}

/// A license with everything but the signature value.
#[pyclass(frozen, module = "yinxin")]
pub(crate) struct PendingLicense(issue::PendingLicense);

#[pymethods]
impl PendingLicense {
    /// The bytes to sign.
    #[getter]
    fn message(&self) -> &[u8] {
        self.0.message()
    }

    /// What a signer that takes digests signs: for SM2 e = SM3(Z ‖ M); `None` for Ed25519.
    #[getter]
    fn digest(&self) -> Option<Vec<u8>> {
        self.0.digest().map(|digest| digest.as_bytes().to_vec())
    }

    /// The algorithm to sign with.
    #[getter]
    fn algorithm(&self) -> &'static str {
        self.0.algorithm().name()
    }

    /// The license. The value is verified before it is embedded: DER, or r ‖ s for SM2.
    fn complete(&self, py: Python<'_>, signature: Source) -> PyResult<License> {
        detached(py, move || {
            Ok(License(self.0.complete(&signature.read()?)?))
        })
    }

    /// Signs with a key at hand and completes.
    fn sign(&self, py: Python<'_>, key: &Bound<'_, SoftwareKey>) -> PyResult<License> {
        let key = &key.get().0;
        detached(py, || Ok(License(self.0.sign(key)?)))
    }

    /// Stores what `Draft.resume` needs to complete it later.
    fn to_bytes(&self, py: Python<'_>) -> PyResult<Vec<u8>> {
        detached(py, || Ok(self.0.to_bytes()?))
    }

    fn __repr__(&self) -> &'static str {
        "<yinxin.PendingLicense>"
    }
}

/// A license as it is handed out: a document with its seal or signature.
#[pyclass(frozen, eq, module = "yinxin")]
#[derive(PartialEq)]
pub(crate) struct License(issue::License);

#[pymethods]
impl License {
    /// The document.
    fn to_bytes(&self) -> &[u8] {
        self.0.bytes()
    }

    /// 证照标识 (GB/T 36904).
    #[getter]
    fn id(&self) -> String {
        self.0.id().to_string()
    }

    /// The container.
    #[getter]
    fn format(&self) -> Code<Format> {
        Code(self.0.format())
    }

    fn __repr__(&self) -> String {
        format!("<yinxin.License {}>", self.0.format().name())
    }
}

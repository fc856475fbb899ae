//! How a signature is made where the key's usual way does not do, and what a PDF says of it.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use yinxin::crypto::{DigestAlgorithm, SignatureAlgorithm};
use yinxin::pdf::{FieldLock, Font, Lettering, Permission};
use yinxin::pki::cms::Flavor;
use yinxin::sign::{self, PdfFormat, PdfOptions, Shown};

use crate::certificate::Certificates;
use crate::codes::Code;
use crate::convert::Source;
use crate::guard::detached;

/// Letters of a signature's text, in points, where they fit.
const TEXT_SIZE: f64 = 11.0;

/// How a signature is made where the key's usual way does not do, and what a PDF says of it.
///
/// `certify` makes it the author's signature. `lock_fields` names the form fields that may not change
/// afterwards, `lock_all_but` those that may; an empty `lock_all_but` locks every field. `picture` (PNG)
/// and `text`, set in `font`, show a signature without a seal at its place, `size_mm` wide and high.
#[pyclass(frozen, module = "yinxin")]
pub(crate) struct Profile(sign::Profile);

impl Profile {
    pub(crate) fn core(&self) -> sign::Profile {
        self.0.clone()
    }
}

#[pymethods]
impl Profile {
    #[new]
    #[pyo3(signature = (*, rsa_pss = false, cms = false, certificates = vec![], without_time_stamp = false,
        format = None, filter = None, sub_filter = None, field = None, name = None, reason = None,
        location = None, contact = None, certify = None, lock_fields = None, lock_all_but = None,
        size_mm = None, picture = None, text = None, font = None))]
    #[allow(clippy::too_many_arguments, reason = "named in Python")]
    fn new(
        py: Python<'_>,
        rsa_pss: bool,
        cms: bool,
        certificates: Vec<Certificates>,
        without_time_stamp: bool,
        format: Option<Code<PdfFormat>>,
        filter: Option<String>,
        sub_filter: Option<String>,
        field: Option<String>,
        name: Option<String>,
        reason: Option<String>,
        location: Option<String>,
        contact: Option<String>,
        certify: Option<Code<Permission>>,
        lock_fields: Option<Vec<String>>,
        lock_all_but: Option<Vec<String>>,
        size_mm: Option<(f64, f64)>,
        picture: Option<Source>,
        text: Option<String>,
        font: Option<Source>,
    ) -> PyResult<Self> {
        let lock = match (lock_fields, lock_all_but) {
            (None, None) => None,
            (Some(names), None) => Some(FieldLock::Only(names)),
            (None, Some(names)) if names.is_empty() => Some(FieldLock::All),
            (None, Some(names)) => Some(FieldLock::AllBut(names)),
            (Some(_), Some(_)) => {
                let message = "give either lock_fields or lock_all_but";
                return Err(PyValueError::new_err(message));
            }
        };
        let shows = picture.is_some() || text.is_some();
        if shows != size_mm.is_some() || text.is_some() != font.is_some() {
            return Err(PyValueError::new_err(
                "what shows has a size_mm, and a text the font it is set in",
            ));
        }
        detached(py, move || {
            let text = match (text, font) {
                (Some(text), Some(font)) => {
                    let font = Font::embedded(font.read()?.into_owned(), 0)?;
                    Some(Lettering::new(&font, &text, TEXT_SIZE)?)
                }
                _ => None,
            };
            let picture = match picture {
                Some(picture) => Some(picture.read()?.into_owned()),
                None => None,
            };
            let pss = SignatureAlgorithm::RsaPss(DigestAlgorithm::Sha256);
            Ok(Self(sign::Profile {
                algorithm: rsa_pss.then_some(pss),
                flavor: cms.then_some(Flavor::Cms),
                certificates: Certificates::read_all(certificates)?,
                without_time_stamp,
                pdf: PdfOptions {
                    format: format.map(|format| format.0),
                    filter,
                    sub_filter,
                    field,
                    name,
                    reason,
                    location,
                    contact,
                    certify: certify.map(|certify| certify.0),
                    lock,
                    shown: size_mm.map(|size_mm| Shown {
                        size_mm,
                        picture,
                        text,
                    }),
                },
            }))
        })
    }

    fn __repr__(&self) -> &'static str {
        "<yinxin.Profile>"
    }
}

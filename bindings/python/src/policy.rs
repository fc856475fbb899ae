//! The rules of a verdict.

use pyo3::prelude::*;
use yinxin::verify::{self, CheckCode, LaterChange, MakerRule, SealAsOf};

use crate::codes::Code;
use crate::convert::Tuple;
use crate::guard::brief;

/// Under what rules a document is judged. Named and versioned in every report.
#[pyclass(frozen, eq, from_py_object, module = "yinxin")]
#[derive(Clone, PartialEq)]
pub(crate) struct Policy(pub(crate) verify::Policy);

#[pymethods]
impl Policy {
    /// Intact, valid and chained: for tests, demonstrations and technical questions.
    #[staticmethod]
    fn basic() -> Self {
        Self(verify::Policy::basic())
    }

    /// What a clerk needs: `basic`, and revocation, authority and license status.
    #[staticmethod]
    fn window() -> Self {
        Self(verify::Policy::window())
    }

    /// What an archive needs: `window`, and proof of the time of signing.
    #[staticmethod]
    fn archive() -> Self {
        Self(verify::Policy::archive())
    }

    /// A preset by its name.
    #[staticmethod]
    fn by_name(name: &str) -> PyResult<Self> {
        brief(|| verify::Policy::by_name(name).map(Self))
    }

    /// A policy from the JSON that `to_json` writes.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        brief(|| verify::Policy::from_json(text).map(Self))
    }

    /// Its JSON.
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// The same with strict reading: every encoding defect fails the check it touches.
    fn strict(&self) -> Self {
        Self(self.0.clone().strict())
    }

    /// The same with another rule for makers' certificates.
    fn with_maker_rule(&self, rule: Code<MakerRule>) -> Self {
        Self(self.0.clone().with_maker_rule(rule.0))
    }

    /// The same with seals judged as of another time.
    fn with_seal_as_of(&self, as_of: Code<SealAsOf>) -> Self {
        Self(self.0.clone().with_seal_as_of(as_of.0))
    }

    /// The same with exactly these changes of a PDF admitted after a signature.
    fn with_later_changes(&self, changes: Vec<Code<LaterChange>>) -> Self {
        let changes: Vec<_> = changes.into_iter().map(|change| change.0).collect();
        Self(self.0.clone().with_later_changes(&changes))
    }

    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// Its name and what was chosen besides, as reports print it.
    #[getter]
    fn label(&self) -> String {
        self.0.label()
    }

    /// Its version.
    #[getter]
    fn version(&self) -> u32 {
        self.0.version()
    }

    /// The checks that it requires.
    #[getter]
    fn required(&self) -> Tuple<Code<CheckCode>> {
        self.0.required().iter().copied().map(Code).collect()
    }

    fn __repr__(&self) -> String {
        format!("<yinxin.Policy {} {}>", self.label(), self.version())
    }
}

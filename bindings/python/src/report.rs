//! The report, and its refusal to be taken for a boolean.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use yinxin::Outcome;
use yinxin::verify::{CheckCode, Language};

use crate::codes::Code;
use crate::convert::{Instant, Tuple};
use crate::facts::{
    Axes, Check, DocumentFacts, Evidence, Finding, LicenseFacts, NotChecked, PolicyStamp, Shown,
    Signature, TrustFacts,
};

/// The verdict on one document, with all that led to it. It has no truth value: compare its
/// `outcome`. Two are equal when their JSON is.
#[pyclass(frozen, module = "yinxin")]
pub(crate) struct Report(yinxin::Report);

impl Report {
    pub(crate) fn new(report: yinxin::Report) -> Self {
        Self(report)
    }

    pub(crate) fn core(&self) -> &yinxin::Report {
        &self.0
    }
}

/// Why `if report:` does not work.
pub(crate) fn no_truth(what: &str) -> PyErr {
    PyTypeError::new_err(format!(
        "{what} is not true or false: compare its outcome with yinxin.Outcome.PASSED"
    ))
}

#[pymethods]
impl Report {
    /// Name and version of the library.
    #[getter]
    fn library(&self) -> &'static str {
        self.0.library
    }

    /// The policy it was judged under.
    #[getter]
    fn policy(&self) -> PolicyStamp {
        self.0.policy.shown()
    }

    /// The verdict, under that policy.
    #[getter]
    fn outcome(&self) -> Code<Outcome> {
        Code(self.0.outcome)
    }

    /// The first failing check, else the first required one that could not be judged.
    #[getter]
    fn headline(&self) -> Option<Code<CheckCode>> {
        self.0.headline.map(Code)
    }

    /// The verdict taken apart into three questions.
    #[getter]
    fn axes(&self) -> Axes {
        self.0.axes.shown()
    }

    /// What was judged.
    #[getter]
    fn document(&self) -> DocumentFacts {
        self.0.document.shown()
    }

    /// The time at which it was judged.
    #[getter]
    fn evaluated_at(&self) -> Instant {
        Instant(self.0.evaluated_at)
    }

    /// License data from signed bytes only.
    #[getter]
    fn license(&self) -> Option<LicenseFacts> {
        self.0.license.shown()
    }

    /// License data that no good signature covers: what the file merely says.
    #[getter]
    fn unsigned_claims(&self) -> Option<LicenseFacts> {
        self.0.unsigned_claims.shown()
    }

    /// Seals and signatures, in file order.
    #[getter]
    fn signatures(&self) -> Tuple<Signature> {
        self.0.signatures.shown()
    }

    /// Checks of the document as a whole.
    #[getter]
    fn checks(&self) -> Tuple<Check> {
        self.0.checks.shown()
    }

    /// Every check: the document's first, then each signature's in order.
    fn all_checks(&self) -> Tuple<Check> {
        self.0.all_checks().map(Shown::shown).collect()
    }

    /// Checks that lacked their input and that the policy does not require.
    #[getter]
    fn not_checked(&self) -> Tuple<NotChecked> {
        self.0.not_checked.shown()
    }

    /// The trust material that was given.
    #[getter]
    fn trust(&self) -> TrustFacts {
        self.0.trust.shown()
    }

    /// The evidence that was given.
    #[getter]
    fn evidence(&self) -> Tuple<Evidence> {
        self.0.evidence.shown()
    }

    /// Tolerated defects and remarks.
    #[getter]
    fn findings(&self) -> Tuple<Finding> {
        self.0.findings.shown()
    }

    /// The canonical JSON: the same bytes from every face of the library.
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// The canonical JSON as objects of Python.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?
            .getattr("loads")?
            .call1((self.0.to_json(),))
    }

    /// What the outcome is called on a clerk's screen.
    fn outcome_text(&self, language: Code<Language>) -> &'static str {
        language.0.outcome(self.0.outcome)
    }

    /// Raises `OutcomeError`, which carries the report, unless the outcome is *passed*.
    fn raise_for_outcome(slf: &Bound<'_, Self>) -> PyResult<()> {
        match slf.get().0.outcome {
            Outcome::Passed => Ok(()),
            Outcome::Failed | Outcome::Indeterminate => Err(crate::error::outcome_error(slf)?),
        }
    }

    fn __bool__(&self) -> PyResult<bool> {
        Err(no_truth("a Report"))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| self.0.to_json() == other.get().0.to_json())
    }

    fn __hash__(&self) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        self.0.document.sha256.hash(&mut hasher);
        self.0.outcome.hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        let policy = &self.0.policy;
        let headline = self.0.headline.map_or("", CheckCode::name);
        let colon = if headline.is_empty() { "" } else { ": " };
        format!(
            "<yinxin.Report {} under {} {}{colon}{headline}>",
            self.0.outcome.name(),
            policy.name,
            policy.version,
        )
    }
}

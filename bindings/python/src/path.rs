//! The path of one certificate, apart from any document.

use pyo3::prelude::*;
use yinxin::Outcome;
use yinxin::asn1::Oid;
use yinxin::trust::{
    AnchorRole, Anchors, PathReport as CoreReport, PathRequest, PolicyRequest, Purpose,
    RevocationMode, Verdict,
};

use crate::certificate::{Certificates, Crls, Ocsp};
use crate::codes::Code;
use crate::convert::{Instant, at_or_now};
use crate::error::Fault;
use crate::guard::detached;

/// What became of the question about a certificate.
#[pyclass(frozen, module = "yinxin")]
pub(crate) struct PathReport(CoreReport);

#[pymethods]
impl PathReport {
    /// The verdict on the whole path.
    #[getter]
    fn outcome(&self) -> Code<Outcome> {
        Code(match self.0.outcome() {
            Verdict::Passed => Outcome::Passed,
            Verdict::Failed => Outcome::Failed,
            Verdict::Indeterminate | Verdict::NotChecked => Outcome::Indeterminate,
        })
    }

    /// The report as JSON (`yinxin.path/1`), as the command `cert verify --json` gives it.
    fn to_json(&self) -> PyResult<String> {
        // Texts, numbers and lists always become JSON.
        Ok(serde_json::to_string(&self.0).map_err(|_| Fault::Panic)?)
    }

    /// The same as objects of Python.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let loads = py.import("json")?.getattr("loads")?;
        loads.call1((self.to_json()?,))
    }

    fn __bool__(&self) -> PyResult<bool> {
        Err(crate::report::no_truth("a PathReport"))
    }

    fn __repr__(&self) -> String {
        format!("<yinxin.PathReport {}>", self.0.outcome().name())
    }
}

/// Finds and judges the best path from a certificate to one of the anchors, which are believed in the
/// role that is asked about. The time is now by default.
#[pyfunction]
#[pyo3(signature = (leaf, *, anchors, purpose = Code(Purpose::Signer), at = None, intermediates = vec![],
    crls = vec![], ocsp = vec![], revocation = Code(RevocationMode::Off), max_depth = 8,
    policies = vec![], explicit_policy = false, inhibit_mapping = false, inhibit_any = false))]
#[allow(clippy::too_many_arguments, reason = "named in Python")]
#[allow(clippy::fn_params_excessive_bools, reason = "named in Python")]
pub(crate) fn judge_path(
    py: Python<'_>,
    leaf: Certificates,
    anchors: Vec<Certificates>,
    purpose: Code<Purpose>,
    at: Option<Instant>,
    intermediates: Vec<Certificates>,
    crls: Vec<Crls>,
    ocsp: Vec<Ocsp>,
    revocation: Code<RevocationMode>,
    max_depth: usize,
    policies: Vec<String>,
    explicit_policy: bool,
    inhibit_mapping: bool,
    inhibit_any: bool,
) -> PyResult<PathReport> {
    let at = at_or_now(at);
    detached(py, move || {
        let leaf = leaf.read_one()?;
        let role = match purpose.0 {
            Purpose::Maker => AnchorRole::Maker,
            Purpose::Tsa => AnchorRole::Tsa,
            _ => AnchorRole::Signer,
        };
        let mut believed = Anchors::new();
        believed.add_all(Certificates::read_all(anchors)?, role);
        let intermediates = Certificates::read_all(intermediates)?;
        let (crls, ocsp) = (Crls::read_all(crls)?, Ocsp::read_all(ocsp)?);
        let acceptable = policies.iter().map(|oid| Oid::parse(oid));
        let mut request = PathRequest::new(&leaf, &believed, at);
        request.intermediates = &intermediates;
        request.crls = &crls;
        request.ocsp = &ocsp;
        request.role = role;
        request.purpose = purpose.0;
        request.revocation = revocation.0;
        request.max_depth = max_depth;
        request.policies = PolicyRequest {
            acceptable: acceptable.collect::<yinxin::Result<_>>()?,
            explicit: explicit_policy,
            inhibit_mapping,
            inhibit_any,
        };
        Ok(PathReport(request.judge()))
    })
}

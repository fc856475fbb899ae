//! The verifier: trust material and policy in, reports out.

use std::sync::Arc;

use pyo3::prelude::*;
use yinxin::Policy as CorePolicy;
use yinxin::Time;
use yinxin::crypto::Sm2Id;
use yinxin::encryption::Access;
use yinxin::trust::AnchorRole;
use yinxin::trust::list::FreshnessLimits;
use yinxin::trust::status::{SealRevocations, StatusList, StatusReferences};

use crate::batch::{self, BatchResult};
use crate::certificate::{Certificates, Crls, Ocsp};
use crate::convert::{Instant, Source, at_or_now};
use crate::error::Fault;
use crate::guard::{caught, detached};
use crate::key::SoftwareKey;
use crate::policy::Policy;
use crate::report::Report;
use crate::stream::ReportIterator;
use crate::trust::{TrustPack, TrustState};

/// Judges documents, seals and signatures under one policy with the trust material it was given.
///
/// One verifier serves any number of documents and threads. Certificates may be given as
/// `Certificate`, as bytes or as a path; PEM may hold several. Anchors serve only their role. Whom
/// `trust` believes is believed besides; from `stop_days` on its list vouches for nobody. `packs` come
/// from `TrustState.open_pack`; `seal_revocations` must state their `asOf`.
#[pyclass(frozen, module = "yinxin")]
pub(crate) struct Verifier(pub(crate) Arc<yinxin::Verifier>);

/// What a verifier is made from.
struct Material {
    anchors: Vec<(AnchorRole, Vec<Certificates>)>,
    intermediates: Vec<Certificates>,
    signer_certificates: Vec<Certificates>,
    crls: Vec<Crls>,
    ocsp: Vec<Ocsp>,
    status_lists: Vec<Source>,
    status_references: Vec<Source>,
    seal_revocations: Vec<Source>,
}

#[pymethods]
impl Verifier {
    #[new]
    #[pyo3(signature = (policy = None, *, signer_anchors = vec![], maker_anchors = vec![],
        tsa_anchors = vec![], ocsp_anchors = vec![], intermediates = vec![],
        signer_certificates = vec![], crls = vec![], ocsp = vec![], sm2_ids = vec![],
        password = None, trust = None, warn_days = 7, stop_days = 30, status_lists = vec![],
        status_references = vec![], seal_revocations = vec![], packs = vec![]))]
    #[allow(clippy::too_many_arguments, reason = "named in Python")]
    fn new(
        py: Python<'_>,
        policy: Option<Policy>,
        signer_anchors: Vec<Certificates>,
        maker_anchors: Vec<Certificates>,
        tsa_anchors: Vec<Certificates>,
        ocsp_anchors: Vec<Certificates>,
        intermediates: Vec<Certificates>,
        signer_certificates: Vec<Certificates>,
        crls: Vec<Crls>,
        ocsp: Vec<Ocsp>,
        sm2_ids: Vec<Vec<u8>>,
        password: Option<&str>,
        trust: Option<TrustState>,
        warn_days: u64,
        stop_days: u64,
        status_lists: Vec<Source>,
        status_references: Vec<Source>,
        seal_revocations: Vec<Source>,
        packs: Vec<TrustPack>,
    ) -> PyResult<Self> {
        let policy = policy.map_or_else(CorePolicy::default, |policy| policy.0);
        let material = Material {
            anchors: vec![
                (AnchorRole::Signer, signer_anchors),
                (AnchorRole::Maker, maker_anchors),
                (AnchorRole::Tsa, tsa_anchors),
                (AnchorRole::Ocsp, ocsp_anchors),
            ],
            intermediates,
            signer_certificates,
            crls,
            ocsp,
            status_lists,
            status_references,
            seal_revocations,
        };
        detached(py, move || {
            let mut verifier = material.verifier(policy)?;
            for id in &sm2_ids {
                verifier = verifier.with_sm2_id(Sm2Id::new(id)?);
            }
            if let Some(password) = password {
                verifier = verifier.with_password(password);
            }
            if let Some(trust) = trust {
                let limits = FreshnessLimits {
                    warn_days,
                    stop_days,
                };
                verifier = verifier.with_freshness_limits(limits).with_trust(trust.0);
            }
            for pack in packs {
                verifier = verifier.with_pack(pack.contents());
            }
            Ok(Self(Arc::new(verifier)))
        })
    }

    /// The policy.
    #[getter]
    fn policy(&self) -> Policy {
        Policy(self.0.policy().clone())
    }

    /// Judges a document, a stand-alone seal or a signature, as of the time given, by default now.
    /// Whatever the bytes are, the answer is a report. `decrypt_key` opens an OFD that is
    /// encrypted to its certificate.
    #[pyo3(signature = (document, *, at = None, decrypt_key = None))]
    fn verify(
        &self,
        py: Python<'_>,
        document: Source,
        at: Option<Instant>,
        decrypt_key: Option<&Bound<'_, SoftwareKey>>,
    ) -> PyResult<Report> {
        let at = at_or_now(at);
        let key = decrypt_key.map(|key| &key.get().0);
        let report = detached(py, move || {
            let bytes = document.read()?;
            Ok(match key {
                None => self.0.verify(&bytes, at),
                Some(key) => self.0.verify_encrypted(&bytes, &Access::Key(key), at),
            })
        })?;
        Ok(Report::new(report))
    }

    /// Judges a signature that stands beside its content.
    #[pyo3(signature = (signature, content, *, at = None))]
    fn verify_detached(
        &self,
        py: Python<'_>,
        signature: Source,
        content: Source,
        at: Option<Instant>,
    ) -> PyResult<Report> {
        let at = at_or_now(at);
        let report = detached(py, move || {
            Ok(self
                .0
                .verify_detached(&signature.read()?, &content.read()?, at))
        })?;
        Ok(Report::new(report))
    }

    /// Judges many documents on several threads, by default one a processor; the results stand in
    /// the order of the documents, all judged as of the same time. A file that cannot be read is
    /// a result with an `error`. `progress(done, total)` is called from the calling thread; what
    /// it raises ends the work and is raised here, as a keyboard interrupt is.
    #[pyo3(signature = (documents, *, at = None, threads = None, progress = None))]
    fn verify_many(
        &self,
        py: Python<'_>,
        documents: &Bound<'_, PyAny>,
        at: Option<Instant>,
        threads: Option<usize>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Vec<BatchResult>> {
        let documents = documents
            .try_iter()?
            .map(|document| document?.extract())
            .collect::<PyResult<Vec<Source>>>()?;
        batch::verify(py, &self.0, documents, at_or_now(at), threads, progress)
    }

    /// As `verify_many`, for more documents than memory holds: an iterator over the results, in the
    /// order of the documents. It takes documents from an iterable of any length only as results are
    /// taken, two for each thread ahead.
    #[pyo3(signature = (documents, *, at = None, threads = None))]
    fn iter_verify(
        &self,
        documents: &Bound<'_, PyAny>,
        at: Option<Instant>,
        threads: Option<usize>,
    ) -> PyResult<ReportIterator> {
        let threads = batch::threads_for(threads)?;
        ReportIterator::new(documents.try_iter()?, &self.0, at_or_now(at), threads)
    }

    fn __repr__(&self) -> String {
        format!("<yinxin.Verifier under {}>", self.0.policy().label())
    }
}

impl Material {
    fn verifier(self, policy: CorePolicy) -> Result<yinxin::Verifier, Fault> {
        let mut verifier = yinxin::Verifier::new(policy);
        for (role, certificates) in self.anchors {
            for certificate in Certificates::read_all(certificates)? {
                verifier = verifier.with_anchor(role, certificate);
            }
        }
        for certificate in Certificates::read_all(self.intermediates)? {
            verifier = verifier.with_intermediate(certificate);
        }
        for certificate in Certificates::read_all(self.signer_certificates)? {
            verifier = verifier.with_signer_certificate(certificate);
        }
        for crl in Crls::read_all(self.crls)? {
            verifier = verifier.with_crl(crl);
        }
        for response in Ocsp::read_all(self.ocsp)? {
            verifier = verifier.with_ocsp(response);
        }
        for list in self.status_lists {
            verifier = verifier.with_status_list(StatusList::from_bytes(&list.read()?)?);
        }
        for references in self.status_references {
            let references = StatusReferences::from_json(&references.read()?)?;
            verifier = verifier.with_status_references(references);
        }
        for seals in self.seal_revocations {
            let seals = SealRevocations::from_json(&seals.read()?, None)?;
            verifier = verifier.with_seal_revocations(seals);
        }
        Ok(verifier)
    }
}

/// One document of many.
pub(crate) fn judge(
    verifier: &yinxin::Verifier,
    document: &Source,
    at: Time,
) -> Result<yinxin::Report, Fault> {
    caught(|| Ok(verifier.verify(&document.read()?, at)))
}

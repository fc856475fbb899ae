//! The Python face of yinxin: `yinxin._native`, which the package `yinxin` re-exports.
//!
//! Every class is frozen, and what takes long runs without the interpreter's lock. A core error
//! becomes an exception by its hundred, a panic one too; a verdict never does.
#![forbid(unsafe_code)]

mod augment;
mod batch;
mod certificate;
mod codes;
mod convert;
mod encryption;
mod error;
mod facts;
mod guard;
#[cfg(feature = "test-hooks")]
mod hooks;
mod identifier;
mod issue;
mod key;
mod path;
mod policy;
mod profile;
mod report;
mod seal;
mod sign;
mod stream;
mod trust;
mod verifier;

use pyo3::prelude::*;

/// The compiled half of the package `yinxin`. Import `yinxin`.
#[pymodule]
mod _native {
    use super::Bound;

    #[pymodule_export]
    use super::{
        augment::{Augmentation, DocumentStamp, MissingEvidence},
        batch::BatchResult,
        certificate::{Certificate, Crl, OcspResponse, make_certificate, make_crl},
        encryption::{PendingIntegrity, decrypt, encrypt, prepare_integrity},
        facts::{
            Advice, AnchorCounts, Axes, Check, Coverage, DocumentFacts, Evidence, Finding, Holder,
            Issuer, LicenseFacts, NotChecked, Party, PolicyStamp, SealFacts, Signature, Source,
            TrustFacts,
        },
        identifier::{LicenseId, check_code},
        issue::{Draft, License, Metadata, PendingLicense, Template},
        key::{PublicKey, SoftwareKey, load_pkcs12},
        path::{PathReport, judge_path},
        policy::Policy,
        profile::Profile,
        report::Report,
        seal::{PendingSeal, Seal, SealMaker, SealPicture, SealSpec},
        sign::{Keyword, Pending, Place, Request, Riding, prepare},
        stream::ReportIterator,
        trust::{
            TrustPack, TrustState, make_status_list, make_trust_document, make_trust_pack,
            sign_trust_document,
        },
        verifier::Verifier,
    };

    #[pymodule_init]
    fn init(module: &Bound<'_, super::PyModule>) -> super::PyResult<()> {
        super::codes::add_to(module)?;
        super::error::add_to(module)?;
        #[cfg(feature = "test-hooks")]
        super::hooks::add_to(module)?;
        super::PyModuleMethods::add(module, "__version__", env!("CARGO_PKG_VERSION"))
    }
}

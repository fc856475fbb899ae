//! Evidence that travels in a PDF (DSS): it helps like evidence handed in, and is believed no more,
//! since every part of it is signed by whoever must vouch for it.

use super::Verifier;
use crate::pdf::{Document, SecurityStore};
use crate::pki::{Certificate, Crl};

/// Stored certificates and lists that are tried: those of some signatures and their time stamps.
/// More would let a file buy time with evidence that nothing needs.
const MAX_STORED: usize = 64;

/// The verifier with what the newest revision stores beside what it was given.
pub(super) fn with_stored_evidence(verifier: &Verifier, document: &Document<'_>) -> Verifier {
    let latest = document.revisions().len().saturating_sub(1);
    let store = document.at(latest).and_then(|view| view.security_store());
    // A store that cannot be read holds no evidence; what lacks it says so.
    let SecurityStore {
        certificates, crls, ..
    } = store.unwrap_or_default();
    let certificates = certificates.iter().take(MAX_STORED);
    let certificates = certificates.filter_map(|der| Certificate::from_der(der).ok());
    let crls = crls.iter().take(MAX_STORED);
    let crls = crls.filter_map(|der| Crl::from_der(der).ok());
    let own = verifier.clone();
    let own = certificates.fold(own, Verifier::with_intermediate);
    crls.fold(own, Verifier::with_crl)
}

//! Evidence that travels in a PDF (DSS; ISO 32000-2 12.8.4.3).

use std::borrow::Cow;

use super::Verifier;
use super::carried;
use crate::pdf::{Document, SecurityStore};
use crate::pki::cms::CarriedEvidence;

/// The verifier with what the newest revision stores beside what it was given.
pub(super) fn with_stored_evidence<'v>(
    verifier: &'v Verifier,
    document: &Document<'_>,
) -> Cow<'v, Verifier> {
    let latest = document.revisions().len().saturating_sub(1);
    let store = document.at(latest).and_then(|view| view.security_store());
    // A store that cannot be read holds no evidence; what lacks it says so.
    let SecurityStore {
        certificates,
        crls,
        ocsps,
    } = store.unwrap_or_default();
    let stored = CarriedEvidence {
        certificates,
        crls,
        ocsps,
    };
    carried::with_evidence(verifier, &stored)
}

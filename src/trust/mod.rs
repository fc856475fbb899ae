//! Whom to believe: anchors with roles, certification paths up to them, and revocation.
//!
//! A path is judged at a time the caller names, against evidence the caller gives. The result is
//! a [`PathReport`] in which every concern stands on its own: whether an anchor was reached,
//! whether the constraints along the way hold, the algorithms, the validity of each certificate,
//! and its revocation. What cannot be judged is *indeterminate* and never *passed*.
//!
//! Anchors are handed in one by one. Which ones a province believes, since when and how far, a signed
//! [`list`] says; its entries are anchors for whoever takes them over.

mod anchor;
mod constraint;
pub mod list;
mod path;
mod report;
mod request;
mod revocation;

pub use anchor::{AnchorRole, Anchors, TrustAnchor};
pub use report::{
    AnchorOutcome, CertificateReport, Concern, EvidenceRef, PathProblem, PathReport, ProblemCode,
    RevocationStatus, UnknownCause, Verdict,
};
pub use request::{
    AlgorithmPolicy, EvidenceAge, OtherAlgorithms, PathRequest, PolicyRequest, Purpose,
    RevocationMode,
};

#[cfg(test)]
mod tests;

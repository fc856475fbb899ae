//! Verification: documents, seals and signatures in, a [`Report`] out.
//!
//! The only module that knows check codes and policies. Each step returns its checks and what
//! the next step needs; a failed step never hides an independent one.

mod algorithm;
mod authority;
mod carried;
mod check;
mod clause;
mod content;
mod coverage;
mod detached;
mod digests;
mod encrypted;
mod integrity;
mod judged;
mod license;
mod message;
mod ofd;
mod outcome;
mod path;
mod pdf;
mod pdf_changes;
mod pdf_store;
mod pdf_stretches;
mod policy;
mod reason;
mod relations;
mod report;
mod seal;
mod seal_signature;
mod signing_time;
mod status;
mod text;
mod timestamp;
mod trust_list;
mod verifier;

pub use check::{Axis, Check, CheckCode, Detail, Role};
pub use outcome::Outcome;
pub use policy::{Annexes, LaterChange, MakerRule, Policy, Reading, SealAsOf, WeakAlgorithms};
pub use reason::Reason;
pub use report::{
    AnchorCounts, Axes, CoverageFacts, DocumentFacts, EvidenceFacts, Format, LicenseFacts,
    NotChecked, PartyFacts, PolicyStamp, Report, SealFacts, SignatureKind, SignatureReport,
    SourceFacts, TrustFacts,
};
pub use text::{Advice, Language};
pub use verifier::Verifier;

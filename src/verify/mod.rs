//! Verification: documents, seals and signatures in, a [`Report`] out.
//!
//! The only module that knows check codes and policies. Each step returns its checks and what
//! the next step needs; a failed step never hides an independent one.

mod check;
mod clause;
mod coverage;
mod outcome;
mod policy;
mod reason;
mod report;
mod signing_time;
mod text;

pub use check::{Axis, Check, CheckCode, Detail, Role};
pub use outcome::Outcome;
pub use policy::{Annexes, Policy, Reading, WeakAlgorithms};
pub use reason::Reason;
pub use report::{
    AnchorCounts, Axes, CoverageFacts, DocumentFacts, EvidenceFacts, Format, Freshness,
    LicenseFacts, NotChecked, PartyFacts, PolicyStamp, Report, SealFacts, SignatureKind,
    SignatureReport, SourceFacts, TrustFacts,
};
pub use text::{Advice, Language};

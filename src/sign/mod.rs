//! Affixing a seal (签章) and signing, on any OFD or PDF, in two phases.
//!
//! [`prepare`] freezes everything but the signature value: [`Pending`] then says what to sign, in
//! this process or another, with a software key, a token or a remote service. [`Pending::complete`]
//! verifies the value before it is embedded. Preparing is deterministic, so a [`Pending`] that was
//! stored is prepared again from its request and must come out the same.

mod integrity;
mod ofd;
mod pdf;
mod pending;
mod request;
mod stamp;
mod usable;
mod value;

pub use integrity::{PendingIntegrity, prepare_integrity};
pub use pending::{Pending, prepare};
pub use request::{Method, Place, Protection, Request};

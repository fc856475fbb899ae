//! Affixing a seal (签章) and signing, on any OFD or PDF, in two phases.
//!
//! [`prepare`] freezes everything but the signature value: [`Pending`] then says what to sign, in
//! this process or another, with a software key, a token or a remote service. [`Pending::complete`]
//! verifies the value before it is embedded. Preparing is deterministic, so a [`Pending`] that was
//! stored is prepared again from its request and must come out the same.
//!
//! A [`Request`] says where a seal shows: at a [`Place`], on a [`Keyword`], or [`Riding`] over the
//! edges of several pages, or all of these at once.
//!
//! ```
//! use yinxin::Time;
//! use yinxin::sign::{Edge, Keyword, Occurrence, Request, Riding, prepare};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (seal, signer, key) = made::seal_and_signer()?;
//! # let contract = made::contract()?;
//! let request = Request::affix(seal, signer, Time::parse("2026-03-02T01:00:00Z")?)
//!     .at(Keyword::new("甲方（盖章）").occurrence(Occurrence::Last).offset(10.0, 0.0))
//!     .at(Riding::new(Edge::Right));
//! let sealed = prepare(&contract, request)?.sign(&key)?;
//! # assert_eq!(made::pages_with_a_seal(&sealed)?.len(), 4);
//! # Ok(())
//! # }
//! # mod made { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/made.rs")); }
//! ```

pub mod augment;
mod integrity;
mod ofd;
mod pdf;
mod pending;
mod place;
mod profile;
mod request;
mod stamp;
mod usable;
mod value;

pub use integrity::{PendingIntegrity, prepare_integrity};
pub use pending::{Pending, prepare, prepare_with_password};
pub use place::{Edge, Keyword, Occurrence, Pages, Place, Placement, Point, Riding};
pub use profile::{PdfFormat, PdfOptions, Profile, Shown};
pub use request::{Method, Protection, Request};

//! yinxin (印信) issues, seals and verifies Chinese electronic licenses (电子证照) and electronic
//! seals (电子印章) in OFD and PDF, offline.
//!
//! It is made to be embedded: bytes in, bytes out. The core opens no file and no socket, reads
//! neither clock nor environment, and holds no state; time, keys and whom to trust are handed in.
//!
//! # Verify
//!
//! [`Verifier::verify`] answers every input with a [`Report`]: a license that someone forged is no
//! error, it is one of the answers.
//!
//! ```
//! use yinxin::pki::Certificate;
//! use yinxin::trust::AnchorRole;
//! use yinxin::{Outcome, Policy, Time, Verifier};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (document, signer_root, maker_root) = made::sealed_license()?;
//! let verifier = Verifier::new(Policy::basic())
//!     .with_anchor(AnchorRole::Signer, Certificate::from_der(&signer_root)?)
//!     .with_anchor(AnchorRole::Maker, Certificate::from_der(&maker_root)?);
//! let report = verifier.verify(&document, Time::parse("2026-06-01T08:00:00Z")?);
//!
//! match report.outcome {
//!     Outcome::Passed => println!("passed under {}", report.policy.name),
//!     Outcome::Indeterminate => println!("something is missing: {:?}", report.headline),
//!     Outcome::Failed => println!("something is wrong: {:?}", report.headline),
//! }
//! # assert_eq!(report.outcome, Outcome::Passed);
//! assert!(report.to_json().starts_with("{\"schema\":\"yinxin.report/1\""));
//! # Ok(())
//! # }
//! # mod made { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/made.rs")); }
//! ```
//!
//! # Issue and seal, in two phases
//!
//! The key is often elsewhere: in an HSM, a UKey, a signing service. So everything but the
//! signature value is prepared first, and the value is verified before it is embedded. Nothing in
//! between needs a callback, and a pending license may be stored over night.
//!
//! ```
//! use yinxin::issue::{Draft, Format};
//! use yinxin::sign::Request;
//! use yinxin::{Metadata, Template, Time};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (seal, signer, key) = made::seal_and_signer()?;
//! # let json = include_str!("../examples/data/business-license.json");
//! let now = Time::parse("2026-03-02T01:00:00Z")?;
//! let draft = Draft::new(Metadata::from_json(json)?, Template::standard_landscape()?, now);
//!
//! // Phase one: freeze the document and learn what is to be signed.
//! let pending = draft.prepare(Format::Ofd, Request::affix(seal, signer, now))?;
//! let stored = pending.to_bytes()?;
//!
//! // Wherever the key lives: DER, or r ‖ s as many devices give it.
//! # fn sign_elsewhere(key: &dyn yinxin::Signer, message: &[u8]) -> yinxin::Result<Vec<u8>> {
//! #     key.sign(message)
//! # }
//! # let device = &key;
//! let value = sign_elsewhere(device, pending.message())?;
//!
//! // Phase two, in this process or another.
//! let license = draft.resume(Format::Ofd, &stored)?.complete(&value)?;
//! assert!(license.bytes().starts_with(b"PK"));
//! # Ok(())
//! # }
//! # mod made { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/made.rs")); }
//! ```
//!
//! # Which type for what
//!
//! | to … | take |
//! |---|---|
//! | verify a document, a seal or a signature | [`Verifier`] with a [`Policy`], giving a [`Report`] |
//! | issue a license | [`Metadata`], [`Template`] and [`issue::Draft`], giving a [`License`] |
//! | check metadata against its type | [`Catalog`] |
//! | make or check an identifier | [`LicenseId`]; credit codes and others in [`license::codes`] |
//! | make a seal | [`SealMaker`], giving a [`Seal`]; [`seal::picture`] draws it |
//! | affix a seal to, or sign, any OFD or PDF | [`sign::prepare`] |
//! | encrypt an OFD package, or open an encrypted one | [`encryption::Encryptor`], [`encryption::decrypt`] |
//! | sign with a key in memory | [`crypto::SoftwareKey`], which is a [`Signer`] |
//! | look inside a file without a verdict | [`ofd`], [`pdf`], [`ses`], [`pki`] |
//!
//! # Modules
//!
//! | module | what it is | on top of |
//! |---|---|---|
//! | [`verify`] | checks, policies, reports | everything below |
//! | [`issue`] | a license from draft to sealed document | `sign` `template` `license` |
//! | [`sign`] | a seal or signature onto any OFD or PDF | `seal` `trust` and below |
//! | [`encryption`] | OFD packages for recipients, by password or certificate | `ofd` `pki` |
//! | [`trust`] | anchors with roles, certification paths, revocation | `pki` `license` |
//! | [`seal`] | making seals, and their picture | `ses` `pki` |
//! | [`template`] | page designs | `license` `ofd` `pdf` |
//! | [`license`] | identifier, metadata, catalog, status, codes | – |
//! | [`ofd`], [`pdf`] | the containers; a signature is opaque bytes and what it covers | `crypto` |
//! | [`ses`], [`pki`] | seals, certificates, messages as bytes; no policy, no clock | `asn1` `crypto` |
//! | [`crypto`], [`asn1`] | digests, keys, signers; DER | – |
//!
//! # What holds everywhere
//!
//! - **Three outcomes.** *Passed*, *indeterminate*, *failed*. What is unknown is never passed, and
//!   nothing turns a report into a boolean.
//! - **Only signed bytes speak.** License data is shown as such only where a good signature covers
//!   it. What two readers could take for two documents fails.
//! - **Bytes stay as they came.** Nothing is encoded again before it is verified. What departs from
//!   its standard and can still be read for sure is a [`Finding`]; [`Policy::strict`] refuses it.
//! - **Bounded.** Every reader has named limits of size, depth, count and ratio.
//! - **Quiet.** `Debug`, errors and reports' codes carry no personal data and no key; the report's
//!   license and parties do, since that is what was asked for. Their text is hostile: escape it
//!   before a person reads it.
//! - **Deterministic.** The same inputs give the same bytes. New keys, key files under a password,
//!   and ECDSA and RSA-PSS values are the exception: they draw on the operating system's random
//!   numbers.
//!
//! *Passed* means: under the named policy, with the trust material handed in. Whom to trust is the
//! caller's decision; the library brings no anchors. A time that no token proves is the signer's
//! claim, and the report says so.
#![forbid(unsafe_code)]

pub mod asn1;
pub mod crypto;
pub mod encryption;
mod error;
mod finding;
pub mod issue;
pub mod license;
pub mod ofd;
pub mod pdf;
pub mod pki;
pub mod seal;
pub mod ses;
pub mod sign;
pub mod template;
mod time;
pub mod trust;
pub mod verify;

pub use crypto::Signer;
pub use error::{Error, ErrorKind, Result};
pub use finding::{Finding, FindingClass, FindingCode};
pub use issue::License;
pub use license::{Catalog, LicenseId, Metadata};
pub use seal::{Seal, SealMaker};
pub use template::Template;
pub use time::Time;
pub use verify::{Outcome, Policy, Report, Verifier};

/// The examples of the README files are compiled and run like those here.
#[cfg(doctest)]
mod readme {
    #[doc = include_str!("../README.md")]
    mod english {}
    #[doc = include_str!("../README.zh-CN.md")]
    mod chinese {}
}

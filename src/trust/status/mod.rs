//! Status lists: whether a license or a seal is in force, as its publisher says (IETF Token Status
//! List), and revocation lists of seals as the national service hands them out.
//!
//! A list is a run of small numbers, one for each license or seal, inflated once; a look-up is one
//! access. It is signed by a publisher whom the trust list believes for the issuer in question. The
//! algorithm is that of the publisher's key, whatever the token says.

mod bits;
mod cwt;
mod draft;
mod jwt;
mod references;
mod seals;
mod token;

pub use draft::StatusListDraft;
pub use references::{StatusReference, StatusReferences};
pub use seals::{SealRevocation, SealRevocations};
pub use token::StatusList;

#[cfg(test)]
mod tests;

//! Issuing a license (证照签发): metadata and a page design become a document, the document is
//! sealed, and the sealed document is the license.
//!
//! A [`Draft`] is made into an OFD or a PDF. [`Draft::prepare`] freezes it for signing;
//! [`PendingLicense`] says what to sign, and the signature makes it a [`License`]. The same draft
//! gives the same bytes, so a [`PendingLicense`] is stored without its document and taken up
//! again with [`Draft::resume`].

mod draft;
mod pending;

pub use draft::{Draft, Format, Unsigned};
pub use pending::{License, PendingLicense};

#[cfg(test)]
mod tests;

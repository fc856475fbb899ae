//! A laid-out page as a whole document: what the page shows, the metadata beside it, and the
//! fonts.
//!
//! Page text, custom data (XMP in a PDF) and the attached file are all made from one
//! [`Metadata`], so they cannot differ.

mod ofd;
mod pdf;
mod typefaces;

pub use typefaces::Typefaces;

use super::page::PageLayout;
use crate::error::Result;
use crate::license::Metadata;
use crate::time::Time;

/// The file that carries the metadata inside a document.
const ATTACHMENT: &str = "license.json";

/// A page and what goes into a document with it.
pub(crate) struct Sheet<'a> {
    pub(crate) metadata: &'a Metadata,
    pub(crate) page: &'a PageLayout,
    pub(crate) typefaces: &'a Typefaces,
    pub(crate) created: Time,
    /// A digest of all that the document is made from: its identifier comes from here.
    pub(crate) seed: [u8; 32],
    /// Whether a PDF is to be PDF/A.
    pub(crate) pdf_a: bool,
}

impl Sheet<'_> {
    /// The sheet as an OFD.
    pub(crate) fn to_ofd(&self) -> Result<Vec<u8>> {
        ofd::write(self)
    }

    /// The sheet as a PDF.
    pub(crate) fn to_pdf(&self) -> Result<Vec<u8>> {
        pdf::write(self)
    }
}

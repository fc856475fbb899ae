//! A license before its seal.

use std::fmt;

use super::pending::PendingLicense;
use crate::crypto::DigestAlgorithm;
use crate::error::{Error, ErrorKind, Result};
use crate::license::{CatalogEntry, Metadata};
use crate::sign::{Pending, Place, Request, prepare};
use crate::template::{SealPlace, Sheet, Template, Typefaces, layout};
use crate::time::Time;

/// The container of a license.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// GB/T 33190.
    Ofd,
    /// ISO 32000.
    Pdf,
}

impl Format {
    /// `ofd` or `pdf`, also the usual file extension.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ofd => "ofd",
            Self::Pdf => "pdf",
        }
    }
}

/// A license to be issued. `Debug` shows nothing of holders or fields.
#[derive(Clone, Debug)]
pub struct Draft {
    metadata: Metadata,
    template: Template,
    typefaces: Typefaces,
    created: Time,
    pdf_a: bool,
}

/// A document without its seal. `Debug` hides the content.
#[derive(Clone, PartialEq)]
pub struct Unsigned {
    /// The file.
    pub bytes: Vec<u8>,
    /// The box in which the seal shows.
    pub seal: SealPlace,
}

impl Draft {
    /// Metadata on a page design. `created` is when the document is made, which it states.
    #[must_use]
    pub fn new(metadata: Metadata, template: Template, created: Time) -> Self {
        Self {
            metadata,
            template,
            typefaces: Typefaces::named(),
            created,
            pdf_a: false,
        }
    }

    /// Requires that the metadata fit their type in the catalog (证照目录, GB/T 36902).
    ///
    /// # Errors
    /// `invalid_metadata`, as [`CatalogEntry::check`].
    pub fn catalog_entry(self, entry: &CatalogEntry) -> Result<Self> {
        entry.check(&self.metadata)?;
        Ok(self)
    }

    /// Sets the fonts; without, none is embedded.
    #[must_use]
    pub fn fonts(mut self, typefaces: Typefaces) -> Self {
        self.typefaces = typefaces;
        self
    }

    /// Makes a PDF for the archive: PDF/A-3b (ISO 19005-3), which needs fonts that are embedded. An
    /// OFD is not changed by it.
    ///
    /// PDF/A takes signatures in CMS alone (ISO 19005-3 6.4.3): a PDF for the archive is signed,
    /// and may show a picture, but takes no seal signature.
    #[must_use]
    pub fn for_archive(mut self) -> Self {
        self.pdf_a = true;
        self
    }

    /// What the license will state.
    #[must_use]
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The document without a seal: the page, the metadata as custom data (XMP in a PDF) and as
    /// the attached file `license.json`, and the page's texts bound to the elements they state.
    ///
    /// # Errors
    /// `does_not_fit` or `missing_glyph` naming the element; `invalid_argument` for a PDF for the
    /// archive without embedded fonts; `unsupported` for a collection of
    /// fonts that is to be embedded in an OFD.
    pub fn document(&self, format: Format) -> Result<Unsigned> {
        let page = match format {
            Format::Ofd => layout(
                &self.metadata,
                &self.template,
                &self.typefaces.measure_ofd(),
            ),
            Format::Pdf => layout(
                &self.metadata,
                &self.template,
                &self.typefaces.measure_pdf(),
            ),
        }?;
        let sheet = Sheet {
            metadata: &self.metadata,
            page: &page,
            typefaces: &self.typefaces,
            created: self.created,
            seed: self.seed(format)?,
            pdf_a: self.pdf_a,
        };
        let bytes = match format {
            Format::Ofd => sheet.to_ofd(),
            Format::Pdf => sheet.to_pdf(),
        }?;
        Ok(Unsigned {
            bytes,
            seal: page.seal,
        })
    }

    /// Freezes the document for its signature. A seal of `request` is shown in its place on the
    /// page, whatever place the request names.
    ///
    /// # Errors
    /// `does_not_fit` when the seal's picture is larger than its place; `unsupported` for a seal
    /// signature or GB/T 35275 in a PDF for the archive; otherwise as
    /// [`Draft::document`] and [`sign::prepare`](crate::sign::prepare).
    pub fn prepare(&self, format: Format, request: Request) -> Result<PendingLicense> {
        let unsigned = self.document(format)?;
        let request = if self.pdf_a && format == Format::Pdf {
            request.in_cms()?
        } else {
            request
        };
        let request = placed(request, &unsigned.seal)?;
        let pending = prepare(&unsigned.bytes, request)?;
        Ok(PendingLicense::new(
            pending,
            self.metadata.identifier().clone(),
            format,
        ))
    }

    /// Takes up what [`PendingLicense::to_bytes`] stored, with the same draft.
    ///
    /// # Errors
    /// `pending_mismatch` when this draft is another or the bytes were altered; otherwise as
    /// [`Draft::prepare`].
    pub fn resume(&self, format: Format, stored: &[u8]) -> Result<PendingLicense> {
        let unsigned = self.document(format)?;
        let pending = Pending::from_bytes(stored, &unsigned.bytes)?;
        Ok(PendingLicense::new(
            pending,
            self.metadata.identifier().clone(),
            format,
        ))
    }

    /// A digest of what the document is made from; identifiers of the document come from it.
    fn seed(&self, format: Format) -> Result<[u8; 32]> {
        let mut hasher = DigestAlgorithm::Sm3.hasher();
        hasher.update(b"yinxin license document 1\0");
        hasher.update(&self.created.unix().to_be_bytes());
        hasher.update(self.metadata.to_json()?.as_bytes());
        if self.pdf_a && format == Format::Pdf {
            hasher.update(b"\0pdf/a");
        }
        hasher
            .finish()
            .as_bytes()
            .try_into()
            .map_err(|_| Error::new(ErrorKind::Internal, "an SM3 digest has 32 bytes"))
    }
}

/// The request with its seal in the middle of the place.
fn placed(request: Request, place: &SealPlace) -> Result<Request> {
    let Some((width, height)) = request.shown_size_mm() else {
        return Ok(request);
    };
    if width > place.width_mm || height > place.height_mm {
        let error = Error::new(ErrorKind::DoesNotFit, "the seal is larger than its place");
        return Err(error
            .with("field", "seal")
            .with("seal_mm", format_args!("{width} x {height}"))
            .with(
                "place_mm",
                format_args!("{} x {}", place.width_mm, place.height_mm),
            ));
    }
    Ok(request.at(Place {
        page: place.page,
        center_x_mm: place.center_x_mm,
        center_y_mm: place.center_y_mm,
    }))
}

impl fmt::Debug for Unsigned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unsigned")
            .field("size", &self.bytes.len())
            .field("seal", &self.seal)
            .finish()
    }
}

//! Fonts for new documents: a subset of given font bytes embedded, or the predefined Chinese font
//! that readers bring along.

mod embedded;
mod predefined;

use std::collections::BTreeSet;
use std::fmt;

use pdf_writer::{Chunk, Ref};

use crate::error::{Error, ErrorKind, Result};

/// A font to write text with.
#[derive(Clone)]
pub struct Font(Kind);

#[derive(Clone)]
enum Kind {
    Embedded { data: Vec<u8>, face: u32 },
    PredefinedSong,
}

impl Font {
    /// A TrueType or OpenType font, or the face of that index in a collection. Its used glyphs
    /// are embedded.
    ///
    /// # Errors
    /// `malformed` when the bytes are no font; `unsupported` when its licence bits forbid
    /// embedding or subsetting (OpenType `OS/2` `fsType`).
    pub fn embedded(data: impl Into<Vec<u8>>, face: u32) -> Result<Self> {
        let data = data.into();
        embedded::check(&data, face)?;
        Ok(Self(Kind::Embedded { data, face }))
    }

    /// The predefined font STSong-Light with the encoding UniGB-UTF16-H (ISO 32000-1 9.7.5.2).
    /// It is named, not embedded: the reader must have it or a substitute, so a document with it
    /// is no PDF/A.
    #[must_use]
    pub fn predefined_song() -> Self {
        Self(Kind::PredefinedSong)
    }

    /// Whether documents carry the font themselves.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        matches!(self.0, Kind::Embedded { .. })
    }

    /// The advance of a character in em; `None` when the font has no glyph for it.
    #[must_use]
    pub fn advance_em(&self, character: char) -> Option<f64> {
        match &self.0 {
            Kind::Embedded { data, face } => embedded::advance_em(data, *face, character),
            Kind::PredefinedSong => {
                predefined::check(&BTreeSet::from([character])).ok()?;
                Some(predefined::glyph(character).advance / 1000.0)
            }
        }
    }

    /// The bytes of an embedded font and the index of its face.
    pub(crate) fn file(&self) -> Option<(&[u8], u32)> {
        match &self.0 {
            Kind::Embedded { data, face } => Some((data, *face)),
            Kind::PredefinedSong => None,
        }
    }

    /// The advance of each character at a font size, in the unit of that size.
    ///
    /// # Errors
    /// `missing_glyph` naming the first code point the font lacks.
    pub fn advances(&self, text: &str, size: f64) -> Result<Vec<f64>> {
        let characters: BTreeSet<char> = text.chars().collect();
        let encoder = self.encoder(&characters)?;
        text.chars()
            .map(|character| Ok(encoder.glyph(character)?.advance * size / 1000.0))
            .collect()
    }

    /// What is needed to write text of these characters.
    pub(crate) fn encoder(&self, characters: &BTreeSet<char>) -> Result<Encoder> {
        match &self.0 {
            Kind::Embedded { data, face } => {
                embedded::Subset::new(data, *face, characters).map(Encoder::Embedded)
            }
            Kind::PredefinedSong => predefined::check(characters).map(|()| Encoder::Predefined),
        }
    }
}

impl fmt::Debug for Font {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Embedded { data, face } => f
                .debug_struct("Font")
                .field("embedded_size", &data.len())
                .field("face", face)
                .finish(),
            Kind::PredefinedSong => f.write_str("Font(STSong-Light)"),
        }
    }
}

/// A glyph as text shows it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) code: Vec<u8>,
    /// In thousandths of the font size, as the document's widths say.
    pub(crate) advance: f64,
}

/// A font made ready for the characters of one document.
pub(crate) enum Encoder {
    Embedded(embedded::Subset),
    Predefined,
}

impl Encoder {
    pub(crate) fn glyph(&self, character: char) -> Result<Glyph> {
        match self {
            Self::Embedded(subset) => subset.glyph(character),
            Self::Predefined => Ok(predefined::glyph(character)),
        }
    }

    /// Writes the font's objects; `next` hands out object numbers. Gives the font's own.
    pub(crate) fn write(&self, chunk: &mut Chunk, next: &mut Ref) -> Result<Ref> {
        match self {
            Self::Embedded(subset) => subset.write(chunk, next),
            Self::Predefined => Ok(predefined::write(chunk, next)),
        }
    }
}

/// Names the code point, which alone says nothing about a person.
pub(super) fn missing_glyph(character: char) -> Error {
    Error::new(
        ErrorKind::MissingGlyph,
        "the font has no glyph for a character",
    )
    .with("code_point", format!("U+{:04X}", u32::from(character)))
}

//! Which fonts serve the kinds of typeface, in either container.

use super::super::page::FontRole;
use super::super::wrap::{Generous, Measure};
use crate::pdf::Font;

const ROLES: usize = 4;

/// The fonts of a document.
///
/// By default none is embedded: an OFD names 宋体, 黑体, 楷体 and 仿宋, a PDF the predefined
/// STSong-Light, and the reader's own fonts are shown. A PDF embeds a subset of each font given
/// here; an OFD embeds whole files, and only on request.
#[derive(Clone, Debug, Default)]
pub struct Typefaces {
    fonts: Vec<Font>,
    /// For each role an index into the fonts.
    roles: [Option<usize>; ROLES],
    embedded_in_ofd: bool,
}

impl Typefaces {
    /// No font is embedded.
    #[must_use]
    pub fn named() -> Self {
        Self::default()
    }

    /// One font for everything.
    #[must_use]
    pub fn one(font: Font) -> Self {
        Self {
            fonts: vec![font],
            roles: [Some(0); ROLES],
            embedded_in_ofd: false,
        }
    }

    /// Gives one kind of typeface its own font.
    #[must_use]
    pub fn with(mut self, role: FontRole, font: Font) -> Self {
        let place = Some(self.fonts.len());
        self.fonts.push(font);
        match &mut self.roles {
            [song, _, _, _] if role == FontRole::Song => *song = place,
            [_, hei, _, _] if role == FontRole::Hei => *hei = place,
            [_, _, kai, _] if role == FontRole::Kai => *kai = place,
            [_, _, _, fang_song] => *fang_song = place,
        }
        self
    }

    /// Embeds the font files in OFD documents too, whole: their size is added to each document.
    /// A collection cannot be embedded there.
    #[must_use]
    pub fn embedded_in_ofd(mut self) -> Self {
        self.embedded_in_ofd = true;
        self
    }

    /// The widths of text in a PDF.
    pub(crate) fn measure_pdf(&self) -> impl Measure + '_ {
        FontWidths {
            typefaces: self,
            embedded: true,
        }
    }

    /// The widths of text in an OFD.
    pub(crate) fn measure_ofd(&self) -> impl Measure + '_ {
        FontWidths {
            typefaces: self,
            embedded: self.embedded_in_ofd,
        }
    }

    /// What tells the fonts of roles apart: roles of one font share it.
    pub(super) fn key(&self, role: FontRole) -> Option<usize> {
        let [song, hei, kai, fang_song] = self.roles;
        match role {
            FontRole::Song => song,
            FontRole::Hei => hei,
            FontRole::Kai => kai,
            FontRole::FangSong => fang_song,
        }
    }

    pub(super) fn font(&self, role: FontRole) -> Option<&Font> {
        self.fonts.get(self.key(role)?)
    }

    /// The font that an OFD carries for a role.
    pub(super) fn ofd_font(&self, role: FontRole) -> Option<&Font> {
        self.font(role)
            .filter(|font| self.embedded_in_ofd && font.is_embedded())
    }
}

/// Real widths of what the document carries, generous ones of what the reader will choose.
struct FontWidths<'a> {
    typefaces: &'a Typefaces,
    embedded: bool,
}

impl Measure for FontWidths<'_> {
    fn advance_em(&self, role: FontRole, character: char) -> Option<f64> {
        match self.typefaces.font(role) {
            Some(font) if self.embedded && font.is_embedded() => font.advance_em(character),
            _ if self.embedded => {
                Font::predefined_song().advance_em(character)?;
                unknown_advance_em(role, character)
            }
            _ => unknown_advance_em(role, character),
        }
    }
}

/// The fonts named have half-width letters and points, what stands in for them has wide ones:
/// neither may run into its neighbour.
fn unknown_advance_em(role: FontRole, character: char) -> Option<f64> {
    Generous
        .advance_em(role, character)
        .map(|advance| advance.max(0.5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_have_their_own_font_or_none() {
        let typefaces = Typefaces::named().with(FontRole::Kai, Font::predefined_song());
        assert_eq!(typefaces.key(FontRole::Kai), Some(0));
        for role in [FontRole::Song, FontRole::Hei, FontRole::FangSong] {
            assert_eq!(typefaces.key(role), None);
            let both = typefaces.clone().with(role, Font::predefined_song());
            assert_eq!(
                (both.key(role), both.key(FontRole::Kai)),
                (Some(1), Some(0))
            );
        }
        assert_eq!(
            Typefaces::one(Font::predefined_song()).key(FontRole::FangSong),
            Some(0)
        );
    }

    #[test]
    fn only_the_predefined_font_is_known_to_lack_characters() {
        let typefaces = Typefaces::named();
        assert_eq!(
            typefaces
                .measure_pdf()
                .advance_em(FontRole::Song, '\u{1f600}'),
            None
        );
        assert!(
            typefaces
                .measure_ofd()
                .advance_em(FontRole::Song, '\u{1f600}')
                .is_some()
        );
        assert_eq!(
            typefaces.measure_pdf().advance_em(FontRole::Song, '印'),
            Some(1.0)
        );
    }
}

//! Glyph outlines from font bytes that the caller hands in.

use std::fmt;

use super::geometry::Point;
use super::path::Segment;
use crate::error::{Error, ErrorKind, Result};

/// One face of a font file: TrueType or OpenType, alone or in a collection.
///
/// The font is trusted: take it from a package or a system, not from a stranger's document.
#[derive(Clone)]
pub struct Font<'a> {
    face: ttf_parser::Face<'a>,
}

impl<'a> Font<'a> {
    /// Reads the face of number `index` (0 unless the file is a collection, TTC or OTC).
    ///
    /// # Errors
    /// `Malformed` if the bytes are no font; `InvalidArgument` if there is no such face.
    pub fn new(bytes: &'a [u8], index: u32) -> Result<Self> {
        let faces = ttf_parser::fonts_in_collection(bytes).unwrap_or(1);
        if index >= faces {
            return Err(Error::argument("the font file has no face of this number")
                .with("face", index)
                .with("faces", faces));
        }
        match ttf_parser::Face::parse(bytes, index) {
            Ok(face) => Ok(Self { face }),
            Err(error) => Err(Error::malformed("the font cannot be read").with("reason", error)),
        }
    }
}

impl fmt::Debug for Font<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Font")
            .field("glyphs", &self.face.number_of_glyphs())
            .finish()
    }
}

/// The fonts a seal is drawn with.
#[derive(Clone, Debug)]
pub struct Fonts<'a> {
    text: Option<Font<'a>>,
    digits: Option<Font<'a>>,
    thickening: f32,
}

/// Printing faces of 宋体 are lighter than an engraver's: this much brings them close.
const USUAL_THICKENING: f32 = 0.022;

/// Codes are small: a Song face's hairlines would vanish.
const DIGITS_THICKENING: f32 = 2.0;

/// More would close the counters of dense characters.
const MAX_THICKENING: f32 = 0.05;

impl<'a> Fonts<'a> {
    /// Draws everything with one font: 宋体 (Song) for round seals (国发〔1999〕25号 art. 17),
    /// 仿宋 (Fangsong) for invoice seals.
    #[must_use]
    pub fn new(text: Font<'a>) -> Self {
        Self {
            text: Some(text),
            digits: None,
            thickening: USUAL_THICKENING,
        }
    }

    /// No font at all: designs whose texts are empty can be drawn, border and star alone.
    #[must_use]
    pub fn none() -> Self {
        Self {
            text: None,
            digits: None,
            thickening: USUAL_THICKENING,
        }
    }

    /// Draws codes and taxpayer numbers with another font: Arial or one like it on invoice seals
    /// (税务总局公告 2011 年第 7 号).
    #[must_use]
    pub fn with_digits(mut self, digits: Font<'a>) -> Self {
        self.digits = Some(digits);
        self
    }

    /// Thickens the strokes of the text font by a share of the character's height, 0 (as the font
    /// has them) to 0.05; 0.022 by default, as engraved seals are bolder than printing types.
    ///
    /// # Errors
    /// `InvalidArgument` for another share.
    pub fn with_thickening(mut self, share: f32) -> Result<Self> {
        if !(0.0..=MAX_THICKENING).contains(&share) {
            return Err(Error::argument("the thickening is outside its bounds")
                .with("value", share)
                .with("greatest", MAX_THICKENING));
        }
        self.thickening = share;
        Ok(self)
    }

    pub(crate) fn text(&self, text: &str) -> Result<Run> {
        Run::new(self.text.as_ref(), text, self.thickening)
    }

    pub(crate) fn digits(&self, text: &str) -> Result<Run> {
        match &self.digits {
            Some(font) => Run::new(Some(font), text, 0.0),
            None => Run::new(
                self.text.as_ref(),
                text,
                self.thickening * DIGITS_THICKENING,
            ),
        }
    }
}

/// A text as glyphs, in em with y upwards, and the height they share.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) glyphs: Vec<Glyph>,
    /// The lowest ink.
    pub(crate) bottom: f32,
    /// The highest ink.
    pub(crate) top: f32,
    /// How much strokes grow, as a share of the height.
    pub(crate) thickening: f32,
}

/// One glyph and the breadth kept for it.
#[derive(Clone, Debug)]
pub(crate) struct Glyph {
    pub(crate) outline: Vec<Segment>,
    pub(crate) left: f32,
    pub(crate) right: f32,
    low: f32,
    high: f32,
}

/// Air kept on each side of a character that is no ideograph, em: brackets and dots fill only a
/// part of their square, and a seal spaces what is seen.
const NARROW_AIR: f32 = 0.07;

/// The least height of a run of ideographs, em, so that flat ones (一) are not blown up.
const IDEOGRAPH_HEIGHT: f32 = 0.86;

/// The same for other runs, whose capitals and digits stand some 0.7 em high.
const OTHER_HEIGHT: f32 = 0.6;

impl Run {
    fn new(font: Option<&Font<'_>>, text: &str, thickening: f32) -> Result<Self> {
        let glyphs = text
            .chars()
            .map(|c| Glyph::new(font, c))
            .collect::<Result<Vec<_>>>()?;
        let inked = || glyphs.iter().filter(|glyph| !glyph.outline.is_empty());
        let bottom = inked().map(|glyph| glyph.low).fold(f32::INFINITY, f32::min);
        let top = inked()
            .map(|glyph| glyph.high)
            .fold(f32::NEG_INFINITY, f32::max);
        let least = if text.chars().any(is_ideograph) {
            IDEOGRAPH_HEIGHT
        } else {
            OTHER_HEIGHT
        };
        let missing = (least - (top - bottom)).max(0.0) / 2.0;
        if bottom > top {
            return Ok(Self {
                glyphs,
                bottom: 0.0,
                top: least,
                thickening,
            });
        }
        Ok(Self {
            glyphs,
            bottom: bottom - missing,
            top: top + missing,
            thickening,
        })
    }

    pub(crate) fn height(&self) -> f32 {
        self.top - self.bottom
    }

    /// The sum of all breadths, em.
    pub(crate) fn breadth(&self) -> f32 {
        self.glyphs.iter().map(Glyph::breadth).sum()
    }

    /// How many gaps lie between its characters.
    pub(crate) fn gaps(&self) -> f32 {
        self.glyphs.len().saturating_sub(1) as f32
    }
}

impl Glyph {
    fn new(font: Option<&Font<'_>>, c: char) -> Result<Self> {
        let missing = || {
            Error::new(
                ErrorKind::MissingGlyph,
                "the font has no glyph for a character",
            )
            .with("code_point", format_args!("U+{:04X}", u32::from(c)))
        };
        let font = font.ok_or_else(missing)?;
        let id = font
            .face
            .glyph_index(c)
            .filter(|id| id.0 != 0)
            .ok_or_else(missing)?;
        let em = 1.0 / f32::from(font.face.units_per_em());
        let advance = f32::from(font.face.glyph_hor_advance(id).unwrap_or_default()) * em;
        let mut pen = Pen::new(em);
        font.face.outline_glyph(id, &mut pen);
        if pen.outline.is_empty() {
            // A visible character without an outline (a bitmap font, say) would leave a hole.
            if !c.is_whitespace() {
                return Err(missing());
            }
            return Ok(Self {
                outline: Vec::new(),
                left: 0.0,
                right: advance,
                low: 0.0,
                high: 0.0,
            });
        }
        let (left, right) = if is_ideograph(c) {
            (pen.left.min(0.0), pen.right.max(advance))
        } else {
            (pen.left - NARROW_AIR, pen.right + NARROW_AIR)
        };
        Ok(Self {
            outline: pen.outline,
            left,
            right,
            low: pen.low,
            high: pen.high,
        })
    }

    pub(crate) fn breadth(&self) -> f32 {
        self.right - self.left
    }

    pub(crate) fn middle(&self) -> f32 {
        (self.left + self.right) / 2.0
    }
}

/// Whether a character fills a square of its own.
fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3021..=0x3029 | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// Records an outline in em, and its extent (control points included: never too small).
struct Pen {
    em: f32,
    outline: Vec<Segment>,
    left: f32,
    right: f32,
    low: f32,
    high: f32,
}

impl Pen {
    fn new(em: f32) -> Self {
        Self {
            em,
            outline: Vec::new(),
            left: f32::INFINITY,
            right: f32::NEG_INFINITY,
            low: f32::INFINITY,
            high: f32::NEG_INFINITY,
        }
    }

    fn point(&mut self, x: f32, y: f32) -> Point {
        let point = Point::new(x * self.em, y * self.em);
        self.left = self.left.min(point.x);
        self.right = self.right.max(point.x);
        self.low = self.low.min(point.y);
        self.high = self.high.max(point.y);
        point
    }
}

impl ttf_parser::OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.outline.push(Segment::Move(to));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.outline.push(Segment::Line(to));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (control, to) = (self.point(x1, y1), self.point(x, y));
        self.outline.push(Segment::Quad(control, to));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (first, second, to) = (self.point(x1, y1), self.point(x2, y2), self.point(x, y));
        self.outline.push(Segment::Cubic(first, second, to));
    }

    fn close(&mut self) {
        self.outline.push(Segment::Close);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A run of ideographs without a font: squares of `ink` em in cells of one em.
    pub(crate) fn square_run(count: usize, ink: f32) -> Run {
        let (low, high) = (0.5 - ink / 2.0, 0.5 + ink / 2.0);
        let corner = Point::new;
        let outline = vec![
            Segment::Move(corner(low, low)),
            Segment::Line(corner(high, low)),
            Segment::Line(corner(high, high)),
            Segment::Line(corner(low, high)),
            Segment::Close,
        ];
        let glyph = Glyph {
            outline,
            left: 0.0,
            right: 1.0,
            low,
            high,
        };
        Run {
            glyphs: vec![glyph; count],
            bottom: low,
            top: high,
            thickening: 0.0,
        }
    }

    #[test]
    fn bytes_that_are_no_font_are_malformed() {
        for bytes in [&b""[..], b"OTTO", b"not a font at all", &[0; 512]] {
            assert_eq!(
                Font::new(bytes, 0).unwrap_err().kind(),
                ErrorKind::Malformed
            );
        }
        assert_eq!(
            Font::new(b"OTTO", 1).unwrap_err().kind(),
            ErrorKind::InvalidArgument
        );
    }
}

//! Text of an appearance, drawn as outlines: no reader needs a font for it, and none is embedded
//! with characters that nobody set. The text itself stands beside it for those who do not see.

use std::fmt::{self, Write};

use ttf_parser::{Face, GlyphId, OutlineBuilder};

use crate::error::{Error, ErrorKind, Result};
use crate::pdf::font::Font;

/// Lines of one appearance: a name, a reason, a date and some more.
const MAX_LINES: usize = 16;

/// Characters of one line.
const MAX_CHARACTERS: usize = 200;

/// Units of an em in which outlines are kept.
const EM: f64 = 1000.0;

/// From one baseline to the next, in em.
const LEADING: f64 = 1.35;

/// From the top of a line to its baseline, in em.
const ASCENT: f64 = 0.88;

/// The smallest letters that are still read on paper, in points.
const SMALLEST: f64 = 4.0;

/// Lines of text as outlines. `Debug` does not show them.
#[derive(Clone, PartialEq, Eq)]
pub struct Lettering {
    text: String,
    size_tenths: u32,
    lines: Vec<Line>,
}

/// One line: how wide it is in thousandths of an em, and its outlines as path operators in the
/// same units.
#[derive(Clone, PartialEq, Eq)]
struct Line {
    width: u32,
    outlines: Vec<u8>,
}

impl Lettering {
    /// Text set in a font of a file, each line of it one line; `size_pt` is the largest size, and
    /// is made smaller where the text does not fit.
    ///
    /// # Errors
    /// `missing_glyph` for a character that the font lacks; `invalid_argument` without a font
    /// file, for empty text, more than 16 lines or 200 characters in one, or a size outside 4 to
    /// 200 points.
    pub fn new(font: &Font, text: &str, size_pt: f64) -> Result<Self> {
        let (data, index) = font
            .file()
            .ok_or_else(|| Error::argument("text of a signature needs a font file"))?;
        let face = Face::parse(data, index)
            .map_err(|_| Error::malformed("the font file cannot be read"))?;
        if !(SMALLEST..=200.0).contains(&size_pt) {
            return Err(Error::argument("a size must be between 4 and 200 points"));
        }
        let lines: Vec<&str> = text.lines().collect();
        if lines.is_empty() || lines.len() > MAX_LINES || text.trim().is_empty() {
            return Err(Error::argument("text of a signature has 1 to 16 lines"));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 40 to 2000"
        )]
        let size_tenths = (size_pt * 10.0).round() as u32;
        Ok(Self {
            text: text.to_owned(),
            size_tenths,
            lines: lines
                .into_iter()
                .map(|line| Line::set(&face, line))
                .collect::<Result<_>>()?,
        })
    }

    /// From what [`Lettering::parts`] gave.
    pub(crate) fn from_parts(text: String, size_tenths: u32, lines: Vec<(u32, Vec<u8>)>) -> Self {
        let lines = lines.into_iter();
        Self {
            text,
            size_tenths,
            lines: lines
                .map(|(width, outlines)| Line { width, outlines })
                .collect(),
        }
    }

    /// The text, its size in tenths of a point, and of each line its width and outlines.
    pub(crate) fn parts(&self) -> (&str, u32, impl Iterator<Item = (u32, &[u8])>) {
        let lines = self.lines.iter();
        let lines = lines.map(|line| (line.width, line.outlines.as_slice()));
        (&self.text, self.size_tenths, lines)
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The operators that draw it into a box of points whose lower left corner is given, centred
    /// upright, from its left edge.
    pub(super) fn draw(&self, [left, bottom, right, top]: [f64; 4]) -> Result<String> {
        let (width, height) = (right - left, top - bottom);
        let widest = self.lines.iter().map(|line| line.width).max().unwrap_or(0);
        let widest = f64::from(widest.max(1)) / EM;
        let count = u32::try_from(self.lines.len()).map_or(f64::MAX, f64::from);
        let size = (f64::from(self.size_tenths) / 10.0)
            .min(width / widest)
            .min(height / (count * LEADING));
        if size < SMALLEST {
            return Err(Error::new(
                ErrorKind::DoesNotFit,
                "the text of the signature does not fit its place",
            ));
        }
        let scale = size / EM;
        let mut baseline = bottom + (height + count * LEADING * size) / 2.0 - ASCENT * size;
        let mut content = String::from("q 0 g\n");
        for line in &self.lines {
            let outlines = String::from_utf8_lossy(&line.outlines);
            let _ = writeln!(
                content,
                "q {scale:.6} 0 0 {scale:.6} {left:.3} {baseline:.3} cm\n{outlines}f Q"
            );
            baseline -= LEADING * size;
        }
        content.push('Q');
        Ok(content)
    }
}

impl fmt::Debug for Lettering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lettering({} lines)", self.lines.len())
    }
}

impl Line {
    fn set(face: &Face<'_>, text: &str) -> Result<Self> {
        if text.chars().count() > MAX_CHARACTERS {
            return Err(Error::argument(
                "a line of a signature has at most 200 characters",
            ));
        }
        let scale = EM / f64::from(face.units_per_em().max(1));
        let mut pen = Pen {
            operators: String::new(),
            scale,
            x: 0.0,
            at: (0.0, 0.0),
        };
        for character in text.chars() {
            let glyph = face.glyph_index(character).filter(|glyph| glyph.0 != 0);
            let glyph = glyph.ok_or_else(|| {
                Error::new(
                    ErrorKind::MissingGlyph,
                    "the font lacks a character of the signature's text",
                )
                .with("character", format_args!("U+{:04X}", u32::from(character)))
            })?;
            pen.draw(face, glyph);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "200 characters of some em each, and saturates"
        )]
        let width = pen.x.ceil() as u32;
        Ok(Self {
            width,
            outlines: pen.operators.into_bytes(),
        })
    }
}

/// Writes outlines as path operators, whole thousandths of an em.
struct Pen {
    operators: String,
    scale: f64,
    x: f64,
    at: (f64, f64),
}

impl Pen {
    fn draw(&mut self, face: &Face<'_>, glyph: GlyphId) {
        // A blank has no outline.
        let _ = face.outline_glyph(glyph, self);
        let advance = face.glyph_hor_advance(glyph).unwrap_or(0);
        self.x += f64::from(advance) * self.scale;
    }

    fn place(&self, x: f32, y: f32) -> (f64, f64) {
        (
            self.x + f64::from(x) * self.scale,
            f64::from(y) * self.scale,
        )
    }

    fn points(&mut self, points: &[(f64, f64)], operator: char) {
        for (x, y) in points {
            let _ = write!(self.operators, "{x:.0} {y:.0} ");
        }
        self.operators.push(operator);
        self.operators.push('\n');
        if let Some(last) = points.last() {
            self.at = *last;
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let to = self.place(x, y);
        self.points(&[to], 'm');
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.place(x, y);
        self.points(&[to], 'l');
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (from, control, to) = (self.at, self.place(x1, y1), self.place(x, y));
        // A quadratic curve as a cubic one: control points two thirds of the way.
        let toward = |end: (f64, f64)| {
            (
                end.0 + (control.0 - end.0) * 2.0 / 3.0,
                end.1 + (control.1 - end.1) * 2.0 / 3.0,
            )
        };
        self.points(&[toward(from), toward(to), to], 'c');
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let points = [self.place(x1, y1), self.place(x2, y2), self.place(x, y)];
        self.points(&points, 'c');
    }

    fn close(&mut self) {
        self.operators.push_str("h\n");
    }
}

//! A finished drawing: outlines in millimetres, as SVG, PNG and OFD.

use std::fmt::{self, Write};

use super::design::Color;
use super::geometry::Point;
use super::path::{Path, Segment};
use super::text::SetText;
use super::{ofd, png};
use crate::error::Result;
use crate::time::Time;

/// A seal's picture as filled outlines of one colour on a transparent ground.
///
/// Coordinates are millimetres from the upper left corner.
#[derive(Clone, PartialEq)]
pub struct Drawing {
    width_mm: f32,
    height_mm: f32,
    color: Color,
    paths: Vec<Path>,
}

impl Drawing {
    pub(crate) fn new(width_mm: f32, height_mm: f32, color: Color) -> Self {
        Self {
            width_mm,
            height_mm,
            color,
            paths: Vec::new(),
        }
    }

    pub(crate) fn push(&mut self, path: Path) {
        self.paths.push(path);
    }

    pub(crate) fn push_text(&mut self, text: SetText) {
        self.paths.extend(text.paths);
    }

    /// Width and height of the impression, mm: the size that a seal states for its picture
    /// (GB/T 38540 `SES_ESPictrueInfo`).
    #[must_use]
    pub fn size_mm(&self) -> (f32, f32) {
        (self.width_mm, self.height_mm)
    }

    /// The colour of every outline.
    #[must_use]
    pub fn color(&self) -> Color {
        self.color
    }

    /// The outlines, for drawing them as vectors elsewhere, each filled by itself: they overlap
    /// where strokes were thickened.
    #[must_use]
    pub fn paths(&self) -> &[Path] {
        &self.paths
    }

    /// A PNG with a transparent ground whose `pHYs` chunk states `dpi`
    /// ([`MIN_DPI`](super::MIN_DPI) to [`MAX_DPI`](super::MAX_DPI)).
    ///
    /// # Errors
    /// `InvalidArgument` for a resolution outside these bounds.
    pub fn to_png(&self, dpi: u32) -> Result<Vec<u8>> {
        png::encode(self, dpi)
    }

    /// An SVG of the same outlines, in millimetres, without fonts, scripts or references.
    #[must_use]
    pub fn to_svg(&self) -> String {
        let mut svg = String::new();
        // Writing to a String cannot fail.
        let _ = self.write_svg(&mut svg);
        svg
    }

    /// An OFD package of one page that holds the same outlines as path objects, as seals of
    /// several makers carry it. `created` is written into the package.
    ///
    /// # Errors
    /// `InvalidArgument` when the font draws a character with a coordinate that is no number.
    pub fn to_ofd(&self, created: Time) -> Result<Vec<u8>> {
        ofd::encode(self, created)
    }

    fn write_svg(&self, out: &mut String) -> fmt::Result {
        let (width, height) = (Number(self.width_mm), Number(self.height_mm));
        let Color { red, green, blue } = self.color;
        writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{height}mm\" \
             viewBox=\"0 0 {width} {height}\">\n<g fill=\"#{red:02x}{green:02x}{blue:02x}\">"
        )?;
        for path in &self.paths {
            out.push_str("<path d=\"");
            for segment in path.segments() {
                match *segment {
                    Segment::Move(to) => write!(out, "M{}", Pair(to))?,
                    Segment::Line(to) => write!(out, "L{}", Pair(to))?,
                    Segment::Quad(control, to) => write!(out, "Q{} {}", Pair(control), Pair(to))?,
                    Segment::Cubic(first, second, to) => {
                        write!(out, "C{} {} {}", Pair(first), Pair(second), Pair(to))?;
                    }
                    Segment::Close => out.push('Z'),
                }
            }
            out.push_str("\"/>\n");
        }
        out.push_str("</g>\n</svg>\n");
        Ok(())
    }
}

impl fmt::Debug for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Drawing")
            .field("size_mm", &self.size_mm())
            .field("color", &self.color)
            .field("paths", &self.paths.len())
            .finish()
    }
}

struct Pair(Point);

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", Number(self.0.x), Number(self.0.y))
    }
}

/// At most three decimals, without trailing zeros.
struct Number(f32);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.3}", self.0);
        let short = text.trim_end_matches('0').trim_end_matches('.');
        f.write_str(if short == "-0" { "0" } else { short })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn svg_has_the_true_size_and_short_numbers() {
        let mut drawing = Drawing::new(42.0, 30.5, Color::SEAL_RED);
        drawing.push(Path::polygon(&[
            Point::new(0.0, -0.000_1),
            Point::new(10.25, 1.0),
            Point::new(3.123_456, 7.0),
        ]));
        assert_eq!(
            drawing.to_svg(),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"42mm\" height=\"30.5mm\" \
             viewBox=\"0 0 42 30.5\">\n<g fill=\"#e60012\">\n\
             <path d=\"M0 0L10.25 1L3.123 7Z\"/>\n</g>\n</svg>\n"
        );
    }
}

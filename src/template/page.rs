//! A laid-out page: positioned text, lines and curves, and the place of the seal.

use crate::error::{Error, Result};

/// One page, ready to be drawn. Items are painted in order.
#[derive(Clone, Debug, PartialEq)]
pub struct PageLayout {
    /// Width of the paper.
    pub width_mm: f64,
    /// Height of the paper.
    pub height_mm: f64,
    /// What is on the page.
    pub items: Vec<Item>,
    /// Where the seal goes.
    pub seal: SealPlace,
}

/// The box that the seal's picture fills.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SealPlace {
    /// Page, from 0.
    pub page: usize,
    /// Centre, from the left edge.
    pub center_x_mm: f64,
    /// Centre, from the top edge.
    pub center_y_mm: f64,
    /// Width.
    pub width_mm: f64,
    /// Height.
    pub height_mm: f64,
}

/// One thing on the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A run of text on one line.
    Text(TextItem),
    /// A straight line.
    Line {
        /// Start, x and y.
        from: (f64, f64),
        /// End, x and y.
        to: (f64, f64),
        /// Stroke width.
        width_mm: f64,
        /// Stroke color.
        color: Color,
    },
    /// An upright rectangle: filled, stroked or both.
    Rect {
        /// Left edge.
        x_mm: f64,
        /// Top edge.
        y_mm: f64,
        /// Width.
        width_mm: f64,
        /// Height.
        height_mm: f64,
        /// Stroke width and color.
        stroke: Option<(f64, Color)>,
        /// Fill color.
        fill: Option<Color>,
    },
    /// A stroked curve.
    Path {
        /// Its steps; the first is a move.
        steps: Vec<PathStep>,
        /// Stroke width.
        width_mm: f64,
        /// Stroke color.
        color: Color,
    },
}

/// Text with the advance of each character. `Debug` hides the text.
#[derive(Clone, PartialEq)]
pub struct TextItem {
    /// Left end.
    pub x_mm: f64,
    /// Baseline.
    pub baseline_mm: f64,
    /// Size of the em square.
    pub size_mm: f64,
    /// Which kind of typeface.
    pub font: FontRole,
    /// Fill color.
    pub color: Color,
    /// The characters, without line breaks.
    pub text: String,
    /// How far each character moves on, one number per `char`.
    pub advances_mm: Vec<f64>,
    /// The metadata element that this text states (`ZZMC`, `CZZT.2`, `KZ_ZS`), to be bound to it
    /// by a custom tag; `None` for labels.
    pub field: Option<String>,
}

/// A step of a curve, with absolute coordinates x and y.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathStep {
    /// Begins a part.
    Move(f64, f64),
    /// A straight line.
    Line(f64, f64),
    /// A cubic Bézier curve: two control points and the end.
    Cubic([(f64, f64); 3]),
    /// Closes the part.
    Close,
}

/// A kind of typeface; which font serves it is the caller's choice, and one may serve all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FontRole {
    /// 宋体.
    Song,
    /// 黑体.
    Hei,
    /// 楷体.
    Kai,
    /// 仿宋.
    FangSong,
}

/// An opaque color of red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct Color {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

impl Color {
    /// Reads `#RRGGBB`.
    ///
    /// # Errors
    /// `invalid_argument` for any other form.
    pub fn parse(text: &str) -> Result<Self> {
        let channel = |range| u8::from_str_radix(text.get(range)?, 16).ok();
        let hexadecimal = text
            .strip_prefix('#')
            .is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_hexdigit()));
        match (hexadecimal, channel(1..3), channel(3..5), channel(5..7)) {
            (true, Some(red), Some(green), Some(blue)) => Ok(Self { red, green, blue }),
            _ => Err(Error::argument("a color looks like #RRGGBB")),
        }
    }
}

impl TryFrom<String> for Color {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        Self::parse(&text)
    }
}

impl TextItem {
    /// The right end: the left one plus all advances.
    #[must_use]
    pub fn right_mm(&self) -> f64 {
        self.x_mm + self.advances_mm.iter().sum::<f64>()
    }
}

impl std::fmt::Debug for TextItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextItem")
            .field("x_mm", &self.x_mm)
            .field("baseline_mm", &self.baseline_mm)
            .field("size_mm", &self.size_mm)
            .field("characters", &self.advances_mm.len())
            .field("field", &self.field)
            .finish_non_exhaustive()
    }
}

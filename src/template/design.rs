//! A page design as data.

use serde::Deserialize;

use super::page::{Color, FontRole};
use crate::error::{Error, ErrorKind, Result};

const LANDSCAPE: &str = include_str!("data/standard-landscape.json");
const PORTRAIT: &str = include_str!("data/standard-portrait.json");
/// A design is a few kilobytes.
const MAX_JSON_BYTES: usize = 1 << 18;
/// Nothing larger than A0 is printed, nothing smaller than a stamp.
const PAPER_MM: std::ops::RangeInclusive<f64> = 20.0..=1200.0;
/// Below a third of a millimetre nobody reads, above ten centimetres nothing is text.
const SIZE_MM: std::ops::RangeInclusive<f64> = 0.3..=100.0;
const MAX_COLUMNS: usize = 4;
const MAX_ROWS: usize = 64;

/// A page design: paper, frame, and where each part of a license stands. All lengths are
/// millimetres from the top left corner.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    pub(super) name: String,
    pub(super) paper: Size,
    pub(super) colors: Colors,
    pub(super) frame: Frame,
    pub(super) title: TextBox,
    pub(super) number: TextBox,
    pub(super) number_label: String,
    pub(super) body: Body,
    pub(super) authority: Authority,
    pub(super) seal: Size,
    pub(super) annotation: TextBox,
    pub(super) footer: TextBox,
    pub(super) footer_label: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Colors {
    pub(super) paper: Color,
    pub(super) ornament: Color,
    pub(super) pattern: Color,
    pub(super) title: Color,
    pub(super) label: Color,
    pub(super) text: Color,
    pub(super) annotation: Color,
    pub(super) footer: Color,
}

/// The ornamental border: how far from the edge, how thick, and the rosette behind the text.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Frame {
    pub(super) inset: f64,
    pub(super) thickness: f64,
    pub(super) rosette_x: f64,
    pub(super) rosette_y: f64,
    pub(super) rosette_radius: f64,
}

/// A box whose text is centred, wrapped and shrunk down to `min_size`.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextBox {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) font: FontRole,
    pub(super) size: f64,
    pub(super) min_size: f64,
    /// Space between the characters of a short text, in em.
    #[serde(default)]
    pub(super) spacing: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body {
    pub(super) top: f64,
    pub(super) columns: Vec<Column>,
    pub(super) label_font: FontRole,
    pub(super) font: FontRole,
    pub(super) size: f64,
    pub(super) min_size: f64,
    /// Width of the labels and the gap after them, in em.
    pub(super) label_width: f64,
    pub(super) label_gap: f64,
    /// Distance of baselines, and space between rows, in em.
    pub(super) line_height: f64,
    pub(super) row_gap: f64,
    pub(super) rows: Vec<RowDesign>,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Column {
    pub(super) x: f64,
    pub(super) width: f64,
    pub(super) bottom: f64,
}

/// What one row of the body shows.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "source", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum RowDesign {
    /// Names of the holders; the label depends on who they are.
    Holders {
        organization: String,
        person: String,
    },
    /// Codes of the holders, labelled by their type.
    HolderCodes {},
    /// Every face field, with its own label.
    Fields {},
    /// First and last day.
    Validity { label: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Authority {
    pub(super) name: TextBox,
    pub(super) date: TextBox,
}

impl Template {
    /// The built-in design on A4 landscape: two columns, seal at the lower right.
    ///
    /// # Errors
    /// `internal`, should the built-in data be broken, which a test excludes.
    pub fn standard_landscape() -> Result<Self> {
        Self::built_in(LANDSCAPE)
    }

    /// The built-in design on A4 portrait: one column, seal at the lower right.
    ///
    /// # Errors
    /// `internal`, should the built-in data be broken, which a test excludes.
    pub fn standard_portrait() -> Result<Self> {
        Self::built_in(PORTRAIT)
    }

    fn built_in(text: &str) -> Result<Self> {
        Self::from_json(text)
            .map_err(|_| Error::new(ErrorKind::Internal, "a built-in template is broken"))
    }

    /// Reads a design. Unknown keys are refused; the built-in ones show the form.
    ///
    /// # Errors
    /// `limit_exceeded` beyond 256 KiB, `malformed` for another shape, `invalid_argument` if a
    /// box lies outside the paper or a size is out of range.
    pub fn from_json(text: &str) -> Result<Self> {
        if text.len() > MAX_JSON_BYTES {
            return Err(Error::limit("template_bytes", MAX_JSON_BYTES as u64));
        }
        let template: Self = serde_json::from_str(text).map_err(|error| {
            Error::malformed("this is not a template")
                .with("line", error.line())
                .with("column", error.column())
        })?;
        template.check()?;
        Ok(template)
    }

    /// The design's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    fn check(&self) -> Result<()> {
        let Size { width, height } = self.paper;
        require(
            "paper",
            PAPER_MM.contains(&width) && PAPER_MM.contains(&height),
        )?;
        for (name, text_box) in [
            ("title", &self.title),
            ("number", &self.number),
            ("authority.name", &self.authority.name),
            ("authority.date", &self.authority.date),
            ("annotation", &self.annotation),
            ("footer", &self.footer),
        ] {
            let TextBox {
                x,
                y,
                size,
                min_size,
                ..
            } = *text_box;
            let inside = self.holds(x, y, text_box.width, text_box.height);
            let sizes = SIZE_MM.contains(&size) && SIZE_MM.contains(&min_size) && min_size <= size;
            require(
                name,
                inside && sizes && (0.0..=4.0).contains(&text_box.spacing),
            )?;
        }
        let body = &self.body;
        require("body.rows", body.rows.len() <= MAX_ROWS)?;
        require(
            "body.columns",
            (1..=MAX_COLUMNS).contains(&body.columns.len()),
        )?;
        for column in &body.columns {
            let height = column.bottom - body.top;
            require(
                "body.columns",
                self.holds(column.x, body.top, column.width, height),
            )?;
        }
        let sizes = SIZE_MM.contains(&body.size) && SIZE_MM.contains(&body.min_size);
        let ems = (1.0..=20.0).contains(&body.label_width)
            && (0.0..=4.0).contains(&body.label_gap)
            && (1.0..=4.0).contains(&body.line_height)
            && (0.0..=4.0).contains(&body.row_gap);
        require("body", sizes && ems && body.min_size <= body.size)?;
        let Frame {
            inset,
            thickness,
            rosette_radius,
            ..
        } = self.frame;
        let narrow = width.min(height) / 4.0;
        require(
            "frame",
            inset >= 0.0 && thickness > 0.0 && inset + thickness <= narrow,
        )?;
        let Frame {
            rosette_x: x,
            rosette_y: y,
            ..
        } = self.frame;
        let radius = rosette_radius;
        require(
            "frame",
            self.holds(x - radius, y - radius, radius * 2.0, radius * 2.0),
        )?;
        let (x, y) = self.seal_center();
        let Size { width, height } = self.seal;
        require(
            "seal",
            self.holds(x - width / 2.0, y - height / 2.0, width, height),
        )
    }

    /// The seal stands over the authority's name and the date.
    pub(super) fn seal_center(&self) -> (f64, f64) {
        let Authority { name, date } = self.authority;
        (
            name.x + name.width / 2.0,
            f64::midpoint(name.y, date.y + date.height),
        )
    }

    /// Whether a box lies on the paper; false for numbers that are none.
    fn holds(&self, x: f64, y: f64, width: f64, height: f64) -> bool {
        x >= 0.0
            && y >= 0.0
            && width > 0.0
            && height > 0.0
            && x + width <= self.paper.width
            && y + height <= self.paper.height
    }
}

fn require(part: &'static str, condition: bool) -> Result<()> {
    if condition {
        Ok(())
    } else {
        Err(
            Error::argument("a part of the template has an impossible size or place")
                .with("part", part),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_designs_are_sound() {
        assert_eq!(
            Template::standard_landscape().unwrap().name(),
            "standard-landscape"
        );
        assert_eq!(
            Template::standard_portrait().unwrap().name(),
            "standard-portrait"
        );
    }

    #[test]
    fn impossible_designs_are_refused() {
        for (from, to, kind) in [
            (
                "\"paper\": {\"width\": 297",
                "\"paper\": {\"width\": 29700",
                ErrorKind::InvalidArgument,
            ),
            ("\"top\": ", "\"top\": -", ErrorKind::InvalidArgument),
            (
                "\"thickness\": 9",
                "\"thickness\": 0",
                ErrorKind::InvalidArgument,
            ),
            ("\"#FFFDF8\"", "\"cream\"", ErrorKind::Malformed),
            (
                "\"name\": \"standard",
                "\"nane\": \"standard",
                ErrorKind::Malformed,
            ),
        ] {
            let broken = LANDSCAPE.replace(from, to);
            assert_ne!(broken, LANDSCAPE, "{from}");
            assert_eq!(
                Template::from_json(&broken).unwrap_err().kind(),
                kind,
                "{from}"
            );
        }
    }
}

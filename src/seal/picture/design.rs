//! What a seal's picture shows, as data, and the bounds on it.

use std::fmt;

use super::drawing::Drawing;
use super::font::Fonts;
use super::{ellipse, name_seal, round};
use crate::error::{Error, ErrorKind, Result};

/// The design of a seal's picture.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SealDesign {
    /// The round seal of a body or company.
    Round(RoundSeal),
    /// The elliptic invoice seal.
    Ellipse(EllipseSeal),
    /// A person's square or rectangular name seal.
    Name(NameSeal),
}

impl SealDesign {
    /// Draws the design at its true size.
    ///
    /// # Errors
    /// `InvalidArgument` for a size or text outside its bounds, `MissingGlyph` (context
    /// `code_point`) if a font lacks a character, `DoesNotFit` if a text is too long for the seal.
    pub fn draw(&self, fonts: &Fonts<'_>) -> Result<Drawing> {
        match self {
            Self::Round(seal) => round::draw(seal, fonts),
            Self::Ellipse(seal) => ellipse::draw(seal, fonts),
            Self::Name(seal) => name_seal::draw(seal, fonts),
        }
    }
}

/// An opaque sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Color {
    /// 0–255.
    pub red: u8,
    /// 0–255.
    pub green: u8,
    /// 0–255.
    pub blue: u8,
}

impl Color {
    /// The red of official seals.
    pub const SEAL_RED: Self = Self {
        red: 230,
        green: 0,
        blue: 18,
    };
}

impl Default for Color {
    fn default() -> Self {
        Self::SEAL_RED
    }
}

/// What stands in the middle of a round seal.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Centre {
    /// An upright five-pointed star.
    Star {
        /// Diameter of the circle through its tips, mm.
        diameter_mm: f32,
    },
    /// A dashed circle where the national emblem goes. Its artwork is the state's and is not part
    /// of this library: a seal that shows the circle is a layout, not yet a seal to be used.
    Emblem {
        /// Diameter of the circle, mm.
        diameter_mm: f32,
    },
    /// Nothing; the second line, if there is one, stands across the middle.
    Blank,
}

/// Whose seal it is, as far as the size and the centre of an official seal depend on it
/// (国发〔1999〕25号).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Office {
    /// The State Council: 60 mm, emblem.
    StateCouncil,
    /// Ministries, and governments of provinces, autonomous regions and municipalities: 50 mm,
    /// emblem.
    Province,
    /// National bureaus under a ministry: 45 mm, emblem.
    NationalBureau,
    /// Governments of autonomous prefectures, cities, counties and districts: 45 mm, emblem.
    County,
    /// Administrative offices of a prefecture (行政公署): 45 mm, star.
    PrefecturalOffice,
    /// Governments of townships and towns: 42 mm, emblem.
    Township,
    /// Internal and subordinate bodies, companies, institutions and associations: at most 45 mm,
    /// star; 42 mm is the usual size.
    Institution,
}

impl Office {
    /// Diameter of the seal, mm; for [`Office::Institution`] the usual one.
    #[must_use]
    pub const fn diameter_mm(self) -> f32 {
        match self {
            Self::StateCouncil => 60.0,
            Self::Province => 50.0,
            Self::NationalBureau | Self::County | Self::PrefecturalOffice => 45.0,
            Self::Township | Self::Institution => 42.0,
        }
    }

    /// Whether a seal of this diameter, mm, keeps to the rule.
    #[must_use]
    pub fn allows(self, diameter_mm: f32) -> bool {
        match self {
            Self::Institution => diameter_mm <= MAX_INSTITUTION_MM,
            _ => (diameter_mm - self.diameter_mm()).abs() < f32::EPSILON,
        }
    }

    /// Whether the national emblem stands in the centre; else it is a star.
    #[must_use]
    pub const fn has_emblem(self) -> bool {
        matches!(
            self,
            Self::StateCouncil
                | Self::Province
                | Self::NationalBureau
                | Self::County
                | Self::Township
        )
    }
}

/// A round seal: border, name around the top, star, and further texts (国发〔1999〕25号).
///
/// Texts may be empty. `Debug` shows their lengths only.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RoundSeal {
    /// Outer diameter, 10–80 mm; 42 by default, at most 45 for companies and institutions.
    pub diameter_mm: f32,
    /// Thickness of the border, 0.1 mm to a tenth of the diameter; 1.2 by default.
    pub border_mm: f32,
    /// The full legal name, at most 60 characters, from the lower left over the top to the lower
    /// right.
    pub name: String,
    /// The centre; a star of 14 mm by default.
    pub centre: Centre,
    /// A line below the centre such as 合同专用章, at most 20 characters. In a blank centre it
    /// stands across the middle.
    pub second_line: Option<String>,
    /// The seal's code in small digits along the lower edge, at most 24 ASCII characters.
    pub code: Option<String>,
    /// Red by default.
    pub color: Color,
}

impl RoundSeal {
    /// A seal of 42 mm with a border of 1.2 mm and a star of 14 mm, bearing `name`.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            diameter_mm: 42.0,
            border_mm: 1.2,
            name: name.into(),
            centre: Centre::Star { diameter_mm: 14.0 },
            second_line: None,
            code: None,
            color: Color::SEAL_RED,
        }
    }

    /// An official seal of the prescribed size, star or place for the emblem; a third of the
    /// diameter is the centre's, and the border grows with the seal (the rule leaves both open).
    #[must_use]
    pub fn official(office: Office, name: impl Into<String>) -> Self {
        let diameter_mm = office.diameter_mm();
        let centre_mm = diameter_mm / 3.0;
        Self {
            diameter_mm,
            border_mm: 1.2 * diameter_mm / 42.0,
            centre: if office.has_emblem() {
                Centre::Emblem {
                    diameter_mm: centre_mm,
                }
            } else {
                Centre::Star {
                    diameter_mm: centre_mm,
                }
            },
            ..Self::new(name)
        }
    }

    /// A seal for one purpose, such as 合同专用章 or 财务专用章: 40 mm, a border of 1 mm and no star,
    /// which sets it apart from the body's official seal (国发〔1999〕25号 art. 22; the measures are
    /// the trade's).
    #[must_use]
    pub fn special(name: impl Into<String>, purpose: impl Into<String>) -> Self {
        Self {
            diameter_mm: 40.0,
            border_mm: 1.0,
            centre: Centre::Blank,
            second_line: Some(purpose.into()),
            ..Self::new(name)
        }
    }

    pub(crate) fn check(&self) -> Result<()> {
        check_size("diameter_mm", self.diameter_mm)?;
        check_border(self.border_mm, self.diameter_mm)?;
        let widest = self.diameter_mm * MAX_STAR_SHARE;
        match self.centre {
            Centre::Star { diameter_mm } => {
                within("star_mm", diameter_mm, MIN_STAR_MM, widest)?;
            }
            Centre::Emblem { diameter_mm } => {
                within("emblem_mm", diameter_mm, MIN_STAR_MM, widest)?;
            }
            Centre::Blank => {}
        }
        check_text("name", &self.name, MAX_NAME)?;
        check_text(
            "second_line",
            self.second_line.as_deref().unwrap_or_default(),
            MAX_LINE,
        )?;
        check_ascii("code", self.code.as_deref().unwrap_or_default())
    }
}

impl fmt::Debug for RoundSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RoundSeal")
            .field("diameter_mm", &self.diameter_mm)
            .field("border_mm", &self.border_mm)
            .field("name", &Hidden(&self.name))
            .field("centre", &self.centre)
            .field("second_line", &self.second_line.as_deref().map(Hidden))
            .field("code", &self.code.as_deref().map(Hidden))
            .field("color", &self.color)
            .finish()
    }
}

/// The elliptic invoice seal (发票专用章, 税务总局公告 2011 年第 7 号).
///
/// Texts may be empty. `Debug` shows their lengths only.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EllipseSeal {
    /// Long axis, 10–80 mm; 40 by default.
    pub width_mm: f32,
    /// Short axis, 10–80 mm and not above the long one; 30 by default.
    pub height_mm: f32,
    /// Thickness of the border; 1 by default.
    pub border_mm: f32,
    /// The taxpayer's name around the top, at most 60 characters.
    pub name: String,
    /// The taxpayer's number across the middle, at most 24 ASCII characters.
    pub taxpayer_number: Option<String>,
    /// The line below, at most 20 characters; 发票专用章 by default.
    pub second_line: Option<String>,
    /// The number of one seal among several, such as `(1)`, at most 24 ASCII characters.
    pub serial: Option<String>,
    /// Red by default.
    pub color: Color,
}

impl EllipseSeal {
    /// The prescribed seal of 40 × 30 mm with a border of 1 mm.
    #[must_use]
    pub fn invoice(name: impl Into<String>, taxpayer_number: impl Into<String>) -> Self {
        Self {
            width_mm: 40.0,
            height_mm: 30.0,
            border_mm: 1.0,
            name: name.into(),
            taxpayer_number: Some(taxpayer_number.into()),
            second_line: Some("发票专用章".to_owned()),
            serial: None,
            color: Color::SEAL_RED,
        }
    }

    pub(crate) fn check(&self) -> Result<()> {
        check_size("width_mm", self.width_mm)?;
        check_size("height_mm", self.height_mm)?;
        if self.height_mm > self.width_mm {
            return Err(Error::argument("an elliptic seal is wider than high"));
        }
        check_border(self.border_mm, self.height_mm)?;
        check_text("name", &self.name, MAX_NAME)?;
        check_text(
            "second_line",
            self.second_line.as_deref().unwrap_or_default(),
            MAX_LINE,
        )?;
        check_ascii(
            "taxpayer_number",
            self.taxpayer_number.as_deref().unwrap_or_default(),
        )?;
        check_ascii("serial", self.serial.as_deref().unwrap_or_default())
    }
}

impl fmt::Debug for EllipseSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EllipseSeal")
            .field("width_mm", &self.width_mm)
            .field("height_mm", &self.height_mm)
            .field("border_mm", &self.border_mm)
            .field("name", &Hidden(&self.name))
            .field(
                "taxpayer_number",
                &self.taxpayer_number.as_deref().map(Hidden),
            )
            .field("second_line", &self.second_line.as_deref().map(Hidden))
            .field("serial", &self.serial.as_deref().map(Hidden))
            .field("color", &self.color)
            .finish()
    }
}

/// How the lines of a name seal are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reading {
    /// Columns from right to left, each from top to bottom: the old way, usual on square seals.
    Columns,
    /// Rows from top to bottom, each from left to right.
    Rows,
}

/// A person's name seal, square or rectangular, red characters in a red border (朱文).
///
/// `Debug` shows the number of characters only.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NameSeal {
    /// Width, 5–80 mm.
    pub width_mm: f32,
    /// Height, 5–80 mm.
    pub height_mm: f32,
    /// Thickness of the border, 0.1 mm to a tenth of the shorter side.
    pub border_mm: f32,
    /// The characters, line by line in the order of reading: at most 4 lines and 16 characters.
    pub lines: Vec<String>,
    /// How the lines are read.
    pub reading: Reading,
    /// Red by default.
    pub color: Color,
}

impl NameSeal {
    /// A square seal of `side_mm` whose characters stand in columns from the right; an uneven
    /// number leaves the first column, where the surname stands, with fewer and taller ones.
    #[must_use]
    pub fn square(text: &str, side_mm: f32) -> Self {
        Self {
            width_mm: side_mm,
            height_mm: side_mm,
            border_mm: side_mm * 0.05,
            lines: columns(text),
            reading: Reading::Columns,
            color: Color::SEAL_RED,
        }
    }

    /// A seal of one line: a row if it is wider than high, else a column.
    #[must_use]
    pub fn rectangle(text: &str, width_mm: f32, height_mm: f32) -> Self {
        Self {
            width_mm,
            height_mm,
            border_mm: width_mm.min(height_mm) * 0.06,
            lines: vec![text.to_owned()],
            reading: if width_mm > height_mm {
                Reading::Rows
            } else {
                Reading::Columns
            },
            color: Color::SEAL_RED,
        }
    }

    pub(crate) fn check(&self) -> Result<()> {
        within("width_mm", self.width_mm, MIN_NAME_SEAL_MM, MAX_SIZE_MM)?;
        within("height_mm", self.height_mm, MIN_NAME_SEAL_MM, MAX_SIZE_MM)?;
        check_border(self.border_mm, self.width_mm.min(self.height_mm))?;
        if self.lines.len() > MAX_NAME_SEAL_LINES {
            return Err(too_long("lines", MAX_NAME_SEAL_LINES));
        }
        let mut characters = 0;
        for line in &self.lines {
            check_text("lines", line, MAX_NAME_SEAL)?;
            characters += line.chars().count();
        }
        if characters > MAX_NAME_SEAL {
            return Err(too_long("lines", MAX_NAME_SEAL));
        }
        Ok(())
    }
}

impl fmt::Debug for NameSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<_> = self.lines.iter().map(|line| Hidden(line)).collect();
        f.debug_struct("NameSeal")
            .field("width_mm", &self.width_mm)
            .field("height_mm", &self.height_mm)
            .field("border_mm", &self.border_mm)
            .field("lines", &lines)
            .field("reading", &self.reading)
            .field("color", &self.color)
            .finish()
    }
}

/// Splits a text into about as many columns as each has characters, the first ones shorter. Two
/// characters stand side by side: tall ones look better than flat ones.
fn columns(text: &str) -> Vec<String> {
    let mut rest = text.chars();
    let mut left = text.chars().count();
    let least = if left == 2 { 2 } else { 1 };
    let count = (least..=MAX_NAME_SEAL_LINES)
        .find(|n| n * (n + 1) >= left)
        .unwrap_or(MAX_NAME_SEAL_LINES);
    let mut lines = Vec::new();
    for remaining in (1..=count).rev() {
        let length = left / remaining;
        lines.push(rest.by_ref().take(length).collect());
        left -= length;
    }
    lines
}

/// Text kept out of `Debug`: names and codes can be a person's.
struct Hidden<'a>(&'a str);

impl fmt::Debug for Hidden<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({} characters)", self.0.chars().count())
    }
}

/// The State Council's seal measures 60 mm; nothing official is larger, and the pixels of a
/// picture grow with the square.
const MAX_SIZE_MM: f32 = 80.0;
const MIN_SIZE_MM: f32 = 10.0;
/// The greatest seal of a body that is no government (国发〔1999〕25号).
const MAX_INSTITUTION_MM: f32 = 45.0;
const MIN_NAME_SEAL_MM: f32 = 5.0;
const MIN_BORDER_MM: f32 = 0.1;
/// A thicker border leaves no room for text.
const MAX_BORDER_SHARE: f32 = 0.1;
const MIN_STAR_MM: f32 = 2.0;
/// A wider star leaves no room for the name.
const MAX_STAR_SHARE: f32 = 0.6;
/// More characters cannot be read on a seal of any official size.
const MAX_NAME: usize = 60;
const MAX_LINE: usize = 20;
/// A police seal code has 13 digits, a taxpayer number at most 20 characters.
const MAX_CODE: usize = 24;
/// A character of a name below this size, mm, cannot be read.
pub(crate) const MIN_CHARACTER_MM: f32 = 1.5;
const MAX_NAME_SEAL: usize = 16;
const MAX_NAME_SEAL_LINES: usize = 4;

fn check_size(field: &'static str, value: f32) -> Result<()> {
    within(field, value, MIN_SIZE_MM, MAX_SIZE_MM)
}

fn check_border(border: f32, size: f32) -> Result<()> {
    within("border_mm", border, MIN_BORDER_MM, size * MAX_BORDER_SHARE)
}

fn within(field: &'static str, value: f32, least: f32, greatest: f32) -> Result<()> {
    // Written so that NaN is refused.
    if value >= least && value <= greatest {
        return Ok(());
    }
    Err(Error::argument("a size of the seal is outside its bounds")
        .with("field", field)
        .with("value", value)
        .with("least", least)
        .with("greatest", greatest))
}

fn check_text(field: &'static str, text: &str, limit: usize) -> Result<()> {
    if text.chars().count() > limit {
        return Err(too_long(field, limit));
    }
    if text.chars().any(char::is_control) || text.trim() != text {
        return Err(
            Error::argument("a text has control characters or blanks at its ends")
                .with("field", field),
        );
    }
    Ok(())
}

fn check_ascii(field: &'static str, text: &str) -> Result<()> {
    check_text(field, text, MAX_CODE)?;
    if text.chars().all(|c| c.is_ascii_graphic()) {
        return Ok(());
    }
    Err(Error::argument("a code takes visible ASCII characters only").with("field", field))
}

fn too_long(field: &'static str, limit: usize) -> Error {
    Error::argument("a text of the seal is too long")
        .with("field", field)
        .with("limit", limit)
}

pub(crate) fn does_not_fit(field: &'static str) -> Error {
    Error::new(ErrorKind::DoesNotFit, "a text does not fit on the seal").with("field", field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_seal_spreads_its_characters() {
        let split = |text: &str| columns(text).join("|");
        assert_eq!(split("张"), "张");
        assert_eq!(split("张三"), "张|三");
        assert_eq!(split("张三印"), "张|三印");
        assert_eq!(split("张三之印"), "张三|之印");
        assert_eq!(split("欧阳三之印"), "欧阳|三之印");
        assert_eq!(split("一二三四五六"), "一二三|四五六");
        assert_eq!(split("一二三四五六七八九"), "一二三|四五六|七八九");
    }

    #[test]
    fn official_seals_have_the_size_and_centre_of_their_office() {
        let offices = [
            (Office::StateCouncil, 60.0, true),
            (Office::Province, 50.0, true),
            (Office::NationalBureau, 45.0, true),
            (Office::County, 45.0, true),
            (Office::PrefecturalOffice, 45.0, false),
            (Office::Township, 42.0, true),
            (Office::Institution, 42.0, false),
        ];
        for (office, diameter, emblem) in offices {
            let seal = RoundSeal::official(office, "某某");
            seal.check().unwrap();
            assert!((seal.diameter_mm - diameter).abs() < 1e-6 && office.allows(diameter));
            assert_eq!(matches!(seal.centre, Centre::Emblem { .. }), emblem);
            assert!(!office.allows(diameter + 4.0));
        }
        assert!(Office::Institution.allows(40.0) && !Office::County.allows(42.0));
    }

    #[test]
    fn sizes_outside_their_bounds_are_refused() {
        for change in [
            (|seal: &mut RoundSeal| seal.diameter_mm = 9.9) as fn(&mut RoundSeal),
            |seal| seal.diameter_mm = 80.1,
            |seal| seal.diameter_mm = f32::NAN,
            |seal| seal.border_mm = 0.0,
            |seal| seal.border_mm = 5.0,
            |seal| seal.centre = Centre::Star { diameter_mm: 30.0 },
            |seal| {
                seal.centre = Centre::Star {
                    diameter_mm: f32::INFINITY,
                }
            },
            |seal| seal.centre = Centre::Emblem { diameter_mm: 1.0 },
            |seal| seal.name = "某".repeat(61),
            |seal| seal.name = "某\n某".to_owned(),
            |seal| seal.name = " 某某".to_owned(),
            |seal| seal.second_line = Some("章".repeat(21)),
            |seal| seal.code = Some("１２".to_owned()),
            |seal| seal.code = Some("1".repeat(25)),
        ] {
            let mut seal = RoundSeal::new("");
            assert!(seal.check().is_ok());
            change(&mut seal);
            assert_eq!(
                seal.check().unwrap_err().kind(),
                ErrorKind::InvalidArgument,
                "{seal:?}"
            );
        }
        assert!(NameSeal::square("张三之印", 4.0).check().is_err());
        assert!(NameSeal::square(&"印".repeat(17), 20.0).check().is_err());
        assert!(NameSeal::square(&"印".repeat(16), 20.0).check().is_ok());
        let mut upright = EllipseSeal::invoice("", "");
        upright.height_mm = 45.0;
        assert!(upright.check().is_err());
    }

    #[test]
    fn debug_shows_no_names_or_numbers() {
        let mut round = RoundSeal::new("张三商店");
        round.code = Some("3701020000001".to_owned());
        let ellipse = EllipseSeal::invoice("张三商店", "91350100M000100Y43");
        let name = NameSeal::square("张三之印", 20.0);
        let text = format!(
            "{:?} {:?} {:?}",
            SealDesign::Round(round),
            SealDesign::Ellipse(ellipse),
            SealDesign::Name(name)
        );
        assert!(text.contains("(4 characters)"));
        assert!(!text.contains('张') && !text.contains("3701") && !text.contains("9135"));
    }
}

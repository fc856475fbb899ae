//! Whether a seal's picture keeps to the rules: what it really is, its size in millimetres against
//! its own, resolution, ground and colour (GB/T 33481, 国发〔1999〕25号, GB/T 38540-2020 6.1).
//!
//! A lint judges no seal: a seal with a poor picture is as good as its signature. It tells those who
//! make or accept seals what a reader will see. What it cannot tell is `None` and no fault.

mod fault;
mod ofd;
mod raster;
mod svg;
#[cfg(test)]
mod tests;

pub use fault::PictureFault;

use super::picture::Color;
use super::{PictureFormat, Seal, SealPicture};

/// What a seal's picture is, and which rules it breaks.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PictureLint {
    /// What kind of file it is by its bytes; `None` when of no known kind.
    pub format: Option<PictureFormat>,
    /// Width and height in pixels; `None` for outlines and what cannot be read.
    pub pixels: Option<(u32, u32)>,
    /// The size the file itself states, mm.
    pub stated_mm: Option<(f64, f64)>,
    /// The lower of its two resolutions at the seal's size, dots per inch.
    pub dpi: Option<u32>,
    /// Whether some of the ground is transparent.
    pub transparent: Option<bool>,
    /// The average colour of the ink. Of GIF, BMP, JPEG and OFD it is not read.
    pub ink: Option<Color>,
    /// The rules it breaks, in the order they were looked at.
    pub faults: Vec<PictureFault>,
}

/// What a reader of one format finds out.
#[derive(Debug, Default)]
struct Look {
    pixels: Option<(u32, u32)>,
    stated_mm: Option<(f64, f64)>,
    /// Width by height, where there are neither pixels nor millimetres.
    aspect: Option<f64>,
    transparent: Option<bool>,
    ink: Option<Ink>,
    faults: Vec<PictureFault>,
}

/// What of a picture is coloured.
#[derive(Debug)]
struct Ink {
    color: Color,
    /// The share of it that is red.
    red: f64,
    /// The part of width and height between its outermost points.
    extent: (f64, f64),
}

/// GB/T 33481 asks for it.
const MIN_DPI: f64 = 300.0;
/// A whole number of pixels is seldom the exact size: at 300 dpi a pixel of 40 mm is 0.2 %.
const DPI_SLACK: f64 = 0.995;
/// Differences of proportion below this nobody sees.
const MAX_DISTORTION: f64 = 0.02;
/// Differences of stated sizes below this come from rounding to whole millimetres.
const MAX_SIZE_DIFFERENCE: f64 = 0.05;
/// A margin wider than this makes the impression smaller than the seal says.
const MIN_EXTENT: f64 = 0.92;
/// A seal is red but for the shades at its edges.
const MIN_RED: f64 = 0.9;
const MM_PER_INCH: f64 = 25.4;

impl PictureLint {
    /// Looks at a picture: its bytes, the type it is declared as, if it is, and the size at which it
    /// is shown, mm.
    #[must_use]
    pub fn of(data: &[u8], declared: Option<&str>, (width_mm, height_mm): (u32, u32)) -> Self {
        let Some(format) = PictureFormat::detect(data) else {
            return Self {
                faults: vec![PictureFault::UnknownFormat],
                ..Self::default()
            };
        };
        let mut faults = Vec::new();
        if declared.is_some_and(|declared| !format.fits(declared)) {
            faults.push(PictureFault::TypeDiffers);
        }
        let mut lint = Self {
            format: Some(format),
            faults,
            ..Self::default()
        };
        let look = match format {
            PictureFormat::Png => raster::png(data),
            PictureFormat::Gif => raster::gif(data),
            PictureFormat::Bmp => raster::bmp(data),
            PictureFormat::Jpeg => raster::jpeg(data),
            PictureFormat::Svg => svg::look(data),
            PictureFormat::Ofd => ofd::look(data),
        };
        match look {
            Some(look) => lint.judge(look, (f64::from(width_mm), f64::from(height_mm))),
            None => lint.faults.push(PictureFault::Unreadable),
        }
        lint
    }

    fn judge(&mut self, look: Look, size_mm: (f64, f64)) {
        self.judge_size(&look, size_mm);
        if look.transparent == Some(false) {
            self.faults.push(PictureFault::Opaque);
        }
        if let Some(ink) = &look.ink {
            self.judge_ink(ink);
        }
        self.faults.extend(look.faults);
        self.pixels = look.pixels;
        self.stated_mm = look.stated_mm;
        self.transparent = look.transparent;
        self.ink = look.ink.map(|ink| ink.color);
    }

    fn judge_size(&mut self, look: &Look, (width_mm, height_mm): (f64, f64)) {
        let own = look
            .pixels
            .map(|(width, height)| f64::from(width) / f64::from(height))
            .or(look.stated_mm.map(|(width, height)| width / height))
            .or(look.aspect);
        let difference = own.map(|own| (own * height_mm / width_mm - 1.0).abs());
        if difference.is_some_and(|difference| difference > MAX_DISTORTION) {
            self.faults.push(PictureFault::Distorted);
        }
        if let Some((width, height)) = look.pixels {
            let dpi = |pixels: u32, mm: f64| f64::from(pixels) * MM_PER_INCH / mm;
            let dpi = dpi(width, width_mm).min(dpi(height, height_mm));
            self.dpi = whole(dpi);
            if dpi < MIN_DPI * DPI_SLACK {
                self.faults.push(PictureFault::LowResolution);
            }
        }
        let far = |stated: f64, mm: f64| (stated / mm - 1.0).abs() > MAX_SIZE_DIFFERENCE;
        if let Some((width, height)) = look.stated_mm
            && (far(width, width_mm) || far(height, height_mm))
        {
            self.faults.push(PictureFault::StatedSizeDiffers);
        }
    }

    fn judge_ink(&mut self, ink: &Ink) {
        if ink.red < MIN_RED {
            self.faults.push(PictureFault::NotRed);
        }
        if ink.extent.0 < MIN_EXTENT || ink.extent.1 < MIN_EXTENT {
            self.faults.push(PictureFault::Margin);
        }
    }
}

impl SealPicture {
    /// Looks whether the picture keeps to the rules.
    #[must_use]
    pub fn lint(&self) -> PictureLint {
        PictureLint::of(&self.data, None, (self.width_mm, self.height_mm))
    }
}

impl Seal {
    /// Looks whether the seal's picture keeps to the rules.
    #[must_use]
    pub fn lint_picture(&self) -> PictureLint {
        let picture = self.picture();
        let size = (picture.width_mm, picture.height_mm);
        PictureLint::of(&picture.data, Some(&picture.kind), size)
    }
}

/// Whether a colour is a seal's red, light or dark.
fn is_red(red: u8, green: u8, blue: u8) -> bool {
    let strongest_other = u16::from(green.max(blue));
    red >= 110 && u16::from(red) * 5 >= strongest_other * 9
}

/// Rounded; `None` beyond what anybody prints at.
fn whole(value: f64) -> Option<u32> {
    const MOST: f64 = 1e6;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "bounded just before"
    )]
    (0.0..=MOST)
        .contains(&value)
        .then_some(value.round() as u32)
}

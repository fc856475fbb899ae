//! Rasterising a drawing into a PNG that knows its resolution.

use png::{
    BitDepth, ColorType, Compression, Encoder, EncodingError, Filter, PixelDimensions, Unit,
};
use tiny_skia::{FillRule, IntSize, Paint, Pixmap, Size, Transform};

use super::design::Color;
use super::drawing::Drawing;
use crate::error::{Error, ErrorKind, Result};

/// The least resolution of a seal's picture (GB/T 33481 asks for 300 dpi).
pub const MIN_DPI: u32 = 300;

/// The greatest: 80 mm at 1200 dpi are 57 MB of pixels while drawing.
pub const MAX_DPI: u32 = 1200;

/// Sharp on paper at common printers' own resolution.
pub const DEFAULT_DPI: u32 = 600;

const MM_PER_INCH: f32 = 25.4;

pub(crate) fn encode(drawing: &Drawing, dpi: u32) -> Result<Vec<u8>> {
    if !(MIN_DPI..=MAX_DPI).contains(&dpi) {
        return Err(Error::argument("the resolution is outside its bounds")
            .with("dpi", dpi)
            .with("least", MIN_DPI)
            .with("greatest", MAX_DPI));
    }
    let pixmap = rasterise(drawing, dpi)?;
    indexed(&pixmap, drawing.color(), dpi).map_err(|error| {
        Error::new(ErrorKind::Internal, "the picture cannot be encoded").with("reason", error)
    })
}

/// One colour in 256 strengths: a palette takes a quarter of the bytes, and the colour at the
/// edges stays exact.
fn indexed(
    pixmap: &Pixmap,
    Color { red, green, blue }: Color,
    dpi: u32,
) -> std::result::Result<Vec<u8>, EncodingError> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, pixmap.width(), pixmap.height());
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette([red, green, blue].repeat(256));
    encoder.set_trns((0..=u8::MAX).collect::<Vec<_>>());
    encoder.set_compression(Compression::High);
    encoder.set_filter(Filter::NoFilter);
    // Rounded: an inch is 0.0254 m.
    let per_metre = (dpi * 10_000 + 127) / 254;
    encoder.set_pixel_dims(Some(PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: Unit::Meter,
    }));
    let strengths: Vec<u8> = pixmap.pixels().iter().map(|pixel| pixel.alpha()).collect();
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&strengths)?;
    writer.finish()?;
    Ok(out)
}

fn rasterise(drawing: &Drawing, dpi: u32) -> Result<Pixmap> {
    let (width, height) = drawing.size_mm();
    let size = pixels(width, height, dpi).ok_or_else(|| internal("the picture has no size"))?;
    let mut pixmap = Pixmap::new(size.width(), size.height())
        .ok_or_else(|| internal("the picture has no size"))?;
    // Whole pixels seldom make up the exact size; the outlines fill them to the edge.
    let scale = Transform::from_scale(size.width() as f32 / width, size.height() as f32 / height);
    let color = drawing.color();
    let mut paint = Paint::default();
    paint.set_color_rgba8(color.red, color.green, color.blue, 255);
    for path in drawing.paths() {
        let outline = path.to_skia().ok_or_else(|| {
            Error::malformed("the font draws a character with an impossible outline")
        })?;
        pixmap.fill_path(&outline, &paint, FillRule::Winding, scale, None);
    }
    Ok(pixmap)
}

fn pixels(width_mm: f32, height_mm: f32, dpi: u32) -> Option<IntSize> {
    // `dpi` is at most 1200, which f32 holds exactly.
    let count = |mm: f32| (mm * dpi as f32 / MM_PER_INCH).round();
    Size::from_wh(count(width_mm), count(height_mm)).map(|size| size.to_int_size())
}

fn internal(message: &'static str) -> Error {
    Error::new(ErrorKind::Internal, message)
}

#[cfg(test)]
mod tests {
    use super::super::RoundSeal;
    use super::super::round::frame;
    use super::*;

    fn blank() -> Drawing {
        frame(&RoundSeal::new("")).unwrap()
    }

    #[test]
    fn the_resolution_is_written_and_bounded() {
        let png = blank().to_png(DEFAULT_DPI).unwrap();
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(png[16..20], 992_u32.to_be_bytes(), "42 mm at 600 dpi");
        assert_eq!(&png[33..41], b"\0\0\0\x09pHYs");
        assert_eq!(png[41..45], 23_622_u32.to_be_bytes());
        assert_eq!(png[45..50], [0, 0, 0x5C, 0x46, 1]);
        for dpi in [0, 299, 1201, u32::MAX] {
            assert_eq!(
                blank().to_png(dpi).unwrap_err().kind(),
                ErrorKind::InvalidArgument
            );
        }
    }

    #[test]
    fn the_png_decodes_to_a_round_red_seal_with_a_star() {
        let png = blank().to_png(300).unwrap();
        // The decoder checks every chunk's checksum, the added one included.
        let picture = Pixmap::decode_png(&png).unwrap();
        let (width, height) = (picture.width(), picture.height());
        assert_eq!((width, height), (496, 496));
        let alpha = |x: f32, y: f32| pixel(&picture, x, y).alpha();
        for (x, y) in [(0.1, 0.1), (41.9, 0.1), (0.1, 41.9), (41.9, 41.9)] {
            assert_eq!(alpha(x, y), 0, "the corners are transparent");
        }
        for degrees in (0..360).step_by(5) {
            let (sin, cos) = (degrees as f32).to_radians().sin_cos();
            let at = |radius: f32| pixel(&picture, 21.0 + radius * sin, 21.0 + radius * cos);
            let ring = at(20.4).demultiply();
            assert_eq!(
                (ring.red(), ring.green(), ring.blue(), ring.alpha()),
                (230, 0, 18, 255)
            );
            assert_eq!(
                at(19.6).alpha(),
                0,
                "inside the border at {degrees} degrees"
            );
            assert_eq!(at(8.0).alpha(), 0, "outside the star at {degrees} degrees");
            assert_eq!(at(2.0).alpha(), 255, "inside the star at {degrees} degrees");
        }
        assert!(alpha(21.0, 14.6) > 200, "a tip points upwards");
        assert_eq!(alpha(21.0, 27.4), 0, "and none downwards");
    }

    #[test]
    fn the_same_design_gives_the_same_bytes() {
        assert_eq!(blank().to_png(300).unwrap(), blank().to_png(300).unwrap());
        assert_eq!(blank().to_svg(), blank().to_svg());
    }

    fn pixel(picture: &Pixmap, x_mm: f32, y_mm: f32) -> tiny_skia::PremultipliedColorU8 {
        let place = pixels(x_mm, y_mm, 300).unwrap();
        picture.pixel(place.width(), place.height()).unwrap()
    }
}

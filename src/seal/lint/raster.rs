//! Pictures of pixels: PNG in full, of the others what their headers say.

use std::io::Cursor;

use png::{ColorType, Decoder, Limits, Transformations, Unit};

use super::{Ink, Look, MM_PER_INCH, PictureFault, is_red};
use crate::seal::picture::Color;

/// 80 mm at 1200 dpi: no seal is larger, and a small file must not ask for more memory.
const MAX_PIXELS: u64 = 16 << 20;

/// Alpha below which a pixel shows nothing, and above which it is ink.
const FAINT: u8 = 24;
const STRONG: u8 = 128;
/// Every channel above this is paper, in a picture without transparency.
const PAPER: u8 = 225;

pub(super) fn png(data: &[u8]) -> Option<Look> {
    let limits = Limits {
        bytes: usize::try_from(MAX_PIXELS * 8).ok()?,
    };
    let mut decoder = Decoder::new_with_limits(Cursor::new(data), limits);
    decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
    let mut reader = decoder.read_info().ok()?;
    let info = reader.info();
    let pixels = checked(info.width, info.height)?;
    let stated_mm = info
        .pixel_dims
        .filter(|stated| matches!(stated.unit, Unit::Meter))
        .and_then(|stated| stated_mm(pixels, (stated.xppu.into(), stated.yppu.into()), 1000.0));
    let mut buffer = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut buffer).ok()?;
    let bytes = buffer.get(..frame.buffer_size())?;
    let rgba: Vec<[u8; 4]> = match frame.color_type {
        ColorType::Rgba => bytes.as_chunks::<4>().0.to_vec(),
        ColorType::GrayscaleAlpha => bytes
            .as_chunks::<2>()
            .0
            .iter()
            .map(|[grey, alpha]| [*grey, *grey, *grey, *alpha])
            .collect(),
        _ => return None,
    };
    let (transparent, ink) = ink(pixels, &rgba);
    Some(Look {
        pixels: Some(pixels),
        stated_mm,
        transparent: Some(transparent),
        faults: if ink.is_none() {
            vec![PictureFault::Blank]
        } else {
            Vec::new()
        },
        ink,
        ..Look::default()
    })
}

/// Whether something is transparent, and what the ink is; `None` when there is none.
fn ink((width, _): (u32, u32), rgba: &[[u8; 4]]) -> (bool, Option<Ink>) {
    let transparent = rgba.iter().any(|[.., alpha]| *alpha < FAINT);
    let row = usize::try_from(width).unwrap_or(usize::MAX).max(1);
    let (mut count, mut red_count, mut sum) = (0_u64, 0_u64, [0_u64; 3]);
    let (mut low, mut high) = ((usize::MAX, usize::MAX), (0, 0));
    for (y, line) in rgba.chunks(row).enumerate() {
        for (x, [red, green, blue, alpha]) in line.iter().enumerate() {
            if *alpha < STRONG || (!transparent && *red.min(green).min(blue) > PAPER) {
                continue;
            }
            low = (low.0.min(x), low.1.min(y));
            high = (high.0.max(x), high.1.max(y));
            count += 1;
            red_count += u64::from(is_red(*red, *green, *blue));
            for (sum, value) in sum.iter_mut().zip([red, green, blue]) {
                *sum += u64::from(*value);
            }
        }
    }
    if count == 0 {
        return (transparent, None);
    }
    let mean = |sum: u64| u8::try_from(sum / count).unwrap_or(u8::MAX);
    let [red, green, blue] = sum.map(mean);
    let share = |low: usize, high: usize, whole: usize| (high - low + 1) as f64 / whole as f64;
    let rows = rgba.len().div_ceil(row);
    let ink = Ink {
        color: Color { red, green, blue },
        red: red_count as f64 / count as f64,
        extent: (share(low.0, high.0, row), share(low.1, high.1, rows)),
    };
    (transparent, Some(ink))
}

/// The logical screen; a graphic control extension tells of a transparent colour.
pub(super) fn gif(data: &[u8]) -> Option<Look> {
    let pixels = checked(u16_le(data, 6)?.into(), u16_le(data, 8)?.into())?;
    let transparent = data
        .windows(4)
        .any(|window| matches!(window, [0x21, 0xf9, 4, flags] if flags & 1 == 1));
    Some(Look {
        pixels: Some(pixels),
        transparent: Some(transparent),
        ..Look::default()
    })
}

/// Core and info headers. Alpha in a BMP is written by few and read by fewer: it counts as none.
pub(super) fn bmp(data: &[u8]) -> Option<Look> {
    let header = u32_le(data, 14)?;
    if header == 12 {
        let pixels = checked(u16_le(data, 18)?.into(), u16_le(data, 20)?.into())?;
        return Some(opaque(pixels, None));
    }
    // A negative height means rows from the top.
    let side = |at| Some(u32_le(data, at)?.cast_signed().unsigned_abs());
    let pixels = checked(side(18)?, side(22)?)?;
    let per_metre = (u32_le(data, 38)?.into(), u32_le(data, 42)?.into());
    Some(opaque(pixels, stated_mm(pixels, per_metre, 1000.0)))
}

/// The frame header, and the density of JFIF.
pub(super) fn jpeg(data: &[u8]) -> Option<Look> {
    let (mut at, mut density) = (2, None);
    loop {
        let marker = match data.get(at..at + 2)? {
            [0xff, 0xff] => {
                at += 1;
                continue;
            }
            [0xff, marker] => *marker,
            _ => return None,
        };
        let length = usize::from(u16_be(data, at + 2)?);
        let segment = data.get(at + 4..at + 2 + length)?;
        match marker {
            // Frames of every coding; the numbers between are tables.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let pixels = checked(u16_be(segment, 3)?.into(), u16_be(segment, 1)?.into())?;
                let stated = density.and_then(|(x, y, unit)| stated_mm(pixels, (x, y), unit));
                return Some(opaque(pixels, stated));
            }
            0xe0 if segment.starts_with(b"JFIF\0") => density = jfif_density(segment),
            _ => {}
        }
        at += 2 + length;
    }
}

/// Pixels per unit across and down, and the unit in millimetres.
fn jfif_density(segment: &[u8]) -> Option<(f64, f64, f64)> {
    let unit = match segment.get(7)? {
        1 => MM_PER_INCH,
        2 => 10.0,
        _ => return None,
    };
    Some((
        u16_be(segment, 8)?.into(),
        u16_be(segment, 10)?.into(),
        unit,
    ))
}

fn opaque(pixels: (u32, u32), stated_mm: Option<(f64, f64)>) -> Look {
    Look {
        pixels: Some(pixels),
        stated_mm,
        transparent: Some(false),
        ..Look::default()
    }
}

/// The size of a picture with so many pixels to a unit of so many millimetres; zero states nothing.
fn stated_mm((width, height): (u32, u32), (x, y): (f64, f64), unit: f64) -> Option<(f64, f64)> {
    (x > 0.0 && y > 0.0).then(|| (f64::from(width) * unit / x, f64::from(height) * unit / y))
}

fn checked(width: u32, height: u32) -> Option<(u32, u32)> {
    let count = u64::from(width) * u64::from(height);
    (1..=MAX_PIXELS).contains(&count).then_some((width, height))
}

fn u16_le(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn u16_be(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn u32_le(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

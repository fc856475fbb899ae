//! Lines that fit a width, and the size at which they do.

use std::ops::Range;

use super::design::{Body, TextBox};
use super::wrap::{Glyph, line_width_em, phrases, wrap};

/// Sizes shrink by this factor until the text fits.
const SHRINK: f64 = 0.965;
/// Long labels stand in two lines of this size.
const LONG_LABEL: f64 = 0.74;
/// How much smaller a text may be for its lines to end at punctuation.
const LEAST_FOR_PHRASES: f64 = 0.8;

/// The largest size at which the text fits its box, and its lines there; a little smaller if all
/// lines then end at punctuation.
pub(super) fn centered_lines(
    glyphs: &[Glyph],
    place: &TextBox,
    spacing_em: f64,
) -> Option<(f64, Vec<Range<usize>>)> {
    let fits = |size: f64, lines: &[Range<usize>]| {
        line_count(lines) * size * 1.2 <= place.height + 1e-9
            && widest(glyphs, lines, spacing_em) * size <= place.width + 1e-6
    };
    let mut size = place.size;
    let lines = loop {
        let lines = balanced(glyphs, place.width / size, spacing_em);
        if fits(size, &lines) {
            break lines;
        }
        size = smaller(size, place.min_size)?;
    };
    if lines.len() < 2 {
        return Some((size, lines));
    }
    let floor = (size * LEAST_FOR_PHRASES).max(place.min_size);
    let mut phrase_size = size;
    loop {
        match phrases(glyphs, place.width / phrase_size, spacing_em) {
            Some(lines) if fits(phrase_size, &lines) => return Some((phrase_size, lines)),
            _ => match smaller(phrase_size, floor) {
                Some(next) => phrase_size = next,
                None => return Some((size, lines)),
            },
        }
    }
}

/// As few lines as the width needs, of about equal length.
fn balanced(glyphs: &[Glyph], width_em: f64, spacing_em: f64) -> Vec<Range<usize>> {
    let lines = wrap(glyphs, width_em, spacing_em);
    if lines.len() < 2 {
        return lines;
    }
    let share = line_width_em(glyphs, spacing_em) / line_count(&lines);
    (0_u8..12)
        .map(|step| {
            wrap(
                glyphs,
                (share + f64::from(step) * 0.5).min(width_em),
                spacing_em,
            )
        })
        .find(|narrower| narrower.len() == lines.len())
        .unwrap_or(lines)
}

pub(super) fn widest(glyphs: &[Glyph], lines: &[Range<usize>], spacing_em: f64) -> f64 {
    lines
        .iter()
        .map(|line| line_width_em(glyphs.get(line.clone()).unwrap_or_default(), spacing_em))
        .fold(0.0, f64::max)
}

pub(super) fn line_count(lines: &[Range<usize>]) -> f64 {
    f64::from(u32::try_from(lines.len()).unwrap_or(u32::MAX))
}

/// The size and lines of a label: one line, or two smaller ones if it is long.
pub(super) fn label_lines(label: &[Glyph], body: &Body, size: f64) -> (f64, Vec<Range<usize>>) {
    let width = line_width_em(label, 0.0);
    if width <= body.label_width {
        return (size, std::iter::once(0..label.len()).collect());
    }
    let mut small = size * LONG_LABEL;
    loop {
        let lines = balanced(label, body.label_width * size / small, 0.0);
        let fits = widest(label, &lines, 0.0) * small <= body.label_width * size + 1e-9;
        match smaller(small, size / 4.0) {
            Some(next) if lines.len() > 2 || !fits => small = next,
            _ => return (small, lines),
        }
    }
}

/// The next smaller size, or `None` at the floor.
pub(super) fn smaller(size: f64, floor: f64) -> Option<f64> {
    (size > floor).then(|| (size * SHRINK).max(floor))
}

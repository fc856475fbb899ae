//! The elliptic invoice seal: name around the top, number across, 发票专用章 below.

use super::arc::{ArcStyle, set_arc};
use super::design::{EllipseSeal, MIN_CHARACTER_MM, does_not_fit};
use super::drawing::Drawing;
use super::font::{Fonts, Run};
use super::geometry::Point;
use super::line::{LineStyle, set_line};
use super::path::Path;
use super::text::{SetText, Taken};
use super::track::Side;
use crate::error::Result;

/// The prescribed short axis; the measures below are the announcement's and grow with the seal's.
const PRESCRIBED_HEIGHT: f32 = 30.0;

/// Draws the seal.
pub(crate) fn draw(seal: &EllipseSeal, fonts: &Fonts<'_>) -> Result<Drawing> {
    let mut drawing = frame(seal)?;
    let mut taken = Taken::default();
    let lines = [
        (TAXPAYER_NUMBER, seal.taxpayer_number.as_deref()),
        (SECOND_LINE, seal.second_line.as_deref()),
        (SERIAL, seal.serial.as_deref()),
    ];
    for (rule, text) in lines {
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            continue;
        };
        let run = if rule.digits {
            fonts.digits(text)?
        } else {
            fonts.text(text)?
        };
        let set = set_rule(seal, &run, &rule, &taken)?;
        taken.take_text(&set);
        drawing.push_text(set);
    }
    if !seal.name.is_empty() {
        drawing.push_text(set_name(seal, &fonts.text(&seal.name)?, &taken)?);
    }
    Ok(drawing)
}

/// The border.
pub(crate) fn frame(seal: &EllipseSeal) -> Result<Drawing> {
    seal.check()?;
    let mut drawing = Drawing::new(seal.width_mm, seal.height_mm, seal.color);
    let (a, b) = half_axes(seal);
    drawing.push(Path::elliptic_ring(Point::new(a, b), a, b, seal.border_mm));
    Ok(drawing)
}

fn half_axes(seal: &EllipseSeal) -> (f32, f32) {
    (seal.width_mm / 2.0, seal.height_mm / 2.0)
}

/// A straight line as the announcement prescribes it, mm.
#[derive(Clone, Copy)]
struct LineRule {
    field: &'static str,
    digits: bool,
    /// From the centre line down to the line's middle.
    below: f32,
    height: f32,
    /// Greatest and least length of one character's step.
    steps: (f32, f32),
    /// The line's greatest length.
    length: f32,
}

/// 3.7 mm high, 1.3 mm wide digits: 18 of them take some 26 mm.
const TAXPAYER_NUMBER: LineRule = LineRule {
    field: "taxpayer_number",
    digits: true,
    below: 0.0,
    height: 3.7,
    steps: (1.444, 1.08),
    length: 26.0,
};

/// 4.6 × 3 mm characters, their upper edge 4.2 mm below the centre line.
const SECOND_LINE: LineRule = LineRule {
    field: "second_line",
    digits: false,
    below: 4.2 + 4.6 / 2.0,
    height: 4.6,
    steps: (3.1, 2.0),
    length: 17.0,
};

/// 2.2 × 1.7 mm, its upper edge 10 mm below the centre line.
const SERIAL: LineRule = LineRule {
    field: "serial",
    digits: true,
    below: 10.0 + 2.2 / 2.0,
    height: 2.2,
    steps: (1.7, 1.0),
    length: 9.0,
};

fn set_rule(seal: &EllipseSeal, run: &Run, rule: &LineRule, taken: &Taken) -> Result<SetText> {
    let unit = seal.height_mm / PRESCRIBED_HEIGHT;
    let (a, b) = half_axes(seal);
    // Steps are prescribed, not ems: digits are narrower than their em.
    let per_em = run.glyphs.len() as f32 / run.breadth().max(f32::EPSILON);
    let style = LineStyle {
        middle: Point::new(a, b + rule.below * unit),
        height: rule.height * unit,
        // Never wider than the font has it: brackets and half-width digits would spread.
        widths: (
            (rule.steps.0 * per_em).min(rule.height / run.height()) * unit,
            rule.steps.1 * per_em * unit,
        ),
        gap: 0.0,
        length: rule.length * unit,
    };
    set_line(run, &style)
        .filter(|text| taken.is_clear_of(text, 0.2 * unit))
        .ok_or_else(|| does_not_fit(rule.field))
}

fn set_name(seal: &EllipseSeal, run: &Run, taken: &Taken) -> Result<SetText> {
    let unit = seal.height_mm / PRESCRIBED_HEIGHT;
    let (a, b) = half_axes(seal);
    let style = ArcStyle {
        centre: Point::new(a, b),
        half_axes: (a, b),
        side: Side::Upper,
        inset: seal.border_mm + 0.5 * unit,
        heights: (4.2 * unit, MIN_CHARACTER_MM),
        widths: (0.86, 0.5),
        spans: (name_span(run.glyphs.len()), 20.0),
        gap: 0.08,
        clearance: 0.35 * unit,
    };
    set_arc(run, &style, taken).ok_or_else(|| does_not_fit("name"))
}

/// 210° to 260° as prescribed; fewer than eight characters would stand too far apart.
fn name_span(characters: usize) -> f32 {
    let count = characters as f32;
    if count < 8.0 {
        26.0 * count
    } else {
        (210.0 + (count - 8.0) * 5.0).min(260.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::font::tests::square_run;
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn the_prescribed_measures_are_kept() {
        let seal = EllipseSeal::invoice("", "");
        let taken = Taken::default();
        let number = set_rule(&seal, &square_run(18, 0.7), &TAXPAYER_NUMBER, &taken).unwrap();
        let (first, last) = (number.boxes[0], number.boxes[17]);
        assert!((last[1].x - first[0].x - 26.0).abs() < 0.01);
        assert!((first[0].y - first[3].y - 3.7).abs() < 0.01);
        assert!(
            (first[0].y + first[3].y - 30.0).abs() < 0.01,
            "on the centre line"
        );
        let line = set_rule(&seal, &square_run(5, 0.9), &SECOND_LINE, &taken).unwrap();
        assert!(
            (line.boxes[0][3].y - 19.2).abs() < 0.01 && (line.boxes[0][0].y - 23.8).abs() < 0.01
        );
        for count in [8, 12, 18, 30] {
            assert!((210.0..=260.0).contains(&name_span(count)));
        }
    }

    #[test]
    fn the_name_keeps_off_the_lines_and_inside_the_border() {
        let seal = EllipseSeal::invoice("", "");
        let mut taken = Taken::default();
        for (rule, count) in [(TAXPAYER_NUMBER, 18), (SECOND_LINE, 5)] {
            let run = square_run(count, 0.8);
            taken.take_text(&set_rule(&seal, &run, &rule, &taken).unwrap());
        }
        for count in 1..=36 {
            let name = set_name(&seal, &square_run(count, 0.9), &taken).unwrap();
            assert!(taken.is_clear_of(&name, 0.3), "{count}");
            for corner in name.boxes.iter().flatten() {
                let (x, y) = ((corner.x - 20.0) / 19.0, (corner.y - 15.0) / 14.0);
                assert!(x * x + y * y < 1.0, "{count}: inside the border");
            }
        }
    }

    #[test]
    fn a_number_that_is_too_long_does_not_fit() {
        let seal = EllipseSeal::invoice("", "");
        let run = square_run(25, 0.8);
        let error = set_rule(&seal, &run, &TAXPAYER_NUMBER, &Taken::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::DoesNotFit);
    }
}

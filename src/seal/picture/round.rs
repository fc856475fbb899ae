//! Round seals: border, star, name around the top, further lines below.

use super::arc::{ArcStyle, set_arc};
use super::design::{Centre, MIN_CHARACTER_MM, RoundSeal, does_not_fit};
use super::drawing::Drawing;
use super::font::{Fonts, Run};
use super::geometry::{Point, ring, star};
use super::line::{LineStyle, set_line};
use super::path::Path;
use super::text::{SetText, Taken};
use super::track::Side;
use crate::error::Result;

/// Measures below are given for the usual seal of this diameter and grow with the seal's.
const USUAL_DIAMETER: f32 = 42.0;

/// Draws the seal: what stands fixed first, then the texts that make room for it.
pub(crate) fn draw(seal: &RoundSeal, fonts: &Fonts<'_>) -> Result<Drawing> {
    let mut drawing = frame(seal)?;
    let mut taken = Taken::default();
    if let Some(place) = centre_place(seal) {
        taken.take(&place);
    }
    if let Some(code) = seal.code.as_deref().filter(|code| !code.is_empty()) {
        let text = set_code(seal, &fonts.digits(code)?, &taken)?;
        taken.take_text(&text);
        drawing.push_text(text);
    }
    if let Some(line) = seal.second_line.as_deref().filter(|line| !line.is_empty()) {
        let text = set_second_line(seal, &fonts.text(line)?, &taken)?;
        taken.take_text(&text);
        drawing.push_text(text);
    }
    if !seal.name.is_empty() {
        drawing.push_text(set_name(seal, &fonts.text(&seal.name)?, &taken)?);
    }
    Ok(drawing)
}

/// The border and the star.
pub(crate) fn frame(seal: &RoundSeal) -> Result<Drawing> {
    seal.check()?;
    let radius = seal.diameter_mm / 2.0;
    let mut drawing = Drawing::new(seal.diameter_mm, seal.diameter_mm, seal.color);
    drawing.push(Path::elliptic_ring(
        middle(seal),
        radius,
        radius,
        seal.border_mm,
    ));
    match seal.centre {
        Centre::Star { diameter_mm } => {
            drawing.push(Path::polygon(&star(middle(seal), diameter_mm / 2.0)));
        }
        Centre::Emblem { diameter_mm } => {
            let thickness = PLACEHOLDER_MM * scale(seal);
            drawing.push(Path::dashed_ring(
                middle(seal),
                diameter_mm / 2.0,
                thickness,
            ));
        }
        Centre::Blank => {}
    }
    Ok(drawing)
}

/// Thickness of the circle that stands for an emblem.
const PLACEHOLDER_MM: f32 = 0.25;

/// The convex place that the centre takes: a star's tips, or the emblem's circle.
fn centre_place(seal: &RoundSeal) -> Option<Vec<Point>> {
    match seal.centre {
        Centre::Star { diameter_mm } => {
            let corners = star(middle(seal), diameter_mm / 2.0);
            Some(corners.iter().copied().step_by(2).collect())
        }
        Centre::Emblem { diameter_mm } => Some(ring(middle(seal), diameter_mm / 2.0, 12).collect()),
        Centre::Blank => None,
    }
}

fn middle(seal: &RoundSeal) -> Point {
    Point::new(seal.diameter_mm / 2.0, seal.diameter_mm / 2.0)
}

fn scale(seal: &RoundSeal) -> f32 {
    seal.diameter_mm / USUAL_DIAMETER
}

fn set_name(seal: &RoundSeal, run: &Run, taken: &Taken) -> Result<SetText> {
    let unit = scale(seal);
    let style = ArcStyle {
        centre: middle(seal),
        half_axes: (seal.diameter_mm / 2.0, seal.diameter_mm / 2.0),
        side: Side::Upper,
        inset: seal.border_mm + 1.1 * unit,
        heights: (6.6 * unit, MIN_CHARACTER_MM),
        widths: (0.82, 0.58),
        spans: (name_span(run.glyphs.len()), 60.0),
        gap: 0.1,
        clearance: 0.9 * unit,
    };
    set_arc(run, &style, taken).ok_or_else(|| does_not_fit("name"))
}

/// The angle that a name of so many characters takes by itself: short ones spread over the top,
/// long ones leave a sixth of the circle open at the bottom.
fn name_span(characters: usize) -> f32 {
    const KNOWN: [(f32, f32); 7] = [
        (1.0, 60.0),
        (4.0, 158.0),
        (7.0, 206.0),
        (10.0, 240.0),
        (14.0, 270.0),
        (20.0, 292.0),
        (60.0, 302.0),
    ];
    let count = characters as f32;
    let next = KNOWN.iter().skip(1);
    KNOWN
        .iter()
        .zip(next)
        .find(|(_, (most, _))| count <= *most)
        .map_or(302.0, |((from, low), (to, high))| {
            low + (high - low) * (count - from) / (to - from)
        })
}

/// Below a star or emblem; across the middle of a blank centre, where it may be larger.
fn set_second_line(seal: &RoundSeal, run: &Run, taken: &Taken) -> Result<SetText> {
    let unit = scale(seal);
    let (below, tallest, length) = match seal.centre {
        Centre::Blank => (0.6, 4.9, 21.0),
        Centre::Star { .. } | Centre::Emblem { .. } => (11.0, 4.2, 22.0),
    };
    for step in [1.0, 0.93, 0.86, 0.79, 0.72, 0.65, 0.58, 0.5] {
        let height = tallest * step * unit;
        let style = LineStyle {
            middle: middle(seal).offset(Point::new(0.0, 1.0), below * unit),
            height,
            widths: (height * 0.86, height * 0.66),
            gap: 0.06,
            length: length * unit,
        };
        if let Some(text) = set_line(run, &style)
            && taken.is_clear_of(&text, 0.4 * unit)
        {
            return Ok(text);
        }
    }
    Err(does_not_fit("second_line"))
}

fn set_code(seal: &RoundSeal, run: &Run, taken: &Taken) -> Result<SetText> {
    let unit = scale(seal);
    let style = ArcStyle {
        centre: middle(seal),
        half_axes: (seal.diameter_mm / 2.0, seal.diameter_mm / 2.0),
        side: Side::Lower,
        inset: seal.border_mm + 0.7 * unit,
        heights: (1.5 * unit, 1.0 * unit),
        widths: (1.3, 0.8),
        spans: ((5.6 * run.glyphs.len() as f32).min(110.0), 4.0),
        gap: 0.5,
        clearance: 0.3 * unit,
    };
    set_arc(run, &style, taken).ok_or_else(|| does_not_fit("code"))
}

#[cfg(test)]
mod tests {
    use super::super::font::tests::square_run;
    use super::super::geometry::{apart, rectangle};
    use super::*;

    #[test]
    fn the_span_grows_with_the_name() {
        let spans: Vec<_> = (1..=60).map(name_span).collect();
        assert!(spans.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(spans[9] == 240.0 && spans[59] <= 302.0);
    }

    #[test]
    fn names_up_to_the_limit_fit_every_official_size() {
        for diameter in [38.0, 40.0, 42.0, 45.0, 50.0, 60.0] {
            let mut seal = RoundSeal::new("");
            seal.diameter_mm = diameter;
            for count in 1..=60 {
                let run = square_run(count, 0.9);
                assert!(
                    set_name(&seal, &run, &Taken::default()).is_ok(),
                    "{count} on {diameter}"
                );
            }
        }
    }

    #[test]
    fn name_line_code_and_star_keep_off_each_other() {
        let seal = RoundSeal::new("");
        for count in 1..=40 {
            let mut taken = Taken::default();
            taken.take(&centre_place(&seal).unwrap());
            let code = set_code(&seal, &square_run(13, 0.7), &taken).unwrap();
            taken.take_text(&code);
            let line = set_second_line(&seal, &square_run(5, 0.9), &taken).unwrap();
            taken.take_text(&line);
            let name = set_name(&seal, &square_run(count, 0.9), &taken).unwrap();
            assert!(taken.is_clear_of(&name, 0.8), "{count}");
            let below = rectangle(Point::new(21.0, 34.0), 4.0, 4.0);
            assert!(
                name.boxes.iter().all(|quad| apart(quad, &below, 0.0)),
                "open at the bottom"
            );
        }
    }

    #[test]
    fn the_line_of_a_special_seal_leaves_the_name_its_full_height() {
        let seal = RoundSeal::special("", "合同专用章");
        let mut taken = Taken::default();
        taken.take_text(&set_second_line(&seal, &square_run(5, 0.9), &taken).unwrap());
        let height = |taken: &Taken| {
            let name = set_name(&seal, &square_run(14, 0.9), taken).unwrap();
            name.boxes[0][1].distance(name.boxes[0][2])
        };
        assert!((height(&taken) - height(&Taken::default())).abs() < 1e-3);
    }

    #[test]
    fn a_name_keeps_off_the_emblems_place() {
        use super::super::design::Office;
        let seal = RoundSeal::official(Office::Province, "");
        let mut taken = Taken::default();
        taken.take(&centre_place(&seal).unwrap());
        let name = set_name(&seal, &square_run(7, 0.9), &taken).unwrap();
        assert!(taken.is_clear_of(&name, 0.9));
    }

    #[test]
    fn a_second_line_that_is_too_long_does_not_fit() {
        let seal = RoundSeal::new("");
        let error = set_second_line(&seal, &square_run(20, 0.9), &Taken::default()).unwrap_err();
        assert_eq!(error.kind(), crate::error::ErrorKind::DoesNotFit);
        assert!(set_second_line(&seal, &square_run(12, 0.9), &Taken::default()).is_ok());
    }
}

//! Setting text along a track: choosing height, condensation and span so that it fits.

use super::font::Run;
use super::geometry::{Frame, Point, apart};
use super::text::{SetText, Taken};
use super::track::{Side, Track};

/// How arc text is set; lengths in mm, angles in degrees at the centre.
#[derive(Clone, Debug)]
pub(crate) struct ArcStyle {
    pub(crate) centre: Point,
    /// Half-axes of the seal's outer edge.
    pub(crate) half_axes: (f32, f32),
    pub(crate) side: Side,
    /// From the seal's outer edge to the outer edge of the text.
    pub(crate) inset: f32,
    /// Greatest and least height of a character.
    pub(crate) heights: (f32, f32),
    /// Greatest and least width of an ideograph's cell as a share of its height.
    pub(crate) widths: (f32, f32),
    /// The angle the text would like to take, and the least it can be pressed into.
    pub(crate) spans: (f32, f32),
    /// The least gap between two cells, as a share of a cell's width.
    pub(crate) gap: f32,
    /// The least distance from places taken.
    pub(crate) clearance: f32,
}

/// How much a further attempt shrinks the height, and narrows the span.
const HEIGHT_STEP: f32 = 0.97;
const SPAN_STEP: f32 = 4.0;

/// Attempts at smaller heights before giving up: 0.97^80 is a tenth, below any least height.
const MAX_ATTEMPTS: usize = 80;

/// Sets `run` along the arc, as tall as it fits; `None` if it does not fit at its least height.
pub(crate) fn set_arc(run: &Run, style: &ArcStyle, taken: &Taken) -> Option<SetText> {
    let mut height = style.heights.0;
    for _ in 0..MAX_ATTEMPTS {
        if let Some(text) = set_at_height(run, style, taken, height) {
            return Some(text);
        }
        if height <= style.heights.1 {
            return None;
        }
        height = (height * HEIGHT_STEP).max(style.heights.1);
    }
    None
}

fn set_at_height(run: &Run, style: &ArcStyle, taken: &Taken, height: f32) -> Option<SetText> {
    let track = Track::new(
        style.centre,
        style.half_axes,
        style.inset + height,
        style.side,
    )?;
    let mut span = style.spans.0;
    while span >= style.spans.1 {
        let length = 2.0 * track.length_at(span / 2.0);
        let natural = run.breadth() + run.gaps() * style.gap;
        let width = (length / natural).min(style.widths.0 * height);
        if width < style.widths.1 * height {
            return None;
        }
        let text = place(run, &track, length, width, height);
        if keeps_apart(&text) && taken.is_clear_of(&text, style.clearance) {
            return Some(text);
        }
        span -= SPAN_STEP;
    }
    None
}

/// Places the glyphs with equal gaps over `length` mm of track, `width` mm an em.
fn place(run: &Run, track: &Track, length: f32, width: f32, height: f32) -> SetText {
    let inked = run.breadth() * width;
    let gap = if run.gaps() > 0.0 {
        (length - inked) / run.gaps()
    } else {
        0.0
    };
    let mut pen = -(inked + gap * run.gaps()) / 2.0;
    let mut text = SetText::default();
    for glyph in &run.glyphs {
        let half = glyph.breadth() * width / 2.0;
        let place = track.place(pen + half);
        let foot = if track.is_upper() {
            run.bottom
        } else {
            run.top
        };
        let frame = Frame {
            anchor: place.point,
            right: place.right,
            up: place.up,
            scale_x: width,
            scale_y: height / run.height(),
            origin: Point::new(glyph.middle(), foot),
        };
        text.push(glyph, &frame, run);
        pen += half * 2.0 + gap;
    }
    text
}

/// Whether no character's box overlaps its neighbour's, nor the last one the first.
fn keeps_apart(text: &SetText) -> bool {
    let next = text.boxes.iter().skip(1);
    let neighbours = text
        .boxes
        .iter()
        .zip(next)
        .all(|(one, other)| apart(one, other, 0.0));
    match (text.boxes.first(), text.boxes.last()) {
        (Some(first), Some(last)) if text.boxes.len() > 2 => neighbours && apart(first, last, 0.0),
        _ => neighbours,
    }
}

#[cfg(test)]
mod tests {
    use super::super::font::tests::square_run;
    use super::*;

    fn style(spans: (f32, f32)) -> ArcStyle {
        ArcStyle {
            centre: Point::new(21.0, 21.0),
            half_axes: (21.0, 21.0),
            side: Side::Upper,
            inset: 2.4,
            heights: (6.5, 2.0),
            widths: (0.8, 0.6),
            spans,
            gap: 0.1,
            clearance: 0.5,
        }
    }

    fn middle(quad: &[Point; 4]) -> Point {
        let sum = |pick: fn(&Point) -> f32| quad.iter().map(pick).sum::<f32>() / 4.0;
        Point::new(sum(|point| point.x), sum(|point| point.y))
    }

    #[test]
    fn characters_stand_evenly_and_symmetrically() {
        let text = set_arc(
            &square_run(10, 0.9),
            &style((230.0, 90.0)),
            &Taken::default(),
        )
        .unwrap();
        let middles: Vec<_> = text.boxes.iter().map(middle).collect();
        let steps: Vec<_> = middles
            .windows(2)
            .map(|pair| pair[0].distance(pair[1]))
            .collect();
        assert!(
            steps.iter().all(|step| (step - steps[0]).abs() < 0.01),
            "{steps:?}"
        );
        for (left, right) in middles.iter().zip(middles.iter().rev()) {
            assert!((left.x + right.x - 42.0).abs() < 0.01 && (left.y - right.y).abs() < 0.01);
        }
        assert!(
            middles[0].x < 21.0 && middles[0].y > 21.0,
            "it begins at the lower left"
        );
        assert!(middles[4].y < 10.0, "and runs over the top");
        let foot = text.boxes[0][0].distance(text.boxes[0][1]);
        let head = text.boxes[0][1].distance(text.boxes[0][2]);
        assert!(head > foot, "characters are taller than wide");
    }

    #[test]
    fn no_two_characters_ever_overlap() {
        for count in 1..=60 {
            let text = set_arc(
                &square_run(count, 0.9),
                &style((300.0, 90.0)),
                &Taken::default(),
            )
            .unwrap();
            assert_eq!(text.boxes.len(), count);
            for (index, one) in text.boxes.iter().enumerate() {
                for other in &text.boxes[index + 1..] {
                    assert!(apart(one, other, 0.0), "of {count}, number {index}");
                }
                assert!(
                    one.iter()
                        .all(|corner| corner.distance(Point::new(21.0, 21.0)) < 18.9)
                );
            }
        }
    }

    #[test]
    fn long_text_shrinks_and_at_last_does_not_fit() {
        let height = |count| {
            let text = set_arc(
                &square_run(count, 0.9),
                &style((300.0, 90.0)),
                &Taken::default(),
            )
            .unwrap();
            text.boxes[0][1].distance(text.boxes[0][2])
        };
        assert!((height(8) - 6.5).abs() < 0.01);
        assert!(height(24) < 6.0 && height(40) < height(24));
        assert!(
            set_arc(
                &square_run(120, 0.9),
                &style((300.0, 90.0)),
                &Taken::default()
            )
            .is_none()
        );
    }

    #[test]
    fn text_draws_back_from_a_place_taken() {
        let mut taken = Taken::default();
        taken.take(&super::super::geometry::rectangle(
            Point::new(21.0, 34.0),
            20.0,
            4.0,
        ));
        let free = set_arc(
            &square_run(12, 0.9),
            &style((290.0, 90.0)),
            &Taken::default(),
        )
        .unwrap();
        let pressed = set_arc(&square_run(12, 0.9), &style((290.0, 90.0)), &taken).unwrap();
        assert!(
            !taken.is_clear_of(&free, 0.5),
            "the unpressed text would collide"
        );
        assert!(taken.is_clear_of(&pressed, 0.5));
    }
}

//! The border of interlaced waves and the rosette behind the text.
//!
//! Sines are computed by plain arithmetic and rounded to a micrometre, so that the same design
//! gives the same bytes on every platform.

use super::design::{Frame, Size};
use super::page::{Color, Item, PathStep};

/// Length of half a wave of the border, before it is fitted to the side.
const HALF_WAVE_MM: f64 = 5.2;
/// Strokes of the fine pattern.
const HAIRLINE_MM: f64 = 0.16;
/// Amplitudes of the strands, as parts of half the border's thickness.
const STRANDS: [f64; 6] = [0.56, -0.56, 0.34, -0.34, 0.12, -0.12];

pub(super) fn border(paper: Size, frame: Frame, color: Color) -> Vec<Item> {
    let Frame {
        inset, thickness, ..
    } = frame;
    let mut items = Vec::new();
    for (depth, width) in [(0.0, 0.8), (0.14, 0.2), (0.86, 0.2), (1.0, 0.5)] {
        let at = inset + thickness * depth;
        items.push(Item::Rect {
            x_mm: at,
            y_mm: at,
            width_mm: paper.width - at * 2.0,
            height_mm: paper.height - at * 2.0,
            stroke: Some((width, color)),
            fill: None,
        });
    }
    // A thin line inside all makes the border light towards the text.
    let at = inset + thickness + 1.6;
    items.push(Item::Rect {
        x_mm: at,
        y_mm: at,
        width_mm: paper.width - at * 2.0,
        height_mm: paper.height - at * 2.0,
        stroke: Some((0.2, color)),
        fill: None,
    });
    let (near, middle) = (inset + thickness, inset + thickness / 2.0);
    let (right, bottom) = (paper.width - middle, paper.height - middle);
    let (far_x, far_y) = (paper.width - near, paper.height - near);
    let half = thickness / 2.0;
    for part in STRANDS {
        let height = part * half;
        for y in [middle, bottom] {
            items.push(wave(near, far_x, color, |along, across| {
                (along, y + across * height)
            }));
        }
        for x in [middle, right] {
            items.push(wave(near, far_y, color, |along, across| {
                (x + across * height, along)
            }));
        }
    }
    for x in [middle, right] {
        for y in [middle, bottom] {
            items.extend(corner(x, y, thickness, color));
        }
    }
    items
}

/// The large rosette: concentric wavy rings, each turned against its neighbour.
pub(super) fn rosette(frame: Frame, color: Color) -> Vec<Item> {
    (0_u8..9)
        .map(|ring| {
            let scale = frame.rosette_radius * (1.0 - 0.095 * f64::from(ring));
            let turn = if ring % 2 == 0 { 0.0 } else { 0.5 };
            ring_path(
                (frame.rosette_x, frame.rosette_y),
                scale,
                0.14,
                18,
                turn,
                0.22,
                color,
            )
        })
        .collect()
}

fn corner(x: f64, y: f64, thickness: f64, color: Color) -> Vec<Item> {
    let side = thickness * 0.72;
    let mut items = vec![Item::Rect {
        x_mm: micrometre(x - side / 2.0),
        y_mm: micrometre(y - side / 2.0),
        width_mm: micrometre(side),
        height_mm: micrometre(side),
        stroke: Some((0.2, color)),
        fill: None,
    }];
    for (scale, turn) in [(0.46, 0.0), (0.46, 0.5), (0.26, 0.0)] {
        items.push(ring_path(
            (x, y),
            side * scale,
            0.32,
            8,
            turn,
            HAIRLINE_MM,
            color,
        ));
    }
    items
}

/// A sine from `from` to `to` with a whole number of half waves, each one cubic.
fn wave(from: f64, to: f64, color: Color, place: impl Fn(f64, f64) -> (f64, f64)) -> Item {
    let count = ((to - from) / HALF_WAVE_MM).round().clamp(2.0, 1000.0);
    let length = (to - from) / count;
    let point = |along, across| {
        let (x, y) = place(along, across);
        (micrometre(x), micrometre(y))
    };
    let (x, y) = point(from, 0.0);
    let mut steps = vec![PathStep::Move(x, y)];
    let mut at = 0.0;
    let mut sign = 1.0;
    while at < count {
        let start = from + at * length;
        // Height 4/3 gives the cubic the sine's peak, 0.4244 of the length its slope.
        let across = sign * 4.0 / 3.0;
        steps.push(PathStep::Cubic([
            point(start + length * 0.4244, across),
            point(start + length * 0.5756, across),
            point(start + length, 0.0),
        ]));
        at += 1.0;
        sign = -sign;
    }
    Item::Path {
        steps,
        width_mm: HAIRLINE_MM,
        color,
    }
}

/// A circle whose radius swings by `depth` in `petals` waves, turned by `turn` of a wave.
fn ring_path(
    center: (f64, f64),
    radius: f64,
    depth: f64,
    petals: u16,
    turn: f64,
    width_mm: f64,
    color: Color,
) -> Item {
    const STEPS_PER_PETAL: u16 = 6;
    let count = petals * STEPS_PER_PETAL;
    let petals = f64::from(petals);
    // Position and its derivative by the angle in turns.
    let at = |angle: f64| {
        let (swing, slope) = (cosine(angle * petals + turn), -sine(angle * petals + turn));
        let r = radius * (1.0 - depth + depth * swing);
        let r_slope = radius * depth * slope * petals * std::f64::consts::TAU;
        let (c, s) = (cosine(angle), sine(angle));
        let tau = std::f64::consts::TAU;
        let position = (center.0 + r * c, center.1 + r * s);
        (
            position,
            (r_slope * c - r * s * tau, r_slope * s + r * c * tau),
        )
    };
    let step = 1.0 / f64::from(count);
    let ((x, y), _) = at(0.0);
    let mut steps = vec![PathStep::Move(micrometre(x), micrometre(y))];
    for index in 0..count {
        let start = f64::from(index) * step;
        let ((x0, y0), (dx0, dy0)) = at(start);
        let ((x1, y1), (dx1, dy1)) = at(start + step);
        let third = step / 3.0;
        steps.push(PathStep::Cubic([
            (micrometre(x0 + dx0 * third), micrometre(y0 + dy0 * third)),
            (micrometre(x1 - dx1 * third), micrometre(y1 - dy1 * third)),
            (micrometre(x1), micrometre(y1)),
        ]));
    }
    steps.push(PathStep::Close);
    Item::Path {
        steps,
        width_mm,
        color,
    }
}

/// The sine of an angle in turns, by its series after folding into a quarter turn.
fn sine(turns: f64) -> f64 {
    let turns = turns - turns.round();
    let folded = if turns > 0.25 {
        0.5 - turns
    } else if turns < -0.25 {
        -0.5 - turns
    } else {
        turns
    };
    let x = folded * std::f64::consts::TAU;
    let square = x * x;
    let mut term = x;
    let mut sum = x;
    for n in [2.0, 4.0, 6.0, 8.0, 10.0, 12.0] {
        term *= -square / (n * (n + 1.0));
        sum += term;
    }
    sum
}

fn cosine(turns: f64) -> f64 {
    sine(turns + 0.25)
}

pub(super) fn micrometre(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sines_are_sines() {
        for step in -200..=200 {
            let turns = f64::from(step) / 100.0;
            assert!((sine(turns) - (turns * std::f64::consts::TAU).sin()).abs() < 1e-8);
        }
    }

    #[test]
    fn waves_end_on_their_axis_inside_the_amplitude() {
        let color = Color {
            red: 0,
            green: 0,
            blue: 0,
        };
        let Item::Path { steps, .. } = wave(10.0, 110.0, color, |x, y| (x, 5.0 + y)) else {
            panic!()
        };
        assert_eq!(steps.first(), Some(&PathStep::Move(10.0, 5.0)));
        assert!(matches!(
            steps.last(),
            Some(PathStep::Cubic([_, _, (110.0, 5.0)]))
        ));
    }
}

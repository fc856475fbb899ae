//! The curve that arc text stands on: all points a fixed distance inside an ellipse.

use super::geometry::{Point, sin_cos};

/// Which half of the seal the text runs along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Over the top, clockwise, heads outwards.
    Upper,
    /// Along the bottom, counter-clockwise, heads inwards: upright for the reader too.
    Lower,
}

/// The curve inside an ellipse, measured from its middle (the top or the bottom) to both sides.
///
/// The curve lies at the inner edge of the text, where rotated characters come closest.
#[derive(Clone, Debug)]
pub(crate) struct Track {
    centre: Point,
    a: f32,
    b: f32,
    inset: f32,
    side: Side,
    /// Length from the middle to each of the equal steps of the parameter over a half turn.
    lengths: Vec<f32>,
}

/// A place on a track: the point, the reading direction, and upwards for the glyph.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) point: Point,
    pub(crate) right: Point,
    pub(crate) up: Point,
}

/// Steps of a half turn: chords then fall short of the arc by less than a millionth.
const STEPS: u16 = 720;

impl Track {
    /// The curve `inset` mm inside the ellipse of half-axes `a` and `b`; `None` where the ellipse
    /// bends too sharply for a smooth one.
    pub(crate) fn new(centre: Point, (a, b): (f32, f32), inset: f32, side: Side) -> Option<Self> {
        let sharpest = a.min(b) * a.min(b) / a.max(b);
        if inset >= sharpest * 0.95 {
            return None;
        }
        let mut track = Self {
            centre,
            a,
            b,
            inset,
            side,
            lengths: Vec::new(),
        };
        let (mut length, mut last) = (0.0, track.at_parameter(0.0).point);
        for step in 0..=STEPS {
            let point = track.at_parameter(parameter(f32::from(step))).point;
            length += point.distance(last);
            last = point;
            track.lengths.push(length);
        }
        Some(track)
    }

    pub(crate) fn is_upper(&self) -> bool {
        self.side == Side::Upper
    }

    /// The place `length` mm from the middle; negative is to the left.
    pub(crate) fn place(&self, length: f32) -> Place {
        let distance = length.abs();
        let after = self.lengths.partition_point(|known| *known < distance);
        let known = |step: usize| self.lengths.get(step).copied();
        let step = match (after.checked_sub(1).and_then(known), known(after)) {
            (Some(low), Some(high)) if high > low => {
                (after - 1) as f32 + (distance - low) / (high - low)
            }
            (Some(_), None) => f32::from(STEPS),
            _ => after as f32,
        };
        self.at_parameter(parameter(step) * if length < 0.0 { -1.0 } else { 1.0 })
    }

    /// The length from the middle to where a ray at `degrees` from it (0–180, seen from the
    /// centre) meets the track.
    pub(crate) fn length_at(&self, degrees: f32) -> f32 {
        let (sin, cos) = sin_cos(degrees.to_radians());
        let toward = if self.side == Side::Upper { -1.0 } else { 1.0 };
        let reached = (0..=STEPS).find(|step| {
            let point = self.at_parameter(parameter(f32::from(*step))).point;
            let (x, y) = (point.x - self.centre.x, (point.y - self.centre.y) * toward);
            x * cos - y * sin >= 0.0 && (*step > 0 || degrees <= 0.0)
        });
        self.lengths
            .get(usize::from(reached.unwrap_or(STEPS)))
            .copied()
            .unwrap_or_default()
    }

    fn at_parameter(&self, t: f32) -> Place {
        let (sin, cos) = sin_cos(t);
        let toward = if self.side == Side::Upper { -1.0 } else { 1.0 };
        let normal = Point::new(self.b * sin, toward * self.a * cos);
        let length = normal.length();
        let outward = Point::new(normal.x / length, normal.y / length);
        let point = Point::new(
            self.centre.x + self.a * sin,
            self.centre.y + toward * self.b * cos,
        )
        .offset(outward, -self.inset);
        let (right, up) = match self.side {
            Side::Upper => (Point::new(-outward.y, outward.x), outward),
            Side::Lower => (
                Point::new(outward.y, -outward.x),
                Point::new(-outward.x, -outward.y),
            ),
        };
        Place { point, right, up }
    }
}

fn parameter(step: f32) -> f32 {
    step * std::f32::consts::PI / f32::from(STEPS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CENTRE: Point = Point::new(21.0, 21.0);

    fn close(a: Point, x: f32, y: f32) -> bool {
        a.distance(Point::new(x, y)) < 0.01
    }

    #[test]
    fn a_circle_is_walked_by_its_arc_length() {
        let track = Track::new(CENTRE, (21.0, 21.0), 6.0, Side::Upper).unwrap();
        let quarter = 15.0 * std::f32::consts::FRAC_PI_2;
        assert!((track.length_at(90.0) - quarter).abs() < 0.05);
        assert!((track.length_at(135.0) - 1.5 * quarter).abs() < 0.05);
        assert!((track.length_at(180.0) - 2.0 * quarter).abs() < 0.05);
        let (top, right, left) = (
            track.place(0.0),
            track.place(quarter),
            track.place(-quarter),
        );
        assert!(close(top.point, 21.0, 6.0) && close(top.right, 1.0, 0.0));
        assert!(close(right.point, 36.0, 21.0) && close(right.right, 0.0, 1.0));
        assert!(close(left.point, 6.0, 21.0) && close(left.right, 0.0, -1.0));
        assert!(close(left.up, -1.0, 0.0));
    }

    #[test]
    fn the_lower_side_reads_from_left_to_right_with_heads_inwards() {
        let track = Track::new(CENTRE, (21.0, 21.0), 3.0, Side::Lower).unwrap();
        let middle = track.place(0.0);
        assert!(close(middle.point, 21.0, 39.0));
        assert!(close(middle.right, 1.0, 0.0) && close(middle.up, 0.0, -1.0));
        assert!(track.place(5.0).point.x > 21.0 && track.place(-5.0).point.x < 21.0);
    }

    #[test]
    fn an_ellipse_is_followed_at_an_even_distance() {
        let (a, b) = (20.0, 15.0);
        let track = Track::new(CENTRE, (a, b), 5.7, Side::Upper).unwrap();
        assert!(close(track.place(0.0).point, 21.0, 21.0 - 9.3));
        let side = track.place(track.length_at(90.0));
        assert!(
            close(side.point, 21.0 + 14.3, 21.0)
                || side.point.distance(Point::new(35.3, 21.0)) < 0.1
        );
        let (one, two) = (track.place(10.0).point, track.place(10.5).point);
        assert!(
            (one.distance(two) - 0.5).abs() < 0.01,
            "equal lengths are equal steps"
        );
        let tight = Track::new(CENTRE, (a, b), 11.0, Side::Upper);
        assert!(
            tight.is_none(),
            "inside the ellipse's sharpest bend the curve folds over"
        );
    }
}

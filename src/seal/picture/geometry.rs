//! Points, unit vectors, affine maps and convex shapes, in millimetres with y downwards.

/// A place on the drawing: millimetres from its left and from its top edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Millimetres from the left edge.
    pub x: f32,
    /// Millimetres from the top edge, downwards.
    pub y: f32,
}

impl Point {
    pub(crate) const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    pub(crate) fn offset(self, direction: Point, distance: f32) -> Self {
        Self::new(
            self.x + direction.x * distance,
            self.y + direction.y * distance,
        )
    }

    pub(crate) fn distance(self, other: Point) -> f32 {
        Self::new(self.x - other.x, self.y - other.y).length()
    }

    pub(crate) fn length(self) -> f32 {
        // Not `hypot`, whose rounding differs by platform; a square root is exact everywhere.
        (self.x * self.x + self.y * self.y).sqrt()
    }

    fn dot(self, other: Point) -> f32 {
        self.x * other.x + self.y * other.y
    }
}

/// How a glyph's box stands on the drawing: a right and an upward direction, each with a scale,
/// and the point of the glyph that comes to stand on `anchor`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// Where it stands, mm.
    pub(crate) anchor: Point,
    /// Unit vector that the text runs along.
    pub(crate) right: Point,
    /// Unit vector from the glyph's foot to its head.
    pub(crate) up: Point,
    /// Millimetres per em along `right`.
    pub(crate) scale_x: f32,
    /// Millimetres per em along `up`.
    pub(crate) scale_y: f32,
    /// The point of the glyph, in em with y upwards, that lies on `anchor`.
    pub(crate) origin: Point,
}

impl Frame {
    /// Maps a point in em, y upwards, onto the drawing.
    pub(crate) fn apply(&self, em: Point) -> Point {
        self.anchor
            .offset(self.right, (em.x - self.origin.x) * self.scale_x)
            .offset(self.up, (em.y - self.origin.y) * self.scale_y)
    }
}

/// A convex quadrilateral: the place that one character or line takes.
pub(crate) type Quad = [Point; 4];

/// The axis-parallel rectangle around `centre`.
#[cfg(test)]
pub(crate) fn rectangle(centre: Point, width: f32, height: f32) -> Quad {
    let (w, h) = (width / 2.0, height / 2.0);
    [
        Point::new(centre.x - w, centre.y - h),
        Point::new(centre.x + w, centre.y - h),
        Point::new(centre.x + w, centre.y + h),
        Point::new(centre.x - w, centre.y + h),
    ]
}

/// Whether two convex polygons stay at least `clearance` mm from overlapping: some edge of one
/// has the whole other polygon that far on its outer side.
pub(crate) fn apart(a: &[Point], b: &[Point], clearance: f32) -> bool {
    has_separating_edge(a, b, clearance) || has_separating_edge(b, a, clearance)
}

fn has_separating_edge(a: &[Point], b: &[Point], clearance: f32) -> bool {
    edges(a).any(|(from, to)| {
        let length = from.distance(to);
        if length <= 0.0 {
            return false;
        }
        let normal = Point::new((to.y - from.y) / length, (from.x - to.x) / length);
        let extent = |points: &[Point]| {
            points
                .iter()
                .map(|point| normal.dot(*point))
                .fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), value| {
                    (low.min(value), high.max(value))
                })
        };
        let ((a_low, a_high), (b_low, b_high)) = (extent(a), extent(b));
        b_low >= a_high + clearance || a_low >= b_high + clearance
    })
}

fn edges(polygon: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    polygon
        .iter()
        .copied()
        .zip(polygon.iter().copied().cycle().skip(1))
}

/// The corners of a regular polygon whose sides touch a circle from outside.
pub(crate) fn ring(centre: Point, radius: f32, corners: u8) -> impl Iterator<Item = Point> {
    let turn = std::f32::consts::TAU / f32::from(corners);
    let (_, cos) = sin_cos(turn / 2.0);
    (0..corners).map(move |corner| {
        let (sin, cosine) = sin_cos(turn * f32::from(corner));
        let reach = radius / cos;
        Point::new(centre.x + reach * sin, centre.y - reach * cosine)
    })
}

/// The inner radius of a regular pentagram as a share of its outer one: sin 18° / sin 54°.
const PENTAGRAM_INNER: f32 = 0.381_966;

/// The ten corners of an upright five-pointed star, clockwise from its top tip.
pub(crate) fn star(centre: Point, radius: f32) -> [Point; 10] {
    let mut step = 0.0;
    [(); 10].map(|()| {
        let (sin, cos) = sin_cos(step * std::f32::consts::PI / 5.0);
        let reach = if step % 2.0 == 0.0 {
            radius
        } else {
            radius * PENTAGRAM_INNER
        };
        step += 1.0;
        Point::new(centre.x + sin * reach, centre.y - cos * reach)
    })
}

/// Sine and cosine of an angle in radians.
///
/// The standard library's differ in the last bit between platforms, and drawings are compared as
/// bytes; this series uses only operations that IEEE 754 fixes. Good to some 1e-6 for |angle| ≤ 2π.
pub(crate) fn sin_cos(angle: f32) -> (f32, f32) {
    use std::f32::consts::FRAC_PI_2;
    let quarters = (angle / FRAC_PI_2).round();
    let rest = angle - quarters * FRAC_PI_2;
    let square = rest * rest;
    let sin = rest
        * (1.0
            - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0 * (1.0 - square / 72.0))));
    let cos =
        1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)));
    let turn = quarters.rem_euclid(4.0);
    if turn == 0.0 {
        (sin, cos)
    } else if turn == 1.0 {
        (cos, -sin)
    } else if turn == 2.0 {
        (-sin, -cos)
    } else {
        (-cos, sin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sine_and_cosine_agree_with_the_standard_library() {
        for step in -200..=200 {
            let angle = step as f32 * 0.0314;
            let (sin, cos) = sin_cos(angle);
            assert!((sin - angle.sin()).abs() < 2e-6, "sin {angle}");
            assert!((cos - angle.cos()).abs() < 2e-6, "cos {angle}");
        }
    }

    #[test]
    fn the_star_stands_upright_with_straight_arms() {
        let corners = star(Point::new(21.0, 21.0), 7.0);
        assert_eq!(corners[0], Point::new(21.0, 14.0));
        for (index, corner) in corners.iter().enumerate() {
            let reach = if index % 2 == 0 {
                7.0
            } else {
                7.0 * PENTAGRAM_INNER
            };
            assert!((corner.distance(Point::new(21.0, 21.0)) - reach).abs() < 1e-4);
        }
        // In a true pentagram the upper horizontal line runs through tip, two inner corners, tip.
        for index in [2, 1, 9, 8] {
            assert!(
                (corners[index].y - corners[2].y).abs() < 1e-3,
                "corner {index}"
            );
        }
    }

    #[test]
    fn polygons_are_apart_only_when_they_are() {
        let left = rectangle(Point::new(0.0, 0.0), 2.0, 2.0);
        let touching = rectangle(Point::new(2.0, 0.0), 2.0, 2.0);
        let over = rectangle(Point::new(1.5, 0.5), 2.0, 2.0);
        assert!(apart(&left, &touching, 0.0));
        assert!(!apart(&left, &touching, 0.1));
        assert!(!apart(&left, &over, 0.0));
        let diamond =
            [(2.9, 0.0), (4.9, 2.0), (2.9, 4.0), (0.9, 2.0)].map(|(x, y)| Point::new(x, y));
        assert!(
            apart(&left, &diamond, 0.0),
            "only the slanted edge separates them"
        );
    }
}

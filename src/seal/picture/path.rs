//! Closed outlines, filled by the nonzero rule.

use tiny_skia::{PathBuilder, PathSegment, Stroke};

use super::geometry::{Frame, Point, sin_cos};

/// One step of an outline, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Begins a contour.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A quadratic Bézier curve: control point, end.
    Quad(Point, Point),
    /// A cubic Bézier curve: two control points, end.
    Cubic(Point, Point, Point),
    /// Closes the contour.
    Close,
}

/// A filled outline: one or more closed contours, inside by the nonzero rule.
///
/// Coordinates lie on a grid of 0.001 mm.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    segments: Vec<Segment>,
}

impl Path {
    /// The contours in drawing order, each from `Move` to `Close`.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// A glyph's outline, given in em with y upwards, standing in its frame.
    pub(crate) fn glyph(outline: &[Segment], frame: &Frame) -> Self {
        let map = |point: Point| snap(frame.apply(point));
        let segments = outline
            .iter()
            .map(|segment| match *segment {
                Segment::Move(to) => Segment::Move(map(to)),
                Segment::Line(to) => Segment::Line(map(to)),
                Segment::Quad(control, to) => Segment::Quad(map(control), map(to)),
                Segment::Cubic(first, second, to) => {
                    Segment::Cubic(map(first), map(second), map(to))
                }
                Segment::Close => Segment::Close,
            })
            .collect();
        Self { segments }
    }

    /// The band of `width` mm along the outline's contours, half of it outside: painted over the
    /// outline, it thickens every stroke. `None` where there is nothing to paint.
    ///
    /// A path of its own, for its contours may wind against the outline's.
    pub(crate) fn edge(&self, width: f32) -> Option<Self> {
        /// Joins longer than this, in widths, are cut off: hairline tips would grow spikes.
        const MITER_LIMIT: f32 = 2.0;
        /// Curves are split as finely as for this many units a millimetre.
        const FINENESS: f32 = 40.0;
        if width <= 0.0 {
            return None;
        }
        let stroke = Stroke {
            width,
            miter_limit: MITER_LIMIT,
            ..Stroke::default()
        };
        let band = self.to_skia()?.stroke(&stroke, FINENESS)?;
        let at = |point: tiny_skia::Point| snap(Point::new(point.x, point.y));
        let segments = band
            .segments()
            .map(|segment| match segment {
                PathSegment::MoveTo(to) => Segment::Move(at(to)),
                PathSegment::LineTo(to) => Segment::Line(at(to)),
                PathSegment::QuadTo(control, to) => Segment::Quad(at(control), at(to)),
                PathSegment::CubicTo(first, second, to) => {
                    Segment::Cubic(at(first), at(second), at(to))
                }
                PathSegment::Close => Segment::Close,
            })
            .collect();
        Some(Self { segments })
    }

    /// The same for the rasteriser; `None` if it is empty or not finite.
    pub(crate) fn to_skia(&self) -> Option<tiny_skia::Path> {
        let mut builder = PathBuilder::new();
        for segment in &self.segments {
            match *segment {
                Segment::Move(to) => builder.move_to(to.x, to.y),
                Segment::Line(to) => builder.line_to(to.x, to.y),
                Segment::Quad(control, to) => builder.quad_to(control.x, control.y, to.x, to.y),
                Segment::Cubic(first, second, to) => {
                    builder.cubic_to(first.x, first.y, second.x, second.y, to.x, to.y);
                }
                Segment::Close => builder.close(),
            }
        }
        builder.finish()
    }

    pub(crate) fn polygon(corners: &[Point]) -> Self {
        let mut path = Self::default();
        path.push_polygon(corners.iter().copied());
        path
    }

    /// The band between two concentric ellipses: outer half-axes, and the band's thickness.
    pub(crate) fn elliptic_ring(centre: Point, a: f32, b: f32, thickness: f32) -> Self {
        let mut path = Self::default();
        path.push_ellipse(centre, a, b, 1.0);
        path.push_ellipse(centre, a - thickness, b - thickness, -1.0);
        path
    }

    /// A circle of dashes as long as the gaps between them, inside `radius`.
    pub(crate) fn dashed_ring(centre: Point, radius: f32, thickness: f32) -> Self {
        const DASHES: u8 = 30;
        /// Chords of a dash; each strays from the arc by less than 0.001 of the radius.
        const CHORDS: u8 = 2;
        let turn = std::f32::consts::TAU / f32::from(DASHES);
        let mut path = Self::default();
        for dash in 0..DASHES {
            let at = |radius: f32, step: u8| {
                let share = f32::from(step) / f32::from(CHORDS) / 2.0 - 0.25;
                let (sin, cos) = sin_cos(turn * (f32::from(dash) + share));
                Point::new(centre.x + radius * sin, centre.y - radius * cos)
            };
            let outer = (0..=CHORDS).map(|step| at(radius, step));
            let inner = (0..=CHORDS).rev().map(|step| at(radius - thickness, step));
            path.push_polygon(outer.chain(inner));
        }
        path
    }

    /// The band between two rectangles with one centre.
    pub(crate) fn rectangular_ring(width: f32, height: f32, thickness: f32) -> Self {
        let (right, bottom) = (width - thickness, height - thickness);
        let outer = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
        let inner = [
            (thickness, thickness),
            (thickness, bottom),
            (right, bottom),
            (right, thickness),
        ];
        let mut path = Self::default();
        path.push_polygon(outer.into_iter().map(|(x, y)| Point::new(x, y)));
        path.push_polygon(inner.into_iter().map(|(x, y)| Point::new(x, y)));
        path
    }

    fn push_polygon(&mut self, corners: impl Iterator<Item = Point>) {
        for (index, corner) in corners.enumerate() {
            let corner = snap(corner);
            self.segments.push(if index == 0 {
                Segment::Move(corner)
            } else {
                Segment::Line(corner)
            });
        }
        self.segments.push(Segment::Close);
    }

    /// Eight cubic arcs, true to some 4e-6 of the radius. `turn` 1 runs clockwise, −1 the reverse.
    fn push_ellipse(&mut self, centre: Point, a: f32, b: f32, turn: f32) {
        const STEP: f32 = std::f32::consts::FRAC_PI_4;
        /// 4/3 · tan(π/16): how far the control points lie along the tangent.
        const HANDLE: f32 = 0.265_216_5;
        let at = |sin: f32, cos: f32| snap(Point::new(centre.x + a * sin, centre.y - b * cos));
        self.segments.push(Segment::Move(at(0.0, 1.0)));
        for step in 0_u8..8 {
            let (from_sin, from_cos) = sin_cos(turn * STEP * f32::from(step));
            let (to_sin, to_cos) = sin_cos(turn * STEP * f32::from(step + 1));
            let handle = turn * HANDLE;
            self.segments.push(Segment::Cubic(
                at(from_sin + handle * from_cos, from_cos - handle * from_sin),
                at(to_sin - handle * to_cos, to_cos + handle * to_sin),
                at(to_sin, to_cos),
            ));
        }
        self.segments.push(Segment::Close);
    }
}

/// Onto the grid of 0.001 mm: far below a pixel, and short in SVG.
fn snap(point: Point) -> Point {
    let grid = |value: f32| (value * 1000.0).round() / 1000.0;
    Point::new(grid(point.x), grid(point.y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_round_and_as_thick_as_asked() {
        let centre = Point::new(21.0, 21.0);
        let ring = Path::elliptic_ring(centre, 21.0, 21.0, 1.2);
        let mut radii = Vec::new();
        let mut pen = centre;
        for segment in ring.segments() {
            match *segment {
                Segment::Move(to) => pen = to,
                Segment::Cubic(first, second, to) => {
                    let middle = Point::new(
                        (pen.x + 3.0 * first.x + 3.0 * second.x + to.x) / 8.0,
                        (pen.y + 3.0 * first.y + 3.0 * second.y + to.y) / 8.0,
                    );
                    radii.extend([middle.distance(centre), to.distance(centre)]);
                    pen = to;
                }
                Segment::Close => {}
                other => panic!("a ring has no {other:?}"),
            }
        }
        assert_eq!(radii.len(), 32);
        assert!(
            radii[..16]
                .iter()
                .all(|radius| (radius - 21.0).abs() < 0.002),
            "{radii:?}"
        );
        assert!(
            radii[16..]
                .iter()
                .all(|radius| (radius - 19.8).abs() < 0.002),
            "{radii:?}"
        );
    }

    #[test]
    fn a_frame_turns_scales_and_flips() {
        let frame = Frame {
            anchor: Point::new(10.0, 20.0),
            right: Point::new(0.0, 1.0),
            up: Point::new(1.0, 0.0),
            scale_x: 2.0,
            scale_y: 3.0,
            origin: Point::new(0.5, 0.0),
        };
        let path = Path::glyph(&[Segment::Move(Point::new(1.0, 1.0))], &frame);
        assert_eq!(path.segments(), [Segment::Move(Point::new(13.0, 21.0))]);
    }
}

//! A drawing as an OFD package of one page: what a seal may carry in place of pixels.

use super::drawing::Drawing;
use super::geometry::Point;
use super::path::{Path, Segment};
use crate::crypto::DigestAlgorithm;
use crate::error::Result;
use crate::ofd::{Color, OfdBuilder, PageContent, PageObject, PathStep, Shape};
use crate::time::Time;

/// One page of the drawing's size; each outline is a path object filled by the nonzero rule.
pub(crate) fn encode(drawing: &Drawing, created: Time) -> Result<Vec<u8>> {
    let (width, height) = drawing.size_mm();
    let color = drawing.color();
    let fill = Color(color.red, color.green, color.blue);
    let objects = drawing
        .paths()
        .iter()
        .map(|path| PageObject::Shape(shape(path, fill)))
        .collect();
    let page = PageContent {
        width: width.into(),
        height: height.into(),
        objects,
    };
    OfdBuilder::new(id(drawing), created).page(page).build()
}

/// The same drawing has the same identifier, another one another.
fn id(drawing: &Drawing) -> [u8; 16] {
    let digest = DigestAlgorithm::Sm3.digest(drawing.to_svg().as_bytes());
    let mut id = [0; 16];
    for (to, from) in id.iter_mut().zip(digest.as_bytes()) {
        *to = *from;
    }
    id
}

fn shape(path: &Path, fill: Color) -> Shape {
    let mut steps = Vec::with_capacity(path.segments().len());
    let mut pen = Point::new(0.0, 0.0);
    for segment in path.segments() {
        let (step, to) = step(pen, segment);
        steps.push(step);
        pen = to;
    }
    Shape {
        steps,
        stroke: None,
        fill: Some(fill),
    }
}

/// A segment as a step, and where it leads.
fn step(pen: Point, segment: &Segment) -> (PathStep, Point) {
    let wide = |point: Point| (f64::from(point.x), f64::from(point.y));
    match *segment {
        Segment::Move(to) => (PathStep::Move(wide(to).0, wide(to).1), to),
        Segment::Line(to) => (PathStep::Line(wide(to).0, wide(to).1), to),
        Segment::Quad(control, to) => {
            let (first, second) = (toward(pen, control), toward(to, control));
            (curve(wide(first), wide(second), wide(to)), to)
        }
        Segment::Cubic(first, second, to) => (curve(wide(first), wide(second), wide(to)), to),
        Segment::Close => (PathStep::Close, pen),
    }
}

fn curve(first: (f64, f64), second: (f64, f64), to: (f64, f64)) -> PathStep {
    PathStep::Curve(first.0, first.1, second.0, second.1, to.0, to.1)
}

/// A quadratic curve is the cubic one whose handles lie two thirds of the way to its control.
fn toward(end: Point, control: Point) -> Point {
    let mix = |end: f32, control: f32| end + (control - end) * 2.0 / 3.0;
    Point::new(mix(end.x, control.x), mix(end.y, control.y))
}

#[cfg(test)]
mod tests {
    use super::super::design::RoundSeal;
    use super::super::round::frame;
    use super::*;
    use crate::ofd::Package;

    #[test]
    fn a_drawing_becomes_one_page_of_its_size_with_a_path_object_for_each_outline() {
        let drawing = frame(&RoundSeal::new("")).unwrap();
        let created = Time::parse("2026-03-02T01:00:00Z").unwrap();
        let bytes = encode(&drawing, created).unwrap();
        assert_eq!(bytes, encode(&drawing, created).unwrap());
        let package = Package::open(&bytes, &crate::ofd::Limits::default()).unwrap();
        let text = |path: &str| {
            let path = crate::ofd::PackagePath::new(path).unwrap();
            String::from_utf8(package.read(&path).unwrap().to_vec()).unwrap()
        };
        assert!(text("Doc_0/Document.xml").contains("<ofd:PhysicalBox>0 0 42 42</"));
        let page = text("Doc_0/Pages/Page_0/Content.xml");
        assert_eq!(page.matches("<ofd:PathObject").count(), 2);
        assert_eq!(page.matches("Value=\"230 0 18\"").count(), 2);
    }

    #[test]
    fn a_quadratic_curve_keeps_its_middle() {
        let (from, control, to) = (
            Point::new(0.0, 0.0),
            Point::new(6.0, 9.0),
            Point::new(12.0, 0.0),
        );
        let (PathStep::Curve(x1, y1, x2, y2, x3, y3), _) = step(from, &Segment::Quad(control, to))
        else {
            panic!("a curve");
        };
        let middle = (
            (3.0 * x1 + 3.0 * x2 + x3) / 8.0,
            (3.0 * y1 + 3.0 * y2 + y3) / 8.0,
        );
        assert!((middle.0 - 6.0).abs() < 1e-6 && (middle.1 - 4.5).abs() < 1e-6);
    }
}

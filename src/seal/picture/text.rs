//! Text that has found its place, and the places already taken.

use super::font::{Glyph, Run};
use super::geometry::{Frame, Point, Quad, apart};
use super::path::Path;

/// Set text: the outlines, and the box of each character.
#[derive(Clone, Debug, Default)]
pub(crate) struct SetText {
    pub(crate) paths: Vec<Path>,
    pub(crate) boxes: Vec<Quad>,
}

impl SetText {
    /// Adds a glyph of `run`, whose box is as high as the run.
    pub(crate) fn push(&mut self, glyph: &Glyph, frame: &Frame, run: &Run) {
        let corner = |x, y| frame.apply(Point::new(x, y));
        self.boxes.push([
            corner(glyph.left, run.bottom),
            corner(glyph.right, run.bottom),
            corner(glyph.right, run.top),
            corner(glyph.left, run.top),
        ]);
        if glyph.outline.is_empty() {
            return;
        }
        let path = Path::glyph(&glyph.outline, frame);
        // Between both scales: neither tall nor flat characters may turn bold.
        let scale = (frame.scale_x * frame.scale_y).sqrt();
        let edge = path.edge(run.thickening * run.height() * scale);
        self.paths.push(path);
        self.paths.extend(edge);
    }
}

/// Convex places that further text keeps away from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taken {
    polygons: Vec<Vec<Point>>,
}

impl Taken {
    pub(crate) fn take(&mut self, polygon: &[Point]) {
        self.polygons.push(polygon.to_vec());
    }

    /// Takes the boxes of `text`.
    pub(crate) fn take_text(&mut self, text: &SetText) {
        for quad in &text.boxes {
            self.take(quad);
        }
    }

    /// Whether all boxes of `text` stay `clearance` mm away from every place taken.
    pub(crate) fn is_clear_of(&self, text: &SetText, clearance: f32) -> bool {
        let mut pairs = text
            .boxes
            .iter()
            .flat_map(|quad| self.polygons.iter().map(move |taken| (quad, taken)));
        pairs.all(|(quad, taken)| apart(quad, taken, clearance))
    }
}

//! Setting text on a straight line around a middle.

use super::font::Run;
use super::geometry::{Frame, Point};
use super::text::SetText;

/// How a line is set, mm.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineStyle {
    /// The middle of the line.
    pub(crate) middle: Point,
    pub(crate) height: f32,
    /// Greatest and least millimetres per em across.
    pub(crate) widths: (f32, f32),
    /// The gap between cells as a share of `widths`' scale.
    pub(crate) gap: f32,
    /// The line's greatest length.
    pub(crate) length: f32,
}

/// Sets `run`, condensed as needed; `None` if it is too long even at its least width.
pub(crate) fn set_line(run: &Run, style: &LineStyle) -> Option<SetText> {
    let natural = run.breadth() + run.gaps() * style.gap;
    let width = (style.length / natural).min(style.widths.0);
    if width < style.widths.1 {
        return None;
    }
    let mut pen = -natural * width / 2.0;
    let mut text = SetText::default();
    for glyph in &run.glyphs {
        let half = glyph.breadth() * width / 2.0;
        let frame = Frame {
            anchor: Point::new(style.middle.x + pen + half, style.middle.y),
            right: Point::new(1.0, 0.0),
            up: Point::new(0.0, -1.0),
            scale_x: width,
            scale_y: style.height / run.height(),
            origin: Point::new(glyph.middle(), (run.bottom + run.top) / 2.0),
        };
        text.push(glyph, &frame, run);
        pen += half * 2.0 + style.gap * width;
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::super::font::tests::square_run;
    use super::*;

    const STYLE: LineStyle = LineStyle {
        middle: Point::new(21.0, 32.0),
        height: 4.0,
        widths: (3.4, 2.0),
        gap: 0.1,
        length: 20.0,
    };

    #[test]
    fn a_line_is_centred_and_as_high_as_asked() {
        let text = set_line(&square_run(5, 0.9), &STYLE).unwrap();
        let (first, last) = (text.boxes[0], text.boxes[4]);
        assert!((first[0].x + last[1].x - 42.0).abs() < 0.001);
        assert!((first[0].y - 34.0).abs() < 0.001 && (first[3].y - 30.0).abs() < 0.001);
        assert!(
            (text.boxes[1][0].x - first[1].x - 0.34).abs() < 0.001,
            "the gap"
        );
    }

    #[test]
    fn a_long_line_is_condensed_then_refused() {
        let text = set_line(&square_run(8, 0.9), &STYLE).unwrap();
        let length = text.boxes[7][1].x - text.boxes[0][0].x;
        assert!((length - 20.0).abs() < 0.001);
        assert!(set_line(&square_run(10, 0.9), &STYLE).is_none());
    }
}

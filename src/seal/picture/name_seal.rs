//! Square and rectangular name seals: characters in a grid inside a border.

use super::design::{MIN_CHARACTER_MM, NameSeal, Reading, does_not_fit};
use super::drawing::Drawing;
use super::font::{Fonts, Run};
use super::geometry::{Frame, Point};
use super::path::Path;
use super::text::SetText;
use crate::error::Result;

/// Air inside the border and between characters, as shares of the seal's shorter side.
const MARGIN: f32 = 0.06;
const GUTTER: f32 = 0.05;

/// How much taller than wide, or wider than tall, a character may be stretched.
const MAX_STRETCH: f32 = 2.1;

/// Draws the seal.
pub(crate) fn draw(seal: &NameSeal, fonts: &Fonts<'_>) -> Result<Drawing> {
    let mut drawing = frame(seal)?;
    let lines: Vec<_> = seal.lines.iter().filter(|line| !line.is_empty()).collect();
    for (index, line) in lines.iter().enumerate() {
        let text = set_line(seal, &fonts.text(line)?, index, lines.len())?;
        drawing.push_text(text);
    }
    Ok(drawing)
}

/// The border.
pub(crate) fn frame(seal: &NameSeal) -> Result<Drawing> {
    seal.check()?;
    let mut drawing = Drawing::new(seal.width_mm, seal.height_mm, seal.color);
    drawing.push(Path::rectangular_ring(
        seal.width_mm,
        seal.height_mm,
        seal.border_mm,
    ));
    Ok(drawing)
}

fn set_line(seal: &NameSeal, run: &Run, index: usize, lines: usize) -> Result<SetText> {
    let mut text = SetText::default();
    for (place, glyph) in run.glyphs.iter().enumerate() {
        let cell = cell(seal, (index, lines), (place, run.glyphs.len()));
        let width = cell.width.min(cell.height * MAX_STRETCH);
        let height = cell.height.min(cell.width * MAX_STRETCH);
        if width < MIN_CHARACTER_MM || height < MIN_CHARACTER_MM {
            return Err(does_not_fit("lines"));
        }
        let frame = Frame {
            anchor: cell.middle,
            right: Point::new(1.0, 0.0),
            up: Point::new(0.0, -1.0),
            scale_x: width / glyph.breadth(),
            scale_y: height / run.height(),
            origin: Point::new(glyph.middle(), (run.bottom + run.top) / 2.0),
        };
        text.push(glyph, &frame, run);
    }
    Ok(text)
}

/// The place of one character.
struct Cell {
    middle: Point,
    width: f32,
    height: f32,
}

/// The cell of a character at `place` (number, count) of line `line` (number, count).
fn cell(seal: &NameSeal, line: (usize, usize), place: (usize, usize)) -> Cell {
    let shorter = seal.width_mm.min(seal.height_mm);
    let edge = seal.border_mm + MARGIN * shorter;
    let gutter = GUTTER * shorter;
    let split = |(number, count): (usize, usize), whole: f32| {
        let size = (whole - 2.0 * edge - gutter * (count as f32 - 1.0)) / count as f32;
        (edge + number as f32 * (size + gutter) + size / 2.0, size)
    };
    match seal.reading {
        Reading::Columns => {
            let ((from_right, width), (y, height)) =
                (split(line, seal.width_mm), split(place, seal.height_mm));
            Cell {
                middle: Point::new(seal.width_mm - from_right, y),
                width,
                height,
            }
        }
        Reading::Rows => {
            let ((y, height), (x, width)) =
                (split(line, seal.height_mm), split(place, seal.width_mm));
            Cell {
                middle: Point::new(x, y),
                width,
                height,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::font::tests::square_run;
    use super::super::geometry::apart;
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn four_characters_read_in_columns_from_the_right() {
        let seal = NameSeal::square("张三之印", 20.0);
        let right = set_line(&seal, &square_run(2, 0.9), 0, 2).unwrap();
        let left = set_line(&seal, &square_run(2, 0.9), 1, 2).unwrap();
        assert!(right.boxes[0][0].x > 10.0 && left.boxes[0][1].x < 10.0);
        assert!(
            right.boxes[0][0].y < right.boxes[1][3].y,
            "from top to bottom"
        );
        let boxes: Vec<_> = right.boxes.iter().chain(&left.boxes).collect();
        for (index, one) in boxes.iter().enumerate() {
            assert!(
                one.iter()
                    .all(|c| (1.5..18.5).contains(&c.x) && (1.5..18.5).contains(&c.y))
            );
            assert!(
                boxes[index + 1..]
                    .iter()
                    .all(|other| apart(*one, *other, 0.5))
            );
        }
    }

    #[test]
    fn a_rectangle_reads_along_its_longer_side() {
        let row = NameSeal::rectangle("张三印", 24.0, 10.0);
        let text = set_line(&row, &square_run(3, 0.9), 0, 1).unwrap();
        assert!(text.boxes[0][1].x < text.boxes[1][0].x);
        let column = NameSeal::rectangle("张三印", 10.0, 24.0);
        let text = set_line(&column, &square_run(3, 0.9), 0, 1).unwrap();
        assert!(text.boxes[0][0].y < text.boxes[1][3].y);
    }

    #[test]
    fn characters_too_small_to_read_do_not_fit() {
        let seal = NameSeal::square("一二三四五六七八九十一二三四五六", 5.0);
        let error = set_line(&seal, &square_run(4, 0.9), 0, 4).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::DoesNotFit);
    }
}

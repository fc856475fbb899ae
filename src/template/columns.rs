//! How the rows of a page's body share its columns.

use std::ops::Range;

use super::design::{Body, Column};
use super::lines::{label_lines, line_count, widest};
use super::rows::Row;
use super::wrap::{Glyph, Measure, Run, measure, wrap};
use crate::error::Result;

/// Free height widens the gaps between rows up to this factor.
const MAX_GAP_FACTOR: f64 = 2.4;

/// A row whose glyphs have widths.
pub(super) struct MeasuredRow {
    pub(super) label: Vec<Glyph>,
    pub(super) value: Vec<Glyph>,
}

impl MeasuredRow {
    pub(super) fn of(row: &Row, body: &Body, fonts: &dyn Measure) -> Result<Self> {
        Ok(Self {
            label: measure(&[Run::label(&row.label)], body.label_font, fonts)?,
            value: measure(&row.value, body.font, fonts)?,
        })
    }

    pub(super) fn block(&self, column: &Column, body: &Body, size: f64) -> Block {
        let width_em = column.width / size - body.label_width - body.label_gap;
        let lines = wrap(&self.value, width_em.max(1.0), 0.0);
        let value_height = line_count(&lines).max(1.0) * body.line_height * size;
        let wide = width_em < 1.0 || widest(&self.value, &lines, 0.0) > width_em + 1e-6;
        let (label_size, label_lines) = label_lines(&self.label, body, size);
        let label_wide =
            widest(&self.label, &label_lines, 0.0) * label_size > body.label_width * size + 1e-6;
        Block {
            lines,
            height: value_height,
            too_wide: wide || label_wide,
        }
    }
}

/// A row's value broken into lines at some size.
pub(super) struct Block {
    pub(super) lines: Vec<Range<usize>>,
    pub(super) height: f64,
    too_wide: bool,
}

/// Whether the rows find room.
pub(super) enum Split {
    /// Where each column ends.
    Fits(Vec<usize>),
    /// The row that is the longest obstacle.
    TooLong(usize),
}

/// Which rows go into which column, in reading order: with one column all, with two such that the
/// taller is as short as possible, with more as many as each takes.
pub(super) fn split(columns: &[Vec<Block>], body: &Body, size: f64) -> Split {
    let count = columns.first().map_or(0, Vec::len);
    let wide = columns
        .iter()
        .find_map(|blocks| blocks.iter().position(|block| block.too_wide));
    if let Some(row) = wide {
        return Split::TooLong(row);
    }
    let height = |column: usize, range: Range<usize>| -> f64 {
        let blocks = columns
            .get(column)
            .and_then(|blocks| blocks.get(range))
            .unwrap_or_default();
        let gaps = f64::from(u32::try_from(blocks.len().saturating_sub(1)).unwrap_or(u32::MAX));
        blocks.iter().map(|block| block.height).sum::<f64>() + gaps * body.row_gap * size
    };
    let fits = |column: usize, range: Range<usize>| {
        body.columns
            .get(column)
            .is_some_and(|place| height(column, range) <= place.bottom - body.top + 1e-9)
    };
    let ends = if columns.len() == 2 {
        (0..=count)
            .rev()
            .filter(|end| fits(0, 0..*end) && fits(1, *end..count))
            .map(|end| (end, height(0, 0..end).max(height(1, end..count))))
            .min_by(|(_, one), (_, other)| one.total_cmp(other))
            .map(|(end, _)| vec![end, count])
    } else {
        let mut ends = Vec::new();
        let mut start = 0;
        for column in 0..columns.len() {
            let end = (start..=count)
                .rev()
                .find(|end| fits(column, start..*end))
                .unwrap_or(start);
            ends.push(end);
            start = end;
        }
        (start == count).then_some(ends)
    };
    ends.map_or_else(|| Split::TooLong(tallest(columns)), Split::Fits)
}

fn tallest(columns: &[Vec<Block>]) -> usize {
    let heights = columns
        .first()
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .enumerate();
    heights
        .max_by(|(_, one), (_, other)| one.height.total_cmp(&other.height))
        .map_or(0, |(index, _)| index)
}

/// The space between rows: free height is shared out, the same in every column.
pub(super) fn row_gap(columns: &[Vec<Block>], ends: &[usize], body: &Body, size: f64) -> f64 {
    let least = body.row_gap * size;
    let mut gap = least * MAX_GAP_FACTOR;
    let mut start = 0;
    for ((blocks, place), end) in columns.iter().zip(&body.columns).zip(ends) {
        let own = blocks.get(start..*end).unwrap_or_default();
        let free = place.bottom - body.top - own.iter().map(|block| block.height).sum::<f64>();
        if let Ok(gaps @ 1..) = u32::try_from(own.len().saturating_sub(1)) {
            gap = gap.min(free / f64::from(gaps));
        }
        start = *end;
    }
    gap.max(least)
}

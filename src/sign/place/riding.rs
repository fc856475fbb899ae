//! Riding seals (骑缝章): one seal in slices along an edge, a slice a page.
//!
//! The slices follow the paper. Sheets fanned out towards the edge, first page on top, show the
//! whole seal: at the right edge the first page bears the left part, at the left edge, where the
//! last page lies outermost, the first page bears the right part.

use super::pages::Pages;
use super::rounded;
use crate::error::{Error, Result};

/// A slice narrower than this no longer shows which seal it is of: the width of a character of a
/// round seal.
const MIN_SLICE_MM: f64 = 4.0;

/// Pages with their slices of one seal or, of many pages, of several.
#[derive(Clone, Debug, PartialEq)]
pub struct Riding {
    pub(super) edge: Edge,
    pub(super) pages: Pages,
    pub(super) both_sides: bool,
    pub(super) along_mm: Option<f64>,
    pub(super) min_slice_mm: f64,
}

/// An edge of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The left edge.
    Left,
    /// The right edge.
    Right,
    /// The upper edge.
    Top,
    /// The lower edge.
    Bottom,
}

impl Riding {
    /// Over all pages, in the middle of the edge.
    #[must_use]
    pub fn new(edge: Edge) -> Self {
        Self {
            edge,
            pages: Pages::all(),
            both_sides: false,
            along_mm: None,
            min_slice_mm: MIN_SLICE_MM,
        }
    }

    /// Over these pages only; [`Pages::odd`] are the fronts of sheets printed on both sides.
    #[must_use]
    pub fn over(mut self, pages: Pages) -> Self {
        self.pages = pages;
        self
    }

    /// Takes each two pages for front and back of one sheet: the back bears its slice at the
    /// opposite edge, which is the same edge of the paper, and the seal is whole seen from either
    /// side. Only for the left and right edge.
    #[must_use]
    pub fn both_sides(mut self) -> Self {
        self.both_sides = true;
        self
    }

    /// The seal's centre along the edge, in millimetres from the top of the page, or from its left
    /// at the upper and lower edge. By default the middle of the first page.
    #[must_use]
    pub fn along(mut self, mm: f64) -> Self {
        self.along_mm = Some(mm);
        self
    }

    /// The least width of a slice, in millimetres; by default 4. More pages than have room share
    /// out among several seals, as evenly as possible; no seal stands on one sheet alone.
    #[must_use]
    pub fn min_slice(mut self, mm: f64) -> Self {
        self.min_slice_mm = mm;
        self
    }

    pub(super) fn rounded(mut self) -> Self {
        self.along_mm = self.along_mm.map(rounded);
        self.min_slice_mm = rounded(self.min_slice_mm);
        self
    }
}

impl Edge {
    fn is_upright(self) -> bool {
        matches!(self, Self::Left | Self::Right)
    }

    fn opposite(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
            Self::Top => Self::Bottom,
            Self::Bottom => Self::Top,
        }
    }

    /// Whether the first page bears the first part, counted from the left or the top.
    fn begins_with_first(self) -> bool {
        matches!(self, Self::Right | Self::Bottom)
    }
}

/// The part of a seal that one page shows. All lengths in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::sign) struct Slice {
    pub(in crate::sign) page: usize,
    /// Upper left corner of the whole seal on that page, most of it beyond the edge.
    pub(in crate::sign) origin: (f64, f64),
    /// Upper left corner of the part that shows, from the seal's corner.
    pub(in crate::sign) clip: (f64, f64),
    /// Width and height of the part that shows.
    pub(in crate::sign) size: (f64, f64),
}

/// Cuts a seal of this size for pages of these sizes, given for the whole document.
pub(in crate::sign) fn slices(
    riding: &Riding,
    seal: (f64, f64),
    pages: &[(f64, f64)],
) -> Result<Vec<Slice>> {
    let chosen = riding.pages.of_document(pages.len())?;
    let sheets = sheets(riding, &chosen)?;
    if sheets.len() < 2 {
        return Err(Error::argument("a riding seal needs at least two sheets"));
    }
    let across = if riding.edge.is_upright() {
        seal.0
    } else {
        seal.1
    };
    let center = match riding.along_mm {
        Some(along) => along,
        None => middle(
            riding.edge,
            chosen.first().and_then(|first| pages.get(*first)),
        ),
    };
    let mut slices = Vec::new();
    for group in groups(&sheets, across, riding.min_slice_mm)? {
        let count = group.len();
        for (index, sheet) in group.iter().enumerate() {
            for (side, page) in sheet.iter().enumerate() {
                let edge = if side == 0 {
                    riding.edge
                } else {
                    riding.edge.opposite()
                };
                let part = if edge.begins_with_first() {
                    index
                } else {
                    count - 1 - index
                };
                let size = *pages.get(*page).ok_or_else(no_page)?;
                let cut = Cut {
                    edge,
                    part: (cut_at(across, part, count), cut_at(across, part + 1, count)),
                    center,
                };
                slices.push(cut.on(*page, size, seal)?);
            }
        }
    }
    Ok(slices)
}

/// One page a sheet, or two where they are front and back.
fn sheets<'p>(riding: &Riding, pages: &'p [usize]) -> Result<Vec<&'p [usize]>> {
    if riding.both_sides && !riding.edge.is_upright() {
        return Err(Error::argument(
            "a riding seal on both sides of the sheets stands at the left or right edge",
        ));
    }
    Ok(pages
        .chunks(if riding.both_sides { 2 } else { 1 })
        .collect())
}

/// As few groups as the least width of a slice allows, their sizes differing by one at most.
fn groups<'s, 'p>(
    sheets: &'s [&'p [usize]],
    across: f64,
    min_slice_mm: f64,
) -> Result<Vec<&'s [&'p [usize]]>> {
    if !(min_slice_mm > 0.0 && across >= 2.0 * min_slice_mm) {
        return Err(Error::argument(
            "the least width of a slice must be above zero and at most half the seal",
        ));
    }
    let room = (2..sheets.len())
        .take_while(|count| slice_fits(across, *count + 1, min_slice_mm))
        .last()
        .map_or(2, |count| count + 1);
    let groups = sheets.len().div_ceil(room).min(sheets.len() / 2);
    let mut rest = sheets;
    let mut shared = Vec::new();
    for left in (1..=groups).rev() {
        let (group, after) = rest.split_at(rest.len().div_ceil(left));
        shared.push(group);
        rest = after;
    }
    Ok(shared)
}

fn slice_fits(across: f64, count: usize, min_slice_mm: f64) -> bool {
    // The rounding of the division must not push out what fits.
    cut_at(across, 1, count) + 1e-9 >= min_slice_mm
}

/// Where the cut before a part lies. Each cut is computed once for both its sides, so that no
/// strip is lost between two pages.
fn cut_at(across: f64, part: usize, count: usize) -> f64 {
    let number = |n: usize| u32::try_from(n).map_or(f64::from(u32::MAX), f64::from);
    rounded(across * number(part) / number(count))
}

fn middle(edge: Edge, first: Option<&(f64, f64)>) -> f64 {
    let (width, height) = first.copied().unwrap_or_default();
    rounded(if edge.is_upright() { height } else { width } / 2.0)
}

struct Cut {
    edge: Edge,
    part: (f64, f64),
    center: f64,
}

impl Cut {
    fn on(&self, page: usize, (width, height): (f64, f64), seal: (f64, f64)) -> Result<Slice> {
        let (from, to) = self.part;
        let upright = self.edge.is_upright();
        let (length, edge_length) = if upright {
            (seal.1, height)
        } else {
            (seal.0, width)
        };
        let start = self.center - length / 2.0;
        if !(start >= 0.0 && start + length <= edge_length) {
            return Err(
                Error::argument("the riding seal reaches beyond the end of the edge")
                    .with("page", page + 1),
            );
        }
        // The part that shows lies against the edge.
        let across = match self.edge {
            Edge::Left | Edge::Top => -from,
            Edge::Right => width - to,
            Edge::Bottom => height - to,
        };
        Ok(if upright {
            Slice {
                page,
                origin: (across, start),
                clip: (from, 0.0),
                size: (to - from, seal.1),
            }
        } else {
            Slice {
                page,
                origin: (start, across),
                clip: (0.0, from),
                size: (seal.0, to - from),
            }
        })
    }
}

fn no_page() -> Error {
    Error::argument("the document has no such page")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const A4: (f64, f64) = (210.0, 297.0);
    const SEAL: (f64, f64) = (42.0, 42.0);

    fn cut(riding: &Riding, count: usize) -> Vec<Slice> {
        slices(riding, SEAL, &vec![A4; count]).unwrap()
    }

    #[test]
    fn at_the_right_the_first_page_bears_the_left_part() {
        let cut = cut(&Riding::new(Edge::Right), 3);
        let expected = [(0, 196.0, 0.0), (1, 182.0, 14.0), (2, 168.0, 28.0)];
        for (slice, (page, x, clip)) in cut.iter().zip(expected) {
            assert_eq!(slice.page, page);
            assert_eq!((slice.origin, slice.clip), ((x, 127.5), (clip, 0.0)));
            assert_eq!(slice.size, (14.0, 42.0));
        }
    }

    #[test]
    fn at_the_left_and_the_top_the_last_page_lies_outermost() {
        let left = cut(&Riding::new(Edge::Left).along(100.0), 2);
        assert_eq!((left[0].origin, left[0].clip), ((-21.0, 79.0), (21.0, 0.0)));
        assert_eq!((left[1].origin, left[1].clip), ((0.0, 79.0), (0.0, 0.0)));
        let top = cut(&Riding::new(Edge::Top), 2);
        assert_eq!((top[0].origin, top[0].clip), ((84.0, -21.0), (0.0, 21.0)));
        let bottom = cut(&Riding::new(Edge::Bottom), 2);
        assert_eq!(
            (bottom[0].origin, bottom[0].clip),
            ((84.0, 276.0), (0.0, 0.0))
        );
    }

    #[test]
    fn backs_of_sheets_bear_the_seal_seen_from_behind() {
        let both = cut(&Riding::new(Edge::Right).both_sides(), 5);
        let clips: Vec<_> = both.iter().map(|slice| slice.clip.0).collect();
        // Three sheets: fronts from left to right, backs from right to left, the last back blank.
        assert_eq!(clips, [0.0, 28.0, 14.0, 14.0, 28.0]);
        let edges: Vec<_> = both
            .iter()
            .map(|slice| slice.origin.0 + slice.clip.0)
            .collect();
        assert_eq!(edges, [196.0, 0.0, 196.0, 0.0, 196.0]);
        let top = Riding::new(Edge::Top).both_sides();
        assert!(slices(&top, SEAL, &[A4; 4]).is_err());
    }

    #[test]
    fn many_pages_share_several_seals_evenly() {
        // 42 mm in slices of at least 4 mm: ten a seal.
        let sizes = |count: usize| -> Vec<usize> {
            let cut = cut(&Riding::new(Edge::Right), count);
            let starts: Vec<_> = (0..count).filter(|page| cut[*page].clip.0 == 0.0).collect();
            let ends = starts.iter().skip(1).copied().chain([count]);
            starts
                .iter()
                .zip(ends)
                .map(|(start, end)| end - start)
                .collect()
        };
        assert_eq!(sizes(10), [10]);
        assert_eq!(sizes(11), [6, 5]);
        assert_eq!(sizes(21), [7, 7, 7]);
    }

    #[test]
    fn what_cannot_ride_is_refused() {
        let refused = |riding: &Riding, pages: &[(f64, f64)]| slices(riding, SEAL, pages).is_err();
        assert!(refused(&Riding::new(Edge::Right), &[A4]));
        assert!(refused(&Riding::new(Edge::Right).along(20.0), &[A4; 2]));
        assert!(refused(&Riding::new(Edge::Right).min_slice(0.0), &[A4; 2]));
        assert!(refused(&Riding::new(Edge::Right).min_slice(22.0), &[A4; 2]));
        assert!(refused(&Riding::new(Edge::Right).along(f64::NAN), &[A4; 2]));
        // The second page is too low for a seal in the middle of the first.
        assert!(refused(&Riding::new(Edge::Right), &[A4, (100.0, 160.0)]));
        assert!(!refused(
            &Riding::new(Edge::Right).over("1,3".parse().unwrap()),
            &[A4; 3]
        ));
    }

    proptest! {
        /// Side by side, the slices of each seal are the seal: no strip is lost or shown twice.
        #[test]
        fn slices_make_the_seal(
            count in 2_usize..200, width in 10_u32..80, min in 1_u32..5, edge in 0_usize..4,
        ) {
            let edge = [Edge::Left, Edge::Right, Edge::Top, Edge::Bottom][edge];
            let seal = (f64::from(width), f64::from(width));
            let riding = Riding::new(edge).min_slice(f64::from(min));
            let cut = slices(&riding, seal, &vec![A4; count]).unwrap();
            prop_assert_eq!(cut.len(), count);
            let mut parts: Vec<_> = cut
                .iter()
                .map(|slice| if edge.is_upright() { (slice.clip.0, slice.size.0) } else { (slice.clip.1, slice.size.1) })
                .collect();
            if !edge.begins_with_first() {
                parts.reverse();
            }
            let mut reached: f64 = 0.0;
            for (from, size) in parts {
                prop_assert!(size + 1e-3 >= f64::from(min).min(seal.0 / 3.0));
                prop_assert!(size < seal.0);
                if from == 0.0 && reached > 0.0 {
                    prop_assert!((reached - seal.0).abs() < 1e-6);
                    reached = 0.0;
                }
                prop_assert!((from - reached).abs() < 1e-6);
                reached = from + size;
            }
            prop_assert!((reached - seal.0).abs() < 1e-6);
            for slice in &cut {
                let (x, y) = (slice.origin.0 + slice.clip.0, slice.origin.1 + slice.clip.1);
                prop_assert!(x > -1e-6 && y > -1e-6);
                prop_assert!(x + slice.size.0 < A4.0 + 1e-6 && y + slice.size.1 < A4.1 + 1e-6);
            }
        }
    }
}

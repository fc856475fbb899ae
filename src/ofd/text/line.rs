//! Characters as lines, and a text in them.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

use super::super::signatures::Area;
use super::glyph::{Glyph, Vector};

/// How far apart the middles of two characters of one line may lie across it, in heights of the
/// smaller one.
const LEVEL: f64 = 0.35;

/// The widest gap inside a text, in heights, where nothing but the place binds two characters:
/// headings are spaced by an em or two, columns stand further apart.
const GAP: f64 = 2.0;

/// The same character closer than this, in heights, is one printed twice to look bold.
const OVERPRINT: f64 = 0.3;

/// What remains of a text for comparing: no white space, one width.
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> {
    text.nfkc()
        .filter(|c| !c.is_whitespace() && !c.is_control())
}

/// The areas of all occurrences, from top to bottom and left to right; one more than `limit` at
/// most.
pub(super) fn find(glyphs: &[Glyph], needle: &[char], limit: usize) -> Vec<Area> {
    let mut hits = Hits {
        limit,
        ..Hits::default()
    };
    hits.search(glyphs.iter().copied(), needle);
    // Single characters one below the other are a column.
    let down = Vector::new(0.0, 1.0);
    let upright = |glyph: &&Glyph| glyph.alone || glyph.along.dot(down).abs() > 0.99;
    let column = glyphs.iter().filter(upright).map(|glyph| Glyph {
        along: if glyph.alone { down } else { glyph.along },
        ..*glyph
    });
    hits.search(column, needle);
    hits.in_reading_order()
}

/// Occurrences, each told apart by its first and last character.
#[derive(Default)]
struct Hits {
    areas: Vec<Area>,
    known: HashSet<[(usize, usize); 2]>,
    limit: usize,
}

impl Hits {
    fn search(&mut self, glyphs: impl Iterator<Item = Glyph>, needle: &[char]) {
        for line in lines(glyphs) {
            for piece in pieces(&line) {
                self.search_piece(piece, needle);
            }
        }
    }

    fn search_piece(&mut self, piece: &[Standing], needle: &[char]) {
        // One character may fold into several.
        let mut text: Vec<(char, &Glyph)> = Vec::with_capacity(piece.len());
        for standing in piece {
            let mut bytes = [0; 4];
            let char = standing.glyph.char.encode_utf8(&mut bytes);
            text.extend(folded(char).map(|c| (c, &standing.glyph)));
        }
        let mut start = 0;
        while let Some(window) = text.get(start..start + needle.len()) {
            if window.iter().map(|(c, _)| c).eq(needle) {
                self.add(window);
                // Occurrences do not overlap.
                start += needle.len();
            } else {
                start += 1;
            }
        }
    }

    fn add(&mut self, found: &[(char, &Glyph)]) {
        let (Some((_, first)), Some((_, last))) = (found.first(), found.last()) else {
            return;
        };
        let identity = [first, last].map(|glyph| (glyph.run, glyph.index));
        if self.areas.len() <= self.limit && self.known.insert(identity) {
            self.areas
                .push(around(found.iter().map(|(_, glyph)| *glyph)));
        }
    }

    fn in_reading_order(self) -> Vec<Area> {
        let mut areas = self.areas;
        areas.sort_by(|a, b| a.y.total_cmp(&b.y));
        // What stands at nearly one height is read from left to right.
        let mut rows: Vec<Vec<Area>> = Vec::new();
        for area in areas {
            match rows.last_mut() {
                Some(row) if row.first().is_some_and(|first| is_level(first, &area)) => {
                    row.push(area);
                }
                _ => rows.push(vec![area]),
            }
        }
        rows.into_iter()
            .flat_map(|mut row| {
                row.sort_by(|a, b| a.x.total_cmp(&b.x));
                row
            })
            .collect()
    }
}

fn is_level(a: &Area, b: &Area) -> bool {
    (b.y - a.y).abs() < a.height.min(b.height) / 2.0
}

/// The smallest area that holds the characters' bodies.
fn around<'g>(glyphs: impl Iterator<Item = &'g Glyph>) -> Area {
    let (mut low, mut high) = (
        Vector::new(f64::INFINITY, f64::INFINITY),
        Vector::new(f64::NEG_INFINITY, f64::NEG_INFINITY),
    );
    for glyph in glyphs {
        for (right, down) in [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)] {
            let corner = glyph
                .center
                .plus(glyph.right.times(right))
                .plus(glyph.down.times(down));
            low = Vector::new(low.x.min(corner.x), low.y.min(corner.y));
            high = Vector::new(high.x.max(corner.x), high.y.max(corner.y));
        }
    }
    Area {
        x: low.x,
        y: low.y,
        width: high.x - low.x,
        height: high.y - low.y,
    }
}

/// A character and where it stands in its line, measured along a direction of whole degrees so
/// that all of one line are measured alike.
#[derive(Clone, Copy)]
struct Standing {
    glyph: Glyph,
    degrees: i32,
    forward: f64,
    across: f64,
    /// Half its length along the line.
    reach: f64,
    height: f64,
}

impl Standing {
    fn new(glyph: Glyph) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "from -180 to 180")]
        let rounded = glyph.along.y.atan2(glyph.along.x).to_degrees().round() as i32;
        // Both ends of the scale are one direction.
        let degrees = if rounded == -180 { 180 } else { rounded };
        let (sin, cos) = f64::from(degrees).to_radians().sin_cos();
        let along = Vector::new(cos, sin);
        let (right, down) = (glyph.right.dot(along), glyph.down.dot(along));
        Self {
            glyph,
            degrees,
            forward: glyph.center.dot(along),
            across: glyph.center.dot(Vector::new(-sin, cos)),
            reach: right.abs().max(down.abs()),
            height: 2.0 * glyph.down.length(),
        }
    }

    fn is_level_with(&self, other: &Self) -> bool {
        self.degrees == other.degrees
            && (self.across - other.across).abs() <= LEVEL * self.height.min(other.height)
    }

    fn is_overprint_of(&self, other: &Self) -> bool {
        let distance = self.glyph.center.minus(other.glyph.center).length();
        self.glyph.char == other.glyph.char && distance < OVERPRINT * self.height
    }
}

/// Characters by line, each line in the order of its direction.
fn lines(glyphs: impl Iterator<Item = Glyph>) -> Vec<Vec<Standing>> {
    let mut all: Vec<Standing> = glyphs.map(Standing::new).collect();
    // By direction, then across it.
    all.sort_by(|a, b| {
        a.degrees
            .cmp(&b.degrees)
            .then(a.across.total_cmp(&b.across))
    });
    all.chunk_by(Standing::is_level_with)
        .map(|line| {
            let mut line = line.to_vec();
            line.sort_by(|a, b| a.forward.total_cmp(&b.forward));
            without_overprints(&line)
        })
        .collect()
}

fn without_overprints(line: &[Standing]) -> Vec<Standing> {
    let mut kept: Vec<Standing> = Vec::with_capacity(line.len());
    for standing in line {
        // Shadows of neighbours may lie between.
        let mut near = kept.iter().rev().take(4);
        if !near.any(|known| standing.is_overprint_of(known)) {
            kept.push(*standing);
        }
    }
    kept
}

/// The line cut where a gap parts what does not belong together.
fn pieces(line: &[Standing]) -> impl Iterator<Item = &[Standing]> {
    line.chunk_by(|a, b| {
        let gap = b.forward - a.forward - a.reach - b.reach;
        let (one, other) = (&a.glyph, &b.glyph);
        let next_of_run = one.run == other.run && one.index.abs_diff(other.index) == 1;
        next_of_run || gap <= GAP * a.height.max(b.height)
    })
}

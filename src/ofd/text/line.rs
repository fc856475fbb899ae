//! Characters as lines, and a text in them.

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

/// The areas of all occurrences, from top to bottom and left to right.
pub(super) fn find(glyphs: &[Glyph], needle: &[char]) -> Vec<Area> {
    let mut hits = Hits::default();
    hits.search(glyphs.to_vec(), needle);
    // Single characters one below the other are a column.
    let down = Vector::new(0.0, 1.0);
    let upright = |glyph: &Glyph| glyph.alone || glyph.along.dot(down).abs() > 0.99;
    let column = glyphs.iter().filter(|glyph| upright(glyph));
    let column: Vec<_> = column
        .map(|glyph| Glyph {
            along: if glyph.alone { down } else { glyph.along },
            ..*glyph
        })
        .collect();
    hits.search(column, needle);
    hits.in_reading_order()
}

/// Occurrences, each by the characters that make it.
#[derive(Default)]
struct Hits {
    found: Vec<(Vec<(usize, usize)>, Area)>,
}

impl Hits {
    fn search(&mut self, glyphs: Vec<Glyph>, needle: &[char]) {
        for line in lines(glyphs) {
            for piece in pieces(&line) {
                self.search_piece(piece, needle);
            }
        }
    }

    fn search_piece(&mut self, piece: &[Glyph], needle: &[char]) {
        // One character may fold into several.
        let text: Vec<(char, &Glyph)> = piece
            .iter()
            .flat_map(|glyph| {
                let char = glyph.char.to_string();
                folded(&char).map(move |c| (c, glyph)).collect::<Vec<_>>()
            })
            .collect();
        let mut start = 0;
        while let Some(window) = text.get(start..start + needle.len()) {
            if window.iter().map(|(c, _)| c).eq(needle) {
                let glyphs: Vec<&Glyph> = window.iter().map(|(_, glyph)| *glyph).collect();
                self.add(&glyphs);
                // Occurrences do not overlap.
                start += needle.len();
            } else {
                start += 1;
            }
        }
    }

    fn add(&mut self, glyphs: &[&Glyph]) {
        let identity: Vec<_> = glyphs
            .iter()
            .map(|glyph| (glyph.run, glyph.index))
            .collect();
        if self.found.iter().all(|(known, _)| *known != identity) {
            self.found.push((identity, around(glyphs)));
        }
    }

    fn in_reading_order(self) -> Vec<Area> {
        let mut areas: Vec<Area> = self.found.into_iter().map(|(_, area)| area).collect();
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
fn around(glyphs: &[&Glyph]) -> Area {
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

/// Characters by line, each line in the order of its direction.
fn lines(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    // By direction, then across it.
    glyphs.sort_by(|a, b| {
        let (a_turn, b_turn) = (turn(a), turn(b));
        a_turn.cmp(&b_turn).then(across(a).total_cmp(&across(b)))
    });
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match lines.last_mut() {
            Some(line) if line.last().is_some_and(|last| on_one_line(last, &glyph)) => {
                line.push(glyph);
            }
            _ => lines.push(vec![glyph]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| forward(a).total_cmp(&forward(b)));
        without_overprints(line);
    }
    lines
}

/// The direction in whole degrees.
fn turn(glyph: &Glyph) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "from -180 to 180")]
    let degrees = glyph.along.y.atan2(glyph.along.x).to_degrees().round() as i32;
    // Both ends of the scale are one direction.
    if degrees == -180 { 180 } else { degrees }
}

/// How far along its direction a character stands.
fn forward(glyph: &Glyph) -> f64 {
    glyph.center.dot(unit(glyph))
}

/// How far across.
fn across(glyph: &Glyph) -> f64 {
    let along = unit(glyph);
    glyph.center.dot(Vector::new(-along.y, along.x))
}

/// The direction rounded as [`turn`] does, so that lines of one bucket are measured alike.
fn unit(glyph: &Glyph) -> Vector {
    let (sin, cos) = f64::from(turn(glyph)).to_radians().sin_cos();
    Vector::new(cos, sin)
}

fn on_one_line(a: &Glyph, b: &Glyph) -> bool {
    turn(a) == turn(b) && (across(b) - across(a)).abs() <= LEVEL * height(a).min(height(b))
}

fn height(glyph: &Glyph) -> f64 {
    2.0 * glyph.down.length()
}

/// Half the length of a character's body along its line.
fn reach(glyph: &Glyph) -> f64 {
    let along = unit(glyph);
    glyph
        .right
        .dot(along)
        .abs()
        .max(glyph.down.dot(along).abs())
}

fn without_overprints(line: &mut Vec<Glyph>) {
    let mut kept: Vec<Glyph> = Vec::with_capacity(line.len());
    for glyph in line.drain(..) {
        let same = |known: &&Glyph| {
            known.char == glyph.char
                && known.center.minus(glyph.center).length() < OVERPRINT * height(&glyph)
        };
        // Shadows of neighbours may lie between.
        if !kept.iter().rev().take(4).any(|known| same(&known)) {
            kept.push(glyph);
        }
    }
    *line = kept;
}

/// The line cut where a gap parts what does not belong together.
fn pieces(line: &[Glyph]) -> impl Iterator<Item = &[Glyph]> {
    line.chunk_by(|a, b| {
        let gap = forward(b) - forward(a) - reach(a) - reach(b);
        let next_of_run = a.run == b.run && a.index.abs_diff(b.index) == 1;
        next_of_run || gap <= GAP * height(a).max(height(b))
    })
}

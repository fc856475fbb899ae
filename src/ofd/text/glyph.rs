//! The characters of a text object, each in its place on the page (GB/T 33190-2016, `TextObject`
//! and `TextCode`).

use super::super::signatures::Area;
use super::super::tree::is_visible;
use super::super::xml::Element;
use super::MAX_GLYPHS;

/// Rise of a character above its baseline, in font sizes, from the metrics of common Chinese
/// fonts; it falls below by the rest of 1.
const ASCENT: f64 = 0.86;

/// Cosine beyond which two steps go in one direction: some 18 degrees.
const STRAIGHT: f64 = 0.95;

/// A visible character on a page, in millimetres.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub(super) char: char,
    /// The middle of its body.
    pub(super) center: Vector,
    /// From the middle of the body to its right side, and to its foot.
    pub(super) right: Vector,
    pub(super) down: Vector,
    /// In which direction its line runs, of length 1.
    pub(super) along: Vector,
    /// The straight run it belongs to, and its number there.
    pub(super) run: usize,
    pub(super) index: usize,
    /// It is alone in its run, so that its line's direction is a guess.
    pub(super) alone: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Vector {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Vector {
    pub(super) fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }

    pub(super) fn minus(self, other: Self) -> Self {
        self.plus(other.times(-1.0))
    }

    pub(super) fn times(self, factor: f64) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }

    pub(super) fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }

    pub(super) fn length(self) -> f64 {
        self.x.hypot(self.y)
    }

    fn unit(self) -> Option<Self> {
        let length = self.length();
        (length > 1e-9).then(|| self.times(1.0 / length))
    }
}

/// Appends the characters of a text object. What is not written as the schema says is not shown by
/// viewers either, and is left out.
pub(super) fn place(object: &Element<'_, '_>, glyphs: &mut Vec<Glyph>) {
    let Some(font) = Font::read(object).filter(|_| is_visible(object)) else {
        return;
    };
    let mut start = Vector::default();
    for code in object.all("TextCode") {
        if glyphs.len() > MAX_GLYPHS {
            return;
        }
        // An absent coordinate is that of the `TextCode` before.
        start = Vector::new(
            number(&code, "X").unwrap_or(start.x),
            number(&code, "Y").unwrap_or(start.y),
        );
        let characters: Vec<char> = code
            .raw_text()
            .chars()
            .filter(|c| !matches!(c, '\n' | '\r' | '\t'))
            .take(MAX_GLYPHS + 1)
            .collect();
        let origins = origins(&code, start, &characters, &font);
        add_runs(&characters, &origins, &font, glyphs);
    }
}

/// How an object's characters are drawn.
struct Font {
    size: f64,
    /// Width of characters against their normal one.
    stretch: f64,
    /// `ReadDirection`: where the next character stands when nothing else says.
    reading: Vector,
    /// Right and foot of a character by `CharDirection`, of length 1.
    right: Vector,
    down: Vector,
    /// From object to page.
    matrix: [f64; 4],
    origin: Vector,
}

impl Font {
    fn read(object: &Element<'_, '_>) -> Option<Self> {
        let boundary = Area::parse(object.attribute("Boundary")?)?;
        let matrix = match object.attribute("CTM") {
            None => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            Some(written) => numbers(written)?.try_into().ok()?,
        };
        let [a, b, c, d, e, f] = matrix;
        let right = turned(object.attribute("CharDirection"));
        Some(Self {
            size: number(object, "Size")?,
            stretch: number(object, "HScale").unwrap_or(1.0),
            reading: turned(object.attribute("ReadDirection")),
            right,
            down: Vector::new(-right.y, right.x),
            matrix: [a, b, c, d],
            origin: Vector::new(boundary.x + e, boundary.y + f),
        })
    }

    fn width(&self, c: char) -> f64 {
        let ems = if is_narrow(c) { 0.5 } else { 1.0 };
        ems * self.size * self.stretch
    }

    /// A direction of the object on the page.
    fn turn(&self, v: Vector) -> Vector {
        let [a, b, c, d] = self.matrix;
        Vector::new(a * v.x + c * v.y, b * v.x + d * v.y)
    }
}

/// Letters and signs that fonts draw some half an em wide; all others are taken as square.
fn is_narrow(c: char) -> bool {
    matches!(u32::from(c), 0..0x1100 | 0x1e00..0x2010 | 0xff61..0xffdd)
}

fn turned(degrees: Option<&str>) -> Vector {
    match degrees.map(str::trim) {
        Some("90") => Vector::new(0.0, 1.0),
        Some("180") => Vector::new(-1.0, 0.0),
        Some("270") => Vector::new(0.0, -1.0),
        _ => Vector::new(1.0, 0.0),
    }
}

/// Where the characters' baselines begin, in the object's coordinates.
fn origins(code: &Element<'_, '_>, start: Vector, characters: &[char], font: &Font) -> Vec<Vector> {
    let steps = characters.len().saturating_sub(1);
    let delta = |name| code.attribute(name).map(|written| deltas(written, steps));
    let (across, down) = (delta("DeltaX"), delta("DeltaY"));
    let given = across.is_some() || down.is_some();
    let mut at = start;
    let mut origins = Vec::with_capacity(characters.len());
    for (index, c) in characters.iter().enumerate() {
        origins.push(at);
        let step = |deltas: &Option<Vec<f64>>| {
            let deltas = deltas.as_ref();
            deltas
                .and_then(|deltas| deltas.get(index))
                .copied()
                .unwrap_or(0.0)
        };
        at = at.plus(if given {
            Vector::new(step(&across), step(&down))
        } else {
            // Viewers take the font's own widths here.
            font.reading.times(font.width(*c))
        });
    }
    origins
}

/// A list of offsets, in which `g n v` stands for n times v; at most `count` of them.
fn deltas(written: &str, count: usize) -> Vec<f64> {
    let mut list: Vec<f64> = Vec::new();
    let mut words = written.split_whitespace();
    while let Some(word) = words.next().filter(|_| list.len() < count) {
        let number = |word: Option<&str>| word.and_then(|word| word.parse::<f64>().ok());
        let (times, value) = if word == "g" {
            let times = words.next().and_then(|word| word.parse::<usize>().ok());
            (times.unwrap_or(0), number(words.next()))
        } else {
            (1, number(Some(word)))
        };
        let value = value.filter(|value| value.is_finite()).unwrap_or(0.0);
        list.extend(std::iter::repeat_n(value, times.min(count - list.len())));
    }
    list
}

/// Cuts characters into straight runs and puts them on the page.
fn add_runs(characters: &[char], origins: &[Vector], font: &Font, glyphs: &mut Vec<Glyph>) {
    let mut run = glyphs.last().map_or(0, |last| last.run + 1);
    for (range, direction) in straight(origins) {
        let along = font.turn(direction.unwrap_or(font.reading));
        let Some(along) = along.unit() else { continue };
        let placed = characters
            .iter()
            .zip(origins)
            .take(range.end)
            .skip(range.start);
        for (index, (c, origin)) in placed.enumerate() {
            glyphs.push(glyph(
                *c,
                *origin,
                font,
                along,
                run,
                index,
                range.len() == 1,
            ));
        }
        run += 1;
    }
}

fn glyph(
    c: char,
    origin: Vector,
    font: &Font,
    along: Vector,
    run: usize,
    index: usize,
    alone: bool,
) -> Glyph {
    let right = font.right.times(font.width(c) / 2.0);
    let center = origin
        .plus(right)
        .plus(font.down.times((0.5 - ASCENT) * font.size));
    Glyph {
        char: c,
        center: font.turn(center).plus(font.origin),
        right: font.turn(right),
        down: font.turn(font.down.times(font.size / 2.0)),
        along,
        run,
        index,
        alone,
    }
}

/// Ranges of points that go in one direction, with that direction; none for a single point. A step
/// that turns is the way from one line to the next and belongs to neither.
fn straight(points: &[Vector]) -> Vec<(std::ops::Range<usize>, Option<Vector>)> {
    let mut runs = Vec::new();
    let (mut start, mut direction): (usize, Option<Vector>) = (0, None);
    let steps = points.iter().zip(points.iter().skip(1));
    for (before, (from, to)) in steps.enumerate() {
        let Some(step) = to.minus(*from).unit() else {
            continue;
        };
        match direction {
            None => direction = Some(step),
            Some(known) if known.dot(step) > STRAIGHT => {}
            // One step so far, which now proves to have been the turn.
            Some(_) if before == start + 1 => {
                runs.push((start..before, None));
                (start, direction) = (before, Some(step));
            }
            Some(_) => {
                runs.push((start..before + 1, direction));
                (start, direction) = (before + 1, None);
            }
        }
    }
    if start < points.len() {
        runs.push((start..points.len(), direction));
    }
    runs
}

fn number(element: &Element<'_, '_>, name: &str) -> Option<f64> {
    let number = element.attribute(name)?.trim().parse::<f64>().ok()?;
    number.is_finite().then_some(number)
}

fn numbers(written: &str) -> Option<Vec<f64>> {
    written
        .split_whitespace()
        .map(|word| word.parse::<f64>().ok().filter(|number| number.is_finite()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_repeat_and_never_exceed_the_characters() {
        assert_eq!(deltas("5 g 3 2.5 1", 9), [5.0, 2.5, 2.5, 2.5, 1.0]);
        assert_eq!(deltas("g 4000000000 1", 3), [1.0; 3]);
        assert_eq!(deltas("g 2", 3), [0.0, 0.0]);
        assert_eq!(deltas("1e999 x 2", 3), [0.0, 0.0, 2.0]);
        assert!(deltas("1 2 3", 0).is_empty());
    }

    #[test]
    fn runs_break_where_the_text_turns() {
        let points = |points: &[(f64, f64)]| -> Vec<Vector> {
            points.iter().map(|(x, y)| Vector::new(*x, *y)).collect()
        };
        let ranges = |list: &[(f64, f64)]| -> Vec<(usize, usize)> {
            straight(&points(list))
                .into_iter()
                .map(|(range, _)| (range.start, range.end))
                .collect()
        };
        // Two lines in one go.
        let wrapped = [(0.0, 0.0), (5.0, 0.0), (10.0, 0.0), (0.0, 6.0), (5.0, 6.0)];
        assert_eq!(ranges(&wrapped), [(0, 3), (3, 5)]);
        // The first line has one character only.
        assert_eq!(
            ranges(&[(50.0, 0.0), (0.0, 6.0), (5.0, 6.0), (10.0, 6.0)]),
            [(0, 1), (1, 4)]
        );
        // Printed twice at one place.
        assert_eq!(ranges(&[(0.0, 0.0), (0.0, 0.0), (5.0, 0.0)]), [(0, 3)]);
        assert_eq!(ranges(&[(1.0, 1.0)]), [(0, 1)]);
        assert!(ranges(&[]).is_empty());
    }
}

//! What stands on a page, and its content stream.

use std::fmt;

use pdf_writer::{Content, Finish, Name, Str, TextStr};

use super::{FIELD_TAG, points, single};
use crate::error::{Error, Result};
use crate::pdf::font::Encoder;

/// A page: its size and what stands on it, the first object at the bottom.
///
/// Lengths are millimetres; x runs right from the left edge, y down from the upper edge.
#[derive(Clone, Debug, Default)]
pub struct PageContent {
    /// Width of the page.
    pub width_mm: f64,
    /// Height of the page.
    pub height_mm: f64,
    /// What stands on it.
    pub objects: Vec<PageObject>,
}

/// Something on a page.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum PageObject {
    /// One line of text.
    Text(TextObject),
    /// Lines and areas.
    Path(PathObject),
    /// A picture.
    Picture(PictureObject),
}

/// One line of text.
#[derive(Clone)]
pub struct TextObject {
    /// Where the first character begins.
    pub x_mm: f64,
    /// Where its base line runs.
    pub baseline_mm: f64,
    /// The font size.
    pub size_mm: f64,
    /// An index into the document's fonts.
    pub font: usize,
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// The characters, without line breaks.
    pub text: String,
    /// From each character to the next; the font's own advances where the list has ended.
    pub advances_mm: Vec<f64>,
    /// The metadata field whose value this text shows, so that a reader can compare them.
    pub field: Option<String>,
}

/// Lines and areas.
#[derive(Clone, Debug, Default)]
pub struct PathObject {
    /// The outline.
    pub segments: Vec<Segment>,
    /// How the outline is drawn, if it is.
    pub stroke: Option<Stroke>,
    /// Red, green, blue of the area, if it is filled (non-zero winding).
    pub fill: Option<[u8; 3]>,
}

/// A part of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Begins at a point.
    Move([f64; 2]),
    /// A straight line to a point.
    Line([f64; 2]),
    /// A cubic Bézier curve: two control points and its end.
    Curve([f64; 2], [f64; 2], [f64; 2]),
    /// Back to the last beginning.
    Close,
}

/// How an outline is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Width of the line.
    pub width_mm: f64,
    /// Red, green, blue.
    pub rgb: [u8; 3],
}

/// A picture.
#[derive(Clone)]
pub struct PictureObject {
    /// Left edge.
    pub x_mm: f64,
    /// Upper edge.
    pub y_mm: f64,
    /// Width.
    pub width_mm: f64,
    /// Height.
    pub height_mm: f64,
    /// A PNG of at most 16 million pixels; transparency is kept.
    pub png: Vec<u8>,
    /// What it shows, for those who cannot see it; without it the picture is decoration.
    pub description: Option<String>,
}

impl PathObject {
    /// Straight lines through points.
    #[must_use]
    pub fn polyline(points: &[[f64; 2]]) -> Self {
        let mut segments = Vec::new();
        for (index, point) in points.iter().enumerate() {
            segments.push(if index == 0 {
                Segment::Move(*point)
            } else {
                Segment::Line(*point)
            });
        }
        Self {
            segments,
            ..Self::default()
        }
    }

    /// A rectangle by its upper left corner.
    #[must_use]
    pub fn rectangle(x_mm: f64, y_mm: f64, width_mm: f64, height_mm: f64) -> Self {
        let (right, bottom) = (x_mm + width_mm, y_mm + height_mm);
        let corners = [[x_mm, y_mm], [right, y_mm], [right, bottom], [x_mm, bottom]];
        let mut path = Self::polyline(&corners);
        path.segments.push(Segment::Close);
        path
    }

    /// The same outline, drawn.
    #[must_use]
    pub fn stroked(mut self, width_mm: f64, rgb: [u8; 3]) -> Self {
        self.stroke = Some(Stroke { width_mm, rgb });
        self
    }

    /// The same outline, filled.
    #[must_use]
    pub fn filled(mut self, rgb: [u8; 3]) -> Self {
        self.fill = Some(rgb);
        self
    }
}

impl fmt::Debug for TextObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TextObject")
            .field("x_mm", &self.x_mm)
            .field("baseline_mm", &self.baseline_mm)
            .field("size_mm", &self.size_mm)
            .field("characters", &self.text.chars().count())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for PictureObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PictureObject")
            .field("x_mm", &self.x_mm)
            .field("y_mm", &self.y_mm)
            .field("png_size", &self.png.len())
            .finish_non_exhaustive()
    }
}

/// A content stream and the structure of what it shows.
pub(super) struct Written {
    pub(super) content: Vec<u8>,
    /// One for each marked-content number.
    pub(super) marked: Vec<Marked>,
}

/// An element of the structure tree.
pub(super) enum Marked {
    Paragraph { field: Option<String> },
    Figure { description: String },
}

/// Draws a page. `image_names` has a name for each picture in order.
pub(super) fn draw(
    page: &PageContent,
    fonts: &[Encoder],
    image_names: &[String],
) -> Result<Written> {
    check_size(page)?;
    let mut pen = Pen {
        page,
        fonts,
        content: Content::new(),
        marked: Vec::new(),
    };
    let mut images = image_names.iter();
    for object in &page.objects {
        match object {
            PageObject::Text(text) => pen.text(text)?,
            PageObject::Path(path) => pen.path(path)?,
            PageObject::Picture(picture) => {
                pen.picture(picture, images.next().map_or("", String::as_str))?;
            }
        }
    }
    Ok(Written {
        content: pen.content.finish().into_vec(),
        marked: pen.marked,
    })
}

struct Pen<'p> {
    page: &'p PageContent,
    fonts: &'p [Encoder],
    content: Content,
    marked: Vec<Marked>,
}

impl Pen<'_> {
    fn text(&mut self, text: &TextObject) -> Result<()> {
        check_numbers(&[text.x_mm, text.baseline_mm, text.size_mm])?;
        check_numbers(&text.advances_mm)?;
        if text.size_mm <= 0.0 {
            return Err(Error::argument("a font size is not positive"));
        }
        let encoder = self
            .fonts
            .get(text.font)
            .ok_or_else(|| Error::argument("there is no such font"))?;
        let items = lay_out(encoder, text)?;
        self.begin_marked(
            b"P",
            Marked::Paragraph {
                field: text.field.clone(),
            },
        )?;
        if let Some(field) = &text.field {
            let mut mark = self
                .content
                .begin_marked_content_with_properties(Name(FIELD_TAG.as_bytes()));
            mark.properties().pair(Name(b"N"), TextStr(field));
        }
        let [red, green, blue] = text.rgb.map(channel);
        self.content.begin_text();
        self.content.set_fill_rgb(red, green, blue);
        self.content
            .set_font(Name(font_name(text.font).as_bytes()), points(text.size_mm));
        let (x, y) = self.place([text.x_mm, text.baseline_mm]);
        self.content.set_text_matrix([1.0, 0.0, 0.0, 1.0, x, y]);
        let mut shown = self.content.show_positioned();
        let mut writer = shown.items();
        for item in items {
            match item {
                Item::Codes(codes) => writer.show(Str(&codes)),
                Item::Adjust(amount) => writer.adjust(amount),
            };
        }
        writer.finish();
        shown.finish();
        self.content.end_text();
        if text.field.is_some() {
            self.content.end_marked_content();
        }
        self.content.end_marked_content();
        Ok(())
    }

    fn path(&mut self, path: &PathObject) -> Result<()> {
        if path.segments.is_empty() || (path.stroke.is_none() && path.fill.is_none()) {
            return Ok(());
        }
        if !matches!(path.segments.first(), Some(Segment::Move(_))) {
            return Err(Error::argument("a path must begin with a move"));
        }
        self.begin_artifact();
        self.content.save_state();
        if let Some(stroke) = path.stroke {
            check_numbers(&[stroke.width_mm])?;
            let [red, green, blue] = stroke.rgb.map(channel);
            self.content
                .set_line_width(points(stroke.width_mm.max(0.0)));
            self.content.set_stroke_rgb(red, green, blue);
        }
        if let Some(fill) = path.fill {
            let [red, green, blue] = fill.map(channel);
            self.content.set_fill_rgb(red, green, blue);
        }
        for segment in &path.segments {
            self.segment(*segment)?;
        }
        match (path.stroke.is_some(), path.fill.is_some()) {
            (true, true) => self.content.fill_nonzero_and_stroke(),
            (true, false) => self.content.stroke(),
            (false, _) => self.content.fill_nonzero(),
        };
        self.content.restore_state();
        self.content.end_marked_content();
        Ok(())
    }

    fn segment(&mut self, segment: Segment) -> Result<()> {
        match segment {
            Segment::Move(to) => {
                check_numbers(&to)?;
                let (x, y) = self.place(to);
                self.content.move_to(x, y);
            }
            Segment::Line(to) => {
                check_numbers(&to)?;
                let (x, y) = self.place(to);
                self.content.line_to(x, y);
            }
            Segment::Curve(first, second, to) => {
                check_numbers(&[first, second, to].concat())?;
                let ((x1, y1), (x2, y2)) = (self.place(first), self.place(second));
                let (x, y) = self.place(to);
                self.content.cubic_to(x1, y1, x2, y2, x, y);
            }
            Segment::Close => {
                self.content.close_path();
            }
        }
        Ok(())
    }

    fn picture(&mut self, picture: &PictureObject, name: &str) -> Result<()> {
        check_numbers(&[
            picture.x_mm,
            picture.y_mm,
            picture.width_mm,
            picture.height_mm,
        ])?;
        match &picture.description {
            Some(description) => {
                let description = description.clone();
                self.begin_marked(b"Figure", Marked::Figure { description })?;
            }
            None => self.begin_artifact(),
        }
        let (x, y) = self.place([picture.x_mm, picture.y_mm + picture.height_mm]);
        self.content.save_state();
        self.content.transform([
            points(picture.width_mm),
            0.0,
            0.0,
            points(picture.height_mm),
            x,
            y,
        ]);
        self.content.x_object(Name(name.as_bytes()));
        self.content.restore_state();
        self.content.end_marked_content();
        Ok(())
    }

    fn begin_marked(&mut self, tag: &[u8], marked: Marked) -> Result<()> {
        let number = i32::try_from(self.marked.len())
            .map_err(|_| Error::limit("pdf marked content", 1 << 31))?;
        let mut mark = self.content.begin_marked_content_with_properties(Name(tag));
        mark.properties().identify(number);
        mark.finish();
        self.marked.push(marked);
        Ok(())
    }

    fn begin_artifact(&mut self) {
        self.content.begin_marked_content(Name(b"Artifact"));
    }

    /// The page's own coordinates run up from the lower edge.
    fn place(&self, [x, y]: [f64; 2]) -> (f32, f32) {
        (points(x), points(self.page.height_mm - y))
    }
}

pub(super) fn font_name(index: usize) -> String {
    format!("F{index}")
}

enum Item {
    Codes(Vec<u8>),
    Adjust(f32),
}

/// Codes with the adjustments that bring each character to its place. Rounding does not add up:
/// each adjustment is measured from where the pen really is.
fn lay_out(encoder: &Encoder, text: &TextObject) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    let mut run = Vec::new();
    let (mut wanted, mut actual) = (0.0_f64, 0.0_f64);
    let mut advances = text.advances_mm.iter();
    for character in text.text.chars() {
        let adjustment = ((actual - wanted) * 100.0).round() / 100.0;
        if adjustment != 0.0 {
            items.push(Item::Codes(std::mem::take(&mut run)));
            items.push(Item::Adjust(single(adjustment)));
            actual -= adjustment;
        }
        let glyph = encoder.glyph(character)?;
        run.extend(glyph.code);
        actual += glyph.advance;
        wanted += advances
            .next()
            .map_or(glyph.advance, |mm| mm / text.size_mm * 1000.0);
    }
    items.push(Item::Codes(run));
    Ok(items)
}

fn channel(value: u8) -> f32 {
    (f32::from(value) / 255.0 * 1000.0).round() / 1000.0
}

/// The format's own limit is 14 400 points (ISO 32000-1 annex C).
const LARGEST_PAGE_MM: f64 = 5080.0;

fn check_size(page: &PageContent) -> Result<()> {
    let fits = |mm: f64| (1.0..=LARGEST_PAGE_MM).contains(&mm);
    if fits(page.width_mm) && fits(page.height_mm) {
        return Ok(());
    }
    Err(Error::argument("a page must measure between 1 and 5080 mm"))
}

fn check_numbers(numbers: &[f64]) -> Result<()> {
    let places = numbers
        .iter()
        .all(|mm| mm.is_finite() && mm.abs() <= 10.0 * LARGEST_PAGE_MM);
    if places {
        Ok(())
    } else {
        Err(Error::argument("a place on the page is out of range"))
    }
}

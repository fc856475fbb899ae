//! What a signature shows: a picture, text, or both, upright on the page as it is seen.

use super::options::{Place, SignatureOptions};
use crate::error::{Error, Result};
use crate::pdf::limits;
use crate::pdf::read::{Page, View};
use crate::pdf::syntax::{Dict, Object, Ref};
use crate::pdf::update::Update;
use crate::pdf::write::{Picture, deflate, points, single};

/// Half a millimetre for rounding of page sizes, in points.
const TOLERANCE: f64 = 1.5;

/// Between picture and text, and text and edge, in points.
const MARGIN: f64 = 4.0;

/// The part of a page that is seen, and how it is turned for that.
pub(super) struct Sight {
    /// Left, bottom, right, top, in points of the page's own space.
    seen: [f64; 4],
    /// Quarter turns clockwise.
    turns: u8,
}

impl Sight {
    pub(super) fn of(view: &View<'_>, page: &Page) -> Result<Self> {
        let media = page.media_box;
        let crop = match inherited(view, page, "CropBox")? {
            Some(crop) => view.rectangle(&crop)?,
            None => media,
        };
        let [left, bottom, right, top] = [
            crop[0].max(media[0]),
            crop[1].max(media[1]),
            crop[2].min(media[2]),
            crop[3].min(media[3]),
        ];
        let seen = if left < right && bottom < top {
            [left, bottom, right, top]
        } else {
            media
        };
        let degrees = match inherited(view, page, "Rotate")? {
            Some(rotate) => view.resolve(&rotate)?.as_integer().unwrap_or(0),
            None => 0,
        };
        let turns = match degrees.rem_euclid(360) {
            90 => 1,
            180 => 2,
            270 => 3,
            _ => 0,
        };
        Ok(Self { seen, turns })
    }

    /// The place in the page's own space: left, bottom, right, top.
    pub(super) fn rectangle(&self, place: Place) -> Result<[f32; 4]> {
        let [left, bottom, right, top] = self.seen;
        let (width, height) = match self.turns % 2 {
            0 => (right - left, top - bottom),
            _ => (top - bottom, right - left),
        };
        let [x1, y1, dx, dy] = [place.x_mm, place.y_mm, place.width_mm, place.height_mm]
            .map(|mm| f64::from(points(mm)));
        let (x2, y2) = (x1 + dx, y1 + dy);
        let inside = [x1, y1, dx, dy].iter().all(|number| number.is_finite())
            && x1 >= 0.0
            && y1 >= 0.0
            && dx > 0.0
            && dy > 0.0
            && x2 <= width + TOLERANCE
            && y2 <= height + TOLERANCE;
        if !inside {
            return Err(Error::argument("the signature's place is not on the page"));
        }
        let own = |x: f64, y: f64| match self.turns {
            0 => (left + x, top - y),
            1 => (left + y, bottom + x),
            2 => (right - x, bottom + y),
            _ => (right - y, top - x),
        };
        let ((xa, ya), (xb, yb)) = (own(x1, y1), own(x2, y2));
        Ok([xa.min(xb), ya.min(yb), xa.max(xb), ya.max(yb)].map(single))
    }

    /// Makes the form's upright content upright on the turned page.
    fn matrix(&self) -> Option<[f32; 6]> {
        match self.turns {
            1 => Some([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]),
            2 => Some([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0]),
            3 => Some([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]),
            _ => None,
        }
    }

    /// Width and height of a rectangle of the page's own space, as it is seen.
    fn size(&self, [left, bottom, right, top]: [f32; 4]) -> (f64, f64) {
        let (width, height) = (f64::from(right - left), f64::from(top - bottom));
        match self.turns % 2 {
            0 => (width, height),
            _ => (height, width),
        }
    }
}

/// An attribute of the page or of a node above it.
fn inherited(view: &View<'_>, page: &Page, key: &'static str) -> Result<Option<Object>> {
    let mut node = page.dict.clone();
    for _ in 0..limits::NESTING {
        if let Some(value) = view.get(&node, key)? {
            return Ok(Some(value));
        }
        match node.get("Parent").and_then(Object::as_reference) {
            Some(parent) => node = view.dict_at(parent)?,
            None => break,
        }
    }
    Ok(None)
}

/// The appearance dictionary: a form that shows picture and text in `rect`, or nothing.
pub(super) fn appearance(
    update: &mut Update<'_>,
    sight: &Sight,
    rect: [f32; 4],
    options: &SignatureOptions,
) -> Result<Dict> {
    let (width, height) = sight.size(rect);
    let mut form = Dict::new();
    form.set("Type", Object::name("XObject"));
    form.set("Subtype", Object::name("Form"));
    form.set("BBox", reals(&[0.0, 0.0, single(width), single(height)]));
    if let Some(matrix) = sight.matrix() {
        form.set("Matrix", reals(&matrix));
    }
    let mut resources = Dict::new();
    let mut content = String::new();
    let mut text_from = 0.0;
    if let Some(png) = &options.appearance {
        let picture = Picture::from_png(png)?;
        let [left, bottom, wide, high] = match options.lettering {
            None => [0.0, 0.0, width, height],
            Some(_) => beside_text(&picture, width, height),
        };
        text_from = left + wide;
        let mut objects = Dict::new();
        objects.set("Im0", image(update, &picture));
        resources.set("XObject", objects);
        let mut states = Dict::new();
        states.set("Ink", ink());
        resources.set("ExtGState", states);
        content = format!("q /Ink gs {wide:.3} 0 0 {high:.3} {left:.3} {bottom:.3} cm /Im0 Do Q\n");
    }
    if let Some(lettering) = &options.lettering {
        let text = [text_from + MARGIN, MARGIN, width - MARGIN, height - MARGIN];
        content.push_str(&lettering.draw(text)?);
    }
    form.set("Resources", resources);
    form.set("Filter", Object::name("FlateDecode"));
    let form = update.add_stream(form, &deflate(content.as_bytes())?);
    let mut appearances = Dict::new();
    appearances.set("N", form);
    Ok(appearances)
}

/// The picture in its proportions in the left half.
fn beside_text(picture: &Picture, width: f64, height: f64) -> [f64; 4] {
    let (across, down) = picture.size();
    let ratio = f64::from(across.max(1)) / f64::from(down.max(1));
    let wide = (width / 2.0).min(height * ratio);
    let high = wide / ratio;
    [0.0, (height - high) / 2.0, wide, high]
}

/// Seal ink lets what is printed below it show through (ISO 32000-2 11.3.5).
fn ink() -> Dict {
    let mut state = Dict::new();
    state.set("Type", Object::name("ExtGState"));
    state.set("BM", Object::name("Multiply"));
    state
}

fn image(update: &mut Update<'_>, picture: &Picture) -> Ref {
    let (colours, alpha) = picture.samples();
    let mut dict = image_dict(picture, "DeviceRGB");
    if let Some(alpha) = alpha {
        let mask = update.add_stream(image_dict(picture, "DeviceGray"), alpha);
        dict.set("SMask", mask);
    }
    update.add_stream(dict, colours)
}

fn image_dict(picture: &Picture, space: &str) -> Dict {
    let (width, height) = picture.size();
    let mut dict = Dict::new();
    dict.set("Type", Object::name("XObject"));
    dict.set("Subtype", Object::name("Image"));
    dict.set("Width", i64::from(width));
    dict.set("Height", i64::from(height));
    dict.set("BitsPerComponent", 8);
    dict.set("ColorSpace", Object::name(space));
    dict.set("Filter", Object::name("FlateDecode"));
    dict
}

pub(super) fn reals(numbers: &[f32]) -> Object {
    Object::Array(
        numbers
            .iter()
            .map(|number| Object::Real(number.to_string()))
            .collect(),
    )
}

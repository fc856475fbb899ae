//! What stands on a page, and its content file.
//!
//! All lengths are millimetres; the origin is the page's upper left corner and y grows downwards.

use std::fmt;

use super::super::signatures::Area;
use super::xml::XmlWriter;
use crate::error::{Error, Result};

/// Height of a text object in font sizes: room for descenders below the baseline.
const TEXT_HEIGHT: f64 = 1.4;

/// A page. `Debug` shows no content.
#[derive(Clone, PartialEq)]
pub struct PageContent {
    /// Width in millimetres.
    pub width: f64,
    /// Height in millimetres.
    pub height: f64,
    /// What is drawn, from back to front.
    pub objects: Vec<PageObject>,
}

impl fmt::Debug for PageContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageContent")
            .field("objects", &self.objects.len())
            .finish_non_exhaustive()
    }
}

/// Something drawn on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum PageObject {
    /// A line of text.
    Text(Text),
    /// Lines and areas.
    Shape(Shape),
    /// A picture.
    Image(Image),
}

/// A line of text. `Debug` does not show it.
#[derive(Clone, PartialEq)]
pub struct Text {
    /// Left edge of the first character.
    pub x: f64,
    /// Height of the baseline.
    pub baseline: f64,
    /// Font size in millimetres.
    pub size: f64,
    /// Which of the document's fonts, by the number that adding it gave.
    pub font: usize,
    /// Colour.
    pub color: Color,
    /// The characters.
    pub text: String,
    /// From each character to the next: one fewer than characters, or empty to leave it to the
    /// viewer's font.
    pub advances: Vec<f64>,
    /// The name under which the license vocabulary points to this text. Texts of one name are
    /// read as one value in drawing order.
    pub tag: Option<String>,
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Text")
            .field("tag", &self.tag)
            .finish_non_exhaustive()
    }
}

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color(pub u8, pub u8, pub u8);

/// Lines and areas.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The path, in page coordinates.
    pub steps: Vec<PathStep>,
    /// How its line is drawn.
    pub stroke: Option<Stroke>,
    /// With what its area is filled, by the non-zero rule.
    pub fill: Option<Color>,
}

/// A line's colour and width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub color: Color,
    /// Width in millimetres.
    pub width: f64,
}

/// A step of a path, in page coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathStep {
    /// Begin a subpath.
    Move(f64, f64),
    /// A straight line.
    Line(f64, f64),
    /// A cubic curve: two control points and the end.
    Curve(f64, f64, f64, f64, f64, f64),
    /// Back to the subpath's beginning.
    Close,
}

/// A picture. `Debug` does not show it.
#[derive(Clone, PartialEq)]
pub struct Image {
    /// Where it stands; it is stretched to fit.
    pub area: Area,
    /// A PNG file.
    pub png: Vec<u8>,
}

impl fmt::Debug for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Image")
            .field("area", &self.area)
            .finish_non_exhaustive()
    }
}

/// What page contents refer to by ID.
pub(super) struct Resources<'r> {
    pub(super) fonts: &'r [String],
    /// IDs of the pictures of all pages in drawing order.
    pub(super) images: std::slice::Iter<'r, String>,
    pub(super) next_id: &'r mut u32,
}

/// An object that a tag points to.
pub(super) struct TaggedObject {
    pub(super) tag: String,
    pub(super) object: String,
}

impl PageContent {
    /// The content file, and the tagged objects in drawing order.
    pub(super) fn write(
        &self,
        resources: &mut Resources<'_>,
    ) -> Result<(Vec<u8>, Vec<TaggedObject>)> {
        let mut xml = XmlWriter::new("Page", &[])?;
        xml.begin("Area", &[])?;
        xml.leaf("PhysicalBox", &[], &self.physical_box()?)?;
        xml.end();
        xml.begin("Content", &[])?;
        xml.begin(
            "Layer",
            &[("ID", &take_id(resources.next_id)), ("Type", "Body")],
        )?;
        let mut tagged = Vec::new();
        for object in &self.objects {
            let id = take_id(resources.next_id);
            match object {
                PageObject::Text(text) => {
                    text.write(&mut xml, &id, resources.fonts)?;
                    tagged.extend(text.tag.clone().map(|tag| TaggedObject { tag, object: id }));
                }
                PageObject::Shape(shape) => shape.write(&mut xml, &id)?,
                PageObject::Image(image) => image.write(&mut xml, &id, resources)?,
            }
        }
        Ok((xml.finish(), tagged))
    }

    pub(super) fn physical_box(&self) -> Result<String> {
        if !(self.width > 0.0 && self.height > 0.0) {
            return Err(Error::argument("a page must have a width and a height"));
        }
        write_numbers(&[0.0, 0.0, self.width, self.height])
    }

    pub(super) fn images(&self) -> impl Iterator<Item = &Image> {
        self.objects.iter().filter_map(|object| match object {
            PageObject::Image(image) => Some(image),
            _ => None,
        })
    }
}

impl Text {
    fn write(&self, xml: &mut XmlWriter, id: &str, fonts: &[String]) -> Result<()> {
        let characters = self.text.chars().count();
        if characters == 0 {
            return Err(Error::argument("a text object must hold text"));
        }
        if !self.advances.is_empty() && self.advances.len() + 1 != characters {
            return Err(Error::argument(
                "a text needs one advance fewer than characters",
            ));
        }
        let font = fonts
            .get(self.font)
            .ok_or_else(|| Error::argument("the text's font was not added"))?;
        let boundary = write_numbers(&[
            self.x,
            self.baseline - self.size,
            self.width(characters)?,
            self.size * TEXT_HEIGHT,
        ])?;
        let size = write_number(self.size)?;
        let attributes = [
            ("ID", id),
            ("Boundary", boundary.as_str()),
            ("Font", font),
            ("Size", size.as_str()),
        ];
        xml.begin("TextObject", &attributes)?;
        xml.empty("FillColor", &[("Value", &self.color.value())])?;
        let delta = write_numbers(&self.advances)?;
        let mut place = vec![("X", "0"), ("Y", size.as_str())];
        if !delta.is_empty() {
            place.push(("DeltaX", &delta));
        }
        xml.leaf("TextCode", &place, &self.text)?;
        xml.end();
        Ok(())
    }

    /// Up to the end of the last character, taken as one font size wide.
    fn width(&self, characters: usize) -> Result<f64> {
        if self.advances.is_empty() {
            let count = u32::try_from(characters)
                .map_err(|_| Error::limit("characters of a text", u64::from(u32::MAX)))?;
            return Ok(f64::from(count) * self.size);
        }
        Ok(self.advances.iter().sum::<f64>() + self.size)
    }
}

impl Color {
    fn value(self) -> String {
        format!("{} {} {}", self.0, self.1, self.2)
    }
}

impl Shape {
    fn write(&self, xml: &mut XmlWriter, id: &str) -> Result<()> {
        let bounds = self.bounds()?;
        let boundary = write_numbers(&[bounds.x, bounds.y, bounds.width, bounds.height])?;
        let width = write_number(self.stroke.map_or(0.0, |stroke| stroke.width))?;
        let mut attributes = vec![("ID", id), ("Boundary", boundary.as_str())];
        if self.stroke.is_some() {
            attributes.push(("LineWidth", &width));
        } else {
            attributes.push(("Stroke", "false"));
        }
        if self.fill.is_some() {
            attributes.push(("Fill", "true"));
        }
        xml.begin("PathObject", &attributes)?;
        if let Some(fill) = self.fill {
            xml.empty("FillColor", &[("Value", &fill.value())])?;
        }
        if let Some(stroke) = self.stroke {
            xml.empty("StrokeColor", &[("Value", &stroke.color.value())])?;
        }
        xml.leaf(
            "AbbreviatedData",
            &[],
            &self.abbreviated(bounds.x, bounds.y)?,
        )?;
        xml.end();
        Ok(())
    }

    /// All points with half a line around them.
    fn bounds(&self) -> Result<Area> {
        let mut low = (f64::INFINITY, f64::INFINITY);
        let mut high = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for (x, y) in self.steps.iter().flat_map(|step| step.points()) {
            low = (low.0.min(x), low.1.min(y));
            high = (high.0.max(x), high.1.max(y));
        }
        if low.0 > high.0 {
            return Err(Error::argument("a shape must have points"));
        }
        let margin = self.stroke.map_or(0.0, |stroke| stroke.width / 2.0);
        Ok(Area {
            x: low.0 - margin,
            y: low.1 - margin,
            width: high.0 - low.0 + 2.0 * margin,
            height: high.1 - low.1 + 2.0 * margin,
        })
    }

    /// GB/T 33190-2016: coordinates count from the boundary's corner.
    fn abbreviated(&self, left: f64, top: f64) -> Result<String> {
        let mut data = String::new();
        for step in &self.steps {
            if !data.is_empty() {
                data.push(' ');
            }
            data.push(step.letter());
            for (x, y) in step.points() {
                data.push(' ');
                data.push_str(&write_numbers(&[x - left, y - top])?);
            }
        }
        Ok(data)
    }
}

impl PathStep {
    fn letter(self) -> char {
        match self {
            Self::Move(..) => 'M',
            Self::Line(..) => 'L',
            Self::Curve(..) => 'B',
            Self::Close => 'C',
        }
    }

    fn points(self) -> Vec<(f64, f64)> {
        match self {
            Self::Move(x, y) | Self::Line(x, y) => vec![(x, y)],
            Self::Curve(x1, y1, x2, y2, x3, y3) => vec![(x1, y1), (x2, y2), (x3, y3)],
            Self::Close => Vec::new(),
        }
    }
}

impl Image {
    fn write(&self, xml: &mut XmlWriter, id: &str, resources: &mut Resources<'_>) -> Result<()> {
        let resource = resources
            .images
            .next()
            .ok_or_else(|| Error::argument("the picture was not added"))?;
        let Area {
            x,
            y,
            width,
            height,
        } = self.area;
        let boundary = write_numbers(&[x, y, width, height])?;
        // The unit square is stretched to the boundary.
        let matrix = write_numbers(&[width, 0.0, 0.0, height, 0.0, 0.0])?;
        let attributes = [
            ("ID", id),
            ("Boundary", &boundary),
            ("ResourceID", resource),
            ("CTM", &matrix),
        ];
        xml.empty("ImageObject", &attributes)
    }
}

pub(super) fn take_id(next: &mut u32) -> String {
    let id = next.to_string();
    *next += 1;
    id
}

fn write_numbers(numbers: &[f64]) -> Result<String> {
    let written: Result<Vec<_>> = numbers.iter().map(|number| write_number(*number)).collect();
    Ok(written?.join(" "))
}

/// To a tenth of a micrometre, without needless zeros.
pub(in crate::ofd) fn write_number(number: f64) -> Result<String> {
    if !number.is_finite() {
        return Err(Error::argument("a length must be a finite number"));
    }
    let written = format!("{number:.4}");
    let short = written.trim_end_matches('0').trim_end_matches('.');
    Ok(if short == "-0" {
        "0".to_owned()
    } else {
        short.to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_finite() {
        for (number, text) in [
            (1.0, "1"),
            (0.5, "0.5"),
            (-0.00001, "0"),
            (210.12346, "210.1235"),
        ] {
            assert_eq!(write_number(number).unwrap(), text);
        }
        assert!(write_number(f64::NAN).is_err() && write_number(f64::INFINITY).is_err());
    }

    #[test]
    fn shapes_are_relative_to_their_boundary() {
        let shape = Shape {
            steps: vec![
                PathStep::Move(10.0, 10.0),
                PathStep::Line(20.0, 10.0),
                PathStep::Curve(20.0, 15.0, 15.0, 20.0, 10.0, 20.0),
                PathStep::Close,
            ],
            stroke: Some(Stroke {
                color: Color(255, 0, 0),
                width: 1.0,
            }),
            fill: None,
        };
        let bounds = shape.bounds().unwrap();
        assert_eq!((bounds.x, bounds.width, bounds.height), (9.5, 11.0, 11.0));
        assert_eq!(
            shape.abbreviated(bounds.x, bounds.y).unwrap(),
            "M 0.5 0.5 L 10.5 0.5 B 10.5 5.5 5.5 10.5 0.5 10.5 C"
        );
    }
}

//! A sheet as an OFD.

use super::super::page::{Color, FontRole, Item, PageLayout, PathStep, TextItem};
use super::{ATTACHMENT, Sheet, Typefaces};
use crate::error::{Error, Result};
use crate::license::Issuer;
use crate::ofd;

/// The vocabulary of our tags: the elements of the metadata by their names.
const TAG_NAMESPACE: &str = "urn:yinxin:license:1";
const TAG_ROOT: &str = "License";

pub(super) fn write(sheet: &Sheet<'_>) -> Result<Vec<u8>> {
    let (id, _) = sheet.seed.split_first_chunk().unwrap_or((&[0; 16], &[]));
    let mut builder = ofd::OfdBuilder::new(*id, sheet.created)
        .title(sheet.metadata.name())
        .vocabulary(TAG_NAMESPACE, TAG_ROOT);
    if let Some(issuer) = sheet.metadata.issuers().first().map(Issuer::name) {
        builder = builder.author(issuer);
    }
    for (name, value) in sheet.metadata.custom_data() {
        builder = builder.custom_data(&name, &value);
    }
    let mut fonts = Fonts {
        typefaces: sheet.typefaces,
        used: Vec::new(),
    };
    let page = page(sheet.page, &mut fonts);
    for (_, role) in &fonts.used {
        builder.add_font(face(*role, sheet.typefaces)?);
    }
    let json = sheet.metadata.to_json()?.into_bytes();
    builder.page(page).attach(ATTACHMENT, "json", json).build()
}

/// The fonts in use, in the order of their first use.
struct Fonts<'a> {
    typefaces: &'a Typefaces,
    used: Vec<(FontKey, FontRole)>,
}

/// A carried font serves all its roles; without one each role has its own name.
#[derive(Clone, Copy, PartialEq)]
enum FontKey {
    Carried(Option<usize>),
    Named(FontRole),
}

impl Fonts<'_> {
    fn number(&mut self, role: FontRole) -> usize {
        let key = match self.typefaces.ofd_font(role) {
            Some(_) => FontKey::Carried(self.typefaces.key(role)),
            None => FontKey::Named(role),
        };
        self.used
            .iter()
            .position(|(used, _)| *used == key)
            .unwrap_or_else(|| {
                self.used.push((key, role));
                self.used.len() - 1
            })
    }
}

fn face(role: FontRole, typefaces: &Typefaces) -> Result<ofd::FontFace> {
    let (name, family) = match role {
        FontRole::Song => ("宋体", "SimSun"),
        FontRole::Hei => ("黑体", "SimHei"),
        FontRole::Kai => ("楷体", "KaiTi"),
        FontRole::FangSong => ("仿宋", "FangSong"),
    };
    let file = typefaces.ofd_font(role).and_then(|font| font.file());
    if file.is_some_and(|(data, _)| data.starts_with(b"ttcf")) {
        return Err(Error::unsupported(
            "an OFD cannot carry a collection of fonts",
        ));
    }
    Ok(ofd::FontFace {
        name: name.to_owned(),
        family: Some(family.to_owned()),
        file: file.map(|(data, _)| data.to_vec()),
    })
}

fn page(layout: &PageLayout, fonts: &mut Fonts<'_>) -> ofd::PageContent {
    let objects = layout
        .items
        .iter()
        .filter_map(|item| object(item, fonts))
        .collect();
    ofd::PageContent {
        width: layout.width_mm,
        height: layout.height_mm,
        objects,
    }
}

fn object(item: &Item, fonts: &mut Fonts<'_>) -> Option<ofd::PageObject> {
    let shape = match item {
        Item::Text(text) => {
            let font = fonts.number(text.font);
            return self::text(text, font).map(ofd::PageObject::Text);
        }
        Item::Line {
            from,
            to,
            width_mm,
            color,
        } => ofd::Shape {
            steps: vec![
                ofd::PathStep::Move(from.0, from.1),
                ofd::PathStep::Line(to.0, to.1),
            ],
            stroke: Some(stroke(*width_mm, *color)),
            fill: None,
        },
        Item::Rect {
            x_mm,
            y_mm,
            width_mm,
            height_mm,
            stroke: line,
            fill,
        } => {
            let (right, bottom) = (x_mm + width_mm, y_mm + height_mm);
            ofd::Shape {
                steps: vec![
                    ofd::PathStep::Move(*x_mm, *y_mm),
                    ofd::PathStep::Line(right, *y_mm),
                    ofd::PathStep::Line(right, bottom),
                    ofd::PathStep::Line(*x_mm, bottom),
                    ofd::PathStep::Close,
                ],
                stroke: line.map(|(width, color)| stroke(width, color)),
                fill: fill.map(color),
            }
        }
        Item::Path {
            steps,
            width_mm,
            color,
        } => ofd::Shape {
            steps: steps.iter().map(|step| self::step(*step)).collect(),
            stroke: Some(stroke(*width_mm, *color)),
            fill: None,
        },
    };
    Some(ofd::PageObject::Shape(shape))
}

/// Readers cut white space at the ends of an XML text, so none is written there; the place and
/// the advances are those of what remains.
fn text(item: &TextItem, font: usize) -> Option<ofd::Text> {
    let shown = item.text.trim();
    let last = shown.chars().count().checked_sub(1)?;
    let leading = item
        .text
        .chars()
        .take_while(|character| character.is_whitespace())
        .count();
    let skipped: f64 = item.advances_mm.iter().take(leading).sum();
    Some(ofd::Text {
        x: item.x_mm + skipped,
        baseline: item.baseline_mm,
        size: item.size_mm,
        font,
        color: color(item.color),
        text: shown.to_owned(),
        advances: item
            .advances_mm
            .iter()
            .skip(leading)
            .take(last)
            .copied()
            .collect(),
        tag: item.field.clone(),
    })
}

fn step(step: PathStep) -> ofd::PathStep {
    match step {
        PathStep::Move(x, y) => ofd::PathStep::Move(x, y),
        PathStep::Line(x, y) => ofd::PathStep::Line(x, y),
        PathStep::Cubic([(x1, y1), (x2, y2), (x, y)]) => ofd::PathStep::Curve(x1, y1, x2, y2, x, y),
        PathStep::Close => ofd::PathStep::Close,
    }
}

fn stroke(width: f64, color: Color) -> ofd::Stroke {
    ofd::Stroke {
        color: self::color(color),
        width,
    }
}

fn color(color: Color) -> ofd::Color {
    ofd::Color(color.red, color.green, color.blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_at_the_ends_moves_the_text() {
        let mut item = TextItem {
            x_mm: 10.0,
            baseline_mm: 20.0,
            size_mm: 4.0,
            font: FontRole::Song,
            color: Color {
                red: 1,
                green: 2,
                blue: 3,
            },
            text: "　 印 信 ".to_owned(),
            advances_mm: vec![4.0, 2.0, 4.0, 2.0, 4.5, 2.0],
            field: Some("ZZMC".to_owned()),
        };
        let text = text(&item, 0).unwrap();
        assert_eq!((text.x, text.text.as_str()), (16.0, "印 信"));
        assert_eq!(text.advances, [4.0, 2.0]);
        assert_eq!(text.color, ofd::Color(1, 2, 3));
        item.text = " ".to_owned();
        assert!(super::text(&item, 0).is_none());
    }
}

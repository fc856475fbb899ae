//! A sheet as a PDF.

use super::super::page::{Color, FontRole, Item, PageLayout, PathStep, TextItem};
use super::{ATTACHMENT, Sheet, Typefaces};
use crate::error::Result;
use crate::pdf;

pub(super) fn write(sheet: &Sheet<'_>) -> Result<Vec<u8>> {
    let mut fonts = Fonts {
        typefaces: sheet.typefaces,
        keys: Vec::new(),
        used: Vec::new(),
    };
    let page = page(sheet.page, &mut fonts);
    pdf::write_document(&pdf::DocumentContent {
        title: sheet.metadata.name().to_owned(),
        language: "zh-CN".to_owned(),
        created: sheet.created,
        seed: sheet.seed,
        properties: numbered(sheet.metadata.custom_data()),
        fonts: fonts.used,
        pages: vec![page],
        attachments: vec![pdf::Attachment {
            name: ATTACHMENT.to_owned(),
            media_type: "application/json".to_owned(),
            description: "电子证照元数据".to_owned(),
            data: sheet.metadata.to_json()?.into_bytes(),
        }],
        pdf_a: sheet.pdf_a.then(pdf::OutputProfile::srgb),
    })
}

/// XMP has no name twice: where an element repeats, its second value is `CZZT.2`.
fn numbered(data: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut numbered: Vec<(String, String)> = Vec::with_capacity(data.len());
    let mut counts = std::collections::HashMap::<String, usize>::new();
    for (name, value) in data {
        let count = counts.entry(name.clone()).or_default();
        *count += 1;
        let name = if *count > 1 {
            format!("{name}.{count}")
        } else {
            name
        };
        numbered.push((name, value));
    }
    numbered
}

/// The fonts in use, in the order of their first use.
struct Fonts<'a> {
    typefaces: &'a Typefaces,
    keys: Vec<Option<usize>>,
    used: Vec<pdf::Font>,
}

impl Fonts<'_> {
    fn number(&mut self, role: FontRole) -> usize {
        let key = self.typefaces.key(role);
        self.keys
            .iter()
            .position(|used| *used == key)
            .unwrap_or_else(|| {
                let font = self.typefaces.font(role).cloned();
                self.keys.push(key);
                self.used
                    .push(font.unwrap_or_else(pdf::Font::predefined_song));
                self.used.len() - 1
            })
    }
}

fn page(layout: &PageLayout, fonts: &mut Fonts<'_>) -> pdf::PageContent {
    let objects = layout
        .items
        .iter()
        .map(|item| object(item, fonts))
        .collect();
    pdf::PageContent {
        width_mm: layout.width_mm,
        height_mm: layout.height_mm,
        objects,
    }
}

fn object(item: &Item, fonts: &mut Fonts<'_>) -> pdf::PageObject {
    let path = match item {
        Item::Text(text) => {
            let font = fonts.number(text.font);
            return pdf::PageObject::Text(self::text(text, font));
        }
        Item::Line {
            from,
            to,
            width_mm,
            color,
        } => pdf::PathObject::polyline(&[[from.0, from.1], [to.0, to.1]])
            .stroked(*width_mm, rgb(*color)),
        Item::Rect {
            x_mm,
            y_mm,
            width_mm,
            height_mm,
            stroke,
            fill,
        } => {
            let mut path = pdf::PathObject::rectangle(*x_mm, *y_mm, *width_mm, *height_mm);
            path.stroke = stroke.map(|(width_mm, color)| pdf::Stroke {
                width_mm,
                rgb: rgb(color),
            });
            path.fill = fill.map(rgb);
            path
        }
        Item::Path {
            steps,
            width_mm,
            color,
        } => {
            let segments = steps.iter().map(|step| segment(*step)).collect();
            pdf::PathObject {
                segments,
                stroke: None,
                fill: None,
            }
            .stroked(*width_mm, rgb(*color))
        }
    };
    pdf::PageObject::Path(path)
}

fn text(item: &TextItem, font: usize) -> pdf::TextObject {
    pdf::TextObject {
        x_mm: item.x_mm,
        baseline_mm: item.baseline_mm,
        size_mm: item.size_mm,
        font,
        rgb: rgb(item.color),
        text: item.text.clone(),
        advances_mm: item.advances_mm.clone(),
        field: item.field.clone(),
    }
}

fn segment(step: PathStep) -> pdf::Segment {
    match step {
        PathStep::Move(x, y) => pdf::Segment::Move([x, y]),
        PathStep::Line(x, y) => pdf::Segment::Line([x, y]),
        PathStep::Cubic([(x1, y1), (x2, y2), (x, y)]) => {
            pdf::Segment::Curve([x1, y1], [x2, y2], [x, y])
        }
        PathStep::Close => pdf::Segment::Close,
    }
}

fn rgb(color: Color) -> [u8; 3] {
    [color.red, color.green, color.blue]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_names_are_numbered() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let data = vec![pair("CZZT", "甲"), pair("ZZMC", "证"), pair("CZZT", "乙")];
        let expected = [pair("CZZT", "甲"), pair("ZZMC", "证"), pair("CZZT.2", "乙")];
        assert_eq!(numbered(data), expected);
    }
}

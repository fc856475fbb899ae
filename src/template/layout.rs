//! Places the metadata of a license on a page.

use super::columns::{Block, MeasuredRow, Split, row_gap, split};
use super::design::{Column, Template, TextBox};
use super::lines::{centered_lines, label_lines, line_count, smaller};
use super::ornament::{border, micrometre, rosette};
use super::page::{Color, FontRole, Item, PageLayout, SealPlace, TextItem};
use super::rows::{Row, annotation, list, rows};
use super::wrap::{Glyph, Measure, Run, line_width_em, measure};
use crate::error::{Error, ErrorKind, Result};
use crate::license::{Element, Issuer, Metadata};

/// Where the baseline of a Chinese font lies in its em square, from the top.
const BASELINE_EM: f64 = 0.86;
/// Texts up to this many characters are spaced out as their box says, longer ones are not.
const SPACED_CHARS: usize = 10;

/// Lays out one license on one page.
///
/// Widths come from `fonts`; [`FullWidth`](super::FullWidth) will do where no font is at hand.
/// Long values are wrapped, then everything in the body shrinks together down to the design's
/// smallest size. The text of each metadata element carries its name in
/// [`TextItem::field`](super::TextItem).
///
/// # Errors
/// `does_not_fit` naming the element whose text is too long for its place; `missing_glyph` if
/// `fonts` has no width for a character.
pub fn layout(metadata: &Metadata, template: &Template, fonts: &dyn Measure) -> Result<PageLayout> {
    let mut page = Page {
        items: Vec::new(),
        fonts,
    };
    let colors = &template.colors;
    page.items.push(Item::Rect {
        x_mm: 0.0,
        y_mm: 0.0,
        width_mm: template.paper.width,
        height_mm: template.paper.height,
        stroke: None,
        fill: Some(colors.paper),
    });
    page.items.extend(rosette(template.frame, colors.pattern));
    page.items
        .extend(border(template.paper, template.frame, colors.ornament));
    page.title(metadata, template)?;
    page.body(&rows(metadata, &template.body), template)?;
    page.authority(metadata, template)?;
    if let Some(copy) = metadata.annotated_copy() {
        let runs = annotation(copy);
        page.centered(&runs, &template.annotation, colors.annotation)?;
    }
    let identifier = metadata.identifier().to_string();
    let footer = [
        Run::label(&template.footer_label),
        Run::field(identifier, Element::Identifier.written()),
    ];
    page.centered(&footer, &template.footer, colors.footer)?;
    let (center_x_mm, center_y_mm) = template.seal_center();
    Ok(PageLayout {
        width_mm: template.paper.width,
        height_mm: template.paper.height,
        items: page.items,
        seal: SealPlace {
            page: 0,
            center_x_mm,
            center_y_mm,
            width_mm: template.seal.width,
            height_mm: template.seal.height,
        },
    })
}

struct Page<'a> {
    items: Vec<Item>,
    fonts: &'a dyn Measure,
}

impl Page<'_> {
    fn title(&mut self, metadata: &Metadata, template: &Template) -> Result<()> {
        let name = [Run::field(metadata.name(), Element::Name.written())];
        self.centered(&name, &template.title, template.colors.title)?;
        let number = [
            Run::label(&template.number_label),
            Run::field(metadata.number(), Element::Number.written()),
        ];
        self.centered(&number, &template.number, template.colors.label)
    }

    fn authority(&mut self, metadata: &Metadata, template: &Template) -> Result<()> {
        let color = template.colors.text;
        let names = metadata.issuers().iter().map(Issuer::name);
        self.centered(
            &list(names, Element::IssuerName),
            &template.authority.name,
            color,
        )?;
        let date = [Run::field(
            metadata.issued_on().to_chinese(),
            Element::IssuedOn.written(),
        )];
        self.centered(&date, &template.authority.date, color)
    }

    /// Text in the middle of its box: as few lines as fit, of about the same length.
    fn centered(&mut self, runs: &[Run], place: &TextBox, color: Color) -> Result<()> {
        let glyphs = measure(runs, place.font, self.fonts)?;
        let short = glyphs.len() <= SPACED_CHARS;
        let spacing = if short {
            place.spacing
        } else {
            place.spacing.min(0.06)
        };
        let (size, lines) = centered_lines(&glyphs, place, spacing)
            .ok_or_else(|| does_not_fit(first_field(runs)))?;
        let line_height = size * 1.2;
        let mut top = place.y + (place.height - line_count(&lines) * line_height) / 2.0;
        for line in lines {
            let line = glyphs.get(line).unwrap_or_default();
            let width = line_width_em(line, spacing) * size;
            let style = Style {
                size,
                font: place.font,
                color,
                spacing_em: spacing,
            };
            let x = place.x + (place.width - width) / 2.0;
            self.line(line, runs, x, baseline(top, size, line_height), style);
            top += line_height;
        }
        Ok(())
    }

    fn body(&mut self, rows: &[Row], template: &Template) -> Result<()> {
        let body = &template.body;
        let measured = rows
            .iter()
            .map(|row| MeasuredRow::of(row, body, self.fonts))
            .collect::<Result<Vec<_>>>()?;
        let mut size = body.size;
        let (columns, split) = loop {
            let columns: Vec<Vec<Block>> = body
                .columns
                .iter()
                .map(|column| {
                    measured
                        .iter()
                        .map(|row| row.block(column, body, size))
                        .collect()
                })
                .collect();
            match split(&columns, body, size) {
                Split::Fits(ends) => break (columns, ends),
                Split::TooLong(row) => {
                    size = smaller(size, body.min_size)
                        .ok_or_else(|| does_not_fit(rows.get(row).map_or("body", Row::field)))?;
                }
            }
        };
        let gap = row_gap(&columns, &split, body, size);
        let mut start = 0;
        for ((column, blocks), end) in body.columns.iter().zip(&columns).zip(split) {
            let mut top = body.top;
            for index in start..end {
                let (Some(block), Some(row), Some(measured)) =
                    (blocks.get(index), rows.get(index), measured.get(index))
                else {
                    continue;
                };
                let at = RowPlace { column, top, size };
                self.label(&measured.label, row, at, template);
                self.value(&measured.value, block, row, at, template);
                top += block.height + gap;
            }
            start = end;
        }
        Ok(())
    }

    /// A label spread over the width of all labels; a long one in two smaller lines.
    fn label(&mut self, label: &[Glyph], row: &Row, at: RowPlace<'_>, template: &Template) {
        let body = &template.body;
        let runs = [Run::label(&row.label)];
        let (size, lines) = label_lines(label, body, at.size);
        let first_line = at.size * body.line_height;
        let line_height = if lines.len() > 1 {
            size * 1.2
        } else {
            first_line
        };
        let mut top = at.top;
        if lines.len() > 1 {
            // Two small lines take the height of one and a half: hang them around its middle.
            top += (first_line - line_height * line_count(&lines)) / 2.0;
        }
        for line in lines {
            let line = label.get(line).unwrap_or_default();
            let free = (body.label_width * at.size) / size - line_width_em(line, 0.0);
            let gaps = f64::from(u32::try_from(line.len().saturating_sub(1)).unwrap_or(1));
            let spacing_em = if gaps > 0.0 {
                (free / gaps).max(0.0)
            } else {
                0.0
            };
            let color = template.colors.label;
            let style = Style {
                size,
                font: body.label_font,
                color,
                spacing_em,
            };
            self.line(
                line,
                &runs,
                at.column.x,
                baseline(top, size, line_height),
                style,
            );
            top += line_height;
        }
    }

    fn value(
        &mut self,
        value: &[Glyph],
        block: &Block,
        row: &Row,
        at: RowPlace<'_>,
        template: &Template,
    ) {
        let body = &template.body;
        let x = at.column.x + (body.label_width + body.label_gap) * at.size;
        let line_height = at.size * body.line_height;
        let mut top = at.top;
        let color = template.colors.text;
        let style = Style {
            size: at.size,
            font: body.font,
            color,
            spacing_em: 0.0,
        };
        for line in &block.lines {
            let line = value.get(line.clone()).unwrap_or_default();
            self.line(
                line,
                &row.value,
                x,
                baseline(top, at.size, line_height),
                style,
            );
            top += line_height;
        }
    }

    /// One line as one item for each run that it holds parts of.
    fn line(&mut self, glyphs: &[Glyph], runs: &[Run], x: f64, baseline: f64, style: Style) {
        let mut x = x;
        for part in glyphs.chunk_by(|before, after| before.run == after.run) {
            let advances: Vec<f64> = part
                .iter()
                .map(|glyph| micrometre((glyph.advance_em + style.spacing_em) * style.size))
                .collect();
            let field = part
                .first()
                .and_then(|glyph| runs.get(glyph.run))
                .and_then(|run| run.field.clone());
            let item = TextItem {
                x_mm: micrometre(x),
                baseline_mm: micrometre(baseline),
                size_mm: micrometre(style.size),
                font: style.font,
                color: style.color,
                text: part.iter().map(|glyph| glyph.character).collect(),
                advances_mm: advances,
                field,
            };
            x = item.right_mm();
            self.items.push(Item::Text(item));
        }
    }
}

#[derive(Clone, Copy)]
struct Style {
    size: f64,
    font: FontRole,
    color: Color,
    spacing_em: f64,
}

#[derive(Clone, Copy)]
struct RowPlace<'a> {
    column: &'a Column,
    top: f64,
    size: f64,
}

fn baseline(top: f64, size: f64, line_height: f64) -> f64 {
    top + (line_height - size) / 2.0 + BASELINE_EM * size
}

fn first_field(runs: &[Run]) -> &str {
    runs.iter()
        .find_map(|run| run.field.as_deref())
        .unwrap_or("label")
}

fn does_not_fit(field: &str) -> Error {
    Error::new(
        ErrorKind::DoesNotFit,
        "the text does not fit its place on the page",
    )
    .with("field", field)
}

#[cfg(test)]
mod tests {
    use super::super::{FullWidth, Generous};
    use super::*;
    use crate::license::Claims;

    const BUSINESS: &str = include_str!("../../examples/data/business-license.json");
    const PERSONAL: &str = include_str!("../../examples/data/safety-officer-certificate.json");

    fn designs() -> [Template; 2] {
        [
            Template::standard_landscape().unwrap(),
            Template::standard_portrait().unwrap(),
        ]
    }

    fn texts(page: &PageLayout) -> impl Iterator<Item = &TextItem> {
        page.items.iter().filter_map(|item| match item {
            Item::Text(text) => Some(text),
            _ => None,
        })
    }

    fn assert_inside(page: &PageLayout, template: &Template) {
        let margin = template.frame.inset + template.frame.thickness;
        for text in texts(page) {
            assert_eq!(text.text.chars().count(), text.advances_mm.len());
            assert!(
                text.x_mm >= margin && text.right_mm() <= page.width_mm - margin,
                "{text:?}"
            );
            assert!(text.baseline_mm - text.size_mm >= margin, "{text:?}");
            assert!(
                text.baseline_mm + 0.2 * text.size_mm <= page.height_mm - margin,
                "{text:?}"
            );
            assert!(!text.text.contains('\n'));
        }
    }

    #[test]
    fn the_page_states_what_the_metadata_state() {
        for text in [BUSINESS, PERSONAL] {
            let metadata = Metadata::from_json(text).unwrap();
            for template in designs() {
                let page = layout(&metadata, &template, &FullWidth).unwrap();
                assert_inside(&page, &template);
                let tagged = texts(&page)
                    .filter_map(|text| Some((text.field.as_deref()?, text.text.as_str())));
                let shown = Claims::from_page(tagged).unwrap();
                let embedded = Claims::from_json(text).unwrap();
                assert_eq!(shown.conflicts(&embedded), [""; 0]);
                assert_eq!(shown.identifier, embedded.identifier);
                assert_eq!(shown.valid_until, embedded.valid_until);
                assert_eq!(shown.fields, embedded.fields);
                assert_eq!(shown.holders[0].code, embedded.holders[0].code);
            }
        }
    }

    #[test]
    fn several_holders_keep_their_places() {
        let holder = r#"{ "name": "张三", "code": "349901199003070016", "code_type": "111" }"#;
        let second = r#"{ "name": "李四", "code": "349901198506150021", "code_type": "111" }"#;
        let text = PERSONAL.replace(holder, &format!("{holder}, {second}"));
        let metadata = Metadata::from_json(&text).unwrap();
        for template in designs() {
            let page = layout(&metadata, &template, &FullWidth).unwrap();
            let tagged =
                texts(&page).filter_map(|text| Some((text.field.as_deref()?, text.text.as_str())));
            let shown = Claims::from_page(tagged).unwrap();
            assert_eq!(shown.holders.len(), 2);
            assert_eq!(shown.holders[1].name.as_deref(), Some("李四"));
            assert!(
                shown
                    .conflicts(&Claims::from_json(&text).unwrap())
                    .is_empty()
            );
        }
    }

    #[test]
    fn an_annotated_copy_says_what_it_is_for() {
        let copy = r#""annotated_copy": {"created_at": "2026-04-01T02:00:00Z",
            "creator": "某某市政务服务中心", "cause": "办理施工许可证",
            "expires_at": "2026-05-01T00:00:00Z"}, "fields""#;
        let text = PERSONAL.replace("\"fields\"", copy);
        let metadata = Metadata::from_json(&text).unwrap();
        for template in designs() {
            let page = layout(&metadata, &template, &Generous).unwrap();
            assert_inside(&page, &template);
            let said: String = texts(&page)
                .filter(|text| text.font == FontRole::Hei)
                .map(|text| text.text.as_str())
                .collect();
            assert_eq!(
                said,
                "加注件　仅用于：办理施工许可证　制作者：某某市政务服务中心　有效期至：2026年5月1日"
            );
            let tagged =
                texts(&page).filter_map(|text| Some((text.field.as_deref()?, text.text.as_str())));
            let shown = Claims::from_page(tagged).unwrap();
            assert_eq!(shown.copy_cause.as_deref(), Some("办理施工许可证"));
            assert!(
                shown
                    .conflicts(&Claims::from_json(&text).unwrap())
                    .is_empty()
            );
        }
    }

    #[test]
    fn the_same_inputs_give_the_same_page() {
        let metadata = Metadata::from_json(BUSINESS).unwrap();
        for template in designs() {
            let page = layout(&metadata, &template, &Generous).unwrap();
            assert_eq!(page, layout(&metadata, &template, &Generous).unwrap());
        }
    }

    #[test]
    fn what_cannot_fit_is_named() {
        let long = "销售，".repeat(1200);
        let text = BUSINESS.replace("软件开发；", &long);
        let metadata = Metadata::from_json(&text).unwrap();
        for template in designs() {
            let error = layout(&metadata, &template, &FullWidth).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::DoesNotFit);
            assert!(
                error.context().any(|(_, value)| value == "KZ_JYFW"),
                "{error}"
            );
        }
        let issuer = BUSINESS.replace("某某市市场", &"某".repeat(500));
        let metadata = Metadata::from_json(&issuer).unwrap();
        let error = layout(&metadata, &designs()[0], &FullWidth).unwrap_err();
        assert!(
            error.context().any(|(_, value)| value == "ZZBFJG"),
            "{error}"
        );
    }

    #[test]
    fn long_values_shrink_and_stay_inside() {
        for repeat in [5, 20, 60, 100] {
            let text = BUSINESS.replace("软件开发；", &"软件开发；".repeat(repeat));
            let metadata = Metadata::from_json(&text).unwrap();
            for template in designs() {
                let page = layout(&metadata, &template, &FullWidth).unwrap();
                assert_inside(&page, &template);
            }
        }
    }

    #[test]
    fn the_seal_stands_over_issuer_and_date() {
        let metadata = Metadata::from_json(BUSINESS).unwrap();
        for template in designs() {
            let page = layout(&metadata, &template, &FullWidth).unwrap();
            for text in texts(&page)
                .filter(|text| matches!(text.field.as_deref(), Some("ZZBFJG" | "ZZBFRQ")))
            {
                let half = page.seal.height_mm / 2.0;
                assert!(
                    (text.baseline_mm - page.seal.center_y_mm).abs() < half,
                    "{text:?}"
                );
                let middle = f64::midpoint(text.x_mm, text.right_mm());
                assert!((middle - page.seal.center_x_mm).abs() < 1.0, "{text:?}");
            }
        }
    }

    #[test]
    fn debug_hides_the_text() {
        let metadata = Metadata::from_json(PERSONAL).unwrap();
        let page = layout(&metadata, &designs()[0], &FullWidth).unwrap();
        let shown = format!("{page:?}");
        assert!(!shown.contains("张三") && !shown.contains("1990"));
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]
        #[test]
        fn any_value_fits_or_is_refused(value in "[a-zA-Z中文，。（）0-9]{1,400}", label in "[标签]{1,20}") {
            let text = BUSINESS.replace("壹仟万元整", &value).replace("注册资本", &label);
            let metadata = Metadata::from_json(&text).unwrap();
            for template in designs() {
                match layout(&metadata, &template, &FullWidth) {
                    Ok(page) => assert_inside(&page, &template),
                    Err(error) => proptest::prop_assert_eq!(error.kind(), ErrorKind::DoesNotFit),
                }
            }
        }
    }
}

//! Lays out a license and writes the page as SVG to standard output, to look at a design:
//! `cargo run --example template_svg -- examples/data/business-license.json > page.svg`, with
//! `portrait` or the path of a template's JSON as second argument.

use std::fmt::Write as _;
use std::io::Write as _;

use yinxin::license::Metadata;
use yinxin::template::{Color, FontRole, Generous, Item, PageLayout, PathStep, Template, layout};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let metadata = arguments
        .next()
        .ok_or("give the path of a license's metadata")?;
    let metadata = Metadata::from_json(&std::fs::read_to_string(metadata)?)?;
    let template = match arguments.next().as_deref() {
        None | Some("landscape") => Template::standard_landscape()?,
        Some("portrait") => Template::standard_portrait()?,
        Some(path) => Template::from_json(&std::fs::read_to_string(path)?)?,
    };
    let page = layout(&metadata, &template, &Generous)?;
    std::io::stdout().write_all(svg(&page)?.as_bytes())?;
    Ok(())
}

fn svg(page: &PageLayout) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    let (width, height) = (page.width_mm, page.height_mm);
    writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}">"#
    )?;
    for item in &page.items {
        draw(&mut out, item)?;
    }
    let seal = page.seal;
    writeln!(
        out,
        r##"<ellipse cx="{}" cy="{}" rx="{}" ry="{}" fill="none" stroke="#d8221c" stroke-width="1.2" opacity="0.8"/>"##,
        seal.center_x_mm,
        seal.center_y_mm,
        seal.width_mm / 2.0,
        seal.height_mm / 2.0
    )?;
    out.push_str("</svg>\n");
    Ok(out)
}

fn draw(out: &mut String, item: &Item) -> std::fmt::Result {
    match item {
        Item::Text(text) => {
            let family = match text.font {
                FontRole::Song => "Noto Serif CJK SC",
                FontRole::Hei => "Noto Sans CJK SC",
                FontRole::Kai | FontRole::FangSong => "AR PL KaitiM GB, Noto Serif CJK SC",
            };
            let (size, color) = (text.size_mm, hex(text.color));
            writeln!(
                out,
                r#"<g font-size="{size}" font-family="{family}" fill="{color}">"#
            )?;
            // Not every viewer places characters by a list, so each has its own element.
            let mut x = text.x_mm;
            for (character, advance) in text.text.chars().zip(&text.advances_mm) {
                let character = match character {
                    '&' => "&amp;".to_owned(),
                    '<' => "&lt;".to_owned(),
                    other => other.to_string(),
                };
                writeln!(
                    out,
                    r#"<text x="{x:.3}" y="{}">{character}</text>"#,
                    text.baseline_mm
                )?;
                x += advance;
            }
            writeln!(out, "</g>")
        }
        Item::Line {
            from,
            to,
            width_mm,
            color,
        } => writeln!(
            out,
            r#"<line x1="{}" y1="{}" x2="{}" y2="{}" stroke-width="{width_mm}" stroke="{}"/>"#,
            from.0,
            from.1,
            to.0,
            to.1,
            hex(*color)
        ),
        Item::Rect {
            x_mm,
            y_mm,
            width_mm,
            height_mm,
            stroke,
            fill,
        } => {
            let fill = fill.map_or_else(|| "none".to_owned(), hex);
            let stroke = stroke.map_or_else(String::new, |(width, color)| {
                format!(r#" stroke="{}" stroke-width="{width}""#, hex(color))
            });
            writeln!(
                out,
                r#"<rect x="{x_mm}" y="{y_mm}" width="{width_mm}" height="{height_mm}" fill="{fill}"{stroke}/>"#
            )
        }
        Item::Path {
            steps,
            width_mm,
            color,
        } => {
            let mut data = String::new();
            for step in steps {
                match step {
                    PathStep::Move(x, y) => write!(data, "M{x} {y}")?,
                    PathStep::Line(x, y) => write!(data, "L{x} {y}")?,
                    PathStep::Cubic([(a, b), (c, d), (x, y)]) => {
                        write!(data, "C{a} {b} {c} {d} {x} {y}")?;
                    }
                    PathStep::Close => data.push('Z'),
                }
            }
            writeln!(
                out,
                r#"<path d="{data}" fill="none" stroke="{}" stroke-width="{width_mm}"/>"#,
                hex(*color)
            )
        }
    }
}

fn hex(color: Color) -> String {
    format!("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue)
}

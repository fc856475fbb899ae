//! SVG: the size it states, its colours, and what it must not hold.

use roxmltree::{Document, Node, ParsingOptions};

use super::{Ink, Look, PictureFault, is_red};
use crate::seal::picture::Color;

/// Elements and texts of one picture: a drawn seal has some hundred.
const MAX_NODES: u32 = 200_000;

/// Pixels of CSS in an inch.
const CSS_DPI: f64 = 96.0;

pub(super) fn look(data: &[u8]) -> Option<Look> {
    let text = std::str::from_utf8(data).ok()?;
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).ok()?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return None;
    }
    let side = |name| root.attribute(name).and_then(millimetres);
    let mut look = Look {
        stated_mm: side("width").zip(side("height")),
        aspect: root.attribute("viewBox").and_then(aspect),
        transparent: Some(true),
        ..Look::default()
    };
    let mut colors = Vec::new();
    for node in root.descendants().filter(Node::is_element) {
        look.faults.extend(forbidden(&node));
        colors.extend(
            color_of(&node, "fill")
                .into_iter()
                .chain(color_of(&node, "stroke")),
        );
    }
    look.faults.sort_unstable_by_key(|fault| fault.code());
    look.faults.dedup();
    look.ink = ink(&colors);
    Some(look)
}

/// What an element must not be or have.
fn forbidden(node: &Node<'_, '_>) -> Vec<PictureFault> {
    let mut faults = Vec::new();
    match node.tag_name().name() {
        "script" | "foreignObject" | "animate" | "set" => faults.push(PictureFault::Script),
        "text" => faults.push(PictureFault::Text),
        "style" if node.text().is_some_and(is_external_style) => {
            faults.push(PictureFault::External);
        }
        _ => {}
    }
    for attribute in node.attributes() {
        let (name, value) = (attribute.name(), attribute.value().trim());
        let inside = value.starts_with('#') || value.starts_with("data:");
        if name.len() > 2 && name.starts_with("on") {
            faults.push(PictureFault::Script);
        } else if (name == "href" && !inside) || is_external_style(value) {
            faults.push(PictureFault::External);
        }
    }
    faults
}

/// Whether a style fetches something.
fn is_external_style(text: &str) -> bool {
    let imports = text.contains("@import");
    let fetched = |rest: &str| {
        let target = rest.trim_start_matches(['"', '\'', ' ']);
        !target.starts_with('#') && !target.starts_with("data:")
    };
    imports || text.split("url(").skip(1).any(fetched)
}

/// `42mm`, `4.2cm`, `1in`, `30pt`, `160` or `160px` (CSS); percentages state nothing.
fn millimetres(text: &str) -> Option<f64> {
    let text = text.trim();
    let end = text.find(|c: char| c.is_ascii_alphabetic() || c == '%');
    let (number, unit) = text.split_at_checked(end.unwrap_or(text.len()))?;
    let scale = match unit {
        "mm" => 1.0,
        "cm" => 10.0,
        "in" => super::MM_PER_INCH,
        "pt" => super::MM_PER_INCH / 72.0,
        "" | "px" => super::MM_PER_INCH / CSS_DPI,
        _ => return None,
    };
    let number: f64 = number.trim().parse().ok()?;
    (number.is_finite() && number > 0.0).then_some(number * scale)
}

fn aspect(view_box: &str) -> Option<f64> {
    let numbers: Vec<f64> = view_box
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    match *numbers {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some(width / height),
        _ => None,
    }
}

/// A paint of an element, from its attribute or its style: `None` where it is none or of a form that
/// is not read here.
fn color_of(node: &Node<'_, '_>, property: &str) -> Option<(u8, u8, u8)> {
    let styled = node.attribute("style").and_then(|style| {
        style
            .split(';')
            .filter_map(|part| part.split_once(':'))
            .find_map(|(name, value)| (name.trim() == property).then_some(value))
    });
    color(styled.or(node.attribute(property))?.trim())
}

fn color(text: &str) -> Option<(u8, u8, u8)> {
    if let Some(digits) = text.strip_prefix('#') {
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        return match digits.len() {
            6 => Some((red, green, blue)),
            3 => {
                let [_, _, first, rest] = number.to_be_bytes();
                Some((first * 17, (rest >> 4) * 17, (rest & 15) * 17))
            }
            _ => None,
        };
    }
    match text {
        "red" => Some((255, 0, 0)),
        "darkred" => Some((139, 0, 0)),
        "crimson" => Some((220, 20, 60)),
        "black" => Some((0, 0, 0)),
        "blue" => Some((0, 0, 255)),
        "green" => Some((0, 128, 0)),
        _ => None,
    }
}

/// Every named paint counts once: how much it covers is not drawn here. White is taken for holes.
fn ink(colors: &[(u8, u8, u8)]) -> Option<Ink> {
    let inked = || colors.iter().filter(|color| **color != (255, 255, 255));
    let count = inked().count();
    let (red, green, blue) = *inked().next()?;
    let reds = inked().filter(|(r, g, b)| is_red(*r, *g, *b)).count();
    Some(Ink {
        color: Color { red, green, blue },
        red: reds as f64 / count as f64,
        extent: (1.0, 1.0),
    })
}

//! A nested OFD: one page of the seal's size, complete, without actions.

use roxmltree::{Document as Xml, ParsingOptions};

use super::{Look, PictureFault};
use crate::ofd::{Document, Limits, Package, PackagePath};

/// Elements and texts of one file: a drawn seal has some hundred.
const MAX_NODES: u32 = 200_000;

pub(super) fn look(data: &[u8]) -> Option<Look> {
    let package = Package::open(data, &Limits::default()).ok()?;
    let document = Document::read(&package).ok()?;
    let body = document.bodies.first()?;
    let view = body.displayed()?;
    let mut look = Look::default();
    let [page] = &*view.pages else {
        look.faults.push(PictureFault::Incomplete);
        return Some(look);
    };
    let lacks = !body.faults.is_empty() || body.missing().next().is_some();
    if lacks || document.bodies.len() > 1 {
        look.faults.push(PictureFault::Incomplete);
    }
    if page.texts().next().is_some() {
        look.faults.push(PictureFault::Text);
    }
    let files = [&page.path, &view.root].map(|path| read(&package, path));
    let acts = |text: &String| elements(text, &["Action", "URI", "GotoA", "Movie", "Sound"]);
    if files.iter().flatten().any(|text| !acts(text).is_empty()) {
        look.faults.push(PictureFault::Script);
    }
    // The page's own area goes before the document's.
    look.stated_mm = files
        .iter()
        .flatten()
        .find_map(|file| elements(file, &["PhysicalBox"]).into_iter().next())
        .and_then(|numbers: String| size(&numbers));
    Some(look)
}

fn read(package: &Package<'_>, path: &PackagePath) -> Option<String> {
    String::from_utf8(package.read(path).ok()?.into_owned()).ok()
}

/// The texts of all elements of these local names.
fn elements(text: &str, names: &[&str]) -> Vec<String> {
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let Ok(xml) = Xml::parse_with_options(text, options) else {
        return Vec::new();
    };
    xml.descendants()
        .filter(|node| node.is_element() && names.contains(&node.tag_name().name()))
        .map(|node| node.text().unwrap_or_default().to_owned())
        .collect()
}

/// The last two of four numbers.
fn size(text: &str) -> Option<(f64, f64)> {
    let numbers: Vec<f64> = text
        .split_whitespace()
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    match *numbers {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some((width, height)),
        _ => None,
    }
}

//! Entry names: from bytes to paths, and which names a reader could take for one another.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::ambiguous;
use super::location::{Location, PackagePath};
use super::zip::Entry;
use crate::error::Result;
use crate::finding::{Finding, FindingCode};

/// Stands for any character outside ASCII when only the shape of a name is compared.
const PLACEHOLDER: char = '\u{fffd}';

/// The path an entry's name stands for.
pub(super) fn path_of(entry: &Entry<'_>, findings: &mut Vec<Finding>) -> Result<PackagePath> {
    let text = text_of(entry);
    let location = Location::resolve("/", &text).map_err(|error| error.with("entry", &text))?;
    if location.odd_style || location.absolute || text.trim() != text {
        findings.push(Finding::new(
            FindingCode::LocationStyle,
            location.path.as_str(),
        ));
    }
    if !entry.utf8 && !entry.name.is_ascii() {
        findings.push(Finding::new(
            FindingCode::NameEncoding,
            location.path.as_str(),
        ));
    }
    Ok(location.path)
}

/// UTF-8 where the bytes are; bytes of an older encoding are written as `%XX`, since no reader can
/// know which one is meant.
fn text_of(entry: &Entry<'_>) -> String {
    if let Ok(text) = std::str::from_utf8(entry.name) {
        return text.to_owned();
    }
    let mut text = String::new();
    let mut bytes = entry.name.iter();
    while let Some(lead) = bytes.next() {
        if lead.is_ascii() {
            text.push(char::from(*lead));
            continue;
        }
        // The trail byte may be an ASCII character, `\\` among them; it is not one.
        for byte in std::iter::once(lead).chain(bytes.next()) {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// What stays of a path for readers that ignore letter case and composition.
pub(super) fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    let lower: String = path.nfc().flat_map(char::to_lowercase).collect();
    lower.nfc().collect()
}

/// Refuses names that become one another in some reader: by case, composition, separators,
/// encoding, or because one is the directory of another.
pub(super) struct Collisions {
    files: HashMap<String, PackagePath>,
    /// Shapes of names outside ASCII as UTF-8 readers see them, and whether so marked.
    utf8_shapes: HashSet<(String, bool)>,
    /// Shapes as GBK readers see unmarked names, and whether they are UTF-8 too.
    gbk_shapes: HashSet<(String, bool)>,
}

impl Collisions {
    pub(super) fn new() -> Self {
        Self {
            files: HashMap::new(),
            utf8_shapes: HashSet::new(),
            gbk_shapes: HashSet::new(),
        }
    }

    pub(super) fn add(&mut self, path: &PackagePath, entry: &Entry<'_>) -> Result<()> {
        let key = folded(path.as_str());
        if self.files.insert(key, path.clone()).is_some() {
            return Err(ambiguous("duplicate_name").with("entry", path));
        }
        self.add_shapes(entry);
        Ok(())
    }

    fn add_shapes(&mut self, entry: &Entry<'_>) {
        if entry.name.is_ascii() {
            return;
        }
        let text = std::str::from_utf8(entry.name).ok();
        if let Some(text) = text {
            self.utf8_shapes.insert((utf8_shape(text), entry.utf8));
        }
        if !entry.utf8 {
            self.gbk_shapes
                .insert((gbk_shape(entry.name), text.is_some()));
        }
    }

    /// The files by folded path, if no two collide.
    pub(super) fn into_files(self) -> Result<HashMap<String, PackagePath>> {
        refuse_files_as_directories(&self.files)?;
        // A marked name and an unmarked one read as GBK; or, both unmarked, one that is UTF-8 and
        // one that is not, in a reader that guesses for each. Their characters are not compared,
        // only their shape: no honest writer mixes encodings and hits the same shape.
        let collides = self.gbk_shapes.iter().any(|(shape, gbk_is_utf8)| {
            self.utf8_shapes.contains(&(shape.clone(), true))
                || (!gbk_is_utf8 && self.utf8_shapes.contains(&(shape.clone(), false)))
        });
        if collides {
            return Err(ambiguous("name_encoding"));
        }
        Ok(self.files)
    }
}

fn refuse_files_as_directories(files: &HashMap<String, PackagePath>) -> Result<()> {
    // By segments, what is inside a directory follows its name at once.
    let mut split: Vec<Vec<&str>> = files.keys().map(|key| key.split('/').collect()).collect();
    split.sort_unstable();
    let inside = split.windows(2).find(|pair| match pair {
        [one, next] => next.starts_with(one),
        _ => false,
    });
    match inside.and_then(|pair| pair.first()) {
        Some(both) => Err(ambiguous("file_is_directory").with("entry", both.join("/"))),
        None => Ok(()),
    }
}

fn utf8_shape(text: &str) -> String {
    let shape: String = text
        .nfc()
        .map(|c| if c.is_ascii() { c } else { PLACEHOLDER })
        .collect();
    shape.to_lowercase()
}

/// GBK: a lead byte from 0x81 takes the next byte, which may be an ASCII letter, with it.
fn gbk_shape(name: &[u8]) -> String {
    let mut shape = String::new();
    let mut bytes = name.iter();
    while let Some(byte) = bytes.next() {
        if byte.is_ascii() {
            shape.push(char::from(byte.to_ascii_lowercase()));
        } else {
            bytes.next();
            shape.push(PLACEHOLDER);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_and_composition() {
        assert_eq!(folded("/DOC_0/É"), folded("/doc_0/e\u{301}"));
        assert_ne!(folded("/a"), folded("/b"));
    }

    #[test]
    fn shapes_of_one_name_in_two_encodings_are_equal() {
        let gbk = b"\xd6\xd0\xce\xc4.xml";
        assert_eq!(gbk_shape(gbk), utf8_shape("中文.xml"));
        assert_ne!(gbk_shape(gbk), utf8_shape("中文字.xml"));
    }
}

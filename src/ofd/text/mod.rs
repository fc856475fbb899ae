//! Where a text stands on the pages, as a reader sees it.
//!
//! Documents break text as their makers like: a word may be spread over several `TextCode`s, over
//! objects of one character each, or between a page and its template. So characters are placed one
//! by one ([`glyph`]), brought into lines by where they stand ([`mod@line`]), and only then compared.

mod glyph;
mod line;

use super::package::Package;
use super::signatures::Area;
use super::tree::{MAX_XML_BYTES, Page, View};
use super::xml::XmlFile;
use crate::error::{Error, Result};
use glyph::Glyph;

/// Characters of one page with its templates: some 50 times a page of fine print.
const MAX_GLYPHS: usize = 500_000;
/// Occurrences of a text in a document.
const MAX_HITS: usize = 10_000;
/// Characters of a text that is looked for.
const MAX_NEEDLE: usize = 200;

/// An occurrence of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextHit {
    /// The page, from 0.
    pub page: usize,
    /// Around its characters. Widths of characters whose font is not embedded are estimated.
    pub area: Area,
}

impl View {
    /// All occurrences of `text` on these pages, numbered from 0: by page, then from top to bottom,
    /// then from left to right. White space, the width of letters (ｆｕｌｌ or half) and the
    /// boundaries of objects do not count; each occurrence stands on one line, level or upright.
    ///
    /// # Errors
    /// `invalid_argument` for a text without visible characters, one longer than 200, or a page
    /// that does not exist; `limit_exceeded` beyond 500 000 characters on a page or 10 000
    /// occurrences; and what reading the pages gives.
    pub fn find_text(
        &self,
        package: &Package<'_>,
        pages: &[usize],
        text: &str,
    ) -> Result<Vec<TextHit>> {
        let needle: Vec<char> = line::folded(text).collect();
        if needle.is_empty() || needle.len() > MAX_NEEDLE {
            return Err(Error::argument(
                "the text to look for must have 1 to 200 visible characters",
            ));
        }
        let mut hits = Vec::new();
        let mut budget = MAX_XML_BYTES;
        for number in pages {
            let page = self
                .pages
                .get(*number)
                .ok_or_else(|| Error::argument("the document has no such page"))?;
            let glyphs = self.glyphs(package, page, &mut budget)?;
            let areas = line::find(&glyphs, &needle, MAX_HITS);
            let page = *number;
            hits.extend(areas.into_iter().map(|area| TextHit { page, area }));
            if hits.len() > MAX_HITS {
                return Err(Error::limit("occurrences of a text", 10_000));
            }
        }
        Ok(hits)
    }

    /// The visible characters of a page, those of its templates among them.
    fn glyphs(&self, package: &Package<'_>, page: &Page, budget: &mut usize) -> Result<Vec<Glyph>> {
        let templates = page
            .templates
            .iter()
            .filter_map(|id| self.templates.iter().find(|template| template.id == *id));
        let mut glyphs = Vec::new();
        for part in templates.chain([page]) {
            // A template is read anew for each of its pages.
            *budget = budget
                .checked_sub(package.size_of(&part.path))
                .ok_or_else(|| Error::limit("XML bytes of all pages", 512 << 20))?;
            let file = XmlFile::read(package, &part.path)?;
            let parsed = file.parse()?;
            let objects = parsed.any_root().descendants();
            for object in objects.filter(|element| element.name() == "TextObject") {
                glyph::place(&object, &mut glyphs);
                if glyphs.len() > MAX_GLYPHS {
                    return Err(
                        Error::limit("characters on a page", 500_000).with("entry", &part.path)
                    );
                }
            }
        }
        Ok(glyphs)
    }
}

#[cfg(test)]
mod tests;

//! Measuring text and breaking it into lines.

use std::ops::Range;

use super::page::FontRole;
use crate::error::{Error, ErrorKind, Result};

/// How wide characters are. The caller's fonts answer; the core searches none.
pub trait Measure {
    /// The advance of `character` in em, or `None` if the font has no glyph for it.
    fn advance_em(&self, font: FontRole, character: char) -> Option<f64>;
}

/// Widths of any usual Chinese font to a good approximation: ASCII half an em, all else one.
#[derive(Clone, Copy, Debug, Default)]
pub struct FullWidth;

impl Measure for FullWidth {
    fn advance_em(&self, _font: FontRole, character: char) -> Option<f64> {
        Some(if character.is_ascii() { 0.5 } else { 1.0 })
    }
}

/// Widths that hardly any font exceeds: for pages whose reader will choose the font, where a
/// proportional one would push wide letters into their neighbours.
#[derive(Clone, Copy, Debug, Default)]
pub struct Generous;

impl Measure for Generous {
    fn advance_em(&self, _font: FontRole, character: char) -> Option<f64> {
        Some(match character {
            'M' | 'W' | 'm' | 'w' | '%' | '@' => 0.92,
            'A'..='Z' | '&' => 0.72,
            // Narrow letters are half an em wide in the fonts of most readers, 宋体 first.
            '.' | ',' | ':' | ';' | '\'' | ' ' | 'f' | 'i' | 'j' | 'l' | 't' => 0.5,
            _ if character.is_ascii() => 0.57,
            _ => 1.0,
        })
    }
}

/// Text of one metadata element, or a label without one.
pub(super) struct Run {
    pub(super) text: String,
    pub(super) field: Option<String>,
}

impl Run {
    pub(super) fn label(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            field: None,
        }
    }

    pub(super) fn field(text: impl Into<String>, field: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            field: Some(field.into()),
        }
    }
}

/// A measured character and the run it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Glyph {
    pub(super) character: char,
    pub(super) advance_em: f64,
    pub(super) run: usize,
}

pub(super) fn measure(runs: &[Run], font: FontRole, measure: &dyn Measure) -> Result<Vec<Glyph>> {
    let mut glyphs = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        for character in run.text.chars() {
            let advance_em = match character {
                '\n' => 0.0,
                _ => measure
                    .advance_em(font, character)
                    .filter(|advance| (0.0..=8.0).contains(advance))
                    .ok_or_else(|| missing_glyph(character, run))?,
            };
            glyphs.push(Glyph {
                character,
                advance_em,
                run: index,
            });
        }
    }
    Ok(glyphs)
}

fn missing_glyph(character: char, run: &Run) -> Error {
    Error::new(
        ErrorKind::MissingGlyph,
        "the font has no glyph for a character of the license",
    )
    .with("field", run.field.as_deref().unwrap_or("label"))
    .with("code_point", format_args!("U+{:04X}", u32::from(character)))
}

/// Must not begin a line.
pub(super) const CLOSING: &str = "，。、；：！？）》」』】〉〕”’…—％℃,.;:!?)]}%";
/// Must not end a line.
const OPENING: &str = "（《「『【〈〔“‘([{";

/// Breaks glyphs into lines no wider than `width_em`, `spacing_em` between characters. Latin
/// words and numbers stay whole where they fit a line; punctuation keeps its side.
pub(super) fn wrap(glyphs: &[Glyph], width_em: f64, spacing_em: f64) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < glyphs.len() {
        let (end, next) = line_end(glyphs, start, width_em, spacing_em);
        lines.push(start..end);
        start = next;
    }
    lines
}

/// Where the line from `start` ends, and where the next begins (after a line break or spaces).
fn line_end(glyphs: &[Glyph], start: usize, width_em: f64, spacing_em: f64) -> (usize, usize) {
    let mut width = 0.0;
    let mut last_break = None;
    for (at, glyph) in glyphs.iter().enumerate().skip(start) {
        if glyph.character == '\n' {
            return (at, at + 1);
        }
        if at > start && may_break(glyphs, at) {
            last_break = Some(at);
        }
        width += glyph.advance_em;
        // A hair of tolerance, so that a line measured to fit also fits when measured again.
        if width > width_em + 1e-9 && at > start {
            let end = last_break.unwrap_or(at);
            return (end, skip_spaces(glyphs, end));
        }
        width += spacing_em;
    }
    (glyphs.len(), glyphs.len())
}

fn skip_spaces(glyphs: &[Glyph], from: usize) -> usize {
    let spaces = glyphs
        .iter()
        .skip(from)
        .take_while(|glyph| glyph.character == ' ')
        .count();
    from + spaces
}

/// Lines that end only at punctuation, as many phrases each as fit; `None` if a phrase is wider
/// than a line.
pub(super) fn phrases(
    glyphs: &[Glyph],
    width_em: f64,
    spacing_em: f64,
) -> Option<Vec<Range<usize>>> {
    let ends = (1..=glyphs.len()).filter(|end| {
        let last = glyphs
            .get(end - 1)
            .is_some_and(|glyph| CLOSING.contains(glyph.character));
        *end == glyphs.len() || (last && may_break(glyphs, *end))
    });
    let fits = |range: Range<usize>| {
        glyphs
            .get(range)
            .is_some_and(|line| line_width_em(line, spacing_em) <= width_em + 1e-9)
    };
    let mut lines = Vec::new();
    let mut line = 0..0;
    for end in ends {
        if fits(line.start..end) {
            line.end = end;
            continue;
        }
        let phrase = line.end..end;
        if line.is_empty() || !fits(phrase.clone()) {
            return None;
        }
        lines.push(std::mem::replace(&mut line, phrase));
    }
    lines.push(line);
    Some(lines)
}

/// Whether a line may end before the glyph at `at`.
fn may_break(glyphs: &[Glyph], at: usize) -> bool {
    let character = |at: usize| glyphs.get(at).map_or(' ', |glyph| glyph.character);
    let (before, after) = (character(at.saturating_sub(1)), character(at));
    let in_word = |c: char| c.is_ascii_graphic();
    !(CLOSING.contains(after)
        || OPENING.contains(before)
        || after == ' '
        || (in_word(before) && in_word(after)))
}

pub(super) fn line_width_em(glyphs: &[Glyph], spacing_em: f64) -> f64 {
    let advances: f64 = glyphs.iter().map(|glyph| glyph.advance_em).sum();
    let gaps = u32::try_from(glyphs.len().saturating_sub(1)).unwrap_or(u32::MAX);
    advances + spacing_em * f64::from(gaps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width_em: f64) -> Vec<String> {
        let glyphs = measure(&[Run::label(text)], FontRole::Song, &FullWidth).unwrap();
        wrap(&glyphs, width_em, 0.0)
            .into_iter()
            .map(|range| glyphs[range].iter().map(|glyph| glyph.character).collect())
            .collect()
    }

    #[test]
    fn breaks_between_characters_but_not_before_punctuation() {
        assert_eq!(lines("软件开发销售", 4.0), ["软件开发", "销售"]);
        assert_eq!(lines("软件开发，销售", 4.0), ["软件开", "发，销售"]);
        assert_eq!(lines("软件开（销售）", 4.0), ["软件开", "（销售）"]);
        assert_eq!(lines("一\n二", 4.0), ["一", "二"]);
    }

    #[test]
    fn words_and_numbers_stay_whole_where_they_can() {
        assert_eq!(lines("共计 12345 元", 4.0), ["共计 ", "12345 元"]);
        assert_eq!(lines("ABCDEFGHIJ", 2.0), ["ABCD", "EFGH", "IJ"]);
        assert_eq!(lines("，，，，，，", 2.0), ["，，", "，，", "，，"]);
    }

    #[test]
    fn phrases_end_at_punctuation_or_not_at_all() {
        let glyphs = measure(
            &[Run::label("负责人、项目人、安全生产人员")],
            FontRole::Kai,
            &FullWidth,
        );
        let glyphs = glyphs.unwrap();
        assert_eq!(phrases(&glyphs, 8.0, 0.0), Some(vec![0..8, 8..14]));
        assert_eq!(phrases(&glyphs, 6.0, 0.0), Some(vec![0..4, 4..8, 8..14]));
        assert_eq!(phrases(&glyphs, 5.0, 0.0), None);
    }

    #[test]
    fn a_font_without_a_glyph_is_told() {
        struct Empty;
        impl Measure for Empty {
            fn advance_em(&self, _: FontRole, _: char) -> Option<f64> {
                None
            }
        }
        let runs = [Run::field("张", "CZZT")];
        let error = measure(&runs, FontRole::Song, &Empty).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::MissingGlyph);
        assert!(error.to_string().contains("CZZT"));
    }

    proptest::proptest! {
        #[test]
        fn lines_fit_and_lose_nothing_but_spaces(text in "[中文，。（）a-z ]{0,60}", width in 1.0_f64..10.0) {
            let glyphs = measure(&[Run::label(text.clone())], FontRole::Song, &FullWidth).unwrap();
            let mut kept = String::new();
            for line in wrap(&glyphs, width, 0.0) {
                let line = &glyphs[line];
                proptest::prop_assert!(!line.is_empty());
                proptest::prop_assert!(line_width_em(line, 0.0) <= width + 1e-6 || line.len() == 1);
                kept.extend(line.iter().map(|glyph| glyph.character));
            }
            proptest::prop_assert_eq!(kept.replace(' ', ""), text.replace(' ', ""));
        }
    }
}

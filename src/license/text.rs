//! What a text of a license may hold, and when two texts say the same.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Whether line breaks may stand in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lines {
    One,
    Many,
}

/// Why `text` may not stand in metadata that is to be signed, or `None` if it may.
pub(crate) fn defect(text: &str, max_chars: usize, lines: Lines) -> Option<&'static str> {
    if text.is_empty() {
        return Some("is empty");
    }
    // A byte bound first, so that the count below stays cheap on hostile input.
    if text.len() > max_chars.saturating_mul(4) || text.chars().count() > max_chars {
        return Some("is too long");
    }
    if text.trim() != text {
        return Some("begins or ends with white space");
    }
    if text
        .chars()
        .any(|c| is_invisible(c) && !(c == '\n' && lines == Lines::Many))
    {
        return Some("holds a control or invisible character");
    }
    if !is_nfc(text) {
        return Some("is not in Unicode normalization form C");
    }
    None
}

/// Characters that change or hide text without being seen: controls, bidi overrides, zero-width
/// characters, interlinear marks, private use and noncharacters.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}'
            | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

/// The form in which two texts of documents are compared: NFKC without white space. Letter case
/// stays, for identifiers are told apart by it.
pub(crate) fn comparable(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_is_wrong() {
        assert_eq!(defect("某某市", 3, Lines::One), None);
        for bad in [
            "",
            "某某市某",
            " a",
            "a\nb",
            "a\u{202e}b",
            "a\u{200b}",
            "e\u{301}",
        ] {
            assert!(
                defect(bad, 3, Lines::One).is_some(),
                "{}",
                bad.escape_debug()
            );
        }
        assert_eq!(defect("a\nb", 3, Lines::Many), None);
    }

    #[test]
    fn compares_width_and_space_but_not_case() {
        assert_eq!(comparable("ＡＢ　１ 2（甲）"), comparable("AB12(甲)"));
        assert_ne!(comparable("ab"), comparable("AB"));
    }
}

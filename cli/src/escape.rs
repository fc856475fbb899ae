//! Text from files, made fit for a terminal: nothing in it moves the cursor, changes colours,
//! turns the direction of reading or floods the screen.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Marks that take no column may follow each other without end; so many a column are enough for
/// any script.
const CHARS_PER_COLUMN: usize = 4;

/// Shows what could deceive or disturb as `\n`, `\t` or `\u{…}` and leaves the rest alone.
pub(crate) fn escape(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        push(&mut shown, c);
    }
    shown
}

/// Escapes and cuts to at most `columns` on the screen, with `…` in place of what was cut.
pub(crate) fn clip(text: &str, columns: usize) -> String {
    let mut shown = String::new();
    let mut cut_at = 0;
    let mut taken = 0;
    for (count, c) in text.chars().enumerate() {
        let before = shown.len();
        push(&mut shown, c);
        taken += width(shown.get(before..).unwrap_or_default());
        if taken > columns || count >= columns.saturating_mul(CHARS_PER_COLUMN) {
            shown.truncate(cut_at);
            shown.push('…');
            return shown;
        }
        if taken < columns {
            cut_at = shown.len();
        }
    }
    shown
}

/// Columns that escaped text takes on a terminal: two for each Chinese character.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Columns of one character.
pub(crate) fn char_width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// The text with spaces up to `columns`.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(missing))
}

fn push(shown: &mut String, c: char) {
    match c {
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        '\t' => shown.push_str("\\t"),
        c if deceives(c) => shown.extend(c.escape_unicode()),
        c => shown.push(c),
    }
}

/// Controls (C0, DEL, C1), direction marks and overrides, line and paragraph separators,
/// invisible spaces and joiners, tags, and the ends of the private planes' noncharacters.
fn deceives(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_commands_and_direction_overrides_are_shown() {
        assert_eq!(escape("a\u{1b}[31mb\nc\u{9b}"), "a\\u{1b}[31mb\\nc\\u{9b}");
        for c in ('\u{202a}'..='\u{202e}')
            .chain('\u{2066}'..='\u{2069}')
            .chain(['\u{200f}'])
        {
            assert_eq!(
                escape(&format!("x{c}y")),
                format!("x\\u{{{:x}}}y", c as u32)
            );
        }
        assert_eq!(escape("某某市（示范）·A-1"), "某某市（示范）·A-1");
    }

    #[test]
    fn clipping_counts_columns_and_stays_within_them() {
        assert_eq!(clip("某某市", 6), "某某市");
        assert_eq!(clip("某某市示范", 6), "某某…");
        assert_eq!(clip("abcdef", 6), "abcdef");
        assert_eq!(clip("abcdefg", 6), "abcde…");
        assert_eq!(clip("ab\u{1b}cdefg", 8), "ab…");
        for columns in 1..20 {
            assert!(width(&clip("某a某\u{202e}市bc示范", columns)) <= columns);
        }
    }

    #[test]
    fn marks_without_width_cannot_flood() {
        let flood = "e".to_owned() + &"\u{301}".repeat(100_000);
        assert!(clip(&flood, 10).chars().count() < 60);
    }

    #[test]
    fn padding_goes_by_columns() {
        assert_eq!(pad("证照", 6), "证照  ");
        assert_eq!(pad("abcdef", 3), "abcdef");
    }
}

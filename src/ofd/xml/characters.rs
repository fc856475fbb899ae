//! Characters and names (XML 1.0, fifth edition, 2.2 and 2.3).

use memchr::memmem;

/// Where the first character stands that no XML may hold: control characters, and the two that
/// are none.
pub(super) fn forbidden(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // As one loop without a branch, which processors run sixteen bytes at a time.
    let control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r');
    let any = bytes.iter().fold(false, |any, byte| any | control(byte));
    let control = any.then(|| bytes.iter().position(control)).flatten();
    let none = memmem::find_iter(bytes, b"\xef\xbf").find(|at| {
        let last = bytes.get(at + 2);
        matches!(last, Some(0xbe | 0xbf))
    });
    match (control, none) {
        (Some(control), Some(none)) => Some(control.min(none)),
        (control, none) => control.or(none),
    }
}

/// Whether a reference may stand for the character.
pub(super) fn is_allowed(character: char) -> bool {
    matches!(character,
        '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Bytes of the name without colon at the start of `text`; 0 when none begins there.
pub(super) fn name_length(text: &str) -> usize {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let bytes = text.as_bytes();
    // Names are of Latin letters nearly always; what stands behind tells whether this one is.
    if bytes
        .first()
        .is_some_and(|first| plain(*first) && !first.is_ascii_digit())
    {
        let end = bytes.iter().position(|byte| !plain(*byte));
        let end = end.unwrap_or(bytes.len());
        if !matches!(bytes.get(end), Some(b'-' | b'.' | 0x80..)) {
            return end;
        }
    }
    let mut rest = text.char_indices();
    match rest.next() {
        Some((_, first)) if starts_name(first) => {}
        _ => return 0,
    }
    rest.find(|(_, character)| !continues_name(*character))
        .map_or(text.len(), |(at, _)| at)
}

fn starts_name(character: char) -> bool {
    match character {
        'a'..='z' | 'A'..='Z' | '_' => true,
        '\0'..='\x7f' => false,
        _ => matches!(character,
            '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}'
            | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
            | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}'
            | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}'),
    }
}

fn continues_name(character: char) -> bool {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' | '.' => true,
        '\0'..='\x7f' => false,
        '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}' => true,
        _ => starts_name(character),
    }
}

//! Text strings and dates (ISO 32000-1 7.9.2, 7.9.4).

use super::object::PdfString;
use crate::Time;
use crate::time::{Written, parse_compact};

/// What PDFDocEncoding has at 0x18 to 0x1F.
const LOW: [char; 8] = [
    '\u{2d8}', '\u{2c7}', '\u{2c6}', '\u{2d9}', '\u{2dd}', '\u{2db}', '\u{2da}', '\u{2dc}',
];

/// What PDFDocEncoding has at 0x80 to 0xA0; a replacement character where it has nothing.
const HIGH: [char; 33] = [
    '\u{2022}', '\u{2020}', '\u{2021}', '\u{2026}', '\u{2014}', '\u{2013}', '\u{192}', '\u{2044}',
    '\u{2039}', '\u{203a}', '\u{2212}', '\u{2030}', '\u{201e}', '\u{201c}', '\u{201d}', '\u{2018}',
    '\u{2019}', '\u{201a}', '\u{2122}', '\u{fb01}', '\u{fb02}', '\u{141}', '\u{152}', '\u{160}',
    '\u{178}', '\u{17d}', '\u{131}', '\u{142}', '\u{153}', '\u{161}', '\u{17e}', '\u{fffd}',
    '\u{20ac}',
];

/// Reads a text string: UTF-16BE or UTF-8 by their marks, else PDFDocEncoding. What does not
/// decode becomes U+FFFD.
pub(crate) fn decode_text(bytes: &[u8]) -> String {
    if let Some(utf16) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return decode_utf16(utf16);
    }
    if let Some(utf8) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        return String::from_utf8_lossy(utf8).into_owned();
    }
    bytes.iter().map(|byte| decode_byte(*byte)).collect()
}

/// UTF-16BE without a mark; a lone surrogate or half a unit becomes U+FFFD.
pub(crate) fn decode_utf16(bytes: &[u8]) -> String {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| u16::from_be_bytes(*pair));
    let mut text: String = char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    if !rest.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    text
}

/// Writes a text string: ASCII as it is, else UTF-16BE with its mark.
pub(crate) fn encode_text(text: &str) -> PdfString {
    if text
        .bytes()
        .all(|byte| byte.is_ascii_graphic() || byte == b' ')
    {
        return PdfString::new(text);
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    PdfString::new(bytes)
}

/// PDFDocEncoding, `None` when it lacks one of the characters.
pub(crate) fn encode_bytes(text: &str) -> Option<Vec<u8>> {
    text.chars()
        .map(|character| (0..=u8::MAX).find(|byte| decode_byte(*byte) == character))
        .collect()
}

/// `D:YYYYMMDDHHmmSSZ`.
pub(crate) fn format_date(time: Time) -> PdfString {
    PdfString::new(format!("D:{}", time.to_generalized()))
}

/// Reads a full date: `D:YYYYMMDDHHmmSS` and optionally `Z` or `+hh'mm'`.
pub(crate) fn parse_date(bytes: &[u8]) -> Option<Written> {
    let text = decode_text(bytes);
    let text = text.strip_prefix("D:").unwrap_or(&text).replace('\'', "");
    // Some writers say that the offset of Z is 0.
    let text = text
        .strip_suffix("Z0000")
        .map_or(text.clone(), |start| format!("{start}Z"));
    parse_compact(&text)
}

fn decode_byte(byte: u8) -> char {
    let special = match byte {
        0x18..=0x1f => LOW.get(usize::from(byte - 0x18)),
        0x80..=0xa0 => HIGH.get(usize::from(byte - 0x80)),
        _ => None,
    };
    special.copied().unwrap_or_else(|| char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_round_trips() {
        for text in ["", "License (A)", "某某市示范企业有限公司", "𠮷\n"] {
            assert_eq!(decode_text(&encode_text(text).bytes), text);
        }
        assert_eq!(decode_text(b"\xef\xbb\xbf\xe5\x8d\xb0"), "印");
        assert_eq!(decode_text(b"a\x80\xa0\xe9"), "a\u{2022}\u{20ac}é");
        assert_eq!(decode_text(b"\xfe\xff\xd8\x00"), "\u{fffd}");
    }

    #[test]
    fn dates_round_trip_and_keep_their_zone() {
        let time = Time::parse("2026-11-22T08:00:00Z").unwrap();
        assert_eq!(parse_date(&format_date(time).bytes).unwrap().as_utc(), time);
        for text in [
            "D:20261122160000+08'00'",
            "D:20261122160000+08'00",
            "D:20261122080000Z00'00'",
        ] {
            assert_eq!(
                parse_date(text.as_bytes()).unwrap().as_utc(),
                time,
                "{text}"
            );
        }
        assert_eq!(parse_date(b"D:2026"), None);
        assert_eq!(parse_date(b"yesterday"), None);
    }
}

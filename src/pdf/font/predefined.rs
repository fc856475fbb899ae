//! The predefined CJK font: widths only, the glyphs are the reader's.

use std::collections::BTreeSet;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo};
use pdf_writer::{Chunk, Name, Rect, Ref, Str};

use super::{Glyph, missing_glyph};
use crate::error::Result;

const BASE_FONT: Name<'static> = Name(b"STSong-Light");

/// UniGB-UTF16-H maps the space to this CID of Adobe-GB1, and the rest of ASCII after it.
const FIRST_ASCII_CID: u16 = 1;

/// The advances of the font's ASCII characters, from the space on.
#[rustfmt::skip]
const ASCII_ADVANCES: [u16; 95] = [
    207, 270, 342, 467, 462, 797, 710, 239, 374, 374, 423, 605, 238, 375, 238, 334,
    462, 462, 462, 462, 462, 462, 462, 462, 462, 462, 238, 238, 605, 605, 605, 344,
    748, 684, 560, 695, 739, 563, 511, 729, 793, 318, 312, 666, 526, 896, 758, 772,
    544, 772, 628, 465, 607, 753, 711, 972, 647, 620, 607, 374, 333, 374, 606, 500,
    239, 417, 503, 427, 529, 415, 264, 444, 518, 241, 230, 495, 228, 793, 527, 524,
    524, 504, 338, 336, 277, 517, 450, 652, 466, 452, 407, 370, 258, 370, 605,
];
const FULL_ADVANCE: f32 = 1000.0;

/// The collection has no control characters, private characters or noncharacters; which of the
/// rare ideographs it has depends on its supplement, so those are left to the reader.
pub(super) fn check(characters: &BTreeSet<char>) -> Result<()> {
    let lacks = |character: &&char| {
        character.is_control()
            || matches!(**character, '\u{e000}'..='\u{f8ff}' | '\u{fffe}'.. )
                && !matches!(**character, '\u{20000}'..='\u{323af}')
    };
    match characters.iter().find(lacks) {
        Some(character) => Err(missing_glyph(*character)),
        None => Ok(()),
    }
}

pub(super) fn glyph(character: char) -> Glyph {
    let units = &mut [0; 2];
    let code = character
        .encode_utf16(units)
        .iter()
        .flat_map(|unit| unit.to_be_bytes())
        .collect();
    let place = u32::from(character).checked_sub(u32::from(' '));
    let ascii = place.and_then(|place| ASCII_ADVANCES.get(usize::try_from(place).ok()?));
    let advance = ascii.map_or(FULL_ADVANCE, |advance| f32::from(*advance));
    Glyph {
        code,
        advance: f64::from(advance),
    }
}

pub(super) fn write(chunk: &mut Chunk, next: &mut Ref) -> Ref {
    let (font, cid_font, descriptor) = (next.bump(), next.bump(), next.bump());
    chunk
        .type0_font(font)
        .base_font(Name(b"STSong-Light-UniGB-UTF16-H"))
        .encoding_predefined(Name(b"UniGB-UTF16-H"))
        .descendant_font(cid_font);
    let mut writer = chunk.cid_font(cid_font);
    writer
        .subtype(CidFontType::Type0)
        .base_font(BASE_FONT)
        .system_info(SystemInfo {
            registry: Str(b"Adobe"),
            ordering: Str(b"GB1"),
            supplement: 4,
        })
        .font_descriptor(descriptor)
        .default_width(FULL_ADVANCE);
    writer
        .widths()
        .consecutive(FIRST_ASCII_CID, ASCII_ADVANCES.map(f32::from));
    drop(writer);
    chunk
        .font_descriptor(descriptor)
        .name(BASE_FONT)
        .flags(FontFlags::SYMBOLIC | FontFlags::SERIF)
        .bbox(Rect::new(-25.0, -254.0, 1000.0, 880.0))
        .italic_angle(0.0)
        .ascent(880.0)
        .descent(-120.0)
        .cap_height(880.0)
        .stem_v(93.0);
    font
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn refuses_what_the_collection_cannot_have() {
        assert!(check(&"证照 A~，𠮷".chars().collect()).is_ok());
        for bad in ["\n", "\u{7f}", "\u{e000}", "\u{ffff}", "\u{1f600}"] {
            let error = check(&bad.chars().collect()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::MissingGlyph, "{bad:?}");
        }
    }

    #[test]
    fn codes_are_utf16() {
        assert_eq!(glyph('印').code, [0x53, 0x70]);
        assert_eq!(glyph('𠮷').code, [0xd8, 0x42, 0xdf, 0xb7]);
        assert_eq!((glyph('A').advance, glyph('印').advance), (684.0, 1000.0));
    }
}

//! Embedding a subset as a CID font with two-byte codes that are glyph numbers.

use std::collections::{BTreeMap, BTreeSet};

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Chunk, Filter, Finish, Name, Rect, Ref, Str};
use subsetter::GlyphRemapper;
use ttf_parser::{Face, Permissions, RawFace, Tag};

use super::{Glyph, missing_glyph};
use crate::error::{Error, ErrorKind, Result};
use crate::pdf::write::{deflate, single};

const IDENTITY: SystemInfo<'static> = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

/// The thickness of stems is in no table; this value is customary.
const STEM_V: f32 = 80.0;

/// A font cut down to the glyphs of one document.
pub(crate) struct Subset {
    /// For each character its code in the subset and its advance.
    glyphs: BTreeMap<char, (u16, f64)>,
    /// Advances by code, code 0 included.
    widths: Vec<f64>,
    program: Program,
    name: String,
    metrics: Metrics,
}

enum Program {
    TrueType(Vec<u8>),
    Cff(Vec<u8>),
}

/// In thousandths of the font size.
struct Metrics {
    ascent: f64,
    descent: f64,
    cap_height: f64,
    bounds: [f64; 4],
    italic_angle: f64,
    serif: bool,
}

/// Whether the bytes are a font that may be embedded in part.
pub(super) fn check(data: &[u8], face: u32) -> Result<()> {
    let face = parse(data, face)?;
    // Without an OS/2 table there are no licence bits.
    let forbidden = face.permissions().is_some_and(|permission| {
        permission == Permissions::Restricted || !face.is_subsetting_allowed()
    });
    if forbidden {
        return Err(Error::unsupported(
            "the font's licence bits forbid embedding a subset",
        ));
    }
    Ok(())
}

pub(super) fn advance_em(data: &[u8], face: u32, character: char) -> Option<f64> {
    let face = parse(data, face).ok()?;
    let glyph = face.glyph_index(character).filter(|glyph| glyph.0 != 0)?;
    Some(advance(&face, glyph.0) / 1000.0)
}

impl Subset {
    pub(super) fn new(data: &[u8], index: u32, characters: &BTreeSet<char>) -> Result<Self> {
        let face = parse(data, index)?;
        let mut remapper = GlyphRemapper::new();
        let mut glyphs = BTreeMap::new();
        let mut widths = vec![advance(&face, 0)];
        for character in characters {
            let glyph = face
                .glyph_index(*character)
                .filter(|glyph| glyph.0 != 0)
                .ok_or_else(|| missing_glyph(*character))?;
            let code = remapper.remap(glyph.0);
            let width = advance(&face, glyph.0);
            if usize::from(code) == widths.len() {
                widths.push(width);
            }
            glyphs.insert(*character, (code, width));
        }
        let subset = subsetter::subset(data, index, &remapper)
            .map_err(|_| Error::malformed("the font cannot be cut to a subset"))?;
        let name = subset_name(&face, characters);
        let metrics = Metrics::of(&face);
        Ok(Self {
            glyphs,
            widths,
            program: Program::of(subset)?,
            name,
            metrics,
        })
    }

    pub(super) fn glyph(&self, character: char) -> Result<Glyph> {
        let (code, advance) = self
            .glyphs
            .get(&character)
            .ok_or_else(|| missing_glyph(character))?;
        Ok(Glyph {
            code: code.to_be_bytes().to_vec(),
            advance: *advance,
        })
    }

    pub(super) fn write(&self, chunk: &mut Chunk, next: &mut Ref) -> Result<Ref> {
        let [font, cid_font, descriptor, program, map] = [
            next.bump(),
            next.bump(),
            next.bump(),
            next.bump(),
            next.bump(),
        ];
        let name = Name(self.name.as_bytes());
        chunk
            .type0_font(font)
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid_font)
            .to_unicode(map);
        self.write_cid_font(chunk, cid_font, descriptor);
        self.write_descriptor(chunk, descriptor, program);
        self.write_program(chunk, program)?;
        self.write_map(chunk, map)?;
        Ok(font)
    }

    fn write_cid_font(&self, chunk: &mut Chunk, id: Ref, descriptor: Ref) {
        let mut writer = chunk.cid_font(id);
        writer
            .base_font(Name(self.name.as_bytes()))
            .system_info(IDENTITY)
            .font_descriptor(descriptor)
            .default_width(0.0);
        match self.program {
            Program::TrueType(_) => writer
                .subtype(CidFontType::Type2)
                .cid_to_gid_map_predefined(Name(b"Identity")),
            Program::Cff(_) => writer.subtype(CidFontType::Type0),
        };
        writer
            .widths()
            .consecutive(0, self.widths.iter().map(|width| single(*width)));
    }

    fn write_descriptor(&self, chunk: &mut Chunk, id: Ref, program: Ref) {
        let metrics = &self.metrics;
        let [left, bottom, right, top] = metrics.bounds.map(single);
        let serif = if metrics.serif {
            FontFlags::SERIF
        } else {
            FontFlags::empty()
        };
        let mut writer = chunk.font_descriptor(id);
        writer
            .name(Name(self.name.as_bytes()))
            .flags(FontFlags::SYMBOLIC | serif)
            .bbox(Rect::new(left, bottom, right, top))
            .italic_angle(single(metrics.italic_angle))
            .ascent(single(metrics.ascent))
            .descent(single(metrics.descent))
            .cap_height(single(metrics.cap_height))
            .stem_v(STEM_V);
        match self.program {
            Program::TrueType(_) => writer.font_file2(program),
            Program::Cff(_) => writer.font_file3(program),
        };
    }

    fn write_program(&self, chunk: &mut Chunk, id: Ref) -> Result<()> {
        match &self.program {
            Program::TrueType(data) => {
                let length = i32::try_from(data.len())
                    .map_err(|_| Error::limit("pdf font bytes", 1 << 31))?;
                let deflated = deflate(data)?;
                let mut stream = chunk.stream(id, &deflated);
                stream
                    .filter(Filter::FlateDecode)
                    .pair(Name(b"Length1"), length);
            }
            Program::Cff(data) => {
                let deflated = deflate(data)?;
                let mut stream = chunk.stream(id, &deflated);
                stream
                    .filter(Filter::FlateDecode)
                    .pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
            }
        }
        Ok(())
    }

    fn write_map(&self, chunk: &mut Chunk, id: Ref) -> Result<()> {
        // Several characters may share a glyph; the first by code point names it.
        let mut characters: BTreeMap<u16, char> = BTreeMap::new();
        for (character, (code, _)) in &self.glyphs {
            characters.entry(*code).or_insert(*character);
        }
        let mut map = UnicodeCmap::<u16>::new(Name(b"Adobe-Identity-UCS"), IDENTITY);
        for (code, character) in characters {
            map.pair(code, character);
        }
        let deflated = deflate(map.finish().as_slice())?;
        chunk
            .stream(id, &deflated)
            .filter(Filter::FlateDecode)
            .finish();
        Ok(())
    }
}

impl Program {
    fn of(subset: Vec<u8>) -> Result<Self> {
        let raw = RawFace::parse(&subset, 0)
            .map_err(|_| Error::new(ErrorKind::Internal, "the font subset does not read back"))?;
        let cff = raw.table(Tag::from_bytes(b"CFF ")).map(<[u8]>::to_vec);
        Ok(cff.map_or(Self::TrueType(subset), Self::Cff))
    }
}

impl Metrics {
    fn of(face: &Face<'_>) -> Self {
        let scale = |value: i16| f64::from(value) * 1000.0 / f64::from(face.units_per_em());
        let bounds = face.global_bounding_box();
        Self {
            ascent: scale(
                face.typographic_ascender()
                    .unwrap_or_else(|| face.ascender()),
            ),
            descent: scale(
                face.typographic_descender()
                    .unwrap_or_else(|| face.descender()),
            ),
            cap_height: scale(face.capital_height().unwrap_or_else(|| face.ascender())),
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(scale),
            italic_angle: f64::from(face.italic_angle()),
            serif: postscript_name(face).is_some_and(|name| name.contains("Serif")),
        }
    }
}

fn parse(data: &[u8], index: u32) -> Result<Face<'_>> {
    Face::parse(data, index).map_err(|_| Error::malformed("these bytes are no font"))
}

fn advance(face: &Face<'_>, glyph: u16) -> f64 {
    let units = face
        .glyph_hor_advance(ttf_parser::GlyphId(glyph))
        .unwrap_or(0);
    f64::from(units) * 1000.0 / f64::from(face.units_per_em())
}

/// `ABCDEF+Name`: the tag tells subsets of one font apart (ISO 32000-1 9.6.4).
fn subset_name(face: &Face<'_>, characters: &BTreeSet<char>) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for character in characters {
        hash = (hash ^ u64::from(u32::from(*character))).wrapping_mul(0x0100_0000_01b3);
    }
    let mut name = String::new();
    for _ in 0..6 {
        let letter = u8::try_from(hash % 26).unwrap_or_default();
        name.push(char::from(b'A' + letter));
        hash /= 26;
    }
    name.push('+');
    name.push_str(&postscript_name(face).unwrap_or_else(|| "Font".to_owned()));
    name
}

fn postscript_name(face: &Face<'_>) -> Option<String> {
    let names = face.names();
    let named = |id: u16| {
        names
            .into_iter()
            .find(move |name| name.name_id == id && name.is_unicode())
    };
    let name = named(ttf_parser::name_id::POST_SCRIPT_NAME)?.to_string()?;
    let plain: String = name
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))
        .take(63)
        .collect();
    (!plain.is_empty()).then_some(plain)
}

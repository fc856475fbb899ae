//! Text on a page that its writer bound to a field of the metadata, by marked content
//! `/YXField <</N (name)>> BDC … EMC`.

use std::collections::BTreeMap;
use std::fmt;

use super::{Page, View};
use crate::error::{Error, Result};
use crate::pdf::limits;
use crate::pdf::syntax::{Dict, Object, Parser, Token, decode_text, decode_utf16};
use crate::pdf::write::FIELD_TAG;

/// More operands than any operator has; arrays count once.
const OPERANDS: usize = 256;

/// A piece of text that is bound to a field.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldText {
    /// The index of the page.
    pub page: usize,
    /// The name of the field. Hostile text.
    pub field: String,
    /// What the page shows, as its fonts map codes to characters.
    pub text: String,
}

impl fmt::Debug for FieldText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldText")
            .field("page", &self.page)
            .finish_non_exhaustive()
    }
}

impl View<'_> {
    /// The field-bound text of all pages, in the order of their content. A field may occur more
    /// than once: the pieces of a text that runs over several lines follow one another.
    ///
    /// # Errors
    /// `malformed` when content that binds fields is not well formed; `unsupported` when such
    /// content has another filter than Flate, or shows bound text in a font whose codes this
    /// reader cannot map to characters.
    pub fn page_text(&self) -> Result<Vec<FieldText>> {
        let mut texts = Vec::new();
        for (index, page) in self.pages()?.iter().enumerate() {
            let content = self
                .page_content(page)
                .map_err(|error| error.with("page", index))?;
            if contains(&content, FIELD_TAG.as_bytes()) {
                let mut scan = Scan::new(self, page, index)?;
                scan.run(&content)
                    .map_err(|error| error.with("page", index))?;
                texts.append(&mut scan.texts);
            }
        }
        Ok(texts)
    }

    /// All text that a content stream shows in these fonts. A simple font shows ASCII as such.
    pub(crate) fn text_of_content(&self, content: &[u8], fonts: &Dict) -> Result<String> {
        let mut scan = Scan {
            view: self,
            page: 0,
            fonts: fonts.clone(),
            properties: Dict::new(),
            decoders: BTreeMap::new(),
            font: None,
            saved_fonts: Vec::new(),
            marks: vec![Some(0)],
            texts: vec![FieldText {
                page: 0,
                field: String::new(),
                text: String::new(),
            }],
            all: true,
        };
        scan.run(content)?;
        Ok(scan.texts.into_iter().map(|text| text.text).collect())
    }

    fn page_content(&self, page: &Page) -> Result<Vec<u8>> {
        let references = match page.dict.get("Contents") {
            None => Vec::new(),
            Some(Object::Reference(reference)) => match self.find(*reference)?.value.plain() {
                Some(Object::Array(items)) => items,
                _ => vec![Object::Reference(*reference)],
            },
            Some(Object::Array(items)) => items.clone(),
            Some(_) => return Err(Error::malformed("a page's content is no stream")),
        };
        let mut content = Vec::new();
        for reference in references {
            let reference = reference
                .as_reference()
                .ok_or_else(|| Error::malformed("a page's content is no stream"))?;
            let left = limits::PAGE_CONTENT.saturating_sub(content.len());
            content.extend(self.decode(&self.stream(reference)?, left)?);
            // Parts are separate tokens (ISO 32000-1 7.7.3.3).
            content.push(b'\n');
        }
        Ok(content)
    }
}

/// How a font's codes become characters.
enum Decoder {
    /// Two-byte codes by a ToUnicode map.
    Map(BTreeMap<u16, String>),
    /// Codes are UTF-16BE.
    Utf16,
    Unknown,
}

struct Scan<'v> {
    view: &'v View<'v>,
    page: usize,
    fonts: Dict,
    properties: Dict,
    decoders: BTreeMap<Vec<u8>, Decoder>,
    font: Option<Vec<u8>>,
    saved_fonts: Vec<Option<Vec<u8>>>,
    /// For each open marked content, the text it is bound to.
    marks: Vec<Option<usize>>,
    texts: Vec<FieldText>,
    /// All text is wanted, not only what is bound to a field.
    all: bool,
}

impl<'v> Scan<'v> {
    fn new(view: &'v View<'v>, page: &Page, index: usize) -> Result<Self> {
        let resources = match &page.resources {
            None => Dict::new(),
            Some(resources) => match view.resolve(resources)? {
                Object::Dict(resources) => resources,
                _ => return Err(Error::malformed("a page's resources are no dictionary")),
            },
        };
        Ok(Self {
            view,
            page: index,
            fonts: view.get_dict(&resources, "Font")?.unwrap_or_default(),
            properties: view.get_dict(&resources, "Properties")?.unwrap_or_default(),
            decoders: BTreeMap::new(),
            font: None,
            saved_fonts: Vec::new(),
            marks: Vec::new(),
            texts: Vec::new(),
            all: false,
        })
    }

    fn run(&mut self, content: &[u8]) -> Result<()> {
        let mut parser = Parser::new(content, 0);
        let mut operands = Vec::new();
        while let Some(token) = parser.token()? {
            match token {
                Token::Operand(_) if operands.len() == OPERANDS => {
                    return Err(Error::limit("pdf operands", 256));
                }
                Token::Operand(operand) => operands.push(operand),
                Token::Operator(operator) if operator == b"BI" => {
                    parser = after_inline_image(content, parser.offset())?;
                    operands.clear();
                }
                Token::Operator(operator) => {
                    self.operate(&operator, &operands)?;
                    operands.clear();
                }
            }
        }
        if self.marks.len() != usize::from(self.all) {
            return Err(Error::malformed("marked content is not closed"));
        }
        Ok(())
    }

    fn operate(&mut self, operator: &[u8], operands: &[Object]) -> Result<()> {
        match (operator, operands) {
            (b"BDC", [Object::Name(tag), properties]) => self.open_mark(tag, properties),
            (b"BMC" | b"BDC", _) => self.push_mark(None),
            (b"EMC", _) => match self.marks.pop() {
                Some(_) => Ok(()),
                None => Err(Error::malformed("marked content closes that was not open")),
            },
            (b"q", _) if self.saved_fonts.len() == limits::MARKED_CONTENT => {
                Err(Error::limit("pdf graphics states", 256))
            }
            (b"q", _) => {
                self.saved_fonts.push(self.font.clone());
                Ok(())
            }
            (b"Q", _) => {
                self.font = self.saved_fonts.pop().flatten();
                Ok(())
            }
            (b"Tf", [Object::Name(name), _]) => {
                self.font = Some(name.clone());
                Ok(())
            }
            (b"Tj" | b"'", [Object::String(shown)]) => self.show(&shown.bytes),
            (b"\"", [_, _, Object::String(shown)]) => self.show(&shown.bytes),
            (b"TJ", [Object::Array(items)]) => {
                let strings = items.iter().filter_map(Object::as_string);
                strings
                    .into_iter()
                    .try_for_each(|shown| self.show(&shown.bytes))
            }
            _ => Ok(()),
        }
    }

    fn open_mark(&mut self, tag: &[u8], properties: &Object) -> Result<()> {
        if self.all || tag != FIELD_TAG.as_bytes() {
            return self.push_mark(None);
        }
        let properties = match properties {
            Object::Dict(properties) => properties.clone(),
            Object::Name(name) => {
                let list = self.properties.get(&String::from_utf8_lossy(name)).cloned();
                match self.view.resolve(&list.unwrap_or(Object::Null))? {
                    Object::Dict(properties) => properties,
                    _ => return Err(Error::malformed("a property list is missing")),
                }
            }
            _ => return Err(Error::malformed("bound text names no field")),
        };
        let field = properties
            .get("N")
            .and_then(Object::as_string)
            .map(|name| decode_text(&name.bytes))
            .ok_or_else(|| Error::malformed("bound text names no field"))?;
        self.texts.push(FieldText {
            page: self.page,
            field,
            text: String::new(),
        });
        self.push_mark(Some(self.texts.len() - 1))
    }

    fn push_mark(&mut self, mark: Option<usize>) -> Result<()> {
        if self.marks.len() == limits::MARKED_CONTENT {
            return Err(Error::limit("pdf marked content depth", 256));
        }
        self.marks.push(mark);
        Ok(())
    }

    fn show(&mut self, codes: &[u8]) -> Result<()> {
        let Some(bound) = self.marks.iter().rev().find_map(|mark| *mark) else {
            return Ok(());
        };
        let font = self
            .font
            .clone()
            .ok_or_else(|| Error::malformed("text has no font"))?;
        if !self.decoders.contains_key(&font) {
            let decoder = self.read_decoder(&font)?;
            self.decoders.insert(font.clone(), decoder);
        }
        let shown = match self.decoders.get(&font) {
            Some(Decoder::Utf16) => decode_utf16(codes),
            Some(Decoder::Map(map)) => decode_mapped(map, codes),
            Some(Decoder::Unknown) if self.all && codes.is_ascii() => decode_text(codes),
            Some(Decoder::Unknown) | None => {
                return Err(Error::unsupported(
                    "bound text is in a font without character map",
                ));
            }
        };
        if let Some(text) = self.texts.get_mut(bound) {
            text.text.push_str(&shown);
        }
        Ok(())
    }

    fn read_decoder(&self, name: &[u8]) -> Result<Decoder> {
        let Some(font) = self.view.get_dict_of(&self.fonts, name)? else {
            return Err(Error::malformed(
                "a font is missing from the page's resources",
            ));
        };
        if !font.has_name("Subtype", "Type0") {
            return Ok(Decoder::Unknown);
        }
        let encoding = self.view.get_name(&font, "Encoding")?;
        match (
            encoding.as_deref(),
            font.get("ToUnicode").and_then(Object::as_reference),
        ) {
            (Some(b"UniGB-UTF16-H" | b"UniGB-UTF16-V"), None) => Ok(Decoder::Utf16),
            (Some(b"Identity-H" | b"Identity-V"), Some(map)) => {
                let map = self
                    .view
                    .decode(&self.view.stream(map)?, limits::INFLATED)?;
                read_map(&map).map(Decoder::Map)
            }
            _ => Ok(Decoder::Unknown),
        }
    }
}

impl View<'_> {
    fn get_dict_of(&self, dict: &Dict, key: &[u8]) -> Result<Option<Dict>> {
        let Ok(key) = std::str::from_utf8(key) else {
            return Ok(None);
        };
        Ok(self
            .get(dict, key)?
            .and_then(|value| value.as_dict().cloned()))
    }

    /// A name, or `None` when the value is anything else, a stream included.
    fn get_name(&self, dict: &Dict, key: &str) -> Result<Option<Vec<u8>>> {
        match dict.get(key) {
            Some(Object::Name(name)) => Ok(Some(name.clone())),
            Some(Object::Reference(reference)) => {
                let value = self.find(*reference)?.value.plain();
                Ok(value.and_then(|value| value.as_name().map(<[u8]>::to_vec)))
            }
            _ => Ok(None),
        }
    }
}

/// A code without a character becomes U+FFFD, which equals no metadata.
fn decode_mapped(map: &BTreeMap<u16, String>, codes: &[u8]) -> String {
    let (pairs, rest) = codes.as_chunks::<2>();
    let mut text = String::new();
    for pair in pairs {
        match map.get(&u16::from_be_bytes(*pair)) {
            Some(characters) => text.push_str(characters),
            None => text.push(char::REPLACEMENT_CHARACTER),
        }
    }
    if !rest.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    text
}

/// The pairs of a ToUnicode map (ISO 32000-1 9.10.3) with two-byte codes.
fn read_map(cmap: &[u8]) -> Result<BTreeMap<u16, String>> {
    let mut map = BTreeMap::new();
    let mut parser = Parser::new(cmap, 0);
    let mut operands: Vec<Object> = Vec::new();
    while let Some(token) = parser.token()? {
        let operator = match token {
            Token::Operand(_) if operands.len() == limits::CMAP_PAIRS => {
                return Err(Error::limit("pdf character map", 1_000_000));
            }
            Token::Operand(operand) => {
                operands.push(operand);
                continue;
            }
            Token::Operator(operator) => operator,
        };
        match operator.as_slice() {
            b"endbfchar" => {
                for pair in operands.as_chunks::<2>().0 {
                    let [Object::String(code), Object::String(text)] = pair else {
                        return Err(Error::malformed("a character map holds no strings"));
                    };
                    map.insert(two_byte_code(&code.bytes)?, decode_utf16(&text.bytes));
                }
            }
            b"endbfrange" => {
                for range in operands.as_chunks::<3>().0 {
                    insert_range(&mut map, range)?;
                }
            }
            _ => {}
        }
        operands.clear();
    }
    Ok(map)
}

fn insert_range(map: &mut BTreeMap<u16, String>, range: &[Object; 3]) -> Result<()> {
    let [Object::String(first), Object::String(last), target] = range else {
        return Err(Error::malformed("a character map holds no strings"));
    };
    let codes = two_byte_code(&first.bytes)?..=two_byte_code(&last.bytes)?;
    match target {
        Object::String(start) => {
            let start = decode_utf16(&start.bytes);
            let mut characters = start.chars();
            let (Some(character), None) = (characters.next(), characters.next()) else {
                return Err(Error::unsupported(
                    "a character map counts up several characters",
                ));
            };
            for (step, code) in (0_u32..).zip(codes) {
                let character = u32::from(character)
                    .checked_add(step)
                    .and_then(char::from_u32);
                map.insert(
                    code,
                    character.unwrap_or(char::REPLACEMENT_CHARACTER).to_string(),
                );
            }
        }
        Object::Array(texts) => {
            for (code, text) in codes.zip(texts.iter().filter_map(Object::as_string)) {
                map.insert(code, decode_utf16(&text.bytes));
            }
        }
        _ => return Err(Error::malformed("a character map holds no strings")),
    }
    Ok(())
}

fn two_byte_code(bytes: &[u8]) -> Result<u16> {
    bytes
        .try_into()
        .map(u16::from_be_bytes)
        .map_err(|_| Error::unsupported("a character map has codes of another length"))
}

/// An inline image's bytes end at `EI` between white space (ISO 32000-1 8.9.7).
fn after_inline_image(content: &[u8], start: usize) -> Result<Parser<'_>> {
    let rest = content.get(start..).unwrap_or_default();
    let end = rest
        .windows(4)
        .position(|window| {
            matches!(window, [before, b'E', b'I', after]
                if before.is_ascii_whitespace() && after.is_ascii_whitespace())
        })
        .ok_or_else(|| Error::malformed("an inline image does not end"))?;
    Ok(Parser::new(content, start + end + 3))
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn character_maps_hold_pairs_and_ranges() {
        let cmap = b"/CIDInit /ProcSet findresource begin 1 beginbfchar <0001> <5370> endbfchar \
            2 beginbfrange <0002> <0003> <0041> <0004> <0005> [<4FE1> <D842DFB7>] endbfrange end";
        let map = read_map(cmap).unwrap();
        assert_eq!(
            decode_mapped(&map, &[0, 1, 0, 2, 0, 3, 0, 4, 0, 5]),
            "印AB信𠮷"
        );
        assert_eq!(decode_mapped(&map, &[9, 9, 0]), "\u{fffd}\u{fffd}");
        assert!(read_map(b"1 beginbfchar <01> <0041> endbfchar").is_err());
    }

    #[test]
    fn inline_images_are_skipped() {
        let content = b"BI /W 1 ID \x00(EI< EI Q";
        let parser = after_inline_image(content, 2).unwrap();
        assert_eq!(&content[parser.offset()..], b" Q");
        assert!(after_inline_image(b"BI ID abc", 2).is_err());
    }
}

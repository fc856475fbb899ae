//! Does a form field show its value?

use super::Step;
use super::roles::FieldRole;
use crate::error::Result;
use crate::pdf::limits;
use crate::pdf::syntax::{Dict, Object, Parser, Ref, Stream, Token, Value, decode_text, same};

/// Widgets of one field that are looked at.
const WIDGETS: usize = 1000;

/// Operators of an appearance that shows text on a plain ground. Curves, images, forms and
/// shadings could draw letters that no text names.
const PLAIN: [&[u8]; 41] = [
    b"q", b"Q", b"cm", b"w", b"J", b"j", b"M", b"d", b"i", b"re", b"m", b"l", b"h", b"S", b"s",
    b"f", b"F", b"f*", b"B", b"b", b"n", b"W", b"g", b"G", b"rg", b"RG", b"k", b"K", b"BT", b"ET",
    b"Tf", b"Td", b"TD", b"Tm", b"T*", b"Tc", b"Tw", b"TL", b"Tj", b"TJ", b"'",
];

/// Marked content carries text as well.
const MARKS: [&[u8]; 3] = [b"BMC", b"BDC", b"EMC"];

/// Straight lines that frame and fill a field; more could draw letters.
const LINES: usize = 64;

impl Step<'_> {
    /// Whether every widget of a field shows the value that the field has now.
    pub(super) fn shows_its_value(&self, role: &FieldRole) -> Result<bool> {
        // The value is that of the nearest node above that has one.
        let mut value = None;
        for node in role.path.iter().rev() {
            let dict = self.new.dict_at(*node)?;
            if dict.contains("V") {
                value = self.new.get(&dict, "V")?;
                break;
            }
        }
        let value = value.unwrap_or(Object::Null);
        let Some(top) = role.path.last().copied() else {
            return Ok(false);
        };
        let mut left = vec![top];
        let mut seen = 0;
        while let Some(node) = left.pop() {
            seen += 1;
            if seen > WIDGETS {
                return Ok(false);
            }
            let dict = self.new.dict_at(node)?;
            let kids = self.new.get_array(&dict, "Kids")?;
            if kids.is_empty() && !self.widget_shows(role, node, &dict, &value)? {
                return Ok(false);
            }
            left.extend(kids.iter().filter_map(Object::as_reference));
        }
        Ok(true)
    }

    fn widget_shows(
        &self,
        role: &FieldRole,
        node: Ref,
        dict: &Dict,
        value: &Object,
    ) -> Result<bool> {
        let Some(appearances) = self.new.get_dict(dict, "AP")? else {
            // Nothing is stored: the viewer shows the value.
            return Ok(true);
        };
        if role.kind.as_deref() == Some(b"Btn") {
            return self.button_shows(node, dict, &appearances, value);
        }
        let Some(Object::Reference(normal)) = appearances.get("N") else {
            return Ok(false);
        };
        let Value::Stream(stream) = self.new.find(*normal)?.value else {
            return Ok(false);
        };
        // What it shows before anything is done to it may differ from what it shows when touched.
        if appearances.contains("D") || appearances.contains("R") {
            return Ok(false);
        }
        let Some(shown) = self.shown_text(&stream)? else {
            return Ok(false);
        };
        let wanted = match value {
            Object::Null => String::new(),
            Object::String(text) => decode_text(&text.bytes),
            _ => return Ok(false),
        };
        let squeeze = |text: &str| text.split_whitespace().collect::<String>();
        Ok(squeeze(&shown) == squeeze(&wanted))
    }

    /// A button's states are those that were signed, and it is in the one that its value names.
    fn button_shows(
        &self,
        node: Ref,
        dict: &Dict,
        appearances: &Dict,
        value: &Object,
    ) -> Result<bool> {
        let old = self.old.dict_at(node)?;
        let same_states = match (old.get("AP"), dict.get("AP")) {
            (Some(old), Some(new)) => same(old, new),
            _ => false,
        };
        // Stored states that were rewritten are others, whatever they are called.
        let rewritten = |object: &Object| match object {
            Object::Reference(reference) => self.changed.contains(&reference.number),
            _ => false,
        };
        let states = self.new.get_dict(appearances, "N")?.unwrap_or_default();
        let touched = dict.get("AP").is_some_and(rewritten)
            || appearances.iter().any(|(_, states)| rewritten(states))
            || states.iter().any(|(_, state)| rewritten(state));
        let Some(Object::Name(state)) = self.new.get(dict, "AS")? else {
            return Ok(false);
        };
        let is_state = |name: &[u8]| states.iter().any(|(known, _)| known == name);
        let fits = match value {
            Object::Name(value) if *value == state => state == b"Off" || is_state(&state),
            // Another button of the group is on.
            Object::Name(value) => state == b"Off" && !is_state(value),
            Object::Null => state == b"Off",
            _ => false,
        };
        Ok(same_states && !touched && fits)
    }

    /// The text that an appearance shows, `None` when it may show anything else.
    fn shown_text(&self, stream: &Stream) -> Result<Option<String>> {
        let content = self.new.decode(stream, limits::PAGE_CONTENT)?;
        let Some(fonts) = self.plain_fonts(&content, stream)? else {
            return Ok(None);
        };
        Ok(self.new.text_of_content(&content, &fonts).ok())
    }

    /// The fonts of an appearance that shows text alone, in fonts that were signed or that every
    /// viewer has.
    fn plain_fonts(&self, content: &[u8], stream: &Stream) -> Result<Option<Dict>> {
        let resources = self.new.get_dict(&stream.dict, "Resources")?;
        let form = self.new.form()?.unwrap_or_default();
        let shared = self.new.get_dict(&form, "DR")?.unwrap_or_default();
        let mut fonts = self.new.get_dict(&shared, "Font")?.unwrap_or_default();
        if let Some(own) = resources {
            for (name, font) in self.new.get_dict(&own, "Font")?.unwrap_or_default().iter() {
                fonts.insert(name.to_vec(), font.clone());
            }
        }
        let mut parser = Parser::new(content, 0);
        let mut lines = 0;
        let mut named = None;
        while let Some(token) = parser.token()? {
            match token {
                Token::Operand(Object::Name(name)) => named = Some(name),
                Token::Operand(_) => {}
                Token::Operator(operator) => {
                    let operator = operator.as_slice();
                    if !PLAIN.contains(&operator) && !MARKS.contains(&operator) {
                        return Ok(None);
                    }
                    if matches!(operator, b"l" | b"re") {
                        lines += 1;
                    }
                    if operator == b"Tf" {
                        let font = named
                            .as_deref()
                            .and_then(|name| std::str::from_utf8(name).ok())
                            .and_then(|name| fonts.get(name));
                        match font {
                            Some(font) if self.is_honest_font(font)? => {}
                            _ => return Ok(None),
                        }
                    }
                }
            }
        }
        Ok((lines <= LINES).then_some(fonts))
    }

    /// A font of the signed document, or one of the standard ones without a program, encoding or
    /// map of its own: any other may draw what it likes for a letter.
    fn is_honest_font(&self, font: &Object) -> Result<bool> {
        if font.as_reference().is_some_and(|reference| {
            !self.is_added(reference) && !self.changed.contains(&reference.number)
        }) {
            return Ok(true);
        }
        let Object::Dict(font) = self.new.resolve(font)? else {
            return Ok(false);
        };
        let standard = font
            .get("BaseFont")
            .and_then(Object::as_name)
            .is_some_and(|name| {
                [&b"Helvetica"[..], b"Times", b"Courier"]
                    .iter()
                    .any(|family| name.starts_with(family))
            });
        let plain_encoding = match font.get("Encoding") {
            None => true,
            Some(encoding) => encoding.as_name().is_some(),
        };
        Ok(standard
            && plain_encoding
            && font.has_name("Subtype", "Type1")
            && !font.contains("FontDescriptor")
            && !font.contains("ToUnicode"))
    }
}

//! The lexer and the object parser: no repair, every refusal with its offset.

use std::ops::Range;

use super::object::{Dict, Object, PdfString, Ref, Stream, Value};
use crate::error::{Error, Result};
use crate::pdf::limits;

/// An indirect object of the file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Indirect {
    pub(crate) id: Ref,
    pub(crate) value: Value,
    /// From its number to the end of `endobj`.
    pub(crate) span: Range<usize>,
}

/// One step through a content stream or a character map.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    Operand(Object),
    Operator(Vec<u8>),
}

/// A cursor over bytes that parses what stands there.
#[derive(Clone, Debug)]
pub(crate) struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
    values: usize,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self {
            bytes,
            at,
            values: 0,
        }
    }

    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    /// `n g obj … endobj`. `length_of` finds the value of an indirect stream length.
    pub(crate) fn indirect(
        &mut self,
        length_of: &mut dyn FnMut(Ref) -> Result<usize>,
    ) -> Result<Indirect> {
        let start = self.at;
        let id = self.indirect_header()?;
        let object = self.object()?;
        self.skip_space();
        let value = match object {
            Object::Dict(dict) if self.at_keyword(b"stream") => {
                Value::Stream(self.stream(id, dict, length_of)?)
            }
            object => Value::Plain(object),
        };
        self.skip_space();
        self.keyword(b"endobj")?;
        Ok(Indirect {
            id,
            value,
            span: start..self.at,
        })
    }

    /// `n g obj`, at exactly this offset.
    pub(crate) fn indirect_header(&mut self) -> Result<Ref> {
        let start = self.at;
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(self.error_at("there is no object at this offset", start));
        }
        let number = self.unsigned()?;
        self.require_space()?;
        let generation = self.unsigned()?;
        self.require_space()?;
        self.keyword(b"obj")?;
        let id = u32::try_from(number)
            .ok()
            .zip(u16::try_from(generation).ok());
        match id {
            Some((number, generation)) if number > 0 => Ok(Ref { number, generation }),
            _ => Err(self.error_at("an object number is out of range", start)),
        }
    }

    /// Any value. Space before it is skipped.
    pub(crate) fn object(&mut self) -> Result<Object> {
        self.value(0)
    }

    /// A value or an operator, `None` at the end. References do not occur here.
    pub(crate) fn token(&mut self) -> Result<Option<Token>> {
        self.skip_space();
        let Some(first) = self.peek() else {
            return Ok(None);
        };
        let starts_value = matches!(
            first,
            b'/' | b'(' | b'<' | b'[' | b'+' | b'-' | b'.' | b'0'..=b'9'
        );
        if starts_value {
            // The limit of values is one of a single object.
            self.values = 0;
            return self.object().map(|object| Some(Token::Operand(object)));
        }
        let word = self.regular_run();
        match word {
            [] => Err(self.error("a delimiter stands where none may")),
            b"true" => Ok(Some(Token::Operand(Object::Bool(true)))),
            b"false" => Ok(Some(Token::Operand(Object::Bool(false)))),
            b"null" => Ok(Some(Token::Operand(Object::Null))),
            word => Ok(Some(Token::Operator(word.to_vec()))),
        }
    }

    /// Skips white space and comments.
    pub(crate) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if is_space(byte) {
                self.at += 1;
            } else if byte == b'%' {
                while self
                    .peek()
                    .is_some_and(|byte| !matches!(byte, b'\r' | b'\n'))
                {
                    self.at += 1;
                }
            } else {
                break;
            }
        }
    }

    /// Skips white space but no comment.
    pub(crate) fn skip_blank(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    /// Skips one end of line, if there is one.
    pub(crate) fn skip_end_of_line(&mut self) {
        if self.rest().starts_with(b"\r\n") {
            self.at += 2;
        } else if matches!(self.peek(), Some(b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    pub(crate) fn literal(&mut self, literal: &[u8]) -> Result<()> {
        if !self.rest().starts_with(literal) {
            let expected = String::from_utf8_lossy(literal).into_owned();
            return Err(self
                .error("a keyword is missing")
                .with("expected", expected));
        }
        self.at += literal.len();
        Ok(())
    }

    /// `literal` that no further letter follows.
    pub(crate) fn keyword(&mut self, literal: &[u8]) -> Result<()> {
        self.literal(literal)?;
        if self.peek().is_some_and(is_regular) {
            return Err(self.error("a keyword does not end where it should"));
        }
        Ok(())
    }

    pub(crate) fn at_keyword(&self, literal: &[u8]) -> bool {
        self.rest().starts_with(literal)
    }

    /// Digits, as an offset or count.
    pub(crate) fn unsigned(&mut self) -> Result<usize> {
        let start = self.at;
        let mut value = 0_usize;
        while let Some(byte @ b'0'..=b'9') = self.peek() {
            value = value
                .checked_mul(10)
                .and_then(|value| value.checked_add(usize::from(byte - b'0')))
                .ok_or_else(|| self.error_at("a number is out of range", start))?;
            self.at += 1;
        }
        if self.at == start {
            return Err(self.error("a number is missing"));
        }
        Ok(value)
    }

    pub(crate) fn error(&self, message: &'static str) -> Error {
        self.error_at(message, self.at)
    }

    fn error_at(&self, message: &'static str, offset: usize) -> Error {
        Error::malformed(message).with("offset", offset)
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Result<u8> {
        let byte = self
            .peek()
            .ok_or_else(|| self.error("the bytes end within an object"))?;
        self.at += 1;
        Ok(byte)
    }

    fn require_space(&mut self) -> Result<()> {
        let before = self.at;
        self.skip_space();
        if self.at == before {
            Err(self.error("white space is missing"))
        } else {
            Ok(())
        }
    }

    fn value(&mut self, depth: usize) -> Result<Object> {
        if depth > limits::NESTING {
            return Err(Error::limit("pdf nesting", 64).with("offset", self.at));
        }
        self.values += 1;
        if self.values > limits::VALUES {
            return Err(Error::limit("pdf values of an object", 1_000_000).with("offset", self.at));
        }
        self.skip_space();
        match self.peek() {
            None => Err(self.error("the bytes end where a value should stand")),
            Some(b'/') => self.name().map(Object::Name),
            Some(b'(') => self.literal_string().map(Object::String),
            Some(b'[') => self.array(depth),
            Some(b'<') if self.rest().starts_with(b"<<") => self.dict(depth).map(Object::Dict),
            Some(b'<') => self.hex_string().map(Object::String),
            Some(b'+' | b'-' | b'.' | b'0'..=b'9') => self.number_or_reference(),
            Some(_) => self.word(),
        }
    }

    fn word(&mut self) -> Result<Object> {
        let start = self.at;
        match self.regular_run() {
            b"true" => Ok(Object::Bool(true)),
            b"false" => Ok(Object::Bool(false)),
            b"null" => Ok(Object::Null),
            _ => Err(self.error_at("this is no value", start)),
        }
    }

    fn regular_run(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    fn name(&mut self) -> Result<Vec<u8>> {
        let start = self.at;
        self.literal(b"/")?;
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            if byte != b'#' {
                name.push(byte);
            } else {
                let high = self.next().ok().and_then(hex_digit);
                let low = self.next().ok().and_then(hex_digit);
                match high.zip(low) {
                    Some((high, low)) if (high, low) != (0, 0) => name.push(high << 4 | low),
                    _ => return Err(self.error_at("a name holds a wrong escape", start)),
                }
            }
            if name.len() > limits::NAME {
                return Err(Error::limit("pdf name", 4096).with("offset", start));
            }
        }
        Ok(name)
    }

    fn literal_string(&mut self) -> Result<PdfString> {
        let start = self.at;
        self.literal(b"(")?;
        let mut open = 1_usize;
        let mut bytes = Vec::new();
        loop {
            match self.next()? {
                b'(' => {
                    open += 1;
                    bytes.push(b'(');
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Ok(PdfString {
                            bytes,
                            hex: false,
                            span: start..self.at,
                        });
                    }
                    bytes.push(b')');
                }
                b'\\' => self.escape(&mut bytes)?,
                b'\r' => {
                    // An end of line in a string is one LF, however it is written.
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    bytes.push(b'\n');
                }
                byte => bytes.push(byte),
            }
        }
    }

    fn escape(&mut self, bytes: &mut Vec<u8>) -> Result<()> {
        match self.next()? {
            b'n' => bytes.push(b'\n'),
            b'r' => bytes.push(b'\r'),
            b't' => bytes.push(b'\t'),
            b'b' => bytes.push(8),
            b'f' => bytes.push(12),
            b'\n' => {}
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            digit @ b'0'..=b'7' => {
                let mut code = u32::from(digit - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else {
                        break;
                    };
                    code = code << 3 | u32::from(digit - b'0');
                    self.at += 1;
                }
                // High-order overflow is ignored (ISO 32000-1 7.3.4.2).
                bytes.push(u8::try_from(code & 0xff).unwrap_or_default());
            }
            byte => bytes.push(byte),
        }
        Ok(())
    }

    fn hex_string(&mut self) -> Result<PdfString> {
        let start = self.at;
        self.literal(b"<")?;
        Ok(PdfString {
            bytes: self.hex_digits(b'>')?,
            hex: true,
            span: start..self.at,
        })
    }

    /// Pairs of hexadecimal digits up to and with `end`; a last odd digit is a high one.
    pub(crate) fn hex_digits(&mut self, end: u8) -> Result<Vec<u8>> {
        // The value of a signature is one long run of pairs, and is met often.
        let pairs = self.rest().chunks_exact(2).map_while(hex_pair);
        let mut bytes: Vec<u8> = pairs.collect();
        self.at += 2 * bytes.len();
        let mut high = None;
        loop {
            let at = self.at;
            let byte = self.next()?;
            if byte == end {
                bytes.extend(high.map(|high: u8| high << 4));
                return Ok(bytes);
            }
            if is_space(byte) {
                continue;
            }
            let digit = hex_digit(byte)
                .ok_or_else(|| self.error_at("a hexadecimal string holds another letter", at))?;
            match high.take() {
                None => high = Some(digit),
                Some(high) => bytes.push(high << 4 | digit),
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Object> {
        self.literal(b"[")?;
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(Object::Array(items));
            }
            items.push(self.value(depth + 1)?);
        }
    }

    fn dict(&mut self, depth: usize) -> Result<Dict> {
        self.literal(b"<<")?;
        let mut dict = Dict::new();
        loop {
            self.skip_space();
            if self.rest().starts_with(b">>") {
                self.at += 2;
                return Ok(dict);
            }
            let start = self.at;
            let key = self.name()?;
            let value = self.value(depth + 1)?;
            if !dict.insert(key, value) {
                return Err(self.error_at("a dictionary holds a key twice", start));
            }
        }
    }

    fn number_or_reference(&mut self) -> Result<Object> {
        let number = self.number()?;
        if let Object::Integer(first) = number
            && let Some(reference) = self.rest_of_reference(first)
        {
            return Ok(Object::Reference(reference));
        }
        Ok(number)
    }

    /// After an integer: `g R`, or nothing is taken.
    fn rest_of_reference(&mut self, first: i64) -> Option<Ref> {
        let number = u32::try_from(first).ok().filter(|number| *number > 0)?;
        let mut ahead = self.clone();
        ahead.require_space().ok()?;
        let generation = u16::try_from(ahead.unsigned().ok()?).ok()?;
        ahead.require_space().ok()?;
        ahead.keyword(b"R").ok()?;
        self.at = ahead.at;
        Some(Ref { number, generation })
    }

    fn number(&mut self) -> Result<Object> {
        let start = self.at;
        let text = std::str::from_utf8(self.regular_run()).unwrap_or_default();
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        let points = digits.bytes().filter(|byte| *byte == b'.').count();
        let only_digits = digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
        let some_digit = digits.bytes().any(|byte| byte.is_ascii_digit());
        match (only_digits && some_digit, points) {
            (true, 0) => text
                .parse()
                .map(Object::Integer)
                .map_err(|_| self.error_at("a number is out of range", start)),
            (true, 1) => Ok(Object::Real(text.to_owned())),
            _ => Err(self.error_at("this is no number", start)),
        }
    }

    fn stream(
        &mut self,
        holder: Ref,
        dict: Dict,
        length_of: &mut dyn FnMut(Ref) -> Result<usize>,
    ) -> Result<Stream> {
        self.literal(b"stream")?;
        if self.rest().starts_with(b"\r\n") {
            self.at += 2;
        } else {
            self.literal(b"\n")?;
        }
        let length = match dict.get("Length") {
            Some(Object::Reference(reference)) => length_of(*reference)?,
            _ => dict
                .size("Length")
                .map_err(|error| error.with("offset", self.at))?,
        };
        let start = self.at;
        self.at = start
            .checked_add(length)
            .filter(|end| *end <= self.bytes.len())
            .ok_or_else(|| self.error("a stream is longer than the file"))?;
        let data = start..self.at;
        self.skip_end_of_line();
        self.keyword(b"endstream")?;
        Ok(Stream { holder, dict, data })
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte)
        && !matches!(
            byte,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
        )
}

/// Two digits as one byte, `None` unless both are digits.
fn hex_pair(pair: &[u8]) -> Option<u8> {
    match pair {
        [high, low] => Some(hex_digit(*high)? << 4 | hex_digit(*low)?),
        _ => None,
    }
}

fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::error::ErrorKind;

    fn parse(text: &[u8]) -> Result<Object> {
        Parser::new(text, 0).object()
    }

    #[test]
    fn reads_every_kind_of_value() {
        let object = parse(b"<</A 1/B -.5/C#20D(a\\(b\\051\\\nc(d))/E<4 1 4>/F[1 0 R 2 0 true]>>");
        let Ok(Object::Dict(dict)) = object else {
            panic!("{object:?}")
        };
        assert_eq!(dict.get("A"), Some(&Object::Integer(1)));
        assert_eq!(dict.get("B").and_then(Object::as_number), Some(-0.5));
        assert_eq!(
            dict.get("C D").and_then(Object::as_string).unwrap().bytes,
            b"a(b)c(d)"
        );
        let hex = dict.get("E").and_then(Object::as_string).unwrap();
        assert_eq!((hex.bytes.as_slice(), hex.hex), (&b"A@"[..], true));
        let list = dict.get("F").and_then(Object::as_array).unwrap();
        assert_eq!(
            list[0],
            Object::Reference(Ref {
                number: 1,
                generation: 0
            })
        );
        assert_eq!(list.len(), 4);
    }

    #[test]
    fn a_string_knows_its_place() {
        let Ok(Object::Array(items)) = parse(b"[ <0102> (x) ]") else {
            panic!()
        };
        assert_eq!(items[0].as_string().unwrap().span, 2..8);
        assert_eq!(items[1].as_string().unwrap().span, 9..12);
    }

    #[test]
    fn refuses_what_is_not_well_formed() {
        for text in [
            &b"<</A 1/A 2>>"[..],
            b"<</A>>",
            b"<</A 1",
            b"(open",
            b"<4x>",
            b"1.2.3",
            b"--1",
            b"99999999999999999999",
            b"/a#zz",
            b"/a#00",
            b"nul",
            b"]",
            b"",
        ] {
            assert_eq!(
                parse(text).unwrap_err().kind(),
                ErrorKind::Malformed,
                "{text:?}"
            );
        }
    }

    #[test]
    fn nesting_and_counts_are_bounded() {
        let deep = b"[".repeat(200_000);
        assert_eq!(parse(&deep).unwrap_err().kind(), ErrorKind::LimitExceeded);
        let dicts = b"<</A".repeat(200_000);
        assert_eq!(parse(&dicts).unwrap_err().kind(), ErrorKind::LimitExceeded);
        let mut wide = b"[".to_vec();
        wide.extend(b"0 ".repeat(limits::VALUES + 1));
        assert_eq!(parse(&wide).unwrap_err().kind(), ErrorKind::LimitExceeded);
    }

    #[test]
    fn a_stream_ends_where_its_length_says() {
        let mut no_length = |_| panic!("the length is direct");
        let good = b"7 0 obj <</Length 3>>\nstream\nabc\nendstream endobj";
        let object = Parser::new(good, 0).indirect(&mut no_length).unwrap();
        assert_eq!(object.span, 0..good.len());
        let Value::Stream(stream) = object.value else {
            panic!()
        };
        assert_eq!(&good[stream.data], b"abc");

        for bad in [
            &b"7 0 obj <</Length 2>>\nstream\nabc\nendstream endobj"[..],
            b"7 0 obj <</Length 300>>\nstream\nabc\nendstream endobj",
            b"7 0 obj <</Length 3>>\nstream\rabc\nendstream endobj",
            b"7 0 obj <</Length -1>>\nstream\nabc\nendstream endobj",
            b"7 0 obj <<>>\nstream\nabc\nendstream endobj",
        ] {
            assert!(
                Parser::new(bad, 0).indirect(&mut no_length).is_err(),
                "{bad:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&bytes);
            let mut parser = Parser::new(&bytes, 0);
            while let Ok(Some(_)) = parser.token() {}
        }
    }
}

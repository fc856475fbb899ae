//! A strict DER reader over borrowed bytes.

use super::Oid;
use crate::error::{Error, Result};
use crate::time::{self, Time};

/// How deep structures may nest. The deepest real one, a certificate inside a seal inside a
/// signature, needs 20.
const MAX_DEPTH: u8 = 64;

/// A one-byte DER tag: class, constructed bit and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tag(pub u8);

impl Tag {
    /// BOOLEAN.
    pub const BOOLEAN: Tag = Tag(0x01);
    /// INTEGER.
    pub const INTEGER: Tag = Tag(0x02);
    /// BIT STRING.
    pub const BIT_STRING: Tag = Tag(0x03);
    /// OCTET STRING.
    pub const OCTET_STRING: Tag = Tag(0x04);
    /// NULL.
    pub const NULL: Tag = Tag(0x05);
    /// OBJECT IDENTIFIER.
    pub const OID: Tag = Tag(0x06);
    /// ENUMERATED.
    pub const ENUMERATED: Tag = Tag(0x0a);
    /// UTF8String.
    pub const UTF8_STRING: Tag = Tag(0x0c);
    /// SEQUENCE.
    pub const SEQUENCE: Tag = Tag(0x30);
    /// SET.
    pub const SET: Tag = Tag(0x31);
    /// PrintableString.
    pub const PRINTABLE_STRING: Tag = Tag(0x13);
    /// TeletexString.
    pub const TELETEX_STRING: Tag = Tag(0x14);
    /// IA5String.
    pub const IA5_STRING: Tag = Tag(0x16);
    /// UTCTime.
    pub const UTC_TIME: Tag = Tag(0x17);
    /// GeneralizedTime.
    pub const GENERALIZED_TIME: Tag = Tag(0x18);
    /// BMPString.
    pub const BMP_STRING: Tag = Tag(0x1e);

    /// `[number]`, constructed; `number` below 31.
    #[must_use]
    pub const fn context(number: u8) -> Tag {
        Tag(0xa0 | (number & 0x1f))
    }

    /// `[number]`, primitive; `number` below 31.
    #[must_use]
    pub const fn context_primitive(number: u8) -> Tag {
        Tag(0x80 | (number & 0x1f))
    }

    /// Whether the content is itself a series of elements.
    #[must_use]
    pub const fn is_constructed(self) -> bool {
        self.0 & 0x20 != 0
    }
}

/// One element: tag, content, and all its bytes as they stand in the input.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Tlv<'a> {
    tag: Tag,
    raw: &'a [u8],
    content: &'a [u8],
    offset: usize,
    depth: u8,
}

/// A BIT STRING's content: the bytes, and how many low bits of the last one do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BitString<'a> {
    /// 0 to 7.
    pub unused_bits: u8,
    /// The bytes after the count.
    pub bytes: &'a [u8],
}

/// Reads elements one after another.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    offset: usize,
    depth: u8,
}

impl<'a> Reader<'a> {
    /// A reader over a whole input.
    #[must_use]
    pub fn new(input: &'a [u8]) -> Self {
        Self {
            rest: input,
            offset: 0,
            depth: 0,
        }
    }

    /// The next element.
    ///
    /// # Errors
    /// `malformed` when the tag is multi-byte, the length is indefinite, not minimal, or runs
    /// past the end.
    pub fn read(&mut self) -> Result<Tlv<'a>> {
        let whole = self.rest;
        let malformed = |what| Error::malformed(what).with("offset", self.offset);
        let (tag, after_tag) = whole
            .split_first()
            .ok_or_else(|| malformed("an element is missing"))?;
        if tag & 0x1f == 0x1f {
            return Err(malformed(
                "a multi-byte tag is not used by any structure read here",
            ));
        }
        let (length, after_length) = read_length(after_tag).map_err(malformed)?;
        let (content, rest) = after_length
            .split_at_checked(length)
            .ok_or_else(|| malformed("an element runs past the end"))?;
        let total = whole.len() - rest.len();
        let raw = whole.get(..total).unwrap_or(whole);
        let tlv = Tlv {
            tag: Tag(*tag),
            raw,
            content,
            offset: self.offset,
            depth: self.depth,
        };
        self.rest = rest;
        self.offset += total;
        Ok(tlv)
    }

    /// The next element, which must have this tag.
    ///
    /// # Errors
    /// As [`Reader::read`], and `malformed` for another tag.
    pub fn expect(&mut self, tag: Tag) -> Result<Tlv<'a>> {
        let tlv = self.read()?;
        tlv.expect(tag)?;
        Ok(tlv)
    }

    /// The next element if it has this tag.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub fn optional(&mut self, tag: Tag) -> Result<Option<Tlv<'a>>> {
        if self.peek() == Some(tag) {
            self.read().map(Some)
        } else {
            Ok(None)
        }
    }

    /// The next SEQUENCE, as a reader of its content.
    ///
    /// # Errors
    /// As [`Reader::expect`].
    pub fn sequence(&mut self) -> Result<Reader<'a>> {
        self.expect(Tag::SEQUENCE)?.reader()
    }

    /// The tag of the next element.
    #[must_use]
    pub fn peek(&self) -> Option<Tag> {
        self.rest.first().copied().map(Tag)
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// What is left, unread.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Asserts that nothing is left.
    ///
    /// # Errors
    /// `malformed` with the offset of the first byte too many.
    pub fn finish(self) -> Result<()> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Error::malformed("bytes follow the last element").with("offset", self.offset))
        }
    }

    /// All remaining elements; at most `limit`.
    ///
    /// # Errors
    /// As [`Reader::read`], and `limit_exceeded`.
    pub fn read_all(mut self, limit: usize) -> Result<Vec<Tlv<'a>>> {
        let mut elements = Vec::new();
        while !self.is_empty() {
            if elements.len() == limit {
                return Err(Error::limit("elements of one structure", limit as u64));
            }
            elements.push(self.read()?);
        }
        Ok(elements)
    }
}

/// Definite, minimal length and what follows it (X.690 8.1.3, 10.1).
fn read_length(input: &[u8]) -> Result<(usize, &[u8]), &'static str> {
    let (first, rest) = input.split_first().ok_or("a length is missing")?;
    if first & 0x80 == 0 {
        return Ok((usize::from(*first), rest));
    }
    let count = usize::from(first & 0x7f);
    if count == 0 {
        return Err("an indefinite length is not DER");
    }
    let (bytes, rest) = rest.split_at_checked(count).ok_or("a length is cut off")?;
    if count > 4 {
        return Err("a length of more than four bytes is beyond any file read here");
    }
    let length = bytes
        .iter()
        .fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    if length < 0x80 || bytes.first() == Some(&0) {
        return Err("a length is not minimal");
    }
    Ok((
        usize::try_from(length).map_err(|_| "a length does not fit this machine")?,
        rest,
    ))
}

impl<'a> Tlv<'a> {
    /// Reads one element that must be the whole input.
    ///
    /// # Errors
    /// As [`Reader::read`] and [`Reader::finish`].
    pub fn parse(input: &'a [u8]) -> Result<Self> {
        let mut reader = Reader::new(input);
        let tlv = reader.read()?;
        reader.finish()?;
        Ok(tlv)
    }

    /// The tag.
    #[must_use]
    pub fn tag(&self) -> Tag {
        self.tag
    }

    /// The whole element: tag, length and content.
    #[must_use]
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// The content bytes.
    #[must_use]
    pub fn content(&self) -> &'a [u8] {
        self.content
    }

    /// Where the element starts, in bytes from the start of the outermost input.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    fn wrong(&self, what: &'static str) -> Error {
        Error::malformed(what).with("offset", self.offset)
    }

    /// Asserts the tag.
    ///
    /// # Errors
    /// `malformed` for another tag.
    pub fn expect(&self, tag: Tag) -> Result<()> {
        if self.tag == tag {
            return Ok(());
        }
        Err(self
            .wrong("an element has another tag than its structure asks for")
            .with("expected", format_args!("{:#04x}", tag.0))
            .with("found", format_args!("{:#04x}", self.tag.0)))
    }

    /// A reader of the content of a constructed element.
    ///
    /// # Errors
    /// `malformed` for a primitive one, `limit_exceeded` when nested deeper than 64.
    pub fn reader(&self) -> Result<Reader<'a>> {
        if !self.tag.is_constructed() {
            return Err(self.wrong("an element that should hold others is primitive"));
        }
        if self.depth >= MAX_DEPTH {
            return Err(Error::limit("nesting depth", MAX_DEPTH.into()));
        }
        let header = self.raw.len() - self.content.len();
        Ok(Reader {
            rest: self.content,
            offset: self.offset + header,
            depth: self.depth + 1,
        })
    }

    /// The single element inside an explicit tag.
    ///
    /// # Errors
    /// As [`Tlv::reader`], and `malformed` unless there is exactly one.
    pub fn inner(&self) -> Result<Tlv<'a>> {
        let mut reader = self.reader()?;
        let inner = reader.read()?;
        reader.finish()?;
        Ok(inner)
    }

    /// The content of a minimal two's complement INTEGER.
    ///
    /// # Errors
    /// `malformed` when empty, not minimal, or another tag.
    pub fn integer(&self) -> Result<&'a [u8]> {
        self.expect(Tag::INTEGER)?;
        match self.content {
            [] => Err(self.wrong("an INTEGER is empty")),
            [0x00, next, ..] if next & 0x80 == 0 => Err(self.wrong("an INTEGER is not minimal")),
            [0xff, next, ..] if next & 0x80 != 0 => Err(self.wrong("an INTEGER is not minimal")),
            content => Ok(content),
        }
    }

    /// A non-negative INTEGER without its leading zero byte.
    ///
    /// # Errors
    /// As [`Tlv::integer`], and `malformed` when negative.
    pub fn unsigned(&self) -> Result<&'a [u8]> {
        match self.integer()? {
            [0x00, rest @ ..] if !rest.is_empty() => Ok(rest),
            [first, ..] if first & 0x80 != 0 => Err(self.wrong("an INTEGER is negative")),
            content => Ok(content),
        }
    }

    /// A small INTEGER as a number.
    ///
    /// # Errors
    /// As [`Tlv::integer`], and `malformed` beyond 64 bits.
    pub fn small_integer(&self) -> Result<i64> {
        let content = self.integer()?;
        if content.len() > 8 {
            return Err(self.wrong("an INTEGER is beyond its range"));
        }
        let negative = content.first().is_some_and(|byte| byte & 0x80 != 0);
        let start = if negative { -1 } else { 0 };
        Ok(content
            .iter()
            .fold(start, |sum, byte| (sum << 8) | i64::from(*byte)))
    }

    /// A BOOLEAN in its DER form.
    ///
    /// # Errors
    /// `malformed` for any content but 00 and FF.
    pub fn boolean(&self) -> Result<bool> {
        self.expect(Tag::BOOLEAN)?;
        match self.content {
            [0x00] => Ok(false),
            [0xff] => Ok(true),
            _ => Err(self.wrong("a BOOLEAN is neither 00 nor FF")),
        }
    }

    /// An OBJECT IDENTIFIER.
    ///
    /// # Errors
    /// As [`Oid::from_der_content`].
    pub fn oid(&self) -> Result<Oid> {
        self.expect(Tag::OID)?;
        Oid::from_der_content(self.content).map_err(|error| error.with("offset", self.offset))
    }

    /// The bytes of an OCTET STRING.
    ///
    /// # Errors
    /// `malformed` for another tag.
    pub fn octets(&self) -> Result<&'a [u8]> {
        self.expect(Tag::OCTET_STRING)?;
        Ok(self.content)
    }

    /// A BIT STRING; unused bits are reported, not judged.
    ///
    /// # Errors
    /// `malformed` when empty or with a count above 7.
    pub fn bits(&self) -> Result<BitString<'a>> {
        self.expect(Tag::BIT_STRING)?;
        match self.content {
            [unused @ 0..=7, bytes @ ..] if *unused == 0 || !bytes.is_empty() => Ok(BitString {
                unused_bits: *unused,
                bytes,
            }),
            _ => Err(self.wrong("a BIT STRING has no valid count of unused bits")),
        }
    }

    /// A BIT STRING of whole bytes.
    ///
    /// # Errors
    /// As [`Tlv::bits`], and `malformed` when bits are unused.
    pub fn whole_bits(&self) -> Result<&'a [u8]> {
        match self.bits()? {
            BitString {
                unused_bits: 0,
                bytes,
            } => Ok(bytes),
            _ => Err(self.wrong("a BIT STRING of whole bytes counts unused bits")),
        }
    }

    /// The text of a UTF8String, PrintableString, IA5String, BMPString, or of a TeletexString
    /// that holds only ASCII.
    ///
    /// # Errors
    /// `malformed` when the bytes do not belong to the string type, or for another tag.
    pub fn text(&self) -> Result<String> {
        let ascii = || self.content.is_ascii();
        match self.tag {
            Tag::UTF8_STRING => {}
            Tag::PRINTABLE_STRING | Tag::IA5_STRING | Tag::TELETEX_STRING if ascii() => {}
            Tag::BMP_STRING => {
                let units = self.content.chunks(2).map(|pair| match pair {
                    [high, low] => Some(u16::from_be_bytes([*high, *low])),
                    _ => None,
                });
                let units: Option<Vec<u16>> = units.collect();
                return units
                    .and_then(|units| String::from_utf16(&units).ok())
                    .ok_or_else(|| self.wrong("a BMPString is not UTF-16"));
            }
            _ => return Err(self.wrong("an element is not text of a known type")),
        }
        std::str::from_utf8(self.content)
            .map(str::to_owned)
            .map_err(|_| self.wrong("a UTF8String is not UTF-8"))
    }

    /// UTCTime or GeneralizedTime in the forms RFC 5280 4.1.2.5 allows: seconds, `Z`, no fraction.
    ///
    /// # Errors
    /// `malformed` for any other form.
    pub fn time(&self) -> Result<Time> {
        let text = std::str::from_utf8(self.content).unwrap_or_default();
        let parsed = match self.tag {
            Tag::UTC_TIME if text.len() == 13 => time::parse_utc(text),
            Tag::GENERALIZED_TIME if text.len() == 15 => time::parse_compact(text),
            _ => None,
        };
        parsed
            .filter(|_| text.ends_with('Z'))
            .map(time::Written::as_utc)
            .ok_or_else(|| self.wrong("a time is not in the form DER asks for"))
    }
}

impl std::fmt::Debug for Tlv<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Content may be personal data.
        write!(
            f,
            "Tlv({:#04x}, {} bytes at {})",
            self.tag.0,
            self.content.len(),
            self.offset
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn reads_nested_elements_and_keeps_raw_bytes() {
        let input = [0x30, 0x06, 0x02, 0x01, 0x05, 0x04, 0x01, 0xaa];
        let outer = Tlv::parse(&input).unwrap();
        assert_eq!(outer.raw(), input);
        let mut reader = outer.reader().unwrap();
        assert_eq!(reader.read().unwrap().small_integer().unwrap(), 5);
        let octets = reader.read().unwrap();
        assert_eq!(
            (octets.offset(), octets.octets().unwrap()),
            (5, &[0xaa][..])
        );
        reader.finish().unwrap();
    }

    #[test]
    fn refuses_what_der_does_not_allow() {
        let cases: [(&str, &[u8]); 9] = [
            ("indefinite length", &[0x30, 0x80, 0x00, 0x00]),
            ("length not minimal", &[0x04, 0x81, 0x01, 0xaa]),
            ("length with leading zero", &[0x04, 0x82, 0x00, 0x80]),
            ("length past the end", &[0x04, 0x05, 0xaa]),
            ("huge length", &[0x04, 0x84, 0xff, 0xff, 0xff, 0xff]),
            ("length of five bytes", &[0x04, 0x85, 1, 0, 0, 0, 0]),
            ("multi-byte tag", &[0x1f, 0x81, 0x01, 0x00]),
            ("trailing byte", &[0x05, 0x00, 0x00]),
            ("nothing", &[]),
        ];
        for (name, input) in cases {
            assert_eq!(
                Tlv::parse(input).unwrap_err().kind(),
                ErrorKind::Malformed,
                "{name}"
            );
        }
    }

    #[test]
    fn refuses_values_that_are_not_minimal() {
        for input in [
            &[0x02, 0x02, 0x00, 0x7f][..],
            &[0x02, 0x02, 0xff, 0x80],
            &[0x02, 0x00],
        ] {
            assert!(Tlv::parse(input).unwrap().integer().is_err());
        }
        assert!(Tlv::parse(&[0x01, 0x01, 0x01]).unwrap().boolean().is_err());
        assert!(Tlv::parse(&[0x03, 0x01, 0x01]).unwrap().bits().is_err());
        assert!(
            Tlv::parse(&[0x03, 0x02, 0x08, 0x00])
                .unwrap()
                .bits()
                .is_err()
        );
        assert_eq!(
            Tlv::parse(&[0x02, 0x01, 0x80])
                .unwrap()
                .small_integer()
                .unwrap(),
            -128
        );
    }

    #[test]
    fn nesting_is_bounded() {
        let mut input = vec![0x30, 0x00];
        for _ in 0..70 {
            let mut outer = vec![0x30];
            if input.len() < 0x80 {
                outer.push(u8::try_from(input.len()).unwrap());
            } else {
                outer.extend([0x81, u8::try_from(input.len()).unwrap()]);
            }
            outer.extend(&input);
            input = outer;
        }
        let mut tlv = Tlv::parse(&input).unwrap();
        let error = loop {
            match tlv.inner() {
                Ok(inner) => tlv = inner,
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), ErrorKind::LimitExceeded);
    }
}

//! Elements with the path of the field they stand for, read as tolerantly as real files need.

use crate::asn1::{Oid, Reader, Tag, Tlv};
use crate::error::{Error, Result};
use crate::finding::{Finding, FindingCode};

/// The elements of a SEQUENCE, one field after another.
pub(super) struct Fields<'a> {
    reader: Reader<'a>,
    place: String,
}

/// One element and the path of its field.
pub(super) struct Field<'a> {
    tlv: Tlv<'a>,
    place: String,
}

impl<'a> Fields<'a> {
    /// The next field, named as the standard names it.
    pub(super) fn next(&mut self, name: &str) -> Result<Field<'a>> {
        let place = join(&self.place, name);
        match self.reader.read() {
            Ok(tlv) => Ok(Field { tlv, place }),
            Err(error) => Err(error.with("field", place)),
        }
    }

    /// The next field if it has one of these tags.
    pub(super) fn optional(&mut self, tags: &[Tag], name: &str) -> Result<Option<Field<'a>>> {
        match self.reader.peek() {
            Some(tag) if tags.contains(&tag) => self.next(name).map(Some),
            _ => Ok(None),
        }
    }

    /// Nothing may follow.
    pub(super) fn finish(self) -> Result<()> {
        self.reader
            .finish()
            .map_err(|error| error.with("field", self.place))
    }
}

impl<'a> Field<'a> {
    pub(super) fn new(tlv: Tlv<'a>, place: impl Into<String>) -> Self {
        Self {
            tlv,
            place: place.into(),
        }
    }

    pub(super) fn tlv(&self) -> &Tlv<'a> {
        &self.tlv
    }

    pub(super) fn tag(&self) -> Tag {
        self.tlv.tag()
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }

    pub(super) fn note(&self, code: FindingCode, findings: &mut Vec<Finding>) {
        findings.push(Finding::new(code, self.place.as_str()));
    }

    /// An error about this field.
    pub(super) fn wrong(&self, message: &'static str) -> Error {
        Error::malformed(message)
            .with("offset", self.tlv.offset())
            .with("field", &self.place)
    }

    /// The fields of a SEQUENCE.
    pub(super) fn fields(&self) -> Result<Fields<'a>> {
        self.located(self.tlv.expect(Tag::SEQUENCE))?;
        Ok(Fields {
            reader: self.located(self.tlv.reader())?,
            place: self.place.clone(),
        })
    }

    /// The elements of a SEQUENCE OF, named `place[0]`, `place[1]` …
    pub(super) fn elements(&self, limit: usize) -> Result<Vec<Field<'a>>> {
        self.located(self.tlv.expect(Tag::SEQUENCE))?;
        self.children(limit)
    }

    /// All elements of whatever holds elements, named as [`Field::elements`] names them.
    pub(super) fn children(&self, limit: usize) -> Result<Vec<Field<'a>>> {
        let elements = self.located(self.tlv.reader().and_then(|reader| reader.read_all(limit)))?;
        let numbered = elements.into_iter().enumerate();
        Ok(numbered
            .map(|(index, tlv)| Field::new(tlv, format!("{}[{index}]", self.place)))
            .collect())
    }

    /// The one element inside an explicit tag, under the same name.
    pub(super) fn inner(&self) -> Result<Field<'a>> {
        self.located(self.tlv.inner())
            .map(|tlv| Field::new(tlv, self.place.as_str()))
    }

    pub(super) fn integer(&self) -> Result<i64> {
        self.located(self.tlv.small_integer())
    }

    /// A small count or size.
    pub(super) fn unsigned(&self) -> Result<u32> {
        u32::try_from(self.integer()?).map_err(|_| self.wrong("a size is out of range"))
    }

    pub(super) fn oid(&self) -> Result<Oid> {
        self.located(self.tlv.oid())
    }

    pub(super) fn boolean(&self) -> Result<bool> {
        self.located(self.tlv.boolean())
    }

    /// Text of at most `limit` bytes; another string type, and UTF-8 in an ASCII type, are named.
    pub(super) fn text(
        &self,
        expected: Tag,
        limit: usize,
        findings: &mut Vec<Finding>,
    ) -> Result<String> {
        let content = self.tlv.content();
        if content.len() > limit {
            return Err(Error::limit("bytes of a text", limit as u64).with("field", &self.place));
        }
        match self.tlv.text() {
            Ok(text) => {
                if self.tag() != expected {
                    self.note(FindingCode::TextType, findings);
                }
                Ok(text)
            }
            Err(error) => match (self.tag(), std::str::from_utf8(content)) {
                (Tag::IA5_STRING | Tag::PRINTABLE_STRING, Ok(text)) => {
                    self.note(FindingCode::TextType, findings);
                    Ok(text.to_owned())
                }
                _ => self.located(Err(error)),
            },
        }
    }

    /// The bytes of an OCTET STRING, or of a BIT STRING in its place.
    pub(super) fn octets(&self, findings: &mut Vec<Finding>) -> Result<&'a [u8]> {
        if self.tag() == Tag::BIT_STRING {
            self.note(FindingCode::StringSwap, findings);
            return self.located(self.tlv.bits()).map(|bits| bits.bytes);
        }
        self.located(self.tlv.octets())
    }

    /// The bytes of a BIT STRING, or of an OCTET STRING in its place. All bytes count, whatever
    /// the number of unused bits says.
    pub(super) fn bits(&self, findings: &mut Vec<Finding>) -> Result<&'a [u8]> {
        if self.tag() == Tag::OCTET_STRING {
            self.note(FindingCode::StringSwap, findings);
            return self.located(self.tlv.octets());
        }
        let bits = self.located(self.tlv.bits())?;
        if bits.unused_bits != 0 {
            self.note(FindingCode::UnusedBits, findings);
        }
        Ok(bits.bytes)
    }

    /// A certificate: an OCTET STRING, or with a finding an IA5String or a BIT STRING.
    pub(super) fn certificate(&self, findings: &mut Vec<Finding>) -> Result<Vec<u8>> {
        if self.tag() == Tag::IA5_STRING {
            self.note(FindingCode::CertificateAsText, findings);
            return Ok(self.tlv.content().to_vec());
        }
        self.octets(findings).map(<[u8]>::to_vec)
    }

    pub(super) fn located<T>(&self, result: Result<T>) -> Result<T> {
        result.map_err(|error| error.with("field", &self.place))
    }
}

fn join(outer: &str, name: &str) -> String {
    if outer.is_empty() {
        name.to_owned()
    } else {
        format!("{outer}.{name}")
    }
}

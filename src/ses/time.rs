//! The times inside seals and seal signatures, in the forms issuers really write.

use super::field::Field;
use crate::Time;
use crate::asn1::{Tag, Tlv};
use crate::error::Result;
use crate::finding::{Finding, FindingCode};
use crate::time::{Written, Zone, parse_compact, parse_iso, parse_utc};

/// How a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SesTimeKind {
    /// UTCTime.
    Utc,
    /// GeneralizedTime.
    Generalized,
    /// Bare text, as in `2020-04-22 10:18:07`; only in `timeInfo` of the layout of 2014.
    Text,
    /// A time stamp token (ContentInfo); only in `timeInfo` of the layout of 2014.
    Token,
    /// Nothing known.
    Unknown,
}

/// A time as it was written, and the instant it names where it can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SesTime {
    /// The form.
    pub kind: SesTimeKind,
    /// The characters; of a [`SesTimeKind::Token`] its whole DER.
    pub raw: Vec<u8>,
    /// The instant. A time without a zone is taken for China's (UTC+8). `None` when it cannot be
    /// read, and for a token, whose time is known only once it is verified.
    pub time: Option<Time>,
    /// Departures, also listed with their place among the findings of the whole structure.
    pub findings: Vec<FindingCode>,
}

impl SesTime {
    /// A field whose layout asks for the time type `expected`.
    pub(super) fn read(field: &Field<'_>, expected: Tag, findings: &mut Vec<Finding>) -> Self {
        let mut time = Self::from_element(field.tlv());
        if field.tag() != expected && time.time.is_some() {
            time = time.with_finding(FindingCode::TimeForm);
        }
        time.publish(field, findings);
        time
    }

    /// `timeInfo` of the layout of 2014: a BIT STRING around a token or a UTCTime, or what
    /// vendors put there instead (GM/T 0031-2014 6.2.1).
    pub(super) fn read_2014(field: &Field<'_>, findings: &mut Vec<Finding>) -> Result<Self> {
        if matches!(field.tag(), Tag::UTC_TIME | Tag::GENERALIZED_TIME) {
            return Ok(Self::read(field, Tag::BIT_STRING, findings));
        }
        let content = field.bits(findings)?;
        let mut time = match Tlv::parse(content) {
            Ok(token) if is_content_info(&token) => Self {
                kind: SesTimeKind::Token,
                raw: content.to_vec(),
                time: None,
                findings: Vec::new(),
            },
            Ok(element) if element.tag() == Tag::UTC_TIME => Self::from_element(&element),
            Ok(element) if element.tag() == Tag::GENERALIZED_TIME => {
                Self::from_element(&element).with_finding(FindingCode::TimeForm)
            }
            _ => Self::from_text(content),
        };
        if time.findings.contains(&FindingCode::MalformedTime) {
            time.findings = vec![FindingCode::MalformedTime];
        }
        time.publish(field, findings);
        Ok(time)
    }

    /// UTCTime or GeneralizedTime; anything else cannot be read as a time.
    fn from_element(element: &Tlv<'_>) -> Self {
        let content = element.content();
        let text = std::str::from_utf8(content).unwrap_or_default();
        let (kind, written, strict_length) = match element.tag() {
            Tag::UTC_TIME => (SesTimeKind::Utc, parse_utc(text), 13),
            Tag::GENERALIZED_TIME => (SesTimeKind::Generalized, parse_compact(text), 15),
            _ => (SesTimeKind::Unknown, None, 0),
        };
        let time = Self::from_written(kind, content, written);
        // A fraction of a second or a numeric zone is readable, but not what DER asks for here.
        let odd = text.len() != strict_length || !text.ends_with('Z');
        if time.findings.is_empty() && odd {
            return time.with_finding(FindingCode::TimeForm);
        }
        time
    }

    fn from_text(content: &[u8]) -> Self {
        let text = std::str::from_utf8(content).unwrap_or_default();
        let written = parse_compact(text)
            // A bare date is no time of signing.
            .or_else(|| parse_iso(text).filter(|_| text.len() > 10));
        let kind = match written {
            Some(_) => SesTimeKind::Text,
            None => SesTimeKind::Unknown,
        };
        Self::from_written(kind, content, written).with_finding(FindingCode::TimeForm)
    }

    fn from_written(kind: SesTimeKind, content: &[u8], written: Option<Written>) -> Self {
        let findings = match written {
            None => vec![FindingCode::MalformedTime],
            Some(written) if written.zone == Zone::None => vec![FindingCode::ZonelessTime],
            Some(_) => Vec::new(),
        };
        Self {
            kind,
            raw: content.to_vec(),
            time: written.map(Written::as_china),
            findings,
        }
    }

    fn with_finding(mut self, code: FindingCode) -> Self {
        if !self.findings.contains(&code) {
            self.findings.push(code);
        }
        self
    }

    fn publish(&self, field: &Field<'_>, findings: &mut Vec<Finding>) {
        for code in &self.findings {
            field.note(*code, findings);
        }
    }
}

fn is_content_info(element: &Tlv<'_>) -> bool {
    element.tag() == Tag::SEQUENCE
        && element
            .reader()
            .is_ok_and(|reader| reader.peek() == Some(Tag::OID))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1;

    fn info(content: &[u8]) -> SesTime {
        let element = asn1::bits(content);
        let field = Field::new(Tlv::parse(&element).unwrap(), "timeInfo");
        SesTime::read_2014(&field, &mut Vec::new()).unwrap()
    }

    fn date(tag: Tag, text: &str) -> SesTime {
        let element = asn1::tlv(tag, text.as_bytes());
        let field = Field::new(Tlv::parse(&element).unwrap(), "createDate");
        SesTime::read(&field, Tag::GENERALIZED_TIME, &mut Vec::new())
    }

    #[test]
    fn time_info_of_2014_in_each_form_met() {
        use FindingCode::{MalformedTime, TimeForm, ZonelessTime};
        let at = Some(Time::parse("2020-04-22T02:18:07Z").unwrap());
        let utc = asn1::tlv(Tag::UTC_TIME, b"200422021807Z");
        let generalized = asn1::tlv(Tag::GENERALIZED_TIME, b"20200422021807Z");
        type Case<'a> = (&'a [u8], SesTimeKind, Option<Time>, &'a [FindingCode]);
        let cases: [Case<'_>; 7] = [
            (&utc, SesTimeKind::Utc, at, &[]),
            (&generalized, SesTimeKind::Generalized, at, &[TimeForm]),
            (b"20200422021807Z", SesTimeKind::Text, at, &[TimeForm]),
            (
                b"2020-04-22T02:18:07.123Z",
                SesTimeKind::Text,
                at,
                &[TimeForm],
            ),
            (
                b"2020-04-22 10:18:07",
                SesTimeKind::Text,
                at,
                &[ZonelessTime, TimeForm],
            ),
            (b"2020-04-22", SesTimeKind::Unknown, None, &[MalformedTime]),
            (b"yesterday", SesTimeKind::Unknown, None, &[MalformedTime]),
        ];
        for (content, kind, time, findings) in cases {
            let read = info(content);
            assert_eq!(
                (read.kind, read.time, &read.findings[..]),
                (kind, time, findings)
            );
        }
    }

    #[test]
    fn a_token_is_kept_whole_and_unread() {
        let token = asn1::sequence(&[
            asn1::oid(asn1::named::SM3),
            asn1::context(0, &[asn1::null()]),
        ]);
        let read = info(&token);
        assert_eq!((read.kind, read.time), (SesTimeKind::Token, None));
        assert_eq!((read.raw, read.findings), (token, vec![]));
    }

    #[test]
    fn dates_in_each_form_met() {
        use FindingCode::{MalformedTime, TimeForm, ZonelessTime};
        let at = Some(Time::parse("2020-04-22T02:18:07Z").unwrap());
        let generalized = Tag::GENERALIZED_TIME;
        let cases: [(Tag, &str, Option<Time>, &[FindingCode]); 7] = [
            (generalized, "20200422021807Z", at, &[]),
            (generalized, "20200422101807", at, &[ZonelessTime]),
            (generalized, "20200422101807+0800", at, &[TimeForm]),
            (generalized, "20200422021807.5Z", at, &[TimeForm]),
            (generalized, "200422021807Z", None, &[MalformedTime]),
            (Tag::UTC_TIME, "200422021807Z", at, &[TimeForm]),
            (Tag::IA5_STRING, "20200422021807Z", None, &[MalformedTime]),
        ];
        for (tag, text, time, findings) in cases {
            let read = date(tag, text);
            assert_eq!((read.time, &read.findings[..]), (time, findings), "{text}");
            assert_eq!(read.raw, text.as_bytes());
        }
    }
}

//! Canonical DER, built from the inside out: each function returns one whole element.

use super::{Oid, Tag};
use crate::time::Time;

/// One element from its tag and content.
#[must_use]
pub fn tlv(tag: Tag, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() + 6);
    out.push(tag.0);
    push_length(&mut out, content.len());
    out.extend_from_slice(content);
    out
}

fn push_length(out: &mut Vec<u8>, length: usize) {
    if let Ok(short @ 0..=0x7f) = u8::try_from(length) {
        out.push(short);
        return;
    }
    let bytes = length.to_be_bytes();
    let skip = bytes.iter().take_while(|byte| **byte == 0).count();
    let significant = bytes.get(skip..).unwrap_or_default();
    out.push(0x80 | u8::try_from(significant.len()).unwrap_or(8));
    out.extend_from_slice(significant);
}

/// SEQUENCE of whole elements, in the order given.
#[must_use]
pub fn sequence<T: AsRef<[u8]>>(elements: &[T]) -> Vec<u8> {
    tlv(Tag::SEQUENCE, &concat(elements))
}

/// SET OF whole elements, sorted as DER asks (X.690 11.6).
#[must_use]
pub fn set_of<T: AsRef<[u8]>>(elements: &[T]) -> Vec<u8> {
    let mut sorted: Vec<&[u8]> = elements.iter().map(AsRef::as_ref).collect();
    sorted.sort_unstable();
    tlv(Tag::SET, &sorted.concat())
}

/// `[number]` around whole elements: EXPLICIT for one, IMPLICIT SEQUENCE or SET for several.
#[must_use]
pub fn context<T: AsRef<[u8]>>(number: u8, elements: &[T]) -> Vec<u8> {
    tlv(Tag::context(number), &concat(elements))
}

fn concat<T: AsRef<[u8]>>(elements: &[T]) -> Vec<u8> {
    let mut content = Vec::new();
    for element in elements {
        content.extend_from_slice(element.as_ref());
    }
    content
}

/// A non-negative INTEGER from big-endian bytes; leading zeros are dropped or added as needed.
#[must_use]
pub fn unsigned(bytes: &[u8]) -> Vec<u8> {
    let skip = bytes.iter().take_while(|byte| **byte == 0).count();
    let significant = bytes.get(skip..).unwrap_or_default();
    let needs_zero = significant.first().is_none_or(|byte| byte & 0x80 != 0);
    let mut content = Vec::with_capacity(significant.len() + 1);
    if needs_zero {
        content.push(0);
    }
    content.extend_from_slice(significant);
    tlv(Tag::INTEGER, &content)
}

/// A non-negative INTEGER from a number.
#[must_use]
pub fn integer(value: u64) -> Vec<u8> {
    unsigned(&value.to_be_bytes())
}

/// An INTEGER of either sign.
#[must_use]
pub fn signed(value: i64) -> Vec<u8> {
    let bytes = value.to_be_bytes();
    let repeats_sign = |pair: &[u8]| matches!(pair, [0, 0..=0x7f] | [0xff, 0x80..=0xff]);
    let skip = bytes
        .windows(2)
        .take_while(|pair| repeats_sign(pair))
        .count();
    tlv(Tag::INTEGER, bytes.get(skip..).unwrap_or_default())
}

/// OBJECT IDENTIFIER.
#[must_use]
pub fn oid(oid: Oid) -> Vec<u8> {
    tlv(Tag::OID, oid.content())
}

/// OCTET STRING.
#[must_use]
pub fn octets(bytes: &[u8]) -> Vec<u8> {
    tlv(Tag::OCTET_STRING, bytes)
}

/// BIT STRING of whole bytes.
#[must_use]
pub fn bits(bytes: &[u8]) -> Vec<u8> {
    let mut content = Vec::with_capacity(bytes.len() + 1);
    content.push(0);
    content.extend_from_slice(bytes);
    tlv(Tag::BIT_STRING, &content)
}

/// UTF8String.
#[must_use]
pub fn utf8(text: &str) -> Vec<u8> {
    tlv(Tag::UTF8_STRING, text.as_bytes())
}

/// PrintableString; the caller keeps to its alphabet.
#[must_use]
pub fn printable(text: &str) -> Vec<u8> {
    tlv(Tag::PRINTABLE_STRING, text.as_bytes())
}

/// IA5String; the caller keeps to ASCII.
#[must_use]
pub fn ia5(text: &str) -> Vec<u8> {
    tlv(Tag::IA5_STRING, text.as_bytes())
}

/// BOOLEAN.
#[must_use]
pub fn boolean(value: bool) -> Vec<u8> {
    tlv(Tag::BOOLEAN, &[if value { 0xff } else { 0x00 }])
}

/// NULL.
#[must_use]
pub fn null() -> Vec<u8> {
    tlv(Tag::NULL, &[])
}

/// GeneralizedTime, `YYYYMMDDHHMMSSZ`.
#[must_use]
pub fn generalized_time(time: Time) -> Vec<u8> {
    tlv(Tag::GENERALIZED_TIME, time.to_generalized().as_bytes())
}

/// UTCTime `YYMMDDHHMMSSZ` from 1950 to 2049, else GeneralizedTime (RFC 5280 4.1.2.5).
#[must_use]
pub fn x509_time(time: Time) -> Vec<u8> {
    let text = time.to_generalized();
    match (time.civil().year, text.get(2..)) {
        (1950..=2049, Some(short)) => tlv(Tag::UTC_TIME, short.as_bytes()),
        _ => generalized_time(time),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Tlv;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lengths_are_minimal() {
        assert_eq!(octets(&[0; 127]).get(..2), Some(&[0x04, 127][..]));
        assert_eq!(octets(&[0; 128]).get(..3), Some(&[0x04, 0x81, 128][..]));
        assert_eq!(octets(&[0; 256]).get(..4), Some(&[0x04, 0x82, 1, 0][..]));
    }

    #[test]
    fn integers_are_minimal() {
        assert_eq!(integer(0), [0x02, 0x01, 0x00]);
        assert_eq!(integer(128), [0x02, 0x02, 0x00, 0x80]);
        assert_eq!(unsigned(&[0, 0, 1]), [0x02, 0x01, 0x01]);
        assert_eq!(signed(128), integer(128));
        assert_eq!(signed(-128), [0x02, 0x01, 0x80]);
        assert_eq!(signed(-129), [0x02, 0x02, 0xff, 0x7f]);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let (string, bit_string) = (octets(&bytes), bits(&bytes));
            prop_assert_eq!(Tlv::parse(&string).unwrap().octets().unwrap(), &bytes[..]);
            prop_assert_eq!(Tlv::parse(&bit_string).unwrap().whole_bits().unwrap(), &bytes[..]);
            let number = unsigned(&bytes);
            let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
            let significant = if start == bytes.len() { &[0][..] } else { &bytes[start..] };
            prop_assert_eq!(Tlv::parse(&number).unwrap().unsigned().unwrap(), significant);
        }

        #[test]
        fn numbers_of_either_sign_read_back(value in any::<i64>()) {
            prop_assert_eq!(Tlv::parse(&signed(value)).unwrap().small_integer().unwrap(), value);
        }

        #[test]
        fn reading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(tlv) = Tlv::parse(&bytes) {
                let _ = (tlv.integer(), tlv.oid(), tlv.bits(), tlv.text(), tlv.time(), tlv.inner());
            }
        }
    }
}

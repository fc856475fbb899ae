//! Distinguished names: kept as they came, compared as RFC 5280 asks.

use std::fmt;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use x509_parser::x509::{AttributeTypeAndValue, X509Name};

use super::x509;
use crate::asn1::{self, Oid, Tag, Tlv, named};
use crate::error::{Error, Result};

/// Real names have up to a dozen attributes.
const MAX_ATTRIBUTES: usize = 128;

/// The longest real value, a company's full name with its address, is below 1 KiB.
const MAX_VALUE: usize = 16 * 1024;

/// As much as a whole certificate may have; the parser takes a multiple of it in memory.
const MAX_NAME: usize = 256 * 1024;

/// An X.501 distinguished name.
#[derive(Clone)]
pub struct Name(Arc<Inner>);

struct Inner {
    raw: Vec<u8>,
    attributes: Vec<NameAttribute>,
    prepared: Vec<u8>,
}

/// One attribute of a name.
#[derive(Clone, PartialEq, Eq)]
pub struct NameAttribute {
    oid: Oid,
    text: Option<String>,
    raw: Vec<u8>,
    rdn: usize,
}

impl NameAttribute {
    /// The attribute's type.
    #[must_use]
    pub fn oid(&self) -> Oid {
        self.oid
    }

    /// Its value, where it is text of a known string type.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// Its value as DER.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    fn to_der(&self) -> Vec<u8> {
        asn1::sequence(&[&asn1::oid(self.oid), &self.raw])
    }
}

impl fmt::Debug for NameAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NameAttribute({})", self.oid)
    }
}

impl Name {
    /// Reads a DER `Name` (RFC 5280 4.1.2.4).
    ///
    /// # Errors
    /// `malformed`; `limit_exceeded` beyond 128 attributes, 16 KiB in one value or 256 KiB.
    pub fn from_der(der: &[u8]) -> Result<Self> {
        Self::from_tlv(&Tlv::parse(der)?)
    }

    pub(crate) fn from_tlv(name: &Tlv<'_>) -> Result<Self> {
        name.expect(Tag::SEQUENCE)?;
        if name.raw().len() > MAX_NAME {
            return Err(Error::limit("bytes of a name", MAX_NAME as u64));
        }
        Self::from_parsed(&x509::whole(name.raw(), "a name cannot be read")?)
    }

    pub(super) fn from_parsed(name: &X509Name<'_>) -> Result<Self> {
        let mut attributes: Vec<NameAttribute> = Vec::new();
        let mut levels = Vec::new();
        for (rdn, set) in name.iter_rdn().enumerate() {
            let mut members = Vec::new();
            for member in set.iter() {
                if attributes.len() == MAX_ATTRIBUTES {
                    return Err(Error::limit("attributes of a name", MAX_ATTRIBUTES as u64));
                }
                let attribute = read_attribute(member, rdn)?;
                members.extend(attribute.to_der());
                attributes.push(attribute);
            }
            levels.push(asn1::tlv(Tag::SET, &members));
        }
        if asn1::sequence(&levels) != name.as_raw() {
            return Err(Error::malformed(
                "a name is not in DER or holds more than attributes",
            ));
        }
        let prepared = prepare(&attributes);
        Ok(Self(Arc::new(Inner {
            raw: name.as_raw().to_vec(),
            attributes,
            prepared,
        })))
    }

    /// A name with one attribute a level, outermost (country) first.
    ///
    /// # Errors
    /// `invalid_argument` for an empty or over-long value, or a country that is not two letters.
    pub fn build(attributes: &[(Oid, &str)]) -> Result<Self> {
        let mut levels = Vec::with_capacity(attributes.len());
        for (oid, text) in attributes {
            let usable = !text.is_empty()
                && text.len() <= MAX_VALUE
                && (*oid != named::COUNTRY
                    || (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic())))
                && (*oid != named::EMAIL_ADDRESS || text.is_ascii());
            if !usable {
                return Err(
                    Error::argument("a name's attribute has an unusable value").with("oid", oid)
                );
            }
            let value = match *oid {
                named::COUNTRY => asn1::printable(text),
                named::EMAIL_ADDRESS => asn1::ia5(text),
                _ => asn1::utf8(text),
            };
            let pair = asn1::sequence(&[asn1::oid(*oid), value]);
            levels.push(asn1::set_of(&[pair]));
        }
        Self::from_der(&asn1::sequence(&levels))
    }

    /// The name's DER as it came.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.0.raw
    }

    /// Its attributes in the order of the file, outermost first.
    #[must_use]
    pub fn attributes(&self) -> &[NameAttribute] {
        &self.0.attributes
    }

    /// Whether it has no attributes at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.attributes.is_empty()
    }

    /// The last text value of this type, the most specific one.
    #[must_use]
    pub fn find(&self, oid: Oid) -> Option<&str> {
        self.0
            .attributes
            .iter()
            .rev()
            .filter(|attribute| attribute.oid == oid)
            .find_map(NameAttribute::text)
    }

    /// The common name.
    #[must_use]
    pub fn common_name(&self) -> Option<&str> {
        self.find(named::COMMON_NAME)
    }

    /// The organization.
    #[must_use]
    pub fn organization(&self) -> Option<&str> {
        self.find(named::ORGANIZATION)
    }

    /// Whether both name the same entity: string types do not count, nor does letter case, nor
    /// the amount of white space (RFC 5280 7.1 with the preparation of RFC 4518). Values that
    /// are not text are compared by their bytes.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        self.0.prepared == other.0.prepared
    }

    /// A key equal for exactly those names that match.
    pub(crate) fn prepared(&self) -> &[u8] {
        &self.0.prepared
    }
}

fn read_attribute(pair: &AttributeTypeAndValue<'_>, rdn: usize) -> Result<NameAttribute> {
    let raw = x509::element(pair.attr_value())?;
    if raw.len() > MAX_VALUE {
        return Err(Error::limit("bytes of a name's value", MAX_VALUE as u64));
    }
    Ok(NameAttribute {
        oid: x509::oid(pair.attr_type())?,
        text: Tlv::parse(&raw)?.text().ok(),
        raw,
        rdn,
    })
}

/// A byte string that is equal for matching names: levels in order, the attributes of one level
/// sorted, every part with its length so that no two names share it by chance.
fn prepare(attributes: &[NameAttribute]) -> Vec<u8> {
    let mut prepared = Vec::new();
    for level in attributes.chunk_by(|left, right| left.rdn == right.rdn) {
        let mut parts: Vec<Vec<u8>> = level.iter().map(prepare_attribute).collect();
        parts.sort_unstable();
        prepared.extend(asn1::tlv(Tag::SET, &parts.concat()));
    }
    prepared
}

fn prepare_attribute(attribute: &NameAttribute) -> Vec<u8> {
    let value = match &attribute.text {
        Some(text) if !text.contains(is_prohibited) => asn1::utf8(&prepare_text(text)),
        _ => asn1::octets(&attribute.raw),
    };
    asn1::sequence(&[asn1::oid(attribute.oid), value])
}

/// RFC 4518 2: ignorable characters mapped to nothing, white space to spaces, case folded,
/// compatibility forms composed, and spaces that do not count left out.
fn prepare_text(text: &str) -> String {
    let folded: String = text
        .nfkc()
        .filter(|character| !is_ignorable(*character))
        .flat_map(fold)
        .nfkc()
        .collect();
    let mut prepared = String::with_capacity(folded.len());
    for word in folded.split_whitespace() {
        if !prepared.is_empty() {
            prepared.push(' ');
        }
        prepared.push_str(word);
    }
    prepared
}

/// Case folding (RFC 3454 B.2). Letters whose capital is several letters fold to those, so that
/// both spellings of one word are one.
fn fold(character: char) -> impl Iterator<Item = char> {
    let single = match character {
        // The one small letter with two forms.
        '\u{3c2}' => '\u{3c3}',
        '\u{1e9e}' => '\u{df}',
        other => other,
    };
    let several = single.to_uppercase().count() > 1;
    let capital: Vec<char> = match several {
        true => single.to_uppercase().collect(),
        false => vec![single],
    };
    capital.into_iter().flat_map(char::to_lowercase)
}

/// Characters that RFC 4518 2.2 maps to nothing.
fn is_ignorable(character: char) -> bool {
    let control = character.is_control() && !character.is_whitespace();
    control
        || matches!(
            character,
            '\u{ad}' | '\u{34f}' | '\u{6dd}' | '\u{70f}' | '\u{1806}' | '\u{180b}'..='\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2063}'
            | '\u{206a}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffc}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}'
            | '\u{e0020}'..='\u{e007f}'
        )
}

/// Characters that RFC 4518 2.4 leaves without a meaning to compare: for private use, no
/// characters at all, or put for one that could not be read. Values with them are the same only
/// byte for byte.
fn is_prohibited(character: char) -> bool {
    let number = u32::from(character);
    matches!(
        character,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fffd}' | '\u{fdd0}'..='\u{fdef}'
    ) || number & 0xfffe == 0xfffe
}

impl fmt::Display for Name {
    /// RFC 4514: the most specific attribute first, `CN=…,O=…`. Control and direction-changing
    /// characters are written as hexadecimal pairs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut previous = None;
        let levels: Vec<&[NameAttribute]> = self
            .0
            .attributes
            .chunk_by(|left, right| left.rdn == right.rdn)
            .collect();
        for attribute in levels.into_iter().rev().flatten() {
            match previous {
                Some(rdn) if rdn == attribute.rdn => f.write_str("+")?,
                Some(_) => f.write_str(",")?,
                None => {}
            }
            previous = Some(attribute.rdn);
            write_attribute(f, attribute)?;
        }
        Ok(())
    }
}

fn write_attribute(f: &mut fmt::Formatter<'_>, attribute: &NameAttribute) -> fmt::Result {
    match short_name(attribute.oid) {
        Some(short) => write!(f, "{short}=")?,
        None => write!(f, "{}=", attribute.oid)?,
    }
    let Some(text) = &attribute.text else {
        return write!(f, "#{}", crate::crypto::hex(&attribute.raw));
    };
    let last = text.chars().count().saturating_sub(1);
    for (index, character) in text.chars().enumerate() {
        let edge_space = character == ' ' && (index == 0 || index == last);
        let hash = character == '#' && index == 0;
        if edge_space || hash || matches!(character, '"' | '+' | ',' | ';' | '<' | '>' | '\\') {
            write!(f, "\\{character}")?;
        } else if character.is_control() || is_ignorable(character) || is_separator(character) {
            let mut buffer = [0; 4];
            for byte in character.encode_utf8(&mut buffer).bytes() {
                write!(f, "\\{byte:02X}")?;
            }
        } else {
            write!(f, "{character}")?;
        }
    }
    Ok(())
}

/// Line and paragraph separators and the isolating marks of bidirectional text.
fn is_separator(character: char) -> bool {
    matches!(
        character,
        '\u{2028}' | '\u{2029}' | '\u{61c}' | '\u{2066}'..='\u{2069}'
    )
}

fn short_name(oid: Oid) -> Option<&'static str> {
    Some(match oid {
        named::COMMON_NAME => "CN",
        named::COUNTRY => "C",
        named::LOCALITY => "L",
        named::STATE => "ST",
        named::ORGANIZATION => "O",
        named::ORGANIZATIONAL_UNIT => "OU",
        named::DOMAIN_COMPONENT => "DC",
        _ => return None,
    })
}

impl PartialEq for Name {
    /// The same bytes; names that only mean the same are asked with [`Name::matches`].
    fn eq(&self, other: &Self) -> bool {
        self.0.raw == other.0.raw
    }
}

impl Eq for Name {}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A subject may be a person.
        write!(f, "Name({} attributes)", self.0.attributes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn raw_name(value: Vec<u8>) -> Name {
        let pair = asn1::sequence(&[asn1::oid(named::ORGANIZATION), value]);
        Name::from_der(&asn1::sequence(&[asn1::set_of(&[pair])])).unwrap()
    }

    #[test]
    fn string_type_case_and_white_space_do_not_count() {
        let plain = raw_name(asn1::printable("Good CA"));
        for value in [
            asn1::utf8("good  ca"),
            asn1::printable(" GOOD   CA "),
            asn1::utf8("Ｇｏｏｄ　CA"),
            asn1::utf8("Go\u{ad}od CA"),
        ] {
            assert!(plain.matches(&raw_name(value)));
        }
        for value in [
            asn1::utf8("GoodCA"),
            asn1::utf8("Good CB"),
            asn1::octets(b"Good CA"),
        ] {
            assert!(!plain.matches(&raw_name(value)));
        }
    }

    #[test]
    fn values_are_prepared_as_rfc_4518_asks() {
        for (one, two, same) in [
            ("Straße", "STRASSE", true),
            ("ΣΊΣΥΦΟΣ", "σίσυφος", true),
            ("e\u{301}", "É", true),
            ("ﬁ", "FI", true),
            ("a\u{200b}b\u{e0020}", "ab", true),
            ("a\tb\u{2028}c", "a b c", true),
            ("ı", "i", false),
            ("示范", "示 范", false),
            ("示范\u{3000}中心", "示范 中心", true),
            // For private use: the same only where the bytes are.
            ("\u{e000} A", "\u{e000} A", true),
            ("\u{e000} A", "\u{e000} a", false),
        ] {
            let names = [one, two].map(|text| raw_name(asn1::utf8(text)));
            assert_eq!(names[0].matches(&names[1]), same, "{one:?} {two:?}");
        }
    }

    #[test]
    fn levels_count_and_attributes_within_one_do_not() {
        let pair = |oid, text: &str| asn1::sequence(&[asn1::oid(oid), asn1::utf8(text)]);
        let (cn, o) = (
            pair(named::COMMON_NAME, "a"),
            pair(named::ORGANIZATION, "b"),
        );
        let level = |members: &[&Vec<u8>]| {
            asn1::tlv(
                Tag::SET,
                &members
                    .iter()
                    .flat_map(|m| m.iter().copied())
                    .collect::<Vec<_>>(),
            )
        };
        let name = |levels: &[Vec<u8>]| Name::from_der(&asn1::sequence(levels)).unwrap();
        let one = name(&[level(&[&cn, &o])]);
        assert!(one.matches(&name(&[level(&[&o, &cn])])));
        assert!(!one.matches(&name(&[level(&[&o]), level(&[&cn])])));
        assert_eq!(one.to_string(), "CN=a+O=b");
    }

    #[test]
    fn display_escapes_what_could_deceive() {
        let name = Name::build(&[
            (named::COUNTRY, "CN"),
            (named::ORGANIZATION, "某某市,示范"),
            (named::COMMON_NAME, "a\u{202e}b\n"),
        ])
        .unwrap();
        assert_eq!(
            name.to_string(),
            "CN=a\\E2\\80\\AEb\\0A,O=某某市\\,示范,C=CN"
        );
        assert_eq!(format!("{name:?}"), "Name(3 attributes)");
        assert_eq!(name.organization(), Some("某某市,示范"));
    }

    #[test]
    fn refuses_bad_names() {
        assert!(Name::from_der(&asn1::sequence(&[asn1::tlv(Tag::SET, &[])])).is_err());
        assert!(Name::from_der(&[0x30, 0x02, 0x31]).is_err());
        assert!(Name::build(&[(named::COUNTRY, "China")]).is_err());
        let pair = asn1::sequence(&[asn1::oid(named::COMMON_NAME), asn1::utf8("a")]);
        let many = asn1::sequence(&vec![asn1::set_of(&[pair]); MAX_ATTRIBUTES + 1]);
        assert!(Name::from_der(&many).is_err());
    }

    proptest! {
        #[test]
        fn matching_is_reflexive_and_display_never_fails(text in "\\PC{1,40}") {
            let name = Name::build(&[(named::COMMON_NAME, &text)]).unwrap();
            let again = Name::from_der(name.der()).unwrap();
            prop_assert!(name.matches(&again));
            prop_assert!(name.to_string().starts_with("CN="));
        }

        #[test]
        fn reading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = Name::from_der(&bytes);
        }
    }
}

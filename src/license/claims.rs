//! What a verifier reads back from a document: partial, hostile, compared and never believed.
//!
//! A document states its license in several places: custom data or XMP, an embedded file, the
//! text on its page. Each place becomes one [`Claims`]; [`Claims::conflicts`] names what two of
//! them state differently. Which of them a signature covers is the verifier's business.

use std::collections::HashMap;
use std::fmt;

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::elements::{Element, field_key};
use super::json::{MAX_JSON_BYTES, Node, parse};
use super::text::comparable;
use super::{Date, LicenseId};
use crate::error::{Error, Result};

/// Names and values, or tagged texts, that one source may hold: a page of small print has a few
/// hundred.
const MAX_STATEMENTS: usize = 4096;
/// All their bytes together, as much as the JSON form may have.
const MAX_BYTES: usize = MAX_JSON_BYTES;
/// Holders, and issuers, of one license.
const MAX_PARTIES: usize = 256;
const MAX_FIELDS: usize = 512;

/// What one source states. Every part may be absent; texts are as they stand in the source and
/// may hold anything. `Debug` is redacted; [`serde::Serialize`] writes the report's `license`
/// object with its keys in the report's order.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claims {
    /// 证照标识.
    pub identifier: Option<String>,
    /// 证照名称.
    pub name: Option<String>,
    /// 证照类型名称.
    pub type_name: Option<String>,
    /// 证照类型代码.
    pub type_code: Option<String>,
    /// 证照编号.
    pub number: Option<String>,
    /// 证照颁发机构.
    pub issuers: Vec<IssuerClaim>,
    /// 证照颁发日期.
    pub issued_on: Option<DateClaim>,
    /// 持证主体.
    pub holders: Vec<HolderClaim>,
    /// 证照有效期起始日期.
    pub valid_from: Option<DateClaim>,
    /// 证照有效期截止日期.
    pub valid_until: Option<DateClaim>,
    /// 加注件制作事由: present on an annotated copy.
    pub copy_cause: Option<String>,
    /// 加注件制作者.
    pub copy_creator: Option<String>,
    /// 加注件有效期截止时间.
    pub copy_expires_at: Option<String>,
    /// Face fields in the source's order.
    pub fields: Vec<FieldClaim>,
    /// Elements that the source states twice and differently; the first value was kept.
    pub ambiguous: Vec<&'static str>,
}

/// An issuer as stated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct IssuerClaim {
    /// Name.
    pub name: Option<String>,
    /// Code, by the standard a unified social credit code.
    pub code: Option<String>,
}

/// A holder as stated. `Debug` is redacted.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HolderClaim {
    /// Name.
    pub name: Option<String>,
    /// Code.
    pub code: Option<String>,
    /// Three digits of GB/T 36903 Annex A, or what the source has instead.
    pub code_type: Option<String>,
}

/// A face field as stated. `Debug` hides the value.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldClaim {
    /// Key, without the prefix `KZ_`.
    pub key: String,
    /// Value.
    pub value: String,
}

/// A date as stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateClaim {
    /// A day, in whatever form it was written.
    On(Date),
    /// 长期 or 永久: no end.
    NoEnd,
    /// A text that is no date known here.
    Unreadable(String),
}

impl DateClaim {
    fn read(text: &str) -> Self {
        match comparable(text).as_str() {
            "长期" | "永久" | "长期有效" | "永久有效" => Self::NoEnd,
            _ => Date::parse_tolerant(text)
                .map_or_else(|| Self::Unreadable(text.to_owned()), Self::On),
        }
    }

    /// The day, if it is one.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        match self {
            Self::On(date) => Some(*date),
            Self::NoEnd | Self::Unreadable(_) => None,
        }
    }
}

impl Claims {
    /// Reads an embedded JSON file: our own form, and other systems' names for the same elements.
    /// Unknown keys are passed over.
    ///
    /// # Errors
    /// `malformed` if it is no JSON object, `limit_exceeded` beyond 1 MiB, 4096 statements, 256
    /// parties or 512 fields.
    pub fn from_json(text: &str) -> Result<Self> {
        let Node::Object(members) = parse(text)? else {
            return Err(Error::malformed("license data is a JSON object"));
        };
        let mut reader = Reader::default();
        for (key, node) in members {
            reader.member(&key, node)?;
        }
        Ok(reader.claims)
    }

    /// Reads names and values of custom data (OFD CustomDatas, XMP). Pinyin initials, English and
    /// Chinese names are known, in any letter case; unknown names are passed over.
    ///
    /// # Errors
    /// `limit_exceeded` as for [`Claims::from_json`].
    pub fn from_custom_data<'a>(
        data: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self> {
        let mut reader = Reader::default();
        for (name, value) in data {
            reader.named(name, value, None)?;
        }
        Ok(reader.claims)
    }

    /// Reads the tagged texts of a page, in page order. Texts of one tag are parts of one value;
    /// `CZZT#2` is the second holder.
    ///
    /// # Errors
    /// `limit_exceeded` as for [`Claims::from_json`].
    pub fn from_page<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self> {
        let mut bounds = Bounds::default();
        let mut order: HashMap<&str, usize> = HashMap::new();
        let mut values: Vec<(&str, String)> = Vec::new();
        for (tag, text) in texts {
            bounds.count(tag.len() + text.len())?;
            let at = *order.entry(tag).or_insert(values.len());
            match values.get_mut(at) {
                Some((_, value)) => value.push_str(text),
                None => values.push((tag, text.to_owned())),
            }
        }
        let mut reader = Reader::default();
        for (tag, value) in values {
            let (name, ordinal) = split_ordinal(tag);
            reader.named(name, &value, ordinal)?;
        }
        Ok(reader.claims)
    }

    /// The identifier's parts, if one is stated; the inner error tells that it has no such form.
    #[must_use]
    pub fn license_id(&self) -> Option<Result<LicenseId>> {
        self.identifier
            .as_deref()
            .map(|text| LicenseId::parse(text.trim()))
    }

    /// The face field of that key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&FieldClaim> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// Whether the source states nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The elements that `self` and `other` state differently, and those that either states
    /// twice and differently. What only one states is no conflict. Width, white space and the
    /// forms of dates do not count; letter case does.
    #[must_use]
    pub fn conflicts(&self, other: &Self) -> Vec<&'static str> {
        let mut found: Vec<&'static str> = Vec::new();
        found.extend(self.ambiguous.iter().chain(&other.ambiguous).copied());
        for (name, ours, theirs) in [
            ("identifier", &self.identifier, &other.identifier),
            ("name", &self.name, &other.name),
            ("type_name", &self.type_name, &other.type_name),
            ("type_code", &self.type_code, &other.type_code),
            ("number", &self.number, &other.number),
            ("annotated_copy", &self.copy_cause, &other.copy_cause),
            ("annotated_copy", &self.copy_creator, &other.copy_creator),
        ] {
            if texts_differ(ours.as_deref(), theirs.as_deref()) {
                found.push(name);
            }
        }
        for (name, ours, theirs) in [
            ("issued_on", &self.issued_on, &other.issued_on),
            ("valid_from", &self.valid_from, &other.valid_from),
            ("valid_until", &self.valid_until, &other.valid_until),
        ] {
            if dates_differ(ours.as_ref(), theirs.as_ref()) {
                found.push(name);
            }
        }
        if parties_differ(&self.issuers, &other.issuers, IssuerClaim::differs) {
            found.push("issuer");
        }
        if parties_differ(&self.holders, &other.holders, HolderClaim::differs) {
            found.push("holders");
        }
        if fields_differ(&self.fields, &other.fields) {
            found.push("fields");
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl IssuerClaim {
    fn differs(&self, other: &Self) -> bool {
        texts_differ(self.name.as_deref(), other.name.as_deref())
            || texts_differ(self.code.as_deref(), other.code.as_deref())
    }
}

impl HolderClaim {
    fn differs(&self, other: &Self) -> bool {
        texts_differ(self.name.as_deref(), other.name.as_deref())
            || texts_differ(self.code.as_deref(), other.code.as_deref())
            || texts_differ(self.code_type.as_deref(), other.code_type.as_deref())
    }
}

fn texts_differ(ours: Option<&str>, theirs: Option<&str>) -> bool {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => comparable(ours) != comparable(theirs),
        _ => false,
    }
}

fn dates_differ(ours: Option<&DateClaim>, theirs: Option<&DateClaim>) -> bool {
    match (ours, theirs) {
        (Some(DateClaim::Unreadable(ours)), Some(DateClaim::Unreadable(theirs))) => {
            comparable(ours) != comparable(theirs)
        }
        (Some(ours), Some(theirs)) => ours != theirs,
        _ => false,
    }
}

fn parties_differ<T>(ours: &[T], theirs: &[T], differs: impl Fn(&T, &T) -> bool) -> bool {
    if ours.is_empty() || theirs.is_empty() {
        return false;
    }
    ours.len() != theirs.len()
        || ours
            .iter()
            .zip(theirs)
            .any(|(ours, theirs)| differs(ours, theirs))
}

fn fields_differ(ours: &[FieldClaim], theirs: &[FieldClaim]) -> bool {
    let theirs: HashMap<String, &str> = theirs
        .iter()
        .map(|field| (comparable(&field.key), field.value.as_str()))
        .collect();
    ours.iter()
        .any(|field| match theirs.get(&comparable(&field.key)) {
            Some(value) => values_differ(&field.value, value),
            None => false,
        })
}

fn values_differ(ours: &str, theirs: &str) -> bool {
    if comparable(ours) == comparable(theirs) {
        return false;
    }
    match (Date::parse_tolerant(ours), Date::parse_tolerant(theirs)) {
        (Some(ours), Some(theirs)) => ours != theirs,
        _ => true,
    }
}

/// `CZZT#2` is the name `CZZT` and the place 1; without a number the place is open.
fn split_ordinal(tag: &str) -> (&str, Option<usize>) {
    let numbered = tag.rsplit_once('#').and_then(|(name, number)| {
        let number: usize = number.parse().ok()?;
        Some((name, number.checked_sub(1)?))
    });
    match numbered {
        Some((name, place)) => (name, Some(place)),
        None => (tag, None),
    }
}

#[derive(Default)]
struct Bounds {
    statements: usize,
    bytes: usize,
}

impl Bounds {
    fn count(&mut self, bytes: usize) -> Result<()> {
        self.statements += 1;
        self.bytes = self.bytes.saturating_add(bytes);
        if self.statements > MAX_STATEMENTS {
            return Err(Error::limit("license_statements", MAX_STATEMENTS as u64));
        }
        if self.bytes > MAX_BYTES {
            return Err(Error::limit("license_bytes", MAX_BYTES as u64));
        }
        Ok(())
    }
}

#[derive(Default)]
struct Reader {
    claims: Claims,
    field_places: HashMap<String, usize>,
    bounds: Bounds,
}

impl Reader {
    /// One key of the JSON form.
    fn member(&mut self, key: &str, node: Node) -> Result<()> {
        let folded = key.replace('_', "").to_ascii_lowercase();
        match (folded.as_str(), node) {
            ("issuer" | "issuers", node) => self.parties(
                node,
                &[("name", Element::IssuerName), ("code", Element::IssuerCode)],
            ),
            ("holder" | "holders", node) => self.parties(
                node,
                &[
                    ("name", Element::HolderName),
                    ("code", Element::HolderCode),
                    ("code_type", Element::HolderCodeType),
                ],
            ),
            ("fields" | "extendinfo", node) => self.fields(node),
            ("annotatedcopy", Node::Object(members)) => {
                for (key, node) in members {
                    let element = match key.as_str() {
                        "creator" => Element::CopyCreator,
                        "cause" => Element::CopyCause,
                        "expires_at" => Element::CopyExpiresAt,
                        _ => continue,
                    };
                    if let Some(text) = node.into_text() {
                        self.state(element, &text, None)?;
                    }
                }
                Ok(())
            }
            (_, node) => match node.into_text() {
                Some(text) => self.named(key, &text, None),
                None => Ok(()),
            },
        }
    }

    fn parties(&mut self, node: Node, keys: &[(&str, Element)]) -> Result<()> {
        let parties = match node {
            Node::List(parties) => parties,
            party => vec![party],
        };
        for (place, party) in parties.into_iter().enumerate() {
            let Node::Object(members) = party else {
                continue;
            };
            for (key, node) in members {
                let element = keys
                    .iter()
                    .find(|(name, _)| *name == key)
                    .map(|(_, element)| *element)
                    .or_else(|| {
                        Element::find(&key)
                            .filter(|found| keys.iter().any(|(_, element)| element == found))
                    });
                if let (Some(element), Some(text)) = (element, node.into_text()) {
                    self.state(element, &text, Some(place))?;
                }
            }
        }
        Ok(())
    }

    fn fields(&mut self, node: Node) -> Result<()> {
        match node {
            Node::Object(members) => {
                for (key, node) in members {
                    if let Some(text) = node.into_text() {
                        self.field(field_key(&key).unwrap_or(&key), &text)?;
                    }
                }
            }
            Node::List(items) => {
                for item in items {
                    let Node::Object(members) = item else {
                        continue;
                    };
                    let mut key = None;
                    let mut value = None;
                    for (name, node) in members {
                        match name.as_str() {
                            "key" => key = node.into_text(),
                            "value" => value = node.into_text(),
                            _ => {}
                        }
                    }
                    if let (Some(key), Some(value)) = (key, value) {
                        self.field(&key, &value)?;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn named(&mut self, name: &str, value: &str, place: Option<usize>) -> Result<()> {
        if let Some(key) = field_key(name) {
            return self.field(key, value);
        }
        match Element::find(name) {
            Some(element) => self.state(element, value, place),
            None => self.bounds.count(name.len() + value.len()),
        }
    }

    fn state(&mut self, element: Element, value: &str, place: Option<usize>) -> Result<()> {
        self.bounds.count(value.len())?;
        if value.trim().is_empty() {
            return Ok(());
        }
        let claims = &mut self.claims;
        let (slot, name) = match element {
            Element::Identifier => (&mut claims.identifier, "identifier"),
            Element::Name => (&mut claims.name, "name"),
            Element::TypeName => (&mut claims.type_name, "type_name"),
            Element::TypeCode => (&mut claims.type_code, "type_code"),
            Element::Number => (&mut claims.number, "number"),
            Element::CopyCause => (&mut claims.copy_cause, "annotated_copy"),
            Element::CopyCreator => (&mut claims.copy_creator, "annotated_copy"),
            Element::CopyExpiresAt => (&mut claims.copy_expires_at, "annotated_copy"),
            Element::IssuedOn => {
                return self.date(|claims| &mut claims.issued_on, "issued_on", value);
            }
            Element::ValidFrom => {
                return self.date(|claims| &mut claims.valid_from, "valid_from", value);
            }
            Element::ValidUntil => {
                return self.date(|claims| &mut claims.valid_until, "valid_until", value);
            }
            Element::IssuerName => {
                let slot = party(&mut claims.issuers, place, |issuer| &mut issuer.name)?;
                (slot, "issuer")
            }
            Element::IssuerCode => {
                let slot = party(&mut claims.issuers, place, |issuer| &mut issuer.code)?;
                (slot, "issuer")
            }
            Element::HolderName => {
                let slot = party(&mut claims.holders, place, |holder| &mut holder.name)?;
                (slot, "holders")
            }
            Element::HolderCode => {
                let slot = party(&mut claims.holders, place, |holder| &mut holder.code)?;
                (slot, "holders")
            }
            Element::HolderCodeType => {
                let slot = party(&mut claims.holders, place, |holder| &mut holder.code_type)?;
                (slot, "holders")
            }
            // Stated by others too, but of no weight for any check.
            Element::Version
            | Element::IssuerLevel
            | Element::HolderCodeTypeName
            | Element::ValidityRange
            | Element::AreaCode
            | Element::DefiningName
            | Element::DefiningCode
            | Element::ItemName
            | Element::ItemCode
            | Element::Sealer
            | Element::SealedAt
            | Element::SealName
            | Element::CreatedAt
            | Element::CopyCreatedAt => return Ok(()),
        };
        match slot {
            Some(first) if comparable(first) != comparable(value) => self.mark_ambiguous(name),
            Some(_) => {}
            None => *slot = Some(value.to_owned()),
        }
        Ok(())
    }

    fn date(
        &mut self,
        slot: impl Fn(&mut Claims) -> &mut Option<DateClaim>,
        name: &'static str,
        value: &str,
    ) -> Result<()> {
        let claim = DateClaim::read(value);
        let slot = slot(&mut self.claims);
        if dates_differ(slot.as_ref(), Some(&claim)) {
            self.mark_ambiguous(name);
        } else if slot.is_none() {
            *slot = Some(claim);
        }
        Ok(())
    }

    fn field(&mut self, key: &str, value: &str) -> Result<()> {
        self.bounds.count(key.len() + value.len())?;
        if let Some(first) = self
            .field_places
            .get(&comparable(key))
            .and_then(|place| self.claims.fields.get(*place))
        {
            if values_differ(&first.value, value) {
                self.mark_ambiguous("fields");
            }
            return Ok(());
        }
        if self.claims.fields.len() == MAX_FIELDS {
            return Err(Error::limit("license_fields", MAX_FIELDS as u64));
        }
        self.field_places
            .insert(comparable(key), self.claims.fields.len());
        self.claims.fields.push(FieldClaim {
            key: key.to_owned(),
            value: value.to_owned(),
        });
        Ok(())
    }

    fn mark_ambiguous(&mut self, name: &'static str) {
        if !self.claims.ambiguous.contains(&name) {
            self.claims.ambiguous.push(name);
        }
    }
}

/// The slot of the party at `place`, or of the first party that lacks this part.
fn party<T: Default>(
    parties: &mut Vec<T>,
    place: Option<usize>,
    slot: impl Fn(&mut T) -> &mut Option<String>,
) -> Result<&mut Option<String>> {
    let place = place.unwrap_or_else(|| {
        parties
            .iter_mut()
            .position(|party| slot(party).is_none())
            .unwrap_or(parties.len())
    });
    if place >= MAX_PARTIES {
        return Err(Error::limit("license_parties", MAX_PARTIES as u64));
    }
    if parties.len() <= place {
        parties.resize_with(place + 1, T::default);
    }
    parties
        .get_mut(place)
        .map(slot)
        .ok_or_else(|| Error::limit("license_parties", MAX_PARTIES as u64))
}

impl Serialize for Claims {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut license = serializer.serialize_struct("license", 9)?;
        license.serialize_field("identifier", &self.identifier)?;
        license.serialize_field("name", &self.name)?;
        license.serialize_field("number", &self.number)?;
        license.serialize_field("type_code", &self.type_code)?;
        license.serialize_field("issuer", &Issuers(&self.issuers))?;
        license.serialize_field("holders", &self.holders)?;
        license.serialize_field("valid_from", &self.valid_from)?;
        license.serialize_field("valid_until", &self.valid_until)?;
        license.serialize_field("fields", &Fields(&self.fields))?;
        license.end()
    }
}

/// The first issuer as the object itself, joint issuers listed inside it.
struct Issuers<'a>(&'a [IssuerClaim]);

impl Serialize for Issuers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        if let Some((first, others)) = self.0.split_first() {
            object.serialize_entry("name", &first.name)?;
            object.serialize_entry("code", &first.code)?;
            if !others.is_empty() {
                object.serialize_entry("joint_issuers", others)?;
            }
        }
        object.end()
    }
}

impl Serialize for IssuerClaim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("issuer", 2)?;
        object.serialize_field("name", &self.name)?;
        object.serialize_field("code", &self.code)?;
        object.end()
    }
}

impl Serialize for HolderClaim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("holder", 3)?;
        object.serialize_field("name", &self.name)?;
        object.serialize_field("code", &self.code)?;
        object.serialize_field("code_type", &self.code_type)?;
        object.end()
    }
}

struct Fields<'a>(&'a [FieldClaim]);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.0.len()))?;
        for field in self.0 {
            object.serialize_entry(&field.key, &field.value)?;
        }
        object.end()
    }
}

/// A day as `YYYY-MM-DD`, no end as null, an unreadable date as it stands.
impl Serialize for DateClaim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::On(date) => date.serialize(serializer),
            Self::NoEnd => serializer.serialize_none(),
            Self::Unreadable(text) => serializer.serialize_str(text),
        }
    }
}

impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claims")
            .field("identifier", &self.identifier)
            .field("holders", &self.holders.len())
            .field("fields", &self.fields.len())
            .field("ambiguous", &self.ambiguous)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for HolderClaim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HolderClaim")
            .field("code_type", &self.code_type)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for FieldClaim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldClaim")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use crate::license::Metadata;

    const BUSINESS: &str = include_str!("../../examples/data/business-license.json");
    const PERSONAL: &str = include_str!("../../examples/data/safety-officer-certificate.json");

    fn custom(pairs: &[(&str, &str)]) -> Claims {
        Claims::from_custom_data(pairs.iter().copied()).unwrap()
    }

    #[test]
    fn all_that_is_written_is_read_back_the_same() {
        for text in [BUSINESS, PERSONAL] {
            let metadata = Metadata::from_json(text).unwrap();
            let data = metadata.custom_data();
            let pairs = || {
                data.iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()))
            };
            let listed = Claims::from_custom_data(pairs()).unwrap();
            let embedded = Claims::from_json(&metadata.to_json().unwrap()).unwrap();
            let shown = Claims::from_page(pairs()).unwrap();
            assert_eq!(listed.holders, embedded.holders);
            assert_eq!(listed.fields, embedded.fields);
            assert_eq!(listed, shown);
            assert!(listed.conflicts(&embedded).is_empty());
            assert_eq!(
                listed.holders[0].code_type.as_deref(),
                Some(metadata.holders()[0].code_type().code())
            );
            assert_eq!(
                listed.license_id().unwrap().unwrap(),
                *metadata.identifier()
            );
        }
    }

    #[test]
    fn each_stated_difference_is_named() {
        let claims = Claims::from_json(BUSINESS).unwrap();
        for (from, to, name) in [
            ("20260115000001.001.2", "20260115000002.001.2", "identifier"),
            (
                "\"name\": \"营业执照\"",
                "\"name\": \"营业执照副本\"",
                "name",
            ),
            (
                "91349900MA0EXAMP18\",\n  \"issuers",
                "91349900ma0examp18\",\n  \"issuers",
                "number",
            ),
            ("某某市市场监督管理局", "某某市市场管理局", "issuer"),
            ("示范企业有限公司", "样板企业有限公司", "holders"),
            ("2046-01-14", "2047-01-14", "valid_until"),
            ("\"2046-01-14\"", "\"长期\"", "valid_until"),
            ("张三", "李四", "fields"),
        ] {
            let other = BUSINESS.replace(from, to);
            assert_ne!(other, BUSINESS, "{from}");
            let other = Claims::from_json(&other).unwrap();
            assert_eq!(claims.conflicts(&other), [name], "{from}");
            assert_eq!(other.conflicts(&claims), [name], "{from}");
        }
    }

    #[test]
    fn forms_do_not_count_and_case_does() {
        let claims = custom(&[
            ("ZZBFRQ", "2026-01-15"),
            ("KZ_MJ", "100 平方米"),
            ("CZZT", "张 三"),
        ]);
        let other = custom(&[
            ("zzbfrq", "2026年1月15日"),
            ("kz_MJ", "１００平方米"),
            ("CZZT", "张三"),
        ]);
        assert!(claims.conflicts(&other).is_empty());
        assert_eq!(
            custom(&[("CZZTDM", "1X")]).conflicts(&custom(&[("CZZTDM", "1x")])),
            ["holders"]
        );
        assert!(claims.conflicts(&Claims::default()).is_empty());
        assert!(Claims::default().is_empty());
    }

    #[test]
    fn stating_twice_and_differently_is_ambiguous() {
        let claims = custom(&[
            ("ZZBS", "1"),
            ("certificateIdentifier", "2"),
            ("KZ_A", "1"),
            ("kz_A", "2"),
            ("ZZYXQJZRQ", "20260101"),
            ("ZZYXQJZRQ", "长期"),
        ]);
        assert_eq!(claims.ambiguous, ["identifier", "fields", "valid_until"]);
        assert_eq!(
            claims.conflicts(&Claims::default()),
            ["fields", "identifier", "valid_until"]
        );
        assert!(
            custom(&[("ZZBS", "1"), ("ZZBS", " 1")])
                .ambiguous
                .is_empty()
        );
    }

    #[test]
    fn repeated_parties_line_up() {
        let rows = custom(&[
            ("CZZT", "甲"),
            ("CZZTDM", "1"),
            ("CZZT", "乙"),
            ("CZZTDM", "2"),
        ]);
        let columns = custom(&[
            ("CZZT", "甲"),
            ("CZZT", "乙"),
            ("CZZTDM", "1"),
            ("CZZTDM", "2"),
        ]);
        assert_eq!(rows, columns);
        let page = Claims::from_page([
            ("CZZT#2", "乙"),
            ("CZZT#1", "甲"),
            ("CZZTDM#1", "1"),
            ("CZZTDM#2", "2"),
        ])
        .unwrap();
        assert_eq!(page, rows);
        let more = custom(&[("CZZT", "甲"), ("CZZTDM", "1")]);
        assert_eq!(rows.conflicts(&more), ["holders"]);
    }

    #[test]
    fn lines_of_one_tag_are_one_value() {
        let page = Claims::from_page([
            ("KZ_JYFW", "软件"),
            ("ZZMC", "营业执照"),
            ("KZ_JYFW", "开发"),
        ]);
        assert_eq!(page.unwrap().field("JYFW").unwrap().value, "软件开发");
    }

    #[test]
    fn the_report_view_has_the_contracts_keys() {
        let claims = Claims::from_json(PERSONAL).unwrap();
        let view = serde_json::to_string(&claims).unwrap();
        let mut at = 0;
        for key in [
            "{\"identifier\":",
            ",\"name\":",
            ",\"number\":",
            ",\"type_code\":",
            ",\"issuer\":{\"name\":",
            ",\"holders\":[{\"name\":\"张三\",\"code\":\"349901199003070016\",\"code_type\":\"111\"}]",
            ",\"valid_from\":\"2026-03-01\"",
            ",\"valid_until\":\"2029-02-28\"",
            ",\"fields\":{\"XB\":\"男\",\"CSRQ\":",
        ] {
            at += view
                .get(at..)
                .unwrap()
                .find(key)
                .unwrap_or_else(|| panic!("{key} in {view}"));
        }
        assert_eq!(
            serde_json::to_string(&Claims::default()).unwrap(),
            r#"{"identifier":null,"name":null,"number":null,"type_code":null,"issuer":{},"holders":[],"valid_from":null,"valid_until":null,"fields":{}}"#
        );
    }

    #[test]
    fn dates_that_cannot_be_read_stay_what_they_are() {
        let claims = custom(&[("ZZYXQJZRQ", "至拆除为止"), ("ZZYXQQSRQ", "")]);
        assert_eq!(
            claims.valid_until,
            Some(DateClaim::Unreadable("至拆除为止".into()))
        );
        assert_eq!(claims.valid_from, None);
        assert_eq!(claims.valid_until.unwrap().date(), None);
    }

    #[test]
    fn hostile_amounts_are_refused() {
        let many = (0..5000).map(|_| ("ZZBS", "1"));
        let error = Claims::from_custom_data(many).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::LimitExceeded);
        assert!(Claims::from_page([("CZZT#999999999", "x")]).is_err());
        let keys: Vec<String> = (0..600).map(|n| format!("KZ_{n}")).collect();
        assert!(Claims::from_custom_data(keys.iter().map(|key| (key.as_str(), "x"))).is_err());
        let large = "x".repeat(MAX_BYTES + 1);
        assert!(Claims::from_page([("X", large.as_str())]).is_err());
    }

    #[test]
    fn debug_is_redacted() {
        let claims = Claims::from_json(PERSONAL).unwrap();
        let shown = format!("{claims:?} {:?} {:?}", claims.holders, claims.fields);
        assert!(
            !shown.contains("张三") && !shown.contains("1990"),
            "{shown}"
        );
    }

    proptest::proptest! {
        #[test]
        fn never_panics(pairs in proptest::collection::vec(("[A-Z#0-9_]{0,12}", "\\PC{0,12}"), 0..20)) {
            let pairs = || pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            let listed = Claims::from_custom_data(pairs()).unwrap();
            if let Ok(page) = Claims::from_page(pairs()) {
                let _ = listed.conflicts(&page);
            }
        }
    }
}

//! Reading claims from JSON, from lists of names and values, and from the text of a page.

use std::collections::HashMap;

use super::super::elements::{Element, field_key};
use super::super::json::{MAX_JSON_BYTES, Node, parse};
use super::super::text::comparable;
use super::{Claims, DateClaim, FieldClaim, dates_differ, values_differ};
use crate::error::{Error, Result};

/// Names and values, or tagged texts, that one source may hold: a page of small print has a few
/// hundred.
const MAX_STATEMENTS: usize = 4096;
/// All their bytes together, as much as the JSON form may have.
pub(super) const MAX_BYTES: usize = MAX_JSON_BYTES;
/// Holders, and issuers, of one license.
const MAX_PARTIES: usize = 256;
const MAX_FIELDS: usize = 512;

pub(super) fn json(text: &str) -> Result<Claims> {
    let Node::Object(members) = parse(text)? else {
        return Err(Error::malformed("license data is a JSON object"));
    };
    let mut reader = Reader::default();
    for (key, node) in members {
        reader.member(&key, node)?;
    }
    Ok(reader.claims)
}

pub(super) fn custom_data<'a>(
    data: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Claims> {
    let mut reader = Reader::default();
    for (name, value) in data {
        let (name, ordinal) = split_ordinal(name);
        reader.named(name, value, ordinal)?;
    }
    Ok(reader.claims)
}

pub(super) fn page<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Claims> {
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

/// `CZZT.2` is the name `CZZT` and the place 1; without a number the place is open. Only the
/// elements known here are numbered: the keys of face fields may hold anything.
fn split_ordinal(tag: &str) -> (&str, Option<usize>) {
    let numbered = tag.rsplit_once('.').and_then(|(name, number)| {
        let number: usize = number.parse().ok()?;
        Element::find(name)?;
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
            Element::AreaCode => (&mut claims.area_code, "area_code"),
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

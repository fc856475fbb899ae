//! Claims as the report's `license` object, with its keys in the report's order.

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::{Claims, DateClaim, FieldClaim, HolderClaim, IssuerClaim};

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

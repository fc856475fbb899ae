//! The JSON form of metadata: strict to read, canonical to write.

use serde::Serialize;

use super::super::json::{Node, parse};
use super::{
    AnnotatedCopyParts, Field, HolderParts, Issuer, IssuerParts, Metadata, MetadataParts,
    RelatedItem, SealingParts, Violations,
};
use crate::error::{Error, ErrorKind, Result};
use crate::license::Date;
use crate::license::codes::RegionCode;
use crate::time::Time;

pub(super) fn read(text: &str) -> Result<Metadata> {
    let node = parse(text)?;
    let mut violations = Violations::default();
    let mut parts = MetadataParts::default();
    let Some(mut object) = Object::open("", node, &mut violations) else {
        return Err(violations.into_error());
    };
    parts.identifier = object.text("identifier");
    parts.name = object.text("name");
    parts.type_name = object.text("type_name");
    parts.type_code = object.text("type_code");
    parts.number = object.text("number");
    parts.issued_on = object.text("issued_on");
    parts.valid_from = object.optional_text("valid_from");
    parts.valid_until = object.optional_text("valid_until");
    parts.validity_range = object.optional_text("validity_range");
    parts.area_code = object.optional_text("area_code");
    parts.created_at = object.optional_text("created_at");
    parts.issuers = object.list("issuers", authority);
    parts.holders = object.list("holders", |holder| HolderParts {
        name: holder.text("name"),
        code: holder.text("code"),
        code_type: holder.text("code_type"),
    });
    parts.defining_authority = object.optional("defining_authority", authority);
    parts.related_items = object.list("related_items", |item| RelatedItem {
        name: item.text("name"),
        code: item.text("code"),
    });
    parts.sealing = object.optional("sealing", |sealing| SealingParts {
        signer: sealing.optional_text("signer"),
        sealed_at: sealing.optional_text("sealed_at"),
        seal_name: sealing.optional_text("seal_name"),
    });
    parts.fields = object.list("fields", |field| Field {
        key: field.text("key"),
        label: field.text("label"),
        value: field.text("value"),
    });
    parts.annotated_copy = object.optional("annotated_copy", |copy| AnnotatedCopyParts {
        created_at: copy.text("created_at"),
        creator: copy.text("creator"),
        cause: copy.text("cause"),
        expires_at: copy.optional_text("expires_at"),
    });
    object.close();
    parts.build_with(violations)
}

fn authority(object: &mut Object<'_>) -> IssuerParts {
    IssuerParts {
        name: object.text("name"),
        code: object.text("code"),
        level: object.optional_text("level"),
    }
}

/// A JSON object being emptied key by key; what is left at the end is unknown.
struct Object<'a> {
    path: String,
    members: Vec<(String, Node)>,
    violations: &'a mut Violations,
}

impl<'a> Object<'a> {
    fn open(path: &str, node: Node, violations: &'a mut Violations) -> Option<Self> {
        match node {
            Node::Object(members) => Some(Self {
                path: path.to_owned(),
                members,
                violations,
            }),
            _ => {
                let path = if path.is_empty() { "metadata" } else { path };
                violations.add(path, "is not an object");
                None
            }
        }
    }

    fn close(self) {
        for (key, _) in &self.members {
            let key = key.chars().take(64).collect::<String>();
            self.violations
                .add(join(&self.path, &key), "is not a key of license metadata");
        }
    }

    fn take(&mut self, key: &str) -> Option<Node> {
        let at = self.members.iter().position(|(name, _)| name == key)?;
        Some(self.members.remove(at).1).filter(|node| *node != Node::Null)
    }

    /// A required text. One that is missing is left empty and found to be so later.
    fn text(&mut self, key: &str) -> String {
        self.optional_text(key).unwrap_or_default()
    }

    fn optional_text(&mut self, key: &str) -> Option<String> {
        match self.take(key)? {
            Node::Text(text) => Some(text),
            _ => {
                self.violations.add(join(&self.path, key), "is not a text");
                None
            }
        }
    }

    fn optional<T>(&mut self, key: &str, read: impl Fn(&mut Object<'_>) -> T) -> Option<T> {
        let node = self.take(key)?;
        let path = join(&self.path, key);
        read_object(&path, node, self.violations, &read)
    }

    fn list<T>(&mut self, key: &str, read: impl Fn(&mut Object<'_>) -> T) -> Vec<T> {
        let path = join(&self.path, key);
        match self.take(key) {
            None => Vec::new(),
            Some(Node::List(items)) => items
                .into_iter()
                .enumerate()
                .filter_map(|(index, item)| {
                    read_object(&format!("{path}[{index}]"), item, self.violations, &read)
                })
                .collect(),
            Some(_) => {
                self.violations.add(path, "is not a list");
                Vec::new()
            }
        }
    }
}

fn read_object<T>(
    path: &str,
    node: Node,
    violations: &mut Violations,
    read: impl Fn(&mut Object<'_>) -> T,
) -> Option<T> {
    let mut object = Object::open(path, node, violations)?;
    let value = read(&mut object);
    object.close();
    Some(value)
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

pub(super) fn write(metadata: &Metadata) -> Result<String> {
    serde_json::to_string(&MetadataJson::of(metadata))
        .map_err(|_| Error::new(ErrorKind::Internal, "metadata could not be written as JSON"))
}

#[derive(Serialize)]
struct MetadataJson<'a> {
    identifier: String,
    name: &'a str,
    type_name: &'a str,
    type_code: &'a str,
    number: &'a str,
    issuers: Vec<IssuerJson<'a>>,
    issued_on: Date,
    holders: Vec<HolderJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_from: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    validity_range: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    defining_authority: Option<IssuerJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_items: Vec<ItemJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sealing: Option<SealingJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotated_copy: Option<CopyJson<'a>>,
}

#[derive(Serialize)]
struct IssuerJson<'a> {
    name: &'a str,
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'a str>,
}

#[derive(Serialize)]
struct HolderJson<'a> {
    name: &'a str,
    code: &'a str,
    code_type: &'static str,
}

#[derive(Serialize)]
struct ItemJson<'a> {
    name: &'a str,
    code: &'a str,
}

#[derive(Serialize)]
struct SealingJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    signer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sealed_at: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seal_name: Option<&'a str>,
}

#[derive(Serialize)]
struct FieldJson<'a> {
    key: &'a str,
    label: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
struct CopyJson<'a> {
    created_at: Time,
    creator: &'a str,
    cause: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<Time>,
}

impl<'a> MetadataJson<'a> {
    fn of(metadata: &'a Metadata) -> Self {
        Self {
            identifier: metadata.identifier.to_string(),
            name: &metadata.name,
            type_name: &metadata.type_name,
            type_code: metadata.type_code(),
            number: &metadata.number,
            issuers: metadata.issuers.iter().map(IssuerJson::of).collect(),
            issued_on: metadata.issued_on,
            holders: metadata
                .holders
                .iter()
                .map(|holder| HolderJson {
                    name: holder.name(),
                    code: holder.code(),
                    code_type: holder.code_type().code(),
                })
                .collect(),
            valid_from: metadata.valid_from,
            valid_until: metadata.valid_until,
            validity_range: metadata.validity_range.as_deref(),
            area_code: metadata.area_code.as_ref().map(RegionCode::as_str),
            defining_authority: metadata.defining_authority.as_ref().map(IssuerJson::of),
            related_items: metadata
                .related_items
                .iter()
                .map(|item| ItemJson {
                    name: &item.name,
                    code: &item.code,
                })
                .collect(),
            created_at: metadata.created_at,
            sealing: metadata.sealing.as_ref().map(|sealing| SealingJson {
                signer: sealing.signer.as_deref(),
                sealed_at: sealing.sealed_at,
                seal_name: sealing.seal_name.as_deref(),
            }),
            fields: metadata
                .fields
                .iter()
                .map(|field| FieldJson {
                    key: &field.key,
                    label: &field.label,
                    value: &field.value,
                })
                .collect(),
            annotated_copy: metadata.annotated_copy.as_ref().map(|copy| CopyJson {
                created_at: copy.created_at,
                creator: &copy.creator,
                cause: &copy.cause,
                expires_at: copy.expires_at,
            }),
        }
    }
}

impl<'a> IssuerJson<'a> {
    fn of(authority: &'a Issuer) -> Self {
        Self {
            name: authority.name(),
            code: authority.code().as_str(),
            level: authority.level(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUSINESS: &str = include_str!("../../../examples/data/business-license.json");
    const PERSONAL: &str = include_str!("../../../examples/data/safety-officer-certificate.json");

    fn violations(text: &str) -> Vec<String> {
        let error = Metadata::from_json(text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidMetadata, "{error}");
        error
            .context()
            .map(|(_, violation)| violation.to_owned())
            .collect()
    }

    #[test]
    fn examples_survive_a_round_trip() {
        for text in [BUSINESS, PERSONAL] {
            let metadata = Metadata::from_json(text).unwrap();
            let canonical = metadata.to_json().unwrap();
            assert_eq!(Metadata::from_json(&canonical).unwrap(), metadata);
            assert_eq!(
                Metadata::from_json(&canonical).unwrap().to_json().unwrap(),
                canonical
            );
        }
    }

    #[test]
    fn every_violation_is_reported_at_once_and_without_values() {
        let broken = PERSONAL
            .replace("349901199003070016", "349901199003070017")
            .replace("\"issued_on\": \"2026", "\"issued_on\": \"26")
            .replace("\"111\"", "\"112\"")
            .replace("\"type_name\"", "\"typename\"");
        let violations = violations(&broken);
        let named = |path: &str| {
            violations
                .iter()
                .any(|violation| violation.starts_with(path))
        };
        assert!(named("typename is not a key"), "{violations:?}");
        assert!(named("type_name is empty"), "{violations:?}");
        assert!(named("issued_on"), "{violations:?}");
        assert!(named("holders[0].code_type"), "{violations:?}");
        assert!(!violations.concat().contains("3499011990"));
        let broken = PERSONAL.replace("349901199003070016", "349901199003070017");
        assert_eq!(self::violations(&broken).len(), 1);
    }

    #[test]
    fn contradictions_are_violations() {
        for (from, to, path) in [
            ("20260115000001.001.2", "20260115000001.001.3", "identifier"),
            (
                "\"type_code\": \"11100000MB0143028R001",
                "\"type_code\": \"11100000MB0143028R002",
                "type_code",
            ),
            (
                "\"code\": \"11349900MB0EXAMP5Y\"",
                "\"code\": \"11349900MB1EXAMP7B\"",
                "issuers",
            ),
            (
                "\"valid_until\": \"2046-01-14\"",
                "\"valid_until\": \"2016-01-14\"",
                "valid_until",
            ),
            ("\"key\": \"ZCZB\"", "\"key\": \"FDDBR\"", "fields[3].key"),
            (
                "\"area_code\": \"349900\"",
                "\"area_code\": 349900",
                "area_code",
            ),
        ] {
            let broken = BUSINESS.replace(from, to);
            assert_ne!(broken, BUSINESS, "{from}");
            let violations = violations(&broken);
            assert!(
                violations.iter().any(|found| found.starts_with(path)),
                "{violations:?}"
            );
        }
    }

    #[test]
    fn no_end_is_absent_null_or_said() {
        for end in ["null", "\"长期\""] {
            let text = BUSINESS.replace("\"2046-01-14\"", end);
            assert_eq!(Metadata::from_json(&text).unwrap().valid_until(), None);
        }
        let text = BUSINESS.replace(
            "\"valid_until\": \"2046-01-14\"",
            "\"valid_until\": \"永久\"",
        );
        assert_eq!(violations(&text).len(), 1);
    }

    #[test]
    fn hidden_characters_are_refused() {
        let text = BUSINESS.replace("某某市示范企业", "某某市\u{202e}示范企业");
        assert!(
            violations(&text)
                .iter()
                .all(|found| found.contains("invisible"))
        );
    }

    #[test]
    fn debug_is_redacted() {
        let metadata = Metadata::from_json(PERSONAL).unwrap();
        let shown = format!(
            "{metadata:?} {:?} {:?}",
            metadata.holders(),
            metadata.fields()
        );
        assert!(
            !shown.contains("张三") && !shown.contains("3499011990"),
            "{shown}"
        );
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "[\\PC\"{}\\[\\]:,]{0,200}") {
            let _ = Metadata::from_json(&text);
        }
    }
}

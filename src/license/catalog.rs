//! The catalog of license types (电子证照目录, GB/T 36902): which types there are, who may hold
//! them, and what their faces must state.
//!
//! The catalog is data. The built-in one holds the types seen in public sources, each with how
//! sure its row is; a caller's own is read with [`Catalog::from_json`]. A type that is in no
//! catalog is unknown, which is not the same as wrong.

use std::collections::HashSet;

use serde::Deserialize;

use super::codes::HolderKind;
use super::json::{MAX_JSON_BYTES, syntax_error};
use super::metadata::{Metadata, Violations};
use super::text::comparable;
use crate::error::{Error, Result};

const BUILT_IN: &str = include_str!("data/catalog.json");
/// All of China's national types number some hundreds.
const MAX_ENTRIES: usize = 10_000;

/// License types by code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog {
    entries: Vec<CatalogEntry>,
}

/// One license type (目录项).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogEntry {
    type_code: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    holder: HolderScope,
    certainty: Certainty,
    #[serde(default)]
    fields: Vec<FaceField>,
}

/// A field that faces of a type have.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaceField {
    /// Key, as in [`Field::key`](super::Field::key).
    pub key: String,
    /// What stands before the value on the page.
    pub label: String,
    /// Whether a license of this type must state it.
    #[serde(default)]
    pub required: bool,
}

/// Who may hold a license of a type (持有主体类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolderScope {
    /// Natural persons.
    Person,
    /// Organisations.
    Organization,
    /// Both.
    Any,
}

/// How sure the row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Code and name stand together in a public source.
    Seen,
    /// The code was seen; that it has this name is a reading of its surroundings.
    Inferred,
    /// The caller's own registry vouches for it.
    Registry,
}

impl Catalog {
    /// The types seen in public sources. Codes of identity cards, birth certificates and driving
    /// licenses were not found there and are not made up here.
    #[must_use]
    pub fn built_in() -> Self {
        // The data are part of the library: the test `the_built_in_catalog_is_read` proves them.
        Self::from_json(BUILT_IN).unwrap_or_default()
    }

    /// Reads a catalog: a JSON list of entries with `type_code`, `name`, `aliases`, `holder`
    /// (`person`, `organization`, `any`), `certainty` (`seen`, `inferred`, `registry`) and
    /// `fields` (`key`, `label`, `required`).
    ///
    /// # Errors
    /// `malformed` for another shape, an unknown key, a type code that is not 21 digits and
    /// capital letters, or one listed twice; `limit_exceeded` beyond 1 MiB or 10,000 entries.
    pub fn from_json(text: &str) -> Result<Self> {
        if text.len() > MAX_JSON_BYTES {
            return Err(Error::limit("json_bytes", MAX_JSON_BYTES as u64));
        }
        let entries: Vec<CatalogEntry> =
            serde_json::from_str(text).map_err(|error| syntax_error(&error))?;
        if entries.len() > MAX_ENTRIES {
            return Err(Error::limit("catalog_entries", MAX_ENTRIES as u64));
        }
        let mut codes = HashSet::new();
        for entry in &entries {
            let code = entry.type_code.as_str();
            let formed = code.len() == 21
                && code
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
            if !formed || !codes.insert(code) {
                return Err(Error::malformed(
                    "a type code is malformed or listed twice in the catalog",
                )
                .with("type_code", code.chars().take(64).collect::<String>()));
            }
        }
        drop(codes);
        Ok(Self { entries })
    }

    /// Every entry, in the order of the data.
    #[must_use]
    pub fn entries(&self) -> &[CatalogEntry] {
        &self.entries
    }

    /// The entry of a type code; `None` means unknown, not wrong.
    #[must_use]
    pub fn find(&self, type_code: &str) -> Option<&CatalogEntry> {
        self.entries
            .iter()
            .find(|entry| entry.type_code == type_code)
    }

    /// The entry that bears this name or alias, after normalisation of width and white space.
    #[must_use]
    pub fn find_by_name(&self, name: &str) -> Option<&CatalogEntry> {
        self.entries.iter().find(|entry| entry.is_called(name))
    }
}

impl CatalogEntry {
    /// 证照类型代码, 21 characters.
    #[must_use]
    pub fn type_code(&self) -> &str {
        &self.type_code
    }

    /// 证照类型名称; `None` where only the code was seen.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Other names in use.
    #[must_use]
    pub fn aliases(&self) -> &[String] {
        &self.aliases
    }

    /// Who may hold it.
    #[must_use]
    pub fn holder(&self) -> HolderScope {
        self.holder
    }

    /// How sure this row is.
    #[must_use]
    pub fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// The fields of its face.
    #[must_use]
    pub fn fields(&self) -> &[FaceField] {
        &self.fields
    }

    /// Whether the metadata fit this type: code, name, kind of holders, required face fields.
    ///
    /// # Errors
    /// `invalid_metadata` with every violation as context `violation`. One character of a
    /// registered name that differs (职业 for 执业) fails a license in national exchange, so the
    /// name is compared and both are told.
    pub fn check(&self, metadata: &Metadata) -> Result<()> {
        let mut violations = Violations::default();
        if metadata.type_code() != self.type_code {
            violations.add("type_code", "is not that of the catalog entry");
        }
        if let Some(name) = &self.name
            && !self.is_called(metadata.type_name())
        {
            let given = metadata.type_name();
            violations.add(
                "type_name",
                format_args!("is {given} where {name} is registered"),
            );
        }
        for (index, holder) in metadata.holders().iter().enumerate() {
            let fits = match self.holder {
                HolderScope::Any => true,
                HolderScope::Person => holder.code_type().kind() == HolderKind::Person,
                HolderScope::Organization => holder.code_type().kind() == HolderKind::Organization,
            };
            if !fits {
                let path = format_args!("holders[{index}].code_type");
                violations.add(path, "is of a kind that cannot hold this type");
            }
        }
        for field in self.fields.iter().filter(|field| field.required) {
            if metadata.field(&field.key).is_none() {
                let FaceField { key, label, .. } = field;
                violations.add("fields", format_args!("lack {key} ({label})"));
            }
        }
        violations.into_result()
    }

    fn is_called(&self, name: &str) -> bool {
        let name = comparable(name);
        self.name
            .iter()
            .chain(&self.aliases)
            .any(|known| comparable(known) == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use crate::license::codes::Uscc;

    const BUSINESS: &str = include_str!("../../examples/data/business-license.json");
    const PERSONAL: &str = include_str!("../../examples/data/safety-officer-certificate.json");

    #[test]
    fn the_built_in_catalog_is_read() {
        let catalog = Catalog::from_json(BUILT_IN).unwrap();
        assert_eq!(catalog, Catalog::built_in());
        assert_eq!(catalog.entries().len(), 20);
        for entry in catalog.entries() {
            assert!(
                Uscc::parse(entry.type_code().get(..18).unwrap()).is_ok(),
                "{}",
                entry.type_code()
            );
        }
        let entry = catalog.find("11100000MB0143028R001").unwrap();
        assert_eq!(
            (entry.name(), entry.certainty()),
            (Some("营业执照"), Certainty::Inferred)
        );
        assert_eq!(
            catalog.find_by_name(" 不动产权证书 ").unwrap().type_code(),
            "11100000MB03271699001"
        );
        assert_eq!(catalog.find("1110000000001332XW059"), None);
    }

    #[test]
    fn examples_fit_their_entries() {
        let catalog = Catalog::built_in();
        for text in [BUSINESS, PERSONAL] {
            let metadata = Metadata::from_json(text).unwrap();
            catalog
                .find(metadata.type_code())
                .unwrap()
                .check(&metadata)
                .unwrap();
        }
    }

    #[test]
    fn what_does_not_fit_is_told_at_once() {
        let text = PERSONAL
            .replace("\"type_name\": \"安管人员", "\"type_name\": \"安全人员")
            .replace("\"key\": \"XB\"", "\"key\": \"MZ\"")
            .replace(
                "\"code\": \"349901199003070016\"",
                "\"code\": \"91349900MA0EXAMP18\"",
            )
            .replace("\"111\"", "\"001\"");
        let metadata = Metadata::from_json(&text).unwrap();
        let entry = Catalog::built_in()
            .find(metadata.type_code())
            .unwrap()
            .clone();
        let error = entry.check(&metadata).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidMetadata);
        let found: Vec<_> = error
            .context()
            .map(|(_, violation)| violation.to_owned())
            .collect();
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(
            found[0].contains("安全人员考核合格证书 where 安管人员"),
            "{found:?}"
        );
    }

    #[test]
    fn a_callers_catalog_is_read_strictly() {
        let row = r#"{"type_code":"11100000MB0143028R001","name":"营业执照","holder":"any","certainty":"registry"}"#;
        assert_eq!(
            Catalog::from_json(&format!("[{row}]"))
                .unwrap()
                .entries()
                .len(),
            1
        );
        for bad in [
            format!("[{row},{row}]"),
            format!("[{}]", row.replace("R001", "R01")),
            format!("[{}]", row.replace("registry", "sure")),
            format!("[{}]", row.replace("holder", "owner")),
            "{}".to_owned(),
        ] {
            assert_eq!(
                Catalog::from_json(&bad).unwrap_err().kind(),
                ErrorKind::Malformed,
                "{bad}"
            );
        }
    }
}

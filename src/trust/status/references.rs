//! Where in which list the status of a license or seal stands.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

const SCHEMA: &str = "yinxin.status-references/1";

/// A place in a status list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusReference {
    /// The list, by what its token names as its subject.
    pub uri: String,
    /// The index in it.
    pub idx: u64,
}

/// The places of licenses and seals whose documents do not tell them, as a register hands them out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusReferences {
    schema: String,
    /// By license identifier (证照标识).
    #[serde(default)]
    pub licenses: HashMap<String, StatusReference>,
    /// By seal identifier (esID).
    #[serde(default)]
    pub seals: HashMap<String, StatusReference>,
}

impl Default for StatusReferences {
    fn default() -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            licenses: HashMap::new(),
            seals: HashMap::new(),
        }
    }
}

impl StatusReferences {
    /// Reads them from JSON: `{"schema": "yinxin.status-references/1", "licenses": {"…": {"uri":
    /// "…", "idx": 0}}, "seals": {}}`.
    ///
    /// # Errors
    /// `malformed`, `unsupported` for another schema.
    pub fn from_json(bytes: &[u8]) -> Result<Self> {
        let references: Self = serde_json::from_slice(bytes)
            .map_err(|_| Error::malformed("these are no status references"))?;
        if references.schema != SCHEMA {
            return Err(Error::unsupported("status references have another schema"));
        }
        Ok(references)
    }

    /// Adds others; of two for the same license or seal the later counts.
    pub fn extend(&mut self, other: Self) {
        self.licenses.extend(other.licenses);
        self.seals.extend(other.seals);
    }
}

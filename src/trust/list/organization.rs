//! Which organisation a seal or certificate stands for.

use serde::{Deserialize, Serialize};

/// An organisation and what is known to be its own. A name alone proves nothing: two bodies may
/// bear the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// Its unified social credit code (统一社会信用代码).
    pub uscc: String,
    /// Its registered name.
    pub name: String,
    /// Identifiers (esID) of its seals.
    pub seals: Vec<String>,
    /// SM3 of its certificates (DER), in lower-case hexadecimal.
    pub certificates: Vec<String>,
}

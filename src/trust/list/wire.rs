//! Reading and writing the JSON of trust documents: strict, without quoting input in errors.

use ::base64::Engine;
use ::base64::engine::general_purpose::STANDARD;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, Result};
use crate::time::Time;

/// Reads one JSON value and nothing after it. A member that is not known is refused: it might
/// narrow what is believed.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|error| {
        Error::malformed("this is not the trust document it should be")
            .with("line", error.line())
            .with("column", error.column())
    })
}

/// The canonical form: members in the order of their declaration, no white space.
pub(super) fn print<T: Serialize>(value: &T) -> Vec<u8> {
    // Only maps with keys that are no strings, or a failing `Serialize`, can fail; there are none.
    serde_json::to_vec(value).unwrap_or_default()
}

/// Bytes as base64 (RFC 4648 4, padded).
pub(super) mod base64 {
    use super::{Deserialize, Deserializer, Engine, STANDARD, Serializer};
    use serde::de::Error as _;
    use std::borrow::Cow;

    pub(in crate::trust::list) fn serialize<S: Serializer>(
        bytes: &[u8],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub(in crate::trust::list) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<u8>, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        STANDARD
            .decode(text.as_bytes())
            .map_err(|_| D::Error::custom("no base64"))
    }
}

/// An instant in the one form that is written: `2026-11-22T08:00:00Z`.
pub(super) fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
    let text = String::deserialize(deserializer)?;
    match Time::parse(&text) {
        Ok(time) if time.to_string() == text => Ok(time),
        _ => Err(D::Error::custom("no instant in UTC")),
    }
}

/// The same, or `null`. The member may not be left out.
pub(super) fn instant_or_null<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Time>, D::Error> {
    #[derive(Deserialize)]
    struct Instant(#[serde(deserialize_with = "instant")] Time);
    Ok(Option::<Instant>::deserialize(deserializer)?.map(|instant| instant.0))
}

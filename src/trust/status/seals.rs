//! Revocation lists of seals, in the shape that clients of the national service read.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use crate::error::{Error, Result};
use crate::time::{Time, Written, parse_iso};

/// Seals of one list: all that a large province ever revoked.
const MAX_SEALS: usize = 1_000_000;

/// A seal that was revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealRevocation {
    /// Since when.
    pub since: Time,
    /// 0 吊销, 1 撤销, 2 挂失; `None` for any other.
    pub kind: Option<u8>,
}

/// A list of revoked seals, as of a time. It is not signed by itself: in the field it is not told
/// what its signature covers. It counts as the caller's word, or as that of the pack it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealRevocations {
    as_of: Time,
    seals: HashMap<String, SealRevocation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    as_of: Option<String>,
    revocation_list: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    seal_code: String,
    invalid_effect_time: String,
    #[serde(default)]
    invalid_type: Option<Value>,
}

impl SealRevocations {
    /// Reads `{"asOf": "…", "revocationList": [{"sealCode": "…", "invalidEffectTime": "…",
    /// "invalidType": 0}]}`. Times without a zone are China's; other members are passed over. Of a
    /// seal that is listed twice the earlier time counts.
    ///
    /// # Errors
    /// `malformed`, also without `asOf` where `as_of` is not given either: a list of no time tells
    /// nothing. `limit_exceeded` beyond a million seals.
    pub fn from_json(bytes: &[u8], as_of: Option<Time>) -> Result<Self> {
        let malformed = || Error::malformed("this is no revocation list of seals");
        let wire: Wire = serde_json::from_slice(bytes).map_err(|_| malformed())?;
        if wire.revocation_list.len() > MAX_SEALS {
            return Err(Error::limit("seal_revocations", MAX_SEALS as u64));
        }
        let time = |text: &str| parse_iso(text).map(Written::as_china).ok_or_else(malformed);
        let stated = wire.as_of.as_deref().map(time).transpose()?;
        let as_of = as_of.or(stated);
        let mut seals: HashMap<String, SealRevocation> = HashMap::new();
        for entry in wire.revocation_list {
            let since = time(&entry.invalid_effect_time)?;
            let kind = entry.invalid_type.as_ref().and_then(kind);
            let revocation = SealRevocation { since, kind };
            seals
                .entry(entry.seal_code)
                .and_modify(|known| {
                    if since < known.since {
                        *known = revocation;
                    }
                })
                .or_insert(revocation);
        }
        Ok(Self {
            as_of: as_of.ok_or_else(malformed)?,
            seals,
        })
    }

    /// The time for which it speaks.
    #[must_use]
    pub fn as_of(&self) -> Time {
        self.as_of
    }

    /// What became of a seal, by its identifier (esID).
    #[must_use]
    pub fn find(&self, seal: &str) -> Option<SealRevocation> {
        self.seals.get(seal).copied()
    }
}

/// A number, or the digit in a text.
fn kind(value: &Value) -> Option<u8> {
    let number = match value {
        Value::Number(number) => number.as_u64()?,
        Value::String(text) => text.parse().ok()?,
        _ => return None,
    };
    u8::try_from(number).ok().filter(|kind| *kind <= 2)
}

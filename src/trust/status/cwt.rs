//! Status lists as CBOR Web Tokens: COSE_Sign1 (RFC 9052 4.2) over a map of claims.

use std::sync::OnceLock;

use ciborium::Value;

use super::bits::Bits;
use super::token::{StatusList, instant};
use crate::crypto::Digest;
use crate::error::{Error, Result};
use crate::time::Time;

const COSE_SIGN1: u64 = 18;
const TYPE: &str = "application/statuslist+cwt";
/// Tags, array, map and a map in it.
const MAX_DEPTH: usize = 8;
// Labels of headers (RFC 9052, RFC 9596) and claims (RFC 8392, the status list draft).
const CRITICAL: i64 = 2;
const TYP: i64 = 16;
const SUB: i64 = 2;
const EXP: i64 = 4;
const IAT: i64 = 6;
const TTL: i64 = 65_534;
const STATUS_LIST: i64 = 65_533;

pub(super) fn read(bytes: &[u8], fingerprint: Digest) -> Result<StatusList> {
    let message = match value(bytes)? {
        Value::Tag(COSE_SIGN1, inner) => *inner,
        untagged => untagged,
    };
    let Value::Array(parts) = message else {
        return Err(malformed());
    };
    let [protected, _, payload, signature] = parts.as_slice() else {
        return Err(malformed());
    };
    let (protected, payload) = (octets(protected)?, octets(payload)?);
    let header = Map::of(value(protected)?)?;
    if header.get(TYP).and_then(Value::as_text) != Some(TYPE) {
        return Err(Error::unsupported("the token is no status list"));
    }
    if header.get(CRITICAL).is_some() {
        return Err(Error::unsupported("the token asks for an extension"));
    }
    let claims = Map::of(value(payload)?)?;
    let list = claims.get(STATUS_LIST).cloned().ok_or_else(malformed)?;
    let list = Map::of(list)?;
    let bits = list
        .named("bits")
        .and_then(unsigned)
        .ok_or_else(malformed)?;
    let lst = list.named("lst").ok_or_else(malformed)?;
    Ok(StatusList {
        uri: claims
            .get(SUB)
            .and_then(Value::as_text)
            .ok_or_else(malformed)?
            .to_owned(),
        issued: claims.time(IAT)?.ok_or_else(malformed)?,
        expires: claims.time(EXP)?,
        ttl: match claims.get(TTL) {
            None => None,
            Some(ttl) => Some(
                unsigned(ttl)
                    .and_then(|ttl| u32::try_from(ttl).ok())
                    .ok_or_else(malformed)?,
            ),
        },
        bits: Bits::inflate(bits, octets(lst)?)?,
        signed: to_be_signed(protected, payload)?,
        signature: octets(signature)?.to_vec(),
        fingerprint,
        signed_by: OnceLock::new(),
    })
}

/// RFC 9052 4.4: what a COSE_Sign1 signs.
fn to_be_signed(protected: &[u8], payload: &[u8]) -> Result<Vec<u8>> {
    let structure = Value::Array(vec![
        Value::Text("Signature1".to_owned()),
        Value::Bytes(protected.to_vec()),
        Value::Bytes(Vec::new()),
        Value::Bytes(payload.to_vec()),
    ]);
    let mut bytes = Vec::new();
    ciborium::into_writer(&structure, &mut bytes).map_err(|_| malformed())?;
    Ok(bytes)
}

/// One value and nothing after it.
fn value(mut bytes: &[u8]) -> Result<Value> {
    let value = ciborium::de::from_reader_with_recursion_limit(&mut bytes, MAX_DEPTH)
        .map_err(|_| malformed())?;
    if bytes.is_empty() {
        return Ok(value);
    }
    Err(malformed())
}

/// A map whose keys are all different: of two, another reader might take the other.
struct Map(Vec<(Value, Value)>);

impl Map {
    fn of(value: Value) -> Result<Self> {
        let Value::Map(entries) = value else {
            return Err(malformed());
        };
        let twice = entries.iter().enumerate().any(|(place, (key, _))| {
            let later = entries.iter().skip(place + 1);
            later.into_iter().any(|(other, _)| other == key)
        });
        if twice || entries.len() > 64 {
            return Err(malformed());
        }
        Ok(Self(entries))
    }

    fn get(&self, label: i64) -> Option<&Value> {
        let is = |key: &Value| {
            key.as_integer()
                .is_some_and(|key| i128::from(key) == label.into())
        };
        self.0
            .iter()
            .find(|(key, _)| is(key))
            .map(|(_, value)| value)
    }

    fn named(&self, name: &str) -> Option<&Value> {
        let mut entries = self.0.iter();
        entries
            .find(|(key, _)| key.as_text() == Some(name))
            .map(|(_, value)| value)
    }

    fn time(&self, label: i64) -> Result<Option<Time>> {
        let Some(value) = self.get(label) else {
            return Ok(None);
        };
        let seconds = value.as_integer().ok_or_else(malformed)?;
        let seconds = i64::try_from(seconds).map_err(|_| malformed())?;
        instant(seconds).map(Some)
    }
}

fn unsigned(value: &Value) -> Option<u64> {
    u64::try_from(value.as_integer()?).ok()
}

fn octets(value: &Value) -> Result<&[u8]> {
    value.as_bytes().map(Vec::as_slice).ok_or_else(malformed)
}

fn malformed() -> Error {
    Error::malformed("this is no status list token")
}

//! Status lists as JSON Web Tokens.

use std::sync::OnceLock;

use ::base64::Engine;
use ::base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::bits::Bits;
use super::token::{StatusList, instant};
use crate::crypto::Digest;
use crate::error::{Error, Result};

const TYPE: &str = "statuslist+jwt";

/// What matters of the header. The algorithm does not: it is the key's.
#[derive(Deserialize)]
struct Header {
    typ: String,
    #[serde(default)]
    crit: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Payload {
    sub: String,
    iat: i64,
    #[serde(default)]
    exp: Option<i64>,
    #[serde(default)]
    ttl: Option<u32>,
    status_list: List,
}

#[derive(Deserialize)]
struct List {
    bits: u64,
    lst: String,
}

pub(super) fn read(text: &[u8], fingerprint: Digest) -> Result<StatusList> {
    let mut parts = text.split(|byte| *byte == b'.');
    let (Some(header), Some(payload), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(malformed());
    };
    let parsed: Header = json(header)?;
    if parsed.typ != TYPE {
        return Err(Error::unsupported("the token is no status list"));
    }
    if parsed.crit.is_some() {
        return Err(Error::unsupported("the token asks for an extension"));
    }
    let claims: Payload = json(payload)?;
    Ok(StatusList {
        uri: claims.sub,
        issued: instant(claims.iat)?,
        expires: claims.exp.map(instant).transpose()?,
        ttl: claims.ttl,
        bits: Bits::inflate(
            claims.status_list.bits,
            &decode(claims.status_list.lst.as_bytes())?,
        )?,
        signed: [header, b".", payload].concat(),
        signature: decode(signature)?,
        fingerprint,
        signed_by: OnceLock::new(),
    })
}

fn json<T: DeserializeOwned>(part: &[u8]) -> Result<T> {
    serde_json::from_slice(&decode(part)?).map_err(|_| malformed())
}

fn decode(text: &[u8]) -> Result<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| malformed())
}

fn malformed() -> Error {
    Error::malformed("this is no status list token")
}

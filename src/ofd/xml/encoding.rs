//! The encoding of a text: UTF-8, with and without a mark in front.

use std::borrow::Cow;

use crate::error::{Error, Result};

/// Within these bytes an XML declaration ends: three short attributes.
const MAX_DECLARATION: usize = 256;

pub(super) const MARK: &str = "\u{feff}";

/// The text of a file. XML that declares no other encoding is UTF-8, and broken where it is not.
pub(super) fn text(bytes: Cow<'_, [u8]>) -> Result<Cow<'_, str>> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(Error::unsupported("only XML in UTF-8 is read"));
    }
    let text = match bytes {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes)
            .map(Cow::Borrowed)
            .map_err(|_| bytes.into()),
        Cow::Owned(bytes) => String::from_utf8(bytes)
            .map(Cow::Owned)
            .map_err(std::string::FromUtf8Error::into_bytes),
    };
    let text = text.map_err(|bytes: Vec<u8>| not_utf8(&bytes))?;
    check_declared(text.strip_prefix(MARK).unwrap_or(&text))?;
    Ok(text)
}

fn not_utf8(bytes: &[u8]) -> Error {
    let head = bytes.get(..MAX_DECLARATION).unwrap_or(bytes);
    match check_declared(&String::from_utf8_lossy(head)) {
        Ok(()) => Error::malformed("the XML is not UTF-8"),
        Err(error) => error,
    }
}

/// The declared encoding must be the one that is used.
fn check_declared(text: &str) -> Result<()> {
    let Some(declaration) = text
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
    else {
        return Ok(());
    };
    let Some((_, after)) = declaration.0.split_once("encoding") else {
        return Ok(());
    };
    let value = after.trim_start().trim_start_matches('=').trim_start();
    let quoted = value
        .strip_prefix('"')
        .and_then(|rest| rest.split_once('"'));
    let quoted = quoted.or_else(|| {
        value
            .strip_prefix('\'')
            .and_then(|rest| rest.split_once('\''))
    });
    match quoted {
        Some((name, _)) if name.eq_ignore_ascii_case("utf-8") => Ok(()),
        Some((name, _)) if name.eq_ignore_ascii_case("utf8") => Ok(()),
        Some((name, _)) if is_other_encoding(name) => {
            Err(Error::unsupported("only XML in UTF-8 is read"))
        }
        _ => Err(Error::malformed("the XML declares no known encoding")),
    }
}

/// Encodings that other programs may well read.
fn is_other_encoding(name: &str) -> bool {
    const FAMILIES: &[&str] = &[
        "gb", "big5", "hz-", "iso-", "utf-16", "utf-32", "ucs-", "windows-", "us-ascii", "ascii",
    ];
    let name = name.to_ascii_lowercase();
    FAMILIES.iter().any(|family| name.starts_with(family))
}

//! Encrypted files (ISO 32000-2 7.6): the standard security handler, opened with a password.
//!
//! The signed bytes are those of the file, so that a signature is judged without any key; the
//! password only lets the document's strings and streams be read.

mod cipher;
mod password;
mod seal;

use std::fmt;

use zeroize::Zeroizing;

use super::syntax::{Dict, Object, Ref, Stream};
use crate::error::{Error, Result};
use cipher::Method;
use password::Opened;

/// The key of a file and what it applies to.
pub(crate) struct Encryption {
    key: Zeroizing<Vec<u8>>,
    strings: Method,
    streams: Method,
    /// Whether metadata streams are encrypted like others.
    metadata: bool,
    /// The object that holds the encryption dictionary, whose own strings are plain.
    dictionary: Option<Ref>,
    permissions: u32,
    /// Whether the password was the owner's, whom no permission binds.
    by_owner: bool,
}

/// What the encryption dictionary says (ISO 32000-2 tables 20 and 21), with the file identifier.
struct Parameters {
    revision: i64,
    key_len: usize,
    owner: Vec<u8>,
    user: Vec<u8>,
    owner_key: Vec<u8>,
    user_key: Vec<u8>,
    permissions: u32,
    sealed_permissions: Vec<u8>,
    metadata: bool,
    identifier: Vec<u8>,
}

impl Encryption {
    /// Derives the file's key. `identifier` is the first string of the trailer's `ID`.
    ///
    /// # Errors
    /// `wrong_password` when the password is neither the user's nor the owner's; `unsupported` for
    /// other handlers and methods; `malformed` when the dictionary is not what it should be.
    pub(crate) fn open(
        dict: &Dict,
        dictionary: Option<Ref>,
        identifier: &[u8],
        password: &str,
    ) -> Result<Self> {
        if !dict.has_name("Filter", "Standard") {
            return Err(Error::unsupported(
                "the file is encrypted by another handler than the standard one",
            ));
        }
        let version = dict.integer("V")?;
        let revision = dict.integer("R")?;
        let (strings, streams, key_len) = match (version, revision) {
            (1, 2 | 3) => (Method::Rc4, Method::Rc4, 5),
            (2, 2 | 3) => (Method::Rc4, Method::Rc4, key_bytes(dict)?),
            (4, 4) => (crypt_filter(dict, "StrF")?, crypt_filter(dict, "StmF")?, 16),
            (5, 5 | 6) => (crypt_filter(dict, "StrF")?, crypt_filter(dict, "StmF")?, 32),
            _ => return Err(Error::unsupported("the encryption version is not known")),
        };
        for method in [strings, streams] {
            if !method.fits(version) {
                return Err(Error::malformed(
                    "a crypt filter's method does not fit the encryption version",
                ));
            }
        }
        if dict
            .get("EFF")
            .is_some_and(|own| Some(own) != dict.get("StmF"))
        {
            return Err(Error::unsupported(
                "embedded files are encrypted in another way than the document",
            ));
        }
        let parameters = Parameters::read(dict, revision, key_len, identifier)?;
        let Opened { key, by_owner } = parameters.open(password)?;
        Ok(Self {
            key,
            strings,
            streams,
            metadata: parameters.metadata,
            dictionary,
            permissions: parameters.permissions,
            by_owner,
        })
    }

    /// Whether whoever opened the file may sign it, in an empty field or in a new one (ISO
    /// 32000-2 table 22).
    pub(crate) fn permits_signing(&self, in_new_field: bool) -> bool {
        const MODIFY: u32 = 1 << 3;
        const ANNOTATE: u32 = 1 << 5;
        const FILL: u32 = 1 << 8;
        let permits = |bits| self.permissions & bits == bits;
        self.by_owner
            || permits(ANNOTATE | MODIFY)
            || (!in_new_field && (permits(ANNOTATE) || permits(FILL)))
    }

    /// Decrypts every string of an object of the file, except the value of a signature, which is
    /// never encrypted (ISO 32000-2 7.6.2).
    pub(crate) fn open_strings(&self, holder: Ref, object: &mut Object) -> Result<()> {
        if self.dictionary == Some(holder) || self.strings == Method::Identity {
            return Ok(());
        }
        match object {
            Object::String(string) => {
                string.bytes = self.strings.decrypt(&self.key, holder, &string.bytes)?;
                Ok(())
            }
            Object::Array(items) => items
                .iter_mut()
                .try_for_each(|item| self.open_strings(holder, item)),
            Object::Dict(dict) => self.open_dict(holder, dict),
            _ => Ok(()),
        }
    }

    /// Decrypts the strings of a dictionary, of a stream's too.
    pub(crate) fn open_dict(&self, holder: Ref, dict: &mut Dict) -> Result<()> {
        let is_signature = dict.contains("ByteRange");
        for (key, value) in dict.iter_mut() {
            if is_signature && key == b"Contents" {
                continue;
            }
            self.open_strings(holder, value)?;
        }
        Ok(())
    }

    /// The raw bytes of a stream, before its filters. `named` is the crypt filter it asks for.
    pub(crate) fn open_stream(
        &self,
        stream: &Stream,
        named: Option<&[u8]>,
        raw: &[u8],
    ) -> Result<Vec<u8>> {
        // Cross-reference streams are never encrypted.
        let method = match named {
            _ if stream.dict.has_name("Type", "XRef") => Method::Identity,
            None => self.of_stream(&stream.dict),
            Some(b"Identity") => Method::Identity,
            Some(_) => {
                return Err(Error::unsupported(
                    "a stream names a crypt filter of its own",
                ));
            }
        };
        method.decrypt(&self.key, stream.holder, raw)
    }

    /// How a stream without a crypt filter of its own is encrypted.
    fn of_stream(&self, dict: &Dict) -> Method {
        if !self.metadata && dict.has_name("Type", "Metadata") {
            Method::Identity
        } else {
            self.streams
        }
    }
}

impl fmt::Debug for Encryption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encryption")
            .field("strings", &self.strings)
            .field("streams", &self.streams)
            .finish_non_exhaustive()
    }
}

impl Parameters {
    fn read(dict: &Dict, revision: i64, key_len: usize, identifier: &[u8]) -> Result<Self> {
        let string = |key: &'static str, length: usize| -> Result<Vec<u8>> {
            let value = dict.get(key).and_then(Object::as_string);
            value
                // Some writers pad to 127 bytes.
                .and_then(|value| value.bytes.get(..length))
                .map(<[u8]>::to_vec)
                .ok_or_else(|| {
                    Error::malformed("a string of the encryption dictionary is missing")
                        .with("key", key)
                })
        };
        let modern = revision >= 5;
        let (hash, wrapped, sealed) = if modern { (48, 32, 16) } else { (32, 0, 0) };
        // Written as a signed number by most and as an unsigned one by some.
        let permissions = u32::try_from(dict.integer("P")? & 0xffff_ffff).unwrap_or_default();
        let metadata = match dict.get("EncryptMetadata") {
            None => true,
            Some(Object::Bool(metadata)) => *metadata,
            Some(_) => return Err(Error::malformed("EncryptMetadata is no boolean")),
        };
        let optional = |key, length: usize| match length {
            0 => Ok(Vec::new()),
            length => string(key, length),
        };
        Ok(Self {
            revision,
            key_len,
            owner: string("O", hash)?,
            user: string("U", hash)?,
            owner_key: optional("OE", wrapped)?,
            user_key: optional("UE", wrapped)?,
            permissions,
            sealed_permissions: optional("Perms", sealed)?,
            metadata,
            identifier: identifier.to_vec(),
        })
    }
}

/// `Length` in bits, 40 when absent.
fn key_bytes(dict: &Dict) -> Result<usize> {
    let bits = if dict.contains("Length") {
        dict.size("Length")?
    } else {
        40
    };
    if bits % 8 == 0 && (40..=128).contains(&bits) {
        Ok(bits / 8)
    } else {
        Err(Error::malformed("the length of the key is out of range"))
    }
}

/// The method of the crypt filter that `key` names (ISO 32000-2 table 25).
fn crypt_filter(dict: &Dict, key: &'static str) -> Result<Method> {
    let name = match dict.get(key) {
        None => return Ok(Method::Identity),
        Some(name) => name
            .as_name()
            .ok_or_else(|| Error::malformed("a crypt filter is no name"))?,
    };
    if name == b"Identity" {
        return Ok(Method::Identity);
    }
    let filter = std::str::from_utf8(name)
        .ok()
        .and_then(|name| dict.get("CF")?.as_dict()?.get(name)?.as_dict())
        .ok_or_else(|| Error::malformed("a crypt filter is missing"))?;
    match filter.get("CFM").and_then(Object::as_name) {
        Some(b"V2") => Ok(Method::Rc4),
        Some(b"AESV2") => Ok(Method::Aes128),
        Some(b"AESV3") => Ok(Method::Aes256),
        Some(b"None") | None => Ok(Method::Identity),
        Some(other) => Err(Error::unsupported("an encryption method is not offered")
            .with("method", String::from_utf8_lossy(other))),
    }
}

#[cfg(test)]
pub(crate) mod tests;

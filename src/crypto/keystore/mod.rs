//! Files that hold keys under a password: PKCS#12 (RFC 7292) and encrypted PKCS#8 (RFC 5958).
//!
//! They are read, and PKCS#8 is written. What protects an old file may be weak (40-bit RC2 for
//! certificates is still usual in SM2 files); reading it harms nobody, so nothing is refused for
//! weakness, only for not being authentic.

mod hmac_sm3;
mod pbe;
mod pkcs12;
mod pkcs8;

use std::fmt;

use super::{PublicKey, Signer, SoftwareKey};
use crate::asn1::{Tag, Tlv};
use crate::error::{Error, ErrorKind, Result};

/// Private keys and certificates from one file, matched.
pub struct KeyStore {
    keys: Vec<SoftwareKey>,
    certificates: Vec<Vec<u8>>,
    /// For each key the place of its certificate.
    matches: Vec<Option<usize>>,
}

/// Something with the local key id that stands beside it.
struct Tagged<T> {
    value: T,
    local_id: Option<Vec<u8>>,
}

impl KeyStore {
    /// Reads a PKCS#12 file in DER or BER whose integrity is protected by the same password:
    /// MAC with HMAC of SHA-1, SHA-2 or SM3; keys and certificates in the clear or encrypted
    /// with PBES2, three-key triple DES, or RC2 of 40 bits. Bags of other kinds are passed over.
    ///
    /// # Errors
    /// `wrong_password`; `unsupported` without a MAC or where integrity or privacy rest on a
    /// public key; `unsupported_algorithm`; `limit_exceeded` beyond 4 MiB, 1000 bags or
    /// 5 000 000 rounds of key derivation; `key_mismatch` when a key's certificate is another
    /// key's; `malformed`, and as [`SoftwareKey::from_pkcs8`].
    pub fn from_pkcs12(file: &[u8], password: &str) -> Result<Self> {
        let contents = pkcs12::read(file, password)?;
        Self::matched(contents.keys, contents.certificates)
    }

    /// A certificate belongs to the key it certifies. Among several (a renewal), the one with
    /// the key's local id is preferred. A local id alone never makes a match.
    fn matched(keys: Vec<Tagged<SoftwareKey>>, certificates: Vec<Tagged<Vec<u8>>>) -> Result<Self> {
        let certified: Vec<Option<PublicKey>> = certificates
            .iter()
            .map(|certificate| certified_key(&certificate.value).ok())
            .collect();
        let mut matches = Vec::with_capacity(keys.len());
        for key in &keys {
            let same_id = |place: &usize| {
                let certificate = certificates.get(*place);
                key.local_id.is_some()
                    && certificate.is_some_and(|found| found.local_id == key.local_id)
            };
            let own = |place: &usize| {
                certified.get(*place).and_then(Option::as_ref) == Some(key.value.public_key())
            };
            let places = 0..certificates.len();
            let found = places
                .clone()
                .filter(own)
                .find(same_id)
                .or_else(|| places.clone().find(own));
            if found.is_none() && places.clone().any(|place| same_id(&place)) {
                return Err(Error::new(
                    ErrorKind::KeyMismatch,
                    "the certificate filed with a key is another key's",
                ));
            }
            matches.push(found);
        }
        Ok(Self {
            keys: keys.into_iter().map(|key| key.value).collect(),
            certificates: certificates.into_iter().map(|found| found.value).collect(),
            matches,
        })
    }

    /// The keys, in the order of the file.
    #[must_use]
    pub fn keys(&self) -> &[SoftwareKey] {
        &self.keys
    }

    /// All certificates as DER, in the order of the file: of keys and of their issuers.
    #[must_use]
    pub fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    /// The certificate of the key at this place among [`KeyStore::keys`], as DER.
    #[must_use]
    pub fn certificate_of(&self, key: usize) -> Option<&[u8]> {
        let place = self.matches.get(key).copied().flatten()?;
        self.certificates.get(place).map(Vec::as_slice)
    }

    /// The one key of the file and its certificates as DER, its own first.
    ///
    /// # Errors
    /// `missing` without a key or without its certificate, `ambiguous` with several keys.
    pub fn into_single(mut self) -> Result<(SoftwareKey, Vec<Vec<u8>>)> {
        let key = self
            .keys
            .pop()
            .ok_or_else(|| Error::new(ErrorKind::Missing, "the file holds no private key"))?;
        if !self.keys.is_empty() {
            return Err(Error::new(
                ErrorKind::Ambiguous,
                "the file holds several private keys",
            ));
        }
        let own = self.matches.first().copied().flatten().ok_or_else(|| {
            Error::new(
                ErrorKind::Missing,
                "the file holds no certificate of its key",
            )
        })?;
        if let Some(until_own) = self.certificates.get_mut(..=own) {
            until_own.rotate_right(1);
        }
        Ok((key, self.certificates))
    }
}

/// The public key of an X.509 certificate (RFC 5280 4.1), without judging anything else.
fn certified_key(certificate: &[u8]) -> Result<PublicKey> {
    let outer = Tlv::parse(certificate)?;
    outer.expect(Tag::SEQUENCE)?;
    let mut fields = outer.reader()?.sequence()?;
    fields.optional(Tag::context(0))?;
    // Serial number, signature algorithm, issuer, validity, subject.
    fields.expect(Tag::INTEGER)?;
    for _ in 0..4 {
        fields.expect(Tag::SEQUENCE)?;
    }
    PublicKey::from_spki(fields.read()?.raw())
}

impl fmt::Debug for KeyStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Certificates name people.
        write!(
            f,
            "KeyStore({} keys, {} certificates)",
            self.keys.len(),
            self.certificates.len()
        )
    }
}

#[cfg(test)]
mod tests;

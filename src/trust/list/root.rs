//! The root of trust: which keys sign which documents, and how many of them must.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::envelope::{Envelope, PayloadKind};
use super::wire;
use crate::crypto::{DigestAlgorithm, PublicKey, SignatureAlgorithm, Signer};
use crate::error::{Error, ErrorKind, Result};
use crate::time::Time;

const SCHEMA: &str = "yinxin.trust-root/1";
/// Keys of one role: more than any body of keepers has.
const MAX_KEYS: usize = 32;

/// What a trust system is run for. The two never mix: a key for trials must not open a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// Real licenses.
    Production,
    /// Trials and training.
    Test,
}

/// A key's identifier: SM3 of its SubjectPublicKeyInfo, in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyId(String);

impl KeyId {
    /// Of a public key.
    #[must_use]
    pub fn of(key: &PublicKey) -> Self {
        Self(DigestAlgorithm::Sm3.digest(key.spki()).to_hex())
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A key and the one algorithm it signs with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootKey {
    id: KeyId,
    key: PublicKey,
    algorithm: SignatureAlgorithm,
}

impl RootKey {
    /// A key with its algorithm.
    ///
    /// # Errors
    /// `unsupported_algorithm` when they do not fit each other or the algorithm is weak.
    pub fn new(key: PublicKey, algorithm: SignatureAlgorithm) -> Result<Self> {
        if !key.fits(algorithm) || algorithm.strength() != crate::crypto::Strength::Current {
            return Err(Error::new(
                ErrorKind::UnsupportedAlgorithm,
                "a root key does not sign with this algorithm",
            )
            .with("algorithm", algorithm.name()));
        }
        Ok(Self {
            id: KeyId::of(&key),
            key,
            algorithm,
        })
    }

    /// The public side of a signer.
    ///
    /// # Errors
    /// As [`RootKey::new`].
    pub fn of_signer(signer: &dyn Signer) -> Result<Self> {
        Self::new(signer.public_key().clone(), signer.algorithm())
    }

    /// Its identifier.
    #[must_use]
    pub fn id(&self) -> &KeyId {
        &self.id
    }

    /// The key.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        &self.key
    }

    /// What it signs with.
    #[must_use]
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireKey {
    algorithm: String,
    #[serde(with = "wire::base64")]
    spki: Vec<u8>,
}

impl Serialize for RootKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let wire = WireKey {
            algorithm: self.algorithm.name().to_owned(),
            spki: self.key.spki().to_vec(),
        };
        wire.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RootKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = WireKey::deserialize(deserializer)?;
        let algorithm = SignatureAlgorithm::from_name(&wire.algorithm);
        let key = PublicKey::from_spki(&wire.spki);
        match (algorithm, key) {
            (Some(algorithm), Ok(key)) => Self::new(key, algorithm).ok(),
            _ => None,
        }
        .ok_or_else(|| serde::de::Error::custom("no key with a sound algorithm"))
    }
}

/// Keys of one role, and how many of them must sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quorum {
    threshold: usize,
    keys: Vec<RootKey>,
}

impl Quorum {
    /// `threshold` of `keys`.
    ///
    /// # Errors
    /// `invalid_argument` unless 1 ≤ threshold ≤ number of keys ≤ 32 and no key stands twice.
    pub fn new(threshold: usize, keys: Vec<RootKey>) -> Result<Self> {
        let twice = keys.iter().enumerate().any(|(index, key)| {
            let later = keys.iter().skip(index + 1);
            later.into_iter().any(|other| other.id == key.id)
        });
        if threshold == 0 || threshold > keys.len() || keys.len() > MAX_KEYS || twice {
            return Err(Error::argument(
                "a quorum needs 1 to all of at most 32 different keys",
            ));
        }
        Ok(Self { threshold, keys })
    }

    /// How many keys must sign.
    #[must_use]
    pub fn threshold(&self) -> usize {
        self.threshold
    }

    /// The keys.
    #[must_use]
    pub fn keys(&self) -> &[RootKey] {
        &self.keys
    }
}

impl<'de> Deserialize<'de> for Quorum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Wire {
            threshold: usize,
            keys: Vec<RootKey>,
        }
        let wire = Wire::deserialize(deserializer)?;
        Self::new(wire.threshold, wire.keys).map_err(serde::de::Error::custom)
    }
}

/// Who signs roots and lists of one trust system. What is pinned is the caller's decision; a root
/// is never taken from a document or from the operating system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustRoot {
    schema: String,
    /// The name of the trust system, equal in all its documents.
    pub name: String,
    /// What it is run for.
    pub environment: Environment,
    /// Counts up by one with each new root.
    pub version: u64,
    /// When it was issued.
    #[serde(deserialize_with = "wire::instant")]
    pub issued: Time,
    /// After this it takes in no more lists.
    #[serde(deserialize_with = "wire::instant")]
    pub expires: Time,
    /// Who signs the next root.
    pub root: Quorum,
    /// Who signs lists.
    pub list: Quorum,
}

impl TrustRoot {
    /// A root, first of its name when `version` is 1.
    ///
    /// # Errors
    /// `invalid_argument` for an empty name, version 0 or an end before the start.
    pub fn new(
        name: &str,
        environment: Environment,
        version: u64,
        validity: (Time, Time),
        root: Quorum,
        list: Quorum,
    ) -> Result<Self> {
        let (issued, expires) = validity;
        let made = Self {
            schema: SCHEMA.to_owned(),
            name: name.to_owned(),
            environment,
            version,
            issued,
            expires,
            root,
            list,
        };
        made.is_sound()
            .then_some(made)
            .ok_or_else(|| Error::argument("a root needs a name, a version and a term"))
    }

    /// Reads the payload of an envelope. Who signed it is judged apart.
    ///
    /// # Errors
    /// `malformed`, and `unsupported` for another schema.
    pub fn from_payload(payload: &[u8]) -> Result<Self> {
        let root: Self = wire::parse(payload)?;
        if root.schema != SCHEMA {
            return Err(Error::unsupported("the trust root has another schema"));
        }
        if !root.is_sound() {
            return Err(Error::malformed(
                "a root needs a name, a version and a term",
            ));
        }
        Ok(root)
    }

    /// An envelope of it that nobody signed yet.
    #[must_use]
    pub fn to_envelope(&self) -> Envelope {
        Envelope::new(PayloadKind::Root, wire::print(self))
    }

    fn is_sound(&self) -> bool {
        !self.name.is_empty() && self.version > 0 && self.issued < self.expires
    }
}

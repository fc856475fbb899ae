//! The envelope of signed trust documents: a payload as it came, its type, and signatures.
//!
//! The form is DSSE 1.0 of secure-systems-lab. Signatures cover the payload's bytes together with
//! its type, so nothing is encoded again before it is verified, and a signed list of one kind
//! cannot be passed off as another. The algorithm is the key's, never the envelope's.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::root::{KeyId, Quorum, RootKey};
use super::wire;
use crate::crypto::{Signer, Sm2Id};
use crate::error::{Error, ErrorKind, Result};

/// The largest signed document: 10 000 certificates of 2 KiB, twice in base64, with room to grow.
const MAX_BYTES: usize = 64 << 20;
/// Signatures of one envelope: more keys than any root names.
const MAX_SIGNATURES: usize = 64;

/// What a payload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PayloadKind {
    /// A [`TrustRoot`](super::TrustRoot).
    Root,
    /// A [`TrustList`](super::TrustList).
    List,
    /// A [`TrustPack`](super::TrustPack).
    Pack,
}

impl PayloadKind {
    const ALL: &[Self] = &[Self::Root, Self::List, Self::Pack];

    /// Its media type, as signed.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Root => "application/vnd.yinxin.trust-root+json",
            Self::List => "application/vnd.yinxin.trust-list+json",
            Self::Pack => "application/vnd.yinxin.trust-pack+json",
        }
    }
}

/// A payload with the signatures over it, none of them verified yet.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    kind: PayloadKind,
    payload: Vec<u8>,
    signatures: Vec<(KeyId, Vec<u8>)>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Wire {
    payload_type: String,
    #[serde(with = "wire::base64")]
    payload: Vec<u8>,
    signatures: Vec<WireSignature>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireSignature {
    keyid: KeyId,
    #[serde(with = "wire::base64")]
    sig: Vec<u8>,
}

impl Envelope {
    /// A payload that nobody signed yet.
    #[must_use]
    pub fn new(kind: PayloadKind, payload: Vec<u8>) -> Self {
        Self {
            kind,
            payload,
            signatures: Vec::new(),
        }
    }

    /// Reads an envelope.
    ///
    /// # Errors
    /// `malformed` for anything but an envelope (such as the error page of a web server),
    /// `unsupported` for a payload of another type, `limit_exceeded` beyond 64 MiB or 64
    /// signatures.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > MAX_BYTES {
            return Err(Error::limit("trust_document_bytes", MAX_BYTES as u64));
        }
        let wire: Wire = wire::parse(bytes)?;
        if wire.signatures.len() > MAX_SIGNATURES {
            return Err(Error::limit("trust_signatures", MAX_SIGNATURES as u64));
        }
        let mut kinds = PayloadKind::ALL.iter().copied();
        let kind = kinds.find(|kind| kind.media_type() == wire.payload_type);
        let kind = kind.ok_or_else(|| {
            Error::unsupported("the signed document is of another type")
                .with("type", &wire.payload_type)
        })?;
        let signatures = wire.signatures.into_iter().map(|one| (one.keyid, one.sig));
        Ok(Self {
            kind,
            payload: wire.payload,
            signatures: signatures.collect(),
        })
    }

    /// Writes it.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let signatures = self.signatures.iter().map(|(keyid, sig)| WireSignature {
            keyid: keyid.clone(),
            sig: sig.clone(),
        });
        wire::print(&Wire {
            payload_type: self.kind.media_type().to_owned(),
            payload: self.payload.clone(),
            signatures: signatures.collect(),
        })
    }

    /// What the payload is said to be; signed with it.
    #[must_use]
    pub fn kind(&self) -> PayloadKind {
        self.kind
    }

    /// The payload's bytes.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The keys that are said to have signed.
    pub fn signed_by(&self) -> impl Iterator<Item = &KeyId> {
        self.signatures.iter().map(|(key, _)| key)
    }

    /// The bytes that each key signs: DSSE's pre-authentication encoding of type and payload.
    #[must_use]
    pub fn to_be_signed(&self) -> Vec<u8> {
        let media_type = self.kind.media_type();
        let head = format!(
            "DSSEv1 {} {media_type} {} ",
            media_type.len(),
            self.payload.len()
        );
        [head.as_bytes(), &self.payload].concat()
    }

    /// Adds a signature made elsewhere, once it verifies. A second one by the same key takes the
    /// place of the first.
    ///
    /// # Errors
    /// `signature_mismatch`, or `malformed` for another form than the key's algorithm has.
    pub fn add_signature(&mut self, key: &RootKey, signature: Vec<u8>) -> Result<()> {
        key.verify(&self.to_be_signed(), &signature)?;
        self.signatures.retain(|(id, _)| id != key.id());
        self.signatures.push((key.id().clone(), signature));
        Ok(())
    }

    /// Signs with a key at hand.
    ///
    /// # Errors
    /// `unsupported_algorithm` for a signer whose algorithm no root names, and what the signer
    /// gives.
    pub fn sign(&mut self, signer: &dyn Signer) -> Result<()> {
        let key = RootKey::of_signer(signer)?;
        let signature = signer.sign(&self.to_be_signed())?;
        self.add_signature(&key, signature)
    }

    /// Whether enough keys of a quorum signed. Signatures by other keys count for nothing, and a
    /// key counts once.
    ///
    /// # Errors
    /// `trust_root` when none of its keys did, `trust_threshold` when too few did.
    pub fn verify(&self, quorum: &Quorum) -> Result<()> {
        let message = self.to_be_signed();
        let by = |key: &&RootKey| {
            let mut own = self.signatures.iter().filter(|(id, _)| id == key.id());
            own.any(|(_, signature)| key.verify(&message, signature).is_ok())
        };
        let signers: BTreeSet<_> = quorum.keys().iter().filter(by).map(RootKey::id).collect();
        match signers.len() {
            0 => Err(Error::new(
                ErrorKind::TrustRoot,
                "no key of the pinned root signed this",
            )),
            count if count < quorum.threshold() => Err(Error::new(
                ErrorKind::TrustThreshold,
                "too few keys of the pinned root signed this",
            )
            .with("signed", count)
            .with("needed", quorum.threshold())),
            _ => Ok(()),
        }
    }
}

impl std::fmt::Debug for Envelope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Envelope({}, {} bytes, {} signatures)",
            self.kind.media_type(),
            self.payload.len(),
            self.signatures.len()
        )
    }
}

impl RootKey {
    fn verify(&self, message: &[u8], signature: &[u8]) -> Result<()> {
        self.public_key()
            .verify(self.algorithm(), &Sm2Id::default(), message, signature)
    }
}

//! Digests, public keys, signers, software keys and SM4 keys: SM2 and SM3 beside the international
//! algorithms, all as values behind one vocabulary.
//!
//! Nothing here judges whether an algorithm is *allowed*; that is policy and lives in `verify`.

mod algorithm;
mod cbc;
mod digest;
mod key;
mod keystore;
mod pem;
mod public_key;
mod signer;
mod sm2;
mod sm2_digests;
mod sm2_encryption;
mod sm4;

pub use algorithm::{SignatureAlgorithm, Strength};
pub(crate) use digest::hex;
pub use digest::{Digest, DigestAlgorithm, Hasher};
pub use key::{KeyKind, SoftwareKey};
pub use keystore::KeyStore;
pub use pem::{pem_blocks, to_pem};
pub use public_key::{PublicKey, PublicKeyKind};
pub use signer::Signer;
pub use sm2::{Sm2Id, Sm2Signature};
pub(crate) use sm2_digests::{Sm2Digests, Sm2Message};
pub use sm4::Sm4Key;
pub(crate) use sm4::fill_random;

//! Who signs: software keys here, hardware and services in the caller's hands.

use super::{PublicKey, SignatureAlgorithm};
use crate::error::Result;

/// Something that signs with one key and one algorithm.
///
/// Only convenience functions take a signer. Everything they do can be done in two phases
/// instead: prepare, sign the bytes elsewhere (SDF, SKF, PKCS#11, a remote service), complete.
pub trait Signer {
    /// The algorithm of every signature it makes.
    fn algorithm(&self) -> SignatureAlgorithm;

    /// The key that verifies them.
    fn public_key(&self) -> &PublicKey;

    /// Signs a message; SM2 with the default ID. ECDSA and SM2 values are DER.
    ///
    /// # Errors
    /// Whatever keeps the key from signing.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>>;
}

//! DSA with SHA-1, plugged in where the suite asks for it; parameters may be inherited (RFC 3279
//! 2.3.2).

use dsa::pkcs8::spki::DecodePublicKey;
use dsa::signature::hazmat::PrehashVerifier;
use dsa::{BoxedUint, Components, Signature, VerifyingKey};
use sha1::{Digest, Sha1};
use yinxin::asn1::{Oid, Reader, Tlv};
use yinxin::trust::OtherAlgorithms;

#[derive(Debug)]
pub(super) struct Dsa;

impl OtherAlgorithms for Dsa {
    fn offers_key(&self, spki: &[u8]) -> bool {
        read_key(spki).is_some()
    }

    fn verify(
        &self,
        algorithm: &[u8],
        keys: &[&[u8]],
        message: &[u8],
        signature: &[u8],
    ) -> Option<bool> {
        let mut identifier = Tlv::parse(algorithm).ok()?.reader().ok()?;
        if identifier.read().ok()?.oid().ok()? != Oid::parse("1.2.840.10040.4.3").unwrap() {
            return None;
        }
        let key = key(keys)?;
        let digest = Sha1::digest(message);
        let Ok(signature) = Signature::try_from(signature) else {
            return Some(false);
        };
        Some(key.verify_prehash(&digest, &signature).is_ok())
    }
}

/// The first key, with the parameters of the first of all that has any.
fn key(keys: &[&[u8]]) -> Option<VerifyingKey> {
    let (spki, _) = keys.split_first()?;
    if let Ok(key) = VerifyingKey::from_public_key_der(spki) {
        return Some(key);
    }
    let (_, value) = read_key(spki)?;
    let components: Components = keys.iter().find_map(|spki| {
        let key = VerifyingKey::from_public_key_der(spki).ok()?;
        Some(key.components().clone())
    })?;
    let y = BoxedUint::from_be_slice_vartime(&value);
    VerifyingKey::from_components(components, y).ok()
}

/// Whether the key has parameters of its own, and its value.
fn read_key(spki: &[u8]) -> Option<(bool, Vec<u8>)> {
    let mut reader = Tlv::parse(spki).ok()?.reader().ok()?;
    let mut algorithm: Reader<'_> = reader.sequence().ok()?;
    if algorithm.read().ok()?.oid().ok()? != Oid::parse("1.2.840.10040.4.1").unwrap() {
        return None;
    }
    let bits = reader.read().ok()?.whole_bits().ok()?;
    let value = Tlv::parse(bits).ok()?.unsigned().ok()?.to_vec();
    Some((!algorithm.is_empty(), value))
}

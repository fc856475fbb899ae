//! Signatures over messages beside RustCrypto's `sm2`, which makes Z and e by itself.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{Random, with_each_backend};
use sm2::dsa::signature::Signer;
use sm2::dsa::{Signature, SigningKey};
use yinxin_sm2::{Message, VerifyingKey, verify_messages};

struct Case {
    key: VerifyingKey,
    id: String,
    message: Vec<u8>,
    r: [u8; 32],
    s: [u8; 32],
}

impl Case {
    fn message(&self) -> Message<'_> {
        Message {
            key: &self.key,
            id: self.id.as_bytes(),
            message: &self.message,
            r: self.r,
            s: self.s,
        }
    }
}

/// Keys that are asked for one identifier and keys that are asked for several; any lengths.
fn cases() -> Vec<Case> {
    let mut random = Random(7);
    let mut cases = Vec::new();
    for number in 0..12 {
        let d = random.bytes();
        let first = SigningKey::from_slice("1234567812345678", &d).unwrap();
        let point = first.verifying_key().as_affine();
        let point = sm2::elliptic_curve::sec1::ToSec1Point::to_sec1_point(point, false);
        let key = VerifyingKey::from_point(point.as_bytes().try_into().unwrap()).unwrap();
        for turn in 0..4 {
            let id = match turn * number % 3 {
                0 => "1234567812345678".to_owned(),
                1 => String::new(),
                _ => "ALICE123@YAHOO.COM".repeat(turn),
            };
            let signer = SigningKey::from_slice(&id, &d).unwrap();
            let length = random.below(400);
            let message: Vec<u8> = (0..length).map(|_| random.bytes()[0]).collect();
            let signature: Signature = signer.sign(&message);
            let bytes = signature.to_bytes();
            cases.push(Case {
                key: key.clone(),
                id,
                message,
                r: bytes[..32].try_into().unwrap(),
                s: bytes[32..].try_into().unwrap(),
            });
        }
    }
    cases
}

#[test]
fn what_rustcrypto_signs_verifies() {
    let cases = cases();
    let messages: Vec<Message<'_>> = cases.iter().map(Case::message).collect();
    with_each_backend(|backend| {
        let verdicts = verify_messages(&messages);
        assert_eq!(verdicts.len(), cases.len());
        assert!(verdicts.iter().all(Result::is_ok), "{backend:?}");
    });
}

#[test]
fn a_change_of_message_or_identifier_fails_its_signature_alone() {
    let mut cases = cases();
    let changed = [1, 5, 17, 40];
    for index in changed {
        cases[index].message.push(0);
    }
    cases[20].id.push('x');
    // The Z of a longer one cannot be made: its bits are 65536.
    cases[30].id = "a".repeat(8192);
    let messages: Vec<Message<'_>> = cases.iter().map(Case::message).collect();
    for (index, verdict) in verify_messages(&messages).iter().enumerate() {
        let fails = changed.contains(&index) || index == 20 || index == 30;
        assert_eq!(verdict.is_err(), fails, "{index}");
    }
}

#[test]
fn identifiers_have_a_z_up_to_8191_bytes() {
    let key = cases().swap_remove(0).key;
    assert!(key.identity_digest(&[0x61; 8191]).is_some());
    assert!(key.identity_digest(&[0x61; 8192]).is_none());
    assert_ne!(key.identity_digest(b"a"), key.identity_digest(b"b"));
}

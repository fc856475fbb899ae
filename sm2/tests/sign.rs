//! Signing: what this crate signs RustCrypto's `sm2` accepts, by every back-end the same bytes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout
)]

mod common;

use common::{ORDER, Random, hex, plus, with_each_backend};
use sm2::dsa::Signature;
use sm2::dsa::signature::hazmat::PrehashVerifier;
use sm2::elliptic_curve::sec1::ToSec1Point;
use yinxin_sm2::{Backend, InvalidKey, SigningKey};

fn oracle_accepts(key: &SigningKey, e: &[u8; 32], (r, s): &([u8; 32], [u8; 32])) -> bool {
    let key = sm2::dsa::SigningKey::from_slice("", key.to_bytes().as_slice()).unwrap();
    let signature = Signature::from_slice(&[*r, *s].concat()).unwrap();
    key.verifying_key().verify_prehash(e, &signature).is_ok()
}

#[test]
fn the_oracle_accepts_and_back_ends_agree() {
    let mut signed = Vec::new();
    with_each_backend(|backend| {
        let mut random = Random(11);
        let mut signatures = Vec::new();
        for _ in 0..100 {
            let key = SigningKey::from_bytes(&random.bytes()).unwrap();
            for _ in 0..34 {
                let e = random.bytes();
                let signature = key.sign_prehash(&e);
                assert!(oracle_accepts(&key, &e, &signature));
                let (r, s) = &signature;
                assert_eq!(key.verifying_key().verify_prehash(&e, r, s), Ok(()));
                assert_eq!(signature, key.sign_prehash(&e));
                let bytes = random.bytes();
                let hedged = key.sign_prehash_hedged(&e, &bytes);
                assert_eq!(hedged, key.sign_prehash_hedged(&e, &bytes));
                for other in [signature, key.sign_prehash_hedged(&e, &random.bytes())] {
                    // Another nonce, hence another r: two of one nonce would give the key away.
                    assert_ne!(hedged.0, other.0);
                }
                if backend == Backend::best() {
                    assert!(oracle_accepts(&key, &e, &hedged));
                }
                signatures.push((signature, hedged));
            }
        }
        signed.push(signatures);
    });
    assert!(signed.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn public_keys_are_those_of_the_oracle() {
    let mut random = Random(12);
    for _ in 0..500 {
        let d = random.bytes();
        let theirs = sm2::dsa::SigningKey::from_slice("", &d).unwrap();
        let point = theirs.verifying_key().as_affine().to_sec1_point(false);
        with_each_backend(|_| {
            let ours = SigningKey::from_bytes(&d).unwrap();
            assert_eq!(ours.verifying_key().to_point(), point.as_bytes());
            assert_eq!(*ours.to_bytes(), d);
        });
    }
}

#[test]
fn keys_lie_between_one_and_n_minus_two() {
    let n: [u8; 32] = hex(ORDER);
    let one = plus([0; 32], 1);
    for (d, allowed) in [
        ([0; 32], false),
        (one, true),
        (plus(n, -2), true),
        (plus(n, -1), false),
        (n, false),
        (plus(n, 1), false),
        ([0xff; 32], false),
    ] {
        let key = SigningKey::from_bytes(&d);
        assert_eq!(key.is_ok(), allowed);
        if let Ok(key) = key {
            let (r, s) = key.sign_prehash(&[7; 32]);
            assert_eq!(key.verifying_key().verify_prehash(&[7; 32], &r, &s), Ok(()));
        }
    }
    assert_eq!(SigningKey::from_bytes(&[0; 32]).err(), Some(InvalidKey));
}

#[test]
fn scalars_at_which_points_meet_are_keys_like_others() {
    // 510 · 2²⁴⁸ − n, and n less that.
    for d in [
        "fe0000010000000000000000000000008dfc2094de39fad4ac440bf6c62abedd",
        "01fffffdfffffffffffffffffffffffee407bed6438c0a56a777e81273aa8246",
    ] {
        let d = hex::<32>(d);
        with_each_backend(|_| {
            let key = SigningKey::from_bytes(&d).unwrap();
            let theirs = sm2::dsa::SigningKey::from_slice("", &d).unwrap();
            let point = theirs.verifying_key().as_affine().to_sec1_point(false);
            assert_eq!(key.verifying_key().to_point(), point.as_bytes());
        });
    }
}

#[test]
fn generation_asks_again_and_passes_errors_on() {
    let mut draws = [[0; 32], [0xff; 32], [5; 32]].into_iter();
    let key = SigningKey::generate(|bytes| {
        *bytes = draws.next().ok_or(())?;
        Ok::<(), ()>(())
    })
    .unwrap();
    assert_eq!(*key.to_bytes(), [5; 32]);
    assert!(SigningKey::generate(|_| Err("no randomness")).is_err());
    assert_eq!(format!("{key:?}"), "SigningKey { .. }");
}

//! Verification beside RustCrypto's `sm2`: what one accepts the other accepts, whatever table the
//! key has come to, and at the edges of every number.

// What guards the crate against hostile input is how a test fails.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)]

mod common;

use std::thread;

use common::{Bytes, ORDER, PRIME, Random, hex, plus, with_each_backend};

use sm2::dsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
use sm2::dsa::{Signature, SigningKey};
use sm2::elliptic_curve::PrimeField;
use sm2::elliptic_curve::point::{AffineCoordinates, DecompressPoint};
use sm2::elliptic_curve::sec1::ToSec1Point;
use sm2::elliptic_curve::subtle::Choice;
use sm2::{AffinePoint, ProjectivePoint, Scalar};
use yinxin_sm2::{InvalidKey, InvalidSignature, Item, VerifyingKey, verify_batch};

/// Uses after which a key has no table, its small one, that of width 6, that of width 8.
const TABLES: [usize; 4] = [0, 3, 90, 1100];

/// A key of the independent implementation.
fn oracle_key(random: &mut Random) -> SigningKey {
    loop {
        if let Ok(key) = SigningKey::from_slice("", &random.bytes()) {
            return key;
        }
    }
}

fn key_of(point: &ProjectivePoint) -> VerifyingKey {
    let point = point.to_affine().to_sec1_point(false);
    VerifyingKey::from_point(point.as_bytes().try_into().unwrap()).unwrap()
}

fn oracle_accepts(key: &sm2::dsa::VerifyingKey, e: &Bytes, r: &Bytes, s: &Bytes) -> bool {
    Signature::from_slice(&[*r, *s].concat())
        .is_ok_and(|signature| key.verify_prehash(e, &signature).is_ok())
}

/// One change, of a kind that may or may not leave numbers in range.
fn mutate(random: &mut Random, [mut e, mut r, mut s]: [Bytes; 3]) -> [Bytes; 3] {
    let (byte, bit) = (random.below(32), 1 << random.below(8));
    match random.below(8) {
        0 | 1 => e[byte] ^= bit,
        2 => r[byte] ^= bit,
        3 => s[byte] ^= bit,
        4 => (r, s) = (s, r),
        5 => r = hex(ORDER),
        6 => s = [0; 32],
        _ => s = (-Scalar::from_repr(s.into()).unwrap()).to_repr().into(),
    }
    [e, r, s]
}

/// The same verdicts from a batch as one by one, by every back-end that the processor has.
fn check_batches(items: &[Item<'_>], expected: &[bool]) {
    with_each_backend(|backend| {
        for size in [items.len(), 70, 13, 8, 5, 1] {
            for (items, expected) in items.chunks(size).zip(expected.chunks(size)) {
                let verdicts: Vec<bool> = verify_batch(items).iter().map(Result::is_ok).collect();
                assert_eq!(verdicts, expected, "{backend:?} {size}");
            }
        }
    });
}

/// Signatures of each of several keys, as made and with a change, verified by both.
fn compare(seed: u64, keys: usize, signatures: usize) {
    let mut random = Random(seed);
    let mut all = Vec::new();
    for _ in 0..keys {
        let signer = oracle_key(&mut random);
        let theirs = signer.verifying_key();
        let ours = key_of(&ProjectivePoint::from(*theirs.as_affine()));
        for _ in 0..signatures {
            let e = random.bytes();
            let signature: Signature = signer.sign_prehash(&e).unwrap();
            let bytes = signature.to_bytes();
            let r: Bytes = bytes[..32].try_into().unwrap();
            let s: Bytes = bytes[32..].try_into().unwrap();
            assert_eq!(ours.verify_prehash(&e, &r, &s), Ok(()));
            all.push((ours.clone(), e, r, s, true));
            let [e, r, s] = mutate(&mut random, [e, r, s]);
            let accepted = ours.verify_prehash(&e, &r, &s).is_ok();
            assert_eq!(accepted, oracle_accepts(theirs, &e, &r, &s));
            all.push((ours.clone(), e, r, s, accepted));
        }
    }
    let items: Vec<Item<'_>> = all
        .iter()
        .map(|(key, e, r, s, _)| Item {
            key,
            e: *e,
            r: *r,
            s: *s,
        })
        .collect();
    let expected: Vec<bool> = all.iter().map(|(.., accepted)| *accepted).collect();
    check_batches(&items, &expected);
}

// 10 000 signatures in all.

#[test]
fn agrees_on_keys_met_once() {
    compare(1, 3000, 1);
}

#[test]
fn agrees_on_keys_with_their_small_table() {
    compare(2, 500, 4);
}

#[test]
fn agrees_on_keys_with_a_large_table() {
    compare(3, 25, 100);
}

#[test]
fn agrees_on_a_key_with_the_largest_table() {
    compare(4, 1, 2500);
}

#[test]
fn keys_that_came_to_other_tables_share_a_batch() {
    let mut random = Random(5);
    let keys: Vec<_> = (0..12)
        .map(|number| {
            let signer = oracle_key(&mut random);
            let key = key_of(&ProjectivePoint::from(*signer.verifying_key().as_affine()));
            for _ in 0..TABLES[number % TABLES.len()] {
                let _ = key.verify_prehash(&[1; 32], &[1; 32], &[1; 32]);
            }
            (signer, key)
        })
        .collect();
    for size in 1..40 {
        let signed: Vec<_> = (0..size)
            .map(|_| {
                let (signer, key) = &keys[random.below(keys.len())];
                let e = random.bytes();
                let signature: Signature = signer.sign_prehash(&e).unwrap();
                let bytes = signature.to_bytes();
                let r: Bytes = bytes[..32].try_into().unwrap();
                let s: Bytes = bytes[32..].try_into().unwrap();
                let changed = random.below(3) == 0;
                let e = if changed { plus(e, 1) } else { e };
                (Item { key, e, r, s }, !changed)
            })
            .collect();
        let items: Vec<Item<'_>> = signed.iter().map(|(item, _)| *item).collect();
        let expected: Vec<bool> = signed.iter().map(|(_, valid)| *valid).collect();
        with_each_backend(|backend| {
            let verdicts: Vec<bool> = verify_batch(&items).iter().map(Result::is_ok).collect();
            assert_eq!(verdicts, expected, "{backend:?} {size}");
        });
    }
}

#[test]
fn accepts_the_example_of_the_standard() {
    // GB/T 32918.5-2017 annex A.2.
    let mut point = [4; 65];
    point[1..33].copy_from_slice(&hex::<32>(
        "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020",
    ));
    point[33..].copy_from_slice(&hex::<32>(
        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13",
    ));
    let key = VerifyingKey::from_point(&point).unwrap();
    assert_eq!(key.to_point(), point);
    let e = hex("f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640");
    let r = hex("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3");
    let s = hex("b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
    for _ in 0..1100 {
        assert_eq!(key.verify_prehash(&e, &r, &s), Ok(()));
    }
    let changed = key.verify_prehash(&e, &r, &plus(s, 1));
    assert_eq!(changed, Err(InvalidSignature));
}

/// The digest under which (r, s) satisfies the last equation with the key d·G, range checks
/// apart: e = r − x, x being that of s·G + (r + s)·d·G.
fn digest_for(d: Scalar, r: Scalar, s: Scalar) -> Bytes {
    let point = (ProjectivePoint::GENERATOR * (s + (r + s) * d)).to_affine();
    let x = Option::<Scalar>::from(Scalar::from_repr(point.x())).expect("x below n");
    (r - x).to_repr().into()
}

#[test]
fn only_numbers_from_one_to_n_minus_one_make_a_signature() {
    let d = Scalar::from(7_u64);
    let n: Bytes = hex(ORDER);
    let zero = [0; 32];
    let scalar = |bytes: Bytes| {
        // Numbers from n on stand for their residue.
        let bytes = if bytes >= n {
            plus(zero, i16::from(bytes[31] - n[31]))
        } else {
            bytes
        };
        Scalar::from_repr(bytes.into()).unwrap()
    };
    let other = plus(zero, 99);
    for uses in TABLES {
        let key = key_of(&(ProjectivePoint::GENERATOR * d));
        for _ in 0..uses {
            let _ = key.verify_prehash(&zero, &other, &other);
        }
        let edges = [
            (zero, false),
            (plus(zero, 1), true),
            (plus(n, -1), true),
            (n, false),
            (plus(n, 1), false),
        ];
        for (edge, allowed) in edges {
            for (r, s) in [(edge, other), (other, edge)] {
                let e = digest_for(d, scalar(r), scalar(s));
                assert_eq!(key.verify_prehash(&e, &r, &s).is_ok(), allowed);
            }
        }
        assert!(key.verify_prehash(&zero, &[0xff; 32], &other).is_err());

        // r + s = n, where the equation would hold.
        let (r, s) = (scalar(other), -scalar(other));
        let e = digest_for(d, r, s);
        let refused = key.verify_prehash(&e, &r.to_repr().into(), &s.to_repr().into());
        assert_eq!(refused, Err(InvalidSignature));
    }
}

/// The key P that makes s·G + t·P the point R: P = (R − s·G) / t.
fn key_for(point: &ProjectivePoint, s: Scalar, t: Scalar) -> ProjectivePoint {
    (*point - ProjectivePoint::GENERATOR * s) * t.invert().unwrap()
}

#[test]
fn points_whose_x_is_n_or_more_count_by_their_residue() {
    let (n, p): (Bytes, Bytes) = (hex(ORDER), hex(PRIME));
    let point_at = |x: Bytes| {
        let point = AffinePoint::decompress(&x.into(), Choice::from(0));
        Option::<AffinePoint>::from(point).map(ProjectivePoint::from)
    };
    // (x, its residue modulo n): x just above n and just below p, and x just above 0 whose other
    // candidate, x + n, is below p.
    let above = (0..100).map(|step| (plus(n, step), plus([0; 32], step)));
    let below = (0..100).map(|step| (plus([0; 32], step), plus([0; 32], step)));
    let mut found = [0, 0];
    for (kind, (x, residue)) in above.map(|x| (0, x)).chain(below.map(|x| (1, x))) {
        assert!(x < p);
        let Some(point) = point_at(x) else { continue };
        found[kind] += 1;
        let (s, t) = (Scalar::from(77_u64), Scalar::from(1234_u64));
        let r = t - s;
        let e: Bytes = (r - Scalar::from_repr(residue.into()).unwrap())
            .to_repr()
            .into();
        let public = key_for(&point, s, t);
        let (r, s): (Bytes, Bytes) = (r.to_repr().into(), s.to_repr().into());
        let key = key_of(&public);
        let theirs = sm2::PublicKey::from_affine(public.to_affine()).unwrap();
        let theirs = sm2::dsa::VerifyingKey::new("", theirs).unwrap();
        for _ in 0..5 {
            assert_eq!(key.verify_prehash(&e, &r, &s), Ok(()));
            let off = plus(e, 1);
            assert_eq!(key.verify_prehash(&off, &r, &s), Err(InvalidSignature));
        }
        assert!(oracle_accepts(&theirs, &e, &r, &s));
    }
    assert!(found.iter().all(|count| *count > 10), "{found:?}");
}

#[test]
fn digests_of_n_or_more_count_by_their_residue() {
    // s + (r + s)·d = 5 makes the point 5·G; r is chosen so that e = r - x is 3.
    let (d, five) = (Scalar::from(7_u64), Scalar::from(5_u64));
    let x = (ProjectivePoint::GENERATOR * five).to_affine().x();
    let r = Scalar::from_repr(x).unwrap() + Scalar::from(3_u64);
    let s = (five - r * d) * (Scalar::from(1_u64) + d).invert().unwrap();
    let key = key_of(&(ProjectivePoint::GENERATOR * d));
    let (r, s): (Bytes, Bytes) = (r.to_repr().into(), s.to_repr().into());
    assert!(key.verify_prehash(&plus([0; 32], 3), &r, &s).is_ok());
    assert!(key.verify_prehash(&plus(hex(ORDER), 3), &r, &s).is_ok());
    assert!(key.verify_prehash(&plus(hex(ORDER), 4), &r, &s).is_err());
}

#[test]
fn infinity_is_no_result() {
    let (s, t) = (Scalar::from(77_u64), Scalar::from(1234_u64));
    let public = key_for(&ProjectivePoint::IDENTITY, s, t);
    let r: Bytes = (t - s).to_repr().into();
    let key = key_of(&public);
    for _ in 0..=TABLES[3] {
        // Whatever x infinity might be taken to have: 0, 1, or what e leaves.
        for e in [r, plus(r, -1), [0; 32]] {
            let refused = key.verify_prehash(&e, &r, &s.to_repr().into());
            assert_eq!(refused, Err(InvalidSignature));
        }
    }
}

#[test]
fn keys_of_small_multiples_verify_with_every_table() {
    for d in [1_u64, 2, 3, 4, 8, 15, 16, 17, 32] {
        for d in [Scalar::from(d), -Scalar::from(d)] {
            let key = key_of(&(ProjectivePoint::GENERATOR * d));
            for step in 1..130_u64 {
                let (r, s) = (Scalar::from(step), Scalar::from(step % 7 + 1));
                if bool::from((s + (r + s) * d).is_zero()) {
                    continue;
                }
                let e = digest_for(d, r, s);
                let (r, s): (Bytes, Bytes) = (r.to_repr().into(), s.to_repr().into());
                assert_eq!(key.verify_prehash(&e, &r, &s), Ok(()));
                assert!(key.verify_prehash(&plus(e, 1), &r, &s).is_err());
            }
        }
    }
}

#[test]
fn only_points_of_the_curve_are_keys() {
    let good = ProjectivePoint::GENERATOR.to_affine().to_sec1_point(false);
    let good: [u8; 65] = good.as_bytes().try_into().unwrap();
    assert!(VerifyingKey::from_point(&good).is_ok());
    for form in (0..=255).filter(|form| *form != 4) {
        let mut point = good;
        point[0] = form;
        assert_eq!(VerifyingKey::from_point(&point), Err(InvalidKey));
    }
    for at in 1..65 {
        let mut point = good;
        point[at] ^= 0x10;
        assert_eq!(VerifyingKey::from_point(&point), Err(InvalidKey));
    }
    let mut zeros = [0; 65];
    zeros[0] = 4;
    assert_eq!(VerifyingKey::from_point(&zeros), Err(InvalidKey));

    // The same point modulo p, with a coordinate of p or more.
    let small = (0..200)
        .map(|step| plus([0; 32], step))
        .find_map(|x| {
            let point = AffinePoint::decompress(&x.into(), Choice::from(0));
            Option::<AffinePoint>::from(point).map(|point| (x, point))
        })
        .unwrap();
    let mut point: [u8; 65] = small.1.to_sec1_point(false).as_bytes().try_into().unwrap();
    assert!(VerifyingKey::from_point(&point).is_ok());
    point[1..33].copy_from_slice(&plus(hex(PRIME), i16::from(small.0[31])));
    assert_eq!(VerifyingKey::from_point(&point), Err(InvalidKey));
}

#[test]
fn clones_on_many_threads_give_one_verdict() {
    let d = Scalar::from(1_000_003_u64);
    let key = key_of(&(ProjectivePoint::GENERATOR * d));
    thread::scope(|scope| {
        for number in 1..5_u64 {
            let key = key.clone();
            scope.spawn(move || {
                let (r, s) = (Scalar::from(number), Scalar::from(number + 10));
                let e = digest_for(d, r, s);
                let (r, s): (Bytes, Bytes) = (r.to_repr().into(), s.to_repr().into());
                for _ in 0..400 {
                    assert!(key.verify_prehash(&e, &r, &s).is_ok());
                    assert!(key.verify_prehash(&e, &s, &r).is_err());
                }
            });
        }
    });
    assert_eq!(key, key_of(&(ProjectivePoint::GENERATOR * d)));
    assert_eq!(format!("{key:?}"), "VerifyingKey { .. }");
}

/// What a thread of another program may have.
const SMALL_STACK: usize = 64 << 10;

#[test]
fn a_small_stack_is_enough() {
    let signer = yinxin_sm2::SigningKey::from_bytes(&[7; 32]).unwrap();
    with_each_backend(|_| {
        let work = || {
            let e = [0x5a; 32];
            let (r, s) = signer.sign_prehash(&e);
            let key = VerifyingKey::from_point(&signer.verifying_key().to_point()).unwrap();
            for _ in 0..=TABLES[3] {
                assert!(key.verify_prehash(&e, &r, &s).is_ok());
            }
            let key = &key;
            let verdicts = verify_batch(&vec![Item { key, e, r, s }; 100]);
            assert!(verdicts.iter().all(Result::is_ok));
        };
        thread::scope(|scope| {
            let small = thread::Builder::new().stack_size(SMALL_STACK);
            small.spawn_scoped(scope, work).unwrap().join().unwrap();
        });
    });
}

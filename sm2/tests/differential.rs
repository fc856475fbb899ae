//! Verdicts and signatures beside other implementations: what is signed here they accept, what they
//! sign is accepted here, and of changed signatures both say the same.
//!
//! Each comparison makes `YINXIN_SM2_CASES` signatures, 10 000 unless that says more. OpenSSL takes
//! part when built with `--cfg yinxin_sm2_openssl` and its development files; `scripts/test` does.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::cast_possible_truncation
)]

mod common;
#[cfg(yinxin_sm2_openssl)]
#[path = "differential/openssl.rs"]
mod openssl;

use common::{Bytes, ORDER, Other, Random, hex, with_each_backend};
use sm2::dsa::Signature;
use sm2::dsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
use yinxin_sm2::{Item, SigningKey, VerifyingKey, verify_batch};

/// Signatures by one key.
const PER_KEY: usize = 50;

struct RustCrypto(sm2::dsa::SigningKey);

impl Other for RustCrypto {
    fn new(d: &Bytes, _: &[u8; 65]) -> Self {
        Self(sm2::dsa::SigningKey::from_slice("", d).unwrap())
    }

    fn sign(&self, e: &Bytes) -> Option<(Bytes, Bytes)> {
        let signature: Signature = self.0.sign_prehash(e).unwrap();
        let bytes = signature.to_bytes();
        Some((
            bytes[..32].try_into().unwrap(),
            bytes[32..].try_into().unwrap(),
        ))
    }

    fn accepts(&self, e: &Bytes, r: &Bytes, s: &Bytes) -> bool {
        Signature::from_slice(&[*r, *s].concat())
            .is_ok_and(|signature| self.0.verifying_key().verify_prehash(e, &signature).is_ok())
    }
}

struct Libsmx([u8; 65]);

impl Other for Libsmx {
    fn new(_: &Bytes, point: &[u8; 65]) -> Self {
        Self(*point)
    }

    fn sign(&self, _: &Bytes) -> Option<(Bytes, Bytes)> {
        None
    }

    fn accepts(&self, e: &Bytes, r: &Bytes, s: &Bytes) -> bool {
        let signature: [u8; 64] = [*r, *s].concat().try_into().unwrap();
        libsmx::sm2::verify(e, &self.0, &signature).is_ok()
    }
}

#[test]
fn agrees_with_rustcrypto() {
    compare::<RustCrypto>("RustCrypto sm2", 21);
}

#[test]
fn agrees_with_libsmx() {
    compare::<Libsmx>("libsmx", 22);
}

#[cfg(yinxin_sm2_openssl)]
#[test]
fn agrees_with_openssl() {
    compare::<openssl::OpenSsl>("OpenSSL", 23);
}

/// A signature to be verified, and what the other says of it.
struct Case {
    key: VerifyingKey,
    e: Bytes,
    r: Bytes,
    s: Bytes,
    accepted: bool,
}

fn compare<O: Other>(name: &str, seed: u64) {
    let cases = std::env::var("YINXIN_SM2_CASES").map_or(10_000, |text| text.parse().unwrap());
    let mut random = Random(seed);
    let (mut signed_here, mut signed_there, mut changed, mut refused) = (0, 0, 0, 0);
    while signed_here < cases {
        let d = random.bytes();
        let Ok(ours) = SigningKey::from_bytes(&d) else {
            continue;
        };
        let point = ours.verifying_key().to_point();
        let theirs = O::new(&d, &point);
        let key = VerifyingKey::from_point(&point).unwrap();
        let mut batch = Vec::new();
        for _ in 0..PER_KEY.min(cases - signed_here) {
            let e = random.bytes();
            let (r, s) = ours.sign_prehash(&e);
            assert!(theirs.accepts(&e, &r, &s), "{name} refuses {e:x?}");
            signed_here += 1;
            let mut add = |[e, r, s]: [Bytes; 3], accepted| {
                batch.push(Case {
                    key: key.clone(),
                    e,
                    r,
                    s,
                    accepted,
                });
            };
            add([e, r, s], true);
            if let Some((r, s)) = theirs.sign(&e) {
                signed_there += 1;
                add([e, r, s], true);
            }
            let [e, r, s] = change(&mut random, [e, r, s]);
            let accepted = theirs.accepts(&e, &r, &s);
            changed += 1;
            refused += usize::from(!accepted);
            add([e, r, s], accepted);
        }
        check(&batch);
        if signed_here % 100_000 == 0 {
            println!("{name}: {signed_here} so far");
        }
    }
    println!(
        "{name}: {signed_here} signed here, {signed_there} there, {changed} changed \
         of which {refused} refused"
    );
    assert!(refused > 0);
}

/// One by one and together, by every back-end.
fn check(cases: &[Case]) {
    let items: Vec<Item<'_>> = cases
        .iter()
        .map(|case| Item {
            key: &case.key,
            e: case.e,
            r: case.r,
            s: case.s,
        })
        .collect();
    with_each_backend(|backend| {
        let together = verify_batch(&items);
        for (case, together) in cases.iter().zip(together) {
            let alone = case.key.verify_prehash(&case.e, &case.r, &case.s);
            assert_eq!(
                alone.is_ok(),
                case.accepted,
                "{backend:?} alone: {:x?}",
                case.e
            );
            assert_eq!(together, alone, "{backend:?} together: {:x?}", case.e);
        }
    });
}

/// One change, of a kind that may or may not leave numbers in range.
fn change(random: &mut Random, [mut e, mut r, mut s]: [Bytes; 3]) -> [Bytes; 3] {
    let (byte, bit) = (random.below(32), 1 << random.below(8));
    match random.below(8) {
        0 | 1 => e[byte] ^= bit,
        2 => r[byte] ^= bit,
        3 | 4 => s[byte] ^= bit,
        5 => (r, s) = (s, r),
        6 => r = hex(ORDER),
        _ => s = [0; 32],
    }
    [e, r, s]
}

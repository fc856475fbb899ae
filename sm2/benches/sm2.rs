//! Verifications a second, in one table and beside others measured in the same run:
//! `cargo bench -p yinxin-sm2`.
//!
//! The runs take turns, a slice of some milliseconds each, and the best slice counts: on a busy
//! machine that is the one least disturbed. Compare the ratios, not the numbers.

#![allow(clippy::unwrap_used, reason = "a bench that cannot run may stop")]

use std::io::{self, Write};
use std::time::{Duration, Instant};

use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair,
    UnparsedPublicKey,
};
use sm2::dsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
use sm2::dsa::{Signature, SigningKey};
use sm2::elliptic_curve::sec1::ToSec1Point;
use yinxin_sm2::VerifyingKey;

/// Slices of each run.
const ROUNDS: usize = 60;

/// A run: what it is, and a function that gives the time of so many verifications.
type Run<'a> = (&'static str, u32, Box<dyn Fn(u32) -> Duration + 'a>);

/// An SM2 signature and all that verifies it.
struct Sample {
    signer: SigningKey,
    signature: Signature,
    point: [u8; 65],
    e: [u8; 32],
    r: [u8; 32],
    s: [u8; 32],
}

impl Sample {
    fn new() -> Self {
        let (signer, e) = (SigningKey::from_slice("", &[0x39; 32]).unwrap(), [0xb7; 32]);
        let signature: Signature = signer.sign_prehash(&e).unwrap();
        let point = signer.verifying_key().as_affine().to_sec1_point(false);
        let bytes = signature.to_bytes();
        let (r, s) = bytes.split_first_chunk::<32>().unwrap();
        Self {
            point: point.as_bytes().try_into().unwrap(),
            e,
            r: *r,
            s: s.try_into().unwrap(),
            signature,
            signer,
        }
    }

    /// A key that no table has been made for.
    fn key(&self) -> VerifyingKey {
        VerifyingKey::from_point(&self.point).unwrap()
    }

    fn used_key(&self, uses: u32) -> VerifyingKey {
        let key = self.key();
        (0..uses).for_each(|_| self.verify(&key));
        key
    }

    fn verify(&self, key: &VerifyingKey) {
        key.verify_prehash(&self.e, &self.r, &self.s).unwrap();
    }
}

fn main() {
    let sample = Sample::new();
    let largest = sample.used_key(1100);
    let theirs = sample.signer.verifying_key();

    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap();
    let message = [0x61; 100];
    let p256_signature = pair.sign(&random, &message).unwrap();
    let p256_key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, pair.public_key());

    let runs: [Run<'_>; 7] = [
        (
            "ring P-256, message of 100 bytes",
            80,
            Box::new(|count| {
                time(count, || {
                    p256_key.verify(&message, p256_signature.as_ref()).unwrap();
                })
            }),
        ),
        (
            "sm2 0.14",
            20,
            Box::new(|count| {
                time(count, || {
                    theirs.verify_prehash(&sample.e, &sample.signature).unwrap();
                })
            }),
        ),
        (
            "this crate, point read and used once",
            80,
            Box::new(|count| time(count, || sample.verify(&sample.key()))),
        ),
        (
            "this crate, first two uses",
            80,
            Box::new(|count| {
                let keys: Vec<_> = (0..count.div_ceil(2)).map(|_| sample.key()).collect();
                let mut uses = keys.iter().chain(&keys);
                time(count, || sample.verify(uses.next().unwrap()))
            }),
        ),
        (
            "this crate, 2 KiB table",
            40,
            Box::new(|count| {
                let key = sample.used_key(3);
                time(count, || sample.verify(&key))
            }),
        ),
        (
            "this crate, 86 KiB table",
            300,
            Box::new(|count| {
                let key = sample.used_key(49);
                time(count, || sample.verify(&key))
            }),
        ),
        (
            "this crate, 256 KiB table",
            300,
            Box::new(|count| time(count, || sample.verify(&largest))),
        ),
    ];
    print(&runs, &best_of(&runs)).unwrap();
}

fn time(count: u32, mut verify: impl FnMut()) -> Duration {
    let start = Instant::now();
    (0..count).for_each(|_| verify());
    start.elapsed()
}

/// The best verifications a second of each run.
fn best_of(runs: &[Run<'_>]) -> Vec<f64> {
    let mut best = vec![0.0_f64; runs.len()];
    for _ in 0..ROUNDS {
        for ((_, count, run), best) in runs.iter().zip(&mut best) {
            *best = best.max(f64::from(*count) / run(*count).as_secs_f64());
        }
    }
    best
}

/// Ratios are to the first two runs.
fn print(runs: &[Run<'_>], best: &[f64]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let [ring, sm2, ..] = best else { return Ok(()) };
    writeln!(out, "| verify | per second | × ring P-256 | × sm2 0.14 |")?;
    writeln!(out, "|---|---|---|---|")?;
    for ((name, ..), rate) in runs.iter().zip(best) {
        let (to_ring, to_sm2) = (rate / ring, rate / sm2);
        writeln!(out, "| {name} | {rate:.0} | {to_ring:.2} | {to_sm2:.1} |")?;
    }
    Ok(())
}

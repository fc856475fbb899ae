//! Whether the time of signing depends on the key, by statistics (after dudect, Reparaz, Balasch and
//! Verbauwhede 2017): one fixed key against random ones, in random order, and Welch's t over the
//! times, cut at several percentiles. |t| above 10 means that it does; below 4.5 nothing was seen.
//!
//! `cargo run --release -p yinxin-sm2 --example dudect [SAMPLES]`; ends with 1 on a difference.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a measurement that cannot run may stop"
)]

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use yinxin_sm2::{Backend, SigningKey};

/// Beyond this the times certainly differ.
const LIMIT: f64 = 10.0;

fn main() -> ExitCode {
    let samples = std::env::args().nth(1);
    let samples: usize = samples.map_or(1_000_000, |text| text.parse().unwrap());
    println!("| back-end | operation | samples | largest t | cut at |");
    println!("|---|---|---|---|---|");
    let mut worst: f64 = 0.0;
    for backend in Backend::ALL {
        if backend > Backend::best() {
            println!("| {} | this processor lacks it | | | |", backend.name());
            continue;
        }
        backend.limit();
        for (name, operation) in OPERATIONS {
            let (t, percentile) = largest_t(&measure(samples, operation));
            println!(
                "| {} | {name} | {samples} | {t:.2} | {percentile} % |",
                backend.name()
            );
            worst = worst.max(t);
        }
    }
    ExitCode::from(u8::from(worst > LIMIT))
}

/// Nanoseconds of one operation with a key.
type Operation = fn(&[u8; 32]) -> f64;

const OPERATIONS: [(&str, Operation); 2] = [("sign", sign), ("make a key", make)];

fn sign(d: &[u8; 32]) -> f64 {
    let key = SigningKey::from_bytes(d).unwrap();
    let start = Instant::now();
    black_box(key.sign_prehash(black_box(&[0x5a; 32])));
    start.elapsed().as_nanos() as f64
}

fn make(d: &[u8; 32]) -> f64 {
    let start = Instant::now();
    let _ = black_box(SigningKey::from_bytes(black_box(d)));
    start.elapsed().as_nanos() as f64
}

/// Times, and whether the key was the fixed one: with few bits set, as a secret that shows would be.
fn measure(samples: usize, operation: Operation) -> Vec<(f64, bool)> {
    let mut random = Random(0x1234_5678);
    let mut fixed = [0; 32];
    fixed[31] = 1;
    let mut times = Vec::with_capacity(samples);
    for _ in 0..samples {
        let (is_fixed, mut d) = (random.word() & 1 == 0, random.key());
        // The same bytes written, by a mask.
        for (byte, fixed) in d.iter_mut().zip(&fixed) {
            let mask = u8::from(is_fixed).wrapping_neg();
            *byte = *byte & !mask | fixed & mask;
        }
        times.push((operation(&d), is_fixed));
    }
    times
}

/// The largest |t| over all times and over those below some percentiles, which leaves out
/// interruptions.
fn largest_t(times: &[(f64, bool)]) -> (f64, u32) {
    let mut sorted: Vec<f64> = times.iter().map(|(time, _)| *time).collect();
    sorted.sort_by(f64::total_cmp);
    [100_u32, 99, 95, 90, 75, 50]
        .map(|percentile| {
            let index = sorted.len() * percentile as usize / 100;
            let limit = sorted.get(index).copied().unwrap_or(f64::INFINITY);
            let class = |fixed: bool| {
                Class::of(
                    times
                        .iter()
                        .filter(|(time, is)| *is == fixed && *time < limit),
                )
            };
            (class(true).t(&class(false)).abs(), percentile)
        })
        .into_iter()
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .unwrap()
}

struct Class {
    count: f64,
    mean: f64,
    variance: f64,
}

impl Class {
    /// By Welford's running sums.
    fn of<'a>(times: impl Iterator<Item = &'a (f64, bool)>) -> Self {
        let (mut count, mut mean, mut squares) = (0.0, 0.0, 0.0);
        for (time, _) in times {
            count += 1.0;
            let off = time - mean;
            mean += off / count;
            squares += off * (time - mean);
        }
        Self {
            count,
            mean,
            variance: squares / (count - 1.0),
        }
    }

    /// Welch's t.
    fn t(&self, other: &Self) -> f64 {
        let spread = self.variance / self.count + other.variance / other.count;
        (self.mean - other.mean) / spread.sqrt()
    }
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below n: the first bytes are not those of n.
    fn key(&mut self) -> [u8; 32] {
        let mut key = [0; 32];
        for chunk in key.chunks_exact_mut(8) {
            chunk.copy_from_slice(&self.word().to_be_bytes());
        }
        key[0] &= 0x7f;
        key
    }
}

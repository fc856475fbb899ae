//! What the engine does a second beside others, in one run and one table: `cargo bench -p yinxin-sm2`.
//!
//! The rows take turns, a slice of some milliseconds of processor time each, and the best slice
//! counts: on a busy machine that is the one least disturbed. Compare the ratios, not the numbers.
//!
//! With words after `--`, only rows whose names have one of them: `-- sign`, `-- "ifma, batch" Zipf`.
//!
//! OpenSSL takes part when built with `--cfg yinxin_sm2_openssl` and its development files, Bouncy Castle
//! where `YINXIN_SM2_BOUNCY_CASTLE` names its archive and there is `java`, Tongsuo where
//! `YINXIN_SM2_TONGSUO` names the program of `benches/tongsuo`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a bench that cannot run may stop"
)]

#[path = "../../tests/common/mod.rs"]
mod common;
#[cfg(yinxin_sm2_openssl)]
#[path = "../../tests/differential/openssl.rs"]
mod openssl;
mod peers;

use std::hint::black_box;
use std::io::{self, Write};
use std::time::Duration;

use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair,
    UnparsedPublicKey,
};
use sm2::dsa::Signature;
use sm2::dsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
use sm3::{Digest, Sm3};
use yinxin_sm2::{Backend, Item, SigningKey, VerifyingKey, digest_many, verify_batch};

/// Slices of each row.
const ROUNDS: usize = 25;

/// Uses after which a key has no better table to come to: none, 4, 86 and 256 KiB.
const TABLES: [(u32, &str); 4] = [
    (0, "key met once, reading it included"),
    (3, "4 KiB table"),
    (81, "86 KiB table"),
    (1100, "256 KiB table"),
];

/// The rows that others of their kind are multiples of.
const VERIFY: usize = 0;
const SIGN: usize = 1;
const KEY: usize = 2;
const LONG_DIGEST: usize = 3;
const SHORT_DIGEST: usize = 4;

/// A row: what it is, what it is measured in, how many at a time, and a function that does so many.
struct Row<'a> {
    name: String,
    /// The row that this one is a multiple of.
    yardstick: usize,
    count: usize,
    run: Box<dyn FnMut(usize) -> Duration + 'a>,
}

/// A signature and the key it is by.
struct Sample {
    key: VerifyingKey,
    point: [u8; 65],
    e: [u8; 32],
    r: [u8; 32],
    s: [u8; 32],
}

impl Sample {
    fn new(number: u32, uses: u32) -> Self {
        let signer = SigningKey::from_bytes(&secret(number)).unwrap();
        let e = [0xb7; 32];
        let (r, s) = signer.sign_prehash(&e);
        let point = signer.verifying_key().to_point();
        let sample = Self {
            key: VerifyingKey::from_point(&point).unwrap(),
            point,
            e,
            r,
            s,
        };
        (0..uses).for_each(|_| sample.verify(&sample.key));
        sample
    }

    fn verify(&self, key: &VerifyingKey) {
        key.verify_prehash(&self.e, &self.r, &self.s).unwrap();
    }

    fn item(&self) -> Item<'_> {
        Item {
            key: &self.key,
            e: self.e,
            r: self.r,
            s: self.s,
        }
    }
}

/// The private key of a sample.
fn secret(number: u32) -> [u8; 32] {
    let mut d = [0x39; 32];
    d[..4].copy_from_slice(&number.to_be_bytes());
    d
}

fn main() {
    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap();
    let message = [0x61; 100];
    let signature = pair.sign(&random, &message).unwrap();
    let p256 = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, pair.public_key());
    let one = Sample::new(0, 0);
    let theirs = sm2::dsa::SigningKey::from_slice("", &[0x39; 32]).unwrap();
    let their_signature: Signature = theirs.sign_prehash(&one.e).unwrap();
    let joined: [u8; 64] = [one.r, one.s].concat().try_into().unwrap();
    let samples = TABLES.map(|(uses, _)| Sample::new(1, uses));
    let issuers: Vec<Sample> = (0..16).map(|number| Sample::new(number, 1100)).collect();
    let many: Vec<Sample> = (0..10_000).map(|number| Sample::new(number, 0)).collect();

    let long = vec![[0x61; 16 << 10]; 16];
    let long: Vec<&[u8]> = long.iter().map(|message| &message[..]).collect();
    let short = vec![[0x61; 100]; 256];
    let short: Vec<&[u8]> = short.iter().map(|message| &message[..]).collect();
    let digests = [
        ("SM3, 16 of 16 KiB", LONG_DIGEST, &long[..]),
        ("SM3, 256 of 100 bytes", SHORT_DIGEST, &short[..]),
    ];

    let mut rows = Vec::new();
    // The yardsticks come first, the rows of `VERIFY` and so on.
    push(&mut rows, "verify: ring P-256", VERIFY, 20, || {
        p256.verify(&message, signature.as_ref()).unwrap();
    });
    push(&mut rows, "sign: ring P-256", SIGN, 60, || {
        black_box(pair.sign(&random, &message).unwrap());
    });

    push(&mut rows, "make a key: ring P-256", KEY, 60, || {
        black_box(EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap());
    });
    for (name, yardstick, messages) in digests {
        push(
            &mut rows,
            &format!("{name}: sm3 0.5"),
            yardstick,
            2,
            move || {
                for message in messages {
                    black_box(Sm3::digest(message));
                }
            },
        );
    }

    push(&mut rows, "verify: sm2 0.14", VERIFY, 20, || {
        let verified = theirs
            .verifying_key()
            .verify_prehash(&one.e, &their_signature);
        verified.unwrap();
    });
    push(&mut rows, "verify: libsmx 0.3", VERIFY, 10, || {
        libsmx::sm2::verify(&one.e, &one.point, &joined).unwrap();
    });
    push(&mut rows, "sign: sm2 0.14", SIGN, 40, || {
        let signature: Signature = theirs.sign_prehash(&one.e).unwrap();
        black_box(signature);
    });

    push(&mut rows, "make a key: sm2 0.14", KEY, 40, || {
        black_box(sm2::dsa::SigningKey::from_slice("", black_box(&[0x39; 32])).unwrap());
    });
    #[cfg(yinxin_sm2_openssl)]
    push_openssl(&mut rows, &one);
    peers::push(&mut rows);

    for backend in Backend::ALL
        .into_iter()
        .filter(|one| *one <= Backend::best())
    {
        // Single verifications have nothing from eight lanes.
        if backend < Backend::Ifma {
            for ((uses, table), sample) in TABLES.iter().zip(&samples) {
                let name = format!("verify: {}, {table}", backend.name());
                let run = move |count| single(backend, *uses, sample, count);
                rows.push(Row {
                    name,
                    yardstick: VERIFY,
                    count: 60,
                    run: Box::new(run),
                });
            }
        }
        let key = SigningKey::from_bytes(&[0x39; 32]).unwrap();
        push(
            &mut rows,
            &format!("sign: {}", backend.name()),
            SIGN,
            100,
            move || {
                backend.limit();
                black_box(key.sign_prehash(&[0xb7; 32]));
            },
        );
        push(
            &mut rows,
            &format!("make a key: {}", backend.name()),
            KEY,
            100,
            move || {
                backend.limit();
                let _ = black_box(SigningKey::from_bytes(&[0x39; 32]));
            },
        );
    }

    for backend in Backend::ALL
        .into_iter()
        .filter(|one| *one <= Backend::best())
    {
        for (name, yardstick, messages) in digests {
            let name = format!("{name}: {}", backend.name());
            push(&mut rows, &name, yardstick, 4, move || {
                backend.limit();
                black_box(digest_many(messages));
            });
        }
        for (known, keys) in [("1 issuer", &issuers[..1]), ("16 issuers", &issuers[..])] {
            for size in [8, 64, 256, 4096] {
                let items: Vec<Item<'_>> =
                    keys.iter().cycle().take(size).map(Sample::item).collect();
                push_batch(&mut rows, backend, known, items);
            }
        }
        push_fresh(&mut rows, backend, &many);
    }
    let wanted = Wanted::from_arguments();
    let yardsticks = rows.drain(..=SHORT_DIGEST).collect::<Vec<_>>();
    rows.retain(|row| wanted.has(&row.name));
    rows.splice(..0, yardsticks);
    let best = best_of(&mut rows);
    print(&rows, &best).unwrap();
    if wanted.has(MIX) {
        print_mix(&many, best[VERIFY]).unwrap();
    }
}

/// What the command asks for: all, or what has one of these words in its name.
struct Wanted(Vec<String>);

impl Wanted {
    fn from_arguments() -> Self {
        // Cargo adds an option of its own.
        let words = std::env::args()
            .skip(1)
            .filter(|word| !word.starts_with('-'));
        Self(words.collect())
    }

    fn has(&self, name: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|word| name.contains(word))
    }
}

const MIX: &str = "10 000 issuers by Zipf's law, 64 MiB";

/// Keys are drawn as by Zipf's law (s = 1) from 10 000 issuers, one by one and in batches, beside one
/// issuer alone, once the memory for tables is spent.
fn print_mix(issuers: &[Sample], ring: f64) -> io::Result<()> {
    let total: f64 = (1..=issuers.len()).map(|rank| 1.0 / rank as f64).sum();
    let mut state = 1_u64;
    let mut draw = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let mut rest = (state >> 11) as f64 / (1_u64 << 53) as f64 * total;
        let rank = (1..issuers.len()).find(|rank| {
            rest -= 1.0 / *rank as f64;
            rest <= 0.0
        });
        &issuers[rank.unwrap_or(issuers.len()) - 1]
    };
    Backend::best().limit();
    for _ in 0..WARM / 4096 {
        let some: Vec<Item<'_>> = (0..4096).map(|_| draw().item()).collect();
        assert!(verify_batch(&some).iter().all(Result::is_ok));
    }
    let mix: Vec<&Sample> = (0..8 * SLICE).map(|_| draw()).collect();
    let alone: Vec<&Sample> = vec![&issuers[0]; SLICE];
    let mut out = io::stdout().lock();
    writeln!(out, "\n| {MIX} | a second | × ring P-256 | of one issuer |")?;
    writeln!(out, "|---|---|---|---|")?;
    for backend in Backend::ALL
        .into_iter()
        .filter(|one| *one <= Backend::best())
    {
        backend.limit();
        for size in [1, 8, 64, 256, 4096] {
            let (mut mixed, mut single) = (0.0_f64, 0.0_f64);
            for slice in mix.chunks(SLICE) {
                mixed = mixed.max(rate(slice, size));
                single = single.max(rate(&alone, size));
            }
            let how = match size {
                1 => "one by one".to_owned(),
                size => format!("batches of {size}"),
            };
            writeln!(
                out,
                "| {}, {how} | {mixed:.0} | {:.2} | {:.0} % |",
                backend.name(),
                mixed / ring,
                100.0 * mixed / single
            )?;
        }
    }
    Ok(())
}

/// Draws after which no more tables fit.
const WARM: usize = 800_000;

/// Signatures that a mix is timed by: enough to be of all issuers that count.
const SLICE: usize = 4096;

/// Signatures a second, in batches of a size.
fn rate(samples: &[&Sample], size: usize) -> f64 {
    let start = now();
    for some in samples.chunks(size) {
        if let [one] = some {
            one.verify(&one.key);
        } else {
            let items: Vec<_> = some.iter().map(|one| one.item()).collect();
            assert!(verify_batch(&items).iter().all(Result::is_ok));
        }
    }
    samples.len() as f64 / (now() - start).as_secs_f64()
}

#[cfg(yinxin_sm2_openssl)]
fn push_openssl<'a>(rows: &mut Vec<Row<'a>>, one: &'a Sample) {
    use common::Other;
    let theirs = std::rc::Rc::new(openssl::OpenSsl::new(&secret(0), &one.point));
    let signer = theirs.clone();
    push(rows, "verify: OpenSSL 3", VERIFY, 10, move || {
        assert!(theirs.accepts(&one.e, &one.r, &one.s));
    });
    push(rows, "sign: OpenSSL 3", SIGN, 10, move || {
        black_box(signer.sign(&one.e));
    });
}

fn push<'a>(
    rows: &mut Vec<Row<'a>>,
    name: &str,
    yardstick: usize,
    count: usize,
    mut run: impl FnMut() + 'a,
) {
    rows.push(Row {
        name: name.to_owned(),
        yardstick,
        count,
        run: Box::new(move |count| {
            let start = now();
            (0..count).for_each(|_| run());
            now() - start
        }),
    });
}

fn single(backend: Backend, uses: u32, sample: &Sample, count: usize) -> Duration {
    backend.limit();
    if uses == 0 {
        let start = now();
        for _ in 0..count {
            sample.verify(&VerifyingKey::from_point(&sample.point).unwrap());
        }
        return now() - start;
    }
    // A key of its own, so that a slice does not take it on to the next table.
    let fresh = (uses < 1000).then(|| Sample::new(1, uses));
    let sample = fresh.as_ref().unwrap_or(sample);
    let count = if uses < TABLES[2].0 {
        count.min(40)
    } else {
        count
    };
    let start = now();
    (0..count).for_each(|_| sample.verify(&sample.key));
    (now() - start) * 60 / count as u32
}

fn push_batch<'a>(rows: &mut Vec<Row<'a>>, backend: Backend, known: &str, items: Vec<Item<'a>>) {
    let size = items.len();
    rows.push(Row {
        name: format!("verify: {}, batch of {size}, {known}", backend.name()),
        yardstick: VERIFY,
        count: 256.max(size),
        run: Box::new(move |count| {
            backend.limit();
            let start = now();
            for _ in 0..count / size {
                assert!(verify_batch(black_box(&items)).iter().all(Result::is_ok));
            }
            now() - start
        }),
    });
}

/// A batch of keys none of which was met before.
fn push_fresh<'a>(rows: &mut Vec<Row<'a>>, backend: Backend, samples: &'a [Sample]) {
    rows.push(Row {
        name: format!("verify: {}, batch of 256, unknown keys", backend.name()),
        yardstick: VERIFY,
        count: 256,
        run: Box::new(move |count| {
            backend.limit();
            let keys: Vec<VerifyingKey> = samples[..count]
                .iter()
                .map(|sample| VerifyingKey::from_point(&sample.point).unwrap())
                .collect();
            let items: Vec<Item<'_>> = keys
                .iter()
                .zip(samples)
                .map(|(key, sample)| Item {
                    key,
                    ..sample.item()
                })
                .collect();
            let start = now();
            assert!(verify_batch(&items).iter().all(Result::is_ok));
            now() - start
        }),
    });
}

/// The processor's time that this thread has had: what others on the machine take is not counted.
#[cfg(unix)]
fn now() -> Duration {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: writes the one structure that it is given.
    let status = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    assert_eq!(status, 0);
    Duration::new(
        time.tv_sec.try_into().unwrap(),
        time.tv_nsec.try_into().unwrap(),
    )
}

#[cfg(not(unix))]
fn now() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

/// The best rate of each row.
fn best_of(rows: &mut [Row<'_>]) -> Vec<f64> {
    let mut best = vec![0.0_f64; rows.len()];
    for _ in 0..ROUNDS {
        for (row, best) in rows.iter_mut().zip(&mut best) {
            let rate = row.count as f64 / (row.run)(row.count).as_secs_f64();
            *best = best.max(rate);
        }
    }
    best
}

fn print(rows: &[Row<'_>], best: &[f64]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for lacking in Backend::ALL
        .into_iter()
        .filter(|one| *one > Backend::best())
    {
        writeln!(out, "this processor lacks the back-end {}", lacking.name())?;
    }
    writeln!(out, "| | a second | × the first of its kind |")?;
    writeln!(out, "|---|---|---|")?;
    for (row, rate) in rows.iter().zip(best) {
        let ratio = rate / best[row.yardstick];
        writeln!(out, "| {} | {rate:.0} | {ratio:.2} |", row.name)?;
    }
    Ok(())
}

//! A full verification of a sealed OFD of some 30 kB beside the sum of its bare parts, measured in
//! the same run: `cargo bench --bench ofd_verify`.
//!
//! The parts are what no verifier can do without: inflating the covered files, their SM3, and four
//! SM2 verifications (the signature, the seal, and the certificates of signer and maker under
//! their roots). Keys that come with the document are read anew each time, as they must be; the
//! roots' keys are kept, and have learnt what keys in long use have learnt.
//!
//! The runs take turns, and of each the quickest counts: on a busy machine that is the one least
//! disturbed. Compare the ratio, not the numbers.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench that cannot run may stop"
)]

#[path = "support/world.rs"]
mod world;

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Decompress, FlushDecompress};
use yinxin::Outcome;
use yinxin::crypto::{DigestAlgorithm, PublicKey, Sm2Id};
use yinxin::ofd::{Document, Limits, Package, SignatureFile, SignatureList};
use yinxin::pki::Certificate;
use yinxin::ses::SesSignature;

use world::{World, time};

/// How often each run is made.
const ROUNDS: usize = 1500;

/// A run: what it is, and what is done once.
type Run<'a> = (&'static str, Box<dyn Fn() + 'a>);

fn main() {
    let world = World::new();
    let plain = measure(&world, "a page of text", &world.plain());
    let ornate = measure(
        &world,
        "the example license and its ornament",
        &world.ornate(),
    );
    println!("verify: {plain:.2} and {ornate:.2} times the bare sum; the aim is 1.5");
}

/// Prints the parts and the whole; gives how many times the bare sum a verification takes.
fn measure(world: &World, name: &str, document: &[u8]) -> f64 {
    let sealed = Sealed::read(document);
    let verifier = world.verifier();
    let at = time("2026-11-22T08:00:00Z");
    let report = verifier.verify(document, at);
    assert_eq!(report.outcome, Outcome::Passed, "{}", report.to_json());

    let runs: [Run<'_>; 6] = [
        ("inflate the covered files", Box::new(|| sealed.inflate())),
        ("SM3 of the covered files", Box::new(|| sealed.digest())),
        (
            "SM2: signature and seal",
            Box::new(|| sealed.verify_values()),
        ),
        (
            "SM2: both certificates",
            Box::new(|| sealed.verify_certificates(world)),
        ),
        (
            "verify",
            Box::new(|| {
                black_box(verifier.verify(document, at));
            }),
        ),
        (
            "verify, and the report as JSON",
            Box::new(|| {
                black_box(verifier.verify(document, at).to_json());
            }),
        ),
    ];
    let best = best_of(&runs);
    let bare: Duration = best.iter().take(4).sum();
    println!(
        "\n{name}: {} bytes, {} covered files of {} bytes inflated\n",
        document.len(),
        sealed.files.len(),
        sealed.files.iter().map(Vec::len).sum::<usize>()
    );
    println!("| part | µs | of the bare sum |");
    println!("|---|---|---|");
    for ((name, _), best) in runs.iter().zip(&best) {
        println!(
            "| {name} | {:.1} | {:.2} |",
            micros(*best),
            ratio(*best, bare)
        );
    }
    println!("| bare sum | {:.1} | 1.00 |\n", micros(bare));
    ratio(best.get(4).copied().unwrap_or_default(), bare)
}

/// The best time of each run.
fn best_of(runs: &[Run<'_>]) -> Vec<Duration> {
    let mut best = vec![Duration::MAX; runs.len()];
    for _ in 0..ROUNDS {
        for ((_, run), best) in runs.iter().zip(&mut best) {
            let start = Instant::now();
            run();
            *best = (*best).min(start.elapsed());
        }
    }
    best
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

fn ratio(duration: Duration, bare: Duration) -> f64 {
    duration.as_secs_f64() / bare.as_secs_f64()
}

/// What the parts work on, taken out of the package beforehand.
struct Sealed {
    packed: Vec<Vec<u8>>,
    description: SignatureFile,
    files: Vec<Vec<u8>>,
    signature: SesSignature,
    maker: Certificate,
    signer: Certificate,
}

impl Sealed {
    fn read(document: &[u8]) -> Self {
        let package = Package::open(document, &Limits::default()).unwrap();
        let list = Document::read(&package)
            .unwrap()
            .bodies
            .remove(0)
            .signatures;
        let list = SignatureList::read(&package, &list.unwrap()).unwrap();
        let description = list.entries.into_iter().next().unwrap().file.unwrap();
        let read = |path| package.read(path).unwrap().into_owned();
        let covered = description
            .references
            .iter()
            .map(|reference| &reference.path);
        let files: Vec<Vec<u8>> = covered.map(read).collect();
        let signature = SesSignature::from_der(&read(&description.signed_value)).unwrap();
        Self {
            maker: Certificate::from_der(signature.seal().maker_certificate()).unwrap(),
            signer: Certificate::from_der(signature.signer_certificate()).unwrap(),
            packed: files.iter().map(|file| deflated(file)).collect(),
            description,
            files,
            signature,
        }
    }

    fn inflate(&self) {
        for (packed, file) in self.packed.iter().zip(&self.files) {
            let mut inflated = Vec::with_capacity(file.len() + 1);
            let mut stream = Decompress::new(false);
            stream
                .decompress_vec(packed, &mut inflated, FlushDecompress::Finish)
                .unwrap();
            assert_eq!(inflated.len(), file.len());
            black_box(inflated);
        }
    }

    fn digest(&self) {
        for file in &self.files {
            black_box(DigestAlgorithm::Sm3.digest(file));
        }
        black_box(DigestAlgorithm::Sm3.digest(&self.description.bytes));
    }

    fn verify_values(&self) {
        let id = Sm2Id::default();
        let fresh = |certificate: &Certificate| {
            PublicKey::from_spki(certificate.public_key().unwrap().spki()).unwrap()
        };
        self.signature
            .verify_value(&fresh(&self.signer), &id)
            .unwrap();
        let seal = self.signature.seal();
        seal.verify_maker_signature(&fresh(&self.maker), &id)
            .unwrap();
    }

    fn verify_certificates(&self, world: &World) {
        let id = Sm2Id::default();
        for (certificate, root) in [
            (&self.signer, &world.signer_root),
            (&self.maker, &world.maker_root),
        ] {
            let key = root.certificate.public_key().unwrap();
            certificate.verify_signed_by(key, &id).unwrap();
        }
    }
}

fn deflated(content: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

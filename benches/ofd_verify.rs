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

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Decompress, FlushDecompress};
use tiny_skia::Pixmap;
use yinxin::asn1::named;
use yinxin::crypto::{DigestAlgorithm, PublicKey, Signer, Sm2Id, SoftwareKey};
use yinxin::ofd::{self, Document, Limits, Package, SignatureFile, SignatureList};
use yinxin::pki::{Certificate, CertificateBuilder, KeyUsage, Name};
use yinxin::ses::{CertificateList, Layout, Picture, SealDraft, SesSeal, SesSignature};
use yinxin::sign::{Place, Request, prepare};
use yinxin::trust::AnchorRole;
use yinxin::{Metadata, Outcome, Policy, Template, Time, Verifier, issue};

/// How often each run is made.
const ROUNDS: usize = 1500;
const SIGNED_AT: &str = "2026-11-20T02:00:00Z";

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

struct Party {
    certificate: Certificate,
    key: SoftwareKey,
}

/// Two roots, a maker and a signer.
struct World {
    signer_root: Party,
    maker_root: Party,
    signer: Party,
    maker: Party,
}

impl World {
    fn new() -> Self {
        let (signer_root, maker_root) = (root("示范根甲", 1), root("示范根乙", 2));
        Self {
            signer: issued("某某市市场监督管理局", 3, &signer_root),
            maker: issued("示范制章单位", 4, &maker_root),
            signer_root,
            maker_root,
        }
    }

    fn verifier(&self) -> Verifier {
        Verifier::new(Policy::basic())
            .with_anchor(AnchorRole::Signer, self.signer_root.certificate.clone())
            .with_anchor(AnchorRole::Maker, self.maker_root.certificate.clone())
    }

    /// The texts of the example license, one a line, its data beside them, and a seal whose picture
    /// makes it some 30 kB, as invoices and short licenses are.
    fn plain(&self) -> Vec<u8> {
        let metadata = metadata();
        let mut builder = ofd::OfdBuilder::new([7; 16], time(SIGNED_AT));
        let font = builder.add_font(ofd::FontFace {
            name: "宋体".to_owned(),
            family: Some("SimSun".to_owned()),
            file: None,
        });
        let line = |(number, (tag, text)): (u32, &(String, String))| {
            ofd::PageObject::Text(ofd::Text {
                x: 20.0,
                baseline: 20.0 + 6.0 * f64::from(number),
                size: 4.0,
                font,
                color: ofd::Color(0, 0, 0),
                text: text.clone(),
                advances: vec![4.0; text.chars().count() - 1],
                tag: Some(tag.clone()),
            })
        };
        let document = builder
            .vocabulary("https://yinxin.example/license/1", "License")
            .page(ofd::PageContent {
                width: 210.0,
                height: 297.0,
                objects: (0..).zip(&metadata.custom_data()).map(line).collect(),
            })
            .attach(
                "license.json",
                "json",
                metadata.to_json().unwrap().into_bytes(),
            )
            .build()
            .unwrap();
        self.sealed(&document, 72)
    }

    /// The example license on its design, whose border is most of it.
    fn ornate(&self) -> Vec<u8> {
        let template = Template::standard_landscape().unwrap();
        let draft = issue::Draft::new(metadata(), template, time(SIGNED_AT));
        let document = draft.document(issue::Format::Ofd).unwrap();
        self.sealed(&document.bytes, 44)
    }

    fn sealed(&self, document: &[u8], pixels: u32) -> Vec<u8> {
        let signer = self.signer.certificate.clone();
        let request = Request::affix(self.seal(pixels), signer, time(SIGNED_AT)).at(Place {
            page: 0,
            center_x_mm: 150.0,
            center_y_mm: 150.0,
        });
        let pending = prepare(document, request).unwrap();
        pending.sign(&self.signer.key).unwrap()
    }

    fn seal(&self, pixels: u32) -> SesSeal {
        let draft = SealDraft {
            layout: Layout::Gbt38540_2020,
            vendor_id: "YINXIN".to_owned(),
            id: "34990000000001".to_owned(),
            seal_type: 1,
            name: "某某市市场监督管理局".to_owned(),
            certificates: CertificateList::Certificates(vec![
                self.signer.certificate.der().to_vec(),
            ]),
            create_date: time("2026-01-05T00:00:00Z"),
            valid_start: time("2026-01-05T00:00:00Z"),
            valid_end: time("2031-01-05T00:00:00Z"),
            picture: Picture {
                kind: "PNG".to_owned(),
                data: picture(pixels),
                width_mm: 42,
                height_mm: 42,
            },
            extensions: Vec::new(),
        };
        let algorithm = self.maker.key.algorithm();
        let unsigned = draft
            .prepare(self.maker.certificate.der(), algorithm)
            .unwrap();
        let value = self.maker.key.sign(unsigned.to_be_signed()).unwrap();
        unsigned.complete(&value, None).unwrap()
    }
}

/// Red ink with the grain of a scanned impression, so that it is as large as real pictures.
fn picture(pixels: u32) -> Vec<u8> {
    let mut picture = Pixmap::new(pixels, pixels).unwrap();
    let mut grain = 0x2545_f491_u32;
    for pixel in picture.data_mut().chunks_exact_mut(4) {
        grain ^= grain << 13;
        grain ^= grain >> 17;
        grain ^= grain << 5;
        let [alpha, ..] = grain.to_le_bytes();
        pixel.copy_from_slice(&[alpha, 0, 0, alpha]);
    }
    picture.encode_png().unwrap()
}

fn metadata() -> Metadata {
    let json = include_str!("../examples/data/business-license.json");
    Metadata::from_json(json).unwrap()
}

fn root(name: &str, seed: u8) -> Party {
    let key = SoftwareKey::from_sm2_scalar(&[seed; 32]).unwrap();
    let certificate = builder(name, &key, seed)
        .authority(None)
        .self_sign(&key)
        .unwrap();
    Party { certificate, key }
}

fn issued(name: &str, seed: u8, root: &Party) -> Party {
    let key = SoftwareKey::from_sm2_scalar(&[seed; 32]).unwrap();
    let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
    let builder = builder(name, &key, seed).end_entity().key_usage(usage);
    let certificate = builder.sign(&root.certificate, &root.key).unwrap();
    Party { certificate, key }
}

fn builder(name: &str, key: &SoftwareKey, serial: u8) -> CertificateBuilder {
    let subject = Name::build(&[(named::COUNTRY, "CN"), (named::COMMON_NAME, name)]).unwrap();
    let (from, until) = (time("2025-01-01"), time("2036-01-01"));
    CertificateBuilder::new(subject, key.public_key().clone(), &[serial], from, until)
}

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

//! Signatures and verifications of a PDF a second, the latter with the analysis of later changes,
//! beside pyHanko's in the same run; and how the cost grows with size and revisions: `cargo bench --bench pdf_verify`.
//!
//! pyHanko is that of `.tools` (`scripts/setup-tests`); without it only our own figures are shown.
//! Compare the ratios, not the numbers.

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a bench that cannot run may stop"
)]

use std::io::{self, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use yinxin::Time;
use yinxin::asn1::named;
use yinxin::crypto::{KeyKind, Signer, SoftwareKey, to_pem};
use yinxin::pki::{Certificate, CertificateBuilder, KeyUsage, Name};
use yinxin::sign::{Request, prepare};
use yinxin::trust::AnchorRole;
use yinxin::verify::{Outcome, Policy, Verifier};

fn main() {
    let mut out = io::stdout().lock();
    let people = People::new();
    let verifier = people.verifier();
    let small = people.signed(&page(400), 1);
    let twice = people.signed(&page(400), 2);
    for (name, document) in [("one signature", &small), ("two signatures", &twice)] {
        let ours = per_second(&verifier, document);
        let theirs = people.pyhanko("bench_verify_pdf.py", document);
        writeln!(
            out,
            "{name:<16} {:>7} B {ours:>8.0}/s   pyHanko {}",
            document.len(),
            beside(ours, theirs)
        )
        .unwrap();
    }
    let ours = signed_per_second(&people);
    let theirs = people.pyhanko("bench_sign_pdf.py", &page(400));
    writeln!(
        out,
        "signing                  {ours:>8.0}/s   pyHanko {}",
        beside(ours, theirs)
    )
    .unwrap();
    for size in [1, 4, 16, 64, 200] {
        let document = people.signed(&page(size << 20), 1);
        let taken = once(&verifier, &document);
        writeln!(out, "{size:>4} MB           {:>8.1} ms", millis(taken)).unwrap();
    }
    for revisions in [10, 100, 500, 999] {
        let document = with_revisions(people.signed(&page(400), 1), revisions - 1);
        let taken = once(&verifier, &document);
        writeln!(out, "{revisions:>4} revisions    {:>8.1} ms", millis(taken)).unwrap();
    }
}

struct People {
    root: Certificate,
    certificate: Certificate,
    key: SoftwareKey,
}

impl People {
    fn new() -> Self {
        let [root_key, key] = [(); 2].map(|()| SoftwareKey::generate(KeyKind::P256).unwrap());
        let builder = |name: &str, key: &SoftwareKey, serial| {
            let name = Name::build(&[(named::COMMON_NAME, name)]).unwrap();
            let [from, until] = ["2025-01-01", "2035-01-01"].map(time);
            CertificateBuilder::new(name, key.public_key().clone(), &[serial], from, until)
        };
        let root = builder("Root", &root_key, 1)
            .authority(None)
            .self_sign(&root_key)
            .unwrap();
        let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
        let certificate = builder("Signer", &key, 2)
            .end_entity()
            .key_usage(usage)
            .sign(&root, &root_key)
            .unwrap();
        Self {
            root,
            certificate,
            key,
        }
    }

    fn verifier(&self) -> Verifier {
        Verifier::new(Policy::basic()).with_anchor(AnchorRole::Signer, self.root.clone())
    }

    fn signed(&self, document: &[u8], times: usize) -> Vec<u8> {
        (0..times).fold(document.to_vec(), |document, _| {
            let request = Request::sign(self.certificate.clone(), time("2026-11-20T02:00:00Z"));
            prepare(&document, request)
                .unwrap()
                .sign(&self.key)
                .unwrap()
        })
    }
}

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

fn judged_at() -> Time {
    time("2026-11-22T08:00:00Z")
}

/// A page whose picture makes the file about so large.
fn page(size: usize) -> Vec<u8> {
    let bodies = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
            .to_owned(),
        "<</Length 5>>\nstream\n/I Do\nendstream".to_owned(),
        format!(
            "<</Type/XObject/Subtype/Image/Width {size}/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray\
             /Length {size}>>\nstream\n{}\nendstream",
            "x".repeat(size)
        ),
    ];
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = String::from("xref\n0 6\n0000000000 65535 f \n");
    for (number, body) in (1..).zip(&bodies) {
        table += &format!("{:010} 00000 n \n", bytes.len());
        bytes.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
    }
    let section = bytes.len();
    bytes.extend(table.bytes());
    bytes.extend(format!("trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{section}\n%%EOF\n").bytes());
    bytes
}

/// So many further revisions, each of which adds an object that nothing shows.
fn with_revisions(mut document: Vec<u8>, count: usize) -> Vec<u8> {
    let text = String::from_utf8_lossy(&document).into_owned();
    let last = |key: &str| {
        let at = text.rfind(key).unwrap() + key.len();
        let number = text[at..].split_whitespace().next().unwrap();
        number
            .trim_end_matches(|c: char| !c.is_ascii_digit())
            .to_owned()
    };
    let mut previous: usize = last("startxref").parse().unwrap();
    for step in 0..count {
        let (number, offset) = (100 + step, document.len());
        document.extend(format!("{number} 0 obj\n{step}\nendobj\n").bytes());
        let section = document.len();
        document.extend(
            format!(
                "xref\n{number} 1\n{offset:010} 00000 n \ntrailer\n<</Size 2000/Root 1 0 R/Prev {previous}>>\n\
                 startxref\n{section}\n%%EOF\n"
            )
            .bytes(),
        );
        previous = section;
    }
    document
}

fn once(verifier: &Verifier, document: &[u8]) -> Duration {
    let start = Instant::now();
    let report = verifier.verify(document, judged_at());
    let taken = start.elapsed();
    assert_eq!(report.outcome, Outcome::Passed, "{}", report.to_json());
    taken
}

/// By the best of several slices, which is the one least disturbed.
fn per_second(verifier: &Verifier, document: &[u8]) -> f64 {
    const SLICE: u32 = 50;
    let slice = || -> Duration { (0..SLICE).map(|_| once(verifier, document)).sum() };
    let best = (0..20).map(|_| slice()).min().unwrap();
    f64::from(SLICE) / best.as_secs_f64()
}

/// Signatures a second, each of a document that is read anew.
fn signed_per_second(people: &People) -> f64 {
    const SLICE: u32 = 50;
    let document = page(400);
    let slice = || {
        let start = Instant::now();
        for _ in 0..SLICE {
            assert!(people.signed(&document, 1).len() > document.len());
        }
        start.elapsed()
    };
    let best = (0..20).map(|_| slice()).min().unwrap();
    f64::from(SLICE) / best.as_secs_f64()
}

fn beside(ours: f64, theirs: Option<f64>) -> String {
    theirs.map_or("not measured".to_owned(), |theirs| {
        format!("{theirs:.0}/s, ratio {:.1}", ours / theirs)
    })
}

impl People {
    /// The same loop in pyHanko.
    fn pyhanko(&self, script: &str, document: &[u8]) -> Option<f64> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let python = root.join(".tools/venv/bin/python");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let names = ["bench.pdf", "bench-root.pem", "bench.pem", "bench-key.pem"];
        let files = names.map(|name| folder.join(name));
        let [file, root_file, certificate, key] = &files;
        std::fs::write(file, document).unwrap();
        std::fs::write(root_file, self.root.to_pem()).unwrap();
        std::fs::write(certificate, self.certificate.to_pem()).unwrap();
        std::fs::write(key, to_pem("PRIVATE KEY", &self.key.to_pkcs8())).unwrap();
        let output = Command::new(python)
            .arg(root.join("tests/oracles/python").join(script))
            .args(&files)
            .output()
            .ok()?;
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).trim().parse().ok()
    }
}

fn millis(taken: Duration) -> f64 {
    taken.as_secs_f64() * 1000.0
}

//! What judging a path costs beside the signature checks that it cannot do without:
//! `cargo bench --bench path`. Compare the last line with its bound of 10 µs.

#![allow(clippy::unwrap_used, reason = "a bench that cannot run may stop")]

use std::io::{self, Write};
use std::time::{Duration, Instant};

use yinxin::Time;
use yinxin::asn1::named;
use yinxin::crypto::{Signer, Sm2Id, SoftwareKey};
use yinxin::pki::{Certificate, CertificateBuilder, KeyUsage, Name};
use yinxin::trust::{AnchorRole, Anchors, PathRequest, Verdict};

/// The best of so many rounds counts: on a busy machine the one least disturbed.
const ROUNDS: usize = 200;
const CALLS: u32 = 20;

fn main() -> io::Result<()> {
    let chain = chain();
    let (leaf, above) = chain.split_first().unwrap();
    let (root, intermediates) = above.split_last().unwrap();
    let mut anchors = Anchors::new();
    anchors.add_all([root.clone()], AnchorRole::Signer);
    let request = PathRequest {
        intermediates,
        ..PathRequest::new(leaf, &anchors, Time::parse("2026-11-22").unwrap())
    };
    assert_eq!(request.judge().outcome(), Verdict::Passed);
    let signatures = || {
        for pair in chain.windows(2) {
            let [child, issuer] = pair else { continue };
            let key = issuer.public_key().unwrap();
            child.verify_signed_by(key, &Sm2Id::default()).unwrap();
        }
    };
    let path = || {
        let report = request.judge();
        assert_eq!(report.chain().len(), 4);
    };
    let (mut of_signatures, mut of_path) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        of_signatures = of_signatures.min(time(signatures));
        of_path = of_path.min(time(path));
    }
    let mut out = io::stdout().lock();
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    writeln!(out, "| two intermediates, warm SM2 keys | µs |")?;
    writeln!(out, "|---|---|")?;
    writeln!(
        out,
        "| three signature checks | {:.1} |",
        micros(of_signatures)
    )?;
    writeln!(out, "| the whole path | {:.1} |", micros(of_path))?;
    let more = micros(of_path) - micros(of_signatures);
    writeln!(out, "| what the path adds | {more:.1} |")
}

fn time(run: impl Fn()) -> Duration {
    let start = Instant::now();
    (0..CALLS).for_each(|_| run());
    start.elapsed() / CALLS
}

/// Leaf, two intermediates, root.
fn chain() -> Vec<Certificate> {
    let key = |seed| SoftwareKey::from_sm2_scalar(&[seed; 32]).unwrap();
    let builder = |name: &str, seed| {
        let subject = Name::build(&[(named::COUNTRY, "CN"), (named::COMMON_NAME, name)]);
        let [from, until] = ["2025-01-01", "2035-01-01"].map(|text| Time::parse(text).unwrap());
        let key = key(seed).public_key().clone();
        CertificateBuilder::new(subject.unwrap(), key, &[seed], from, until)
    };
    let root = builder("Root", 1)
        .authority(None)
        .self_sign(&key(1))
        .unwrap();
    let upper = builder("Upper", 2)
        .authority(None)
        .sign(&root, &key(1))
        .unwrap();
    let lower = builder("Lower", 3)
        .authority(None)
        .sign(&upper, &key(2))
        .unwrap();
    let leaf = builder("Signer", 4)
        .end_entity()
        .key_usage(KeyUsage::DIGITAL_SIGNATURE)
        .sign(&lower, &key(3))
        .unwrap();
    vec![leaf, lower, upper, root]
}

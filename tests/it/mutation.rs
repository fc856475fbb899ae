//! One byte changed in a sealed package, wherever it stands: what is covered fails, the
//! signature's own file fails or is a named defect, and what nobody covers is named.
//!
//! The test command takes samples. All bytes, each changed in four ways:
//!
//! ```sh
//! YINXIN_EXHAUSTIVE=1 CARGO_PROFILE_DEV_OPT_LEVEL=2 cargo test --test it mutation -- --nocapture
//! ```

use std::collections::BTreeMap;

use yinxin::ses::Layout;
use yinxin::verify::{Outcome, Report, Verifier};
use yinxin::{Finding, FindingClass};

use crate::pki::{self, Archive, Sealed, affix, now, seal_of, small_builder, world};

const LAYOUTS: [Layout; 3] = [
    Layout::Gmt0031_2014,
    Layout::Gbt38540_2020,
    Layout::Gmt0031_2025,
];

/// Files of the package that its signature does not protect by a digest.
const UNCOVERED: [&str; 3] = [
    "Doc_0/Attachs/Attach_0.txt",
    "Doc_0/Res/loose.bin",
    "Doc_0/Signs/Signatures.xml",
];

const SIGNATURE: &str = "Doc_0/Signs/Sign_0/SignedValue.dat";

/// How a byte is changed: its lowest bit, the one between small and capital letters, its highest,
/// and all of them.
const TURNS: [u8; 4] = [1, 32, 128, 255];

/// A sealed document with an attachment that was left out of the seal, and a file that nothing
/// leads to.
fn package(layout: Layout) -> Archive {
    let document = small_builder()
        .attach("note.txt", "txt", b"a note".to_vec())
        .build()
        .unwrap();
    let document = affix(&document, seal_of(layout), &world().signer);
    let mut sealed = Sealed {
        layout,
        archive: Archive::read(&document),
    };
    let description = sealed.archive.find("/Signature.xml");
    let xml = sealed.archive.text(&description);
    let start = xml
        .find("<ofd:Reference FileRef=\"/Doc_0/Attachs/Attach_0.txt\">")
        .unwrap();
    let close = "</ofd:Reference>";
    let end = start + xml[start..].find(close).unwrap() + close.len();
    sealed
        .archive
        .put(&description, [&xml[..start], &xml[end..]].concat());
    let mut archive = Archive::read(&sealed.signed());
    archive.put("Doc_0/Res/loose.bin", *b"nothing leads here");
    archive
}

struct Judges {
    interop: Verifier,
    strict: Verifier,
}

impl Judges {
    fn new() -> Self {
        let world = world();
        let judge = |policy| {
            Verifier::new(policy)
                .with_anchor(
                    yinxin::trust::AnchorRole::Signer,
                    world.signer_authority.certificate.clone(),
                )
                .with_anchor(
                    yinxin::trust::AnchorRole::Maker,
                    world.maker_authority.certificate.clone(),
                )
        };
        Self {
            interop: judge(pki::basic()),
            strict: judge(pki::basic().strict()),
        }
    }

    fn judge(&self, bytes: &[u8]) -> (Report, Report) {
        (
            self.interop.verify(bytes, now()),
            self.strict.verify(bytes, now()),
        )
    }
}

fn names_a_defect(report: &Report) -> bool {
    let defect = |finding: &Finding| finding.code.class() == FindingClass::Defect;
    report.findings.iter().any(defect)
}

fn exhaustive() -> bool {
    std::env::var_os("YINXIN_EXHAUSTIVE").is_some()
}

/// Every place with every turn, or some thirty spread over `length` with one each.
fn places(length: usize) -> impl Iterator<Item = (usize, u8)> {
    let all = exhaustive();
    let step = if all { 1 } else { length.div_ceil(33).max(1) };
    (0..length).step_by(step).flat_map(move |place| {
        let turns = if all {
            &TURNS[..]
        } else {
            std::slice::from_ref(&TURNS[place % TURNS.len()])
        };
        turns.iter().map(move |turn| (place, *turn))
    })
}

#[test]
fn what_is_changed_starts_out_sound() {
    for layout in LAYOUTS {
        let (interop, strict) = Judges::new().judge(&package(layout).write());
        for report in [interop, strict] {
            assert_eq!(report.outcome, Outcome::Passed, "{}", report.to_json());
        }
    }
}

/// A signer's certificate that is not read, for a version that nobody knows, is still seen to be
/// none of the seal's.
#[test]
fn a_certificate_of_an_unknown_version_is_not_listed() {
    const VERSION: [u8; 5] = [0xa0, 3, 2, 1, 2];
    let judges = Judges::new();
    for layout in LAYOUTS {
        let mut package = package(layout);
        let mut value = package.get(SIGNATURE).to_vec();
        let signer = world().signer.certificate.der();
        let found = value.windows(signer.len()).rposition(|part| part == signer);
        let version = signer.windows(5).position(|part| part == VERSION);
        value[found.unwrap() + version.unwrap() + 4] ^= 1;
        package.put(SIGNATURE, value);
        let (interop, strict) = judges.judge(&package.write());
        for report in [interop, strict] {
            assert_eq!(report.outcome, Outcome::Failed, "{}", report.to_json());
        }
    }
}

#[test]
fn a_changed_byte_fails_or_is_named() {
    let judges = Judges::new();
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for layout in LAYOUTS {
        let package = package(layout);
        for (name, content) in &package.0 {
            for (place, turn) in places(content.len()) {
                let mut changed = content.clone();
                changed[place] ^= turn;
                let mut forged = package.clone();
                forged.put(name, changed);
                let (interop, strict) = judges.judge(&forged.write());
                let told = || {
                    format!(
                        "{layout:?} {name} at {place} by {turn}: {}",
                        interop.to_json()
                    )
                };
                let class = if UNCOVERED.contains(&&**name) {
                    for report in [&interop, &strict] {
                        assert!(report.to_json().contains(&**name), "{}", told());
                    }
                    "uncovered"
                } else if name == SIGNATURE {
                    assert_eq!(strict.outcome, Outcome::Failed, "{}", told());
                    let named = interop.outcome == Outcome::Failed || names_a_defect(&interop);
                    assert!(named, "{}", told());
                    if interop.outcome == Outcome::Failed {
                        "signature, failed"
                    } else {
                        "signature, a named defect"
                    }
                } else {
                    assert_eq!(strict.outcome, Outcome::Failed, "{}", told());
                    assert_eq!(interop.outcome, Outcome::Failed, "{}", told());
                    "covered"
                };
                *counts.entry(class).or_default() += 1;
            }
        }
    }
    eprintln!("changed bytes by what they are: {counts:?}");
    // A named defect is rare: a count of unused bits. The vectors show it; samples may miss it.
    let least = if exhaustive() { 4 } else { 3 };
    assert!(counts.len() >= least, "{counts:?}");
}

/// The same of the package's own bytes: whatever is changed, the report is not passed, or names a
/// defect, or nothing has changed that is covered or that it does not name.
#[test]
fn a_changed_byte_of_the_container_changes_nothing_unseen() {
    let judges = Judges::new();
    let package = package(Layout::Gbt38540_2020);
    let bytes = package.write();
    let (mut seen, mut unseen) = (0, 0);
    for (place, turn) in places(bytes.len()) {
        let mut changed = bytes.clone();
        changed[place] ^= turn;
        let (interop, strict) = judges.judge(&changed);
        for report in [&interop, &strict] {
            if report.outcome != Outcome::Passed || names_a_defect(report) {
                seen += 1;
                continue;
            }
            // A date, a version of the writer, a mark of the file system; or a file that nobody
            // covers, which the report names.
            let json = report.to_json();
            let entries = Archive::read(&changed).0;
            assert_eq!(entries.len(), package.0.len(), "{place} by {turn}");
            for (entry, honest) in entries.iter().zip(&package.0) {
                let named = json.contains(&*honest.0) && entry.0 == honest.0;
                assert!(entry == honest || named, "{place} by {turn}: {json}");
            }
            unseen += 1;
        }
    }
    eprintln!("changed bytes of the container: {seen} seen, {unseen} without effect");
    assert!(seen > unseen);
}

//! Broken and hostile input: whatever the bytes are, the answer is a report, soon, and not passed.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use yinxin::pdf::Document;
use yinxin::ses::Layout;
use yinxin::verify::{CheckCode, Format, Outcome, Reason, Report, Verifier};
use yinxin::{Finding, FindingClass};

use crate::pki::{self, Archive, RawEntry, deflated, now, write_raw};

/// Far beyond what any refusal takes, also in an unoptimized build on a busy machine.
const SOON: Duration = Duration::from_secs(20);

fn verifier() -> &'static Verifier {
    static VERIFIER: OnceLock<Verifier> = OnceLock::new();
    VERIFIER.get_or_init(pki::verifier)
}

/// One of each kind of input that is verified, by name.
fn inputs() -> &'static [(&'static str, Vec<u8>)] {
    static INPUTS: OnceLock<Vec<(&str, Vec<u8>)>> = OnceLock::new();
    INPUTS.get_or_init(|| {
        let sealed = pki::sealed_ofd();
        let archive = Archive::read(&sealed);
        let value = archive.get(&archive.find("SignedValue.dat")).to_vec();
        let seals = [
            ("seal 2014", Layout::Gmt0031_2014),
            ("seal 2020", Layout::Gbt38540_2020),
            ("seal 2025", Layout::Gmt0031_2025),
        ];
        let mut inputs = vec![
            ("ofd", sealed),
            ("pdf", pki::sealed_pdf()),
            ("value", value),
        ];
        for (name, layout) in seals {
            inputs.push((name, pki::seal_of(layout).raw().to_vec()));
        }
        inputs
    })
}

fn judge(bytes: &[u8]) -> Report {
    let begin = Instant::now();
    let report = verifier().verify(bytes, now());
    assert!(begin.elapsed() < SOON);
    assert_eq!(report.document.size, bytes.len() as u64);
    report
}

fn refused(bytes: &[u8]) -> Report {
    let report = judge(bytes);
    assert_ne!(report.outcome, Outcome::Passed, "{}", report.to_json());
    assert!(report.headline.is_some());
    report
}

fn refused_by(bytes: &[u8], code: CheckCode, reason: Reason) {
    let report = refused(bytes);
    let failed: Vec<_> = report
        .all_checks()
        .filter(|check| check.outcome == Outcome::Failed)
        .map(|check| (check.code, check.reason))
        .collect();
    assert_eq!(failed, [(code, Some(reason))]);
}

#[test]
fn nothing_is_no_document() {
    refused_by(b"", CheckCode::ContainerFormat, Reason::Malformed);
}

#[test]
fn other_types_are_no_documents() {
    let png = pki::stamp_png();
    let others: [&[u8]; 8] = [
        &png,
        b"hello",
        "营业执照".as_bytes(),
        b"<?xml version=\"1.0\"?><OFD/>",
        b"{\"schema\":\"yinxin.report/1\"}",
        &[0; 4096],
        &[0x30; 4096],
        b"%!PS-Adobe",
    ];
    for other in others {
        refused_by(other, CheckCode::ContainerFormat, Reason::Malformed);
    }
}

#[test]
fn magic_numbers_alone_are_no_documents() {
    for head in [
        "%PDF-",
        "%PDF-1.7\n%%EOF\n",
        "PK\x03\x04",
        "PK\x05\x06",
        "PK",
    ] {
        let report = refused(head.as_bytes());
        assert_eq!(report.headline, Some(CheckCode::ContainerFormat), "{head}");
    }
}

#[test]
fn every_truncation_is_refused() {
    for (name, whole) in inputs() {
        for end in (0..whole.len()).step_by(97) {
            let report = judge(&whole[..end]);
            // What a PDF was before it was sealed is a sound PDF; it is no license any more.
            assert_eq!(report.outcome, Outcome::Failed, "{name} cut at {end}");
        }
    }
}

#[test]
fn lengths_beyond_the_input_are_refused() {
    let huge: [&[u8]; 6] = [
        b"\x30\x84\xff\xff\xff\xff",
        b"\x30\x88\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x30\x89\x01\0\0\0\0\0\0\0\0",
        b"\x30\xff",
        b"\x30\x80\x30\x80\x30\x80",
        b"\x30\x82\xff\xff\x30\x82\xff\xfb",
    ];
    for bytes in huge {
        refused(bytes);
        refused(&[bytes, &[0x30; 300]].concat());
        // The same as a signature's value in a package.
        let mut archive = Archive::read(&inputs()[0].1);
        let value = archive.find("SignedValue.dat");
        archive.put(&value, bytes);
        assert_eq!(refused(&archive.write()).outcome, Outcome::Failed);
    }
}

#[test]
fn nesting_without_end_is_refused() {
    let nested = |count: usize| {
        let mut der = Vec::new();
        for depth in (0..count).rev() {
            der.extend([0x30, 0x84]);
            der.extend(u32::try_from(depth * 6).unwrap().to_be_bytes());
        }
        der
    };
    for count in [100, 10_000, 100_000] {
        refused(&nested(count));
    }
    let brackets = "[".repeat(200_000);
    let pdf = format!(
        "%PDF-1.7\n1 0 obj\n{brackets}\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size 2/Root 1 0 R>>\nstartxref\n200032\n%%EOF\n"
    );
    refused(pdf.as_bytes());
    let mut archive = Archive::read(&inputs()[0].1);
    let deep = format!(
        "{}{}",
        "<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\">".repeat(50_000),
        "</ofd:OFD>".repeat(50_000)
    );
    archive.put("OFD.xml", deep);
    refused(&archive.write());
}

#[test]
fn a_zip_bomb_is_refused_without_being_unpacked() {
    let zeros = vec![0; 32 << 20];
    let honest = stored(&Archive::read(&inputs()[0].1));
    for target in ["OFD.xml", "Doc_0/Pages/Page_0/Content.xml"] {
        let mut entries = honest.clone();
        let page = entries.iter_mut().find(|entry| entry.name == target);
        *page.unwrap() = deflated(target, &zeros);
        let bomb = write_raw(&entries);
        assert!(bomb.len() < 1 << 20);
        let report = refused(&bomb);
        assert_eq!(report.outcome, Outcome::Failed);
        assert!(
            report
                .all_checks()
                .any(|check| check.reason == Some(Reason::LimitExceeded)),
            "{target}: {:?}",
            pki::not_passed(&report)
        );
        // A lie about the size does not help.
        let entry = entries.iter_mut().find(|entry| entry.name == target);
        entry.unwrap().size = 1000;
        assert_eq!(refused(&write_raw(&entries)).outcome, Outcome::Failed);
    }
    // One that nothing refers to is refused by its stated size, and never opened if that lies.
    let mut entries = honest;
    entries.push(deflated("Doc_0/Res/image.png", &zeros));
    refused_by(
        &write_raw(&entries),
        CheckCode::ContainerFormat,
        Reason::LimitExceeded,
    );
    entries.last_mut().unwrap().size = 1000;
    let report = judge(&write_raw(&entries));
    let loose = |finding: &Finding| finding.place.ends_with("image.png");
    assert!(report.findings.iter().any(loose), "{}", report.to_json());
}

#[test]
fn names_that_leave_the_package_are_refused() {
    for name in [
        "../escape.xml",
        "Doc_0/../../escape.xml",
        "/etc/passwd",
        "C:\\escape.xml",
        "..\\escape.xml",
        "Doc_0/\0/x",
        "",
    ] {
        let mut entries = stored(&Archive::read(&inputs()[0].1));
        entries.push(RawEntry::stored(name, b"x"));
        let report = judge(&write_raw(&entries));
        if name == "/etc/passwd" {
            // A leading slash is the package's root: a file of its own that nothing refers to.
            continue;
        }
        assert_ne!(report.outcome, Outcome::Passed, "{name:?}");
    }
}

#[test]
fn references_that_leave_the_package_are_refused() {
    for target in [
        "../../../etc/passwd",
        "file:///etc/passwd",
        "http://a.example/x",
    ] {
        let mut archive = Archive::read(&inputs()[0].1);
        archive.edit("OFD.xml", "Doc_0/Document.xml", target);
        assert_eq!(refused(&archive.write()).outcome, Outcome::Failed);
        let mut archive = Archive::read(&inputs()[0].1);
        archive.edit("OFD.xml", "/Doc_0/Signs/Signatures.xml", target);
        assert_eq!(refused(&archive.write()).outcome, Outcome::Failed);
    }
}

#[test]
fn external_entities_are_refused() {
    let doctype = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let mut archive = Archive::read(&inputs()[0].1);
    let xml = archive.text("OFD.xml");
    let (declaration, rest) = xml.split_once("?>").unwrap();
    archive.put("OFD.xml", format!("{declaration}?>{doctype}{rest}"));
    let report = refused(&archive.write());
    assert_eq!(report.headline, Some(CheckCode::ContainerAmbiguous));
}

#[test]
fn a_format_is_told_by_content() {
    let formats = [
        Format::Ofd,
        Format::Pdf,
        Format::SealSignature,
        Format::Seal,
        Format::Seal,
        Format::Seal,
    ];
    for ((name, bytes), expected) in inputs().iter().zip(formats) {
        assert_eq!(judge(bytes).document.format, expected, "{name}");
    }
}

fn stored(archive: &Archive) -> Vec<RawEntry> {
    archive
        .0
        .iter()
        .map(|(name, content)| RawEntry::stored(name, content))
        .collect()
}

/// The value of a PDF's first signature.
fn contents(pdf: &[u8]) -> Option<Vec<u8>> {
    let document = Document::open(pdf).ok()?;
    let newest = document.at(document.revisions().len() - 1).ok()?;
    let signatures = newest.signatures().ok()?;
    Some(signatures.first()?.contents()?.to_vec())
}

/// Where it stands in the sealed PDF.
fn hole() -> std::ops::Range<usize> {
    let document = Document::open(&inputs()[1].1).unwrap();
    let newest = document.at(document.revisions().len() - 1).unwrap();
    newest.signatures().unwrap()[0].contents_span().unwrap()
}

/// The sealed package with one bit of one file's content turned.
fn with_bit_turned(file: &str, place: usize, bit: u8) -> Vec<u8> {
    let mut archive = Archive::read(&inputs()[0].1);
    let mut content = archive.get(file).to_vec();
    let length = content.len();
    content[place % length] ^= 1 << bit;
    archive.put(file, content);
    archive.write()
}

/// Whether the verdict is *passed* and nothing tells of a defect that reading tolerated, such as a
/// wrong count of unused bits.
fn passes_unnamed(report: &Report) -> bool {
    let defect = |finding: &Finding| finding.code.class() == FindingClass::Defect;
    report.outcome == Outcome::Passed && !report.findings.iter().any(defect)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Any turned bit anywhere gives a report. A bit that nothing covers may be harmless in an
    /// OFD (a date of the archive); in everything else each byte counts, or is a named finding.
    #[test]
    fn turned_bits_give_a_report(which in 0..6_usize, place: usize, bit in 0..8_u8) {
        let (name, honest) = &inputs()[which];
        let mut bytes = honest.clone();
        let length = bytes.len();
        bytes[place % length] ^= 1 << bit;
        let report = judge(&bytes);
        // The digits of a PDF's signature may be written otherwise: in the other case, with blanks.
        let same_value = *name == "pdf" && contents(&bytes) == contents(honest);
        let in_the_hole = hole().contains(&(place % length));
        if *name != "ofd" && !(same_value && in_the_hole) {
            prop_assert!(!passes_unnamed(&report), "{} at {}", name, place % length);
        }
    }

    /// Any turned bit of a covered file, or of Signature.xml itself, fails the document.
    #[test]
    fn turned_bits_of_covered_files_fail(which: usize, place: usize, bit in 0..8_u8) {
        let names = Archive::read(&inputs()[0].1).names();
        let covered: Vec<_> = names
            .iter()
            .filter(|name| !name.ends_with("SignedValue.dat") && !name.ends_with("Signatures.xml"))
            .collect();
        let file = covered[which % covered.len()];
        let report = judge(&with_bit_turned(file, place, bit));
        // An entry point that now names another encoding or version is not judged at all.
        let unsupported = report.headline == Some(CheckCode::ContainerFormat);
        prop_assert!(report.outcome == Outcome::Failed || unsupported, "{}", file);
        prop_assert_ne!(report.outcome, Outcome::Passed);
    }

    /// Any turned bit of the signature's value keeps the document from passing, or is a named finding.
    #[test]
    fn turned_bits_of_the_value_never_pass_unnamed(place: usize, bit in 0..8_u8) {
        let file = "Doc_0/Signs/Sign_0/SignedValue.dat";
        let report = judge(&with_bit_turned(file, place, bit));
        prop_assert!(!passes_unnamed(&report));
    }

    /// Any bytes at all give a report that has not passed.
    #[test]
    fn noise_never_passes(noise in proptest::collection::vec(any::<u8>(), 0..2000), head in 0..4_usize) {
        let head: &[u8] = [&b""[..], b"%PDF-1.7\n", b"PK\x03\x04", b"\x30\x82"][head];
        let report = judge(&[head, &noise].concat());
        prop_assert_ne!(report.outcome, Outcome::Passed);
    }

    /// A stretch copied over another keeps nothing from being judged.
    #[test]
    fn shuffled_stretches_give_a_report(
        which in 0..6_usize, from: usize, to: usize, length in 1..600_usize,
    ) {
        let (_, honest) = &inputs()[which];
        let mut bytes = honest.clone();
        let length = length.min(bytes.len());
        let last = bytes.len() - length + 1;
        let (from, to) = (from % last, to % last);
        bytes.copy_within(from..from + length, to);
        judge(&bytes);
    }
}

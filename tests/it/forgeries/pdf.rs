//! Forged PDFs: byte ranges, revisions, and what lies beside the pages.

use yinxin::pdf::Document;
use yinxin::verify::{CheckCode, Outcome, Reason};

use super::{CHANGED_LATER, NO_COVER, refused, seal};
use crate::pki::{self, Unsigned};

/// Puts bytes of equal length in place of others that stand in a file.
fn overwrite(bytes: &mut [u8], from: &[u8], to: &[u8]) {
    assert_eq!(from.len(), to.len());
    let at = bytes.windows(from.len()).position(|window| window == from);
    let at = at.expect("the bytes to overwrite stand in the file");
    bytes[at..at + to.len()].copy_from_slice(to);
}

/// Invalid solely because a license without any seal is no license: only the revision before the
/// seal is left.
#[test]
fn signatures_stripped_from_a_pdf() {
    let sealed = pki::sealed_pdf();
    let end = Document::open(&sealed).unwrap().revisions()[0].end();
    let expected = [(CheckCode::DocumentSigned, Reason::SignatureStripped)];
    let report = refused(&sealed[..end], &expected);
    assert!(report.license.is_none());
    assert!(report.unsigned_claims.is_some());
}

/// Invalid solely because the XMP is not what was sealed.
#[test]
fn xmp_swapped() {
    let mut forged = pki::sealed_pdf();
    let element = |name: &str| format!("<yinxin:KZ_FDDBR>{name}</yinxin:KZ_FDDBR>");
    overwrite(
        &mut forged,
        element("张三").as_bytes(),
        element("李四").as_bytes(),
    );
    let expected = [
        (CheckCode::SignatureDigest, Reason::DigestDiffers),
        NO_COVER,
    ];
    let report = refused(&forged, &expected);
    assert!(report.license.is_none());
    let changes = &report.signatures[0].coverage.changes;
    assert!(changes[0].starts_with("bytes 0.."), "{changes:?}");
}

/// Invalid solely because two sealed embedded files have one name.
#[test]
fn second_embedded_file_of_the_same_name_in_a_pdf() {
    let unsigned = Unsigned::of(&pki::business_license());
    let mut doubled = unsigned.pdf_with_second_file("licensX.json");
    let text = |name: &str| format!("({name})").into_bytes();
    let mut renamed = 0;
    while doubled
        .windows(14)
        .any(|window| window == text("licensX.json"))
    {
        overwrite(&mut doubled, &text("licensX.json"), &text("license.json"));
        renamed += 1;
    }
    assert_eq!(renamed, 3, "in the name tree, as F and as UF");
    let expected = [(CheckCode::LicenseConsistent, Reason::SourceTwice)];
    refused(&seal(&doubled), &expected);
}

/// Invalid solely because the tree of embedded files cannot be read, although other readers may
/// find a license there.
#[test]
fn embedded_files_that_cannot_be_read() {
    let mut broken = Unsigned::of(&pki::business_license()).pdf();
    overwrite(&mut broken, b"/UF 35 0 R", b"/UF 33 0 R");
    let expected = [(CheckCode::LicenseConsistent, Reason::Malformed)];
    refused(&seal(&broken), &expected);
}

/// Not accepted: bytes were appended to a sealed PDF.
#[test]
fn bytes_appended_to_a_pdf() {
    for tail in [&b"\n%"[..], b"garbage after the end", &[0; 700]] {
        let report = pki::judge(&[&pki::sealed_pdf(), tail].concat());
        assert_ne!(report.outcome, Outcome::Passed);
    }
}

/// Invalid solely because an incremental update after the seal replaces the metadata.
#[test]
fn xmp_replaced_by_a_later_revision() {
    let sealed = pki::sealed_pdf();
    let packet = {
        let document = Document::open(&sealed).unwrap();
        let metadata = document.at(1).unwrap().metadata().unwrap().unwrap();
        String::from_utf8(metadata.packet().to_vec()).unwrap()
    };
    let forged_packet = packet.replace("张三", "李四");
    let body = format!(
        "<< /Type /Metadata /Subtype /XML /Length {} >>\nstream\n{forged_packet}\nendstream",
        forged_packet.len()
    );
    let forged = pki::append_revision(&sealed, metadata_object(&sealed), body.as_bytes());
    let newest = Document::open(&forged).unwrap();
    assert_eq!(newest.revisions().len(), 3);
    let expected = [
        (CheckCode::PdfModification, Reason::ChangeRefused),
        CHANGED_LATER,
    ];
    let report = refused(&forged, &expected);
    assert!(report.license.is_none());
    let changes = &report.signatures[0].coverage.changes;
    assert!(changes[0].ends_with(": metadata_changed"), "{changes:?}");
}

/// Invalid solely because the byte range leaves more out than the signature.
#[test]
fn byte_range_shifted() {
    let expected = [(CheckCode::PdfByteRange, Reason::RangeWrong), NO_COVER];
    let sealed = pki::sealed_pdf();
    let [start, gap, after, rest] = byte_range(&sealed);
    for moved in [
        [start, gap - 1, after, rest],
        [start, gap + 1, after, rest],
        [start, gap, after + 1, rest - 1],
        // One byte less is the line break after the end marker, and only the digest tells.
        [start, gap, after, rest - 2],
        [start, gap, after, rest + 1],
        [start + 1, gap - 1, after, rest],
    ] {
        let mut forged = sealed.clone();
        write_byte_range(&mut forged, moved);
        refused(&forged, &expected);
    }
}

/// Invalid solely because the hole in the byte range is not where the signature stands.
#[test]
fn signature_elsewhere_than_in_the_hole() {
    let mut forged = pki::sealed_pdf();
    // The viewer would take Contents; the hole is under another name.
    overwrite(&mut forged, b"/Contents <30", b"/Contenty <30");
    let report = pki::judge(&forged);
    assert_eq!(report.outcome, Outcome::Failed);
    assert_eq!(report.headline, Some(CheckCode::PdfByteRange));
    assert!(report.license.is_none());
}

fn metadata_object(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    let (_, rest) = text.rsplit_once("/Metadata ").unwrap();
    rest.split_once(' ').unwrap().0.parse().unwrap()
}

fn byte_range(pdf: &[u8]) -> [usize; 4] {
    let text = String::from_utf8_lossy(pdf);
    let start = text.find("/ByteRange [").unwrap() + "/ByteRange [".len();
    let end = start + text[start..].find(']').unwrap();
    let numbers: Vec<usize> = text[start..end]
        .split_whitespace()
        .map(|number| number.parse().unwrap())
        .collect();
    numbers.try_into().unwrap()
}

fn write_byte_range(pdf: &mut [u8], range: [usize; 4]) {
    let open = b"/ByteRange [";
    let start = pdf
        .windows(open.len())
        .position(|window| window == open)
        .unwrap()
        + open.len();
    let end = start + pdf[start..].iter().position(|byte| *byte == b']').unwrap();
    let [a, b, c, d] = range;
    let text = format!("{a} {b} {c} {d}");
    let width = end - start;
    pdf[start..end].copy_from_slice(format!("{text:width$}").as_bytes());
}

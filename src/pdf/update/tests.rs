//! Signing round trips over one and two revisions, and their refusals.

use super::*;
use crate::Time;
use crate::pdf::write::tests::{png, sample_bytes};
use crate::pdf::{ClaimedTime, RangeProblem};

pub(crate) fn options(name: &str) -> SignatureOptions {
    SignatureOptions {
        place: Some(Place {
            page: 0,
            x_mm: 200.0,
            y_mm: 140.0,
            width_mm: 40.0,
            height_mm: 40.0,
        }),
        appearance: Some(png()),
        reason: Some("签发".to_owned()),
        name: Some("某某市示范企业有限公司".to_owned()),
        time: Some(Time::parse("2026-11-22T08:00:00Z").unwrap()),
        capacity: 100,
        ..SignatureOptions::new(name, sub_filter::GM_SEAL)
    }
}

pub(crate) fn signed(bytes: &[u8], name: &str, value: &[u8]) -> Vec<u8> {
    let document = Document::open(bytes).unwrap();
    add_signature(&document, &options(name))
        .unwrap()
        .complete(value)
        .unwrap()
}

#[test]
fn a_signature_covers_all_but_its_value() {
    let original = sample_bytes();
    let document = Document::open(&original).unwrap();
    let prepared = add_signature(&document, &options("Seal1")).unwrap();
    assert_eq!(prepared.capacity(), 100);
    let [_, before, after, rest] = prepared.byte_range();
    assert_eq!(after - before, 202);
    let input: Vec<u8> = prepared.digest_input().concat();
    assert_eq!(input.len(), before + rest);

    let bytes = prepared.complete(&[0xab, 0xcd]).unwrap();
    assert!(
        bytes.starts_with(&original),
        "no byte of the original changes"
    );
    let document = Document::open(&bytes).unwrap();
    assert_eq!(document.revisions().len(), 2);
    assert!(document.at(0).unwrap().signatures().unwrap().is_empty());
    let view = document.at(1).unwrap();
    let signatures = view.signatures().unwrap();
    assert_eq!(signatures.len(), 1);
    let signature = &signatures[0];
    assert_eq!(signature.fields(), ["Seal1"]);
    assert_eq!(signature.filter(), Some("Adobe.PPKLite"));
    assert_eq!(signature.sub_filter(), Some("GM.sm2seal"));
    assert_eq!(signature.reason(), Some("签发"));
    assert_eq!(signature.name(), Some("某某市示范企业有限公司"));
    let time = Time::parse("2026-11-22T08:00:00Z").unwrap();
    assert_eq!(
        signature.claimed_time(),
        Some(ClaimedTime::At { time, zoned: true })
    );
    assert_eq!(signature.contents().unwrap()[..3], [0xab, 0xcd, 0]);
    assert_eq!(signature.contents_span(), Some(before..after));
    let range = signature.signed_range().unwrap();
    assert_eq!(
        (range.revision(), range.bytes_follow(), range.end()),
        (1, false, bytes.len())
    );
    assert_eq!(range.digest_input(&bytes).concat(), input);
    assert_eq!(view.page_text().unwrap().len(), 2);
}

#[test]
fn a_second_signature_leaves_the_first_whole() {
    let once = signed(&sample_bytes(), "Seal1", b"one");
    let twice = signed(&once, "Seal2", b"two");
    let document = Document::open(&twice).unwrap();
    assert_eq!(document.revisions().len(), 3);
    let signatures = document.at(2).unwrap().signatures().unwrap();
    let seen: Vec<_> = signatures
        .iter()
        .map(|signature| {
            let range = signature.signed_range().unwrap();
            (
                signature.fields()[0].as_str(),
                range.revision(),
                range.bytes_follow(),
            )
        })
        .collect();
    assert_eq!(seen, [("Seal1", 1, true), ("Seal2", 2, false)]);
    let first = signatures[0].signed_range().unwrap();
    assert_eq!(first.end(), once.len());
    assert_eq!(document.at(1).unwrap().signatures().unwrap().len(), 1);
}

#[test]
fn a_prepared_document_can_be_taken_up_again() {
    let original = sample_bytes();
    let document = Document::open(&original).unwrap();
    let prepared = add_signature(&document, &options("Seal1")).unwrap();
    let again = PreparedSignature::reopen(prepared.document().to_vec()).unwrap();
    assert!(again == prepared);
    let done = again.complete(b"value").unwrap();
    let error = PreparedSignature::reopen(done).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PendingMismatch);
}

#[test]
fn values_must_fit() {
    let original = sample_bytes();
    let document = Document::open(&original).unwrap();
    let prepared = add_signature(&document, &options("Seal1")).unwrap();
    assert_eq!(
        prepared.complete(&[1; 101]).unwrap_err().kind(),
        ErrorKind::DoesNotFit
    );
    assert_eq!(
        prepared.complete(&[]).unwrap_err().kind(),
        ErrorKind::InvalidArgument
    );
    assert!(prepared.complete(&[1; 100]).is_ok());
}

#[test]
fn impossible_options_are_refused() {
    let bytes = signed(&sample_bytes(), "Seal1", b"one");
    let document = Document::open(&bytes).unwrap();
    type Change = fn(&mut SignatureOptions);
    let changes: [Change; 7] = [
        |options| options.field_name = "Seal1".to_owned(),
        |options| options.field_name = "a.b".to_owned(),
        |options| options.capacity = 0,
        |options| options.capacity = 2 << 20,
        |options| options.place.as_mut().unwrap().page = 1,
        |options| options.place.as_mut().unwrap().x_mm = 290.0,
        |options| options.place = None,
    ];
    for (index, change) in changes.iter().enumerate() {
        let mut options = options("Seal2");
        change(&mut options);
        let error = add_signature(&document, &options).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "change {index}");
    }
}

#[test]
fn an_author_can_forbid_changes() {
    let bytes = sample_bytes();
    let document = Document::open(&bytes).unwrap();
    let mut update = Update::new(&document).unwrap();
    let mut catalog = update.view().catalog().unwrap();
    let permissions =
        b"<</DocMDP<</Reference[<</TransformMethod/DocMDP/TransformParams<</P 1>>>>]>>>>";
    catalog.set(
        "Perms",
        crate::pdf::syntax::Parser::new(permissions, 0)
            .object()
            .unwrap(),
    );
    let reference = update.view().catalog_reference().unwrap();
    update.put(reference, &Object::Dict(catalog));
    let locked = update.finish().unwrap().bytes;
    let error = add_signature(&Document::open(&locked).unwrap(), &options("Seal1")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DocumentLocked);
}

#[test]
fn the_parallel_scheme_is_named() {
    let bytes = signed(&sample_bytes(), "Seal1", b"one");
    let original = sample_bytes().len();
    let marker = bytes.len() - 6;
    let forged = with_range(&bytes, &format!("0 {original} {marker} 5"));
    assert_eq!(problem(&forged), RangeProblem::ParallelScheme);
}

/// The file with other numbers in its only byte range, of the same length.
pub(crate) fn with_range(bytes: &[u8], numbers: &str) -> Vec<u8> {
    let key = b"/ByteRange [";
    let at = bytes
        .windows(key.len())
        .position(|window| window == key)
        .unwrap()
        + key.len();
    let length = bytes[at..].iter().position(|byte| *byte == b']').unwrap();
    let mut bytes = bytes.to_vec();
    bytes[at..at + length].copy_from_slice(format!("{numbers:<length$}").as_bytes());
    bytes
}

pub(crate) fn problem(bytes: &[u8]) -> RangeProblem {
    let document = Document::open(bytes).unwrap();
    let newest = document.at(document.revisions().len() - 1).unwrap();
    newest.signatures().unwrap()[0].signed_range().unwrap_err()
}

//! Every way in which a byte range is not one.

use super::*;
use crate::pdf::update::tests::{problem, signed, with_range};
use crate::pdf::write::tests::sample_bytes;

#[test]
fn wrong_shapes_are_named() {
    let bytes = signed(&sample_bytes(), "Seal1", b"value");
    let document = Document::open(&bytes).unwrap();
    let signature = &document.at(1).unwrap().signatures().unwrap()[0];
    let range = signature.signed_range().unwrap();
    let (before, after) = (range.gap().start, range.gap().end);
    let rest = bytes.len() - after;
    let original = sample_bytes().len();

    for (numbers, expected) in [
        (format!("1 {before} {after} {rest}"), RangeProblem::Start),
        (format!("0 {before} {after}"), RangeProblem::Shape),
        (format!("0 {before} {after} {rest} 0"), RangeProblem::Shape),
        (format!("0 {before} {after} -1"), RangeProblem::Shape),
        (format!("0 {before} {after} 1.5"), RangeProblem::Shape),
        (format!("0 {after} {before} {rest}"), RangeProblem::Shape),
        (
            format!("0 {} {after} {rest}", before - 1),
            RangeProblem::Gap,
        ),
        (
            format!("0 {before} {} {}", after + 1, rest - 1),
            RangeProblem::Gap,
        ),
        (
            format!("0 {} {} {rest}", before + 1, after - 1),
            RangeProblem::Gap,
        ),
        (
            format!("0 {before} {after} {}", rest + 1),
            RangeProblem::OutsideFile,
        ),
        (
            format!("0 {before} {after} {}", rest - 2),
            RangeProblem::NotARevision,
        ),
        (format!("0 {before} {after} 0"), RangeProblem::NotARevision),
        (format!("0 10 {original} {rest}"), RangeProblem::Gap),
        ("null".to_owned(), RangeProblem::Shape),
    ] {
        assert_eq!(
            problem(&with_range(&bytes, &numbers)),
            expected,
            "{numbers}"
        );
    }
    // Without the end of line after the marker it is still the whole revision.
    let shorter = with_range(&bytes, &format!("0 {before} {after} {}", rest - 1));
    let document = Document::open(&shorter).unwrap();
    assert!(
        document.at(1).unwrap().signatures().unwrap()[0]
            .signed_range()
            .is_ok()
    );
}

#[test]
fn missing_and_foreign_values_are_named() {
    let bytes = signed(&sample_bytes(), "Seal1", b"value");
    let replace = |from: &str, to: &str| {
        assert_eq!(from.len(), to.len());
        let at = bytes
            .windows(from.len())
            .position(|window| window == from.as_bytes())
            .unwrap();
        let mut bytes = bytes.clone();
        bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        bytes
    };
    assert_eq!(
        problem(&replace("/ByteRange", "/ByteRangf")),
        RangeProblem::Missing
    );
    assert_eq!(
        problem(&replace("/Contents <", "/Contentt <")),
        RangeProblem::NoContents
    );
    // The value moves to a string of another key; the range still spans it.
    let moved = replace("/Contents <", "/Other    <");
    assert_eq!(problem(&moved), RangeProblem::NoContents);
}

#[test]
fn names_are_unique() {
    let mut names: Vec<_> = RangeProblem::ALL
        .iter()
        .map(|problem| problem.name())
        .collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RangeProblem::ALL.len());
}

//! Universal signature forgery: the signature dictionary does not say what is signed, or by what.

use yinxin::verify::{CheckCode, Reason};

use super::base::Base;
use super::{Forgery, MALFORMED, RANGE};
use crate::pki::{Forge, Update, blank_signature, rfind};

/// `ByteRange` or the value as they stand in the file.
fn entry(base: &Forge, key: &str, end: char) -> String {
    let text = String::from_utf8_lossy(&base.bytes).into_owned();
    let start = text.find(key).unwrap();
    let length = text[start..].find(end).unwrap() + 1;
    text[start..start + length].to_owned()
}

/// A well signed document whose update lists a dictionary that was there before it.
fn before_its_update() -> Vec<u8> {
    let base = Base::default().update();
    let field = "<</Type/Annot/Subtype/Widget/FT/Sig/T(first)/F 132/Rect[0 0 0 0]/P 3 0 R";
    let hidden = format!("21 0 obj\n{}\nendobj\n", blank_signature(""));
    let first = base
        .object(7, format!("{field}>>"))
        .object(8, "null")
        .stray(hidden);
    let first = Forge::new("/Root 1 0 R/Info 20 0 R").update(first);
    let update = Update::new()
        .object(7, format!("{field}/V 21 0 R>>"))
        .list(21, rfind(&first.bytes, b"21 0 obj"));
    first.update(update).signed().bytes
}

pub(super) fn forgeries() -> Vec<Forgery> {
    let base = Base::default().signed();
    let range = entry(&base, "/ByteRange[", ']');
    let value = entry(&base, "/Contents<", '>');
    let numbers: Vec<usize> = range
        .trim_start_matches("/ByteRange[")
        .trim_end_matches(']')
        .split_whitespace()
        .map(|number| number.parse().unwrap())
        .collect();
    let [before, after, length] = [numbers[1], numbers[2], numbers[3]];
    let ranged = |name, solely, to: &str, cause| {
        Forgery::new(name, solely, base.overwritten(&range, to), &RANGE, cause)
    };
    let valued = |name, solely, to: &str, cause| {
        Forgery::new(name, solely, base.overwritten(&value, to), &RANGE, cause)
    };
    let other = Base::certified(2).signed();
    let other_value = entry(&other, "/Contents<", '>');
    vec![
        ranged(
            "usf-range-missing",
            "there is no ByteRange",
            "/BiteRange[0]",
            "missing",
        ),
        ranged(
            "usf-range-null",
            "ByteRange is null",
            "/ByteRange null",
            "missing",
        ),
        ranged(
            "usf-range-reference",
            "ByteRange is a reference",
            "/ByteRange 5 0 R",
            "missing",
        ),
        ranged(
            "usf-range-empty",
            "ByteRange is empty",
            "/ByteRange[]",
            "shape",
        ),
        ranged(
            "usf-range-number",
            "ByteRange is one number",
            "/ByteRange 0",
            "shape",
        ),
        ranged(
            "usf-range-negative",
            "ByteRange has a negative length",
            &format!("/ByteRange[0 -{before} {after} {length}]"),
            "shape",
        ),
        ranged(
            "usf-range-overlap",
            "the parts of ByteRange run backwards",
            &format!("/ByteRange[0 {after} {before} {length}]"),
            "shape",
        ),
        ranged(
            "usf-range-three",
            "ByteRange has three numbers",
            "/ByteRange[0 1 2]",
            "shape",
        ),
        ranged(
            "usf-range-six",
            "ByteRange has a second gap",
            &format!("/ByteRange[0 9 9 9 {after} 9]"),
            "shape",
        ),
        ranged(
            "usf-range-real",
            "a number of ByteRange is no integer",
            &format!("/ByteRange[0 {before} {after} 1.5]"),
            "shape",
        ),
        ranged(
            "usf-range-zero",
            "ByteRange covers nothing",
            "/ByteRange[0 0 0 0]",
            "gap",
        ),
        ranged(
            "usf-range-whole",
            "ByteRange leaves no gap for the value",
            &format!("/ByteRange[0 {} {} 0]", after + length, after + length),
            "gap",
        ),
        ranged(
            "usf-range-start",
            "ByteRange does not begin at the first byte",
            &format!("/ByteRange[9 {} {after} {length}]", before - 9),
            "start",
        ),
        ranged(
            "usf-range-short",
            "ByteRange ends before the revision does",
            &format!("/ByteRange[0 {before} {after} {}]", length - 60),
            "not_a_revision",
        ),
        Forgery::new(
            "usf-dictionary-before-update",
            "the dictionary lies in the bytes of the revision before the one that lists it",
            before_its_update(),
            &RANGE,
            "other_revision",
        ),
        ranged(
            "usf-range-beyond",
            "ByteRange reaches beyond the file",
            &format!("/ByteRange[0 {before} {after} {}]", length + 60),
            "outside_file",
        ),
        valued(
            "usf-value-missing",
            "there is no Contents",
            "/Contenzs<00>",
            "no_contents",
        ),
        valued(
            "usf-value-null",
            "Contents is null",
            "/Contents null",
            "no_contents",
        ),
        valued(
            "usf-value-reference",
            "Contents is a reference",
            "/Contents 5 0 R",
            "no_contents",
        ),
        valued(
            "usf-value-literal",
            "Contents is a literal string",
            "/Contents(0)",
            "contents_not_hexadecimal",
        ),
        valued(
            "usf-value-number",
            "Contents is a number",
            "/Contents 0",
            "contents_not_hexadecimal",
        ),
        valued("usf-value-empty", "Contents is empty", "/Contents<>", "gap"),
        Forgery::new(
            "usf-value-zeros",
            "Contents is all zeros",
            base.overwritten(
                &value,
                &format!("/Contents<{}>", "0".repeat(value.len() - 11)),
            ),
            &[
                (CheckCode::SignatureValue, Reason::Malformed),
                (CheckCode::CoverageDocument, Reason::NoCoveringSignature),
            ],
            "",
        ),
        Forgery::new(
            "usf-value-of-another",
            "Contents is the value of another document",
            base.overwritten(&value, &other_value),
            &[
                (CheckCode::SignatureDigest, Reason::DigestDiffers),
                (CheckCode::CoverageDocument, Reason::NoCoveringSignature),
            ],
            "bytes 0..",
        ),
        Forgery::new(
            "usf-value-twice",
            "the dictionary has two Contents",
            base.overwritten("/Filter/Adobe.PPKLite", "/Contents<00>"),
            &MALFORMED,
            "twice",
        ),
        Forgery::new(
            "usf-range-twice",
            "the dictionary has two ByteRange",
            base.overwritten("/Filter/Adobe.PPKLite", "/ByteRange[0 1 2 3]"),
            &MALFORMED,
            "twice",
        ),
    ]
}

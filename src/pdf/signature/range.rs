//! What a byte range covers: exactly one revision from the first byte to its `%%EOF`, except for
//! exactly the value.

use std::fmt;
use std::ops::Range;

use crate::pdf::read::{Document, Entry, Origin, View};
use crate::pdf::syntax::{Dict, Object, Ref};

/// A byte range that covers one whole revision but for the signature value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedRange {
    gap: Range<usize>,
    end: usize,
    revision: usize,
    bytes_follow: bool,
}

impl SignedRange {
    /// The bytes that are left out: the value in hexadecimal with its delimiters.
    #[must_use]
    pub fn gap(&self) -> Range<usize> {
        self.gap.clone()
    }

    /// Where the covered bytes end.
    #[must_use]
    pub fn end(&self) -> usize {
        self.end
    }

    /// The revision that is covered; what the signer saw is the document at this revision.
    #[must_use]
    pub fn revision(&self) -> usize {
        self.revision
    }

    /// Whether the file goes on behind the covered revision.
    #[must_use]
    pub fn bytes_follow(&self) -> bool {
        self.bytes_follow
    }

    /// The signed bytes, in two parts, of the file the range was read from.
    #[must_use]
    pub fn digest_input<'b>(&self, bytes: &'b [u8]) -> [&'b [u8]; 2] {
        [
            bytes.get(..self.gap.start).unwrap_or_default(),
            bytes.get(self.gap.end..self.end).unwrap_or_default(),
        ]
    }
}

/// Why a byte range is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RangeProblem {
    /// There is no `ByteRange`, or it is `null` or a reference.
    Missing,
    /// It is not four integers from 0 up that do not run backwards.
    Shape,
    /// It does not begin at the first byte.
    Start,
    /// There is no `Contents`, or it is `null` or a reference.
    NoContents,
    /// `Contents` is not a hexadecimal string.
    ContentsNotHexadecimal,
    /// The dictionary lies in an object stream, so its value has no place in the file.
    InObjectStream,
    /// What is left out is not exactly the value of this dictionary.
    Gap,
    /// It reaches beyond the end of the file.
    OutsideFile,
    /// It does not end where a revision ends.
    NotARevision,
    /// The dictionary is not part of the revision that is covered.
    OtherRevision,
    /// Only the original and a last marker are covered, not the update that holds the signature
    /// (the "parallel signing" of some products).
    ParallelScheme,
}

impl RangeProblem {
    /// Every problem.
    pub const ALL: &[RangeProblem] = &[
        Self::Missing,
        Self::Shape,
        Self::Start,
        Self::NoContents,
        Self::ContentsNotHexadecimal,
        Self::InObjectStream,
        Self::Gap,
        Self::OutsideFile,
        Self::NotARevision,
        Self::OtherRevision,
        Self::ParallelScheme,
    ];

    /// The stable name, such as `not_a_revision`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Shape => "shape",
            Self::Start => "start",
            Self::NoContents => "no_contents",
            Self::ContentsNotHexadecimal => "contents_not_hexadecimal",
            Self::InObjectStream => "in_object_stream",
            Self::Gap => "gap",
            Self::OutsideFile => "outside_file",
            Self::NotARevision => "not_a_revision",
            Self::OtherRevision => "other_revision",
            Self::ParallelScheme => "parallel_scheme",
        }
    }
}

impl fmt::Display for RangeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Judges the range of the signature dictionary `dict`, which `view` found in `object`.
pub(super) fn check(
    view: &View<'_>,
    object: Ref,
    dict: &Dict,
    origin: &Origin,
) -> Result<SignedRange, RangeProblem> {
    let document = view.document();
    let [start, before, after, length] = four_numbers(dict)?;
    if start != 0 {
        return Err(RangeProblem::Start);
    }
    if is_parallel(document, before, after, length) {
        return Err(RangeProblem::ParallelScheme);
    }
    let Origin::File(holder) = origin else {
        return Err(RangeProblem::InObjectStream);
    };
    if contents_span(dict)? != (before..after) {
        return Err(RangeProblem::Gap);
    }
    let end = after.checked_add(length).ok_or(RangeProblem::Shape)?;
    let size = document.bytes().len();
    if end > size {
        return Err(RangeProblem::OutsideFile);
    }
    let revision = document
        .revisions()
        .iter()
        .position(|revision| revision.marker_end() == end || revision.end() == end)
        .ok_or(RangeProblem::NotARevision)?;
    let covered_entry = document
        .at(revision)
        .ok()
        .and_then(|view| view.entry(object.number()));
    match covered_entry {
        Some((declared, Entry::File { offset, .. }))
            if declared == revision && offset == holder.start => {}
        _ => return Err(RangeProblem::OtherRevision),
    }
    // What lies before the update was there before it, whatever its table says.
    let earlier = document.revisions().iter().take(revision).next_back();
    if earlier.is_some_and(|earlier| holder.start < earlier.marker_end()) {
        return Err(RangeProblem::OtherRevision);
    }
    let bytes_follow = document.revisions().len() > revision + 1;
    Ok(SignedRange {
        gap: before..after,
        end,
        revision,
        bytes_follow,
    })
}

fn four_numbers(dict: &Dict) -> Result<[usize; 4], RangeProblem> {
    let range = match dict.get("ByteRange") {
        None | Some(Object::Reference(_)) => return Err(RangeProblem::Missing),
        Some(range) => range.as_array().ok_or(RangeProblem::Shape)?,
    };
    let number = |item: &Object| {
        let value = item
            .as_integer()
            .and_then(|value| usize::try_from(value).ok());
        value.ok_or(RangeProblem::Shape)
    };
    let [start, before, after, length] = range else {
        return Err(RangeProblem::Shape);
    };
    let range = [
        number(start)?,
        number(before)?,
        number(after)?,
        number(length)?,
    ];
    let [_, before, after, _] = range;
    if before > after {
        Err(RangeProblem::Shape)
    } else {
        Ok(range)
    }
}

fn contents_span(dict: &Dict) -> Result<Range<usize>, RangeProblem> {
    match dict.get("Contents") {
        None | Some(Object::Reference(_)) => Err(RangeProblem::NoContents),
        Some(Object::String(contents)) if contents.hex => Ok(contents.span.clone()),
        Some(_) => Err(RangeProblem::ContentsNotHexadecimal),
    }
}

fn is_parallel(document: &Document<'_>, before: usize, after: usize, length: usize) -> bool {
    let revisions = document.revisions();
    length == 5
        && revisions
            .iter()
            .any(|revision| [revision.marker_end(), revision.end()].contains(&before))
        && revisions
            .iter()
            .any(|revision| revision.marker_start() == after)
}

#[cfg(test)]
mod tests;

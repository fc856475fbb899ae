//! The chain of cross-reference sections, newest to oldest, each at the end of its revision.

use std::collections::BTreeMap;
use std::ops::Range;

use super::filter;
use crate::error::{Error, ErrorKind, Result};
use crate::pdf::limits;
use crate::pdf::syntax::{Dict, Object, Parser, Ref, Stream, Value};

/// Where a revision says an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Free,
    File { offset: usize, generation: u16 },
    Packed { stream: u32, index: u32 },
}

/// How a section is written; an update follows the form of the section before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Table,
    Stream,
}

/// One cross-reference section with its trailer.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) offset: usize,
    pub(crate) form: Form,
    pub(crate) trailer: Dict,
    pub(crate) entries: Vec<(u32, Entry)>,
    /// The `%%EOF` that ends the revision.
    pub(crate) marker: Range<usize>,
    /// Where the revision's sections stand, each with its trailer.
    pub(crate) spans: Vec<Range<usize>>,
}

/// A section as it stands, before it is known to which revision it belongs.
struct Part {
    offset: usize,
    form: Form,
    trailer: Dict,
    entries: Vec<(u32, Entry)>,
    /// What stands behind its `startxref`.
    names: usize,
    marker: Range<usize>,
    hybrid: Option<Range<usize>>,
}

/// Reads all sections, oldest first. `last_marker` is the offset of the file's last `%%EOF`.
pub(super) fn read_chain(bytes: &[u8], last_marker: usize) -> Result<Vec<Section>> {
    let mut next = Some(last_startxref(bytes, last_marker)?);
    let mut sections: Vec<Section> = Vec::new();
    let mut entries = 0;
    while let Some(offset) = next {
        if sections.len() == limits::REVISIONS {
            return Err(Error::limit("pdf revisions", 1000));
        }
        let part = read_part(bytes, offset, limits::OBJECTS - entries)?;
        let section = if part.names == part.offset {
            next = previous(&part)?;
            Section::of(part)?
        } else {
            next = None;
            read_linearised(bytes, part, limits::OBJECTS - entries)?
        };
        // A revision ends before the one that follows it begins its section: no loops.
        let ends_in_place = match sections.last() {
            None => section.marker.start == last_marker,
            Some(newer) => section.marker.end <= newer.offset,
        };
        if !ends_in_place {
            return Err(
                Error::malformed("the chain of revisions is out of order").with("offset", offset)
            );
        }
        entries += section.entries.len();
        sections.push(section);
    }
    sections.reverse();
    Ok(sections)
}

impl Section {
    fn of(part: Part) -> Result<Self> {
        check_trailer(&part.trailer).map_err(|error| error.with("offset", part.offset))?;
        check_entries(&part.trailer, &part.entries)
            .map_err(|error| error.with("offset", part.offset))?;
        Ok(Self {
            spans: std::iter::once(part.offset..part.marker.end)
                .chain(part.hybrid)
                .collect(),
            offset: part.offset,
            form: part.form,
            trailer: part.trailer,
            entries: part.entries,
            marker: part.marker,
        })
    }
}

/// The first revision of a linearised file (ISO 32000-1 annex F): the section of the first page
/// stands at the front, that of the rest at the end, and only the second ends the revision.
fn read_linearised(bytes: &[u8], first: Part, budget: usize) -> Result<Section> {
    let wrong = |message: &'static str| Error::malformed(message).with("offset", first.offset);
    let length = linearised_length(bytes)
        .filter(|_| first.names == 0)
        .ok_or_else(|| wrong("startxref does not name the section before it"))?;
    let rest = previous(&first)?
        .filter(|rest| *rest >= first.marker.end)
        .ok_or_else(|| wrong("a linearised file has no section at its end"))?;
    let rest = read_part(bytes, rest, budget - first.entries.len())?;
    let ends = rest.marker.end;
    let fits = length == ends
        || bytes
            .get(ends..length)
            .is_some_and(|tail| matches!(tail, b"\n" | b"\r" | b"\r\n"));
    if rest.names != first.offset || rest.trailer.contains("Prev") || !fits {
        return Err(wrong("the parts of a linearised file do not fit together"));
    }
    let (span, hybrid, marker) = (rest.offset..ends, rest.hybrid, rest.marker);
    let mut whole = Section::of(Part {
        entries: first.entries.into_iter().chain(rest.entries).collect(),
        ..first
    })?;
    whole.spans.extend(std::iter::once(span).chain(hybrid));
    whole.marker = marker;
    Ok(whole)
}

/// `L` of the linearisation dictionary, which is the first object of the file.
fn linearised_length(bytes: &[u8]) -> Option<usize> {
    let mut parser = Parser::new(bytes, 0);
    parser.skip_space();
    parser.indirect_header().ok()?;
    match parser.object().ok()? {
        Object::Dict(dict) if dict.contains("Linearized") => dict.size("L").ok(),
        _ => None,
    }
}

fn last_startxref(bytes: &[u8], last_marker: usize) -> Result<usize> {
    let keyword = b"startxref";
    // The keyword, an offset and ends of line take no more.
    let from = last_marker.saturating_sub(64);
    let window = bytes.get(from..last_marker).unwrap_or_default();
    let at = window
        .windows(keyword.len())
        .rposition(|window| window == keyword)
        .ok_or_else(|| Error::malformed("startxref is missing").with("offset", last_marker))?;
    let mut parser = Parser::new(bytes, from + at);
    parser.keyword(keyword)?;
    parser.skip_blank();
    parser.unsigned()
}

fn previous(part: &Part) -> Result<Option<usize>> {
    if !part.trailer.contains("Prev") {
        return Ok(None);
    }
    part.trailer
        .size("Prev")
        .map(Some)
        .map_err(|error| error.with("offset", part.offset))
}

fn read_part(bytes: &[u8], offset: usize, budget: usize) -> Result<Part> {
    if offset >= bytes.len() {
        return Err(
            Error::malformed("a cross-reference offset is outside the file").with("offset", offset),
        );
    }
    let mut parser = Parser::new(bytes, offset);
    let mut hybrid = None;
    let (form, trailer, entries) = if parser.at_keyword(b"xref") {
        let (trailer, mut entries) = read_table(bytes, &mut parser, budget)?;
        if trailer.contains("XRefStm") {
            let stream = trailer.size("XRefStm")?;
            hybrid = Some(add_hidden(bytes, stream, offset, budget, &mut entries)?);
        }
        (Form::Table, trailer, entries)
    } else {
        let (trailer, entries) = read_stream(bytes, &mut parser, budget)?;
        (Form::Stream, trailer, entries)
    };
    let (names, marker) = read_end(&mut parser, form)?;
    Ok(Part {
        offset,
        form,
        trailer,
        entries,
        names,
        marker,
        hybrid,
    })
}

/// Adds what the cross-reference stream of a hybrid file lists (ISO 32000-1 7.5.8.4): objects
/// that its table calls free or does not list. Gives the stream's place.
fn add_hidden(
    bytes: &[u8],
    stream: usize,
    table: usize,
    budget: usize,
    entries: &mut Vec<(u32, Entry)>,
) -> Result<Range<usize>> {
    if stream >= table {
        return Err(
            Error::malformed("a hybrid file's stream stands behind its table")
                .with("offset", stream),
        );
    }
    let mut parser = Parser::new(bytes, stream);
    let (_, hidden) = read_stream(bytes, &mut parser, budget.saturating_sub(entries.len()))?;
    let mut listed: BTreeMap<u32, usize> = (0..)
        .zip(entries.iter())
        .map(|(place, (number, _))| (*number, place))
        .collect();
    for (number, entry) in hidden {
        let place = *listed.entry(number).or_insert(entries.len());
        match entries.get_mut(place) {
            None => entries.push((number, entry)),
            Some((_, known)) if *known == Entry::Free => *known = entry,
            Some((_, known)) if entry == Entry::Free || *known == entry => {}
            // A reader of tables and one of streams would see two documents.
            Some(_) => {
                return Err(Error::new(
                    ErrorKind::Ambiguous,
                    "table and stream of a hybrid file disagree",
                )
                .with("cause", "hybrid")
                .with("offset", stream));
            }
        }
    }
    Ok(stream..parser.offset())
}

/// `startxref`, an offset, `%%EOF`. The front section of a linearised file may go without when it
/// is a stream, which is the same as an offset of 0.
fn read_end(parser: &mut Parser<'_>, form: Form) -> Result<(usize, Range<usize>)> {
    let section_end = parser.offset();
    parser.skip_space();
    if form == Form::Stream && !parser.at_keyword(b"startxref") {
        return Ok((0, section_end..section_end));
    }
    parser.keyword(b"startxref")?;
    parser.skip_blank();
    let names = parser.unsigned()?;
    parser.skip_blank();
    let start = parser.offset();
    parser.literal(b"%%EOF")?;
    Ok((names, start..parser.offset()))
}

fn check_trailer(trailer: &Dict) -> Result<()> {
    match trailer.get("Root").and_then(Object::as_reference) {
        Some(_) => Ok(()),
        None => Err(Error::malformed("the trailer names no catalog")),
    }
}

fn check_entries(trailer: &Dict, entries: &[(u32, Entry)]) -> Result<()> {
    let size = trailer.size("Size")?;
    let mut numbers: Vec<u32> = entries.iter().map(|(number, _)| *number).collect();
    numbers.sort_unstable();
    if numbers
        .windows(2)
        .any(|pair| matches!(pair, [first, second] if first == second))
    {
        return Err(Error::malformed(
            "a cross-reference section lists an object twice",
        ));
    }
    match numbers.last() {
        Some(last) if usize::try_from(*last).is_ok_and(|last| last >= size) => Err(
            Error::malformed("a cross-reference entry is beyond the trailer's Size"),
        ),
        _ => Ok(()),
    }
}

fn read_table<'a>(
    bytes: &'a [u8],
    parser: &mut Parser<'a>,
    budget: usize,
) -> Result<(Dict, Vec<(u32, Entry)>)> {
    parser.keyword(b"xref")?;
    let mut entries = Vec::new();
    loop {
        parser.skip_space();
        if parser.at_keyword(b"trailer") {
            break;
        }
        let first = parser.unsigned()?;
        parser.skip_blank();
        let count = parser.unsigned()?;
        if count > budget.saturating_sub(entries.len()) {
            return Err(objects_limit());
        }
        parser.skip_blank();
        let start = parser.offset();
        let end = start + count * 20;
        let lines = bytes
            .get(start..end)
            .ok_or_else(|| parser.error("a cross-reference table is longer than the file"))?;
        for (index, line) in lines.chunks_exact(20).enumerate() {
            let number = u32::try_from(first + index)
                .map_err(|_| parser.error("an object number is out of range"))?;
            let entry = table_entry(line).ok_or_else(|| {
                Error::malformed("a cross-reference entry is malformed")
                    .with("offset", start + index * 20)
            })?;
            entries.push((number, entry));
        }
        *parser = Parser::new(bytes, end);
    }
    parser.keyword(b"trailer")?;
    match parser.object()? {
        Object::Dict(trailer) => Ok((trailer, entries)),
        _ => Err(parser.error("the trailer is no dictionary")),
    }
}

/// `nnnnnnnnnn ggggg n` or `f` and two bytes of end of line (ISO 32000-1 7.5.4).
fn table_entry(line: &[u8]) -> Option<Entry> {
    let (offset, rest) = line.split_at_checked(10)?;
    let (generation, end) = rest.strip_prefix(b" ")?.split_at_checked(5)?;
    let offset: usize = decimal(offset)?;
    let generation = u16::try_from(decimal(generation)?).ok()?;
    match end {
        [b' ', b'n', b' ', b'\r' | b'\n'] | [b' ', b'n', b'\r', b'\n'] => {
            Some(Entry::File { offset, generation })
        }
        [b' ', b'f', b' ', b'\r' | b'\n'] | [b' ', b'f', b'\r', b'\n'] => Some(Entry::Free),
        _ => None,
    }
}

fn decimal(digits: &[u8]) -> Option<usize> {
    digits.iter().try_fold(0_usize, |value, byte| {
        let digit = byte.is_ascii_digit().then(|| usize::from(byte - b'0'))?;
        value.checked_mul(10)?.checked_add(digit)
    })
}

fn read_stream(
    bytes: &[u8],
    parser: &mut Parser<'_>,
    budget: usize,
) -> Result<(Dict, Vec<(u32, Entry)>)> {
    let offset = parser.offset();
    let object = parser.indirect(&mut |_: Ref| {
        Err(Error::malformed(
            "a cross-reference stream's length is not direct",
        ))
    })?;
    let Value::Stream(Stream { dict, data, .. }) = object.value else {
        return Err(
            Error::malformed("startxref leads to no cross-reference section")
                .with("offset", offset),
        );
    };
    if !dict.has_name("Type", "XRef") {
        return Err(Error::malformed("startxref leads to another stream").with("offset", offset));
    }
    let raw = bytes.get(data).unwrap_or_default();
    let table = filter::chain(&dict)
        .and_then(|chain| filter::decode(&chain, raw, limits::INFLATED))
        .map_err(|error| error.with("offset", offset))?;
    let entries =
        stream_entries(&dict, &table, budget).map_err(|error| error.with("offset", offset))?;
    Ok((dict, entries))
}

fn stream_entries(dict: &Dict, table: &[u8], budget: usize) -> Result<Vec<(u32, Entry)>> {
    let widths = field_widths(dict)?;
    let width: usize = widths.iter().sum();
    if width == 0 || !table.len().is_multiple_of(width) {
        return Err(Error::malformed(
            "a cross-reference stream's rows do not fill it",
        ));
    }
    if table.len() / width > budget {
        return Err(objects_limit());
    }
    let mut rows = table.chunks_exact(width);
    let mut entries = Vec::new();
    for range in object_ranges(dict)? {
        for number in range {
            let row = rows.next().ok_or_else(|| {
                Error::malformed("a cross-reference stream is shorter than its index")
            })?;
            let number = u32::try_from(number)
                .map_err(|_| Error::malformed("an object number is out of range"))?;
            entries.push((number, stream_entry(row, widths)?));
        }
    }
    if rows.next().is_some() {
        return Err(Error::malformed(
            "a cross-reference stream is longer than its index",
        ));
    }
    Ok(entries)
}

fn field_widths(dict: &Dict) -> Result<[usize; 3]> {
    let malformed = || Error::malformed("a cross-reference stream's field widths are wrong");
    let items = dict
        .get("W")
        .and_then(Object::as_array)
        .ok_or_else(malformed)?;
    let [kind, second, third] = items else {
        return Err(malformed());
    };
    let width = |item: &Object| {
        item.as_integer()
            .and_then(|width| usize::try_from(width).ok())
            .filter(|width| *width <= 8)
    };
    match (width(kind), width(second), width(third)) {
        (Some(kind), Some(second), Some(third)) => Ok([kind, second, third]),
        _ => Err(malformed()),
    }
}

fn object_ranges(dict: &Dict) -> Result<Vec<Range<usize>>> {
    let Some(index) = dict.get("Index") else {
        let all = 0..dict.size("Size")?;
        return Ok(Vec::from([all]));
    };
    let malformed = || Error::malformed("a cross-reference stream's index is wrong");
    let (pairs, []) = index.as_array().ok_or_else(malformed)?.as_chunks::<2>() else {
        return Err(malformed());
    };
    let size = |item: &Object| {
        item.as_integer()
            .and_then(|value| usize::try_from(value).ok())
    };
    pairs
        .iter()
        .map(|[first, count]| {
            let first = size(first)?;
            Some(first..first.checked_add(size(count)?)?)
        })
        .collect::<Option<_>>()
        .ok_or_else(malformed)
}

fn stream_entry(row: &[u8], [kind, second, third]: [usize; 3]) -> Result<Entry> {
    let malformed = || Error::malformed("a cross-reference entry is malformed");
    let (first, rest) = row.split_at_checked(kind).ok_or_else(malformed)?;
    let (second, rest) = rest.split_at_checked(second).ok_or_else(malformed)?;
    let third = rest.get(..third).ok_or_else(malformed)?;
    // An absent type field means 1 (ISO 32000-1 table 17).
    let kind = if first.is_empty() {
        1
    } else {
        big_endian(first)
    };
    match kind {
        0 => Ok(Entry::Free),
        1 => Ok(Entry::File {
            offset: usize::try_from(big_endian(second)).map_err(|_| malformed())?,
            generation: u16::try_from(big_endian(third)).map_err(|_| malformed())?,
        }),
        2 => Ok(Entry::Packed {
            stream: u32::try_from(big_endian(second)).map_err(|_| malformed())?,
            index: u32::try_from(big_endian(third)).map_err(|_| malformed())?,
        }),
        _ => Err(malformed()),
    }
}

fn big_endian(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0, |value, byte| value << 8 | u64::from(*byte))
}

fn objects_limit() -> Error {
    Error::limit("pdf objects", 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_entries_are_exactly_twenty_bytes() {
        let entry = Entry::File {
            offset: 15,
            generation: 2,
        };
        for line in [
            b"0000000015 00002 n\r\n",
            b"0000000015 00002 n \n",
            b"0000000015 00002 n \r",
        ] {
            assert_eq!(table_entry(line), Some(entry));
        }
        assert_eq!(table_entry(b"0000000000 65535 f\r\n"), Some(Entry::Free));
        for line in [
            b"0000000015 00002 x\r\n",
            b"000000001x 00002 n\r\n",
            b"0000000015 99999 n\r\n",
        ] {
            assert_eq!(table_entry(line), None);
        }
    }
}

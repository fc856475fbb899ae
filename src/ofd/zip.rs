//! A strict reader of ZIP archives in memory.
//!
//! The archive is located by its end record. Local headers and the central directory must tell
//! the same, entries may not overlap, and nothing between them may look like further entries, so
//! that readers which scan forward see the same files as those which start at the end.

use std::ops::Range;

use super::package::Limits;
use super::{ambiguous, malformed};
use crate::error::{Error, Result};
use crate::finding::{Finding, FindingCode};

const LOCAL_HEADER: [u8; 4] = *b"PK\x03\x04";
const CENTRAL_RECORD: [u8; 4] = *b"PK\x01\x02";
const END_RECORD: [u8; 4] = *b"PK\x05\x06";
const ZIP64_END_RECORD: [u8; 4] = *b"PK\x06\x06";
const ZIP64_LOCATOR: [u8; 4] = *b"PK\x06\x07";
const DATA_DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";

const LOCAL_HEADER_LENGTH: usize = 30;
const CENTRAL_RECORD_LENGTH: usize = 46;
const END_RECORD_LENGTH: usize = 22;
const ZIP64_LOCATOR_LENGTH: usize = 20;
/// The comment's length field has 16 bits.
const MAX_COMMENT: usize = 65_535;

const FLAG_ENCRYPTED: u16 = 1;
const FLAG_DESCRIPTOR: u16 = 1 << 3;
const FLAG_PATCHED: u16 = 1 << 5;
const FLAG_STRONG_ENCRYPTION: u16 = 1 << 6;
const FLAG_UTF8: u16 = 1 << 11;
const FLAG_MASKED_HEADERS: u16 = 1 << 13;

const EXTRA_ZIP64: u16 = 0x0001;
const EXTRA_STRONG_ENCRYPTION: u16 = 0x0017;
const EXTRA_UNICODE_PATH: u16 = 0x7075;
const EXTRA_AES: u16 = 0x9901;

/// Readers of PDF accept their header this far into a file.
const PDF_HEADER_REACH: usize = 1024;
/// How other documents and programs begin; in front of a package they make it two files in one.
const MAGICS: &[&[u8]] = &[
    b"%!PS",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"<?xml",
    b"<!DOCTYPE",
    b"<html",
    b"MZ",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
];

/// How an entry is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Stored,
    Deflated,
}

impl Method {
    pub(super) const fn number(self) -> u16 {
        match self {
            Self::Stored => 0,
            Self::Deflated => 8,
        }
    }
}

/// One entry, its local header and central record agreeing.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    pub(super) name: &'a [u8],
    /// The name is marked as UTF-8.
    pub(super) utf8: bool,
    pub(super) method: Method,
    pub(super) crc: u32,
    pub(super) compressed: &'a [u8],
    /// Bytes when inflated, as declared.
    pub(super) size: usize,
    /// DOS date and time of the last change, the date in the upper half.
    pub(super) modified: u32,
    /// From the local header to the end of data and descriptor.
    span: Range<usize>,
    descriptor: bool,
}

/// All entries in the central directory's order.
pub(super) struct Archive<'a> {
    pub(super) entries: Vec<Entry<'a>>,
    pub(super) findings: Vec<Finding>,
}

impl<'a> Archive<'a> {
    /// Reads the structure; no entry is inflated.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self> {
        if u64::try_from(bytes.len()).map_or(true, |length| length > limits.file_bytes) {
            return Err(Error::limit("package bytes", limits.file_bytes));
        }
        refuse_pdf_header(bytes)?;
        let end = EndRecord::find(bytes)?;
        if end.count > limits.entries {
            return Err(Error::limit(
                "package entries",
                u64::try_from(limits.entries).unwrap_or(u64::MAX),
            ));
        }
        let directory = Directory::locate(bytes, &end)?;
        let entries = directory.entries(bytes, &end)?;
        check_sizes(&entries, limits)?;

        let mut findings = Vec::new();
        check_layout(bytes, &entries, directory.range.start, &mut findings)?;
        if entries.iter().any(|entry| entry.descriptor) {
            findings.push(Finding::new(FindingCode::DataDescriptor, ""));
        }
        Ok(Self { entries, findings })
    }
}

/// A PDF header within reach of PDF readers: to them the file is a PDF, wherever it stands.
fn refuse_pdf_header(bytes: &[u8]) -> Result<()> {
    let head = bytes.get(..PDF_HEADER_REACH).unwrap_or(bytes);
    if find(head, b"%PDF").is_some() {
        return Err(ambiguous("pdf_header"));
    }
    Ok(())
}

/// The end-of-central-directory record.
struct EndRecord {
    position: usize,
    count: usize,
    directory_size: usize,
    directory_offset: usize,
}

impl EndRecord {
    fn find(bytes: &[u8]) -> Result<Self> {
        let reach = END_RECORD_LENGTH + MAX_COMMENT;
        let tail_start = bytes.len().saturating_sub(reach);
        let tail = bytes.get(tail_start..).unwrap_or_default();
        let position = tail
            .windows(END_RECORD.len())
            .rposition(|window| window == END_RECORD)
            .map(|found| tail_start + found)
            .ok_or_else(|| malformed("no_end_record"))?;
        let fields = Fields::at(bytes, position, END_RECORD_LENGTH)
            .ok_or_else(|| malformed("end_record"))?;

        let end = position + END_RECORD_LENGTH + usize::from(fields.short(20));
        if end < bytes.len() {
            return Err(ambiguous("trailing_bytes"));
        }
        if end > bytes.len() {
            // The last signature may stand in the comment of the real record.
            return Err(malformed("end_record"));
        }
        let comment = bytes
            .get(position + END_RECORD_LENGTH..)
            .unwrap_or_default();
        if holds_signature(comment) {
            return Err(ambiguous("signature_in_comment"));
        }
        let before = position.checked_sub(ZIP64_LOCATOR_LENGTH);
        if before.is_some_and(|at| starts_with(bytes, at, &ZIP64_LOCATOR)) {
            return Err(Error::unsupported("ZIP64 archives are not read"));
        }
        Self::from_fields(&fields, position)
    }

    fn from_fields(fields: &Fields<'_>, position: usize) -> Result<Self> {
        let (disk, directory_disk) = (fields.short(4), fields.short(6));
        let (count_here, count) = (fields.short(8), fields.short(10));
        let (size, offset) = (fields.long(12), fields.long(16));
        if count == u16::MAX || size == u32::MAX || offset == u32::MAX {
            return Err(Error::unsupported("ZIP64 archives are not read"));
        }
        if disk != 0 || directory_disk != 0 || count_here != count {
            return Err(Error::unsupported("archives in several parts are not read"));
        }
        if count == 0 {
            return Err(malformed("no_entries"));
        }
        Ok(Self {
            position,
            count: usize::from(count),
            directory_size: index(size)?,
            directory_offset: index(offset)?,
        })
    }
}

/// Where the central directory stands, and by how much bytes in front shift all offsets.
struct Directory {
    range: Range<usize>,
    shift: usize,
}

impl Directory {
    fn locate(bytes: &[u8], end: &EndRecord) -> Result<Self> {
        let start = end
            .position
            .checked_sub(end.directory_size)
            .ok_or_else(|| malformed("central_directory_size"))?;
        let shift = start
            .checked_sub(end.directory_offset)
            .ok_or_else(|| malformed("central_directory_offset"))?;
        if bytes
            .get(start..end.position)
            .is_some_and(|all| find(all, &END_RECORD).is_some())
        {
            return Err(ambiguous("two_end_records"));
        }
        Ok(Self {
            range: start..end.position,
            shift,
        })
    }

    fn entries<'a>(&self, bytes: &'a [u8], end: &EndRecord) -> Result<Vec<Entry<'a>>> {
        let mut entries = Vec::new();
        let mut at = self.range.start;
        while at < self.range.end {
            if entries.len() == end.count {
                return Err(ambiguous("central_directory_count"));
            }
            let record = CentralRecord::read(bytes, at, self.range.end)
                .ok_or_else(|| malformed("central_record").with("offset", at))?;
            at = record.end;
            entries.push(record.entry(bytes, self)?);
        }
        if entries.len() != end.count {
            return Err(ambiguous("central_directory_count"));
        }
        Ok(entries)
    }
}

struct CentralRecord<'a> {
    made_by: u16,
    flags: u16,
    method: u16,
    modified: u32,
    crc: u32,
    compressed_size: u32,
    size: u32,
    disk: u16,
    attributes: u32,
    local_offset: u32,
    name: &'a [u8],
    extra: &'a [u8],
    end: usize,
}

impl<'a> CentralRecord<'a> {
    fn read(bytes: &'a [u8], at: usize, limit: usize) -> Option<Self> {
        let fields = Fields::at(bytes, at, CENTRAL_RECORD_LENGTH)?;
        if fields.0.get(..4) != Some(&CENTRAL_RECORD) {
            return None;
        }
        let name_start = at + CENTRAL_RECORD_LENGTH;
        let extra_start = name_start + usize::from(fields.short(28));
        let comment_start = extra_start + usize::from(fields.short(30));
        let end = comment_start + usize::from(fields.short(32));
        if end > limit {
            return None;
        }
        Some(Self {
            made_by: fields.short(4),
            flags: fields.short(8),
            method: fields.short(10),
            modified: fields.long(12),
            crc: fields.long(16),
            compressed_size: fields.long(20),
            size: fields.long(24),
            disk: fields.short(34),
            attributes: fields.long(38),
            local_offset: fields.long(42),
            name: bytes.get(name_start..extra_start)?,
            extra: bytes.get(extra_start..comment_start)?,
            end,
        })
    }

    fn entry(&self, bytes: &'a [u8], directory: &Directory) -> Result<Entry<'a>> {
        let named = |error: Error| error.with("entry", String::from_utf8_lossy(self.name));
        let method = self.check_kind().map_err(named)?;
        self.check_not_a_link().map_err(named)?;
        check_extra(self.extra, self.name).map_err(named)?;
        self.with_local_header(bytes, directory, method)
            .map_err(named)
    }

    fn check_kind(&self) -> Result<Method> {
        if self.flags & (FLAG_ENCRYPTED | FLAG_STRONG_ENCRYPTION | FLAG_MASKED_HEADERS) != 0 {
            return Err(Error::unsupported("encrypted archives are not read"));
        }
        if self.flags & FLAG_PATCHED != 0 {
            return Err(Error::unsupported("patched archive entries are not read"));
        }
        if self.disk != 0 {
            return Err(Error::unsupported("archives in several parts are not read"));
        }
        if [self.compressed_size, self.size, self.local_offset].contains(&u32::MAX) {
            return Err(Error::unsupported("ZIP64 archives are not read"));
        }
        match self.method {
            0 if self.compressed_size == self.size => Ok(Method::Stored),
            0 => Err(ambiguous("stored_sizes_differ")),
            8 => Ok(Method::Deflated),
            other => Err(
                Error::unsupported("only stored and deflated entries are read")
                    .with("method", other),
            ),
        }
    }

    /// An unpacked symbolic link would show another file's content.
    fn check_not_a_link(&self) -> Result<()> {
        const UNIX: u16 = 3;
        const KIND: u32 = 0o170_000;
        const LINK: u32 = 0o120_000;
        if self.made_by >> 8 == UNIX && (self.attributes >> 16) & KIND == LINK {
            return Err(malformed("symbolic_link"));
        }
        Ok(())
    }

    fn with_local_header(
        &self,
        bytes: &'a [u8],
        directory: &Directory,
        method: Method,
    ) -> Result<Entry<'a>> {
        let written_offset = index(self.local_offset)?;
        let start = written_offset + directory.shift;
        if directory.shift > 0 && starts_with(bytes, written_offset, &LOCAL_HEADER) {
            return Err(ambiguous("two_offset_bases"));
        }
        // Data and descriptor end before the directory, so all is read from the part before it.
        let before = bytes.get(..directory.range.start).unwrap_or_default();
        let local = Fields::at(before, start, LOCAL_HEADER_LENGTH)
            .filter(|local| local.0.get(..4) == Some(&LOCAL_HEADER))
            .ok_or_else(|| malformed("local_header"))?;
        let name_start = start + LOCAL_HEADER_LENGTH;
        let extra_start = name_start + usize::from(local.short(26));
        let data_start = extra_start + usize::from(local.short(28));
        let data_end = data_start + index(self.compressed_size)?;
        let name = before
            .get(name_start..extra_start)
            .ok_or_else(|| malformed("local_header"))?;
        let extra = before
            .get(extra_start..data_start)
            .ok_or_else(|| malformed("local_header"))?;
        let compressed = before
            .get(data_start..data_end)
            .ok_or_else(|| malformed("entry_data"))?;

        check_extra(extra, self.name)?;
        let descriptor = self.compare_with(&local, name)?;
        let after = before.get(data_end..).unwrap_or_default();
        let trailer = if descriptor {
            self.descriptor_length(after, method)?
        } else {
            0
        };
        Ok(Entry {
            name: self.name,
            utf8: self.flags & FLAG_UTF8 != 0,
            method,
            crc: self.crc,
            compressed,
            size: index(self.size)?,
            modified: self.modified,
            span: start..data_end + trailer,
            descriptor,
        })
    }

    /// Whether a data descriptor follows, if all that both headers tell is the same.
    fn compare_with(&self, local: &Fields<'_>, name: &[u8]) -> Result<bool> {
        let local_flags = local.short(6);
        if name != self.name {
            return Err(ambiguous("name_differs"));
        }
        // Without the mark some readers take other characters for the name's bytes.
        let compared = if name.is_ascii() {
            FLAG_ENCRYPTED
        } else {
            FLAG_ENCRYPTED | FLAG_UTF8
        };
        if (local_flags ^ self.flags) & compared != 0 {
            return Err(ambiguous("flags_differ"));
        }
        if local.short(8) != self.method {
            return Err(ambiguous("method_differs"));
        }
        let descriptor = local_flags & FLAG_DESCRIPTOR != 0;
        let agrees = |local: u32, central: u32| local == central || (descriptor && local == 0);
        if !agrees(local.long(14), self.crc) {
            return Err(ambiguous("crc_differs"));
        }
        if !agrees(local.long(18), self.compressed_size) || !agrees(local.long(22), self.size) {
            return Err(ambiguous("sizes_differ"));
        }
        Ok(descriptor)
    }

    fn descriptor_length(&self, after: &[u8], method: Method) -> Result<usize> {
        if method == Method::Stored && self.size > 0 {
            // Nothing tells a reader that scans forward where such data ends.
            return Err(ambiguous("stored_with_descriptor"));
        }
        let mut expected = Vec::with_capacity(16);
        expected.extend(DATA_DESCRIPTOR);
        expected.extend(self.crc.to_le_bytes());
        expected.extend(self.compressed_size.to_le_bytes());
        expected.extend(self.size.to_le_bytes());
        if after.starts_with(&expected) {
            return Ok(expected.len());
        }
        let unsigned = expected.get(DATA_DESCRIPTOR.len()..).unwrap_or_default();
        if after.starts_with(unsigned) {
            return Ok(unsigned.len());
        }
        Err(ambiguous("descriptor_differs"))
    }
}

/// Refuses extra fields that change sizes, content or the name.
fn check_extra(mut extra: &[u8], name: &[u8]) -> Result<()> {
    while let Some((head, rest)) = extra.split_at_checked(4) {
        let head = Fields(head);
        let (id, length) = (head.short(0), usize::from(head.short(2)));
        // Some writers pad this field with less than a whole record.
        let Some((data, rest)) = rest.split_at_checked(length) else {
            break;
        };
        match id {
            EXTRA_ZIP64 => return Err(Error::unsupported("ZIP64 archives are not read")),
            EXTRA_AES | EXTRA_STRONG_ENCRYPTION => {
                return Err(Error::unsupported("encrypted archives are not read"));
            }
            // One byte of version and four of the name's CRC come before the name.
            EXTRA_UNICODE_PATH if data.get(5..) != Some(name) => {
                return Err(ambiguous("second_name"));
            }
            _ => {}
        }
        extra = rest;
    }
    Ok(())
}

/// Declared sizes against the limits on ratio and sum.
fn check_sizes(entries: &[Entry<'_>], limits: &Limits) -> Result<()> {
    let mut sum = 0_u64;
    for entry in entries {
        let size = u64::try_from(entry.size).unwrap_or(u64::MAX);
        let compressed = u64::try_from(entry.compressed.len()).unwrap_or(u64::MAX);
        let most = compressed
            .saturating_mul(limits.ratio)
            .max(limits.ratio_floor);
        if size > most {
            return Err(Error::limit("inflation ratio", limits.ratio)
                .with("entry", String::from_utf8_lossy(entry.name)));
        }
        sum = sum.saturating_add(size);
    }
    if sum > limits.inflated_bytes {
        return Err(Error::limit("inflated bytes", limits.inflated_bytes));
    }
    Ok(())
}

/// Entries must not overlap, and what stands between them must not look like entries.
fn check_layout(
    bytes: &[u8],
    entries: &[Entry<'_>],
    directory_start: usize,
    findings: &mut Vec<Finding>,
) -> Result<()> {
    let mut spans: Vec<_> = entries.iter().map(|entry| entry.span.clone()).collect();
    spans.sort_by_key(|span| span.start);
    let mut reached = 0;
    for span in spans {
        if span.start < reached {
            return Err(ambiguous("overlapping_entries").with("offset", span.start));
        }
        check_gap(bytes, reached..span.start, findings)?;
        reached = span.end;
    }
    check_gap(bytes, reached..directory_start, findings)
}

fn check_gap(bytes: &[u8], range: Range<usize>, findings: &mut Vec<Finding>) -> Result<()> {
    let gap = bytes.get(range.clone()).unwrap_or_default();
    if gap.is_empty() {
        return Ok(());
    }
    if holds_signature(gap) {
        return Err(ambiguous("hidden_entries").with("offset", range.start));
    }
    if range.start > 0 {
        findings.push(Finding::new(FindingCode::GapBytes, range.start.to_string()));
        return Ok(());
    }
    let begins_with_magic = MAGICS.iter().any(|magic| gap.starts_with(magic));
    if begins_with_magic {
        return Err(ambiguous("second_format"));
    }
    findings.push(Finding::new(
        FindingCode::PrefixBytes,
        gap.len().to_string(),
    ));
    Ok(())
}

fn holds_signature(bytes: &[u8]) -> bool {
    [
        LOCAL_HEADER,
        CENTRAL_RECORD,
        END_RECORD,
        ZIP64_END_RECORD,
        ZIP64_LOCATOR,
    ]
    .iter()
    .any(|signature| find(bytes, signature).is_some())
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes
        .windows(needle.len())
        .position(|window| window == needle)
}

fn starts_with(bytes: &[u8], at: usize, signature: &[u8]) -> bool {
    bytes
        .get(at..)
        .is_some_and(|rest| rest.starts_with(signature))
}

fn index(value: u32) -> Result<usize> {
    usize::try_from(value).map_err(|_| malformed("offset"))
}

/// A fixed-length record; fields are little-endian. Reading past its end gives zero, which the
/// length given to [`Fields::at`] rules out.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn at(bytes: &'a [u8], at: usize, length: usize) -> Option<Self> {
        bytes.get(at..at.checked_add(length)?).map(Self)
    }

    fn short(&self, at: usize) -> u16 {
        self.array(at).map_or(0, u16::from_le_bytes)
    }

    fn long(&self, at: usize) -> u32 {
        self.array(at).map_or(0, u32::from_le_bytes)
    }

    fn array<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.0.get(at..)?.first_chunk().copied()
    }
}

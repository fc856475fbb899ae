//! Is this one PDF file, and nothing else, from its first to its last byte?

use crate::error::{Error, ErrorKind, Result};
use crate::pdf::limits;

/// First bytes of containers that a reader could take the file for.
const MAGICS: [(&str, &[u8]); 6] = [
    ("zip", b"PK\x03\x04"),
    ("empty zip", b"PK\x05\x06"),
    ("pdf", b"%PDF-"),
    ("compound file", b"\xd0\xcf\x11\xe0"),
    ("rar", b"Rar!\x1a\x07"),
    ("7z", b"7z\xbc\xaf\x27\x1c"),
];

/// Readers look for a header in the first kilobyte (ISO 32000-1 annex H).
const HEADER_SEARCH: usize = 1024;

/// A ZIP reader looks this far back for its directory: 22 bytes and a comment of up to 65535.
const ZIP_SEARCH: usize = 22 + 65_535;

/// Checks the header and the ends of the file; gives the offset of the last `%%EOF`.
pub(super) fn check(bytes: &[u8]) -> Result<usize> {
    if bytes.len() > limits::FILE {
        return Err(Error::limit("pdf file bytes", 256 << 20));
    }
    check_header(bytes)?;
    let last = check_end(bytes)?;
    check_no_zip_directory(bytes)?;
    Ok(last)
}

fn check_header(bytes: &[u8]) -> Result<()> {
    match bytes {
        [
            b'%',
            b'P',
            b'D',
            b'F',
            b'-',
            b'1',
            b'.',
            b'0'..=b'7',
            b'\r' | b'\n',
            ..,
        ]
        | [
            b'%',
            b'P',
            b'D',
            b'F',
            b'-',
            b'2',
            b'.',
            b'0',
            b'\r' | b'\n',
            ..,
        ] => return Ok(()),
        [b'%', b'P', b'D', b'F', b'-', ..] => {
            return Err(Error::unsupported("the PDF version is not known").with("offset", 5));
        }
        _ => {}
    }
    let start = bytes
        .get(..HEADER_SEARCH.min(bytes.len()))
        .unwrap_or_default();
    let Some(offset) = find(start, b"%PDF-") else {
        return Err(Error::malformed("there is no PDF header").with("offset", 0));
    };
    match MAGICS.iter().find(|(_, magic)| bytes.starts_with(magic)) {
        Some((name, _)) => Err(
            ambiguous("another container's header stands before the PDF's")
                .with("container", name)
                .with("offset", offset),
        ),
        None => Err(Error::malformed("bytes stand before the PDF header").with("offset", offset)),
    }
}

fn check_end(bytes: &[u8]) -> Result<usize> {
    let marker = b"%%EOF";
    let last = bytes
        .windows(marker.len())
        .rposition(|window| window == marker)
        .ok_or_else(|| Error::malformed("there is no end-of-file marker"))?;
    let after = last + marker.len();
    let trailing = bytes.get(after..).unwrap_or_default();
    if matches!(trailing, [] | [b'\n'] | [b'\r'] | [b'\r', b'\n']) {
        return Ok(last);
    }
    match MAGICS
        .iter()
        .find(|(_, magic)| find(trailing, magic).is_some())
    {
        Some((name, _)) => Err(ambiguous("another container follows the PDF")
            .with("container", name)
            .with("offset", after)),
        None => {
            Err(Error::malformed("bytes follow the last end-of-file marker").with("offset", after))
        }
    }
}

/// A ZIP directory whose comment ends with the file makes it a ZIP package too.
fn check_no_zip_directory(bytes: &[u8]) -> Result<()> {
    let start = bytes.len().saturating_sub(ZIP_SEARCH);
    let tail = bytes.get(start..).unwrap_or_default();
    for (index, record) in tail.windows(22).enumerate() {
        if let [b'P', b'K', 5, 6, .., low, high] = record
            && index + 22 + usize::from(u16::from_le_bytes([*low, *high])) == tail.len()
        {
            return Err(ambiguous("the file is a ZIP package as well")
                .with("container", "zip")
                .with("offset", start + index));
        }
    }
    Ok(())
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes
        .windows(needle.len())
        .position(|window| window == needle)
}

fn ambiguous(message: &'static str) -> Error {
    Error::new(ErrorKind::Ambiguous, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(bytes: &[u8]) -> ErrorKind {
        check(bytes).unwrap_err().kind()
    }

    #[test]
    fn a_file_is_one_pdf_from_end_to_end() {
        assert_eq!(check(b"%PDF-1.7\n%%EOF").unwrap(), 9);
        assert_eq!(check(b"%PDF-2.0\r\n%%EOF\r\n").unwrap(), 10);
        assert_eq!(kind(b""), ErrorKind::Malformed);
        assert_eq!(kind(b"%PDF-1.7\n"), ErrorKind::Malformed);
        assert_eq!(kind(b"%PDF-9.1\n%%EOF"), ErrorKind::Unsupported);
        assert_eq!(kind(b"junk%PDF-1.7\n%%EOF"), ErrorKind::Malformed);
        assert_eq!(kind(b"%PDF-1.7\n%%EOF\njunk"), ErrorKind::Malformed);
    }

    #[test]
    fn a_second_container_is_ambiguous() {
        assert_eq!(kind(b"PK\x03\x04....%PDF-1.7\n%%EOF"), ErrorKind::Ambiguous);
        assert_eq!(kind(b"%PDF-1.7\n%%EOF\nPK\x03\x04"), ErrorKind::Ambiguous);
        let mut zip = b"%PDF-1.7\n%PK\x05\x06".to_vec();
        zip.extend([0; 16]);
        zip.extend([6, 0]);
        zip.extend(b"\n%%EOF");
        assert_eq!(kind(&zip), ErrorKind::Ambiguous);
    }
}

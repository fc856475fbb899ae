//! The printed signature dictionary (ISO 32000-1 table 252), whose range and value come later.

use std::ops::Range;

use super::options::SignatureOptions;
use crate::error::{Error, Result};
use crate::pdf::syntax::{Object, PdfString, encode_text, format_date, print};

/// Digits for each number of the byte range: files below 10 GB.
const RANGE_DIGITS: usize = 10;

/// The printed signature dictionary with room for its range and value.
pub(super) struct SignatureTemplate {
    pub(super) body: Vec<u8>,
    /// Where the byte range's numbers begin.
    pub(super) range_at: usize,
    /// The value with its delimiters.
    pub(super) contents: Range<usize>,
}

impl SignatureTemplate {
    /// `seal` encrypts the strings of a part where the file is encrypted.
    pub(super) fn new(
        options: &SignatureOptions,
        references: Vec<Object>,
        seal: &mut dyn FnMut(&mut Object) -> Result<()>,
    ) -> Result<Self> {
        let kind: &[u8] = if options.is_time_stamp() {
            b"<< /Type /DocTimeStamp /Filter "
        } else {
            b"<< /Type /Sig /Filter "
        };
        let mut body = kind.to_vec();
        print(&Object::name(&options.filter), &mut body);
        body.extend(b" /SubFilter ");
        print(&Object::name(&options.sub_filter), &mut body);
        body.extend(b" /ByteRange [0 ");
        let range_at = body.len();
        body.extend(b" ".repeat(3 * RANGE_DIGITS + 2));
        body.extend(b"] /Contents ");
        let start = body.len();
        body.push(b'<');
        body.extend(b"0".repeat(options.capacity * 2));
        body.push(b'>');
        let contents = start..body.len();
        let texts = [
            ("Name", options.name.as_deref().map(encode_text)),
            ("Reason", options.reason.as_deref().map(encode_text)),
            ("Location", options.location.as_deref().map(encode_text)),
            ("ContactInfo", options.contact.as_deref().map(encode_text)),
            ("M", options.time.map(format_date)),
        ];
        for (key, text) in texts {
            let Some(text) = text else { continue };
            body.extend(format!(" /{key} ").bytes());
            let mut text = Object::from(PdfString { hex: false, ..text });
            seal(&mut text)?;
            print(&text, &mut body);
        }
        if !references.is_empty() {
            body.extend(b" /Reference ");
            let mut references = Object::Array(references);
            seal(&mut references)?;
            print(&references, &mut body);
        }
        body.extend(b" >>");
        Ok(Self {
            body,
            range_at,
            contents,
        })
    }
}

pub(super) fn write_range(bytes: &mut [u8], at: usize, gap: &Range<usize>) -> Result<()> {
    let text = format!("{} {} {}", gap.start, gap.end, bytes.len() - gap.end);
    if text.len() > 3 * RANGE_DIGITS + 2 {
        return Err(Error::limit("pdf file bytes", 9_999_999_999));
    }
    for (place, letter) in bytes.iter_mut().skip(at).zip(text.bytes()) {
        *place = letter;
    }
    Ok(())
}

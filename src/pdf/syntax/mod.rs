//! The objects of PDF (ISO 32000-1 7.2, 7.3): parsed strictly from bytes with their places, and
//! printed.

mod object;
mod parse;
mod print;
mod text;

pub use object::Ref;
pub(crate) use object::{Dict, Object, PdfString, Stream, Value, same, same_dict};
pub(crate) use parse::{Parser, Token};
pub(crate) use print::print;
pub(crate) use text::{
    decode_text, decode_utf16, encode_bytes, encode_text, format_date, parse_date,
};

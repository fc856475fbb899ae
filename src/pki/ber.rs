//! BER into DER, as far as other makers' CMS needs it: indefinite lengths, long forms of
//! lengths, and strings in pieces.
//!
//! What is DER already comes out unchanged, byte for byte.

use crate::asn1::{self, Tag};
use crate::error::{Error, Result};

/// The deepest real message, a certificate inside a token inside a signature, needs 25.
const MAX_DEPTH: usize = 48;

/// One whole element of `input` as DER, and how many bytes of the input it took.
///
/// # Errors
/// `malformed` for what is not BER or uses multi-byte tags, `limit_exceeded` beyond 48 levels.
pub(super) fn to_der(input: &[u8]) -> Result<(Vec<u8>, usize)> {
    let (element, rest) = element(input, 0)?;
    Ok((element, input.len() - rest.len()))
}

fn element(input: &[u8], depth: usize) -> Result<(Vec<u8>, &[u8])> {
    if depth == MAX_DEPTH {
        return Err(Error::limit("nesting depth of BER", MAX_DEPTH as u64));
    }
    let (tag, rest) = input
        .split_first()
        .ok_or_else(|| Error::malformed("an element is missing"))?;
    let tag = Tag(*tag);
    if tag.0 & 0x1f == 0x1f {
        return Err(Error::malformed(
            "a multi-byte tag is not used by any structure read here",
        ));
    }
    let (length, rest) = length(rest)?;
    let (children, rest) = match length {
        Some(length) => {
            let (content, rest) = rest
                .split_at_checked(length)
                .ok_or_else(|| Error::malformed("an element runs past the end"))?;
            if !tag.is_constructed() {
                return Ok((asn1::tlv(tag, content), rest));
            }
            (definite(content, depth)?, rest)
        }
        None if tag.is_constructed() => indefinite(rest, depth)?,
        None => return Err(Error::malformed("a primitive element has no length")),
    };
    Ok((assemble(tag, &children)?, rest))
}

fn definite(mut content: &[u8], depth: usize) -> Result<Vec<Vec<u8>>> {
    let mut children = Vec::new();
    while !content.is_empty() {
        let (child, rest) = element(content, depth + 1)?;
        children.push(child);
        content = rest;
    }
    Ok(children)
}

fn indefinite(mut content: &[u8], depth: usize) -> Result<(Vec<Vec<u8>>, &[u8])> {
    let mut children = Vec::new();
    loop {
        match content {
            [0, 0, rest @ ..] => return Ok((children, rest)),
            [] => {
                return Err(Error::malformed(
                    "an element of indefinite length does not end",
                ));
            }
            _ => {
                let (child, rest) = element(content, depth + 1)?;
                children.push(child);
                content = rest;
            }
        }
    }
}

/// A string in pieces becomes one string; everything else keeps its children.
fn assemble(tag: Tag, children: &[Vec<u8>]) -> Result<Vec<u8>> {
    /// OCTET STRING, constructed.
    const PIECES: Tag = Tag(0x24);
    if tag != PIECES {
        return Ok(asn1::tlv(tag, &children.concat()));
    }
    let mut whole = Vec::new();
    for piece in children {
        whole.extend_from_slice(asn1::Tlv::parse(piece)?.octets()?);
    }
    Ok(asn1::octets(&whole))
}

/// `None` for an indefinite length.
fn length(input: &[u8]) -> Result<(Option<usize>, &[u8])> {
    let cut = || Error::malformed("a length is cut off");
    let (first, rest) = input.split_first().ok_or_else(cut)?;
    let count = match first {
        0x80 => return Ok((None, rest)),
        short @ 0..=0x7f => return Ok((Some(usize::from(*short)), rest)),
        long => usize::from(long & 0x7f),
    };
    let (bytes, rest) = rest.split_at_checked(count).ok_or_else(cut)?;
    let length = bytes.iter().try_fold(0_usize, |sum, byte| {
        sum.checked_mul(256)?.checked_add(usize::from(*byte))
    });
    let length = length.ok_or_else(|| Error::malformed("a length is beyond any file"))?;
    Ok((Some(length), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn der_stays_as_it_is() {
        let der = asn1::sequence(&[asn1::integer(5), asn1::octets(&[7; 300]), asn1::null()]);
        assert_eq!(to_der(&der).unwrap(), (der.clone(), der.len()));
    }

    #[test]
    fn indefinite_lengths_and_pieces_are_closed() {
        let ber = [
            0x30, 0x80, 0x24, 0x80, 0x04, 0x01, 0xaa, 0x04, 0x81, 0x01, 0xbb, 0x00, 0x00, 0x05,
            0x00, 0x00, 0x00, 0xff,
        ];
        let der = asn1::sequence(&[asn1::octets(&[0xaa, 0xbb]), asn1::null()]);
        assert_eq!(to_der(&ber).unwrap(), (der, ber.len() - 1));
    }

    #[test]
    fn refuses_what_does_not_end_or_nests_too_deep() {
        for input in [
            &[0x30, 0x80, 0x05, 0x00][..],
            &[0x04, 0x80, 0x00, 0x00],
            &[0x30, 0x84],
            &[],
        ] {
            assert!(to_der(input).is_err());
        }
        let mut deep = [0x30, 0x80].repeat(1000);
        deep.extend([0; 2000]);
        assert!(asn1_limit(&to_der(&deep).unwrap_err()));
    }

    fn asn1_limit(error: &Error) -> bool {
        error.kind() == crate::error::ErrorKind::LimitExceeded
    }

    proptest! {
        #[test]
        fn never_panics_and_what_comes_out_is_stable(
            bytes in proptest::collection::vec(any::<u8>(), 0..120)
        ) {
            if let Ok((der, taken)) = to_der(&bytes) {
                prop_assert!(taken <= bytes.len());
                prop_assert_eq!(to_der(&der).unwrap(), (der.clone(), der.len()));
            }
        }
    }
}

//! Definite lengths for the formats whose writers use BER: PKCS#12 above all.

use zeroize::Zeroizing;

use super::{Reader, Tag, tlv};
use crate::error::{Error, Result};

/// How deep structures may nest; a key file nests some ten levels. Each level copies its content
/// once, so this also bounds the work to a multiple of the input.
const MAX_DEPTH: u8 = 32;

/// An OCTET STRING in pieces.
const CONSTRUCTED_OCTETS: Tag = Tag(0x24);

/// One BER element (X.690 8) with every length definite and minimal and every OCTET STRING in
/// one piece, so that the DER reader can read it. The content of primitive elements stays as it
/// is; sets are not sorted. The result is wiped when dropped, as it may hold a key.
///
/// # Errors
/// `malformed` for anything that is not one element, `limit_exceeded` beyond 32 levels.
pub(crate) fn to_definite(ber: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let mut out = buffer(ber.len());
    let rest = element(ber, 0, &mut out)?;
    if rest.is_empty() {
        Ok(out)
    } else {
        Err(Error::malformed("bytes follow the last element").with("count", rest.len()))
    }
}

/// Reads one element, appends its definite form, and returns what follows it.
fn element<'a>(input: &'a [u8], depth: u8, out: &mut Vec<u8>) -> Result<&'a [u8]> {
    let (tag, length, after) = header(input)?;
    if !tag.is_constructed() {
        let (content, rest) = length
            .and_then(|length| after.split_at_checked(length))
            .ok_or_else(cut_off)?;
        push(out, tag, content);
        return Ok(rest);
    }
    if depth >= MAX_DEPTH {
        return Err(Error::limit("nesting depth", MAX_DEPTH.into()));
    }
    let mut body = buffer(length.unwrap_or(after.len()).min(after.len()));
    let rest = children(length, after, depth, &mut body)?;
    match tag {
        CONSTRUCTED_OCTETS => push(out, Tag::OCTET_STRING, &join_octets(&body)?),
        Tag::SEQUENCE | Tag::SET => push(out, tag, &body),
        // Universal and constructed: a string type in pieces.
        Tag(0x00..=0x3f) => {
            return Err(Error::malformed(
                "only an OCTET STRING is read when it comes in pieces",
            ));
        }
        _ => push(out, tag, &body),
    }
    Ok(rest)
}

fn children<'a>(
    length: Option<usize>,
    after: &'a [u8],
    depth: u8,
    body: &mut Vec<u8>,
) -> Result<&'a [u8]> {
    if let Some(length) = length {
        let (mut inside, rest) = after.split_at_checked(length).ok_or_else(cut_off)?;
        while !inside.is_empty() {
            inside = element(inside, depth + 1, body)?;
        }
        return Ok(rest);
    }
    let mut inside = after;
    loop {
        match inside {
            [0, 0, rest @ ..] => return Ok(rest),
            _ => inside = element(inside, depth + 1, body)?,
        }
    }
}

/// Tag, length (`None`: indefinite) and what follows.
fn header(input: &[u8]) -> Result<(Tag, Option<usize>, &[u8])> {
    let (tag, rest) = input.split_first().ok_or_else(cut_off)?;
    let (first, rest) = rest.split_first().ok_or_else(cut_off)?;
    if *tag == 0 || tag & 0x1f == 0x1f {
        return Err(Error::malformed("an element has a tag no structure uses"));
    }
    let count = usize::from(first & 0x7f);
    match (first & 0x80 != 0, count) {
        (false, length) => Ok((Tag(*tag), Some(length), rest)),
        (true, 0) => Ok((Tag(*tag), None, rest)),
        (true, 1..=4) => {
            let (bytes, rest) = rest.split_at_checked(count).ok_or_else(cut_off)?;
            let length = bytes
                .iter()
                .fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
            let length = usize::try_from(length).map_err(|_| cut_off())?;
            Ok((Tag(*tag), Some(length), rest))
        }
        _ => Err(Error::malformed(
            "a length of more than four bytes is beyond any file read here",
        )),
    }
}

fn join_octets(pieces: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let mut joined = buffer(pieces.len());
    let mut reader = Reader::new(pieces);
    while !reader.is_empty() {
        joined.extend_from_slice(reader.read()?.octets()?);
    }
    Ok(joined)
}

fn push(out: &mut Vec<u8>, tag: Tag, content: &[u8]) {
    out.extend_from_slice(&Zeroizing::new(tlv(tag, content)));
}

/// Room for the definite form of so many bytes, so that a key is rarely left behind by growing.
fn buffer(length: usize) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(Vec::with_capacity(length + 16))
}

fn cut_off() -> Error {
    Error::malformed("an element is cut off or its length is not given")
}

#[cfg(test)]
mod tests {
    use super::super::{Tlv, context, integer, octets, sequence};
    use super::*;
    use crate::error::ErrorKind;
    use proptest::prelude::*;

    #[test]
    fn indefinite_lengths_and_pieces_become_definite() {
        let ber = [
            0x30, 0x80, 0x02, 0x01, 0x05, 0xa0, 0x80, 0x24, 0x80, 0x04, 0x01, 0xaa, 0x24, 0x03,
            0x04, 0x01, 0xbb, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        ];
        let der = sequence(&[integer(5), context(0, &[octets(&[0xaa, 0xbb])])]);
        assert_eq!(*to_definite(&ber).unwrap(), der);
    }

    #[test]
    fn lengths_become_minimal_and_der_stays() {
        assert_eq!(
            *to_definite(&[0x04, 0x82, 0x00, 0x01, 0x07]).unwrap(),
            [0x04, 0x01, 0x07]
        );
        let der = sequence(&[octets(&[7; 300]), integer(1)]);
        assert_eq!(*to_definite(&der).unwrap(), der);
    }

    #[test]
    fn broken_forms_are_refused() {
        for bad in [
            &[][..],
            &[0x30],
            &[0x30, 0x80],
            &[0x30, 0x80, 0x00],
            &[0x04, 0x80, 0x00, 0x00],
            &[0x30, 0x02, 0x00, 0x00],
            &[0x24, 0x03, 0x02, 0x01, 0x05],
            &[0x23, 0x80, 0x00, 0x00],
            &[0x30, 0x00, 0x00],
            &[0x30, 0x85, 0, 0, 0, 0, 0],
            &[0x1f, 0x01, 0x00],
        ] {
            let error = to_definite(bad).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Malformed, "{bad:02x?}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let mut nested = vec![];
        for _ in 0..40 {
            nested.extend_from_slice(&[0x30, 0x80]);
        }
        let error = to_definite(&nested).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::LimitExceeded);
    }

    proptest! {
        #[test]
        fn what_comes_out_is_one_der_element(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(definite) = to_definite(&bytes) {
                prop_assert!(Tlv::parse(&definite).is_ok());
                prop_assert_eq!(&*to_definite(&definite).unwrap(), &*definite);
            }
        }
    }
}

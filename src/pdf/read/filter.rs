//! Stream filters, within limits: Flate and LZW with their predictors, and the text filters of
//! old files. Those of pictures are refused where content is needed.

use std::borrow::Cow;
use std::io::Read;

use flate2::bufread::ZlibDecoder;
use weezl::BitOrder;
use weezl::decode::Decoder;

use crate::error::{Error, Result};
use crate::pdf::limits;
use crate::pdf::syntax::{Dict, Object, Parser};

/// One filter and its parameters.
pub(crate) type Step<'d> = (&'d [u8], Option<&'d Dict>);

/// Longest chain of filters; two are common.
const CHAIN: usize = 4;

/// The filters of a stream, in the order in which they are undone.
pub(crate) fn chain(dict: &Dict) -> Result<Vec<Step<'_>>> {
    if dict.contains("F") {
        return Err(Error::unsupported(
            "a stream keeps its bytes in another file",
        ));
    }
    let filters = match dict.get("Filter") {
        None => &[][..],
        Some(Object::Array(items)) => items.as_slice(),
        Some(single) => std::slice::from_ref(single),
    };
    let parameters = match dict.get("DecodeParms") {
        None => &[][..],
        Some(Object::Array(items)) => items.as_slice(),
        Some(single) => std::slice::from_ref(single),
    };
    if filters.len() > CHAIN {
        return Err(Error::limit("pdf filters of a stream", 4));
    }
    if parameters.len() > filters.len() {
        return Err(Error::malformed("DecodeParms does not fit its filter"));
    }
    let mut steps = Vec::new();
    for (place, filter) in filters.iter().enumerate() {
        let name = filter
            .as_name()
            .ok_or_else(|| Error::malformed("a stream filter is no name"))?;
        let own = match parameters.get(place) {
            None | Some(Object::Null) => None,
            Some(Object::Dict(own)) => Some(own),
            Some(_) => return Err(Error::malformed("DecodeParms is no dictionary")),
        };
        steps.push((name, own));
    }
    Ok(steps)
}

/// The crypt filter that a stream asks for, which may only be the first (ISO 32000-2 7.4.10).
pub(crate) fn crypt_filter<'d>(chain: &[Step<'d>]) -> Result<Option<&'d [u8]>> {
    let Some((place, (_, parameters))) = (0..)
        .zip(chain)
        .find(|(_, (name, _))| *name == b"Crypt".as_slice())
    else {
        return Ok(None);
    };
    if place != 0 {
        return Err(Error::malformed("a crypt filter is not the first filter"));
    }
    let name = parameters.and_then(|parameters| parameters.get("Name"));
    Ok(Some(name.and_then(Object::as_name).unwrap_or(b"Identity")))
}

/// Undoes the filters. `limit` bounds the result of each further than [`limits::INFLATED`].
pub(crate) fn decode(chain: &[Step<'_>], raw: &[u8], limit: usize) -> Result<Vec<u8>> {
    let mut data = Cow::Borrowed(raw);
    for (name, parameters) in chain {
        data = Cow::Owned(match *name {
            b"FlateDecode" | b"Fl" => undo_predictor(inflate(&data, limit)?, *parameters)?,
            b"LZWDecode" | b"LZW" => undo_predictor(lzw(&data, *parameters, limit)?, *parameters)?,
            b"ASCIIHexDecode" | b"AHx" => ascii_hex(&data)?,
            b"ASCII85Decode" | b"A85" => ascii_85(&data)?,
            b"RunLengthDecode" | b"RL" => run_length(&data, limit)?,
            // Undone already; nothing else may call itself so.
            b"Crypt" => continue,
            other => {
                return Err(Error::unsupported("a stream filter is not offered")
                    .with("filter", String::from_utf8_lossy(other)));
            }
        });
    }
    if data.len() > limit {
        return Err(too_large(limit));
    }
    Ok(data.into_owned())
}

fn inflate(raw: &[u8], limit: usize) -> Result<Vec<u8>> {
    let limit = bound(raw, limit);
    let mut decoder = ZlibDecoder::new(raw);
    let mut data = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX);
    decoder
        .by_ref()
        .take(most.saturating_add(1))
        .read_to_end(&mut data)
        .map_err(|_| Error::malformed("a stream does not inflate"))?;
    if data.len() > limit {
        return Err(too_large(limit));
    }
    // An end of line before `endstream` may be counted in; anything else would be hidden bytes.
    match decoder.into_inner() {
        [] | [b'\n'] | [b'\r'] | [b'\r', b'\n'] => Ok(data),
        _ => Err(Error::malformed(
            "bytes follow the deflated data of a stream",
        )),
    }
}

/// LZW with codes that grow one early unless `EarlyChange` is 0 (ISO 32000-1 7.4.4).
fn lzw(raw: &[u8], parameters: Option<&Dict>, limit: usize) -> Result<Vec<u8>> {
    /// Decoded at once; the limit is looked at in between.
    const STEP: usize = 64 << 10;
    let early = match parameters {
        None => 1,
        Some(parameters) => number(parameters, "EarlyChange", 1)?,
    };
    let mut decoder = if early == 0 {
        Decoder::new(BitOrder::Msb, 8)
    } else {
        Decoder::with_tiff_size_switch(BitOrder::Msb, 8)
    };
    let limit = bound(raw, limit);
    let mut data = Vec::new();
    let mut left = raw;
    let mut part = vec![0; STEP];
    while !decoder.has_ended() {
        let step = decoder.decode_bytes(left, &mut part);
        step.status
            .map_err(|_| Error::malformed("a stream does not decode"))?;
        left = left.get(step.consumed_in..).unwrap_or_default();
        data.extend_from_slice(part.get(..step.consumed_out).unwrap_or_default());
        if data.len() > limit {
            return Err(too_large(limit));
        }
        if step.consumed_in == 0 && step.consumed_out == 0 {
            return Err(Error::malformed("a stream does not decode"));
        }
    }
    match left {
        [] | [b'\n'] | [b'\r'] | [b'\r', b'\n'] => Ok(data),
        _ => Err(Error::malformed("bytes follow the coded data of a stream")),
    }
}

/// Pairs of hexadecimal digits up to `>` (ISO 32000-1 7.4.2).
fn ascii_hex(raw: &[u8]) -> Result<Vec<u8>> {
    let mut parser = Parser::new(raw, 0);
    parser.hex_digits(b'>')
}

/// Groups of five letters up to `~>` (ISO 32000-1 7.4.3).
fn ascii_85(raw: &[u8]) -> Result<Vec<u8>> {
    let wrong = || Error::malformed("a stream's ASCII base-85 data is malformed");
    let end = raw
        .windows(2)
        .position(|pair| pair == b"~>")
        .ok_or_else(wrong)?;
    let (letters, rest) = raw.split_at_checked(end).ok_or_else(wrong)?;
    if !rest.iter().skip(2).all(u8::is_ascii_whitespace) {
        return Err(wrong());
    }
    let mut data = Vec::new();
    let mut group: Vec<u32> = Vec::new();
    for letter in letters {
        match letter {
            b'z' if group.is_empty() => data.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(letter - b'!')),
            0 | b'\t' | b'\n' | 12 | b'\r' | b' ' => {}
            _ => return Err(wrong()),
        }
        if group.len() == 5 {
            data.extend(group_of_85(&group).ok_or_else(wrong)?);
            group.clear();
        }
    }
    match group.len() {
        0 => {}
        1 => return Err(wrong()),
        count => {
            group.resize(5, 84);
            let bytes = group_of_85(&group).ok_or_else(wrong)?;
            data.extend(bytes.iter().take(count - 1));
        }
    }
    Ok(data)
}

fn group_of_85(digits: &[u32]) -> Option<[u8; 4]> {
    let value = digits.iter().try_fold(0_u32, |value, digit| {
        value.checked_mul(85)?.checked_add(*digit)
    });
    value.map(u32::to_be_bytes)
}

/// Runs of bytes up to 128 (ISO 32000-1 7.4.5).
fn run_length(raw: &[u8], limit: usize) -> Result<Vec<u8>> {
    let wrong = || Error::malformed("a stream's run lengths are malformed");
    let limit = bound(raw, limit);
    let mut data = Vec::new();
    let mut left = raw;
    loop {
        let (length, rest) = left.split_first().ok_or_else(wrong)?;
        left = match length {
            128 => break,
            0..128 => {
                let (run, rest) = rest
                    .split_at_checked(usize::from(*length) + 1)
                    .ok_or_else(wrong)?;
                data.extend_from_slice(run);
                rest
            }
            129.. => {
                let (byte, rest) = rest.split_first().ok_or_else(wrong)?;
                data.resize(data.len() + 257 - usize::from(*length), *byte);
                rest
            }
        };
        if data.len() > limit {
            return Err(too_large(limit));
        }
    }
    Ok(data)
}

/// How far so many bytes may grow.
fn bound(raw: &[u8], limit: usize) -> usize {
    let by_ratio = raw
        .len()
        .saturating_mul(limits::RATIO)
        .max(limits::RATIO_FREE);
    limit.min(limits::INFLATED).min(by_ratio)
}

fn too_large(limit: usize) -> Error {
    Error::limit(
        "pdf inflated bytes",
        u64::try_from(limit).unwrap_or(u64::MAX),
    )
}

fn undo_predictor(data: Vec<u8>, parameters: Option<&Dict>) -> Result<Vec<u8>> {
    let Some(parameters) = parameters else {
        return Ok(data);
    };
    match number(parameters, "Predictor", 1)? {
        1 => Ok(data),
        2 => undo_tiff(data, parameters),
        10..=15 => undo_png(&data, parameters),
        _ => Err(Error::unsupported("a predictor is not offered")),
    }
}

/// Differences to the sample at the left (TIFF 6.0, section 14), for samples of one byte.
fn undo_tiff(mut data: Vec<u8>, parameters: &Dict) -> Result<Vec<u8>> {
    let colours = number(parameters, "Colors", 1)?;
    let columns = number(parameters, "Columns", 1)?;
    if number(parameters, "BitsPerComponent", 8)? != 8 {
        return Err(Error::unsupported("a predictor is not offered"));
    }
    let row = colours
        .checked_mul(columns)
        .filter(|row| *row > 0 && data.len().is_multiple_of(*row))
        .ok_or_else(|| Error::malformed("a predictor's rows do not fill the data"))?;
    for line in data.chunks_exact_mut(row) {
        let mut left = vec![0_u8; colours];
        for sample in line.chunks_mut(colours) {
            for (byte, left) in sample.iter_mut().zip(&mut left) {
                *byte = byte.wrapping_add(*left);
                *left = *byte;
            }
        }
    }
    Ok(data)
}

/// PNG filters (PNG specification, clause 9), one filter byte before each row.
fn undo_png(data: &[u8], parameters: &Dict) -> Result<Vec<u8>> {
    let colours = number(parameters, "Colors", 1)?;
    let bits = number(parameters, "BitsPerComponent", 8)?;
    let columns = number(parameters, "Columns", 1)?;
    if !(1..=32).contains(&colours) || !(1..=16).contains(&bits) || columns == 0 {
        return Err(Error::malformed(
            "a predictor's parameters are out of range",
        ));
    }
    let row_bits = columns
        .checked_mul(colours * bits)
        .ok_or_else(|| Error::malformed("a predictor's row is out of range"))?;
    let row = row_bits.div_ceil(8);
    let back = (colours * bits).div_ceil(8);
    if !data.len().is_multiple_of(row + 1) {
        return Err(Error::malformed("a predictor's rows do not fill the data"));
    }
    let mut out = Vec::with_capacity(data.len());
    let mut above = vec![0_u8; row];
    for line in data.chunks_exact(row + 1) {
        let Some((filter, filtered)) = line.split_first() else {
            break;
        };
        above = undo_row(*filter, filtered, &above, back)?;
        out.extend_from_slice(&above);
    }
    Ok(out)
}

fn undo_row(filter: u8, filtered: &[u8], above: &[u8], back: usize) -> Result<Vec<u8>> {
    let mut row: Vec<u8> = Vec::with_capacity(filtered.len());
    for (index, (byte, up)) in filtered.iter().zip(above).enumerate() {
        let earlier = index.checked_sub(back);
        let left = earlier.and_then(|at| row.get(at)).copied().unwrap_or(0);
        let corner = earlier.and_then(|at| above.get(at)).copied().unwrap_or(0);
        let predicted = match filter {
            0 => 0,
            1 => left,
            2 => *up,
            3 => left.midpoint(*up),
            4 => paeth(left, *up, corner),
            _ => return Err(Error::malformed("a row names an unknown PNG filter")),
        };
        row.push(byte.wrapping_add(predicted));
    }
    Ok(row)
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(up) - i16::from(corner);
    let distance = |value: u8| (estimate - i16::from(value)).abs();
    if distance(left) <= distance(up) && distance(left) <= distance(corner) {
        left
    } else if distance(up) <= distance(corner) {
        up
    } else {
        corner
    }
}

fn number(dict: &Dict, key: &'static str, default: usize) -> Result<usize> {
    if dict.contains(key) {
        dict.size(key)
    } else {
        Ok(default)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::error::ErrorKind;
    use crate::pdf::syntax::Parser;

    fn decode(dict: &Dict, raw: &[u8], limit: usize) -> Result<Vec<u8>> {
        super::decode(&chain(dict)?, raw, limit)
    }

    fn deflate(data: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn dict(text: &str) -> Dict {
        Parser::new(text.as_bytes(), 0)
            .object()
            .unwrap()
            .as_dict()
            .unwrap()
            .clone()
    }

    #[test]
    fn undoes_each_png_filter() {
        let flate = dict("<</Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 3>>>>");
        let rows = [
            0, 1, 2, 3, // as they are
            1, 1, 1, 1, // left: 1 2 3
            2, 1, 1, 1, // up: 2 3 4
            3, 1, 1, 1, // mean of left and up: 2 3 4
            4, 1, 1, 1, // Paeth: 3 4 5
        ];
        let out = decode(&flate, &deflate(&rows), 1000).unwrap();
        assert_eq!(out, [1, 2, 3, 1, 2, 3, 2, 3, 4, 2, 3, 4, 3, 4, 5]);
        assert!(decode(&flate, &deflate(&rows[..19]), 1000).is_err());
        assert!(decode(&flate, &deflate(&[9, 0, 0, 0]), 1000).is_err());
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let flate = dict("<</Filter[/FlateDecode]>>");
        let bomb = deflate(&vec![0; 2 << 20]);
        assert_eq!(
            decode(&flate, &bomb, usize::MAX).unwrap_err().kind(),
            ErrorKind::LimitExceeded
        );
        let small = deflate(&vec![0; 1000]);
        assert_eq!(
            decode(&flate, &small, 999).unwrap_err().kind(),
            ErrorKind::LimitExceeded
        );
        assert_eq!(decode(&flate, &small, 1000).unwrap().len(), 1000);
    }

    #[test]
    fn hidden_and_missing_bytes_are_refused() {
        let flate = dict("<</Filter/FlateDecode>>");
        let mut data = deflate(b"content");
        data.push(b'\n');
        assert_eq!(decode(&flate, &data, 100).unwrap(), b"content");
        data.extend(b"more");
        assert!(decode(&flate, &data, 100).is_err());
        assert!(decode(&flate, &deflate(b"content")[..8], 100).is_err());
        let other = dict("<</Filter/JPXDecode>>");
        assert_eq!(
            decode(&other, b"", 100).unwrap_err().kind(),
            ErrorKind::Unsupported
        );
    }

    #[test]
    fn reads_the_filters_of_old_files() {
        // The example of ISO 32000-1 7.4.4.2, and its text letters in each coding.
        let coded = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        let lzw = dict("<</Filter/LZWDecode>>");
        assert_eq!(decode(&lzw, &coded, 100).unwrap(), b"-----A---B");
        let hex = dict("<</Filter[/AHx/LZW]>>");
        assert_eq!(
            decode(&hex, b"80 0B6050220C0C85 01>", 100).unwrap(),
            b"-----A---B"
        );
        let letters = dict("<</Filter/ASCII85Decode>>");
        assert_eq!(
            decode(&letters, b"87cUR\nD]i,\"Ebo80 z~>\n", 100).unwrap(),
            b"Hello World!\0\0\0\0"
        );
        assert_eq!(decode(&letters, b"8804~>", 100).unwrap(), b"Hi!");
        let runs = dict("<</Filter/RunLengthDecode>>");
        assert_eq!(
            decode(&runs, &[1, b'a', b'b', 254, b'c', 128], 100).unwrap(),
            b"abccc"
        );
        for (filter, broken) in [
            (&letters, &b"87cUR"[..]),
            (&letters, b"8~>"),
            (&letters, b"uuuuu~>"),
            (&runs, &[3, b'a']),
            (&runs, &[200]),
            (&hex, b"8g>"),
            (&lzw, &[0xff, 0xff, 0xff]),
        ] {
            assert!(decode(filter, broken, 100).is_err(), "{broken:?}");
        }
        assert_eq!(
            decode(&runs, &[129, 0, 128], 100).unwrap_err().kind(),
            ErrorKind::LimitExceeded
        );
        let tiff = dict("<</Filter/AHx/DecodeParms<</Predictor 2/Columns 3>>>>");
        assert_eq!(decode(&tiff, b"010101>", 9).unwrap(), [1, 1, 1]);
    }
}

//! Stream filters: Flate with its predictors, within limits. Other filters belong to pictures
//! and are refused where content is needed.

use std::io::Read;

use flate2::bufread::ZlibDecoder;

use crate::error::{Error, Result};
use crate::pdf::limits;
use crate::pdf::syntax::{Dict, Object};

/// Decodes the raw bytes of a stream by its dictionary's filters. `limit` bounds the result
/// further than [`limits::INFLATED`].
pub(crate) fn decode(dict: &Dict, raw: &[u8], limit: usize) -> Result<Vec<u8>> {
    if dict.contains("F") {
        return Err(Error::unsupported(
            "a stream keeps its bytes in another file",
        ));
    }
    match single_filter(dict)? {
        None if raw.len() > limit => Err(too_large(limit)),
        None => Ok(raw.to_vec()),
        Some((b"FlateDecode" | b"Fl", parameters)) => {
            undo_predictor(inflate(raw, limit)?, parameters)
        }
        Some((other, _)) => Err(Error::unsupported("a stream filter is not offered")
            .with("filter", String::from_utf8_lossy(other))),
    }
}

/// The filter with its parameters; chains of filters are not read.
fn single_filter(dict: &Dict) -> Result<Option<(&[u8], Option<&Dict>)>> {
    let filter = match dict.get("Filter") {
        None => return Ok(None),
        Some(Object::Array(items)) => match items.as_slice() {
            [] => return Ok(None),
            [single] => single,
            _ => return Err(Error::unsupported("a stream has a chain of filters")),
        },
        Some(single) => single,
    };
    let parameters = match dict.get("DecodeParms") {
        None => None,
        Some(Object::Array(items)) => match items.as_slice() {
            [] | [Object::Null] => None,
            [Object::Dict(parameters)] => Some(parameters),
            _ => return Err(Error::malformed("DecodeParms does not fit its filter")),
        },
        Some(Object::Dict(parameters)) => Some(parameters),
        Some(_) => return Err(Error::malformed("DecodeParms is no dictionary")),
    };
    let name = filter
        .as_name()
        .ok_or_else(|| Error::malformed("a stream filter is no name"))?;
    Ok(Some((name, parameters)))
}

fn inflate(raw: &[u8], limit: usize) -> Result<Vec<u8>> {
    let by_ratio = raw
        .len()
        .saturating_mul(limits::RATIO)
        .max(limits::RATIO_FREE);
    let limit = limit.min(limits::INFLATED).min(by_ratio);
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
        10..=15 => undo_png(&data, parameters),
        _ => Err(Error::unsupported("a predictor is not offered")),
    }
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
        let other = dict("<</Filter/LZWDecode>>");
        assert_eq!(
            decode(&other, b"", 100).unwrap_err().kind(),
            ErrorKind::Unsupported
        );
    }
}

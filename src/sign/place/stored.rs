//! Placements as DER, for a request that waits for its signature.
//!
//! ```text
//! Placement ::= CHOICE {
//!     at      [0] { x Length, y Length, pages Pages },
//!     keyword [1] { text UTF8String, occurrence INTEGER, pages Pages, x Length, y Length },
//!     riding  [2] { edge INTEGER, pages Pages, bothSides BOOLEAN, minSlice Length, along Length OPTIONAL } }
//! Length ::= INTEGER  -- micrometres
//! Pages  ::= UTF8String
//! ```

use super::{Edge, Keyword, Occurrence, Pages, Placement, Point, Riding};
use crate::asn1::{self, Reader, Tag, Tlv};
use crate::error::{Error, Result};

/// Ten metres of paper are beyond any page.
const MAX_MICROMETRES: i32 = 10_000_000;

const ONLY: u64 = 0;
const ALL: u64 = 1;
const LAST: u64 = 2;
/// The first occurrence; the others follow.
const FIRST: u64 = 3;

const EDGES: [Edge; 4] = [Edge::Left, Edge::Right, Edge::Top, Edge::Bottom];

pub(in crate::sign) fn to_der(placement: &Placement) -> Result<Vec<u8>> {
    Ok(match placement {
        Placement::At(point, pages) => {
            asn1::context(0, &[length(point.x_mm)?, length(point.y_mm)?, text(pages)])
        }
        Placement::Keyword(keyword) => asn1::context(
            1,
            &[
                asn1::utf8(&keyword.text),
                asn1::integer(occurrence_number(keyword.occurrence)?),
                text(&keyword.pages),
                length(keyword.offset.x_mm)?,
                length(keyword.offset.y_mm)?,
            ],
        ),
        Placement::Riding(riding) => {
            let edge = EDGES.iter().position(|edge| *edge == riding.edge);
            let mut fields = vec![
                asn1::integer(
                    edge.and_then(|edge| u64::try_from(edge).ok())
                        .unwrap_or_default(),
                ),
                text(&riding.pages),
                asn1::boolean(riding.both_sides),
                length(riding.min_slice_mm)?,
            ];
            fields.extend(riding.along_mm.map(length).transpose()?);
            asn1::context(2, &fields)
        }
    })
}

pub(in crate::sign) fn from_der(tlv: &Tlv<'_>) -> Result<Placement> {
    let mut fields = tlv.reader()?;
    let placement = if tlv.tag() == Tag::context(0) {
        Placement::At(read_point(&mut fields)?, read_pages(&mut fields)?)
    } else if tlv.tag() == Tag::context(1) {
        let keyword = Keyword::new(&fields.read()?.text()?);
        let occurrence = read_occurrence(&mut fields)?;
        let pages = read_pages(&mut fields)?;
        let Point { x_mm, y_mm } = read_point(&mut fields)?;
        Placement::Keyword(keyword.occurrence(occurrence).on(pages).offset(x_mm, y_mm))
    } else if tlv.tag() == Tag::context(2) {
        Placement::Riding(read_riding(&mut fields)?)
    } else {
        return Err(Error::malformed("a seal's place is of an unknown kind"));
    };
    fields.finish()?;
    Ok(placement)
}

fn read_riding(fields: &mut Reader<'_>) -> Result<Riding> {
    let edge = usize::try_from(fields.read()?.small_integer()?)
        .ok()
        .and_then(|edge| EDGES.get(edge))
        .ok_or_else(|| Error::malformed("a page has no such edge"))?;
    let mut riding = Riding::new(*edge).over(read_pages(fields)?);
    riding.both_sides = fields.read()?.boolean()?;
    riding.min_slice_mm = read_length(fields)?;
    if !fields.is_empty() {
        riding.along_mm = Some(read_length(fields)?);
    }
    Ok(riding)
}

fn occurrence_number(occurrence: Occurrence) -> Result<u64> {
    Ok(match occurrence {
        Occurrence::Only => ONLY,
        Occurrence::All => ALL,
        Occurrence::Last => LAST,
        Occurrence::Nth(index) => u64::try_from(index)
            .ok()
            .and_then(|index| index.checked_add(FIRST))
            .filter(|number| i64::try_from(*number).is_ok())
            .ok_or_else(|| Error::argument("a keyword does not occur that often"))?,
    })
}

fn read_occurrence(fields: &mut Reader<'_>) -> Result<Occurrence> {
    let wrong = || Error::malformed("an occurrence of a keyword is negative");
    let number = u64::try_from(fields.read()?.small_integer()?).map_err(|_| wrong())?;
    Ok(match number {
        ONLY => Occurrence::Only,
        ALL => Occurrence::All,
        LAST => Occurrence::Last,
        index => Occurrence::Nth(usize::try_from(index - FIRST).map_err(|_| wrong())?),
    })
}

fn text(pages: &Pages) -> Vec<u8> {
    asn1::utf8(&pages.to_string())
}

fn read_pages(fields: &mut Reader<'_>) -> Result<Pages> {
    let text = fields.read()?.text()?;
    text.parse()
        .map_err(|_| Error::malformed("a list of pages is malformed"))
}

fn length(mm: f64) -> Result<Vec<u8>> {
    let micrometres = (mm * 1000.0).round();
    let limit = f64::from(MAX_MICROMETRES);
    if !(-limit..=limit).contains(&micrometres) {
        return Err(Error::argument("the place lies outside any page"));
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a whole number of at most ten million"
    )]
    Ok(asn1::signed(micrometres as i64))
}

fn read_point(fields: &mut Reader<'_>) -> Result<Point> {
    Ok(Point {
        x_mm: read_length(fields)?,
        y_mm: read_length(fields)?,
    })
}

fn read_length(fields: &mut Reader<'_>) -> Result<f64> {
    i32::try_from(fields.read()?.small_integer()?)
        .ok()
        .filter(|value| (-MAX_MICROMETRES..=MAX_MICROMETRES).contains(value))
        .map(|value| f64::from(value) / 1000.0)
        .ok_or_else(|| Error::malformed("a place lies outside any page"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::Place;

    #[test]
    fn every_placement_reads_back() {
        let pages: Pages = "1,3-".parse().unwrap();
        let keyword = Keyword::new("盖章处").on(pages.clone()).offset(-3.5, 0.001);
        let riding = Riding::new(Edge::Top).over(pages);
        let placements = [
            Place {
                page: 3,
                center_x_mm: 1.25,
                center_y_mm: 0.0,
            }
            .into(),
            keyword.clone().into(),
            keyword.clone().occurrence(Occurrence::All).into(),
            keyword.clone().occurrence(Occurrence::Last).into(),
            keyword.occurrence(Occurrence::Nth(7)).into(),
            riding.clone().into(),
            riding.along(99.999).both_sides().min_slice(2.5).into(),
        ];
        for placement in placements {
            let der = to_der(&placement).unwrap();
            assert_eq!(from_der(&Tlv::parse(&der).unwrap()).unwrap(), placement);
        }
    }

    #[test]
    fn no_page_is_that_large() {
        for mm in [f64::NAN, f64::INFINITY, 10_000.001, -10_000.001] {
            let place = Place {
                page: 0,
                center_x_mm: mm,
                center_y_mm: 0.0,
            };
            assert!(to_der(&place.into()).is_err(), "{mm}");
        }
    }
}

//! Putting a signature on a PDF, by an incremental update.

use super::place::Place;
use super::request::{Method, Protection, Request};
use super::value::{self, UnsignedValue};
use crate::crypto::SignatureAlgorithm;
use crate::error::{Error, Result};
use crate::pdf::{Document, PreparedSignature, SignatureOptions, add_signature, sub_filter};
use crate::ses::SesSeal;

/// The handler that Chinese products name, with the product's own name before it.
const NATIONAL_FILTER: &str = "Yinxin.GMPkiLite";

/// Room for a value beside the seal it may embed: certificate, attributes, time stamp.
const ROOM: usize = 24 << 10;

/// A PDF that lacks only its newest signature's value.
pub(super) struct Prepared {
    prepared: PreparedSignature,
    pub(super) value: UnsignedValue,
}

pub(super) fn prepare(document: &[u8], request: &Request) -> Result<Prepared> {
    if request.protection_wanted() == Protection::Whole {
        return Err(Error::unsupported(
            "a PDF is not locked by its signature here",
        ));
    }
    if request.relative().is_some() {
        return Err(Error::unsupported(
            "only signatures of an OFD are relative to others",
        ));
    }
    let document = Document::open(document)?;
    let options = options(&document, request)?;
    let prepared = add_signature(&document, &options)?;
    let [a, b, c, d] = prepared.byte_range();
    let range = format!("/ByteRange [{a} {b} {c} {d}]");
    // PAdES forbids the signing-time attribute; the dictionary's M states the claim.
    let value = value::prepare(request, &prepared.digest_input(), &range, false)?;
    Ok(Prepared { prepared, value })
}

impl Prepared {
    pub(super) fn complete(&self, value: &[u8]) -> Result<Vec<u8>> {
        self.prepared.complete(value)
    }
}

fn options(document: &Document<'_>, request: &Request) -> Result<SignatureOptions> {
    let algorithm = value::algorithm(request.signer())?;
    let national = algorithm == SignatureAlgorithm::Sm2Sm3;
    let format = match (request.method(), national) {
        (Method::Seal(_), _) => sub_filter::GM_SEAL,
        (Method::Message, true) => sub_filter::GM_CMS_DETACHED,
        (Method::Message, false) => sub_filter::CADES_DETACHED,
    };
    let mut options = SignatureOptions::new(free_field_name(document)?, format);
    options.time = Some(request.time());
    options.capacity = ROOM;
    if let Method::Seal(seal) = request.method() {
        options.filter = NATIONAL_FILTER.to_owned();
        options.capacity += seal.raw().len();
        let newest = document.at(document.revisions().len().saturating_sub(1))?;
        if let Some(place) = request.single_place(newest.pages()?.len())? {
            options.place = Some(rectangle(place, seal));
            options.appearance = Some(picture(seal)?);
        }
    } else if national {
        options.filter = NATIONAL_FILTER.to_owned();
    }
    Ok(options)
}

fn rectangle(place: Place, seal: &SesSeal) -> crate::pdf::Place {
    let picture = &seal.info().picture;
    let (width_mm, height_mm) = (f64::from(picture.width_mm), f64::from(picture.height_mm));
    crate::pdf::Place {
        page: place.page,
        x_mm: place.center_x_mm - width_mm / 2.0,
        y_mm: place.center_y_mm - height_mm / 2.0,
        width_mm,
        height_mm,
    }
}

fn picture(seal: &SesSeal) -> Result<Vec<u8>> {
    let picture = &seal.info().picture;
    if !picture.data.starts_with(b"\x89PNG") {
        return Err(Error::unsupported(
            "only a seal with a PNG picture is shown in a PDF",
        ));
    }
    Ok(picture.data.clone())
}

/// `Signature1`, or the first such name that no field has.
fn free_field_name(document: &Document<'_>) -> Result<String> {
    let newest = document.at(document.revisions().len().saturating_sub(1))?;
    let taken = newest.signature_fields()?;
    let names = (1..=taken.len() + 1).map(|number| format!("Signature{number}"));
    let mut free = names.filter(|name| taken.iter().all(|field| field.name() != name));
    free.next()
        .ok_or_else(|| Error::argument("the document has no room for a signature field"))
}

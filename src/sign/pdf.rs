//! Putting a signature on a PDF, by an incremental update.

use super::place::Place;
use super::profile::{PdfFormat, Profile, Shown};
use super::request::{Method, Protection, Request};
use super::value::{self, UnsignedValue};
use crate::error::{Error, Result};
use crate::pdf::{Document, PreparedSignature, SignatureOptions, add_signature, sub_filter};
use crate::pki::cms::Flavor;
use crate::ses::SesSeal;

/// The handler that Chinese products name, with the product's own name before it.
const NATIONAL_FILTER: &str = "Yinxin.GMPkiLite";

/// The handler that other readers know.
const INTERNATIONAL_FILTER: &str = "Adobe.PPKLite";

/// Room for a time stamp token: authorities that send a long chain need some 12 kB.
pub(super) const TOKEN_ROOM: usize = 16 << 10;

/// A protected range with numbers as long as they get.
const LONGEST_RANGE: &str = "/ByteRange [0 9999999999 9999999999 9999999999]";

/// A PDF that lacks only its newest signature's value.
pub(super) struct Prepared {
    prepared: PreparedSignature,
    pub(super) value: UnsignedValue,
}

pub(super) fn prepare(document: &[u8], password: &str, request: &Request) -> Result<Prepared> {
    if request.protection_wanted() == Protection::Whole {
        return Err(Error::unsupported(
            "a PDF is locked by its author's signature, not by this one",
        ));
    }
    if request.relative().is_some() {
        return Err(Error::unsupported(
            "only signatures of an OFD are relative to others",
        ));
    }
    let document = Document::open_with_password(document, password)?;
    let format = format(request)?;
    let claims_time = format == Some(PdfFormat::Iso32000);
    let mut options = options(&document, request, format)?;
    options.capacity = capacity(request, claims_time)?;
    let prepared = add_signature(&document, &options)?;
    let [a, b, c, d] = prepared.byte_range();
    let range = format!("/ByteRange [{a} {b} {c} {d}]");
    let value = value::prepare(request, &prepared.digest_input(), &range, claims_time)?;
    Ok(Prepared { prepared, value })
}

impl Prepared {
    pub(super) fn complete(&self, value: &[u8]) -> Result<Vec<u8>> {
        self.prepared.complete(value)
    }
}

/// The room that the value needs: a value of the same shape is made and measured.
fn capacity(request: &Request, claims_time: bool) -> Result<usize> {
    let dry = value::prepare(request, &[&[]], LONGEST_RANGE, claims_time)?;
    let longest = dry.longest(request)?;
    let with_token = !request.profile_wanted().without_time_stamp && dry.takes_time_stamp();
    Ok(longest + if with_token { TOKEN_ROOM } else { 0 })
}

/// How a message is encoded; `None` for a seal signature.
fn format(request: &Request) -> Result<Option<PdfFormat>> {
    if let Method::Seal(_) = request.method() {
        return Ok(None);
    }
    let flavor = value::flavor(request)?;
    let wanted = request.profile_wanted().pdf.format;
    let format = wanted.unwrap_or(match flavor {
        Flavor::Gm => PdfFormat::National,
        Flavor::Cms => PdfFormat::Pades,
    });
    if format == PdfFormat::Pades && flavor == Flavor::Gm {
        return Err(Error::argument("PAdES asks for CMS, not for GB/T 35275"));
    }
    Ok(Some(format))
}

fn options(
    document: &Document<'_>,
    request: &Request,
    format: Option<PdfFormat>,
) -> Result<SignatureOptions> {
    let Profile { pdf: wanted, .. } = request.profile_wanted();
    let (filter, sub_filter) = match format {
        None => (NATIONAL_FILTER, sub_filter::GM_SEAL),
        Some(PdfFormat::National) => (NATIONAL_FILTER, sub_filter::GM_CMS_DETACHED),
        Some(PdfFormat::Pades) => (INTERNATIONAL_FILTER, sub_filter::CADES_DETACHED),
        Some(PdfFormat::Iso32000) => (INTERNATIONAL_FILTER, sub_filter::PKCS7_DETACHED),
    };
    let field = match &wanted.field {
        Some(field) => field.clone(),
        None => free_field_name(document, "Signature")?,
    };
    let or = |given: &Option<String>, default: &str| given.as_deref().unwrap_or(default).to_owned();
    let mut options = SignatureOptions::new(field, or(&wanted.sub_filter, sub_filter));
    options.filter = or(&wanted.filter, filter);
    options.name.clone_from(&wanted.name);
    options.reason.clone_from(&wanted.reason);
    options.location.clone_from(&wanted.location);
    options.contact.clone_from(&wanted.contact);
    options.certify = wanted.certify;
    options.lock.clone_from(&wanted.lock);
    options.time = Some(request.time());
    let newest = document.at(document.revisions().len().saturating_sub(1))?;
    let place = request.single_place(newest.pages()?.len())?;
    show(request, place, &mut options)?;
    Ok(options)
}

/// The seal, or what the profile shows in its stead.
fn show(request: &Request, place: Option<Place>, options: &mut SignatureOptions) -> Result<()> {
    let fills_field = request.profile_wanted().pdf.field.is_some();
    let size = match (request.method(), &request.profile_wanted().pdf.shown) {
        (Method::Seal(seal), _) if fills_field || place.is_some() => {
            options.appearance = Some(picture(seal)?);
            let picture = &seal.info().picture;
            (f64::from(picture.width_mm), f64::from(picture.height_mm))
        }
        (Method::Message, Some(shown)) => {
            let Shown {
                size_mm,
                picture,
                text,
            } = shown;
            options.appearance.clone_from(picture);
            options.lettering.clone_from(text);
            *size_mm
        }
        _ => return Ok(()),
    };
    options.place = place.map(|place| around(place, size));
    Ok(())
}

fn around(place: Place, (width_mm, height_mm): (f64, f64)) -> crate::pdf::Place {
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
pub(super) fn free_field_name(document: &Document<'_>, stem: &str) -> Result<String> {
    let newest = document.at(document.revisions().len().saturating_sub(1))?;
    let taken = newest.field_names()?;
    let names = (1..=taken.len() + 1).map(|number| format!("{stem}{number}"));
    let mut free = names.filter(|name| !taken.contains(name));
    free.next()
        .ok_or_else(|| Error::argument("the document has no room for a signature field"))
}

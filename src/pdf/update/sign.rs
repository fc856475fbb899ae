//! Adding a signature field whose value is still to come.

use std::fmt;
use std::ops::Range;

use super::{Finished, Update};
use crate::Time;
use crate::error::{Error, ErrorKind, Result};
use crate::pdf::limits;
use crate::pdf::read::{Document, Page, View};
use crate::pdf::syntax::{Dict, Object, PdfString, Ref, encode_text, format_date, print};
use crate::pdf::write::{Picture, deflate, points};

/// Values of `SubFilter`, the format of a signature value.
pub mod sub_filter {
    /// CMS without content (ISO 32000-1 12.8.3.3).
    pub const PKCS7_DETACHED: &str = "adbe.pkcs7.detached";
    /// CAdES without content (ISO 32000-2 12.8.3.4, PAdES).
    pub const CADES_DETACHED: &str = "ETSI.CAdES.detached";
    /// A seal signature of GB/T 38540, as products that follow GM/T 0112 write it.
    pub const GM_SEAL: &str = "GM.sm2seal";
    /// GB/T 35275 signed data, as products that follow GM/T 0112 write it.
    pub const GM_CMS_DETACHED: &str = "GM.sm2cms.detached";
}

/// The handler that most readers know.
const DEFAULT_FILTER: &str = "Adobe.PPKLite";

/// Room for a CMS with a chain of certificates and a time stamp.
const DEFAULT_CAPACITY: usize = 16 << 10;

/// Digits for each number of the byte range: files below 10 GB.
const RANGE_DIGITS: usize = 10;

/// How to sign.
#[derive(Clone)]
pub struct SignatureOptions {
    /// The name of the new field: not empty, without a point, at most 127 bytes.
    pub field_name: String,
    /// Where it is seen; `None` for a signature without appearance.
    pub place: Option<Place>,
    /// A PNG to show there; its transparency is kept.
    pub appearance: Option<Vec<u8>>,
    /// `Filter`.
    pub filter: String,
    /// `SubFilter`; see [`sub_filter`].
    pub sub_filter: String,
    /// `Name`: the signer.
    pub name: Option<String>,
    /// `Reason`.
    pub reason: Option<String>,
    /// `Location`.
    pub location: Option<String>,
    /// `M`: the time as the signer claims it.
    pub time: Option<Time>,
    /// Bytes to keep free for the value: at most 1 MiB.
    pub capacity: usize,
}

/// A rectangle on a page. Lengths are millimetres; x runs right from the left edge, y down from
/// the upper edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The index of the page.
    pub page: usize,
    /// Left edge.
    pub x_mm: f64,
    /// Upper edge.
    pub y_mm: f64,
    /// Width.
    pub width_mm: f64,
    /// Height.
    pub height_mm: f64,
}

/// A document that lacks only the value of its newest signature.
#[derive(Clone, PartialEq, Eq)]
pub struct PreparedSignature {
    bytes: Vec<u8>,
    gap: Range<usize>,
}

impl SignatureOptions {
    /// An invisible signature of that format, with 16 KiB for its value.
    #[must_use]
    pub fn new(field_name: impl Into<String>, sub_filter: impl Into<String>) -> Self {
        Self {
            field_name: field_name.into(),
            place: None,
            appearance: None,
            filter: DEFAULT_FILTER.to_owned(),
            sub_filter: sub_filter.into(),
            name: None,
            reason: None,
            location: None,
            time: None,
            capacity: DEFAULT_CAPACITY,
        }
    }
}

impl fmt::Debug for SignatureOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignatureOptions")
            .field("place", &self.place)
            .field("filter", &self.filter)
            .field("sub_filter", &self.sub_filter)
            .field("capacity", &self.capacity)
            .finish_non_exhaustive()
    }
}

/// Appends a signature field to the newest revision of a document.
///
/// # Errors
/// `invalid_argument` for a field name that is taken or malformed, a page that does not exist, a
/// place off the page or a capacity of 0 or above 1 MiB; `document_locked` when the author's
/// signature forbids changes; `malformed` for a picture that is no PNG or a document whose pages
/// or form cannot be walked.
pub fn add_signature(
    document: &Document<'_>,
    options: &SignatureOptions,
) -> Result<PreparedSignature> {
    check_options(options)?;
    let mut update = Update::new(document)?;
    let view = update.view();
    refuse_locked(&view)?;
    if view
        .form_fields()?
        .iter()
        .any(|field| field.name == options.field_name)
    {
        return Err(Error::argument("the document has a field of this name"));
    }
    let pages = view.pages()?;
    let page = pages
        .get(options.place.map_or(0, |place| place.page))
        .ok_or_else(|| Error::argument("there is no such page"))?;

    let signature = update.allocate();
    let field = update.allocate();
    let widget = widget(&mut update, options, page, signature)?;
    update.put(field, &Object::Dict(widget));
    append_to_array(&mut update, page.reference, &page.dict, "Annots", field)?;
    add_to_form(&mut update, &view, field)?;

    let template = SignatureTemplate::new(options);
    update.put_raw(signature, template.body);
    let Finished { mut bytes, bodies } = update.finish()?;
    let body = bodies
        .get(&signature)
        .copied()
        .ok_or_else(|| Error::new(ErrorKind::Internal, "the signature was not written"))?;
    let gap = body + template.contents.start..body + template.contents.end;
    write_range(&mut bytes, body + template.range_at, &gap)?;
    Ok(PreparedSignature { bytes, gap })
}

impl PreparedSignature {
    /// Takes up a prepared document again, as [`document`](Self::document) gave it away: the one
    /// signature of its newest revision that covers the whole file and whose value is all zeros.
    ///
    /// # Errors
    /// Those of [`Document::open`]; `pending_mismatch` when there is no such signature.
    pub fn reopen(bytes: Vec<u8>) -> Result<Self> {
        let document = Document::open(&bytes)?;
        let newest = document.at(document.revisions().len().saturating_sub(1))?;
        let signatures = newest.signatures()?;
        let mut gaps = signatures.iter().filter_map(|signature| {
            let range = signature.signed_range().ok()?;
            let empty = signature.contents()?.iter().all(|byte| *byte == 0);
            (empty && range.end() == bytes.len()).then(|| range.gap())
        });
        match (gaps.next(), gaps.next()) {
            (Some(gap), None) => Ok(Self { gap, bytes }),
            _ => Err(Error::new(
                ErrorKind::PendingMismatch,
                "the document holds no signature that waits for its value",
            )),
        }
    }

    /// The document with zeros in place of the value.
    #[must_use]
    pub fn document(&self) -> &[u8] {
        &self.bytes
    }

    /// `ByteRange`: start and length of the two signed parts.
    #[must_use]
    pub fn byte_range(&self) -> [usize; 4] {
        [
            0,
            self.gap.start,
            self.gap.end,
            self.bytes.len() - self.gap.end,
        ]
    }

    /// The two signed parts, to be hashed one after the other.
    #[must_use]
    pub fn digest_input(&self) -> [&[u8]; 2] {
        [
            self.bytes.get(..self.gap.start).unwrap_or_default(),
            self.bytes.get(self.gap.end..).unwrap_or_default(),
        ]
    }

    /// How many bytes the value may have.
    #[must_use]
    pub fn capacity(&self) -> usize {
        (self.gap.len() - 2) / 2
    }

    /// The signed document. What the value leaves free stays zero.
    ///
    /// # Errors
    /// `does_not_fit` when the value is larger than the capacity; `invalid_argument` when it is
    /// empty.
    pub fn complete(&self, contents: &[u8]) -> Result<Vec<u8>> {
        if contents.is_empty() {
            return Err(Error::argument("a signature value is empty"));
        }
        if contents.len() > self.capacity() {
            return Err(Error::new(
                ErrorKind::DoesNotFit,
                "the signature value is larger than the room kept for it",
            )
            .with("capacity", self.capacity())
            .with("size", contents.len()));
        }
        let mut bytes = self.bytes.clone();
        let digits = contents
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .map(hex_letter);
        for (place, digit) in bytes.iter_mut().skip(self.gap.start + 1).zip(digits) {
            *place = digit;
        }
        Ok(bytes)
    }
}

impl fmt::Debug for PreparedSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreparedSignature")
            .field("byte_range", &self.byte_range())
            .finish_non_exhaustive()
    }
}

fn check_options(options: &SignatureOptions) -> Result<()> {
    let name = &options.field_name;
    if name.is_empty() || name.len() > 127 || name.contains('.') {
        return Err(Error::argument(
            "a field name must have 1 to 127 bytes and no point",
        ));
    }
    if options.capacity == 0 || options.capacity > limits::SIGNATURE_VALUE {
        return Err(Error::argument(
            "the capacity must be between 1 byte and 1 MiB",
        ));
    }
    if options.filter.is_empty() || options.sub_filter.is_empty() {
        return Err(Error::argument(
            "a signature needs a Filter and a SubFilter",
        ));
    }
    if options.appearance.is_some() && options.place.is_none() {
        return Err(Error::argument("a signature's picture needs a place"));
    }
    Ok(())
}

/// An author's signature with permission 1 allows no change (ISO 32000-1 12.8.2.2).
fn refuse_locked(view: &View<'_>) -> Result<()> {
    let Some(permissions) = view.get_dict(&view.catalog()?, "Perms")? else {
        return Ok(());
    };
    let Some(signature) = view.get_dict(&permissions, "DocMDP")? else {
        return Ok(());
    };
    for reference in view.get_array(&signature, "Reference")? {
        let Object::Dict(reference) = view.resolve(&reference)? else {
            continue;
        };
        let Some(parameters) = view.get_dict(&reference, "TransformParams")? else {
            continue;
        };
        let permission = view.get(&parameters, "P")?;
        if reference.has_name("TransformMethod", "DocMDP") && permission == Some(1.into()) {
            return Err(Error::new(
                ErrorKind::DocumentLocked,
                "the author's signature forbids any change",
            ));
        }
    }
    Ok(())
}

/// The field and its widget in one dictionary (ISO 32000-1 12.7.3.1, 12.5.6.19).
fn widget(
    update: &mut Update<'_>,
    options: &SignatureOptions,
    page: &Page,
    signature: Ref,
) -> Result<Dict> {
    /// Print, and locked against moving.
    const FLAGS: i64 = 4 | 128;
    let mut widget = Dict::new();
    widget.set("Type", Object::name("Annot"));
    widget.set("Subtype", Object::name("Widget"));
    widget.set("FT", Object::name("Sig"));
    widget.set("T", encode_text(&options.field_name));
    widget.set("V", signature);
    widget.set("F", FLAGS);
    widget.set("P", page.reference);
    match options.place {
        None => widget.set("Rect", reals(&[0.0; 4])),
        Some(place) => {
            widget.set("Rect", reals(&rectangle(place, page)?));
            let form = appearance(update, place, options.appearance.as_deref())?;
            let mut appearances = Dict::new();
            appearances.set("N", form);
            widget.set("AP", appearances);
        }
    }
    Ok(widget)
}

fn rectangle(place: Place, page: &Page) -> Result<[f32; 4]> {
    let (width, height) = page.size_mm();
    let numbers = [place.x_mm, place.y_mm, place.width_mm, place.height_mm];
    // Half a millimetre for rounding of page sizes.
    let inside = numbers.iter().all(|mm| mm.is_finite() && *mm >= 0.0)
        && place.width_mm > 0.0
        && place.height_mm > 0.0
        && place.x_mm + place.width_mm <= width + 0.5
        && place.y_mm + place.height_mm <= height + 0.5;
    if !inside {
        return Err(Error::argument("the signature's place is not on the page"));
    }
    let [left, _, _, top] = page.media_box.map(crate::pdf::write::single);
    Ok([
        left + points(place.x_mm),
        top - points(place.y_mm + place.height_mm),
        left + points(place.x_mm + place.width_mm),
        top - points(place.y_mm),
    ])
}

/// The appearance: a form that shows the picture over its whole box, or nothing.
fn appearance(update: &mut Update<'_>, place: Place, png: Option<&[u8]>) -> Result<Ref> {
    let (width, height) = (points(place.width_mm), points(place.height_mm));
    let mut form = Dict::new();
    form.set("Type", Object::name("XObject"));
    form.set("Subtype", Object::name("Form"));
    form.set("BBox", reals(&[0.0, 0.0, width, height]));
    let mut resources = Dict::new();
    let mut content = String::new();
    if let Some(png) = png {
        let mut objects = Dict::new();
        objects.set("Im0", image(update, &Picture::from_png(png)?)?);
        resources.set("XObject", objects);
        let mut states = Dict::new();
        states.set("Ink", ink());
        resources.set("ExtGState", states);
        content = format!("q /Ink gs {width} 0 0 {height} 0 0 cm /Im0 Do Q");
    }
    form.set("Resources", resources);
    form.set("Filter", Object::name("FlateDecode"));
    update.add_stream(form, &deflate(content.as_bytes())?)
}

/// Seal ink lets what is printed below it show through (ISO 32000-2 11.3.5).
fn ink() -> Dict {
    let mut state = Dict::new();
    state.set("Type", Object::name("ExtGState"));
    state.set("BM", Object::name("Multiply"));
    state
}

fn image(update: &mut Update<'_>, picture: &Picture) -> Result<Ref> {
    let (colours, alpha) = picture.samples();
    let mut dict = image_dict(picture, "DeviceRGB");
    if let Some(alpha) = alpha {
        let mask = update.add_stream(image_dict(picture, "DeviceGray"), alpha)?;
        dict.set("SMask", mask);
    }
    update.add_stream(dict, colours)
}

fn image_dict(picture: &Picture, space: &str) -> Dict {
    let (width, height) = picture.size();
    let mut dict = Dict::new();
    dict.set("Type", Object::name("XObject"));
    dict.set("Subtype", Object::name("Image"));
    dict.set("Width", i64::from(width));
    dict.set("Height", i64::from(height));
    dict.set("BitsPerComponent", 8);
    dict.set("ColorSpace", Object::name(space));
    dict.set("Filter", Object::name("FlateDecode"));
    dict
}

/// Adds the field to the form, which is made if there is none.
fn add_to_form(update: &mut Update<'_>, view: &View<'_>, field: Ref) -> Result<()> {
    /// Signatures exist, and may only be appended to.
    const SIGNATURE_FLAGS: i64 = 3;
    let catalog_reference = view.catalog_reference()?;
    let mut catalog = view.catalog()?;
    let mut form = view.get_dict(&catalog, "AcroForm")?.unwrap_or_default();
    form.set("SigFlags", SIGNATURE_FLAGS);
    let mut fields = view.get_array(&form, "Fields")?;
    fields.push(field.into());
    match form.get("Fields").and_then(Object::as_reference) {
        Some(reference) => update.put(reference, &Object::Array(fields)),
        None => form.set("Fields", fields),
    }
    match catalog.get("AcroForm").and_then(Object::as_reference) {
        Some(reference) => update.put(reference, &Object::Dict(form)),
        None => {
            catalog.set("AcroForm", form);
            update.put(catalog_reference, &Object::Dict(catalog));
        }
    }
    Ok(())
}

/// Appends to an array that stands in `dict` or is an object of its own.
fn append_to_array(
    update: &mut Update<'_>,
    holder: Ref,
    dict: &Dict,
    key: &'static str,
    item: Ref,
) -> Result<()> {
    let mut items = update.view().get_array(dict, key)?;
    items.push(item.into());
    match dict.get(key).and_then(Object::as_reference) {
        Some(reference) => update.put(reference, &Object::Array(items)),
        None => {
            let mut dict = dict.clone();
            dict.set(key, items);
            update.put(holder, &Object::Dict(dict));
        }
    }
    Ok(())
}

/// The printed signature dictionary with room for its range and value.
struct SignatureTemplate {
    body: Vec<u8>,
    /// Where the byte range's numbers begin.
    range_at: usize,
    /// The value with its delimiters.
    contents: Range<usize>,
}

impl SignatureTemplate {
    fn new(options: &SignatureOptions) -> Self {
        let mut body = b"<< /Type /Sig /Filter ".to_vec();
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
            ("M", options.time.map(format_date)),
        ];
        for (key, text) in texts {
            let Some(text) = text else { continue };
            body.extend(format!(" /{key} ").bytes());
            print(&Object::from(PdfString { hex: false, ..text }), &mut body);
        }
        body.extend(b" >>");
        Self {
            body,
            range_at,
            contents,
        }
    }
}

fn write_range(bytes: &mut [u8], at: usize, gap: &Range<usize>) -> Result<()> {
    let text = format!("{} {} {}", gap.start, gap.end, bytes.len() - gap.end);
    if text.len() > 3 * RANGE_DIGITS + 2 {
        return Err(Error::limit("pdf file bytes", 9_999_999_999));
    }
    for (place, letter) in bytes.iter_mut().skip(at).zip(text.bytes()) {
        *place = letter;
    }
    Ok(())
}

fn reals(numbers: &[f32]) -> Object {
    Object::Array(
        numbers
            .iter()
            .map(|number| Object::Real(number.to_string()))
            .collect(),
    )
}

fn hex_letter(digit: u8) -> u8 {
    if digit < 10 {
        b'0' + digit
    } else {
        b'A' + digit - 10
    }
}

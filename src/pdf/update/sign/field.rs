//! The field that is signed: an empty one of the form, or a new one (ISO 32000-1 12.7.3, 12.7.4.5).

use super::appearance::{self, Sight, reals};
use super::options::SignatureOptions;
use super::permission;
use crate::error::{Error, Result};
use crate::pdf::read::{Page, View};
use crate::pdf::syntax::{Dict, Object, Ref, encode_text};
use crate::pdf::update::Update;

/// Print, and locked against moving.
const WIDGET_FLAGS: i64 = 4 | 128;

/// Signatures exist, and may only be appended to.
const SIGNATURE_FLAGS: i64 = 3;

/// Constraints of a seed value that are understood here (ISO 32000-1 table 234): filter, sub
/// filters, the value's version.
const UNDERSTOOD: i64 = 1 | 2 | 4;

/// Writes the field with its value; returns the lock that it prescribes.
pub(super) fn place(
    update: &mut Update<'_>,
    options: &SignatureOptions,
    signature: Ref,
) -> Result<Option<Dict>> {
    let view = update.view();
    let fields = view.form_fields()?;
    let existing = fields.iter().find(|field| field.name == options.field_name);
    match existing {
        None => make(update, options, signature),
        Some(field) => {
            let is_signature = field.kind.as_deref() == Some(b"Sig");
            let is_empty = matches!(field.value, None | Some((_, Object::Null)));
            if !is_signature || !is_empty {
                return Err(Error::argument(
                    "the document has a field of this name that cannot be signed",
                ));
            }
            fill(update, options, field.reference, signature)
        }
    }
}

/// A new field at the end of the form.
fn make(
    update: &mut Update<'_>,
    options: &SignatureOptions,
    signature: Ref,
) -> Result<Option<Dict>> {
    if options.field_name.len() > 127 || options.field_name.contains('.') {
        return Err(Error::argument(
            "a new field's name must have 1 to 127 bytes and no point",
        ));
    }
    let shows = options.appearance.is_some() || options.lettering.is_some();
    if shows && options.place.is_none() {
        return Err(Error::argument("a signature's picture needs a place"));
    }
    let view = update.view();
    let pages = view.pages()?;
    let page = pages
        .get(options.place.map_or(0, |place| place.page))
        .ok_or_else(|| Error::argument("there is no such page"))?;
    let field = update.allocate();
    let mut widget = Dict::new();
    widget.set("Type", Object::name("Annot"));
    widget.set("Subtype", Object::name("Widget"));
    widget.set("FT", Object::name("Sig"));
    widget.set("T", encode_text(&options.field_name));
    widget.set("V", signature);
    widget.set("F", WIDGET_FLAGS);
    widget.set("P", page.reference);
    match options.place {
        None => widget.set("Rect", reals(&[0.0; 4])),
        Some(place) => {
            let sight = Sight::of(&view, page)?;
            let rect = sight.rectangle(place)?;
            show(update, &mut widget, &sight, rect, options)?;
            widget.set("Rect", reals(&rect));
        }
    }
    let lock = options.lock.as_ref().map(permission::lock);
    if let Some(lock) = &lock {
        widget.set("Lock", lock.clone());
    }
    update.put(field, &Object::Dict(widget));
    append_to_array(update, page.reference, &page.dict, "Annots", field)?;
    add_to_form(update, &view, Some(field))?;
    Ok(lock)
}

/// An empty field of the form.
fn fill(
    update: &mut Update<'_>,
    options: &SignatureOptions,
    reference: Ref,
    signature: Ref,
) -> Result<Option<Dict>> {
    let view = update.view();
    let mut field = view.dict_at(reference)?;
    check_seed_value(&view, &field, options)?;
    let lock = match view.get_dict(&field, "Lock")? {
        Some(lock) => Some(lock),
        None => options.lock.as_ref().map(permission::lock),
    };
    if let Some(lock) = &lock
        && !field.contains("Lock")
    {
        field.set("Lock", lock.clone());
    }
    field.set("V", signature);
    if options.appearance.is_some() || options.lettering.is_some() {
        // Field and widget are one object, or the widget is the field's only kid.
        if field.contains("Rect") {
            show_in_place(update, &view, reference, &mut field, options)?;
        } else {
            let kids = view.get_array(&field, "Kids")?;
            let [Object::Reference(kid)] = kids.as_slice() else {
                return Err(Error::unsupported(
                    "a signature field with several places is not given an appearance",
                ));
            };
            let mut widget = view.dict_at(*kid)?;
            show_in_place(update, &view, *kid, &mut widget, options)?;
            update.put(*kid, &Object::Dict(widget));
        }
    }
    update.put(reference, &Object::Dict(field));
    add_to_form(update, &view, None)?;
    Ok(lock)
}

fn show_in_place(
    update: &mut Update<'_>,
    view: &View<'_>,
    reference: Ref,
    widget: &mut Dict,
    options: &SignatureOptions,
) -> Result<()> {
    let rect = view.get(widget, "Rect")?.unwrap_or(Object::Null);
    let rect = view.rectangle(&rect)?.map(crate::pdf::write::single);
    let [left, bottom, right, top] = rect;
    if left >= right || bottom >= top {
        return Err(Error::argument(
            "the signature field is invisible and shows nothing",
        ));
    }
    let page = page_of(view, reference, widget)?;
    let sight = Sight::of(view, &page)?;
    show(update, widget, &sight, rect, options)
}

fn show(
    update: &mut Update<'_>,
    widget: &mut Dict,
    sight: &Sight,
    rect: [f32; 4],
    options: &SignatureOptions,
) -> Result<()> {
    let appearance = appearance::appearance(update, sight, rect, options)?;
    widget.set("AP", appearance);
    if let Some(lettering) = &options.lettering {
        widget.set("Contents", encode_text(lettering.text()));
    }
    Ok(())
}

/// The page that shows a widget: the one it names, else the one that lists it.
fn page_of(view: &View<'_>, reference: Ref, widget: &Dict) -> Result<Page> {
    let named = widget.get("P").and_then(Object::as_reference);
    for page in view.pages()? {
        let lists = |page: &Page| -> Result<bool> {
            let annotations = view.get_array(&page.dict, "Annots")?;
            Ok(annotations.contains(&Object::Reference(reference)))
        };
        if named == Some(page.reference) || (named.is_none() && lists(&page)?) {
            return Ok(page);
        }
    }
    Err(Error::malformed("no page shows the signature field"))
}

/// What the form's author demands of a signature in this field (ISO 32000-1 table 234).
fn check_seed_value(view: &View<'_>, field: &Dict, options: &SignatureOptions) -> Result<()> {
    let Some(seed) = view.get_dict(field, "SV")? else {
        return Ok(());
    };
    let required = match view.get(&seed, "Ff")? {
        Some(flags) => flags.as_integer().unwrap_or(0),
        None => 0,
    };
    if required & !UNDERSTOOD != 0 {
        return Err(Error::unsupported(
            "the signature field makes demands that are not known here",
        )
        .with("flags", required));
    }
    let refused = |what: &'static str| {
        Error::argument("the signature field demands another kind of signature").with("key", what)
    };
    if required & 1 != 0
        && let Some(filter) = view.get(&seed, "Filter")?
        && filter.as_name() != Some(options.filter.as_bytes())
    {
        return Err(refused("Filter"));
    }
    if required & 2 != 0 {
        let admitted = view.get_array(&seed, "SubFilter")?;
        let ours = Object::name(&options.sub_filter);
        if !admitted.is_empty() && !admitted.contains(&ours) {
            return Err(refused("SubFilter"));
        }
    }
    Ok(())
}

/// Adds the field to the form, which is made if there is none.
fn add_to_form(update: &mut Update<'_>, view: &View<'_>, field: Option<Ref>) -> Result<()> {
    let mut catalog = update.catalog()?;
    let mut form = view.get_dict(&catalog, "AcroForm")?.unwrap_or_default();
    form.set("SigFlags", SIGNATURE_FLAGS);
    if let Some(field) = field {
        let mut fields = view.get_array(&form, "Fields")?;
        fields.push(field.into());
        match form.get("Fields").and_then(Object::as_reference) {
            Some(reference) => update.put(reference, &Object::Array(fields)),
            None => form.set("Fields", fields),
        }
    }
    match catalog.get("AcroForm").and_then(Object::as_reference) {
        Some(reference) => update.put(reference, &Object::Dict(form)),
        None => {
            catalog.set("AcroForm", form);
            update.set_catalog(catalog);
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

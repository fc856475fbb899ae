//! Licenses (电子证照) to be issued.

use std::ffi::c_char;

use yinxin::issue::Draft;
use yinxin::pdf::Font;
use yinxin::template::Typefaces;
use yinxin::{Catalog, ErrorKind, Metadata, Template, Time};

use crate::border::{
    Fault, Out, Result, bytes, free, guard, object, object_mut, optional_text, text, time,
};
use crate::bytes::yinxin_bytes;
use crate::enums;
use crate::error::yinxin_error;
use crate::pending::yinxin_pending;
use crate::request::yinxin_request;
use crate::status::yinxin_status;

/// A license to be issued: what it states and how it looks. A builder: one thread at a time.
pub struct yinxin_draft {
    metadata: Metadata,
    template: Template,
    created: Time,
    typefaces: Typefaces,
    for_archive: bool,
}

impl yinxin_draft {
    fn draft(&self) -> Draft {
        let draft = Draft::new(self.metadata.clone(), self.template.clone(), self.created)
            .fonts(self.typefaces.clone());
        match self.for_archive {
            true => draft.for_archive(),
            false => draft,
        }
    }
}

/// Begins a license from metadata as JSON text. `design` is `standard-landscape`,
/// `standard-portrait`, or a page design as JSON text; NULL means `standard-landscape`.
/// `created_at` is when the document is made, which it states.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_draft_new(
    metadata: *const c_char,
    design: *const c_char,
    created_at: i64,
    out: *mut *mut yinxin_draft,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (metadata, design, out) = unsafe {
            (
                text(metadata, "metadata")?,
                optional_text(design, "design")?,
                Out::new(out, "out")?,
            )
        };
        out.give(yinxin_draft {
            metadata: Metadata::from_json(metadata)?,
            template: template(design)?,
            created: time(created_at)?,
            typefaces: Typefaces::named(),
            for_archive: false,
        });
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

fn template(design: Option<&str>) -> Result<Template> {
    Ok(match design {
        None | Some("standard-landscape") => Template::standard_landscape()?,
        Some("standard-portrait") => Template::standard_portrait()?,
        Some(json) => Template::from_json(json)?,
    })
}

/// Requires that the metadata fit their type in a catalog (证照目录, GB/T 36902): the built-in one,
/// or one as JSON text. `YINXIN_STATUS_INVALID_METADATA` when they do not.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_draft_check_catalog(
    draft: *const yinxin_draft,
    catalog: *const c_char,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as convention 3 demands.
        let (draft, catalog) =
            unsafe { (object(draft, "draft")?, optional_text(catalog, "catalog")?) };
        let catalog = match catalog {
            Some(json) => Catalog::from_json(json)?,
            None => Catalog::built_in(),
        };
        let entry = catalog.find(draft.metadata.type_code());
        let message = "the catalog does not know this type of license";
        let entry = entry.ok_or(Fault::Refused(ErrorKind::InvalidMetadata, message))?;
        Ok(entry.check(&draft.metadata)?)
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Sets the font of a kind of typeface, one of `yinxin_font_role`: a TrueType or OpenType file,
/// which a PDF embeds in part. Without, none is embedded.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_draft_set_font(
    draft: *mut yinxin_draft,
    role: i32,
    font: *const u8,
    font_len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (draft, font) =
            unsafe { (object_mut(draft, "draft")?, bytes(font, font_len, "font")?) };
        let role = enums::font_role(role)?;
        let font = Font::embedded(font, 0)?;
        draft.typefaces = std::mem::take(&mut draft.typefaces).with(role, font);
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Makes a PDF for the archive, PDF/A-3b, which needs fonts; an OFD is not changed by it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_draft_for_archive(
    draft: *mut yinxin_draft,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as conventions 3 and 6 demand.
        unsafe { object_mut(draft, "draft")? }.for_archive = true;
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// The document without a seal. `format` is one of `yinxin_format`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_draft_document(
    draft: *const yinxin_draft,
    format: i32,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (draft, out) = unsafe { (object(draft, "draft")?, Out::new(out, "out")?) };
        let unsigned = draft.draft().document(enums::format(format)?)?;
        out.give(yinxin_bytes::new(unsigned.bytes));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Freezes the license for its signature. A seal shows in its place on the page, whatever place the
/// request names.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_draft_prepare(
    draft: *const yinxin_draft,
    format: i32,
    request: *const yinxin_request,
    out: *mut *mut yinxin_pending,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (draft, request, out) = unsafe {
            (
                object(draft, "draft")?,
                object(request, "request")?,
                Out::new(out, "out")?,
            )
        };
        let format = enums::format(format)?;
        let pending = draft.draft().prepare(format, request.wanted()?)?;
        out.give(yinxin_pending::License(pending));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Takes up what `yinxin_pending_to_bytes` stored, with the same draft.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_draft_resume(
    draft: *const yinxin_draft,
    format: i32,
    stored: *const u8,
    stored_len: usize,
    out: *mut *mut yinxin_pending,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (draft, stored, out) = unsafe {
            (
                object(draft, "draft")?,
                bytes(stored, stored_len, "stored")?,
                Out::new(out, "out")?,
            )
        };
        let pending = draft.draft().resume(enums::format(format)?, stored)?;
        out.give(yinxin_pending::License(pending));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Frees a draft; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_draft_free(draft: *mut yinxin_draft) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(draft) }
}

//! Making seals (制章).

use std::ffi::c_char;

use yinxin::SealMaker;
use yinxin::seal::picture::{Font, Fonts, RoundSeal, SealDesign};
use yinxin::seal::{DrawnForm, Listing, SealPicture, SealSpec};
use yinxin::ses::Layout;

use crate::border::{
    Fault, Out, Result, bytes, free, guard, object, object_mut, optional_text, text, time,
};
use crate::certificate::yinxin_certificate;
use crate::enums;
use crate::error::yinxin_error;
use crate::key::yinxin_key;
use crate::pending::yinxin_pending;
use crate::seal::yinxin_seal;
use crate::status::yinxin_status;

/// What a new seal is to be. A builder: one thread at a time.
pub struct yinxin_seal_spec {
    spec: SealSpec,
}

/// Begins a seal in the layout of GB/T 38540-2020 with its unique code (ASCII) and its name. It
/// still needs a picture and at least one signer.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_spec_new(
    id: *const c_char,
    name: *const c_char,
    created_at: i64,
    valid_from: i64,
    valid_until: i64,
    out: *mut *mut yinxin_seal_spec,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (id, name, out) =
            unsafe { (text(id, "id")?, text(name, "name")?, Out::new(out, "out")?) };
        let spec = SealSpec {
            layout: Layout::Gbt38540_2020,
            id: id.to_owned(),
            seal_type: 1,
            name: name.to_owned(),
            signers: Vec::new(),
            listing: Listing::Certificates,
            create_date: time(created_at)?,
            valid_from: time(valid_from)?,
            valid_until: time(valid_until)?,
            picture: SealPicture {
                data: Vec::new(),
                width_mm: 0,
                height_mm: 0,
            },
            extensions: Vec::new(),
        };
        out.give(yinxin_seal_spec { spec });
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Sets the layout, one of `yinxin_layout`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_spec_set_layout(
    spec: *mut yinxin_seal_spec,
    layout: i32,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as conventions 3 and 6 demand.
        let spec = unsafe { object_mut(spec, "spec")? };
        spec.spec.layout = enums::layout(layout)?;
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Sets the kind of seal, a number of the business's own; 1 unless set.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_spec_set_type(
    spec: *mut yinxin_seal_spec,
    seal_type: i32,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as conventions 3 and 6 demand.
        let spec = unsafe { object_mut(spec, "spec")? };
        spec.spec.seal_type = unsigned(seal_type, "seal_type")?;
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

fn unsigned(number: i32, name: &'static str) -> Result<u32> {
    u32::try_from(number).map_err(|_| Fault::Length(name))
}

/// Sets how the seal names its signers, one of `yinxin_listing`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_spec_set_listing(
    spec: *mut yinxin_seal_spec,
    listing: i32,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointer is as conventions 3 and 6 demand.
        let spec = unsafe { object_mut(spec, "spec")? };
        spec.spec.listing = enums::listing(listing)?;
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Adds one who may use the seal.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_spec_add_signer(
    spec: *mut yinxin_seal_spec,
    signer: *const yinxin_certificate,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (spec, signer) = unsafe { (object_mut(spec, "spec")?, object(signer, "signer")?) };
        spec.spec.signers.push(signer.inner().clone());
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Gives the seal its picture, a PNG, GIF, BMP, JPEG, SVG or OFD file, and the size it shows at.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_spec_set_picture(
    spec: *mut yinxin_seal_spec,
    data: *const u8,
    len: usize,
    width_mm: i32,
    height_mm: i32,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (spec, data) = unsafe { (object_mut(spec, "spec")?, bytes(data, len, "data")?) };
        spec.spec.picture = SealPicture {
            data: data.to_vec(),
            width_mm: unsigned(width_mm, "width_mm")?,
            height_mm: unsigned(height_mm, "height_mm")?,
        };
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Draws the picture: a round seal with a name along its border, a star, and unless NULL a line
/// below the star; PNG at so many pixels per inch, 300 to 1200. `font` is a TrueType or OpenType
/// file; none is needed where no text is to be drawn.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_spec_draw_round(
    spec: *mut yinxin_seal_spec,
    name: *const c_char,
    second_line: *const c_char,
    font: *const u8,
    font_len: usize,
    dpi: i32,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (spec, name, second_line, font) = unsafe {
            (
                object_mut(spec, "spec")?,
                text(name, "name")?,
                optional_text(second_line, "second_line")?,
                bytes(font, font_len, "font")?,
            )
        };
        let mut design = RoundSeal::new(name);
        design.second_line = second_line.map(str::to_owned);
        let fonts = match font.is_empty() {
            true => Fonts::none(),
            false => Fonts::new(Font::new(font, 0)?),
        };
        let drawing = SealDesign::Round(design).draw(&fonts)?;
        let dpi = unsigned(dpi, "dpi")?;
        spec.spec.picture = SealPicture::drawn(&drawing, DrawnForm::Png { dpi })?;
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Writes everything but the maker's signature; `yinxin_pending_complete` then gives the seal as
/// DER.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_spec_prepare(
    spec: *const yinxin_seal_spec,
    maker: *const yinxin_certificate,
    out: *mut *mut yinxin_pending,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (spec, maker, out) = unsafe {
            (
                object(spec, "spec")?,
                object(maker, "maker")?,
                Out::new(out, "out")?,
            )
        };
        let maker = SealMaker::from_certificate(maker.inner().clone())?;
        out.give(yinxin_pending::Seal(maker.prepare(&spec.spec)?));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Makes the seal with the maker's key at hand.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_spec_make(
    spec: *const yinxin_seal_spec,
    maker: *const yinxin_certificate,
    key: *const yinxin_key,
    out: *mut *mut yinxin_seal,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (spec, maker, key, out) = unsafe {
            (
                object(spec, "spec")?,
                object(maker, "maker")?,
                object(key, "key")?,
                Out::new(out, "out")?,
            )
        };
        let maker = SealMaker::from_certificate(maker.inner().clone())?;
        out.give(yinxin_seal::new(maker.make(&spec.spec, key.inner())?));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Frees what a seal was to be; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_seal_spec_free(spec: *mut yinxin_seal_spec) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(spec) }
}

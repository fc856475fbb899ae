//! A seal is made for a signer, with the maker's key elsewhere.

use std::io::Write;

use yinxin::crypto::SoftwareKey;
use yinxin::seal::picture::{Fonts, RoundSeal, SealDesign};
use yinxin::seal::{DrawnForm, Listing, SealPicture, SealSpec};
use yinxin::{Policy, SealMaker, Signer, Time, ses::Layout};

use super::{Told, judged, made, verdict, verifier};

pub(crate) fn tell(out: &mut dyn Write) -> Told {
    let (model, signer, _) = made::seal_and_signer()?;
    let maker = SealMaker::from_certificate(model.maker().clone())?;
    // Border and star alone: a font is the caller's to give.
    let drawing = SealDesign::Round(RoundSeal::new("")).draw(&Fonts::none())?;
    let pending = maker.prepare(&SealSpec {
        layout: Layout::Gbt38540_2020,
        id: "34990000000002".to_owned(),
        seal_type: 1,
        name: "某某市示范企业有限公司".to_owned(),
        signers: vec![signer.clone()],
        listing: Listing::Certificates,
        create_date: Time::parse("2026-01-02T00:00:00Z")?,
        valid_from: Time::parse("2026-01-02T00:00:00Z")?,
        valid_until: Time::parse("2031-01-02T00:00:00Z")?,
        picture: SealPicture::drawn(&drawing, DrawnForm::Png { dpi: 600 })?,
        extensions: Vec::new(),
    })?;
    writeln!(out, "sign with {}", pending.algorithm().name())?;

    // The maker's key, wherever it is.
    let value = SoftwareKey::from_sm2_scalar(&[2; 32])?.sign(pending.to_be_signed())?;

    let seal = pending.complete(&value)?;
    let picture = seal.picture();
    writeln!(
        out,
        "{} {} ({})",
        seal.id(),
        seal.name(),
        seal.layout().standard()
    )?;
    writeln!(
        out,
        "{} of {} by {} mm",
        picture.kind, picture.width_mm, picture.height_mm
    )?;
    writeln!(out, "{} to {}", seal.valid_from(), seal.valid_until())?;
    let report = verifier(Policy::basic())?.verify(seal.to_der(), judged()?);
    writeln!(out, "{}", verdict(&report))?;
    Ok(())
}

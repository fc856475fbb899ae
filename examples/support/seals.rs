// An order for a seal with a made-up maker, its key, and a drawn picture. Included by examples.

use yinxin::asn1::named;
use yinxin::crypto::SoftwareKey;
use yinxin::pki::{Certificate, CertificateBuilder, KeyUsage, Name};
use yinxin::seal::picture::{Fonts, RoundSeal, SealDesign};
use yinxin::seal::{DrawnForm, Listing, SealPicture, SealSpec};
use yinxin::ses::Layout;
use yinxin::{SealMaker, Signer, Time};

/// The maker, what is ordered, and the maker's key.
pub(crate) fn order() -> yinxin::Result<(SealMaker, SealSpec, SoftwareKey)> {
    let (key, certificate) = party(2, "某某市印章制作示范单位")?;
    let (_, signer) = party(3, "某某市示范企业有限公司")?;
    // Border and star alone, since a font is the caller's to give.
    let drawing = SealDesign::Round(RoundSeal::new("")).draw(&Fonts::none())?;
    let spec = SealSpec {
        layout: Layout::Gbt38540_2020,
        id: "34990000000001".to_owned(),
        seal_type: 1,
        name: "某某市示范企业有限公司".to_owned(),
        signers: vec![signer],
        listing: Listing::Certificates,
        create_date: Time::parse("2026-01-02T00:00:00Z")?,
        valid_from: Time::parse("2026-01-02T00:00:00Z")?,
        valid_until: Time::parse("2031-01-02T00:00:00Z")?,
        picture: SealPicture::drawn(&drawing, DrawnForm::Png { dpi: 600 })?,
        extensions: Vec::new(),
    };
    Ok((SealMaker::from_certificate(certificate)?, spec, key))
}

/// A key and the certificate it gave itself.
fn party(number: u8, name: &str) -> yinxin::Result<(SoftwareKey, Certificate)> {
    let key = SoftwareKey::from_sm2_scalar(&[number; 32])?;
    let subject = Name::build(&[(named::COUNTRY, "CN"), (named::COMMON_NAME, name)])?;
    let (from, until) = (
        Time::parse("2026-01-01T00:00:00Z")?,
        Time::parse("2036-01-01T00:00:00Z")?,
    );
    let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
    let certificate =
        CertificateBuilder::new(subject, key.public_key().clone(), &[number], from, until)
            .key_usage(usage)
            .self_sign(&key)?;
    Ok((key, certificate))
}

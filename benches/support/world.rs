//! Who issues, seals and signs in benches, and documents of theirs.

#![allow(dead_code, reason = "each bench uses a part")]

use tiny_skia::Pixmap;
use yinxin::asn1::named;
use yinxin::crypto::{Signer, SoftwareKey};
use yinxin::ofd;
use yinxin::pki::{Certificate, CertificateBuilder, KeyUsage, Name};
use yinxin::ses::{CertificateList, Layout, Picture, SealDraft, SesSeal};
use yinxin::sign::{Place, Request, prepare};
use yinxin::trust::AnchorRole;
use yinxin::{Metadata, Policy, Template, Time, Verifier, issue};

/// When what is made here was signed.
pub(crate) const SIGNED_AT: &str = "2026-11-20T02:00:00Z";

pub(crate) struct Party {
    pub(crate) certificate: Certificate,
    pub(crate) key: SoftwareKey,
}

/// Two roots, a maker and a signer.
pub(crate) struct World {
    pub(crate) signer_root: Party,
    pub(crate) maker_root: Party,
    pub(crate) signer: Party,
    pub(crate) maker: Party,
}

impl World {
    pub(crate) fn new() -> Self {
        let (signer_root, maker_root) = (root("示范根甲", 1), root("示范根乙", 2));
        Self {
            signer: issued("某某市市场监督管理局", 3, &signer_root),
            maker: issued("示范制章单位", 4, &maker_root),
            signer_root,
            maker_root,
        }
    }

    pub(crate) fn verifier(&self) -> Verifier {
        Verifier::new(Policy::basic())
            .with_anchor(AnchorRole::Signer, self.signer_root.certificate.clone())
            .with_anchor(AnchorRole::Maker, self.maker_root.certificate.clone())
    }

    /// The texts of the example license, one a line, its data beside them, and a seal whose picture
    /// makes it some 30 kB, as invoices and short licenses are.
    pub(crate) fn plain(&self) -> Vec<u8> {
        self.sealed(&self.unsealed(), 72)
    }

    fn unsealed(&self) -> Vec<u8> {
        let metadata = metadata();
        let mut builder = ofd::OfdBuilder::new([7; 16], time(SIGNED_AT));
        let font = builder.add_font(ofd::FontFace {
            name: "宋体".to_owned(),
            family: Some("SimSun".to_owned()),
            file: None,
        });
        let line = |(number, (tag, text)): (u32, &(String, String))| {
            ofd::PageObject::Text(ofd::Text {
                x: 20.0,
                baseline: 20.0 + 6.0 * f64::from(number),
                size: 4.0,
                font,
                color: ofd::Color(0, 0, 0),
                text: text.clone(),
                advances: vec![4.0; text.chars().count() - 1],
                tag: Some(tag.clone()),
            })
        };
        builder
            .vocabulary("https://yinxin.example/license/1", "License")
            .page(ofd::PageContent {
                width: 210.0,
                height: 297.0,
                objects: (0..).zip(&metadata.custom_data()).map(line).collect(),
            })
            .attach(
                "license.json",
                "json",
                metadata.to_json().unwrap().into_bytes(),
            )
            .build()
            .unwrap()
    }

    /// As [`plain`](Self::plain), signed at so many times one second after the other.
    pub(crate) fn many(&self, count: usize) -> Vec<Vec<u8>> {
        let document = self.unsealed();
        let seal = self.seal(72);
        (0..i64::try_from(count).unwrap())
            .map(|number| {
                let at = Time::from_unix(time(SIGNED_AT).unix() + number).unwrap();
                self.sealed_at(&document, seal.clone(), at)
            })
            .collect()
    }

    /// The example license on its design, whose border is most of it.
    pub(crate) fn ornate(&self) -> Vec<u8> {
        let template = Template::standard_landscape().unwrap();
        let draft = issue::Draft::new(metadata(), template, time(SIGNED_AT));
        let document = draft.document(issue::Format::Ofd).unwrap();
        self.sealed(&document.bytes, 44)
    }

    pub(crate) fn sealed(&self, document: &[u8], pixels: u32) -> Vec<u8> {
        self.sealed_at(document, self.seal(pixels), time(SIGNED_AT))
    }

    fn sealed_at(&self, document: &[u8], seal: SesSeal, at: Time) -> Vec<u8> {
        let signer = self.signer.certificate.clone();
        let request = Request::affix(seal, signer, at).at(Place {
            page: 0,
            center_x_mm: 150.0,
            center_y_mm: 150.0,
        });
        let pending = prepare(document, request).unwrap();
        pending.sign(&self.signer.key).unwrap()
    }

    pub(crate) fn seal(&self, pixels: u32) -> SesSeal {
        let draft = SealDraft {
            layout: Layout::Gbt38540_2020,
            vendor_id: "YINXIN".to_owned(),
            id: "34990000000001".to_owned(),
            seal_type: 1,
            name: "某某市市场监督管理局".to_owned(),
            certificates: CertificateList::Certificates(vec![
                self.signer.certificate.der().to_vec(),
            ]),
            create_date: time("2026-01-05T00:00:00Z"),
            valid_start: time("2026-01-05T00:00:00Z"),
            valid_end: time("2031-01-05T00:00:00Z"),
            picture: Picture {
                kind: "PNG".to_owned(),
                data: picture(pixels),
                width_mm: 42,
                height_mm: 42,
            },
            extensions: Vec::new(),
        };
        let algorithm = self.maker.key.algorithm();
        let unsigned = draft
            .prepare(self.maker.certificate.der(), algorithm)
            .unwrap();
        let value = self.maker.key.sign(unsigned.to_be_signed()).unwrap();
        unsigned.complete(&value, None).unwrap()
    }
}

/// Red ink with the grain of a scanned impression, so that it is as large as real pictures.
fn picture(pixels: u32) -> Vec<u8> {
    let mut picture = Pixmap::new(pixels, pixels).unwrap();
    let mut grain = 0x2545_f491_u32;
    for pixel in picture.data_mut().chunks_exact_mut(4) {
        grain ^= grain << 13;
        grain ^= grain >> 17;
        grain ^= grain << 5;
        let [alpha, ..] = grain.to_le_bytes();
        pixel.copy_from_slice(&[alpha, 0, 0, alpha]);
    }
    picture.encode_png().unwrap()
}

pub(crate) fn metadata() -> Metadata {
    let json = include_str!("../../examples/data/business-license.json");
    Metadata::from_json(json).unwrap()
}

fn root(name: &str, seed: u8) -> Party {
    let key = SoftwareKey::from_sm2_scalar(&[seed; 32]).unwrap();
    let certificate = builder(name, &key, seed)
        .authority(None)
        .self_sign(&key)
        .unwrap();
    Party { certificate, key }
}

fn issued(name: &str, seed: u8, root: &Party) -> Party {
    let key = SoftwareKey::from_sm2_scalar(&[seed; 32]).unwrap();
    let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
    let builder = builder(name, &key, seed).end_entity().key_usage(usage);
    let certificate = builder.sign(&root.certificate, &root.key).unwrap();
    Party { certificate, key }
}

fn builder(name: &str, key: &SoftwareKey, serial: u8) -> CertificateBuilder {
    let subject = Name::build(&[(named::COUNTRY, "CN"), (named::COMMON_NAME, name)]).unwrap();
    let (from, until) = (time("2025-01-01"), time("2036-01-01"));
    CertificateBuilder::new(subject, key.public_key().clone(), &[serial], from, until)
}

pub(crate) fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

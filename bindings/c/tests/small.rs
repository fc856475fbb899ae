//! `bindings/small` holds the smallest sealed OFD there is, and the root it is trusted by: what the
//! faces' own share of a call is measured on, the same in every language. `YINXIN_BLESS=1 cargo test
//! -p yinxin-c --test small` writes both anew.

// How a test fails.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::root;
use yinxin::asn1::named;
use yinxin::crypto::SoftwareKey;
use yinxin::ofd::{Color, FontFace, OfdBuilder, PageContent, PageObject, Text};
use yinxin::pki::{Certificate, CertificateBuilder, KeyUsage, Name};
use yinxin::seal::{Listing, SealPicture, SealSpec};
use yinxin::ses::Layout;
use yinxin::sign::{self, Request};
use yinxin::trust::AnchorRole;
use yinxin::{Outcome, Policy, SealMaker, Signer, Time, Verifier};

/// Two red pixels by two.
const PICTURE: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x02\x00\x00\x00\xfd\xd4\x9as\x00\x00\x00\x12IDATx\x9ccx\x8c\x02\x0c\xc1\x98\x00\x00\xf0\xa0\xb9\xd4z~e \x00\x00\x00\x00IEND\xaeB`\x82";

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

fn key(number: u8) -> SoftwareKey {
    SoftwareKey::from_sm2_scalar(&[number; 32]).unwrap()
}

fn builder(number: u8, name: &str) -> CertificateBuilder {
    let subject = Name::build(&[(named::COUNTRY, "CN"), (named::COMMON_NAME, name)]).unwrap();
    let (from, until) = (time("2026-01-01T00:00:00Z"), time("2036-01-01T00:00:00Z"));
    let key = key(number).public_key().clone();
    CertificateBuilder::new(subject, key, &[number], from, until)
}

fn certified(number: u8, name: &str, root: &Certificate) -> Certificate {
    let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
    let builder = builder(number, name).end_entity().key_usage(usage);
    builder.sign(root, &key(1)).unwrap()
}

/// One page with one word, and a seal of four pixels.
fn sealed(root: &Certificate) -> Vec<u8> {
    let (made, signed) = (time("2026-01-02T00:00:00Z"), time("2026-03-02T01:00:00Z"));
    let mut ofd = OfdBuilder::new([7; 16], signed);
    let face = FontFace {
        name: "宋体".to_owned(),
        family: None,
        file: None,
    };
    let font = ofd.add_font(face);
    let word = PageObject::Text(Text {
        x: 25.0,
        baseline: 20.0,
        size: 5.0,
        font,
        color: Color(0, 0, 0),
        text: "示范".to_owned(),
        advances: Vec::new(),
        tag: None,
    });
    let page = PageContent {
        width: 210.0,
        height: 297.0,
        objects: vec![word],
    };
    let document = ofd.page(page).build().unwrap();
    let signer = certified(3, "某某市某某局", root);
    let spec = SealSpec {
        layout: Layout::Gbt38540_2020,
        id: "34990000000001".to_owned(),
        seal_type: 1,
        name: "某某市某某局".to_owned(),
        signers: vec![signer.clone()],
        listing: Listing::Certificates,
        create_date: made,
        valid_from: made,
        valid_until: time("2031-01-02T00:00:00Z"),
        picture: SealPicture {
            data: PICTURE.to_vec(),
            width_mm: 42,
            height_mm: 42,
        },
        extensions: Vec::new(),
    };
    let maker = SealMaker::from_certificate(certified(2, "示范制章单位", root)).unwrap();
    let seal = maker.make(&spec, &key(2)).unwrap();
    let pending = sign::prepare(&document, Request::affix(seal, signer, signed)).unwrap();
    pending.sign(&key(3)).unwrap()
}

#[test]
fn the_small_document_is_what_the_library_makes() {
    let anchor = builder(1, "示范根").authority(None);
    let anchor = anchor.self_sign(&key(1)).unwrap();
    let sealed = sealed(&anchor);
    let folder = root().join("bindings/small");
    for (name, wanted) in [("sealed.ofd", &*sealed), ("root.der", anchor.der())] {
        let file = folder.join(name);
        if std::env::var_os("YINXIN_BLESS").is_some() {
            std::fs::write(&file, wanted).unwrap();
        }
        let committed = std::fs::read(&file).unwrap_or_default();
        assert!(
            committed == wanted,
            "{name} is another than the library makes"
        );
    }
    let verifier = Verifier::new(Policy::basic())
        .with_anchor(AnchorRole::Signer, anchor.clone())
        .with_anchor(AnchorRole::Maker, anchor);
    let report = verifier.verify(&sealed, time("2026-03-04T00:00:00Z"));
    assert_eq!(report.outcome, Outcome::Passed);
}

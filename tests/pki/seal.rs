//! The license authority's seal, in each layout, and its picture.

use tiny_skia::{Color, Paint, PathBuilder, Pixmap, Stroke, Transform};
use yinxin::crypto::Signer;
use yinxin::ses::{CertificateList, Layout, Picture, SealDraft, SesSeal};

use super::{Party, time, world};

/// The seal that the maker made for the signer.
pub(crate) fn seal_of(layout: Layout) -> SesSeal {
    make_seal(layout, &[&world().signer], &world().maker)
}

/// A seal for these signers, by this maker.
pub(crate) fn make_seal(layout: Layout, signers: &[&Party], maker: &Party) -> SesSeal {
    let certificates = signers
        .iter()
        .map(|signer| signer.certificate.der().to_vec())
        .collect();
    let draft = SealDraft {
        layout,
        vendor_id: "YINXIN".to_owned(),
        id: "34990000000001".to_owned(),
        seal_type: 1,
        name: "某某市市场监督管理局电子证照专用章".to_owned(),
        certificates: CertificateList::Certificates(certificates),
        create_date: time("2026-01-05T00:00:00Z"),
        valid_start: time("2026-01-05T00:00:00Z"),
        valid_end: time("2031-01-05T00:00:00Z"),
        picture: Picture {
            kind: "PNG".to_owned(),
            data: stamp_png(),
            width_mm: 42,
            height_mm: 42,
        },
        extensions: Vec::new(),
    };
    let unsigned = draft
        .prepare(maker.certificate.der(), maker.key.algorithm())
        .unwrap();
    let value = maker.key.sign(unsigned.to_be_signed()).unwrap();
    unsigned.complete(&value, None).unwrap()
}

/// A red ring on nothing.
pub(crate) fn stamp_png() -> Vec<u8> {
    let mut picture = Pixmap::new(64, 64).unwrap();
    let mut paint = Paint::default();
    paint.set_color(Color::from_rgba8(216, 34, 28, 255));
    let ring = PathBuilder::from_circle(32.0, 32.0, 28.0).unwrap();
    let stroke = Stroke {
        width: 4.0,
        ..Stroke::default()
    };
    picture.stroke_path(&ring, &paint, &stroke, Transform::identity(), None);
    picture.encode_png().unwrap()
}

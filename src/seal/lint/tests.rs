//! Each rule has a picture that breaks it alone, and drawn seals break none.

use super::*;
use crate::ofd::{Color as OfdColor, OfdBuilder, PageContent, PageObject, Text};
use crate::seal::DrawnForm;
use crate::seal::picture::{Fonts, RoundSeal, SealDesign};
use crate::time::Time;
use proptest::prelude::*;

const SIZE: (u32, u32) = (42, 42);

fn created() -> Time {
    Time::parse("2026-03-02T01:00:00Z").unwrap()
}

fn drawing() -> crate::seal::picture::Drawing {
    SealDesign::Round(RoundSeal::new(""))
        .draw(&Fonts::none())
        .unwrap()
}

fn faults(data: &[u8]) -> Vec<PictureFault> {
    PictureLint::of(data, None, SIZE).faults
}

/// A PNG of `side` pixels whose ink, a disc as wide as `extent` of it, is on a ground.
fn png(side: u32, ink: [u8; 4], ground: [u8; 4], extent: f64, dpi: Option<u32>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, side, side);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_pixel_dims(dpi.map(|dpi| png::PixelDimensions {
        xppu: dpi * 10_000 / 254,
        yppu: dpi * 10_000 / 254,
        unit: png::Unit::Meter,
    }));
    let middle = f64::from(side) / 2.0;
    let mut pixels = Vec::new();
    for y in 0..side {
        for x in 0..side {
            let (x, y) = (f64::from(x) + 0.5 - middle, f64::from(y) + 0.5 - middle);
            let inside = (x * x + y * y).sqrt() <= middle * extent;
            pixels.extend(if inside { ink } else { ground });
        }
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&pixels).unwrap();
    writer.finish().unwrap();
    out
}

const RED: [u8; 4] = [220, 20, 30, 255];
const CLEAR: [u8; 4] = [255, 255, 255, 0];
const PAPER: [u8; 4] = [255, 255, 255, 255];

#[test]
fn drawn_seals_break_no_rule_in_any_form() {
    let forms = [
        DrawnForm::Png { dpi: 300 },
        DrawnForm::Png { dpi: 600 },
        DrawnForm::Svg,
        DrawnForm::Ofd { created: created() },
    ];
    for form in forms {
        let picture = SealPicture::drawn(&drawing(), form).unwrap();
        let lint = picture.lint();
        assert_eq!(lint.faults, [], "{form:?}");
        let (width, height) = lint.stated_mm.unwrap();
        assert!((width - 42.0).abs() < 0.1 && (height - 42.0).abs() < 0.1);
    }
    let lint = SealPicture::drawn(&drawing(), DrawnForm::Png { dpi: 600 })
        .unwrap()
        .lint();
    assert_eq!((lint.pixels, lint.dpi), (Some((992, 992)), Some(600)));
    assert_eq!(
        (lint.transparent, lint.ink),
        (Some(true), Some(Color::SEAL_RED))
    );
}

#[test]
fn each_rule_is_broken_by_one_picture_of_pixels() {
    let cases = [
        (png(500, RED, CLEAR, 1.0, None), vec![]),
        (png(496, RED, CLEAR, 1.0, Some(300)), vec![]),
        (
            png(200, RED, CLEAR, 1.0, None),
            vec![PictureFault::LowResolution],
        ),
        (png(500, RED, PAPER, 1.0, None), vec![PictureFault::Opaque]),
        (
            png(500, [20, 30, 200, 255], CLEAR, 1.0, None),
            vec![PictureFault::NotRed],
        ),
        (
            png(500, [0, 0, 0, 255], CLEAR, 1.0, None),
            vec![PictureFault::NotRed],
        ),
        (png(500, RED, CLEAR, 0.8, None), vec![PictureFault::Margin]),
        (png(500, CLEAR, CLEAR, 1.0, None), vec![PictureFault::Blank]),
        (
            png(500, RED, CLEAR, 1.0, Some(150)),
            vec![PictureFault::StatedSizeDiffers],
        ),
        (
            png(500, RED, CLEAR, 1.0, None)[..400].to_vec(),
            vec![PictureFault::Unreadable],
        ),
        (b"no picture".to_vec(), vec![PictureFault::UnknownFormat]),
    ];
    for (number, (data, expected)) in cases.iter().enumerate() {
        assert_eq!(&faults(data), expected, "case {number}");
    }
    let round = png(500, RED, CLEAR, 1.0, None);
    let lint = PictureLint::of(&round, None, (40, 30));
    assert_eq!(lint.faults, [PictureFault::Distorted]);
    let lint = PictureLint::of(&round, Some("JPG"), SIZE);
    assert_eq!(lint.faults, [PictureFault::TypeDiffers]);
}

#[test]
fn headers_of_other_pictures_are_read() {
    let mut bmp = b"BM".to_vec();
    bmp.extend([0; 8]);
    bmp.extend([54, 0, 0, 0, 40, 0, 0, 0]);
    bmp.extend(500_u32.to_le_bytes());
    bmp.extend((-500_i32).to_le_bytes());
    bmp.extend([1, 0, 24, 0]);
    bmp.extend([0; 8]);
    bmp.extend(11_811_u32.to_le_bytes());
    bmp.extend(11_811_u32.to_le_bytes());
    bmp.resize(64, 0);
    let lint = PictureLint::of(&bmp, Some("bmp"), SIZE);
    assert_eq!(lint.pixels, Some((500, 500)));
    assert_eq!(lint.faults, [PictureFault::Opaque]);

    let mut gif = b"GIF89a".to_vec();
    gif.extend([0xf4, 1, 0xf4, 1, 0x80, 0, 0]);
    assert_eq!(faults(&gif), [PictureFault::Opaque]);
    gif.extend([0x21, 0xf9, 4, 1, 0, 0, 0, 0]);
    assert_eq!(faults(&gif), []);

    let mut jpeg = vec![0xff, 0xd8, 0xff, 0xe0, 0, 16];
    jpeg.extend(b"JFIF\0\x01\x01\x01\x01\x2c\x01\x2c\0\0");
    jpeg.extend([0xff, 0xc0, 0, 11, 8, 1, 0xf0, 1, 0xf0, 1, 1, 0x11, 0]);
    let lint = PictureLint::of(&jpeg, Some("JPEG"), SIZE);
    assert_eq!((lint.pixels, lint.dpi), (Some((496, 496)), Some(300)));
    assert_eq!(lint.faults, [PictureFault::Opaque]);
    for cut in 0..jpeg.len() {
        let _ = faults(&jpeg[..cut]);
    }
}

#[test]
fn a_picture_that_asks_for_too_much_memory_is_not_decoded() {
    let mut huge = png(2, RED, CLEAR, 1.0, None);
    huge[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    // The header's checksum, so that only its size is wrong.
    let mut crc = flate2::Crc::new();
    crc.update(&huge[12..29]);
    let sum = crc.sum().to_be_bytes();
    huge[29..33].copy_from_slice(&sum);
    assert_eq!(faults(&huge), [PictureFault::Unreadable]);
}

fn svg(root: &str, content: &str) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {root}>{content}</svg>").into_bytes()
}

#[test]
fn each_rule_is_broken_by_one_svg() {
    const GOOD: &str = "width=\"42mm\" height=\"42mm\" viewBox=\"0 0 42 42\"";
    const RING: &str = "<circle r=\"20\" fill=\"none\" stroke=\"#e60012\"/>";
    let with = |extra: &str| svg(GOOD, &format!("{RING}{extra}"));
    let cases = [
        (with(""), vec![]),
        (with("<use href=\"#ring\"/>"), vec![]),
        (with("<path style=\"fill: #c00\"/>"), vec![]),
        (with("<script>x()</script>"), vec![PictureFault::Script]),
        (with("<path onclick=\"x()\"/>"), vec![PictureFault::Script]),
        (
            with("<image href=\"https://example.org/a.png\"/>"),
            vec![PictureFault::External],
        ),
        (
            with("<path fill=\"url(https://example.org/a)\"/>"),
            vec![PictureFault::External],
        ),
        (
            with("<style>@import 'a.css';</style>"),
            vec![PictureFault::External],
        ),
        (with("<text>张三</text>"), vec![PictureFault::Text]),
        (with("<path fill=\"#0000ff\"/>"), vec![PictureFault::NotRed]),
        (
            svg("viewBox=\"0 0 40 30\"", RING),
            vec![PictureFault::Distorted],
        ),
        (
            svg("width=\"20mm\" height=\"20mm\"", RING),
            vec![PictureFault::StatedSizeDiffers],
        ),
        (b"<svg ><a></svg>".to_vec(), vec![PictureFault::Unreadable]),
    ];
    for (number, (data, expected)) in cases.iter().enumerate() {
        assert_eq!(&faults(data), expected, "case {number}");
    }
}

#[test]
fn each_rule_is_broken_by_one_ofd() {
    let page = |width: f64, objects: Vec<PageObject>| PageContent {
        width,
        height: 42.0,
        objects,
    };
    let build = |pages: Vec<PageContent>| {
        let mut builder = OfdBuilder::new([7; 16], created());
        builder.add_font(crate::ofd::FontFace {
            name: "宋体".to_owned(),
            family: None,
            file: None,
        });
        let whole = pages.into_iter().fold(builder, OfdBuilder::page);
        whole.build().unwrap()
    };
    let text = PageObject::Text(Text {
        x: 1.0,
        baseline: 10.0,
        size: 4.0,
        font: 0,
        color: OfdColor(230, 0, 18),
        text: "某某".to_owned(),
        advances: vec![4.0],
        tag: None,
    });
    assert_eq!(faults(&build(vec![page(42.0, vec![])])), []);
    let two = build(vec![page(42.0, vec![]), page(42.0, vec![])]);
    assert_eq!(faults(&two), [PictureFault::Incomplete]);
    assert_eq!(
        faults(&build(vec![page(42.0, vec![text])])),
        [PictureFault::Text]
    );
    let wide = PictureLint::of(&build(vec![page(84.0, vec![])]), Some("ofd"), (42, 21));
    assert_eq!(wide.faults, [PictureFault::StatedSizeDiffers]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever follows a known beginning, the answer is a lint.
    #[test]
    fn no_bytes_are_too_strange(
        head in prop::sample::select(vec![
            &b"\x89PNG\r\n\x1a\n"[..], b"GIF89a", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xc0",
            b"BM\0\0\0\0\0\0\0\0\x1a\0\0\0", b"<svg ", b"PK\x03\x04OFD.xml",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..200),
        width in 0..100_u32,
        height in 0..100_u32,
    ) {
        let data = [head, &rest[..]].concat();
        let lint = PictureLint::of(&data, Some("png"), (width, height));
        prop_assert!(lint.format.is_some() || lint.faults == [PictureFault::UnknownFormat]);
    }

    /// A damaged picture is named as such or read; it never breaks the reader.
    #[test]
    fn a_flipped_byte_breaks_nothing(at in 0..5000_usize, mask in 1..=255_u8) {
        let drawing = drawing();
        for form in [
            DrawnForm::Png { dpi: 300 },
            DrawnForm::Svg,
            DrawnForm::Ofd { created: created() },
        ] {
            let mut data = SealPicture::drawn(&drawing, form).unwrap().data;
            let place = at % data.len();
            data[place] ^= mask;
            let _ = faults(&data);
        }
    }
}

#[test]
fn every_fault_has_its_code_and_both_texts() {
    let mut codes: Vec<_> = PictureFault::ALL.iter().map(|fault| fault.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), PictureFault::ALL.len());
    for fault in PictureFault::ALL {
        assert!(fault.english().is_ascii() && !fault.chinese().is_ascii());
    }
}

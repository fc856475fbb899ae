//! New documents, and the samples that other tests of this module change.

use super::*;
use crate::Time;
use crate::error::ErrorKind;
use crate::pdf::{Document, Font};

/// A TrueType font whose glyphs are boxes, for the characters given.
pub(crate) fn box_font(characters: &str) -> Vec<u8> {
    let mut characters: Vec<char> = characters.chars().collect();
    characters.sort_unstable();
    characters.dedup();
    let count = u16::try_from(characters.len()).unwrap() + 1;
    let words = |words: &[i32]| -> Vec<u8> {
        words
            .iter()
            .flat_map(|word| (u16::try_from(word & 0xffff).unwrap()).to_be_bytes())
            .collect()
    };

    let mut glyph = words(&[1, 100, 0, 900, 800, 3, 0]);
    glyph.extend([1, 1, 1, 1]);
    glyph.extend(words(&[100, 800, 0, -800, 0, 0, 800, 0]));
    let glyph_length = u32::try_from(glyph.len()).unwrap();
    let glyf = glyph.repeat(usize::from(count));
    let loca: Vec<u8> = (0..=u32::from(count))
        .flat_map(|n| (n * glyph_length).to_be_bytes())
        .collect();

    let mut cmap = words(&[0, 1, 3, 10, 0, 12, 12, 0]);
    let groups = u32::from(count) - 1;
    for number in [16 + 12 * groups, 0, groups] {
        cmap.extend(number.to_be_bytes());
    }
    for (glyph, character) in (1_u32..).zip(&characters) {
        for number in [u32::from(*character), u32::from(*character), glyph] {
            cmap.extend(number.to_be_bytes());
        }
    }
    let mut head = words(&[1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1000]);
    head.extend([0; 16]);
    head.extend(words(&[100, 0, 900, 800, 0, 8, 2, 1, 0]));
    let hhea = words(&[
        1,
        0,
        880,
        -120,
        0,
        1000,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        i32::from(count),
    ]);
    let hmtx = words(&[1000, 100]).repeat(usize::from(count));
    let mut maxp = words(&[1, 0, i32::from(count), 4, 1]);
    maxp.extend([0; 22]);
    let mut post = words(&[3, 0]);
    post.extend([0; 28]);

    let tables: [(&[u8], &[u8]); 8] = [
        (b"cmap", &cmap),
        (b"glyf", &glyf),
        (b"head", &head),
        (b"hhea", &hhea),
        (b"hmtx", &hmtx),
        (b"loca", &loca),
        (b"maxp", &maxp),
        (b"post", &post),
    ];
    let mut font = words(&[1, 0, 8, 128, 3, 0]);
    let mut body = Vec::new();
    for (tag, data) in tables {
        font.extend(tag);
        font.extend([0; 4]);
        font.extend(
            u32::try_from(12 + 16 * 8 + body.len())
                .unwrap()
                .to_be_bytes(),
        );
        font.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        body.extend(data);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    font.extend(body);
    font
}

pub(crate) fn text(
    x_mm: f64,
    baseline_mm: f64,
    font: usize,
    text: &str,
    field: &str,
) -> PageObject {
    PageObject::Text(TextObject {
        x_mm,
        baseline_mm,
        size_mm: 6.0,
        font,
        rgb: [0; 3],
        text: text.to_owned(),
        advances_mm: Vec::new(),
        field: (!field.is_empty()).then(|| field.to_owned()),
    })
}

/// A half-transparent picture.
pub(crate) fn png() -> Vec<u8> {
    let mut pixmap = tiny_skia::Pixmap::new(20, 20).unwrap();
    pixmap.fill(tiny_skia::Color::from_rgba8(200, 0, 0, 128));
    pixmap.encode_png().unwrap()
}

/// A license of one page in the predefined font and an embedded one.
pub(crate) fn sample() -> DocumentContent {
    let holder = "某某市示范企业有限公司";
    DocumentContent {
        title: "营业执照".to_owned(),
        language: "zh-CN".to_owned(),
        created: Time::parse("2026-11-22T08:00:00Z").unwrap(),
        seed: [7; 32],
        properties: vec![
            ("ZZMC".into(), "营业执照".into()),
            ("CZZT".into(), holder.into()),
        ],
        fonts: vec![
            Font::embedded(box_font("营业执照AB"), 0).unwrap(),
            Font::predefined_song(),
        ],
        pages: vec![PageContent {
            width_mm: 297.0,
            height_mm: 210.0,
            objects: vec![
                PageObject::Path(
                    PathObject::rectangle(10.0, 10.0, 277.0, 190.0).stroked(0.5, [150, 0, 0]),
                ),
                text(100.0, 40.0, 0, "营业执照", "ZZMC"),
                text(30.0, 80.0, 1, holder, "CZZT"),
                text(30.0, 90.0, 0, "AB", ""),
                PageObject::Picture(PictureObject {
                    x_mm: 200.0,
                    y_mm: 120.0,
                    width_mm: 40.0,
                    height_mm: 40.0,
                    png: png(),
                    description: Some("国徽".to_owned()),
                }),
            ],
        }],
        attachments: vec![Attachment {
            name: "证照.json".to_owned(),
            media_type: "application/json".to_owned(),
            description: "License metadata".to_owned(),
            data: b"{}".to_vec(),
        }],
        pdf_a: None,
    }
}

pub(crate) fn sample_bytes() -> Vec<u8> {
    write_document(&sample()).unwrap()
}

#[test]
fn what_is_written_reads_back() {
    let bytes = sample_bytes();
    assert_eq!(
        bytes,
        sample_bytes(),
        "the same content gives the same bytes"
    );
    let document = Document::open(&bytes).unwrap();
    assert_eq!(document.revisions().len(), 1);
    assert_eq!(document.revisions()[0].end(), bytes.len());
    let view = document.at(0).unwrap();

    let pages = view.pages().unwrap();
    assert_eq!(pages.len(), 1);
    let (width, height) = pages[0].size_mm();
    assert!((width - 297.0).abs() < 0.01 && (height - 210.0).abs() < 0.01);

    let metadata = view.metadata().unwrap().unwrap();
    assert_eq!(metadata.title(), Some("营业执照"));
    let properties: Vec<_> = metadata.properties().collect();
    assert_eq!(
        properties,
        [("ZZMC", "营业执照"), ("CZZT", "某某市示范企业有限公司")]
    );
    assert_eq!(view.info_title().unwrap().as_deref(), Some("营业执照"));

    let files = view.embedded_files().unwrap();
    assert_eq!(files.len(), 1);
    assert_eq!(
        (files[0].name(), files[0].relationship()),
        ("证照.json", Some("Data"))
    );
    assert!(files[0].associated() && !files[0].duplicate());
    assert_eq!(view.read_embedded(&files[0], 100).unwrap(), b"{}");
    assert_eq!(
        view.read_embedded(&files[0], 1).unwrap_err().kind(),
        ErrorKind::LimitExceeded
    );
    assert!(view.signatures().unwrap().is_empty());
}

#[test]
fn bound_text_reads_back_from_both_fonts() {
    let bytes = sample_bytes();
    let document = Document::open(&bytes).unwrap();
    let texts = document.at(0).unwrap().page_text().unwrap();
    let pairs: Vec<_> = texts
        .iter()
        .map(|text| (text.field.as_str(), text.text.as_str()))
        .collect();
    assert_eq!(
        pairs,
        [("ZZMC", "营业执照"), ("CZZT", "某某市示范企业有限公司")]
    );
    assert!(!format!("{texts:?}").contains('某'));
}

#[test]
fn given_advances_do_not_change_the_text() {
    let mut content = sample();
    if let PageObject::Text(text) = &mut content.pages[0].objects[1] {
        text.advances_mm = vec![7.333, 8.1, 5.9];
    }
    let bytes = write_document(&content).unwrap();
    let texts = Document::open(&bytes)
        .unwrap()
        .at(0)
        .unwrap()
        .page_text()
        .unwrap();
    assert_eq!(texts[0].text, "营业执照");
    assert_ne!(bytes, sample_bytes());
}

#[test]
fn a_missing_glyph_names_its_code_point_only() {
    let mut content = sample();
    content.pages[0]
        .objects
        .push(text(10.0, 10.0, 0, "张三", "CZZT"));
    let error = write_document(&content).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MissingGlyph);
    assert_eq!(error.context().next(), Some(("code_point", "U+4E09")));
    assert!(!error.to_string().contains('张'));
}

#[test]
fn impossible_content_is_refused() {
    type Change = fn(&mut DocumentContent);
    let changes: [Change; 7] = [
        |content| content.pages.clear(),
        |content| content.pages[0].width_mm = 0.0,
        |content| content.pages[0].height_mm = f64::NAN,
        |content| {
            content.pages[0]
                .objects
                .push(text(f64::INFINITY, 1.0, 0, "A", ""));
        },
        |content| content.pages[0].objects.push(text(1.0, 1.0, 9, "A", "")),
        |content| content.attachments.push(content.attachments[0].clone()),
        |content| {
            content.pdf_a = Some(OutputProfile {
                icc: vec![0; 128],
                name: "sRGB".to_owned(),
            });
        },
    ];
    for (index, change) in changes.iter().enumerate() {
        let mut content = sample();
        change(&mut content);
        let error = write_document(&content).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "change {index}");
    }
}

#[test]
fn fonts_measure_text() {
    let font = Font::embedded(box_font("AB"), 0).unwrap();
    assert_eq!(font.advances("AB", 5.0).unwrap(), [5.0, 5.0]);
    assert_eq!(
        Font::predefined_song().advances("A印", 5.0).unwrap(),
        [3.42, 5.0]
    );
    assert_eq!(
        Font::embedded(b"no font".to_vec(), 0).unwrap_err().kind(),
        ErrorKind::Malformed
    );
}

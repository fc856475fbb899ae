//! Whole drawings: with a font made here, and with a real one when `YINXIN_TEST_FONT` names it.

use super::*;
use crate::error::ErrorKind;

/// A TrueType font whose every character from `(` to `Z`, of the CJK block and full-width brackets
/// is a square of 0.9 em.
fn square_font() -> Vec<u8> {
    let words = |values: &[i32]| -> Vec<u8> {
        values
            .iter()
            .flat_map(|value| i16::try_from(*value).unwrap().to_be_bytes())
            .collect()
    };
    let longs = |values: &[u32]| -> Vec<u8> {
        values
            .iter()
            .flat_map(|value| value.to_be_bytes())
            .collect()
    };
    let groups = [0x28, 0x5A, 1, 0x4E00, 0x9FFE, 1, 0xFF08, 0xFF09, 1];
    let mut cmap = words(&[0, 1, 3, 10]);
    cmap.extend(longs(&[12]));
    cmap.extend(words(&[13, 0]));
    cmap.extend(longs(&[16 + 36, 0, 3]));
    cmap.extend(longs(&groups));
    let mut glyf = words(&[1, 50, -80, 950, 820, 3, 0]);
    glyf.extend([1; 4]);
    glyf.extend(words(&[50, 0, 900, 0, -80, 900, 0, -900]));
    let mut head = longs(&[0x0001_0000, 0, 0, 0x5F0F_3CF5]);
    head.extend(words(&[0, 1000]));
    head.extend([0; 16]);
    head.extend(words(&[50, -80, 950, 820, 0, 8, 2, 0, 0]));
    let mut hhea = longs(&[0x0001_0000]);
    hhea.extend(words(&[
        820, -80, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2,
    ]));
    let mut maxp = longs(&[0x0000_5000]);
    maxp.extend(words(&[2]));
    let loca = words(&[0, 0, i32::try_from(glyf.len() / 2).unwrap()]);
    let tables = [
        (b"cmap", cmap),
        (b"glyf", glyf),
        (b"head", head),
        (b"hhea", hhea),
        (b"hmtx", words(&[1000, 0, 1000, 50])),
        (b"loca", loca),
        (b"maxp", maxp),
    ];
    let mut font = longs(&[0x0001_0000]);
    font.extend(words(&[7, 64, 2, 48]));
    let mut offset = 12 + 16 * tables.len();
    for (tag, table) in &tables {
        font.extend(*tag);
        let size = u32::try_from(table.len()).unwrap();
        font.extend(longs(&[0, u32::try_from(offset).unwrap(), size]));
        offset += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        font.extend(&table);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    font
}

fn designs() -> Vec<SealDesign> {
    let mut contract = RoundSeal::new("某某市示范企业（北京）有限公司");
    contract.second_line = Some("合同专用章".to_owned());
    contract.code = Some("3701020000001".to_owned());
    let mut invoice = EllipseSeal::invoice("某某市示范企业有限公司", "91350100M000100Y43");
    invoice.serial = Some("(1)".to_owned());
    vec![
        SealDesign::Round(RoundSeal::new("某某市市场监督管理局")),
        SealDesign::Round(contract),
        SealDesign::Round(RoundSeal::new("某某省示范".repeat(12))),
        SealDesign::Ellipse(invoice),
        SealDesign::Name(NameSeal::square("张三之印", 20.0)),
        SealDesign::Name(NameSeal::rectangle("张三印", 24.0, 10.0)),
    ]
}

/// Draws every design and checks that its outlines stay on the seal and its pictures are red.
fn draws_every_design(font: &Font<'_>) {
    let fonts = Fonts::new(font.clone());
    for design in designs() {
        let drawing = design.draw(&fonts).unwrap();
        let (width, height) = drawing.size_mm();
        for segment in drawing.paths().iter().flat_map(Path::segments) {
            if let Segment::Move(to) | Segment::Line(to) = *segment {
                assert!(
                    (0.0..=width).contains(&to.x) && (0.0..=height).contains(&to.y),
                    "{design:?}"
                );
            }
        }
        let png = drawing.to_png(MIN_DPI).unwrap();
        let picture = tiny_skia::Pixmap::decode_png(&png).unwrap();
        let solid = picture.pixels().iter().filter(|pixel| pixel.alpha() == 255);
        assert!(
            solid
                .clone()
                .all(|p| (p.red(), p.green(), p.blue()) == (230, 0, 18))
        );
        let share = solid.count() as f32 / (picture.width() * picture.height()) as f32;
        assert!((0.1..0.9).contains(&share), "{design:?}: {share}");
        let again = design.draw(&fonts).unwrap();
        assert_eq!(again.to_svg(), drawing.to_svg());
        assert_eq!(again.to_png(MIN_DPI).unwrap(), png);
    }
}

#[test]
fn every_family_is_drawn() {
    let bytes = square_font();
    draws_every_design(&Font::new(&bytes, 0).unwrap());
}

#[test]
fn every_family_is_drawn_with_a_real_font() {
    let Ok(path) = std::env::var("YINXIN_TEST_FONT") else {
        println!("YINXIN_TEST_FONT names no font: only the made one is used");
        return;
    };
    let bytes = std::fs::read(path).unwrap();
    draws_every_design(&Font::new(&bytes, 0).unwrap());
}

#[test]
fn text_becomes_ink_where_it_should_stand() {
    let bytes = square_font();
    let fonts = Fonts::new(Font::new(&bytes, 0).unwrap())
        .with_thickening(0.0)
        .unwrap();
    let seal = |name: &str| {
        let drawing = SealDesign::Round(RoundSeal::new(name))
            .draw(&fonts)
            .unwrap();
        let png = drawing.to_png(MIN_DPI).unwrap();
        (
            drawing.paths().len(),
            tiny_skia::Pixmap::decode_png(&png).unwrap(),
        )
    };
    let (blank_paths, blank) = seal("");
    let (paths, named) = seal("某某市场局");
    assert_eq!(
        (blank_paths, paths),
        (2, 7),
        "border, star and five characters"
    );
    // 5 mm below the top edge: inside the middle character.
    let alpha = |picture: &tiny_skia::Pixmap, y: u32| picture.pixel(248, y).unwrap().alpha();
    assert_eq!((alpha(&blank, 59), alpha(&named, 59)), (0, 255));
    // 39 mm below it: nothing stands at the bottom.
    assert_eq!(alpha(&named, 460), 0);
}

#[test]
fn thickening_adds_ink_and_has_bounds() {
    let bytes = square_font();
    let ink = |share: f32| {
        let fonts = Fonts::new(Font::new(&bytes, 0).unwrap())
            .with_thickening(share)
            .unwrap();
        let drawing = SealDesign::Name(NameSeal::square("张三之印", 20.0))
            .draw(&fonts)
            .unwrap();
        let picture = tiny_skia::Pixmap::decode_png(&drawing.to_png(MIN_DPI).unwrap()).unwrap();
        picture
            .pixels()
            .iter()
            .map(|pixel| u32::from(pixel.alpha()))
            .sum::<u32>()
    };
    assert!(ink(0.02) > ink(0.0));
    for share in [-0.01, 0.051, f32::NAN] {
        let fonts = Fonts::new(Font::new(&bytes, 0).unwrap());
        assert_eq!(
            fonts.with_thickening(share).unwrap_err().kind(),
            ErrorKind::InvalidArgument
        );
    }
}

#[test]
fn a_missing_glyph_is_named_by_its_code_point() {
    let bytes = square_font();
    let fonts = Fonts::new(Font::new(&bytes, 0).unwrap());
    for (name, code_point) in [("某某\u{9FFF}局", "U+9FFF"), ("某\u{20BB7}", "U+20BB7")] {
        let error = SealDesign::Round(RoundSeal::new(name))
            .draw(&fonts)
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MissingGlyph);
        assert!(
            error
                .context()
                .any(|pair| pair == ("code_point", code_point)),
            "{error}"
        );
    }
}

#[test]
fn text_that_is_too_long_does_not_fit() {
    let bytes = square_font();
    let fonts = Fonts::new(Font::new(&bytes, 0).unwrap());
    let mut seal = EllipseSeal::invoice("某".repeat(60), "");
    seal.width_mm = 20.0;
    seal.height_mm = 15.0;
    let error = SealDesign::Ellipse(seal).draw(&fonts).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DoesNotFit);
    assert!(error.context().any(|pair| pair == ("field", "name")));
}

#[test]
fn a_damaged_font_never_panics() {
    let bytes = square_font();
    // In debug builds ttf-parser asserts that the character map's number of groups is below 2^32
    // bytes' worth; in release builds it refuses it like any other damage.
    let group_count = 148..152;
    for cut in (0..bytes.len()).filter(|cut| !group_count.contains(cut)) {
        let mut flipped = bytes.clone();
        flipped[cut] ^= 0xFF;
        for damaged in [&bytes[..cut], &flipped] {
            if let Ok(font) = Font::new(damaged, 0) {
                let seal = SealDesign::Name(NameSeal::square("张三之印", 20.0));
                let _ = seal
                    .draw(&Fonts::new(font))
                    .and_then(|drawing| drawing.to_png(MIN_DPI));
            }
        }
    }
}

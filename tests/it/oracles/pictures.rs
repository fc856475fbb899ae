//! Pages as pictures: ofdrw draws our OFD, poppler our PDF. The pictures stay in the scratch folder
//! to be looked at.

use std::path::{Path, PathBuf};

use tiny_skia::Pixmap;
use yinxin::issue::Format;
use yinxin::license::Metadata;
use yinxin::ses::Layout;
use yinxin::sign::{Edge, Keyword, Occurrence, Request, Riding, prepare};
use yinxin::template::{SealPlace, Template};

use super::specimen::{Letters, draft_of, seal, seal_place, sealed, write};
use super::{Oracles, root, scratch};
use crate::affixing::contract;
use crate::pki::{SIGNED_AT, business_license, time, world};

#[test]
fn our_pages_show_a_license_under_a_round_red_seal() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("pictures");
    let landscape = Template::standard_landscape().unwrap();
    let portrait = Template::standard_portrait().unwrap();
    let pages = [
        ("company-landscape", business_license(), &landscape),
        ("company-portrait", business_license(), &portrait),
        ("person-landscape", safety_officer(), &landscape),
        ("person-portrait", safety_officer(), &portrait),
    ];
    let mut packages = Vec::new();
    for (page, metadata, design) in pages {
        for (name, letters) in [("embedded", Letters::Embedded), ("named", Letters::Named)] {
            let draft = draft_of(&oracles, metadata.clone(), design.clone(), letters);
            let layout = Layout::Gbt38540_2020;
            let ofd = sealed(&oracles, &draft, Format::Ofd, layout);
            let package = write(&folder, &format!("{page}-{name}.ofd"), &ofd);
            packages.push((package, seal_place(&draft, Format::Ofd)));

            let place = seal_place(&draft, Format::Pdf);
            let unsealed = draft.document(Format::Pdf).unwrap().bytes;
            let unsealed = write(&folder, &format!("{page}-{name}-unsealed.pdf"), &unsealed);
            let unsealed = draw_pdf(&oracles, &unsealed);
            assert_eq!(red_share(&unsealed, &place, RING_MM), 0.0);
            let sealed = sealed(&oracles, &draft, Format::Pdf, layout);
            let sealed = write(&folder, &format!("{page}-{name}-sealed.pdf"), &sealed);
            let sealed = draw_pdf(&oracles, &sealed);
            check_page(&sealed, &place);
            // The seal's ink hides no print.
            assert!(
                dark_pixels(&sealed) >= dark_pixels(&unsealed),
                "{page} {name}"
            );
        }
    }
    let mut arguments = vec![folder.clone(), oracles.font()];
    arguments.extend(packages.iter().map(|(package, _)| package.clone()));
    oracles.java("RenderOfd", &arguments).assert_good();
    for (package, place) in &packages {
        let stem = package.file_stem().unwrap().to_str().unwrap();
        let picture = read(&folder.join(format!("{stem}-0.png")));
        check_page(&picture, place);
    }
}

fn safety_officer() -> Metadata {
    let path = root().join("examples/data/safety-officer-certificate.json");
    Metadata::from_json(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn draw_pdf(oracles: &Oracles, file: &Path) -> Pixmap {
    let stem = file.with_extension("");
    let mut arguments: Vec<_> = ["-r", "110", "-png", "-singlefile"]
        .map(PathBuf::from)
        .into();
    arguments.extend([file.to_path_buf(), stem.clone()]);
    let verdict = oracles.tool("pdftoppm", arguments);
    // poppler says here what it cannot draw.
    assert_eq!(verdict.assert_good().err, "");
    read(&stem.with_extension("png"))
}

/// The middle of the border of a seal of 42 mm.
const RING_MM: f64 = 20.4;

/// The page bears text, and a red ring with a star stands in the seal's place and nowhere near it.
fn check_page(picture: &Pixmap, place: &SealPlace) {
    let share = dark_pixels(picture) as f64 / picture.pixels().len() as f64;
    assert!((0.002..0.2).contains(&share), "{share} of the page is dark");

    let ring = red_share(picture, place, RING_MM);
    // Black print shows through the ink.
    assert!(ring > 0.9, "{ring} of the ring is red");
    let star = red_share(picture, place, 1.0);
    assert!(star > 0.9, "{star} of the star is red");
    let outside = red_share(picture, place, 22.0);
    assert!(
        outside < 0.01,
        "{outside} of what surrounds the seal is red"
    );
}

/// How many pixels bear print.
fn dark_pixels(picture: &Pixmap) -> usize {
    let dark = |value: u8| value < 100;
    let pixels = picture.pixels().iter();
    pixels
        .filter(|pixel| dark(pixel.red()) && dark(pixel.green()) && dark(pixel.blue()))
        .count()
}

/// The share of red pixels on a circle around the seal's centre.
fn red_share(picture: &Pixmap, place: &SealPlace, radius_mm: f64) -> f64 {
    const STEPS: u32 = 360;
    // Both programs scale evenly; the page's width in pixels tells how much.
    let scale = f64::from(picture.width()) / page_width(picture);
    let red = (0..STEPS).filter(|step| {
        let angle = f64::from(*step).to_radians();
        let x = (place.center_x_mm + radius_mm * angle.cos()) * scale;
        let y = (place.center_y_mm + radius_mm * angle.sin()) * scale;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a pixel of the page"
        )]
        let pixel = picture.pixel(x as u32, y as u32).unwrap();
        pixel.red() > 150 && pixel.green() < 140 && pixel.blue() < 140
    });
    red.count() as f64 / f64::from(STEPS)
}

/// A4, standing or lying.
fn page_width(picture: &Pixmap) -> f64 {
    if picture.width() > picture.height() {
        297.0
    } else {
        210.0
    }
}

fn read(file: &Path) -> Pixmap {
    Pixmap::decode_png(&std::fs::read(file).unwrap()).unwrap()
}

/// Affixed to a contract: the seal stands on its keyword, and the slices of a riding seal are one
/// whole seal when the pages' edges are laid side by side. Both pictures stay to be looked at.
#[test]
fn a_riding_seal_is_whole_over_the_edges_and_a_keyword_bears_its_seal() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("affixed");
    let document = contract(5);
    let mut packages = Vec::new();
    for (name, edge) in EDGES {
        let keyword = Keyword::new("甲方（盖章）").occurrence(Occurrence::Nth(0));
        let request = Request::affix(
            seal(&oracles, Layout::Gbt38540_2020),
            world().signer.certificate.clone(),
            time(SIGNED_AT),
        );
        let pending = prepare(&document, request.at(keyword).at(Riding::new(edge))).unwrap();
        let sealed = pending.sign(&world().signer.key).unwrap();
        packages.push(write(&folder, &format!("{name}.ofd"), &sealed));
    }
    let mut arguments = vec![folder.clone(), oracles.font()];
    arguments.extend(packages);
    oracles.java("RenderOfd", &arguments).assert_good();
    for (name, edge) in EDGES {
        let pages: Vec<_> = (0..5)
            .map(|page| read(&folder.join(format!("{name}-{page}.png"))))
            .collect();
        let on_keyword = SealPlace {
            page: 0,
            center_x_mm: 40.0,
            center_y_mm: 228.2,
            width_mm: 42.0,
            height_mm: 42.0,
        };
        assert!(red_share(&pages[0], &on_keyword, RING_MM) > 0.85, "{name}");
        assert!(red_share(&pages[0], &on_keyword, 22.0) < 0.01, "{name}");

        let fanned = fan(&pages, edge);
        fanned
            .save_png(folder.join(format!("{name}-fanned.png")))
            .unwrap();
        let whole = ring(&fanned);
        assert!(whole > 0.95, "{name}: {whole} of the ring is red");
    }
}

const EDGES: [(&str, Edge); 4] = [
    ("left", Edge::Left),
    ("right", Edge::Right),
    ("top", Edge::Top),
    ("bottom", Edge::Bottom),
];

/// The strips at the edge as fanned sheets show them, the first page on top, cut to the seal.
fn fan(pages: &[Pixmap], edge: Edge) -> Pixmap {
    /// 42 mm at 8 pixels a millimetre.
    const SEAL: u16 = 336;
    assert_eq!(pages[0].width(), 8 * 210);
    let seal = f32::from(SEAL);
    let strip = seal / pages.len() as f32;
    let mut fanned = Pixmap::new(SEAL.into(), SEAL.into()).unwrap();
    let (width, height) = (pages[0].width() as f32, pages[0].height() as f32);
    let count = pages.len();
    for (number, page) in pages.iter().enumerate() {
        let outward = number as f32 * strip;
        let inward = (count - 1 - number) as f32 * strip;
        let (across, down) = ((width - seal) / 2.0, (height - seal) / 2.0);
        // Where the strip comes to lie, and where it is on its page.
        let ((x, y), (from_x, from_y), upright) = match edge {
            Edge::Right => ((outward, 0.0), (width - strip, down), true),
            Edge::Left => ((inward, 0.0), (0.0, down), true),
            Edge::Bottom => ((0.0, outward), (across, height - strip), false),
            Edge::Top => ((0.0, inward), (across, 0.0), false),
        };
        let (w, h) = if upright {
            (strip, seal)
        } else {
            (seal, strip)
        };
        let area = tiny_skia::Rect::from_xywh(x, y, w, h).unwrap();
        let paint = tiny_skia::Paint {
            shader: tiny_skia::Pattern::new(
                page.as_ref(),
                tiny_skia::SpreadMode::Pad,
                tiny_skia::FilterQuality::Bilinear,
                1.0,
                tiny_skia::Transform::from_translate(x - from_x, y - from_y),
            ),
            anti_alias: false,
            ..tiny_skia::Paint::default()
        };
        fanned.fill_rect(area, &paint, tiny_skia::Transform::identity(), None);
    }
    fanned
}

/// The share of red pixels on the circle that is the border's middle, in a picture cut to a seal.
fn ring(picture: &Pixmap) -> f64 {
    let place = SealPlace {
        page: 0,
        center_x_mm: 105.0,
        center_y_mm: 105.0,
        width_mm: 42.0,
        height_mm: 42.0,
    };
    // The square of 42 mm seen as one of 210.
    red_share(picture, &place, RING_MM * 5.0)
}

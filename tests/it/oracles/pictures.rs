//! Pages as pictures: ofdrw draws our OFD, poppler our PDF. The pictures stay in the scratch folder
//! to be looked at.

use std::path::{Path, PathBuf};

use tiny_skia::Pixmap;
use yinxin::issue::Format;
use yinxin::license::Metadata;
use yinxin::ses::Layout;
use yinxin::template::{SealPlace, Template};

use super::specimen::{Letters, draft_of, seal_place, sealed, write};
use super::{Oracles, root, scratch};
use crate::pki::business_license;

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

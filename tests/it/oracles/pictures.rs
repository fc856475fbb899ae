//! Pages as pictures: ofdrw draws our OFD, poppler our PDF. The pictures stay in the scratch folder
//! to be looked at.

use std::path::{Path, PathBuf};

use tiny_skia::Pixmap;
use yinxin::issue::Format;
use yinxin::ses::Layout;
use yinxin::template::{SealPlace, Template};

use super::specimen::{Letters, draft_on, seal_place, sealed, write};
use super::{Oracles, scratch};

#[test]
fn our_pages_show_a_license_under_a_round_red_seal() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("pictures");
    let designs = [
        ("landscape", Template::standard_landscape().unwrap()),
        ("portrait", Template::standard_portrait().unwrap()),
    ];
    let mut packages = Vec::new();
    let mut places = Vec::new();
    for (design, template) in designs {
        for (name, letters) in [("embedded", Letters::Embedded), ("named", Letters::Named)] {
            let draft = draft_on(&oracles, letters, template.clone());
            let ofd = sealed(&oracles, &draft, Format::Ofd, Layout::Gbt38540_2020);
            packages.push(write(&folder, &format!("{design}-{name}.ofd"), &ofd));
            places.push(seal_place(&draft, Format::Ofd));
            let unsigned = draft.document(Format::Pdf).unwrap().bytes;
            let sealed = sealed(&oracles, &draft, Format::Pdf, Layout::Gbt38540_2020);
            let pictures = [("unsealed", unsigned), ("sealed", sealed)].map(|(state, bytes)| {
                let file = write(&folder, &format!("{design}-{name}-{state}.pdf"), &bytes);
                draw_pdf(&oracles, &file)
            });
            let [unsealed, sealed] = pictures.map(|file| read(&file));
            let place = seal_place(&draft, Format::Pdf);
            check_page(&sealed, &place);
            assert_eq!(red_share(&unsealed, &place, RING_MM), 0.0);
        }
    }
    let mut arguments = vec![folder.clone(), oracles.font()];
    arguments.extend(packages.clone());
    oracles.java("RenderOfd", &arguments).assert_good();
    for (package, place) in packages.iter().zip(&places) {
        let stem = package.file_stem().unwrap().to_str().unwrap();
        let picture = read(&folder.join(format!("{stem}-0.png")));
        check_page(&picture, place);
    }
}

fn draw_pdf(oracles: &Oracles, file: &Path) -> PathBuf {
    let stem = file.with_extension("");
    let mut arguments: Vec<_> = ["-r", "110", "-png", "-singlefile"]
        .map(PathBuf::from)
        .into();
    arguments.extend([file.to_path_buf(), stem.clone()]);
    let verdict = oracles.tool("pdftoppm", arguments);
    // poppler says here what it cannot draw.
    assert_eq!(verdict.assert_good().err, "");
    stem.with_extension("png")
}

/// The middle of the border of a seal of 42 mm.
const RING_MM: f64 = 20.4;

/// The page bears text, and a red ring with a star stands in the seal's place and nowhere near it.
fn check_page(picture: &Pixmap, place: &SealPlace) {
    let pixels = picture.pixels();
    let dark = pixels
        .iter()
        .filter(|pixel| pixel.red() < 100 && pixel.green() < 100 && pixel.blue() < 100);
    let share = dark.count() as f64 / pixels.len() as f64;
    assert!((0.002..0.2).contains(&share), "{share} of the page is dark");

    let ring = red_share(picture, place, RING_MM);
    assert!(ring > 0.97, "{ring} of the ring is red");
    let star = red_share(picture, place, 1.0);
    assert!(star > 0.97, "{star} of the star is red");
    let outside = red_share(picture, place, 22.0);
    assert!(
        outside < 0.01,
        "{outside} of what surrounds the seal is red"
    );
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
        let pixel = picture.pixel(x as u32, y as u32).expect("on the page");
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

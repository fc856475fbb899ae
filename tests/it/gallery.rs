//! The page of drawn seals: every family is on it, and its pictures are what the library draws.

use std::collections::BTreeSet;
use std::fs;

use tiny_skia::Pixmap;
use yinxin::seal::picture::{Font, Fonts, MIN_DPI};

use crate::oracles::root;

#[path = "../../examples/support/gallery.rs"]
pub(crate) mod support;

#[test]
fn the_page_shows_every_picture_and_no_other() {
    let page = fs::read_to_string(root().join("docs/gallery.md")).unwrap();
    let shown: BTreeSet<_> = page
        .split("](gallery/")
        .skip(1)
        .filter_map(|rest| rest.split_once(".png)").map(|(name, _)| name.to_owned()))
        .collect();
    let drawn: BTreeSet<_> = support::designs()
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    let kept: BTreeSet<_> = fs::read_dir(root().join("docs/gallery"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_owned())
        .map(|name| name.into_string().unwrap())
        .collect();
    assert_eq!((&shown, &kept), (&drawn, &drawn));
}

#[test]
fn the_pictures_are_up_to_date() {
    let Ok(path) = std::env::var("YINXIN_TEST_FONT") else {
        eprintln!("not run: YINXIN_TEST_FONT names no font");
        return;
    };
    let bytes = fs::read(path).unwrap();
    let fonts = Fonts::new(Font::new(&bytes, 0).unwrap());
    for (name, design) in support::designs() {
        let drawn = design.draw(&fonts).unwrap().to_png(MIN_DPI).unwrap();
        let kept = fs::read(root().join(format!("docs/gallery/{name}.png"))).unwrap();
        let (drawn, kept) = (decode(&drawn), decode(&kept));
        assert_eq!(
            (drawn.width(), drawn.height()),
            (kept.width(), kept.height())
        );
        // A shade at an edge may differ with the rasteriser's version, a stroke may not.
        let differing = drawn
            .pixels()
            .iter()
            .zip(kept.pixels())
            .filter(|(one, other)| one.alpha().abs_diff(other.alpha()) > 64)
            .count();
        assert_eq!(differing, 0, "{name}: run the example seal_gallery");
    }
}

fn decode(png: &[u8]) -> Pixmap {
    Pixmap::decode_png(png).unwrap()
}

//! Draws the pictures of docs/gallery.md with a font you name:
//! `cargo run --example seal_gallery FONT.ttf docs/gallery`.

use std::path::Path;

use yinxin::seal::picture::{Font, Fonts, MIN_DPI};

#[path = "support/gallery.rs"]
mod gallery;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(font), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: seal_gallery FONT FOLDER".into());
    };
    let font = std::fs::read(font)?;
    let fonts = Fonts::new(Font::new(&font, 0)?);
    for (name, design) in gallery::designs() {
        let file = Path::new(&folder).join(format!("{name}.png"));
        std::fs::write(file, design.draw(&fonts)?.to_png(MIN_DPI)?)?;
    }
    Ok(())
}

//! Draws a contract seal as PNG: `cargo run --example draw_seal FONT.ttf contract.png`.

use yinxin::seal::picture::{DEFAULT_DPI, Font, Fonts, RoundSeal, SealDesign};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(font), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: draw_seal FONT OUT".into());
    };
    Ok(std::fs::write(out, contract_seal(&std::fs::read(font)?)?)?)
}

/// 40 mm across, without a star, as companies use beside their official seal.
pub(crate) fn contract_seal(font: &[u8]) -> yinxin::Result<Vec<u8>> {
    let mut seal = RoundSeal::special("某某市示范企业有限公司", "合同专用章");
    seal.code = Some("3701020000002".to_owned());
    let drawing = SealDesign::Round(seal).draw(&Fonts::new(Font::new(font, 0)?))?;
    drawing.to_png(DEFAULT_DPI)
}

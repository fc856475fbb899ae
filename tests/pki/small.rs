//! The smallest document that can be sealed: one page, one line, nothing that is license data.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock};

use yinxin::ofd;
use yinxin::ses::Layout;

use super::{SIGNED_AT, affix, seal_of, time, world};

/// Without a seal.
pub(crate) fn small_unsigned() -> Vec<u8> {
    small_builder().build().unwrap()
}

/// Sealed in this layout, the list of signatures left open.
pub(crate) fn small_sealed(layout: Layout) -> Vec<u8> {
    static MADE: OnceLock<Mutex<HashMap<Layout, Vec<u8>>>> = OnceLock::new();
    let mut made = MADE.get_or_init(Mutex::default).lock().unwrap();
    let seal = || affix(&small_unsigned(), seal_of(layout), &world().signer);
    made.entry(layout).or_insert_with(seal).clone()
}

/// What it is built from.
pub(crate) fn small_builder() -> ofd::OfdBuilder {
    let mut builder = ofd::OfdBuilder::new([7; 16], time(SIGNED_AT));
    let font = builder.add_font(ofd::FontFace {
        name: "宋体".to_owned(),
        family: Some("SimSun".to_owned()),
        file: None,
    });
    let text = "示范文件".to_owned();
    let line = ofd::PageObject::Text(ofd::Text {
        x: 20.0,
        baseline: 30.0,
        size: 4.0,
        font,
        color: ofd::Color(0, 0, 0),
        advances: vec![4.0; text.chars().count() - 1],
        text,
        tag: None,
    });
    builder.page(ofd::PageContent {
        width: 210.0,
        height: 297.0,
        objects: vec![line],
    })
}

//! `yinxin cert make` and `yinxin cert verify`.

mod make;
mod verify;

pub(crate) use make::{make, serial};
pub(crate) use verify::verify;

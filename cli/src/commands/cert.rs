//! `yinxin cert make` and `yinxin cert verify`.

mod make;
mod verify;

pub(crate) use make::make;
pub(crate) use verify::verify;

//! `yinxin cert make` and `yinxin cert verify`.

mod make;

pub(crate) use make::make;

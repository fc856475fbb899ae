//! Electronic seals (电子印章): what they hold, how they are made, and how they look.
//!
//! A [`SealMaker`] makes seals, a [`Seal`] is one that can be used, and [`picture`] draws the red
//! impression that a seal carries and a page shows.

mod format;
mod held;
mod lint;
mod make;
pub mod picture;
mod stamp;
#[cfg(test)]
mod tests;

pub use format::PictureFormat;
pub use held::Seal;
pub(crate) use held::lists_renewed;
pub use lint::{PictureFault, PictureLint};
pub use make::{DrawnForm, Listing, PendingSeal, SealMaker, SealPicture, SealSpec};

//! Electronic seals (电子印章): what they hold, how they are made, and how they look.
//!
//! [`picture`] draws the red impression that a seal carries and a page shows.

mod format;
pub mod picture;

pub use format::PictureFormat;

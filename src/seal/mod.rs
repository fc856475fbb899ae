//! Electronic seals (电子印章): what they hold, how they are made, and how they look.
//!
//! [`picture`] draws the red impression that a seal carries and a page shows.

pub mod picture;

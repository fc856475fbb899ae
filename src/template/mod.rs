//! Page designs: a [`Template`] and a license's metadata make one page, container-neutral.
//!
//! [`layout`] places every line of text, wraps and shrinks what is long, and refuses what does
//! not fit; a [`PageLayout`] is then drawn by the OFD or the PDF writer. Lengths are millimetres,
//! `y` grows downwards, and the same inputs give the same numbers on every machine.

mod design;
mod layout;
mod ornament;
mod page;
mod rows;
mod wrap;

pub use design::Template;
pub use layout::layout;
pub use page::{Color, FontRole, Item, PageLayout, PathStep, SealPlace, TextItem};
pub use wrap::{FullWidth, Generous, Measure};

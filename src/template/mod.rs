//! Page designs: a [`Template`] and a license's metadata make one page, container-neutral.
//!
//! [`layout()`] places every line of text, wraps and shrinks what is long, and refuses what does
//! not fit; a [`PageLayout`] then becomes an OFD or a PDF in the fonts that [`Typefaces`] names. Lengths are millimetres,
//! `y` grows downwards, and the same inputs give the same numbers on every machine.

mod columns;
mod design;
mod emit;
mod layout;
mod lines;
mod ornament;
mod page;
mod rows;
mod wrap;

pub use design::Template;
pub(crate) use emit::Sheet;
pub use emit::Typefaces;
pub use layout::layout;
pub use page::{Color, FontRole, Item, PageLayout, PathStep, SealPlace, TextItem};
pub use wrap::{FullWidth, Generous, Measure};

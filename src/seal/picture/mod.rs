//! Drawing a seal's picture: from a design as data to crisp vector outlines, PNG, SVG and OFD.
//!
//! A [`SealDesign`] says what the impression shows (shape, name, star, further lines); drawing it
//! with [`Fonts`] handed in gives a [`Drawing`], a list of filled outlines in millimetres at the
//! seal's true size. Sizes follow 国发〔1999〕25号 (round seals) and 税务总局公告 2011 年第 7 号
//! (invoice seals); what these leave open follows the trade's habits and can be changed.
//!
//! Same design and fonts, same bytes: nothing here depends on the platform's mathematics library.
//!
//! How it is laid out: `design` holds the data and its bounds, one file per family (`round`,
//! `ellipse`, `name_seal`) composes it, `arc` and `line` set text, `track` is the curve that arc
//! text stands on, `font`, `path` and `geometry` are the ground, `drawing`, `png` and `ofd` the outputs.

mod arc;
mod design;
mod drawing;
mod ellipse;
mod font;
mod geometry;
mod line;
mod name_seal;
mod ofd;
mod path;
mod png;
mod round;
#[cfg(test)]
mod tests;
mod text;
mod track;

pub use design::{Centre, Color, EllipseSeal, NameSeal, Office, Reading, RoundSeal, SealDesign};
pub use drawing::Drawing;
pub use font::{Font, Fonts};
pub use geometry::Point;
pub use path::{Path, Segment};
pub use png::{DEFAULT_DPI, MAX_DPI, MIN_DPI};

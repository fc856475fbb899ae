//! Where a seal shows: at a point, at a keyword, or across the edges of several pages (骑缝章).
//!
//! All lengths are millimetres, kept to the micrometre, since what a stored request cannot hold
//! must not be signed either.

mod pages;
mod riding;
mod stored;

pub use pages::Pages;
pub use riding::{Edge, Riding};

pub(super) use riding::{Slice, slices};
pub(super) use stored::{from_der, to_der};

use crate::error::{Error, Result};

/// A place on one page: where the seal's centre stands. The seal's size is its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Page, from 0.
    pub page: usize,
    /// From the left edge, in millimetres.
    pub center_x_mm: f64,
    /// From the top edge, in millimetres.
    pub center_y_mm: f64,
}

/// Where a seal shows.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Placement {
    /// With its centre at the same point of each of these pages.
    At(Point, Pages),
    /// On a keyword of the page's text.
    Keyword(Keyword),
    /// In slices along an edge of several pages (骑缝章).
    Riding(Riding),
}

/// A point of a page, in millimetres from its upper left corner, y growing downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left edge.
    pub x_mm: f64,
    /// From the top edge.
    pub y_mm: f64,
}

impl From<Place> for Placement {
    fn from(place: Place) -> Self {
        let point = Point {
            x_mm: place.center_x_mm,
            y_mm: place.center_y_mm,
        };
        Self::At(point, Pages::one(place.page))
    }
}

impl From<Keyword> for Placement {
    fn from(keyword: Keyword) -> Self {
        Self::Keyword(keyword)
    }
}

impl From<Riding> for Placement {
    fn from(riding: Riding) -> Self {
        Self::Riding(riding)
    }
}

impl Placement {
    /// Every length to the nearest micrometre.
    pub(super) fn rounded(self) -> Self {
        match self {
            Self::At(point, pages) => Self::At(point.rounded(), pages),
            Self::Keyword(mut keyword) => {
                keyword.offset = keyword.offset.rounded();
                Self::Keyword(keyword)
            }
            Self::Riding(riding) => Self::Riding(riding.rounded()),
        }
    }
}

impl Point {
    fn rounded(self) -> Self {
        Self {
            x_mm: rounded(self.x_mm),
            y_mm: rounded(self.y_mm),
        }
    }
}

fn rounded(mm: f64) -> f64 {
    (mm * 1000.0).round() / 1000.0
}

/// A seal whose centre stands on the middle of a keyword, such as 盖章处. `Debug` does not show
/// the keyword.
///
/// The keyword is looked for as a reader sees it: split over objects, with spaces between its
/// characters, in full or half width. It must stand on one line.
#[derive(Clone, PartialEq)]
pub struct Keyword {
    text: String,
    occurrence: Occurrence,
    pages: Pages,
    offset: Point,
}

/// Which of several occurrences of a keyword is meant. They are counted as one reads: by page, then
/// from top to bottom, then from left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Occurrence {
    /// There must be one only: a seal at another's place is worse than none.
    #[default]
    Only,
    /// This one, counted from 0.
    Nth(usize),
    /// The last one.
    Last,
    /// Each of them.
    All,
}

impl Keyword {
    /// The only occurrence of `text` in the document.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            occurrence: Occurrence::default(),
            pages: Pages::all(),
            offset: Point::default(),
        }
    }

    /// Says which of several occurrences is meant.
    #[must_use]
    pub fn occurrence(mut self, occurrence: Occurrence) -> Self {
        self.occurrence = occurrence;
        self
    }

    /// Looks on these pages only.
    #[must_use]
    pub fn on(mut self, pages: Pages) -> Self {
        self.pages = pages;
        self
    }

    /// Moves the seal to the right and down, in millimetres; negative numbers to the left and up.
    #[must_use]
    pub fn offset(mut self, right_mm: f64, down_mm: f64) -> Self {
        self.offset = Point {
            x_mm: right_mm,
            y_mm: down_mm,
        };
        self
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn pages(&self) -> &Pages {
        &self.pages
    }

    pub(super) fn moved(&self, x_mm: f64, y_mm: f64) -> Point {
        Point {
            x_mm: x_mm + self.offset.x_mm,
            y_mm: y_mm + self.offset.y_mm,
        }
    }

    /// The occurrences that are meant, of all that were found.
    pub(super) fn choose<'h, T>(&self, found: &'h [T]) -> Result<Vec<&'h T>> {
        let count = found.len();
        let one = |index: usize| found.get(index).into_iter().collect::<Vec<_>>();
        let chosen = match self.occurrence {
            Occurrence::All => found.iter().collect(),
            Occurrence::Last => one(count.saturating_sub(1)),
            Occurrence::Nth(index) => one(index),
            Occurrence::Only if count > 1 => {
                return Err(Error::argument(
                    "the keyword occurs more than once: say which is meant, or all",
                )
                .with("occurrences", count));
            }
            Occurrence::Only => one(0),
        };
        if chosen.is_empty() {
            return Err(not_found(count));
        }
        Ok(chosen)
    }
}

impl std::fmt::Debug for Keyword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keyword")
            .field("occurrence", &self.occurrence)
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}

fn not_found(count: usize) -> Error {
    Error::new(
        crate::error::ErrorKind::TextNotFound,
        "the keyword does not occur there",
    )
    .with("occurrences", count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn an_occurrence_is_chosen_or_refused() {
        let choose = |occurrence, found: &[char]| {
            let keyword = Keyword::new("x").occurrence(occurrence);
            let chosen = keyword.choose(found).map_err(|error| error.kind());
            chosen.map(|chosen| chosen.into_iter().copied().collect::<String>())
        };
        let three = ['a', 'b', 'c'];
        assert_eq!(choose(Occurrence::Only, &['a']).unwrap(), "a");
        assert_eq!(
            choose(Occurrence::Only, &three),
            Err(ErrorKind::InvalidArgument)
        );
        assert_eq!(choose(Occurrence::Nth(1), &three).unwrap(), "b");
        assert_eq!(
            choose(Occurrence::Nth(3), &three),
            Err(ErrorKind::TextNotFound)
        );
        assert_eq!(choose(Occurrence::Last, &three).unwrap(), "c");
        assert_eq!(choose(Occurrence::All, &three).unwrap(), "abc");
        for occurrence in [Occurrence::Only, Occurrence::Last, Occurrence::All] {
            assert_eq!(choose(occurrence, &[]), Err(ErrorKind::TextNotFound));
        }
    }
}

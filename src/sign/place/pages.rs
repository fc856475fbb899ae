//! Which pages are meant.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, Result};

/// Parts of one list: pages are listed by hand or by a form, not by the thousand.
const MAX_PARTS: usize = 1000;

/// A choice of pages, written as people write it: pages counted from 1, in a list of `3`, `2-5`,
/// `7-` (to the last), `all`, `odd`, `even` and `last`, such as `1,3-5,last`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// From the first to the last, both counted from 0; `None` to the document's last.
    Range(usize, Option<usize>),
    /// Fronts of sheets printed on both sides: the first page, the third.
    Odd,
    /// Backs.
    Even,
    Last,
}

impl Pages {
    /// Every page.
    #[must_use]
    pub fn all() -> Self {
        Self::of(Part::Range(0, None))
    }

    /// The page with this number, from 0.
    #[must_use]
    pub fn one(page: usize) -> Self {
        Self::of(Part::Range(page, Some(page)))
    }

    /// From the first to the last of these, both counted from 0.
    #[must_use]
    pub fn range(first: usize, last: usize) -> Self {
        Self::of(Part::Range(first, Some(last)))
    }

    /// The first page, the third, and so on.
    #[must_use]
    pub fn odd() -> Self {
        Self::of(Part::Odd)
    }

    /// The second page, the fourth, and so on.
    #[must_use]
    pub fn even() -> Self {
        Self::of(Part::Even)
    }

    /// The last page.
    #[must_use]
    pub fn last() -> Self {
        Self::of(Part::Last)
    }

    fn of(part: Part) -> Self {
        Self { parts: vec![part] }
    }

    /// The pages of a document of `count` that are meant, each once, in order.
    pub(in crate::sign) fn of_document(&self, count: usize) -> Result<Vec<usize>> {
        let mut chosen = vec![false; count];
        for part in &self.parts {
            let (first, last, step) = part.bounds(count);
            if first > last || last >= count {
                return Err(Error::argument("the document has no such page").with("pages", count));
            }
            let part = chosen.iter_mut().take(last + 1).skip(first).step_by(step);
            part.for_each(|page| *page = true);
        }
        let pages = chosen.iter().enumerate().filter(|(_, chosen)| **chosen);
        Ok(pages.map(|(page, _)| page).collect())
    }
}

impl Part {
    /// First and last page and the step between; the first beyond the last where there is none.
    fn bounds(self, count: usize) -> (usize, usize, usize) {
        let end = count.saturating_sub(1);
        match self {
            Self::Range(first, last) => (first, last.unwrap_or(end), 1),
            Self::Odd => (0, end, 2),
            Self::Even => (1, end, 2),
            Self::Last => (end, end, 1),
        }
    }
}

impl FromStr for Pages {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts: Vec<_> = text
            .split([',', '，'])
            .map(|part| Part::parse(part.trim()))
            .take(MAX_PARTS + 1)
            .collect::<Option<_>>()
            .ok_or_else(|| {
                Error::argument("pages are written like 1,3-5,last, all, odd or even")
            })?;
        if parts.len() > MAX_PARTS {
            return Err(Error::limit("parts of a list of pages", 1000));
        }
        Ok(Self { parts })
    }
}

impl Part {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "all" => return Some(Self::Range(0, None)),
            "odd" => return Some(Self::Odd),
            "even" => return Some(Self::Even),
            "last" => return Some(Self::Last),
            _ => {}
        }
        let number = |text: &str| text.trim().parse::<usize>().ok()?.checked_sub(1);
        let Some((first, last)) = text.split_once('-') else {
            let page = number(text)?;
            return Some(Self::Range(page, Some(page)));
        };
        let first = number(first)?;
        if last.trim().is_empty() {
            return Some(Self::Range(first, None));
        }
        let last = number(last)?;
        (first <= last).then_some(Self::Range(first, Some(last)))
    }
}

impl fmt::Display for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, part) in self.parts.iter().enumerate() {
            if number > 0 {
                f.write_str(",")?;
            }
            match part {
                Part::Range(0, None) => f.write_str("all")?,
                Part::Range(first, None) => write!(f, "{}-", first.saturating_add(1))?,
                Part::Range(first, Some(last)) if first == last => {
                    write!(f, "{}", first.saturating_add(1))?;
                }
                Part::Range(first, Some(last)) => {
                    write!(f, "{}-{}", first.saturating_add(1), last.saturating_add(1))?;
                }
                Part::Odd => f.write_str("odd")?,
                Part::Even => f.write_str("even")?,
                Part::Last => f.write_str("last")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(text: &str, count: usize) -> Option<Vec<usize>> {
        text.parse::<Pages>().unwrap().of_document(count).ok()
    }

    #[test]
    fn lists_are_read_as_people_write_them() {
        for (text, expected) in [
            ("1", vec![0]),
            ("1,3-4", vec![0, 2, 3]),
            ("4 , 2-3，2", vec![1, 2, 3]),
            ("3-", vec![2, 3, 4]),
            ("all", vec![0, 1, 2, 3, 4]),
            ("odd", vec![0, 2, 4]),
            ("even,last", vec![1, 3, 4]),
        ] {
            assert_eq!(pages(text, 5).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn pages_that_are_not_there_are_refused() {
        for (text, count) in [
            ("6", 5),
            ("2-6", 5),
            ("6-", 5),
            ("even", 1),
            ("all", 0),
            ("last", 0),
        ] {
            assert_eq!(pages(text, count), None, "{text} of {count}");
        }
        for text in [
            "",
            "0",
            "a",
            "3-2",
            "1,,2",
            "-1",
            "1-2-3",
            "18446744073709551616",
        ] {
            assert!(text.parse::<Pages>().is_err(), "{text}");
        }
        assert!("1,".repeat(MAX_PARTS).parse::<Pages>().is_err());
        assert!(vec!["1"; MAX_PARTS + 1].join(",").parse::<Pages>().is_err());
    }

    #[test]
    fn what_is_written_reads_back() {
        for text in ["1", "2-5", "7-", "all", "odd", "even", "last", "1,3-5,last"] {
            assert_eq!(text.parse::<Pages>().unwrap().to_string(), text);
        }
        assert_eq!(Pages::range(1, 2).to_string(), "2-3");
        assert_eq!(Pages::one(0).to_string(), "1");
    }
}

//! The numbers that licenses carry, each with its own check digit and standard.

mod citizen;
mod holder;
mod organization;
mod region;
mod retired;
mod uscc;

pub use citizen::{CitizenNumber, Sex};
pub use holder::{HolderCodeType, HolderKind};
pub use organization::OrganizationCode;
pub use region::{RegionCode, RegionLevel, RegionStanding};
pub use retired::{Containment, Retirement};
pub use uscc::{Uscc, UsccExamination};

/// What a check digit says about the characters before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CheckDigit {
    /// It is the one that the characters ask for.
    Right,
    /// Another was expected: at least one character is wrong.
    Wrong {
        /// The check digit that belongs to the other characters.
        expected: char,
    },
}

impl CheckDigit {
    fn compare(given: char, expected: char) -> Self {
        if given == expected {
            Self::Right
        } else {
            Self::Wrong { expected }
        }
    }
}

/// The rows of a built-in table: tab-separated columns, `#` lines skipped.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

//! Codes of administrative divisions (GB/T 2260): province, prefecture and county, two digits
//! each.
//!
//! County codes change every year, so only the provincial level is built in; a well-formed code
//! beyond it is [`RegionStanding::Unlisted`], never an error.

use super::rows;
use crate::error::{Error, ErrorKind, Result};

const PROVINCES: &str = include_str!("../data/provinces.tsv");

/// Six digits that have the form of a region code.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RegionCode(String);

/// Which level a region code names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegionLevel {
    /// A province, autonomous region, municipality or special administrative region.
    Province,
    /// A prefecture or a city of that level.
    Prefecture,
    /// A county, a district or a city of that level.
    County,
}

/// How much the built-in table knows about a region code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegionStanding {
    /// The code is in the table, under this name.
    Known(&'static str),
    /// The province of this name is in the table; the code below it is not, which says nothing.
    Unlisted {
        /// The province's name.
        province: &'static str,
    },
    /// No province begins with these two digits.
    NoSuchProvince,
}

impl RegionCode {
    /// Reads six digits of which the first is 1 to 8.
    ///
    /// # Errors
    /// `invalid_identifier` for any other form.
    pub fn parse(text: &str) -> Result<Self> {
        let formed = text.len() == 6
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && matches!(text.bytes().next(), Some(b'1'..=b'8'));
        formed.then(|| Self(text.to_owned())).ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidIdentifier,
                "a region code is six digits, first 1 to 8",
            )
        })
    }

    /// The six digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The level that the trailing zeros tell.
    #[must_use]
    pub fn level(&self) -> RegionLevel {
        if self.0.ends_with("0000") {
            RegionLevel::Province
        } else if self.0.ends_with("00") {
            RegionLevel::Prefecture
        } else {
            RegionLevel::County
        }
    }

    /// What the built-in table knows.
    #[must_use]
    pub fn standing(&self) -> RegionStanding {
        let name = |code: &str| {
            rows(PROVINCES).find_map(|row| match row.as_slice() {
                [listed, name, ..] if *listed == code => Some(*name),
                _ => None,
            })
        };
        if let Some(name) = name(&self.0) {
            return RegionStanding::Known(name);
        }
        let province = self
            .0
            .get(..2)
            .and_then(|digits| name(&format!("{digits}0000")));
        province.map_or(RegionStanding::NoSuchProvince, |province| {
            RegionStanding::Unlisted { province }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(code: &str) -> RegionStanding {
        RegionCode::parse(code).unwrap().standing()
    }

    #[test]
    fn unknown_below_the_province_is_a_value() {
        assert_eq!(standing("340000"), RegionStanding::Known("安徽省"));
        assert_eq!(
            standing("340199"),
            RegionStanding::Unlisted {
                province: "安徽省"
            }
        );
        assert_eq!(standing("190000"), RegionStanding::NoSuchProvince);
        assert_eq!(
            RegionCode::parse("340100").unwrap().level(),
            RegionLevel::Prefecture
        );
    }

    #[test]
    fn the_table_is_well_formed() {
        let codes: Vec<_> = rows(PROVINCES).map(|row| row[0]).collect();
        assert_eq!(codes.len(), 35);
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]));
        for code in codes {
            assert_eq!(
                RegionCode::parse(code).unwrap().level(),
                RegionLevel::Province
            );
        }
    }

    #[test]
    fn refuses_other_forms() {
        for bad in [
            "",
            "34010",
            "3401000",
            "040100",
            "940100",
            "34010a",
            "３４０１００",
        ] {
            assert!(RegionCode::parse(bad).is_err(), "{bad}");
        }
    }
}

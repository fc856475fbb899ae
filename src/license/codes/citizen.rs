//! Citizen numbers (公民身份号码, GB 11643): region, date of birth, sequence and check digit.

use std::fmt;

use super::{CheckDigit, RegionCode};
use crate::error::{Error, ErrorKind, Result};
use crate::license::Date;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS: &str = "10X98765432";
/// Living holders and the standard's own examples lie in these years.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2199;

/// A citizen number with a real date of birth and a right check digit.
///
/// Neither `Debug` nor any error shows it. The core has no clock: ask
/// [`CitizenNumber::birth_date`] whether the date lies in the future.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CitizenNumber {
    text: String,
    birth_date: Date,
    region: RegionCode,
}

/// What the parity of the sequence number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// An odd sequence number.
    Male,
    /// An even sequence number.
    Female,
}

impl CitizenNumber {
    /// Reads 18 characters; a final `x` is raised.
    ///
    /// # Errors
    /// `invalid_identifier` for another form, an impossible date or a wrong check digit.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim().to_ascii_uppercase();
        match check(&text) {
            Some(CheckDigit::Right) => {}
            Some(CheckDigit::Wrong { .. }) => {
                // The expected digit would tell most of the number: it stays unsaid.
                return Err(invalid("the check digit of the citizen number is wrong"));
            }
            None => return Err(invalid("a citizen number is 17 digits and a digit or X")),
        }
        let part = |range| text.get(range).unwrap_or_default();
        let region = RegionCode::parse(part(0..6))
            .map_err(|_| invalid("the citizen number begins with no region code"))?;
        let birth_date = Date::parse_tolerant(part(6..14))
            .filter(|date| YEARS.contains(&date.year()))
            .ok_or_else(|| invalid("the citizen number holds an impossible date of birth"))?;
        Ok(Self {
            birth_date,
            region,
            text,
        })
    }

    /// The 18-digit form of an old number of 15 digits: the century 19 is put in and the check
    /// digit added.
    ///
    /// # Errors
    /// `invalid_identifier` for another form or an impossible date.
    pub fn from_fifteen_digits(old: &str) -> Result<Self> {
        let form = || invalid("an old citizen number is 15 digits");
        let old = old.trim();
        if old.len() != 15 || !old.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(form());
        }
        let (region, rest) = old.split_at_checked(6).ok_or_else(form)?;
        let body = format!("{region}19{rest}");
        let digit = check_digit(&body).ok_or_else(form)?;
        Self::parse(&format!("{body}{digit}"))
    }

    /// All 18 characters. Personal data: do not log it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The first three and last four characters with stars between, as counters show it.
    #[must_use]
    pub fn masked(&self) -> String {
        let part = |range: std::ops::Range<usize>| self.text.get(range).unwrap_or_default();
        format!("{}***********{}", part(0..3), part(14..18))
    }

    /// The date of birth it states.
    #[must_use]
    pub fn birth_date(&self) -> Date {
        self.birth_date
    }

    /// The region it begins with: that of birth or first registration, perhaps long abolished.
    #[must_use]
    pub fn region(&self) -> &RegionCode {
        &self.region
    }

    /// The sex that the 17th digit states.
    #[must_use]
    pub fn sex(&self) -> Sex {
        match self.text.as_bytes().get(16) {
            Some(digit) if digit % 2 == 1 => Sex::Male,
            _ => Sex::Female,
        }
    }
}

impl fmt::Debug for CitizenNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CitizenNumber(redacted)")
    }
}

fn check(text: &str) -> Option<CheckDigit> {
    let (body, given) = text.split_at_checked(17)?;
    let mut given = given.chars();
    let digit = given.next().filter(|c| c.is_ascii_digit() || *c == 'X')?;
    if given.next().is_some() {
        return None;
    }
    Some(CheckDigit::compare(digit, check_digit(body)?))
}

/// ISO 7064 MOD 11-2 over 17 digits.
fn check_digit(body: &str) -> Option<char> {
    if body.len() != WEIGHTS.len() {
        return None;
    }
    let mut sum = 0;
    for (c, weight) in body.chars().zip(WEIGHTS) {
        sum += c.to_digit(10)? * weight;
    }
    CHECK_DIGITS.chars().nth(usize::try_from(sum % 11).ok()?)
}

fn invalid(message: &'static str) -> Error {
    Error::new(ErrorKind::InvalidIdentifier, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_examples_pass() {
        let first = CitizenNumber::parse("11010519491231002x").unwrap();
        assert_eq!(first.as_str(), "11010519491231002X");
        assert_eq!(first.birth_date().to_string(), "1949-12-31");
        assert_eq!(first.region().as_str(), "110105");
        assert_eq!(first.sex(), Sex::Female);
        assert_eq!(first.masked(), "110***********002X");
        assert_eq!(
            CitizenNumber::parse("440524188001010014").unwrap().sex(),
            Sex::Male
        );
    }

    #[test]
    fn wrong_digits_dates_and_forms_fail() {
        // The last but two is well checked and names 30 February.
        for bad in [
            "110105194912310021",
            "11010519490230002X",
            "110105194902300022",
            "",
            "11010519491231002",
            "1101051949123100２X",
            "910105194912310020",
        ] {
            assert!(CitizenNumber::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_impossible_date_fails_even_with_a_right_check_digit() {
        let body = "11010519490230002";
        let number = format!("{body}{}", check_digit(body).unwrap());
        let error = CitizenNumber::parse(&number).unwrap_err();
        assert!(error.message().contains("date of birth"), "{error}");
    }

    #[test]
    fn old_numbers_are_upgraded() {
        let number = CitizenNumber::from_fifteen_digits("110105491231002").unwrap();
        assert_eq!(number.as_str(), "11010519491231002X");
        assert!(CitizenNumber::from_fifteen_digits("110105490230002").is_err());
        assert!(CitizenNumber::from_fifteen_digits("11010549123100").is_err());
    }

    #[test]
    fn nothing_shows_the_number() {
        let number = CitizenNumber::parse("11010519491231002X").unwrap();
        assert_eq!(format!("{number:?}"), "CitizenNumber(redacted)");
        let error = CitizenNumber::parse("110105194912310021").unwrap_err();
        assert!(!format!("{error:?}").contains("1949"));
    }

    #[test]
    fn every_single_error_and_adjacent_swap_is_caught() {
        let right: Vec<char> = "11010519491231002X".chars().collect();
        for position in 0..18 {
            for digit in "0123456789X".chars() {
                let mut changed = right.clone();
                changed[position] = digit;
                if changed != right {
                    assert!(CitizenNumber::parse(&changed.iter().collect::<String>()).is_err());
                }
            }
            if position < 17 {
                let mut changed = right.clone();
                changed.swap(position, position + 1);
                if changed != right {
                    assert!(CitizenNumber::parse(&changed.iter().collect::<String>()).is_err());
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,20}") {
            let _ = CitizenNumber::parse(&text);
            let _ = CitizenNumber::from_fifteen_digits(&text);
        }
    }
}

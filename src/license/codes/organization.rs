//! Organisation codes (GB 11714): eight characters and a check digit.

use super::CheckDigit;
use crate::error::{Error, ErrorKind, Result};

const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// An organisation code whose check digit is right, such as `000013338`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OrganizationCode(String);

impl OrganizationCode {
    /// Reads nine characters, or eight, a hyphen and the check digit; lower case is raised.
    ///
    /// # Errors
    /// `invalid_identifier` for another form or a wrong check digit (GB 11714).
    pub fn parse(text: &str) -> Result<Self> {
        let cleaned: String = text.chars().filter(|c| *c != '-').collect::<String>();
        let cleaned = cleaned.to_ascii_uppercase();
        match check(&cleaned) {
            Some(CheckDigit::Right) => Ok(Self(cleaned)),
            Some(CheckDigit::Wrong { expected }) => Err(Error::new(
                ErrorKind::InvalidIdentifier,
                "the check digit of the organisation code is wrong",
            )
            .with("expected", expected)),
            None => Err(Error::new(
                ErrorKind::InvalidIdentifier,
                "an organisation code is eight digits or capital letters and a check digit",
            )),
        }
    }

    /// The nine characters, without a hyphen.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the ninth character says about the eight before it; `None` if the form is another.
pub(super) fn check(code: &str) -> Option<CheckDigit> {
    let mut characters = code.chars();
    let mut sum = 0;
    for weight in WEIGHTS {
        let c = characters.next()?;
        if c.is_ascii_lowercase() {
            return None;
        }
        sum += c.to_digit(36)? * weight;
    }
    let given = characters.next()?;
    if characters.next().is_some() {
        return None;
    }
    let expected = match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10)?,
    };
    Some(CheckDigit::compare(given, expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_codes_pass() {
        for code in [
            "000013338",
            "MB0327169",
            "MB0143028",
            "000014349",
            "M000100Y4",
        ] {
            assert_eq!(OrganizationCode::parse(code).unwrap().as_str(), code);
        }
        assert_eq!(
            OrganizationCode::parse("mb032716-9").unwrap().as_str(),
            "MB0327169"
        );
    }

    #[test]
    fn wrong_digits_and_forms_fail() {
        assert_eq!(
            check("000013337"),
            Some(CheckDigit::Wrong { expected: '8' })
        );
        for bad in [
            "",
            "00001333",
            "0000133388",
            "0000-1333",
            "甲00013338",
            "00001333é",
        ] {
            assert!(OrganizationCode::parse(bad).is_err(), "{bad}");
        }
    }
}

//! Unified social credit codes (统一社会信用代码, GB 32100).

use super::{CheckDigit, RegionCode, organization};
use crate::error::{Error, ErrorKind, Result};

/// Letters that look like digits (I, O, Z, S) and V are not in it.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const LENGTH: usize = 18;

/// A unified social credit code whose own check digit is right.
///
/// Whether the organisation code inside also checks is told by [`Uscc::organization_check`]; it
/// is not settled that every registered code satisfies it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Uscc {
    code: String,
    organization_check: CheckDigit,
}

/// What can be said about a text that should be a unified social credit code.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UsccExamination {
    /// The text with white space trimmed and letters raised; nothing else is repaired.
    pub cleaned: String,
    /// The code's own check digit, or `None` if the text lacks the form of a code.
    pub outer: Option<CheckDigit>,
    /// The check digit of the organisation code inside, or `None` as above.
    pub inner: Option<CheckDigit>,
    /// A code that passes and differs only by O for 0 or I for 1. Ask; never replace silently.
    pub suggestion: Option<String>,
}

impl Uscc {
    /// Reads 18 characters; lower case is raised.
    ///
    /// # Errors
    /// `invalid_identifier` for another form or a wrong check digit (GB 32100).
    pub fn parse(text: &str) -> Result<Self> {
        let examination = Self::examine(text);
        match (examination.outer, examination.inner) {
            (Some(CheckDigit::Right), Some(organization_check)) => Ok(Self {
                code: examination.cleaned,
                organization_check,
            }),
            (Some(CheckDigit::Wrong { expected }), _) => Err(Error::new(
                ErrorKind::InvalidIdentifier,
                "the check digit of the unified social credit code is wrong",
            )
            .with("expected", expected)),
            _ => Err(Error::new(
                ErrorKind::InvalidIdentifier,
                "a unified social credit code is 18 digits or capital letters without I O S V Z",
            )),
        }
    }

    /// Says everything that can be said about `text` without refusing it.
    #[must_use]
    pub fn examine(text: &str) -> UsccExamination {
        let cleaned = text.trim().to_ascii_uppercase();
        let outer = outer_check(&cleaned);
        let inner = outer.and_then(|_| organization::check(cleaned.get(8..17)?));
        let suggestion = (outer != Some(CheckDigit::Right))
            .then(|| cleaned.replace('O', "0").replace('I', "1"))
            .filter(|changed| outer_check(changed) == Some(CheckDigit::Right));
        UsccExamination {
            cleaned,
            outer,
            inner,
            suggestion,
        }
    }

    /// The 18 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.code
    }

    /// The registering department and the kind of organisation, as in `91` for enterprises.
    #[must_use]
    pub fn category(&self) -> &str {
        self.code.get(..2).unwrap_or_default()
    }

    /// The region of registration, unless those six characters are no region code.
    #[must_use]
    pub fn region(&self) -> Option<RegionCode> {
        RegionCode::parse(self.code.get(2..8)?).ok()
    }

    /// The organisation code inside, nine characters.
    #[must_use]
    pub fn organization_code(&self) -> &str {
        self.code.get(8..17).unwrap_or_default()
    }

    /// What the check digit of the organisation code inside says (GB 11714); a wrong one is worth
    /// a warning.
    #[must_use]
    pub fn organization_check(&self) -> CheckDigit {
        self.organization_check
    }
}

impl std::fmt::Display for Uscc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.code)
    }
}

fn outer_check(code: &str) -> Option<CheckDigit> {
    if code.len() != LENGTH {
        return None;
    }
    let mut values = code
        .bytes()
        .map(|byte| ALPHABET.bytes().position(|letter| letter == byte));
    let mut sum = 0;
    let mut weight = 1;
    for _ in 1..LENGTH {
        sum += values.next()?? * weight;
        weight = weight * 3 % 31;
    }
    let given = ALPHABET.chars().nth(values.next()??)?;
    let expected = ALPHABET.chars().nth((31 - sum % 31) % 31)?;
    Some(CheckDigit::compare(given, expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALID: [&str; 14] = [
        "91350100M000100Y43",
        "11100000000013338W",
        "11100000000019713D",
        "11100000MB03271699",
        "11100000MB0143028R",
        "11100000MB0341032Y",
        "111000000000131433",
        "11110000000021135M",
        "11220000013544541J",
        "11430000006122244L",
        "11330105002500287C",
        "11370800MB28559184",
        "113700000045046442",
        "11420503087246977F",
    ];

    #[test]
    fn published_codes_pass_both_checks() {
        for code in VALID {
            let uscc = Uscc::parse(code).unwrap();
            assert_eq!(uscc.as_str(), code);
            assert_eq!(uscc.organization_check(), CheckDigit::Right, "{code}");
        }
        let example = Uscc::parse("91350100m000100y43").unwrap();
        assert_eq!(example.category(), "91");
        assert_eq!(example.region().unwrap().as_str(), "350100");
        assert_eq!(example.organization_code(), "M000100Y4");
    }

    #[test]
    fn a_wrong_digit_is_named() {
        let examination = Uscc::examine("91350100M000100Y44");
        assert_eq!(examination.outer, Some(CheckDigit::Wrong { expected: '3' }));
        assert_eq!(examination.inner, Some(CheckDigit::Right));
        assert_eq!(examination.suggestion, None);
    }

    #[test]
    fn letters_like_digits_are_suggested_and_never_replaced() {
        let examination = Uscc::examine("91350100M0001O0Y43");
        assert_eq!(examination.outer, None);
        assert_eq!(
            examination.suggestion.as_deref(),
            Some("91350100M000100Y43")
        );
        assert!(Uscc::parse("91350100M0001O0Y43").is_err());
    }

    #[test]
    fn outer_and_inner_checks_are_told_apart() {
        let uscc = Uscc::parse("91110000710930451D").unwrap();
        assert_eq!(
            uscc.organization_check(),
            CheckDigit::Wrong { expected: '6' }
        );
        // Both checks pass, and only a registry can say that this body does not exist.
        let suspect = Uscc::parse("1110000000001332XW").unwrap();
        assert_eq!(suspect.organization_check(), CheckDigit::Right);
    }

    #[test]
    fn every_single_error_is_caught() {
        for position in 0..LENGTH {
            for letter in ALPHABET.chars() {
                let mut changed: Vec<char> = VALID[0].chars().collect();
                if std::mem::replace(&mut changed[position], letter) == letter {
                    continue;
                }
                let changed: String = changed.into_iter().collect();
                assert!(Uscc::parse(&changed).is_err(), "{changed}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,20}") {
            let _ = Uscc::examine(&text);
        }
    }
}

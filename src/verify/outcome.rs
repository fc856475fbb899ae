//! The three outcomes and how many become one.

use serde::{Deserialize, Serialize};

/// What a check, a signature or a whole document came to. There is no fourth value and no
/// conversion to a boolean: *unknown* is neither good nor bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Shown to be wrong. Zero, so that cleared memory in another language reads as failed.
    Failed = 0,
    /// Cannot be judged with what is at hand.
    Indeterminate = 1,
    /// Shown to be right.
    Passed = 2,
}

impl Outcome {
    /// The worst of several; nothing at all is indeterminate, never passed.
    #[must_use]
    pub fn worst(outcomes: impl IntoIterator<Item = Outcome>) -> Outcome {
        outcomes.into_iter().min().unwrap_or(Outcome::Indeterminate)
    }

    /// The stable name: `failed`, `indeterminate`, `passed`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Outcome::Failed => "failed",
            Outcome::Indeterminate => "indeterminate",
            Outcome::Passed => "passed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_outcome() -> impl Strategy<Value = Outcome> {
        prop_oneof![
            Just(Outcome::Failed),
            Just(Outcome::Indeterminate),
            Just(Outcome::Passed)
        ]
    }

    #[test]
    fn nothing_is_never_passed() {
        assert_eq!(Outcome::worst([]), Outcome::Indeterminate);
    }

    proptest! {
        #[test]
        fn one_more_check_never_improves(
            outcomes in proptest::collection::vec(any_outcome(), 1..8),
            more in any_outcome(),
        ) {
            let before = Outcome::worst(outcomes.iter().copied());
            let after = Outcome::worst(outcomes.into_iter().chain([more]));
            prop_assert!(after <= before);
        }
    }
}

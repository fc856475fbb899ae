//! Exit codes: `0` passed, `1` failed, `2` usage or unreadable input, `3` indeterminate.

use std::process::ExitCode;

use yinxin::verify::Outcome;

/// How a command ended, from best to worst: of several files the worst counts, 1 > 2 > 3 > 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// All passed, or the command did its work.
    Passed,
    /// Something could not be judged: unknown must not look like forged.
    Indeterminate,
    /// Wrong usage, or some input could not be read.
    Unreadable,
    /// Something was shown to be wrong.
    Failed,
}

impl Exit {
    /// The worse of two.
    pub(crate) fn and(self, other: Exit) -> Exit {
        self.max(other)
    }

    fn number(self) -> u8 {
        match self {
            Exit::Passed => 0,
            Exit::Failed => 1,
            Exit::Unreadable => 2,
            Exit::Indeterminate => 3,
        }
    }
}

impl From<Outcome> for Exit {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Passed => Exit::Passed,
            Outcome::Indeterminate => Exit::Indeterminate,
            Outcome::Failed => Exit::Failed,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_of_several_is_1_then_2_then_3_then_0() {
        let all = [
            Exit::Passed,
            Exit::Indeterminate,
            Exit::Unreadable,
            Exit::Failed,
        ];
        assert_eq!(all.map(Exit::number), [0, 3, 2, 1]);
        for (rank, exit) in all.iter().enumerate() {
            for other in &all[..=rank] {
                assert_eq!(exit.and(*other), *exit);
                assert_eq!(other.and(*exit), *exit);
            }
        }
    }
}

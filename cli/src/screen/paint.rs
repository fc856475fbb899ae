//! Colours and marks of outcomes. Each mark says the same without its colour.

use anstyle::{AnsiColor, Style};
use yinxin::verify::Outcome;

/// The word before an error.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// Names of lines.
pub(crate) const LABEL: Style = Style::new().bold();
/// What may be passed over: codes, clauses.
pub(crate) const QUIET: Style = Style::new().dimmed();

/// The colour of an outcome.
pub(crate) fn style(outcome: Outcome) -> Style {
    match outcome {
        Outcome::Passed => AnsiColor::Green.on_default().bold(),
        Outcome::Indeterminate => AnsiColor::Yellow.on_default().bold(),
        Outcome::Failed => AnsiColor::Red.on_default().bold(),
    }
}

/// The mark of an outcome, one column wide.
pub(crate) fn mark(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "✓",
        Outcome::Indeterminate => "?",
        Outcome::Failed => "✗",
    }
}

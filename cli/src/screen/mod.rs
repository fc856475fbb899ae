//! What a person sees: the clerk's four lines, the auditor's list of checks, and their layout.

pub(crate) mod columns;
mod detail;
pub(crate) mod facts;
mod license;
pub(crate) mod paint;
mod path;
mod report;
mod seal;
mod when;

pub(crate) use detail::detail;
pub(crate) use path::path;
pub(crate) use report::{clerk, tally};

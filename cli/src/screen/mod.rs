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

use yinxin::verify::{Reason, Report, Role};

use crate::language::{Language, Pick};

/// What a role is called.
fn role(language: Language, role: Role) -> &'static str {
    match role {
        Role::Signer => language.pick("签章人", "signer"),
        Role::Maker => language.pick("制章者", "maker"),
        Role::Tsa => language.pick("时间戳机构", "time stamper"),
    }
}

/// Whether the file is encrypted and nothing at hand opened it: what it holds is then not known.
fn is_closed(report: &Report) -> bool {
    report.all_checks().any(|check| {
        matches!(
            check.reason,
            Some(Reason::Encrypted | Reason::NotOpened | Reason::PasswordNeeded)
        )
    })
}

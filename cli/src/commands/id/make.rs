//! Making identifiers, and completing codes by their check digits.

use std::io::Write;

use yinxin::license::LicenseId;
use yinxin::license::codes::{CheckDigit, OrganizationCode, Uscc};

use crate::args::IdMake;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::session::Session;

/// Prints what was made.
pub(super) fn run(session: &Session, arguments: &IdMake) -> Result<Exit> {
    let made = match arguments {
        IdMake::License {
            type_code,
            issuer,
            serial,
            version,
        } => {
            let issuer = Uscc::parse(issuer)
                .map_err(|error| Failure::library(session.language, "--issuer", &error))?;
            let what = session.pick("证照标识", "license identifier");
            LicenseId::new(type_code, &issuer, serial, *version)
                .map_err(|error| Failure::library(session.language, what, &error))?
                .to_string()
        }
        IdMake::Uscc { body } => uscc(session, body)?,
        IdMake::Organization { body } => organization(session, body)?,
    };
    let mut out = session.out();
    writeln!(out, "{made}")?;
    out.flush()?;
    Ok(Exit::Passed)
}

fn uscc(session: &Session, body: &str) -> Result<String> {
    let body = body.trim().to_ascii_uppercase();
    let examined = Uscc::examine(&format!("{body}0"));
    if let Some(CheckDigit::Wrong { expected }) = examined.inner {
        session.talk(&session.pick(
            format!("注意：第 9 至 17 位是组织机构代码，其校验位（第 17 位）按 GB 11714 应为 {expected}"),
            format!("note: characters 9 to 17 are an organisation code, which should end in {expected} by GB 11714"),
        ));
    }
    match examined.outer {
        Some(CheckDigit::Right) => Ok(examined.cleaned),
        Some(CheckDigit::Wrong { expected }) => Ok(format!("{body}{expected}")),
        None => Err(Failure::new(session.pick(
            "需要前 17 位：数字或大写字母，不含 I、O、S、V、Z",
            "the first 17 characters are wanted: digits or capital letters without I, O, S, V, Z",
        ))),
    }
}

fn organization(session: &Session, body: &str) -> Result<String> {
    let body = body.trim().to_ascii_uppercase();
    match OrganizationCode::parse(&format!("{body}0")) {
        Ok(code) => Ok(code.as_str().to_owned()),
        Err(error) => match error.context().find(|(key, _)| *key == "expected") {
            Some((_, expected)) => Ok(format!("{body}{expected}")),
            None => Err(Failure::new(session.pick(
                "需要前 8 位：数字或大写字母",
                "the first 8 characters are wanted: digits or capital letters",
            ))),
        },
    }
}

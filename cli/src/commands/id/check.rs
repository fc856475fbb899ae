//! What can be said of a code by its form and check digit alone.

use std::io::{self, BufRead, Read, Write};

use serde_json::json;
use yinxin::license::codes::{
    CheckDigit, CitizenNumber, OrganizationCode, RegionCode, RegionStanding, Uscc,
};
use yinxin::license::{CheckCharacter, IssuerPart, LicenseId};
use yinxin::verify::Outcome;

use crate::args::{IdCheck, IdKind};
use crate::escape::clip;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::language::{Language, Pick};
use crate::screen::paint;
use crate::session::Session;

/// Bytes of a line of standard input; the longest identifier has some hundreds.
const MAX_LINE: u64 = 4096;
/// Columns of a code on the screen.
const CODE_COLUMNS: usize = 120;

/// Checks each code; the worst verdict is the exit code.
pub(super) fn run(session: &Session, arguments: &IdCheck) -> Result<Exit> {
    let mut out = session.out();
    let mut exit = Exit::Passed;
    for argument in &arguments.codes {
        if argument == "-" {
            let mut input = io::stdin().lock();
            while let Some(line) = next_line(session, &mut input)? {
                exit = exit.and(one(session, arguments, &line, &mut out)?);
            }
        } else {
            exit = exit.and(one(session, arguments, argument, &mut out)?);
        }
    }
    out.flush()?;
    Ok(exit)
}

/// The next line that is not blank.
fn next_line(session: &Session, input: &mut impl BufRead) -> Result<Option<String>> {
    loop {
        let mut line = Vec::new();
        let read = input.by_ref().take(MAX_LINE).read_until(b'\n', &mut line);
        let line = read
            .ok()
            .and_then(|_| String::from_utf8(line).ok())
            .ok_or_else(|| {
                Failure::new(session.pick(
                    "标准输入不是 UTF-8 文本",
                    "standard input is not UTF-8 text",
                ))
            })?;
        if line.is_empty() {
            return Ok(None);
        }
        if !line.trim().is_empty() {
            return Ok(Some(line.trim().to_owned()));
        }
    }
}

fn one(session: &Session, arguments: &IdCheck, code: &str, out: &mut dyn Write) -> Result<Exit> {
    let kind = arguments.kind.or_else(|| kind_of(code));
    let answer = answer(session.language, kind, code);
    if arguments.json {
        let facts: serde_json::Map<_, _> = answer
            .facts
            .iter()
            .map(|fact| (fact.key.to_owned(), fact.value.as_str().into()))
            .collect();
        let line = json!({
            "code": answer.code,
            "kind": kind.map(name),
            "outcome": answer.outcome.name(),
            "facts": facts,
        });
        writeln!(out, "{line}")?;
    } else {
        let style = paint::style(answer.outcome);
        let quiet = paint::QUIET;
        let title = kind.map_or(session.pick("未知种类", "unknown kind"), |kind| {
            title(session.language, kind)
        });
        writeln!(
            out,
            "{style}{}{style:#} {}  {quiet}{title}{quiet:#}",
            paint::mark(answer.outcome),
            clip(&answer.code, CODE_COLUMNS)
        )?;
        for fact in &answer.facts {
            writeln!(out, "    {}", fact.sentence)?;
        }
    }
    Ok(answer.outcome.into())
}

/// A code's verdict. `code` is masked where it is a person's.
struct Answer {
    code: String,
    outcome: Outcome,
    facts: Vec<Fact>,
}

/// One fact, for programs and for people.
struct Fact {
    key: &'static str,
    value: String,
    sentence: String,
}

impl Fact {
    fn new(key: &'static str, value: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self {
            key,
            value: value.into(),
            sentence: sentence.into(),
        }
    }
}

fn answer(language: Language, kind: Option<IdKind>, code: &str) -> Answer {
    match kind {
        Some(IdKind::License) => license(language, code),
        Some(IdKind::Uscc) => uscc(language, code),
        Some(IdKind::Organization) => organization(language, code),
        Some(IdKind::Citizen) => citizen(language, code),
        None => {
            let sentence = language.pick(
                "格式不属于证照标识、统一社会信用代码、组织机构代码或公民身份号码",
                "the form is that of no license identifier, credit code, organisation code or citizen number",
            );
            let fact = Fact::new("error", "unknown_form", sentence);
            Answer {
                code: code.to_owned(),
                outcome: Outcome::Failed,
                facts: vec![fact],
            }
        }
    }
}

fn license(language: Language, code: &str) -> Answer {
    let id = match LicenseId::parse(code.trim()) {
        Ok(id) => id,
        Err(error) => return refused(language, code, &error),
    };
    let mut facts = Vec::new();
    let outcome = match id.check() {
        CheckCharacter::Standard => {
            facts.push(right(language));
            Outcome::Passed
        }
        CheckCharacter::VendorVariant => {
            facts.push(Fact::new(
                "check",
                "vendor_variant",
                language.pick(
                    "校验码不按 GB/T 36904，而按某厂商的旧算法：可以继续，并请告知颁发机构",
                    "the check character follows a vendor's old algorithm, not GB/T 36904: go on, and tell the issuing body",
                ),
            ));
            Outcome::Passed
        }
        CheckCharacter::Wrong { expected } => {
            facts.push(wrong(language, expected));
            Outcome::Failed
        }
        CheckCharacter::NotCheckable => {
            facts.push(Fact::new(
                "check",
                "not_checkable",
                language.pick(
                    "流水号含有标准没有取值的字符，校验码无法验算",
                    "the serial holds characters that the check has no value for",
                ),
            ));
            Outcome::Indeterminate
        }
    };
    let shown = |text: &str| clip(text, CODE_COLUMNS);
    let issuer = match id.issuer_part() {
        IssuerPart::Uscc => language.pick(
            "统一社会信用代码，校验位正确",
            "a credit code with a right check digit",
        ),
        IssuerPart::UsccBad => language.pick(
            "18 位，但不是有效的统一社会信用代码",
            "18 characters that are no valid credit code",
        ),
        IssuerPart::AreaCode => language.pick(
            "行政区划代码，不合标准",
            "a region code, against the standard",
        ),
        IssuerPart::Other => language.pick(
            "其他代码，不合标准",
            "some other code, against the standard",
        ),
    };
    facts.push(Fact::new(
        "type_code",
        id.type_code(),
        labelled(language, "证照类型", "type", &shown(id.type_code())),
    ));
    facts.push(Fact::new(
        "issuer",
        id.issuer(),
        labelled(
            language,
            "颁发机构",
            "issuer",
            &format!("{} ({issuer})", shown(id.issuer())),
        ),
    ));
    facts.push(Fact::new(
        "serial",
        id.serial(),
        labelled(language, "流水号", "serial", &shown(id.serial())),
    ));
    facts.push(Fact::new(
        "version",
        id.version().to_string(),
        labelled(language, "版本", "version", &id.version().to_string()),
    ));
    Answer {
        code: code.to_owned(),
        outcome,
        facts,
    }
}

fn uscc(language: Language, code: &str) -> Answer {
    let examined = Uscc::examine(code);
    let mut facts = Vec::new();
    let outcome = match examined.outer {
        Some(CheckDigit::Right) => {
            facts.push(right(language));
            Outcome::Passed
        }
        Some(CheckDigit::Wrong { expected }) => {
            facts.push(wrong(language, expected));
            Outcome::Failed
        }
        None => {
            facts.push(Fact::new(
                "error",
                "form",
                language.pick(
                    "应为 18 位数字或大写字母，不含 I、O、S、V、Z",
                    "it should be 18 digits or capital letters without I, O, S, V, Z",
                ),
            ));
            Outcome::Failed
        }
    };
    if let Some(CheckDigit::Wrong { expected }) = examined.inner {
        facts.push(Fact::new(
            "organization_check",
            "wrong",
            language.pick(
                format!("其中的组织机构代码校验位按 GB 11714 应为 {expected}"),
                format!("the organisation code inside should end in {expected} by GB 11714"),
            ),
        ));
    }
    if let Some(suggestion) = &examined.suggestion {
        facts.push(Fact::new(
            "suggestion",
            suggestion,
            language.pick(
                format!("是否应为 {suggestion}（字母 O、I 误作数字）？请核对原件"),
                format!("is it {suggestion} (letters O and I for digits)? look at the original"),
            ),
        ));
    }
    if let Ok(parsed) = Uscc::parse(code) {
        facts.extend(parsed.region().map(|code| region(language, &code)));
        facts.push(Fact::new(
            "organization_code",
            parsed.organization_code(),
            labelled(
                language,
                "组织机构代码",
                "organisation code",
                parsed.organization_code(),
            ),
        ));
    }
    Answer {
        code: examined.cleaned,
        outcome,
        facts,
    }
}

fn organization(language: Language, code: &str) -> Answer {
    match OrganizationCode::parse(code) {
        Ok(parsed) => Answer {
            code: parsed.as_str().to_owned(),
            outcome: Outcome::Passed,
            facts: vec![right(language)],
        },
        Err(error) => refused(language, code, &error),
    }
}

fn citizen(language: Language, code: &str) -> Answer {
    let old = code.trim().len() == 15;
    let parsed = if old {
        CitizenNumber::from_fifteen_digits(code)
    } else {
        CitizenNumber::parse(code)
    };
    let number = match parsed {
        Ok(number) => number,
        Err(error) => return refused(language, &masked(code), &error),
    };
    let mut facts = Vec::new();
    if old {
        facts.push(Fact::new(
            "form",
            "fifteen_digits",
            language.pick(
                "15 位旧号码，没有校验位；已按 18 位显示",
                "an old number of 15 digits without a check digit, shown in the form of 18",
            ),
        ));
    } else {
        facts.push(right(language));
    }
    facts.push(region(language, number.region()));
    // Nothing but the form speaks for an old number.
    let outcome = if old {
        Outcome::Indeterminate
    } else {
        Outcome::Passed
    };
    Answer {
        code: number.masked(),
        outcome,
        facts,
    }
}

fn refused(language: Language, code: &str, error: &yinxin::Error) -> Answer {
    let expected = error.context().find(|(key, _)| *key == "expected");
    let fact = match expected.and_then(|(_, value)| value.chars().next()) {
        Some(expected) => wrong(language, expected),
        None => Fact::new(
            "error",
            error.message(),
            language.pick(
                format!("格式或校验码不对（{}）", error.message()),
                error.message().to_owned(),
            ),
        ),
    };
    Answer {
        code: code.to_owned(),
        outcome: Outcome::Failed,
        facts: vec![fact],
    }
}

fn right(language: Language) -> Fact {
    Fact::new(
        "check",
        "right",
        language.pick("校验码正确", "the check character is right"),
    )
}

fn wrong(language: Language, expected: char) -> Fact {
    Fact::new(
        "check",
        "wrong",
        language.pick(
            format!("校验码不对，按其余各位应为 {expected}：请检查录入"),
            format!("the check character is wrong; the others ask for {expected}: look for a typing error"),
        ),
    )
}

fn region(language: Language, code: &RegionCode) -> Fact {
    let name = match code.standing() {
        RegionStanding::Known(name) | RegionStanding::Unlisted { province: name } => name,
        RegionStanding::NoSuchProvince => {
            language.pick("没有这样的省级代码", "there is no such province")
        }
    };
    Fact::new(
        "region",
        code.as_str(),
        labelled(
            language,
            "地区",
            "region",
            &format!("{} {name}", code.as_str()),
        ),
    )
}

fn labelled(language: Language, chinese: &str, english: &str, value: &str) -> String {
    language.pick(format!("{chinese}：{value}"), format!("{english}: {value}"))
}

/// All but the first three and last two characters as stars.
fn masked(code: &str) -> String {
    let length = code.chars().count();
    code.chars()
        .enumerate()
        .map(|(at, c)| if at < 3 || at + 2 >= length { c } else { '*' })
        .collect()
}

/// Tells the kind by the form. What could be a citizen number is taken for one, so that it is
/// not shown, unless it is a right credit code.
fn kind_of(code: &str) -> Option<IdKind> {
    let code = code.trim();
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if code.starts_with("1.2.156.") {
        return Some(IdKind::License);
    }
    match code.len() {
        9 => Some(IdKind::Organization),
        10 if code.get(8..9) == Some("-") => Some(IdKind::Organization),
        15 if digits(code) => Some(IdKind::Citizen),
        18 if code.get(..17).is_some_and(digits)
            && (CitizenNumber::parse(code).is_ok() || Uscc::parse(code).is_err()) =>
        {
            Some(IdKind::Citizen)
        }
        18 => Some(IdKind::Uscc),
        _ => None,
    }
}

fn name(kind: IdKind) -> &'static str {
    match kind {
        IdKind::License => "license",
        IdKind::Uscc => "uscc",
        IdKind::Organization => "organization",
        IdKind::Citizen => "citizen",
    }
}

fn title(language: Language, kind: IdKind) -> &'static str {
    match kind {
        IdKind::License => language.pick("证照标识 GB/T 36904", "license identifier, GB/T 36904"),
        IdKind::Uscc => language.pick(
            "统一社会信用代码 GB 32100",
            "unified social credit code, GB 32100",
        ),
        IdKind::Organization => {
            language.pick("组织机构代码 GB 11714", "organisation code, GB 11714")
        }
        IdKind::Citizen => language.pick("公民身份号码 GB 11643", "citizen number, GB 11643"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_their_form() {
        assert_eq!(kind_of("1.2.156.3005.2.x"), Some(IdKind::License));
        assert_eq!(kind_of("00001333-8"), Some(IdKind::Organization));
        assert_eq!(kind_of("91330106MA27XTP23T"), Some(IdKind::Uscc));
        assert_eq!(kind_of("110101199001010000"), Some(IdKind::Citizen));
        assert_eq!(kind_of("hello"), None);
    }

    #[test]
    fn a_wrong_citizen_number_is_not_shown() {
        let answer = answer(Language::En, Some(IdKind::Citizen), "110101199001010000");
        assert_eq!(answer.outcome, Outcome::Failed);
        assert_eq!(answer.code, "110*************00");
        assert!(
            answer
                .facts
                .iter()
                .all(|fact| !fact.sentence.contains("1990"))
        );
    }
}

//! The auditor's screen: every check with clause and facts, findings, and what was not checked.

use std::io::{self, Write};

use yinxin::trust::list::Environment;
use yinxin::verify::{
    Check, Detail, Format, Outcome, Report, SignatureKind, SignatureReport, TrustFacts,
};

use super::columns::{self, Line};
use super::{paint, seal, when};
use crate::escape::{clip, pad, width};
use crate::language::{Language, Pick};

/// Columns of one fact; hashes and names fit.
const FACT_COLUMNS: usize = 120;
/// Items of a list that are written out.
const MAX_ITEMS: usize = 50;

/// Writes all of a report but its four lines.
pub(crate) fn detail(
    out: &mut dyn Write,
    language: Language,
    report: &Report,
    columns: Option<usize>,
) -> io::Result<()> {
    let screen = Screen {
        language,
        columns,
        titles: title_width(language, report),
    };
    screen.document(out, report)?;
    for signature in &report.signatures {
        screen.signature(out, signature)?;
    }
    screen.not_checked(out, report)?;
    screen.findings(out, report)
}

struct Screen {
    language: Language,
    columns: Option<usize>,
    /// Columns of the widest title, so that clauses stand below each other.
    titles: usize,
}

impl Screen {
    fn document(&self, out: &mut dyn Write, report: &Report) -> io::Result<()> {
        let pick = |chinese, english| self.language.pick(chinese, english);
        let document = &report.document;
        let size = document.size;
        let anchors = report.trust.anchors;
        self.heading(out, pick("文件", "Document"))?;
        let mut lines = vec![
            Line::plain(
                pick("格式", "format"),
                format!(
                    "{} · {size} {}",
                    format_name(document.format),
                    pick("字节", "bytes")
                ),
            ),
            Line::plain("SM3", clip(&document.sm3, FACT_COLUMNS)),
            Line::plain("SHA-256", clip(&document.sha256, FACT_COLUMNS)),
            Line::plain(
                pick("信任根", "anchors"),
                self.language.pick(
                    format!(
                        "签章人 {} · 制章者 {} · 时间戳 {}",
                        anchors.signer, anchors.maker, anchors.tsa
                    ),
                    format!(
                        "signer {} · maker {} · tsa {}",
                        anchors.signer, anchors.maker, anchors.tsa
                    ),
                ),
            ),
        ];
        if report.trust.list_version > 0 {
            lines.push(Line::plain(
                pick("信任列表", "trust list"),
                trust_list(self.language, &report.trust),
            ));
        }
        for evidence in &report.evidence {
            let updated = evidence.this_update.map(when::day).unwrap_or_default();
            let next = evidence.next_update.map(when::day).unwrap_or_default();
            lines.push(Line::plain(
                pick("证据", "evidence"),
                format!(
                    "{} {updated} → {next} · {}",
                    evidence.kind,
                    clip(&evidence.sha256, 16)
                ),
            ));
        }
        columns::write(out, &lines, 2, self.columns)?;
        self.checks(out, &report.checks)
    }

    fn signature(&self, out: &mut dyn Write, signature: &SignatureReport) -> io::Result<()> {
        let pick = |chinese, english| self.language.pick(chinese, english);
        let kind = match signature.kind {
            SignatureKind::Seal => pick("印章", "Seal"),
            SignatureKind::Signature => pick("签名", "Signature"),
            SignatureKind::Timestamp => pick("时间戳", "Time stamp"),
        };
        let style = paint::style(signature.outcome);
        let mark = paint::mark(signature.outcome);
        self.heading(
            out,
            &format!("{kind} {}  {style}{mark}{style:#}", signature.index),
        )?;
        let mut lines = Vec::new();
        let mut fact = |label: &'static str, value: Option<String>| {
            lines.extend(value.map(|value| Line::plain(label, value)));
        };
        fact(
            pick("标准", "standard"),
            signature.standard.map(ToOwned::to_owned),
        );
        fact(
            pick("算法", "algorithm"),
            signature
                .algorithm
                .as_deref()
                .map(|name| clip(name, FACT_COLUMNS)),
        );
        if let Some(found) = &signature.seal {
            fact(
                pick("印章", "seal"),
                Some(format!(
                    "{} · {}",
                    seal::seal_name(self.language, found),
                    clip(&found.id, FACT_COLUMNS)
                )),
            );
            fact(
                pick("制章者", "maker"),
                found.maker.as_ref().map(seal::party_name),
            );
            let validity = found.valid_from.zip(found.valid_until);
            fact(
                pick("印章有效期", "seal validity"),
                validity.map(|(from, until)| format!("{} → {}", when::day(from), when::day(until))),
            );
        }
        if let Some(signer) = &signature.signer {
            fact(pick("签章人", "signer"), Some(seal::party_name(signer)));
            fact(
                pick("签发者", "issuer"),
                Some(clip(&signer.issuer, FACT_COLUMNS)),
            );
            fact(
                pick("证书", "certificate"),
                Some(format!(
                    "{} · {} → {}",
                    clip(&signer.serial, 48),
                    when::day(signer.valid_from),
                    when::day(signer.valid_until)
                )),
            );
        }
        fact(
            pick("签章时间", "time"),
            signature.signed_at.map(|time| {
                let source = match signature.time_source {
                    Some("token") => pick("时间戳", "token"),
                    _ => pick("自称", "claimed"),
                };
                format!("{} · {source}", when::time(self.language, time))
            }),
        );
        fact(
            pick("后续加签", "more signatures"),
            signature.coverage.mode.map(|mode| {
                let text = match mode {
                    "whole" => pick("已锁定，不可再加签", "locked: none may follow"),
                    _ => pick("未锁定，可继续加签", "open: others may follow"),
                };
                text.to_owned()
            }),
        );
        let follows = &signature.coverage.follows;
        fact(
            pick("保护的前序签章", "covers signatures"),
            (!follows.is_empty()).then(|| {
                let numbers: Vec<_> = follows.iter().map(ToString::to_string).collect();
                numbers.join(", ")
            }),
        );
        columns::write(out, &lines, 2, self.columns)?;
        for (label, items) in [
            (pick("未受保护", "uncovered"), &signature.coverage.uncovered),
            (
                pick("签后变动", "changed since"),
                &signature.coverage.changes,
            ),
        ] {
            self.list(out, label, items)?;
        }
        self.checks(out, &signature.checks)
    }

    fn checks(&self, out: &mut dyn Write, checks: &[Check]) -> io::Result<()> {
        checks.iter().try_for_each(|check| self.check(out, check))
    }

    fn check(&self, out: &mut dyn Write, check: &Check) -> io::Result<()> {
        let style = paint::style(check.outcome);
        let quiet = paint::QUIET;
        write!(
            out,
            "  {style}{}{style:#} {}  {quiet}{}",
            paint::mark(check.outcome),
            pad(&title(self.language, check), self.titles),
            check.code.name(),
        )?;
        if let Some(clause) = check.clause {
            write!(out, " · {clause}")?;
        }
        writeln!(out, "{quiet:#}")?;
        if check.outcome == Outcome::Passed {
            return Ok(());
        }
        if let Some(reason) = check.reason {
            let advice = self.language.advice(reason);
            let gap = self.language.pick("", " ");
            let text = format!("{}{gap}{}", advice.cause, advice.remedy);
            for row in columns::wrap(&text, self.columns, 4) {
                writeln!(out, "    {row}")?;
            }
        }
        for (key, value) in &check.detail {
            match value {
                Detail::Text(text) => {
                    writeln!(
                        out,
                        "    {quiet}{key}: {}{quiet:#}",
                        clip(text, FACT_COLUMNS)
                    )?;
                }
                Detail::List(items) => self.list(out, key, items)?,
            }
        }
        Ok(())
    }

    fn not_checked(&self, out: &mut dyn Write, report: &Report) -> io::Result<()> {
        if report.not_checked.is_empty() {
            return Ok(());
        }
        self.heading(
            out,
            self.language.pick(
                "未检查（本策略不要求）",
                "Not checked (this policy does not ask for it)",
            ),
        )?;
        let quiet = paint::QUIET;
        for entry in &report.not_checked {
            writeln!(
                out,
                "  - {}  {quiet}{} · {}{quiet:#}",
                pad(self.language.check(entry.code), self.titles),
                entry.code.name(),
                needs(self.language, entry.needs),
            )?;
        }
        Ok(())
    }

    fn findings(&self, out: &mut dyn Write, report: &Report) -> io::Result<()> {
        if report.findings.is_empty() {
            return Ok(());
        }
        self.heading(out, self.language.pick("发现", "Findings"))?;
        let quiet = paint::QUIET;
        for finding in report.findings.iter().take(MAX_ITEMS) {
            writeln!(
                out,
                "  · {}  {quiet}{} · {}{quiet:#}",
                self.language.finding(finding.code),
                finding.code.name(),
                clip(&finding.place, FACT_COLUMNS),
            )?;
        }
        self.more(out, report.findings.len())
    }

    fn list(&self, out: &mut dyn Write, label: &str, items: &[String]) -> io::Result<()> {
        let quiet = paint::QUIET;
        for item in items.iter().take(MAX_ITEMS) {
            writeln!(
                out,
                "    {quiet}{label}: {}{quiet:#}",
                clip(item, FACT_COLUMNS)
            )?;
        }
        self.more(out, items.len())
    }

    fn more(&self, out: &mut dyn Write, count: usize) -> io::Result<()> {
        match count.saturating_sub(MAX_ITEMS) {
            0 => Ok(()),
            more => {
                let text = self
                    .language
                    .pick(format!("还有 {more} 项"), format!("{more} more"));
                writeln!(out, "    … {text}")
            }
        }
    }

    fn heading(&self, out: &mut dyn Write, text: &str) -> io::Result<()> {
        let label = paint::LABEL;
        writeln!(out, "\n{label}{text}{label:#}")
    }
}

fn title(language: Language, check: &Check) -> String {
    let title = language.check(check.code);
    match check.role {
        None => title.to_owned(),
        Some(role) => {
            let role = super::role(language, role);
            language.pick(format!("{title}（{role}）"), format!("{title} ({role})"))
        }
    }
}

fn title_width(language: Language, report: &Report) -> usize {
    let checks = report
        .all_checks()
        .map(|check| width(&title(language, check)));
    let skipped = report
        .not_checked
        .iter()
        .map(|entry| width(language.check(entry.code)));
    checks.chain(skipped).max().unwrap_or(0)
}

fn needs(language: Language, needs: &'static str) -> &'static str {
    let chinese = match needs {
        "crl" => "需要吊销列表（--crl）",
        "usable crl" => "需要可用的吊销列表（--crl）",
        "trust list" => "需要信任列表",
        "license status" => "需要证照状态",
        "content" => "需要原文（--content）",
        "signer certificate" => "需要签名人证书（--signer-cert）",
        "trust anchor" => "需要信任根",
        "time stamp" => "需要时间戳",
        _ => "需要新版本或其他证据",
    };
    let english = match needs {
        "crl" => "needs a revocation list (--crl)",
        "usable crl" => "needs a usable revocation list (--crl)",
        "trust list" => "needs a trust list",
        "license status" => "needs the license's status",
        "content" => "needs the content (--content)",
        "signer certificate" => "needs the signer's certificate (--signer-cert)",
        "trust anchor" => "needs a trust anchor",
        "time stamp" => "needs a time stamp",
        _ => "needs a later version or other evidence",
    };
    language.pick(chinese, english)
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::Ofd => "OFD",
        Format::Pdf => "PDF",
        Format::Seal => "SESeal",
        Format::SealSignature => "SES_Signature",
        Format::Cms => "CMS",
        Format::Unknown => "?",
    }
}

fn trust_list(language: Language, trust: &TrustFacts) -> String {
    let (version, days, freshness) = (
        trust.list_version,
        trust.list_age_days,
        trust.freshness.name(),
    );
    let trial = match trust.environment {
        Some(Environment::Test) => language.pick("（试用）", " (trials)"),
        _ => "",
    };
    language.pick(
        format!("第 {version} 版{trial} · 已签发 {days} 天 · {freshness}"),
        format!("version {version}{trial} · {days} days old · {freshness}"),
    )
}

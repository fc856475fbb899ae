//! The clerk's screen: four lines, made of the report's codes and nothing else.

use std::io::{self, Write};

use yinxin::trust::list::{Environment, Freshness};
use yinxin::verify::{Advice, Check, Detail, Outcome, Reason, Report, TrustFacts};

use super::columns::{self, Line};
use super::{license, paint, seal, when};
use crate::escape::clip;
use crate::language::{Language, Pick};

/// Columns of a changed file's name or another place.
const PLACE_COLUMNS: usize = 80;
/// Places that are named before "and more".
const PLACES: usize = 2;

/// Writes 结论, 证照, 印章与签章人, 原因与建议.
pub(crate) fn clerk(
    out: &mut dyn Write,
    language: Language,
    report: &Report,
    columns: Option<usize>,
) -> io::Result<()> {
    let label = |chinese, english| language.pick(chinese, english);
    let lines = [
        Line::plain(label("结论", "Verdict"), verdict(language, report))
            .styled(paint::style(report.outcome)),
        Line::plain(label("证照", "License"), license::line(language, report)),
        Line::plain(
            label("印章与签章人", "Seal and signer"),
            seal::line(language, report),
        ),
        Line::plain(
            label("原因与建议", "Why and what to do"),
            why(language, report),
        ),
    ];
    columns::write(out, &lines, 0, columns)
}

/// The last line of a batch.
pub(crate) fn tally(
    out: &mut dyn Write,
    language: Language,
    outcomes: &[Outcome],
    unreadable: usize,
) -> io::Result<()> {
    let count = |outcome| outcomes.iter().filter(|other| **other == outcome).count();
    let passed = count(Outcome::Passed);
    let failed = count(Outcome::Failed);
    let open = count(Outcome::Indeterminate);
    let all = outcomes.len() + unreadable;
    let line = language.pick(
        format!("共 {all} 个文件：通过 {passed}，不通过 {failed}，无法判定 {open}，读不了 {unreadable}"),
        format!("{all} files: {passed} passed, {failed} failed, {open} indeterminate, {unreadable} unreadable"),
    );
    writeln!(out, "{line}")
}

fn verdict(language: Language, report: &Report) -> String {
    let mark = paint::mark(report.outcome);
    let outcome = language.outcome(report.outcome);
    let (policy, version) = (
        clip(&report.policy.name, PLACE_COLUMNS),
        report.policy.version,
    );
    let at = when::time(language, report.evaluated_at);
    let axes = match report.outcome {
        Outcome::Passed => String::new(),
        _ => axes(language, report),
    };
    let trust = trust(language, &report.trust);
    language.pick(
        format!("{mark} {outcome}{axes} · 策略 {policy}（第 {version} 版）· 核验时间 {at}{trust}"),
        format!("{mark} {outcome}{axes} · policy {policy} v{version} · as of {at}{trust}"),
    )
}

/// What limits the trust a verdict rests on: a list for trials, or one that is due.
fn trust(language: Language, trust: &TrustFacts) -> String {
    let days = trust.list_age_days;
    let age = match trust.freshness {
        Freshness::StaleWarn => language.pick(
            format!(" · 信任列表已签发 {days} 天，请更新"),
            format!(" · trust list {days} days old: update it"),
        ),
        Freshness::StaleStop => language.pick(
            format!(" · 信任列表已签发 {days} 天，不再有效"),
            format!(" · trust list {days} days old: no longer used"),
        ),
        Freshness::Fresh | Freshness::None => String::new(),
    };
    let trial = match trust.environment {
        Some(Environment::Test) => language.pick(" · 试用信任列表", " · trust list for trials"),
        _ => "",
    };
    format!("{age}{trial}")
}

/// The three questions apart: an expired license is not a forgery.
fn axes(language: Language, report: &Report) -> String {
    let authentic = paint::mark(report.axes.authentic);
    let trusted = paint::mark(report.axes.trusted);
    let in_force = paint::mark(report.axes.in_force);
    language.pick(
        format!("（真实 {authentic} 可信 {trusted} 有效 {in_force}）"),
        format!(" (authentic {authentic} trusted {trusted} in force {in_force})"),
    )
}

fn why(language: Language, report: &Report) -> String {
    if report.outcome == Outcome::Passed {
        return passed(language, report);
    }
    let decisive = report.headline.and_then(|code| {
        report
            .all_checks()
            .find(|check| check.code == code && check.outcome == report.outcome)
    });
    let Some(check) = decisive else {
        return language
            .pick(
                "没有可以判定的印章或签名。请提供已签章的原始电子文件。",
                "There is no seal or signature to judge. Ask for the sealed original.",
            )
            .to_owned();
    };
    let mut text = reasoned(language, report, check);
    let more = report
        .all_checks()
        .filter(|check| check.outcome == report.outcome)
        .count();
    if more > 1 {
        let more = more - 1;
        text.push_str(&language.pick(
            format!("（另有 {more} 项，见 --detail）"),
            format!(" ({more} more: see --detail)"),
        ));
    }
    text
}

fn passed(language: Language, report: &Report) -> String {
    let checks = report.all_checks().count();
    let skipped = report.not_checked.len();
    let mut text = language.pick(
        format!("{checks} 项检查全部通过"),
        format!("All {checks} checks passed"),
    );
    if skipped > 0 {
        text.push_str(&language.pick(
            format!("；本策略不要求的 {skipped} 项未查，见 --detail"),
            format!("; {skipped} that this policy does not ask for were not run, see --detail"),
        ));
    }
    text.push_str(language.pick("。", "."));
    text
}

/// Cause, place and remedy of a check that did not pass.
fn reasoned(language: Language, report: &Report, check: &Check) -> String {
    let places =
        outside(language, check).unwrap_or_else(|| shown_places(language, &places(report, check)));
    let text = match check.reason.map(|reason| language.advice(reason)) {
        Some(Advice { cause, remedy }) => language.pick(
            format!("{cause}{places}{remedy}"),
            format!("{cause} {places}{remedy}"),
        ),
        None => language.check(check.code).to_owned(),
    };
    match check.role {
        Some(role) => {
            let role = super::role(language, role);
            language.pick(format!("{role}：{text}"), format!("{role}: {text}"))
        }
        None => text,
    }
}

/// What lies outside a scope, and the scope.
fn outside(language: Language, check: &Check) -> Option<String> {
    let key = match check.reason? {
        Reason::OutsideTypes => "type_code",
        Reason::OutsideIssuers => "issuer",
        Reason::OutsideRegion => "region",
        _ => return None,
    };
    let Some(Detail::Text(value)) = check.detail.get(key) else {
        return None;
    };
    let value = clip(value, PLACE_COLUMNS);
    let admitted = match check.detail.get("admitted") {
        Some(Detail::List(admitted)) => admitted.as_slice(),
        _ => &[],
    };
    let named = admitted.iter().take(PLACES);
    let named: Vec<_> = named.map(|one| clip(one, PLACE_COLUMNS)).collect();
    let scope = match (named.is_empty(), admitted.len() > PLACES) {
        (true, _) => language.pick("无", "nothing").to_owned(),
        (_, false) => named.join(language.pick("、", ", ")),
        (_, true) => language.pick(
            format!("{} 等 {} 项", named.join("、"), admitted.len()),
            format!("{} and {} more", named.join(", "), admitted.len() - PLACES),
        ),
    };
    Some(language.pick(
        format!("（{value}；授权范围：{scope}）"),
        format!("[{value}; admitted: {scope}] "),
    ))
}

/// The files or byte ranges that a check names, else those that its signature covers and that
/// were changed.
fn places<'a>(report: &'a Report, check: &'a Check) -> Vec<&'a str> {
    let named: Vec<&str> = check
        .detail
        .values()
        .flat_map(|detail| match detail {
            Detail::List(list) => list.as_slice(),
            Detail::Text(_) => &[],
        })
        .map(String::as_str)
        .collect();
    if !named.is_empty() || check.reason != Some(Reason::DigestDiffers) {
        return named;
    }
    report
        .signatures
        .iter()
        .find(|signature| signature.checks.contains(check))
        .map(|signature| {
            signature
                .coverage
                .changes
                .iter()
                .map(String::as_str)
                .collect()
        })
        .unwrap_or_default()
}

fn shown_places(language: Language, places: &[&str]) -> String {
    if places.is_empty() {
        return String::new();
    }
    let shown: Vec<String> = places
        .iter()
        .take(PLACES)
        .map(|place| clip(place, PLACE_COLUMNS))
        .map(|place| match place.strip_prefix("bytes ") {
            Some(range) => language.pick(format!("字节 {range}"), place.clone()),
            None => place,
        })
        .collect();
    let shown = shown.join(language.pick("、", ", "));
    match places.len().saturating_sub(PLACES) {
        0 => language.pick(format!("（{shown}）"), format!("[{shown}] ")),
        more => language.pick(
            format!("（{shown} 等 {} 处）", places.len()),
            format!("[{shown} and {more} more] "),
        ),
    }
}

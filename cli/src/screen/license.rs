//! The license line: only what signed bytes say.

use yinxin::license::Claims;
use yinxin::verify::{Format, Report};

use super::when;
use crate::escape::clip;
use crate::language::{Language, Pick};

/// Columns of one part of the line.
const PART_COLUMNS: usize = 60;

/// What the clerk reads under 证照.
pub(super) fn line(language: Language, report: &Report) -> String {
    match &report.license {
        Some(license) => summary(language, &license.claims),
        None => absence(language, report).to_owned(),
    }
}

fn summary(language: Language, claims: &Claims) -> String {
    let mut parts = Vec::new();
    let shown = |text: &str| clip(text, PART_COLUMNS);
    if let Some(name) = claims.name.as_deref().or(claims.type_name.as_deref()) {
        parts.push(shown(name));
    }
    if let Some(number) = claims.number.as_deref().or(claims.identifier.as_deref()) {
        parts.push(language.pick(
            format!("编号 {}", shown(number)),
            format!("No. {}", shown(number)),
        ));
    }
    let mut holders = claims
        .holders
        .iter()
        .filter_map(|holder| holder.name.as_deref());
    if let Some(first) = holders.next() {
        let more = holders.count();
        let first = shown(first);
        parts.push(match more {
            0 => language.pick(format!("持证主体 {first}"), format!("held by {first}")),
            _ => language.pick(
                format!("持证主体 {first} 等 {} 个", more + 1),
                format!("held by {first} and {more} more"),
            ),
        });
    }
    if let Some(issuer) = claims
        .issuers
        .iter()
        .find_map(|issuer| issuer.name.as_deref())
    {
        let issuer = shown(issuer);
        parts.push(language.pick(format!("{issuer} 颁发"), format!("issued by {issuer}")));
    }
    parts.extend(validity(language, claims));
    if claims.copy_cause.is_some() {
        parts.push(language.pick("加注件", "annotated copy").to_owned());
    }
    parts.join(" · ")
}

fn validity(language: Language, claims: &Claims) -> Option<String> {
    let from = claims
        .valid_from
        .as_ref()
        .map(|date| when::claimed(language, date));
    let until = claims
        .valid_until
        .as_ref()
        .map(|date| when::claimed(language, date));
    Some(match (from, until) {
        (Some(from), Some(until)) => language.pick(
            format!("有效期 {from} 至 {until}"),
            format!("valid {from} to {until}"),
        ),
        (Some(from), None) => {
            language.pick(format!("有效期自 {from} 起"), format!("valid from {from}"))
        }
        (None, Some(until)) => {
            language.pick(format!("有效期至 {until}"), format!("valid until {until}"))
        }
        (None, None) => return None,
    })
}

fn absence(language: Language, report: &Report) -> &'static str {
    if report.unsigned_claims.is_some() {
        return language.pick(
            "不予显示：文件里的证照数据没有受有效签章保护",
            "not shown: no good signature covers the license data in this file",
        );
    }
    if super::is_closed(report) {
        return language.pick(
            "文件已加密，看不到证照数据",
            "cannot be seen: the file is encrypted",
        );
    }
    match report.document.format {
        Format::Seal => language.pick("无（这是印章文件）", "none (this is a seal)"),
        Format::SealSignature | Format::Cms => {
            language.pick("无（这是签名数据）", "none (this is a bare signature)")
        }
        _ => language.pick("文件中没有证照数据", "no license data in this file"),
    }
}

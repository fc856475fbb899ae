//! The line of seal and signer.

use yinxin::verify::{Format, Outcome, PartyFacts, Report, SealFacts, SignatureReport};

use super::{paint, when};
use crate::escape::clip;
use crate::language::{Language, Pick};

/// Columns of a name.
const NAME_COLUMNS: usize = 60;

/// What the clerk reads under 印章与签章人: the first seal or signature, and how many more.
pub(super) fn line(language: Language, report: &Report) -> String {
    // A seal file is what it shows; a document shows first what counts against it.
    let Some(first) = report
        .signatures
        .iter()
        .min_by_key(|signature| signature.outcome)
    else {
        let absence = if super::is_closed(report) {
            language.pick(
                "文件已加密，看不到印章或签名",
                "cannot be seen: the file is encrypted",
            )
        } else {
            language.pick("没有印章或签名", "neither seal nor signature")
        };
        return absence.to_owned();
    };
    let mut text = describe(language, first, report.document.format);
    if report.signatures.len() > 1 {
        let passed = report
            .signatures
            .iter()
            .filter(|s| s.outcome == Outcome::Passed)
            .count();
        let all = report.signatures.len();
        text.push_str(&language.pick(
            format!("（共 {all} 个，{passed} 个通过）"),
            format!(" ({all} in all, {passed} passed)"),
        ));
    }
    text
}

fn describe(language: Language, signature: &SignatureReport, format: Format) -> String {
    let mut parts = Vec::new();
    if let Some(seal) = &signature.seal {
        parts.push(seal_name(language, seal));
        if format == Format::Seal {
            parts.extend(seal.maker.as_ref().map(|maker| {
                let maker = party_name(maker);
                language.pick(format!("制章者 {maker}"), format!("made by {maker}"))
            }));
            parts.extend(validity(language, seal));
        }
    }
    if let Some(signer) = &signature.signer {
        let name = party_name(signer);
        parts.push(language.pick(format!("签章人 {name}"), format!("signed by {name}")));
    }
    if let Some(time) = signature.signed_at {
        let time = when::time(language, time);
        parts.push(match signature.time_source {
            Some("token") => language.pick(format!("签于 {time}"), format!("at {time}")),
            _ => language.pick(
                format!("自称签于 {time}"),
                format!("claims to be of {time}"),
            ),
        });
    }
    if parts.is_empty() {
        parts.push(language.pick("读不出来", "unreadable").to_owned());
    }
    format!("{} {}", paint::mark(signature.outcome), parts.join(" · "))
}

/// The seal as it names itself.
pub(super) fn seal_name(language: Language, seal: &SealFacts) -> String {
    let name = clip(&seal.name, NAME_COLUMNS);
    language.pick(format!("“{name}”"), format!("\u{201c}{name}\u{201d}"))
}

fn validity(language: Language, seal: &SealFacts) -> Option<String> {
    let (from, until) = (when::day(seal.valid_from?), when::day(seal.valid_until?));
    Some(language.pick(
        format!("有效期 {from} 至 {until}"),
        format!("valid {from} to {until}"),
    ))
}

/// Who a certificate names: its common name, with the organisation if that is another.
pub(super) fn party_name(party: &PartyFacts) -> String {
    let common = party.common_name.as_deref();
    let organization = party.organization.as_deref();
    match (common, organization) {
        (Some(common), Some(organization)) if common != organization => {
            format!(
                "{} ({})",
                clip(common, NAME_COLUMNS),
                clip(organization, NAME_COLUMNS)
            )
        }
        (Some(name), _) | (None, Some(name)) => clip(name, NAME_COLUMNS),
        (None, None) => clip(&party.subject, NAME_COLUMNS),
    }
}

//! The screen of a certificate's path.

use std::io::{self, Write};

use yinxin::Time;
use yinxin::trust::{AnchorOutcome, Concern, PathReport, ProblemCode, RevocationStatus, Verdict};
use yinxin::verify::Outcome;

use super::columns::{self, Line};
use super::{paint, when};
use crate::escape::clip;
use crate::language::{Language, Pick};

/// Columns of a name.
const NAME_COLUMNS: usize = 160;

/// Writes the verdict, each concern, and the chain from the leaf up.
pub(crate) fn path(
    out: &mut dyn Write,
    language: Language,
    report: &PathReport,
    at: Time,
    columns: Option<usize>,
) -> io::Result<()> {
    let pick = |chinese, english| language.pick(chinese, english);
    let outcome = outcome(report.outcome());
    let time = when::time(language, at);
    let concerns: Vec<String> = CONCERNS
        .iter()
        .map(|(concern, chinese, english)| {
            let mark = match report.verdict(*concern) {
                Verdict::NotChecked => "–",
                verdict => paint::mark(self::outcome(verdict)),
            };
            format!("{} {mark}", pick(*chinese, *english))
        })
        .collect();
    let mut lines = vec![
        Line::plain(
            pick("结论", "Verdict"),
            format!(
                "{} {} · {time}",
                paint::mark(outcome),
                language.outcome(outcome)
            ),
        )
        .styled(paint::style(outcome)),
        Line::plain(pick("各项", "Checks"), concerns.join("  ")),
    ];
    if let AnchorOutcome::NotReached { issuer, .. } = report.anchor() {
        let issuer = clip(&issuer.to_string(), NAME_COLUMNS);
        lines.push(Line::plain(pick("缺少签发者", "Missing issuer"), issuer));
    }
    for problem in report.problems() {
        let text = problem_text(language, problem.code);
        lines.push(Line::plain(
            pick("问题", "Problem"),
            format!("[{}] {text} ({})", problem.certificate, problem.code.name()),
        ));
    }
    columns::write(out, &lines, 0, columns)?;
    writeln!(out)?;
    chain(out, language, report)
}

fn chain(out: &mut dyn Write, language: Language, report: &PathReport) -> io::Result<()> {
    let quiet = paint::QUIET;
    for (index, certificate) in report.certificates().enumerate() {
        let subject = clip(&certificate.subject, NAME_COLUMNS);
        let (from, until) = (
            when::day(certificate.not_before),
            when::day(certificate.not_after),
        );
        writeln!(out, "[{index}] {subject}")?;
        writeln!(
            out,
            "    {quiet}{} · {} · {from} → {until} · {}{quiet:#}",
            clip(&certificate.key, NAME_COLUMNS),
            certificate.algorithm,
            revocation(language, certificate.revocation),
        )?;
    }
    Ok(())
}

const CONCERNS: [(Concern, &str, &str); 5] = [
    (Concern::Anchor, "信任根", "anchor"),
    (Concern::Constraint, "用途与限制", "constraints"),
    (Concern::Algorithm, "算法", "algorithms"),
    (Concern::Validity, "有效期", "validity"),
    (Concern::Revocation, "吊销", "revocation"),
];

fn outcome(verdict: Verdict) -> Outcome {
    match verdict {
        Verdict::Passed => Outcome::Passed,
        Verdict::Failed => Outcome::Failed,
        Verdict::Indeterminate | Verdict::NotChecked => Outcome::Indeterminate,
    }
}

fn revocation(language: Language, status: RevocationStatus) -> String {
    match status {
        RevocationStatus::NotChecked => language
            .pick("吊销未查", "revocation not checked")
            .to_owned(),
        RevocationStatus::Good => language.pick("未吊销", "not revoked").to_owned(),
        RevocationStatus::Revoked { time, .. } => {
            let day = when::day(time);
            language.pick(format!("{day} 被吊销"), format!("revoked on {day}"))
        }
        RevocationStatus::Unknown(cause) => {
            let cause = cause.name();
            language.pick(
                format!("吊销状态不明（{cause}）"),
                format!("revocation unknown ({cause})"),
            )
        }
    }
}

fn problem_text(language: Language, code: ProblemCode) -> &'static str {
    let (chinese, english) = match code {
        ProblemCode::MissingIssuer => {
            ("没有签发者的证书", "the issuer's certificate was not given")
        }
        ProblemCode::AnchorOfOtherRole => (
            "签发者受信任，但不是为此用途",
            "the issuer is trusted, but not for this role",
        ),
        ProblemCode::TooLong => ("证书链超过允许的长度", "the path is longer than allowed"),
        ProblemCode::SearchLimit => (
            "同名证书过多，放弃搜索",
            "too many certificates of the same names",
        ),
        ProblemCode::SignatureMismatch => (
            "签名与签发者公钥不符",
            "the signature does not verify under the issuer's key",
        ),
        ProblemCode::AlgorithmNotOffered => ("算法不受支持", "the algorithm is not offered"),
        ProblemCode::WeakDigest => ("杂凑算法已不安全", "the digest is broken"),
        ProblemCode::WeakKey => ("密钥太短", "the key is too short"),
        ProblemCode::NotYetValid => ("证书尚未生效", "the certificate is not valid yet"),
        ProblemCode::Expired => ("证书已过期", "the certificate has expired"),
        ProblemCode::NotAnAuthority => (
            "签发者不是证书认证机构",
            "an issuer is no certification authority",
        ),
        ProblemCode::OldVersion => (
            "签发者证书版本过旧，未载明权限",
            "an issuer's certificate is too old to state its rights",
        ),
        ProblemCode::PathLength => (
            "下级机构层数超过签发者允许",
            "more authorities stand below an issuer than it allows",
        ),
        ProblemCode::IssuerKeyUsage => (
            "签发者密钥用途不含签发证书",
            "an issuer's key may not sign certificates",
        ),
        ProblemCode::IssuerExtendedKeyUsage => (
            "签发者扩展用途不含此用途",
            "an issuer may not certify this purpose",
        ),
        ProblemCode::LeafKeyUsage => ("密钥用途不含签名", "the key may not sign"),
        ProblemCode::LeafExtendedKeyUsage => (
            "扩展用途不含此用途",
            "the certificate is for other purposes",
        ),
        ProblemCode::UnknownCritical => ("有不认识的关键扩展", "a critical extension is not known"),
        ProblemCode::MalformedExtension => ("有扩展读不出来", "an extension cannot be read"),
        ProblemCode::NamelessAuthority => ("签发者证书没有名称", "an issuer has no name"),
        ProblemCode::NameNotPermitted => (
            "名称不在上级机构获准签发的范围内",
            "a name is outside those that an authority above may certify",
        ),
        ProblemCode::NameExcluded => (
            "名称在上级机构不得签发的范围内",
            "a name is among those that an authority above may not certify",
        ),
        ProblemCode::MalformedName => ("名称格式有误", "a name is malformed"),
        ProblemCode::NameForm => (
            "此类名称的限制不能判定，不予放行",
            "constraints of this form of name cannot be judged",
        ),
        ProblemCode::NameComparisons => (
            "名称与限制条目过多，放弃比对",
            "too many names and constraints to compare",
        ),
        ProblemCode::NoValidPolicy => (
            "证书链不满足所要求的证书策略",
            "no policy that is required is valid along the path",
        ),
        ProblemCode::AnyPolicyMapped => ("对“任意策略”作了映射", "the policy \"any\" is mapped"),
        ProblemCode::InvalidKey => ("公钥无效", "the public key is invalid"),
        ProblemCode::Revoked => ("证书已被吊销", "the certificate is revoked"),
        ProblemCode::RevocationUnknown => (
            "没有当前有效的吊销证据",
            "there is no current evidence about revocation",
        ),
        _ => ("其他问题", "another problem"),
    };
    language.pick(chinese, english)
}

//! The report: every fact a verdict rests on, and its canonical JSON.
//!
//! The JSON has one form: keys in schema order (`docs/schema/report.v1.json`), no floats, UTC
//! seconds, `serde_json`'s escaping. Every face hands out the same bytes.

use serde::{Serialize, Serializer};

use super::{Axis, Check, CheckCode, Outcome, Policy, Reason};
use crate::finding::Finding;
use crate::license::Claims;
use crate::time::Time;
use crate::trust::list::{Environment, Freshness};

/// The verdict on one document, with all that led to it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Report {
    schema: &'static str,
    /// Name and version of this library.
    pub library: &'static str,
    /// The policy it was judged under.
    pub policy: PolicyStamp,
    /// The verdict, under that policy.
    pub outcome: Outcome,
    /// The first failing check, else the first required one that could not be judged.
    #[serde(serialize_with = "code_name")]
    pub headline: Option<CheckCode>,
    /// The verdict taken apart into three questions.
    pub axes: Axes,
    /// What was judged.
    pub document: DocumentFacts,
    /// The time at which it was judged.
    pub evaluated_at: Time,
    /// License data from signed bytes only.
    pub license: Option<LicenseFacts>,
    /// License data that no good signature covers: what the file merely says.
    pub unsigned_claims: Option<Claims>,
    /// Seals and signatures, in file order.
    pub signatures: Vec<SignatureReport>,
    /// Checks of the document as a whole.
    pub checks: Vec<Check>,
    /// Checks that lacked their input and that the policy does not require.
    pub not_checked: Vec<NotChecked>,
    /// The trust material that was given.
    pub trust: TrustFacts,
    /// The evidence that was given.
    pub evidence: Vec<EvidenceFacts>,
    /// Tolerated defects and remarks.
    #[serde(serialize_with = "finding_list")]
    pub findings: Vec<Finding>,
}

/// Name and version of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyStamp {
    /// Its name and what was chosen besides, as [`Policy::label`] gives it.
    pub name: String,
    /// Its version.
    pub version: u32,
}

/// The three questions a verdict answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Axes {
    /// Are these the bytes that were sealed?
    pub authentic: Outcome,
    /// Was it sealed by whom it should be?
    pub trusted: Outcome,
    /// Is the license in force?
    pub in_force: Outcome,
}

/// What kind of input it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// An OFD package.
    Ofd,
    /// A PDF document.
    Pdf,
    /// A stand-alone seal (SESeal).
    Seal,
    /// A stand-alone seal signature (SES_Signature).
    SealSignature,
    /// A CMS or GB/T 35275 signature.
    Cms,
    /// None of these.
    Unknown,
}

/// The input's identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentFacts {
    /// What it is.
    pub format: Format,
    /// SM3 of all its bytes, hexadecimal.
    pub sm3: String,
    /// SHA-256 of all its bytes, hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
}

/// License data and where it stands.
#[derive(Clone, Debug, Serialize)]
pub struct LicenseFacts {
    /// The data, joined from all sources that agree.
    #[serde(flatten)]
    pub claims: Claims,
    /// Each source and the signatures that cover it.
    pub sources: Vec<SourceFacts>,
}

/// One source of license data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceFacts {
    /// `page`, `custom-data`, `attachment`, `xmp` or `embedded-file`.
    pub source: &'static str,
    /// Indices of the signatures that cover it.
    pub covered_by: Vec<usize>,
}

/// What a signature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SignatureKind {
    /// A seal, or a signature made with one.
    Seal,
    /// A signature without a seal.
    Signature,
    /// A time stamp over the document.
    Timestamp,
}

/// One seal or signature.
#[derive(Clone, Debug, Serialize)]
pub struct SignatureReport {
    /// Its place in the file, from 0.
    pub index: usize,
    /// What it is.
    pub kind: SignatureKind,
    /// The standard whose layout it has, with edition; `null` when unreadable.
    pub standard: Option<&'static str>,
    /// The algorithm of its value; `null` when unreadable.
    pub algorithm: Option<String>,
    /// The signer's certificate.
    pub signer: Option<PartyFacts>,
    /// The seal.
    pub seal: Option<SealFacts>,
    /// When it was signed, by the token or by the signer's word.
    pub signed_at: Option<Time>,
    /// Where that time comes from: `token` or `claimed`.
    pub time_source: Option<&'static str>,
    /// What it covers.
    pub coverage: CoverageFacts,
    /// The worst of its checks.
    pub outcome: Outcome,
    /// Its checks.
    pub checks: Vec<Check>,
}

/// A certificate, as facts for a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartyFacts {
    /// Subject name, RFC 4514 style.
    pub subject: String,
    /// Organization in the subject.
    pub organization: Option<String>,
    /// Common name in the subject.
    pub common_name: Option<String>,
    /// Issuer name.
    pub issuer: String,
    /// Serial number, hexadecimal.
    pub serial: String,
    /// Start of validity.
    pub valid_from: Time,
    /// End of validity.
    pub valid_until: Time,
    /// SHA-256 of the certificate, hexadecimal.
    pub sha256: String,
}

/// A seal, as facts for a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SealFacts {
    /// Its identifier (esID).
    pub id: String,
    /// Its name and what was chosen besides, as [`Policy::label`] gives it.
    pub name: String,
    /// Its type, a number whose meaning the vendor's code set gives.
    #[serde(rename = "type")]
    pub seal_type: i64,
    /// When it was made.
    pub created: Option<Time>,
    /// Start of its validity.
    pub valid_from: Option<Time>,
    /// End of its validity.
    pub valid_until: Option<Time>,
    /// The maker's certificate.
    pub maker: Option<PartyFacts>,
}

/// What a signature covers and what it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CoverageFacts {
    /// Parts that are displayed or present and that it does not cover.
    pub uncovered: Vec<String>,
    /// Covered parts that are not as they were signed.
    pub changes: Vec<String>,
    /// In OFD `whole`, when it covers the list of signatures, so that nobody can sign after it;
    /// `continue`, when it leaves the list open.
    pub mode: Option<&'static str>,
    /// Indices of the signatures that it covers: it was made after them.
    pub follows: Vec<usize>,
}

/// A check that was not run, and what it would need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotChecked {
    /// The check.
    pub code: CheckCode,
    /// What it needs, such as `crl`.
    pub needs: &'static str,
}

/// The trust material that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrustFacts {
    /// Version of the trust list; 0 without one.
    pub list_version: u64,
    /// Its age in days; 0 without one.
    pub list_age_days: u64,
    /// What the list is run for; `null` without one.
    pub environment: Option<Environment>,
    /// Number of anchors by role, as of the evaluation.
    pub anchors: AnchorCounts,
    /// How fresh the list is.
    pub freshness: Freshness,
}

/// Numbers of anchors by role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AnchorCounts {
    /// For signers.
    pub signer: usize,
    /// For seal makers.
    pub maker: usize,
    /// For time stamping authorities.
    pub tsa: usize,
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvidenceFacts {
    /// `crl`.
    pub kind: &'static str,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// When it was issued.
    pub this_update: Option<Time>,
    /// When the next one is due.
    pub next_update: Option<Time>,
}

/// Everything a report holds before the verdict is drawn from it.
pub(super) struct Facts {
    pub(super) document: DocumentFacts,
    pub(super) evaluated_at: Time,
    pub(super) license: Option<LicenseFacts>,
    pub(super) unsigned_claims: Option<Claims>,
    pub(super) signatures: Vec<SignatureReport>,
    pub(super) checks: Vec<Check>,
    pub(super) trust: TrustFacts,
    pub(super) evidence: Vec<EvidenceFacts>,
    pub(super) findings: Vec<Finding>,
}

impl Report {
    /// Draws the verdict: any failed check fails; else any required check that could not be
    /// judged leaves it open; else it passed, provided a seal or signature did.
    pub(super) fn conclude(policy: &Policy, mut facts: Facts) -> Self {
        let mut not_checked = Vec::new();
        let mut set_aside = |checks: &mut Vec<Check>| {
            checks.retain(|check| {
                let keep = check.outcome != Outcome::Indeterminate || policy.requires(check.code);
                if !keep {
                    not_checked.push(NotChecked {
                        code: check.code,
                        needs: needs(check.reason),
                    });
                }
                keep
            });
        };
        for signature in &mut facts.signatures {
            set_aside(&mut signature.checks);
            signature.outcome = signature.conclude();
        }
        set_aside(&mut facts.checks);
        not_checked.sort_by_key(|entry| (entry.code, entry.needs));
        not_checked.dedup();
        facts.findings.sort();
        facts.findings.dedup();

        let all = || {
            facts
                .checks
                .iter()
                .chain(facts.signatures.iter().flat_map(|s| &s.checks))
        };
        let signed = facts
            .signatures
            .iter()
            .any(|s| s.outcome == Outcome::Passed);
        let floor = (!signed).then_some(Outcome::Indeterminate);
        let outcome = Outcome::worst(all().map(|check| check.outcome).chain(floor));
        let headline = (outcome != Outcome::Passed)
            .then(|| {
                all()
                    .filter(|check| check.outcome == outcome)
                    .map(|check| check.code)
                    .min()
            })
            .flatten();
        let axis = |axis| {
            let of_axis = all().filter(|check| check.code.axis() == axis);
            Outcome::worst(of_axis.map(|check| check.outcome))
        };
        // Dates alone do not tell that a license was not cancelled, whatever the policy asks.
        let status_open = not_checked
            .iter()
            .any(|entry| entry.code == CheckCode::LicenseStatus);
        let in_force = Outcome::worst(
            [axis(Axis::InForce)]
                .into_iter()
                .chain(status_open.then_some(Outcome::Indeterminate)),
        );
        let axes = Axes {
            authentic: axis(Axis::Authentic),
            trusted: axis(Axis::Trusted),
            in_force,
        };
        Self {
            schema: "yinxin.report/1",
            library: concat!("yinxin ", env!("CARGO_PKG_VERSION")),
            policy: PolicyStamp {
                name: policy.label(),
                version: policy.version(),
            },
            outcome,
            headline,
            axes,
            document: facts.document,
            evaluated_at: facts.evaluated_at,
            license: facts.license,
            unsigned_claims: facts.unsigned_claims,
            signatures: facts.signatures,
            checks: facts.checks,
            not_checked,
            trust: facts.trust,
            evidence: facts.evidence,
            findings: facts.findings,
        }
    }

    /// The canonical JSON, without a line break at its end.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, integers and maps with string keys always serialise.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Every check: the document's first, then each signature's in order.
    pub fn all_checks(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().chain(
            self.signatures
                .iter()
                .flat_map(|signature| &signature.checks),
        )
    }
}

impl SignatureReport {
    /// The worst of its checks; never passed without those that make it a signature at all.
    fn conclude(&self) -> Outcome {
        let essential: &[CheckCode] = match (self.kind, &self.signer) {
            // A stand-alone seal has a maker and no signer.
            (SignatureKind::Seal, None) => &[CheckCode::SealMakerSignature, CheckCode::PathAnchor],
            (SignatureKind::Seal, Some(_)) => &[
                CheckCode::SignatureDigest,
                CheckCode::SignatureValue,
                CheckCode::SealMakerSignature,
                CheckCode::SealSignatureSignerListed,
                CheckCode::PathAnchor,
            ],
            (SignatureKind::Signature | SignatureKind::Timestamp, _) => {
                &[CheckCode::SignatureValue, CheckCode::PathAnchor]
            }
        };
        let was_run = |code: &CheckCode| self.checks.iter().any(|check| check.code == *code);
        let floor = (!essential.iter().all(was_run)).then_some(Outcome::Indeterminate);
        let outcomes = self.checks.iter().map(|check| check.outcome);
        Outcome::worst(outcomes.chain(floor))
    }
}

/// What would let a check be judged.
fn needs(reason: Option<Reason>) -> &'static str {
    match reason {
        Some(Reason::NoRevocationList | Reason::RevocationListStale) => "crl",
        Some(Reason::RevocationListUnusable) => "usable crl",
        Some(
            Reason::AuthorityUnknown
            | Reason::NameOnly
            | Reason::NamesDiffer
            | Reason::TrustListStale
            | Reason::ClockBeforeList
            | Reason::AnchorWithdrawn
            | Reason::AnchorNotInForce,
        ) => "trust list",
        Some(Reason::StatusUnknown) => "license status",
        Some(Reason::ContentNotGiven) => "content",
        Some(Reason::CertificateMissing) => "signer certificate",
        Some(Reason::NoAnchors | Reason::NoPath) => "trust anchor",
        Some(Reason::TimeNotProven | Reason::RevokedSince) => "time stamp",
        _ => "a later version or other evidence",
    }
}

impl Serialize for NotChecked {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut entry = serializer.serialize_struct("NotChecked", 2)?;
        entry.serialize_field("code", self.code.name())?;
        entry.serialize_field("needs", self.needs)?;
        entry.end()
    }
}

fn code_name<S: Serializer>(code: &Option<CheckCode>, serializer: S) -> Result<S::Ok, S::Error> {
    code.map(CheckCode::name).serialize(serializer)
}

fn finding_list<S: Serializer>(findings: &[Finding], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Entry<'a> {
        code: &'static str,
        r#where: &'a str,
    }
    serializer.collect_seq(findings.iter().map(|finding| Entry {
        code: finding.code.name(),
        r#where: &finding.place,
    }))
}

//! Policies: which checks a verdict needs, as values.

use serde::{Deserialize, Serialize};

use super::CheckCode;
use crate::error::{Error, Result};

/// How departures from the encodings are met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reading {
    /// Each is a finding; what can be read for sure is judged.
    Interop,
    /// Each fails the check it touches.
    Strict,
}

/// Under what rules a document is judged. Named and versioned in every report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    name: String,
    version: u32,
    required: Vec<CheckCode>,
    reading: Reading,
    weak_algorithms: WeakAlgorithms,
    annexes: Annexes,
    maker_rule: MakerRule,
    seal_as_of: SealAsOf,
    later_changes: Vec<LaterChange>,
}

/// What may be done to a PDF after a signature without failing it. Whatever is not named fails,
/// and so does all that an earlier signature forbids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LaterChange {
    /// Evidence in the document's security store.
    Evidence,
    /// Time stamps over the document.
    TimeStamp,
    /// Further signatures, and empty fields for them.
    Signature,
    /// Values of form fields, where an author's signature permits them.
    PermittedFormFill,
    /// Values of form fields in any document whose author does not forbid them.
    FormFill,
    /// Comments, where an author's signature permits them. They may paint over a page.
    PermittedAnnotation,
    /// Comments in any document whose author does not forbid them.
    Annotation,
}

impl LaterChange {
    /// The stable name, such as `permitted-annotation`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::TimeStamp => "time-stamp",
            Self::Signature => "signature",
            Self::PermittedFormFill => "permitted-form-fill",
            Self::FormFill => "form-fill",
            Self::PermittedAnnotation => "permitted-annotation",
            Self::Annotation => "annotation",
        }
    }
}

/// What every preset admits.
const LATER_CHANGES: &[LaterChange] = &[
    LaterChange::Evidence,
    LaterChange::TimeStamp,
    LaterChange::Signature,
    LaterChange::PermittedFormFill,
];

fn later_changes() -> Vec<LaterChange> {
    LATER_CHANGES.to_vec()
}

/// Whose words govern a seal whose maker's certificate has ended or was revoked. In every case it
/// must have been good at createDate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MakerRule {
    /// Good at createDate is enough; but if it was revoked since, a verified time stamp must show
    /// that the seal is older, for whoever holds a stolen key dates back. The default.
    #[default]
    Proven,
    /// GM/T 0031-2025 for every layout: good at createDate is enough, the rest is noted.
    AtCreation,
    /// GM/T 0031-2014 and GB/T 38540-2020 for every layout: ended or revoked fails, whatever the
    /// cause, as of [`SealAsOf`].
    Unconditional,
    /// Each layout by the words of its own edition.
    OfEdition,
}

/// As of when the seal in a signature is judged, where the texts speak of no other time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SealAsOf {
    /// When it was used. The default.
    #[default]
    Signing,
    /// When the verdict is made, as the clauses on verifying a seal read by the letter: a sealed
    /// document fails once its seal has ended.
    Evaluation,
}

/// Which displayed parts beside the pages may stand outside every signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Annexes {
    /// None: annotations and attachments are covered like pages.
    Covered,
    /// Attachments, tags and extensions, which paint nothing; each is a finding. The default.
    AttachmentsFree,
    /// Annotations as well, although they may paint over a page.
    Free,
}

/// What becomes of SHA-1 and of RSA below 2048 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WeakAlgorithms {
    /// Failed.
    Refuse,
    /// Judged like others, with the name of the algorithm in the report.
    Admit,
}

/// What every preset asks: intact, valid, sealed with a good seal by a listed signer, on a path
/// to an anchor, at a plausible time.
const BASIC: &[CheckCode] = &[
    CheckCode::ContainerFormat,
    CheckCode::DocumentSigned,
    CheckCode::SignatureReferences,
    CheckCode::PdfByteRange,
    CheckCode::PdfRevision,
    CheckCode::PdfModification,
    CheckCode::PdfPermission,
    CheckCode::SignatureDigest,
    CheckCode::SignatureValue,
    CheckCode::SignatureAlgorithm,
    CheckCode::CoverageDocument,
    CheckCode::SealFormat,
    CheckCode::SealMakerSignature,
    CheckCode::SealMakerCertificate,
    CheckCode::SealValidity,
    CheckCode::SealSignatureSignerListed,
    CheckCode::SealSignatureTime,
    CheckCode::TimeClock,
    CheckCode::PathAnchor,
    CheckCode::PathConstraint,
    CheckCode::PathAlgorithm,
];

/// What a service window asks besides.
const WINDOW: &[CheckCode] = &[
    CheckCode::RevocationSigner,
    CheckCode::RevocationMaker,
    CheckCode::AuthorityMaker,
    CheckCode::AuthorityIssuer,
    CheckCode::AuthorityScope,
    CheckCode::LicenseStatus,
];

impl Policy {
    /// Intact, valid and chained: for tests, demonstrations and technical questions.
    #[must_use]
    pub fn basic() -> Self {
        Self::preset("basic", &[BASIC])
    }

    /// What a clerk needs before relying on a license: `basic` and revocation, authority and
    /// license status. The default.
    #[must_use]
    pub fn window() -> Self {
        Self::preset("window", &[BASIC, WINDOW])
    }

    /// What an archive needs: `window` and proof of the time of signing.
    #[must_use]
    pub fn archive() -> Self {
        Self::preset(
            "archive",
            &[BASIC, WINDOW, &[CheckCode::SignatureTimestamp]],
        )
    }

    fn preset(name: &str, required: &[&[CheckCode]]) -> Self {
        Self {
            name: name.to_owned(),
            version: 1,
            required: required.concat(),
            reading: Reading::Interop,
            weak_algorithms: WeakAlgorithms::Refuse,
            annexes: Annexes::AttachmentsFree,
            maker_rule: MakerRule::default(),
            seal_as_of: SealAsOf::default(),
            later_changes: later_changes(),
        }
    }

    /// A preset by its name.
    ///
    /// # Errors
    /// `invalid_argument` for any name but `basic`, `window` and `archive`.
    pub fn by_name(name: &str) -> Result<Self> {
        match name {
            "basic" => Ok(Self::basic()),
            "window" => Ok(Self::window()),
            "archive" => Ok(Self::archive()),
            _ => Err(Error::argument("a policy is basic, window or archive")),
        }
    }

    /// Reads a policy from its JSON form, as [`Policy::to_json`] writes it.
    ///
    /// # Errors
    /// `invalid_argument` when it is not one.
    pub fn from_json(json: &str) -> Result<Self> {
        let document: PolicyDocument =
            serde_json::from_str(json).map_err(|_| Error::argument("the text is not a policy"))?;
        let required = document
            .required
            .iter()
            .map(|name| {
                CheckCode::from_name(name).ok_or_else(|| {
                    Error::argument("a policy names an unknown check").with("code", name)
                })
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(Self {
            name: document.name,
            version: document.version,
            required,
            reading: document.reading,
            weak_algorithms: document.weak_algorithms,
            annexes: document.annexes,
            maker_rule: document.maker_rule,
            seal_as_of: document.seal_as_of,
            later_changes: document.later_changes,
        })
    }

    /// Its JSON form.
    #[must_use]
    pub fn to_json(&self) -> String {
        let document = PolicyDocument {
            name: self.name.clone(),
            version: self.version,
            required: self
                .required
                .iter()
                .map(|code| code.name().to_owned())
                .collect(),
            reading: self.reading,
            weak_algorithms: self.weak_algorithms,
            annexes: self.annexes,
            maker_rule: self.maker_rule,
            seal_as_of: self.seal_as_of,
            later_changes: self.later_changes.clone(),
        };
        // Strings and numbers in a map with string keys always serialise.
        serde_json::to_string(&document).unwrap_or_default()
    }

    /// The same policy with strict reading: every encoding defect fails the check it touches.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.reading = Reading::Strict;
        self
    }

    /// The same policy with another rule for makers' certificates.
    #[must_use]
    pub fn with_maker_rule(mut self, rule: MakerRule) -> Self {
        self.maker_rule = rule;
        self
    }

    /// The same policy with seals judged as of another time.
    #[must_use]
    pub fn with_seal_as_of(mut self, as_of: SealAsOf) -> Self {
        self.seal_as_of = as_of;
        self
    }

    /// The same policy with exactly these changes of a PDF admitted after a signature.
    #[must_use]
    pub fn with_later_changes(mut self, admitted: &[LaterChange]) -> Self {
        self.later_changes = admitted.to_vec();
        self.later_changes.sort_unstable();
        self.later_changes.dedup();
        self
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its name and what was chosen besides, as reports print it: `window`,
    /// `basic+strict+maker-of-edition`. Two verdicts that differ for a choice differ here too.
    #[must_use]
    pub fn label(&self) -> String {
        let choices = [
            (self.reading == Reading::Strict).then_some("strict"),
            match self.maker_rule {
                MakerRule::Proven => None,
                MakerRule::AtCreation => Some("maker-at-creation"),
                MakerRule::Unconditional => Some("maker-unconditional"),
                MakerRule::OfEdition => Some("maker-of-edition"),
            },
            match self.seal_as_of {
                SealAsOf::Signing => None,
                SealAsOf::Evaluation => Some("seal-as-of-evaluation"),
            },
        ];
        let label = choices
            .into_iter()
            .flatten()
            .fold(self.name.clone(), |label, choice| label + "+" + choice);
        let changes = |changes: &[LaterChange], others: &[LaterChange], word: &str| {
            let own = changes.iter().filter(|change| !others.contains(change));
            own.map(|change| format!("+{word}-{}", change.name()))
                .collect::<String>()
        };
        label
            + &changes(&self.later_changes, LATER_CHANGES, "admit")
            + &changes(LATER_CHANGES, &self.later_changes, "refuse")
    }

    /// Its version.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// How encoding defects are met.
    #[must_use]
    pub fn reading(&self) -> Reading {
        self.reading
    }

    /// What becomes of weak algorithms.
    #[must_use]
    pub fn weak_algorithms(&self) -> WeakAlgorithms {
        self.weak_algorithms
    }

    /// Which parts beside the pages may stand outside every signature.
    #[must_use]
    pub fn annexes(&self) -> Annexes {
        self.annexes
    }

    /// Whose words govern makers' certificates.
    #[must_use]
    pub fn maker_rule(&self) -> MakerRule {
        self.maker_rule
    }

    /// As of when the seal in a signature is judged.
    #[must_use]
    pub fn seal_as_of(&self) -> SealAsOf {
        self.seal_as_of
    }

    /// What may be done to a PDF after a signature.
    #[must_use]
    pub fn later_changes(&self) -> &[LaterChange] {
        &self.later_changes
    }

    /// The checks it requires.
    #[must_use]
    pub fn required(&self) -> &[CheckCode] {
        &self.required
    }

    pub(crate) fn requires(&self, code: CheckCode) -> bool {
        self.required.contains(&code)
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::window()
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyDocument {
    name: String,
    version: u32,
    required: Vec<String>,
    reading: Reading,
    weak_algorithms: WeakAlgorithms,
    annexes: Annexes,
    // Policies written before these two existed meant their defaults.
    #[serde(default)]
    maker_rule: MakerRule,
    #[serde(default)]
    seal_as_of: SealAsOf,
    #[serde(default = "later_changes")]
    later_changes: Vec<LaterChange>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_preset_asks_all_that_the_one_before_asks() {
        let presets = [Policy::basic(), Policy::window(), Policy::archive()];
        for pair in presets.windows(2) {
            assert!(pair[0].required.iter().all(|code| pair[1].requires(*code)));
            assert!(pair[0].required.len() < pair[1].required.len());
        }
    }

    #[test]
    fn a_label_tells_every_choice() {
        assert_eq!(Policy::window().label(), "window");
        let policy = Policy::basic()
            .strict()
            .with_maker_rule(MakerRule::Unconditional)
            .with_seal_as_of(SealAsOf::Evaluation);
        assert_eq!(
            policy.label(),
            "basic+strict+maker-unconditional+seal-as-of-evaluation"
        );
        let changes = [
            LaterChange::TimeStamp,
            LaterChange::Signature,
            LaterChange::PermittedFormFill,
            LaterChange::PermittedAnnotation,
        ];
        assert_eq!(
            Policy::window().with_later_changes(&changes).label(),
            "window+admit-permitted-annotation+refuse-evidence"
        );
    }

    #[test]
    fn a_policy_survives_its_json() {
        let policy = Policy::archive()
            .strict()
            .with_maker_rule(MakerRule::OfEdition)
            .with_seal_as_of(SealAsOf::Evaluation);
        assert_eq!(Policy::from_json(&policy.to_json()).unwrap(), policy);
        let older = Policy::basic().to_json();
        let older = older.replace(r#","maker_rule":"proven","seal_as_of":"signing""#, "");
        assert!(!older.contains("maker_rule"));
        assert_eq!(Policy::from_json(&older).unwrap(), Policy::basic());
        assert!(Policy::from_json(r#"{"name":"x"}"#).is_err());
        let commented = Policy::basic().with_later_changes(&[LaterChange::Annotation]);
        assert_eq!(Policy::from_json(&commented.to_json()).unwrap(), commented);
        let before = policy.to_json().replace(
            r#","later_changes":["evidence","time-stamp","signature","permitted-form-fill"]"#,
            "",
        );
        assert_ne!(before, policy.to_json());
        assert_eq!(Policy::from_json(&before).unwrap(), policy);
    }
}

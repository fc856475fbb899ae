//! What came of a question about a path: concerns apart, causes by code.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::asn1::Oid;
use crate::crypto::{DigestAlgorithm, PublicKey, PublicKeyKind};
use crate::finding::Finding;
use crate::pki::{Certificate, Name, RevocationReason};
use crate::time::Time;

/// How one concern came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Looked at, and good.
    Passed,
    /// Looked at, and could not be judged.
    Indeterminate,
    /// Looked at, and bad.
    Failed,
    /// Not looked at: the question did not ask for it, or there was no path to look at.
    NotChecked,
}

impl Verdict {
    /// Its stable name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Indeterminate => "indeterminate",
            Self::Failed => "failed",
            Self::NotChecked => "not_checked",
        }
    }

    /// The worse of two: failed, indeterminate, passed, not checked.
    #[must_use]
    pub fn worse(self, other: Self) -> Self {
        let weight = |verdict| match verdict {
            Self::NotChecked => 0,
            Self::Passed => 1,
            Self::Indeterminate => 2,
            Self::Failed => 3,
        };
        if weight(other) > weight(self) {
            other
        } else {
            self
        }
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// What a problem is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Concern {
    /// Reaching an anchor (`path.anchor`).
    Anchor,
    /// Rights along the path (`path.constraint`).
    Constraint,
    /// Algorithms and key sizes (`path.algorithm`).
    Algorithm,
    /// Being within validity.
    Validity,
    /// Revocation (`revocation.*`).
    Revocation,
}

impl Concern {
    /// The check of a document's report that the concern is part of; of revocation without the
    /// role that ends its name.
    #[must_use]
    pub const fn check(self) -> &'static str {
        match self {
            Self::Anchor => "path.anchor",
            Self::Constraint | Self::Validity => "path.constraint",
            Self::Algorithm => "path.algorithm",
            Self::Revocation => "revocation",
        }
    }
}

macro_rules! problem_codes {
    ($($(#[doc = $doc:literal])+ $variant:ident: $concern:ident, $verdict:ident, $name:literal;)+) => {
        /// What is wrong, or cannot be judged, with a stable name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ProblemCode {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl ProblemCode {
            /// Every code.
            pub const ALL: &[ProblemCode] = &[$(ProblemCode::$variant,)+];

            /// The stable name, such as `not_an_authority`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What it is about.
            #[must_use]
            pub const fn concern(self) -> Concern {
                match self { $(Self::$variant => Concern::$concern,)+ }
            }

            /// How the concern comes out with it.
            #[must_use]
            pub const fn verdict(self) -> Verdict {
                match self { $(Self::$variant => Verdict::$verdict,)+ }
            }
        }
    };
}

problem_codes! {
    /// No certificate of the issuer was given.
    MissingIssuer: Anchor, Indeterminate, "missing_issuer";
    /// The issuer is an anchor, but not in the role asked for.
    AnchorOfOtherRole: Anchor, Indeterminate, "anchor_of_other_role";
    /// The path would be longer than the question allows.
    TooLong: Anchor, Indeterminate, "path_too_long";
    /// The search was given up: too many certificates of the same names.
    SearchLimit: Anchor, Indeterminate, "search_limit";
    /// The signature does not verify under the key of the issuer given.
    SignatureMismatch: Anchor, Failed, "signature_mismatch";
    /// The issuer's key, or the algorithm it signed with, is not offered here.
    AlgorithmNotOffered: Algorithm, Indeterminate, "algorithm_not_offered";
    /// The signature uses a broken digest (MD5), or SHA-1 where the policy does not allow it.
    WeakDigest: Algorithm, Failed, "weak_digest";
    /// An RSA key has fewer than 2048 bits.
    WeakKey: Algorithm, Failed, "weak_key";
    /// A key is off its curve, or its curve is spelled out instead of named.
    InvalidKey: Algorithm, Failed, "invalid_key";
    /// The certificate is not valid yet.
    NotYetValid: Validity, Failed, "not_yet_valid";
    /// The certificate has expired.
    Expired: Validity, Failed, "expired";
    /// An issuer is not marked as a certification authority.
    NotAnAuthority: Constraint, Failed, "not_an_authority";
    /// An issuer's certificate is of version 1 or 2 and can say nothing of its rights.
    OldVersion: Constraint, Failed, "old_version";
    /// More authorities stand below an issuer than it allows.
    PathLength: Constraint, Failed, "path_length";
    /// An issuer's key usage does not include signing certificates.
    IssuerKeyUsage: Constraint, Failed, "issuer_key_usage";
    /// An issuer's extended key usage does not include the purpose.
    IssuerExtendedKeyUsage: Constraint, Failed, "issuer_extended_key_usage";
    /// The key usage includes signing certificates, and the certificate is no authority's.
    UsageWithoutAuthority: Constraint, Failed, "cert_sign_without_authority";
    /// The leaf's key usage does not include signing.
    LeafKeyUsage: Constraint, Failed, "leaf_key_usage";
    /// The leaf's extended key usage does not include the purpose.
    LeafExtendedKeyUsage: Constraint, Failed, "leaf_extended_key_usage";
    /// A critical extension is not known.
    UnknownCritical: Constraint, Failed, "unknown_critical_extension";
    /// An extension cannot be read.
    MalformedExtension: Constraint, Failed, "malformed_extension";
    /// An authority has no name.
    NamelessAuthority: Constraint, Failed, "nameless_authority";
    /// A name is outside those that an authority above is permitted to certify.
    NameNotPermitted: Constraint, Failed, "name_not_permitted";
    /// A name is among those that an authority above may not certify.
    NameExcluded: Constraint, Failed, "name_excluded";
    /// A name of a constrained form is malformed, so that nothing can be told of it.
    MalformedName: Constraint, Failed, "malformed_name";
    /// A name is of a form whose constraints cannot be judged here.
    NameForm: Constraint, Failed, "name_form_not_judged";
    /// Names and constraints are too many to be compared.
    NameComparisons: Constraint, Indeterminate, "name_comparisons_limit";
    /// No policy is valid along the whole path that is required and accepted.
    NoValidPolicy: Constraint, Failed, "no_valid_policy";
    /// The policy "any" is mapped, which no authority may do.
    AnyPolicyMapped: Constraint, Failed, "any_policy_mapped";
    /// A certificate is revoked.
    Revoked: Revocation, Failed, "revoked";
    /// There is no current evidence about a certificate.
    RevocationUnknown: Revocation, Indeterminate, "revocation_unknown";
}

impl Serialize for ProblemCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl ProblemCode {
    /// The sub-indication of ETSI EN 319 102-1 that says the same.
    #[must_use]
    pub const fn sub_indication(self) -> &'static str {
        match self {
            Self::MissingIssuer | Self::AnchorOfOtherRole | Self::TooLong => {
                "NO_CERTIFICATE_CHAIN_FOUND"
            }
            Self::SearchLimit | Self::SignatureMismatch | Self::NameComparisons => {
                "CERTIFICATE_CHAIN_GENERAL_FAILURE"
            }
            Self::NotYetValid | Self::Expired => "OUT_OF_BOUNDS_NO_POE",
            Self::Revoked => "REVOKED",
            Self::RevocationUnknown => "TRY_LATER",
            _ => match self.concern() {
                Concern::Algorithm => "CRYPTO_CONSTRAINTS_FAILURE",
                _ => "CHAIN_CONSTRAINTS_FAILURE",
            },
        }
    }
}

/// One problem, and at which certificate of the path (0 is the leaf).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PathProblem {
    /// What.
    pub code: ProblemCode,
    /// Where.
    pub certificate: usize,
}

impl Serialize for PathProblem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("PathProblem", 4)?;
        fields.serialize_field("code", &self.code)?;
        fields.serialize_field("certificate", &self.certificate)?;
        fields.serialize_field("check", self.code.concern().check())?;
        fields.serialize_field("verdict", &self.code.verdict())?;
        fields.end()
    }
}

macro_rules! unknown_causes {
    ($($(#[doc = $doc:literal])+ $variant:ident, $name:literal;)+) => {
        /// Why nothing is known about a certificate's revocation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum UnknownCause {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl UnknownCause {
            /// Its stable name in reports.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

unknown_causes! {
    /// No evidence of its issuer was given.
    None, "none";
    /// The next update is past.
    Stale, "stale";
    /// The evidence is from later than the time asked for.
    NotYetValid, "not_yet_valid";
    /// The evidence does not say when the next is due.
    NoNextUpdate, "no_next_update";
    /// The evidence was made after the certificate expired, and does not keep such.
    AfterExpiry, "after_expiry";
    /// The issuer's key did not sign it: another key may have.
    SignatureMismatch, "signature_mismatch";
    /// It is signed by somebody who is not shown to be entitled.
    SignerUntrusted, "signer_untrusted";
    /// The issuer may not sign lists.
    IssuerKeyUsage, "issuer_key_usage";
    /// A weak algorithm is used.
    WeakAlgorithm, "weak_algorithm";
    /// The list speaks for other certificates: another part, or a delta without its base.
    OtherScope, "other_scope";
    /// The lists given tell of some reasons for revocation only.
    SomeReasons, "some_reasons";
    /// A critical extension is not known.
    UnknownCritical, "unknown_critical_extension";
    /// The OCSP response does not repeat the nonce that was sent.
    Nonce, "nonce";
    /// The OCSP responder does not know the certificate.
    ResponderDoesNotKnow, "responder_does_not_know";
    /// The OCSP responder's certificate was not issued for that by the certificate's issuer.
    NotDelegated, "not_delegated";
    /// The OCSP responder's certificate was not valid when the response was made.
    ResponderValidity, "responder_validity";
    /// The OCSP responder's certificate is revoked.
    ResponderRevoked, "responder_revoked";
    /// Whether the OCSP responder's certificate is revoked is not known.
    ResponderUnknown, "responder_unknown";
    /// The search was given up before a signature was checked.
    SearchLimit, "search_limit";
}

/// A piece of the evidence that was given, by its place among its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EvidenceRef {
    /// A revocation list.
    Crl(usize),
    /// An OCSP response.
    Ocsp(usize),
}

/// What is known of one certificate's revocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationStatus {
    /// Not asked for, or an anchor, which nobody revokes.
    NotChecked,
    /// A current list of its issuer does not name it.
    Good,
    /// A list of its issuer names it that was made by the time the evidence is asked for, or that
    /// says it was revoked by then.
    Revoked {
        /// Since when, as the list says; it may announce a date to come.
        time: Time,
        /// Why, where the list says so.
        reason: Option<RevocationReason>,
    },
    /// Neither.
    Unknown(UnknownCause),
}

impl Serialize for RevocationStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("RevocationStatus", 4)?;
        let (status, time, reason, cause) = match self {
            Self::NotChecked => ("not_checked", None, None, None),
            Self::Good => ("good", None, None, None),
            Self::Revoked { time, reason } => (
                "revoked",
                Some(*time),
                reason.map(RevocationReason::name),
                None,
            ),
            Self::Unknown(cause) => ("unknown", None, None, Some(cause.name())),
        };
        fields.serialize_field("status", status)?;
        fields.serialize_field("time", &time)?;
        fields.serialize_field("reason", &reason)?;
        fields.serialize_field("cause", &cause)?;
        fields.end()
    }
}

/// Whether the path reaches somebody the caller believes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnchorOutcome {
    /// The last certificate of the chain is an anchor in the role asked for.
    Reached,
    /// It is not; the chain is the best partial one, and this issuer is the next that is
    /// missing or does not fit.
    NotReached {
        /// The name of the issuer.
        issuer: Name,
        /// Why.
        cause: ProblemCode,
    },
}

/// The judged path: the best of all candidates.
#[derive(Clone, Debug)]
pub struct PathReport {
    pub(super) chain: Vec<Certificate>,
    pub(super) anchor: AnchorOutcome,
    pub(super) problems: Vec<PathProblem>,
    pub(super) revocation: Vec<RevocationStatus>,
    pub(super) revocation_asked: bool,
    pub(super) findings: Vec<Finding>,
    pub(super) evidence: Vec<EvidenceRef>,
    pub(super) policies: Vec<Oid>,
}

impl PathReport {
    /// The certificates from the leaf up; the last one is the anchor where one was reached.
    #[must_use]
    pub fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    /// Whether an anchor was reached, and if not, what is missing.
    #[must_use]
    pub fn anchor(&self) -> &AnchorOutcome {
        &self.anchor
    }

    /// Everything that is not good, in the order it was met.
    #[must_use]
    pub fn problems(&self) -> &[PathProblem] {
        &self.problems
    }

    /// What is known of each certificate's revocation, in the order of the chain.
    #[must_use]
    pub fn revocation(&self) -> &[RevocationStatus] {
        &self.revocation
    }

    /// Remarks on the leaf that are no problem.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Which of the evidence given about revocation was relied on.
    #[must_use]
    pub fn evidence(&self) -> &[EvidenceRef] {
        &self.evidence
    }

    /// The policies under which the path is valid, of those accepted; the policy "any" where all
    /// authorities assert no other.
    #[must_use]
    pub fn policies(&self) -> &[Oid] {
        &self.policies
    }

    /// The verdict on one concern. Constraints, validity and revocation are judged on a path
    /// that reaches an anchor, and not checked otherwise.
    #[must_use]
    pub fn verdict(&self, concern: Concern) -> Verdict {
        let of_concern = self
            .problems
            .iter()
            .filter(|problem| problem.code.concern() == concern)
            .map(|problem| problem.code.verdict());
        let start = match concern {
            Concern::Revocation if !self.revocation_known() => Verdict::NotChecked,
            Concern::Anchor => Verdict::Passed,
            _ if self.anchor == AnchorOutcome::Reached => Verdict::Passed,
            _ => Verdict::NotChecked,
        };
        of_concern.fold(start, Verdict::worse)
    }

    /// The verdict over all concerns: passed only with an anchor reached and no problem.
    #[must_use]
    pub fn outcome(&self) -> Verdict {
        let concerns = [
            Concern::Constraint,
            Concern::Algorithm,
            Concern::Validity,
            Concern::Revocation,
        ];
        concerns
            .iter()
            .map(|concern| self.verdict(*concern))
            .fold(self.verdict(Concern::Anchor), Verdict::worse)
    }

    /// The problem that says best why the path did not pass: one that failed before one that could
    /// not be judged, and what keeps a path from an anchor before the anchor that is missing.
    #[must_use]
    pub fn headline(&self) -> Option<&PathProblem> {
        self.problems.iter().min_by_key(|problem| {
            let failed = problem.code.verdict() == Verdict::Failed;
            (!failed, problem.code.concern() == Concern::Anchor)
        })
    }

    /// Whether revocation was asked for and something is known, or must be.
    fn revocation_known(&self) -> bool {
        let known = |status: &RevocationStatus| {
            matches!(
                status,
                RevocationStatus::Good | RevocationStatus::Revoked { .. }
            )
        };
        // Without a certificate below the anchor there is nothing to revoke.
        let below = self.chain.len().saturating_sub(1);
        let all = self.revocation.iter().take(below).all(known);
        self.revocation_asked && self.anchor == AnchorOutcome::Reached && all
    }

    /// One certificate of the chain as a report shows it.
    fn certificate_report(&self, index: usize, certificate: &Certificate) -> CertificateReport {
        let key = certificate.public_key().map(PublicKey::kind);
        CertificateReport {
            subject: certificate.subject_name().to_string(),
            issuer: certificate.issuer_name().to_string(),
            serial: certificate.serial_hex(),
            sha256: certificate.fingerprint(DigestAlgorithm::Sha256).to_hex(),
            key: match key {
                Ok(PublicKeyKind::Sm2) => "SM2".to_owned(),
                Ok(PublicKeyKind::P256) => "P-256".to_owned(),
                Ok(PublicKeyKind::P384) => "P-384".to_owned(),
                Ok(PublicKeyKind::Rsa { bits }) => format!("RSA-{bits}"),
                Ok(PublicKeyKind::Ed25519) => "Ed25519".to_owned(),
                Err(_) => "unknown".to_owned(),
            },
            algorithm: certificate
                .signature_algorithm()
                .map_or("unknown", |algorithm| algorithm.name()),
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
            revocation: self
                .revocation
                .get(index)
                .copied()
                .unwrap_or(RevocationStatus::NotChecked),
            problems: self
                .problems
                .iter()
                .filter(|problem| problem.certificate == index)
                .map(|problem| problem.code)
                .collect(),
        }
    }
}

/// One certificate of a chain as reports show it. Names may be of persons: a report is shown to
/// whoever has the document.
#[derive(Clone, Debug, Serialize)]
pub struct CertificateReport {
    /// The subject, RFC 4514.
    pub subject: String,
    /// The issuer, RFC 4514.
    pub issuer: String,
    /// The serial number, hexadecimal.
    pub serial: String,
    /// The SHA-256 of the certificate, hexadecimal.
    pub sha256: String,
    /// The kind of key.
    pub key: String,
    /// The algorithm its issuer signed with.
    pub algorithm: &'static str,
    /// The first second of its validity.
    pub not_before: Time,
    /// The last second of its validity.
    pub not_after: Time,
    /// What is known of its revocation.
    pub revocation: RevocationStatus,
    /// What is wrong with it.
    pub problems: Vec<ProblemCode>,
}

impl Serialize for PathReport {
    /// The report of `cert verify`: outcome, a verdict a concern, what is missing, the chain.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Checks {
            anchor: Verdict,
            constraint: Verdict,
            algorithm: Verdict,
            validity: Verdict,
            revocation: Verdict,
        }
        #[derive(Serialize)]
        struct Place<'a> {
            code: &'static str,
            #[serde(rename = "where")]
            place: &'a str,
        }
        let mut fields = serializer.serialize_struct("PathReport", 10)?;
        fields.serialize_field("schema", "yinxin.path/1")?;
        fields.serialize_field("outcome", &self.outcome())?;
        let headline = self.headline().map(|problem| problem.code);
        fields.serialize_field("headline", &headline.map(|code| code.concern().check()))?;
        fields.serialize_field("sub_indication", &headline.map(ProblemCode::sub_indication))?;
        fields.serialize_field(
            "checks",
            &Checks {
                anchor: self.verdict(Concern::Anchor),
                constraint: self.verdict(Concern::Constraint),
                algorithm: self.verdict(Concern::Algorithm),
                validity: self.verdict(Concern::Validity),
                revocation: self.verdict(Concern::Revocation),
            },
        )?;
        let missing = match &self.anchor {
            AnchorOutcome::Reached => None,
            AnchorOutcome::NotReached { issuer, .. } => Some(issuer.to_string()),
        };
        fields.serialize_field("missing_issuer", &missing)?;
        let policies: Vec<String> = self.policies.iter().map(Oid::to_string).collect();
        fields.serialize_field("policies", &policies)?;
        fields.serialize_field("problems", &self.problems)?;
        let chain: Vec<CertificateReport> = self.certificates().collect();
        fields.serialize_field("chain", &chain)?;
        let findings: Vec<_> = self
            .findings
            .iter()
            .map(|finding| Place {
                code: finding.code.name(),
                place: &finding.place,
            })
            .collect();
        fields.serialize_field("findings", &findings)?;
        fields.end()
    }
}

impl PathReport {
    /// The certificates of the chain as reports show them.
    pub fn certificates(&self) -> impl Iterator<Item = CertificateReport> {
        self.chain
            .iter()
            .enumerate()
            .map(|(index, certificate)| self.certificate_report(index, certificate))
    }
}

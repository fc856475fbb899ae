//! The verifier: trust material and policy in, reports out.

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::judged::{Judged, Vouched};
use super::license::LicenseVerdict;
use super::path::{anchor_counts, evidence};
use super::report::{DocumentFacts, Facts, Format, LicenseFacts, SignatureReport, TrustFacts};
use super::trust_list::Trusted;
use super::{Check, CheckCode, Outcome, Policy, Reading, Reason, Report};
use super::{detached, encrypted, pdf};
use crate::crypto::{DigestAlgorithm, Sm2Id};
use crate::encryption::Access;
use crate::error::Result;
use crate::finding::FindingClass;
use crate::license::Claims;
use crate::pki::{Certificate, CertificateMemory, Crl, OcspResponse};
use crate::ses::{self, BlobKind};
use crate::time::Time;
use crate::trust::list::{Freshness, FreshnessLimits, TrustState};
use crate::trust::{AnchorRole, Anchors, TrustAnchor};

/// Judges documents, seals and signatures under one policy with the trust material it was given.
///
/// It has no clock, no network and no trust of its own: carried certificates are never trusted,
/// and anchors serve only the role they were given for. One verifier serves any number of
/// documents and threads.
#[derive(Clone, Debug)]
pub struct Verifier {
    policy: Policy,
    anchors: Anchors,
    trusted: Option<Trusted>,
    intermediates: Vec<Certificate>,
    signer_certificates: Vec<Certificate>,
    crls: Vec<Crl>,
    ocsp: Vec<OcspResponse>,
    sm2_ids: Vec<Sm2Id>,
    password: Password,
    /// Shared by clones: what one has read, all know.
    memory: Arc<CertificateMemory>,
    limits: FreshnessLimits,
}

/// What opens an encrypted file; `Debug` does not show it.
#[derive(Clone, Default)]
struct Password(Zeroizing<String>);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

impl Verifier {
    /// A verifier without any trust material: every path stays open.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            anchors: Anchors::default(),
            trusted: None,
            intermediates: Vec::new(),
            signer_certificates: Vec::new(),
            crls: Vec::new(),
            ocsp: Vec::new(),
            sm2_ids: vec![Sm2Id::default()],
            password: Password::default(),
            memory: Arc::default(),
            limits: FreshnessLimits::default(),
        }
    }

    /// Trusts a certificate for one role: a signer anchor vouches for no seal maker.
    #[must_use]
    pub fn with_anchor(mut self, role: AnchorRole, certificate: Certificate) -> Self {
        let anchor = TrustAnchor::new(certificate, &[role]);
        self.anchors.add(anchor.clone());
        if let Some(trusted) = &mut self.trusted {
            trusted.add(anchor);
        }
        self
    }

    /// Trusts whom the list in force trusts, each in its role, for its time and within its scope,
    /// besides the anchors given one by one. The list is one week fresh and vouches for nobody
    /// once it is thirty days old, unless [`Verifier::with_freshness_limits`] says otherwise.
    #[must_use]
    pub fn with_trust(mut self, state: TrustState) -> Self {
        self.trusted = Some(Trusted::new(state, self.limits, &self.anchors));
        self
    }

    /// How old the trust list may be.
    #[must_use]
    pub fn with_freshness_limits(mut self, limits: FreshnessLimits) -> Self {
        self.limits = limits;
        if let Some(trusted) = &mut self.trusted {
            trusted.set_limits(limits);
        }
        self
    }

    /// A certificate that may help to build a path; it is not trusted.
    #[must_use]
    pub fn with_intermediate(mut self, certificate: Certificate) -> Self {
        self.intermediates.push(certificate);
        self
    }

    /// A certificate that may be the signer's where a signature carries none; it is not trusted.
    #[must_use]
    pub fn with_signer_certificate(mut self, certificate: Certificate) -> Self {
        self.signer_certificates.push(certificate);
        self
    }

    /// A revocation list; used where its issuer, signature and dates fit.
    #[must_use]
    pub fn with_crl(mut self, crl: Crl) -> Self {
        self.crls.push(crl);
        self
    }

    /// An OCSP response; used where its responder, signature and dates fit.
    #[must_use]
    pub fn with_ocsp(mut self, response: OcspResponse) -> Self {
        self.ocsp.push(response);
        self
    }

    /// Admits another SM2 signer ID besides the mandated `1234567812345678`.
    #[must_use]
    pub fn with_sm2_id(mut self, id: Sm2Id) -> Self {
        self.sm2_ids.push(id);
        self
    }

    /// The password of encrypted files, the user's or the owner's. Signatures in a PDF are judged
    /// over the bytes of the file and need none; reading what they cover does. An encrypted OFD
    /// shows nothing without.
    #[must_use]
    pub fn with_password(mut self, password: &str) -> Self {
        self.password = Password(Zeroizing::new(password.to_owned()));
        self
    }

    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Judges a document, a stand-alone seal or a signature, as of the time given. Whatever the
    /// bytes are, the answer is a report.
    #[must_use]
    pub fn verify(&self, bytes: &[u8], at: Time) -> Report {
        let format = recognize(bytes);
        let verdict = match format {
            Format::Ofd => encrypted::judge(self, bytes, self.access().as_ref(), at),
            Format::Pdf if names_a_package(bytes) => two_documents(),
            Format::Pdf => pdf::judge(self, bytes, at),
            Format::Seal => detached::seal(self, bytes, at),
            Format::SealSignature => detached::seal_signature(self, bytes, None, at),
            Format::Cms => detached::message(self, bytes, None, at),
            Format::Unknown => unknown(bytes),
        };
        self.conclude(format, bytes, verdict, at)
    }

    /// Judges a signature that stands beside its content: an SES_Signature, or a CMS or
    /// GB/T 35275 message.
    #[must_use]
    pub fn verify_detached(&self, signature: &[u8], content: &[u8], at: Time) -> Report {
        let format = recognize(signature);
        let verdict = match format {
            Format::SealSignature => detached::seal_signature(self, signature, Some(content), at),
            Format::Cms => detached::message(self, signature, Some(content), at),
            _ => DocumentVerdict::default()
                .with(Check::failed(CheckCode::ContainerFormat, Reason::Malformed)),
        };
        self.conclude(format, signature, verdict, at)
    }

    /// As [`Verifier::verify`], with a key that opens the document if it is an encrypted OFD
    /// (GM/T 0099-2020 7.3): what it holds is judged, and the report says that it was decrypted.
    /// Digests and size in the report are those of the bytes given.
    #[must_use]
    pub fn verify_encrypted(&self, bytes: &[u8], access: &Access<'_>, at: Time) -> Report {
        match recognize(bytes) {
            Format::Ofd => {
                let verdict = encrypted::judge(self, bytes, Some(access), at);
                self.conclude(Format::Ofd, bytes, verdict, at)
            }
            _ => self.verify(bytes, at),
        }
    }

    fn conclude(
        &self,
        format: Format,
        bytes: &[u8],
        mut verdict: DocumentVerdict,
        at: Time,
    ) -> Report {
        if self.policy.reading() == Reading::Strict {
            verdict.refuse_defects();
        }
        if let Some(check) = self.trusted.as_ref().and_then(|trusted| trusted.clock(at)) {
            verdict.judged.push(check);
        }
        let facts = Facts {
            document: DocumentFacts {
                format,
                sm3: DigestAlgorithm::Sm3.digest(bytes).to_hex(),
                sha256: DigestAlgorithm::Sha256.digest(bytes).to_hex(),
                size: bytes.len() as u64,
            },
            evaluated_at: at,
            license: verdict.license,
            unsigned_claims: verdict.unsigned_claims,
            signatures: verdict.signatures,
            checks: verdict.judged.checks,
            trust: self.trust_facts(at),
            evidence: evidence(&self.crls, &self.ocsp),
            findings: verdict.judged.findings,
        };
        Report::conclude(&self.policy, facts)
    }

    /// A certificate that came with a document, by its bytes. It is not trusted.
    pub(super) fn read_certificate(&self, der: &[u8]) -> Result<Certificate> {
        self.memory.read(der)
    }

    fn trust_facts(&self, at: Time) -> TrustFacts {
        let trusted = self.trusted.as_ref();
        TrustFacts {
            list_version: trusted.map_or(0, Trusted::version),
            list_age_days: trusted.map_or(0, |trusted| trusted.age_days(at)),
            environment: trusted.and_then(Trusted::environment),
            anchors: anchor_counts(self.anchors(at), at),
            freshness: trusted.map_or(Freshness::None, |trusted| trusted.freshness(at)),
        }
    }

    /// Whom to believe in a verdict of this time.
    pub(super) fn anchors(&self, evaluated_at: Time) -> &Anchors {
        let trusted = self.trusted.as_ref();
        trusted
            .and_then(|trusted| trusted.anchors(evaluated_at))
            .unwrap_or(&self.anchors)
    }

    /// Whether a list is there that is too old to vouch for anyone.
    pub(super) fn list_is_stale(&self, evaluated_at: Time) -> bool {
        let trusted = self.trusted.as_ref();
        trusted.is_some_and(|trusted| trusted.freshness(evaluated_at) == Freshness::StaleStop)
    }

    pub(super) fn intermediates(&self) -> &[Certificate] {
        &self.intermediates
    }

    pub(super) fn signer_certificates(&self) -> &[Certificate] {
        &self.signer_certificates
    }

    pub(super) fn crls(&self) -> &[Crl] {
        &self.crls
    }

    pub(super) fn ocsp(&self) -> &[OcspResponse] {
        &self.ocsp
    }

    /// The first success under the mandated SM2 ID or another admitted one, else the failure under
    /// the mandated one.
    pub(super) fn under_any_id<T>(&self, verify: impl Fn(&Sm2Id) -> Result<T>) -> Result<T> {
        let others = self.sm2_ids.iter().skip(1);
        verify(&Sm2Id::default()).or_else(|first| {
            others
                .map(&verify)
                .find(Result::is_ok)
                .unwrap_or(Err(first))
        })
    }

    /// What opens an encrypted package, if a password was given.
    fn access(&self) -> Option<Access<'_>> {
        let password = self.password();
        (!password.is_empty()).then_some(Access::Password(password))
    }

    pub(super) fn password(&self) -> &str {
        &self.password.0
    }

    pub(super) fn sm2_ids(&self) -> &[Sm2Id] {
        &self.sm2_ids
    }
}

/// What the steps on one input came to.
#[derive(Default)]
pub(super) struct DocumentVerdict {
    pub(super) judged: Judged,
    pub(super) signatures: Vec<SignatureReport>,
    /// Whom the paths of each signature led to.
    pub(super) vouched: Vec<Vec<Vouched>>,
    pub(super) license: Option<LicenseFacts>,
    pub(super) unsigned_claims: Option<Claims>,
}

impl DocumentVerdict {
    pub(super) fn with(mut self, check: Check) -> Self {
        self.judged.push(check);
        self
    }

    /// Strict reading refuses every defect. Most fail a check where they are met; what is left
    /// fails the form of the whole.
    fn refuse_defects(&mut self) {
        let strict = |check: &Check| check.reason == Some(Reason::NotStrict);
        let stood_for: Vec<_> = self
            .signatures
            .iter()
            .filter(|signature| signature.checks.iter().any(strict))
            .map(|signature| format!("signatures[{}]", signature.index))
            .collect();
        let findings = self.judged.findings.iter();
        let left: Vec<_> = findings
            .filter(|finding| finding.code.class() == FindingClass::Defect)
            .filter(|finding| {
                !stood_for
                    .iter()
                    .any(|place| finding.place.starts_with(place))
            })
            .collect();
        if left.is_empty() {
            return;
        }
        let code = CheckCode::ContainerFormat;
        let refusal = Check::failed(code, Reason::NotStrict).with_list("defects", left);
        let passed = |check: &&mut Check| check.code == code && check.outcome == Outcome::Passed;
        match self.judged.checks.iter_mut().find(passed) {
            Some(check) => *check = refusal,
            None => self.judged.push(refusal),
        }
    }

    pub(super) fn license(&mut self, license: LicenseVerdict) {
        self.judged.extend(license.judged);
        self.license = license.license;
        self.unsigned_claims = license.unsigned_claims;
    }

    /// Adds one signature, its outcome drawn from its checks.
    pub(super) fn add(&mut self, mut report: SignatureReport, judged: Judged) {
        let index = self.signatures.len();
        report.index = index;
        report.outcome = Outcome::worst(judged.checks.iter().map(|check| check.outcome));
        report.checks = judged.checks;
        let place = format!("signatures[{index}]");
        self.judged.note(
            judged
                .findings
                .into_iter()
                .map(|finding| finding.inside(&place)),
        );
        self.signatures.push(report);
        self.vouched.push(judged.vouched);
    }
}

/// What the input is, by its first bytes and shape. A PDF header stands within the first
/// kilobyte; anything else that ends in a ZIP directory is taken for a package, whose reader then
/// judges what stands before it.
fn recognize(bytes: &[u8]) -> Format {
    let head = bytes.get(..1024).unwrap_or(bytes);
    if bytes.starts_with(b"%PDF-") {
        return Format::Pdf;
    }
    match ses::recognize(bytes) {
        BlobKind::Seal => return Format::Seal,
        BlobKind::SealSignature => return Format::SealSignature,
        BlobKind::Cms => return Format::Cms,
        _ => {}
    }
    if bytes.starts_with(b"PK") || ends_in_zip_directory(bytes) {
        Format::Ofd
    } else if head.windows(5).any(|window| window == b"%PDF-") {
        Format::Pdf
    } else {
        Format::Unknown
    }
}

fn ends_in_zip_directory(bytes: &[u8]) -> bool {
    zip_end(bytes).is_some()
}

/// Where the last record that could end a ZIP archive begins.
fn zip_end(bytes: &[u8]) -> Option<usize> {
    /// The record and the longest comment it may have.
    const REACH: usize = 22 + 65_535;
    let start = bytes.len().saturating_sub(REACH);
    let tail = bytes.get(start..)?;
    tail.windows(4)
        .rposition(|window| window == b"PK\x05\x06")
        .map(|at| start + at)
}

/// Whether a file that begins as a PDF ends in a ZIP directory that names an OFD's entry point:
/// a package reader, which begins at the end, would show another document.
fn names_a_package(bytes: &[u8]) -> bool {
    let Some(end) = zip_end(bytes) else {
        return false;
    };
    let size = bytes
        .get(end + 12..end + 16)
        .and_then(|field| field.try_into().ok())
        .map_or(0, u32::from_le_bytes);
    let directory = usize::try_from(size)
        .ok()
        .and_then(|size| bytes.get(end.checked_sub(size)?..end));
    directory.is_some_and(|directory| {
        directory.starts_with(b"PK\x01\x02")
            && directory
                .windows(7)
                .any(|window| window.eq_ignore_ascii_case(b"OFD.xml"))
    })
}

fn two_documents() -> DocumentVerdict {
    let code = CheckCode::ContainerAmbiguous;
    DocumentVerdict::default().with(Check::failed(code, Reason::TwoDocuments))
}

fn unknown(bytes: &[u8]) -> DocumentVerdict {
    let reason = Reason::Malformed;
    DocumentVerdict::default()
        .with(Check::failed(CheckCode::ContainerFormat, reason).with("size", bytes.len()))
}

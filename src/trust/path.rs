//! Finding a path from a leaf to an anchor, and choosing the best of all candidates.

use std::collections::{BTreeMap, BTreeSet};

use super::constraint;
use super::report::{
    AnchorOutcome, Concern, PathProblem, PathReport, ProblemCode, RevocationStatus, Verdict,
};
use super::request::{PathRequest, Purpose, RevocationMode};
use super::revocation;
use crate::asn1::named;
use crate::crypto::{PublicKeyKind, SignatureAlgorithm, Strength};
use crate::error::ErrorKind;
use crate::pki::Certificate;

/// Signature checks for one question: a path of eight needs seven and as many for CRLs; the rest
/// is for issuers of the same name. Attackers would have us check thousands.
const MAX_SIGNATURE_CHECKS: u32 = 100;

/// Steps of the search for one question.
const MAX_STEPS: u32 = 200_000;

/// Complete paths judged for one question.
const MAX_PATHS: u32 = 64;

/// Paths of signers of lists within a path: theirs may need one more, no further.
const MAX_NESTING: u8 = 2;

/// The longest path any question may ask for.
const MAX_DEPTH: usize = 16;

impl PathRequest<'_> {
    /// Finds and judges the best path. A path without any problem wins; else one that reaches an
    /// anchor before one that does not, and the one whose outcome is better. Two questions that
    /// are equal give equal reports.
    #[must_use]
    pub fn judge(&self) -> PathReport {
        let mut search = Search::new(self);
        search.extend(&mut vec![Search::LEAF]);
        search.finish()
    }
}

/// A report that is not the best yet, with what it is compared by.
struct Candidate {
    rank: (u8, u8, usize, usize),
    report: PathReport,
}

pub(super) struct Search<'a> {
    pub(super) request: &'a PathRequest<'a>,
    /// The leaf, the anchors in role, then the intermediates; no certificate twice.
    pool: Vec<&'a Certificate>,
    anchors: BTreeSet<usize>,
    by_subject: BTreeMap<&'a [u8], Vec<usize>>,
    signatures: BTreeMap<(usize, usize), Result<(), ProblemCode>>,
    crl_signatures: BTreeMap<(usize, usize), bool>,
    nesting: u8,
    checks: u32,
    steps: u32,
    paths: u32,
    exhausted: bool,
    best: Option<Candidate>,
}

impl<'a> Search<'a> {
    const LEAF: usize = 0;

    fn new(request: &'a PathRequest<'a>) -> Self {
        let mut pool = vec![request.leaf];
        let mut known: BTreeMap<&[u8], usize> = BTreeMap::new();
        known.insert(request.leaf.der(), Self::LEAF);
        let mut anchors = BTreeSet::new();
        for anchor in request.anchors.of_role(request.role) {
            anchors.insert(*known.entry(anchor.der()).or_insert_with(|| {
                pool.push(anchor);
                pool.len() - 1
            }));
        }
        for certificate in request.intermediates {
            known.entry(certificate.der()).or_insert_with(|| {
                pool.push(certificate);
                pool.len() - 1
            });
        }
        let mut by_subject: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
        for (index, certificate) in pool.iter().enumerate() {
            let subject = certificate.subject_name().prepared();
            by_subject.entry(subject).or_default().push(index);
        }
        Self {
            request,
            pool,
            anchors,
            by_subject,
            signatures: BTreeMap::new(),
            crl_signatures: BTreeMap::new(),
            nesting: 0,
            checks: 0,
            steps: 0,
            paths: 0,
            exhausted: false,
            best: None,
        }
    }

    /// Depth-first: judges the chain where it ends at an anchor, else tries every issuer.
    fn extend(&mut self, chain: &mut Vec<usize>) {
        self.steps += 1;
        if self.steps > MAX_STEPS || self.paths > MAX_PATHS {
            self.exhausted = true;
        }
        if self.exhausted || self.is_perfect() {
            return;
        }
        let Some(&last) = chain.last() else {
            return;
        };
        if self.anchors.contains(&last) {
            self.judge_complete(chain);
            return;
        }
        let issuers = self.issuers(last, chain);
        if issuers.is_empty() {
            self.offer_partial(chain, self.missing_cause(last));
            return;
        }
        if chain.len() >= self.request.max_depth.min(MAX_DEPTH) {
            self.offer_partial(chain, ProblemCode::TooLong);
            return;
        }
        for issuer in issuers {
            match self.check_signature(last, issuer) {
                Ok(()) => {
                    chain.push(issuer);
                    self.extend(chain);
                    chain.pop();
                }
                // The identifiers say that another key of this name signed.
                Err(ProblemCode::SignatureMismatch) if self.key_ids_differ(last, issuer) => {
                    self.offer_partial(chain, ProblemCode::MissingIssuer);
                }
                Err(problem) => self.offer_partial(chain, problem),
            }
            if self.exhausted || self.is_perfect() {
                return;
            }
        }
    }

    /// Certificates that bear the issuer's name: anchors first, then those whose key identifier
    /// fits.
    fn issuers(&self, child: usize, chain: &[usize]) -> Vec<usize> {
        let Some(certificate) = self.pool.get(child) else {
            return Vec::new();
        };
        let name = certificate.issuer_name();
        if name.is_empty() {
            return Vec::new();
        }
        let named = self.by_subject.get(name.prepared());
        let mut issuers: Vec<usize> = named
            .into_iter()
            .flatten()
            .copied()
            .filter(|issuer| !chain.contains(issuer))
            .collect();
        issuers.sort_by_key(|issuer| {
            let anchor = self.anchors.contains(issuer);
            (!anchor, self.key_ids_differ(child, *issuer), *issuer)
        });
        issuers
    }

    /// Whether both key identifiers are there and differ. They are hints: a path may still pass.
    fn key_ids_differ(&self, child: usize, issuer: usize) -> bool {
        let (Some(child), Some(issuer)) = (self.pool.get(child), self.pool.get(issuer)) else {
            return false;
        };
        let stated = child.authority_key_id().ok().flatten();
        let own = issuer.subject_key_id().ok().flatten();
        match (stated.and_then(|id| id.key_id), own) {
            (Some(stated), Some(own)) => stated != own,
            _ => false,
        }
    }

    fn missing_cause(&self, last: usize) -> ProblemCode {
        let other_role = self.pool.get(last).is_some_and(|certificate| {
            self.request.anchors.all().iter().any(|anchor| {
                let subject = anchor.certificate().subject_name();
                !anchor.serves(self.request.role) && subject.matches(certificate.issuer_name())
            })
        });
        if other_role {
            ProblemCode::AnchorOfOtherRole
        } else {
            ProblemCode::MissingIssuer
        }
    }

    /// Checks one signature, once.
    fn check_signature(&mut self, child: usize, issuer: usize) -> Result<(), ProblemCode> {
        if let Some(known) = self.signatures.get(&(child, issuer)) {
            return *known;
        }
        if !self.spend_check() {
            return Err(ProblemCode::SearchLimit);
        }
        let result = match (self.pool.get(child), self.pool.get(issuer)) {
            (Some(child), Some(issuer)) => verify(child, issuer, self.request),
            _ => Err(ProblemCode::MissingIssuer),
        };
        self.signatures.insert((child, issuer), result);
        result
    }

    fn spend_check(&mut self) -> bool {
        self.checks += 1;
        self.exhausted |= self.checks > MAX_SIGNATURE_CHECKS;
        !self.exhausted
    }

    /// Whether this list is signed by the issuer's key, or by another key of the same name whose
    /// own path ends at the same anchor (RFC 5280 6.3.3 f); `None` when the search was given up.
    pub(super) fn check_crl(
        &mut self,
        crl: usize,
        issuer: &Certificate,
        anchor: &Certificate,
    ) -> Option<bool> {
        if revocation::may_sign_lists(issuer) && self.signed_crl(crl, issuer)? {
            return Some(true);
        }
        if self.nesting == MAX_NESTING {
            return Some(false);
        }
        let named = self.by_subject.get(issuer.subject_name().prepared());
        for index in named.cloned().unwrap_or_default() {
            let Some(other) = self.pool.get(index).copied() else {
                continue;
            };
            if other != issuer
                && revocation::may_sign_lists(other)
                && self.signed_crl(crl, other)?
                && self.reaches(other, anchor)
            {
                return Some(true);
            }
        }
        Some(false)
    }

    fn signed_crl(&mut self, crl: usize, signer: &Certificate) -> Option<bool> {
        let signer_index = self.pool.iter().position(|one| *one == signer)?;
        if let Some(known) = self.crl_signatures.get(&(crl, signer_index)) {
            return Some(*known);
        }
        if !self.spend_check() {
            return None;
        }
        let signed = self.request.crls.get(crl).is_some_and(|crl| {
            signer
                .public_key()
                .and_then(|key| crl.verify_signed_by(key, &self.request.sm2_id))
                .is_ok()
        });
        self.crl_signatures.insert((crl, signer_index), signed);
        Some(signed)
    }

    /// Whether a signer of lists has a path of its own to this anchor, on the same terms.
    fn reaches(&mut self, signer: &Certificate, anchor: &Certificate) -> bool {
        let request = PathRequest {
            leaf: signer,
            purpose: Purpose::Any,
            ..self.request.clone()
        };
        let mut search = Search::new(&request);
        search.nesting = self.nesting + 1;
        search.checks = self.checks;
        search.extend(&mut vec![Self::LEAF]);
        self.checks = search.checks;
        let report = search.finish();
        report.outcome() == Verdict::Passed && report.chain.last() == Some(anchor)
    }

    fn judge_complete(&mut self, chain: &[usize]) {
        self.paths += 1;
        let chain: Vec<&Certificate> = chain
            .iter()
            .filter_map(|index| self.pool.get(*index).copied())
            .collect();
        let request = self.request;
        let mut findings = Vec::new();
        let mut problems = constraint::judge(&chain, request, &mut findings);
        for (index, certificate) in chain.iter().enumerate() {
            let anchor = index + 1 == chain.len();
            let codes = judge_algorithm(certificate, anchor, request)
                .into_iter()
                .chain(judge_validity(certificate, request));
            problems.extend(codes.map(|code| PathProblem {
                code,
                certificate: index,
            }));
        }
        let mut evidence = Vec::new();
        let statuses = revocation::judge(self, &chain, &mut problems, &mut evidence);
        let report = PathReport {
            chain: chain.into_iter().cloned().collect(),
            anchor: AnchorOutcome::Reached,
            problems,
            revocation: statuses,
            revocation_asked: request.revocation != RevocationMode::Off,
            findings,
            evidence,
        };
        self.offer(report);
    }

    fn offer_partial(&mut self, chain: &[usize], cause: ProblemCode) {
        let report = self.partial(chain, cause);
        self.offer(report);
    }

    fn partial(&self, chain: &[usize], cause: ProblemCode) -> PathReport {
        let chain: Vec<Certificate> = chain
            .iter()
            .filter_map(|index| self.pool.get(*index).copied().cloned())
            .collect();
        let last = chain.last().unwrap_or(self.request.leaf);
        PathReport {
            anchor: AnchorOutcome::NotReached {
                issuer: last.issuer_name().clone(),
                cause,
            },
            problems: partial_problems(cause, chain.len().saturating_sub(1)),
            revocation: vec![RevocationStatus::NotChecked; chain.len()],
            revocation_asked: self.request.revocation != RevocationMode::Off,
            findings: Vec::new(),
            evidence: Vec::new(),
            chain,
        }
    }

    /// Keeps the report if it is better than the best so far. Equal ones keep the first, which
    /// came from the more likely issuer.
    fn offer(&mut self, report: PathReport) {
        let rank = rank(&report);
        if self.best.as_ref().is_none_or(|best| rank < best.rank) {
            self.best = Some(Candidate { rank, report });
        }
    }

    fn is_perfect(&self) -> bool {
        let best = self.best.as_ref();
        best.is_some_and(|best| best.report.outcome() == Verdict::Passed)
    }

    /// A search that was given up has found nothing, unless it has reached an anchor: what it met
    /// there stands, so that piling up certificates cannot hide a failure.
    fn finish(mut self) -> PathReport {
        let best = self.best.take().map(|best| best.report);
        match best {
            Some(report) if !self.exhausted || report.anchor == AnchorOutcome::Reached => report,
            _ => self.partial(&[Self::LEAF], ProblemCode::SearchLimit),
        }
    }
}

/// An anchor is always a problem where none is reached, beside the algorithm that kept it away.
fn partial_problems(cause: ProblemCode, certificate: usize) -> Vec<PathProblem> {
    let mut codes = vec![cause];
    if cause.concern() != Concern::Anchor {
        codes.insert(0, ProblemCode::MissingIssuer);
    }
    let place = |code| PathProblem { code, certificate };
    codes.into_iter().map(place).collect()
}

/// Smaller is better: reaching an anchor; the outcome; among reached ones few problems, among
/// partial ones a failure that names a certificate before a mere absence; long partial chains.
fn rank(report: &PathReport) -> (u8, u8, usize, usize) {
    let outcome = match report.outcome() {
        Verdict::Passed | Verdict::NotChecked => 0,
        Verdict::Indeterminate => 1,
        Verdict::Failed => 2,
    };
    match report.anchor {
        AnchorOutcome::Reached => (0, outcome, report.problems.len(), report.chain.len()),
        AnchorOutcome::NotReached { .. } => {
            // The longer partial chain came nearer to an anchor.
            let distance = usize::MAX - report.chain.len();
            (1, 2 - outcome, distance, report.problems.len())
        }
    }
}

fn verify(
    child: &Certificate,
    issuer: &Certificate,
    request: &PathRequest<'_>,
) -> Result<(), ProblemCode> {
    let oid = child.signature_algorithm_oid();
    if oid.is_ok_and(|oid| oid == named::RSA_WITH_MD5) {
        return Err(ProblemCode::WeakDigest);
    }
    let key = issuer
        .public_key()
        .map_err(|_| ProblemCode::AlgorithmNotOffered)?;
    if is_weak_key(key.kind()) {
        return Err(ProblemCode::WeakKey);
    }
    child
        .verify_signed_by(key, &request.sm2_id)
        .map_err(|error| match error.kind() {
            ErrorKind::UnsupportedAlgorithm => ProblemCode::AlgorithmNotOffered,
            _ => ProblemCode::SignatureMismatch,
        })
}

fn is_weak_key(kind: PublicKeyKind) -> bool {
    matches!(kind, PublicKeyKind::Rsa { bits } if bits < 2048)
}

/// The key, and below the anchor the algorithm its issuer signed with. An anchor is believed
/// without its own signature.
fn judge_algorithm(
    certificate: &Certificate,
    anchor: bool,
    request: &PathRequest<'_>,
) -> Vec<ProblemCode> {
    let mut problems = Vec::new();
    match certificate.public_key() {
        Ok(key) if is_weak_key(key.kind()) => problems.push(ProblemCode::WeakKey),
        Ok(_) => {}
        Err(_) => problems.push(ProblemCode::AlgorithmNotOffered),
    }
    let weak = |algorithm: SignatureAlgorithm| algorithm.strength() == Strength::Weak;
    if !anchor
        && !request.algorithms.allow_sha1
        && certificate.signature_algorithm().is_ok_and(weak)
    {
        problems.push(ProblemCode::WeakDigest);
    }
    problems
}

fn judge_validity(certificate: &Certificate, request: &PathRequest<'_>) -> Option<ProblemCode> {
    if request.at < certificate.not_before() {
        Some(ProblemCode::NotYetValid)
    } else if request.at > certificate.not_after() {
        Some(ProblemCode::Expired)
    } else {
        None
    }
}

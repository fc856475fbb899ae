//! Finding a path from a leaf to an anchor, and choosing the best of all candidates.

mod evidence;
mod signature;

use std::collections::{BTreeMap, BTreeSet};

use super::constraint;
use super::report::{
    AnchorOutcome, Concern, PathProblem, PathReport, ProblemCode, RevocationStatus, Verdict,
};
use super::request::{PathRequest, RevocationMode};
use super::revocation;
use crate::pki::{Certificate, Name};

pub(super) use evidence::is_weak;

/// Signature checks for one question: a path of eight needs seven and as many for CRLs; the rest
/// is for issuers of the same name. Attackers would have us check thousands.
const MAX_SIGNATURE_CHECKS: u32 = 100;

/// Steps of the search for one question.
const MAX_STEPS: u32 = 200_000;

/// Complete paths judged for one question.
const MAX_PATHS: u32 = 64;

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
    /// The leaf, the anchors given, the intermediates, then the list's anchors as their names
    /// come up; no certificate twice.
    pool: Vec<&'a Certificate>,
    known: BTreeMap<&'a [u8], usize>,
    anchors: BTreeSet<usize>,
    by_subject: BTreeMap<&'a [u8], Vec<usize>>,
    /// Names for which the list was asked.
    listed: BTreeSet<&'a [u8]>,
    signatures: BTreeMap<(usize, usize), Result<(), ProblemCode>>,
    evidence: evidence::Checked,
    nesting: u8,
    checks: u32,
    comparisons: u32,
    steps: u32,
    paths: u32,
    exhausted: bool,
    best: Option<Candidate>,
}

impl<'a> Search<'a> {
    const LEAF: usize = 0;

    fn new(request: &'a PathRequest<'a>) -> Self {
        let mut search = Self {
            request,
            pool: Vec::new(),
            known: BTreeMap::new(),
            anchors: BTreeSet::new(),
            by_subject: BTreeMap::new(),
            listed: BTreeSet::new(),
            signatures: BTreeMap::new(),
            evidence: evidence::Checked::default(),
            nesting: 0,
            checks: 0,
            comparisons: 0,
            steps: 0,
            paths: 0,
            exhausted: false,
            best: None,
        };
        search.add(request.leaf);
        for anchor in request.anchors.given_for(request.role) {
            let place = search.add(anchor);
            search.anchors.insert(place);
        }
        for certificate in request.intermediates {
            search.add(certificate);
        }
        search.add_listed(request.leaf.subject_name());
        search
    }

    /// A certificate's place in the pool.
    fn add(&mut self, certificate: &'a Certificate) -> usize {
        if let Some(place) = self.known.get(certificate.der()) {
            return *place;
        }
        let place = self.pool.len();
        self.pool.push(certificate);
        self.known.insert(certificate.der(), place);
        let subject = certificate.subject_name().prepared();
        self.by_subject.entry(subject).or_default().push(place);
        place
    }

    /// The list's anchors of a name; a list may hold ten thousand, of which a path meets one.
    fn add_listed(&mut self, name: &'a Name) {
        if !self.listed.insert(name.prepared()) {
            return;
        }
        let PathRequest {
            anchors, role, at, ..
        } = self.request;
        for anchor in anchors.listed(*role, name, *at) {
            let place = self.add(anchor);
            self.anchors.insert(place);
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
                Ok(()) => self.extend_by(chain, issuer),
                // An algorithm that the caller added is verified where the whole path is known.
                Err(ProblemCode::AlgorithmNotOffered)
                    if self.request.other_algorithms.is_some() =>
                {
                    self.extend_by(chain, issuer);
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

    fn extend_by(&mut self, chain: &mut Vec<usize>, issuer: usize) {
        chain.push(issuer);
        self.extend(chain);
        chain.pop();
    }

    /// Certificates that bear the issuer's name: anchors first, then those whose key identifier
    /// fits, then those that could issue at all, so that no crowd of others hides them.
    fn issuers(&mut self, child: usize, chain: &[usize]) -> Vec<usize> {
        let Some(certificate) = self.pool.get(child).copied() else {
            return Vec::new();
        };
        let name = certificate.issuer_name();
        if name.is_empty() {
            return Vec::new();
        }
        self.add_listed(name);
        let named = self.by_subject.get(name.prepared());
        let mut issuers: Vec<usize> = named
            .into_iter()
            .flatten()
            .copied()
            .filter(|issuer| !chain.contains(issuer))
            .collect();
        issuers.sort_by_key(|issuer| {
            let anchor = self.anchors.contains(issuer);
            let unlikely = self
                .pool
                .get(*issuer)
                .is_some_and(|issuer| !could_issue(issuer, self.request));
            (
                !anchor,
                self.key_ids_differ(child, *issuer),
                unlikely,
                *issuer,
            )
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
        let PathRequest { anchors, role, .. } = self.request;
        let other_role = self.pool.get(last).is_some_and(|certificate| {
            anchors.serves_another_role(*role, certificate.issuer_name())
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
            (Some(child), Some(issuer)) => signature::verify(child, issuer, self.request),
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

    fn judge_complete(&mut self, chain: &[usize]) {
        self.paths += 1;
        let places = chain;
        let chain: Vec<&Certificate> = places
            .iter()
            .filter_map(|index| self.pool.get(*index).copied())
            .collect();
        let request = self.request;
        let rights = constraint::judge(&chain, request, &mut self.comparisons);
        let mut problems = rights.problems;
        problems.extend(self.judge_other_signatures(places, &chain));
        for (index, certificate) in chain.iter().enumerate() {
            let anchor = index + 1 == chain.len();
            let codes = signature::judge_algorithm(certificate, anchor, request)
                .into_iter()
                .chain(judge_validity(certificate, request));
            problems.extend(codes.map(|code| PathProblem {
                code,
                certificate: index,
            }));
        }
        let judged = revocation::judge(self, &chain);
        problems.extend(judged.problems);
        self.offer(PathReport {
            chain: chain.into_iter().cloned().collect(),
            anchor: AnchorOutcome::Reached,
            problems,
            revocation: judged.statuses,
            revocation_asked: request.revocation != RevocationMode::Off,
            findings: rights.findings,
            evidence: judged.evidence,
            policies: rights.policies.into_iter().collect(),
        });
    }

    /// The signatures by algorithms that the caller added, now that all keys above are known.
    fn judge_other_signatures(
        &mut self,
        places: &[usize],
        chain: &[&Certificate],
    ) -> Vec<PathProblem> {
        let mut problems = Vec::new();
        for (index, link) in places.windows(2).enumerate() {
            let &[child, issuer] = link else {
                continue;
            };
            let known = self.signatures.get(&(child, issuer));
            if known != Some(&Err(ProblemCode::AlgorithmNotOffered)) {
                continue;
            }
            let judged = match chain.get(index..) {
                Some(chain) if self.spend_check() => signature::verify_other(chain, self.request),
                _ => Err(ProblemCode::SearchLimit),
            };
            problems.extend(judged.err().map(|code| PathProblem {
                code,
                certificate: index,
            }));
        }
        problems
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
            policies: Vec::new(),
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

/// Whether a certificate looks like an issuer's at all, by what is cheap to see.
fn could_issue(certificate: &Certificate, request: &PathRequest<'_>) -> bool {
    let constraints = certificate.basic_constraints().ok().flatten();
    constraints.is_some_and(|constraints| constraints.ca)
        && judge_validity(certificate, request).is_none()
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

//! Who signed the evidence about revocation, within the budgets of one search.

use std::collections::BTreeMap;

use super::Search;
use crate::crypto::{PublicKey, SignatureAlgorithm, Strength};
use crate::error::Result;
use crate::pki::{Certificate, Crl, KeyUsage, Name};
use crate::trust::report::{UnknownCause, Verdict};
use crate::trust::request::{PathRequest, PolicyRequest, Purpose, RevocationMode};

/// Paths of signers of lists within a path: theirs may need one more, no further.
const MAX_NESTING: u8 = 2;

/// What was found out about signers, each once.
#[derive(Default)]
pub(super) struct Checked {
    /// A list by its place, a key by the place of its certificate.
    crls: BTreeMap<(usize, usize), bool>,
    /// A signer and an anchor by their places.
    signers: BTreeMap<(usize, usize), bool>,
}

impl<'a> Search<'a> {
    /// Whether this list is signed by a key that may sign it: the issuer's of the certificate in
    /// question, or another key of the list's issuer whose own path ends at the same anchor (RFC
    /// 5280 6.3.3 f, g).
    pub(in crate::trust) fn check_crl(
        &mut self,
        index: usize,
        crl: &Crl,
        issuer: &Certificate,
        anchor: &Certificate,
    ) -> Result<(), UnknownCause> {
        let weak = crl.signature_algorithm().is_ok_and(is_weak);
        if weak && !self.request.algorithms.allow_sha1 {
            return Err(UnknownCause::WeakAlgorithm);
        }
        let own = issuer.subject_name().matches(crl.issuer_name());
        if own && may_sign_lists(issuer) && self.signed_crl(index, crl, issuer)? {
            return Ok(());
        }
        let mut cause = if own && !may_sign_lists(issuer) {
            UnknownCause::IssuerKeyUsage
        } else {
            UnknownCause::SignatureMismatch
        };
        for other in self.named(crl.issuer_name()) {
            if other == issuer || !may_sign_lists(other) || !self.signed_crl(index, crl, other)? {
                continue;
            }
            if self.reaches(other, anchor) {
                return Ok(());
            }
            cause = UnknownCause::SignerUntrusted;
        }
        Err(cause)
    }

    /// Certificates of this name that were given.
    pub(in crate::trust) fn named(&self, name: &Name) -> Vec<&'a Certificate> {
        let places = self.by_subject.get(name.prepared());
        places
            .into_iter()
            .flatten()
            .filter_map(|index| self.pool.get(*index).copied())
            .collect()
    }

    /// Runs a check of one signature, if the budget still has one.
    pub(in crate::trust) fn spend<T>(
        &mut self,
        check: impl FnOnce() -> T,
    ) -> Result<T, UnknownCause> {
        if self.spend_check() {
            Ok(check())
        } else {
            Err(UnknownCause::SearchLimit)
        }
    }

    fn signed_crl(
        &mut self,
        index: usize,
        crl: &Crl,
        signer: &Certificate,
    ) -> Result<bool, UnknownCause> {
        let place = self.place(signer).ok_or(UnknownCause::SignatureMismatch)?;
        if let Some(known) = self.evidence.crls.get(&(index, place)) {
            return Ok(*known);
        }
        let id = &self.request.sm2_id;
        let signed = self.spend(|| {
            let verify = |key: &PublicKey| crl.verify_signed_by(key, id);
            signer.public_key().and_then(verify).is_ok()
        })?;
        self.evidence.crls.insert((index, place), signed);
        Ok(signed)
    }

    fn place(&self, certificate: &Certificate) -> Option<usize> {
        self.pool.iter().position(|one| *one == certificate)
    }

    /// Whether a signer of lists has a path of its own to this anchor, on the same terms. Its own
    /// revocation counts where it is known: the list that would tell may be the very one.
    fn reaches(&mut self, signer: &Certificate, anchor: &Certificate) -> bool {
        let (Some(signer_place), Some(anchor_place)) = (self.place(signer), self.place(anchor))
        else {
            return false;
        };
        if let Some(known) = self.evidence.signers.get(&(signer_place, anchor_place)) {
            return *known;
        }
        if self.nesting == MAX_NESTING {
            return false;
        }
        let request = PathRequest {
            leaf: signer,
            purpose: Purpose::Any,
            revocation: match self.request.revocation {
                RevocationMode::Off => RevocationMode::Off,
                _ => RevocationMode::IfAvailable,
            },
            policies: PolicyRequest::default(),
            ..self.request.clone()
        };
        let mut search = Search::new(&request);
        search.nesting = self.nesting + 1;
        search.checks = self.checks;
        search.comparisons = self.comparisons;
        search.extend(&mut vec![Search::LEAF]);
        self.checks = search.checks;
        self.comparisons = search.comparisons;
        let report = search.finish();
        let reached = report.outcome() == Verdict::Passed && report.chain().last() == Some(anchor);
        self.evidence
            .signers
            .insert((signer_place, anchor_place), reached);
        reached
    }
}

/// The key usage of a signer of lists, where it has one, includes that (RFC 5280 6.3.3 f).
fn may_sign_lists(signer: &Certificate) -> bool {
    signer
        .key_usage()
        .is_ok_and(|usage| usage.is_none_or(|usage| usage.allows(KeyUsage::CRL_SIGN)))
}

pub(in crate::trust) fn is_weak(algorithm: SignatureAlgorithm) -> bool {
    algorithm.strength() == Strength::Weak
}

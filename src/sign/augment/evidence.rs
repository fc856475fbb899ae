//! The evidence at hand, and which of it a certificate needs.

use super::MissingEvidence;
use super::parties::Party;
use crate::crypto::Sm2Id;
use crate::pdf::{SecurityStore, SignatureEvidence};
use crate::pki::{Certificate, Crl};
use crate::time::Time;

/// Certificates from leaf to root.
const MAX_DEPTH: usize = 10;

/// What somebody has gathered: nothing here asks over a network.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Certificates of authorities, roots included.
    pub certificates: Vec<Certificate>,
    /// Revocation lists.
    pub crls: Vec<Crl>,
}

/// All evidence there is, and the part of it that was found useful.
pub(super) struct Gathered {
    certificates: Vec<Certificate>,
    crls: Vec<Crl>,
    store: SecurityStore,
}

impl Gathered {
    /// What was given, and what the document has already.
    pub(super) fn new(evidence: &Evidence, stored: &SecurityStore) -> Self {
        let mut certificates = evidence.certificates.clone();
        let stored_certificates = stored.certificates.iter();
        certificates.extend(stored_certificates.filter_map(|der| Certificate::from_der(der).ok()));
        let mut crls = evidence.crls.clone();
        crls.extend(stored.crls.iter().filter_map(|der| Crl::from_der(der).ok()));
        Self {
            certificates,
            crls,
            store: SecurityStore::default(),
        }
    }

    /// What was found useful.
    pub(super) fn into_store(self) -> SecurityStore {
        self.store
    }

    /// Follows the chain of a party up to a root and takes what it needs.
    pub(super) fn gather(
        &mut self,
        party: &Party,
        entry: &mut SignatureEvidence,
        lacks: &mut impl FnMut(MissingEvidence),
    ) {
        let Some(leaf) = &party.leaf else {
            lacks(MissingEvidence::Certificate);
            return;
        };
        let mut current = leaf.clone();
        for _ in 0..MAX_DEPTH {
            self.take_certificate(&current, entry);
            if is_root(&current) {
                return;
            }
            let Some(issuer) = self.issuer_of(&current, &party.carried) else {
                lacks(MissingEvidence::Issuer(Box::new(current)));
                return;
            };
            if !self.take_revocation(&current, &issuer, party.used_at, entry) {
                lacks(MissingEvidence::Revocation(Box::new(current)));
            }
            current = issuer;
        }
        lacks(MissingEvidence::Issuer(Box::new(current)));
    }

    fn issuer_of(&self, subject: &Certificate, carried: &[Certificate]) -> Option<Certificate> {
        let candidates = carried.iter().chain(&self.certificates);
        let mut issuers = candidates.filter(|candidate| {
            candidate.subject_name().matches(subject.issuer_name()) && signed(subject, candidate)
        });
        issuers.next().cloned()
    }

    /// Takes every revocation list that answers for the certificate.
    fn take_revocation(
        &mut self,
        certificate: &Certificate,
        issuer: &Certificate,
        used_at: Option<Time>,
        entry: &mut SignatureEvidence,
    ) -> bool {
        let answering: Vec<Vec<u8>> = self
            .crls
            .iter()
            .filter(|crl| answers(crl, certificate, issuer, used_at))
            .map(|crl| crl.der().to_vec())
            .collect();
        for der in &answering {
            add(&mut self.store.crls, &mut entry.crls, der);
        }
        !answering.is_empty()
    }

    fn take_certificate(&mut self, certificate: &Certificate, entry: &mut SignatureEvidence) {
        add(
            &mut self.store.certificates,
            &mut entry.certificates,
            certificate.der(),
        );
    }
}

/// Whether a list is the issuer's and speaks of the time of use or later.
fn answers(
    crl: &Crl,
    certificate: &Certificate,
    issuer: &Certificate,
    used_at: Option<Time>,
) -> bool {
    let in_time = used_at.is_none_or(|used_at| {
        crl.this_update() >= used_at || crl.next_update().is_none_or(|next| next >= used_at)
    });
    let by_issuer = issuer
        .public_key()
        .is_ok_and(|key| crl.verify_signed_by(key, &Sm2Id::default()).is_ok());
    in_time && crl.issuer_name().matches(certificate.issuer_name()) && by_issuer
}

fn is_root(certificate: &Certificate) -> bool {
    certificate.is_self_issued() && signed(certificate, certificate)
}

fn signed(subject: &Certificate, issuer: &Certificate) -> bool {
    issuer
        .public_key()
        .is_ok_and(|key| subject.verify_signed_by(key, &Sm2Id::default()).is_ok())
}

fn add(list: &mut Vec<Vec<u8>>, entry: &mut Vec<usize>, der: &[u8]) {
    let index = match list.iter().position(|known| known == der) {
        Some(index) => index,
        None => {
            list.push(der.to_vec());
            list.len() - 1
        }
    };
    if !entry.contains(&index) {
        entry.push(index);
    }
}

//! The evidence at hand, and which of it a certificate needs.

use super::MissingEvidence;
use super::parties::Party;
use crate::asn1::{self, Tag, Tlv, named};
use crate::crypto::Sm2Id;
use crate::pdf::{SecurityStore, SignatureEvidence};
use crate::pki::cms::CarriedEvidence;
use crate::pki::{Certificate, Crl, OcspAnswer, OcspResponse};
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
    /// OCSP responses.
    pub ocsps: Vec<OcspResponse>,
}

/// All evidence there is, and the part of it that was found useful.
pub(super) struct Gathered {
    certificates: Vec<Certificate>,
    crls: Vec<Crl>,
    ocsps: Vec<OcspResponse>,
    store: SecurityStore,
}

impl Gathered {
    /// What was given, and what the document has already.
    pub(super) fn new(evidence: &Evidence, stored: &SecurityStore) -> Self {
        let mut gathered = Self {
            certificates: evidence.certificates.clone(),
            crls: evidence.crls.clone(),
            ocsps: evidence.ocsps.clone(),
            store: SecurityStore::default(),
        };
        let SecurityStore {
            certificates,
            crls,
            ocsps,
        } = stored.clone();
        gathered.learn(&CarriedEvidence {
            certificates,
            crls,
            ocsps,
        });
        gathered
    }

    /// Takes note of what a signature itself carries.
    pub(super) fn learn(&mut self, carried: &CarriedEvidence) {
        let certificates = carried.certificates.iter();
        self.certificates
            .extend(certificates.filter_map(|der| Certificate::from_der(der).ok()));
        let crls = carried.crls.iter();
        self.crls
            .extend(crls.filter_map(|der| Crl::from_der(der).ok()));
        let ocsps = carried.ocsps.iter();
        self.ocsps
            .extend(ocsps.filter_map(|der| OcspResponse::from_der(der).ok()));
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

    /// Takes every revocation list and OCSP response that answers for the certificate.
    fn take_revocation(
        &mut self,
        certificate: &Certificate,
        issuer: &Certificate,
        used_at: Option<Time>,
        entry: &mut SignatureEvidence,
    ) -> bool {
        let lists = self.take_lists(certificate, issuer, used_at, entry);
        let responses = self.take_responses(certificate, issuer, used_at, entry);
        lists || responses
    }

    fn take_lists(
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

    fn take_responses(
        &mut self,
        certificate: &Certificate,
        issuer: &Certificate,
        used_at: Option<Time>,
        entry: &mut SignatureEvidence,
    ) -> bool {
        let mut found = false;
        for response in self.ocsps.clone() {
            let about = |answer: &OcspAnswer| {
                let key = issuer.public_key();
                key.is_ok_and(|key| answer.is_about(certificate, key))
                    && is_in_time(answer.this_update, answer.next_update, used_at)
            };
            if !response.answers().iter().any(about) {
                continue;
            }
            let Some(responder) = self.responder_of(&response, issuer) else {
                continue;
            };
            if responder != *issuer {
                self.take_certificate(&responder, entry);
                // A responder that must not be asked about needs no further proof.
                let unchecked = responder.extension(named::OCSP_NO_CHECK).is_some();
                if !unchecked && !self.take_lists(&responder, issuer, used_at, entry) {
                    continue;
                }
            }
            let der = whole(response.der());
            add(&mut self.store.ocsps, &mut entry.ocsps, &der);
            found = true;
        }
        found
    }

    /// Who signed a response: the issuer, or somebody whom the issuer made a responder
    /// (RFC 6960 4.2.2.2).
    fn responder_of(&self, response: &OcspResponse, issuer: &Certificate) -> Option<Certificate> {
        let inside = response.certificates().iter();
        let candidates = std::iter::once(issuer)
            .chain(inside)
            .chain(&self.certificates);
        let mut responders = candidates.filter(|candidate| {
            let entitled = *candidate == issuer
                || (signed(candidate, issuer)
                    && candidate.extended_key_usage().is_ok_and(|uses| {
                        uses.is_some_and(|uses| uses.contains(&named::PURPOSE_OCSP))
                    }));
            entitled
                && response.responder().is(candidate)
                && candidate
                    .public_key()
                    .is_ok_and(|key| response.verify_signed_by(key, &Sm2Id::default()).is_ok())
        });
        responders.next().cloned()
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
    let in_time = is_in_time(crl.this_update(), crl.next_update(), used_at);
    let by_issuer = issuer
        .public_key()
        .is_ok_and(|key| crl.verify_signed_by(key, &Sm2Id::default()).is_ok());
    in_time && crl.issuer_name().matches(certificate.issuer_name()) && by_issuer
}

/// Whether it is from the time of use or later, or was still to be relied on then. What does not
/// say how long it holds is of its own time only.
fn is_in_time(from: Time, until: Option<Time>, used_at: Option<Time>) -> bool {
    used_at.is_none_or(|used_at| from >= used_at || until.is_some_and(|until| until >= used_at))
}

/// The response as a responder sends it, which is what a store holds (ISO 32000-2 table 261).
fn whole(der: &[u8]) -> Vec<u8> {
    let is_whole = Tlv::parse(der)
        .and_then(|outer| outer.reader())
        .is_ok_and(|fields| fields.peek() == Some(Tag::ENUMERATED));
    if is_whole {
        return der.to_vec();
    }
    let body = asn1::sequence(&[asn1::oid(named::OCSP_BASIC), asn1::octets(der)]);
    asn1::sequence(&[asn1::tlv(Tag::ENUMERATED, &[0]), asn1::context(0, &[body])])
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

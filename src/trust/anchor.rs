//! Certificates a caller believes, each for named roles only.

use std::sync::Arc;

use super::list::{TrustEntry, TrustList};
use crate::pki::{Certificate, Name};
use crate::time::Time;

/// What an anchor is believed for. A certificate under an anchor of one role proves nothing in
/// another: a company's certificate must not be able to make an authority's seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum AnchorRole {
    /// Signers of documents and seals' users.
    Signer,
    /// Makers of seals.
    Maker,
    /// Time stamp authorities.
    Tsa,
    /// OCSP responders.
    Ocsp,
    /// Publishers of status lists.
    StatusPublisher,
}

impl AnchorRole {
    /// Its stable name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Signer => "signer",
            Self::Maker => "maker",
            Self::Tsa => "tsa",
            Self::Ocsp => "ocsp",
            Self::StatusPublisher => "status_publisher",
        }
    }
}

/// A certificate believed without a path, and for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustAnchor {
    certificate: Certificate,
    roles: Vec<AnchorRole>,
}

impl TrustAnchor {
    /// An anchor for these roles; without any it is of no use.
    #[must_use]
    pub fn new(certificate: Certificate, roles: &[AnchorRole]) -> Self {
        let mut roles = roles.to_vec();
        roles.sort_unstable();
        roles.dedup();
        Self { certificate, roles }
    }

    /// The certificate.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Its roles.
    #[must_use]
    pub fn roles(&self) -> &[AnchorRole] {
        &self.roles
    }

    /// Whether it is believed in this role.
    #[must_use]
    pub fn serves(&self, role: AnchorRole) -> bool {
        self.roles.contains(&role)
    }
}

/// The anchors a caller believes: certificates given one by one, and those of a trust list.
///
/// A list's entries have histories, so that whether one of them is an anchor depends on the time
/// asked about. Its certificates are read when a path first asks for their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchors {
    given: Vec<TrustAnchor>,
    list: Option<Arc<TrustList>>,
}

impl Anchors {
    /// No anchor: every path is indeterminate.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an anchor.
    pub fn add(&mut self, anchor: TrustAnchor) {
        self.given.push(anchor);
    }

    /// Adds certificates as anchors of one role.
    pub fn add_all(
        &mut self,
        certificates: impl IntoIterator<Item = Certificate>,
        role: AnchorRole,
    ) {
        let anchors = certificates
            .into_iter()
            .map(|certificate| TrustAnchor::new(certificate, &[role]));
        self.given.extend(anchors);
    }

    /// Believes a list as well, in place of any before. Whether it is signed and fresh is the
    /// caller's to see to; a [`TrustState`](super::list::TrustState) does.
    pub fn set_list(&mut self, list: Option<Arc<TrustList>>) {
        self.list = list;
    }

    /// The list that is believed.
    #[must_use]
    pub fn list(&self) -> Option<&TrustList> {
        self.list.as_deref()
    }

    /// Every anchor given one by one.
    #[must_use]
    pub fn given(&self) -> &[TrustAnchor] {
        &self.given
    }

    /// The certificates given one by one that are believed in this role.
    pub fn given_for(&self, role: AnchorRole) -> impl Iterator<Item = &Certificate> {
        self.given
            .iter()
            .filter(move |anchor| anchor.serves(role))
            .map(TrustAnchor::certificate)
    }

    /// Every certificate that is believed in this role at an instant.
    pub fn all_of(&self, role: AnchorRole, at: Time) -> impl Iterator<Item = &Certificate> {
        let listed = self.list.as_deref().into_iter();
        let listed = listed
            .flat_map(move |list| list.granted_at(role, at))
            .filter_map(TrustEntry::certificate);
        self.given_for(role).chain(listed)
    }

    /// The list's certificates of this name that were believed in this role at an instant.
    pub(super) fn listed(
        &self,
        role: AnchorRole,
        name: &Name,
        at: Time,
    ) -> impl Iterator<Item = &Certificate> {
        self.named(name)
            .filter(move |entry| entry.kind.role() == role && entry.granted_at(at).is_some())
            .filter_map(TrustEntry::certificate)
    }

    /// Whether an anchor of this name is there that does not serve this role.
    pub(super) fn serves_another_role(&self, role: AnchorRole, name: &Name) -> bool {
        let given = self.given.iter().any(|anchor| {
            !anchor.serves(role) && anchor.certificate().subject_name().matches(name)
        });
        given || self.named(name).any(|entry| entry.kind.role() != role)
    }

    fn named(&self, name: &Name) -> impl Iterator<Item = &TrustEntry> {
        let list = self.list.as_deref();
        list.into_iter()
            .flat_map(move |list| list.entries_named(name))
    }

    /// How many anchors serve this role at an instant.
    #[must_use]
    pub fn count(&self, role: AnchorRole, at: Time) -> usize {
        let listed = self.list.as_deref();
        let listed = listed.map_or(0, |list| list.granted_at(role, at).count());
        self.given_for(role).count() + listed
    }
}

//! Certificates a caller believes, each for named roles only.

use crate::pki::Certificate;

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

/// The anchors a caller believes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchors(Vec<TrustAnchor>);

impl Anchors {
    /// No anchor: every path is indeterminate.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an anchor.
    pub fn add(&mut self, anchor: TrustAnchor) {
        self.0.push(anchor);
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
        self.0.extend(anchors);
    }

    /// Every anchor.
    #[must_use]
    pub fn all(&self) -> &[TrustAnchor] {
        &self.0
    }

    /// The certificates of anchors believed in this role.
    pub fn of_role(&self, role: AnchorRole) -> impl Iterator<Item = &Certificate> {
        self.0
            .iter()
            .filter(move |anchor| anchor.serves(role))
            .map(TrustAnchor::certificate)
    }

    /// How many anchors serve this role.
    #[must_use]
    pub fn count(&self, role: AnchorRole) -> usize {
        self.of_role(role).count()
    }
}

//! What is asked about a certificate.

use super::anchor::{AnchorRole, Anchors};
use crate::crypto::Sm2Id;
use crate::pki::{Certificate, Crl};
use crate::time::Time;

/// How many certificates may stand between leaf and anchor, both included, unless told otherwise.
const DEFAULT_DEPTH: usize = 8;

/// What the leaf's key is to be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Purpose {
    /// Anything: key usage and extended key usage of the leaf are not looked at.
    Any,
    /// Signing documents, or with a seal.
    Signer,
    /// Making seals.
    Maker,
    /// Time stamping.
    Tsa,
}

impl Purpose {
    /// Its stable name in reports and commands.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Signer => "signer",
            Self::Maker => "maker",
            Self::Tsa => "tsa",
        }
    }
}

/// Whether revocation is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RevocationMode {
    /// Not at all.
    Off,
    /// As far as the evidence given goes; none is no obstacle.
    IfAvailable,
    /// Every certificate below the anchor needs current evidence.
    Required,
}

impl RevocationMode {
    /// Its stable name in reports and commands.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::IfAvailable => "if-available",
            Self::Required => "required",
        }
    }
}

/// Weak algorithms a policy lets pass. MD5 and keys that cannot be verified here never do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AlgorithmPolicy {
    /// SHA-1 in signatures on certificates and CRLs.
    pub allow_sha1: bool,
}

/// A question about one certificate. All it depends on stands here; there is no clock.
#[derive(Clone, Debug)]
pub struct PathRequest<'a> {
    /// The certificate in question.
    pub leaf: &'a Certificate,
    /// Certificates that may stand between it and an anchor; none is believed for being here.
    pub intermediates: &'a [Certificate],
    /// Whom the caller believes.
    pub anchors: &'a Anchors,
    /// In which role an anchor must be believed.
    pub role: AnchorRole,
    /// What the leaf's key is used for.
    pub purpose: Purpose,
    /// When every certificate must be within its validity.
    pub at: Time,
    /// When revocation evidence must be current; the same as `at` unless the caller judges a
    /// past signature with the evidence of today.
    pub evidence_at: Time,
    /// Whether revocation is looked at.
    pub revocation: RevocationMode,
    /// Revocation lists, in any order.
    pub crls: &'a [Crl],
    /// The SM2 identifier of all signatures.
    pub sm2_id: Sm2Id,
    /// How many certificates the path may have, leaf and anchor included.
    pub max_depth: usize,
    /// Weak algorithms let pass.
    pub algorithms: AlgorithmPolicy,
}

impl<'a> PathRequest<'a> {
    /// A question with the defaults: no intermediates, signer, revocation off, SM2's usual
    /// identifier, eight certificates, no weak algorithm.
    #[must_use]
    pub fn new(leaf: &'a Certificate, anchors: &'a Anchors, at: Time) -> Self {
        Self {
            leaf,
            intermediates: &[],
            anchors,
            role: AnchorRole::Signer,
            purpose: Purpose::Signer,
            at,
            evidence_at: at,
            revocation: RevocationMode::Off,
            crls: &[],
            sm2_id: Sm2Id::default(),
            max_depth: DEFAULT_DEPTH,
            algorithms: AlgorithmPolicy::default(),
        }
    }
}

//! What is asked about a certificate.

use std::fmt;

use super::anchor::{AnchorRole, Anchors};
use crate::asn1::Oid;
use crate::crypto::Sm2Id;
use crate::pki::{Certificate, Crl, OcspResponse};
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

/// What is asked of certificate policies: the initial values of RFC 5280 6.1.1. By default
/// nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyRequest {
    /// Policies that are accepted; any, when empty.
    pub acceptable: Vec<Oid>,
    /// The path must be valid under an accepted policy even if no authority says so.
    pub explicit: bool,
    /// Mappings do not count.
    pub inhibit_mapping: bool,
    /// The policy "any" does not count.
    pub inhibit_any: bool,
}

/// How old evidence about revocation may be. By default it counts until the next is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EvidenceAge {
    /// Seconds that it still counts after the next was due.
    pub grace: u32,
    /// Seconds after its issue that it counts at most, whenever the next is due; and what gives
    /// evidence an end that does not say when the next is due.
    pub max_age: Option<u32>,
    /// Whether evidence made after a certificate had expired counts for it although it may no
    /// longer tell of such.
    pub after_expiry: bool,
}

/// Signature algorithms that a caller adds to those offered here, such as those of old
/// certificates. Keys of an added algorithm are the caller's to judge too.
pub trait OtherAlgorithms: fmt::Debug + Sync {
    /// Whether keys of this DER SubjectPublicKeyInfo belong to an added algorithm.
    fn offers_key(&self, spki: &[u8]) -> bool;

    /// Whether a signature is by a key. `algorithm` is the DER AlgorithmIdentifier; `keys` are the
    /// DER SubjectPublicKeyInfo of the signer and then of each authority above it, since
    /// parameters can be inherited (RFC 3279 2.3.2). `None`: the algorithm is not known either.
    fn verify(
        &self,
        algorithm: &[u8],
        keys: &[&[u8]],
        message: &[u8],
        signature: &[u8],
    ) -> Option<bool>;
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
    /// OCSP responses, in any order.
    pub ocsp: &'a [OcspResponse],
    /// The nonce that an OCSP response must carry, for whoever has just asked.
    pub ocsp_nonce: Option<&'a [u8]>,
    /// How old that evidence may be.
    pub evidence_age: EvidenceAge,
    /// What is asked of certificate policies.
    pub policies: PolicyRequest,
    /// The SM2 identifier of all signatures.
    pub sm2_id: Sm2Id,
    /// How many certificates the path may have, leaf and anchor included.
    pub max_depth: usize,
    /// Weak algorithms let pass.
    pub algorithms: AlgorithmPolicy,
    /// Algorithms added to those offered here.
    pub other_algorithms: Option<&'a dyn OtherAlgorithms>,
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
            ocsp: &[],
            ocsp_nonce: None,
            evidence_age: EvidenceAge::default(),
            policies: PolicyRequest::default(),
            sm2_id: Sm2Id::default(),
            max_depth: DEFAULT_DEPTH,
            algorithms: AlgorithmPolicy::default(),
            other_algorithms: None,
        }
    }
}

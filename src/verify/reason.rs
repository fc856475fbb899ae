//! Why a check did not pass, as a stable name that texts in every language hang on.

macro_rules! reasons {
    ($($(#[doc = $doc:literal])+ $variant:ident, $name:literal;)+) => {
        /// Why a check failed or could not be judged.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Reason {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Reason {
            /// Every reason.
            pub const ALL: &[Reason] = &[$(Reason::$variant,)+];

            /// The stable name, such as `digest_differs`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Reason::$variant => $name,)+ }
            }
        }
    };
}

reasons! {
    /// The bytes do not have the form they must have.
    Malformed, "malformed";
    /// A limit on size, depth or count was exceeded.
    LimitExceeded, "limit_exceeded";
    /// Well formed, but of a kind this version does not judge.
    Unsupported, "unsupported";
    /// Two readers could see two documents.
    TwoDocuments, "two_documents";
    /// A departure from the standard that strict reading does not admit.
    NotStrict, "not_strict";
    /// License data without any signature: it may have been stripped.
    SignatureStripped, "signature_stripped";
    /// No signature at all.
    NotSigned, "not_signed";
    /// Bytes are not those that were signed.
    DigestDiffers, "digest_differs";
    /// A signed part is not there.
    PartMissing, "part_missing";
    /// The signature names nothing that it protects.
    NothingReferenced, "nothing_referenced";
    /// The signed content was not given.
    ContentNotGiven, "content_not_given";
    /// The value does not verify under the key.
    ValueMismatch, "value_mismatch";
    /// The signer's certificate is not in the file and was not given.
    CertificateMissing, "certificate_missing";
    /// The certificate cannot be read.
    CertificateUnreadable, "certificate_unreadable";
    /// The displayed document is a later version than the signed one.
    LaterVersion, "later_version";
    /// Parts that are displayed are covered by no signature.
    Uncovered, "uncovered";
    /// No intact signature covers the displayed document.
    NoCoveringSignature, "no_covering_signature";
    /// Files stand in the package that the list does not name.
    Unlisted, "unlisted";
    /// Algorithms named in several places disagree.
    AlgorithmsDisagree, "algorithms_disagree";
    /// The digest method is not stated; its schema default is broken.
    MethodNotStated, "method_not_stated";
    /// The algorithm or key is too weak.
    TooWeak, "too_weak";
    /// The algorithm is not known to this version.
    AlgorithmUnknown, "algorithm_unknown";
    /// The seal in the signature and the seal file differ.
    SealsDiffer, "seals_differ";
    /// The picture is not of the type it claims.
    PictureType, "picture_type";
    /// A time cannot be read.
    TimeUnreadable, "time_unreadable";
    /// A time lies in the future of the evaluation.
    InFuture, "in_future";
    /// Times contradict each other.
    TimesContradict, "times_contradict";
    /// Outside the certificate's validity.
    OutsideCertificate, "outside_certificate";
    /// Outside the seal's validity.
    OutsideSeal, "outside_seal";
    /// The certificate was revoked after the claimed time, which nothing proves.
    RevokedSince, "revoked_since";
    /// The policy asks for proof of the time, and there is none.
    TimeNotProven, "time_not_proven";
    /// The signer's certificate is not in the seal's list.
    NotListed, "not_listed";
    /// Not in the list, but the same subject is: the certificate was renewed.
    Renewed, "renewed";
    /// No trusted certificate was given for this role.
    NoAnchors, "no_anchors";
    /// The trust list is too old to vouch for anyone.
    TrustListStale, "trust_list_stale";
    /// The verdict is asked for as of a time before the trust list was issued.
    ClockBeforeList, "clock_before_list";
    /// The trust list has withdrawn its trust in the anchor.
    AnchorWithdrawn, "anchor_withdrawn";
    /// The trust list believes the anchor for other times only.
    AnchorNotInForce, "anchor_not_in_force";
    /// No chain leads to a trusted certificate.
    NoPath, "no_path";
    /// The chain ends at a certificate that is trusted for another role only.
    AnchorRole, "anchor_role";
    /// A signature in the chain does not verify.
    ChainSignature, "chain_signature";
    /// A certificate in the chain is outside its validity.
    ChainValidity, "chain_validity";
    /// A certificate in the chain is no certificate authority, or its path length is exceeded.
    NotAuthority, "not_authority";
    /// A certificate's key usage does not permit this.
    KeyUsage, "key_usage";
    /// A certificate's extended key usage does not permit this.
    ExtendedKeyUsage, "extended_key_usage";
    /// A name is outside what an authority may certify.
    NameConstraint, "name_constraint";
    /// A critical extension is not understood.
    CriticalExtension, "critical_extension";
    /// No certificate policy that is required holds along the whole chain.
    PolicyConstraint, "policy_constraint";
    /// A key is off its curve, or its curve is spelled out instead of named.
    KeyInvalid, "key_invalid";
    /// The certificate was revoked.
    Revoked, "revoked";
    /// No revocation list answers for it.
    NoRevocationList, "no_revocation_list";
    /// The revocation list is out of date.
    RevocationListStale, "revocation_list_stale";
    /// The revocation list cannot be relied on.
    RevocationListUnusable, "revocation_list_unusable";
    /// Nothing at hand says who may do this.
    AuthorityUnknown, "authority_unknown";
    /// The license's type is none that the anchor vouches for.
    OutsideTypes, "outside_types";
    /// The issuing body is none that the anchor vouches for.
    OutsideIssuers, "outside_issuers";
    /// The region is none that the anchor vouches for.
    OutsideRegion, "outside_region";
    /// The region code is none.
    RegionUnknown, "region_unknown";
    /// The region code was given up, and it stays open where it lies.
    RegionRetired, "region_retired";
    /// The seal is another body's than the issuer that the license names.
    IssuerDiffers, "issuer_differs";
    /// The seal is one body's and the signer's certificate another's.
    SealOwnerDiffers, "seal_owner_differs";
    /// The license states no code of its issuer, and a name proves nothing.
    IssuerCodeMissing, "issuer_code_missing";
    /// Only the name says that the signer is the issuer.
    NameOnly, "name_only";
    /// The certificate's organisation is not called as the owner of the seal.
    NamesDiffer, "names_differ";
    /// The license was signed without a seal.
    NoSeal, "no_seal";
    /// No signature covers all of the license's data.
    NoCommonSignature, "no_common_signature";
    /// A source of the license's data contradicts another.
    SourcesDiffer, "sources_differ";
    /// A source of the license's data is there twice.
    SourceTwice, "source_twice";
    /// The check character or form is wrong.
    IdentifierWrong, "identifier_wrong";
    /// The check character follows a vendor's algorithm, not the standard's.
    IdentifierVariant, "identifier_variant";
    /// A required element is missing or wrong.
    MetadataIncomplete, "metadata_incomplete";
    /// Nothing at hand tells the status.
    StatusUnknown, "status_unknown";
    /// The validity has ended.
    Expired, "expired";
    /// The validity has not begun.
    NotYetValid, "not_yet_valid";
    /// The byte range is not the document around the signature.
    RangeWrong, "range_wrong";
    /// Bytes stand where no revision accounts for them.
    StrayBytes, "stray_bytes";
    /// The time stamp is not one, or is broken.
    TimestampBroken, "timestamp_broken";
    /// The file is encrypted, and the password given does not open it.
    PasswordNeeded, "password_needed";
    /// The signature that this one builds on is not in the list.
    BaseMissing, "base_missing";
    /// The signature that this one builds on is not covered by it.
    BaseNotCovered, "base_not_covered";
    /// The signature that this one builds on is not intact.
    BaseBroken, "base_broken";
    /// A later revision changes what no one who signed could have admitted.
    ChangeRefused, "change_refused";
    /// A later revision changes what the policy admits only where a signer permits it.
    ChangeNotAdmitted, "change_not_admitted";
    /// A later revision changes what an earlier signature forbids.
    PermissionDenied, "permission_denied";
    /// A later revision changes a field that an earlier signature locks.
    FieldLocked, "field_locked";
    /// What is shown in a form field is not its value.
    AppearanceDiffers, "appearance_differs";
    /// A later revision takes a signature out of the document.
    SignatureRemoved, "signature_removed";
    /// The document is encrypted, and nothing that opens it was given.
    Encrypted, "encrypted";
    /// The document is encrypted, and the key given does not open it.
    NotOpened, "not_opened";
}

impl Reason {
    /// The sub-indication of ETSI EN 319 102-1 that says the same, where one does, for software
    /// that already knows those.
    #[must_use]
    pub const fn sub_indication(self) -> Option<&'static str> {
        Some(match self {
            Self::Malformed | Self::RangeWrong => "FORMAT_FAILURE",
            Self::DigestDiffers => "HASH_FAILURE",
            Self::ValueMismatch => "SIG_CRYPTO_FAILURE",
            Self::PartMissing | Self::ContentNotGiven => "SIGNED_DATA_NOT_FOUND",
            Self::CertificateMissing => "NO_SIGNING_CERTIFICATE_FOUND",
            Self::NoAnchors
            | Self::NoPath
            | Self::AnchorRole
            | Self::TrustListStale
            | Self::AnchorWithdrawn
            | Self::AnchorNotInForce => "NO_CERTIFICATE_CHAIN_FOUND",
            Self::CertificateUnreadable | Self::ChainSignature => {
                "CERTIFICATE_CHAIN_GENERAL_FAILURE"
            }
            Self::NotAuthority
            | Self::KeyUsage
            | Self::ExtendedKeyUsage
            | Self::NameConstraint
            | Self::CriticalExtension
            | Self::PolicyConstraint => "CHAIN_CONSTRAINTS_FAILURE",
            Self::TooWeak | Self::AlgorithmUnknown | Self::KeyInvalid => {
                "CRYPTO_CONSTRAINTS_FAILURE"
            }
            Self::ChainValidity | Self::OutsideCertificate | Self::TimeNotProven => {
                "OUT_OF_BOUNDS_NO_POE"
            }
            Self::Revoked => "REVOKED",
            Self::RevokedSince => "REVOKED_NO_POE",
            Self::NoRevocationList | Self::RevocationListStale | Self::RevocationListUnusable => {
                "TRY_LATER"
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = Reason::ALL.iter().map(|reason| reason.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Reason::ALL.len());
    }
}

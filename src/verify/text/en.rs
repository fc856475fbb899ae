//! English texts.

use super::super::{CheckCode, Outcome, Reason};
use crate::finding::FindingCode;

pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "PASSED",
        Outcome::Indeterminate => "INDETERMINATE",
        Outcome::Failed => "FAILED",
    }
}

pub(super) fn check(code: CheckCode) -> &'static str {
    match code {
        CheckCode::ContainerFormat => "file format",
        CheckCode::ContainerAmbiguous => "one reading only",
        CheckCode::DocumentSigned => "signed at all",
        CheckCode::SignatureReferences => "protected content unchanged",
        CheckCode::PdfByteRange => "PDF byte range",
        CheckCode::PdfRevision => "PDF revision complete",
        CheckCode::SignatureDigest => "digest of the content",
        CheckCode::SignatureValue => "signature value",
        CheckCode::SignatureBase => "signature it builds on",
        CheckCode::DocumentChangedAfterSigning => "unchanged since signing",
        CheckCode::PdfModification => "later PDF changes",
        CheckCode::PdfPermission => "PDF permissions",
        CheckCode::CoverageDocument => "all that is shown is covered",
        CheckCode::IntegrityEntries => "integrity list complete",
        CheckCode::IntegrityValue => "integrity list's signature",
        CheckCode::SignatureAlgorithm => "signature algorithm",
        CheckCode::SignatureTimestamp => "signature's time stamp",
        CheckCode::SealFormat => "seal format",
        CheckCode::SealMakerSignature => "seal maker's signature",
        CheckCode::SealMakerCertificate => "maker's certificate valid at making",
        CheckCode::SealCreateTime => "time of making",
        CheckCode::SealValidity => "seal within its validity",
        CheckCode::SealTimestamp => "seal's time stamp",
        CheckCode::SealPicture => "seal picture",
        CheckCode::SealEmbeddedEqual => "both copies of the seal equal",
        CheckCode::SealSignatureSignerListed => "signer listed in the seal",
        CheckCode::SealSignatureTime => "time of signing",
        CheckCode::TimeClock => "clock not before the trust list",
        CheckCode::PathAnchor => "certificate leads to an anchor",
        CheckCode::PathConstraint => "certificates permit this use",
        CheckCode::PathAlgorithm => "algorithms of the certificates",
        CheckCode::RevocationSigner => "signer not revoked",
        CheckCode::RevocationMaker => "maker not revoked",
        CheckCode::AuthorityMaker => "maker entitled",
        CheckCode::AuthorityIssuer => "signer is the issuing body",
        CheckCode::AuthorityScope => "within the anchor's scope",
        CheckCode::LicenseConsistent => "license data agree",
        CheckCode::LicenseIdentifier => "license identifier",
        CheckCode::LicenseMetadata => "license metadata",
        CheckCode::LicenseStatus => "license status",
        CheckCode::LicenseValidity => "license validity",
    }
}

pub(super) fn advice(reason: Reason) -> (&'static str, &'static str) {
    match reason {
        Reason::Malformed => (
            "The data is damaged or not what it claims to be.",
            "Ask for the original electronic file, neither converted nor saved anew.",
        ),
        Reason::LimitExceeded => (
            "Size, depth or count exceeds a safety limit.",
            "Check where the file comes from; if it is genuine, hand it to a technician.",
        ),
        Reason::Unsupported => (
            "This form is not supported by this version.",
            "Update the software, or use the sharing interface.",
        ),
        Reason::TwoDocuments => (
            "The file can be read as two different documents.",
            "Do not rely on it; ask the issuing body.",
        ),
        Reason::NotStrict => (
            "The encoding departs from its standard, which strict reading does not admit.",
            "Verify in interop mode, and tell the maker.",
        ),
        Reason::SignatureStripped => (
            "There is license data but no signature: it may have been stripped.",
            "Do not rely on it; ask for the sealed original.",
        ),
        Reason::NotSigned => (
            "The document carries no signature.",
            "Ask for a sealed or signed file.",
        ),
        Reason::DigestDiffers => (
            "Content was changed after it was signed.",
            "Do not rely on it; ask for the unchanged original.",
        ),
        Reason::PartMissing => (
            "Part of the signed content is missing.",
            "Do not rely on it; ask for the complete original.",
        ),
        Reason::NothingReferenced => (
            "The signature protects nothing.",
            "Do not rely on it; ask the issuing body.",
        ),
        Reason::ContentNotGiven => (
            "The signed content was not given.",
            "Give the content beside the signature.",
        ),
        Reason::ValueMismatch => (
            "The signature value does not verify under the signer's key.",
            "Do not rely on it; ask the issuing body.",
        ),
        Reason::CertificateMissing => (
            "The signer's certificate is not in the file.",
            "Give the signer's certificate.",
        ),
        Reason::CertificateUnreadable => (
            "A certificate cannot be read.",
            "Get a correct copy from its owner or its authority.",
        ),
        Reason::LaterVersion => (
            "What is displayed is a later version than the signed one.",
            "Do not rely on what is displayed; ask for the original.",
        ),
        Reason::Uncovered => (
            "Parts that are displayed are covered by no signature.",
            "Do not rely on it; ask for the original.",
        ),
        Reason::NoCoveringSignature => (
            "No intact signature covers all that is displayed.",
            "Do not rely on what is displayed; ask the issuing body.",
        ),
        Reason::Unlisted => (
            "The package holds files that its list does not name.",
            "Find out where they come from.",
        ),
        Reason::AlgorithmsDisagree => (
            "Algorithms named in several places contradict each other.",
            "Do not rely on it; contact the signer.",
        ),
        Reason::MethodNotStated => (
            "The digest method is not stated, and its default is broken.",
            "Do not rely on it; have it signed anew.",
        ),
        Reason::TooWeak => (
            "The algorithm or key is too weak.",
            "Have it signed anew with a sound algorithm.",
        ),
        Reason::AlgorithmUnknown => (
            "The algorithm is not known to this version.",
            "Update the software, or use the sharing interface.",
        ),
        Reason::SealsDiffer => (
            "The seal in the signature and the seal file are not the same bytes.",
            "Do not rely on it; contact the signer.",
        ),
        Reason::PictureType => (
            "The seal's picture is not of the type it claims.",
            "Have the maker check the picture.",
        ),
        Reason::TimeUnreadable => (
            "A time cannot be read.",
            "Ask the signer or maker for the time.",
        ),
        Reason::InFuture => (
            "A time lies after the time of this check.",
            "Check this machine's clock; if it is right, do not rely on the file.",
        ),
        Reason::TimesContradict => (
            "Times contradict each other.",
            "Do not rely on it; contact the seal's maker.",
        ),
        Reason::OutsideCertificate => (
            "The stated time lies outside the certificate's validity.",
            "Do not rely on it; have it made anew with a valid certificate.",
        ),
        Reason::OutsideSeal => (
            "The stated time lies outside the seal's validity.",
            "Do not rely on it; have it sealed anew.",
        ),
        Reason::RevokedSince => (
            "The certificate was revoked since, and nothing proves when it was signed.",
            "Ask the issuing body when it was signed, or for a time stamp.",
        ),
        Reason::TimeNotProven => (
            "No time stamp proves when it was signed.",
            "Add a time stamp before archiving.",
        ),
        Reason::NotListed => (
            "The signer's certificate is not among those the seal was made for.",
            "Do not rely on it; contact the owner of the seal.",
        ),
        Reason::Renewed => (
            "The signer's certificate was renewed, and the seal lists the old one.",
            "Have the seal made anew.",
        ),
        Reason::NoAnchors => (
            "No trusted certificate was given for this role.",
            "Give the trusted root and verify again.",
        ),
        Reason::TrustListStale => (
            "The trust list is too old, so nobody is trusted by it.",
            "Install the current trust list and verify again.",
        ),
        Reason::ClockBeforeList => (
            "The time of this check lies before the trust list was issued.",
            "Set the clock right, or use the trust list of that time.",
        ),
        Reason::AnchorWithdrawn => (
            "The trust list has withdrawn its trust in this authority.",
            "Ask the authority that keeps the trust list whether this may be relied on.",
        ),
        Reason::AnchorNotInForce => (
            "The trust list does not trust this authority for that time.",
            "Ask the authority that keeps the trust list since when it is trusted.",
        ),
        Reason::NoPath => (
            "The certificate leads to no trusted one.",
            "Add the missing issuer, or ask for it to be trusted.",
        ),
        Reason::AnchorRole => (
            "The issuer is trusted, but not for this role.",
            "Do not rely on it; ask the issuing body.",
        ),
        Reason::ChainSignature => (
            "A signature in the chain of certificates does not verify.",
            "Do not rely on it; the certificate may be forged.",
        ),
        Reason::ChainValidity => (
            "A certificate in the chain is outside its validity.",
            "Check the time of evaluation, or get a valid certificate.",
        ),
        Reason::NotAuthority => (
            "A certificate in the chain may not issue others.",
            "Do not rely on it; no authority issued this certificate.",
        ),
        Reason::KeyUsage => (
            "A certificate's key usage does not permit this.",
            "Have it signed with a certificate of the right usage.",
        ),
        Reason::ExtendedKeyUsage => (
            "A certificate's extended key usage does not permit this.",
            "Have it signed with a certificate of the right usage.",
        ),
        Reason::NameConstraint => (
            "A name lies outside what its authority may certify.",
            "Do not rely on it; ask the certificate authority.",
        ),
        Reason::CriticalExtension => (
            "A certificate has a critical extension that is not understood.",
            "Update the software, or ask the certificate authority.",
        ),
        Reason::PolicyConstraint => (
            "No certificate policy that is required holds along the whole chain.",
            "Do not rely on it; ask the certificate authority.",
        ),
        Reason::KeyInvalid => (
            "A certificate's public key is invalid.",
            "Do not rely on it; ask the certificate authority.",
        ),
        Reason::Revoked => (
            "The certificate was revoked.",
            "Do not rely on it; the holder should have it issued anew.",
        ),
        Reason::NoRevocationList => (
            "No revocation list answers for the certificate.",
            "Give the issuer's revocation list.",
        ),
        Reason::RevocationListStale => (
            "The revocation list is out of date.",
            "Give a current revocation list.",
        ),
        Reason::RevocationListUnusable => (
            "The revocation list's signature, issuer or scope is wrong.",
            "Get the list from its issuer again.",
        ),
        Reason::AuthorityUnknown => (
            "Nothing at hand says who may do this.",
            "Install a trust list, or use the sharing interface.",
        ),
        Reason::OutsideTypes => (
            "The trust list does not entitle this authority to licenses of this type.",
            "Do not accept it; ask the issuing body under what right it was issued.",
        ),
        Reason::OutsideIssuers => (
            "The trust list does not let this authority vouch for this issuing body.",
            "Do not accept it; ask the issuing body who certified its seal.",
        ),
        Reason::OutsideRegion => (
            "The trust list does not let this authority vouch for this region.",
            "Do not accept it; ask the issuing body who certified its seal.",
        ),
        Reason::RegionUnknown => (
            "The license's region code is not one of GB/T 2260.",
            "Ask the issuing body which region the license belongs to.",
        ),
        Reason::RegionRetired => (
            "The license's region code was no longer in use when it was issued, or its area was divided.",
            "Ask the issuing body which region the license belongs to.",
        ),
        Reason::IssuerDiffers => (
            "The seal belongs to another body than the one that the license names as its issuer.",
            "Do not accept it; ask the body that the license names.",
        ),
        Reason::SealOwnerDiffers => (
            "The seal belongs to one body and the signer's certificate to another.",
            "Do not accept it; ask the body that owns the seal.",
        ),
        Reason::IssuerCodeMissing => (
            "The license does not state its issuer's unified social credit code.",
            "Ask the issuing body, or use the sharing interface.",
        ),
        Reason::NameOnly => (
            "Only the name in the certificate says that the signer is the issuing body, and names can be alike.",
            "Ask for the issuing body's seal or certificate to be entered in the trust list.",
        ),
        Reason::NamesDiffer => (
            "The organisation in the signer's certificate is not called as the owner of the seal.",
            "Ask for the signer's certificate to be entered in the trust list.",
        ),
        Reason::NoSeal => (
            "The license was signed without a seal, so no maker vouches for it.",
            "Ask the issuing body for the sealed license.",
        ),
        Reason::NoCommonSignature => (
            "No single signature covers all data of the license.",
            "Ask the issuing body for the license as it was issued.",
        ),
        Reason::SourcesDiffer => (
            "The license's data differ between places in the file.",
            "Do not rely on it; ask the issuing body.",
        ),
        Reason::SourceTwice => (
            "The same license data is there twice.",
            "Do not rely on it; ask the issuing body.",
        ),
        Reason::IdentifierWrong => (
            "The license identifier's form or check character is wrong.",
            "Check for a typing error, or ask the issuing body.",
        ),
        Reason::IdentifierVariant => (
            "The check character follows a vendor's old algorithm.",
            "Go on, and tell the issuing body.",
        ),
        Reason::MetadataIncomplete => (
            "License metadata is missing or wrong.",
            "Have the issuing body correct it.",
        ),
        Reason::StatusUnknown => (
            "Nothing at hand tells the license's status.",
            "Query the status through the sharing interface.",
        ),
        Reason::Expired => (
            "The license's validity has ended.",
            "The holder should renew it.",
        ),
        Reason::NotYetValid => (
            "The license is not yet in force.",
            "Use it from its first day of validity.",
        ),
        Reason::RangeWrong => (
            "The PDF signature does not cover exactly the document around it.",
            "Do not rely on it; ask for the original.",
        ),
        Reason::StrayBytes => (
            "There are bytes that no revision accounts for.",
            "Do not rely on it; ask for the original.",
        ),
        Reason::TimestampBroken => (
            "The time stamp is invalid or damaged.",
            "Do not rely on its time; contact the signer.",
        ),
        Reason::PasswordNeeded => (
            "The file is encrypted, and the password at hand does not open it.",
            "Give the password of the file and verify again.",
        ),
        Reason::BaseMissing => (
            "The signature that this one builds on was removed.",
            "Do not rely on it; ask for the original.",
        ),
        Reason::BaseNotCovered => (
            "This signature names another as its base but does not protect it.",
            "Do not rely on the order of the signatures; contact the signer.",
        ),
        Reason::BaseBroken => (
            "The signature that this one builds on is not intact.",
            "Do not rely on it; ask for the original.",
        ),
        Reason::ChangeRefused => (
            "The document was changed after it was signed.",
            "Do not rely on it; ask for the original as it was signed.",
        ),
        Reason::ChangeNotAdmitted => (
            "Something was filled in or added after signing that no signer permits.",
            "Do not rely on what was added; ask for the original as it was signed.",
        ),
        Reason::PermissionDenied => (
            "The author's signature forbids the change that was made after it.",
            "Do not rely on it; ask for the original as it was signed.",
        ),
        Reason::FieldLocked => (
            "A form field was changed although a signature locks it.",
            "Do not rely on it; ask for the original as it was signed.",
        ),
        Reason::AppearanceDiffers => (
            "A form field shows something else than its value.",
            "Do not rely on what is shown; ask for the original as it was signed.",
        ),
        Reason::SignatureRemoved => (
            "A signature was taken out of the document after it was made.",
            "Do not rely on it; ask for the original as it was signed.",
        ),
        Reason::Encrypted => (
            "The document is encrypted, and without its password or key nothing can be judged.",
            "Ask the holder for the password, or for the document as it was before.",
        ),
        Reason::NotOpened => (
            "The document is encrypted, and the key given does not open it.",
            "Give the key of a certificate that it was encrypted to.",
        ),
    }
}

pub(super) fn finding(code: FindingCode) -> &'static str {
    match code {
        FindingCode::UnusedBits => "a BIT STRING counts unused bits it does not have",
        FindingCode::TrimmedBitString => {
            "a BIT STRING lost zero bytes at its end; they were put back"
        }
        FindingCode::NegativeInteger => "an INTEGER of a signature lacks its leading zero",
        FindingCode::EncodedDefault => "a default value was encoded",
        FindingCode::StringSwap => "OCTET STRING and BIT STRING were swapped",
        FindingCode::RawSignatureValue => "the signature value is raw, not DER",
        FindingCode::ZonelessTime => "a time without a zone was read as China time",
        FindingCode::MalformedTime => "a time is malformed",
        FindingCode::ClaimedTime => "the time of signing is claimed, not proven",
        FindingCode::VersionMismatch => "the version number belongs to another layout",
        FindingCode::CertListType => "the certificate list's type is neither 1 nor 2",
        FindingCode::CertificateAsText => "a certificate stands in a text string",
        FindingCode::ExtraWrapping => "a structure is wrapped once too often",
        FindingCode::PropertyInfoNotAscii => "propertyInfo is not ASCII",
        FindingCode::ExtensionTag => "extension data has a tag its layout does not have",
        FindingCode::NestedPicture => "the seal's picture is a whole OFD",
        FindingCode::SealValidityNow => "the seal is not valid any more",
        FindingCode::ContentTypeVariant => "GM and international content types are mixed",
        FindingCode::AlgorithmVariant => "the algorithm has an unusual but clear identifier",
        FindingCode::AttributeOrder => "signed attributes are not in DER order",
        FindingCode::OldNamespace => "the old OFD namespace",
        FindingCode::PrefixBytes => "bytes stand before the package",
        FindingCode::DataDescriptor => "package entries end in data descriptors",
        FindingCode::LocationStyle => "a path is written in an unusual style",
        FindingCode::RelativeLocation => "a path that should be absolute is relative",
        FindingCode::IdentifierForm => "an identifier has not the form it should have",
        FindingCode::ElementOrder => "elements are not in schema order",
        FindingCode::DigestAlias => "the digest method is named by an alias",
        FindingCode::EntryPointUncovered => "OFD.xml is not covered, but all it leads to is",
        FindingCode::SignatureListUncovered => "the list of signatures is open to more",
        FindingCode::AnnexUncovered => "annotations or attachments are not covered",
        FindingCode::LooseFiles => "files that are neither shown nor covered",
        FindingCode::PurposeClientOnly => {
            "the certificate names client authentication as its only purpose"
        }
        FindingCode::KeyAlgorithmVariant => "the key is named by its curve",
        FindingCode::IdentifierVendorVariant => "the check character is a vendor's",
        FindingCode::GapBytes => "bytes between package entries belong to none",
        FindingCode::NameEncoding => "an entry's name is neither ASCII nor marked as UTF-8",
        FindingCode::BerEncoding => "the signed message is in BER; it was put into DER to be read",
        FindingCode::TimeStampVersion => "the time stamp's version is not 1",
        FindingCode::TimeForm => "a time has another time type",
        FindingCode::HeaderId => "the seal's header does not begin with ES",
        FindingCode::TextType => "a text has another string type",
        FindingCode::CertificateProfile => "a certificate departs from what is asked of issuers",
        FindingCode::MakerNow => "the maker's certificate has ended or was revoked since",
        FindingCode::PropertyInfoBlank => "the seal signature does not say what it protects",
        FindingCode::PropertyInfoElsewhere => "the seal signature names another file as protected",
        FindingCode::PartialCoverage => "a part was added after this signature or left out of it",
        FindingCode::SigningOrder => "a later signature claims an earlier time",
        FindingCode::TimeStampAuthorityName => {
            "the time stamp names its authority otherwise than the certificate does"
        }
        FindingCode::TimeStampAccuracyForm => {
            "the time stamp's accuracy is written as GM/T 0033 prints it"
        }
        FindingCode::HiddenContent => "the signed PDF holds content that is not shown",
        FindingCode::ReferenceGap => "the signed PDF refers to an object that is not there",
        FindingCode::HiddenLayers => "the signed PDF has layers that are hidden or switch",
        FindingCode::OverlayAnnotation => "an annotation lies over a signed page",
        FindingCode::SharedSignature => "one signature stands in several fields",
        FindingCode::ParallelScheme => {
            "the signature is of the parallel kind and leaves out what was added with it"
        }
        FindingCode::SubFilterMismatch => "the signature's format is named otherwise than it is",
        FindingCode::ListedTwice => "the package's list of files names one of them twice",
        FindingCode::Decrypted => "the document is encrypted; it was judged decrypted",
    }
}

//! Tolerated defects and remarks: what was met that a strict writer would not have written.
//!
//! A finding alone never fails a document in interop mode; under strict reading every encoding
//! defect does (`contract` §1).

use std::fmt;

macro_rules! finding_codes {
    ($($(#[doc = $doc:literal])+ $variant:ident, $class:ident, $name:literal;)+) => {
        /// What kind of defect or remark, with a stable name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum FindingCode {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl FindingCode {
            /// Every code.
            pub const ALL: &[FindingCode] = &[$(FindingCode::$variant,)+];

            /// The stable name, such as `der.unused_bits`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(FindingCode::$variant => $name,)+ }
            }

            /// Whether strict mode refuses it.
            #[must_use]
            pub const fn class(self) -> FindingClass {
                match self { $(FindingCode::$variant => FindingClass::$class,)+ }
            }
        }
    };
}

/// How a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FindingClass {
    /// The file departs from its standard; strict mode refuses it.
    Defect,
    /// Conforming, but a reader should know.
    Remark,
}

finding_codes! {
    /// A BIT STRING counts unused bits although its content is whole bytes.
    UnusedBits, Defect, "der.unused_bits";
    /// A BIT STRING lost trailing zero bytes; they were put back to read it.
    TrimmedBitString, Defect, "der.trimmed_bit_string";
    /// An INTEGER of a signature lacks its leading zero and reads as negative.
    NegativeInteger, Defect, "der.negative_integer";
    /// A DEFAULT value was encoded.
    EncodedDefault, Defect, "der.encoded_default";
    /// An OCTET STRING stands for a BIT STRING, or the reverse.
    StringSwap, Defect, "der.string_swap";
    /// A signature value is raw r‖s where DER is required.
    RawSignatureValue, Defect, "signature.raw_value";
    /// A time has no zone; it was read as China's civil time.
    ZonelessTime, Defect, "time.zoneless";
    /// A time cannot be read.
    MalformedTime, Defect, "time.malformed";
    /// The time of signing is only claimed by the signer, not proven by a token.
    ClaimedTime, Remark, "time.claimed_only";
    /// The header's version number belongs to another layout.
    VersionMismatch, Defect, "ses.version_mismatch";
    /// `certListType` is neither 1 nor 2, or contradicts the elements; their shape was used.
    CertListType, Defect, "ses.cert_list_type";
    /// A certificate stands in an IA5String.
    CertificateAsText, Defect, "ses.certificate_as_text";
    /// A structure is wrapped in an extra string.
    ExtraWrapping, Defect, "ses.extra_wrapping";
    /// `propertyInfo` holds bytes outside ASCII.
    PropertyInfoNotAscii, Defect, "ses.property_info_not_ascii";
    /// `extDatas` carries a tag its layout does not have.
    ExtensionTag, Defect, "ses.extension_tag";
    /// The picture is a whole OFD package.
    NestedPicture, Remark, "ses.nested_picture";
    /// The embedded seal's validity at the evaluation time.
    SealValidityNow, Remark, "seal.validity_now";
    /// A GM signature carries the international content type, or the reverse.
    ContentTypeVariant, Defect, "cms.content_type_variant";
    /// The signature algorithm is named by an unusual but unambiguous identifier.
    AlgorithmVariant, Defect, "cms.algorithm_variant";
    /// Signed attributes are not in DER order.
    AttributeOrder, Defect, "cms.attribute_order";
    /// The old OFD namespace.
    OldNamespace, Defect, "ofd.old_namespace";
    /// Bytes stand before the package; they are not part of it.
    PrefixBytes, Defect, "ofd.prefix_bytes";
    /// Entries end in data descriptors.
    DataDescriptor, Remark, "ofd.data_descriptor";
    /// A location is written with `\`, `//` or in other letter case.
    LocationStyle, Defect, "ofd.location_style";
    /// A location that should be absolute is relative.
    RelativeLocation, Defect, "ofd.relative_location";
    /// An identifier does not have the form its schema asks for.
    IdentifierForm, Defect, "ofd.identifier_form";
    /// Elements stand in another order than the schema's.
    ElementOrder, Defect, "ofd.element_order";
    /// A digest method is named by an alias.
    DigestAlias, Defect, "digest.method_alias";
    /// OFD.xml is not covered, though all it leads to is.
    EntryPointUncovered, Remark, "coverage.entry_point";
    /// The list of signatures is not covered: further signatures stay possible.
    SignatureListUncovered, Remark, "coverage.signature_list";
    /// Annotations or attachments are not covered.
    AnnexUncovered, Remark, "coverage.annex";
    /// Package files that nothing displayed leads to, and no signature covers.
    LooseFiles, Remark, "coverage.loose_files";
    /// The signer's certificate names client authentication as its only purpose.
    PurposeClientOnly, Remark, "certificate.purpose_client_only";
    /// The public key uses the curve's identifier in place of the key type's.
    KeyAlgorithmVariant, Remark, "certificate.key_algorithm_variant";
    /// The license identifier's check character follows a vendor's algorithm.
    IdentifierVendorVariant, Defect, "license.identifier_vendor_variant";
    /// Bytes that belong to no entry stand between a package's entries.
    GapBytes, Defect, "ofd.gap_bytes";
    /// An entry's name is neither ASCII nor marked as UTF-8.
    NameEncoding, Defect, "ofd.name_encoding";
    /// CMS in BER where DER is required; it was put into DER to be read.
    BerEncoding, Defect, "cms.ber_encoding";
    /// A time stamp's `TSTInfo` has another version than 1.
    TimeStampVersion, Defect, "timestamp.version";
    /// A time is of another type or form than its layout asks for, but can be read.
    TimeForm, Defect, "time.form";
    /// A seal's header does not begin with `ES`.
    HeaderId, Defect, "ses.header_id";
    /// A text has another string type than its field asks for, or bytes its type does not allow.
    TextType, Defect, "ses.text_type";
    /// The maker's certificate has ended or was revoked by the evaluation time.
    MakerNow, Remark, "seal.maker_now";
    /// `propertyInfo` says nothing, where it must at least name what is protected.
    PropertyInfoBlank, Defect, "ses.property_info_blank";
    /// `propertyInfo` names another file than the one that is signed.
    PropertyInfoElsewhere, Defect, "ofd.property_info_elsewhere";
    /// An intact signature does not cover all that is displayed, though another does.
    PartialCoverage, Remark, "coverage.partial";
    /// A signature that covers another claims an earlier time than that one.
    SigningOrder, Remark, "time.signing_order";
    /// A time stamp gives its authority a name that the authority's certificate does not bear.
    TimeStampAuthorityName, Defect, "timestamp.authority_name";
    /// Milliseconds of a time stamp's accuracy stand untagged, as GM/T 0033 prints them.
    TimeStampAccuracyForm, Remark, "timestamp.accuracy_form";
    /// A page, picture or font of a PDF that nothing leads to, as a later change could.
    HiddenContent, Remark, "pdf.hidden_content";
    /// A PDF refers to an object that does not exist, and that could be added later.
    ReferenceGap, Remark, "pdf.reference_gap";
    /// A PDF has layers that are off or switch by themselves.
    HiddenLayers, Remark, "pdf.hidden_layers";
    /// An annotation lies over a signed page.
    OverlayAnnotation, Remark, "pdf.overlay_annotation";
    /// One PDF signature stands in several fields.
    SharedSignature, Remark, "pdf.shared_signature";
    /// A PDF signature of the "parallel" kind leaves out the update that holds it.
    ParallelScheme, Remark, "pdf.parallel_scheme";
    /// The name of a PDF signature's format does not fit its value.
    SubFilterMismatch, Remark, "pdf.sub_filter_mismatch";
    /// The list of a package's files names one of them twice.
    ListedTwice, Defect, "integrity.listed_twice";
    /// The document was judged as it is behind its encryption.
    Decrypted, Remark, "ofd.decrypted";
    /// A certificate departs from RFC 5280 in what it asks of issuers, without effect here.
    CertificateProfile, Remark, "certificate.profile";
    /// The seal has been revoked since it was used, by the register of seals.
    SealStatusNow, Remark, "seal.status_now";
}

/// One finding: a code and where it was met.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Finding {
    /// The kind of defect or remark.
    pub code: FindingCode,
    /// Where: a package path, a field path such as `toSign.eseal.signedValue`, or a byte offset.
    pub place: String,
}

impl Finding {
    pub(crate) fn new(code: FindingCode, place: impl Into<String>) -> Self {
        Self {
            code,
            place: place.into(),
        }
    }

    /// The same finding, its place prefixed by the structure that contains it.
    pub(crate) fn inside(mut self, outer: &str) -> Self {
        self.place = match self.place.chars().next() {
            None => outer.to_owned(),
            // A package path brings its own separator.
            Some('/') => format!("{outer}{}", self.place),
            Some(_) => format!("{outer}.{}", self.place),
        };
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.code.name(), self.place.escape_debug())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = FindingCode::ALL.iter().map(|code| code.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FindingCode::ALL.len());
    }
}

//! Checks: what is asked, what came of it, why, and by which clause.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::{Outcome, Reason};

macro_rules! check_codes {
    ($($(#[doc = $doc:literal])+ $variant:ident, $axis:ident, $name:literal;)+) => {
        /// What a check asks. The names are the public contract; `docs/checks.md` lists them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum CheckCode {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl CheckCode {
            /// Every code, in the order in which a report's headline is chosen: what is wrong with a
            /// signature comes before what follows from it.
            pub const ALL: &[CheckCode] = &[$(CheckCode::$variant,)+];

            /// The stable name, such as `signature.value`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(CheckCode::$variant => $name,)+ }
            }

            /// The code of a stable name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.name() == name)
            }

            /// The question it belongs to.
            #[must_use]
            pub const fn axis(self) -> Axis {
                match self { $(CheckCode::$variant => Axis::$axis,)+ }
            }

            /// What it asks, in one English sentence.
            #[must_use]
            pub const fn question(self) -> &'static str {
                match self { $(CheckCode::$variant => concat!($($doc),+),)+ }
            }
        }
    };
}

/// The three questions a verdict answers apart: an expired license is not a forgery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Axis {
    /// Are these the bytes that were sealed?
    Authentic,
    /// Was it sealed by whom it should be?
    Trusted,
    /// Is the license in force?
    InForce,
}

check_codes! {
    /// Is the input a container this library reads?
    ContainerFormat, Authentic, "container.format";
    /// Can every reader see only one document in it?
    ContainerAmbiguous, Authentic, "container.ambiguous";
    /// Does it carry a seal or signature?
    DocumentSigned, Authentic, "document.signed";
    /// Do the listed files have the digests that the signature lists, or does the byte range hold?
    SignatureReferences, Authentic, "signature.references";
    /// Is the byte range exactly the document around the signature?
    PdfByteRange, Authentic, "pdf.byte_range";
    /// Does the signature cover a whole revision of the document?
    PdfRevision, Authentic, "pdf.revision";
    /// Is the signed hash the hash of what is signed?
    SignatureDigest, Authentic, "signature.digest";
    /// Does the signature value verify under the signer's key?
    SignatureValue, Authentic, "signature.value";
    /// Do all named algorithms agree with each other and with the key, and are they strong enough?
    SignatureAlgorithm, Authentic, "signature.algorithm";
    /// Does the seal have the form its standard asks for?
    SealFormat, Authentic, "seal.format";
    /// Does the maker's signature on the seal verify?
    SealMakerSignature, Authentic, "seal.maker_signature";
    /// Are the seal in the signature and the seal beside it the same bytes?
    SealEmbeddedEqual, Authentic, "seal.embedded_equal";
    /// Is the signer one of those the seal was made for?
    SealSignatureSignerListed, Trusted, "seal_signature.signer_listed";
    /// Is the signature that this one says it builds on there, covered by it and intact?
    SignatureBase, Authentic, "signature.base";
    /// Is the displayed document unchanged since it was signed?
    DocumentChangedAfterSigning, Authentic, "document.changed_after_signing";
    /// Is every later change of the document one that the policy admits?
    PdfModification, Authentic, "pdf.modification";
    /// Do later changes respect what the signers permit?
    PdfPermission, Authentic, "pdf.permission";
    /// Is all that is displayed covered by a signature?
    CoverageDocument, Authentic, "coverage.document";
    /// Does the integrity list name every file of the package?
    IntegrityEntries, Authentic, "integrity.entries";
    /// Does the integrity list's own signature verify?
    IntegrityValue, Authentic, "integrity.value";
    /// Is the signature value's time stamp valid?
    SignatureTimestamp, Trusted, "signature.timestamp";
    /// Was the maker's certificate valid when the seal was made?
    SealMakerCertificate, Trusted, "seal.maker_certificate";
    /// Was the seal made at a plausible time?
    SealCreateTime, Trusted, "seal.create_time";
    /// Was the seal valid when it was used?
    SealValidity, Trusted, "seal.validity";
    /// Is the seal's time stamp valid?
    SealTimestamp, Trusted, "seal.timestamp";
    /// Is the seal's picture of the type it claims?
    SealPicture, Authentic, "seal.picture";
    /// Does the time of signing lie within certificate and seal validity?
    SealSignatureTime, Trusted, "seal_signature.time";
    /// Is the verdict asked for as of a time when the trust list was issued already?
    TimeClock, Trusted, "time.clock";
    /// Does the certificate lead to a trusted one?
    PathAnchor, Trusted, "path.anchor";
    /// Does every certificate on the way permit this use?
    PathConstraint, Trusted, "path.constraint";
    /// Is every certificate on the way signed by a sound algorithm and key?
    PathAlgorithm, Trusted, "path.algorithm";
    /// Was the signer's certificate not revoked?
    RevocationSigner, Trusted, "revocation.signer";
    /// Was the maker's certificate not revoked?
    RevocationMaker, Trusted, "revocation.maker";
    /// Is the maker entitled to make this authority's seal?
    AuthorityMaker, Trusted, "authority.maker";
    /// Is the signer the authority that the license names as its issuer?
    AuthorityIssuer, Trusted, "authority.issuer";
    /// Do region, issuer and type lie within what the anchor vouches for?
    AuthorityScope, Trusted, "authority.scope";
    /// Do all sources of the license's data agree?
    LicenseConsistent, Authentic, "license.consistent";
    /// Is the license identifier well formed?
    LicenseIdentifier, Authentic, "license.identifier";
    /// Is the license's metadata complete?
    LicenseMetadata, Authentic, "license.metadata";
    /// What does the issuer say of the license now?
    LicenseStatus, InForce, "license.status";
    /// Does the day of the check lie within the license's validity?
    LicenseValidity, InForce, "license.validity";
}

/// Who in a signature a check is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The signer (签章者).
    Signer,
    /// The seal's maker (制章者).
    Maker,
    /// The time stamping authority.
    Tsa,
}

impl Role {
    /// The stable name: `signer`, `maker`, `tsa`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Role::Signer => "signer",
            Role::Maker => "maker",
            Role::Tsa => "tsa",
        }
    }
}

/// One check that was run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was asked.
    pub code: CheckCode,
    /// What came of it.
    pub outcome: Outcome,
    /// The clause it enforces, with edition, as far as it is known for sure.
    pub clause: Option<&'static str>,
    /// Why, unless it passed.
    pub reason: Option<Reason>,
    /// Who it is about, where one code serves several.
    pub role: Option<Role>,
    /// Facts: names of files, times, algorithms. Hostile text: escape before showing.
    pub detail: BTreeMap<&'static str, Detail>,
}

/// A fact of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Text.
    Text(String),
    /// Several texts in order.
    List(Vec<String>),
}

impl Check {
    pub(crate) fn passed(code: CheckCode) -> Self {
        Self::new(code, Outcome::Passed, None)
    }

    pub(crate) fn failed(code: CheckCode, reason: Reason) -> Self {
        Self::new(code, Outcome::Failed, Some(reason))
    }

    pub(crate) fn indeterminate(code: CheckCode, reason: Reason) -> Self {
        Self::new(code, Outcome::Indeterminate, Some(reason))
    }

    fn new(code: CheckCode, outcome: Outcome, reason: Option<Reason>) -> Self {
        Self {
            code,
            outcome,
            clause: None,
            reason,
            role: None,
            detail: BTreeMap::new(),
        }
    }

    pub(crate) fn clause(mut self, clause: Option<&'static str>) -> Self {
        self.clause = clause;
        self
    }

    pub(crate) fn role(mut self, role: Role) -> Self {
        self.role = Some(role);
        self
    }

    #[allow(
        clippy::needless_pass_by_value,
        reason = "texts and numbers are handed over"
    )]
    pub(crate) fn with(mut self, key: &'static str, value: impl ToString) -> Self {
        self.detail.insert(key, Detail::Text(value.to_string()));
        self
    }

    pub(crate) fn with_list(
        mut self,
        key: &'static str,
        values: impl IntoIterator<Item = impl ToString>,
    ) -> Self {
        let values = values.into_iter().map(|value| value.to_string()).collect();
        self.detail.insert(key, Detail::List(values));
        self
    }
}

impl Serialize for Check {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut check = serializer.serialize_struct("Check", 4)?;
        check.serialize_field("code", self.code.name())?;
        check.serialize_field("outcome", &self.outcome)?;
        check.serialize_field("clause", &self.clause)?;
        check.serialize_field("detail", &Details(self))?;
        check.end()
    }
}

/// Role, reason and its ETSI name first, then the facts by name.
struct Details<'a>(&'a Check);

impl Serialize for Details<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(role) = self.0.role {
            map.serialize_entry("role", role.name())?;
        }
        if let Some(reason) = self.0.reason {
            map.serialize_entry("reason", reason.name())?;
            if let Some(known_as) = reason.sub_indication() {
                map.serialize_entry("sub_indication", known_as)?;
            }
        }
        for (key, value) in &self.0.detail {
            match value {
                Detail::Text(text) => map.serialize_entry(key, text)?,
                Detail::List(list) => map.serialize_entry(key, list)?,
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_found_again() {
        for code in CheckCode::ALL {
            assert_eq!(CheckCode::from_name(code.name()), Some(*code));
        }
    }

    #[test]
    fn a_check_serialises_in_a_fixed_order() {
        let check = Check::failed(CheckCode::PathAnchor, Reason::NoPath)
            .role(Role::Maker)
            .with("missing_issuer", "CN=a")
            .with_list("chain", ["x"]);
        assert_eq!(
            serde_json::to_string(&check).unwrap(),
            r#"{"code":"path.anchor","outcome":"failed","clause":null,"detail":{"role":"maker","reason":"no_path","sub_indication":"NO_CERTIFICATE_CHAIN_FOUND","chain":["x"],"missing_issuer":"CN=a"}}"#
        );
    }
}

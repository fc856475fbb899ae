//! The metadata of a license to be issued (电子证照元数据, GB/T 36903).
//!
//! A [`Metadata`] exists only complete and consistent: [`MetadataParts::build`] and
//! [`Metadata::from_json`] collect every violation and report them together. Its groups are
//! those the local standards share: base, holders, face fields, annotated copy.

mod json;
mod parts;
mod write;

pub use parts::{
    AnnotatedCopyParts, Field, HolderParts, IssuerParts, MetadataParts, RelatedItem, SealingParts,
};

use std::fmt;

use super::codes::{HolderCodeType, RegionCode, Uscc};
use super::{Date, LicenseId};
use crate::error::{Error, ErrorKind, Result};
use crate::time::Time;

/// Checked metadata of one license. Built by [`MetadataParts::build`] or read by
/// [`Metadata::from_json`]; `Debug` shows the identifier and nothing of holders or fields.
#[derive(Clone, PartialEq, Eq)]
pub struct Metadata {
    pub(crate) identifier: LicenseId,
    pub(crate) name: String,
    pub(crate) type_name: String,
    pub(crate) number: String,
    pub(crate) issuers: Vec<Issuer>,
    pub(crate) issued_on: Date,
    pub(crate) holders: Vec<Holder>,
    pub(crate) valid_from: Option<Date>,
    pub(crate) valid_until: Option<Date>,
    pub(crate) validity_range: Option<String>,
    pub(crate) area_code: Option<RegionCode>,
    pub(crate) defining_authority: Option<Issuer>,
    pub(crate) related_items: Vec<RelatedItem>,
    pub(crate) created_at: Option<Time>,
    pub(crate) sealing: Option<Sealing>,
    pub(crate) fields: Vec<Field>,
    pub(crate) annotated_copy: Option<AnnotatedCopy>,
}

/// A body with its unified social credit code: an issuer (证照颁发机构), or the body that defines
/// a license type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    name: String,
    code: Uscc,
    level: Option<String>,
}

/// Who holds the license (持证主体). `Debug` shows only the kind of code.
#[derive(Clone, PartialEq, Eq)]
pub struct Holder {
    name: String,
    code: String,
    code_type: HolderCodeType,
}

/// What the metadata say about the sealing (证照签章人, 时间, 名称). `Debug` is redacted.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealing {
    pub(crate) signer: Option<String>,
    pub(crate) sealed_at: Option<Time>,
    pub(crate) seal_name: Option<String>,
}

/// What makes a file an annotated copy (加注件): a copy bound to one purpose. `Debug` is redacted.
#[derive(Clone, PartialEq, Eq)]
pub struct AnnotatedCopy {
    pub(crate) created_at: Time,
    pub(crate) creator: String,
    pub(crate) cause: String,
    pub(crate) expires_at: Option<Time>,
}

impl Metadata {
    /// Reads the JSON form (see `examples/data`). Unknown keys are refused by name, dates are
    /// `YYYY-MM-DD`; an absent, null or 长期 `valid_until` means no end.
    ///
    /// # Errors
    /// `malformed` for JSON syntax, `limit_exceeded` beyond 1 MiB, `invalid_metadata` with every
    /// violation as context `violation` (element path and reason, never a value).
    pub fn from_json(text: &str) -> Result<Self> {
        json::read(text)
    }

    /// Canonical JSON: fixed key order, no white space, absent elements left out.
    /// [`Metadata::from_json`] reads it back to an equal value.
    ///
    /// # Errors
    /// `internal` should writing fail, which no content causes.
    pub fn to_json(&self) -> Result<String> {
        json::write(self)
    }

    /// The elements by their pinyin initials (`ZZBS`, `CZZT`, `KZ_…`), as OFD CustomDatas and
    /// similar lists carry them. Issuers and holders repeat their names in order.
    #[must_use]
    pub fn custom_data(&self) -> Vec<(String, String)> {
        write::custom_data(self)
    }

    /// 证照标识.
    #[must_use]
    pub fn identifier(&self) -> &LicenseId {
        &self.identifier
    }

    /// 证照名称.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// 证照类型名称.
    #[must_use]
    pub fn type_name(&self) -> &str {
        &self.type_name
    }

    /// 证照类型代码, 21 characters, the same as in the identifier.
    #[must_use]
    pub fn type_code(&self) -> &str {
        self.identifier.type_code()
    }

    /// 证照编号: the number on the face.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// 证照颁发机构, at least one.
    #[must_use]
    pub fn issuers(&self) -> &[Issuer] {
        &self.issuers
    }

    /// 证照颁发日期.
    #[must_use]
    pub fn issued_on(&self) -> Date {
        self.issued_on
    }

    /// 持证主体, at least one.
    #[must_use]
    pub fn holders(&self) -> &[Holder] {
        &self.holders
    }

    /// First day of validity, if stated.
    #[must_use]
    pub fn valid_from(&self) -> Option<Date> {
        self.valid_from
    }

    /// Last day of validity; `None` means no end (长期).
    #[must_use]
    pub fn valid_until(&self) -> Option<Date> {
        self.valid_until
    }

    /// 证照有效期范围, such as 2年.
    #[must_use]
    pub fn validity_range(&self) -> Option<&str> {
        self.validity_range.as_deref()
    }

    /// 证照所属管辖属地编码.
    #[must_use]
    pub fn area_code(&self) -> Option<&RegionCode> {
        self.area_code.as_ref()
    }

    /// Face fields (扩展) in their order on the page.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The face field of that key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// What makes this an annotated copy (加注件), if it is one.
    #[must_use]
    pub fn annotated_copy(&self) -> Option<&AnnotatedCopy> {
        self.annotated_copy.as_ref()
    }

    /// What is stated about the sealing, if anything.
    #[must_use]
    pub fn sealing(&self) -> Option<&Sealing> {
        self.sealing.as_ref()
    }
}

impl Issuer {
    /// The full name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The unified social credit code.
    #[must_use]
    pub fn code(&self) -> &Uscc {
        &self.code
    }

    /// The administrative level (证照颁发机构级别), where a region demands it.
    #[must_use]
    pub fn level(&self) -> Option<&str> {
        self.level.as_deref()
    }
}

impl Holder {
    /// The name. Personal data if the holder is a person.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The code. Personal data if the holder is a person.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What kind of code it is.
    #[must_use]
    pub fn code_type(&self) -> HolderCodeType {
        self.code_type
    }
}

impl AnnotatedCopy {
    /// When the copy was made.
    #[must_use]
    pub fn created_at(&self) -> Time {
        self.created_at
    }

    /// Who made it.
    #[must_use]
    pub fn creator(&self) -> &str {
        &self.creator
    }

    /// The one purpose it serves.
    #[must_use]
    pub fn cause(&self) -> &str {
        &self.cause
    }

    /// Until when it may be used.
    #[must_use]
    pub fn expires_at(&self) -> Option<Time> {
        self.expires_at
    }
}

impl fmt::Debug for Metadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metadata")
            .field("identifier", &self.identifier.to_string())
            .field("name", &self.name)
            .field("holders", &self.holders.len())
            .field("fields", &self.fields.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Holder")
            .field("code_type", &self.code_type.code())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Sealing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealing").finish_non_exhaustive()
    }
}

impl fmt::Debug for AnnotatedCopy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnnotatedCopy").finish_non_exhaustive()
    }
}

/// What is wrong, as element path and reason, collected to be reported at once.
#[derive(Default)]
pub(crate) struct Violations(Vec<String>);

impl Violations {
    /// More are of no use to anybody.
    const MAX: usize = 64;

    pub(crate) fn add(&mut self, path: impl fmt::Display, reason: impl fmt::Display) {
        if self.0.len() < Self::MAX {
            self.0.push(format!("{path} {reason}"));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn into_result(self) -> Result<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(self.into_error())
        }
    }

    pub(crate) fn into_error(self) -> Error {
        self.0.into_iter().fold(
            Error::new(
                ErrorKind::InvalidMetadata,
                "the license metadata cannot be issued",
            ),
            |error, violation| error.with("violation", violation),
        )
    }
}

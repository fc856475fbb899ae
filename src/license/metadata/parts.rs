//! Metadata as a caller states them, and the check that makes [`Metadata`] of them.

use std::collections::HashSet;
use std::fmt;

use super::super::codes::{HolderCodeType, RegionCode, Uscc};
use super::super::text::{Lines, defect};
use super::super::{CheckCharacter, Date, LicenseId};
use super::{AnnotatedCopy, Holder, Issuer, Metadata, Sealing, Violations};
use crate::error::Result;
use crate::time::Time;

/// Lengths in characters, as databases of the field hold them (GB/T 36903 as implemented).
const MAX_NAME: usize = 512;
const MAX_TYPE_NAME: usize = 256;
const MAX_NUMBER: usize = 128;
const MAX_CREATOR: usize = 256;
const MAX_CAUSE: usize = 200;
const MAX_CODE: usize = 64;
/// Labels stand before a value on one page.
const MAX_LABEL: usize = 32;
/// A long business scope has some two thousand characters.
const MAX_VALUE: usize = 4000;
/// Co-owners of real estate number in the tens; fields of a face too.
const MAX_HOLDERS: usize = 128;
const MAX_ISSUERS: usize = 16;
const MAX_FIELDS: usize = 128;
const MAX_ITEMS: usize = 64;

/// Metadata as plain strings, not yet checked. Dates are `YYYY-MM-DD`, instants RFC 3339.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct MetadataParts {
    /// 证照标识, with the standard's check character.
    pub identifier: String,
    /// 证照名称, up to 512 characters.
    pub name: String,
    /// 证照类型名称, up to 256 characters.
    pub type_name: String,
    /// 证照类型代码, 21 characters; must be the one in the identifier.
    pub type_code: String,
    /// 证照编号, up to 128 characters.
    pub number: String,
    /// 证照颁发机构, 1 to 16; one of them is the issuer in the identifier.
    pub issuers: Vec<IssuerParts>,
    /// 证照颁发日期.
    pub issued_on: String,
    /// 持证主体, 1 to 128.
    pub holders: Vec<HolderParts>,
    /// First day of validity.
    pub valid_from: Option<String>,
    /// Last day of validity; `None` or 长期 for no end.
    pub valid_until: Option<String>,
    /// 证照有效期范围, such as 2年.
    pub validity_range: Option<String>,
    /// 证照所属管辖属地编码, six digits.
    pub area_code: Option<String>,
    /// 证照定义机构.
    pub defining_authority: Option<IssuerParts>,
    /// 关联事项, up to 64.
    pub related_items: Vec<RelatedItem>,
    /// 创建时间.
    pub created_at: Option<String>,
    /// What is stated about the sealing.
    pub sealing: Option<SealingParts>,
    /// Face fields in page order, up to 128, keys unique.
    pub fields: Vec<Field>,
    /// Present on an annotated copy (加注件).
    pub annotated_copy: Option<AnnotatedCopyParts>,
}

/// A body as stated: name and unified social credit code.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct IssuerParts {
    /// Full name, up to 512 characters.
    pub name: String,
    /// Unified social credit code.
    pub code: String,
    /// Administrative level, where a region demands it.
    pub level: Option<String>,
}

/// A holder as stated.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct HolderParts {
    /// Name, up to 512 characters.
    pub name: String,
    /// Code, of the form its type asks for.
    pub code: String,
    /// Three digits of GB/T 36903 Annex A, such as `001`.
    pub code_type: String,
}

/// A service item that the license belongs to (关联事项).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelatedItem {
    /// Name, up to 256 characters.
    pub name: String,
    /// Code, up to 64 characters.
    pub code: String,
}

/// The sealing as stated.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SealingParts {
    /// 证照签章人.
    pub signer: Option<String>,
    /// 证照签章时间.
    pub sealed_at: Option<String>,
    /// 证照签章名称: the seal's name.
    pub seal_name: Option<String>,
}

/// An annotated copy as stated.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct AnnotatedCopyParts {
    /// 加注件制作时间.
    pub created_at: String,
    /// 加注件制作者, up to 256 characters.
    pub creator: String,
    /// 加注件制作事由, up to 200 characters.
    pub cause: String,
    /// 加注件有效期截止时间.
    pub expires_at: Option<String>,
}

/// One field of a license's face. `Debug` hides the value.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Field {
    /// Key of letters, digits and `_`, up to 64, such as `FDDBR`; unique in its license.
    pub key: String,
    /// What stands before the value on the page, up to 32 characters, such as 法定代表人.
    pub label: String,
    /// The value, up to 4000 characters; line breaks are kept.
    pub value: String,
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Field")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

impl MetadataParts {
    /// Checks everything and makes metadata that can be issued.
    ///
    /// # Errors
    /// `invalid_metadata` with every violation as context `violation` (element path and reason,
    /// never a value).
    pub fn build(self) -> Result<Metadata> {
        self.build_with(Violations::default())
    }

    /// As [`MetadataParts::build`], with violations found before.
    pub(super) fn build_with(self, violations: Violations) -> Result<Metadata> {
        let mut check = Check { violations };
        match check.metadata(self) {
            Some(metadata) if check.violations.is_empty() => Ok(metadata),
            _ => Err(check.violations.into_error()),
        }
    }
}

struct Check {
    violations: Violations,
}

impl Check {
    /// `None` only after a violation was added.
    fn metadata(&mut self, parts: MetadataParts) -> Option<Metadata> {
        let identifier = self.identifier(&parts);
        self.text("name", &parts.name, MAX_NAME);
        self.text("type_name", &parts.type_name, MAX_TYPE_NAME);
        self.text("number", &parts.number, MAX_NUMBER);
        let issuers = self.issuers(parts.issuers, identifier.as_ref());
        let issued_on = self.date("issued_on", &parts.issued_on);
        let holders = self.holders(parts.holders);
        let valid_from = parts
            .valid_from
            .and_then(|text| self.date("valid_from", &text));
        let valid_until = parts
            .valid_until
            .filter(|text| text != "长期")
            .and_then(|text| self.date("valid_until", &text));
        self.order(issued_on, valid_from, valid_until);
        if let Some(range) = &parts.validity_range {
            self.text("validity_range", range, MAX_CODE);
        }
        let area_code = parts.area_code.and_then(|code| self.area_code(&code));
        let defining_authority = parts
            .defining_authority
            .and_then(|authority| self.authority("defining_authority", authority));
        self.related_items(&parts.related_items);
        let created_at = parts
            .created_at
            .and_then(|text| self.time("created_at", &text));
        let sealing = parts.sealing.map(|sealing| self.sealing(sealing));
        self.fields(&parts.fields);
        let annotated_copy = parts
            .annotated_copy
            .and_then(|copy| self.annotated_copy(copy));
        Some(Metadata {
            identifier: identifier?,
            name: parts.name,
            type_name: parts.type_name,
            number: parts.number,
            issuers,
            issued_on: issued_on?,
            holders,
            valid_from,
            valid_until,
            validity_range: parts.validity_range,
            area_code,
            defining_authority,
            related_items: parts.related_items,
            created_at,
            sealing,
            fields: parts.fields,
            annotated_copy,
        })
    }

    fn identifier(&mut self, parts: &MetadataParts) -> Option<LicenseId> {
        let Ok(id) = LicenseId::parse(&parts.identifier) else {
            self.violations
                .add("identifier", "does not have the form of GB/T 36904");
            return None;
        };
        match id.check() {
            CheckCharacter::Standard => {}
            CheckCharacter::VendorVariant => {
                self.violations.add(
                    "identifier",
                    "has a check character of a vendor's algorithm",
                );
            }
            CheckCharacter::Wrong { .. } => {
                self.violations
                    .add("identifier", "has a wrong check character");
            }
            CheckCharacter::NotCheckable => {
                self.violations
                    .add("identifier", "has a serial that cannot be checked");
            }
        }
        if id.type_code() != parts.type_code {
            self.violations
                .add("type_code", "is not the type in the identifier");
        }
        if id
            .type_code()
            .get(..18)
            .is_none_or(|body| Uscc::parse(body).is_err())
        {
            self.violations.add(
                "type_code",
                "does not begin with a unified social credit code",
            );
        }
        Some(id)
    }

    fn issuers(&mut self, parts: Vec<IssuerParts>, id: Option<&LicenseId>) -> Vec<Issuer> {
        self.count("issuers", parts.len(), 1, MAX_ISSUERS);
        let mut issuers = Vec::new();
        for (index, issuer) in parts.into_iter().take(MAX_ISSUERS).enumerate() {
            issuers.extend(self.authority(&format!("issuers[{index}]"), issuer));
        }
        if id.is_some_and(|id| {
            issuers
                .iter()
                .all(|issuer| issuer.code.as_str() != id.issuer())
        }) {
            self.violations
                .add("issuers", "do not contain the issuer in the identifier");
        }
        issuers
    }

    fn authority(&mut self, path: &str, parts: IssuerParts) -> Option<Issuer> {
        self.text(format_args!("{path}.name"), &parts.name, MAX_NAME);
        if let Some(level) = &parts.level {
            self.text(format_args!("{path}.level"), level, MAX_CODE);
        }
        let code = Uscc::parse(&parts.code)
            .ok()
            .filter(|code| code.as_str() == parts.code);
        if code.is_none() {
            self.violations.add(
                format_args!("{path}.code"),
                "is not a unified social credit code with a right check digit",
            );
        }
        Some(Issuer {
            name: parts.name,
            code: code?,
            level: parts.level,
        })
    }

    fn holders(&mut self, parts: Vec<HolderParts>) -> Vec<Holder> {
        self.count("holders", parts.len(), 1, MAX_HOLDERS);
        let mut holders = Vec::new();
        for (index, holder) in parts.into_iter().take(MAX_HOLDERS).enumerate() {
            self.text(
                format_args!("holders[{index}].name"),
                &holder.name,
                MAX_NAME,
            );
            self.text(
                format_args!("holders[{index}].code"),
                &holder.code,
                MAX_NAME,
            );
            let Some(code_type) = HolderCodeType::find(&holder.code_type) else {
                let path = format_args!("holders[{index}].code_type");
                self.violations
                    .add(path, "is not a code type of GB/T 36903 Annex A");
                continue;
            };
            if let Some(reason) = code_type.defect(&holder.code) {
                self.violations
                    .add(format_args!("holders[{index}].code"), reason);
            }
            holders.push(Holder {
                name: holder.name,
                code: holder.code,
                code_type,
            });
        }
        holders
    }

    fn order(&mut self, issued_on: Option<Date>, from: Option<Date>, until: Option<Date>) {
        let Some(until) = until else { return };
        if from.is_some_and(|from| from > until) {
            self.violations.add("valid_until", "lies before valid_from");
        }
        if issued_on.is_some_and(|issued_on| issued_on > until) {
            self.violations.add("valid_until", "lies before issued_on");
        }
    }

    fn area_code(&mut self, text: &str) -> Option<RegionCode> {
        let code = RegionCode::parse(text).ok();
        if code.is_none() {
            self.violations
                .add("area_code", "is not a region code of six digits");
        }
        code
    }

    fn related_items(&mut self, items: &[RelatedItem]) {
        self.count("related_items", items.len(), 0, MAX_ITEMS);
        for (index, item) in items.iter().take(MAX_ITEMS).enumerate() {
            self.text(
                format_args!("related_items[{index}].name"),
                &item.name,
                MAX_TYPE_NAME,
            );
            self.text(
                format_args!("related_items[{index}].code"),
                &item.code,
                MAX_CODE,
            );
        }
    }

    fn sealing(&mut self, parts: SealingParts) -> Sealing {
        if let Some(signer) = &parts.signer {
            self.text("sealing.signer", signer, MAX_NAME);
        }
        if let Some(name) = &parts.seal_name {
            self.text("sealing.seal_name", name, MAX_NAME);
        }
        let sealed_at = parts
            .sealed_at
            .and_then(|text| self.time("sealing.sealed_at", &text));
        Sealing {
            signer: parts.signer,
            sealed_at,
            seal_name: parts.seal_name,
        }
    }

    fn fields(&mut self, fields: &[Field]) {
        self.count("fields", fields.len(), 0, MAX_FIELDS);
        let mut keys = HashSet::new();
        for (index, field) in fields.iter().take(MAX_FIELDS).enumerate() {
            let formed = (1..=MAX_CODE).contains(&field.key.len())
                && field
                    .key
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            if !formed {
                let path = format_args!("fields[{index}].key");
                self.violations
                    .add(path, "is not 1 to 64 letters, digits or underscores");
            } else if !keys.insert(field.key.as_str()) {
                self.violations
                    .add(format_args!("fields[{index}].key"), "is used twice");
            }
            self.text(
                format_args!("fields[{index}].label"),
                &field.label,
                MAX_LABEL,
            );
            if let Some(reason) = defect(&field.value, MAX_VALUE, Lines::Many) {
                self.violations
                    .add(format_args!("fields[{index}].value"), reason);
            }
        }
    }

    fn annotated_copy(&mut self, parts: AnnotatedCopyParts) -> Option<AnnotatedCopy> {
        self.text("annotated_copy.creator", &parts.creator, MAX_CREATOR);
        self.text("annotated_copy.cause", &parts.cause, MAX_CAUSE);
        let created_at = self.time("annotated_copy.created_at", &parts.created_at);
        let expires_at = parts
            .expires_at
            .and_then(|text| self.time("annotated_copy.expires_at", &text));
        if expires_at.is_some() && expires_at < created_at {
            self.violations
                .add("annotated_copy.expires_at", "lies before its creation");
        }
        let AnnotatedCopyParts { creator, cause, .. } = parts;
        Some(AnnotatedCopy {
            created_at: created_at?,
            creator,
            cause,
            expires_at,
        })
    }

    fn text(&mut self, path: impl fmt::Display, text: &str, max_chars: usize) {
        if let Some(reason) = defect(text, max_chars, Lines::One) {
            self.violations.add(path, reason);
        }
    }

    fn date(&mut self, path: &str, text: &str) -> Option<Date> {
        let date = Date::parse(text).ok();
        if date.is_none() {
            self.violations.add(path, "is not a date like 2026-11-22");
        }
        date
    }

    fn time(&mut self, path: &str, text: &str) -> Option<Time> {
        let time = Time::parse(text).ok();
        if time.is_none() {
            self.violations
                .add(path, "is not an instant like 2026-11-22T08:00:00Z");
        }
        time
    }

    fn count(&mut self, path: &str, count: usize, min: usize, max: usize) {
        if !(min..=max).contains(&count) {
            self.violations
                .add(path, format_args!("must number {min} to {max}"));
        }
    }
}

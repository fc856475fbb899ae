//! What a verifier reads back from a document: partial, hostile, compared and never believed.
//!
//! A document states its license in several places: custom data or XMP, an embedded file, the
//! text on its page. Each place becomes one [`Claims`]; [`Claims::conflicts`] names what two of
//! them state differently. Which of them a signature covers is the verifier's business.

mod read;
mod view;

use std::collections::HashMap;
use std::collections::HashSet;
use std::fmt;

use super::text::comparable;
use super::{Date, LicenseId};
use crate::error::Result;

/// What one source states. Every part may be absent; texts are as they stand in the source and
/// may hold anything. `Debug` is redacted; [`serde::Serialize`] writes the report's `license`
/// object with its keys in the report's order.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claims {
    /// 证照标识.
    pub identifier: Option<String>,
    /// 证照名称.
    pub name: Option<String>,
    /// 证照类型名称.
    pub type_name: Option<String>,
    /// 证照类型代码.
    pub type_code: Option<String>,
    /// 证照编号.
    pub number: Option<String>,
    /// 证照颁发机构.
    pub issuers: Vec<IssuerClaim>,
    /// 证照颁发日期.
    pub issued_on: Option<DateClaim>,
    /// 持证主体.
    pub holders: Vec<HolderClaim>,
    /// 证照有效期起始日期.
    pub valid_from: Option<DateClaim>,
    /// 证照有效期截止日期.
    pub valid_until: Option<DateClaim>,
    /// 证照所属管辖属地编码, a region code of GB/T 2260.
    pub area_code: Option<String>,
    /// 加注件制作事由: present on an annotated copy.
    pub copy_cause: Option<String>,
    /// 加注件制作者.
    pub copy_creator: Option<String>,
    /// 加注件有效期截止时间.
    pub copy_expires_at: Option<String>,
    /// Face fields in the source's order.
    pub fields: Vec<FieldClaim>,
    /// Elements that the source states twice and differently; the first value was kept.
    pub ambiguous: Vec<&'static str>,
}

/// An issuer as stated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct IssuerClaim {
    /// Name.
    pub name: Option<String>,
    /// Code, by the standard a unified social credit code.
    pub code: Option<String>,
}

/// A holder as stated. `Debug` is redacted.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HolderClaim {
    /// Name.
    pub name: Option<String>,
    /// Code.
    pub code: Option<String>,
    /// Three digits of GB/T 36903 Annex A, or what the source has instead.
    pub code_type: Option<String>,
}

/// A face field as stated. `Debug` hides the value.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldClaim {
    /// Key, without the prefix `KZ_`.
    pub key: String,
    /// Value.
    pub value: String,
}

/// A date as stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateClaim {
    /// A day, in whatever form it was written.
    On(Date),
    /// 长期 or 永久: no end.
    NoEnd,
    /// A text that is no date known here.
    Unreadable(String),
}

impl DateClaim {
    fn read(text: &str) -> Self {
        match comparable(text).as_str() {
            "长期" | "永久" | "长期有效" | "永久有效" => Self::NoEnd,
            _ => Date::parse_tolerant(text)
                .map_or_else(|| Self::Unreadable(text.to_owned()), Self::On),
        }
    }

    /// The day, if it is one.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        match self {
            Self::On(date) => Some(*date),
            Self::NoEnd | Self::Unreadable(_) => None,
        }
    }
}

impl Claims {
    /// Reads an embedded JSON file: our own form, and other systems' names for the same elements.
    /// Unknown keys are passed over.
    ///
    /// # Errors
    /// `malformed` if it is no JSON object, `limit_exceeded` beyond 1 MiB, 4096 statements, 256
    /// parties or 512 fields.
    pub fn from_json(text: &str) -> Result<Self> {
        read::json(text)
    }

    /// Reads names and values of custom data (OFD CustomDatas, XMP). Pinyin initials, English and
    /// Chinese names are known, in any letter case; unknown names are passed over. Values of a
    /// name that repeats are those of several parties in order; `CZZT.2` is the second holder.
    ///
    /// # Errors
    /// `limit_exceeded` as for [`Claims::from_json`].
    pub fn from_custom_data<'a>(
        data: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self> {
        read::custom_data(data)
    }

    /// Reads the tagged texts of a page, in page order. Texts of one tag are parts of one value;
    /// `CZZT.2` is the second holder.
    ///
    /// # Errors
    /// `limit_exceeded` as for [`Claims::from_json`].
    pub fn from_page<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self> {
        read::page(texts)
    }

    /// The identifier's parts, if one is stated; the inner error tells that it has no such form.
    #[must_use]
    pub fn license_id(&self) -> Option<Result<LicenseId>> {
        self.identifier
            .as_deref()
            .map(|text| LicenseId::parse(text.trim()))
    }

    /// The face field of that key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&FieldClaim> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// Whether the source states nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes from `other` what `self` does not state; parties are completed in their order.
    pub(crate) fn complete(&mut self, other: &Self) {
        fn fill<T: Clone>(ours: &mut Option<T>, theirs: &Option<T>) {
            if ours.is_none() {
                ours.clone_from(theirs);
            }
        }
        fill(&mut self.identifier, &other.identifier);
        fill(&mut self.name, &other.name);
        fill(&mut self.type_name, &other.type_name);
        fill(&mut self.type_code, &other.type_code);
        fill(&mut self.number, &other.number);
        fill(&mut self.issued_on, &other.issued_on);
        fill(&mut self.valid_from, &other.valid_from);
        fill(&mut self.valid_until, &other.valid_until);
        fill(&mut self.area_code, &other.area_code);
        fill(&mut self.copy_cause, &other.copy_cause);
        fill(&mut self.copy_creator, &other.copy_creator);
        fill(&mut self.copy_expires_at, &other.copy_expires_at);
        if self.issuers.is_empty() {
            self.issuers.clone_from(&other.issuers);
        }
        for (ours, theirs) in self.issuers.iter_mut().zip(&other.issuers) {
            fill(&mut ours.name, &theirs.name);
            fill(&mut ours.code, &theirs.code);
        }
        if self.holders.is_empty() {
            self.holders.clone_from(&other.holders);
        }
        for (ours, theirs) in self.holders.iter_mut().zip(&other.holders) {
            fill(&mut ours.name, &theirs.name);
            fill(&mut ours.code, &theirs.code);
            fill(&mut ours.code_type, &theirs.code_type);
        }
        let stated: HashSet<String> = self.fields.iter().map(|field| field.key.clone()).collect();
        let new = other
            .fields
            .iter()
            .filter(|field| !stated.contains(&field.key));
        self.fields.extend(new.cloned());
    }

    /// The elements that `self` and `other` state differently, and those that either states
    /// twice and differently. What only one states is no conflict. Width, white space and the
    /// forms of dates do not count; letter case does.
    #[must_use]
    pub fn conflicts(&self, other: &Self) -> Vec<&'static str> {
        let mut found: Vec<&'static str> = Vec::new();
        found.extend(self.ambiguous.iter().chain(&other.ambiguous).copied());
        for (name, ours, theirs) in [
            ("identifier", &self.identifier, &other.identifier),
            ("name", &self.name, &other.name),
            ("type_name", &self.type_name, &other.type_name),
            ("type_code", &self.type_code, &other.type_code),
            ("number", &self.number, &other.number),
            ("area_code", &self.area_code, &other.area_code),
            ("annotated_copy", &self.copy_cause, &other.copy_cause),
            ("annotated_copy", &self.copy_creator, &other.copy_creator),
        ] {
            if texts_differ(ours.as_deref(), theirs.as_deref()) {
                found.push(name);
            }
        }
        for (name, ours, theirs) in [
            ("issued_on", &self.issued_on, &other.issued_on),
            ("valid_from", &self.valid_from, &other.valid_from),
            ("valid_until", &self.valid_until, &other.valid_until),
        ] {
            if dates_differ(ours.as_ref(), theirs.as_ref()) {
                found.push(name);
            }
        }
        if parties_differ(&self.issuers, &other.issuers, IssuerClaim::differs) {
            found.push("issuer");
        }
        if parties_differ(&self.holders, &other.holders, HolderClaim::differs) {
            found.push("holders");
        }
        if fields_differ(&self.fields, &other.fields) {
            found.push("fields");
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl IssuerClaim {
    fn differs(&self, other: &Self) -> bool {
        texts_differ(self.name.as_deref(), other.name.as_deref())
            || texts_differ(self.code.as_deref(), other.code.as_deref())
    }
}

impl HolderClaim {
    fn differs(&self, other: &Self) -> bool {
        texts_differ(self.name.as_deref(), other.name.as_deref())
            || texts_differ(self.code.as_deref(), other.code.as_deref())
            || texts_differ(self.code_type.as_deref(), other.code_type.as_deref())
    }
}

fn texts_differ(ours: Option<&str>, theirs: Option<&str>) -> bool {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => ours != theirs && comparable(ours) != comparable(theirs),
        _ => false,
    }
}

fn dates_differ(ours: Option<&DateClaim>, theirs: Option<&DateClaim>) -> bool {
    match (ours, theirs) {
        (Some(DateClaim::Unreadable(ours)), Some(DateClaim::Unreadable(theirs))) => {
            comparable(ours) != comparable(theirs)
        }
        (Some(ours), Some(theirs)) => ours != theirs,
        _ => false,
    }
}

fn parties_differ<T>(ours: &[T], theirs: &[T], differs: impl Fn(&T, &T) -> bool) -> bool {
    if ours.is_empty() || theirs.is_empty() {
        return false;
    }
    ours.len() != theirs.len()
        || ours
            .iter()
            .zip(theirs)
            .any(|(ours, theirs)| differs(ours, theirs))
}

fn fields_differ(ours: &[FieldClaim], theirs: &[FieldClaim]) -> bool {
    let theirs: HashMap<String, &str> = theirs
        .iter()
        .map(|field| (comparable(&field.key), field.value.as_str()))
        .collect();
    ours.iter()
        .any(|field| match theirs.get(&comparable(&field.key)) {
            Some(value) => values_differ(&field.value, value),
            None => false,
        })
}

fn values_differ(ours: &str, theirs: &str) -> bool {
    if ours == theirs || comparable(ours) == comparable(theirs) {
        return false;
    }
    match (Date::parse_tolerant(ours), Date::parse_tolerant(theirs)) {
        (Some(ours), Some(theirs)) => ours != theirs,
        _ => true,
    }
}

impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claims")
            .field("identifier", &self.identifier)
            .field("holders", &self.holders.len())
            .field("fields", &self.fields.len())
            .field("ambiguous", &self.ambiguous)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for HolderClaim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HolderClaim")
            .field("code_type", &self.code_type)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for FieldClaim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldClaim")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::read::MAX_BYTES;
    use super::*;
    use crate::error::ErrorKind;
    use crate::license::Metadata;

    const BUSINESS: &str = include_str!("../../../examples/data/business-license.json");
    const PERSONAL: &str = include_str!("../../../examples/data/safety-officer-certificate.json");

    fn custom(pairs: &[(&str, &str)]) -> Claims {
        Claims::from_custom_data(pairs.iter().copied()).unwrap()
    }

    #[test]
    fn all_that_is_written_is_read_back_the_same() {
        for text in [BUSINESS, PERSONAL] {
            let metadata = Metadata::from_json(text).unwrap();
            let data = metadata.custom_data();
            let pairs = || {
                data.iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()))
            };
            let listed = Claims::from_custom_data(pairs()).unwrap();
            let embedded = Claims::from_json(&metadata.to_json().unwrap()).unwrap();
            let shown = Claims::from_page(pairs()).unwrap();
            assert_eq!(listed.holders, embedded.holders);
            assert_eq!(listed.fields, embedded.fields);
            assert_eq!(listed, shown);
            assert!(listed.conflicts(&embedded).is_empty());
            assert_eq!(
                listed.holders[0].code_type.as_deref(),
                Some(metadata.holders()[0].code_type().code())
            );
            assert_eq!(
                listed.license_id().unwrap().unwrap(),
                *metadata.identifier()
            );
        }
    }

    #[test]
    fn each_stated_difference_is_named() {
        let claims = Claims::from_json(BUSINESS).unwrap();
        for (from, to, name) in [
            ("20260115000001.001.2", "20260115000002.001.2", "identifier"),
            (
                "\"name\": \"营业执照\"",
                "\"name\": \"营业执照副本\"",
                "name",
            ),
            (
                "91349900MA0EXAMP18\",\n  \"issuers",
                "91349900ma0examp18\",\n  \"issuers",
                "number",
            ),
            ("某某市市场监督管理局", "某某市市场管理局", "issuer"),
            ("示范企业有限公司", "样板企业有限公司", "holders"),
            ("2046-01-14", "2047-01-14", "valid_until"),
            ("\"2046-01-14\"", "\"长期\"", "valid_until"),
            ("张三", "李四", "fields"),
        ] {
            let other = BUSINESS.replace(from, to);
            assert_ne!(other, BUSINESS, "{from}");
            let other = Claims::from_json(&other).unwrap();
            assert_eq!(claims.conflicts(&other), [name], "{from}");
            assert_eq!(other.conflicts(&claims), [name], "{from}");
        }
    }

    #[test]
    fn forms_do_not_count_and_case_does() {
        let claims = custom(&[
            ("ZZBFRQ", "2026-01-15"),
            ("KZ_MJ", "100 平方米"),
            ("CZZT", "张 三"),
        ]);
        let other = custom(&[
            ("zzbfrq", "2026年1月15日"),
            ("kz_MJ", "１００平方米"),
            ("CZZT", "张三"),
        ]);
        assert!(claims.conflicts(&other).is_empty());
        assert_eq!(
            custom(&[("CZZTDM", "1X")]).conflicts(&custom(&[("CZZTDM", "1x")])),
            ["holders"]
        );
        assert!(claims.conflicts(&Claims::default()).is_empty());
        assert!(Claims::default().is_empty());
    }

    #[test]
    fn stating_twice_and_differently_is_ambiguous() {
        let claims = custom(&[
            ("ZZBS", "1"),
            ("certificateIdentifier", "2"),
            ("KZ_A", "1"),
            ("kz_A", "2"),
            ("ZZYXQJZRQ", "20260101"),
            ("ZZYXQJZRQ", "长期"),
        ]);
        assert_eq!(claims.ambiguous, ["identifier", "fields", "valid_until"]);
        assert_eq!(
            claims.conflicts(&Claims::default()),
            ["fields", "identifier", "valid_until"]
        );
        assert!(
            custom(&[("ZZBS", "1"), ("ZZBS", " 1")])
                .ambiguous
                .is_empty()
        );
    }

    #[test]
    fn repeated_parties_line_up() {
        let rows = custom(&[
            ("CZZT", "甲"),
            ("CZZTDM", "1"),
            ("CZZT", "乙"),
            ("CZZTDM", "2"),
        ]);
        let columns = custom(&[
            ("CZZT", "甲"),
            ("CZZT", "乙"),
            ("CZZTDM", "1"),
            ("CZZTDM", "2"),
        ]);
        assert_eq!(rows, columns);
        let page = Claims::from_page([
            ("CZZT.2", "乙"),
            ("CZZT.1", "甲"),
            ("CZZTDM.1", "1"),
            ("CZZTDM.2", "2"),
        ])
        .unwrap();
        assert_eq!(page, rows);
        let more = custom(&[("CZZT", "甲"), ("CZZTDM", "1")]);
        assert_eq!(rows.conflicts(&more), ["holders"]);
    }

    #[test]
    fn lines_of_one_tag_are_one_value() {
        let page = Claims::from_page([
            ("KZ_JYFW", "软件"),
            ("ZZMC", "营业执照"),
            ("KZ_JYFW", "开发"),
        ]);
        assert_eq!(page.unwrap().field("JYFW").unwrap().value, "软件开发");
    }

    #[test]
    fn the_report_view_has_the_contracts_keys() {
        let claims = Claims::from_json(PERSONAL).unwrap();
        let view = serde_json::to_string(&claims).unwrap();
        let mut at = 0;
        for key in [
            "{\"identifier\":",
            ",\"name\":",
            ",\"number\":",
            ",\"type_code\":",
            ",\"issuer\":{\"name\":",
            ",\"holders\":[{\"name\":\"张三\",\"code\":\"349901199003070016\",\"code_type\":\"111\"}]",
            ",\"valid_from\":\"2026-03-01\"",
            ",\"valid_until\":\"2029-02-28\"",
            ",\"fields\":{\"XB\":\"男\",\"CSRQ\":",
        ] {
            at += view
                .get(at..)
                .unwrap()
                .find(key)
                .unwrap_or_else(|| panic!("{key} in {view}"));
        }
        assert_eq!(
            serde_json::to_string(&Claims::default()).unwrap(),
            r#"{"identifier":null,"name":null,"number":null,"type_code":null,"issuer":{},"holders":[],"valid_from":null,"valid_until":null,"fields":{}}"#
        );
    }

    #[test]
    fn dates_that_cannot_be_read_stay_what_they_are() {
        let claims = custom(&[("ZZYXQJZRQ", "至拆除为止"), ("ZZYXQQSRQ", "")]);
        assert_eq!(
            claims.valid_until,
            Some(DateClaim::Unreadable("至拆除为止".into()))
        );
        assert_eq!(claims.valid_from, None);
        assert_eq!(claims.valid_until.unwrap().date(), None);
    }

    #[test]
    fn hostile_amounts_are_refused() {
        let many = (0..5000).map(|_| ("ZZBS", "1"));
        let error = Claims::from_custom_data(many).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::LimitExceeded);
        assert!(Claims::from_page([("CZZT.999999999", "x")]).is_err());
        let keys: Vec<String> = (0..600).map(|n| format!("KZ_{n}")).collect();
        assert!(Claims::from_custom_data(keys.iter().map(|key| (key.as_str(), "x"))).is_err());
        let large = "x".repeat(MAX_BYTES + 1);
        assert!(Claims::from_page([("X", large.as_str())]).is_err());
    }

    #[test]
    fn debug_is_redacted() {
        let claims = Claims::from_json(PERSONAL).unwrap();
        let shown = format!("{claims:?} {:?} {:?}", claims.holders, claims.fields);
        assert!(
            !shown.contains("张三") && !shown.contains("1990"),
            "{shown}"
        );
    }

    proptest::proptest! {
        #[test]
        fn never_panics(pairs in proptest::collection::vec(("[A-Z#0-9_]{0,12}", "\\PC{0,12}"), 0..20)) {
            let pairs = || pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            let listed = Claims::from_custom_data(pairs()).unwrap();
            if let Ok(page) = Claims::from_page(pairs()) {
                let _ = listed.conflicts(&page);
            }
        }
    }
}

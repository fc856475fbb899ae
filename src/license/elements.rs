//! The names under which the elements of GB/T 36903 travel: pinyin initials, English and Chinese.

/// One metadata element, as far as documents state it beside the face fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Element {
    Identifier,
    Name,
    TypeName,
    TypeCode,
    Number,
    Version,
    IssuerName,
    IssuerCode,
    IssuerLevel,
    IssuedOn,
    HolderName,
    HolderCode,
    HolderCodeType,
    HolderCodeTypeName,
    ValidFrom,
    ValidUntil,
    ValidityRange,
    AreaCode,
    DefiningName,
    DefiningCode,
    ItemName,
    ItemCode,
    Sealer,
    SealedAt,
    SealName,
    CreatedAt,
    CopyCreatedAt,
    CopyCreator,
    CopyCause,
    CopyExpiresAt,
}

/// Prefix of face fields (扩展).
pub(crate) const FIELD_PREFIX: &str = "KZ_";

struct Row {
    element: Element,
    /// The name written by us: the pinyin initials where the field has them.
    written: &'static str,
    /// Other names met, folded as [`fold`] does.
    aliases: &'static [&'static str],
}

const fn row(element: Element, written: &'static str, aliases: &'static [&'static str]) -> Row {
    Row {
        element,
        written,
        aliases,
    }
}

const ROWS: &[Row] = &[
    row(
        Element::Identifier,
        "ZZBS",
        &[
            "certificateidentifier",
            "certidentifier",
            "licenseidentifier",
            "identifier",
            "证照标识",
        ],
    ),
    row(
        Element::Name,
        "ZZMC",
        &[
            "certificatename",
            "certname",
            "licensename",
            "name",
            "证照名称",
        ],
    ),
    row(
        Element::TypeName,
        "certificateTypeName",
        &["certificatetype", "typename", "zzlxmc", "证照类型名称"],
    ),
    row(
        Element::TypeCode,
        "ZZLXDM",
        &[
            "certificatetypecode",
            "certtypecode",
            "licensetypecode",
            "typecode",
            "证照类型代码",
        ],
    ),
    row(
        Element::Number,
        "ZZBH",
        &[
            "certificatenumber",
            "certno",
            "licensenumber",
            "number",
            "证照编号",
        ],
    ),
    row(
        Element::Version,
        "certificateVersion",
        &["version", "证照版本", "证照版本号"],
    ),
    row(
        Element::IssuerName,
        "ZZBFJG",
        &[
            "certificateissuingauthorityname",
            "issuername",
            "证照颁发机构",
        ],
    ),
    row(
        Element::IssuerCode,
        "ZZBFJGDM",
        &[
            "certificateissuingauthoritycode",
            "issuercode",
            "证照颁发机构代码",
        ],
    ),
    row(
        Element::IssuerLevel,
        "ZZBFJGJB",
        &["issuerlevel", "证照颁发机构级别"],
    ),
    row(
        Element::IssuedOn,
        "ZZBFRQ",
        &["certificateissueddate", "issuedon", "证照颁发日期"],
    ),
    row(
        Element::HolderName,
        "CZZT",
        &["certificateholdername", "holdername", "持证主体"],
    ),
    row(
        Element::HolderCode,
        "CZZTDM",
        &["certificateholdercode", "holdercode", "持证主体代码"],
    ),
    row(
        Element::HolderCodeType,
        "CZZTDMLXDM",
        &[
            "certificateholdertypecode",
            "holdercodetype",
            "持证主体代码类型代码",
        ],
    ),
    row(
        Element::HolderCodeTypeName,
        "CZZTDMLX",
        &["certificateholdertype", "持证主体代码类型"],
    ),
    row(
        Element::ValidFrom,
        "ZZYXQQSRQ",
        &[
            "certificateeffectivedate",
            "validfrom",
            "证照有效期起始日期",
        ],
    ),
    row(
        Element::ValidUntil,
        "ZZYXQJZRQ",
        &[
            "certificateexpiringdate",
            "validuntil",
            "证照有效期截止日期",
        ],
    ),
    row(
        Element::ValidityRange,
        "certificateValidityRange",
        &["validityrange", "证照有效期范围"],
    ),
    row(
        Element::AreaCode,
        "certificateAreaCode",
        &["areacode", "证照所属管辖属地编码"],
    ),
    row(
        Element::DefiningName,
        "certificateDefineAuthorityName",
        &["证照定义机构"],
    ),
    row(
        Element::DefiningCode,
        "certificateDefineAuthorityCode",
        &["证照定义机构代码"],
    ),
    row(Element::ItemName, "relatedItemName", &["关联事项名称"]),
    row(Element::ItemCode, "relatedItemCode", &["关联事项代码"]),
    row(Element::Sealer, "ZZQZR", &["证照签章人"]),
    row(Element::SealedAt, "ZZQZSJ", &["证照签章时间"]),
    row(Element::SealName, "ZZQZMC", &["证照签章名称"]),
    row(Element::CreatedAt, "CJSJ", &["createdat", "创建时间"]),
    row(
        Element::CopyCreatedAt,
        "JZJZZSJ",
        &["certificatecopycreationtime", "加注件制作时间"],
    ),
    row(
        Element::CopyCreator,
        "JZJZZZ",
        &["certificatecopycreator", "加注件制作者"],
    ),
    row(
        Element::CopyCause,
        "JZJZZSY",
        &["certificatecopycause", "加注件制作事由"],
    ),
    row(
        Element::CopyExpiresAt,
        "JZJYXQJZSJ",
        &["certificatecopyexpiringtime", "加注件有效期截止时间"],
    ),
];

/// Names longer than this belong to no element.
const MAX_NAME_BYTES: usize = 128;

impl Element {
    /// The name under which we write it, also the tag of its text on a page.
    pub(crate) fn written(self) -> &'static str {
        // Every element has a row; the test `every_element_is_named` keeps it so.
        ROWS.iter()
            .find(|row| row.element == self)
            .map_or("", |row| row.written)
    }

    /// The element that a custom-data name, JSON key or tag means.
    pub(crate) fn find(name: &str) -> Option<Self> {
        let folded = fold(name)?;
        ROWS.iter()
            .find(|row| {
                row.written.eq_ignore_ascii_case(&folded) || row.aliases.contains(&folded.as_str())
            })
            .map(|row| row.element)
    }
}

/// The key of a face field, if `name` is one (`KZ_…`, in any letter case of the prefix).
pub(crate) fn field_key(name: &str) -> Option<&str> {
    let name = name.trim();
    let (prefix, key) = name.split_at_checked(FIELD_PREFIX.len())?;
    (prefix.eq_ignore_ascii_case(FIELD_PREFIX) && !key.is_empty()).then_some(key)
}

/// Spelling variants of the field folded together: letter case, `_`, `-`, spaces, XML prefixes.
fn fold(name: &str) -> Option<String> {
    if name.len() > MAX_NAME_BYTES {
        return None;
    }
    let local = name.rsplit(':').next().unwrap_or(name);
    Some(
        local
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-'))
            .map(|c| c.to_ascii_lowercase())
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_is_named_and_found_under_each_name() {
        for row in ROWS {
            assert_eq!(
                Element::find(row.written),
                Some(row.element),
                "{}",
                row.written
            );
            assert_eq!(row.element.written(), row.written);
            for alias in row.aliases {
                assert_eq!(Element::find(alias), Some(row.element), "{alias}");
            }
        }
        // The variants are listed once in the enumeration and once in the rows.
        assert_eq!(ROWS.len(), Element::CopyExpiresAt as usize + 1);
    }

    #[test]
    fn spelling_variants_are_folded() {
        assert_eq!(Element::find("ofd:zzbs"), Some(Element::Identifier));
        assert_eq!(
            Element::find("certificate_Type_Code"),
            Some(Element::TypeCode)
        );
        assert_eq!(Element::find("ZZBS2"), None);
        assert_eq!(Element::find(&"Z".repeat(500)), None);
        assert_eq!(field_key("kz_ZL"), Some("ZL"));
        assert_eq!(field_key("KZ_"), None);
        assert_eq!(field_key("坐落"), None);
    }
}

//! Nested facts, shown as an indented list or as JSON from one value.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::paint;
use crate::escape::{clip, pad, width};
use crate::language::{Language, Pick};

/// Columns of one value.
const VALUE_COLUMNS: usize = 160;
/// Items of a list that a person is shown; JSON holds all.
const MAX_ITEMS: usize = 40;

/// What something says about itself.
#[derive(Clone, Debug)]
pub(crate) enum Fact {
    /// Hostile text.
    Text(String),
    /// A count.
    Number(u64),
    /// Several of one kind.
    List(Vec<Fact>),
    /// Several by their names.
    Record(Record),
}

/// Facts by name, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record(Vec<(&'static str, Fact)>);

impl Record {
    /// Adds a fact; an empty list or record is left out.
    pub(crate) fn add(&mut self, key: &'static str, fact: impl Into<Fact>) {
        let fact = fact.into();
        let empty = match &fact {
            Fact::List(items) => items.is_empty(),
            Fact::Record(record) => record.0.is_empty(),
            Fact::Text(_) | Fact::Number(_) => false,
        };
        if !empty {
            self.0.push((key, fact));
        }
    }

    /// Adds a fact if there is one.
    pub(crate) fn add_some(&mut self, key: &'static str, fact: Option<impl Into<Fact>>) {
        if let Some(fact) = fact {
            self.add(key, fact);
        }
    }

    /// As JSON, with the keys as they are.
    pub(crate) fn to_json(&self) -> Value {
        Value::Object(
            self.0
                .iter()
                .map(|(key, fact)| ((*key).to_owned(), fact.to_json()))
                .collect::<Map<_, _>>(),
        )
    }

    /// As an indented list with the names of `language`.
    pub(crate) fn write(&self, out: &mut dyn Write, language: Language) -> io::Result<()> {
        self.write_at(out, language, 0)
    }

    fn write_at(&self, out: &mut dyn Write, language: Language, indent: usize) -> io::Result<()> {
        let label_width = self
            .0
            .iter()
            .filter(|(_, fact)| fact.is_single())
            .map(|(key, _)| width(label(language, key)))
            .max();
        let label_width = label_width.unwrap_or(0);
        let style = paint::LABEL;
        for (key, fact) in &self.0 {
            let label = label(language, key);
            match fact {
                Fact::Record(record) => {
                    writeln!(out, "{:indent$}{style}{label}{style:#}", "")?;
                    record.write_at(out, language, indent + 2)?;
                }
                Fact::List(items) => {
                    writeln!(
                        out,
                        "{:indent$}{style}{label}{style:#} ({})",
                        "",
                        items.len()
                    )?;
                    write_items(out, language, indent + 2, items)?;
                }
                single => {
                    writeln!(
                        out,
                        "{:indent$}{style}{}{style:#}  {}",
                        "",
                        pad(label, label_width),
                        single.shown()
                    )?;
                }
            }
        }
        Ok(())
    }
}

fn write_items(
    out: &mut dyn Write,
    language: Language,
    indent: usize,
    items: &[Fact],
) -> io::Result<()> {
    for (index, item) in items.iter().take(MAX_ITEMS).enumerate() {
        match item {
            Fact::Record(record) => {
                if index > 0 {
                    writeln!(out)?;
                }
                record.write_at(out, language, indent)?;
            }
            Fact::List(inner) => write_items(out, language, indent + 2, inner)?,
            single => writeln!(out, "{:indent$}{}", "", single.shown())?,
        }
    }
    match items.len().saturating_sub(MAX_ITEMS) {
        0 => Ok(()),
        more => writeln!(
            out,
            "{:indent$}… {}",
            "",
            language.pick(format!("还有 {more} 项"), format!("{more} more"))
        ),
    }
}

impl Fact {
    fn is_single(&self) -> bool {
        matches!(self, Fact::Text(_) | Fact::Number(_))
    }

    fn shown(&self) -> String {
        match self {
            Fact::Text(text) => clip(text, VALUE_COLUMNS),
            Fact::Number(number) => number.to_string(),
            Fact::List(_) | Fact::Record(_) => String::new(),
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Fact::Text(text) => Value::String(text.clone()),
            Fact::Number(number) => Value::from(*number),
            Fact::List(items) => Value::Array(items.iter().map(Fact::to_json).collect()),
            Fact::Record(record) => record.to_json(),
        }
    }
}

impl From<String> for Fact {
    fn from(text: String) -> Self {
        Fact::Text(text)
    }
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Fact::Text(text.to_owned())
    }
}

impl From<usize> for Fact {
    fn from(number: usize) -> Self {
        Fact::Number(number as u64)
    }
}

impl From<u64> for Fact {
    fn from(number: u64) -> Self {
        Fact::Number(number)
    }
}

impl From<Record> for Fact {
    fn from(record: Record) -> Self {
        Fact::Record(record)
    }
}

impl<T: Into<Fact>> From<Vec<T>> for Fact {
    fn from(items: Vec<T>) -> Self {
        Fact::List(items.into_iter().map(Into::into).collect())
    }
}

/// The name of a key for a person; in English the key itself with spaces.
fn label(language: Language, key: &'static str) -> &'static str {
    let (chinese, english) = match key {
        "format" => ("格式", "format"),
        "size" => ("字节数", "size"),
        "sm3" => ("SM3", "SM3"),
        "sha256" => ("SHA-256", "SHA-256"),
        "version" => ("版本", "version"),
        "documents" => ("文档", "documents"),
        "title" => ("标题", "title"),
        "author" => ("作者", "author"),
        "creator" => ("生成软件", "creator"),
        "created" => ("生成时间", "created"),
        "pages" => ("页数", "pages"),
        "page_sizes" => ("页面尺寸", "page sizes"),
        "custom_data" => ("自定义数据（未经核验）", "custom data (not verified)"),
        "name" => ("名称", "name"),
        "value" => ("值", "value"),
        "attachments" => ("附件", "attachments"),
        "encryption" => ("加密方案", "encryption scheme"),
        "recipients" => ("可打开者", "recipients"),
        "files" => ("包内文件", "files"),
        "revisions" => ("版本数", "revisions"),
        "properties" => ("元数据（未经核验）", "metadata (not verified)"),
        "signatures" => (
            "印章与签名（未经核验）",
            "seals and signatures (not verified)",
        ),
        "signature_list" => ("签名列表", "signature list"),
        "relative" => ("会签对象", "relative to"),
        "program" => ("签名软件", "signing program"),
        "shown_on" => ("盖章页码", "shown on pages"),
        "kind" => ("种类", "kind"),
        "standard" => ("标准", "standard"),
        "algorithm" => ("算法", "algorithm"),
        "signed_at" => ("签章时间", "signed at"),
        "time_source" => ("时间来源", "time source"),
        "seal" => ("印章", "seal"),
        "id" => ("标识", "id"),
        "type" => ("类型", "type"),
        "valid_from" => ("有效期起", "valid from"),
        "valid_until" => ("有效期止", "valid until"),
        "picture" => ("图片", "picture"),
        "vendor" => ("厂商", "vendor"),
        "signers" => ("可使用者", "listed signers"),
        "made_at" => ("制章时间", "made at"),
        "listing" => ("登记方式", "listed by"),
        "time_stamp" => ("时间戳", "time stamp"),
        "extensions" => ("扩展数据", "extensions"),
        "declared" => ("声明类型", "declared type"),
        "size_mm" => ("尺寸（毫米）", "size (mm)"),
        "pixels" => ("像素", "pixels"),
        "dpi" => ("分辨率（dpi）", "dpi"),
        "ink" => ("印色", "ink"),
        "faults" => ("图片问题", "faults"),
        "maker" => ("制章者", "maker"),
        "signer" => ("签章人", "signer"),
        "subject" => ("主体", "subject"),
        "issuer" => ("签发者", "issuer"),
        "serial" => ("序列号", "serial"),
        "key" => ("公钥", "key"),
        "authority" => ("可签发证书", "authority"),
        "certificates" => ("证书", "certificates"),
        "revocation_lists" => ("吊销列表", "revocation lists"),
        "this_update" => ("本次更新", "this update"),
        "next_update" => ("下次更新", "next update"),
        "entries" => ("条目数", "entries"),
        "findings" => ("发现", "findings"),
        "environment" => ("用途", "environment"),
        "root_version" => ("信任根版本", "root version"),
        "root_expires" => ("信任根到期", "root expires"),
        "freshness" => ("新旧", "freshness"),
        "list_version" => ("列表版本", "list version"),
        "age_days" => ("已签发天数", "age in days"),
        "issued" => ("签发时间", "issued"),
        "expires" => ("到期时间", "expires"),
        "anchors" => ("受信任的机构", "anchors"),
        "tsa" => ("时间戳机构", "time stamping"),
        "ocsp" => ("OCSP", "OCSP"),
        "status_publisher" => ("状态发布机构", "status publishers"),
        "fingerprint" => ("指纹（SM3）", "fingerprint (SM3)"),
        "latest_seen" => ("最近一次时间", "latest time seen"),
        "signed_by" => ("签名密钥（未经核验）", "signing keys (not verified)"),
        "root_keys" => ("信任根密钥", "keys for roots"),
        "list_keys" => ("列表密钥", "keys for lists"),
        "threshold" => ("法定数", "threshold"),
        "keys" => ("密钥", "keys"),
        "previous" => ("前一份", "previous"),
        "organizations" => ("机构", "organizations"),
        "uscc" => ("统一社会信用代码", "USCC"),
        "seals" => ("印章编码", "seal ids"),
        "history" => ("历次状态", "history"),
        "standing" => ("状态", "standing"),
        "scope" => ("范围", "scope"),
        "regions" => ("地区", "regions"),
        "issuers" => ("颁发机构", "issuing bodies"),
        "license_types" => ("证照类型", "license types"),
        _ => return key,
    };
    language.pick(chinese, english)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_facts_are_text_and_json() {
        let mut inner = Record::default();
        inner.add("name", "a\u{1b}b");
        let mut record = Record::default();
        record.add("pages", 2_usize);
        record.add("attachments", vec![inner]);
        record.add("files", Vec::<String>::new());
        let mut out = Vec::new();
        record.write(&mut out, Language::En).unwrap();
        let text = anstream::adapter::strip_bytes(&out).into_vec();
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "pages  2\nattachments (1)\n  name  a\\u{1b}b\n"
        );
        assert_eq!(
            record.to_json().to_string(),
            r#"{"attachments":[{"name":"a\u001bb"}],"pages":2}"#
        );
    }
}

//! The security store, and what says only when and by what a file was written.

use super::structure::differences;
use super::{Cause, ChangeKind, Step};
use crate::error::Result;
use crate::pdf::syntax::{Dict, Object, Value, same};

/// Entries of the document information that tell when and by what the file was last written.
const WRITING: [&[u8]; 2] = [b"ModDate", b"Producer"];

/// The same in XMP, as namespace and name.
const WRITING_XMP: [(&str, &str); 5] = [
    ("http://ns.adobe.com/xap/1.0/", "ModifyDate"),
    ("http://ns.adobe.com/xap/1.0/", "MetadataDate"),
    ("http://ns.adobe.com/pdf/1.3/", "Producer"),
    ("http://ns.adobe.com/xap/1.0/mm/", "InstanceID"),
    ("http://ns.adobe.com/xap/1.0/mm/", "History"),
];

/// Largest packet that is compared.
const PACKET: usize = 4 << 20;

impl Step<'_> {
    /// A store that the catalog did not name before.
    pub(super) fn judge_new_store(
        &mut self,
        catalog: u32,
        before: Option<&Object>,
        after: &Object,
    ) -> Result<()> {
        let old = match before {
            Some(before) => self.old.resolve(before)?,
            None => Object::Dict(Dict::new()),
        };
        let new = self.new.resolve(after)?;
        self.judge_store(catalog, &old, &new)
    }

    /// The store, or a list or entry of it: what was there stays, more may come.
    pub(super) fn judge_store(&mut self, number: u32, old: &Object, new: &Object) -> Result<()> {
        if self.only_grows(old, new, 0)? {
            self.push(Some(number), ChangeKind::Evidence);
            let store = self.new.catalog()?.get("DSS").cloned();
            self.roles.learn_security_store(self.new, store.as_ref())
        } else {
            self.refuse(Some(number), Cause::Evidence);
            Ok(())
        }
    }

    fn only_grows(&self, old: &Object, new: &Object, depth: usize) -> Result<bool> {
        // The store, its entries by signature, one entry, one list.
        if depth > 4 {
            return Ok(false);
        }
        match (old, new) {
            (Object::Dict(old), Object::Dict(new)) => {
                for (_, before, after) in differences(old, new) {
                    let grows = match (before, after) {
                        (None, Some(_)) => true,
                        (Some(_), None) | (None, None) => false,
                        (Some(Object::String(_)), Some(Object::String(_))) => true,
                        (Some(before), Some(after)) => {
                            let old = self.old.find_plain(before)?;
                            let new = self.new.find_plain(after)?;
                            match (old, new) {
                                (Some(old), Some(new)) => self.only_grows(&old, &new, depth + 1)?,
                                _ => false,
                            }
                        }
                    };
                    if !grows {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Object::Array(old), Object::Array(new)) => Ok(old
                .iter()
                .all(|item| new.iter().any(|kept| same(item, kept)))),
            _ => Ok(same(old, new)),
        }
    }

    /// Developer extensions: a name with a version and a level each.
    pub(super) fn judge_extensions(&mut self, catalog: u32, extensions: &Object) {
        const KNOWN: [&[u8]; 5] = [
            b"Type",
            b"BaseVersion",
            b"ExtensionLevel",
            b"ExtensionRevision",
            b"URL",
        ];
        let is_plain = |object: &Object| match object {
            Object::Name(_) | Object::Reference(_) => true,
            Object::Dict(dict) => dict.iter().all(|(key, _)| KNOWN.contains(&key)),
            Object::Array(items) => items.iter().all(|item| item.as_dict().is_some()),
            _ => false,
        };
        let known = extensions
            .as_dict()
            .is_some_and(|dict| dict.iter().all(|(_, value)| is_plain(value)));
        if known {
            self.push(Some(catalog), ChangeKind::Upkeep);
        } else {
            self.refuse(Some(catalog), Cause::Catalog);
        }
    }

    pub(super) fn judge_information(&mut self, number: Option<u32>, old: &Dict, new: &Dict) {
        for (key, _, _) in differences(old, new) {
            if WRITING.contains(&key) {
                self.push(number, ChangeKind::Upkeep);
            } else {
                self.refuse(number, Cause::Information);
            }
        }
    }

    /// The catalog names another metadata stream.
    pub(super) fn judge_other_metadata(
        &mut self,
        catalog: u32,
        before: &Object,
        after: &Object,
    ) -> Result<()> {
        let (Some(before), Some(after)) = (before.as_reference(), after.as_reference()) else {
            self.refuse(Some(catalog), Cause::Metadata);
            return Ok(());
        };
        let old = Value::Stream(self.old.stream(before)?);
        let new = Value::Stream(self.new.stream(after)?);
        self.judge_metadata(after.number, &old, &new)
    }

    /// Metadata whose differences are when and by what the file was written.
    pub(super) fn judge_metadata(&mut self, number: u32, old: &Value, new: &Value) -> Result<()> {
        let (Value::Stream(old), Value::Stream(new)) = (old, new) else {
            self.refuse(Some(number), Cause::Metadata);
            return Ok(());
        };
        let old = essence(&self.old.decode(old, PACKET)?);
        let new = essence(&self.new.decode(new, PACKET)?);
        if old.is_some() && old == new {
            self.push(Some(number), ChangeKind::Upkeep);
        } else {
            self.refuse(Some(number), Cause::Metadata);
        }
        Ok(())
    }
}

/// All names, attributes and texts of a packet but those of [`WRITING_XMP`].
fn essence(packet: &[u8]) -> Option<Vec<String>> {
    let text = std::str::from_utf8(packet).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let options = roxmltree::ParsingOptions {
        allow_dtd: false,
        nodes_limit: 100_000,
        ..Default::default()
    };
    let xml = roxmltree::Document::parse_with_options(text, options).ok()?;
    let is_writing = |namespace: Option<&str>, name: &str| {
        WRITING_XMP
            .iter()
            .any(|known| namespace == Some(known.0) && name == known.1)
    };
    let mut said = Vec::new();
    let mut left = vec![xml.root()];
    while let Some(node) = left.pop() {
        if node.is_element() {
            let name = node.tag_name();
            if is_writing(name.namespace(), name.name()) {
                continue;
            }
            said.push(format!("{name:?}"));
            let attributes = node
                .attributes()
                .filter(|attribute| !is_writing(attribute.namespace(), attribute.name()));
            let mut attributes: Vec<_> = attributes
                .map(|attribute| {
                    let (namespace, name) = (attribute.namespace(), attribute.name());
                    format!("{namespace:?} {name}={}", attribute.value())
                })
                // Which toolkit wrote the packet.
                .filter(|attribute| !attribute.contains(" xmptk="))
                .collect();
            attributes.sort();
            said.extend(attributes);
        } else if let Some(text) = node.text().map(str::trim).filter(|text| !text.is_empty()) {
            said.push(text.to_owned());
        }
        left.extend(node.children().rev());
    }
    Some(said)
}

impl crate::pdf::read::View<'_> {
    /// The value of an object that may be a stream, which is then `None`.
    fn find_plain(&self, object: &Object) -> Result<Option<Object>> {
        match object {
            Object::Reference(reference) => Ok(self.find(*reference)?.value.plain()),
            direct => Ok(Some(direct.clone())),
        }
    }
}

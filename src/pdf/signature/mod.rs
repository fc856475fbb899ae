//! Signature fields and what their byte ranges cover. The value in `Contents` is opaque here.

mod permission;
mod range;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

pub use permission::{FieldLock, Permission};
pub use range::{RangeProblem, SignedRange};

use self::permission::Permissions;
use super::limits;
use super::read::{Document, Origin, View};
use super::syntax::{Dict, Object, Ref, Value, decode_text, parse_date};
use crate::Time;
use crate::error::{Error, Result};
use crate::time::Zone;

/// A signature field of the form, signed or not.
#[derive(Clone, PartialEq)]
pub struct SignatureField {
    name: String,
    reference: Ref,
    value: Option<Ref>,
    lock: Option<Object>,
}

/// A signature dictionary (ISO 32000-1 table 252). One may be the value of several fields.
#[derive(Clone)]
pub struct Signature {
    object: Ref,
    fields: Vec<String>,
    filter: Option<String>,
    sub_filter: Option<String>,
    name: Option<String>,
    reason: Option<String>,
    location: Option<String>,
    claimed_time: Option<ClaimedTime>,
    contents: Option<Contents>,
    range: Result<SignedRange, RangeProblem>,
    /// `None` when what it says of permissions cannot be read.
    permissions: Option<Permissions>,
}

/// `M` of a signature dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimedTime {
    /// A full date. Without a zone it is read as China's civil time.
    At {
        /// The instant.
        time: Time,
        /// Whether a zone was given.
        zoned: bool,
    },
    /// Something else stands there.
    Malformed,
}

#[derive(Clone, PartialEq, Eq)]
struct Contents {
    value: Vec<u8>,
    span: Range<usize>,
}

impl SignatureField {
    /// The full name of the field. Hostile text.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The field object.
    #[must_use]
    pub fn reference(&self) -> Ref {
        self.reference
    }

    /// The object that holds the signature dictionary, `None` for an empty field.
    #[must_use]
    pub fn value(&self) -> Option<Ref> {
        self.value
    }
}

impl fmt::Debug for SignatureField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignatureField")
            .field("reference", &self.reference)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}

impl Signature {
    /// The object that holds the dictionary.
    #[must_use]
    pub fn object(&self) -> Ref {
        self.object
    }

    /// The names of the fields whose value it is. Hostile text.
    #[must_use]
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// `Filter`, the preferred handler, such as `Adobe.PPKLite`.
    #[must_use]
    pub fn filter(&self) -> Option<&str> {
        self.filter.as_deref()
    }

    /// `SubFilter`, the format of the value, such as `adbe.pkcs7.detached`. A claim only: what
    /// the value is, its bytes say.
    #[must_use]
    pub fn sub_filter(&self) -> Option<&str> {
        self.sub_filter.as_deref()
    }

    /// `Name`, the signer as claimed. Hostile text.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// `Reason` as claimed. Hostile text.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// `Location` as claimed. Hostile text.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.location.as_deref()
    }

    /// `M`, the time as claimed.
    #[must_use]
    pub fn claimed_time(&self) -> Option<ClaimedTime> {
        self.claimed_time
    }

    /// The value with its padding, `None` when there is none.
    #[must_use]
    pub fn contents(&self) -> Option<&[u8]> {
        self.contents
            .as_ref()
            .map(|contents| contents.value.as_slice())
    }

    /// Where the value stands in the file, with its delimiters.
    #[must_use]
    pub fn contents_span(&self) -> Option<Range<usize>> {
        self.contents.as_ref().map(|contents| contents.span.clone())
    }

    /// What it permits to be changed after it; `None` when it restricts nothing.
    ///
    /// # Errors
    /// `malformed` when what it says of permissions or locks cannot be read: it may forbid
    /// anything.
    pub fn permission(&self) -> Result<Option<Permission>> {
        Ok(self.permissions()?.permission)
    }

    /// The fields that it locks, by each lock that it or its field names.
    ///
    /// # Errors
    /// As [`permission`](Self::permission).
    pub fn locks(&self) -> Result<&[FieldLock]> {
        Ok(&self.permissions()?.locks)
    }

    fn permissions(&self) -> Result<&Permissions> {
        self.permissions
            .as_ref()
            .ok_or_else(|| Error::malformed("a signature's permissions cannot be read"))
    }

    /// What the signature covers, or why its range is not one.
    ///
    /// # Errors
    /// The first [`RangeProblem`] that was met.
    pub fn signed_range(&self) -> Result<&SignedRange, RangeProblem> {
        self.range.as_ref().map_err(|problem| *problem)
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signature")
            .field("object", &self.object)
            .field("sub_filter", &self.sub_filter)
            .field("range", &self.range)
            .finish_non_exhaustive()
    }
}

impl Document<'_> {
    /// Signature dictionaries that covered a revision and that the newest one does not lead to:
    /// a later revision took them out.
    ///
    /// # Errors
    /// Those of [`View::signatures`].
    pub fn removed_signatures(&self) -> Result<Vec<Ref>> {
        let last = self.revisions().len().saturating_sub(1);
        let mut removed = Vec::new();
        if last == 0 {
            return Ok(removed);
        }
        let present: BTreeSet<_> = self
            .at(last)?
            .signatures()?
            .iter()
            .map(Signature::object)
            .collect();
        for revision in 0..last {
            let view = self.at(revision)?;
            for number in view.listed() {
                let Some(generation) = view.generation(*number) else {
                    continue;
                };
                let object = Ref {
                    number: *number,
                    generation,
                };
                let found = view.find(object)?;
                let Value::Plain(Object::Dict(dict)) = &found.value else {
                    continue;
                };
                let dict = match dict.get("V") {
                    Some(Object::Dict(inner)) if dict.has_name("FT", "Sig") => inner,
                    _ => dict,
                };
                if dict.contains("ByteRange")
                    && !present.contains(&object)
                    && range::check(&view, object, dict, &found.origin).is_ok()
                {
                    removed.push(object);
                }
            }
        }
        Ok(removed)
    }
}

impl View<'_> {
    /// The signature fields of this revision, signed or not.
    ///
    /// # Errors
    /// `malformed` when the form cannot be walked; `limit_exceeded` beyond 100 000 fields.
    pub fn signature_fields(&self) -> Result<Vec<SignatureField>> {
        let fields = self.form_fields()?;
        let fields = fields
            .into_iter()
            .filter(|field| field.kind.as_deref() == Some(b"Sig"));
        fields
            .map(|field| {
                let value = match field.value {
                    None | Some((_, Object::Null)) => None,
                    Some((_, Object::Reference(value))) => Some(value),
                    Some((holder, _)) => Some(holder),
                };
                let lock = self.dict_at(field.reference)?.get("Lock").cloned();
                Ok(SignatureField {
                    name: field.name,
                    reference: field.reference,
                    value,
                    lock,
                })
            })
            .collect()
    }

    /// The signatures of this revision, each dictionary once, in the order of their fields.
    ///
    /// # Errors
    /// `malformed` when the form cannot be walked or a signed field leads to no dictionary;
    /// `limit_exceeded` beyond 256 signatures or 1 MiB of value. Defects of a signature dictionary
    /// itself are no error but a [`RangeProblem`].
    pub fn signatures(&self) -> Result<Vec<Signature>> {
        let mut places: BTreeMap<Ref, usize> = BTreeMap::new();
        let mut signatures: Vec<Signature> = Vec::new();
        for field in self.signature_fields()? {
            let Some(value) = field.value else { continue };
            let place = *places.entry(value).or_insert(signatures.len());
            if let Some(known) = signatures.get_mut(place) {
                known.fields.push(field.name);
                continue;
            }
            if signatures.len() == limits::SIGNATURES {
                return Err(Error::limit("pdf signatures", 256));
            }
            signatures.push(self.read_signature(value, field)?);
        }
        Ok(signatures)
    }

    fn read_signature(&self, object: Ref, field: SignatureField) -> Result<Signature> {
        let found = self.find(object)?;
        let Value::Plain(Object::Dict(dict)) = found.value else {
            let error = Error::malformed("a signature field leads to no dictionary");
            return Err(error.with("object", object));
        };
        // The dictionary may stand directly in its field.
        let dict = match dict.get("V") {
            Some(Object::Dict(inner)) if dict.has_name("FT", "Sig") => inner.clone(),
            _ => dict,
        };
        let contents = dict.get("Contents").and_then(Object::as_string);
        if contents.is_some_and(|contents| contents.bytes.len() > limits::SIGNATURE_VALUE) {
            return Err(Error::limit("pdf signature value", 1 << 20).with("object", object));
        }
        let in_file = matches!(found.origin, Origin::File(_));
        Ok(Signature {
            object,
            fields: vec![field.name],
            permissions: Permissions::read(self, &dict, field.lock.as_ref()).ok(),
            filter: self.name_value(&dict, "Filter"),
            sub_filter: self.name_value(&dict, "SubFilter"),
            name: self.text_value(&dict, "Name"),
            reason: self.text_value(&dict, "Reason"),
            location: self.text_value(&dict, "Location"),
            claimed_time: dict.get("M").map(|time| self.claimed_time(time)),
            contents: contents.filter(|_| in_file).map(|contents| Contents {
                value: contents.bytes.clone(),
                span: contents.span.clone(),
            }),
            range: range::check(self, object, &dict, &found.origin),
        })
    }

    fn name_value(&self, dict: &Dict, key: &str) -> Option<String> {
        let value = self.get(dict, key).ok()??;
        value
            .as_name()
            .map(|name| String::from_utf8_lossy(name).into_owned())
    }

    fn text_value(&self, dict: &Dict, key: &str) -> Option<String> {
        let value = self.get(dict, key).ok()??;
        value.as_string().map(|text| decode_text(&text.bytes))
    }

    fn claimed_time(&self, time: &Object) -> ClaimedTime {
        let written = self
            .resolve(time)
            .ok()
            .and_then(|time| parse_date(&time.as_string()?.bytes));
        match written {
            Some(written) => ClaimedTime::At {
                time: written.as_china(),
                zoned: written.zone == Zone::Given,
            },
            None => ClaimedTime::Malformed,
        }
    }
}

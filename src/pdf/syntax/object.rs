//! What a PDF file is made of.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use crate::error::{Error, Result};

/// The name of an indirect object: its number and generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ref {
    pub(crate) number: u32,
    pub(crate) generation: u16,
}

impl Ref {
    /// The object number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.number
    }

    /// The generation, nearly always 0.
    #[must_use]
    pub const fn generation(self) -> u16 {
        self.generation
    }
}

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number, self.generation)
    }
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Object {
    Null,
    Bool(bool),
    Integer(i64),
    /// As written, so that printing it again changes nothing.
    Real(String),
    Name(Vec<u8>),
    String(PdfString),
    Array(Array),
    Dict(Dict),
    Reference(Ref),
}

pub(crate) type Array = Vec<Object>;

/// A string, decoded, and how it stood in the file.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PdfString {
    pub(crate) bytes: Vec<u8>,
    /// Written as `<…>` rather than `(…)`.
    pub(crate) hex: bool,
    /// With its delimiters, in the bytes that were parsed: the file, or an inflated stream.
    pub(crate) span: Range<usize>,
}

impl PdfString {
    pub(crate) fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            hex: false,
            span: 0..0,
        }
    }
}

impl fmt::Debug for PdfString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Strings of a license name its holder.
        write!(
            f,
            "PdfString({} bytes at {:?})",
            self.bytes.len(),
            self.span
        )
    }
}

/// A dictionary. Keys are unique: one that repeats a key does not parse.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Dict(BTreeMap<Vec<u8>, Object>);

impl Dict {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// The value of `key`; `null` is the same as absent (ISO 32000-1 7.3.9).
    pub(crate) fn get(&self, key: &str) -> Option<&Object> {
        self.0
            .get(key.as_bytes())
            .filter(|value| **value != Object::Null)
    }

    /// Whether there was no entry of this key yet.
    pub(crate) fn insert(&mut self, key: Vec<u8>, value: Object) -> bool {
        self.0.insert(key, value).is_none()
    }

    pub(crate) fn set(&mut self, key: &str, value: impl Into<Object>) {
        self.0.insert(key.as_bytes().to_vec(), value.into());
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&[u8], &Object)> {
        self.0.iter().map(|(key, value)| (key.as_slice(), value))
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (&[u8], &mut Object)> {
        self.0
            .iter_mut()
            .map(|(key, value)| (key.as_slice(), value))
    }

    pub(crate) fn contains(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub(crate) fn has_name(&self, key: &str, name: &str) -> bool {
        self.get(key).and_then(Object::as_name) == Some(name.as_bytes())
    }

    /// A direct integer that must be there.
    pub(crate) fn integer(&self, key: &'static str) -> Result<i64> {
        self.get(key)
            .and_then(Object::as_integer)
            .ok_or_else(|| Error::malformed("an integer is missing").with("key", key))
    }

    /// A direct integer that must be there and fit an offset or count.
    pub(crate) fn size(&self, key: &'static str) -> Result<usize> {
        usize::try_from(self.integer(key)?)
            .map_err(|_| Error::malformed("an integer is out of range").with("key", key))
    }
}

/// A stream: its dictionary and where its raw bytes lie in the file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stream {
    /// The object that it is, which its encryption depends on.
    pub(crate) holder: Ref,
    pub(crate) dict: Dict,
    pub(crate) data: Range<usize>,
}

/// What an indirect object holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Plain(Object),
    Stream(Stream),
}

impl Value {
    pub(crate) fn plain(self) -> Option<Object> {
        match self {
            Self::Plain(object) => Some(object),
            Self::Stream(_) => None,
        }
    }
}

impl Object {
    pub(crate) fn name(name: &str) -> Self {
        Self::Name(name.as_bytes().to_vec())
    }

    pub(crate) fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(*value),
            _ => None,
        }
    }

    pub(crate) fn as_number(&self) -> Option<f64> {
        match self {
            // Page coordinates: the format's reals are single precision anyway.
            Self::Integer(value) => i32::try_from(*value).ok().map(f64::from),
            Self::Real(text) => text.parse().ok(),
            _ => None,
        }
    }

    pub(crate) fn as_name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(crate) fn as_string(&self) -> Option<&PdfString> {
        match self {
            Self::String(string) => Some(string),
            _ => None,
        }
    }

    pub(crate) fn as_array(&self) -> Option<&[Object]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn as_dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    pub(crate) fn as_reference(&self) -> Option<Ref> {
        match self {
            Self::Reference(reference) => Some(*reference),
            _ => None,
        }
    }
}

/// Whether two values mean the same: neither the place nor the spelling of strings and numbers
/// matters, and a key whose value is `null` is an absent one.
pub(crate) fn same(left: &Object, right: &Object) -> bool {
    match (left, right) {
        (Object::String(left), Object::String(right)) => left.bytes == right.bytes,
        (Object::Array(left), Object::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| same(left, right))
        }
        (Object::Dict(left), Object::Dict(right)) => same_dict(left, right),
        (Object::Integer(_) | Object::Real(_), Object::Integer(_) | Object::Real(_)) => {
            left == right
                || left
                    .as_number()
                    .is_some_and(|n| Some(n) == right.as_number())
        }
        _ => left == right,
    }
}

/// [`same`] of two dictionaries.
pub(crate) fn same_dict(left: &Dict, right: &Dict) -> bool {
    let entries = |dict: &Dict| {
        dict.0
            .values()
            .filter(|value| **value != Object::Null)
            .count()
    };
    entries(left) == entries(right)
        && left.0.iter().all(|(key, value)| {
            *value == Object::Null || right.0.get(key).is_some_and(|other| same(value, other))
        })
}

impl From<Ref> for Object {
    fn from(reference: Ref) -> Self {
        Self::Reference(reference)
    }
}

impl From<Dict> for Object {
    fn from(dict: Dict) -> Self {
        Self::Dict(dict)
    }
}

impl From<Array> for Object {
    fn from(items: Array) -> Self {
        Self::Array(items)
    }
}

impl From<i64> for Object {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<PdfString> for Object {
    fn from(string: PdfString) -> Self {
        Self::String(string)
    }
}

//! A bounded JSON tree that keeps key order and refuses what two readers could read differently.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};

use crate::error::{Error, Result};

/// The largest JSON text that is read: a license's data is a few kilobytes, photos included a few
/// hundred.
pub(crate) const MAX_JSON_BYTES: usize = 1 << 20;
/// The deepest nesting: metadata needs four levels.
const MAX_DEPTH: usize = 8;

/// One JSON value. Numbers with a fraction or exponent are refused: no element is one.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Integer(i64),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// Reads one JSON value and nothing after it.
///
/// # Errors
/// `limit_exceeded` for size, `malformed` for syntax, depth, a repeated key or a fraction.
pub(crate) fn parse(text: &str) -> Result<Node> {
    if text.len() > MAX_JSON_BYTES {
        return Err(Error::limit("json_bytes", MAX_JSON_BYTES as u64));
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let node = Tree { depth: MAX_DEPTH }
        .deserialize(&mut reader)
        .and_then(|node| reader.end().map(|()| node))
        .map_err(|error| syntax_error(&error))?;
    Ok(node)
}

/// The place of a syntax error, without quoting the input.
pub(crate) fn syntax_error(error: &serde_json::Error) -> Error {
    Error::malformed("this is not the JSON it should be")
        .with("line", error.line())
        .with("column", error.column())
}

impl Node {
    /// The text of a string or a whole number; `None` for other values.
    pub(crate) fn into_text(self) -> Option<String> {
        match self {
            Node::Text(text) => Some(text),
            Node::Integer(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

struct Tree {
    depth: usize,
}

impl Tree {
    fn below<E: serde::de::Error>(&self) -> Result<Tree, E> {
        self.depth
            .checked_sub(1)
            .map(|depth| Tree { depth })
            .ok_or_else(|| E::custom("nested too deeply"))
    }
}

impl<'de> DeserializeSeed<'de> for Tree {
    type Value = Node;

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<Node, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value without fractions")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Integer(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Node, E> {
        i64::try_from(value)
            .map(Node::Integer)
            .map_err(|_| E::custom("number too large"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(self.below()?)? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut members: Vec<(String, Node)> = Vec::new();
        let mut keys = HashSet::new();
        while let Some(key) = access.next_key::<String>()? {
            if !keys.insert(key.clone()) {
                return Err(A::Error::custom("repeated key"));
            }
            members.push((key, access.next_value_seed(self.below()?)?));
        }
        Ok(Node::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn kind(text: &str) -> ErrorKind {
        parse(text).err().unwrap().kind()
    }

    #[test]
    fn keeps_key_order() {
        let Node::Object(members) = parse(r#"{"b":1,"a":null}"#).unwrap() else {
            panic!()
        };
        assert_eq!(members[0].0, "b");
        assert_eq!(members[1].0, "a");
    }

    #[test]
    fn refuses_what_readers_disagree_on() {
        assert_eq!(kind(r#"{"a":1,"a":2}"#), ErrorKind::Malformed);
        assert_eq!(kind("1.5"), ErrorKind::Malformed);
        assert_eq!(kind("{} x"), ErrorKind::Malformed);
        assert_eq!(kind(""), ErrorKind::Malformed);
    }

    #[test]
    fn is_bounded_in_depth_and_size() {
        assert!(parse(&format!("{}{}", "[".repeat(8), "]".repeat(8))).is_ok());
        assert_eq!(kind(&"[".repeat(100_000)), ErrorKind::Malformed);
        assert_eq!(
            kind(&" ".repeat(MAX_JSON_BYTES + 1)),
            ErrorKind::LimitExceeded
        );
    }
}

//! Which names an authority may certify (RFC 5280 4.2.1.10), as it says so.

use super::general_name::GeneralName;
use crate::asn1::{Tag, Tlv};
use crate::error::{Error, Result};

/// Far above what any authority lists. What a path compares in all is limited where it is judged.
const MAX_SUBTREES: usize = 4096;

/// Names permitted and excluded. A list that is empty was not given.
#[derive(Clone, Debug, Default)]
pub struct NameConstraints {
    /// Of each form met here, a name must be within one of these.
    pub permitted: Vec<GeneralName>,
    /// No name may be within one of these.
    pub excluded: Vec<GeneralName>,
}

impl NameConstraints {
    pub(super) fn read(value: &Tlv<'_>) -> Result<Self> {
        value.expect(Tag::SEQUENCE)?;
        let mut reader = value.reader()?;
        let permitted = reader.optional(Tag::context(0))?;
        let excluded = reader.optional(Tag::context(1))?;
        reader.finish()?;
        if permitted.is_none() && excluded.is_none() {
            return Err(Error::malformed("name constraints constrain nothing"));
        }
        let subtrees = |list: Option<Tlv<'_>>| match list {
            Some(list) => read_subtrees(&list),
            None => Ok(Vec::new()),
        };
        Ok(Self {
            permitted: subtrees(permitted)?,
            excluded: subtrees(excluded)?,
        })
    }
}

fn read_subtrees(list: &Tlv<'_>) -> Result<Vec<GeneralName>> {
    let subtrees = list.reader()?.read_all(MAX_SUBTREES)?;
    if subtrees.is_empty() {
        return Err(Error::malformed("a list of subtrees is empty"));
    }
    subtrees.iter().map(read_subtree).collect()
}

/// A subtree begins at its base and has no end: RFC 5280 allows no other, and one that means less
/// or more than it seems is refused.
fn read_subtree(subtree: &Tlv<'_>) -> Result<GeneralName> {
    subtree.expect(Tag::SEQUENCE)?;
    let mut reader = subtree.reader()?;
    let base = GeneralName::from_tlv(&reader.read()?)?;
    if let Some(minimum) = reader.optional(Tag::context_primitive(0))?
        && minimum.content() != [0]
    {
        return Err(Error::malformed("a subtree begins below its base"));
    }
    reader.finish()?;
    Ok(base)
}

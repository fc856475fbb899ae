//! Names of any form (RFC 5280 4.2.1.6), as alternative names, constraints and distribution
//! points carry them.

use std::fmt;

use super::name::Name;
use crate::asn1::{Oid, Reader, Tag, Tlv};
use crate::error::{Error, Result};

/// The longest lists in use, of servers behind one address, have some thousand names.
const MAX_NAMES: usize = 4096;

/// A name of one of the forms of `GeneralName`.
#[derive(Clone)]
#[non_exhaustive]
pub enum GeneralName {
    /// A mail address (`rfc822Name`).
    Mail(String),
    /// A host name (`dNSName`).
    Dns(String),
    /// A distinguished name (`directoryName`).
    Directory(Name),
    /// A resource's identifier (`uniformResourceIdentifier`).
    Uri(String),
    /// An address as its bytes, 4 or 16; in a constraint address and mask, 8 or 32.
    Ip(Vec<u8>),
    /// A name of a form of its own (`otherName`): its type, and all of it as DER.
    Other(Oid, Vec<u8>),
    /// A registered identifier, an X.400 or an EDI name: the number of the form, and its DER.
    Rare(u8, Vec<u8>),
}

impl GeneralName {
    /// Reads one name.
    ///
    /// # Errors
    /// `malformed`, or as [`Name::from_der`].
    pub fn from_tlv(element: &Tlv<'_>) -> Result<Self> {
        let text = || {
            std::str::from_utf8(element.content())
                .ok()
                .filter(|text| text.is_ascii())
                .map(str::to_owned)
                .ok_or_else(|| Error::malformed("a name that must be ASCII is not"))
        };
        Ok(match element.tag() {
            OTHER => Self::Other(element.reader()?.read()?.oid()?, element.raw().to_vec()),
            MAIL => Self::Mail(text()?),
            DNS => Self::Dns(text()?),
            DIRECTORY => Self::Directory(Name::from_tlv(&element.inner()?)?),
            URI => Self::Uri(text()?),
            IP => Self::Ip(element.content().to_vec()),
            X400 => Self::Rare(3, element.raw().to_vec()),
            EDI => Self::Rare(5, element.raw().to_vec()),
            REGISTERED => Self::Rare(8, element.raw().to_vec()),
            _ => return Err(Error::malformed("a name is of no known form")),
        })
    }

    /// Reads `GeneralNames`, the whole of an extension's value.
    ///
    /// # Errors
    /// `malformed`, also for an empty list; `limit_exceeded` beyond 4096 names.
    pub fn read_list(value: &Tlv<'_>) -> Result<Vec<Self>> {
        value.expect(Tag::SEQUENCE)?;
        Self::read_all(value.reader()?)
    }

    pub(super) fn read_all(reader: Reader<'_>) -> Result<Vec<Self>> {
        let names = reader.read_all(MAX_NAMES)?;
        if names.is_empty() {
            return Err(Error::malformed("a list of names is empty"));
        }
        names.iter().map(Self::from_tlv).collect()
    }

    /// Whether both name the same: distinguished names as RFC 5280 7.1 compares them, host names
    /// without regard to letter case, all others byte for byte.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Directory(one), Self::Directory(two)) => one.matches(two),
            (Self::Dns(one), Self::Dns(two)) => one.eq_ignore_ascii_case(two),
            (Self::Mail(one), Self::Mail(two)) | (Self::Uri(one), Self::Uri(two)) => one == two,
            (Self::Ip(one), Self::Ip(two))
            | (Self::Other(_, one), Self::Other(_, two))
            | (Self::Rare(_, one), Self::Rare(_, two)) => one == two,
            _ => false,
        }
    }
}

const OTHER: Tag = Tag::context(0);
const MAIL: Tag = Tag::context_primitive(1);
const DNS: Tag = Tag::context_primitive(2);
const X400: Tag = Tag::context(3);
const DIRECTORY: Tag = Tag::context(4);
const EDI: Tag = Tag::context(5);
const URI: Tag = Tag::context_primitive(6);
const IP: Tag = Tag::context_primitive(7);
const REGISTERED: Tag = Tag::context_primitive(8);

impl fmt::Debug for GeneralName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Mail addresses and citizens' numbers are personal data.
        f.write_str(match self {
            Self::Mail(_) => "Mail(..)",
            Self::Dns(_) => "Dns(..)",
            Self::Directory(_) => "Directory(..)",
            Self::Uri(_) => "Uri(..)",
            Self::Ip(_) => "Ip(..)",
            Self::Other(..) => "Other(..)",
            Self::Rare(..) => "Rare(..)",
        })
    }
}

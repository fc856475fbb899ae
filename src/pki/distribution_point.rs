//! Where revocation lists come from, and which part of the whole one list is (RFC 5280 4.2.1.13,
//! 5.2.5).

use super::general_name::GeneralName;
use super::name::Name;
use crate::asn1::{self, Reader, Tag, Tlv};
use crate::error::{Error, Result};

/// Certificates name a handful of points.
const MAX_POINTS: usize = 64;

/// A set of reasons for revocation, the bits of `ReasonFlags`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReasonSet(u16);

impl ReasonSet {
    /// No reason.
    pub const NONE: ReasonSet = ReasonSet(0);
    /// Every reason there is.
    pub const ALL: ReasonSet = ReasonSet(0b1_1111_1110);

    /// What is in either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether every reason of `other` is in this set.
    #[must_use]
    pub const fn includes(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    fn read(element: &Tlv<'_>) -> Result<Self> {
        let [unused, bytes @ ..] = element.content() else {
            return Err(Error::malformed("a set of reasons is empty"));
        };
        if *unused > 7 {
            return Err(Error::malformed(
                "a set of reasons has too many unused bits",
            ));
        }
        let named = (bytes.len() * 8).saturating_sub(usize::from(*unused));
        let set = (1..named.min(9)).fold(0, |set, index| {
            let byte = bytes.get(index / 8).copied().unwrap_or_default();
            let bit = u16::from(byte & (0x80 >> (index % 8)) != 0);
            set | bit << index
        });
        Ok(Self(set))
    }
}

/// The name of a distribution point.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum PointName {
    /// Full names, of which any will do.
    Full(Vec<GeneralName>),
    /// One level to be added to the name of whoever issues the list, as DER of the level.
    Relative(Vec<u8>),
}

impl PointName {
    fn read(wrapped: &Tlv<'_>) -> Result<Self> {
        let choice = wrapped.inner()?;
        match choice.tag() {
            FULL => Ok(Self::Full(GeneralName::read_all(choice.reader()?)?)),
            RELATIVE => Ok(Self::Relative(asn1::tlv(Tag::SET, choice.content()))),
            _ => Err(Error::malformed("a distribution point has no known name")),
        }
    }

    /// The names in full, for a point of this issuer of lists.
    ///
    /// # Errors
    /// `malformed` when the relative part makes no name.
    pub fn in_full(&self, issuer: &Name) -> Result<Vec<GeneralName>> {
        match self {
            Self::Full(names) => Ok(names.clone()),
            Self::Relative(level) => {
                let above = Tlv::parse(issuer.der())?;
                let name = Name::from_der(&asn1::sequence(&[above.content(), level]))?;
                Ok(vec![GeneralName::Directory(name)])
            }
        }
    }
}

const FULL: Tag = Tag::context(0);
const RELATIVE: Tag = Tag::context(1);

/// One place where a certificate says its revocation is published.
#[derive(Clone, Debug)]
pub struct DistributionPoint {
    /// Its name; `None` when only the issuer of the list is named.
    pub name: Option<PointName>,
    /// The reasons the lists there tell of; `None` for all.
    pub reasons: Option<ReasonSet>,
    /// Who issues the lists there, where it is not the certificate's issuer.
    pub crl_issuer: Vec<GeneralName>,
}

impl DistributionPoint {
    pub(super) fn read_list(value: &Tlv<'_>) -> Result<Vec<Self>> {
        value.expect(Tag::SEQUENCE)?;
        let points = value.reader()?.read_all(MAX_POINTS)?;
        points.iter().map(Self::read).collect()
    }

    fn read(element: &Tlv<'_>) -> Result<Self> {
        element.expect(Tag::SEQUENCE)?;
        let mut reader = element.reader()?;
        let name = reader.optional(Tag::context(0))?;
        let reasons = reader.optional(Tag::context_primitive(1))?;
        let crl_issuer = reader.optional(Tag::context(2))?;
        reader.finish()?;
        Ok(Self {
            name: name.map(|name| PointName::read(&name)).transpose()?,
            reasons: reasons.map(|set| ReasonSet::read(&set)).transpose()?,
            crl_issuer: match crl_issuer {
                Some(names) => GeneralName::read_all(names.reader()?)?,
                None => Vec::new(),
            },
        })
    }
}

/// Which part of all revocations one list tells of. The default is all of them.
#[derive(Clone, Debug, Default)]
pub struct IssuingPoint {
    /// The distribution point; `None` for any.
    pub name: Option<PointName>,
    /// Only leaf certificates.
    pub only_users: bool,
    /// Only certificates of authorities.
    pub only_authorities: bool,
    /// Only these reasons; `None` for all.
    pub reasons: Option<ReasonSet>,
    /// Certificates of other issuers too.
    pub indirect: bool,
    /// Only attribute certificates.
    pub only_attributes: bool,
}

impl IssuingPoint {
    pub(super) fn read(value: &Tlv<'_>) -> Result<Self> {
        value.expect(Tag::SEQUENCE)?;
        let mut reader = value.reader()?;
        let name = reader.optional(Tag::context(0))?;
        let only_users = flag(&mut reader, 1)?;
        let only_authorities = flag(&mut reader, 2)?;
        let reasons = reader.optional(Tag::context_primitive(3))?;
        let indirect = flag(&mut reader, 4)?;
        let only_attributes = flag(&mut reader, 5)?;
        reader.finish()?;
        Ok(Self {
            name: name.map(|name| PointName::read(&name)).transpose()?,
            only_users,
            only_authorities,
            reasons: reasons.map(|set| ReasonSet::read(&set)).transpose()?,
            indirect,
            only_attributes,
        })
    }
}

/// A BOOLEAN under a tag of its own; anything but zero is true, so that a list never covers more
/// than its issuer may have meant.
fn flag(reader: &mut Reader<'_>, number: u8) -> Result<bool> {
    let flag = reader.optional(Tag::context_primitive(number))?;
    Ok(flag.is_some_and(|flag| flag.content() != [0]))
}

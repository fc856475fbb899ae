//! Extensions about certificate policies (RFC 5280 4.2.1.4, 4.2.1.5, 4.2.1.11, 4.2.1.14).

use crate::asn1::{Oid, Tag, Tlv};
use crate::error::{Error, Result};

/// Real certificates assert up to a dozen policies.
const MAX_POLICIES: usize = 256;

/// Qualifiers of one policy; real ones have two.
const MAX_QUALIFIERS: usize = 64;

/// A policy that a certificate asserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificatePolicy {
    /// Which.
    pub oid: Oid,
    /// The types of its qualifiers.
    pub qualifiers: Vec<Oid>,
}

impl CertificatePolicy {
    pub(super) fn read_list(value: &Tlv<'_>) -> Result<Vec<Self>> {
        value.expect(Tag::SEQUENCE)?;
        let elements = value.reader()?.read_all(MAX_POLICIES)?;
        if elements.is_empty() {
            return Err(Error::malformed("a list of policies is empty"));
        }
        let mut policies: Vec<Self> = Vec::with_capacity(elements.len());
        for element in &elements {
            let policy = Self::read(element)?;
            if policies.iter().any(|earlier| earlier.oid == policy.oid) {
                return Err(Error::malformed("a policy is asserted twice"));
            }
            policies.push(policy);
        }
        Ok(policies)
    }

    fn read(element: &Tlv<'_>) -> Result<Self> {
        element.expect(Tag::SEQUENCE)?;
        let mut reader = element.reader()?;
        let oid = reader.read()?.oid()?;
        let mut qualifiers = Vec::new();
        if let Some(list) = reader.optional(Tag::SEQUENCE)? {
            for qualifier in list.reader()?.read_all(MAX_QUALIFIERS)? {
                qualifier.expect(Tag::SEQUENCE)?;
                qualifiers.push(qualifier.reader()?.read()?.oid()?);
            }
        }
        reader.finish()?;
        Ok(Self { oid, qualifiers })
    }
}

/// That an authority takes a policy of its subject's domain for one of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyMapping {
    /// The policy of the issuer's domain.
    pub issuer: Oid,
    /// The policy of the subject's domain.
    pub subject: Oid,
}

impl PolicyMapping {
    pub(super) fn read_list(value: &Tlv<'_>) -> Result<Vec<Self>> {
        value.expect(Tag::SEQUENCE)?;
        let pairs = value.reader()?.read_all(MAX_POLICIES)?;
        if pairs.is_empty() {
            return Err(Error::malformed("a list of policy mappings is empty"));
        }
        let read = |pair: &Tlv<'_>| {
            pair.expect(Tag::SEQUENCE)?;
            let mut reader = pair.reader()?;
            let (issuer, subject) = (reader.read()?.oid()?, reader.read()?.oid()?);
            reader.finish()?;
            Ok(Self { issuer, subject })
        };
        pairs.iter().map(read).collect()
    }
}

/// After how many further certificates policies are required, or mappings end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PolicyConstraints {
    /// After how many an acceptable policy is required.
    pub require_explicit: Option<u32>,
    /// After how many mappings count no more.
    pub inhibit_mapping: Option<u32>,
}

impl PolicyConstraints {
    pub(super) fn read(value: &Tlv<'_>) -> Result<Self> {
        value.expect(Tag::SEQUENCE)?;
        let mut reader = value.reader()?;
        let require_explicit = reader.optional(Tag::context_primitive(0))?;
        let inhibit_mapping = reader.optional(Tag::context_primitive(1))?;
        reader.finish()?;
        if require_explicit.is_none() && inhibit_mapping.is_none() {
            return Err(Error::malformed("policy constraints constrain nothing"));
        }
        Ok(Self {
            require_explicit: require_explicit.map(|it| skip_count(&it)).transpose()?,
            inhibit_mapping: inhibit_mapping.map(|it| skip_count(&it)).transpose()?,
        })
    }
}

/// `InhibitAnyPolicy`.
pub(super) fn read_inhibit_any(value: &Tlv<'_>) -> Result<u32> {
    value.expect(Tag::INTEGER)?;
    skip_count(value)
}

/// `SkipCerts`, whatever its tag. More than any path is long is as good as the most.
fn skip_count(number: &Tlv<'_>) -> Result<u32> {
    match number.content() {
        [] => Err(Error::malformed("a number of certificates is empty")),
        [first, ..] if first & 0x80 != 0 => {
            Err(Error::malformed("a number of certificates is negative"))
        }
        [0, second, ..] if second & 0x80 == 0 => {
            Err(Error::malformed("a number of certificates is not minimal"))
        }
        digits => Ok(digits.iter().fold(0_u32, |number, digit| {
            number.saturating_mul(256).saturating_add((*digit).into())
        })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn constraints(der: &[u8]) -> Result<PolicyConstraints> {
        PolicyConstraints::read(&Tlv::parse(der)?)
    }

    #[test]
    fn counts_are_read_under_their_tags() {
        let both = constraints(&[0x30, 6, 0x80, 1, 0, 0x81, 1, 5]).unwrap();
        assert_eq!(
            (both.require_explicit, both.inhibit_mapping),
            (Some(0), Some(5))
        );
        let huge = constraints(&[0x30, 7, 0x81, 5, 1, 0, 0, 0, 0]).unwrap();
        assert_eq!(huge.inhibit_mapping, Some(u32::MAX));
        for der in [
            &[0x30, 0][..],
            &[0x30, 3, 0x80, 1, 0xff],
            &[0x30, 4, 0x80, 2, 0, 1],
            &[0x30, 2, 0x80, 0],
        ] {
            assert!(constraints(der).is_err(), "{der:x?}");
        }
    }
}

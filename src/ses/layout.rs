//! Which layout a structure has, and what a blob is, told by its shape alone.

use super::limits::MAX_BLOB;
use crate::asn1::{Tag, Tlv};

/// A layout of seals and seal signatures.
///
/// The header's version number does not decide it: the layout of 2014 occurs under 1, 2, 3, 4
/// and 11. Only between 2020 and 2025, which differ in nothing else, the number 5 tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Layout {
    /// GM/T 0031-2014: a seal has two elements.
    Gmt0031_2014,
    /// GB/T 38540-2020: a seal has four elements.
    Gbt38540_2020,
    /// GM/T 0031-2025: as 2020, with version 5 and an optional time stamp in the seal.
    Gmt0031_2025,
}

impl Layout {
    /// The standard with its edition, as reports cite it.
    #[must_use]
    pub const fn standard(self) -> &'static str {
        match self {
            Self::Gmt0031_2014 => "GM/T 0031-2014",
            Self::Gbt38540_2020 => "GB/T 38540-2020",
            Self::Gmt0031_2025 => "GM/T 0031-2025",
        }
    }

    /// The version number this library writes with it.
    pub(super) const fn version(self) -> u8 {
        match self {
            Self::Gmt0031_2014 => 1,
            Self::Gbt38540_2020 => 4,
            Self::Gmt0031_2025 => 5,
        }
    }

    /// Whether a version number may stand with this layout. The text of 2014 fixes none.
    pub(super) const fn admits_version(self, version: i64) -> bool {
        match self {
            Self::Gmt0031_2014 => !matches!(version, 4 | 5),
            Self::Gbt38540_2020 => version == 4,
            Self::Gmt0031_2025 => version == 5,
        }
    }
}

/// What a blob is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlobKind {
    /// An electronic seal, `SESeal`.
    Seal,
    /// A seal signature, `SES_Signature`.
    SealSignature,
    /// A CMS or GB/T 35275 message.
    Cms,
    /// A signature value alone, `SEQUENCE { r, s }`.
    BareSignature,
    /// None of these, or broken.
    Unknown,
}

/// Tells what a blob is by the shape of its outermost elements. That they can be read in full is
/// not promised.
#[must_use]
pub fn recognize(bytes: &[u8]) -> BlobKind {
    if bytes.len() > MAX_BLOB {
        return BlobKind::Unknown;
    }
    // A message may be in BER of indefinite length, which a seal never is.
    if bytes.starts_with(&[0x30, 0x80, 0x06]) {
        return BlobKind::Cms;
    }
    let Some(children) = Tlv::parse(bytes).ok().and_then(|top| children(&top)) else {
        return BlobKind::Unknown;
    };
    let integer = |tlv: &Tlv<'_>| tlv.tag() == Tag::INTEGER;
    match children.first().map(Tlv::tag) {
        Some(Tag::OID) => BlobKind::Cms,
        Some(Tag::INTEGER) if children.len() == 2 && children.iter().all(integer) => {
            BlobKind::BareSignature
        }
        Some(Tag::SEQUENCE) if Shape::of_seal(&children).is_some() => BlobKind::Seal,
        Some(Tag::SEQUENCE) if Shape::of_signature(&children).is_some() => BlobKind::SealSignature,
        _ => BlobKind::Unknown,
    }
}

/// The two outer shapes, each shared by seals and signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Two elements.
    Of2014,
    /// Four elements, or a time stamp as the fifth.
    Of2020 {
        /// Whether there is a fifth.
        stamped: bool,
    },
}

impl Shape {
    /// The shape of a seal's top-level elements, if it is one's.
    pub(super) fn of_seal(children: &[Tlv<'_>]) -> Option<Self> {
        if first_tag_inside(children) != Some(Tag::SEQUENCE) {
            return None;
        }
        match children {
            // Some vendor wraps the second in a BIT STRING.
            [_, sign_info] if matches!(sign_info.tag(), Tag::SEQUENCE | Tag::BIT_STRING) => {
                Some(Self::Of2014)
            }
            _ => Self::of_2020(children),
        }
    }

    /// The shape of a signature's top-level elements, if it is one's.
    pub(super) fn of_signature(children: &[Tlv<'_>]) -> Option<Self> {
        if first_tag_inside(children) != Some(Tag::INTEGER) {
            return None;
        }
        match children {
            [_, value] if matches!(value.tag(), Tag::BIT_STRING | Tag::OCTET_STRING) => {
                Some(Self::Of2014)
            }
            _ => Self::of_2020(children),
        }
    }

    fn of_2020(children: &[Tlv<'_>]) -> Option<Self> {
        let (certificate, algorithm, value, stamp) = match children {
            [_, certificate, algorithm, value] => (certificate, algorithm, value, None),
            [_, certificate, algorithm, value, stamp] => {
                (certificate, algorithm, value, Some(stamp))
            }
            _ => return None,
        };
        let string = |tlv: &Tlv<'_>| matches!(tlv.tag(), Tag::OCTET_STRING | Tag::BIT_STRING);
        let fits = (string(certificate) || certificate.tag() == Tag::IA5_STRING)
            && algorithm.tag() == Tag::OID
            && string(value)
            && stamp.is_none_or(|stamp| stamp.tag() == Tag::context(0));
        fits.then_some(Self::Of2020 {
            stamped: stamp.is_some(),
        })
    }
}

/// The top-level elements: at most one more than any layout has.
pub(super) fn children<'a>(top: &Tlv<'a>) -> Option<Vec<Tlv<'a>>> {
    top.expect(Tag::SEQUENCE).ok()?;
    top.reader().ok()?.read_all(6).ok()
}

/// What tells a seal (a header) from a signature (a version number).
fn first_tag_inside(children: &[Tlv<'_>]) -> Option<Tag> {
    children.first()?.reader().ok()?.peek()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1;

    #[test]
    fn other_structures_are_told_apart() {
        let number = asn1::integer(7);
        let bare = asn1::sequence(&[number.clone(), number.clone()]);
        assert_eq!(recognize(&bare), BlobKind::BareSignature);
        let cms = asn1::sequence(&[asn1::oid(asn1::named::SM3), asn1::context(0, &[number])]);
        assert_eq!(recognize(&cms), BlobKind::Cms);
        for junk in [&b""[..], b"PK\x03\x04", &[0x30, 0x00], &[0x02, 0x01, 0x00]] {
            assert_eq!(recognize(junk), BlobKind::Unknown);
        }
    }

    #[test]
    fn a_certificate_is_neither_seal_nor_signature() {
        // The outline of a version 1 certificate, whose first field is an INTEGER too.
        let certificate = asn1::sequence(&[
            asn1::sequence(&[asn1::integer(1)]),
            asn1::sequence(&[asn1::oid(asn1::named::SM2_WITH_SM3)]),
            asn1::bits(&[1, 2, 3]),
        ]);
        assert_eq!(recognize(&certificate), BlobKind::Unknown);
    }
}

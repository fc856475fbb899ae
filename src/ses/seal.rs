//! `SESeal`: an electronic seal.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::certificates::CertificateList;
use super::field::{Field, Fields};
use super::layout::{self, Layout, Shape};
use super::limits::{MAX_BLOB, MAX_EXTENSIONS, MAX_TEXT};
use super::time::SesTime;
use super::value::SignatureValue;
use crate::asn1::{self, Oid, Tag, Tlv};
use crate::crypto::{PublicKey, Sm2Digests, Sm2Id};
use crate::error::{Error, Result};
use crate::finding::{Finding, FindingCode};

/// An electronic seal as it was read: every byte, and what the bytes say. Nothing about it has
/// been verified.
#[derive(Clone)]
pub struct SesSeal {
    raw: Vec<u8>,
    layout: Layout,
    info_bytes: Range<usize>,
    info: SealInfo,
    maker: MakerSignature,
    time_stamp: Option<Vec<u8>>,
    findings: Vec<Finding>,
}

/// `SES_SealInfo`, what the maker signs.
#[derive(Clone)]
#[non_exhaustive]
pub struct SealInfo {
    /// The header.
    pub header: SealHeader,
    /// `esID`, the seal's unique code.
    pub id: String,
    /// The kind of seal, by the business's own numbering; in 2014, 1 is a unit's and 2 a
    /// person's.
    pub seal_type: i64,
    /// The seal's name, as filed with the police where it is filed.
    pub name: String,
    /// Who may use it.
    pub certificates: CertificateList,
    /// When it was made.
    pub create_date: SesTime,
    /// First instant of its validity.
    pub valid_start: SesTime,
    /// Last instant of its validity.
    pub valid_end: SesTime,
    /// What it looks like.
    pub picture: Picture,
    /// Vendors' own data.
    pub extensions: Vec<SesExtension>,
}

/// `SES_Header`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SealHeader {
    /// `ES` in every conforming seal.
    pub id: String,
    /// The version number as it stands; the layout is told by shape.
    pub version: i64,
    /// The vendor's code.
    pub vendor_id: String,
}

/// A seal's picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// The declared type, such as `PNG` or `ofd`, in the letter case of the file.
    pub kind: String,
    /// The file: an image, or a whole OFD package.
    pub data: Vec<u8>,
    /// Display width in millimetres.
    pub width_mm: u32,
    /// Display height in millimetres.
    pub height_mm: u32,
}

/// One vendor extension, `ExtData`.
#[derive(Clone, PartialEq, Eq)]
pub struct SesExtension {
    /// What it is.
    pub oid: Oid,
    /// Whether a reader that does not know it must refuse the structure.
    pub critical: bool,
    /// Its value, opaque.
    pub value: Vec<u8>,
}

#[derive(Clone)]
struct MakerSignature {
    certificate: Vec<u8>,
    algorithm: Oid,
    value: Vec<u8>,
    /// Of `cert` and the algorithm identifier, as they stand: in 2014 they are signed too.
    signed_elements: [Vec<u8>; 2],
}

impl SesSeal {
    /// Reads a seal of any layout.
    ///
    /// # Errors
    /// `malformed` with the offset and field, `limit_exceeded` beyond 16 MiB, 1024 certificates,
    /// 64 extensions, or 1024 bytes of a text.
    pub fn from_der(der: &[u8]) -> Result<Self> {
        parse_top(der).and_then(|top| Self::from_element(&top))
    }

    /// Reads a seal from an element, wherever it stands.
    pub(super) fn from_element(top: &Tlv<'_>) -> Result<Self> {
        let unknown =
            || Error::malformed("no layout of a seal has this shape").with("offset", top.offset());
        let children = layout::children(top).ok_or_else(unknown)?;
        let shape = Shape::of_seal(&children).ok_or_else(unknown)?;
        let mut findings = Vec::new();
        let mut fields = Field::new(*top, "").fields()?;
        let info_field = fields.next("eSealInfo")?;
        let info = SealInfo::read(&info_field, shape, &mut findings)?;
        let layout = match shape {
            Shape::Of2014 => Layout::Gmt0031_2014,
            Shape::Of2020 { stamped: true } => Layout::Gmt0031_2025,
            Shape::Of2020 { stamped: false } if info.header.version == 5 => Layout::Gmt0031_2025,
            Shape::Of2020 { stamped: false } => Layout::Gbt38540_2020,
        };
        if !layout.admits_version(info.header.version) {
            findings.push(Finding::new(
                FindingCode::VersionMismatch,
                "eSealInfo.header.version",
            ));
        }
        let maker = match shape {
            Shape::Of2014 => MakerSignature::read_2014(&mut fields, &mut findings)?,
            Shape::Of2020 { .. } => MakerSignature::read_2020(&mut fields, &mut findings)?,
        };
        let time_stamp = read_time_stamp(&mut fields, &mut findings)?;
        fields.finish()?;
        let start = info_field.tlv().offset() - top.offset();
        Ok(Self {
            raw: top.raw().to_vec(),
            layout,
            info_bytes: start..start + info_field.tlv().raw().len(),
            info,
            maker,
            time_stamp,
            findings,
        })
    }

    /// All bytes of the seal, as they were read.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The layout, by shape.
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// What the seal says of itself.
    #[must_use]
    pub fn info(&self) -> &SealInfo {
        &self.info
    }

    /// The maker's certificate, DER.
    #[must_use]
    pub fn maker_certificate(&self) -> &[u8] {
        &self.maker.certificate
    }

    /// The algorithm of the maker's signature.
    #[must_use]
    pub fn algorithm(&self) -> Oid {
        self.maker.algorithm
    }

    /// The maker's signature value, as it stands in its BIT STRING.
    #[must_use]
    pub fn signature_value(&self) -> &[u8] {
        &self.maker.value
    }

    /// The time stamp token over [`SesSeal::signature_value`], unread (GM/T 0031-2025).
    #[must_use]
    pub fn time_stamp(&self) -> Option<&[u8]> {
        self.time_stamp.as_deref()
    }

    /// What a strict writer would not have written; places are relative to the seal.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Exactly what the maker signed: `SES_SealInfo` with tag and length; in 2014 the SEQUENCE of
    /// it, the certificate and the algorithm (GM/T 0031-2014 6.1.1).
    #[must_use]
    pub fn signed_bytes(&self) -> Cow<'_, [u8]> {
        let info = self.raw.get(self.info_bytes.clone()).unwrap_or_default();
        match self.layout {
            Layout::Gmt0031_2014 => {
                let [certificate, algorithm] = &self.maker.signed_elements;
                Cow::Owned(asn1::sequence(&[info, certificate, algorithm]))
            }
            Layout::Gbt38540_2020 | Layout::Gmt0031_2025 => Cow::Borrowed(info),
        }
    }

    /// Verifies the maker's signature under the key of the maker's certificate, and nothing else.
    /// Returns what had to be tolerated in the value.
    ///
    /// # Errors
    /// `signature_mismatch`, `malformed` for a value in no known form, `unsupported_algorithm`
    /// when the algorithm is not offered or not the key's.
    pub fn verify_maker_signature(&self, key: &PublicKey, id: &Sm2Id) -> Result<Vec<Finding>> {
        self.verify_maker_signature_with(key, id, &Sm2Digests::default())
    }

    /// The same where the digest of the signed bytes may be known already.
    pub(crate) fn verify_maker_signature_with(
        &self,
        key: &PublicKey,
        id: &Sm2Id,
        known: &Sm2Digests<'_>,
    ) -> Result<Vec<Finding>> {
        let (algorithm_place, value_place) = match self.layout {
            Layout::Gmt0031_2014 => ("signInfo.signatureAlgorithm", "signInfo.signData"),
            Layout::Gbt38540_2020 | Layout::Gmt0031_2025 => ("signAlgID", "signedValue"),
        };
        SignatureValue {
            algorithm: self.maker.algorithm,
            algorithm_place,
            value: &self.maker.value,
            value_place,
        }
        .verify(&self.signed_bytes(), key, id, known)
    }
}

impl MakerSignature {
    /// `SES_SignInfo`, which one vendor wraps in a BIT STRING.
    fn read_2014(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Result<Self> {
        let mut sign_info = fields.next("signInfo")?;
        if sign_info.tag() == Tag::BIT_STRING {
            sign_info.note(FindingCode::ExtraWrapping, findings);
            let content = sign_info.bits(findings)?;
            let inner = sign_info.located(Tlv::parse(content))?;
            sign_info = Field::new(inner, sign_info.place());
        }
        let mut inner = sign_info.fields()?;
        let maker = Self::read(
            &mut inner,
            ["cert", "signatureAlgorithm", "signData"],
            findings,
        )?;
        inner.finish()?;
        Ok(maker)
    }

    fn read_2020(fields: &mut Fields<'_>, findings: &mut Vec<Finding>) -> Result<Self> {
        Self::read(fields, ["cert", "signAlgID", "signedValue"], findings)
    }

    fn read(
        fields: &mut Fields<'_>,
        [certificate, algorithm, value]: [&str; 3],
        findings: &mut Vec<Finding>,
    ) -> Result<Self> {
        let certificate = fields.next(certificate)?;
        let algorithm = fields.next(algorithm)?;
        Ok(Self {
            certificate: certificate.certificate(findings)?,
            algorithm: algorithm.oid()?,
            value: fields.next(value)?.bits(findings)?.to_vec(),
            signed_elements: [&certificate, &algorithm].map(|field| field.tlv().raw().to_vec()),
        })
    }
}

impl SealInfo {
    fn read(field: &Field<'_>, shape: Shape, findings: &mut Vec<Finding>) -> Result<Self> {
        let mut fields = field.fields()?;
        let header = SealHeader::read(&fields.next("header")?, findings)?;
        let id = fields
            .next("esID")?
            .text(Tag::IA5_STRING, MAX_TEXT, findings)?;

        let mut property = fields.next("property")?.fields()?;
        let seal_type = property.next("type")?.integer()?;
        let name = property
            .next("name")?
            .text(Tag::UTF8_STRING, MAX_TEXT, findings)?;
        let list_type = match shape {
            Shape::Of2014 => None,
            Shape::Of2020 { .. } => Some(property.next("certListType")?),
        };
        let certificates = CertificateList::read(&property.next("certList")?, findings)?;
        if let Some(list_type) = list_type
            && list_type.integer()? != i64::from(certificates.type_number())
        {
            list_type.note(FindingCode::CertListType, findings);
        }
        let time_tag = match shape {
            Shape::Of2014 => Tag::UTC_TIME,
            Shape::Of2020 { .. } => Tag::GENERALIZED_TIME,
        };
        let mut time = |name| -> Result<SesTime> {
            Ok(SesTime::read(&property.next(name)?, time_tag, findings))
        };
        let (create_date, valid_start, valid_end) =
            (time("createDate")?, time("validStart")?, time("validEnd")?);
        property.finish()?;

        let picture = Picture::read(&fields.next("picture")?, findings)?;
        let extensions = match fields.optional(&[Tag::SEQUENCE, Tag::context(0)], "extDatas")? {
            Some(extensions) => SesExtension::read_all(&extensions, Tag::SEQUENCE, findings)?,
            None => Vec::new(),
        };
        fields.finish()?;
        Ok(Self {
            header,
            id,
            seal_type,
            name,
            certificates,
            create_date,
            valid_start,
            valid_end,
            picture,
            extensions,
        })
    }
}

impl SealHeader {
    fn read(field: &Field<'_>, findings: &mut Vec<Finding>) -> Result<Self> {
        let mut fields = field.fields()?;
        let id_field = fields.next("ID")?;
        let id = id_field.text(Tag::IA5_STRING, MAX_TEXT, findings)?;
        if id != "ES" {
            id_field.note(FindingCode::HeaderId, findings);
        }
        let version = fields.next("version")?.integer()?;
        let vendor_id = fields
            .next("Vid")?
            .text(Tag::IA5_STRING, MAX_TEXT, findings)?;
        fields.finish()?;
        Ok(Self {
            id,
            version,
            vendor_id,
        })
    }
}

impl Picture {
    fn read(field: &Field<'_>, findings: &mut Vec<Finding>) -> Result<Self> {
        let mut fields = field.fields()?;
        let kind_field = fields.next("type")?;
        let kind = kind_field.text(Tag::IA5_STRING, MAX_TEXT, findings)?;
        if kind.eq_ignore_ascii_case("ofd") {
            kind_field.note(FindingCode::NestedPicture, findings);
        }
        let data = fields.next("data")?.octets(findings)?.to_vec();
        let width_mm = fields.next("width")?.unsigned()?;
        let height_mm = fields.next("height")?.unsigned()?;
        fields.finish()?;
        Ok(Self {
            kind,
            data,
            width_mm,
            height_mm,
        })
    }
}

impl SesExtension {
    /// `ExtensionDatas`, plain or inside `[0]`; `expected` says which its layout asks for.
    pub(super) fn read_all(
        field: &Field<'_>,
        expected: Tag,
        findings: &mut Vec<Finding>,
    ) -> Result<Vec<Self>> {
        let (elements, implicit) = if field.tag() == Tag::SEQUENCE {
            (field.elements(MAX_EXTENSIONS)?, false)
        } else {
            // The tag may stand around the list, as the standard asks, or in place of its own.
            let children = field.children(MAX_EXTENSIONS)?;
            if children.first().is_some_and(Self::has_shape) {
                (children, true)
            } else {
                (field.inner()?.elements(MAX_EXTENSIONS)?, false)
            }
        };
        if implicit || field.tag() != expected {
            field.note(FindingCode::ExtensionTag, findings);
        }
        elements
            .iter()
            .map(|element| Self::read(element, findings))
            .collect()
    }

    fn has_shape(field: &Field<'_>) -> bool {
        let first = field.tlv().reader().ok().and_then(|reader| reader.peek());
        field.tag() == Tag::SEQUENCE && first == Some(Tag::OID)
    }

    fn read(field: &Field<'_>, findings: &mut Vec<Finding>) -> Result<Self> {
        let mut fields = field.fields()?;
        let oid = fields.next("extnID")?.oid()?;
        let critical = match fields.optional(&[Tag::BOOLEAN], "critical")? {
            Some(critical) => {
                let value = critical.boolean()?;
                if !value {
                    critical.note(FindingCode::EncodedDefault, findings);
                }
                value
            }
            None => false,
        };
        let value = fields.next("extnValue")?.octets(findings)?.to_vec();
        fields.finish()?;
        Ok(Self {
            oid,
            critical,
            value,
        })
    }
}

/// The whole input as one element, with the reason told where the damage is a known one.
pub(super) fn parse_top(der: &[u8]) -> Result<Tlv<'_>> {
    /// U+FFFD in UTF-8: what is left of a byte that a text conversion could not map.
    const REPLACEMENT: [u8; 3] = [0xef, 0xbf, 0xbd];
    if der.len() > MAX_BLOB {
        return Err(Error::limit("bytes of a seal", MAX_BLOB as u64));
    }
    Tlv::parse(der).map_err(|error| {
        let head = der.get(..64).unwrap_or(der);
        match head.windows(3).position(|window| window == REPLACEMENT) {
            Some(offset) => Error::malformed("binary data went through a text conversion")
                .with("offset", offset),
            None => error,
        }
    })
}

/// `timeStamp [0]`, EXPLICIT in practice, around a BIT STRING.
pub(super) fn read_time_stamp(
    fields: &mut Fields<'_>,
    findings: &mut Vec<Finding>,
) -> Result<Option<Vec<u8>>> {
    match fields.optional(&[Tag::context(0)], "timeStamp")? {
        Some(stamp) => Ok(Some(stamp.inner()?.bits(findings)?.to_vec())),
        None => Ok(None),
    }
}

impl fmt::Debug for SesSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SesSeal({:?}, {} bytes)", self.layout, self.raw.len())
    }
}

impl fmt::Debug for SealInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Name and code may be a person's.
        f.debug_struct("SealInfo")
            .field("header", &self.header)
            .field("seal_type", &self.seal_type)
            .field("certificates", &self.certificates)
            .field("picture", &self.picture)
            .field("extensions", &self.extensions)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            kind,
            data,
            width_mm,
            height_mm,
        } = self;
        let bytes = data.len();
        write!(
            f,
            "Picture({kind:?}, {bytes} bytes, {width_mm} by {height_mm} mm)"
        )
    }
}

impl fmt::Debug for SesExtension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let critical = if self.critical { ", critical" } else { "" };
        write!(
            f,
            "SesExtension({}{critical}, {} bytes)",
            self.oid,
            self.value.len()
        )
    }
}

//! `SES_Signature`: a document sealed with an electronic seal.

use std::fmt;
use std::ops::Range;

use super::certificates::Listed;
use super::field::{Field, Fields};
use super::layout::{self, Layout, Shape};
use super::limits::MAX_PROPERTY_INFO;
use super::seal::{SesExtension, SesSeal, parse_top, read_time_stamp};
use super::time::SesTime;
use super::value::{SignatureValue, named_algorithm, restore_zeros};
use crate::asn1::{Oid, Tag, Tlv};
use crate::crypto::{DigestAlgorithm, PublicKey, Sm2Digests, Sm2Id};
use crate::error::{Error, Result};
use crate::finding::{Finding, FindingCode};

/// A seal signature as it was read: every byte, and what the bytes say. Nothing about it has been
/// verified.
#[derive(Clone)]
pub struct SesSignature {
    raw: Vec<u8>,
    layout: Layout,
    to_sign_bytes: Range<usize>,
    to_sign: ToSign,
    signer: Signer,
    value: Vec<u8>,
    time_stamp: Option<Vec<u8>>,
    findings: Vec<Finding>,
}

/// `TBS_Sign` without the signer, whose place depends on the layout.
#[derive(Clone)]
struct ToSign {
    version: i64,
    seal: SesSeal,
    time: SesTime,
    data_hash: Vec<u8>,
    property_info: Vec<u8>,
    extensions: Vec<SesExtension>,
}

#[derive(Clone)]
struct Signer {
    certificate: Vec<u8>,
    algorithm: Oid,
}

impl SesSignature {
    /// Reads a seal signature of any layout.
    ///
    /// # Errors
    /// `malformed` with the offset and field, `limit_exceeded` beyond 16 MiB, 64 KiB of
    /// `propertyInfo`, or a limit of [`SesSeal::from_der`].
    pub fn from_der(der: &[u8]) -> Result<Self> {
        let top = parse_top(der)?;
        let unknown = || {
            Error::malformed("no layout of a seal signature has this shape")
                .with("offset", top.offset())
        };
        let children = layout::children(&top).ok_or_else(unknown)?;
        let shape = Shape::of_signature(&children).ok_or_else(unknown)?;
        let mut findings = Vec::new();
        let mut fields = Field::new(top, "").fields()?;
        let tbs = fields.next("toSign")?;
        let mut tbs_fields = tbs.fields()?;
        let mut to_sign = ToSign::read(&mut tbs_fields, shape, &mut findings)?;
        let signer = match shape {
            Shape::Of2014 => Signer::read(&mut tbs_fields, "signatureAlgorithm", &mut findings)?,
            Shape::Of2020 { .. } => {
                to_sign.read_extensions(&mut tbs_fields, &mut findings)?;
                Signer::read(&mut fields, "signatureAlgID", &mut findings)?
            }
        };
        tbs_fields.finish()?;
        let value = fields.next("signature")?.bits(&mut findings)?.to_vec();
        let time_stamp = read_time_stamp(&mut fields, &mut findings)?;
        fields.finish()?;

        let layout = to_sign.layout(shape);
        to_sign.compare_versions(layout, &mut findings);
        to_sign.restore_data_hash(signer.algorithm, &mut findings);
        let start = tbs.tlv().offset();
        let to_sign_bytes = start..start + tbs.tlv().raw().len();
        Ok(Self {
            raw: der.to_vec(),
            layout,
            to_sign_bytes,
            to_sign,
            signer,
            value,
            time_stamp,
            findings,
        })
    }

    /// All bytes, as they were read.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The layout, by shape; between 2020 and 2025 the seal's decides.
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// The version number as it stands.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.to_sign.version
    }

    /// The seal that was used.
    #[must_use]
    pub fn seal(&self) -> &SesSeal {
        &self.to_sign.seal
    }

    /// `timeInfo`, the time of signing as the signer claims it.
    #[must_use]
    pub fn time(&self) -> &SesTime {
        &self.to_sign.time
    }

    /// The digest of what is sealed, with zero bytes lost at its end put back.
    #[must_use]
    pub fn data_hash(&self) -> &[u8] {
        &self.to_sign.data_hash
    }

    /// `propertyInfo`, the protected range and more; in OFD mostly the path of Signature.xml.
    #[must_use]
    pub fn property_info(&self) -> &[u8] {
        &self.to_sign.property_info
    }

    /// Vendors' own data; always empty in 2014.
    #[must_use]
    pub fn extensions(&self) -> &[SesExtension] {
        &self.to_sign.extensions
    }

    /// The signer's certificate, DER. In 2020 and 2025 it is not itself signed: what binds it is
    /// the seal's list, see [`SesSignature::signer_listed`].
    #[must_use]
    pub fn signer_certificate(&self) -> &[u8] {
        &self.signer.certificate
    }

    /// The algorithm of the signature.
    #[must_use]
    pub fn algorithm(&self) -> Oid {
        self.signer.algorithm
    }

    /// The signature value, as it stands in its BIT STRING.
    #[must_use]
    pub fn signature_value(&self) -> &[u8] {
        &self.value
    }

    /// The time stamp token over [`SesSignature::signature_value`], unread.
    #[must_use]
    pub fn time_stamp(&self) -> Option<&[u8]> {
        self.time_stamp.as_deref()
    }

    /// What a strict writer would not have written, the seal's findings included under
    /// `toSign.eseal`.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Exactly what the signer signed: `TBS_Sign` with tag and length.
    #[must_use]
    pub fn signed_bytes(&self) -> &[u8] {
        self.raw.get(self.to_sign_bytes.clone()).unwrap_or_default()
    }

    /// Verifies the signature value under the key of the signer's certificate, and nothing else.
    /// Returns what had to be tolerated in the value.
    ///
    /// # Errors
    /// `signature_mismatch`, `malformed` for a value in no known form, `unsupported_algorithm`
    /// when the algorithm is not offered or not the key's.
    pub fn verify_value(&self, key: &PublicKey, id: &Sm2Id) -> Result<Vec<Finding>> {
        self.verify_value_with(key, id, &Sm2Digests::default())
    }

    /// The same where the digest of the signed bytes may be known already.
    pub(crate) fn verify_value_with(
        &self,
        key: &PublicKey,
        id: &Sm2Id,
        known: &Sm2Digests<'_>,
    ) -> Result<Vec<Finding>> {
        let algorithm_place = match self.layout {
            Layout::Gmt0031_2014 => "toSign.signatureAlgorithm",
            Layout::Gbt38540_2020 | Layout::Gmt0031_2025 => "signatureAlgID",
        };
        SignatureValue {
            algorithm: self.signer.algorithm,
            algorithm_place,
            value: &self.value,
            value_place: "signature",
        }
        .verify(self.signed_bytes(), key, id, known)
    }

    /// Whether the seal names this signer (GB/T 38540-2020 7.2 a 3). `key` is that of the
    /// signer's certificate.
    #[must_use]
    pub fn signer_listed(&self, key: &PublicKey) -> Listed {
        self.seal()
            .info()
            .certificates
            .find(&self.signer.certificate, key)
    }
}

impl ToSign {
    fn read(fields: &mut Fields<'_>, shape: Shape, findings: &mut Vec<Finding>) -> Result<Self> {
        let version = fields.next("version")?.integer()?;
        let seal = read_seal(&fields.next("eseal")?, findings)?;
        let time_field = fields.next("timeInfo")?;
        let time = match shape {
            Shape::Of2014 => SesTime::read_2014(&time_field, findings)?,
            Shape::Of2020 { .. } => SesTime::read(&time_field, Tag::GENERALIZED_TIME, findings),
        };
        let data_hash = fields.next("dataHash")?.bits(findings)?.to_vec();
        let property_info = read_property_info(&fields.next("propertyInfo")?, findings)?;
        Ok(Self {
            version,
            seal,
            time,
            data_hash,
            property_info,
            extensions: Vec::new(),
        })
    }

    fn read_extensions(
        &mut self,
        fields: &mut Fields<'_>,
        findings: &mut Vec<Finding>,
    ) -> Result<()> {
        let tags = [Tag::context(0), Tag::SEQUENCE];
        if let Some(extensions) = fields.optional(&tags, "extDatas")? {
            self.extensions = SesExtension::read_all(&extensions, Tag::context(0), findings)?;
        }
        Ok(())
    }

    fn layout(&self, shape: Shape) -> Layout {
        match (shape, self.seal.layout()) {
            (Shape::Of2014, _) => Layout::Gmt0031_2014,
            (Shape::Of2020 { .. }, Layout::Gmt0031_2014) if self.version == 5 => {
                Layout::Gmt0031_2025
            }
            (Shape::Of2020 { .. }, Layout::Gmt0031_2014) => Layout::Gbt38540_2020,
            (Shape::Of2020 { .. }, of_seal) => of_seal,
        }
    }

    /// The signature's version must be its layout's and equal the seal's; a seal of another
    /// layout inside is a mixture (GB/T 38540-2020 7.1).
    fn compare_versions(&self, layout: Layout, findings: &mut Vec<Finding>) {
        let equal = self.version == self.seal.info().header.version;
        if !equal || !layout.admits_version(self.version) {
            findings.push(Finding::new(FindingCode::VersionMismatch, "toSign.version"));
        }
        if layout != self.seal.layout() {
            findings.push(Finding::new(FindingCode::VersionMismatch, "toSign.eseal"));
        }
    }

    /// Gives `dataHash` back the zero bytes some encoders cut off.
    fn restore_data_hash(&mut self, algorithm: Oid, findings: &mut Vec<Finding>) {
        let digest = named_algorithm(algorithm)
            .ok()
            .and_then(|(algorithm, _)| algorithm.digest());
        let length = digest.map(DigestAlgorithm::output_len);
        if length.is_some_and(|length| restore_zeros(&mut self.data_hash, length)) {
            findings.push(Finding::new(
                FindingCode::TrimmedBitString,
                "toSign.dataHash",
            ));
        }
    }
}

impl Signer {
    /// `cert` and the algorithm, inside TBS in 2014 and after it since.
    fn read(fields: &mut Fields<'_>, algorithm: &str, findings: &mut Vec<Finding>) -> Result<Self> {
        Ok(Self {
            certificate: fields.next("cert")?.certificate(findings)?,
            algorithm: fields.next(algorithm)?.oid()?,
        })
    }
}

/// The embedded seal, which some vendor wraps in an OCTET STRING.
fn read_seal(field: &Field<'_>, findings: &mut Vec<Finding>) -> Result<SesSeal> {
    let element = if field.tag() == Tag::OCTET_STRING {
        field.note(FindingCode::ExtraWrapping, findings);
        field.located(field.tlv().octets().and_then(Tlv::parse))?
    } else {
        *field.tlv()
    };
    let seal = SesSeal::from_element(&element).map_err(|error| error.with("in", field.place()))?;
    let inside = seal.findings().iter().cloned();
    findings.extend(inside.map(|finding| finding.inside(field.place())));
    Ok(seal)
}

/// An IA5String by the text; JSON with Chinese in it occurs, so the bytes are kept raw.
fn read_property_info(field: &Field<'_>, findings: &mut Vec<Finding>) -> Result<Vec<u8>> {
    let content = field.tlv().content();
    if content.len() > MAX_PROPERTY_INFO {
        return Err(Error::limit(
            "bytes of propertyInfo",
            MAX_PROPERTY_INFO as u64,
        ));
    }
    match field.tag() {
        Tag::IA5_STRING => {}
        Tag::UTF8_STRING | Tag::PRINTABLE_STRING => field.note(FindingCode::TextType, findings),
        Tag::OCTET_STRING => field.note(FindingCode::StringSwap, findings),
        _ => return Err(field.wrong("propertyInfo is not text")),
    }
    if !content.is_ascii() {
        field.note(FindingCode::PropertyInfoNotAscii, findings);
    }
    if content.trim_ascii().is_empty() {
        field.note(FindingCode::PropertyInfoBlank, findings);
    }
    Ok(content.to_vec())
}

impl fmt::Debug for SesSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "SesSignature({:?}, {} bytes)",
            self.layout,
            self.raw.len()
        )
    }
}

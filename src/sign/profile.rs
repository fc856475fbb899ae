//! How a signature is made beside who signs what: algorithm, family of identifiers, what travels
//! with it, and what a PDF says of it.

use std::fmt;

use super::place;
use crate::asn1::{self, Reader, Tag, Tlv};
use crate::crypto::SignatureAlgorithm;
use crate::error::{Error, Result};
use crate::pdf::{FieldLock, Lettering, Permission};
use crate::pki::Certificate;
use crate::pki::cms::Flavor;

/// Certificates to carry: a chain has some four.
const MAX_CERTIFICATES: usize = 16;

/// Names of one lock, and lines of one text.
const MAX_ITEMS: usize = 10_000;

/// How to sign. The default fits the key: SM2 goes with GB/T 35275 and `GM.sm2cms.detached`,
/// other keys with CMS and PAdES; there is room for a time stamp.
#[derive(Clone, Default, PartialEq)]
pub struct Profile {
    /// Another algorithm of the signer's key, such as RSA-PSS.
    pub algorithm: Option<SignatureAlgorithm>,
    /// The family of identifiers of a message, where it is not the key's usual one.
    pub flavor: Option<Flavor>,
    /// Certificates that travel in a message beside the signer's, at most 16.
    pub certificates: Vec<Certificate>,
    /// Keeps no room for a time stamp in a PDF, which makes it some 32 kB smaller.
    pub without_time_stamp: bool,
    /// What a PDF says of the signature.
    pub pdf: PdfOptions,
}

/// The signature as a PDF shows and describes it. `Debug` shows no texts.
#[derive(Clone, Default, PartialEq)]
pub struct PdfOptions {
    /// The form of a message's dictionary; by default PAdES for CMS, the national one for
    /// GB/T 35275.
    pub format: Option<PdfFormat>,
    /// Another `Filter` than the format's.
    pub filter: Option<String>,
    /// Another `SubFilter` than the format's.
    pub sub_filter: Option<String>,
    /// The field to sign: an empty one of this name, or a new one. By default a new one.
    pub field: Option<String>,
    /// `Name`: the signer.
    pub name: Option<String>,
    /// `Reason`.
    pub reason: Option<String>,
    /// `Location`.
    pub location: Option<String>,
    /// `ContactInfo`.
    pub contact: Option<String>,
    /// Makes it the author's signature, with what others may change afterwards.
    pub certify: Option<Permission>,
    /// Form fields that may not change afterwards.
    pub lock: Option<FieldLock>,
    /// What shows in the place of a signature without a seal, or in an existing field.
    pub shown: Option<Shown>,
}

/// How a signature in a PDF is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PdfFormat {
    /// `ETSI.CAdES.detached`, PAdES baseline: the time stands in the dictionary alone.
    Pades,
    /// `adbe.pkcs7.detached`, ISO 32000-1: the time is also a signed attribute.
    Iso32000,
    /// `GM.sm2cms.detached`, as products that follow GM/T 0112 write it.
    National,
}

/// Picture and text of a signature.
#[derive(Clone, PartialEq)]
pub struct Shown {
    /// Width and height in millimetres, around the place's centre.
    pub size_mm: (f64, f64),
    /// A PNG.
    pub picture: Option<Vec<u8>>,
    /// Text, beside the picture if there is one.
    pub text: Option<Lettering>,
}

impl Profile {
    /// `SEQUENCE` of tagged fields, empty for the default.
    pub(super) fn to_der(&self) -> Result<Vec<u8>> {
        let mut fields = Vec::new();
        if let Some(algorithm) = self.algorithm {
            fields.push(asn1::context(0, &[algorithm.to_identifier()]));
        }
        if let Some(flavor) = self.flavor {
            fields.push(asn1::context(1, &[asn1::boolean(flavor == Flavor::Gm)]));
        }
        if self.certificates.len() > MAX_CERTIFICATES {
            return Err(Error::argument(
                "a signature carries at most 16 certificates beside the signer's",
            ));
        }
        if !self.certificates.is_empty() {
            let all: Vec<_> = self.certificates.iter().map(Certificate::der).collect();
            fields.push(asn1::context(2, &all));
        }
        if self.without_time_stamp {
            fields.push(asn1::context(3, &[asn1::boolean(true)]));
        }
        let pdf = self.pdf.to_der()?;
        if self.pdf != PdfOptions::default() {
            fields.push(asn1::context(4, &[pdf]));
        }
        Ok(asn1::sequence(&fields))
    }

    pub(super) fn from_der(der: &Tlv<'_>) -> Result<Self> {
        der.expect(Tag::SEQUENCE)?;
        let mut reader = der.reader()?;
        let mut profile = Self::default();
        if let Some(field) = reader.optional(Tag::context(0))? {
            profile.algorithm = Some(SignatureAlgorithm::from_identifier(&field.inner()?)?);
        }
        if let Some(field) = reader.optional(Tag::context(1))? {
            profile.flavor = Some(match field.inner()?.boolean()? {
                true => Flavor::Gm,
                false => Flavor::Cms,
            });
        }
        if let Some(field) = reader.optional(Tag::context(2))? {
            let all = field.reader()?.read_all(MAX_CERTIFICATES)?;
            let read = all.iter().map(|der| Certificate::from_der(der.raw()));
            profile.certificates = read.collect::<Result<_>>()?;
        }
        if let Some(field) = reader.optional(Tag::context(3))? {
            profile.without_time_stamp = field.inner()?.boolean()?;
        }
        if let Some(field) = reader.optional(Tag::context(4))? {
            profile.pdf = PdfOptions::from_der(field.inner()?.reader()?)?;
        }
        reader.finish()?;
        Ok(profile)
    }
}

impl PdfOptions {
    fn to_der(&self) -> Result<Vec<u8>> {
        let mut fields = Vec::new();
        if let Some(format) = self.format {
            fields.push(asn1::context(0, &[asn1::integer(format.number())]));
        }
        for (tag, text) in (1..).zip(self.texts()) {
            if let Some(text) = text {
                fields.push(asn1::context(tag, &[asn1::utf8(text)]));
            }
        }
        if let Some(permission) = self.certify {
            fields.push(asn1::context(
                8,
                &[asn1::integer(permission_number(permission))],
            ));
        }
        if let Some(lock) = &self.lock {
            let (kind, names) = match lock {
                FieldLock::All => (0, [].as_slice()),
                FieldLock::Only(names) => (1, names.as_slice()),
                FieldLock::AllBut(names) => (2, names.as_slice()),
            };
            let mut parts = vec![asn1::integer(kind)];
            parts.extend(names.iter().map(|name| asn1::utf8(name)));
            fields.push(asn1::context(9, &parts));
        }
        if let Some(shown) = &self.shown {
            fields.push(asn1::context(10, &shown.to_der()?));
        }
        Ok(asn1::sequence(&fields))
    }

    fn from_der(mut reader: Reader<'_>) -> Result<Self> {
        let mut options = Self::default();
        if let Some(field) = reader.optional(Tag::context(0))? {
            options.format = Some(PdfFormat::from_number(field.inner()?.small_integer()?)?);
        }
        for (tag, text) in (1..).zip(options.texts_mut()) {
            if let Some(field) = reader.optional(Tag::context(tag))? {
                *text = Some(field.inner()?.text()?);
            }
        }
        if let Some(field) = reader.optional(Tag::context(8))? {
            options.certify = Some(match field.inner()?.small_integer()? {
                1 => Permission::Nothing,
                2 => Permission::FillAndSign,
                3 => Permission::Comment,
                _ => return Err(Error::malformed("a stored permission is not known")),
            });
        }
        if let Some(field) = reader.optional(Tag::context(9))? {
            let parts = field.reader()?.read_all(MAX_ITEMS)?;
            let (kind, names) = parts
                .split_first()
                .ok_or_else(|| Error::malformed("a stored lock is empty"))?;
            let names = names.iter().map(Tlv::text).collect::<Result<Vec<_>>>()?;
            options.lock = Some(match kind.small_integer()? {
                0 => FieldLock::All,
                1 => FieldLock::Only(names),
                2 => FieldLock::AllBut(names),
                _ => return Err(Error::malformed("a stored lock is not known")),
            });
        }
        if let Some(field) = reader.optional(Tag::context(10))? {
            options.shown = Some(Shown::from_der(field.reader()?)?);
        }
        reader.finish()?;
        Ok(options)
    }

    fn texts(&self) -> [Option<&str>; 7] {
        [
            self.filter.as_deref(),
            self.sub_filter.as_deref(),
            self.field.as_deref(),
            self.name.as_deref(),
            self.reason.as_deref(),
            self.location.as_deref(),
            self.contact.as_deref(),
        ]
    }

    fn texts_mut(&mut self) -> [&mut Option<String>; 7] {
        [
            &mut self.filter,
            &mut self.sub_filter,
            &mut self.field,
            &mut self.name,
            &mut self.reason,
            &mut self.location,
            &mut self.contact,
        ]
    }
}

impl Shown {
    /// Width and height in micrometres, picture, text.
    fn to_der(&self) -> Result<Vec<Vec<u8>>> {
        let (width, height) = self.size_mm;
        let mut parts = vec![place::length(width)?, place::length(height)?];
        parts.extend(self.picture.as_deref().map(asn1::octets));
        if let Some(text) = &self.text {
            let (words, size, lines) = text.parts();
            let mut set = vec![asn1::utf8(words), asn1::integer(u64::from(size))];
            set.extend(lines.map(|(width, outlines)| {
                asn1::sequence(&[asn1::integer(u64::from(width)), asn1::octets(outlines)])
            }));
            parts.push(asn1::sequence(&set));
        }
        Ok(parts)
    }

    fn from_der(mut reader: Reader<'_>) -> Result<Self> {
        let size_mm = (
            place::read_length(&mut reader)?,
            place::read_length(&mut reader)?,
        );
        let picture = match reader.optional(Tag::OCTET_STRING)? {
            Some(picture) => Some(picture.octets()?.to_vec()),
            None => None,
        };
        let text = match reader.optional(Tag::SEQUENCE)? {
            Some(text) => Some(read_lettering(text.reader()?)?),
            None => None,
        };
        reader.finish()?;
        Ok(Self {
            size_mm,
            picture,
            text,
        })
    }
}

fn read_lettering(mut reader: Reader<'_>) -> Result<Lettering> {
    let number = |value: &Tlv<'_>| {
        u32::try_from(value.small_integer()?)
            .map_err(|_| Error::malformed("a stored number is out of range"))
    };
    let words = reader.read()?.text()?;
    let size = number(&reader.read()?)?;
    let mut lines = Vec::new();
    for line in reader.read_all(MAX_ITEMS)? {
        let mut line = line.reader()?;
        let width = number(&line.read()?)?;
        lines.push((width, line.read()?.octets()?.to_vec()));
        line.finish()?;
    }
    Ok(Lettering::from_parts(words, size, lines))
}

impl PdfFormat {
    fn number(self) -> u64 {
        match self {
            Self::Pades => 0,
            Self::Iso32000 => 1,
            Self::National => 2,
        }
    }

    fn from_number(number: i64) -> Result<Self> {
        match number {
            0 => Ok(Self::Pades),
            1 => Ok(Self::Iso32000),
            2 => Ok(Self::National),
            _ => Err(Error::malformed("a stored format is not known")),
        }
    }
}

fn permission_number(permission: Permission) -> u64 {
    match permission {
        Permission::Nothing => 1,
        Permission::FillAndSign => 2,
        Permission::Comment => 3,
    }
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile")
            .field("algorithm", &self.algorithm)
            .field("flavor", &self.flavor)
            .field("certificates", &self.certificates.len())
            .field("without_time_stamp", &self.without_time_stamp)
            .field("pdf", &self.pdf)
            .finish()
    }
}

impl fmt::Debug for PdfOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PdfOptions")
            .field("format", &self.format)
            .field("certify", &self.certify)
            .field("lock", &self.lock)
            .field("shown", &self.shown)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shown")
            .field("size_mm", &self.size_mm)
            .finish_non_exhaustive()
    }
}

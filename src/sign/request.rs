//! What is asked for: who signs, with what, when, and where it shows.

use super::place::{self, Place, Placement};
use crate::asn1::{self, Reader, Tag};
use crate::error::{Error, ErrorKind, Result};
use crate::pki::Certificate;
use crate::pki::cms::SignedShape;
use crate::ses::SesSeal;
use crate::time::Time;

/// The version of a stored request.
const VERSION: u64 = 2;

/// Ways to show one seal that a request holds: a few lines of a form.
const MAX_PLACEMENTS: usize = 64;

/// A seal or signature to be put on a document.
#[derive(Clone, Debug)]
pub struct Request {
    method: Method,
    signer: Certificate,
    time: Time,
    placements: Vec<Placement>,
    protection: Protection,
    relative: Option<String>,
    shape: SignedShape,
}

/// With what is signed.
#[derive(Clone, Debug)]
pub enum Method {
    /// With an electronic seal: an SES_Signature of the seal's layout.
    Seal(Box<SesSeal>),
    /// Without one: a GB/T 35275 message for SM2 keys, CMS for others.
    Message,
}

/// Whether others may sign afterwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Protection {
    /// They may: in an OFD the list of signatures stays open.
    #[default]
    Continue,
    /// They may not: in an OFD the list of signatures is covered too. A PDF knows no such lock
    /// here and refuses it.
    Whole,
}

impl Request {
    /// Affixes a seal. The time is the signer's claim.
    #[must_use]
    pub fn affix(seal: impl Into<SesSeal>, signer: Certificate, time: Time) -> Self {
        Self::new(Method::Seal(Box::new(seal.into())), signer, time)
    }

    /// Signs without a seal. The time is the signer's claim.
    #[must_use]
    pub fn sign(signer: Certificate, time: Time) -> Self {
        Self::new(Method::Message, signer, time)
    }

    fn new(method: Method, signer: Certificate, time: Time) -> Self {
        Self {
            method,
            signer,
            time,
            placements: Vec::new(),
            protection: Protection::default(),
            relative: None,
            shape: SignedShape::DetachedWithAttributes,
        }
    }

    /// Shows the seal's picture there, to the nearest micrometre: at a [`Place`], a [`Keyword`] or
    /// as a [`Riding`] seal. Called again, the seal shows there too; it stays one signature.
    ///
    /// [`Keyword`]: super::Keyword
    /// [`Riding`]: super::Riding
    #[must_use]
    pub fn at(mut self, placement: impl Into<Placement>) -> Self {
        self.placements.push(placement.into().rounded());
        self
    }

    /// Sets whether others may sign afterwards.
    #[must_use]
    pub fn protection(mut self, protection: Protection) -> Self {
        self.protection = protection;
        self
    }

    /// Names the earlier signature, by its ID in an OFD's list, to which this one is relative
    /// (OFD 2.0 `Relative`): a counter-signature. Every signature covers the earlier ones anyhow.
    #[must_use]
    pub fn relative_to(mut self, id: &str) -> Self {
        self.relative = Some(id.to_owned());
        self
    }

    /// The shape of a message, for a signature without a seal: with signed attributes, which is
    /// the default, or [`SignedShape::DigestAsContent`]. Others are refused.
    #[must_use]
    pub fn shape(mut self, shape: SignedShape) -> Self {
        self.shape = shape;
        self
    }

    pub(crate) fn method(&self) -> &Method {
        &self.method
    }

    pub(super) fn signer(&self) -> &Certificate {
        &self.signer
    }

    pub(super) fn time(&self) -> Time {
        self.time
    }

    pub(super) fn placements(&self) -> &[Placement] {
        &self.placements
    }

    /// The place of a seal that shows once, in a document of so many pages; `None` for one that
    /// shows nowhere.
    pub(super) fn single_place(&self, pages: usize) -> Result<Option<Place>> {
        let unsupported = || Error::unsupported("in a PDF a seal shows at one place only");
        match self.placements.as_slice() {
            [] => Ok(None),
            [Placement::At(point, chosen)] => match chosen.of_document(pages)?.as_slice() {
                [page] => Ok(Some(Place {
                    page: *page,
                    center_x_mm: point.x_mm,
                    center_y_mm: point.y_mm,
                })),
                _ => Err(unsupported()),
            },
            [Placement::Keyword(_)] => Err(Error::unsupported(
                "a seal is not placed by a keyword in a PDF",
            )),
            [Placement::Riding(_)] => Err(Error::unsupported("a seal does not ride in a PDF")),
            _ => Err(unsupported()),
        }
    }

    pub(super) fn relative(&self) -> Option<&str> {
        self.relative.as_deref()
    }

    pub(super) fn message_shape(&self) -> Result<SignedShape> {
        match self.shape {
            SignedShape::DetachedWithAttributes | SignedShape::DigestAsContent => Ok(self.shape),
            _ => Err(Error::argument("documents are not signed in this shape")),
        }
    }

    pub(super) fn protection_wanted(&self) -> Protection {
        self.protection
    }

    /// `SEQUENCE { version, seal [0]?, signer, time, whole BOOLEAN, placements [1]?,
    /// relative [2] UTF8String?, digestAsContent [3] NULL? }`.
    pub(super) fn to_der(&self) -> Result<Vec<u8>> {
        let mut fields = vec![asn1::integer(VERSION)];
        if let Method::Seal(seal) = &self.method {
            fields.push(asn1::context(0, &[seal.raw()]));
        }
        fields.push(asn1::octets(self.signer.der()));
        fields.push(asn1::generalized_time(self.time));
        fields.push(asn1::boolean(self.protection == Protection::Whole));
        if self.placements.len() > MAX_PLACEMENTS {
            return Err(Error::limit("places of a seal", 64));
        }
        let placements: Vec<_> = self
            .placements
            .iter()
            .map(place::to_der)
            .collect::<Result<_>>()?;
        if !placements.is_empty() {
            fields.push(asn1::context(1, &placements));
        }
        if let Some(relative) = &self.relative {
            fields.push(asn1::context(2, &[asn1::utf8(relative)]));
        }
        if self.message_shape()? == SignedShape::DigestAsContent {
            fields.push(asn1::context(3, &[asn1::null()]));
        }
        Ok(asn1::sequence(&fields))
    }

    pub(super) fn from_der(reader: &mut Reader<'_>) -> Result<Self> {
        let mut fields = reader.sequence()?;
        if u64::try_from(fields.read()?.small_integer()?) != Ok(VERSION) {
            return Err(Error::new(
                ErrorKind::Unsupported,
                "the pending signature was stored by another version",
            ));
        }
        let method = match fields.optional(Tag::context(0))? {
            Some(seal) => Method::Seal(Box::new(SesSeal::from_der(seal.inner()?.raw())?)),
            None => Method::Message,
        };
        let signer = Certificate::from_der(fields.read()?.octets()?)?;
        let time = fields.read()?.time()?;
        let mut request = Self::new(method, signer, time);
        if fields.read()?.boolean()? {
            request.protection = Protection::Whole;
        }
        if let Some(placements) = fields.optional(Tag::context(1))? {
            let placements = placements.reader()?.read_all(MAX_PLACEMENTS)?;
            let read: Result<_> = placements.iter().map(place::from_der).collect();
            request.placements = read?;
        }
        if let Some(relative) = fields.optional(Tag::context(2))? {
            request.relative = Some(relative.inner()?.text()?);
        }
        if let Some(digest_as_content) = fields.optional(Tag::context(3))? {
            digest_as_content.inner()?.expect(Tag::NULL)?;
            request.shape = SignedShape::DigestAsContent;
        }
        fields.finish()?;
        Ok(request)
    }
}

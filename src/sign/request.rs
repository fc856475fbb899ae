//! What is asked for: who signs, with what, when, and where it shows.

use super::profile::Profile;
use crate::asn1::{self, Reader, Tag};
use crate::error::{Error, ErrorKind, Result};
use crate::pki::Certificate;
use crate::pki::cms::Flavor;
use crate::ses::SesSeal;
use crate::time::Time;

/// The version of a stored request.
const VERSION: i64 = 1;

/// A seal or signature to be put on a document.
#[derive(Clone, Debug)]
pub struct Request {
    method: Method,
    signer: Certificate,
    time: Time,
    place: Option<Place>,
    protection: Protection,
    profile: Profile,
}

/// With what is signed.
#[derive(Clone, Debug)]
pub enum Method {
    /// With an electronic seal: an SES_Signature of the seal's layout.
    Seal(Box<SesSeal>),
    /// Without one: a GB/T 35275 message for SM2 keys, CMS for others.
    Message,
}

/// Where the seal's picture shows: its centre on a page. Its size is the seal's own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Page, from 0.
    pub page: usize,
    /// From the left edge, in millimetres.
    pub center_x_mm: f64,
    /// From the top edge, in millimetres.
    pub center_y_mm: f64,
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
            place: None,
            protection: Protection::default(),
            profile: Profile::default(),
        }
    }

    /// Shows the seal's picture there, to the nearest micrometre.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        // What a stored request cannot hold must not be signed either.
        self.place = Some(Place {
            center_x_mm: (place.center_x_mm * 1000.0).round() / 1000.0,
            center_y_mm: (place.center_y_mm * 1000.0).round() / 1000.0,
            ..place
        });
        self
    }

    /// Sets whether others may sign afterwards.
    #[must_use]
    pub fn protection(mut self, protection: Protection) -> Self {
        self.protection = protection;
        self
    }

    /// Sets how the signature is made where the key's usual way does not do.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    pub(super) fn profile_wanted(&self) -> &Profile {
        &self.profile
    }

    /// Width and height of the picture that shows, a seal's or the profile's.
    pub(crate) fn shown_size_mm(&self) -> Option<(f64, f64)> {
        match (&self.method, &self.profile.pdf.shown) {
            (Method::Seal(seal), _) => {
                let picture = &seal.info().picture;
                Some((f64::from(picture.width_mm), f64::from(picture.height_mm)))
            }
            (Method::Message, Some(shown)) => Some(shown.size_mm),
            (Method::Message, None) => None,
        }
    }

    /// The same as a message of RFC 5652, whatever the key.
    pub(crate) fn in_cms(mut self) -> Result<Self> {
        let is_message = matches!(self.method, Method::Message);
        if !is_message || self.profile.flavor == Some(Flavor::Gm) {
            return Err(Error::unsupported(
                "PDF/A takes signatures in CMS alone (ISO 19005-3 6.4.3)",
            ));
        }
        self.profile.flavor = Some(Flavor::Cms);
        Ok(self)
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

    pub(super) fn place(&self) -> Option<Place> {
        self.place
    }

    pub(super) fn protection_wanted(&self) -> Protection {
        self.protection
    }

    /// `SEQUENCE { version, seal [0]?, signer, time, place [1]?, whole BOOLEAN, profile [2]? }`.
    pub(super) fn to_der(&self) -> Result<Vec<u8>> {
        let mut fields = vec![asn1::integer(1)];
        if let Method::Seal(seal) = &self.method {
            fields.push(asn1::context(0, &[seal.raw()]));
        }
        fields.push(asn1::octets(self.signer.der()));
        fields.push(asn1::generalized_time(self.time));
        if let Some(place) = &self.place {
            let page = u64::try_from(place.page).map_err(|_| Error::argument("no such page"))?;
            let micrometres = [place.center_x_mm, place.center_y_mm].map(to_micrometres);
            let [x, y] = micrometres;
            fields.push(asn1::context(
                1,
                &[asn1::integer(page), asn1::integer(x?), asn1::integer(y?)],
            ));
        }
        fields.push(asn1::boolean(self.protection == Protection::Whole));
        if self.profile != Profile::default() {
            fields.push(asn1::context(2, &[self.profile.to_der()?]));
        }
        Ok(asn1::sequence(&fields))
    }

    pub(super) fn from_der(reader: &mut Reader<'_>) -> Result<Self> {
        let mut fields = reader.sequence()?;
        if fields.read()?.small_integer()? != VERSION {
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
        let place = match fields.optional(Tag::context(1))? {
            None => None,
            Some(place) => {
                let mut place = place.reader()?;
                let page = place.read()?.small_integer()?;
                let x = place.read()?.small_integer()?;
                let y = place.read()?.small_integer()?;
                place.finish()?;
                Some(Place {
                    page: usize::try_from(page)
                        .map_err(|_| Error::malformed("a page number is negative"))?,
                    center_x_mm: from_micrometres(x)?,
                    center_y_mm: from_micrometres(y)?,
                })
            }
        };
        let whole = fields.read()?.boolean()?;
        let profile = match fields.optional(Tag::context(2))? {
            Some(profile) => Profile::from_der(&profile.inner()?)?,
            None => Profile::default(),
        };
        fields.finish()?;
        let protection = if whole {
            Protection::Whole
        } else {
            Protection::Continue
        };
        Ok(Self {
            method,
            signer,
            time,
            place,
            protection,
            profile,
        })
    }
}

/// Ten metres of paper are beyond any page.
const MAX_MICROMETRES: i32 = 10_000_000;

pub(super) fn to_micrometres(mm: f64) -> Result<u64> {
    let micrometres = (mm * 1000.0).round();
    if !(0.0..=f64::from(MAX_MICROMETRES)).contains(&micrometres) {
        return Err(Error::argument("the place lies outside any page"));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number from 0 to ten million"
    )]
    Ok(micrometres as u64)
}

pub(super) fn from_micrometres(micrometres: i64) -> Result<f64> {
    i32::try_from(micrometres)
        .ok()
        .filter(|value| (0..=MAX_MICROMETRES).contains(value))
        .map(|value| f64::from(value) / 1000.0)
        .ok_or_else(|| Error::malformed("a place lies outside any page"))
}

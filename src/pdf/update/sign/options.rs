//! How to sign: what the caller says of field, dictionary, appearance and permissions.

use std::fmt;

use super::lettering::Lettering;
use crate::Time;
use crate::error::{Error, Result};
use crate::pdf::limits;
use crate::pdf::signature::{FieldLock, Permission};

/// Values of `SubFilter`, the format of a signature value.
pub mod sub_filter {
    /// CMS without content (ISO 32000-1 12.8.3.3).
    pub const PKCS7_DETACHED: &str = "adbe.pkcs7.detached";
    /// CAdES without content (ISO 32000-2 12.8.3.4, PAdES).
    pub const CADES_DETACHED: &str = "ETSI.CAdES.detached";
    /// A time stamp over the document (ISO 32000-2 12.8.5, PAdES).
    pub const RFC3161: &str = "ETSI.RFC3161";
    /// A seal signature of GB/T 38540, as products that follow GM/T 0112 write it.
    pub const GM_SEAL: &str = "GM.sm2seal";
    /// GB/T 35275 signed data, as products that follow GM/T 0112 write it.
    pub const GM_CMS_DETACHED: &str = "GM.sm2cms.detached";
}

/// The handler that most readers know.
const DEFAULT_FILTER: &str = "Adobe.PPKLite";

/// Room for a CMS with a chain of certificates and a time stamp.
const DEFAULT_CAPACITY: usize = 16 << 10;

/// How to sign.
#[derive(Clone)]
pub struct SignatureOptions {
    /// The name of the field. An empty signature field of this full name is signed; if there is
    /// none, one is made, and the name must then have 1 to 127 bytes and no point.
    pub field_name: String,
    /// Where a new field is seen; `None` for a signature without appearance. An existing field
    /// has its own place.
    pub place: Option<Place>,
    /// A PNG to show there; its transparency is kept.
    pub appearance: Option<Vec<u8>>,
    /// Text to show there, beside the picture if there is one.
    pub lettering: Option<Lettering>,
    /// `Filter`.
    pub filter: String,
    /// `SubFilter`; see [`sub_filter`].
    pub sub_filter: String,
    /// `Name`: the signer.
    pub name: Option<String>,
    /// `Reason`.
    pub reason: Option<String>,
    /// `Location`.
    pub location: Option<String>,
    /// `ContactInfo`.
    pub contact: Option<String>,
    /// `M`: the time as the signer claims it.
    pub time: Option<Time>,
    /// Makes it the author's signature, with what others may change afterwards (DocMDP).
    pub certify: Option<Permission>,
    /// Fields of the form that may not change afterwards (FieldMDP). A lock that an existing
    /// field prescribes comes before it.
    pub lock: Option<FieldLock>,
    /// Bytes to keep free for the value: at most 1 MiB.
    pub capacity: usize,
}

/// A rectangle on a page as it is seen. Lengths are millimetres; x runs right from the left edge,
/// y down from the upper edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The index of the page.
    pub page: usize,
    /// Left edge.
    pub x_mm: f64,
    /// Upper edge.
    pub y_mm: f64,
    /// Width.
    pub width_mm: f64,
    /// Height.
    pub height_mm: f64,
}

impl SignatureOptions {
    /// An invisible signature of that format, with 16 KiB for its value.
    #[must_use]
    pub fn new(field_name: impl Into<String>, sub_filter: impl Into<String>) -> Self {
        Self {
            field_name: field_name.into(),
            place: None,
            appearance: None,
            lettering: None,
            filter: DEFAULT_FILTER.to_owned(),
            sub_filter: sub_filter.into(),
            name: None,
            reason: None,
            location: None,
            contact: None,
            time: None,
            certify: None,
            lock: None,
            capacity: DEFAULT_CAPACITY,
        }
    }

    /// Whether it is a time stamp over the document.
    pub(super) fn is_time_stamp(&self) -> bool {
        self.sub_filter == sub_filter::RFC3161
    }

    pub(super) fn check(&self) -> Result<()> {
        if self.field_name.is_empty() {
            return Err(Error::argument("a field needs a name"));
        }
        if self.capacity == 0 || self.capacity > limits::SIGNATURE_VALUE {
            return Err(Error::argument(
                "the capacity must be between 1 byte and 1 MiB",
            ));
        }
        if self.filter.is_empty() || self.sub_filter.is_empty() {
            return Err(Error::argument(
                "a signature needs a Filter and a SubFilter",
            ));
        }
        if self.is_time_stamp() && (self.certify.is_some() || self.lock.is_some()) {
            return Err(Error::argument("a time stamp restricts nothing"));
        }
        Ok(())
    }
}

impl fmt::Debug for SignatureOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignatureOptions")
            .field("place", &self.place)
            .field("filter", &self.filter)
            .field("sub_filter", &self.sub_filter)
            .field("certify", &self.certify)
            .field("capacity", &self.capacity)
            .finish_non_exhaustive()
    }
}

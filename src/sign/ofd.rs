//! Putting a signature on an OFD package.

use super::request::{Method, Place, Protection, Request};
use super::value::{self, UnsignedValue};
use crate::error::{Error, Result};
use crate::ofd::{
    Area, Limits, Lock, Package, Provider, SignatureDraft, SignatureKind, SignatureOptions,
    StampPlace,
};

/// A package that lacks only its newest signature's value.
pub(super) struct Prepared {
    draft: SignatureDraft,
    pub(super) value: UnsignedValue,
}

pub(super) fn prepare(document: &[u8], request: &Request) -> Result<Prepared> {
    let package = Package::open(document, &Limits::default())?;
    let algorithm = value::algorithm(request)?;
    let digest = value::digest(algorithm);
    let (kind, seal, stamps) = match request.method() {
        Method::Seal(seal) => {
            let picture = &seal.info().picture;
            let size = (f64::from(picture.width_mm), f64::from(picture.height_mm));
            let stamps = request
                .place()
                .map(|place| stamp(place, size))
                .into_iter()
                .collect();
            (SignatureKind::Seal, Some(seal.raw().to_vec()), stamps)
        }
        Method::Message => (SignatureKind::Sign, None, Vec::new()),
    };
    let options = SignatureOptions {
        kind,
        provider: Provider {
            name: "yinxin".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            company: None,
        },
        signature_method: algorithm.oid().to_string(),
        check_method: digest.oid().to_string(),
        date_time: request.time().to_generalized(),
        stamps,
        seal,
        lock: match request.protection_wanted() {
            Protection::Continue => Lock::Continue,
            Protection::Whole => Lock::Whole,
        },
        modified: request.time(),
    };
    let draft = SignatureDraft::prepare(&package, &options, &|bytes| {
        digest.digest(bytes).as_bytes().to_vec()
    })?;
    let value = value::prepare(
        request,
        &[draft.signature_xml()],
        draft.property_info(),
        true,
    )?;
    Ok(Prepared { draft, value })
}

impl Prepared {
    pub(super) fn complete(&self, value: &[u8]) -> Result<Vec<u8>> {
        self.draft.clone().complete(value)
    }
}

fn stamp(place: Place, (width, height): (f64, f64)) -> StampPlace {
    StampPlace {
        page: place.page,
        boundary: Area {
            x: place.center_x_mm - width / 2.0,
            y: place.center_y_mm - height / 2.0,
            width,
            height,
        },
        clip: None,
    }
}

/// A document that is no OFD and no PDF.
pub(super) fn unknown() -> Error {
    Error::unsupported("only OFD and PDF documents are signed")
}

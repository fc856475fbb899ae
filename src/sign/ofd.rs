//! Putting a signature on an OFD package.

use super::place::{self, Keyword, Placement, Point, Riding, Slice};
use super::request::{Method, Protection, Request};
use super::value::{self, UnsignedValue};
use crate::error::{Error, Result};
use crate::ofd::{
    Area, Body, Document, Encryption, Limits, Lock, Package, PageSize, Provider, SignatureDraft,
    SignatureKind, SignatureOptions, StampPlace, View,
};

/// Places where one signature shows its seal: one on each page of the largest dossiers.
const MAX_STAMPS: usize = 2000;

/// A package that lacks only its newest signature's value.
pub(super) struct Prepared {
    draft: SignatureDraft,
    pub(super) value: UnsignedValue,
}

pub(super) fn prepare(document: &[u8], request: &Request) -> Result<Prepared> {
    let package = Package::open(document, &Limits::default())?;
    if Encryption::read(&package)?.is_some() {
        return Err(Error::unsupported(
            "an encrypted document is decrypted before it is signed",
        ));
    }
    let document = Document::read(&package)?;
    let algorithm = value::algorithm(request.signer())?;
    let digest = value::digest(algorithm);
    let (kind, seal, stamps) = match request.method() {
        Method::Seal(seal) => {
            let picture = &seal.info().picture;
            let size = (f64::from(picture.width_mm), f64::from(picture.height_mm));
            let stamps = stamps(&package, &document, request.placements(), size)?;
            (SignatureKind::Seal, Some(seal.raw().to_vec()), stamps)
        }
        Method::Message if request.placements().is_empty() => {
            (SignatureKind::Sign, None, Vec::new())
        }
        Method::Message => {
            return Err(Error::argument("a signature without a seal shows nowhere"));
        }
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
        relative: request.relative().map(str::to_owned),
        lock: match request.protection_wanted() {
            Protection::Continue => Lock::Continue,
            Protection::Whole => Lock::Whole,
        },
        modified: request.time(),
    };
    let draft = SignatureDraft::prepare_read(&package, &document, &options, &|bytes| {
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

/// All places where the seal shows.
fn stamps(
    package: &Package<'_>,
    document: &Document,
    placements: &[Placement],
    seal: (f64, f64),
) -> Result<Vec<StampPlace>> {
    if placements.is_empty() {
        return Ok(Vec::new());
    }
    let view = document.bodies.first().and_then(Body::displayed);
    let view = view.ok_or_else(|| Error::argument("the document has no pages"))?;
    let sheets = Sheets {
        package,
        view,
        sizes: view.page_sizes(package)?,
        seal,
    };
    let mut stamps = Vec::new();
    for placement in placements {
        stamps.extend(match placement {
            Placement::At(point, pages) => sheets.at(*point, &pages.of_document(sheets.count())?),
            Placement::Keyword(keyword) => sheets.at_keyword(keyword),
            Placement::Riding(riding) => sheets.riding(riding),
        }?);
        if stamps.len() > MAX_STAMPS {
            return Err(Error::limit("places of a seal", 2000));
        }
    }
    Ok(stamps)
}

/// The pages a seal is put on.
struct Sheets<'p, 'a> {
    package: &'p Package<'a>,
    view: &'p View,
    sizes: Vec<PageSize>,
    /// Width and height of the seal.
    seal: (f64, f64),
}

impl Sheets<'_, '_> {
    fn count(&self) -> usize {
        self.sizes.len()
    }

    fn at(&self, point: Point, pages: &[usize]) -> Result<Vec<StampPlace>> {
        let stamps = pages.iter().map(|page| self.centered(*page, point));
        stamps.collect()
    }

    fn at_keyword(&self, keyword: &Keyword) -> Result<Vec<StampPlace>> {
        let pages = keyword.pages().of_document(self.count())?;
        let mut hits = self.view.find_text(self.package, &pages, keyword.text())?;
        hits.retain(|hit| self.shows(hit.page, middle(&hit.area)));
        let chosen = keyword.choose(&hits)?;
        let stamps = chosen.into_iter().map(|hit| {
            let (x, y) = middle(&hit.area);
            self.centered(hit.page, keyword.moved(x, y))
        });
        stamps.collect()
    }

    fn riding(&self, riding: &Riding) -> Result<Vec<StampPlace>> {
        let sizes: Vec<_> = self
            .sizes
            .iter()
            .map(|size| (size.width, size.height))
            .collect();
        let slices = place::slices(riding, self.seal, &sizes)?;
        Ok(slices.into_iter().map(|slice| self.slice(&slice)).collect())
    }

    fn slice(&self, slice: &Slice) -> StampPlace {
        let (x, y) = slice.origin;
        StampPlace {
            page: slice.page,
            boundary: self.area(x, y),
            clip: Some(Area {
                x: slice.clip.0,
                y: slice.clip.1,
                width: slice.size.0,
                height: slice.size.1,
            }),
        }
    }

    fn centered(&self, page: usize, point: Point) -> Result<StampPlace> {
        if !self.shows(page, (point.x_mm, point.y_mm)) {
            return Err(
                Error::argument("the seal's centre lies outside the page").with("page", page + 1)
            );
        }
        let (width, height) = self.seal;
        Ok(StampPlace {
            page,
            boundary: self.area(point.x_mm - width / 2.0, point.y_mm - height / 2.0),
            clip: None,
        })
    }

    fn area(&self, x: f64, y: f64) -> Area {
        let (width, height) = self.seal;
        Area {
            x,
            y,
            width,
            height,
        }
    }

    fn shows(&self, page: usize, (x, y): (f64, f64)) -> bool {
        self.sizes
            .get(page)
            .is_some_and(|size| (0.0..=size.width).contains(&x) && (0.0..=size.height).contains(&y))
    }
}

fn middle(area: &Area) -> (f64, f64) {
    (area.x + area.width / 2.0, area.y + area.height / 2.0)
}

/// A document that is no OFD and no PDF.
pub(super) fn unknown() -> Error {
    Error::unsupported("only OFD and PDF documents are signed")
}

//! Flags of how to sign, as the library wants them.

use yinxin::crypto::{DigestAlgorithm, SignatureAlgorithm};
use yinxin::pdf::{FieldLock, Lettering, Permission};
use yinxin::pki::cms::Flavor;
use yinxin::sign::{PdfFormat, PdfOptions, Place, Profile, Shown};

use crate::args::{Encoding, PdfFlags, PdfFormatName, PermissionName};
use crate::commands::material;
use crate::failure::{Failure, Result, shown_path};
use crate::fonts;
use crate::session::Session;

/// Letters of a signature's text, in points, where they fit.
const TEXT_SIZE: f64 = 11.0;

/// What a PDF says, without what shows.
pub(crate) fn pdf(flags: &PdfFlags) -> PdfOptions {
    PdfOptions {
        filter: flags.filter.clone(),
        sub_filter: flags.sub_filter.clone(),
        field: flags.field.clone(),
        name: flags.signer_name.clone(),
        reason: flags.reason.clone(),
        location: flags.location.clone(),
        contact: flags.contact.clone(),
        certify: flags.certify.map(|permission| match permission {
            PermissionName::Nothing => Permission::Nothing,
            PermissionName::Forms => Permission::FillAndSign,
            PermissionName::Annotations => Permission::Comment,
        }),
        lock: lock(&flags.lock_field),
        ..PdfOptions::default()
    }
}

fn lock(names: &[String]) -> Option<FieldLock> {
    match names {
        [] => None,
        names if names.iter().any(|name| name == "*") => Some(FieldLock::All),
        names => Some(FieldLock::Only(names.to_vec())),
    }
}

/// The whole profile of a signature without a seal.
pub(crate) fn of_signature(
    session: &Session,
    flags: &PdfFlags,
    encoding: &Encoding,
) -> Result<Profile> {
    let algorithm = encoding
        .rsa_pss
        .then_some(SignatureAlgorithm::RsaPss(DigestAlgorithm::Sha256));
    let mut pdf = pdf(flags);
    pdf.format = encoding.format.map(|format| match format {
        PdfFormatName::Pades => PdfFormat::Pades,
        PdfFormatName::Iso => PdfFormat::Iso32000,
        PdfFormatName::Gm => PdfFormat::National,
    });
    pdf.shown = shown(session, encoding)?;
    Ok(Profile {
        algorithm,
        flavor: encoding.cms.then_some(Flavor::Cms),
        certificates: material::certificates(session, &encoding.chain)?,
        pdf,
        ..Profile::default()
    })
}

/// Where the signature shows, if it does.
pub(crate) fn place(encoding: &Encoding) -> Option<Place> {
    let (center_x_mm, center_y_mm) = encoding.at?;
    Some(Place {
        page: usize::try_from(encoding.page.saturating_sub(1)).unwrap_or(usize::MAX),
        center_x_mm,
        center_y_mm,
    })
}

fn shown(session: &Session, encoding: &Encoding) -> Result<Option<Shown>> {
    if encoding.picture.is_none() && encoding.text.is_none() {
        return Ok(None);
    }
    let picture = match &encoding.picture {
        Some(path) => Some(session.read(path)?),
        None => None,
    };
    let text = match &encoding.text {
        Some(text) => Some(lettering(session, encoding, &text.replace("\\n", "\n"))?),
        None => None,
    };
    Ok(Some(Shown {
        size_mm: encoding.size,
        picture,
        text,
    }))
}

fn lettering(session: &Session, encoding: &Encoding, text: &str) -> Result<Lettering> {
    let font = match &encoding.font {
        Some(path) => Some(fonts::given(session.language, path)?),
        None => fonts::find(),
    };
    let font = font.ok_or_else(|| Failure::new(fonts::none_found(session.language)))?;
    font.pdf_font()
        .and_then(|face| Lettering::new(&face, text, TEXT_SIZE))
        .map_err(|error| Failure::library(session.language, &shown_path(&font.path), &error))
}

//! `yinxin issue`.

use yinxin::Time;
use yinxin::issue::{Draft, Format};
use yinxin::license::{Catalog, Metadata};
use yinxin::pki::Certificate;
use yinxin::seal::Seal;
use yinxin::ses::Listed;
use yinxin::sign::{PdfOptions, Profile, Request, Shown};
use yinxin::template::{Template, Typefaces};

use crate::args::{FormatName, Issue};
use crate::commands::{material, seal};
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::fonts;
use crate::session::Session;

/// Issues one license.
pub(crate) fn run(session: &Session, arguments: &Issue) -> Result<Exit> {
    let format = format(session, arguments)?;
    if arguments.pdfa && format != Format::Pdf {
        return Err(Failure::new(
            session.pick("--pdfa 只用于 PDF", "--pdfa is for a PDF only"),
        ));
    }
    let draft = draft(session, arguments, format)?;
    let bytes = session.read(&arguments.seal)?;
    let seal = seal::read(session, &arguments.seal, &bytes)?;
    let signer = material::signatory(session, &arguments.signer)?;
    let time = session.time(None)?;
    let request = if arguments.pdfa {
        archived(session, arguments, &seal, signer.certificate, time)?
    } else {
        Request::affix(seal, signer.certificate, time)
    };
    let license = draft
        .prepare(format, request)
        .and_then(|pending| pending.sign(&signer.key))
        .map_err(|error| {
            Failure::library(session.language, &shown_path(&arguments.metadata), &error)
        })?;
    session.write(&arguments.out, license.bytes(), arguments.force)?;
    let path = shown_path(&arguments.out);
    session.talk(&session.pick(format!("证照已签发：{path}"), format!("issued: {path}")));
    Ok(Exit::Passed)
}

/// PDF/A takes no seal signature: the signer signs in CMS, and the seal shows as a picture.
fn archived(
    session: &Session,
    arguments: &Issue,
    seal: &Seal,
    signer: Certificate,
    time: Time,
) -> Result<Request> {
    let listed = seal.find_signer(&signer).map_err(|error| {
        Failure::library(session.language, &shown_path(&arguments.seal), &error)
    })?;
    if listed == Listed::No || !seal.is_valid_at(time) {
        return Err(Failure::new(session.pick(
            "印章已过有效期，或签章人证书不在印章名单内",
            "the seal is not valid now, or does not list the signer's certificate",
        )));
    }
    session.talk(session.pick(
        "注意：PDF/A 只允许 CMS 签名，印章仅作图样显示，不含电子印章数据",
        "note: PDF/A takes CMS signatures alone; the seal shows as a picture and is no seal signature",
    ));
    let picture = seal.picture();
    let shown = Shown {
        size_mm: (f64::from(picture.width_mm), f64::from(picture.height_mm)),
        picture: Some(picture.data.clone()),
        text: None,
    };
    Ok(Request::sign(signer, time).profile(Profile {
        without_time_stamp: true,
        pdf: PdfOptions {
            shown: Some(shown),
            ..PdfOptions::default()
        },
        ..Profile::default()
    }))
}

fn draft(session: &Session, arguments: &Issue, format: Format) -> Result<Draft> {
    let of = |path| move |error| Failure::library(session.language, &shown_path(path), &error);
    let metadata = Metadata::from_json(&session.read_text(&arguments.metadata)?)
        .map_err(of(&arguments.metadata))?;
    let template = match arguments.template.as_str() {
        "landscape" => Template::standard_landscape(),
        "portrait" => Template::standard_portrait(),
        path => Template::from_json(&session.read_text(path.as_ref())?),
    }
    .map_err(of(arguments.template.as_ref()))?;
    let typefaces = match format {
        Format::Ofd => Typefaces::named(),
        Format::Pdf => fonts::typefaces(session, arguments.font.as_deref())?,
    };
    let type_code = metadata.type_code().to_owned();
    let mut draft = Draft::new(metadata, template, session.time(None)?).fonts(typefaces);
    if arguments.pdfa {
        draft = draft.for_archive();
    }
    let Some(path) = &arguments.catalog else {
        return Ok(draft);
    };
    let catalog = Catalog::from_json(&session.read_text(path)?).map_err(of(path))?;
    let entry = catalog.find(&type_code).ok_or_else(|| {
        let path = shown_path(path);
        Failure::new(session.pick(
            format!("{path}：目录里没有这种证照类型"),
            format!("{path}: the catalog has no license of this type"),
        ))
    })?;
    draft.catalog_entry(entry).map_err(of(&arguments.metadata))
}

fn format(session: &Session, arguments: &Issue) -> Result<Format> {
    let extension = arguments
        .out
        .extension()
        .and_then(|extension| extension.to_str());
    match (
        arguments.format,
        extension.map(str::to_ascii_lowercase).as_deref(),
    ) {
        (Some(FormatName::Ofd), _) | (None, Some("ofd")) => Ok(Format::Ofd),
        (Some(FormatName::Pdf), _) | (None, Some("pdf")) => Ok(Format::Pdf),
        _ => Err(Failure::new(session.pick(
            "请用 .ofd 或 .pdf 作扩展名，或用 --format 指定格式",
            "name the file .ofd or .pdf, or give --format",
        ))),
    }
}

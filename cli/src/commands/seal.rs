//! `yinxin seal make`, `show` and `affix`.

use std::io::Write;
use std::path::Path;

use yinxin::Time;
use yinxin::seal::picture::{DEFAULT_DPI, Fonts, RoundSeal, SealDesign};
use yinxin::seal::{Listing, Seal, SealMaker, SealPicture, SealSpec};
use yinxin::ses::Layout;
use yinxin::sign::{self, Place, Protection, Request};

use crate::args::{LayoutName, SealAffix, SealMake, SealShow};
use crate::commands::material;
use crate::commands::phases::{self, Destination};
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::fonts;
use crate::screen::facts::Record;
use crate::session::Session;

/// Makes a seal and writes it.
pub(crate) fn make(session: &Session, arguments: &SealMake) -> Result<Exit> {
    let now = session.time(None)?;
    let maker = material::signatory(session, &arguments.maker)?;
    let library = |error| Failure::library(session.language, session.pick("制章", "seal"), &error);
    let spec = SealSpec {
        layout: match arguments.layout {
            LayoutName::V2014 => Layout::Gmt0031_2014,
            LayoutName::V2020 => Layout::Gbt38540_2020,
            LayoutName::V2025 => Layout::Gmt0031_2025,
        },
        id: arguments.id.clone(),
        seal_type: arguments.seal_type,
        name: arguments.name.clone(),
        signers: material::certificates(session, &arguments.signer)?,
        listing: if arguments.digests {
            Listing::Digests
        } else {
            Listing::Certificates
        },
        create_date: now,
        valid_from: now,
        valid_until: now
            .checked_add(i64::from(arguments.days) * 86_400)
            .unwrap_or(now),
        picture: picture(session, arguments)?,
        extensions: Vec::new(),
    };
    let seal = SealMaker::from_certificate(maker.certificate)
        .and_then(|made| made.make(&spec, &maker.key))
        .map_err(library)?;
    session.write(&arguments.out, seal.to_der(), arguments.force)?;
    let path = shown_path(&arguments.out);
    session.talk(&session.pick(
        format!("印章已写入 {path}"),
        format!("wrote the seal to {path}"),
    ));
    Ok(Exit::Passed)
}

fn picture(session: &Session, arguments: &SealMake) -> Result<SealPicture> {
    if let (Some(path), Some(width_mm), Some(height_mm)) =
        (&arguments.picture, arguments.width_mm, arguments.height_mm)
    {
        return Ok(SealPicture {
            data: session.read(path)?,
            width_mm,
            height_mm,
        });
    }
    let font = match &arguments.font {
        Some(path) => Some(fonts::given(session.language, path)?),
        None => fonts::find(),
    };
    let font = font.ok_or_else(|| Failure::new(fonts::none_found(session.language)))?;
    let mut round = RoundSeal::new(arguments.text.as_ref().unwrap_or(&arguments.name));
    round.second_line.clone_from(&arguments.line);
    round.code.clone_from(&arguments.code);
    let library = |error| Failure::library(session.language, &shown_path(&font.path), &error);
    draw(round, &Fonts::new(font.seal_font().map_err(library)?)).map_err(library)
}

/// A drawn round seal as a PNG of its own size.
pub(crate) fn draw(round: RoundSeal, fonts: &Fonts<'_>) -> yinxin::Result<SealPicture> {
    /// Millimetres of the default diameter, which `RoundSeal::new` sets.
    const DIAMETER_MM: u32 = 42;
    let drawing = SealDesign::Round(round).draw(fonts)?;
    Ok(SealPicture {
        data: drawing.to_png(DEFAULT_DPI)?,
        width_mm: DIAMETER_MM,
        height_mm: DIAMETER_MM,
    })
}

/// Shows what a seal says of itself.
pub(crate) fn show(session: &Session, arguments: &SealShow) -> Result<Exit> {
    let bytes = session.read(&arguments.seal)?;
    let seal = read(session, &arguments.seal, &bytes)?;
    if let Some(path) = &arguments.picture {
        session.write(path, &seal.picture().data, arguments.force)?;
        let shown = shown_path(path);
        session.talk(&session.pick(
            format!("图片已写入 {shown}"),
            format!("wrote the picture to {shown}"),
        ));
    }
    let record = facts(&seal);
    let mut out = session.out();
    if arguments.json {
        writeln!(out, "{}", record.to_json())?;
    } else {
        record.write(&mut out, session.language)?;
    }
    out.flush()?;
    Ok(Exit::Passed)
}

fn facts(seal: &Seal) -> Record {
    let day = |time: Time| time.to_string();
    let picture = seal.picture();
    let mut record = Record::default();
    record.add("name", seal.name());
    record.add("id", seal.id());
    record.add("type", seal.ses().info().seal_type.to_string());
    record.add("standard", seal.layout().standard());
    record.add("valid_from", day(seal.valid_from()));
    record.add("valid_until", day(seal.valid_until()));
    record.add("maker", seal.maker().subject_name().to_string());
    record.add("signers", seal.certificates().len());
    record.add(
        "picture",
        format!(
            "{} · {} × {} mm · {} B",
            picture.kind,
            picture.width_mm,
            picture.height_mm,
            picture.data.len()
        ),
    );
    let findings = seal
        .findings()
        .iter()
        .map(|finding| format!("{} · {}", finding.code.name(), finding.place));
    record.add("findings", findings.collect::<Vec<_>>());
    record
}

/// Puts a seal on a document.
pub(crate) fn affix(session: &Session, arguments: &SealAffix) -> Result<Exit> {
    let document = session.read(&arguments.file)?;
    let bytes = session.read(&arguments.seal)?;
    let seal = read(session, &arguments.seal, &bytes)?;
    let (certificate, key) = material::signer(
        session,
        arguments.cert.as_deref(),
        arguments.key.as_deref(),
        arguments.password_file.as_deref(),
    )?;
    let place = Place {
        page: usize::try_from(arguments.page.saturating_sub(1)).unwrap_or(usize::MAX),
        center_x_mm: arguments.x,
        center_y_mm: arguments.y,
    };
    let protection = if arguments.lock {
        Protection::Whole
    } else {
        Protection::Continue
    };
    let request = Request::affix(seal, certificate, session.time(None)?)
        .at(place)
        .protection(protection);
    let pending = sign::prepare(&document, request).map_err(|error| {
        Failure::library(session.language, &shown_path(&arguments.file), &error)
    })?;
    let to = Destination {
        document: &arguments.file,
        out: arguments.out.as_deref(),
        save: arguments.start.save.as_deref(),
        force: arguments.force,
    };
    phases::start(session, pending, key.as_ref(), &arguments.start, &to)
}

/// A seal that can be used.
pub(crate) fn read(session: &Session, path: &Path, bytes: &[u8]) -> Result<Seal> {
    Seal::from_der(bytes)
        .map_err(|error| Failure::library(session.language, &shown_path(path), &error))
}

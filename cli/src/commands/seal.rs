//! `yinxin seal make`, `show` and `affix`.

mod drawn;
mod make;
mod show;
mod stamp;

use std::path::Path;

use yinxin::seal::Seal;
use yinxin::sign::{self, Place, Protection, Request};

pub(crate) use drawn::drawn_round;
pub(crate) use make::make;
pub(crate) use show::show;
pub(crate) use stamp::stamp;

use crate::args::SealAffix;
use crate::commands::material;
use crate::commands::phases::{self, Destination};
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::session::Session;

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

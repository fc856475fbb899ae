//! `yinxin seal make`, `show` and `affix`.

mod drawn;
mod make;
mod show;

use std::path::Path;

use yinxin::seal::Seal;
use yinxin::sign::{self, Place, Protection, Request};

pub(crate) use drawn::drawn_round;
pub(crate) use make::make;
pub(crate) use show::show;

use crate::args::SealAffix;
use crate::commands::material;
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::session::Session;

/// Puts a seal on a document.
pub(crate) fn affix(session: &Session, arguments: &SealAffix) -> Result<Exit> {
    let document = session.read(&arguments.file)?;
    let bytes = session.read(&arguments.seal)?;
    let seal = read(session, &arguments.seal, &bytes)?;
    let signer = material::signatory(session, &arguments.signer)?;
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
    let request = Request::affix(seal, signer.certificate, session.time(None)?)
        .at(place)
        .protection(protection);
    let sealed = sign::prepare(&document, request)
        .and_then(|pending| pending.sign(&signer.key))
        .map_err(|error| {
            Failure::library(session.language, &shown_path(&arguments.file), &error)
        })?;
    session.write(&arguments.out, &sealed, arguments.force)?;
    let path = shown_path(&arguments.out);
    session.talk(&session.pick(format!("已盖章：{path}"), format!("sealed: {path}")));
    Ok(Exit::Passed)
}

/// A seal that can be used.
pub(crate) fn read(session: &Session, path: &Path, bytes: &[u8]) -> Result<Seal> {
    Seal::from_der(bytes)
        .map_err(|error| Failure::library(session.language, &shown_path(path), &error))
}

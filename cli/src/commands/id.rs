//! `yinxin id check` and `yinxin id make`.

mod check;
mod make;

use crate::args::Id;
use crate::exit::Exit;
use crate::failure::Result;
use crate::session::Session;

/// Runs either.
pub(crate) fn run(session: &Session, arguments: Id) -> Result<Exit> {
    match arguments {
        Id::Check(arguments) => check::run(session, &arguments),
        Id::Make(arguments) => make::run(session, &arguments),
    }
}

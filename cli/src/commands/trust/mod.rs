//! `yinxin trust`: making, looking at, and taking in trust documents.

mod install;
mod make;
mod plan;
mod show;
mod sources;
pub(crate) mod store;

use crate::args::{Trust, TrustPack};
use crate::exit::Exit;
use crate::failure::Result;
use crate::session::Session;

/// Runs one of the verbs.
pub(crate) fn run(session: &Session, verb: &Trust) -> Result<Exit> {
    match verb {
        Trust::Make(arguments) => make::run(session, arguments),
        Trust::Show(arguments) => show::show(session, arguments),
        Trust::Check(arguments) => install::check(session, arguments),
        Trust::Install(arguments) => install::install(session, arguments),
        Trust::Status(arguments) => show::status(session, arguments),
        Trust::Pack(TrustPack::Make(arguments)) => make::run(session, arguments),
        Trust::Pack(TrustPack::Show(arguments)) => show::show(session, arguments),
        Trust::Pack(TrustPack::Check(arguments)) => install::check(session, arguments),
    }
}

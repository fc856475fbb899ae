//! One file a verb: what it reads, asks the library for, and shows.

mod cert;
mod extras;
mod id;
mod inspect;
mod key;
mod material;
mod verify;

use crate::args::{Cert, Key, Verb};
use crate::exit::Exit;
use crate::failure::Result;
use crate::session::Session;

/// Runs the verb.
pub(crate) fn run(session: &Session, verb: Verb) -> Result<Exit> {
    match verb {
        Verb::Verify(arguments) => verify::run(session, &arguments),
        Verb::Inspect(arguments) => inspect::run(session, &arguments),
        Verb::Id(arguments) => id::run(session, arguments),
        Verb::Cert(Cert::Make(arguments)) => cert::make(session, &arguments),
        Verb::Cert(Cert::Verify(arguments)) => cert::verify(session, &arguments),
        Verb::Key(Key::New(arguments)) => key::new(session, &arguments),
        Verb::Completions { shell } => extras::completions(session, shell),
        Verb::Manual { folder } => extras::manual(session, &folder),
    }
}

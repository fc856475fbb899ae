//! One file a verb: what it reads, asks the library for, and shows.

mod affix;
mod augment;
mod cert;
mod demo;
mod extras;
mod id;
mod inspect;
mod issue;
mod key;
mod material;
mod phases;
mod profile;
mod protect;
mod seal;
mod sign;
mod trust;
mod verify;

use crate::args::{Cert, Key, Seal, Verb};
use crate::exit::Exit;
use crate::failure::Result;
use crate::session::Session;

/// Runs the verb.
pub(crate) fn run(session: &Session, verb: Verb) -> Result<Exit> {
    match verb {
        Verb::Demo(arguments) => demo::run(session, &arguments),
        Verb::Issue(arguments) => issue::run(session, &arguments),
        Verb::Seal(Seal::Make(arguments)) => seal::make(session, &arguments),
        Verb::Seal(Seal::Stamp(arguments)) => seal::stamp(session, &arguments),
        Verb::Seal(Seal::Show(arguments)) => seal::show(session, &arguments),
        Verb::Seal(Seal::Affix(arguments)) => affix::run(session, &arguments),
        Verb::Sign(arguments) => sign::run(session, &arguments),
        Verb::Augment(arguments) => augment::run(session, &arguments),
        Verb::Verify(arguments) => verify::run(session, &arguments),
        Verb::Inspect(arguments) => inspect::run(session, &arguments),
        Verb::Protect(arguments) => protect::protect(session, &arguments),
        Verb::Encrypt(arguments) => protect::encrypt(session, &arguments),
        Verb::Decrypt(arguments) => protect::decrypt(session, &arguments),
        Verb::Id(arguments) => id::run(session, arguments),
        Verb::Cert(Cert::Make(arguments)) => cert::make(session, &arguments),
        Verb::Cert(Cert::Verify(arguments)) => cert::verify(session, &arguments),
        Verb::Trust(verb) => trust::run(session, &verb),
        Verb::Key(Key::New(arguments)) => key::new(session, &arguments),
        Verb::Completions { shell } => extras::completions(session, shell),
        Verb::Manual { folder } => extras::manual(session, &folder),
    }
}

//! `yinxin sign`: a signature without a seal.

use yinxin::sign::{self, Protection, Request};

use crate::args::{After, Sign};
use crate::commands::material;
use crate::commands::phases::{self, Destination};
use crate::commands::profile;
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::session::Session;

/// Signs a document, or goes on with a signature that was saved.
pub(crate) fn run(session: &Session, arguments: &Sign) -> Result<Exit> {
    let document = session.read(&arguments.file)?;
    let to = Destination {
        document: &arguments.file,
        out: arguments.out.as_deref(),
        save: arguments.start.save.as_deref(),
        force: arguments.force,
    };
    if arguments.resume.resume.is_some() {
        let (resume, ask) = (&arguments.resume, &arguments.start.ask);
        return phases::resume(session, &document, &arguments.opened, resume, ask, &to);
    }
    let (certificate, key) = material::signer(
        session,
        arguments.cert.as_deref(),
        arguments.key.as_deref(),
        arguments.password_file.as_deref(),
    )?;
    let library = |error| Failure::library(session.language, &shown_path(&arguments.file), &error);
    let mut profile = profile::of_signature(session, &arguments.pdf, &arguments.encoding)?;
    profile.without_time_stamp = arguments.start.is_without_time_stamp();
    let key = match key {
        Some(key) if arguments.encoding.rsa_pss => Some(key.with_rsa_pss().map_err(library)?),
        key => key,
    };
    let request = Request::sign(certificate, session.time(None)?)
        .shape(arguments.shape.into())
        .profile(profile);
    let mut request = after(request, &arguments.after);
    if let Some(place) = profile::place(&arguments.encoding) {
        request = request.at(place);
    }
    let pending = material::opened(session, &arguments.file, &arguments.opened, |password| {
        sign::prepare_with_password(&document, password, request.clone())
    })?;
    phases::start(session, pending, key.as_ref(), &arguments.start, &to)
}

/// The request with what holds between its signature and others.
pub(crate) fn after(request: Request, after: &After) -> Request {
    let request = match &after.relative {
        Some(id) => request.relative_to(id),
        None => request,
    };
    request.protection(if after.lock {
        Protection::Whole
    } else {
        Protection::Continue
    })
}

//! `yinxin sign`: a signature without a seal.

use yinxin::sign::{self, Protection, Request};

use crate::args::{After, Sign};
use crate::commands::material;
use crate::commands::phases::{self, Destination};
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
        let ask = &arguments.start.ask;
        return phases::resume(session, &document, &arguments.resume, ask, &to);
    }
    let (certificate, key) = material::signer(
        session,
        arguments.cert.as_deref(),
        arguments.key.as_deref(),
        arguments.password_file.as_deref(),
    )?;
    let request = Request::sign(certificate, session.time(None)?).shape(arguments.shape.into());
    let request = after(request, &arguments.after);
    let pending = sign::prepare(&document, request).map_err(|error| {
        Failure::library(session.language, &shown_path(&arguments.file), &error)
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

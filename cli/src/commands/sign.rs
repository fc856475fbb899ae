//! `yinxin sign`, and what it shares with `yinxin seal affix`.

use std::path::Path;

use yinxin::Signer;
use yinxin::sign::{Protection, Request, prepare};

use crate::args::{After, Sign};
use crate::commands::material;
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::session::Session;

/// Signs a document without a seal.
pub(crate) fn run(session: &Session, arguments: &Sign) -> Result<Exit> {
    let document = session.read(&arguments.file)?;
    let signer = material::signatory(session, &arguments.signer)?;
    let request = Request::sign(signer.certificate, session.time(None)?);
    let request = after(request.shape(arguments.shape.into()), &arguments.after);
    let signed = signed(session, &arguments.file, &document, request, &signer.key)?;
    session.write(&arguments.out, &signed, arguments.force)?;
    told(session, &arguments.out, "已签名", "signed");
    Ok(Exit::Passed)
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

/// The document under its new signature.
pub(crate) fn signed(
    session: &Session,
    path: &Path,
    document: &[u8],
    request: Request,
    key: &dyn Signer,
) -> Result<Vec<u8>> {
    prepare(document, request)
        .and_then(|pending| pending.sign(key))
        .map_err(|error| Failure::library(session.language, &shown_path(path), &error))
}

/// Says what was written.
pub(crate) fn told(session: &Session, path: &Path, chinese: &str, english: &str) {
    let path = shown_path(path);
    session.talk(&session.pick(format!("{chinese}：{path}"), format!("{english}: {path}")));
}

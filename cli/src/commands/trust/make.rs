//! Making trust documents and signing them, by one keeper after the other.

use std::path::Path;

use yinxin::trust::list::{Envelope, TrustList};

use super::plan::Plan;
use crate::args::TrustMake;
use crate::commands::material;
use crate::escape::clip;
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::session::Session;

/// Makes what a plan says, or takes up a document that others have signed, and signs it.
pub(crate) fn run(session: &Session, arguments: &TrustMake) -> Result<Exit> {
    let bytes = session.read(&arguments.input)?;
    let mut envelope = match Envelope::from_bytes(&bytes) {
        Ok(envelope) => envelope,
        Err(_) => planned(session, arguments, &bytes)?,
    };
    for path in &arguments.key {
        let key = material::key(session, path, arguments.password_file.as_deref())?;
        envelope
            .sign(&key)
            .map_err(|error| Failure::library(session.language, &shown_path(path), &error))?;
    }
    session.write(&arguments.out, &envelope.to_bytes(), arguments.force)?;
    let path = shown_path(&arguments.out);
    let count = envelope.signed_by().count();
    let digest = TrustList::payload_digest(envelope.payload());
    session.talk(&session.pick(
        format!("已写入 {path}：{count} 个签名，指纹（SM3）{digest}"),
        format!("wrote {path}: {count} signatures, fingerprint (SM3) {digest}"),
    ));
    Ok(Exit::Passed)
}

fn planned(session: &Session, arguments: &TrustMake, bytes: &[u8]) -> Result<Envelope> {
    let plan: Plan = serde_json::from_slice(bytes).map_err(|error| {
        let (path, why) = (shown_path(&arguments.input), clip(&error.to_string(), 300));
        Failure::new(session.pick(
            format!("{path}：既不是签名的信任文件，也不是计划（{why}）"),
            format!("{path}: neither a signed trust document nor a plan ({why})"),
        ))
    })?;
    let folder = arguments.input.parent().unwrap_or(Path::new(""));
    match plan {
        Plan::Root(plan) => Ok(plan.root(session, folder)?.to_envelope()),
        Plan::Pack(plan) => Ok(plan.pack(session, folder)?.to_envelope()),
        Plan::List(plan) => {
            let previous = arguments.previous.as_deref();
            let previous = previous.map(|path| digest_of(session, path)).transpose()?;
            plan.list(session, folder, previous, arguments.unverified_lists)?
                .to_envelope()
                .map_err(|error| {
                    Failure::library(session.language, &shown_path(&arguments.input), &error)
                })
        }
    }
}

fn digest_of(session: &Session, path: &Path) -> Result<String> {
    let envelope = Envelope::from_bytes(&session.read(path)?)
        .map_err(|error| Failure::library(session.language, &shown_path(path), &error))?;
    Ok(TrustList::payload_digest(envelope.payload()))
}

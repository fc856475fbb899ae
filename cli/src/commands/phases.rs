//! Carrying a signature from step to step: what is to come from elsewhere is written out, what has
//! come is taken in, and the finished document is written when nothing is missing.

use std::path::Path;

use yinxin::crypto::SoftwareKey;
use yinxin::sign::Pending;

use crate::args::{Ask, PdfPassword, Resume, Start};
use crate::commands::material;
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::session::Session;

/// Bytes of the random number that ties an answer to its request.
const NONCE_BYTES: usize = 8;

/// Where results go.
pub(crate) struct Destination<'a> {
    /// The document the signature belongs to.
    pub(crate) document: &'a Path,
    /// The finished document.
    pub(crate) out: Option<&'a Path>,
    /// The unfinished signature.
    pub(crate) save: Option<&'a Path>,
    /// Whether files that are there are written over.
    pub(crate) force: bool,
}

/// Goes on from a freshly prepared signature.
pub(crate) fn start(
    session: &Session,
    mut pending: Pending,
    key: Option<&SoftwareKey>,
    start: &Start,
    to: &Destination<'_>,
) -> Result<Exit> {
    if let Some(key) = key {
        let signed = yinxin::Signer::sign(key, pending.message())
            .and_then(|value| pending.add_signature(&value));
        signed.map_err(|error| library(session, to.document, &error))?;
    } else if let Some(path) = &start.message_out {
        session.write(path, pending.message(), to.force)?;
        save(session, &pending, to)?;
        let path = shown_path(path);
        session.talk(&session.pick(
            format!("待签数据已写入 {path}"),
            format!("wrote what is to be signed to {path}"),
        ));
        if let Some(digest) = pending.digest() {
            let (digest, algorithm) = (digest.to_hex(), pending.algorithm().name());
            session.talk(&session.pick(
                format!("算法 {algorithm}，杂凑值 {digest}"),
                format!("algorithm {algorithm}, digest {digest}"),
            ));
        }
        return Ok(Exit::Passed);
    }
    ask_or_finish(session, pending, &start.ask, to)
}

/// Goes on with a signature that was saved.
pub(crate) fn resume(
    session: &Session,
    document: &[u8],
    password: &PdfPassword,
    resume: &Resume,
    ask: &Ask,
    to: &Destination<'_>,
) -> Result<Exit> {
    let path = resume.resume.as_deref().unwrap_or(to.document);
    let state = session.read(path)?;
    let mut pending = material::opened(session, path, password, |password| {
        Pending::from_bytes_with_password(&state, document, password)
    })?;
    if let Some(path) = &resume.signature {
        pending
            .add_signature(&session.read(path)?)
            .map_err(|error| library(session, path, &error))?;
    }
    if !pending.is_signed() {
        return Err(Failure::new(session.pick(
            "还缺签名值：请用 --signature 给出",
            "the signature is still to come: give it with --signature",
        )));
    }
    if let Some(path) = &resume.time_stamp_response {
        let authority = material::certificates(session, &resume.time_stamp_cert)?;
        pending
            .add_time_stamp(&session.read(path)?, &authority)
            .map_err(|error| library(session, path, &error))?;
    }
    ask_or_finish(session, pending, ask, to)
}

fn ask_or_finish(
    session: &Session,
    mut pending: Pending,
    ask: &Ask,
    to: &Destination<'_>,
) -> Result<Exit> {
    if let Some(path) = &ask.time_stamp_request {
        let question = pending
            .time_stamp_request(&nonce(session)?, ask.time_stamp_policy, None)
            .map_err(|error| library(session, to.document, &error))?;
        session.write(path, &question, to.force)?;
        save(session, &pending, to)?;
        let path = shown_path(path);
        session.talk(&session.pick(
            format!("时间戳请求已写入 {path}"),
            format!("wrote the time stamp request to {path}"),
        ));
        return Ok(Exit::Passed);
    }
    let Some(out) = to.out else {
        save(session, &pending, to)?;
        return Ok(Exit::Passed);
    };
    let signed = pending
        .finish()
        .map_err(|error| library(session, to.document, &error))?;
    session.write(out, &signed, to.force)?;
    let path = shown_path(out);
    session.talk(&session.pick(format!("已签名：{path}"), format!("signed: {path}")));
    Ok(Exit::Passed)
}

fn save(session: &Session, pending: &Pending, to: &Destination<'_>) -> Result<()> {
    let path = to.save.ok_or_else(|| {
        Failure::new(session.pick(
            "请用 --save 指定保存未完成签名的文件",
            "name a file for the unfinished signature with --save",
        ))
    })?;
    let bytes = pending
        .to_bytes()
        .map_err(|error| library(session, to.document, &error))?;
    // A later step writes over the state that it went on from.
    session.write(path, &bytes, true)?;
    let path = shown_path(path);
    session.talk(&session.pick(
        format!("未完成的签名已存到 {path}"),
        format!("kept the unfinished signature in {path}"),
    ));
    Ok(())
}

/// A random number of this machine's.
pub(crate) fn nonce(session: &Session) -> Result<[u8; NONCE_BYTES]> {
    let mut number = [0; NONCE_BYTES];
    getrandom::fill(&mut number).map_err(|_| {
        Failure::new(session.pick("本机取不到随机数", "this machine gives no random numbers"))
    })?;
    Ok(number)
}

fn library(session: &Session, path: &Path, error: &yinxin::Error) -> Failure {
    Failure::library(session.language, &shown_path(path), error)
}

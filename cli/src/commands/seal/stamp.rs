//! `yinxin seal stamp`.

use std::path::Path;

use yinxin::asn1::Oid;
use yinxin::crypto::DigestAlgorithm;
use yinxin::pki::TimeStampRequest;
use yinxin::seal::Seal;
use yinxin::ses::Layout;

use super::read;
use crate::args::SealStamp;
use crate::commands::{material, phases};
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::session::Session;

/// Asks for a time stamp over a seal, or puts one in.
pub(crate) fn stamp(session: &Session, arguments: &SealStamp) -> Result<Exit> {
    let bytes = session.read(&arguments.seal)?;
    let seal = read(session, &arguments.seal, &bytes)?;
    if seal.layout() != Layout::Gmt0031_2025 {
        return Err(Failure::new(session.pick(
            "只有 2025 版结构的印章能加时间戳",
            "only a seal of the layout of 2025 has a place for a time stamp",
        )));
    }
    match (&arguments.time_stamp_response, &arguments.out) {
        (Some(response), Some(out)) => put_in(session, arguments, &seal, response, out),
        _ => ask(session, arguments, &seal),
    }
}

fn ask(session: &Session, arguments: &SealStamp, seal: &Seal) -> Result<Exit> {
    let path = &arguments.time_stamp_request;
    let failure = |error| Failure::library(session.language, &shown_path(path), &error);
    let mut request = TimeStampRequest::new(DigestAlgorithm::Sm3, seal.to_be_stamped())
        .nonce(&phases::nonce(session)?)
        .map_err(failure)?;
    if let Some(policy) = &arguments.time_stamp_policy {
        request = request.policy(Oid::parse(policy).map_err(failure)?);
    }
    session.write(path, &request.to_der(), arguments.force)?;
    let path = shown_path(path);
    session.talk(&session.pick(
        format!("时间戳请求已写入 {path}"),
        format!("wrote the time stamp request to {path}"),
    ));
    Ok(Exit::Passed)
}

fn put_in(
    session: &Session,
    arguments: &SealStamp,
    seal: &Seal,
    response: &Path,
    out: &Path,
) -> Result<Exit> {
    let request = session.read(&arguments.time_stamp_request)?;
    let given = material::certificates(session, &arguments.time_stamp_cert)?;
    let answer = session.read(response)?;
    let stamped = TimeStampRequest::from_der(&request)
        .and_then(|request| request.check_response(&answer, &given))
        .and_then(|token| seal.with_time_stamp(token.raw(), &given))
        .map_err(|error| Failure::library(session.language, &shown_path(response), &error))?;
    session.write(out, stamped.to_der(), arguments.force)?;
    let path = shown_path(out);
    session.talk(&session.pick(
        format!("加戳印章已写入 {path}"),
        format!("wrote the stamped seal to {path}"),
    ));
    Ok(Exit::Passed)
}

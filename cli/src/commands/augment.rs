//! `yinxin augment`: evidence and time stamps that make the signatures of a PDF last.

use std::io::Write;
use std::path::Path;

use yinxin::crypto::DigestAlgorithm;
use yinxin::sign::augment::{Augmentation, DocumentStamp, Evidence, Missing, MissingEvidence};

use crate::args::Augment;
use crate::commands::{material, phases};
use crate::escape::clip;
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::session::Session;

/// Columns of a quoted name.
const NAME_COLUMNS: usize = 100;

/// Says what is missing, adds evidence, or asks for and takes in a time stamp over the document.
pub(crate) fn run(session: &Session, arguments: &Augment) -> Result<Exit> {
    let document = session.read(&arguments.file)?;
    if let Some(state) = &arguments.resume {
        return take_stamp(session, arguments, state, &document);
    }
    if let Some(request) = &arguments.time_stamp_request {
        return ask_stamp(session, arguments, request, &document);
    }
    let evidence = Evidence {
        certificates: material::certificates(session, &arguments.cert)?,
        crls: material::crls(session, &arguments.crl)?,
        ocsps: material::ocsp(session, &arguments.ocsp)?,
    };
    let prepared = material::opened(session, &arguments.file, &arguments.opened, |password| {
        Augmentation::prepare_with_password(&document, password, &evidence)
    })?;
    if arguments.dry_run {
        return tell(session, prepared.missing());
    }
    if !prepared.missing().is_empty() && !arguments.incomplete {
        tell(session, prepared.missing())?;
        return Err(Failure::new(session.pick(
            "还缺以上材料，没有写文件；如确要写入已有的部分，请加 --incomplete",
            "this is missing and nothing was written; use --incomplete to write what there is",
        )));
    }
    let time = session.time(None)?;
    let augmented = prepared
        .finish_incomplete(time)
        .map_err(|error| library(session, &arguments.file, &error))?;
    write(session, arguments, &augmented)
}

/// One line for each thing that is missing; code 3 when there is one.
fn tell(session: &Session, missing: &[Missing]) -> Result<Exit> {
    let mut out = session.out();
    if missing.is_empty() {
        writeln!(out, "{}", session.pick("材料齐全", "nothing is missing"))?;
    }
    for one in missing {
        let field = clip(&one.fields.join(", "), NAME_COLUMNS);
        writeln!(out, "{field}: {}", sentence(session, &one.what))?;
    }
    out.flush()?;
    Ok(match missing {
        [] => Exit::Passed,
        _ => Exit::Indeterminate,
    })
}

fn sentence(session: &Session, what: &MissingEvidence) -> String {
    let name = what
        .certificate()
        .map(|certificate| clip(&certificate.subject_name().to_string(), NAME_COLUMNS));
    let name = name.unwrap_or_default();
    match what {
        MissingEvidence::TimeStamp => session
            .pick("缺少时间戳", "a time stamp is missing")
            .to_owned(),
        MissingEvidence::Certificate => session
            .pick(
                "缺少签名人或时间戳机构的证书",
                "the certificate of signer or time stamp authority is missing",
            )
            .to_owned(),
        MissingEvidence::Issuer(_) => session.pick(
            format!("缺少签发“{name}”的 CA 证书"),
            format!("the certificate that issued {name} is missing"),
        ),
        MissingEvidence::Revocation(_) => session.pick(
            format!("缺少“{name}”在签名之时或之后的吊销信息"),
            format!("revocation data on {name} from the time of signing or later is missing"),
        ),
        _ => session
            .pick("签名值读不了", "the signature's value cannot be read")
            .to_owned(),
    }
}

fn ask_stamp(
    session: &Session,
    arguments: &Augment,
    request: &Path,
    document: &[u8],
) -> Result<Exit> {
    let digest = arguments.sm3.then_some(DigestAlgorithm::Sm3);
    let nonce = phases::nonce(session)?;
    let stamp = material::opened(session, &arguments.file, &arguments.opened, |password| {
        let policy = arguments.time_stamp_policy;
        DocumentStamp::prepare_with_password(document, password, &nonce, policy, digest)
    })?;
    let save = arguments.save.as_deref().unwrap_or(request);
    session.write(request, &stamp.request(), arguments.force)?;
    session.write(save, &stamp.to_bytes(), arguments.force)?;
    let path = shown_path(request);
    session.talk(&session.pick(
        format!("时间戳请求已写入 {path}"),
        format!("wrote the time stamp request to {path}"),
    ));
    Ok(Exit::Passed)
}

fn take_stamp(
    session: &Session,
    arguments: &Augment,
    state: &Path,
    document: &[u8],
) -> Result<Exit> {
    let stored = session.read(state)?;
    let stamp = material::opened(session, state, &arguments.opened, |password| {
        DocumentStamp::from_bytes_with_password(&stored, document, password)
    })?;
    let answer = arguments.time_stamp_response.as_deref().unwrap_or(state);
    let authority = material::certificates(session, &arguments.time_stamp_cert)?;
    let stamped = stamp
        .complete(&session.read(answer)?, &authority)
        .map_err(|error| library(session, answer, &error))?;
    write(session, arguments, &stamped)
}

fn write(session: &Session, arguments: &Augment, document: &[u8]) -> Result<Exit> {
    let Some(out) = &arguments.out else {
        return Err(Failure::new(session.pick(
            "请用 --out 指定要写入的文件",
            "name the file to write with --out",
        )));
    };
    session.write(out, document, arguments.force)?;
    let path = shown_path(out);
    session.talk(&session.pick(format!("已写入 {path}"), format!("wrote {path}")));
    Ok(Exit::Passed)
}

fn library(session: &Session, path: &Path, error: &yinxin::Error) -> Failure {
    Failure::library(session.language, &shown_path(path), error)
}

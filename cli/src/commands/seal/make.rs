//! `yinxin seal make`.

use std::io::Write;
use std::path::{Path, PathBuf};

use yinxin::Time;
use yinxin::asn1::Oid;
use yinxin::crypto::SoftwareKey;
use yinxin::pki::Certificate;
use yinxin::seal::{Listing, PendingSeal, Seal, SealMaker, SealPicture, SealSpec};
use yinxin::ses::{Layout, SesExtension};
use yinxin::trust::{AnchorRole, Anchors, PathRequest, Purpose, RevocationMode, Verdict};

use super::drawn;
use super::show::faults;
use crate::args::{Identity, LayoutName, ListingName, SealMake};
use crate::commands::material;
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::screen;
use crate::session::Session;

/// Makes a seal and writes it; where the key is elsewhere, one step of it.
pub(crate) fn make(session: &Session, arguments: &SealMake) -> Result<Exit> {
    let created = session.time(arguments.created)?;
    let (certificate, key) = maker(session, arguments)?;
    let trusted = judge_maker(session, arguments, &certificate, created)?;
    if trusted != Exit::Passed {
        return Ok(trusted);
    }
    let spec = spec(session, arguments, created)?;
    let failure = |error| library(session, &error);
    let maker = SealMaker::from_certificate(certificate).map_err(failure)?;
    let seal = match (key, &arguments.signature) {
        (Some(key), _) => maker.make(&spec, &key).map_err(failure)?,
        (None, Some(signature)) => {
            let signature = session.read(signature)?;
            let pending = maker.prepare(&spec).map_err(failure)?;
            pending.complete(&signature).map_err(failure)?
        }
        (None, None) => {
            let pending = maker.prepare(&spec).map_err(failure)?;
            return hand_out(session, arguments, &pending);
        }
    };
    write(session, arguments, &seal)?;
    note_faults(session, &seal);
    note_unjudged(session, arguments);
    Ok(Exit::Passed)
}

/// The maker's certificate, and its key if it is here.
fn maker(session: &Session, arguments: &SealMake) -> Result<(Certificate, Option<SoftwareKey>)> {
    let (Some(key), cert) = (&arguments.key, &arguments.cert) else {
        // clap asks for one of them.
        let cert = arguments.cert.as_deref().unwrap_or(Path::new(""));
        return Ok((material::certificate(session, cert)?, None));
    };
    let identity = Identity {
        cert: cert.clone(),
        key: key.clone(),
        password_file: arguments.password_file.clone(),
    };
    let maker = material::signatory(session, &identity)?;
    Ok((maker.certificate, Some(maker.key)))
}

/// Step a of making a seal (GM/T 0031-2025): the maker's certificate first. Without a root
/// there is nothing to judge it by, which [`note_unjudged`] says.
fn judge_maker(
    session: &Session,
    arguments: &SealMake,
    certificate: &Certificate,
    created: Time,
) -> Result<Exit> {
    if arguments.trust_maker.is_empty() {
        return Ok(Exit::Passed);
    }
    let mut anchors = Anchors::new();
    anchors.add_all(
        material::certificates(session, &arguments.trust_maker)?,
        AnchorRole::Maker,
    );
    let intermediates = material::certificates(session, &arguments.untrusted)?;
    let crls = material::crls(session, &arguments.crl)?;
    let mut request = PathRequest::new(certificate, &anchors, created);
    request.intermediates = &intermediates;
    request.crls = &crls;
    request.role = AnchorRole::Maker;
    request.purpose = Purpose::Maker;
    request.revocation = if crls.is_empty() {
        RevocationMode::IfAvailable
    } else {
        RevocationMode::Required
    };
    let report = request.judge();
    let exit = match report.outcome() {
        Verdict::Passed => Exit::Passed,
        Verdict::Failed => Exit::Failed,
        Verdict::Indeterminate | Verdict::NotChecked => Exit::Indeterminate,
    };
    if exit != Exit::Passed {
        session.talk(session.pick(
            "制章者证书未通过核验，没有制章：",
            "the maker's certificate did not pass, so no seal was made:",
        ));
        let mut out = session.out();
        screen::path(
            &mut out,
            session.language,
            &report,
            created,
            session.columns(),
        )?;
        out.flush()?;
    }
    Ok(exit)
}

fn note_unjudged(session: &Session, arguments: &SealMake) {
    if arguments.trust_maker.is_empty() {
        session.talk(session.pick(
            "注意：没有给出 --trust-maker，制章者证书的证书链和吊销状态未核验",
            "note: without --trust-maker the chain and revocation of the maker's certificate were not verified",
        ));
    }
}

/// A seal with a poor picture is a seal, and its maker should know.
fn note_faults(session: &Session, seal: &Seal) {
    for fault in faults(session, &seal.lint_picture()) {
        session.talk(&session.pick(format!("注意：{fault}"), format!("note: {fault}")));
    }
}

/// What the key must sign, to a file.
fn hand_out(session: &Session, arguments: &SealMake, pending: &PendingSeal) -> Result<Exit> {
    let Some(path) = &arguments.to_be_signed else {
        return Ok(Exit::Unreadable);
    };
    session.write(path, pending.to_be_signed(), arguments.force)?;
    let (path, algorithm) = (shown_path(path), pending.algorithm().name());
    session.talk(&session.pick(
        format!(
            "待签数据已写入 {path}；请用制章者私钥以 {algorithm} 签名，再以 --signature 完成制章"
        ),
        format!(
            "wrote what is to be signed to {path}; sign it with {algorithm}, then give --signature"
        ),
    ));
    Ok(Exit::Passed)
}

fn spec(session: &Session, arguments: &SealMake, created: Time) -> Result<SealSpec> {
    Ok(SealSpec {
        layout: match arguments.layout {
            LayoutName::V2014 => Layout::Gmt0031_2014,
            LayoutName::V2020 => Layout::Gbt38540_2020,
            LayoutName::V2025 => Layout::Gmt0031_2025,
        },
        id: arguments.id.clone(),
        seal_type: arguments.seal_type,
        name: arguments.name.clone(),
        signers: material::certificates(session, &arguments.signer)?,
        listing: match arguments.listing {
            ListingName::Certificates => Listing::Certificates,
            ListingName::Digests => Listing::Digests,
            ListingName::DigestsWithZ => Listing::DigestsWithZ,
        },
        create_date: created,
        valid_from: created,
        valid_until: created
            .checked_add(i64::from(arguments.days) * 86_400)
            .unwrap_or(created),
        picture: picture(session, arguments, created)?,
        extensions: extensions(session, arguments)?,
    })
}

fn extensions(session: &Session, arguments: &SealMake) -> Result<Vec<SesExtension>> {
    let extension = |(oid, path): &(String, PathBuf)| {
        let oid = Oid::parse(oid)
            .map_err(|error| Failure::library(session.language, "--extension", &error))?;
        Ok(SesExtension {
            oid,
            critical: false,
            value: session.read(path)?,
        })
    };
    arguments.extension.iter().map(extension).collect()
}

/// The picture of a file, or a drawn one.
fn picture(session: &Session, arguments: &SealMake, created: Time) -> Result<SealPicture> {
    if let (Some(path), Some(width_mm), Some(height_mm)) =
        (&arguments.picture, arguments.width_mm, arguments.height_mm)
    {
        return Ok(SealPicture {
            data: session.read(path)?,
            width_mm,
            height_mm,
        });
    }
    let picture = drawn::draw(session, &arguments.drawn, &arguments.name, created)?;
    if let Some(path) = &arguments.picture_out {
        session.write(path, &picture.data, arguments.force)?;
        let path = shown_path(path);
        session.talk(&session.pick(
            format!("图片已写入 {path}"),
            format!("wrote the picture to {path}"),
        ));
    }
    Ok(picture)
}

fn write(session: &Session, arguments: &SealMake, seal: &Seal) -> Result<Exit> {
    let Some(out) = &arguments.out else {
        return Ok(Exit::Unreadable);
    };
    session.write(out, seal.to_der(), arguments.force)?;
    let path = shown_path(out);
    session.talk(&session.pick(
        format!("印章已写入 {path}"),
        format!("wrote the seal to {path}"),
    ));
    Ok(Exit::Passed)
}

fn library(session: &Session, error: &yinxin::Error) -> Failure {
    Failure::library(session.language, session.pick("制章", "seal"), error)
}

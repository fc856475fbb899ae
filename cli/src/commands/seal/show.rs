//! `yinxin seal show`.

use std::io::Write;

use yinxin::pki::{Certificate, TimeStampToken};
use yinxin::seal::{PictureFormat, PictureLint, Seal};
use yinxin::ses::{CertificateList, SesExtension};

use super::read;
use crate::args::SealShow;
use crate::exit::Exit;
use crate::failure::{Result, shown_path};
use crate::screen::facts::Record;
use crate::session::Session;

/// Shows what a seal says of itself.
pub(crate) fn show(session: &Session, arguments: &SealShow) -> Result<Exit> {
    let bytes = session.read(&arguments.seal)?;
    let seal = read(session, &arguments.seal, &bytes)?;
    if let Some(path) = &arguments.picture {
        session.write(path, &seal.picture().data, arguments.force)?;
        let shown = shown_path(path);
        session.talk(&session.pick(
            format!("图片已写入 {shown}"),
            format!("wrote the picture to {shown}"),
        ));
    }
    let record = facts(session, &seal, arguments.json);
    let mut out = session.out();
    if arguments.json {
        writeln!(out, "{}", record.to_json())?;
    } else {
        record.write(&mut out, session.language)?;
    }
    out.flush()?;
    Ok(Exit::Passed)
}

fn facts(session: &Session, seal: &Seal, codes: bool) -> Record {
    let info = seal.ses().info();
    let mut record = Record::default();
    record.add("name", seal.name());
    record.add("id", seal.id());
    record.add("type", info.seal_type.to_string());
    record.add("standard", seal.layout().standard());
    record.add("version", info.header.version.to_string());
    record.add("vendor", &*info.header.vendor_id);
    record.add_some(
        "made_at",
        info.create_date.time.map(|time| time.to_string()),
    );
    record.add("valid_from", seal.valid_from().to_string());
    record.add("valid_until", seal.valid_until().to_string());
    record.add("maker", seal.maker().subject_name().to_string());
    record.add("listing", listing(seal.certificates()));
    record.add("signers", signers(seal.certificates()));
    record.add_some("time_stamp", time_stamp(seal));
    let extensions = info.extensions.iter().map(extension);
    record.add("extensions", extensions.collect::<Vec<_>>());
    record.add("picture", picture(session, seal, codes));
    let findings = seal
        .findings()
        .iter()
        .map(|finding| format!("{} · {}", finding.code.name(), finding.place));
    record.add("findings", findings.collect::<Vec<_>>());
    record
}

fn listing(list: &CertificateList) -> &'static str {
    match list {
        CertificateList::Certificates(_) => "certificates",
        CertificateList::Digests(_) => "digests",
    }
}

/// Subjects of certificates, else the digests, which name nobody.
fn signers(list: &CertificateList) -> Vec<String> {
    match list {
        CertificateList::Certificates(certificates) => certificates
            .iter()
            .map(|der| match Certificate::from_der(der) {
                Ok(certificate) => certificate.subject_name().to_string(),
                Err(_) => "?".to_owned(),
            })
            .collect(),
        CertificateList::Digests(digests) => digests
            .iter()
            .map(|digest| format!("{} {}", digest.kind, hex(&digest.value)))
            .collect(),
    }
}

/// What the token inside claims.
fn time_stamp(seal: &Seal) -> Option<String> {
    let token = seal.ses().time_stamp()?;
    Some(match TimeStampToken::parse(token) {
        Ok(token) => token.info().gen_time().to_string(),
        Err(_) => "?".to_owned(),
    })
}

fn extension(extension: &SesExtension) -> String {
    let critical = if extension.critical {
        " · critical"
    } else {
        ""
    };
    format!("{}{critical} · {} B", extension.oid, extension.value.len())
}

/// The picture as declared, as it is, and the rules it breaks: by `codes` alone, for programs.
fn picture(session: &Session, seal: &Seal, codes: bool) -> Record {
    let (declared, lint) = (seal.picture(), seal.lint_picture());
    let mut record = Record::default();
    record.add("declared", &*declared.kind);
    record.add_some("format", lint.format.map(PictureFormat::name));
    record.add(
        "size_mm",
        format!("{} × {}", declared.width_mm, declared.height_mm),
    );
    record.add_some(
        "pixels",
        lint.pixels
            .map(|(width, height)| format!("{width} × {height}")),
    );
    record.add_some("dpi", lint.dpi.map(|dpi| dpi.to_string()));
    record.add_some(
        "ink",
        lint.ink
            .map(|ink| format!("#{:02x}{:02x}{:02x}", ink.red, ink.green, ink.blue)),
    );
    record.add("size", declared.data.len());
    let faults = if codes {
        lint.faults
            .iter()
            .map(|fault| fault.code().to_owned())
            .collect()
    } else {
        faults(session, &lint)
    };
    record.add("faults", faults);
    record
}

/// The code and what it means.
pub(super) fn faults(session: &Session, lint: &PictureLint) -> Vec<String> {
    lint.faults
        .iter()
        .map(|fault| {
            format!(
                "{} · {}",
                fault.code(),
                session.pick(fault.chinese(), fault.english())
            )
        })
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

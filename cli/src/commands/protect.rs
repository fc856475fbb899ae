//! `yinxin protect`, `yinxin encrypt` and `yinxin decrypt` (GM/T 0099-2020 7.3, 7.4).

use std::path::Path;

use yinxin::encryption::{self, Access, Encryptor};
use yinxin::sign;

use crate::args::{Decrypt, Encrypt, Protect};
use crate::commands::material;
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::secrets;
use crate::session::Session;

/// Closes the list of a package's files.
pub(crate) fn protect(session: &Session, arguments: &Protect) -> Result<Exit> {
    let document = session.read(&arguments.file)?;
    let signer = material::signatory(session, &arguments.signer)?;
    let time = session.time(None)?;
    let closed = sign::prepare_integrity(&document, signer.certificate, time)
        .and_then(|pending| pending.sign(&signer.key))
        .map_err(|error| library(session, &arguments.file, &error))?;
    session.write(&arguments.out, &closed, arguments.force)?;
    let path = shown_path(&arguments.out);
    session.talk(&session.pick(
        format!("已加完整性清单：{path}"),
        format!("listed and signed: {path}"),
    ));
    Ok(Exit::Passed)
}

/// Encrypts a package for certificates, or for a password.
pub(crate) fn encrypt(session: &Session, arguments: &Encrypt) -> Result<Exit> {
    let document = session.read(&arguments.file)?;
    let mut encryptor = Encryptor::new(session.time(None)?);
    for path in &arguments.to {
        let certificate = material::certificate(session, path)?;
        let subject = certificate.subject_name();
        let name = subject
            .common_name()
            .map_or_else(|| subject.to_string(), str::to_owned);
        encryptor = encryptor
            .certificate(&name, certificate)
            .map_err(|error| library(session, path, &error))?;
    }
    if arguments.to.is_empty() {
        let password = secrets::new(session.language, arguments.password_file.as_deref())?;
        encryptor = encryptor
            .password(&arguments.user, &password)
            .map_err(|error| library(session, &arguments.file, &error))?;
    }
    let encrypted = encryptor
        .encrypt(&document)
        .map_err(|error| library(session, &arguments.file, &error))?;
    session.write(&arguments.out, &encrypted, arguments.force)?;
    let path = shown_path(&arguments.out);
    session.talk(&session.pick(format!("已加密：{path}"), format!("encrypted: {path}")));
    Ok(Exit::Passed)
}

/// Writes the plain package behind an encrypted one.
pub(crate) fn decrypt(session: &Session, arguments: &Decrypt) -> Result<Exit> {
    let document = session.read(&arguments.file)?;
    let password_file = arguments.password_file.as_deref();
    let plain = match &arguments.key {
        Some(path) => {
            let key = material::private_key(session, path, password_file)?;
            encryption::decrypt(&document, &Access::Key(&key))
        }
        None => {
            let named = shown_path(&arguments.file);
            let password = secrets::existing(session.language, password_file, &named)?;
            encryption::decrypt(&document, &Access::Password(&password))
        }
    };
    let plain = plain.map_err(|error| library(session, &arguments.file, &error))?;
    session.write_secret(&arguments.out, &plain, arguments.force)?;
    let path = shown_path(&arguments.out);
    session.talk(&session.pick(
        format!("已解密，尚未核验：{path}"),
        format!("decrypted, not verified: {path}"),
    ));
    Ok(Exit::Passed)
}

fn library(session: &Session, path: &Path, error: &yinxin::Error) -> Failure {
    Failure::library(session.language, &shown_path(path), error)
}

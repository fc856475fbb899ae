//! Certificates, revocation lists and keys that flags name.

use std::path::{Path, PathBuf};

use yinxin::crypto::SoftwareKey;
use yinxin::pki::{Certificate, Crl};
use zeroize::Zeroizing;

use crate::failure::{Failure, Result, shown_path};
use crate::secrets;
use crate::session::Session;

/// All certificates of all files; a file may hold several.
pub(crate) fn certificates(session: &Session, paths: &[PathBuf]) -> Result<Vec<Certificate>> {
    let mut all = Vec::new();
    for path in paths {
        let bytes = session.read(path)?;
        all.extend(
            Certificate::from_pem_or_der(&bytes)
                .map_err(|error| Failure::library(session.language, &shown_path(path), &error))?,
        );
    }
    Ok(all)
}

/// The first certificate of a file.
pub(crate) fn certificate(session: &Session, path: &Path) -> Result<Certificate> {
    certificates(session, &[path.to_owned()])?.into_iter().next().ok_or_else(|| {
        let path = shown_path(path);
        Failure::new(session.pick(format!("{path}：其中没有证书"), format!("{path}: holds no certificate")))
    })
}

/// All revocation lists of all files.
pub(crate) fn crls(session: &Session, paths: &[PathBuf]) -> Result<Vec<Crl>> {
    let mut all = Vec::new();
    for path in paths {
        let bytes = session.read(path)?;
        all.extend(
            Crl::from_pem_or_der(&bytes)
                .map_err(|error| Failure::library(session.language, &shown_path(path), &error))?,
        );
    }
    Ok(all)
}

/// A private key in PEM; a password is asked for only where the file is encrypted.
pub(crate) fn key(session: &Session, path: &Path, password: Option<&Path>) -> Result<SoftwareKey> {
    let named = shown_path(path);
    let bytes = Zeroizing::new(session.read(path)?);
    let text = std::str::from_utf8(&bytes).map_err(|_| {
        Failure::new(session.pick(format!("{named}：不是 PEM 文本"), format!("{named}: not PEM text")))
    })?;
    let password = match text.contains("ENCRYPTED") {
        true => Some(secrets::existing(session.language, password, &named)?),
        false => None,
    };
    SoftwareKey::from_pem(text, password.as_ref().map(|password| password.as_str()))
        .map_err(|error| Failure::library(session.language, &named, &error))
}

//! Certificates, revocation lists and keys that flags name.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use yinxin::ErrorKind;
use yinxin::crypto::{KeyStore, SoftwareKey};
use yinxin::pki::{Certificate, Crl, OcspResponse};
use zeroize::Zeroizing;

use crate::args::{Identity, PdfPassword};
use crate::failure::{Failure, Result, shown_path};
use crate::secrets;
use crate::session::Session;

/// What `open` makes of a document that may be encrypted: with the password of the file that is
/// named, else with none, and with one that is asked for where the document needs it.
pub(crate) fn opened<T>(
    session: &Session,
    document: &Path,
    password: &PdfPassword,
    open: impl Fn(&str) -> yinxin::Result<T>,
) -> Result<T> {
    let named = shown_path(document);
    let given = password.document_password_file.as_deref();
    let password = given.map(|file| secrets::existing(session.language, Some(file), &named));
    let tried = open(password.transpose()?.as_ref().map_or("", |given| given));
    let opened = match tried {
        Err(error) if given.is_none() && error.kind() == ErrorKind::WrongPassword => {
            if !std::io::stdin().is_terminal() {
                return Err(Failure::new(session.pick(
                    format!("{named}：已加密，请用 --document-password-file 指定口令文件"),
                    format!("{named}: is encrypted; name a file with --document-password-file"),
                )));
            }
            open(&secrets::existing(session.language, None, &named)?)
        }
        tried => tried,
    };
    opened.map_err(|error| Failure::library(session.language, &named, &error))
}

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
    certificates(session, &[path.to_owned()])?
        .into_iter()
        .next()
        .ok_or_else(|| {
            let path = shown_path(path);
            Failure::new(session.pick(
                format!("{path}：其中没有证书"),
                format!("{path}: holds no certificate"),
            ))
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

/// The OCSP responses of all files.
pub(crate) fn ocsp(session: &Session, paths: &[PathBuf]) -> Result<Vec<OcspResponse>> {
    let mut all = Vec::new();
    for path in paths {
        let bytes = session.read(path)?;
        all.push(
            OcspResponse::from_der(&bytes)
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
        Failure::new(session.pick(
            format!("{named}：不是 PEM 文本"),
            format!("{named}: not PEM text"),
        ))
    })?;
    let password = match text.contains("ENCRYPTED") {
        true => Some(secrets::existing(session.language, password, &named)?),
        false => None,
    };
    SoftwareKey::from_pem(text, password.as_ref().map(|password| password.as_str()))
        .map_err(|error| Failure::library(session.language, &named, &error))
}

/// A key and its certificate.
pub(crate) struct Signatory {
    /// The certificate.
    pub(crate) certificate: Certificate,
    /// The key.
    pub(crate) key: SoftwareKey,
}

/// Who signs, from PEM and a certificate beside it, or from PKCS#12.
pub(crate) fn signatory(session: &Session, identity: &Identity) -> Result<Signatory> {
    let (key, carried) = carried(session, &identity.key, identity.password_file.as_deref())?;
    let certificate = match (&identity.cert, carried) {
        (Some(path), _) => certificate(session, path)?,
        (None, Some(carried)) => carried,
        (None, None) => {
            return Err(Failure::new(session.pick(
                "需要私钥的证书：请用 --cert 指定",
                "the key's certificate is needed: name it with --cert",
            )));
        }
    };
    Ok(Signatory { certificate, key })
}

/// Who signs: a key with its certificate, or the certificate alone when the key is elsewhere.
pub(crate) fn signer(
    session: &Session,
    cert: Option<&Path>,
    key: Option<&Path>,
    password_file: Option<&Path>,
) -> Result<(Certificate, Option<SoftwareKey>)> {
    if let Some(key) = key {
        let identity = Identity {
            cert: cert.map(Path::to_owned),
            key: key.to_owned(),
            password_file: password_file.map(Path::to_owned),
        };
        let found = signatory(session, &identity)?;
        return Ok((found.certificate, Some(found.key)));
    }
    let path = cert.ok_or_else(|| {
        Failure::new(session.pick(
            "需要签名人的证书：请用 --cert 指定",
            "the signer's certificate is needed: name it with --cert",
        ))
    })?;
    Ok((certificate(session, path)?, None))
}

/// A private key, from PEM or PKCS#12.
pub(crate) fn private_key(
    session: &Session,
    path: &Path,
    password: Option<&Path>,
) -> Result<SoftwareKey> {
    carried(session, path, password).map(|(key, _)| key)
}

/// A private key and, in PKCS#12, the certificate that came with it.
fn carried(
    session: &Session,
    path: &Path,
    password: Option<&Path>,
) -> Result<(SoftwareKey, Option<Certificate>)> {
    let named = shown_path(path);
    let bytes = Zeroizing::new(session.read(path)?);
    if is_pem(&bytes) {
        return Ok((key(session, path, password)?, None));
    }
    let password = secrets::existing(session.language, password, &named)?;
    let library = |error| Failure::library(session.language, &named, &error);
    let store = KeyStore::from_pkcs12(&bytes, &password).map_err(library)?;
    let (key, certificates) = store.into_single().map_err(library)?;
    let own = certificates.first().map(|der| Certificate::from_der(der));
    Ok((key, own.transpose().map_err(library)?))
}

fn is_pem(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| text.contains("-----BEGIN"))
}

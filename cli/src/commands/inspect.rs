//! `yinxin inspect`: what a file says of itself. Nothing here is a verdict.

mod container;
mod signature;

use std::io::Write;

use yinxin::ErrorKind;
use yinxin::crypto::PublicKeyKind;
use yinxin::pdf::Document;
use yinxin::pki::{Certificate, Crl};
use yinxin::verify::{Format, Policy, Verifier};

use crate::args::Inspect;
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::screen::facts::Record;
use crate::secrets;
use crate::session::Session;

/// Shows what is inside one file.
pub(crate) fn run(session: &Session, arguments: &Inspect) -> Result<Exit> {
    let bytes = session.read(&arguments.file)?;
    let path = shown_path(&arguments.file);
    let password = arguments.document_password_file.as_deref();
    let password = password.map(|file| secrets::existing(session.language, Some(file), &path));
    let password = password.transpose()?.unwrap_or_default();
    let Some(record) = inspect(session, &bytes, &path, &password)? else {
        return Err(Failure::new(session.pick(
            format!("{path}：不是 OFD、PDF、印章、签名、证书或吊销列表，或已损坏"),
            format!(
                "{path}: no OFD, PDF, seal, signature, certificate or revocation list, or broken"
            ),
        )));
    };
    let mut out = session.out();
    if arguments.json {
        writeln!(out, "{}", record.to_json())?;
    } else {
        record.write(&mut out, session.language)?;
    }
    out.flush()?;
    Ok(Exit::Passed)
}

/// All facts, or `None` if the bytes are nothing that is known.
fn inspect(session: &Session, bytes: &[u8], path: &str, password: &str) -> Result<Option<Record>> {
    // The facts of a report do not hang on trust; its verdict is left aside.
    let verifier = Verifier::new(Policy::basic()).with_password(password);
    let report = verifier.verify(bytes, session.time(None)?);
    let mut record = Record::default();
    let document = &report.document;
    match document.format {
        Format::Unknown => return Ok(pki(bytes)),
        Format::Ofd => {
            record.add("format", "OFD");
            container::ofd(bytes, &mut record);
        }
        Format::Pdf => {
            record.add("format", "PDF");
            match Document::open_with_password(bytes, password) {
                Ok(document) => container::pdf(&document, &mut record),
                Err(error) if error.kind() == ErrorKind::WrongPassword && !password.is_empty() => {
                    return Err(Failure::library(session.language, path, &error));
                }
                Err(_) => {}
            }
        }
        Format::Seal => {
            record.add("format", "SESeal");
            container::seal(bytes, &mut record);
        }
        Format::SealSignature => record.add("format", "SES_Signature"),
        Format::Cms => {
            record.add("format", "CMS");
            container::message(bytes, &mut record);
        }
    }
    record.add("size", document.size);
    record.add("sm3", document.sm3.as_str());
    record.add("sha256", document.sha256.as_str());
    let signatures: Vec<Record> = report.signatures.iter().map(signature::record).collect();
    record.add("signatures", signatures);
    let findings: Vec<String> = report
        .findings
        .iter()
        .map(|finding| format!("{} · {}", finding.code.name(), finding.place))
        .collect();
    record.add("findings", findings);
    Ok(Some(record))
}

fn pki(bytes: &[u8]) -> Option<Record> {
    let mut record = Record::default();
    if let Ok(certificates) = Certificate::from_pem_or_der(bytes) {
        record.add(
            "certificates",
            certificates.iter().map(certificate).collect::<Vec<_>>(),
        );
    } else {
        let lists = Crl::from_pem_or_der(bytes).ok()?;
        record.add(
            "revocation_lists",
            lists.iter().map(crl).collect::<Vec<_>>(),
        );
    }
    Some(record)
}

/// The facts of a certificate.
fn certificate(certificate: &Certificate) -> Record {
    let mut record = Record::default();
    record.add("subject", certificate.subject_name().to_string());
    record.add("issuer", certificate.issuer_name().to_string());
    record.add("serial", certificate.serial_hex());
    record.add("valid_from", certificate.not_before().to_string());
    record.add("valid_until", certificate.not_after().to_string());
    if let Ok(key) = certificate.public_key() {
        record.add("key", key_name(key.kind()));
    }
    if let Ok(algorithm) = certificate.signature_algorithm() {
        record.add("algorithm", algorithm.name());
    }
    let authority = matches!(certificate.basic_constraints(), Ok(Some(limits)) if limits.ca);
    record.add("authority", if authority { "✓" } else { "✗" });
    record.add("sha256", fingerprint(certificate));
    record
}

fn fingerprint(certificate: &Certificate) -> String {
    certificate
        .fingerprint(yinxin::crypto::DigestAlgorithm::Sha256)
        .to_hex()
}

fn crl(list: &Crl) -> Record {
    let mut record = Record::default();
    record.add("issuer", list.issuer_name().to_string());
    record.add("this_update", list.this_update().to_string());
    record.add_some(
        "next_update",
        list.next_update().map(|time| time.to_string()),
    );
    record.add("entries", list.len());
    record
}

fn key_name(kind: PublicKeyKind) -> String {
    match kind {
        PublicKeyKind::Sm2 => "SM2".to_owned(),
        PublicKeyKind::P256 => "P-256".to_owned(),
        PublicKeyKind::P384 => "P-384".to_owned(),
        PublicKeyKind::Rsa { bits } => format!("RSA {bits}"),
        PublicKeyKind::Ed25519 => "Ed25519".to_owned(),
        _ => "?".to_owned(),
    }
}

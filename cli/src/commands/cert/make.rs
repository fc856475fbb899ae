//! Certificates for tests and demonstrations.

use yinxin::asn1::named;
use yinxin::crypto::{DigestAlgorithm, Signer};
use yinxin::pki::{CertificateBuilder, KeyUsage, Name};
use yinxin::{Error, Time};

use crate::args::CertMake;
use crate::commands::material;
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::session::Session;

/// Bytes of a serial number: enough never to meet the same twice.
const SERIAL_BYTES: usize = 16;

/// Makes a root, an intermediate or a signer's certificate.
pub(crate) fn make(session: &Session, arguments: &CertMake) -> Result<Exit> {
    let key = material::key(session, &arguments.key, arguments.password_file.as_deref())?;
    let now = session.time(None)?;
    let library = |error: Error| {
        Failure::library(
            session.language,
            session.pick("证书", "certificate"),
            &error,
        )
    };
    let builder = describe(arguments, &key, now).map_err(library)?;
    let certificate = match (&arguments.issuer, &arguments.issuer_key) {
        (Some(issuer), Some(issuer_key)) => {
            let issuer = material::certificate(session, issuer)?;
            let password = arguments.issuer_password_file.as_deref();
            let issuer_key = material::key(session, issuer_key, password)?;
            builder.sign(&issuer, &issuer_key)
        }
        _ => builder.self_sign(&key),
    }
    .map_err(library)?;
    session.write(
        &arguments.out,
        certificate.to_pem().as_bytes(),
        arguments.force,
    )?;
    let path = shown_path(&arguments.out);
    session.talk(&session.pick(
        format!("证书已写入 {path}"),
        format!("wrote the certificate to {path}"),
    ));
    Ok(Exit::Passed)
}

fn describe(
    arguments: &CertMake,
    key: &dyn Signer,
    now: Time,
) -> yinxin::Result<CertificateBuilder> {
    let mut attributes = vec![(named::COUNTRY, "CN")];
    if let Some(organization) = &arguments.organization {
        attributes.push((named::ORGANIZATION, organization.as_str()));
    }
    attributes.push((named::COMMON_NAME, arguments.common_name.as_str()));
    let subject = Name::build(&attributes)?;
    let until = now
        .checked_add(i64::from(arguments.days) * 86_400)
        .unwrap_or(now);
    let public_key = key.public_key().clone();
    let serial = serial(public_key.spki(), now);
    let builder = CertificateBuilder::new(subject, public_key, &serial, now, until);
    Ok(if arguments.authority {
        builder.authority(None)
    } else {
        builder
            .end_entity()
            .key_usage(KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION))
    })
}

/// A serial number that another key or second does not repeat; positive.
pub(crate) fn serial(spki: &[u8], now: Time) -> Vec<u8> {
    let named = [spki, now.unix().to_be_bytes().as_slice()].concat();
    let digest = DigestAlgorithm::Sha256.digest(&named);
    let mut serial: Vec<u8> = digest
        .as_bytes()
        .iter()
        .copied()
        .take(SERIAL_BYTES)
        .collect();
    if let Some(first) = serial.first_mut() {
        *first = *first & 0x3f | 0x40;
    }
    serial
}

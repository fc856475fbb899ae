//! Whether seal and signer may be used for this signature (GB/T 38540-2020 7.2 a). Chains and
//! revocation need trust material and are judged by whoever verifies.

use crate::crypto::Sm2Id;
use crate::error::{Error, ErrorKind, Result};
use crate::pki::Certificate;
use crate::ses::{CertificateList, Listed, SesSeal};
use crate::time::Time;

/// The signer's certificate is in its validity.
pub(super) fn signer(certificate: &Certificate, time: Time) -> Result<()> {
    if time < certificate.not_before() || time > certificate.not_after() {
        return Err(Error::new(
            ErrorKind::InvalidArgument,
            "the time of signing lies outside the signer certificate's validity",
        )
        .with("not_before", certificate.not_before())
        .with("not_after", certificate.not_after()));
    }
    Ok(())
}

/// The seal is genuine, in its validity, and made for this signer.
pub(super) fn seal(seal: &SesSeal, signer: &Certificate, time: Time) -> Result<()> {
    let maker = Certificate::from_der(seal.maker_certificate())?;
    seal.verify_maker_signature(maker.public_key()?, &Sm2Id::default())
        .map_err(|error| unusable("the maker's signature on the seal does not verify", &error))?;
    let info = seal.info();
    let (start, end) = (info.valid_start.time, info.valid_end.time);
    if start.is_none_or(|start| start > time) || end.is_none_or(|end| time > end) {
        return Err(Error::new(
            ErrorKind::SealUnusable,
            "the time of signing lies outside the seal's validity",
        ));
    }
    match info.certificates.find(signer.der(), signer.public_key()?) {
        Listed::ByCertificate { .. } | Listed::ByDigest { .. } => Ok(()),
        Listed::No if renewed(&info.certificates, signer) => Err(Error::new(
            ErrorKind::SignerRenewed,
            "the seal lists an older certificate of the signer: the seal must be made anew",
        )),
        Listed::No => Err(Error::new(
            ErrorKind::SignerNotInSeal,
            "the signer's certificate is not in the seal's list",
        )),
    }
}

fn unusable(message: &'static str, cause: &Error) -> Error {
    Error::new(ErrorKind::SealUnusable, message).with("cause", cause.message())
}

fn renewed(list: &CertificateList, signer: &Certificate) -> bool {
    let CertificateList::Certificates(certificates) = list else {
        return false;
    };
    certificates
        .iter()
        .filter_map(|der| Certificate::from_der(der).ok())
        .any(|listed| {
            listed.subject_name().matches(signer.subject_name())
                && listed.issuer_name().matches(signer.issuer_name())
        })
}

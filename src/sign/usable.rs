//! Whether seal and signer may be used for this signature (GB/T 38540-2020 7.2 a). Chains and
//! revocation need trust material and are judged by whoever verifies.

use crate::error::{Error, ErrorKind, Result};
use crate::pki::Certificate;
use crate::seal::Seal;
use crate::ses::{Listed, SesSeal};
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
    let seal = Seal::new(seal.clone())?;
    if !seal.is_valid_at(time) {
        return Err(Error::new(
            ErrorKind::SealUnusable,
            "the time of signing lies outside the seal's validity",
        ));
    }
    match seal.find_signer(signer)? {
        Listed::ByCertificate { .. } | Listed::ByDigest { .. } => Ok(()),
        Listed::No if seal.lists_renewed(signer) => Err(Error::new(
            ErrorKind::SignerRenewed,
            "the seal lists an older certificate of the signer: the seal must be made anew",
        )),
        Listed::No => Err(Error::new(
            ErrorKind::SignerNotInSeal,
            "the signer's certificate is not in the seal's list",
        )),
    }
}

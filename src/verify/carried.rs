//! Evidence that travels with what it is about, in a PDF's store or in a message: it helps like
//! evidence handed in, and is believed no more, since every part of it is signed by whoever must
//! vouch for it.

use std::borrow::Cow;

use super::Verifier;
use crate::pki::cms::CarriedEvidence;
use crate::pki::{Crl, OcspResponse};

/// Pieces of one kind that are tried: those of some signatures and their time stamps. More would
/// let a file buy time with evidence that nothing needs.
const MAX_PIECES: usize = 64;

/// The verifier with carried evidence beside what it was given.
pub(super) fn with_evidence<'v>(
    verifier: &'v Verifier,
    carried: &CarriedEvidence,
) -> Cow<'v, Verifier> {
    if carried.is_empty() {
        return Cow::Borrowed(verifier);
    }
    let certificates = read(&carried.certificates, |der| verifier.read_certificate(der));
    let crls = read(&carried.crls, Crl::from_der);
    let ocsps = read(&carried.ocsps, OcspResponse::from_der);
    let own = certificates.fold(verifier.clone(), Verifier::with_intermediate);
    let own = crls.fold(own, Verifier::with_crl);
    Cow::Owned(ocsps.fold(own, Verifier::with_ocsp))
}

/// Those that can be read; the others are of no use, and no harm.
fn read<T>(
    pieces: &[Vec<u8>],
    from_der: impl Fn(&[u8]) -> crate::Result<T>,
) -> impl Iterator<Item = T> {
    let pieces = pieces.iter().take(MAX_PIECES);
    pieces.filter_map(move |der| from_der(der).ok())
}

//! Seals that list digests of certificates in place of certificates (certListType 2). No real file
//! with them is known; `oracles::digest_lists` lets Bouncy Castle make some.

use yinxin::asn1;
use yinxin::crypto::{DigestAlgorithm, Sm2Id};
use yinxin::ses::Layout;

use super::{Case, vectors};
use crate::pki::{Sealed, world};

vectors! {
    /// Passes: the digest is the plain SM3 of the signer's certificate.
    fn sm3(layout in SINCE_2020) { listed(layout, "SM3", DigestAlgorithm::Sm3) }

    /// Passes: the digest is named by its object identifier.
    fn sm3_by_identifier(layout in SINCE_2020) {
        listed(layout, "1.2.156.10197.1.401", DigestAlgorithm::Sm3)
    }

    /// Passes: the digest's name is the maker's own, so that it is taken for SM3.
    fn sm3_by_own_name(layout in SINCE_2020) { listed(layout, "CertHash", DigestAlgorithm::Sm3) }

    /// Passes: the digest is SHA-256 and says so.
    fn sha256(layout in SINCE_2020) { listed(layout, "SHA256", DigestAlgorithm::Sha256) }

    /// Passes, and says so: the digest is SM3 over Z ‖ certificate.
    fn sm3_over_z(layout in SINCE_2020) {
        let signer = &world().signer.certificate;
        let key = signer.public_key().unwrap();
        let digest = key.sm2_digest(&Sm2Id::default(), signer.der()).unwrap();
        of_digests(layout, &[("SM3", digest.as_bytes())])
    }

    /// Passes: the signer's digest is the second of two.
    fn second_of_two(layout in SINCE_2020) {
        let digest = |certificate: &[u8]| DigestAlgorithm::Sm3.digest(certificate);
        let other = digest(world().other_signer.certificate.der());
        let own = digest(world().signer.certificate.der());
        of_digests(layout, &[("SM3", other.as_bytes()), ("SM3", own.as_bytes())])
    }

    /// Refused solely because the digest is of another signer's certificate.
    fn digest_of_another(layout in SINCE_2020) {
        let digest = DigestAlgorithm::Sm3.digest(world().other_signer.certificate.der());
        of_digests(layout, &[("SM3", digest.as_bytes())])
    }

    /// Refused solely because the digest is SM3 over another signer's Z ‖ the certificate.
    fn sm3_over_anothers_z(layout in SINCE_2020) {
        let key = world().other_signer.certificate.public_key().unwrap();
        let digest = key.sm2_digest(&Sm2Id::default(), world().signer.certificate.der()).unwrap();
        of_digests(layout, &[("SM3", digest.as_bytes())])
    }

    /// Refused solely because the digest is named SHA-256 and is SM3.
    fn sm3_named_sha256(layout in SINCE_2020) {
        let digest = DigestAlgorithm::Sm3.digest(world().signer.certificate.der());
        of_digests(layout, &[("SHA256", digest.as_bytes())])
    }

    /// Refused solely because the digest is cut short.
    fn digest_cut(layout in SINCE_2020) {
        let digest = DigestAlgorithm::Sm3.digest(world().signer.certificate.der());
        of_digests(layout, &[("SM3", &digest.as_bytes()[..16])])
    }

    /// Tolerated solely because certListType announces certificates, over a list of digests.
    fn announced_as_certificates(layout in SINCE_2020) {
        let digest = DigestAlgorithm::Sm3.digest(world().signer.certificate.der());
        let list = digest_list(&[("SM3", digest.as_bytes())]);
        Case::tolerated(Sealed::with_spoilt_seal(layout, |seal| seal.set("certList", list)))
    }
}

fn listed(layout: Layout, name: &str, algorithm: DigestAlgorithm) -> Case {
    let digest = algorithm.digest(world().signer.certificate.der());
    of_digests(layout, &[(name, digest.as_bytes())])
}

fn of_digests(layout: Layout, digests: &[(&str, &[u8])]) -> Case {
    Case::new(Sealed::with_spoilt_seal(layout, |seal| {
        seal.set("certListType", asn1::integer(2));
        seal.set("certList", digest_list(digests));
    }))
}

fn digest_list(digests: &[(&str, &[u8])]) -> Vec<u8> {
    let entry = |(name, value): &(&str, &[u8])| {
        asn1::sequence(&[asn1::printable(name), asn1::octets(value)])
    };
    let entries: Vec<_> = digests.iter().map(entry).collect();
    asn1::sequence(&entries)
}

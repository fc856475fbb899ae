//! A collection of certificates and lists, signed again with SM2: every key becomes an SM2 key, a
//! signature is made anew by whoever made it before, and one that never verified still does not.

use yinxin::asn1::{self, Reader, Tag, Tlv};
use yinxin::crypto::{DigestAlgorithm, PublicKey, SignatureAlgorithm, Signer, Sm2Id, SoftwareKey};
use yinxin::pki::{Certificate, Crl, Name};

use super::Files;

/// The collection under SM2 keys; DSA keys and what they signed are left out.
pub(super) fn with_sm2(files: &Files) -> Files {
    let all: Vec<&Certificate> = files.certificates.values().collect();
    let rsa = |certificate: &&Certificate| certificate.public_key().is_ok();
    let certificates = files
        .certificates
        .iter()
        .filter(|(_, certificate)| rsa(certificate))
        .filter(|(_, certificate)| certificate.signature_algorithm().is_ok())
        .map(|(name, certificate)| (name.clone(), certificate_again(certificate, &all)));
    let crls = files
        .crls
        .iter()
        .filter(|(_, crl)| crl.signature_algorithm().is_ok())
        .map(|(name, crl)| (name.clone(), crl_again(crl, &all)));
    Files {
        certificates: certificates.collect(),
        crls: crls.collect(),
    }
}

fn certificate_again(certificate: &Certificate, all: &[&Certificate]) -> Certificate {
    let signer = signer(all, certificate.issuer_name(), |key| {
        certificate.verify_signed_by(key, &Sm2Id::default()).is_ok()
    });
    let tbs = Tlv::parse(certificate.tbs()).unwrap();
    let mut fields = tbs.reader().unwrap();
    let mut written = Vec::new();
    if let Some(version) = fields.optional(Tag::context(0)).unwrap() {
        written.push(version.raw().to_vec());
    }
    written.push(fields.read().unwrap().raw().to_vec());
    skip_algorithm(&mut fields, &mut written);
    for _issuer_validity_subject in 0..3 {
        written.push(fields.read().unwrap().raw().to_vec());
    }
    let key = sm2_key(fields.read().unwrap().raw());
    written.push(key.public_key().spki().to_vec());
    written.push(fields.rest().to_vec());
    Certificate::from_der(&signed(&written, &signer)).unwrap()
}

fn crl_again(crl: &Crl, all: &[&Certificate]) -> Crl {
    let signer = signer(all, crl.issuer_name(), |key| {
        crl.verify_signed_by(key, &Sm2Id::default()).is_ok()
    });
    let outer = Tlv::parse(crl.der()).unwrap();
    let tbs = outer.reader().unwrap().read().unwrap();
    let mut fields = tbs.reader().unwrap();
    let mut written = Vec::new();
    if let Some(version) = fields.optional(Tag::INTEGER).unwrap() {
        written.push(version.raw().to_vec());
    }
    skip_algorithm(&mut fields, &mut written);
    written.push(fields.rest().to_vec());
    Crl::from_der(&signed(&written, &signer)).unwrap()
}

fn skip_algorithm(fields: &mut Reader<'_>, written: &mut Vec<Vec<u8>>) {
    fields.read().unwrap();
    written.push(SignatureAlgorithm::Sm2Sm3.to_identifier());
}

/// The SM2 key of whoever made a signature, most likely one of this name; of nobody where none of
/// all keys did.
fn signer(all: &[&Certificate], name: &Name, verifies: impl Fn(&PublicKey) -> bool) -> SoftwareKey {
    let named = |one: &&&Certificate| one.subject_name().matches(name);
    let found = all
        .iter()
        .filter(named)
        .chain(all.iter().filter(|one| !named(one)))
        .find(|one| one.public_key().is_ok_and(&verifies));
    match found {
        Some(certificate) => sm2_key(certificate.spki()),
        None => sm2_key(b"nobody"),
    }
}

/// A key for a key: the same for the same, however often it is certified.
fn sm2_key(of: &[u8]) -> SoftwareKey {
    let digest = DigestAlgorithm::Sm3.digest(of);
    let mut scalar: [u8; 32] = digest.as_bytes().try_into().unwrap();
    scalar[0] &= 0x7f;
    SoftwareKey::from_sm2_scalar(&scalar).unwrap()
}

fn signed(fields: &[Vec<u8>], key: &SoftwareKey) -> Vec<u8> {
    let tbs = asn1::sequence(fields);
    let signature = key.sign(&tbs).unwrap();
    asn1::sequence(&[
        tbs,
        SignatureAlgorithm::Sm2Sm3.to_identifier(),
        asn1::bits(&signature),
    ])
}

//! Signers and makers whose keys are not SM2.

use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use yinxin::asn1::{self, named};
use yinxin::crypto::{
    DigestAlgorithm, KeyStore, PublicKey, SignatureAlgorithm, Signer, SoftwareKey,
};
use yinxin::pki::{Certificate, CertificateBuilder, KeyUsage, Name};
use yinxin::ses::{CertificateList, Layout, Picture, SealDraft, SesSeal, SignatureDraft};
use yinxin::sign::{Request, prepare};

use super::{Case, vectors};
use crate::pki::{SIGNED_AT, Sealed, affix, small_unsigned, stamp_png, time, world};

vectors! {
    /// Passes: an RSA signer; files are digested by SM3, Signature.xml by SHA-256.
    fn rsa_signer(layout in ALL) { signed(layout, &rsa(true)) }

    /// Passes: an RSA maker of an SM2 signer's seal.
    fn rsa_maker(layout in ALL) { made(layout, &rsa(false)) }

    /// Refused solely because the RSA signer's value is another's.
    fn rsa_value_of_another(layout in ALL) {
        Case::new(sealed_by(layout, &rsa(true), Some(b"another TBS_Sign")))
    }

    /// Passes: a P-256 signer.
    fn p256_signer(layout in ALL) { signed(layout, &p256(true)) }

    /// Passes: a P-256 maker of an SM2 signer's seal.
    fn p256_maker(layout in ALL) { made(layout, &p256(false)) }

    /// Passes: an RSA signer without a seal.
    fn rsa_message(_layout in ANY) { message(&rsa(true)) }

    /// Passes: a P-256 signer without a seal.
    fn p256_message(_layout in ANY) { message(&p256(true)) }

    /// Refused solely because the P-256 signer's value is another's.
    fn p256_value_of_another(layout in ALL) {
        Case::new(sealed_by(layout, &p256(true), Some(b"another TBS_Sign")))
    }
}

/// A certificate and whatever signs for it.
struct AnyParty {
    certificate: Certificate,
    key: Box<dyn Signer>,
}

/// The RSA key of a committed key file.
fn rsa(signer: bool) -> AnyParty {
    let file = include_bytes!("../../vectors/keystore/clear_certificate.p12");
    let store = KeyStore::from_pkcs12(file, "777777").unwrap();
    let (key, _): (SoftwareKey, _) = store.into_single().unwrap();
    certified(Box::new(key), 41, signer)
}

fn p256(signer: bool) -> AnyParty {
    let key = SigningKey::from_slice(&[42; 32]).unwrap();
    let point = key.verifying_key().to_sec1_point(false);
    let algorithm = asn1::sequence(&[asn1::oid(named::EC_PUBLIC_KEY), asn1::oid(named::P256)]);
    let spki = asn1::sequence(&[algorithm, asn1::bits(point.as_bytes())]);
    let public_key = PublicKey::from_spki(&spki).unwrap();
    certified(Box::new(P256 { key, public_key }), 42, signer)
}

/// P-256 with nonces by RFC 6979, so that values are the same every time.
struct P256 {
    key: SigningKey,
    public_key: PublicKey,
}

impl Signer for P256 {
    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha256)
    }

    fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    fn sign(&self, message: &[u8]) -> yinxin::Result<Vec<u8>> {
        let value: Signature = self.key.sign(message);
        Ok(value.to_der().as_bytes().to_vec())
    }
}

fn certified(key: Box<dyn Signer>, serial: u8, signer: bool) -> AnyParty {
    let world = world();
    let authority = if signer {
        &world.signer_authority
    } else {
        &world.maker_authority
    };
    let name = Name::build(&[(named::COMMON_NAME, "某某市示范局")]).unwrap();
    let (from, until) = (time("2025-01-01"), time("2035-01-01"));
    let certificate =
        CertificateBuilder::new(name, key.public_key().clone(), &[serial], from, until)
            .end_entity()
            .key_usage(KeyUsage::DIGITAL_SIGNATURE)
            .sign(&authority.certificate, &authority.key)
            .unwrap();
    AnyParty { certificate, key }
}

fn seal_for(layout: Layout, listed: &Certificate, maker: &AnyParty) -> SesSeal {
    let draft = SealDraft {
        layout,
        vendor_id: "YINXIN".to_owned(),
        id: "34990000000002".to_owned(),
        seal_type: 1,
        name: "某某市示范局公章".to_owned(),
        certificates: CertificateList::Certificates(vec![listed.der().to_vec()]),
        create_date: time("2026-01-05T00:00:00Z"),
        valid_start: time("2026-01-05T00:00:00Z"),
        valid_end: time("2031-01-05T00:00:00Z"),
        picture: Picture {
            kind: "PNG".to_owned(),
            data: stamp_png(),
            width_mm: 42,
            height_mm: 42,
        },
        extensions: Vec::new(),
    };
    let unsigned = draft
        .prepare(maker.certificate.der(), maker.key.algorithm())
        .unwrap();
    let value = maker.key.sign(unsigned.to_be_signed()).unwrap();
    unsigned.complete(&value, None).unwrap()
}

fn made(layout: Layout, maker: &AnyParty) -> Case {
    let seal = seal_for(layout, &world().signer.certificate, maker);
    Case::tolerated(affix(&small_unsigned(), seal, &world().signer))
}

fn signed(layout: Layout, signer: &AnyParty) -> Case {
    Case::tolerated(sealed_by(layout, signer, None))
}

/// Signed without a seal.
fn message(signer: &AnyParty) -> Case {
    let request = Request::sign(signer.certificate.clone(), time(SIGNED_AT));
    let pending = prepare(&small_unsigned(), request).unwrap();
    Case::tolerated(pending.sign(signer.key.as_ref()).unwrap())
}

/// Sealed by the signer; with the value taken over something else where that is given.
fn sealed_by(layout: Layout, signer: &AnyParty, other: Option<&[u8]>) -> Vec<u8> {
    let mut sealed = Sealed::of(layout);
    let seal = listing(layout, signer);
    let file = sealed.archive.find("/Signature.xml");
    let method = signer.key.algorithm().oid().to_string();
    sealed.archive.edit(&file, "1.2.156.10197.1.501", &method);
    sealed.put_seal(seal.raw());
    let digest = DigestAlgorithm::Sha256.digest(sealed.archive.get(&file));
    let draft = SignatureDraft {
        seal: &seal,
        time: time(SIGNED_AT),
        data_hash: digest.as_bytes(),
        property_info: &format!("/{file}"),
        signer_certificate: signer.certificate.der(),
        algorithm: signer.key.algorithm(),
        extensions: &[],
    };
    let unsigned = draft.prepare().unwrap();
    let message = other.unwrap_or(unsigned.to_be_signed());
    let value = signer.key.sign(message).unwrap();
    sealed.with(unsigned.complete(&value, None).unwrap().raw().to_vec())
}

/// The signer's seal, by the world's maker.
fn listing(layout: Layout, signer: &AnyParty) -> SesSeal {
    let world = world();
    let key = SoftwareKey::from_sm2_scalar(&[3; 32]).unwrap();
    let maker = AnyParty {
        certificate: world.maker.certificate.clone(),
        key: Box::new(key),
    };
    seal_for(layout, &signer.certificate, &maker)
}

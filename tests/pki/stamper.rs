//! A time stamping authority. Its tokens are made by this library, so they show what verification
//! does with them, not that they are right; other programs' tokens do that.

use yinxin::Time;
use yinxin::asn1::{self, named};
use yinxin::crypto::{DigestAlgorithm, Signer, SoftwareKey};
use yinxin::pdf::{Document, SignatureOptions, add_signature};
use yinxin::pki::cms::{Flavor, SignedDataBuilder, SignedShape};
use yinxin::pki::{Certificate, CertificateBuilder, Name};

use super::{Party, time};

/// An authority for time stamping alone.
pub(crate) struct TimeStamper {
    pub(crate) certificate: Certificate,
    key: SoftwareKey,
}

impl TimeStamper {
    pub(crate) fn new() -> Self {
        let key = stamping_key();
        let certificate = unsigned(&key).self_sign(&key).unwrap();
        Self { certificate, key }
    }

    /// One that another authority certifies, and may revoke.
    pub(crate) fn certified_by(authority: &Party) -> Self {
        let key = stamping_key();
        let certificate = unsigned(&key)
            .sign(&authority.certificate, &authority.key)
            .unwrap();
        Self { certificate, key }
    }

    /// The document with a time stamp over all of it.
    pub(crate) fn stamp_pdf(&self, document: &[u8], at: Time) -> Vec<u8> {
        let document = Document::open(document).unwrap();
        let options = SignatureOptions::new("Stamp", "ETSI.RFC3161");
        let prepared = add_signature(&document, &options).unwrap();
        let token = self.token(&prepared.digest_input(), at);
        prepared.complete(&token).unwrap()
    }

    /// A token over some bytes (RFC 3161 2.4.2).
    pub(crate) fn token(&self, stamped: &[&[u8]], at: Time) -> Vec<u8> {
        let digest = DigestAlgorithm::Sm3.digest(&stamped.concat());
        let algorithm = asn1::sequence(&[asn1::oid(named::SM3)]);
        let info = asn1::sequence(&[
            asn1::integer(1),
            asn1::oid(named::SM2_WITH_SM3),
            asn1::sequence(&[algorithm, asn1::octets(digest.as_bytes())]),
            asn1::integer(1),
            asn1::generalized_time(at),
        ]);
        let certificate = self.certificate.clone();
        let shape = SignedShape::Attached;
        SignedDataBuilder::new(Flavor::Cms, shape, certificate, self.key.algorithm())
            .content_type(named::TST_INFO)
            .bind_certificate()
            .sign(&[&info], &self.key)
            .unwrap()
    }
}

fn stamping_key() -> SoftwareKey {
    SoftwareKey::from_sm2_scalar(&[77; 32]).unwrap()
}

fn unsigned(key: &SoftwareKey) -> CertificateBuilder {
    let name = Name::build(&[(named::COMMON_NAME, "某某时间戳示范机构")]).unwrap();
    let (from, until) = (time("2025-01-01"), time("2035-01-01"));
    CertificateBuilder::new(name, key.public_key().clone(), &[77], from, until)
        .end_entity()
        .extended_key_usage(&[named::PURPOSE_TIME_STAMPING], true)
}

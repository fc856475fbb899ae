//! Seals and signatures made here, and published ones where they are at hand.

mod interop;
mod tolerance;
mod writing;

use super::*;
use crate::Time;
use crate::asn1::{self, Oid, Tag, Tlv};
use crate::crypto::{DigestAlgorithm, PublicKey, SignatureAlgorithm, Signer, Sm2Id, SoftwareKey};

const LAYOUTS: [Layout; 3] = [
    Layout::Gmt0031_2014,
    Layout::Gbt38540_2020,
    Layout::Gmt0031_2025,
];

fn maker() -> SoftwareKey {
    SoftwareKey::from_sm2_scalar(&[0x11; 32]).unwrap()
}

fn signer() -> SoftwareKey {
    SoftwareKey::from_sm2_scalar(&[0x22; 32]).unwrap()
}

/// What stands for a certificate: as far as this module looks, one is a SEQUENCE.
fn certificate(of: &SoftwareKey) -> Vec<u8> {
    asn1::sequence(&[asn1::octets(of.public_key().key_bits())])
}

fn at(text: &str) -> Time {
    Time::parse(text).unwrap()
}

fn draft(layout: Layout) -> SealDraft {
    SealDraft {
        layout,
        vendor_id: "yinxin".to_owned(),
        id: "50011200000001".to_owned(),
        seal_type: 1,
        name: "某某市示范局".to_owned(),
        certificates: CertificateList::Certificates(vec![certificate(&signer())]),
        create_date: at("2026-01-02T03:04:05Z"),
        valid_start: at("2026-01-02T03:04:05Z"),
        valid_end: at("2031-01-02T03:04:05Z"),
        picture: Picture {
            kind: "PNG".to_owned(),
            data: vec![0x89, b'P', b'N', b'G'],
            width_mm: 42,
            height_mm: 40,
        },
        extensions: vec![
            SesExtension {
                oid: Oid::parse("1.2.3.4").unwrap(),
                critical: false,
                value: vec![1, 2],
            },
            SesExtension {
                oid: Oid::parse("1.2.3.5").unwrap(),
                critical: true,
                value: vec![],
            },
        ],
    }
}

fn complete_seal(draft: &SealDraft) -> SesSeal {
    let unsigned = draft
        .prepare(&certificate(&maker()), SignatureAlgorithm::Sm2Sm3)
        .unwrap();
    let value = maker().sign(unsigned.to_be_signed()).unwrap();
    unsigned.complete(&value, None).unwrap()
}

fn seal(layout: Layout) -> SesSeal {
    complete_seal(&draft(layout))
}

fn unsigned_signature(seal: &SesSeal) -> UnsignedSignature {
    let hash = DigestAlgorithm::Sm3.digest(b"Signature.xml");
    SignatureDraft {
        seal,
        time: at("2026-02-03T04:05:06Z"),
        data_hash: hash.as_bytes(),
        property_info: "/Doc_0/Signs/Sign_0/Signature.xml",
        signer_certificate: &certificate(&signer()),
        algorithm: SignatureAlgorithm::Sm2Sm3,
        extensions: &[],
    }
    .prepare()
    .unwrap()
}

fn signature(layout: Layout) -> SesSignature {
    let seal = seal(layout);
    let unsigned = unsigned_signature(&seal);
    let value = signer().sign(unsigned.to_be_signed()).unwrap();
    unsigned.complete(&value, None).unwrap()
}

/// The key of a real certificate: its subjectPublicKeyInfo is the field after the subject.
fn certificate_key(der: &[u8]) -> PublicKey {
    let tbs = Tlv::parse(der).unwrap().reader().unwrap().read().unwrap();
    let mut fields = tbs.reader().unwrap();
    fields.optional(Tag::context(0)).unwrap();
    for _ in ["serial", "signature", "issuer", "validity", "subject"] {
        fields.read().unwrap();
    }
    PublicKey::from_spki(fields.read().unwrap().raw()).unwrap()
}

fn verify_seal(seal: &SesSeal) -> crate::Result<Vec<crate::Finding>> {
    let key = certificate_key(seal.maker_certificate());
    seal.verify_maker_signature(&key, &Sm2Id::default())
}

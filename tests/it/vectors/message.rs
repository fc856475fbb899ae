//! GB/T 35275 signatures (Type Sign): the shapes that real files have, and their defects.

use yinxin::asn1::{self, Oid, Tag, Tlv, named};
use yinxin::crypto::{DigestAlgorithm, Signer};

use yinxin::sign::{Request, prepare};

use super::{Case, vectors};
use crate::pki::{Archive, Party, SIGNED_AT, small_unsigned, time, world};

vectors! {
    /// Passes: signed attributes over the digest, the value over the attributes.
    fn shape_a(_layout in ANY) { Case::tolerated(signed(&Message::new())) }

    /// Passes: the message as the library writes it.
    fn shape_a_as_written(_layout in ANY) { Case::tolerated(package().write()) }

    /// Passes: no attributes; the content is the digest of Signature.xml.
    fn shape_b(_layout in ANY) {
        Case::tolerated(signed(&Message { attributes: false, digest_as_content: true, ..Message::new() }))
    }

    /// Passes: no attributes, the value over Signature.xml itself.
    fn detached_without_attributes(_layout in ANY) {
        Case::tolerated(signed(&Message { attributes: false, ..Message::new() }))
    }

    /// Passes: a value alone, with the certificate from elsewhere; it is judged as of now.
    fn shape_c(_layout in ANY) {
        Case::tolerated(bare(&world().signer)).with_signer_certificate(&world().signer.certificate)
    }

    /// Open solely because a value alone comes without a certificate.
    fn shape_c_without_certificate(_layout in ANY) { Case::new(bare(&world().signer)) }

    /// Refused solely because a value alone is by another key than the certificate's.
    fn shape_c_of_another(_layout in ANY) {
        Case::new(bare(&world().company)).with_signer_certificate(&world().signer.certificate)
    }

    /// Tolerated solely because a national message names its content by the international
    /// identifier, as 6 of 14 real ones do.
    fn content_type_international(_layout in ANY) {
        Case::tolerated(signed(&Message { content_type: named::CMS_DATA, ..Message::new() }))
    }

    /// Passes: SM2-with-SM3 in the place of SM2.
    fn algorithm_with_digest(_layout in ANY) {
        Case::tolerated(signed(&Message { algorithm: named::SM2_WITH_SM3, ..Message::new() }))
    }

    /// Tolerated solely because the curve stands in the place of the signature algorithm.
    fn algorithm_variant(_layout in ANY) {
        Case::tolerated(signed(&Message { algorithm: named::SM2_CURVE, ..Message::new() }))
    }

    /// Tolerated solely because the message's own type is the international one and its content's
    /// type the national one.
    fn content_type_variant(_layout in ANY) {
        Case::tolerated(signed(&Message { message_type: named::CMS_SIGNED_DATA, ..Message::new() }))
    }

    /// Tolerated solely because the signed attributes are not in the order of DER.
    fn attribute_order(_layout in ANY) {
        Case::tolerated(signed(&Message { reversed: true, ..Message::new() }))
    }

    /// Tolerated solely because the message is in BER, with an indefinite length.
    fn ber(_layout in ANY) {
        let der = Message::new().over(&description(), &world().signer);
        let content = Tlv::parse(&der).unwrap().content().to_vec();
        let ber = [&[0x30, 0x80][..], &content, &[0, 0]].concat();
        Case::tolerated(with_value(ber))
    }

    /// Tolerated solely because the signature value is raw r‖s.
    fn value_raw(_layout in ANY) {
        Case::tolerated(signed(&Message { raw: true, ..Message::new() }))
    }

    /// Refused solely because messageDigest is of another file.
    fn digest_of_another_file(_layout in ANY) {
        Case::new(with_value(Message::new().over(b"another file", &world().signer)))
    }

    /// Refused solely because the value was made by another key than the certificate's.
    fn value_of_another_key(_layout in ANY) {
        let party = Party {
            certificate: world().signer.certificate.clone(),
            key: crate::pki::key(9),
        };
        Case::new(with_value(Message::new().over(&description(), &party)))
    }

    /// Open solely because the message carries no certificate.
    fn certificate_missing(_layout in ANY) {
        Case::new(signed(&Message { certificate: false, ..Message::new() }))
    }

    /// Passes: the message carries no certificate, and the caller has it.
    fn certificate_given(_layout in ANY) {
        Case::tolerated(signed(&Message { certificate: false, ..Message::new() }))
            .with_signer_certificate(&world().signer.certificate)
    }

    /// Refused solely because the page was changed after signing.
    fn file_changed(_layout in ANY) {
        let mut archive = package();
        archive.edit("Doc_0/Pages/Page_0/Content.xml", "示范文件", "示范文书");
        Case::new(archive.write())
    }

    /// Open solely because the signer's certificate leads to no root that is known.
    fn signer_unknown(_layout in ANY) {
        Case::new(with_value(Message::new().over(&description(), &world().stranger)))
    }
}

/// A message to be written by hand.
struct Message {
    message_type: Oid,
    content_type: Oid,
    algorithm: Oid,
    attributes: bool,
    reversed: bool,
    digest_as_content: bool,
    certificate: bool,
    raw: bool,
}

impl Message {
    fn new() -> Self {
        Self {
            message_type: named::GM_SIGNED_DATA,
            content_type: named::GM_DATA,
            algorithm: named::SM2_SIGN,
            attributes: true,
            reversed: false,
            digest_as_content: false,
            certificate: true,
            raw: false,
        }
    }

    fn over(&self, content: &[u8], signer: &Party) -> Vec<u8> {
        let digest = DigestAlgorithm::Sm3.digest(content);
        let sm3 = asn1::sequence(&[asn1::oid(named::SM3)]);
        let mut inner = vec![asn1::oid(self.content_type)];
        if self.digest_as_content {
            inner.push(asn1::context(0, &[asn1::octets(digest.as_bytes())]));
        }
        let attributes = self
            .attributes
            .then(|| self.signed_attributes(digest.as_bytes()));
        let message = match &attributes {
            Some(attributes) => asn1::tlv(Tag::SET, attributes),
            None if self.digest_as_content => digest.as_bytes().to_vec(),
            None => content.to_vec(),
        };
        let mut value = signer.key.sign(&message).unwrap();
        if self.raw {
            value = super::encoding::raw(&value);
        }
        let issuer = asn1::sequence(&[
            signer.certificate.issuer_name().der().to_vec(),
            asn1::unsigned(signer.certificate.serial()),
        ]);
        let mut info = vec![asn1::integer(1), issuer, sm3.clone()];
        info.extend(attributes.map(|attributes| asn1::tlv(Tag::context(0), &attributes)));
        info.push(asn1::sequence(&[asn1::oid(self.algorithm)]));
        info.push(asn1::octets(&value));
        let mut data = vec![
            asn1::integer(1),
            asn1::set_of(&[sm3]),
            asn1::sequence(&inner),
        ];
        if self.certificate {
            data.push(asn1::context(0, &[signer.certificate.der()]));
        }
        data.push(asn1::set_of(&[asn1::sequence(&info)]));
        asn1::sequence(&[
            asn1::oid(self.message_type),
            asn1::context(0, &[asn1::sequence(&data)]),
        ])
    }

    /// The attributes one after another, without the tag of their set.
    fn signed_attributes(&self, digest: &[u8]) -> Vec<u8> {
        let attribute =
            |oid, value: Vec<u8>| asn1::sequence(&[asn1::oid(oid), asn1::set_of(&[value])]);
        let attributes = vec![
            attribute(named::CONTENT_TYPE, asn1::oid(self.content_type)),
            attribute(named::SIGNING_TIME, asn1::x509_time(time(SIGNED_AT))),
            attribute(named::MESSAGE_DIGEST, asn1::octets(digest)),
        ];
        let set = asn1::set_of(&attributes);
        let mut sorted = Tlv::parse(&set)
            .unwrap()
            .reader()
            .unwrap()
            .read_all(3)
            .unwrap();
        if self.reversed {
            sorted.reverse();
        }
        sorted.iter().flat_map(|tlv| tlv.raw().to_vec()).collect()
    }
}

/// The small document, signed without a seal.
fn package() -> Archive {
    let signer = &world().signer;
    let request = Request::sign(signer.certificate.clone(), time(SIGNED_AT));
    let signed = prepare(&small_unsigned(), request)
        .unwrap()
        .sign(&signer.key)
        .unwrap();
    Archive::read(&signed)
}

fn description() -> Vec<u8> {
    let archive = package();
    archive.get(&archive.find("/Signature.xml")).to_vec()
}

fn with_value(value: Vec<u8>) -> Vec<u8> {
    let mut archive = package();
    let file = archive.find("SignedValue.dat");
    archive.put(&file, value);
    archive.write()
}

fn signed(message: &Message) -> Vec<u8> {
    with_value(message.over(&description(), &world().signer))
}

/// A value alone, over Signature.xml.
fn bare(signer: &Party) -> Vec<u8> {
    with_value(signer.key.sign(&description()).unwrap())
}

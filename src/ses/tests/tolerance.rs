//! One defect at a time in an otherwise strict structure: what is read and what is named.

use super::*;
use crate::FindingCode::{self, *};
use crate::error::ErrorKind;
use crate::finding::Finding;

/// A structure taken apart, to be spoilt in one place and put together again.
#[derive(Clone, Debug)]
enum Node {
    Leaf(Vec<u8>),
    Branch(Tag, Vec<Node>),
}

impl Node {
    fn read(der: &[u8]) -> Self {
        let tlv = Tlv::parse(der).unwrap();
        if !tlv.tag().is_constructed() {
            return Self::Leaf(der.to_vec());
        }
        let children = tlv.reader().unwrap().read_all(100).unwrap();
        let children = children.iter().map(|child| Self::read(child.raw()));
        Self::Branch(tlv.tag(), children.collect())
    }

    fn write(&self) -> Vec<u8> {
        match self {
            Self::Leaf(raw) => raw.clone(),
            Self::Branch(tag, children) => {
                let content: Vec<u8> = children.iter().flat_map(Self::write).collect();
                asn1::tlv(*tag, &content)
            }
        }
    }

    fn children(&mut self) -> &mut Vec<Node> {
        match self {
            Self::Branch(_, children) => children,
            Self::Leaf(_) => panic!("no children"),
        }
    }

    fn at(&mut self, path: &[usize]) -> &mut Node {
        path.iter()
            .fold(self, |node, index| &mut node.children()[*index])
    }

    fn set(&mut self, path: &[usize], raw: Vec<u8>) {
        *self.at(path) = Self::Leaf(raw);
    }

    fn content(&mut self, path: &[usize]) -> Vec<u8> {
        let raw = self.at(path).write();
        Tlv::parse(&raw).unwrap().content().to_vec()
    }
}

const V4: Layout = Layout::Gbt38540_2020;
const V1: Layout = Layout::Gmt0031_2014;

fn codes(findings: &[Finding]) -> Vec<(FindingCode, &str)> {
    findings
        .iter()
        .map(|finding| (finding.code, finding.place.as_str()))
        .collect()
}

fn spoilt_seal(layout: Layout, spoil: impl FnOnce(&mut Node)) -> SesSeal {
    let mut node = Node::read(seal(layout).raw());
    spoil(&mut node);
    SesSeal::from_der(&node.write()).unwrap()
}

fn spoilt_signature(layout: Layout, spoil: impl FnOnce(&mut Node)) -> SesSignature {
    let mut node = Node::read(signature(layout).raw());
    spoil(&mut node);
    SesSignature::from_der(&node.write()).unwrap()
}

fn verify(seal: &SesSeal) -> crate::Result<Vec<Finding>> {
    seal.verify_maker_signature(maker().public_key(), &Sm2Id::default())
}

/// Signs a changed structure anew, as its careless maker would have.
fn resign(node: &mut Node, layout: Layout, form: impl Fn(&[u8]) -> Vec<u8>) {
    let der = maker()
        .sign(&SesSeal::from_der(&node.write()).unwrap().signed_bytes())
        .unwrap();
    let path: &[usize] = if layout == V1 { &[1, 2] } else { &[3] };
    node.set(path, form(&der));
}

#[test]
fn version_numbers_never_decide_between_2014_and_later() {
    for version in [1, 2, 3, 11] {
        let seal = spoilt_seal(V1, |n| n.set(&[0, 0, 1], asn1::integer(version)));
        assert_eq!((seal.layout(), seal.findings()), (V1, &[][..]));
    }
    let place = "eSealInfo.header.version";
    for (layout, version) in [(V1, 4), (V1, 5), (V4, 1), (Layout::Gmt0031_2025, 4)] {
        let seal = spoilt_seal(layout, |n| {
            n.set(&[0, 0, 1], asn1::integer(version));
            if layout == Layout::Gmt0031_2025 {
                // A time stamp makes it one of 2025, whatever its number.
                let stamp = asn1::context(0, &[asn1::bits(&[1])]);
                n.children().push(Node::Leaf(stamp));
            }
        });
        assert_eq!(seal.layout(), layout);
        assert_eq!(codes(seal.findings()), [(VersionMismatch, place)]);
    }
    // Four elements and the number 5: only the number tells.
    let seal = spoilt_seal(V4, |n| n.set(&[0, 0, 1], asn1::integer(5)));
    assert_eq!(
        (seal.layout(), seal.findings()),
        (Layout::Gmt0031_2025, &[][..])
    );
}

#[test]
fn a_signature_of_another_version_than_its_seal_is_named() {
    let read = spoilt_signature(V4, |n| n.set(&[0, 0], asn1::integer(1)));
    assert_eq!(read.layout(), V4);
    assert_eq!(
        codes(read.findings()),
        [(VersionMismatch, "toSign.version")]
    );
    let read = spoilt_signature(V4, |n| n.set(&[0, 1], seal(V1).raw().to_vec()));
    assert_eq!(
        codes(read.findings()),
        [
            (VersionMismatch, "toSign.version"),
            (VersionMismatch, "toSign.eseal")
        ]
    );
}

#[test]
fn header_and_texts() {
    let seal = spoilt_seal(V4, |n| n.set(&[0, 0, 0], asn1::ia5("EZ")));
    assert_eq!(codes(seal.findings()), [(HeaderId, "eSealInfo.header.ID")]);
    let seal = spoilt_seal(V4, |n| n.set(&[0, 1], asn1::utf8("编码")));
    assert_eq!(codes(seal.findings()), [(TextType, "eSealInfo.esID")]);
    assert_eq!(seal.info().id, "编码");
    let seal = spoilt_seal(V4, |n| n.set(&[0, 0, 2], asn1::ia5("厂商")));
    assert_eq!(codes(seal.findings()), [(TextType, "eSealInfo.header.Vid")]);
    assert_eq!(seal.info().header.vendor_id, "厂商");
}

#[test]
fn certificate_lists() {
    let strict = seal(V4).info().certificates.clone();
    for number in [2, 3] {
        let seal = spoilt_seal(V4, |n| n.set(&[0, 2, 2], asn1::integer(number)));
        assert!(seal.info().certificates == strict);
        let place = "eSealInfo.property.certListType";
        assert_eq!(codes(seal.findings()), [(CertListType, place)]);
    }
    let text = |n: &mut Node| {
        let der = n.content(&[0, 2, 2, 0]);
        n.set(&[0, 2, 2, 0], asn1::tlv(Tag::IA5_STRING, &der));
    };
    let seal = spoilt_seal(V1, text);
    assert!(seal.info().certificates == strict);
    let place = "eSealInfo.property.certList[0]";
    assert_eq!(codes(seal.findings()), [(CertificateAsText, place)]);

    let mut mixed = Node::read(super::seal(V4).raw());
    let digest = asn1::sequence(&[asn1::printable("SM3"), asn1::octets(&[1; 32])]);
    mixed.at(&[0, 2, 3]).children().push(Node::Leaf(digest));
    let error = SesSeal::from_der(&mixed.write()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Malformed);
}

#[test]
fn dates() {
    let local = asn1::tlv(Tag::GENERALIZED_TIME, b"20260102110405");
    let seal = spoilt_seal(V4, |n| n.set(&[0, 2, 4], local));
    let place = "eSealInfo.property.createDate";
    assert_eq!(codes(seal.findings()), [(ZonelessTime, place)]);
    assert_eq!(
        seal.info().create_date.time,
        Some(at("2026-01-02T03:04:05Z"))
    );

    let short = asn1::tlv(Tag::GENERALIZED_TIME, b"260102030405Z");
    let seal = spoilt_seal(V4, |n| n.set(&[0, 2, 6], short));
    let place = "eSealInfo.property.validEnd";
    assert_eq!(codes(seal.findings()), [(MalformedTime, place)]);
    assert_eq!(seal.info().valid_end.time, None);
    assert_eq!(seal.info().valid_end.raw, b"260102030405Z");

    let newer = asn1::generalized_time(at("2026-01-02T03:04:05Z"));
    let seal = spoilt_seal(V1, |n| n.set(&[0, 2, 4], newer));
    let place = "eSealInfo.property.validStart";
    assert_eq!(codes(seal.findings()), [(TimeForm, place)]);
    assert_eq!(
        seal.info().valid_start.time,
        Some(at("2026-01-02T03:04:05Z"))
    );

    let local = asn1::tlv(Tag::GENERALIZED_TIME, b"20260203120506");
    let read = spoilt_signature(V4, |n| n.set(&[0, 2], local));
    assert_eq!(codes(read.findings()), [(ZonelessTime, "toSign.timeInfo")]);
    assert_eq!(read.time().time, Some(at("2026-02-03T04:05:06Z")));

    let text = asn1::bits(b"2026-02-03 12:05:06");
    let read = spoilt_signature(V1, |n| n.set(&[0, 2], text));
    let place = "toSign.timeInfo";
    assert_eq!(
        codes(read.findings()),
        [(ZonelessTime, place), (TimeForm, place)]
    );
    assert_eq!(read.time().time, Some(at("2026-02-03T04:05:06Z")));
}

#[test]
fn extensions_by_tag_and_default() {
    let strict = seal(V4).info().extensions.clone();
    for layout in [V1, V4] {
        let seal = spoilt_seal(layout, |n| {
            let list = n.at(&[0, 4]).write();
            n.set(&[0, 4], asn1::context(0, &[list]));
        });
        assert_eq!(seal.info().extensions, strict);
        assert_eq!(
            codes(seal.findings()),
            [(ExtensionTag, "eSealInfo.extDatas")]
        );
    }
    let seal = spoilt_seal(V4, |n| {
        n.at(&[0, 4, 0])
            .children()
            .insert(1, Node::Leaf(asn1::boolean(false)));
    });
    assert_eq!(seal.info().extensions, strict);
    let place = "eSealInfo.extDatas[0].critical";
    assert_eq!(codes(seal.findings()), [(EncodedDefault, place)]);

    let item = asn1::sequence(&[asn1::oid(Oid::parse("1.2.3").unwrap()), asn1::octets(&[9])]);
    let list = asn1::sequence(&[&item]);
    let two = asn1::context(0, &[&item, &item]);
    for (element, count, findings) in [
        (asn1::context(0, &[&list]), 1, vec![]),
        (list, 1, vec![(ExtensionTag, "toSign.extDatas")]),
        (
            asn1::context(0, &[&item]),
            1,
            vec![(ExtensionTag, "toSign.extDatas")],
        ),
        (two, 2, vec![(ExtensionTag, "toSign.extDatas")]),
    ] {
        let read = spoilt_signature(V4, |n| n.at(&[0]).children().push(Node::Leaf(element)));
        assert_eq!(read.extensions().len(), count);
        assert!(read.extensions().iter().all(|one| one.value == [9]));
        assert_eq!(codes(read.findings()), findings);
    }
}

#[test]
fn a_nested_picture_is_remarked() {
    let seal = spoilt_seal(V4, |n| n.set(&[0, 3, 0], asn1::ia5("ofd")));
    let place = "eSealInfo.picture.type";
    assert_eq!(codes(seal.findings()), [(NestedPicture, place)]);
}

#[test]
fn swapped_strings() {
    let seal = spoilt_seal(V4, |n| {
        let value = n.content(&[3])[1..].to_vec();
        n.set(&[3], asn1::octets(&value));
    });
    assert_eq!(codes(seal.findings()), [(StringSwap, "signedValue")]);
    assert_eq!(verify(&seal).unwrap(), []);

    let hash = DigestAlgorithm::Sm3.digest(b"Signature.xml");
    let swapped = asn1::octets(hash.as_bytes());
    let read = spoilt_signature(V1, |n| n.set(&[0, 3], swapped));
    assert_eq!(codes(read.findings()), [(StringSwap, "toSign.dataHash")]);
    assert_eq!(read.data_hash(), hash.as_bytes());

    let utc = asn1::octets(&asn1::x509_time(at("2026-02-03T04:05:06Z")));
    let read = spoilt_signature(V1, |n| n.set(&[0, 2], utc));
    assert_eq!(codes(read.findings()), [(StringSwap, "toSign.timeInfo")]);
    assert_eq!(read.time().time, Some(at("2026-02-03T04:05:06Z")));
}

#[test]
fn extra_wrappings_of_2014() {
    let seal = spoilt_seal(V1, |n| {
        let info = n.at(&[1]).write();
        n.set(&[1], asn1::bits(&info));
    });
    assert_eq!(seal.layout(), V1);
    assert_eq!(codes(seal.findings()), [(ExtraWrapping, "signInfo")]);
    assert_eq!(verify(&seal).unwrap(), []);
    assert_eq!(recognize(seal.raw()), BlobKind::Seal);

    let read = spoilt_signature(V1, |n| {
        let seal = n.at(&[0, 1]).write();
        n.set(&[0, 1], asn1::octets(&seal));
    });
    assert_eq!(read.seal().raw(), super::seal(V1).raw());
    assert_eq!(codes(read.findings()), [(ExtraWrapping, "toSign.eseal")]);
    assert_eq!(verify(read.seal()).unwrap(), []);
}

#[test]
fn a_seals_findings_are_listed_inside_its_signature() {
    let mut spoilt = Node::read(seal(V4).raw());
    spoilt.set(&[0, 2, 2], asn1::integer(3));
    let read = spoilt_signature(V4, |n| n.set(&[0, 1], spoilt.write()));
    let place = "toSign.eseal.eSealInfo.property.certListType";
    assert_eq!(codes(read.findings()), [(CertListType, place)]);
}

#[test]
fn bit_strings_with_unused_bits() {
    let with_unused =
        |bits: Vec<u8>, unused: u8| asn1::tlv(Tag::BIT_STRING, &[&[unused], &bits[1..]].concat());
    let seal = spoilt_seal(V4, |n| {
        let bits = n.content(&[3]);
        n.set(&[3], with_unused(bits, 1));
    });
    assert_eq!(codes(seal.findings()), [(UnusedBits, "signedValue")]);
    assert_eq!(verify(&seal).unwrap(), []);

    let read = spoilt_signature(V4, |n| {
        let bits = n.content(&[0, 3]);
        n.set(&[0, 3], with_unused(bits, 3));
    });
    assert_eq!(codes(read.findings()), [(UnusedBits, "toSign.dataHash")]);
    let hash = DigestAlgorithm::Sm3.digest(b"Signature.xml");
    assert_eq!(read.data_hash(), hash.as_bytes());
}

#[test]
fn digests_that_lost_zeros_are_completed() {
    let mut hash = [7; 32];
    hash[30..].fill(0);
    for kept in [30, 31] {
        let read = spoilt_signature(V4, |n| n.set(&[0, 3], asn1::bits(&hash[..kept])));
        assert_eq!(
            codes(read.findings()),
            [(TrimmedBitString, "toSign.dataHash")]
        );
        assert_eq!(read.data_hash()[..kept], hash[..kept]);
        assert!(read.data_hash()[kept..].iter().all(|byte| *byte == 0));
        assert_eq!(read.data_hash().len(), 32);
    }
    // A digest that is shorter still is another digest.
    let read = spoilt_signature(V4, |n| n.set(&[0, 3], asn1::bits(&hash[..20])));
    assert_eq!((read.data_hash(), read.findings()), (&hash[..20], &[][..]));
}

#[test]
fn signature_values_in_each_form_met() {
    for layout in LAYOUTS {
        let place = if layout == V1 {
            "signInfo.signData"
        } else {
            "signedValue"
        };
        let seal = spoilt_seal(layout, |n| {
            resign(n, layout, |der| {
                let value = crate::crypto::Sm2Signature::from_der(der).unwrap();
                asn1::bits(&value.to_raw())
            });
        });
        assert_eq!(seal.findings(), []);
        let named = verify(&seal).unwrap();
        assert_eq!(codes(&named), [(RawSignatureValue, place)]);
    }
    // Look for a name whose signature has a number that reads as negative without its zero.
    let negative = (0..64).find_map(|round| {
        let mut draft = draft(V4);
        draft.name = format!("示范章{round}");
        let strict = complete_seal(&draft);
        let value = crate::crypto::Sm2Signature::from_der(strict.signature_value()).unwrap();
        let needs_zero = value.r[0] >= 0x80 && value.s[0] >= 0x80;
        needs_zero.then_some((strict, value))
    });
    let (strict, value) = negative.unwrap();
    let mut node = Node::read(strict.raw());
    let numbers = [value.r, value.s].map(|number| asn1::tlv(Tag::INTEGER, &number));
    node.set(&[3], asn1::bits(&asn1::sequence(&numbers)));
    let seal = SesSeal::from_der(&node.write()).unwrap();
    let named = verify(&seal).unwrap();
    assert_eq!(codes(&named), [(NegativeInteger, "signedValue")]);
}

#[test]
fn an_algorithm_of_another_key_is_no_mismatch_but_unsupported() {
    let rsa = asn1::oid(asn1::named::RSA_WITH_SHA256);
    let seal = spoilt_seal(V4, |n| n.set(&[2], rsa));
    let error = verify(&seal).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnsupportedAlgorithm);

    let bare = asn1::oid(asn1::named::SM2_SIGN);
    let seal = spoilt_seal(V4, |n| n.set(&[2], bare));
    let named = verify(&seal).unwrap();
    assert_eq!(codes(&named), [(AlgorithmVariant, "signAlgID")]);
}

#[test]
fn property_info_keeps_its_bytes() {
    let gbk = asn1::tlv(Tag::IA5_STRING, &[0xb7, 0xb6, 0xce, 0xa7]);
    let read = spoilt_signature(V4, |n| n.set(&[0, 4], gbk));
    assert_eq!(read.property_info(), [0xb7, 0xb6, 0xce, 0xa7]);
    let place = "toSign.propertyInfo";
    assert_eq!(codes(read.findings()), [(PropertyInfoNotAscii, place)]);
    let read = spoilt_signature(V4, |n| n.set(&[0, 4], asn1::utf8("/Doc_0")));
    assert_eq!(codes(read.findings()), [(TextType, place)]);
}

#[test]
fn one_changed_bit_of_what_is_signed_breaks_the_signature() {
    for layout in LAYOUTS {
        let seal = spoilt_seal(layout, |n| n.set(&[0, 2, 0], asn1::integer(2)));
        assert_eq!(
            verify(&seal).unwrap_err().kind(),
            ErrorKind::SignatureMismatch
        );
        let read = spoilt_signature(layout, |n| n.set(&[0, 4], asn1::ia5("/Doc_1")));
        let verified = read.verify_value(signer().public_key(), &Sm2Id::default());
        assert_eq!(verified.unwrap_err().kind(), ErrorKind::SignatureMismatch);
    }
    // In 2014 the maker's certificate is signed as well, later it is not.
    for (layout, path) in [(V1, &[1, 0][..]), (V4, &[1])] {
        let other = asn1::octets(&certificate(&signer()));
        let seal = spoilt_seal(layout, |n| n.set(path, other));
        assert_eq!(verify(&seal).is_ok(), layout == V4);
    }
}

#[test]
fn limits_hold() {
    let der = certificate(&signer());
    let refused = |spoil: &dyn Fn(&mut Node)| {
        let mut node = Node::read(seal(V4).raw());
        spoil(&mut node);
        SesSeal::from_der(&node.write()).unwrap_err().kind()
    };
    let list = asn1::sequence(&vec![asn1::octets(&der); 1025]);
    let kind = refused(&|n| n.set(&[0, 2, 3], list.clone()));
    assert_eq!(kind, ErrorKind::LimitExceeded);
    let item = asn1::sequence(&[asn1::oid(asn1::named::SM3), asn1::octets(&[])]);
    let extensions = asn1::sequence(&vec![item; 65]);
    let kind = refused(&|n| n.set(&[0, 4], extensions.clone()));
    assert_eq!(kind, ErrorKind::LimitExceeded);
    let kind = refused(&|n| n.set(&[0, 2, 1], asn1::utf8(&"a".repeat(1025))));
    assert_eq!(kind, ErrorKind::LimitExceeded);
    let kind = SesSeal::from_der(&vec![0x30; (16 << 20) + 1]).unwrap_err();
    assert_eq!(kind.kind(), ErrorKind::LimitExceeded);
}

#[test]
fn every_truncation_is_malformed_and_names_an_offset() {
    let whole = signature(V4).raw().to_vec();
    for length in 0..whole.len() {
        let error = SesSignature::from_der(&whole[..length]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Malformed);
        assert!(error.context().any(|(key, _)| key == "offset"));
    }
    // One kind of structure is not read as the other.
    assert!(SesSeal::from_der(&whole).is_err());
    assert!(SesSignature::from_der(seal(V4).raw()).is_err());
}

#[test]
fn an_error_names_its_field() {
    let mut node = Node::read(seal(V4).raw());
    node.set(&[0, 3, 2], asn1::ia5("wide"));
    let error = SesSeal::from_der(&node.write()).unwrap_err();
    let field = ("field", "eSealInfo.picture.width");
    assert!(error.context().any(|entry| entry == field), "{error}");
}

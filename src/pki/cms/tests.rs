use super::*;
use crate::asn1;
use crate::crypto::{
    DigestAlgorithm, KeyKind, PublicKeyKind, SignatureAlgorithm, Signer, Sm2Id, SoftwareKey,
};
use crate::pki::testing::{Party, interop, root, signer, sm2_key, time};
use crate::pki::{CertificateBuilder, Name};
use proptest::prelude::*;

fn party() -> (Party, Party) {
    let root = root("根", 1);
    let leaf = signer("签名人", 2, &root);
    (root, leaf)
}

fn builder(flavor: Flavor, shape: SignedShape, leaf: &Party) -> SignedDataBuilder {
    SignedDataBuilder::new(
        flavor,
        shape,
        leaf.certificate.clone(),
        SignatureAlgorithm::Sm2Sm3,
    )
}

fn check(data: &SignedData, content: Option<&[&[u8]]>) -> SignerCheck {
    let signer = data.single_signer().unwrap();
    data.check(signer, content, &[], &Sm2Id::default())
}

#[test]
fn every_shape_and_flavor_verifies_what_was_signed_and_nothing_else() {
    let (_, leaf) = party();
    for flavor in [Flavor::Gm, Flavor::Cms] {
        for shape in [
            SignedShape::DetachedWithAttributes,
            SignedShape::DetachedBare,
            SignedShape::DigestAsContent,
            SignedShape::Attached,
        ] {
            let der = builder(flavor, shape, &leaf)
                .sign(&[b"first ", b"second"], &leaf.key)
                .unwrap();
            let data = SignedData::parse(&der).unwrap();
            assert_eq!((data.flavor(), data.findings()), (flavor, &[][..]));
            let good = check(&data, Some(&[b"first second"]));
            assert_eq!(good.shape, shape);
            assert_eq!(good.certificate.as_ref(), Some(&leaf.certificate));
            assert!(good.digest.is_ok() && good.value.is_ok(), "{shape:?}");
            assert!(good.findings.is_empty());

            let other = check(&data, Some(&[b"first third"]));
            assert!(other.digest.is_err() || other.value.is_err(), "{shape:?}");
            let absent = check(&data, None);
            let complete = shape == SignedShape::Attached || shape == SignedShape::DigestAsContent;
            assert_eq!(absent.digest.is_ok(), complete, "{shape:?}");
        }
    }
}

#[test]
fn attributes_are_typed_and_bound_to_the_certificate() {
    let (root, leaf) = party();
    let der = builder(Flavor::Gm, SignedShape::DetachedWithAttributes, &leaf)
        .signing_time(time("2026-11-22T08:00:00Z"))
        .bind_certificate()
        .certificates(std::slice::from_ref(&root.certificate))
        .sign(&[b"x"], &leaf.key)
        .unwrap();
    let data = SignedData::parse(&der).unwrap();
    assert_eq!(data.certificates().len(), 2);
    let found = check(&data, Some(&[b"x"]));
    assert_eq!(found.signing_time, Some(time("2026-11-22T08:00:00Z")));
    assert_eq!(found.binding.unwrap(), CertificateBinding::Matches);

    // A twin: same issuer, serial number and key, another certificate.
    let twin = crate::pki::testing::builder("另一人", 2).sign(&root.certificate, &root.key);
    let attributes = data.signers()[0].signed_attributes().unwrap();
    assert_eq!(
        attributes.names_certificate(&twin.unwrap()).unwrap(),
        Some(false)
    );
}

#[test]
fn signing_is_refused_where_the_value_does_not_fit() {
    let (_, leaf) = party();
    let pending = builder(Flavor::Gm, SignedShape::DetachedWithAttributes, &leaf)
        .prepare(&[b"x"])
        .unwrap();
    let foreign = sm2_key(7).sign(pending.to_be_signed()).unwrap();
    let error = pending.complete(&foreign, None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SignatureMismatch);
    let bare = builder(Flavor::Gm, SignedShape::DetachedBare, &leaf).bind_certificate();
    assert_eq!(
        bare.prepare(&[]).unwrap_err().kind(),
        ErrorKind::InvalidArgument
    );
}

#[test]
fn padding_is_zeros_and_only_where_asked_for() {
    let (_, leaf) = party();
    let mut der = builder(Flavor::Cms, SignedShape::DetachedWithAttributes, &leaf)
        .sign(&[b"x"], &leaf.key)
        .unwrap();
    der.extend([0; 40]);
    assert!(SignedData::parse(&der).is_err());
    assert!(SignedData::parse_padded(&der).is_ok());
    der.push(1);
    assert!(SignedData::parse_padded(&der).is_err());
}

/// The same elements with indefinite lengths everywhere outside certificates and attributes.
fn loosen(der: &[u8], depth: u8) -> Vec<u8> {
    let tlv = Tlv::parse(der).unwrap();
    if depth == 0 || !tlv.tag().is_constructed() {
        return der.to_vec();
    }
    let mut out = vec![tlv.tag().0, 0x80];
    for child in tlv.reader().unwrap().read_all(100).unwrap() {
        out.extend(loosen(child.raw(), depth - 1));
    }
    out.extend([0, 0]);
    out
}

#[test]
fn ber_is_read_with_a_finding() {
    let (_, leaf) = party();
    let der = builder(Flavor::Cms, SignedShape::Attached, &leaf)
        .sign(&[b"content"], &leaf.key)
        .unwrap();
    let ber = loosen(&der, 4);
    assert_ne!(ber, der);
    let data = SignedData::parse(&ber).unwrap();
    assert_eq!(data.findings()[0].code, FindingCode::BerEncoding);
    let found = check(&data, None);
    assert!(found.digest.is_ok() && found.value.is_ok());
    assert_eq!(data.content(), Some(&b"content"[..]));
}

#[test]
fn attributes_are_verified_in_the_order_of_the_file() {
    let (_, leaf) = party();
    let digest = DigestAlgorithm::Sm3.digest(b"x");
    // The longer attribute first: not the order of DER.
    let attributes = [
        attributes::attribute(named::MESSAGE_DIGEST, asn1::octets(digest.as_bytes())),
        attributes::attribute(named::CONTENT_TYPE, asn1::oid(named::GM_DATA)),
    ]
    .concat();
    let value = leaf.key.sign(&asn1::tlv(Tag::SET, &attributes)).unwrap();
    let der = message(&leaf, &attributes, &value);
    let found = check(&SignedData::parse(&der).unwrap(), Some(&[b"x"]));
    assert!(found.digest.is_ok() && found.value.is_ok());
    assert_eq!(found.findings[0].code, FindingCode::AttributeOrder);
}

#[test]
fn missing_and_repeated_attributes_fail_the_digest() {
    let (_, leaf) = party();
    let digest = DigestAlgorithm::Sm3.digest(b"x");
    let kind = attributes::attribute(named::CONTENT_TYPE, asn1::oid(named::GM_DATA));
    let stated = attributes::attribute(named::MESSAGE_DIGEST, asn1::octets(digest.as_bytes()));
    let other = attributes::attribute(named::CONTENT_TYPE, asn1::oid(named::TST_INFO));
    for attributes in [
        kind.clone(),
        stated.clone(),
        [kind, stated.clone(), stated.clone()].concat(),
        [other, stated].concat(),
    ] {
        let value = leaf.key.sign(&asn1::tlv(Tag::SET, &attributes)).unwrap();
        let found = check(
            &SignedData::parse(&message(&leaf, &attributes, &value)).unwrap(),
            Some(&[b"x"]),
        );
        assert!(found.value.is_ok() && found.digest.is_err());
    }
}

/// A detached GM message with these signed attributes and this value.
fn message(leaf: &Party, attributes: &[u8], value: &[u8]) -> Vec<u8> {
    let digest = asn1::sequence(&[asn1::oid(named::SM3)]);
    let signer = asn1::sequence(&[
        asn1::integer(1),
        asn1::sequence(&[
            leaf.certificate.issuer_name().der().to_vec(),
            asn1::tlv(Tag::INTEGER, leaf.certificate.serial()),
        ]),
        digest.clone(),
        asn1::tlv(Tag::context(0), attributes),
        asn1::sequence(&[asn1::oid(named::SM2_SIGN)]),
        asn1::octets(value),
    ]);
    let body = asn1::sequence(&[
        asn1::integer(1),
        asn1::set_of(&[digest]),
        asn1::sequence(&[asn1::oid(named::GM_DATA)]),
        asn1::context(0, &[leaf.certificate.der()]),
        asn1::set_of(&[signer]),
    ]);
    asn1::sequence(&[asn1::oid(named::GM_SIGNED_DATA), asn1::context(0, &[body])])
}

#[test]
fn international_keys_sign_too() {
    for kind in [KeyKind::P256, KeyKind::P384, KeyKind::Ed25519] {
        let key = SoftwareKey::generate(kind).unwrap();
        assert_ne!(key.public_key().kind(), PublicKeyKind::Sm2);
        let subject = Name::build(&[(named::COMMON_NAME, "self")]).unwrap();
        let (from, to) = (time("2025-01-01"), time("2030-01-01"));
        let certificate =
            CertificateBuilder::new(subject, key.public_key().clone(), &[1], from, to)
                .self_sign(&key)
                .unwrap();
        let der = SignedDataBuilder::new(
            Flavor::Cms,
            SignedShape::DetachedWithAttributes,
            certificate,
            key.algorithm(),
        )
        .bind_certificate()
        .sign(&[b"x"], &key)
        .unwrap();
        let found = check(&SignedData::parse(&der).unwrap(), Some(&[b"x"]));
        assert!(found.digest.is_ok() && found.value.is_ok());
        assert_eq!(found.binding.unwrap(), CertificateBinding::Matches);
        assert_eq!(found.algorithm.unwrap(), key.algorithm());
    }
}

#[test]
fn other_content_types_are_unsupported_not_malformed() {
    for text in ["1.2.840.113549.1.7.3", "1.2.156.10197.6.1.4.2.9"] {
        let oid = Oid::parse(text).unwrap();
        let der = asn1::sequence(&[asn1::oid(oid), asn1::context(0, &[asn1::null()])]);
        let error = SignedData::parse(&der).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported);
    }
}

#[test]
fn too_many_certificates_are_refused() {
    let (_, leaf) = party();
    let der = builder(Flavor::Gm, SignedShape::DetachedWithAttributes, &leaf)
        .sign(&[b"x"], &leaf.key)
        .unwrap();
    let at = |needle: &[u8]| der.windows(needle.len()).position(|w| w == needle);
    assert!(at(leaf.certificate.der()).is_some());
    let many = asn1::context(0, &vec![leaf.certificate.der(); MAX_CERTIFICATES + 1]);
    let body = asn1::sequence(&[
        asn1::integer(1),
        asn1::set_of::<Vec<u8>>(&[]),
        asn1::sequence(&[asn1::oid(named::GM_DATA)]),
        many,
        asn1::set_of::<Vec<u8>>(&[]),
    ]);
    let message = asn1::sequence(&[asn1::oid(named::GM_SIGNED_DATA), asn1::context(0, &[body])]);
    let error = SignedData::parse(&message).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LimitExceeded);
}

/// A real package of another maker: its integrity list is signed in shape B.
#[test]
fn reads_the_signed_value_of_a_real_integrity_file() {
    let Some(package) = interop("ofd/hello-integrity.ofd") else {
        return;
    };
    let entry = |wanted: &str| entry_of(&package, wanted).unwrap();
    let list = entry("OFDEntries.xml");
    let data = SignedData::parse_padded(&entry("signedvalue.dat")).unwrap();
    let found = check(&data, Some(&[&list]));
    assert_eq!(found.shape, SignedShape::DigestAsContent);
    assert_eq!(found.algorithm.unwrap(), SignatureAlgorithm::Sm2Sm3);
    found.digest.unwrap();
    found.value.unwrap();
}

/// One entry of a ZIP, stored or deflated, by a walk over local headers.
fn entry_of(package: &[u8], wanted: &str) -> Option<Vec<u8>> {
    use std::io::Read;
    let number = |at: usize, length: usize| {
        let bytes = &package[at..at + length];
        bytes
            .iter()
            .rev()
            .fold(0, |sum, byte| (sum << 8) | usize::from(*byte))
    };
    // Sizes stand in the central directory whatever the local headers say.
    let mut at = number(package.len() - 22 + 16, 4);
    while package[at..].starts_with(b"PK\x01\x02") {
        let (size, name_length) = (number(at + 20, 4), number(at + 28, 2));
        let name = &package[at + 46..at + 46 + name_length];
        if name.ends_with(wanted.as_bytes()) {
            let local = number(at + 42, 4);
            let data = local + 30 + number(local + 26, 2) + number(local + 28, 2);
            let raw = &package[data..data + size];
            if number(at + 10, 2) == 0 {
                return Some(raw.to_vec());
            }
            let mut out = Vec::new();
            flate2::read::DeflateDecoder::new(raw)
                .read_to_end(&mut out)
                .ok()?;
            return Some(out);
        }
        at += 46 + name_length + number(at + 30, 2) + number(at + 32, 2);
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_changed_byte_never_panics_and_never_makes_another_content_pass(
        at in any::<prop::sample::Index>(),
        bit in 0_u8..8,
    ) {
        let (_, leaf) = party();
        let mut der = builder(Flavor::Gm, SignedShape::DetachedWithAttributes, &leaf)
            .sign(&[b"x"], &leaf.key)
            .unwrap();
        let at = at.index(der.len());
        der[at] ^= 1 << bit;
        if let Ok(data) = SignedData::parse(&der) {
            for signer in data.signers() {
                let found = data.check(signer, Some(&[b"y"]), &[], &Sm2Id::default());
                prop_assert!(found.digest.is_err() || found.value.is_err());
            }
        }
    }

    #[test]
    fn reading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = SignedData::parse_padded(&bytes);
    }
}

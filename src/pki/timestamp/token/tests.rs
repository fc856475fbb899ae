use super::*;
use crate::crypto::SignatureAlgorithm;
use crate::pki::cms::{Flavor, SignedDataBuilder, SignedShape};
use crate::pki::testing::{Party, root, time, time_stamper};
use proptest::prelude::*;

struct Fields {
    version: u64,
    gen_time: &'static str,
    accuracy: Vec<u8>,
}

impl Default for Fields {
    fn default() -> Self {
        Self {
            version: 1,
            gen_time: "20261122080000Z",
            accuracy: asn1::sequence(&[asn1::integer(1)]),
        }
    }
}

fn info(message: &[u8], fields: &Fields) -> Vec<u8> {
    let digest = DigestAlgorithm::Sm3.digest(message);
    let imprint = asn1::sequence(&[
        asn1::sequence(&[asn1::oid(named::SM3)]),
        asn1::octets(digest.as_bytes()),
    ]);
    asn1::sequence(&[
        asn1::integer(fields.version),
        asn1::oid(Oid::parse("1.2.3.4").unwrap()),
        imprint,
        asn1::integer(77),
        asn1::tlv(Tag::GENERALIZED_TIME, fields.gen_time.as_bytes()),
        fields.accuracy.clone(),
        asn1::integer(42),
    ])
}

fn token(authority: &Party, flavor: Flavor, fields: &Fields) -> Vec<u8> {
    SignedDataBuilder::new(
        flavor,
        SignedShape::Attached,
        authority.certificate.clone(),
        SignatureAlgorithm::Sm2Sm3,
    )
    .content_type(named::TST_INFO)
    .bind_certificate()
    .sign(&[&info(b"value", fields)], &authority.key)
    .unwrap()
}

fn check(token: &[u8], message: &[u8]) -> TimeStampCheck {
    let token = TimeStampToken::parse(token).unwrap();
    token.check(message, &[], &Sm2Id::default()).unwrap()
}

#[test]
fn a_good_token_in_both_flavors() {
    let root = root("根", 1);
    let authority = time_stamper(&[named::PURPOSE_TIME_STAMPING], true, &root);
    for flavor in [Flavor::Gm, Flavor::Cms] {
        let found = check(&token(&authority, flavor, &Fields::default()), b"value");
        found.imprint.unwrap();
        found.digest.unwrap();
        found.value.unwrap();
        found.purpose.unwrap();
        assert_eq!(found.binding.unwrap(), CertificateBinding::Matches);
        assert_eq!(found.certificate, Some(authority.certificate.clone()));
        assert_eq!(found.gen_time, time("2026-11-22T08:00:00Z"));
        assert_eq!(found.findings, []);
    }
}

#[test]
fn a_token_over_other_bytes_or_by_another_kind_of_certificate_is_told_apart() {
    let root = root("根", 1);
    let time_stamping = named::PURPOSE_TIME_STAMPING;
    let good = time_stamper(&[time_stamping], true, &root);
    let der = token(&good, Flavor::Gm, &Fields::default());
    let found = check(&der, b"other");
    assert_eq!(
        found.imprint.unwrap_err().kind(),
        ErrorKind::SignatureMismatch
    );
    assert!(found.value.is_ok());

    for (purposes, critical) in [
        (&[time_stamping][..], false),
        (&[time_stamping, named::PURPOSE_MAIL], true),
        (&[named::PURPOSE_MAIL], true),
    ] {
        let other = time_stamper(purposes, critical, &root);
        let found = check(&token(&other, Flavor::Gm, &Fields::default()), b"value");
        assert!(found.purpose.is_err() && found.value.is_ok());
    }
}

#[test]
fn accuracy_is_read_in_both_forms() {
    let root = root("根", 1);
    let authority = time_stamper(&[named::PURPOSE_TIME_STAMPING], true, &root);
    let tagged = asn1::tlv(Tag::context_primitive(0), &[5]);
    let micros = asn1::tlv(Tag::context_primitive(1), &[7]);
    for millis in [tagged, asn1::integer(5)] {
        let fields = Fields {
            accuracy: asn1::sequence(&[asn1::integer(1), millis, micros.clone()]),
            ..Fields::default()
        };
        let token = TimeStampToken::parse(&token(&authority, Flavor::Gm, &fields)).unwrap();
        assert_eq!(token.info().accuracy_micros(), Some(1_005_007));
        assert_eq!(token.info().nonce(), Some(&[42][..]));
    }
}

#[test]
fn version_two_is_named_and_zoneless_times_are_refused() {
    let root = root("根", 1);
    let authority = time_stamper(&[named::PURPOSE_TIME_STAMPING], true, &root);
    let fields = Fields {
        version: 2,
        gen_time: "20261122080000.25Z",
        ..Fields::default()
    };
    let found = check(&token(&authority, Flavor::Gm, &fields), b"value");
    assert_eq!(found.findings[0].code, FindingCode::TimeStampVersion);
    let fields = Fields {
        gen_time: "20261122080000",
        ..Fields::default()
    };
    assert!(TimeStampToken::parse(&token(&authority, Flavor::Gm, &fields)).is_err());
    let fields = Fields {
        version: 3,
        ..Fields::default()
    };
    let error = TimeStampToken::parse(&token(&authority, Flavor::Gm, &fields)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
}

proptest! {
    #[test]
    fn reading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
        let _ = TstInfo::read(&bytes, &mut Vec::new());
    }
}

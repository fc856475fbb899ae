//! Making seals and taking them up again.

use super::*;
use crate::asn1::{self, Tag, named};
use crate::crypto::{
    DigestAlgorithm, KeyKind, SignatureAlgorithm, Signer, Sm2Signature, SoftwareKey,
};
use crate::error::ErrorKind;
use crate::pki::cms::{Flavor, SignedDataBuilder, SignedShape};
use crate::pki::testing::{Party, builder, interop, issue, name, root, signer, time, time_stamper};
use crate::pki::{CertificateBuilder, KeyUsage};
use crate::ses::{Layout, Listed};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";

const LAYOUTS: [Layout; 3] = [
    Layout::Gmt0031_2014,
    Layout::Gbt38540_2020,
    Layout::Gmt0031_2025,
];

struct World {
    maker: Party,
    clerk: Party,
    outsider: Party,
}

fn world() -> World {
    let root = root("示范根", 1);
    World {
        maker: signer("某某市印章中心", 2, &root),
        clerk: signer("张三", 3, &root),
        outsider: signer("李四", 4, &root),
    }
}

fn spec(layout: Layout, world: &World) -> SealSpec {
    let created = world.maker.certificate.not_before();
    SealSpec {
        layout,
        id: "50011200000001".to_owned(),
        seal_type: 1,
        name: "某某市示范局".to_owned(),
        signers: vec![world.clerk.certificate.clone()],
        listing: Listing::Certificates,
        create_date: created,
        valid_from: created,
        valid_until: created.checked_add(86_400 * 365).unwrap(),
        picture: SealPicture {
            data: PNG.to_vec(),
            width_mm: 42,
            height_mm: 40,
        },
        extensions: vec![],
    }
}

fn maker(world: &World) -> SealMaker {
    SealMaker::from_certificate(world.maker.certificate.clone()).unwrap()
}

#[test]
fn a_made_seal_of_each_layout_can_be_used() {
    let world = world();
    for layout in LAYOUTS {
        let spec = spec(layout, &world);
        let made = maker(&world).make(&spec, &world.maker.key).unwrap();
        let seal = Seal::from_der(made.to_der()).unwrap();
        assert_eq!((seal.layout(), seal.findings()), (layout, &[][..]));
        assert_eq!((seal.name(), seal.id()), (&*spec.name, &*spec.id));
        assert_eq!(
            (seal.valid_from(), seal.valid_until()),
            (spec.valid_from, spec.valid_until)
        );
        assert!(seal.is_valid_at(spec.valid_from) && seal.is_valid_at(spec.valid_until));
        assert!(!seal.is_valid_at(spec.valid_until.checked_add(1).unwrap()));
        assert_eq!(seal.picture_format(), Some(PictureFormat::Png));
        assert!(seal.picture_fits_its_type());
        assert_eq!(seal.maker().der(), world.maker.certificate.der());
        assert_eq!(
            seal.find_signer(&world.clerk.certificate).unwrap(),
            Listed::ByCertificate { index: 0 }
        );
        assert_eq!(
            seal.find_signer(&world.outsider.certificate).unwrap(),
            Listed::No
        );
        let again = maker(&world).make(&spec, &world.maker.key).unwrap();
        assert_eq!(again.to_der(), made.to_der());
    }
}

#[test]
fn two_phases_give_what_one_call_gives() {
    let world = world();
    let spec = spec(Layout::Gbt38540_2020, &world);
    let pending = maker(&world).prepare(&spec).unwrap();
    let key = world.maker.certificate.public_key().unwrap();
    let expected = key.sm2_digest(&Default::default(), pending.to_be_signed());
    assert_eq!(pending.digest(), expected);
    let value = world.maker.key.sign(pending.to_be_signed()).unwrap();
    let raw = Sm2Signature::from_der(&value).unwrap().to_raw();
    let made = maker(&world).make(&spec, &world.maker.key).unwrap();
    for signature in [&value[..], &raw] {
        let completed = pending.complete(signature).unwrap();
        assert_eq!(completed.to_der(), made.to_der());
    }
}

#[test]
fn a_signature_is_verified_before_the_seal_is_assembled() {
    let world = world();
    let pending = maker(&world)
        .prepare(&spec(Layout::Gmt0031_2025, &world))
        .unwrap();
    let foreign = world.outsider.key.sign(pending.to_be_signed()).unwrap();
    let other = world.maker.key.sign(b"another message").unwrap();
    for signature in [foreign, other] {
        let error = pending.complete(&signature).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SignatureMismatch);
    }
    let error = pending.complete(b"no signature").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Malformed);
}

#[test]
fn a_time_stamp_is_the_last_phase_of_a_seal_of_2025() {
    let world = world();
    let stamper = time_stamper(&[named::PURPOSE_TIME_STAMPING], true, &root("示范根", 1));
    for layout in LAYOUTS {
        let spec = spec(layout, &world);
        let pending = maker(&world).prepare(&spec).unwrap();
        let value = world.maker.key.sign(pending.to_be_signed()).unwrap();
        let seal = pending.complete(&value).unwrap();
        let token = token(&stamper, seal.to_be_stamped(), "20250601000000Z");
        let stamped = seal.with_time_stamp(&token, &[]);
        let Layout::Gmt0031_2025 = layout else {
            assert_eq!(stamped.unwrap_err().kind(), ErrorKind::InvalidArgument);
            continue;
        };
        let stamped = stamped.unwrap();
        assert_eq!(stamped.ses().time_stamp(), Some(&token[..]));
        assert_eq!(stamped.ses().signed_bytes(), seal.ses().signed_bytes());
        assert_eq!(stamped.findings(), []);
        let at_once = pending.complete_with_time_stamp(&value, &token).unwrap();
        assert_eq!(at_once.to_der(), stamped.to_der());
        let again = stamped.with_time_stamp(&token, &[]).unwrap_err();
        assert_eq!(again.kind(), ErrorKind::InvalidArgument);
    }
}

#[test]
fn a_time_stamp_of_another_kind_is_not_put_in() {
    let world = world();
    let seal = maker(&world)
        .make(&spec(Layout::Gmt0031_2025, &world), &world.maker.key)
        .unwrap();
    let root = root("示范根", 1);
    let good = time_stamper(&[named::PURPOSE_TIME_STAMPING], true, &root);
    let not_critical = time_stamper(&[named::PURPOSE_TIME_STAMPING], false, &root);
    let value = seal.to_be_stamped();
    let mut broken = token(&good, value, "20250601000000Z");
    *broken.last_mut().unwrap() ^= 1;
    let cases = [
        (
            token(&good, b"other", "20250601000000Z"),
            ErrorKind::SignatureMismatch,
        ),
        (
            token(&good, value, "20241231235959Z"),
            ErrorKind::InvalidArgument,
        ),
        (
            token(&not_critical, value, "20250601000000Z"),
            ErrorKind::KeyMismatch,
        ),
        (broken, ErrorKind::SignatureMismatch),
        (asn1::sequence(&[asn1::null()]), ErrorKind::Malformed),
    ];
    for (token, kind) in cases {
        assert_eq!(seal.with_time_stamp(&token, &[]).unwrap_err().kind(), kind);
    }
}

/// A token over `message`, made at `time`.
fn token(stamper: &Party, message: &[u8], time: &str) -> Vec<u8> {
    let imprint = DigestAlgorithm::Sm3.digest(message);
    let info = asn1::sequence(&[
        asn1::integer(1),
        asn1::oid(named::SM3),
        asn1::sequence(&[
            asn1::sequence(&[asn1::oid(named::SM3)]),
            asn1::octets(imprint.as_bytes()),
        ]),
        asn1::integer(1),
        asn1::tlv(Tag::GENERALIZED_TIME, time.as_bytes()),
    ]);
    SignedDataBuilder::new(
        Flavor::Gm,
        SignedShape::Attached,
        stamper.certificate.clone(),
        SignatureAlgorithm::Sm2Sm3,
    )
    .content_type(named::TST_INFO)
    .bind_certificate()
    .sign(&[&info], &stamper.key)
    .unwrap()
}

#[test]
fn digests_over_z_need_an_sm2_certificate() {
    let world = world();
    let mut spec = spec(Layout::Gbt38540_2020, &world);
    spec.listing = Listing::DigestsWithZ;
    let seal = maker(&world).make(&spec, &world.maker.key).unwrap();
    assert_eq!(
        seal.find_signer(&world.clerk.certificate).unwrap(),
        Listed::ByDigest {
            index: 0,
            algorithm: DigestAlgorithm::Sm3,
            with_z: true
        }
    );
    let key = SoftwareKey::generate(KeyKind::P256).unwrap();
    let from = world.maker.certificate.not_before();
    let until = world.maker.certificate.not_after();
    let builder =
        CertificateBuilder::new(name("王五"), key.public_key().clone(), &[7], from, until);
    spec.signers = vec![builder.self_sign(&key).unwrap()];
    let error = maker(&world).prepare(&spec).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnsupportedAlgorithm);
}

#[test]
fn digests_name_signers_without_showing_them() {
    let world = world();
    let mut spec = spec(Layout::Gbt38540_2020, &world);
    spec.listing = Listing::Digests;
    let seal = maker(&world).make(&spec, &world.maker.key).unwrap();
    let der = world.clerk.certificate.der();
    assert!(!seal.to_der().windows(der.len()).any(|window| window == der));
    assert!(matches!(
        seal.find_signer(&world.clerk.certificate).unwrap(),
        Listed::ByDigest {
            index: 0,
            with_z: false,
            ..
        }
    ));
    assert_eq!(
        seal.find_signer(&world.outsider.certificate).unwrap(),
        Listed::No
    );
    spec.layout = Layout::Gmt0031_2014;
    let error = maker(&world).prepare(&spec).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
}

#[test]
fn what_cannot_be_a_seal_is_refused() {
    let world = world();
    let refused = |spoil: &dyn Fn(&mut SealSpec)| {
        let mut spec = spec(Layout::Gbt38540_2020, &world);
        spoil(&mut spec);
        maker(&world).prepare(&spec).unwrap_err().kind()
    };
    let argument = ErrorKind::InvalidArgument;
    assert_eq!(refused(&|s| s.picture.data = b"text".to_vec()), argument);
    assert_eq!(refused(&|s| s.signers.clear()), argument);
    assert_eq!(refused(&|s| s.name.clear()), argument);
    let too_late = world.maker.certificate.not_after().checked_add(1).unwrap();
    assert_eq!(refused(&|s| s.create_date = too_late), argument);
    assert_eq!(
        refused(&|s| s.valid_until = time("1990-01-01T00:00:00Z")),
        argument
    );
}

#[test]
fn only_the_makers_own_key_makes_a_seal() {
    let world = world();
    let spec = spec(Layout::Gbt38540_2020, &world);
    let error = maker(&world).make(&spec, &world.clerk.key).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::KeyMismatch);
}

#[test]
fn a_certificate_that_is_not_for_signatures_makes_no_seals() {
    let root = root("示范根", 1);
    let usage = KeyUsage::KEY_ENCIPHERMENT;
    let party = issue(
        builder("某某市印章中心", 5).end_entity().key_usage(usage),
        5,
        &root,
    );
    let error = SealMaker::new(party.certificate.der()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert!(SealMaker::new(b"no certificate").is_err());
}

#[test]
fn a_seal_with_a_broken_maker_signature_is_unusable() {
    let world = world();
    let spec = spec(Layout::Gbt38540_2020, &world);
    let seal = maker(&world).make(&spec, &world.maker.key).unwrap();
    let mut der = seal.to_der().to_vec();
    let name = spec.name.as_bytes();
    let place = der.windows(name.len()).position(|window| window == name);
    der[place.unwrap() + 2] ^= 1;
    let error = Seal::from_der(&der).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SealUnusable);
}

#[test]
fn debug_shows_nobodys_name() {
    let world = world();
    let spec = spec(Layout::Gbt38540_2020, &world);
    let maker = maker(&world);
    let pending = maker.prepare(&spec).unwrap();
    let seal = maker.make(&spec, &world.maker.key).unwrap();
    let shown = format!("{maker:?} {spec:?} {pending:?} {seal:?}");
    for secret in ["某某市", "张三", "50011200000001"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn published_seals_can_be_taken_up() {
    for (name, usable) in [
        ("UserV1.esl", true),
        ("UserV4.esl", true),
        ("UserV5.esl", true),
        ("UserV5_ts.esl", true),
        ("UserV1_broken.esl", false),
        ("unparseable.esl", false),
    ] {
        let Some(bytes) = interop(&format!("ofd/{name}")) else {
            return;
        };
        let seal = Seal::from_der(&bytes);
        assert_eq!(seal.is_ok(), usable, "{name}");
        if let Ok(seal) = seal {
            assert_eq!(seal.picture_format(), Some(PictureFormat::Png));
            assert!(seal.picture_fits_its_type());
        }
    }
}

#[test]
fn the_makers_key_decides_the_algorithm() {
    let world = world();
    let root = root("示范根", 1);
    let with_key = |kind| {
        let key = SoftwareKey::generate(kind).unwrap();
        let builder = CertificateBuilder::new(
            name("某某市印章中心"),
            key.public_key().clone(),
            &[6],
            time("2025-01-01"),
            time("2035-01-01"),
        );
        (builder.sign(&root.certificate, &root.key).unwrap(), key)
    };
    for kind in [KeyKind::P256, KeyKind::P384] {
        let (certificate, key) = with_key(kind);
        let maker = SealMaker::from_certificate(certificate).unwrap();
        assert_eq!(maker.algorithm(), key.algorithm());
        let seal = maker.make(&spec(Layout::Gbt38540_2020, &world), &key);
        assert_eq!(seal.unwrap().ses().algorithm(), key.algorithm().oid());
    }
    let (certificate, _) = with_key(KeyKind::Ed25519);
    let error = SealMaker::from_certificate(certificate).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnsupportedAlgorithm);
}

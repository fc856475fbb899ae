//! Which revocation lists speak of a certificate: of parts, deltas, long ones, those of strangers.

use super::made::{list, world, world_of};
use crate::asn1::{self, named};
use crate::pki::testing::{Party, builder, issue, root, signer, sm2_key, time};
use crate::pki::{Crl, CrlBuilder, KeyUsage};
use crate::trust::*;

#[test]
fn lists_by_strangers_or_without_the_right_prove_nothing() {
    let world = world();
    let stranger = Party {
        certificate: builder("运营", 8)
            .authority(None)
            .self_sign(&sm2_key(8))
            .unwrap(),
        key: sm2_key(8),
    };
    let crls = [list(&world.root, &[]), list(&stranger, &[])];
    let mut intermediates = world.intermediates.clone();
    intermediates.push(stranger.certificate.clone());
    let request = PathRequest {
        revocation: RevocationMode::Required,
        crls: &crls,
        intermediates: &intermediates,
        ..world.request()
    };
    let report = request.judge();
    assert_eq!(
        report.revocation()[0],
        RevocationStatus::Unknown(UnknownCause::SignerUntrusted)
    );
    assert_eq!(report.outcome(), Verdict::Indeterminate);

    // The same name under the same anchor, for lists alone: its list counts.
    let usage = KeyUsage::CRL_SIGN;
    let lists = issue(
        builder("运营", 8).end_entity().key_usage(usage),
        8,
        &world.root,
    );
    let mut with_lists = intermediates.clone();
    with_lists.push(lists.certificate.clone());
    let crls = [list(&world.root, &[]), list(&lists, &[])];
    let request = PathRequest {
        crls: &crls,
        intermediates: &with_lists,
        ..request
    };
    assert_eq!(request.judge().outcome(), Verdict::Passed);

    // An authority that may not sign lists.
    let root = root("根", 1);
    let mute = builder("运营", 2)
        .authority(None)
        .key_usage(KeyUsage::KEY_CERT_SIGN);
    let mute = issue(mute, 2, &root);
    let leaf = signer("签名人", 3, &mute);
    let world = world_of(root, mute, leaf);
    let crls = [list(&world.root, &[]), list(&world.authority, &[])];
    let request = PathRequest {
        revocation: RevocationMode::Required,
        crls: &crls,
        ..world.request()
    };
    assert_eq!(
        request.judge().revocation()[0],
        RevocationStatus::Unknown(UnknownCause::IssuerKeyUsage)
    );
}

#[test]
fn a_delta_list_revokes_and_does_not_acquit() {
    let world = world();
    let delta = |revoked: &[u8]| {
        CrlBuilder::new(2, time("2026-11-10"), time("2026-12-01"))
            .extension(named::DELTA_CRL_INDICATOR, true, asn1::integer(1))
            .revoke(revoked, time("2026-11-09"), None)
            .sign(&world.authority.certificate, &world.authority.key)
            .unwrap()
    };
    let full = || [list(&world.root, &[]), list(&world.authority, &[])];
    let judge = |crls: &[Crl]| {
        let revocation = RevocationMode::Required;
        PathRequest {
            revocation,
            crls,
            ..world.request()
        }
        .judge()
        .outcome()
    };
    let [root, own] = full();
    assert_eq!(
        judge(&[root.clone(), own.clone(), delta(&[99])]),
        Verdict::Passed
    );
    assert_eq!(judge(&[root.clone(), own, delta(&[3])]), Verdict::Failed);
    assert_eq!(judge(&[root, delta(&[99])]), Verdict::Indeterminate);
}

#[test]
fn parts_of_lists_count_for_their_part_only() {
    let world = world();
    let tag = asn1::tlv;
    let uri = tag(asn1::Tag::context_primitive(6), b"http://crl.example/1.crl");
    let full = asn1::context(0, &[asn1::context(0, std::slice::from_ref(&uri))]);
    let part = |value| {
        CrlBuilder::new(1, time("2026-11-01"), time("2026-12-01"))
            .extension(named::ISSUING_DISTRIBUTION_POINT, true, value)
            .sign(&world.authority.certificate, &world.authority.key)
            .unwrap()
    };
    let flag = |number| tag(asn1::Tag::context_primitive(number), &[0xff]);
    // Key compromise alone.
    let some_reasons = tag(asn1::Tag::context_primitive(3), &[6, 0x40]);
    let host = tag(asn1::Tag::context_primitive(2), b"crl.example");
    let named_twice = asn1::context(0, &[asn1::context(0, &[host, uri])]);
    let points = asn1::sequence(&[asn1::sequence(std::slice::from_ref(&full))]);
    let usage = KeyUsage::DIGITAL_SIGNATURE;
    let pointed = builder("签名人", 3)
        .end_entity()
        .key_usage(usage)
        .extension(named::CRL_DISTRIBUTION_POINTS, false, points);
    let pointed = issue(pointed, 3, &world.authority).certificate;
    for (leaf, value, good) in [
        (&world.leaf.certificate, asn1::sequence(&[flag(1)]), true),
        (&world.leaf.certificate, asn1::sequence(&[flag(2)]), false),
        (
            &world.leaf.certificate,
            asn1::sequence(std::slice::from_ref(&full)),
            false,
        ),
        (&pointed, asn1::sequence(std::slice::from_ref(&full)), true),
        // By one of its names.
        (&pointed, asn1::sequence(&[named_twice]), true),
        // Of certificates by others too; of attributes only; of some reasons only.
        (&pointed, asn1::sequence(&[full, flag(4)]), true),
        (&world.leaf.certificate, asn1::sequence(&[flag(5)]), false),
        (
            &world.leaf.certificate,
            asn1::sequence(&[some_reasons]),
            false,
        ),
    ] {
        let crls = [list(&world.root, &[]), part(value)];
        let request = PathRequest {
            leaf,
            revocation: RevocationMode::Required,
            crls: &crls,
            ..world.request()
        };
        assert_eq!(request.judge().outcome() == Verdict::Passed, good);
    }
}

#[test]
fn lists_of_users_say_nothing_of_authorities() {
    let world = world();
    for (number, good) in [(1, false), (2, true)] {
        let flag = asn1::tlv(asn1::Tag::context_primitive(number), &[0xff]);
        let part = CrlBuilder::new(1, time("2026-11-01"), time("2026-12-01"))
            .extension(
                named::ISSUING_DISTRIBUTION_POINT,
                true,
                asn1::sequence(&[flag]),
            )
            .sign(&world.root.certificate, &world.root.key)
            .unwrap();
        let request = PathRequest {
            leaf: &world.authority.certificate,
            purpose: Purpose::Any,
            revocation: RevocationMode::Required,
            crls: &[part],
            ..world.request()
        };
        assert_eq!(request.judge().outcome() == Verdict::Passed, good);
    }
}

/// Ten thousand others, and the one asked about or not.
#[test]
fn long_lists_are_searched() {
    let world = world();
    for revoked in [false, true] {
        let mut long = CrlBuilder::new(1, time("2026-11-01"), time("2026-12-01"));
        for number in 0..10_000_u32 {
            let serial = [&[0x40][..], &number.to_be_bytes()].concat();
            long = long.revoke(&serial, time("2026-11-01"), None);
        }
        if revoked {
            long = long.revoke(world.leaf.certificate.serial(), time("2026-11-01"), None);
        }
        let long = long
            .sign(&world.authority.certificate, &world.authority.key)
            .unwrap();
        let crls = [list(&world.root, &[]), long];
        let request = PathRequest {
            revocation: RevocationMode::Required,
            crls: &crls,
            ..world.request()
        };
        assert_eq!(request.judge().outcome() == Verdict::Passed, !revoked);
    }
}

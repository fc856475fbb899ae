//! Cases of the published suites that turn on how certificates stand to each other, rather than on
//! one field: cross-certified authorities, constraints of several authorities, and the edges of what
//! is allowed.

use super::classes::{
    Chain, codes, directory, dns, excluded, ip, judge, mail, other, permitted, uri, with_names,
};
use crate::asn1::{self, Oid, named};
use crate::crypto::Signer;
use crate::pki::testing::{authority, builder, issue, root, signer, sm2_key, time};
use crate::pki::{CertificateBuilder, CrlBuilder, Name};
use crate::trust::*;

fn names(names: &[Vec<u8>]) -> Vec<u8> {
    asn1::sequence(names)
}

/// What each of two authorities permits, for one host below them.
fn narrowed(first: &[&str], second: &[&str]) -> PathReport {
    let hosts = |hosts: &[&str]| permitted(&hosts.iter().map(|host| dns(host)).collect::<Vec<_>>());
    let root = root("根", 1);
    let constrained = |common_name, seed, by: &[&str]| {
        builder(common_name, seed).authority(None).extension(
            named::NAME_CONSTRAINTS,
            true,
            hosts(by),
        )
    };
    let one = issue(constrained("甲", 2, first), 2, &root);
    let two = issue(constrained("乙", 4, second), 4, &one);
    let leaf = builder("签名人", 3).end_entity().extension(
        named::SUBJECT_ALT_NAME,
        false,
        names(&[dns("a.example")]),
    );
    let leaf = issue(leaf, 3, &two);
    judge(
        &root,
        &[one.certificate, two.certificate],
        &leaf.certificate,
    )
}

#[test]
fn constraints_only_ever_narrow() {
    let both = &["a.example", "b.example"][..];
    assert_eq!(narrowed(both, both).outcome(), Verdict::Passed);
    for (first, second) in [(both, &["b.example"][..]), (&["b.example"][..], both)] {
        assert_eq!(codes(&narrowed(first, second)), ["name_not_permitted"]);
    }
    // What is excluded stays so where it is permitted as well.
    let base = asn1::sequence(&[dns("example")]);
    let value = asn1::sequence(&[
        asn1::context(0, std::slice::from_ref(&base)),
        asn1::context(1, &[base]),
    ]);
    assert_eq!(
        codes(&with_names(&[dns("a.example")], value)),
        ["name_excluded"]
    );
}

#[test]
fn names_of_authorities_in_between_are_constrained_too() {
    let root = root("根", 1);
    let value = excluded(&[dns("b.example")]);
    let one = builder("甲", 2)
        .authority(None)
        .extension(named::NAME_CONSTRAINTS, true, value);
    let one = issue(one, 2, &root);
    let two = builder("乙", 4).authority(None).extension(
        named::SUBJECT_ALT_NAME,
        false,
        names(&[dns("b.example")]),
    );
    let two = issue(two, 4, &one);
    let leaf = signer("签名人", 3, &two);
    let between = [one.certificate, two.certificate];
    let report = judge(&root, &between, &leaf.certificate);
    let places: Vec<_> = report
        .problems()
        .iter()
        .map(|one| (one.code.name(), one.certificate))
        .collect();
    assert_eq!(places, [("name_excluded", 1)]);

    // The same authority certified by another, whose constraints it keeps, is another path.
    let free = authority("丙", 5, &root);
    let renewed = issue(builder("乙", 4).authority(None), 4, &free);
    let all = [&between[..], &[free.certificate, renewed.certificate]].concat();
    assert_eq!(
        judge(&root, &all, &leaf.certificate).outcome(),
        Verdict::Passed
    );
}

#[test]
fn constraints_that_cannot_be_read_are_refused() {
    for (form, base) in [
        ("a wildcard", dns("*.example")),
        ("a space", dns("a b.example")),
        ("an address without a mask", ip(&[10, 0, 0, 1])),
        ("a long address without a mask", ip(&[0; 16])),
        ("an address of no family", ip(&[0; 10])),
        ("a mailbox at two hosts", mail("one@two@a.example")),
        ("a whole URI", uri("http://a.example/")),
    ] {
        for constraints in [permitted(std::slice::from_ref(&base)), excluded(&[base])] {
            let report = with_names(&[dns("a.example"), mail("one@a.example")], constraints);
            assert_eq!(codes(&report), ["malformed_extension"], "{form}");
        }
    }
}

#[test]
fn names_that_cannot_be_read_are_refused_where_their_form_is_constrained() {
    for (name, base) in [
        (dns(".example"), dns("example")),
        (dns("a..example"), dns("example")),
        (
            ip(&[10, 0, 0, 0, 255, 0, 0, 0]),
            ip(&[10, 0, 0, 0, 255, 0, 0, 0]),
        ),
        (mail("one@two@a.example"), mail("a.example")),
        (uri("spiffe:"), uri("a.example")),
    ] {
        for constraints in [permitted(std::slice::from_ref(&base)), excluded(&[base])] {
            let report = with_names(std::slice::from_ref(&name), constraints);
            assert_eq!(codes(&report), ["malformed_name"], "{name:x?}");
        }
        // What nobody constrains is nobody's matter.
        let elsewhere = excluded(&[directory(&crate::pki::testing::name("无关"))]);
        assert_eq!(with_names(&[name], elsewhere).outcome(), Verdict::Passed);
    }
    // A form that is constrained and does not occur.
    let unmet = excluded(&[other("1.2.3")]);
    assert_eq!(
        with_names(&[dns("a.example")], unmet).outcome(),
        Verdict::Passed
    );
}

#[test]
fn a_wildcard_is_permitted_only_where_all_it_stands_for_is() {
    let wildcard = || vec![dns("*.example")];
    let report = with_names(&wildcard(), permitted(&[dns("a.example")]));
    assert_eq!(codes(&report), ["name_not_permitted"]);
    let report = with_names(&wildcard(), permitted(&[dns("example")]));
    assert_eq!(report.outcome(), Verdict::Passed);
}

/// A leaf of this common name and, it may be, another name.
fn called(common_name: &str, also: Option<Vec<u8>>, constraints: Vec<u8>) -> PathReport {
    let mut chain = Chain::new();
    chain.root = chain
        .root
        .extension(named::NAME_CONSTRAINTS, true, constraints);
    let subject = Name::build(&[(named::COMMON_NAME, common_name)]).unwrap();
    let (from, to) = (time("2025-01-01"), time("2035-01-01"));
    let key = sm2_key(3).public_key().clone();
    let leaf = CertificateBuilder::new(subject, key, &[3], from, to).end_entity();
    chain.leaf = match also {
        None => leaf,
        Some(also) => leaf.extension(named::SUBJECT_ALT_NAME, false, names(&[also])),
    };
    chain.judge()
}

#[test]
fn a_common_name_that_is_an_address_is_no_host() {
    let ten = || ip(&[10, 0, 0, 0, 255, 0, 0, 0]);
    let passes = |report: PathReport| report.outcome() == Verdict::Passed;
    assert!(passes(called(
        "10.0.0.1",
        None,
        permitted(&[dns("example")])
    )));
    assert!(passes(called("10.0.0.1", None, permitted(&[ten()]))));
    assert_eq!(
        codes(&called("11.0.0.1", None, permitted(&[ten()]))),
        ["name_not_permitted"]
    );
    assert_eq!(
        codes(&called("10.0.0.1", None, excluded(&[ten()]))),
        ["name_excluded"]
    );
    // An alternative name of the form takes its place.
    let stated = Some(ip(&[11, 0, 0, 1]));
    assert!(passes(called("10.0.0.1", stated, excluded(&[ten()]))));
    // Five numbers, or one too great, are no address; with dots between they could be a host.
    let report = called("10.0.0.1.1", None, permitted(&[dns("example")]));
    assert_eq!(codes(&report), ["name_not_permitted"]);
}

#[test]
fn authorities_that_certify_each_other_lead_to_their_root() {
    let a = root("甲", 1);
    let (b, c) = (root("乙", 2), root("丙", 4));
    let crossed =
        |of: &str, seed, by| issue(builder(of, seed).authority(None), seed, by).certificate;
    let middle = authority("运营", 5, &a);
    let leaf = signer("签名人", 3, &middle);
    let all = [
        crossed("甲", 1, &b),
        crossed("甲", 1, &c),
        crossed("乙", 2, &a),
        crossed("乙", 2, &c),
        crossed("丙", 4, &a),
        crossed("丙", 4, &b),
        middle.certificate.clone(),
    ];
    let report = judge(&a, &all, &leaf.certificate);
    assert_eq!(report.outcome(), Verdict::Passed);
    assert_eq!(report.chain().len(), 3);
    // Without their root they lead nowhere, however deep the search may go.
    let far = root("远", 6);
    let mut anchors = Anchors::new();
    anchors.add_all([far.certificate], AnchorRole::Signer);
    let report = PathRequest {
        purpose: Purpose::Any,
        intermediates: &all,
        max_depth: 255,
        ..PathRequest::new(&leaf.certificate, &anchors, time("2026-11-22"))
    }
    .judge();
    assert_eq!(report.outcome(), Verdict::Indeterminate);
}

#[test]
fn validity_begins_and_ends_with_its_last_second() {
    for (at, expected) in [
        ("2024-12-31T23:59:59Z", Some("not_yet_valid")),
        ("2025-01-01T00:00:00Z", None),
        ("2035-01-01T00:00:00Z", None),
        ("2035-01-01T00:00:01Z", Some("expired")),
    ] {
        let report = Chain::new().judge_with(|request| PathRequest {
            at: time(at),
            evidence_at: time(at),
            ..request
        });
        let mut found = codes(&report);
        found.dedup();
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{at}");
    }
}

#[test]
fn lengths_below_may_grow_and_still_bind_above() {
    let root = root("根", 1);
    let below =
        |length, name: &str, seed, by| issue(builder(name, seed).authority(Some(length)), seed, by);
    let one = below(1, "甲", 2, &root);
    let two = below(2, "乙", 4, &one);
    let leaf = signer("签名人", 3, &two);
    let between = [one.certificate.clone(), two.certificate.clone()];
    assert_eq!(
        judge(&root, &between, &leaf.certificate).outcome(),
        Verdict::Passed
    );
    let three = below(0, "丙", 5, &two);
    let leaf = signer("签名人", 3, &three);
    let between = [&between[..], &[three.certificate]].concat();
    assert_eq!(
        codes(&judge(&root, &between, &leaf.certificate)),
        ["path_length"]
    );
}

/// Where the issuer's certificate lies (authorityInfoAccess): nobody fetches it.
#[test]
fn access_to_the_issuer_is_ignored_and_refused_where_it_is_critical() {
    let access = Oid::parse("1.3.6.1.5.5.7.1.1").unwrap();
    let readable = asn1::sequence(&[asn1::sequence(&[
        asn1::oid(Oid::parse("1.3.6.1.5.5.7.48.2").unwrap()),
        uri("http://a.example/ca.cer"),
    ])]);
    let none = asn1::sequence::<Vec<u8>>(&[]);
    for value in [readable, none, b"no DER".to_vec()] {
        for (critical, expected) in [(false, &[][..]), (true, &["unknown_critical_extension"])] {
            let mut chain = Chain::new();
            chain.leaf = chain.leaf.extension(access, critical, value.clone());
            let report = chain.judge();
            assert_eq!(
                (codes(&report), report.findings()),
                (expected.to_vec(), &[][..])
            );
        }
    }
}

#[test]
fn a_list_that_names_a_certificate_twice_revokes_it_from_the_earlier_time() {
    let root = root("根", 1);
    let leaf = signer("签名人", 3, &root);
    let serial = leaf.certificate.serial();
    let list = CrlBuilder::new(1, time("2026-11-01"), time("2026-12-01"))
        .revoke(serial, time("2026-11-20"), None)
        .revoke(serial, time("2026-11-10"), None)
        .sign(&root.certificate, &root.key)
        .unwrap();
    let mut anchors = Anchors::new();
    anchors.add_all([root.certificate], AnchorRole::Signer);
    let report = PathRequest {
        revocation: RevocationMode::Required,
        crls: &[list],
        ..PathRequest::new(&leaf.certificate, &anchors, time("2026-11-22"))
    }
    .judge();
    assert_eq!(codes(&report), ["revoked"]);
    let first = &report.revocation()[0];
    assert!(
        matches!(first, RevocationStatus::Revoked { time, .. } if *time == crate::pki::testing::time("2026-11-10"))
    );
}

/// RFC 5280 6.3.3 (i) asks whether a list in force names the certificate, not since when; but a list
/// from later says when a revocation began.
#[test]
fn a_list_in_force_revokes_whatever_date_it_gives() {
    let root = root("根", 1);
    let leaf = signer("签名人", 3, &root);
    let mut anchors = Anchors::new();
    anchors.add_all([root.certificate.clone()], AnchorRole::Signer);
    let judge = |made: &str, since: &str| {
        let list = CrlBuilder::new(1, time(made), time("2026-12-01"))
            .revoke(leaf.certificate.serial(), time(since), None)
            .sign(&root.certificate, &root.key)
            .unwrap();
        let report = PathRequest {
            revocation: RevocationMode::Required,
            crls: &[list],
            ..PathRequest::new(&leaf.certificate, &anchors, time("2026-11-22"))
        }
        .judge();
        codes(&report).join(" ")
    };
    // After the time asked about, and before the certificate was valid at all.
    for since in ["2026-11-25", "2000-01-01"] {
        assert_eq!(judge("2026-11-20", since), "revoked", "{since}");
    }
    assert_eq!(judge("2026-11-24", "2026-11-23"), "revocation_unknown");
}

//! What a leaf leaves out or says in its own way: asked about for any purpose nothing of it is
//! missed, and `--purpose` asks for what a use needs. One departure a case.

use super::classes::{Chain, codes, departures, directory, dns, ip, mail, other, uri};
use crate::asn1::{self, Oid, Tag, named};
use crate::crypto::Signer;
use crate::pki::testing::{builder, name, sm2_key, time};
use crate::pki::{CertificateBuilder, KeyUsage, Name};
use crate::trust::*;

/// Of a signer, without anything that says what the key is for.
fn plain() -> CertificateBuilder {
    builder("签名人", 3).end_entity()
}

fn judge_for(purpose: Purpose, leaf: &CertificateBuilder) -> PathReport {
    let mut chain = Chain::new();
    chain.leaf = leaf.clone();
    chain.judge_with(|request| PathRequest { purpose, ..request })
}

/// A leaf is good for any purpose, without a remark, and comes out so for those who sign.
fn assert_judged(case: &str, leaf: &CertificateBuilder, signing: &[&str]) {
    let report = judge_for(Purpose::Any, leaf);
    assert_eq!(report.outcome(), Verdict::Passed, "{case}");
    assert_eq!(report.findings(), [], "{case}");
    for purpose in [Purpose::Signer, Purpose::Maker] {
        assert_eq!(codes(&judge_for(purpose, leaf)), signing, "{case}");
    }
}

#[test]
fn alternative_names_may_be_critical_beside_a_subject() {
    let critical = |value| plain().extension(named::SUBJECT_ALT_NAME, true, value);
    let names = asn1::sequence(&[mail("one@a.example")]);
    assert_judged("readable", &critical(names), &[]);
    // What is critical must be understood (RFC 5280 4.2).
    for value in [asn1::sequence::<Vec<u8>>(&[]), b"no DER".to_vec()] {
        let report = judge_for(Purpose::Any, &critical(value));
        assert_eq!(codes(&report), ["malformed_extension"]);
    }
}

#[test]
fn a_leaf_may_have_names_of_any_form_or_none() {
    let registered = asn1::tlv(Tag::context_primitive(8), &[0x2a, 3]);
    for (form, name) in [
        ("a host", dns("a.example")),
        ("a wildcard", dns("*.example")),
        ("a host that is none", dns("ba*.example")),
        ("a mailbox", mail("one@a.example")),
        ("an address", ip(&[127, 0, 0, 1])),
        ("a URI", uri("spiffe://a.example/x")),
        ("a directory name", directory(&name("别人"))),
        ("a form of its own", other("1.2.3")),
        ("a registered identifier", registered),
    ] {
        for critical in [false, true] {
            let names = asn1::sequence(std::slice::from_ref(&name));
            let leaf = plain().extension(named::SUBJECT_ALT_NAME, critical, names);
            assert_judged(form, &leaf, &[]);
        }
    }
    assert_judged("none", &plain(), &[]);
}

/// Only name constraints take a common name for a host (RFC 5280 knows none there).
#[test]
fn a_common_name_needs_no_alternative_name_of_its_own() {
    for common_name in [
        "a.example",
        "A.EXAMPLE",
        "0x0A000001",
        "2001:DB8::1",
        "测试.example",
    ] {
        let subject = Name::build(&[(named::COMMON_NAME, common_name)]).unwrap();
        let key = sm2_key(3).public_key().clone();
        let (from, to) = (time("2025-01-01"), time("2035-01-01"));
        let leaf = CertificateBuilder::new(subject, key, &[3], from, to).end_entity();
        assert_judged(common_name, &leaf, &[]);
        let names = asn1::sequence(&[dns("b.example")]);
        let leaf = leaf.extension(named::SUBJECT_ALT_NAME, false, names);
        assert_judged(common_name, &leaf, &[]);
    }
}

#[test]
fn key_usage_of_a_leaf_may_be_missing_or_not_critical() {
    let signing = KeyUsage::DIGITAL_SIGNATURE;
    let bound = KeyUsage::NON_REPUDIATION;
    assert_judged("missing", &plain(), &[]);
    for usage in [signing, bound, signing.and(KeyUsage::KEY_ENCIPHERMENT)] {
        let leaf = plain().key_usage(usage);
        assert_judged("critical", &leaf, &[]);
        let leaf = plain().extension(named::KEY_USAGE, false, usage.to_der());
        assert_judged("not critical", &leaf, &[]);
    }
    assert_judged("no constraints either", &builder("签名人", 3), &[]);
}

#[test]
fn a_leaf_that_may_not_sign_passes_until_a_purpose_is_asked_about() {
    for usage in [
        KeyUsage::KEY_ENCIPHERMENT,
        KeyUsage::DATA_ENCIPHERMENT,
        KeyUsage::KEY_AGREEMENT,
        KeyUsage::KEY_AGREEMENT.and(KeyUsage::DECIPHER_ONLY),
        KeyUsage::CRL_SIGN,
    ] {
        for critical in [false, true] {
            let leaf = plain().extension(named::KEY_USAGE, critical, usage.to_der());
            assert_judged("no signing", &leaf, &["leaf_key_usage"]);
        }
    }
}

/// A stamping authority says what it is for, and nothing else, critically (RFC 3161 2.3).
#[test]
fn a_time_stamper_must_say_what_it_is() {
    let stamping = [named::PURPOSE_TIME_STAMPING];
    let tsa = |leaf: &CertificateBuilder| codes(&judge_for(Purpose::Tsa, leaf));
    let stamper = || plain().extended_key_usage(&stamping, true);
    assert_eq!(tsa(&stamper()), Vec::<&str>::new());
    let names = asn1::sequence(&[uri("http://a.example/tsa")]);
    let named_so = stamper().extension(named::SUBJECT_ALT_NAME, true, names);
    assert_eq!(tsa(&named_so), Vec::<&str>::new());
    let loose = plain().extended_key_usage(&stamping, false);
    assert_eq!(tsa(&loose), ["leaf_extended_key_usage"]);
    assert_eq!(tsa(&plain()), ["leaf_extended_key_usage"]);
    let sealed = stamper().key_usage(KeyUsage::KEY_ENCIPHERMENT);
    assert_eq!(tsa(&sealed), ["leaf_key_usage"]);
}

/// What a leaf is for is not asked, whatever it is, where any purpose will do.
#[test]
fn purposes_of_a_leaf_of_every_kind() {
    let code_signing = Oid::parse("1.3.6.1.5.5.7.3.3").unwrap();
    let logged = Oid::parse("1.3.6.1.4.1.11129.2.4.4").unwrap();
    let (server, client) = (named::PURPOSE_SERVER, named::PURPOSE_CLIENT);
    let (mail, any) = (named::PURPOSE_MAIL, named::ANY_PURPOSE);
    let other = &["leaf_extended_key_usage"][..];
    for (purposes, signing) in [
        (vec![server], other),
        (vec![server, client], other),
        (vec![code_signing], other),
        (vec![logged], other),
        (vec![server, any], &[]),
        (vec![mail, server], &[]),
        (vec![mail, code_signing, named::PURPOSE_TIME_STAMPING], &[]),
    ] {
        for critical in [false, true] {
            let leaf = plain().extended_key_usage(&purposes, critical);
            assert_judged("purposes", &leaf, signing);
        }
    }
    // One that gives no purpose cannot be read (RFC 5280 4.2.1.12).
    let empty = plain().extended_key_usage(&[], false);
    assert_eq!(
        codes(&judge_for(Purpose::Any, &empty)),
        ["malformed_extension"]
    );
}

/// An authority that signs no certificates is one all the same.
#[test]
fn a_leaf_may_say_that_it_is_an_authority() {
    let usage = KeyUsage::DIGITAL_SIGNATURE;
    let leaf = builder("签名人", 3).authority(None).key_usage(usage);
    assert_judged("authority", &leaf, &[]);
}

/// None of these is asked of a verifier, and each is told.
#[test]
fn what_an_issuer_left_undone_in_a_leaf_is_told() {
    let nothing = asn1::tlv(Tag::BIT_STRING, &[0]);
    let zeros = asn1::tlv(Tag::BIT_STRING, &[0, 0]);
    for value in [nothing, zeros] {
        let leaf = plain().extension(named::KEY_USAGE, true, value);
        let report = judge_for(Purpose::Any, &leaf);
        assert_eq!(report.outcome(), Verdict::Passed);
        assert_eq!(departures(&report), ["certificate[0].keyUsage"]);
        assert_eq!(
            codes(&judge_for(Purpose::Signer, &leaf)),
            ["leaf_key_usage"]
        );
    }
    for value in [asn1::sequence::<Vec<u8>>(&[]), b"a.example".to_vec()] {
        let leaf = plain().extension(named::SUBJECT_ALT_NAME, false, value);
        let report = judge_for(Purpose::Any, &leaf);
        assert_eq!(report.outcome(), Verdict::Passed);
        assert_eq!(departures(&report), ["certificate[0].subjectAltName"]);
    }
}

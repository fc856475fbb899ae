//! Every class of case that published suites (x509-limbo, BetterTLS) have for documents, as
//! `docs/conformance/path.md` decides it; one malformation a case.

use crate::asn1::{self, Oid, Tag, named};
use crate::crypto::Signer;
use crate::finding::FindingCode;
use crate::pki::testing::{Party, builder, issue, name, root, signer, sm2_key, time};
use crate::pki::{Certificate, CertificateBuilder, KeyUsage, Name};
use crate::trust::*;

/// A chain of root, authority and leaf, each built as a case asks.
pub(super) struct Chain {
    pub(super) root: CertificateBuilder,
    authority: CertificateBuilder,
    pub(super) leaf: CertificateBuilder,
}

impl Chain {
    pub(super) fn new() -> Self {
        Self {
            root: builder("根", 1).authority(None),
            authority: builder("运营", 2).authority(None),
            leaf: builder("签名人", 3)
                .end_entity()
                .key_usage(KeyUsage::DIGITAL_SIGNATURE),
        }
    }

    pub(super) fn judge(self) -> PathReport {
        self.judge_with(|request| request)
    }

    pub(super) fn judge_with(
        self,
        change: impl FnOnce(PathRequest<'_>) -> PathRequest<'_>,
    ) -> PathReport {
        let key = sm2_key(1);
        let certificate = self.root.self_sign(&key).unwrap();
        let root = Party { certificate, key };
        let authority = issue(self.authority, 2, &root);
        let leaf = issue(self.leaf, 3, &authority);
        judge_with(&root, &[authority.certificate], &leaf.certificate, change)
    }
}

pub(super) fn judge(root: &Party, intermediates: &[Certificate], leaf: &Certificate) -> PathReport {
    judge_with(root, intermediates, leaf, |request| request)
}

fn judge_with(
    root: &Party,
    intermediates: &[Certificate],
    leaf: &Certificate,
    change: impl FnOnce(PathRequest<'_>) -> PathRequest<'_>,
) -> PathReport {
    let mut anchors = Anchors::new();
    anchors.add_all([root.certificate.clone()], AnchorRole::Signer);
    let request = PathRequest {
        purpose: Purpose::Any,
        intermediates,
        ..PathRequest::new(leaf, &anchors, time("2026-11-22"))
    };
    change(request).judge()
}

pub(super) fn codes(report: &PathReport) -> Vec<&'static str> {
    report
        .problems()
        .iter()
        .map(|one| one.code.name())
        .collect()
}

pub(super) fn departures(report: &PathReport) -> Vec<&str> {
    let findings = report.findings().iter();
    findings
        .filter(|finding| finding.code == FindingCode::CertificateProfile)
        .map(|finding| finding.place.as_str())
        .collect()
}

pub(super) fn dns(text: &str) -> Vec<u8> {
    asn1::tlv(Tag::context_primitive(2), text.as_bytes())
}

pub(super) fn mail(text: &str) -> Vec<u8> {
    asn1::tlv(Tag::context_primitive(1), text.as_bytes())
}

pub(super) fn uri(text: &str) -> Vec<u8> {
    asn1::tlv(Tag::context_primitive(6), text.as_bytes())
}

pub(super) fn ip(bytes: &[u8]) -> Vec<u8> {
    asn1::tlv(Tag::context_primitive(7), bytes)
}

pub(super) fn directory(name: &Name) -> Vec<u8> {
    asn1::context(4, &[name.der()])
}

pub(super) fn other(form: &str) -> Vec<u8> {
    let form = asn1::oid(Oid::parse(form).unwrap());
    asn1::context(0, &[form, asn1::context(0, &[asn1::utf8("x")])])
}

fn subtrees(bases: &[Vec<u8>]) -> Vec<Vec<u8>> {
    bases.iter().map(|base| asn1::sequence(&[base])).collect()
}

pub(super) fn permitted(bases: &[Vec<u8>]) -> Vec<u8> {
    asn1::sequence(&[asn1::context(0, &subtrees(bases))])
}

pub(super) fn excluded(bases: &[Vec<u8>]) -> Vec<u8> {
    asn1::sequence(&[asn1::context(1, &subtrees(bases))])
}

pub(super) fn with_names(names: &[Vec<u8>], constraints: Vec<u8>) -> PathReport {
    let mut chain = Chain::new();
    chain.root = chain
        .root
        .extension(named::NAME_CONSTRAINTS, true, constraints);
    let names = asn1::sequence(names);
    chain.leaf = chain.leaf.extension(named::SUBJECT_ALT_NAME, false, names);
    chain.judge()
}

#[test]
fn names_of_every_form_against_constraints() {
    const NOT_PERMITTED: &[&str] = &["name_not_permitted"];
    const EXCLUDED: &[&str] = &["name_excluded"];
    const MALFORMED: &[&str] = &["malformed_name"];
    const FORM: &[&str] = &["name_form_not_judged"];
    const EXTENSION: &[&str] = &["malformed_extension"];
    let host = || vec![dns("a.example")];
    for (names, constraints, expected) in [
        (host(), permitted(&[dns("example")]), &[][..]),
        (host(), permitted(&[dns("b.example")]), NOT_PERMITTED),
        (
            host(),
            permitted(&[dns("b.example"), dns("a.example")]),
            &[],
        ),
        (host(), excluded(&[dns("example")]), EXCLUDED),
        (host(), excluded(&[dns("b.example")]), &[]),
        // Another form is another matter.
        (host(), permitted(&[mail("example")]), &[]),
        (host(), excluded(&[ip(&[0; 8])]), &[]),
        (vec![dns("*.example")], permitted(&[dns("example")]), &[]),
        (
            vec![dns("*.example")],
            excluded(&[dns("a.example")]),
            EXCLUDED,
        ),
        (
            vec![dns("no host?")],
            permitted(&[dns("example")]),
            MALFORMED,
        ),
        (host(), permitted(&[dns(".example")]), EXTENSION),
        (
            vec![ip(&[10, 0, 0, 1])],
            permitted(&[ip(&[10, 0, 0, 0, 255, 0, 0, 0])]),
            &[],
        ),
        (
            vec![ip(&[11, 0, 0, 1])],
            permitted(&[ip(&[10, 0, 0, 0, 255, 0, 0, 0])]),
            NOT_PERMITTED,
        ),
        (
            vec![ip(&[10, 0, 0, 1])],
            excluded(&[ip(&[10, 0, 0, 0, 255, 0, 0, 0])]),
            EXCLUDED,
        ),
        (
            vec![ip(&[0; 16])],
            permitted(&[ip(&[10, 0, 0, 0, 255, 0, 0, 0])]),
            &[],
        ),
        (
            vec![ip(&[10, 0, 1])],
            permitted(&[ip(&[10, 0, 0, 0, 255, 0, 0, 0])]),
            MALFORMED,
        ),
        (
            vec![ip(&[10, 0, 0, 1])],
            permitted(&[ip(&[10, 0, 0, 0, 255, 0, 255, 0])]),
            EXTENSION,
        ),
        (
            vec![mail("one@a.example")],
            permitted(&[mail("a.example")]),
            &[],
        ),
        (
            vec![mail("one@b.example")],
            permitted(&[mail("a.example")]),
            NOT_PERMITTED,
        ),
        (
            vec![mail("one@b.example")],
            excluded(&[mail(".example")]),
            EXCLUDED,
        ),
        (
            vec![mail("nobody")],
            permitted(&[mail("a.example")]),
            MALFORMED,
        ),
        (
            vec![uri("http://a.example/x")],
            permitted(&[uri("a.example")]),
            &[],
        ),
        (
            vec![uri("http://b.example/x")],
            permitted(&[uri("a.example")]),
            NOT_PERMITTED,
        ),
        (
            vec![uri("http://10.0.0.1/x")],
            permitted(&[uri("a.example")]),
            MALFORMED,
        ),
        (
            vec![directory(&name("别人"))],
            permitted(&[directory(&name("签名人"))]),
            NOT_PERMITTED,
        ),
        (
            vec![directory(&name("别人"))],
            excluded(&[directory(&name("别人"))]),
            EXCLUDED,
        ),
        (vec![other("1.2.3")], permitted(&[other("1.2.3")]), FORM),
        (vec![other("1.2.3")], permitted(&[other("1.2.4")]), &[]),
        // An address beyond ASCII could be any address.
        (
            vec![other("1.3.6.1.5.5.7.8.9")],
            excluded(&[mail("a.example")]),
            FORM,
        ),
    ] {
        let report = with_names(&names, constraints);
        let codes: Vec<_> = codes(&report);
        // The authority's own name is judged with the leaf's where both are of one form.
        let mut distinct = codes.clone();
        distinct.dedup();
        assert_eq!(distinct, expected, "{names:x?}");
    }
}

#[test]
fn constraints_reach_where_they_should() {
    let ours = Name::build(&[(named::COUNTRY, "CN")]).unwrap();
    let theirs = Name::build(&[(named::COUNTRY, "XX")]).unwrap();
    let constrained = |base: &Name, critical| {
        let mut chain = Chain::new();
        let value = permitted(&[directory(base)]);
        chain.authority = chain
            .authority
            .extension(named::NAME_CONSTRAINTS, critical, value);
        chain.judge()
    };
    assert_eq!(constrained(&ours, true).outcome(), Verdict::Passed);
    assert_eq!(codes(&constrained(&theirs, true)), ["name_not_permitted"]);
    // Not critical it binds all the same, and is told.
    let report = constrained(&theirs, false);
    assert_eq!(codes(&report), ["name_not_permitted"]);
    assert_eq!(departures(&report), ["certificate[1].critical"]);

    // A certificate by which an authority renews itself is exempt; the leaf below is not.
    let value = || permitted(&[directory(&theirs)]);
    let key = sm2_key(1);
    let certificate = builder("根", 1)
        .authority(None)
        .extension(named::NAME_CONSTRAINTS, true, value())
        .self_sign(&key)
        .unwrap();
    let root = Party { certificate, key };
    let renewed = issue(builder("根", 2).authority(None), 2, &root);
    let leaf = signer("签名人", 3, &renewed);
    let report = judge(&root, &[renewed.certificate], &leaf.certificate);
    let places: Vec<_> = report
        .problems()
        .iter()
        .map(|one| one.certificate)
        .collect();
    assert_eq!(
        (codes(&report), places),
        (vec!["name_not_permitted"], vec![0])
    );

    // In a leaf it constrains nobody; that is told.
    let mut chain = Chain::new();
    chain.leaf = chain.leaf.extension(named::NAME_CONSTRAINTS, true, value());
    let report = chain.judge();
    assert_eq!(report.outcome(), Verdict::Passed);
    assert_eq!(departures(&report), ["certificate[0].nameConstraints"]);

    // A mail address in the subject counts, and a common name that reads as a host's.
    for (attribute, text, base) in [
        (named::EMAIL_ADDRESS, "one@b.example", mail("a.example")),
        (named::COMMON_NAME, "b.example", dns("a.example")),
    ] {
        let mut chain = Chain::new();
        chain.root = chain
            .root
            .extension(named::NAME_CONSTRAINTS, true, permitted(&[base]));
        let subject = Name::build(&[(attribute, text)]).unwrap();
        let (from, to) = (time("2025-01-01"), time("2035-01-01"));
        let key = sm2_key(3).public_key().clone();
        chain.leaf = CertificateBuilder::new(subject, key, &[3], from, to).end_entity();
        assert_eq!(codes(&chain.judge()), ["name_not_permitted"]);
    }
}

#[test]
fn too_many_names_are_given_up_and_not_passed() {
    let bases: Vec<_> = (0..1000).map(|n| dns(&format!("h{n}.example"))).collect();
    let names: Vec<_> = (0..1000).map(|n| dns(&format!("x{n}.example"))).collect();
    let report = with_names(&names, excluded(&bases));
    assert_eq!(codes(&report), ["name_comparisons_limit"]);
    assert_eq!(report.outcome(), Verdict::Indeterminate);
    // A tenth of that is compared in full.
    assert_eq!(
        with_names(&names[..100], excluded(&bases)).outcome(),
        Verdict::Passed
    );
}

fn policy(number: u32) -> Oid {
    Oid::parse(&format!("1.2.3.{number}")).unwrap()
}

fn policies(list: &[Oid]) -> Vec<u8> {
    let list: Vec<_> = list
        .iter()
        .map(|one| asn1::sequence(&[asn1::oid(*one)]))
        .collect();
    asn1::sequence(&list)
}

fn mappings(pairs: &[(Oid, Oid)]) -> Vec<u8> {
    let pair = |(from, to): &(Oid, Oid)| asn1::sequence(&[asn1::oid(*from), asn1::oid(*to)]);
    asn1::sequence(&pairs.iter().map(pair).collect::<Vec<_>>())
}

/// What limits policies binds where it is not critical too, and that is told.
#[test]
fn limits_of_policies_bind_without_being_critical() {
    let require = asn1::sequence(&[asn1::tlv(Tag::context_primitive(0), &[0])]);
    let mut chain = Chain::new();
    chain.authority = chain
        .authority
        .extension(named::POLICY_CONSTRAINTS, false, require);
    let report = chain.judge();
    assert_eq!(codes(&report), ["no_valid_policy"]);
    assert_eq!(departures(&report), ["certificate[1].critical"]);
}

/// A leaf of its issuer's own name is constrained, unlike an authority of such (RFC 5280 6.1.3 b).
#[test]
fn a_self_issued_leaf_is_constrained() {
    let theirs = Name::build(&[(named::COUNTRY, "XX")]).unwrap();
    let mut chain = Chain::new();
    chain.authority = chain.authority.extension(
        named::NAME_CONSTRAINTS,
        true,
        permitted(&[directory(&theirs)]),
    );
    chain.leaf = builder("运营", 3).end_entity();
    assert_eq!(codes(&chain.judge()), ["name_not_permitted"]);
}

/// The subject and each directory name must be permitted, whatever the other says.
#[test]
fn a_directory_name_beside_the_subject_is_constrained_too() {
    let [ours, theirs] = ["CN", "XX"].map(|text| Name::build(&[(named::COUNTRY, text)]).unwrap());
    for (base, other, expected) in [
        (&ours, &ours, &[][..]),
        (&ours, &theirs, &["name_not_permitted"]),
        (&theirs, &theirs, &["name_not_permitted"]),
    ] {
        let mut chain = Chain::new();
        let value = permitted(&[directory(base)]);
        chain.authority = chain
            .authority
            .extension(named::NAME_CONSTRAINTS, true, value);
        let names = asn1::sequence(&[directory(other)]);
        chain.leaf = chain.leaf.extension(named::SUBJECT_ALT_NAME, false, names);
        assert_eq!(codes(&chain.judge()), expected);
    }
}

/// Constraints that constrain nothing are none (RFC 5280 4.2.1.10).
#[test]
fn constraints_without_subtrees_are_refused() {
    for lists in [vec![], vec![asn1::context(0, &subtrees(&[]))]] {
        let mut chain = Chain::new();
        let value = asn1::sequence(&lists);
        chain.authority = chain
            .authority
            .extension(named::NAME_CONSTRAINTS, true, value);
        assert_eq!(codes(&chain.judge()), ["malformed_extension"]);
    }
}

/// Which key an anchor says it was signed by helps nobody, and is not asked.
#[test]
fn key_identifiers_of_an_anchor_do_not_matter() {
    let key_id = asn1::tlv(Tag::context_primitive(0), &[9; 20]);
    let serial = asn1::tlv(Tag::context_primitive(2), &[9]);
    for parts in [vec![], vec![key_id], vec![serial]] {
        let mut chain = Chain::new();
        let value = asn1::sequence(&parts);
        chain.root = chain
            .root
            .extension(named::AUTHORITY_KEY_IDENTIFIER, false, value);
        let report = chain.judge();
        assert_eq!(
            (report.outcome(), report.findings()),
            (Verdict::Passed, &[][..])
        );
    }
}

/// An anchor's own policies narrow those that are accepted (RFC 5937 3.2, the user-initial-policy-set).
#[test]
fn policies_of_an_anchor_bind() {
    let (one, two, any) = (policy(1), policy(2), named::ANY_POLICY);
    let judge = |anchor: &[Oid], below: &[Oid], acceptable: &[Oid]| {
        let mut chain = Chain::new();
        let oid = named::CERTIFICATE_POLICIES;
        chain.root = chain.root.extension(oid, false, policies(anchor));
        chain.authority = chain.authority.extension(oid, false, policies(below));
        chain.leaf = chain.leaf.extension(oid, false, policies(below));
        let report = chain.judge_with(|request| PathRequest {
            policies: PolicyRequest {
                acceptable: acceptable.to_vec(),
                explicit: true,
                ..PolicyRequest::default()
            },
            ..request
        });
        (codes(&report).is_empty(), report.policies().to_vec())
    };
    let no = (false, vec![]);
    assert_eq!(judge(&[one], &[one, two], &[]), (true, vec![one]));
    assert_eq!(judge(&[one], &[any], &[]), (true, vec![one]));
    assert_eq!(judge(&[any, one], &[two], &[]), (true, vec![two]));
    assert_eq!(judge(&[one], &[two], &[]), no);
    assert_eq!(judge(&[one], &[one, two], &[two]), no);
    assert_eq!(judge(&[one, two], &[any], &[two]), (true, vec![two]));
}

#[test]
fn policies_are_told_and_asked_for() {
    let (one, two) = (policy(1), policy(2));
    let chain = |authority: &[Oid], leaf: &[Oid]| {
        let mut chain = Chain::new();
        let oid = named::CERTIFICATE_POLICIES;
        chain.authority = chain.authority.extension(oid, true, policies(authority));
        chain.leaf = chain.leaf.extension(oid, true, policies(leaf));
        chain
    };
    let ask = |acceptable: &[Oid], chain: Chain| {
        let acceptable = acceptable.to_vec();
        chain.judge_with(|request| PathRequest {
            policies: PolicyRequest {
                acceptable,
                explicit: true,
                ..PolicyRequest::default()
            },
            ..request
        })
    };
    let report = ask(&[], chain(&[one, two], &[one]));
    assert_eq!(
        (report.outcome(), report.policies()),
        (Verdict::Passed, &[one][..])
    );
    assert_eq!(
        codes(&ask(&[two], chain(&[one, two], &[one]))),
        ["no_valid_policy"]
    );
    assert_eq!(codes(&ask(&[], chain(&[one], &[two]))), ["no_valid_policy"]);
    let any = named::ANY_POLICY;
    assert_eq!(
        ask(&[two], chain(&[any], &[two])).outcome(),
        Verdict::Passed
    );
    assert_eq!(ask(&[two], chain(&[any], &[any])).policies(), [two]);
    // Nobody asks: nothing is valid, and nothing is wrong.
    let report = chain(&[one], &[two]).judge();
    assert_eq!(
        (report.outcome(), report.policies()),
        (Verdict::Passed, &[][..])
    );

    let mut mapped = chain(&[one], &[two]);
    let value = mappings(&[(one, two)]);
    mapped.authority = mapped
        .authority
        .extension(named::POLICY_MAPPINGS, true, value);
    assert_eq!(ask(&[one], mapped).policies(), [one]);
    let mut mapped = chain(&[any], &[two]);
    let value = mappings(&[(any, two)]);
    mapped.authority = mapped
        .authority
        .extension(named::POLICY_MAPPINGS, true, value);
    assert_eq!(codes(&mapped.judge()), ["any_policy_mapped"]);

    // A critical extension asks for its qualifiers too.
    let unknown = asn1::sequence(&[asn1::oid(policy(9))]);
    let info = asn1::sequence(&[asn1::oid(one), asn1::sequence(&[unknown])]);
    for (critical, expected) in [(true, vec!["unknown_critical_extension"]), (false, vec![])] {
        let mut chain = Chain::new();
        let value = asn1::sequence(std::slice::from_ref(&info));
        chain.leaf = chain
            .leaf
            .extension(named::CERTIFICATE_POLICIES, critical, value);
        assert_eq!(codes(&chain.judge()), expected);
    }
}

/// Each level maps every policy to every other: a tree of them would have 100^6 leaves.
#[test]
fn policies_of_an_attacker_stay_a_graph() {
    let all: Vec<Oid> = (1..=100).map(policy).collect();
    let pairs: Vec<_> = (0..100).map(|n| (all[n], all[(n + 1) % 100])).collect();
    let key = sm2_key(1);
    let certificate = builder("根", 1).authority(None).self_sign(&key).unwrap();
    let root = Party { certificate, key };
    let mut above = issue(builder("级0", 2).authority(None), 2, &root);
    let mut intermediates = Vec::new();
    for level in 1..6 {
        let built = builder(&format!("级{level}"), 2)
            .authority(None)
            .extension(named::CERTIFICATE_POLICIES, true, policies(&all))
            .extension(named::POLICY_MAPPINGS, true, mappings(&pairs));
        intermediates.push(above.certificate.clone());
        if level == 1 {
            // The first authority asserts them too, or nothing would be valid below.
            let first = builder("级0", 2)
                .authority(None)
                .extension(named::CERTIFICATE_POLICIES, true, policies(&all))
                .extension(named::POLICY_MAPPINGS, true, mappings(&pairs));
            above = issue(first, 2, &root);
            intermediates = vec![above.certificate.clone()];
        }
        above = issue(built, 2, &above);
    }
    intermediates.push(above.certificate.clone());
    let leaf = builder("签名人", 3).end_entity().extension(
        named::CERTIFICATE_POLICIES,
        true,
        policies(&all),
    );
    let leaf = issue(leaf, 3, &above);
    let report = judge(&root, &intermediates, &leaf.certificate);
    assert_eq!(
        (report.outcome(), report.policies().len()),
        (Verdict::Passed, 100)
    );
}

#[test]
fn anchors_are_held_to_what_they_say() {
    let unknown = policy(7);
    let critical = |builder: CertificateBuilder, oid, value| builder.extension(oid, true, value);
    type Change = fn(CertificateBuilder) -> CertificateBuilder;
    let changes: [(&str, Change); 3] = [
        ("not_an_authority", |_| builder("根", 1)),
        ("not_an_authority", |_| {
            builder("根", 1)
                .end_entity()
                .key_usage(KeyUsage::KEY_CERT_SIGN)
        }),
        ("issuer_key_usage", |builder| {
            builder.key_usage(KeyUsage::CRL_SIGN)
        }),
    ];
    for (code, change) in changes {
        let mut chain = Chain::new();
        chain.root = change(chain.root);
        assert_eq!(codes(&chain.judge()), [code]);
    }
    let mut chain = Chain::new();
    chain.root = critical(chain.root, unknown, asn1::null());
    assert_eq!(codes(&chain.judge()), ["unknown_critical_extension"]);
    let mut chain = Chain::new();
    chain.root = builder("根", 1).authority(Some(0));
    assert_eq!(codes(&chain.judge()), ["path_length"]);
    // What an anchor asks of policies binds those below.
    let mut chain = Chain::new();
    let require = asn1::sequence(&[asn1::tlv(Tag::context_primitive(0), &[0])]);
    chain.root = critical(chain.root, named::POLICY_CONSTRAINTS, require);
    assert_eq!(codes(&chain.judge()), ["no_valid_policy"]);
}

#[test]
fn departures_of_issuers_are_told_and_not_refused() {
    let mut chain = Chain::new();
    let basic = asn1::sequence(&[asn1::boolean(true)]);
    chain.authority = chain
        .authority
        .extension(named::BASIC_CONSTRAINTS, false, basic);
    let report = chain.judge();
    assert_eq!(report.outcome(), Verdict::Passed);
    assert_eq!(departures(&report), ["certificate[1].critical"]);
    for oid in [
        named::AUTHORITY_KEY_IDENTIFIER,
        named::SUBJECT_KEY_IDENTIFIER,
    ] {
        let mut chain = Chain::new();
        let id = match oid == named::SUBJECT_KEY_IDENTIFIER {
            true => asn1::octets(&[1]),
            false => asn1::sequence::<Vec<u8>>(&[]),
        };
        chain.authority = chain.authority.extension(oid, true, id);
        let report = chain.judge();
        assert_eq!(report.outcome(), Verdict::Passed);
        assert_eq!(departures(&report), ["certificate[1].critical"]);
    }
    assert_eq!(Chain::new().judge().findings(), []);
}

#[test]
fn certificates_of_a_path_have_a_purpose_in_common() {
    let purposes = |authority: &[Oid], leaf: &[Oid]| {
        let mut chain = Chain::new();
        chain.authority = chain.authority.extended_key_usage(authority, false);
        chain.leaf = chain.leaf.extended_key_usage(leaf, false);
        codes(&chain.judge())
    };
    let (server, mail, any) = (
        named::PURPOSE_SERVER,
        named::PURPOSE_MAIL,
        named::ANY_PURPOSE,
    );
    assert_eq!(purposes(&[server, mail], &[mail]), Vec::<&str>::new());
    assert_eq!(purposes(&[any], &[mail]), Vec::<&str>::new());
    assert_eq!(purposes(&[server], &[mail]), ["issuer_extended_key_usage"]);
}

/// An authority may itself be what is asked about.
#[test]
fn an_authority_as_leaf_is_judged_like_any() {
    let root = root("根", 1);
    let authority = issue(builder("运营", 2).authority(None), 2, &root);
    assert_eq!(
        judge(&root, &[], &authority.certificate).outcome(),
        Verdict::Passed
    );
    let cut = issue(
        builder("运营", 2)
            .end_entity()
            .key_usage(KeyUsage::KEY_CERT_SIGN),
        2,
        &root,
    );
    assert_eq!(
        codes(&judge(&root, &[], &cut.certificate)),
        ["cert_sign_without_authority"]
    );
}

//! Who may seal what: each rule with one list or license that breaks it alone.

use yinxin::Metadata;
use yinxin::asn1::{self, Oid, Tag};
use yinxin::crypto::DigestAlgorithm;
use yinxin::issue::{Draft, Format};
use yinxin::license::codes::RegionCode;
use yinxin::pki::{Certificate, KeyUsage};
use yinxin::ses::Layout;
use yinxin::trust::list::{EntryKind, Extent, Organization, Scope, TrustList};
use yinxin::verify::{CheckCode, Outcome, Policy, Reason, Report, Verifier};

use crate::pki::{
    self, Party, affix, checks, entry, granted, make_seal, not_passed, now, time, trust, world,
};

const ISSUER: &str = "11349900MB0EXAMP5Y";
const TYPE: &str = "11100000MB0143028R001";

/// Asks all of `basic`, and for authority.
fn policy() -> Policy {
    let json = Policy::window().to_json();
    let without = json
        .replace(r#""revocation.signer","revocation.maker","#, "")
        .replace(r#","license.status""#, "");
    assert!(without.len() < json.len() - 40, "{json}");
    Policy::from_json(&without).unwrap()
}

/// The issuing body, whose seal the list knows.
fn body() -> Organization {
    Organization {
        uscc: ISSUER.to_owned(),
        name: "某某市市场监督管理局".to_owned(),
        seals: vec![pki::seal_of(Layout::Gbt38540_2020).info().id.clone()],
        certificates: Vec::new(),
    }
}

fn judged(document: &[u8], change: impl FnOnce(&mut TrustList)) -> Report {
    let state = trust(|list| {
        list.organizations.push(body());
        change(list);
    });
    Verifier::new(policy())
        .with_trust(state)
        .verify(document, now())
}

/// The one check that did not pass, and why.
#[track_caller]
fn only(report: &Report) -> (CheckCode, Outcome, Reason) {
    let open = report
        .all_checks()
        .filter(|check| check.outcome != Outcome::Passed);
    let open: Vec<_> = open.collect();
    assert_eq!(open.len(), 1, "{:?}", not_passed(report));
    (open[0].code, open[0].outcome, open[0].reason.unwrap())
}

fn failed(code: CheckCode, reason: Reason) -> (CheckCode, Outcome, Reason) {
    (code, Outcome::Failed, reason)
}

fn open(code: CheckCode, reason: Reason) -> (CheckCode, Outcome, Reason) {
    (code, Outcome::Indeterminate, reason)
}

/// The list's entry for signers (0) or makers (1) vouches for this only.
fn scoped(place: usize, scope: Scope) -> impl FnOnce(&mut TrustList) {
    move |list| {
        let world = world();
        let (id, kind, party) = match place {
            0 => ("ca", EntryKind::Ca, &world.signer_authority),
            _ => ("maker", EntryKind::SealMaker, &world.maker_authority),
        };
        let history = vec![granted("2020-01-01", None, scope)];
        list.entries[place] = entry(id, kind, &party.certificate, history);
    }
}

fn types(codes: &[&str]) -> Scope {
    Scope {
        license_types: Extent::Only(codes.iter().map(|&code| code.to_owned()).collect()),
        ..Scope::any()
    }
}

fn issuers(codes: &[&str]) -> Scope {
    Scope {
        issuers: Extent::Only(codes.iter().map(|&code| code.to_owned()).collect()),
        ..Scope::any()
    }
}

fn regions(codes: &[&str]) -> Scope {
    let codes = codes.iter().map(|code| RegionCode::parse(code).unwrap());
    Scope {
        regions: Extent::Only(codes.collect()),
        ..Scope::any()
    }
}

/// The license with other metadata, sealed by the usual signer.
fn licensed(change: impl FnOnce(String) -> String) -> Vec<u8> {
    let json = change(include_str!("../../../examples/data/business-license.json").to_owned());
    let draft = Draft::new(
        Metadata::from_json(&json).unwrap(),
        yinxin::Template::standard_portrait().unwrap(),
        time("2026-01-15"),
    );
    let document = draft.document(Format::Ofd).unwrap();
    affix(
        &document.bytes,
        pki::seal_of(Layout::Gbt38540_2020),
        &world().signer,
    )
}

#[test]
fn the_owner_of_the_seal_within_all_scopes_passes() {
    for document in [pki::sealed_ofd(), pki::sealed_pdf()] {
        let report = judged(&document, |_| {});
        assert_eq!(report.outcome, Outcome::Passed, "{:?}", not_passed(&report));
        for code in [
            CheckCode::AuthorityMaker,
            CheckCode::AuthorityIssuer,
            CheckCode::AuthorityScope,
        ] {
            assert_eq!(checks(&report, code).len(), 1, "{}", code.name());
        }
    }
    let narrow = |list: &mut TrustList| {
        scoped(0, types(&[TYPE]))(list);
        scoped(1, issuers(&[ISSUER]))(list);
    };
    let report = judged(&pki::sealed_ofd(), narrow);
    assert_eq!(report.outcome, Outcome::Passed, "{:?}", not_passed(&report));
}

#[test]
fn what_lies_outside_a_scope_fails_on_the_anchor_that_vouches() {
    let document = pki::sealed_ofd();
    for (place, code) in [
        (0, CheckCode::AuthorityScope),
        (1, CheckCode::AuthorityMaker),
    ] {
        for (scope, reason) in [
            (types(&["11100000MB0143028R002"]), Reason::OutsideTypes),
            (types(&[]), Reason::OutsideTypes),
            (issuers(&["113499000000000010"]), Reason::OutsideIssuers),
            (regions(&["350000"]), Reason::OutsideRegion),
            (regions(&["340100"]), Reason::OutsideRegion),
            (regions(&[]), Reason::OutsideRegion),
        ] {
            let report = judged(&document, scoped(place, scope));
            assert_eq!(only(&report), failed(code, reason));
        }
    }
    // Both values are named.
    let report = judged(&document, scoped(0, types(&["X"])));
    let json = report.to_json();
    assert!(
        json.contains(&format!(
            r#""admitted":["X"],"entry":"ca","type_code":"{TYPE}""#
        )),
        "{json}"
    );
}

#[test]
fn the_scope_of_the_time_of_signing_counts() {
    let document = pki::sealed_ofd();
    let history = |first: Scope, then: Scope| {
        move |list: &mut TrustList| {
            let periods = vec![
                granted("2020-01-01", Some("2026-11-21"), first),
                granted("2026-11-21", None, then),
            ];
            let certificate = &world().signer_authority.certificate;
            list.entries[0] = entry("ca", EntryKind::Ca, certificate, periods);
        }
    };
    let narrowed = judged(&document, history(types(&[TYPE]), types(&[])));
    assert_eq!(
        narrowed.outcome,
        Outcome::Passed,
        "{:?}",
        not_passed(&narrowed)
    );
    let widened = judged(&document, history(types(&[]), types(&[TYPE])));
    assert_eq!(
        only(&widened),
        failed(CheckCode::AuthorityScope, Reason::OutsideTypes)
    );
}

#[test]
fn a_name_proves_nothing() {
    let document = pki::sealed_ofd();
    let report = judged(&document, |list| list.organizations.clear());
    assert_eq!(
        only(&report),
        open(CheckCode::AuthorityIssuer, Reason::NameOnly)
    );
    let other_name = licensed(|json| json.replace("某某市市场监督管理局", "某某市另一机关"));
    let report = judged(&other_name, |list| list.organizations.clear());
    assert_eq!(
        only(&report),
        open(CheckCode::AuthorityIssuer, Reason::AuthorityUnknown)
    );
    // A list that gives the name to another code does not make it the issuer.
    let report = judged(&document, |list| {
        list.organizations[0].uscc = "113499000000000010".to_owned();
    });
    assert_eq!(
        only(&report),
        failed(CheckCode::AuthorityIssuer, Reason::IssuerDiffers)
    );
}

#[test]
fn seal_and_certificate_are_one_bodys() {
    let document = pki::sealed_ofd();
    let digest = |party: &Party| party.certificate.fingerprint(DigestAlgorithm::Sm3).to_hex();
    let signer = digest(&world().signer);
    let other = |list: &mut TrustList| {
        list.organizations.push(Organization {
            uscc: "113499000000000010".to_owned(),
            name: "某某市另一机关".to_owned(),
            seals: Vec::new(),
            certificates: vec![signer.clone()],
        });
    };
    let report = judged(&document, other);
    assert_eq!(
        only(&report),
        failed(CheckCode::AuthorityIssuer, Reason::SealOwnerDiffers)
    );
    // The certificate alone is enough, where nothing is known of the seal.
    let by_certificate = |list: &mut TrustList| {
        list.organizations[0].seals.clear();
        list.organizations[0].certificates.push(signer.clone());
    };
    let report = judged(&document, by_certificate);
    assert_eq!(report.outcome, Outcome::Passed, "{:?}", not_passed(&report));
    let renamed = judged(&document, |list| {
        list.organizations[0].name = "旧名称".to_owned();
    });
    assert_eq!(
        only(&renamed),
        open(CheckCode::AuthorityIssuer, Reason::NamesDiffer)
    );
}

#[test]
fn an_extension_counts_where_the_entry_names_it() {
    let oid = Oid::parse("1.2.156.112562.2.1.1.1").unwrap();
    let signer = signer_with(oid, ISSUER);
    let seal = make_seal(Layout::Gbt38540_2020, &[&signer], &world().maker);
    let document = affix(&pki::unsigned_ofd(), seal.clone(), &signer);
    let unnamed = |list: &mut TrustList| list.organizations.clear();
    let report = judged(&document, unnamed);
    assert_eq!(
        only(&report),
        open(CheckCode::AuthorityIssuer, Reason::NameOnly)
    );
    let named = |list: &mut TrustList| {
        list.organizations.clear();
        list.entries[0] = list.entries[0].clone().with_organization_extension(oid);
    };
    let report = judged(&document, named);
    assert_eq!(report.outcome, Outcome::Passed, "{:?}", not_passed(&report));
    let stranger = signer_with(oid, "91349900MA0EXAMP18");
    let seal = make_seal(Layout::Gbt38540_2020, &[&stranger], &world().maker);
    let report = judged(&affix(&pki::unsigned_ofd(), seal, &stranger), named);
    assert_eq!(
        only(&report),
        failed(CheckCode::AuthorityIssuer, Reason::IssuerDiffers)
    );
}

fn signer_with(oid: Oid, code: &str) -> Party {
    let key = pki::key(77);
    let value = asn1::tlv(Tag::UTF8_STRING, code.as_bytes());
    let issuer = &world().signer_authority;
    let certificate: Certificate = pki::builder(
        "某某市市场监督管理局",
        &key,
        77,
        ("2025-01-01", "2035-01-01"),
    )
    .end_entity()
    .key_usage(KeyUsage::DIGITAL_SIGNATURE)
    .extension(oid, false, value)
    .sign(&issuer.certificate, &issuer.key)
    .unwrap();
    Party { certificate, key }
}

#[test]
fn a_license_says_where_it_belongs() {
    let whole = || {
        |list: &mut TrustList| {
            scoped(0, regions(&["349900"]))(list);
            scoped(1, Scope::any())(list);
        }
    };
    let moved =
        licensed(|json| json.replace(r#""area_code": "349900""#, r#""area_code": "350100""#));
    let report = judged(&moved, whole());
    assert_eq!(
        only(&report),
        failed(CheckCode::AuthorityScope, Reason::OutsideRegion)
    );
    let nowhere =
        licensed(|json| json.replace(r#""area_code": "349900""#, r#""area_code": "190000""#));
    let report = judged(&nowhere, whole());
    assert_eq!(
        only(&report),
        open(CheckCode::AuthorityScope, Reason::RegionUnknown)
    );
    // 341421 was given up in 2011, and this license is of 2026.
    let retired =
        licensed(|json| json.replace(r#""area_code": "349900""#, r#""area_code": "341421""#));
    let report = judged(&retired, scoped(1, Scope::any()));
    assert_eq!(
        only(&report),
        open(CheckCode::AuthorityScope, Reason::RegionRetired)
    );
}

#[test]
fn without_a_list_nothing_is_known_and_nothing_left_out() {
    let world = world();
    let report = Verifier::new(policy())
        .with_anchor(
            yinxin::trust::AnchorRole::Signer,
            world.signer_authority.certificate.clone(),
        )
        .with_anchor(
            yinxin::trust::AnchorRole::Maker,
            world.maker_authority.certificate.clone(),
        )
        .verify(&pki::sealed_ofd(), now());
    assert_eq!(report.outcome, Outcome::Indeterminate);
    for code in [
        CheckCode::AuthorityMaker,
        CheckCode::AuthorityIssuer,
        CheckCode::AuthorityScope,
    ] {
        let found = checks(&report, code);
        assert_eq!(
            found[0].reason,
            Some(Reason::AuthorityUnknown),
            "{}",
            code.name()
        );
    }
}

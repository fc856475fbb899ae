//! Status lists in verdicts: of licenses now, of seals when they were used.

use yinxin::crypto::{KeyKind, SoftwareKey};
use yinxin::license::codes::RegionCode;
use yinxin::pki::{Crl, CrlBuilder};
use yinxin::trust::list::{EntryKind, Extent, Organization, Scope, TrustList};
use yinxin::trust::status::{SealRevocations, StatusList, StatusReferences};
use yinxin::verify::{Check, CheckCode, Outcome, Policy, Reason, Report, Verifier};
use yinxin::{FindingCode, Time};

use crate::pki::{
    self, Party, STATUS_URI, builder, checks, entry, granted, key, not_passed, now, region,
    status_jwt, time, trust,
};

const LICENSE: &str =
    "1.2.156.3005.2.11100000MB0143028R001.11349900MB0EXAMP5Y.20260115000001.001.2";
const SEAL: &str = "34990000000001";
const DAY: u32 = 86_400;

/// Publishes statuses.
fn publisher() -> Party {
    party(key(60))
}

fn party(key: SoftwareKey) -> Party {
    let certificate = builder("某某省状态发布中心", &key, 60, ("2025-01-01", "2035-01-01"))
        .self_sign(&key)
        .unwrap();
    Party { certificate, key }
}

fn with_publisher(publisher: &Party, scope: Scope) -> impl FnOnce(&mut TrustList) + '_ {
    move |list| {
        let history = vec![granted("2020-01-01", None, scope)];
        let kind = EntryKind::StatusPublisher;
        list.entries
            .push(entry("publisher", kind, &publisher.certificate, history));
        list.organizations.push(Organization {
            uscc: "11349900MB0EXAMP5Y".to_owned(),
            name: "某某市市场监督管理局".to_owned(),
            seals: vec![SEAL.to_owned()],
            certificates: Vec::new(),
        });
    }
}

/// The license at index 5, the seal at index 6.
fn references() -> StatusReferences {
    let json = format!(
        r#"{{"schema":"yinxin.status-references/1",
        "licenses":{{"{LICENSE}":{{"uri":"{STATUS_URI}","idx":5}}}},
        "seals":{{"{SEAL}":{{"uri":"{STATUS_URI}","idx":6}}}}}}"#
    );
    StatusReferences::from_json(json.as_bytes()).unwrap()
}

/// `window` without revocation, which has tests of its own.
fn policy() -> Policy {
    let json = Policy::window().to_json();
    Policy::from_json(&json.replace(r#""revocation.signer","revocation.maker","#, "")).unwrap()
}

fn verifier(scope: Scope) -> Verifier {
    Verifier::new(policy())
        .with_trust(trust(with_publisher(&publisher(), scope)))
        .with_status_references(references())
}

fn statuses(license: u8, seal: u8) -> [u8; 9] {
    [0, 0, 0, 0, 0, license, seal, 0, 0]
}

fn list_of(by: &SoftwareKey, width: u8, license: u8, seal: u8, issued: Time) -> StatusList {
    let token = status_jwt(by, width, &statuses(license, seal), issued, DAY);
    StatusList::from_bytes(&token).unwrap()
}

/// A list of this morning by the publisher.
fn today(license: u8, seal: u8) -> StatusList {
    list_of(
        &publisher().key,
        8,
        license,
        seal,
        time("2026-11-22T00:00:00Z"),
    )
}

fn judged(verifier: &Verifier) -> Report {
    verifier.verify(&pki::sealed_ofd(), now())
}

#[track_caller]
fn one(report: &Report, code: CheckCode) -> &Check {
    let found = checks(report, code);
    assert_eq!(found.len(), 1, "{:?}", not_passed(report));
    found[0]
}

#[track_caller]
fn license_status(verifier: &Verifier) -> (Outcome, Option<Reason>) {
    let report = judged(verifier);
    let check = one(&report, CheckCode::LicenseStatus);
    (check.outcome, check.reason)
}

#[test]
fn a_license_in_force_passes_in_every_width() {
    for width in [1, 2, 4, 8] {
        let list = list_of(&publisher().key, width, 0, 0, time("2026-11-22T00:00:00Z"));
        let report = judged(&verifier(region("340000")).with_status_list(list));
        assert_eq!(report.outcome, Outcome::Passed, "{:?}", not_passed(&report));
        assert_eq!(report.axes.in_force, Outcome::Passed);
        assert!(report.evidence.iter().any(|one| one.kind == "status-list"));
    }
    for (width, status) in [(1, 1), (2, 1), (4, 1), (8, 1)] {
        let list = list_of(
            &publisher().key,
            width,
            status,
            0,
            time("2026-11-22T00:00:00Z"),
        );
        let found = license_status(&verifier(region("340000")).with_status_list(list));
        assert_eq!(
            found,
            (Outcome::Failed, Some(Reason::NotInForce)),
            "{width}"
        );
    }
}

#[test]
fn a_key_on_p256_signs_too() {
    let party = party(SoftwareKey::generate(KeyKind::P256).unwrap());
    let verifier = Verifier::new(policy())
        .with_trust(trust(with_publisher(&party, region("340000"))))
        .with_status_references(references());
    let list = list_of(&party.key, 1, 0, 0, time("2026-11-22T00:00:00Z"));
    assert_eq!(
        license_status(&verifier.with_status_list(list)),
        (Outcome::Passed, None)
    );
}

#[test]
fn each_status_says_what_it_means() {
    let with = |status| license_status(&verifier(Scope::any()).with_status_list(today(status, 0)));
    assert_eq!(with(0), (Outcome::Passed, None));
    assert_eq!(with(1), (Outcome::Failed, Some(Reason::NotInForce)));
    assert_eq!(with(2), (Outcome::Failed, Some(Reason::Suspended)));
    for other in [3, 11, 15, 255] {
        assert_eq!(
            with(other),
            (Outcome::Indeterminate, Some(Reason::StatusUnknown))
        );
    }
}

#[test]
fn a_publisher_speaks_for_those_that_the_list_links_to_it() {
    let named = |code: &str| Scope {
        issuers: Extent::Only(vec![code.to_owned()]),
        ..Scope::any()
    };
    let with = |scope| license_status(&verifier(scope).with_status_list(today(0, 0)));
    assert_eq!(with(named("11349900MB0EXAMP5Y")), (Outcome::Passed, None));
    let unlinked = (Outcome::Indeterminate, Some(Reason::PublisherNotLinked));
    assert_eq!(with(named("113499000000000010")), unlinked);
    assert_eq!(with(region("350000")), unlinked);
    let regions = Scope {
        regions: Extent::Only(vec![RegionCode::parse("349900").unwrap()]),
        ..Scope::any()
    };
    assert_eq!(with(regions), (Outcome::Passed, None));
    // A stranger's list is nobody's; nor does it hide the publisher's.
    let strange = list_of(&key(61), 8, 0, 0, time("2026-11-22T01:00:00Z"));
    let verifier = verifier(Scope::any()).with_status_list(strange);
    let unknown = (Outcome::Indeterminate, Some(Reason::PublisherUnknown));
    assert_eq!(license_status(&verifier), unknown);
    let both = verifier.with_status_list(today(1, 0));
    assert_eq!(license_status(&both).0, Outcome::Failed);
    // No key of another role speaks of statuses.
    let ca = list_of(
        &pki::world().signer_authority.key,
        8,
        0,
        0,
        time("2026-11-22T00:00:00Z"),
    );
    let by_ca = Verifier::new(policy())
        .with_trust(trust(|_| {}))
        .with_status_references(references())
        .with_status_list(ca);
    assert_eq!(license_status(&by_ca), unknown);
}

#[test]
fn a_list_tells_of_its_own_time_only() {
    let at = |issued: &str| {
        let list = list_of(&publisher().key, 8, 0, 0, time(issued));
        license_status(&verifier(Scope::any()).with_status_list(list))
    };
    let stale = (Outcome::Indeterminate, Some(Reason::StatusListStale));
    assert_eq!(at("2026-11-21T07:59:59Z"), stale);
    assert_eq!(at("2026-11-21T08:00:00Z"), (Outcome::Passed, None));
    assert_eq!(at("2026-11-22T08:00:01Z"), stale);
    // Of several the newest counts.
    let older = list_of(&publisher().key, 8, 0, 0, time("2026-11-22T00:00:00Z"));
    let newer = list_of(&publisher().key, 8, 1, 0, time("2026-11-22T06:00:00Z"));
    let verifier = verifier(Scope::any());
    for pair in [[older.clone(), newer.clone()], [newer, older]] {
        let both = pair
            .into_iter()
            .fold(verifier.clone(), Verifier::with_status_list);
        assert_eq!(license_status(&both).0, Outcome::Failed);
    }
}

#[test]
fn what_is_missing_leaves_the_status_open_and_is_named() {
    let unknown = (Outcome::Indeterminate, Some(Reason::StatusUnknown));
    let without_list = verifier(Scope::any());
    assert_eq!(license_status(&without_list), unknown);
    assert!(judged(&without_list).to_json().contains(STATUS_URI));
    let without_reference = Verifier::new(policy())
        .with_trust(trust(with_publisher(&publisher(), Scope::any())))
        .with_status_list(today(0, 0));
    assert_eq!(license_status(&without_reference), unknown);
    let short = status_jwt(&publisher().key, 8, &[0, 0], time("2026-11-22"), DAY);
    let short = StatusList::from_bytes(&short).unwrap();
    let beyond = verifier(Scope::any()).with_status_list(short);
    let unusable = (Outcome::Indeterminate, Some(Reason::StatusListUnusable));
    assert_eq!(license_status(&beyond), unusable);
}

/// Judged on the 22nd; the seal was used on the 20th by the signer's word.
#[test]
fn a_seal_is_asked_about_as_of_its_use() {
    let then = |seal| list_of(&publisher().key, 8, 0, seal, time("2026-11-20T00:00:00Z"));
    let with = |lists: Vec<StatusList>| {
        let verifier = lists
            .into_iter()
            .fold(verifier(Scope::any()), Verifier::with_status_list);
        judged(&verifier)
    };
    let good = with(vec![then(0), today(0, 0)]);
    assert_eq!(one(&good, CheckCode::SealStatus).outcome, Outcome::Passed);
    assert_eq!(good.outcome, Outcome::Passed, "{:?}", not_passed(&good));
    let revoked = with(vec![then(1), today(0, 1)]);
    assert_eq!(
        one(&revoked, CheckCode::SealStatus).reason,
        Some(Reason::SealRevoked)
    );
    assert_eq!(revoked.outcome, Outcome::Failed);
    // Revoked since: the claimed time could be made up.
    for lists in [vec![then(0), today(0, 1)], vec![today(0, 1)]] {
        let report = with(lists);
        assert_eq!(
            report.outcome,
            Outcome::Indeterminate,
            "{:?}",
            not_passed(&report)
        );
        let validity = one(&report, CheckCode::SealValidity);
        assert_eq!(validity.reason, Some(Reason::RevokedSince));
        let noted = |finding: &yinxin::Finding| finding.code == FindingCode::SealStatusNow;
        assert!(report.findings.iter().any(noted));
    }
    // In force now says nothing of then, and the policy does not ask for it.
    let later_only = with(vec![today(0, 0)]);
    assert!(checks(&later_only, CheckCode::SealStatus).is_empty());
    assert_eq!(later_only.outcome, Outcome::Passed);
}

#[test]
fn a_revocation_list_of_seals_tells_since_when() {
    let with = |since: &str, as_of: &str| {
        let json = format!(
            r#"{{"revocationList":[{{"sealCode":"{SEAL}","invalidType":0,"invalidEffectTime":"{since}"}}]}}"#
        );
        let list = SealRevocations::from_json(json.as_bytes(), Some(time(as_of))).unwrap();
        let verifier = verifier(Scope::any())
            .with_status_list(today(0, 0))
            .with_seal_revocations(list);
        judged(&verifier)
    };
    let before = with("2026-11-20 09:59:59", "2026-11-22");
    assert_eq!(
        one(&before, CheckCode::SealStatus).reason,
        Some(Reason::SealRevoked)
    );
    let since = with("2026-11-21 10:00:00", "2026-11-22");
    assert_eq!(
        one(&since, CheckCode::SealValidity).reason,
        Some(Reason::RevokedSince)
    );
    let announced = with("2026-12-01 00:00:00", "2026-11-22");
    assert_eq!(
        one(&announced, CheckCode::SealStatus).outcome,
        Outcome::Passed
    );
    let json = br#"{"revocationList":[]}"#;
    for (as_of, known) in [("2026-11-22", true), ("2026-11-19", false)] {
        let list = SealRevocations::from_json(json, Some(time(as_of))).unwrap();
        let verifier = verifier(Scope::any()).with_seal_revocations(list);
        let report = verifier.verify(&pki::sealed_ofd(), now());
        assert_eq!(
            !checks(&report, CheckCode::SealStatus).is_empty(),
            known,
            "{as_of}"
        );
    }
}

/// The names of certificates do not matter, their keys do.
#[test]
fn a_name_like_the_publishers_is_no_publisher() {
    let impostor = party(key(62));
    let publisher = publisher();
    assert_eq!(
        publisher.certificate.subject_name(),
        impostor.certificate.subject_name()
    );
    let list = list_of(&impostor.key, 8, 0, 0, time("2026-11-22T00:00:00Z"));
    let found = license_status(&verifier(Scope::any()).with_status_list(list));
    assert_eq!(
        found,
        (Outcome::Indeterminate, Some(Reason::PublisherUnknown))
    );
}

/// A publisher whom the signers' authority certifies.
fn certified_publisher() -> Party {
    let key = key(63);
    let authority = &pki::world().signer_authority;
    let certificate = builder("某某省状态发布中心", &key, 63, ("2025-01-01", "2035-01-01"))
        .end_entity()
        .sign(&authority.certificate, &authority.key)
        .unwrap();
    Party { certificate, key }
}

#[test]
fn a_publisher_that_its_issuer_revoked_is_none() {
    let publisher = certified_publisher();
    let authority = &pki::world().signer_authority;
    let crl = |revoked: bool| {
        let list = CrlBuilder::new(9, time("2026-11-01"), time("2026-12-01"));
        let list = match revoked {
            true => list.revoke(publisher.certificate.serial(), time("2026-11-21"), None),
            false => list,
        };
        list.sign(&authority.certificate, &authority.key).unwrap()
    };
    let list = || list_of(&publisher.key, 8, 0, 0, time("2026-11-20T00:00:00Z"));
    let current = || list_of(&publisher.key, 8, 0, 0, time("2026-11-22T00:00:00Z"));
    let under = |policy: Policy, crl: Option<Crl>| {
        let verifier = Verifier::new(policy)
            .with_trust(trust(with_publisher(&publisher, Scope::any())))
            .with_status_references(references())
            .with_status_list(list())
            .with_status_list(current());
        license_status(&crl.into_iter().fold(verifier, Verifier::with_crl))
    };
    let revoked = (Outcome::Indeterminate, Some(Reason::PublisherUnknown));
    // The one policy asks about revocation, the other does not; a revocation counts for both.
    for asks in [Policy::window(), policy()] {
        assert_eq!(under(asks.clone(), Some(crl(true))), revoked);
        assert_eq!(under(asks, Some(crl(false))), (Outcome::Passed, None));
    }
    let unknown = (Outcome::Indeterminate, Some(Reason::NoRevocationList));
    assert_eq!(under(Policy::window(), None), unknown);
    assert_eq!(under(policy(), None), (Outcome::Passed, None));
}

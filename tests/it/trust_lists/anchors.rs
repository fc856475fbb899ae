//! Whom a list lets a verdict believe: in which role, for which time, and how long unrenewed.

use yinxin::trust::AnchorRole;
use yinxin::trust::list::{
    EntryKind, Environment, Freshness, FreshnessLimits, TrustList, TrustState,
};
use yinxin::verify::{CheckCode, Outcome, Reason, Report, Verifier};

use crate::pki::{
    self, basic, checks, entry, granted, not_passed, now, region, time, trust, trust_of, withdrawn,
    world,
};

fn judged(state: TrustState, at: &str) -> Report {
    Verifier::new(basic())
        .with_trust(state)
        .verify(&pki::sealed_ofd(), time(at))
}

/// What a list after a change comes to.
fn changed(change: impl FnOnce(&mut TrustList)) -> Report {
    judged(trust(change), pki::JUDGED_AT)
}

/// The reason why the path of the signer or maker stays open.
fn open(report: &Report) -> Reason {
    assert_eq!(
        report.outcome,
        Outcome::Indeterminate,
        "{:?}",
        not_passed(report)
    );
    let anchors = checks(report, CheckCode::PathAnchor);
    let open: Vec<_> = anchors.iter().filter_map(|check| check.reason).collect();
    assert_eq!(open.len(), 1, "{:?}", not_passed(report));
    open[0]
}

#[test]
fn a_list_vouches_for_signers_and_makers() {
    let report = changed(|_| {});
    assert_eq!(report.outcome, Outcome::Passed, "{:?}", not_passed(&report));
    assert_eq!(report.trust.list_version, 1);
    assert_eq!(report.trust.list_age_days, 2);
    assert_eq!(report.trust.freshness, Freshness::Fresh);
    assert_eq!(report.trust.environment, Some(Environment::Production));
    assert_eq!(
        (report.trust.anchors.signer, report.trust.anchors.maker),
        (1, 1)
    );
    let json = report.to_json();
    assert!(json.contains(
        r#""trust":{"list_version":1,"list_age_days":2,"environment":"production","anchors":{"signer":1,"maker":1,"tsa":0},"freshness":"fresh"}"#
    ));
}

#[test]
fn an_entry_serves_its_kind_only() {
    let report = changed(|list| list.entries[1].kind = EntryKind::Ca);
    assert_eq!(open(&report), Reason::NoAnchors);
    // With another maker's anchor there, the chain ends at one that is no maker's: that is a no.
    let report = changed(|list| {
        list.entries[1].kind = EntryKind::Ca;
        let other = &world().stranger.certificate;
        let always = vec![granted("2020-01-01", None, region("340000"))];
        list.entries
            .push(entry("other", EntryKind::SealMaker, other, always));
    });
    assert_eq!(report.outcome, Outcome::Failed);
    assert_eq!(report.headline, Some(CheckCode::PathAnchor));
}

#[test]
fn what_held_at_the_time_of_signing_counts() {
    let ca = |history| {
        changed(|list| {
            let certificate = &world().signer_authority.certificate;
            list.entries[0] = entry("ca", EntryKind::Ca, certificate, history);
        })
    };
    // Sealed on the 20th, judged on the 22nd.
    let lapsed = ca(vec![granted(
        "2020-01-01",
        Some("2026-11-21"),
        region("340000"),
    )]);
    assert_eq!(lapsed.outcome, Outcome::Passed, "{:?}", not_passed(&lapsed));
    let lapsed_before = ca(vec![granted(
        "2020-01-01",
        Some("2026-11-19"),
        region("340000"),
    )]);
    assert_eq!(open(&lapsed_before), Reason::AnchorNotInForce);
    let not_yet = ca(vec![granted("2026-11-21", None, region("340000"))]);
    assert_eq!(open(&not_yet), Reason::AnchorNotInForce);
    let withdrawn_before = ca(vec![
        granted("2020-01-01", Some("2026-11-19"), region("340000")),
        withdrawn("2026-11-19"),
    ]);
    assert_eq!(open(&withdrawn_before), Reason::AnchorWithdrawn);
}

#[test]
fn a_claimed_time_does_not_outlive_a_withdrawal() {
    let history = || {
        vec![
            granted("2020-01-01", Some("2026-11-21"), region("340000")),
            withdrawn("2026-11-21"),
        ]
    };
    let state = trust(|list| {
        let certificate = &world().signer_authority.certificate;
        list.entries[0] = entry("ca", EntryKind::Ca, certificate, history());
    });
    let report = judged(state.clone(), pki::JUDGED_AT);
    assert_eq!(open(&report), Reason::AnchorWithdrawn);
    // Who trusts the certificate on their own account is not bound by the list.
    let report = Verifier::new(basic())
        .with_trust(state)
        .with_anchor(
            AnchorRole::Signer,
            world().signer_authority.certificate.clone(),
        )
        .verify(&pki::sealed_ofd(), now());
    assert_eq!(report.outcome, Outcome::Passed, "{:?}", not_passed(&report));
}

#[test]
fn an_old_list_warns_and_then_stops() {
    let at = |day: &str| judged(trust(|_| {}), day);
    assert_eq!(at("2026-11-26T08:00:00Z").trust.freshness, Freshness::Fresh);
    let warned = at("2026-11-27T08:00:00Z");
    assert_eq!(warned.trust.freshness, Freshness::StaleWarn);
    assert_eq!(warned.outcome, Outcome::Passed);
    let stopped = at("2026-12-20T08:00:00Z");
    assert_eq!(stopped.trust.freshness, Freshness::StaleStop);
    assert_eq!(stopped.outcome, Outcome::Indeterminate);
    assert_eq!(stopped.trust.anchors.signer, 0);
    let anchors = checks(&stopped, CheckCode::PathAnchor);
    assert!(
        anchors
            .iter()
            .all(|check| check.reason == Some(Reason::TrustListStale))
    );
    let lax = FreshnessLimits {
        warn_days: 60,
        stop_days: 90,
    };
    let report = Verifier::new(basic())
        .with_freshness_limits(lax)
        .with_trust(trust(|_| {}))
        .verify(&pki::sealed_ofd(), time("2026-12-20"));
    assert_eq!(report.trust.freshness, Freshness::Fresh);
    assert_eq!(report.outcome, Outcome::Passed);
}

#[test]
fn a_verdict_as_of_before_the_list_stays_open() {
    let report = judged(trust(|_| {}), "2026-11-19T23:59:59Z");
    let clock = checks(&report, CheckCode::TimeClock);
    assert_eq!(clock[0].reason, Some(Reason::ClockBeforeList));
    let report = judged(
        trust(|list| list.issued = time("2026-11-21")),
        "2026-11-20T12:00:00Z",
    );
    assert_eq!(
        report.outcome,
        Outcome::Indeterminate,
        "{:?}",
        not_passed(&report)
    );
    assert_eq!(report.headline, Some(CheckCode::TimeClock));
    // Without a list there is no such question.
    let without = pki::judge(&pki::sealed_ofd());
    assert!(checks(&without, CheckCode::TimeClock).is_empty());
}

#[test]
fn a_list_for_trials_is_named_in_the_report() {
    let report = judged(trust_of(Environment::Test, |_| {}), pki::JUDGED_AT);
    assert_eq!(report.trust.environment, Some(Environment::Test));
}

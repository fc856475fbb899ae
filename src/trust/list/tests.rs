//! Lists of a made-up trust system: what is taken in, and what leaves the old list in force.

use super::*;
use crate::crypto::{KeyKind, Signer, SoftwareKey};
use crate::error::ErrorKind;
use crate::license::codes::RegionCode;
use crate::pki::testing::{root as made_root, sm2_key, time};
use crate::time::Time;
use crate::trust::AnchorRole;

const NAME: &str = "某某省信任列表";

fn now() -> Time {
    time("2026-11-22")
}

fn quorum(threshold: usize, seeds: &[u8]) -> Quorum {
    let keys = seeds
        .iter()
        .map(|seed| RootKey::of_signer(&sm2_key(*seed)).unwrap());
    Quorum::new(threshold, keys.collect()).unwrap()
}

fn root_of(environment: Environment, version: u64, root: Quorum, list: Quorum) -> TrustRoot {
    let term = (time("2026-01-01"), time("2030-01-01"));
    TrustRoot::new(NAME, environment, version, term, root, list).unwrap()
}

/// Two of three keys sign roots and lists alike.
fn root() -> TrustRoot {
    root_of(
        Environment::Production,
        1,
        quorum(2, &[1, 2, 3]),
        quorum(2, &[4, 5, 6]),
    )
}

fn signed(mut envelope: Envelope, seeds: &[u8]) -> Vec<u8> {
    for seed in seeds {
        envelope.sign(&sm2_key(*seed)).unwrap();
    }
    envelope.to_bytes()
}

fn pinned() -> TrustState {
    let bytes = signed(root().to_envelope(), &[1, 2]);
    TrustState::pin(&bytes, Environment::Production, now()).unwrap()
}

fn scope_of(region: &str) -> Scope {
    Scope {
        regions: Extent::Only(vec![RegionCode::parse(region).unwrap()]),
        ..Scope::any()
    }
}

fn period(from: &str, until: Option<&str>, standing: Standing) -> Period {
    Period {
        from: time(from),
        until: until.map(time),
        standing,
        scope: scope_of("340000"),
    }
}

fn list(version: u64, previous: Option<String>) -> TrustList {
    let term = (time("2026-11-20"), time("2027-01-01"));
    let mut list = TrustList::new(NAME, Environment::Production, version, previous, term);
    let history = vec![
        period("2020-01-01", Some("2026-06-01"), Standing::Granted),
        period("2026-06-01", None, Standing::Withdrawn),
    ];
    let ca = made_root("某某省 CA", 40).certificate;
    let maker = made_root("制章 CA", 41).certificate;
    list.entries = vec![
        TrustEntry::new("ca", EntryKind::Ca, "某某省 CA", &ca, history).unwrap(),
        TrustEntry::new(
            "maker",
            EntryKind::SealMaker,
            "制章 CA",
            &maker,
            vec![period("2020-01-01", None, Standing::Granted)],
        )
        .unwrap(),
    ];
    list.organizations = vec![Organization {
        uscc: "113499000000000010".to_owned(),
        name: "某某市示范局".to_owned(),
        seals: vec!["34990000000001".to_owned()],
        certificates: vec![ca.fingerprint(crate::crypto::DigestAlgorithm::Sm3).to_hex()],
    }];
    list
}

fn list_bytes(version: u64, previous: Option<String>) -> Vec<u8> {
    signed(list(version, previous).to_envelope().unwrap(), &[4, 5])
}

/// Version 1 in force, with its digest.
fn installed() -> (TrustState, String) {
    let state = pinned().install(&list_bytes(1, None), now()).unwrap();
    let digest = state.list_digest().unwrap().to_owned();
    (state, digest)
}

fn refusal(state: &TrustState, list: &[u8], at: Time) -> ErrorKind {
    let before = state.clone();
    let kind = state.install(list, at).unwrap_err().kind();
    assert_eq!(*state, before, "a refused list changes nothing");
    kind
}

#[test]
fn a_list_signed_by_enough_keys_comes_into_force_and_is_followed_by_the_next() {
    let (state, digest) = installed();
    assert_eq!(state.list().unwrap().version, 1);
    assert_eq!(state.install(&list_bytes(1, None), now()).unwrap(), state);
    let next = state.install(&list_bytes(2, Some(digest)), now()).unwrap();
    assert_eq!(next.list().unwrap().version, 2);
    let jump = list_bytes(9, Some("00".repeat(32)));
    assert_eq!(
        next.install(&jump, now()).unwrap().list().unwrap().version,
        9
    );
}

#[test]
fn a_state_comes_back_as_it_was_and_is_verified_again() {
    let (state, _) = installed();
    let bytes = state.to_bytes();
    assert_eq!(TrustState::from_bytes(&bytes).unwrap(), state);
    let text = String::from_utf8(bytes).unwrap();
    for (at, _) in text.match_indices('A').step_by(37) {
        let mut turned = text.clone().into_bytes();
        turned[at] = b'B';
        assert!(TrustState::from_bytes(&turned).is_err(), "at {at}");
    }
}

#[test]
fn what_a_list_says_has_a_history_a_role_and_owners() {
    let (state, _) = installed();
    let list = state.list().unwrap();
    let ids = |role, at: &str| -> Vec<_> {
        let entries = list.granted_at(role, time(at));
        entries.map(|entry| entry.id.clone()).collect()
    };
    assert_eq!(ids(AnchorRole::Signer, "2026-05-31"), ["ca"]);
    assert!(ids(AnchorRole::Signer, "2026-06-01").is_empty());
    assert!(ids(AnchorRole::Signer, "2019-12-31").is_empty());
    assert_eq!(ids(AnchorRole::Maker, "2026-11-22"), ["maker"]);
    let ca = made_root("某某省 CA", 40).certificate;
    assert_eq!(list.entries_of(&ca).count(), 1);
    assert_eq!(list.owners_of_certificate(&ca).count(), 1);
    let owners: Vec<_> = list.owners_of_seal("34990000000001").collect();
    assert_eq!(owners[0].uscc, "113499000000000010");
    assert_eq!(list.owners_of_seal("34990000000002").count(), 0);
}

#[test]
fn an_older_list_is_refused() {
    let (state, _) = installed();
    let third = state
        .install(&list_bytes(3, Some("00".repeat(32))), now())
        .unwrap();
    assert_eq!(
        refusal(&third, &list_bytes(1, None), now()),
        ErrorKind::TrustRollback
    );
}

#[test]
fn another_list_of_the_version_in_force_or_one_that_does_not_follow_is_refused() {
    let (state, _) = installed();
    let mut other = list(1, None);
    other.entries.pop();
    let other = signed(other.to_envelope().unwrap(), &[4, 5]);
    assert_eq!(refusal(&state, &other, now()), ErrorKind::TrustFork);
    let unrelated = list_bytes(2, Some("00".repeat(32)));
    assert_eq!(refusal(&state, &unrelated, now()), ErrorKind::TrustFork);
}

#[test]
fn a_list_past_its_end_or_of_the_future_is_refused() {
    let state = pinned();
    let bytes = list_bytes(1, None);
    assert_eq!(
        refusal(&state, &bytes, time("2027-01-02")),
        ErrorKind::TrustExpired
    );
    let early = TrustState::pin(
        &signed(root().to_envelope(), &[1, 2]),
        Environment::Production,
        time("2026-11-01"),
    )
    .unwrap();
    assert_eq!(
        refusal(&early, &bytes, time("2026-11-19")),
        ErrorKind::TrustClock
    );
}

#[test]
fn too_few_keys_or_one_key_twice_are_refused() {
    let envelope = list(1, None).to_envelope().unwrap();
    let one = signed(envelope.clone(), &[4]);
    assert_eq!(refusal(&pinned(), &one, now()), ErrorKind::TrustThreshold);
    let stranger = signed(envelope.clone(), &[4, 9]);
    assert_eq!(
        refusal(&pinned(), &stranger, now()),
        ErrorKind::TrustThreshold
    );
    // The same signature written twice.
    let text = String::from_utf8(one).unwrap();
    let (head, item) = text.split_once("\"signatures\":[").unwrap();
    let item = item.strip_suffix("]}").unwrap();
    let doubled = format!("{head}\"signatures\":[{item},{item}]}}");
    assert_eq!(
        refusal(&pinned(), doubled.as_bytes(), now()),
        ErrorKind::TrustThreshold
    );
}

#[test]
fn keys_of_another_root_or_of_another_role_are_refused() {
    let envelope = list(1, None).to_envelope().unwrap();
    let strangers = signed(envelope.clone(), &[7, 8]);
    assert_eq!(refusal(&pinned(), &strangers, now()), ErrorKind::TrustRoot);
    // Keys that sign roots do not sign lists.
    let root_keys = signed(envelope, &[1, 2]);
    assert_eq!(refusal(&pinned(), &root_keys, now()), ErrorKind::TrustRoot);
}

#[test]
fn a_document_of_another_kind_or_system_is_refused() {
    let a_root = signed(root().to_envelope(), &[4, 5]);
    assert_eq!(refusal(&pinned(), &a_root, now()), ErrorKind::TrustRole);
    let mut foreign = list(1, None);
    foreign.name = "另一省信任列表".to_owned();
    let foreign = signed(foreign.to_envelope().unwrap(), &[4, 5]);
    assert_eq!(refusal(&pinned(), &foreign, now()), ErrorKind::TrustRole);
    // The type is signed: a list relabelled as a root does not verify.
    let text = String::from_utf8(list_bytes(1, None)).unwrap();
    let relabelled = text.replace("trust-list+json", "trust-root+json");
    let pinned = TrustState::pin(relabelled.as_bytes(), Environment::Production, now());
    assert!(pinned.is_err());
}

#[test]
fn an_entry_of_an_unknown_kind_or_with_an_unknown_member_is_refused() {
    let payload = list(1, None).to_envelope().unwrap().payload().to_vec();
    let text = String::from_utf8(payload).unwrap();
    for (from, to) in [
        ("\"seal-maker\"", "\"sealer\""),
        ("\"standing\"", "\"only_on_sundays\":true,\"standing\""),
        (",\"license_types\":\"any\"", ""),
        ("\"2026-06-01T00:00:00Z\"", "\"2026-06-01\""),
        (
            "yinxin.trust-list/1\"",
            "yinxin.trust-list/1\",\"name\":\"x\"",
        ),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        let envelope = Envelope::new(PayloadKind::List, changed.into_bytes());
        let kind = refusal(&pinned(), &signed(envelope, &[4, 5]), now());
        assert_eq!(kind, ErrorKind::Malformed, "{to}");
    }
}

#[test]
fn a_page_of_a_web_server_is_refused() {
    let page = b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>";
    assert_eq!(refusal(&pinned(), page, now()), ErrorKind::Malformed);
    assert_eq!(refusal(&pinned(), b"", now()), ErrorKind::Malformed);
}

#[test]
fn documents_for_trials_are_refused_in_production() {
    let trial = root_of(Environment::Test, 1, quorum(1, &[1]), quorum(2, &[4, 5, 6]));
    let bytes = signed(trial.to_envelope(), &[1]);
    let error = TrustState::pin(&bytes, Environment::Production, now()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TrustEnvironment);
    assert!(TrustState::pin(&bytes, Environment::Test, now()).is_ok());
    let mut trial_list = list(1, None);
    trial_list.environment = Environment::Test;
    let trial_list = signed(trial_list.to_envelope().unwrap(), &[4, 5]);
    assert_eq!(
        refusal(&pinned(), &trial_list, now()),
        ErrorKind::TrustEnvironment
    );
}

#[test]
fn a_list_that_believes_nobody_is_neither_made_nor_taken_in() {
    let mut empty = list(1, None);
    empty.entries.clear();
    assert_eq!(
        empty.to_envelope().unwrap_err().kind(),
        ErrorKind::TrustEmpty
    );
    let payload = wire::print(&empty);
    let bytes = signed(Envelope::new(PayloadKind::List, payload), &[4, 5]);
    assert_eq!(refusal(&pinned(), &bytes, now()), ErrorKind::TrustEmpty);
}

#[test]
fn a_clock_set_back_is_noticed() {
    let (state, _) = installed();
    let later = state.seen(time("2026-12-10")).unwrap();
    let error = later.seen(time("2026-12-08")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TrustClock);
    let hours_back = later.seen(time("2026-12-09")).unwrap();
    assert_eq!(hours_back.latest_seen(), time("2026-12-10"));
}

#[test]
fn a_root_is_followed_only_by_the_next_one_signed_by_both() {
    let (state, _) = installed();
    let next = root_of(
        Environment::Production,
        2,
        quorum(2, &[2, 3, 10]),
        quorum(1, &[11]),
    );
    let rotated = state
        .rotate(&signed(next.to_envelope(), &[2, 3]), now())
        .unwrap();
    assert_eq!(rotated.root().version, 2);
    assert_eq!(rotated.list().unwrap().version, 1);
    let kind = |bytes: &[u8]| state.rotate(bytes, now()).unwrap_err().kind();
    // Only one key of the old root signed, or only one of the new.
    assert_eq!(
        kind(&signed(next.to_envelope(), &[2, 10])),
        ErrorKind::TrustThreshold
    );
    assert_eq!(
        kind(&signed(next.to_envelope(), &[1, 2])),
        ErrorKind::TrustThreshold
    );
    assert_eq!(
        kind(&signed(root().to_envelope(), &[1, 2])),
        ErrorKind::TrustRollback
    );
    let mut skipping = next;
    skipping.version = 3;
    assert_eq!(
        kind(&signed(skipping.to_envelope(), &[2, 3])),
        ErrorKind::TrustFork
    );
}

#[test]
fn a_list_grows_stale() {
    let (state, _) = installed();
    let at = |day: &str| state.freshness(time(day), FreshnessLimits::default());
    assert_eq!(at("2026-11-22"), Freshness::Fresh);
    assert_eq!(at("2026-11-27"), Freshness::StaleWarn);
    assert_eq!(at("2026-12-20"), Freshness::StaleStop);
    assert_eq!(state.age_days(time("2026-11-27")), Some(7));
    assert_eq!(state.age_days(time("2026-11-01")), None);
    assert_eq!(
        pinned().freshness(now(), FreshnessLimits::default()),
        Freshness::None
    );
    let lax = FreshnessLimits {
        warn_days: 1000,
        stop_days: 2000,
    };
    let past_its_end = state.freshness(time("2027-01-02"), lax);
    assert_eq!(past_its_end, Freshness::StaleStop);
}

#[test]
fn international_keys_sign_lists_too() {
    let keys: Vec<_> = [KeyKind::P256, KeyKind::Ed25519]
        .into_iter()
        .map(|kind| SoftwareKey::generate(kind).unwrap())
        .collect();
    let listed = keys
        .iter()
        .map(|key| RootKey::of_signer(key as &dyn Signer).unwrap())
        .collect();
    let root = root_of(
        Environment::Production,
        1,
        quorum(1, &[1]),
        Quorum::new(2, listed).unwrap(),
    );
    let root = signed(root.to_envelope(), &[1]);
    let state = TrustState::pin(&root, Environment::Production, now()).unwrap();
    let mut envelope = list(1, None).to_envelope().unwrap();
    for key in &keys {
        envelope.sign(key).unwrap();
    }
    assert!(state.install(&envelope.to_bytes(), now()).is_ok());
}

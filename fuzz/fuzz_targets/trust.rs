//! Trust roots, trust lists and kept states: as they come, and as payloads that the right keys have
//! signed, since no mutation gets past a signature.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yinxin::Time;
use yinxin::crypto::SoftwareKey;
use yinxin::trust::AnchorRole;
use yinxin::trust::list::{
    Envelope, Environment, FreshnessLimits, PayloadKind, Quorum, RootKey, TrustList, TrustRoot,
    TrustState,
};

fuzz_target!(|input: &[u8]| {
    let pinned = pinned();
    // As it comes: nobody but the keeper's key, which the seeds do not hold, can make a list.
    assert!(pinned.install(input, now()).is_err());
    if let Ok(envelope) = Envelope::from_bytes(input) {
        assert_eq!(
            Envelope::from_bytes(&envelope.to_bytes()).unwrap(),
            envelope
        );
    }
    if let Ok(state) = TrustState::from_bytes(input) {
        look_at(&state);
    }
    if let Ok(state) = TrustState::pin(input, Environment::Test, now()) {
        look_at(&state);
    }
    // As a payload.
    if let Ok(root) = TrustRoot::from_payload(input) {
        let again = root.to_envelope();
        assert_eq!(TrustRoot::from_payload(again.payload()).unwrap(), root);
    }
    if let Ok(list) = TrustList::from_payload(input) {
        let again = list.to_envelope().unwrap();
        assert_eq!(TrustList::from_payload(again.payload()).unwrap(), list);
    }
    for (kind, scalar) in [(PayloadKind::List, 91), (PayloadKind::Root, 90)] {
        let mut envelope = Envelope::new(kind, input.to_vec());
        envelope.sign(&key(scalar)).unwrap();
        let bytes = envelope.to_bytes();
        let taken = match kind {
            PayloadKind::List => pinned.install(&bytes, now()),
            _ => pinned.rotate(&bytes, now()),
        };
        if let Ok(state) = taken {
            look_at(&state);
        }
    }
});

fn look_at(state: &TrustState) {
    let again = TrustState::from_bytes(&state.to_bytes()).unwrap();
    assert_eq!(again.root(), state.root());
    assert_eq!(again.list(), state.list());
    let _ = state.freshness(now(), FreshnessLimits::default());
    for role in [
        AnchorRole::Signer,
        AnchorRole::Maker,
        AnchorRole::StatusPublisher,
    ] {
        for entry in state
            .list()
            .into_iter()
            .flat_map(|list| list.granted_at(role, now()))
        {
            assert!(entry.granted_at(now()).is_some());
            let _ = entry.certificate();
        }
    }
}

/// Under a root of one key for roots and another for lists.
fn pinned() -> TrustState {
    let quorum = |scalar| Quorum::new(1, vec![RootKey::of_signer(&key(scalar)).unwrap()]).unwrap();
    let term = (at("2026-01-01"), at("2036-01-01"));
    let root = TrustRoot::new("示范", Environment::Test, 1, term, quorum(90), quorum(91)).unwrap();
    let mut envelope = root.to_envelope();
    envelope.sign(&key(90)).unwrap();
    TrustState::pin(&envelope.to_bytes(), Environment::Test, now()).unwrap()
}

fn key(scalar: u8) -> SoftwareKey {
    SoftwareKey::from_sm2_scalar(&[scalar; 32]).unwrap()
}

fn now() -> Time {
    at("2026-11-22")
}

fn at(text: &str) -> Time {
    Time::parse(text).unwrap()
}

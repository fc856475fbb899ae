//! Packs: as they come, and as payloads that the right key has signed. A pack brings its trust list
//! and evidence, so that everything in it is read here too.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yinxin::Time;
use yinxin::crypto::SoftwareKey;
use yinxin::trust::list::{
    Envelope, Environment, PayloadKind, Quorum, RootKey, TrustPack, TrustRoot, TrustState,
};
use yinxin::verify::{Outcome, Policy, Verifier};

fuzz_target!(|input: &[u8]| {
    let pinned = pinned();
    assert!(pinned.open_pack(input, now()).is_err());
    if let Ok(pack) = TrustPack::from_payload(input) {
        let again = pack.to_envelope();
        assert_eq!(TrustPack::from_payload(again.payload()).unwrap(), pack);
        let _ = pack.contents();
    }
    let mut envelope = Envelope::new(PayloadKind::Pack, input.to_vec());
    envelope.sign(&key(91)).unwrap();
    let Ok((state, pack)) = pinned.open_pack(&envelope.to_bytes(), now()) else {
        return;
    };
    // What opens may hold a part that nobody can read; else it can be used, and proves nothing of a
    // document that is none.
    let Ok(contents) = pack.contents() else {
        return;
    };
    let verifier = Verifier::new(Policy::window())
        .with_trust(state)
        .with_pack(contents);
    assert_ne!(
        verifier.verify(b"no document", now()).outcome,
        Outcome::Passed
    );
});

/// Under a root of one key for roots and another for lists and packs.
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

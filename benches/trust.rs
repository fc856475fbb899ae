//! What a window waits for before its first verdict: ten thousand anchors, a million statuses.
//! `cargo bench --bench trust`. Each is to be ready in under 100 ms; a look-up does not grow with
//! the size of what it looks in.

#![allow(clippy::unwrap_used, reason = "a bench that cannot run may stop")]

use std::hint::black_box;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use yinxin::Time;
use yinxin::asn1::named;
use yinxin::crypto::{Signer, SoftwareKey};
use yinxin::pki::{Certificate, CertificateBuilder, KeyUsage, Name};
use yinxin::trust::list::{EntryKind, Environment, Period, Scope, Standing, TrustEntry, TrustList};
use yinxin::trust::status::{StatusList, StatusListDraft};
use yinxin::trust::{Anchors, PathRequest, Verdict};

/// The best of so many rounds counts: on a busy machine the one least disturbed.
const ROUNDS: usize = 5;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "| | ready in ms | a look-up in µs |")?;
    writeln!(out, "|---|---|---|")?;
    for count in [10, 10_000] {
        let (ready, look_up) = anchors(count);
        let (ready, look_up) = (ready.as_secs_f64() * 1e3, look_up.as_secs_f64() * 1e6);
        writeln!(
            out,
            "| {count} anchors, a path of one link | {ready:.2} | {look_up:.1} |"
        )?;
    }
    for count in [1_000, 1_000_000] {
        let (ready, look_up) = statuses(count);
        let (ready, look_up) = (ready.as_secs_f64() * 1e3, look_up.as_secs_f64() * 1e6);
        writeln!(out, "| {count} statuses | {ready:.2} | {look_up:.3} |")?;
    }
    Ok(())
}

/// The first path under a list whose payload is read, and one after it.
fn anchors(count: u32) -> (Duration, Duration) {
    let key = SoftwareKey::from_sm2_scalar(&[1; 32]).unwrap();
    let at = time("2026-11-22");
    let mut list = TrustList::new(
        "x",
        Environment::Test,
        1,
        None,
        (time("2026-11-20"), time("2027-11-20")),
    );
    let mut last = None;
    for number in 0..count {
        let root = builder(&format!("Root {number}"), &key, number)
            .authority(None)
            .self_sign(&key)
            .unwrap();
        let period = Period {
            from: time("2020-01-01"),
            until: None,
            standing: Standing::Granted,
            scope: Scope::any(),
        };
        let id = number.to_string();
        list.entries
            .push(TrustEntry::new(&id, EntryKind::Ca, &id, &root, vec![period]).unwrap());
        last = Some(root);
    }
    let leaf = builder("Leaf", &key, 1)
        .end_entity()
        .key_usage(KeyUsage::DIGITAL_SIGNATURE)
        .sign(&last.unwrap(), &key)
        .unwrap();
    let payload = list.to_envelope().unwrap().payload().to_vec();
    best(|| {
        let list = TrustList::from_payload(&payload).unwrap();
        let mut anchors = Anchors::new();
        anchors.set_list(Some(Arc::new(list)));
        let start = Instant::now();
        judge(&leaf, &anchors, at);
        let ready = start.elapsed();
        let start = Instant::now();
        (0..20).for_each(|_| judge(&leaf, &anchors, at));
        (ready, start.elapsed() / 20)
    })
}

fn judge(leaf: &Certificate, anchors: &Anchors, at: Time) {
    let report = PathRequest::new(leaf, anchors, at).judge();
    assert_eq!(report.outcome(), Verdict::Passed);
}

/// Reading a token, and a look-up in it.
fn statuses(count: u32) -> (Duration, Duration) {
    let key = SoftwareKey::from_sm2_scalar(&[2; 32]).unwrap();
    let draft = StatusListDraft {
        uri: "https://status.example.invalid/1".to_owned(),
        issued: time("2026-11-22"),
        ttl: 86_400,
        bits: 2,
        statuses: (0..count).map(|index| u8::from(index % 97 == 0)).collect(),
    };
    let token = draft.sign(&key).unwrap();
    best(|| {
        let start = Instant::now();
        let list = StatusList::from_bytes(&token).unwrap();
        list.verify(key.public_key()).unwrap();
        let ready = start.elapsed();
        let start = Instant::now();
        for index in 0..1_000_u64 {
            black_box(list.status(black_box(index * u64::from(count) / 1_000)));
        }
        (ready, start.elapsed() / 1_000)
    })
}

fn best(round: impl Fn() -> (Duration, Duration)) -> (Duration, Duration) {
    let most = (Duration::MAX, Duration::MAX);
    (0..ROUNDS).fold(most, |best, _| {
        let found = round();
        (best.0.min(found.0), best.1.min(found.1))
    })
}

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

fn builder(name: &str, key: &SoftwareKey, serial: u32) -> CertificateBuilder {
    let subject = Name::build(&[(named::COUNTRY, "CN"), (named::COMMON_NAME, name)]).unwrap();
    let [from, until] = ["2025-01-01", "2035-01-01"].map(time);
    let serial = (serial + 1).to_be_bytes();
    CertificateBuilder::new(subject, key.public_key().clone(), &serial, from, until)
}

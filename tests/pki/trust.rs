//! A trust system of the made-up province, with lists to a test's liking.

use yinxin::Time;
use yinxin::license::codes::RegionCode;
use yinxin::pki::Certificate;
use yinxin::trust::list::{
    EntryKind, Environment, Extent, Period, Quorum, RootKey, Scope, Standing, TrustEntry,
    TrustList, TrustRoot, TrustState,
};

use super::{key, now, time, world};

const NAME: &str = "某某省信任体系";

/// When the usual list is issued, before the documents are judged.
const LISTED_ON: &str = "2026-11-20";

/// A state whose list holds both authorities, for everything in region 34 and always, after a
/// change.
pub(crate) fn trust(change: impl FnOnce(&mut TrustList)) -> TrustState {
    trust_of(Environment::Production, change)
}

/// The same of either environment.
pub(crate) fn trust_of(
    environment: Environment,
    change: impl FnOnce(&mut TrustList),
) -> TrustState {
    let quorum = |seed| Quorum::new(1, vec![RootKey::of_signer(&key(seed)).unwrap()]).unwrap();
    let term = (time("2026-01-01"), time("2036-01-01"));
    let root = TrustRoot::new(NAME, environment, 1, term, quorum(90), quorum(91)).unwrap();
    let mut root = root.to_envelope();
    root.sign(&key(90)).unwrap();
    let term = (time(LISTED_ON), time("2027-11-20"));
    let mut list = TrustList::new(NAME, environment, 1, None, term);
    let world = world();
    let always = || vec![granted("2020-01-01", None, region("340000"))];
    list.entries = vec![
        entry(
            "ca",
            EntryKind::Ca,
            &world.signer_authority.certificate,
            always(),
        ),
        entry(
            "maker",
            EntryKind::SealMaker,
            &world.maker_authority.certificate,
            always(),
        ),
    ];
    change(&mut list);
    let mut list = list.to_envelope().unwrap();
    list.sign(&key(91)).unwrap();
    TrustState::pin(&root.to_bytes(), environment, now())
        .and_then(|state| state.install(&list.to_bytes(), now()))
        .unwrap()
}

/// An entry of a list.
pub(crate) fn entry(
    id: &str,
    kind: EntryKind,
    certificate: &Certificate,
    history: Vec<Period>,
) -> TrustEntry {
    TrustEntry::new(id, kind, id, certificate, history).unwrap()
}

/// A time in which an entry is believed.
pub(crate) fn granted(from: &str, until: Option<&str>, scope: Scope) -> Period {
    period(time(from), until, Standing::Granted, scope)
}

/// A time in which it is not.
pub(crate) fn withdrawn(from: &str) -> Period {
    period(time(from), None, Standing::Withdrawn, Scope::any())
}

fn period(from: Time, until: Option<&str>, standing: Standing, scope: Scope) -> Period {
    Period {
        from,
        until: until.map(time),
        standing,
        scope,
    }
}

/// Everything within a region.
pub(crate) fn region(code: &str) -> Scope {
    Scope {
        regions: Extent::Only(vec![RegionCode::parse(code).unwrap()]),
        ..Scope::any()
    }
}

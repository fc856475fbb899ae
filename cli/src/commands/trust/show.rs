//! Trust documents and what is installed, as facts on the screen or in JSON.

use std::io::Write;

use yinxin::Time;
use yinxin::license::codes::RegionCode;
use yinxin::trust::AnchorRole;
use yinxin::trust::list::{
    EntryKind, Envelope, Environment, Extent, FreshnessLimits, PayloadKind, Quorum, Scope,
    Standing, TrustEntry, TrustList, TrustPack, TrustRoot, TrustState,
};

use super::store::Store;
use crate::args::{TrustShow, TrustStatus};
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::screen::facts::Record;
use crate::session::Session;

/// Shows what a document says; nothing is verified.
pub(crate) fn show(session: &Session, arguments: &TrustShow) -> Result<Exit> {
    let bytes = session.read(&arguments.file)?;
    let failed = |error| Failure::library(session.language, &shown_path(&arguments.file), &error);
    let envelope = Envelope::from_bytes(&bytes).map_err(failed)?;
    let payload = envelope.payload();
    let mut record = match envelope.kind() {
        PayloadKind::Root => root(&TrustRoot::from_payload(payload).map_err(failed)?),
        PayloadKind::Pack => TrustPack::from_payload(payload)
            .and_then(|found| pack(&found))
            .map_err(failed)?,
        _ => list(&TrustList::from_payload(payload).map_err(failed)?),
    };
    record.add("fingerprint", TrustList::payload_digest(payload));
    let keys = envelope.signed_by().map(ToString::to_string);
    record.add("signed_by", keys.collect::<Vec<_>>());
    print(session, &record, arguments.json)?;
    Ok(Exit::Passed)
}

/// Shows what is installed.
pub(crate) fn status(session: &Session, arguments: &TrustStatus) -> Result<Exit> {
    let store = Store::open(session, arguments.store.store.as_deref())?;
    let now = session.time(arguments.at)?;
    let Some(kept) = store.load(session)? else {
        let folder = shown_path(store.folder());
        return Err(Failure::new(session.pick(
            format!("{folder}：尚未安装信任根"),
            format!("{folder}: no trust root is installed"),
        )));
    };
    print(session, &of_state(&kept, now), arguments.json)?;
    Ok(Exit::Passed)
}

/// Shows what is in force after a change.
pub(super) fn state(session: &Session, state: &TrustState, now: Time) -> Result<()> {
    print(session, &of_state(state, now), false)
}

fn print(session: &Session, record: &Record, json: bool) -> Result<()> {
    let mut out = session.out();
    if json {
        writeln!(out, "{}", record.to_json())?;
    } else {
        record.write(&mut out, session.language)?;
    }
    out.flush()?;
    Ok(())
}

fn of_state(state: &TrustState, now: Time) -> Record {
    let root = state.root();
    let mut record = Record::default();
    record.add("name", &*root.name);
    record.add("environment", environment(root.environment));
    record.add("root_version", root.version);
    record.add("root_expires", root.expires.to_string());
    let freshness = state.freshness(now, FreshnessLimits::default());
    record.add("freshness", freshness.name());
    if let Some(list) = state.list() {
        record.add("list_version", list.version);
        record.add_some("age_days", state.age_days(now));
        record.add("issued", list.issued.to_string());
        record.add("expires", list.expires.to_string());
        record.add("anchors", anchors(list, now));
    }
    record.add_some("fingerprint", state.list_digest());
    record.add("latest_seen", state.latest_seen().to_string());
    record
}

fn anchors(list: &TrustList, at: Time) -> Record {
    let mut record = Record::default();
    for (key, role) in [
        ("signer", AnchorRole::Signer),
        ("maker", AnchorRole::Maker),
        ("tsa", AnchorRole::Tsa),
        ("ocsp", AnchorRole::Ocsp),
        ("status_publisher", AnchorRole::StatusPublisher),
    ] {
        record.add(key, list.granted_at(role, at).count());
    }
    record
}

fn root(root: &TrustRoot) -> Record {
    let mut record = Record::default();
    record.add("kind", "trust-root");
    record.add("name", &*root.name);
    record.add("environment", environment(root.environment));
    record.add("version", root.version);
    record.add("issued", root.issued.to_string());
    record.add("expires", root.expires.to_string());
    record.add("root_keys", quorum(&root.root));
    record.add("list_keys", quorum(&root.list));
    record
}

fn quorum(quorum: &Quorum) -> Record {
    let mut record = Record::default();
    record.add("threshold", quorum.threshold());
    let keys = quorum.keys().iter();
    let keys = keys.map(|key| format!("{} {}", key.id(), key.algorithm().name()));
    record.add("keys", keys.collect::<Vec<_>>());
    record
}

fn list(list: &TrustList) -> Record {
    let mut record = Record::default();
    record.add("kind", "trust-list");
    record.add("name", &*list.name);
    record.add("environment", environment(list.environment));
    record.add("version", list.version);
    record.add_some("previous", list.previous.as_deref());
    record.add("issued", list.issued.to_string());
    record.add("expires", list.expires.to_string());
    record.add(
        "anchors",
        list.entries.iter().map(entry).collect::<Vec<_>>(),
    );
    let bodies = list.organizations.iter().map(|body| {
        let mut record = Record::default();
        record.add("name", &*body.name);
        record.add("uscc", &*body.uscc);
        record.add("seals", body.seals.clone());
        record.add("certificates", body.certificates.clone());
        record
    });
    record.add("organizations", bodies.collect::<Vec<_>>());
    record
}

fn pack(pack: &TrustPack) -> yinxin::Result<Record> {
    let contents = pack.contents()?;
    let mut record = Record::default();
    record.add("kind", "trust-pack");
    record.add("name", &*pack.name);
    record.add("environment", environment(pack.environment));
    record.add("issued", pack.issued.to_string());
    record.add("expires", pack.expires.to_string());
    let listed = Envelope::from_bytes(pack.list())?;
    let listed = TrustList::from_payload(listed.payload())?;
    record.add("list_version", listed.version);
    let crls = contents.crls.iter().map(|crl| {
        let mut record = Record::default();
        record.add("issuer", crl.issuer_name().to_string());
        record.add("this_update", crl.this_update().to_string());
        record.add_some(
            "next_update",
            crl.next_update().map(|next| next.to_string()),
        );
        record
    });
    record.add("revocation_lists", crls.collect::<Vec<_>>());
    record.add("ocsp", contents.ocsp.len());
    let lists = contents.status_lists.iter().map(|list| {
        let mut record = Record::default();
        record.add("name", list.uri());
        record.add("issued", list.issued().to_string());
        record.add("valid_until", list.usable_until().to_string());
        record.add("entries", list.count());
        record
    });
    record.add("status_lists", lists.collect::<Vec<_>>());
    let references = &contents.status_references;
    record.add(
        "status_references",
        references.licenses.len() + references.seals.len(),
    );
    let seals = contents.seal_revocations.iter();
    let seals = seals.map(|list| list.as_of().to_string());
    record.add("seal_revocations", seals.collect::<Vec<_>>());
    Ok(record)
}

fn entry(entry: &TrustEntry) -> Record {
    let mut record = Record::default();
    record.add("id", &*entry.id);
    record.add("kind", kind(entry.kind));
    record.add("name", &*entry.name);
    let subject = entry
        .certificate()
        .map(|one| one.subject_name().to_string());
    record.add_some("subject", subject);
    let periods = entry.history().iter().map(|period| {
        let mut record = Record::default();
        record.add("valid_from", period.from.to_string());
        record.add_some("valid_until", period.until.map(|until| until.to_string()));
        let standing = match period.standing {
            Standing::Granted => "granted",
            Standing::Withdrawn => "withdrawn",
        };
        record.add("standing", standing);
        record.add("scope", scope(&period.scope));
        record
    });
    record.add("history", periods.collect::<Vec<_>>());
    record
}

fn scope(scope: &Scope) -> Record {
    let mut record = Record::default();
    let named = |extent: &Extent<String>| match extent {
        Extent::Any => "any".to_owned(),
        Extent::Only(list) => list.join(" "),
    };
    let regions = match &scope.regions {
        Extent::Any => "any".to_owned(),
        Extent::Only(list) => {
            let codes: Vec<_> = list.iter().map(RegionCode::as_str).collect();
            codes.join(" ")
        }
    };
    record.add("regions", regions);
    record.add("issuers", named(&scope.issuers));
    record.add("license_types", named(&scope.license_types));
    record
}

fn environment(environment: Environment) -> &'static str {
    match environment {
        Environment::Production => "production",
        Environment::Test => "test",
    }
}

/// The name of a kind of entry, as in plans and lists.
pub(super) fn kind(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Ca => "ca",
        EntryKind::SealMaker => "seal-maker",
        EntryKind::Tsa => "tsa",
        EntryKind::Ocsp => "ocsp",
        EntryKind::StatusPublisher => "status-publisher",
    }
}

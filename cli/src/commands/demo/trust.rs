//! The made-up trust system of the demo: a root, a list that says who may seal what, and a pack with
//! the evidence of the day.

use yinxin::crypto::{KeyKind, Signer, SoftwareKey};
use yinxin::license::Metadata;
use yinxin::license::codes::RegionCode;
use yinxin::trust::list::{
    EntryKind, Environment, Extent, Organization, PackParts, Period, Quorum, RootKey, Scope,
    Standing, TrustEntry, TrustList, TrustPack, TrustRoot, TrustState,
};
use yinxin::trust::status::StatusListDraft;
use yinxin::{Result, Time};

use super::people::{DAY, People, Person, SEAL_ID, YEAR, later};

const NAME: &str = "示范信任体系";
const STATUS_URI: &str = "https://status.example.invalid/1";

/// What a window holds: the root it has pinned, and the pack it was handed.
pub(super) struct Trust {
    pub(super) root: Vec<u8>,
    pub(super) pack: Vec<u8>,
    /// The state with the pack's list in force.
    pub(super) state: TrustState,
    pub(super) contents: TrustPack,
}

impl Trust {
    pub(super) fn new(people: &People, metadata: &Metadata, now: Time) -> Result<Self> {
        let root_keeper = SoftwareKey::generate(KeyKind::Sm2)?;
        let list_keeper = SoftwareKey::generate(KeyKind::Sm2)?;
        let alone = |key: &SoftwareKey| Quorum::new(1, vec![RootKey::of_signer(key)?]);
        let term = (later(now, -DAY), later(now, 10 * YEAR));
        let (roots, lists) = (alone(&root_keeper)?, alone(&list_keeper)?);
        let root = TrustRoot::new(NAME, Environment::Test, 1, term, roots, lists)?;
        let mut root = root.to_envelope();
        root.sign(&root_keeper)?;
        let root = root.to_bytes();

        let mut list = list(people, metadata, now)?.to_envelope()?;
        list.sign(&list_keeper)?;
        let parts = parts(people, metadata, list.to_bytes(), now)?;
        let term = (later(now, -1), later(now, 7 * DAY));
        let mut pack = TrustPack::new(NAME, Environment::Test, term, parts)?.to_envelope();
        pack.sign(&list_keeper)?;
        let pack = pack.to_bytes();
        let pinned = TrustState::pin(&root, Environment::Test, now)?;
        let (state, contents) = pinned.open_pack(&pack, now)?;
        Ok(Self {
            root,
            pack,
            state,
            contents,
        })
    }
}

/// Each root within the issuer's region; the signers' for this type of license only.
fn list(people: &People, metadata: &Metadata, now: Time) -> Result<TrustList> {
    let term = (later(now, -1), later(now, YEAR));
    let mut list = TrustList::new(NAME, Environment::Test, 1, None, term);
    let region = RegionCode::parse("340000")?;
    let types = Extent::Only(vec![metadata.type_code().to_string()]);
    for (id, kind, person, license_types) in [
        ("ca", EntryKind::Ca, &people.signer_root, types),
        (
            "maker",
            EntryKind::SealMaker,
            &people.maker_root,
            Extent::Any,
        ),
        (
            "status",
            EntryKind::StatusPublisher,
            &people.publisher,
            Extent::Any,
        ),
    ] {
        let scope = Scope {
            regions: Extent::Only(vec![region.clone()]),
            issuers: Extent::Any,
            license_types,
        };
        list.entries.push(entry(id, kind, person, scope, now)?);
    }
    for issuer in metadata.issuers() {
        list.organizations.push(Organization {
            uscc: issuer.code().to_string(),
            name: issuer.name().to_owned(),
            seals: vec![SEAL_ID.to_owned()],
            certificates: Vec::new(),
        });
    }
    Ok(list)
}

fn entry(
    id: &str,
    kind: EntryKind,
    person: &Person,
    scope: Scope,
    now: Time,
) -> Result<TrustEntry> {
    let period = Period {
        from: later(now, -DAY),
        until: None,
        standing: Standing::Granted,
        scope,
    };
    let name = person.certificate.subject_name().common_name();
    TrustEntry::new(
        id,
        kind,
        name.unwrap_or(id),
        &person.certificate,
        vec![period],
    )
}

fn parts(people: &People, metadata: &Metadata, list: Vec<u8>, now: Time) -> Result<PackParts> {
    let status = StatusListDraft {
        uri: STATUS_URI.to_owned(),
        issued: now,
        ttl: 86_400,
        bits: 2,
        statuses: vec![1, 2, 0, 0],
    };
    // The license stands at the third place.
    let references = serde_json::json!({
        "schema": "yinxin.status-references/1",
        "licenses": {metadata.identifier().to_string(): {"uri": STATUS_URI, "idx": 2}},
    });
    let signer: &dyn Signer = &people.publisher.key;
    Ok(PackParts {
        list,
        crls: vec![
            people.maker_crl.der().to_vec(),
            people.signer_crl.der().to_vec(),
        ],
        status_lists: vec![status.sign(signer)?],
        status_references: Some(references.to_string().into_bytes()),
        ..PackParts::default()
    })
}

//! Plans: trust documents as their keepers write them, with certificates by their files.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use yinxin::Time;
use yinxin::crypto::{DigestAlgorithm, PublicKeyKind, SignatureAlgorithm};
use yinxin::pki::Certificate;
use yinxin::trust::list::{
    EntryKind, Environment, Organization, PackParts, Period, Quorum, RootKey, Scope, Standing,
    TrustEntry, TrustList, TrustPack, TrustRoot,
};

use super::sources::{self, EtsiPlan, FolderPlan};
use crate::commands::material;
use crate::failure::{Failure, Result, shown_path};
use crate::session::Session;

/// A root or a list that is to be made.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum Plan {
    Root(RootPlan),
    List(ListPlan),
    Pack(PackPlan),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RootPlan {
    name: String,
    environment: Environment,
    version: u64,
    issued: Moment,
    expires: Moment,
    root: QuorumPlan,
    list: QuorumPlan,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuorumPlan {
    threshold: usize,
    /// Certificates of the keys.
    keys: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListPlan {
    name: String,
    environment: Environment,
    version: u64,
    issued: Moment,
    expires: Moment,
    #[serde(default)]
    entries: Vec<EntryPlan>,
    #[serde(default)]
    folders: Vec<FolderPlan>,
    #[serde(default)]
    etsi_lists: Vec<EtsiPlan>,
    #[serde(default)]
    organizations: Vec<OrganizationPlan>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryPlan {
    id: String,
    kind: EntryKind,
    name: String,
    certificate: String,
    history: Vec<PeriodPlan>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeriodPlan {
    from: Moment,
    until: Option<Moment>,
    standing: Standing,
    scope: Scope,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganizationPlan {
    uscc: String,
    name: String,
    #[serde(default)]
    seals: Vec<String>,
    #[serde(default)]
    certificates: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackPlan {
    name: String,
    environment: Environment,
    issued: Moment,
    expires: Moment,
    list: String,
    #[serde(default)]
    crls: Vec<String>,
    #[serde(default)]
    ocsp: Vec<String>,
    #[serde(default)]
    status_lists: Vec<String>,
    status_references: Option<String>,
    #[serde(default)]
    seal_revocations: Vec<String>,
    catalog: Option<String>,
}

/// A time in any of the forms that flags take.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Moment(pub(super) Time);

impl TryFrom<String> for Moment {
    type Error = yinxin::Error;

    fn try_from(text: String) -> yinxin::Result<Self> {
        Time::parse(&text).map(Self)
    }
}

impl RootPlan {
    /// The root; keys are read from beside the plan.
    pub(super) fn root(&self, session: &Session, folder: &Path) -> Result<TrustRoot> {
        let root = self.root.quorum(session, folder)?;
        let list = self.list.quorum(session, folder)?;
        let term = (self.issued.0, self.expires.0);
        TrustRoot::new(&self.name, self.environment, self.version, term, root, list)
            .map_err(|error| of_plan(session, &error))
    }
}

impl QuorumPlan {
    fn quorum(&self, session: &Session, folder: &Path) -> Result<Quorum> {
        let mut keys = Vec::new();
        for name in &self.keys {
            let certificate = material::certificate(session, &folder.join(name))?;
            keys.push(root_key(&certificate).map_err(|error| {
                Failure::library(session.language, &shown_path(Path::new(name)), &error)
            })?);
        }
        Quorum::new(self.threshold, keys).map_err(|error| of_plan(session, &error))
    }
}

/// A certificate's key with the algorithm that such keys sign with here.
fn root_key(certificate: &Certificate) -> yinxin::Result<RootKey> {
    let key = certificate.public_key()?;
    let algorithm = match key.kind() {
        PublicKeyKind::Sm2 => SignatureAlgorithm::Sm2Sm3,
        PublicKeyKind::P256 => SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha256),
        PublicKeyKind::P384 => SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha384),
        PublicKeyKind::Ed25519 => SignatureAlgorithm::Ed25519,
        _ => SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha256),
    };
    RootKey::new(key.clone(), algorithm)
}

impl ListPlan {
    /// The list, after the one whose digest is given.
    pub(super) fn list(
        &self,
        session: &Session,
        folder: &Path,
        previous: Option<String>,
        unverified_lists: bool,
    ) -> Result<TrustList> {
        if !self.etsi_lists.is_empty() && !unverified_lists {
            return Err(sources::unverified(session));
        }
        let term = (self.issued.0, self.expires.0);
        let mut list = TrustList::new(&self.name, self.environment, self.version, previous, term);
        for entry in &self.entries {
            list.entries.push(entry.entry(session, folder)?);
        }
        for source in &self.folders {
            list.entries.extend(source.entries(session, folder)?);
        }
        for source in &self.etsi_lists {
            let entries = source.entries(session, folder, self.issued.0)?;
            list.entries.extend(entries);
        }
        tell_apart(&mut list.entries);
        for body in &self.organizations {
            list.organizations.push(body.organization(session, folder)?);
        }
        Ok(list)
    }
}

/// A source may name one certificate twice: the second entry is called by a number.
fn tell_apart(entries: &mut [TrustEntry]) {
    let mut met: BTreeMap<String, u32> = BTreeMap::new();
    for entry in entries {
        let count = met.entry(entry.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            entry.id = format!("{}-{count}", entry.id);
        }
    }
}

impl EntryPlan {
    fn entry(&self, session: &Session, folder: &Path) -> Result<TrustEntry> {
        let certificate = material::certificate(session, &folder.join(&self.certificate))?;
        let history = self.history.iter().map(|period| Period {
            from: period.from.0,
            until: period.until.map(|until| until.0),
            standing: period.standing,
            scope: period.scope.clone(),
        });
        TrustEntry::new(
            &self.id,
            self.kind,
            &self.name,
            &certificate,
            history.collect(),
        )
        .map_err(|error| of_plan(session, &error))
    }
}

impl OrganizationPlan {
    fn organization(&self, session: &Session, folder: &Path) -> Result<Organization> {
        let mut certificates = Vec::new();
        for name in &self.certificates {
            let certificate = material::certificate(session, &folder.join(name))?;
            certificates.push(certificate.fingerprint(DigestAlgorithm::Sm3).to_hex());
        }
        Ok(Organization {
            uscc: self.uscc.clone(),
            name: self.name.clone(),
            seals: self.seals.clone(),
            certificates,
        })
    }
}

impl PackPlan {
    /// The pack, its parts read from beside the plan.
    pub(super) fn pack(&self, session: &Session, folder: &Path) -> Result<TrustPack> {
        let read = |name: &String| session.read(&folder.join(name));
        let all = |names: &[String]| names.iter().map(read).collect::<Result<Vec<_>>>();
        let crls: Vec<_> = self.crls.iter().map(|name| folder.join(name)).collect();
        let crls = material::crls(session, &crls)?;
        let parts = PackParts {
            list: read(&self.list)?,
            crls: crls.iter().map(|crl| crl.der().to_vec()).collect(),
            ocsp: all(&self.ocsp)?,
            status_lists: all(&self.status_lists)?,
            status_references: self.status_references.as_ref().map(read).transpose()?,
            seal_revocations: all(&self.seal_revocations)?,
            catalog: self.catalog.as_ref().map(read).transpose()?,
        };
        let term = (self.issued.0, self.expires.0);
        TrustPack::new(&self.name, self.environment, term, parts)
            .map_err(|error| of_plan(session, &error))
    }
}

pub(super) fn of_plan(session: &Session, error: &yinxin::Error) -> Failure {
    Failure::library(session.language, session.pick("计划", "plan"), error)
}

//! The trust list itself.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::entry::TrustEntry;
use super::envelope::{Envelope, PayloadKind};
use super::organization::Organization;
use super::root::Environment;
use super::wire;
use crate::crypto::DigestAlgorithm;
use crate::error::{Error, ErrorKind, Result};
use crate::pki::{Certificate, Name};
use crate::time::Time;
use crate::trust::AnchorRole;

const SCHEMA: &str = "yinxin.trust-list/1";
/// Entries of a list: all licensed authorities and makers, hundreds of times over.
const MAX_ENTRIES: usize = 100_000;
/// Organisations of a list: the bodies of a large province that issue licenses.
const MAX_ORGANIZATIONS: usize = 100_000;

/// Who is believed for what, as one trust system says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustList {
    schema: String,
    /// The name of the trust system.
    pub name: String,
    /// What it is run for.
    pub environment: Environment,
    /// Counts up with each new list.
    pub version: u64,
    /// SM3 of the payload of the list before, in hexadecimal; `None` for the first.
    pub previous: Option<String>,
    /// When it was issued.
    #[serde(deserialize_with = "wire::instant")]
    pub issued: Time,
    /// After this it is not taken in any more and vouches for nothing.
    #[serde(deserialize_with = "wire::instant")]
    pub expires: Time,
    /// The certificates that are believed.
    pub entries: Vec<TrustEntry>,
    /// Whose seals and certificates are whose.
    pub organizations: Vec<Organization>,
    #[serde(skip)]
    index: OnceLock<Index>,
}

/// Places in the list by what they are looked up by.
#[derive(Clone, Debug, Default)]
struct Index {
    certificates: HashMap<Vec<u8>, Vec<usize>>,
    /// By subject, as names are compared.
    names: HashMap<Vec<u8>, Vec<usize>>,
    seals: HashMap<String, Vec<usize>>,
    owners: HashMap<String, Vec<usize>>,
}

impl TrustList {
    /// A list without entries, to be filled in before it is signed.
    #[must_use]
    pub fn new(
        name: &str,
        environment: Environment,
        version: u64,
        previous: Option<String>,
        validity: (Time, Time),
    ) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            name: name.to_owned(),
            environment,
            version,
            previous,
            issued: validity.0,
            expires: validity.1,
            entries: Vec::new(),
            organizations: Vec::new(),
            index: OnceLock::new(),
        }
    }

    /// Reads the payload of an envelope. Who signed it is judged by
    /// [`TrustState::install`](super::TrustState::install).
    ///
    /// # Errors
    /// `malformed`, `unsupported` for another schema, `trust_empty` for a list that believes
    /// nobody, `limit_exceeded` beyond 100 000 entries or organisations.
    pub fn from_payload(payload: &[u8]) -> Result<Self> {
        let list: Self = wire::parse(payload)?;
        if list.schema != SCHEMA {
            return Err(Error::unsupported("the trust list has another schema"));
        }
        list.check()?;
        Ok(list)
    }

    /// An envelope of it that nobody signed yet.
    ///
    /// # Errors
    /// As [`TrustList::from_payload`]: what would not be read is not made.
    pub fn to_envelope(&self) -> Result<Envelope> {
        self.check()?;
        Ok(Envelope::new(PayloadKind::List, wire::print(self)))
    }

    /// SM3 of a payload, in hexadecimal: what the next list names as its `previous`.
    #[must_use]
    pub fn payload_digest(payload: &[u8]) -> String {
        DigestAlgorithm::Sm3.digest(payload).to_hex()
    }

    /// The entries whose certificate serves a role and was believed at an instant.
    pub fn granted_at(&self, role: AnchorRole, at: Time) -> impl Iterator<Item = &TrustEntry> {
        let serves = move |entry: &&TrustEntry| entry.kind.role() == role;
        self.entries
            .iter()
            .filter(serves)
            .filter(move |entry| entry.granted_at(at).is_some())
    }

    /// The entries of one certificate.
    pub fn entries_of(&self, certificate: &Certificate) -> impl Iterator<Item = &TrustEntry> {
        let places = self.index().certificates.get(certificate.der());
        let places = places.into_iter().flatten();
        places.filter_map(|place| self.entries.get(*place))
    }

    /// The entries whose certificates bear a name. Their certificates are not read for it, only
    /// the names in them.
    pub(crate) fn entries_named(&self, name: &Name) -> impl Iterator<Item = &TrustEntry> {
        let places = self.index().names.get(name.prepared());
        let places = places.into_iter().flatten();
        places.filter_map(|place| self.entries.get(*place))
    }

    /// The organisations said to own a seal, by its identifier (esID).
    pub fn owners_of_seal(&self, id: &str) -> impl Iterator<Item = &Organization> {
        self.organizations_at(self.index().seals.get(id))
    }

    /// The organisations said to own a certificate.
    pub fn owners_of_certificate(
        &self,
        certificate: &Certificate,
    ) -> impl Iterator<Item = &Organization> {
        let digest = certificate.fingerprint(DigestAlgorithm::Sm3).to_hex();
        self.organizations_at(self.index().owners.get(&digest))
    }

    fn organizations_at<'a>(
        &'a self,
        places: Option<&'a Vec<usize>>,
    ) -> impl Iterator<Item = &'a Organization> {
        let places = places.into_iter().flatten();
        places.filter_map(|place| self.organizations.get(*place))
    }

    /// Made when it is first needed: a window that only installs a list does not pay for it.
    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let mut index = Index::default();
            for (place, entry) in self.entries.iter().enumerate() {
                let places = index.certificates.entry(entry.der().to_vec());
                places.or_default().push(place);
                // One whose name cannot be read is never on a path.
                if let Ok(name) = Certificate::subject_of(entry.der()) {
                    let places = index.names.entry(name.prepared().to_vec());
                    places.or_default().push(place);
                }
            }
            for (place, body) in self.organizations.iter().enumerate() {
                for seal in &body.seals {
                    index.seals.entry(seal.clone()).or_default().push(place);
                }
                for digest in &body.certificates {
                    index.owners.entry(digest.clone()).or_default().push(place);
                }
            }
            index
        })
    }

    fn check(&self) -> Result<()> {
        if self.entries.is_empty() {
            return Err(Error::new(
                ErrorKind::TrustEmpty,
                "the trust list believes nobody",
            ));
        }
        if self.entries.len() > MAX_ENTRIES {
            return Err(Error::limit("trust_entries", MAX_ENTRIES as u64));
        }
        if self.organizations.len() > MAX_ORGANIZATIONS {
            return Err(Error::limit(
                "trust_organizations",
                MAX_ORGANIZATIONS as u64,
            ));
        }
        let mut ids = HashSet::new();
        let unsound = self
            .entries
            .iter()
            .find(|entry| !entry.is_sound() || !ids.insert(entry.id.as_str()));
        if let Some(entry) = unsound {
            return Err(Error::malformed(
                "an entry repeats an id, or its periods do not follow each other",
            )
            .with("entry", &entry.id));
        }
        let follows = (self.version == 1) == self.previous.is_none();
        if self.name.is_empty() || self.version == 0 || self.issued >= self.expires || !follows {
            return Err(Error::malformed(
                "a list needs a name, a term, a version, and the digest of the one before",
            ));
        }
        Ok(())
    }
}

impl PartialEq for TrustList {
    fn eq(&self, other: &Self) -> bool {
        wire::print(self) == wire::print(other)
    }
}

impl Eq for TrustList {}

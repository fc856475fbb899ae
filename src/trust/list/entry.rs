//! An entry of a trust list: a certificate, what it is believed for, since when and how far.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::scope::Scope;
use super::wire;
use crate::asn1::Oid;
use crate::error::{Error, Result};
use crate::pki::Certificate;
use crate::time::Time;
use crate::trust::AnchorRole;

/// Periods of one entry: a change a year for longer than any law on archives asks.
const MAX_PERIODS: usize = 128;

/// What kind of service an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    /// A certification authority for signers.
    Ca,
    /// A maker of seals (制章者), or the authority that certifies makers.
    SealMaker,
    /// A time stamp authority.
    Tsa,
    /// An OCSP responder.
    Ocsp,
    /// A publisher of status lists.
    StatusPublisher,
}

impl EntryKind {
    /// The role its certificate is an anchor for.
    #[must_use]
    pub const fn role(self) -> AnchorRole {
        match self {
            Self::Ca => AnchorRole::Signer,
            Self::SealMaker => AnchorRole::Maker,
            Self::Tsa => AnchorRole::Tsa,
            Self::Ocsp => AnchorRole::Ocsp,
            Self::StatusPublisher => AnchorRole::StatusPublisher,
        }
    }
}

/// Whether an entry is believed for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It is.
    Granted,
    /// It is no longer, for what happens within the period; what happened before stays.
    Withdrawn,
}

/// A stretch of an entry's history, from its start up to and without its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Its start.
    #[serde(deserialize_with = "wire::instant")]
    pub from: Time,
    /// Its end, `None` while it lasts.
    #[serde(deserialize_with = "wire::instant_or_null")]
    pub until: Option<Time>,
    /// Whether the entry is believed.
    pub standing: Standing,
    /// How far.
    pub scope: Scope,
}

impl Period {
    fn contains(&self, at: Time) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

/// One certificate of a trust list. It is read when it is first asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustEntry {
    /// A name that is unique in the list.
    pub id: String,
    /// What it is.
    pub kind: EntryKind,
    /// Who it is, for people.
    pub name: String,
    #[serde(with = "wire::base64")]
    certificate: Vec<u8>,
    history: Vec<Period>,
    /// The extension in which its certificates carry the unified social credit code of their
    /// holder, as an object identifier with dots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organization_extension: Option<String>,
    #[serde(skip)]
    parsed: OnceLock<Option<Certificate>>,
}

impl PartialEq for TrustEntry {
    fn eq(&self, other: &Self) -> bool {
        (&self.id, self.kind, &self.name) == (&other.id, other.kind, &other.name)
            && (&self.certificate, &self.history) == (&other.certificate, &other.history)
            && self.organization_extension == other.organization_extension
    }
}

impl Eq for TrustEntry {}

impl TrustEntry {
    /// An entry with its history in order of time.
    ///
    /// # Errors
    /// `invalid_argument` for an empty id or history, or periods that overlap or end before they
    /// start.
    pub fn new(
        id: &str,
        kind: EntryKind,
        name: &str,
        certificate: &Certificate,
        history: Vec<Period>,
    ) -> Result<Self> {
        let entry = Self {
            id: id.to_owned(),
            kind,
            name: name.to_owned(),
            certificate: certificate.der().to_vec(),
            history,
            organization_extension: None,
            parsed: OnceLock::new(),
        };
        entry.is_sound().then_some(entry).ok_or_else(|| {
            Error::argument("an entry needs an id and periods that follow each other")
        })
    }

    /// The same entry, whose certificates carry the unified social credit code of their holder in
    /// this extension.
    #[must_use]
    pub fn with_organization_extension(mut self, oid: Oid) -> Self {
        self.organization_extension = Some(oid.to_string());
        self
    }

    /// The extension in which its certificates carry their holder's unified social credit code.
    #[must_use]
    pub fn organization_extension(&self) -> Option<Oid> {
        Oid::parse(self.organization_extension.as_deref()?).ok()
    }

    /// Its certificate; `None` if the bytes are none.
    #[must_use]
    pub fn certificate(&self) -> Option<&Certificate> {
        self.parsed
            .get_or_init(|| Certificate::from_der(&self.certificate).ok())
            .as_ref()
    }

    /// Its certificate's bytes.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.certificate
    }

    /// Its history, oldest first.
    #[must_use]
    pub fn history(&self) -> &[Period] {
        &self.history
    }

    /// What was said of it for an instant, if anything.
    #[must_use]
    pub fn period_at(&self, at: Time) -> Option<&Period> {
        self.history.iter().find(|period| period.contains(at))
    }

    /// How far it was believed at an instant; `None` when it was not, or not yet, or no longer.
    #[must_use]
    pub fn granted_at(&self, at: Time) -> Option<&Scope> {
        let period = self.period_at(at)?;
        (period.standing == Standing::Granted).then_some(&period.scope)
    }

    /// Periods follow each other, so that an instant lies in one at most.
    pub(super) fn is_sound(&self) -> bool {
        let ordered = self.history.windows(2).all(|pair| match pair {
            [one, next] => one.until.is_some_and(|until| until <= next.from),
            _ => true,
        });
        let lasting = |period: &Period| period.until.is_none_or(|until| period.from < until);
        let extension =
            self.organization_extension.is_none() || self.organization_extension().is_some();
        !self.id.is_empty()
            && extension
            && (1..=MAX_PERIODS).contains(&self.history.len())
            && ordered
            && self.history.iter().all(lasting)
    }
}

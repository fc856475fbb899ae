//! What a caller keeps: the pinned root, the list in force, and the latest time seen.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::envelope::{Envelope, PayloadKind};
use super::root::{Environment, TrustRoot};
use super::signed::TrustList;
use super::wire;
use crate::error::{Error, ErrorKind, Result};
use crate::time::Time;

const SCHEMA: &str = "yinxin.trust-state/1";
const DAY: i64 = 24 * 3600;
/// How far a clock may go back before it is taken for set back: it is corrected by hand, at most
/// by a time zone.
const CLOCK_TOLERANCE: i64 = DAY;

/// How old a list may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreshnessLimits {
    /// From this many days on a report warns.
    pub warn_days: u64,
    /// From this many days on the list vouches for nothing.
    pub stop_days: u64,
}

impl Default for FreshnessLimits {
    /// A week, and thirty days.
    fn default() -> Self {
        Self {
            warn_days: 7,
            stop_days: 30,
        }
    }
}

/// How fresh the trust list is that a verdict rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Freshness {
    /// Young enough.
    Fresh,
    /// Old: a new one is due.
    StaleWarn,
    /// Too old, or past its end: it vouches for nothing.
    StaleStop,
    /// No list is in force.
    None,
}

impl Freshness {
    /// The stable name: `fresh`, `stale-warn`, `stale-stop`, `none`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::StaleWarn => "stale-warn",
            Self::StaleStop => "stale-stop",
            Self::None => "none",
        }
    }
}

/// A trust system as one caller holds it. A value: every change gives a new one, and a change
/// that fails leaves this one as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustState {
    root_envelope: Envelope,
    root: TrustRoot,
    list: Option<Installed>,
    latest_seen: Time,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Installed {
    envelope: Envelope,
    list: Arc<TrustList>,
    digest: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    schema: String,
    #[serde(with = "wire::base64")]
    root: Vec<u8>,
    #[serde(with = "wire::base64")]
    list: Vec<u8>,
    #[serde(deserialize_with = "wire::instant")]
    latest_seen: Time,
}

impl TrustState {
    /// Pins a root on the caller's word. It must be signed by its own keys, and be of the
    /// environment that the caller works in.
    ///
    /// # Errors
    /// `trust_environment`, `trust_threshold`, `trust_root`, `trust_expired`, `trust_clock` for a
    /// root of the future, and what reading it gives.
    pub fn pin(root: &[u8], environment: Environment, now: Time) -> Result<Self> {
        let envelope = of_kind(root, PayloadKind::Root)?;
        let root = TrustRoot::from_payload(envelope.payload())?;
        envelope.verify(&root.root)?;
        same_environment(environment, root.environment)?;
        within(root.issued, root.expires, now)?;
        Ok(Self {
            root_envelope: envelope,
            root,
            list: None,
            latest_seen: now,
        })
    }

    /// Takes a new root in place of the pinned one: the next version, signed by enough keys of
    /// both. The list in force stays.
    ///
    /// # Errors
    /// As [`TrustState::pin`]; `trust_rollback` for a version that is not newer, `trust_fork` for
    /// one that leaves out a version, `trust_role` for another trust system's.
    pub fn rotate(&self, root: &[u8], now: Time) -> Result<Self> {
        let now = self.advance(now)?;
        let envelope = of_kind(root, PayloadKind::Root)?;
        let next = TrustRoot::from_payload(envelope.payload())?;
        envelope.verify(&self.root.root)?;
        envelope.verify(&next.root)?;
        self.same_system(&next.name, next.environment)?;
        within(next.issued, next.expires, now)?;
        if next.version <= self.root.version {
            return Err(rollback(self.root.version, next.version));
        }
        if next.version != self.root.version + 1 {
            return Err(fork("a root of a version between is missing"));
        }
        Ok(Self {
            root_envelope: envelope,
            root: next,
            latest_seen: now,
            list: self.list.clone(),
        })
    }

    /// Takes a list in. The same list again changes nothing.
    ///
    /// # Errors
    /// `malformed` and `unsupported` for what is no list; `trust_root` and `trust_threshold` when
    /// the pinned root's keys did not sign it; `trust_role` and `trust_environment` for a list of
    /// another system; `trust_expired`; `trust_clock` when it was issued after `now`;
    /// `trust_rollback` for an older version; `trust_fork` for another list of the same version,
    /// or the next version of another list; `trust_empty`.
    pub fn install(&self, list: &[u8], now: Time) -> Result<Self> {
        let now = self.advance(now)?;
        let envelope = of_kind(list, PayloadKind::List)?;
        envelope.verify(&self.root.list)?;
        let next = TrustList::from_payload(envelope.payload())?;
        self.same_system(&next.name, next.environment)?;
        within(self.root.issued, self.root.expires, now)?;
        within(next.issued, next.expires, now)?;
        let digest = TrustList::payload_digest(envelope.payload());
        if let Some(current) = &self.list {
            current.admits(&next, &digest)?;
        }
        Ok(Self {
            list: Some(Installed {
                envelope,
                list: Arc::new(next),
                digest,
            }),
            latest_seen: now,
            ..self.clone()
        })
    }

    /// Remembers a time, so that a clock set back later is noticed.
    ///
    /// # Errors
    /// `trust_clock` for a time more than a day before the latest one seen.
    pub fn seen(&self, now: Time) -> Result<Self> {
        Ok(Self {
            latest_seen: self.advance(now)?,
            ..self.clone()
        })
    }

    /// The pinned root.
    #[must_use]
    pub fn root(&self) -> &TrustRoot {
        &self.root
    }

    /// The list in force.
    #[must_use]
    pub fn list(&self) -> Option<&TrustList> {
        self.list.as_ref().map(|installed| &*installed.list)
    }

    /// The same, to be shared.
    pub(crate) fn shared_list(&self) -> Option<Arc<TrustList>> {
        self.list
            .as_ref()
            .map(|installed| Arc::clone(&installed.list))
    }

    /// SM3 of the payload of the list in force.
    #[must_use]
    pub fn list_digest(&self) -> Option<&str> {
        self.list
            .as_ref()
            .map(|installed| installed.digest.as_str())
    }

    /// The latest time seen.
    #[must_use]
    pub fn latest_seen(&self) -> Time {
        self.latest_seen
    }

    /// Full days since the list was issued; `None` without one or before it was issued.
    #[must_use]
    pub fn age_days(&self, at: Time) -> Option<u64> {
        let issued = self.list()?.issued;
        u64::try_from((at.unix() - issued.unix()).div_euclid(DAY)).ok()
    }

    /// How fresh the list is at an instant.
    #[must_use]
    pub fn freshness(&self, at: Time, limits: FreshnessLimits) -> Freshness {
        let Some(list) = self.list() else {
            return Freshness::None;
        };
        let age = self.age_days(at).unwrap_or(0);
        if at > list.expires || age >= limits.stop_days {
            Freshness::StaleStop
        } else if age >= limits.warn_days {
            Freshness::StaleWarn
        } else {
            Freshness::Fresh
        }
    }

    /// Writes it, to be kept by the caller.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let list = self.list.as_ref();
        wire::print(&Wire {
            schema: SCHEMA.to_owned(),
            root: self.root_envelope.to_bytes(),
            list: list.map_or_else(Vec::new, |installed| installed.envelope.to_bytes()),
            latest_seen: self.latest_seen,
        })
    }

    /// Reads one back. What was kept is not believed for having been kept: the signatures are
    /// verified again.
    ///
    /// # Errors
    /// `malformed`, `unsupported`, `trust_root` and `trust_threshold`.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let wire: Wire = wire::parse(bytes)?;
        if wire.schema != SCHEMA {
            return Err(Error::unsupported("the trust state has another schema"));
        }
        let root_envelope = of_kind(&wire.root, PayloadKind::Root)?;
        let root = TrustRoot::from_payload(root_envelope.payload())?;
        root_envelope.verify(&root.root)?;
        let list = if wire.list.is_empty() {
            None
        } else {
            let envelope = of_kind(&wire.list, PayloadKind::List)?;
            envelope.verify(&root.list)?;
            let list = TrustList::from_payload(envelope.payload())?;
            let digest = TrustList::payload_digest(envelope.payload());
            Some(Installed {
                envelope,
                list: Arc::new(list),
                digest,
            })
        };
        Ok(Self {
            root_envelope,
            root,
            list,
            latest_seen: wire.latest_seen,
        })
    }

    /// The later of both times, unless the clock went back.
    fn advance(&self, now: Time) -> Result<Time> {
        if now.unix() + CLOCK_TOLERANCE < self.latest_seen.unix() {
            return Err(clock(
                "the time given lies before one that was seen already",
            ));
        }
        Ok(self.latest_seen.max(now))
    }

    fn same_system(&self, name: &str, environment: Environment) -> Result<()> {
        same_environment(self.root.environment, environment)?;
        if name == self.root.name {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::TrustRole,
            "the document belongs to another trust system",
        ))
    }
}

impl Installed {
    /// Whether a list may come after this one.
    fn admits(&self, next: &TrustList, digest: &str) -> Result<()> {
        let current = self.list.version;
        if next.version < current {
            return Err(rollback(current, next.version));
        }
        if next.version == current && digest != self.digest {
            return Err(fork("another list of the version in force"));
        }
        if next.version == current + 1 && next.previous.as_deref() != Some(&self.digest) {
            return Err(fork("the list does not follow from the one in force"));
        }
        Ok(())
    }
}

fn of_kind(bytes: &[u8], kind: PayloadKind) -> Result<Envelope> {
    let envelope = Envelope::from_bytes(bytes)?;
    if envelope.kind() == kind {
        return Ok(envelope);
    }
    Err(Error::new(
        ErrorKind::TrustRole,
        "the signed document is not of the kind that is asked for",
    )
    .with("asked", kind.media_type())
    .with("found", envelope.kind().media_type()))
}

fn same_environment(wanted: Environment, found: Environment) -> Result<()> {
    if wanted == found {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::TrustEnvironment,
        "trust documents for trials do not serve production, nor the reverse",
    ))
}

fn within(issued: Time, expires: Time, now: Time) -> Result<()> {
    if now < issued {
        return Err(clock("the document was issued after the time given"));
    }
    if now > expires {
        return Err(
            Error::new(ErrorKind::TrustExpired, "the document has expired")
                .with("expired", expires),
        );
    }
    Ok(())
}

fn clock(message: &'static str) -> Error {
    Error::new(ErrorKind::TrustClock, message)
}

fn rollback(current: u64, offered: u64) -> Error {
    Error::new(
        ErrorKind::TrustRollback,
        "the document is older than the one in force",
    )
    .with("current", current)
    .with("offered", offered)
}

fn fork(message: &'static str) -> Error {
    Error::new(ErrorKind::TrustFork, message)
}

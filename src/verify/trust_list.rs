//! What a trust list adds to a verdict: anchors as long as it is fresh, and the clock it sets.

use std::sync::Arc;

use super::{Check, CheckCode, Reason};
use crate::time::Time;
use crate::trust::list::{
    Environment, Freshness, FreshnessLimits, Standing, TrustEntry, TrustState,
};
use crate::trust::{Anchors, TrustAnchor};

/// A trust system in use, and how old its list may be.
#[derive(Clone, Debug)]
pub(super) struct Trusted {
    state: Arc<TrustState>,
    limits: FreshnessLimits,
    /// The anchors given one by one, and those of the list.
    anchors: Anchors,
}

impl Trusted {
    pub(super) fn new(state: TrustState, limits: FreshnessLimits, given: &Anchors) -> Self {
        let mut anchors = given.clone();
        anchors.set_list(state.shared_list());
        Self {
            state: Arc::new(state),
            limits,
            anchors,
        }
    }

    pub(super) fn add(&mut self, anchor: TrustAnchor) {
        self.anchors.add(anchor);
    }

    pub(super) fn set_limits(&mut self, limits: FreshnessLimits) {
        self.limits = limits;
    }

    /// The anchors, unless the list is too old to vouch for any.
    pub(super) fn anchors(&self, at: Time) -> Option<&Anchors> {
        let vouches = matches!(self.freshness(at), Freshness::Fresh | Freshness::StaleWarn);
        vouches.then_some(&self.anchors)
    }

    pub(super) fn freshness(&self, at: Time) -> Freshness {
        self.state.freshness(at, self.limits)
    }

    pub(super) fn version(&self) -> u64 {
        self.state.list().map_or(0, |list| list.version)
    }

    pub(super) fn age_days(&self, at: Time) -> u64 {
        self.state.age_days(at).unwrap_or(0)
    }

    pub(super) fn environment(&self) -> Option<Environment> {
        self.state.list().map(|list| list.environment)
    }

    /// Whether the verdict is asked for as of a time when the list was there at all: a clock set
    /// back would bring back what has been withdrawn since.
    pub(super) fn clock(&self, at: Time) -> Option<Check> {
        let code = CheckCode::TimeClock;
        let issued = self.state.list()?.issued;
        let check = if at < issued {
            Check::indeterminate(code, Reason::ClockBeforeList)
        } else {
            Check::passed(code)
        };
        Some(check.with("list_issued", issued).with("evaluated_at", at))
    }
}

/// Whether an entry was withdrawn by an instant.
pub(super) fn is_withdrawn(entry: &TrustEntry, at: Time) -> bool {
    entry
        .period_at(at)
        .is_some_and(|period| period.standing == Standing::Withdrawn)
}

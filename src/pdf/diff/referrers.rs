//! Who refers to whom.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::pdf::read::View;
use crate::pdf::syntax::{Dict, Object, Ref, Value};

/// Stands for the trailer among object numbers.
pub(super) const TRAILER: u32 = 0;

/// For each object number, the numbers of the objects that ever referred to it. What a revision
/// no longer refers to stays listed: that can only make an update look worse.
#[derive(Default)]
pub(super) struct Referrers(BTreeMap<u32, Vec<u32>>);

impl Referrers {
    /// Adds what all objects of a revision refer to.
    pub(super) fn scan(view: &View<'_>) -> Result<Self> {
        let mut referrers = Self::default();
        referrers.add_trailer(view.trailer()?);
        for number in view.numbers() {
            referrers.add_object(view, number)?;
        }
        Ok(referrers)
    }

    /// Adds what an object refers to in a revision.
    pub(super) fn add_object(&mut self, view: &View<'_>, number: u32) -> Result<()> {
        let Some(found) = view.present(number)? else {
            return Ok(());
        };
        match &found.value {
            Value::Plain(object) => self.add(number, object),
            Value::Stream(stream) => self.add_dict(number, &stream.dict),
        }
        Ok(())
    }

    pub(super) fn add_trailer(&mut self, trailer: &Dict) {
        self.add_dict(TRAILER, trailer);
    }

    /// All objects that others refer to.
    pub(super) fn targets(&self) -> impl Iterator<Item = u32> {
        self.0.keys().copied()
    }

    /// Who refers to an object.
    pub(super) fn of(&self, number: u32) -> &[u32] {
        self.0.get(&number).map(Vec::as_slice).unwrap_or_default()
    }

    fn add(&mut self, from: u32, object: &Object) {
        match object {
            Object::Reference(Ref { number, .. }) => {
                let known = self.0.entry(*number).or_default();
                // The references of one object come one after another.
                if known.last() != Some(&from) {
                    known.push(from);
                }
            }
            Object::Array(items) => items.iter().for_each(|item| self.add(from, item)),
            Object::Dict(dict) => self.add_dict(from, dict),
            _ => {}
        }
    }

    fn add_dict(&mut self, from: u32, dict: &Dict) {
        dict.iter().for_each(|(_, value)| self.add(from, value));
    }
}

//! What later revisions did to a document: every object that an update lists is compared with
//! what it was, and judged by what it is for. Only changes that are recognised for sure have a
//! kind; all others are refused with their cause (ISO 32000-1 12.8.2.2, and the attacks that the
//! literature knows: incremental saving, wrapping, shadows, evil annotations, sneaky signatures).
//!
//! The cost of one revision is that of the objects it lists. The objects that were there before
//! are looked at once, to learn who refers to whom.

mod appearance;
mod change;
mod evidence;
mod field;
mod preparation;
mod referrers;
mod roles;
mod structure;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub use change::{Cause, Change, ChangeKind};
pub use preparation::{Preparation, PreparationKind};

use self::referrers::{Referrers, TRAILER};
use self::roles::{Role, Roles, plain};
use super::read::{Document, Found, Origin, View};
use super::syntax::{Object, Parser, Ref, Value, same, same_dict};
use crate::error::Result;

/// After so many refused revisions the rest is refused unseen: each costs a walk through the
/// whole structure, and a verdict that far down helps nobody.
const REFUSED_REVISIONS: usize = 16;

impl Document<'_> {
    /// What the revisions after `revision` did, oldest first. Each revision does at least one
    /// thing, be it only upkeep.
    ///
    /// # Errors
    /// `malformed` and others when the revision itself cannot be walked through.
    pub fn changes_after(&self, revision: usize) -> Result<Vec<Change>> {
        let mut changes = Vec::new();
        let last = self.revisions().len().saturating_sub(1);
        if revision >= last {
            return Ok(changes);
        }
        let mut known = Known::of(&self.at(revision)?)?;
        let mut refused = 0;
        for next in revision + 1..=last {
            if refused == REFUSED_REVISIONS {
                let kind = ChangeKind::Refused(Cause::TooMany);
                changes.extend((next..=last).map(|next| Change::new(next, None, kind)));
                break;
            }
            let step = Step::run(&self.at(next - 1)?, &self.at(next)?, &mut known);
            if step.iter().any(|change| is_refused(change.kind())) {
                refused += 1;
                known.roles = None;
            }
            changes.extend(step);
        }
        Ok(changes)
    }
}

fn is_refused(kind: ChangeKind) -> bool {
    matches!(kind, ChangeKind::Refused(_))
}

/// What is carried from one revision to the next.
struct Known {
    referrers: Referrers,
    /// Unknown after a revision that did what none may do.
    roles: Option<Roles>,
}

impl Known {
    fn of(view: &View<'_>) -> Result<Self> {
        Ok(Self {
            referrers: Referrers::scan(view)?,
            roles: Some(Roles::of(view)?),
        })
    }
}

/// One revision compared with the one before it.
struct Step<'v> {
    old: &'v View<'v>,
    new: &'v View<'v>,
    roles: &'v mut Roles,
    referrers: &'v Referrers,
    /// Objects that were not there before and that nothing referred to.
    added: BTreeSet<u32>,
    /// Objects that have another value now.
    changed: BTreeSet<u32>,
    /// Widgets that were added to pages, and the nodes of signature fields that were added.
    new_widgets: Vec<u32>,
    new_fields: BTreeSet<u32>,
    /// Pages that have more annotations now.
    annotated: BTreeSet<u32>,
    changes: Vec<Change>,
}

impl<'v> Step<'v> {
    fn run(old: &'v View<'v>, new: &'v View<'v>, known: &'v mut Known) -> Vec<Change> {
        let refused = |cause| {
            vec![Change::new(
                new.revision(),
                None,
                ChangeKind::Refused(cause),
            )]
        };
        let Ok(differing) = Differing::between(old, new, &known.referrers) else {
            return refused(Cause::Unreadable);
        };
        let learned = match known.roles.take() {
            Some(roles) => Ok(roles),
            None => Roles::of(old),
        };
        let Ok(mut roles) = learned else {
            return refused(Cause::Unreadable);
        };
        let mut step = Step {
            old,
            new,
            roles: &mut roles,
            referrers: &known.referrers,
            added: differing.added,
            changed: differing.changed.keys().copied().collect(),
            new_widgets: Vec::new(),
            new_fields: BTreeSet::new(),
            annotated: BTreeSet::new(),
            changes: Vec::new(),
        };
        step.judge(&differing.changed);
        let changes = step.changes;
        known.roles = Some(roles);
        if known.learn(new).is_err() {
            return refused(Cause::Unreadable);
        }
        changes
    }

    fn judge(&mut self, changed: &BTreeMap<u32, [Option<Found>; 2]>) {
        match stray_bytes(self.new) {
            Ok(None) => {}
            Ok(Some(_)) => self.refuse(None, Cause::StrayBytes),
            Err(_) => self.refuse(None, Cause::Unreadable),
        }
        if self.judge_trailer().is_err() {
            self.refuse(None, Cause::Unreadable);
        }
        for (number, [old, new]) in changed {
            if self
                .judge_object(*number, old.as_ref(), new.as_ref())
                .is_err()
            {
                self.refuse(Some(*number), Cause::Unreadable);
            }
        }
        for widget in std::mem::take(&mut self.new_widgets) {
            if !self.new_fields.contains(&widget) {
                self.refuse(Some(widget), Cause::Widget);
            }
        }
        for page in std::mem::take(&mut self.annotated) {
            if self.learn_page(page).is_err() {
                self.refuse(Some(page), Cause::Unreadable);
            }
        }
        if self.changes.is_empty() {
            self.push(None, ChangeKind::Upkeep);
        }
    }

    fn judge_object(
        &mut self,
        number: u32,
        old: Option<&Found>,
        new: Option<&Found>,
    ) -> Result<()> {
        let Some(old) = old else {
            self.refuse(Some(number), Cause::GapFilled);
            return Ok(());
        };
        let Some(new) = new else {
            self.refuse(Some(number), Cause::Removed);
            return Ok(());
        };
        let Some(role) = self.roles.get(number).cloned() else {
            self.refuse(Some(number), Cause::Content);
            return Ok(());
        };
        if !self.only_expected_refer(number, &role) {
            self.refuse(Some(number), Cause::Shared);
            return Ok(());
        }
        match (&role, plain(&old.value), plain(&new.value)) {
            (Role::Catalog, Some(Object::Dict(old)), Some(Object::Dict(new))) => {
                self.judge_catalog(old, new)
            }
            (Role::Form, Some(Object::Dict(old)), Some(Object::Dict(new))) => {
                self.judge_form(number, old, new)
            }
            (Role::Fields, Some(Object::Array(old)), Some(Object::Array(new))) => {
                self.judge_fields(number, old, new, None)
            }
            (Role::Field(field), Some(Object::Dict(old)), Some(Object::Dict(new))) => {
                self.judge_field(number, field, old, new)
            }
            (Role::Page, Some(Object::Dict(old)), Some(Object::Dict(new))) => {
                self.judge_page(number, old, new)
            }
            (Role::Annotations(page), Some(Object::Array(old)), Some(Object::Array(new))) => {
                self.judge_annotations(*page, old, new)
            }
            (Role::Annotation, Some(Object::Dict(old)), Some(Object::Dict(new))) => {
                self.judge_annotation(number, old, new)
            }
            (Role::Appearance(widget), _, _) => self.judge_appearance(number, *widget),
            (Role::SecurityStore, Some(old), Some(new)) => self.judge_store(number, old, new),
            (Role::Information, Some(Object::Dict(old)), Some(Object::Dict(new))) => {
                self.judge_information(Some(number), old, new);
                Ok(())
            }
            (Role::Metadata, _, _) => self.judge_metadata(number, &old.value, &new.value),
            (Role::Evidence, _, _) => {
                self.refuse(Some(number), Cause::Evidence);
                Ok(())
            }
            _ => {
                self.refuse(Some(number), Cause::Shared);
                Ok(())
            }
        }
    }

    /// Takes up the annotations of a page, after all fields are known.
    fn learn_page(&mut self, number: u32) -> Result<()> {
        let page = Ref {
            number,
            generation: self.new.generation(number).unwrap_or(0),
        };
        let dict = self.new.dict_at(page)?;
        self.roles.learn_annotations(self.new, page, &dict)
    }

    /// An object that is judged as a whole may serve no other purpose; dictionaries of which only
    /// certain keys may change may be referred to by anything.
    fn only_expected_refer(&self, number: u32, role: &Role) -> bool {
        let expected = |from: &u32| -> bool {
            match role {
                Role::Fields => matches!(self.roles.get(*from), Some(Role::Form | Role::Catalog)),
                Role::Annotations(page) => from == page,
                Role::Appearance(widget) => from == widget || self.roles.get(*from) == Some(role),
                Role::SecurityStore => {
                    matches!(
                        self.roles.get(*from),
                        Some(Role::SecurityStore | Role::Catalog)
                    )
                }
                Role::Information => *from == TRAILER,
                Role::Metadata => self.roles.get(*from) == Some(&Role::Catalog),
                Role::Mixed => false,
                _ => true,
            }
        };
        self.referrers.of(number).iter().all(expected)
    }

    fn push(&mut self, number: Option<u32>, kind: ChangeKind) {
        let change = Change::new(self.new.revision(), self.reference(number), kind);
        if !self.changes.contains(&change) {
            self.changes.push(change);
        }
    }

    fn push_field(&mut self, number: u32, name: &str, kind: ChangeKind) {
        let change = Change::new(self.new.revision(), self.reference(Some(number)), kind);
        let change = change.of_field(name);
        if !self.changes.contains(&change) {
            self.changes.push(change);
        }
    }

    fn refuse(&mut self, number: Option<u32>, cause: Cause) {
        self.push(number, ChangeKind::Refused(cause));
    }

    fn reference(&self, number: Option<u32>) -> Option<Ref> {
        let number = number?;
        let generation = self
            .new
            .generation(number)
            .or_else(|| self.old.generation(number));
        Some(Ref {
            number,
            generation: generation.unwrap_or(0),
        })
    }

    /// Whether the object is new, and was not waited for by anything that is signed.
    fn is_added(&self, reference: Ref) -> bool {
        self.added.contains(&reference.number)
    }
}

impl Known {
    /// Takes up what the objects of a revision refer to.
    fn learn(&mut self, view: &View<'_>) -> Result<()> {
        self.referrers.add_trailer(view.trailer()?);
        for number in view.listed() {
            self.referrers.add_object(view, *number)?;
        }
        Ok(())
    }
}

/// The listed objects that are not what they were.
struct Differing {
    added: BTreeSet<u32>,
    changed: BTreeMap<u32, [Option<Found>; 2]>,
}

impl Differing {
    fn between(old: &View<'_>, new: &View<'_>, referrers: &Referrers) -> Result<Self> {
        let mut differing = Self {
            added: BTreeSet::new(),
            changed: BTreeMap::new(),
        };
        for number in new.listed() {
            let (before, after) = (old.present(*number)?, new.present(*number)?);
            let known = !referrers.of(*number).is_empty();
            match (&before, &after) {
                (None, None) => {}
                (Some(before), Some(after)) if same_found(new, before, after) => {}
                // What nothing leads to may go, as may be written over the last table.
                (Some(_), None) if !known => {}
                (Some(before), Some(after)) if is_table(before) && is_table(after) && !known => {}
                (None, Some(_)) if !known => {
                    differing.added.insert(*number);
                }
                _ => {
                    differing.changed.insert(*number, [before, after]);
                }
            }
        }
        Ok(differing)
    }
}

/// Whether an object has the same value as before. Streams are compared as they are stored.
fn same_found(view: &View<'_>, old: &Found, new: &Found) -> bool {
    match (&old.value, &new.value) {
        (Value::Plain(old), Value::Plain(new)) => same(old, new),
        (Value::Stream(old), Value::Stream(new)) => {
            let bytes = view.document().bytes();
            same_dict(&old.dict, &new.dict)
                && bytes.get(old.data.clone()) == bytes.get(new.data.clone())
        }
        _ => false,
    }
}

fn is_table(found: &Found) -> bool {
    matches!(&found.value, Value::Stream(stream) if stream.dict.has_name("Type", "XRef"))
}

/// The first bytes of a revision that its own section does not account for. Whoever repairs a
/// file would find objects there.
fn stray_bytes(view: &View<'_>) -> Result<Option<Range<usize>>> {
    let document = view.document();
    let bytes = document.bytes();
    let revisions = document.revisions();
    let Some(own) = revisions.get(view.revision()) else {
        return Ok(None);
    };
    let before = view.revision().checked_sub(1);
    let from = before
        .and_then(|before| revisions.get(before))
        .map_or(0, super::read::Revision::end);
    let mut spans: Vec<Range<usize>> = own.spans().to_vec();
    for number in view.listed() {
        let Some(generation) = view.generation(*number) else {
            continue;
        };
        let found = view.find(Ref {
            number: *number,
            generation,
        })?;
        if let Origin::File(span) = found.origin
            && span.start >= from
        {
            spans.push(span);
        }
    }
    spans.sort_by_key(|span| span.start);
    let mut at = from;
    for span in spans {
        let mut gap = Parser::new(bytes.get(..span.start).unwrap_or_default(), at);
        gap.skip_space();
        if gap.offset() < span.start {
            return Ok(Some(gap.offset()..span.start));
        }
        at = at.max(span.end);
    }
    Ok(None)
}

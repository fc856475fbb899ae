//! Reports: the verdict by number, the canonical JSON, and any fact by its place in it.

use std::collections::HashMap;
use std::ffi::{CStr, CString, c_char};
use std::sync::OnceLock;

use serde_json::Value;
use yinxin::{Outcome, Report};

use crate::border::{Lent, c_text, free, look, text};
use crate::enums::yinxin_outcome;

/// A verdict with all that led to it. Immutable; any number of threads may read it.
pub struct yinxin_report {
    report: Report,
    /// Written when first asked for, as many callers look at the outcome alone.
    json: OnceLock<CString>,
    facts: OnceLock<HashMap<String, Fact>>,
}

/// What stands at one place of the report.
struct Fact {
    /// Of a text, number or truth value.
    text: Option<CString>,
    /// Of a list or an object.
    members: Vec<CString>,
}

impl yinxin_report {
    pub(crate) fn new(report: Report) -> Self {
        Self {
            report,
            json: OnceLock::new(),
            facts: OnceLock::new(),
        }
    }

    fn json(&self) -> &CStr {
        self.json.get_or_init(|| c_text(&self.report.to_json()))
    }

    fn fact(&self, place: &str) -> Option<&Fact> {
        let facts = self.facts.get_or_init(|| {
            let mut facts = HashMap::new();
            // What the library writes it can read.
            let report = serde_json::from_slice(self.json().to_bytes()).unwrap_or_default();
            gather(String::new(), &report, &mut facts);
            facts
        });
        facts.get(place)
    }
}

/// Notes a value and what is in it. The depth of a report is fixed by its schema.
fn gather(place: String, value: &Value, facts: &mut HashMap<String, Fact>) {
    let (text, members) = match value {
        Value::Null => return,
        Value::Bool(truth) => (
            Some(c_text(if *truth { "true" } else { "false" })),
            Vec::new(),
        ),
        Value::Number(number) => (Some(c_text(&number.to_string())), Vec::new()),
        Value::String(text) => (Some(c_text(text)), Vec::new()),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                gather(format!("{place}/{index}"), item, facts);
            }
            let names = (0..items.len()).map(|index| c_text(&index.to_string()));
            (None, names.collect())
        }
        Value::Object(items) => {
            for (name, item) in items {
                // RFC 6901 section 3.
                let name = name.replace('~', "~0").replace('/', "~1");
                gather(format!("{place}/{name}"), item, facts);
            }
            (None, items.keys().map(|name| c_text(name)).collect())
        }
    };
    facts.insert(place, Fact { text, members });
}

/// The verdict, under the report's policy; failed for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_report_outcome(report: *const yinxin_report) -> yinxin_outcome {
    let outcome = |report: &yinxin_report| report.report.outcome.into();
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(report, yinxin_outcome::Failed, outcome) }
}

/// The answer to one of the three questions, `yinxin_axis`; failed for NULL and for another number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_report_axis(
    report: *const yinxin_report,
    axis: i32,
) -> yinxin_outcome {
    let outcome = |report: &yinxin_report| {
        let axes = &report.report.axes;
        match axis {
            0 => axes.authentic,
            1 => axes.trusted,
            2 => axes.in_force,
            _ => Outcome::Failed,
        }
        .into()
    };
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(report, yinxin_outcome::Failed, outcome) }
}

/// The report as canonical JSON (`docs/schema/report.v1.json`), and its length where `len` is not
/// NULL; the same bytes as from every other face. NULL for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_report_json(
    report: *const yinxin_report,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: NULL or an object (convention 3).
    let json = unsafe { look(report, Lent::NOTHING, |report| Lent::text(report.json())) };
    // SAFETY: as convention 4 demands.
    unsafe { json.with_len(len) }
}

/// A fact by its place, a JSON pointer (RFC 6901) such as `/signatures/0/signer/subject`: the text
/// of a string, number or truth value, and its length where `len` is not NULL. NULL for what is not
/// there, for null, and for lists and objects.
///
/// Texts come from the document and are hostile: escape them before a person reads them. A NUL in
/// one is shown as U+FFFD.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_report_get(
    report: *const yinxin_report,
    place: *const c_char,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: a text or NULL (convention 3).
    let place = unsafe { text(place, "place") }.ok();
    let find = |report: &yinxin_report| {
        let text = place.and_then(|place| report.fact(place)?.text.as_deref());
        text.map_or(Lent::NOTHING, Lent::text)
    };
    // SAFETY: NULL or an object (convention 3).
    let found = unsafe { look(report, Lent::NOTHING, find) };
    // SAFETY: as convention 4 demands.
    unsafe { found.with_len(len) }
}

/// How many members the list or object at a place has; 0 for anything else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_report_count(
    report: *const yinxin_report,
    place: *const c_char,
) -> usize {
    // SAFETY: a text or NULL (convention 3).
    let place = unsafe { text(place, "place") }.ok();
    let count = |report: &yinxin_report| {
        let fact = place.and_then(|place| report.fact(place));
        fact.map_or(0, |fact| fact.members.len())
    };
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(report, 0, count) }
}

/// The name of a member of the object at a place, from 0, in no order that means something; NULL
/// past the last. Of a list it is the member's number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_report_member(
    report: *const yinxin_report,
    place: *const c_char,
    index: usize,
) -> *const c_char {
    // SAFETY: a text or NULL (convention 3).
    let place = unsafe { text(place, "place") }.ok();
    let name = |report: &yinxin_report| {
        let name = report.fact(place?)?.members.get(index)?;
        Some(name.as_ptr())
    };
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(report, None, name) }.unwrap_or(std::ptr::null())
}

/// The outcome that a fact states, such as that at `/signatures/0/outcome`; failed for whatever is
/// no outcome.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_report_outcome_at(
    report: *const yinxin_report,
    place: *const c_char,
) -> yinxin_outcome {
    // SAFETY: a text or NULL (convention 3).
    let place = unsafe { text(place, "place") }.ok();
    let outcome = |report: &yinxin_report| {
        let stated = place.and_then(|place| report.fact(place)?.text.as_deref());
        match stated.map(CStr::to_bytes) {
            Some(b"passed") => yinxin_outcome::Passed,
            Some(b"indeterminate") => yinxin_outcome::Indeterminate,
            _ => yinxin_outcome::Failed,
        }
    };
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(report, yinxin_outcome::Failed, outcome) }
}

/// Frees a report, and with it every text that was read from it; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_report_free(report: *mut yinxin_report) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(report) }
}

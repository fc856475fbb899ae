//! A policy that asks for more, or admits less, never comes to a better outcome.

use proptest::prelude::*;
use proptest::sample::subsequence;
use yinxin::verify::{CheckCode, LaterChange, Outcome, Policy, Report};

use super::evidence::{any_choice, judge, names, requiring};
use super::subjects::any_subject;
use crate::pki::not_passed;

/// What a policy asks for, and what it admits.
#[derive(Clone, Debug)]
struct Asked {
    codes: Vec<CheckCode>,
    strict: bool,
    weak_refused: bool,
    /// `free`, `attachments-free`, `covered`: from lax to severe.
    annexes: usize,
    changes: Vec<LaterChange>,
}

const ANNEXES: [&str; 3] = ["free", "attachments-free", "covered"];

const CHANGES: [LaterChange; 7] = [
    LaterChange::Evidence,
    LaterChange::TimeStamp,
    LaterChange::Signature,
    LaterChange::PermittedFormFill,
    LaterChange::FormFill,
    LaterChange::PermittedAnnotation,
    LaterChange::Annotation,
];

impl Asked {
    fn policy(&self) -> Policy {
        let policy = requiring(&self.codes).with_later_changes(&self.changes);
        let policy = if self.strict { policy.strict() } else { policy };
        let mut json: serde_json::Value = serde_json::from_str(&policy.to_json()).unwrap();
        json["annexes"] = ANNEXES[self.annexes].into();
        json["weak_algorithms"] = if self.weak_refused { "refuse" } else { "admit" }.into();
        Policy::from_json(&json.to_string()).unwrap()
    }

    /// At least as severe as both.
    fn and(&self, other: &Asked) -> Asked {
        let asked = |code: &CheckCode| self.codes.contains(code) || other.codes.contains(code);
        let admitted =
            |change: &LaterChange| self.changes.contains(change) && other.changes.contains(change);
        Asked {
            codes: CheckCode::ALL.iter().copied().filter(asked).collect(),
            strict: self.strict || other.strict,
            weak_refused: self.weak_refused || other.weak_refused,
            annexes: self.annexes.max(other.annexes),
            changes: CHANGES.into_iter().filter(admitted).collect(),
        }
    }
}

fn any_asked() -> impl Strategy<Value = Asked> {
    let codes = subsequence(CheckCode::ALL.to_vec(), 0..=CheckCode::ALL.len());
    let changes = subsequence(CHANGES.to_vec(), 0..=CHANGES.len());
    let rest = (any::<bool>(), any::<bool>(), 0..ANNEXES.len());
    (codes, rest, changes).prop_map(|(codes, (strict, weak_refused, annexes), changes)| Asked {
        codes,
        strict,
        weak_refused,
        annexes,
        changes,
    })
}

/// The outcome, and those of the three axes.
fn outcomes(report: &Report) -> [Outcome; 4] {
    let axes = report.axes;
    [report.outcome, axes.authentic, axes.trusted, axes.in_force]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    /// The axes apart: of a license that a broken signature no longer covers nobody asks who might
    /// issue it.
    #[test]
    fn asking_more_improves_no_outcome(
        subject in any_subject(),
        chosen in any_choice(),
        asked in any_asked(),
        besides in any_asked(),
    ) {
        let less = judge(subject, &asked.policy(), &chosen);
        let more = judge(subject, &asked.and(&besides).policy(), &chosen);
        prop_assert!(
            more.outcome <= less.outcome,
            "{}: with {:?}: {:?} became {:?}",
            subject.name, names(&chosen), not_passed(&less), not_passed(&more)
        );
    }

    /// One more required check at a time, which says which one it was.
    #[test]
    fn no_check_improves_an_outcome_by_being_required(
        subject in any_subject(),
        chosen in any_choice(),
        asked in any_asked(),
        code in 0..CheckCode::ALL.len(),
    ) {
        let mut stricter = asked.clone();
        stricter.codes.push(CheckCode::ALL[code]);
        let before = outcomes(&judge(subject, &asked.policy(), &chosen));
        let more = judge(subject, &stricter.policy(), &chosen);
        let after = outcomes(&more);
        prop_assert!(
            before.iter().zip(&after).all(|(before, after)| after <= before),
            "{} with {}: {before:?} became {after:?}, {:?}",
            subject.name, CheckCode::ALL[code].name(), not_passed(&more)
        );
    }
}

//! Evidence is put together at random from pieces that help, pieces that are beside the point, and
//! pieces that accuse.
//!
//! Two laws hold under a policy that requires what the evidence answers. A piece that accuses nobody
//! may be taken away without a verdict becoming better. All evidence on a question may be, whatever
//! it says. One accusation out of several pieces on the same question is another matter: who can
//! withhold the newest list can have an older one believed until it is due.

use proptest::prelude::*;
use proptest::sample::Index;
use yinxin::verify::{CheckCode, Outcome, Policy, Report, Verifier};

use super::pieces::{Effect, Gives, Listed, bystander, pieces};
use super::subjects::{Subject, any_subject, subjects};
use crate::pki::{not_passed, now, trust};

/// Which pieces are there.
pub(super) type Chosen = Vec<bool>;

pub(super) fn judge(subject: &Subject, policy: &Policy, chosen: &[bool]) -> Report {
    let taken = || {
        pieces()
            .iter()
            .zip(chosen)
            .filter(|(_, taken)| **taken)
            .map(|(piece, _)| piece)
    };
    let verifier = taken().fold(
        Verifier::new(policy.clone()),
        |verifier, piece| match &piece.gives {
            Gives::ToVerifier(give) => give(verifier),
            Gives::ToTrustList(_) => verifier,
        },
    );
    let puts: Vec<&Listed> = taken()
        .filter_map(|piece| match &piece.gives {
            Gives::ToTrustList(put) => Some(put),
            Gives::ToVerifier(_) => None,
        })
        .collect();
    // A list that believes nobody would be refused: somebody who does not matter is on it.
    let verifier = if puts.is_empty() {
        verifier
    } else {
        verifier.with_trust(trust(|list| {
            list.entries = vec![bystander()];
            puts.iter().for_each(|put| put(list));
        }))
    };
    verifier.verify(&subject.bytes, now())
}

/// Asks for everything there is.
fn everything() -> Policy {
    requiring(CheckCode::ALL)
}

/// Asks for these, and is in all else `archive`.
pub(super) fn requiring(codes: &[CheckCode]) -> Policy {
    let mut policy: serde_json::Value = serde_json::from_str(&Policy::archive().to_json()).unwrap();
    let names: Vec<&str> = codes.iter().map(|code| code.name()).collect();
    policy["required"] = names.into();
    Policy::from_json(&policy.to_string()).unwrap()
}

fn helpful() -> Chosen {
    pieces()
        .iter()
        .map(|piece| piece.effect == Effect::Helps)
        .collect()
}

/// Most of what helps, half of what is beside the point, and an accusation now and then.
pub(super) fn any_choice() -> impl Strategy<Value = Chosen> {
    let each: Vec<_> = pieces()
        .iter()
        .map(|piece| match piece.effect {
            Effect::Helps => prop::bool::weighted(0.95).boxed(),
            Effect::BesideThePoint => prop::bool::weighted(0.5).boxed(),
            Effect::Accuses => prop::bool::weighted(0.08).boxed(),
        })
        .collect();
    each
}

pub(super) fn names(chosen: &[bool]) -> Vec<&'static str> {
    let taken = pieces().iter().zip(chosen).filter(|(_, taken)| **taken);
    taken.map(|(piece, _)| piece.name).collect()
}

/// Without this the laws below could hold for want of anything that passes.
#[test]
fn good_documents_pass_with_all_that_helps_and_each_piece_of_it_is_needed() {
    for subject in subjects() {
        let report = judge(subject, &everything(), &helpful());
        let passed = report.outcome == Outcome::Passed;
        assert_eq!(
            passed,
            subject.good,
            "{}: {:?}",
            subject.name,
            not_passed(&report)
        );
    }
    // One of the two that speak of the signer's revocation is enough.
    let doubled = ["signers' list", "answer: good"];
    for subject in subjects().iter().filter(|subject| subject.good) {
        for (place, piece) in pieces().iter().enumerate() {
            let mut fewer = helpful();
            fewer[place] = false;
            let passed = judge(subject, &everything(), &fewer).outcome == Outcome::Passed;
            let needed = piece.effect == Effect::Helps && !doubled.contains(&piece.name);
            assert_eq!(passed, !needed, "{} without {}", subject.name, piece.name);
        }
    }
}

#[test]
fn an_accusation_alone_is_enough() {
    // A suspension is over where newer evidence no longer has it, and what a stamp proves to be older
    // than a revocation stands.
    let over = [
        "signer suspended once",
        "license suspended, this morning",
        "signer revoked since",
        "seal revoked today",
    ];
    for subject in subjects().iter().filter(|subject| subject.good) {
        for (place, piece) in pieces().iter().enumerate() {
            if piece.effect != Effect::Accuses || over.contains(&piece.name) {
                continue;
            }
            let mut more = helpful();
            more[place] = true;
            let report = judge(subject, &everything(), &more);
            assert_ne!(
                report.outcome,
                Outcome::Passed,
                "{} with {}",
                subject.name,
                piece.name
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn a_piece_that_accuses_nobody_is_not_missed_to_advantage(
        subject in any_subject(),
        chosen in any_choice(),
        piece in any::<Index>(),
    ) {
        let candidates: Vec<usize> = (0..pieces().len())
            .filter(|place| chosen[*place] && pieces()[*place].effect != Effect::Accuses)
            .collect();
        prop_assume!(!candidates.is_empty());
        let place = candidates[piece.index(candidates.len())];
        let whole = judge(subject, &everything(), &chosen);
        let mut fewer = chosen.clone();
        fewer[place] = false;
        let less = judge(subject, &everything(), &fewer);
        prop_assert!(
            less.outcome != Outcome::Passed || whole.outcome == Outcome::Passed,
            "{} passes without {}, of {:?}: {:?}",
            subject.name, pieces()[place].name, names(&chosen), not_passed(&whole)
        );
    }

    #[test]
    fn no_question_is_better_left_without_an_answer(
        subject in any_subject(),
        chosen in any_choice(),
        piece in any::<Index>(),
    ) {
        let question = pieces()[piece.index(pieces().len())].question;
        let fewer: Chosen = pieces()
            .iter()
            .zip(&chosen)
            .map(|(piece, taken)| *taken && piece.question != question)
            .collect();
        let less = judge(subject, &everything(), &fewer);
        prop_assert!(
            less.outcome != Outcome::Passed,
            "{} passes without {question:?}, of {:?}",
            subject.name, names(&chosen)
        );
    }
}

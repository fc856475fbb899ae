//! Pieces of evidence on the questions that a verdict asks.

mod entries;
mod revocation;
mod statuses;

pub(super) use entries::bystander;

use std::sync::OnceLock;

use yinxin::trust::list::TrustList;
use yinxin::verify::Verifier;

/// What a piece of evidence answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    WhoIsTrusted,
    WhoIsWho,
    SignerRevoked,
    MakerRevoked,
    StamperRevoked,
    LicenseInForce,
    SealInForce,
}

/// What a piece does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Something is missing without it.
    Helps,
    /// Stale, early, a stranger's, or of something else.
    BesideThePoint,
    Accuses,
}

type Given = Box<dyn Fn(Verifier) -> Verifier + Send + Sync>;
pub(super) type Listed = Box<dyn Fn(&mut TrustList) + Send + Sync>;

pub(super) enum Gives {
    ToVerifier(Given),
    ToTrustList(Listed),
}

pub(super) struct Piece {
    pub(super) name: &'static str,
    pub(super) question: Question,
    pub(super) effect: Effect,
    pub(super) gives: Gives,
}

pub(super) fn pieces() -> &'static [Piece] {
    static PIECES: OnceLock<Vec<Piece>> = OnceLock::new();
    PIECES.get_or_init(|| {
        [
            entries::trust_entries(),
            revocation::crls(),
            revocation::responses(),
            statuses::statuses(),
        ]
        .into_iter()
        .flatten()
        .collect()
    })
}

pub(super) fn given(
    name: &'static str,
    question: Question,
    effect: Effect,
    give: impl Fn(Verifier) -> Verifier + Send + Sync + 'static,
) -> Piece {
    let gives = Gives::ToVerifier(Box::new(give));
    Piece {
        name,
        question,
        effect,
        gives,
    }
}

pub(super) fn listed(
    name: &'static str,
    question: Question,
    effect: Effect,
    put: impl Fn(&mut TrustList) + Send + Sync + 'static,
) -> Piece {
    let gives = Gives::ToTrustList(Box::new(put));
    Piece {
        name,
        question,
        effect,
        gives,
    }
}

//! Taking trust documents in, and trying whether they would be.

use yinxin::Time;
use yinxin::trust::list::{Envelope, Environment, PayloadKind, TrustState};

use super::show;
use super::store::Store;
use crate::args::{TrustCheck, TrustInstall};
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::session::Session;

/// Takes a document in. What is refused leaves everything as it was: exit code 1 and the reason.
pub(crate) fn install(session: &Session, arguments: &TrustInstall) -> Result<Exit> {
    let bytes = session.read(&arguments.file)?;
    let now = session.time(arguments.at)?;
    let store = Store::open(session, arguments.store.store.as_deref())?;
    let mut refusal = None;
    let state = store.update(session, |kept| {
        let tried = match &kept {
            None if arguments.pin => TrustState::pin(&bytes, environment(arguments.test), now),
            None => return Err(no_root(session)),
            Some(_) if arguments.pin => {
                return Err(Failure::new(session.pick(
                    "已经认定了信任根；换新根不用 --pin，须有新旧两方签名",
                    "a root is pinned already; a new one needs no --pin but the signatures of both",
                )));
            }
            Some(kept) => taken_in(kept, &bytes, now),
        };
        match tried {
            Ok(state) => Ok(Some(state)),
            Err(error) => {
                refusal = Some(error);
                Ok(None)
            }
        }
    })?;
    answer(session, &shown_path(&arguments.file), state, refusal, now)
}

/// Whether a document would be taken in: 0, or 1 with the reason.
pub(crate) fn check(session: &Session, arguments: &TrustCheck) -> Result<Exit> {
    let bytes = session.read(&arguments.file)?;
    let now = session.time(arguments.at)?;
    let tried = match &arguments.root {
        Some(root) => {
            let root = session.read(root)?;
            TrustState::pin(&root, environment(arguments.test), now)
                .and_then(|pinned| taken_in(&pinned, &bytes, now))
        }
        None => {
            let store = Store::open(session, arguments.store.store.as_deref())?;
            let kept = store.load(session)?.ok_or_else(|| no_root(session))?;
            taken_in(&kept, &bytes, now)
        }
    };
    let named = shown_path(&arguments.file);
    match tried {
        Ok(state) => answer(session, &named, Some(state), None, now),
        Err(error) => answer(session, &named, None, Some(error), now),
    }
}

fn answer(
    session: &Session,
    named: &str,
    state: Option<TrustState>,
    refusal: Option<yinxin::Error>,
    now: Time,
) -> Result<Exit> {
    if let Some(error) = refusal {
        let code = error.kind().name();
        let what = session.pick(
            format!("{named}：不予采信 [{code}]"),
            format!("{named}: refused [{code}]"),
        );
        session.complain(&Failure::library(session.language, &what, &error));
        return Ok(Exit::Failed);
    }
    if let Some(state) = state {
        show::state(session, &state, now)?;
    }
    Ok(Exit::Passed)
}

/// A list is installed, a root takes the place of the pinned one.
pub(crate) fn taken_in(kept: &TrustState, bytes: &[u8], now: Time) -> yinxin::Result<TrustState> {
    match Envelope::from_bytes(bytes)?.kind() {
        PayloadKind::Root => kept.rotate(bytes, now),
        _ => kept.install(bytes, now),
    }
}

fn environment(test: bool) -> Environment {
    if test {
        Environment::Test
    } else {
        Environment::Production
    }
}

fn no_root(session: &Session) -> Failure {
    Failure::new(session.pick(
        "尚未认定信任根：请先用 trust install 信任根文件 --pin",
        "no root is pinned yet: install one first with --pin",
    ))
}

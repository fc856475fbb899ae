//! The folder in which the state of trust is kept.
//!
//! One file. It is replaced as a whole, so that neither a power cut nor a second run leaves half a
//! state; and it is verified again whenever it is read.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};
use yinxin::Time;
use yinxin::trust::list::TrustState;

use crate::failure::{Failure, Result, shown_path};
use crate::session::Session;

/// The file that holds the state.
pub(crate) const STATE: &str = "trust-state.json";
const LOCK: &str = "lock";
/// Names the folder for programs and tests that must not meet what a user has installed.
const FOLDER: &str = "YINXIN_STORE";
/// How far the latest time seen may lie back before it is written again: a window verifies
/// thousands of files a day.
const SEEN_INTERVAL: i64 = 3600;

/// Where the state is kept.
pub(crate) struct Store(PathBuf);

impl Store {
    /// The folder named, else that of the environment, else the one in the user's data folder; `None`
    /// where there is none.
    pub(crate) fn at(folder: Option<&Path>) -> Option<Self> {
        let of_environment = || {
            let folder = std::env::var_os(FOLDER)?;
            (!folder.is_empty()).then(|| PathBuf::from(folder))
        };
        let of_user = || {
            let base = choose_base_strategy().ok()?;
            Some(base.data_dir().join("yinxin").join("trust"))
        };
        let folder = folder.map(Path::to_owned);
        folder.or_else(of_environment).or_else(of_user).map(Self)
    }

    /// As [`Store::at`].
    ///
    /// # Errors
    /// A sentence when no folder is known.
    pub(crate) fn open(session: &Session, folder: Option<&Path>) -> Result<Self> {
        Self::at(folder).ok_or_else(|| {
            Failure::new(session.pick(
                "找不到用户数据目录：请用 --store 指定文件夹",
                "there is no data folder: name one with --store",
            ))
        })
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }

    /// What is kept there, if anything is.
    ///
    /// # Errors
    /// A file that cannot be read or is no state.
    pub(crate) fn load(&self, session: &Session) -> Result<Option<TrustState>> {
        let path = self.0.join(STATE);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Failure::file(session.language, &path, &error)),
        };
        TrustState::from_bytes(&bytes)
            .map(Some)
            .map_err(|error| Failure::library(session.language, &shown_path(&path), &error))
    }

    /// Changes what is kept, while no other run does. `None` and errors of `change` leave
    /// everything as it was.
    ///
    /// # Errors
    /// Those of `change`, and what the system says.
    pub(crate) fn update(
        &self,
        session: &Session,
        change: impl FnOnce(Option<TrustState>) -> Result<Option<TrustState>>,
    ) -> Result<Option<TrustState>> {
        let failed = |error: io::Error| Failure::file(session.language, &self.0, &error);
        fs::create_dir_all(&self.0).map_err(failed)?;
        let lock = File::create(self.0.join(LOCK)).map_err(failed)?;
        lock.lock().map_err(failed)?;
        let state = change(self.load(session)?)?;
        if let Some(state) = &state {
            self.replace(&state.to_bytes()).map_err(failed)?;
        }
        Ok(state)
    }

    /// Remembers that a time was seen; a store that cannot be written serves on.
    pub(crate) fn remember(&self, session: &Session, state: &TrustState, now: Time) {
        if now.unix() - state.latest_seen().unix() < SEEN_INTERVAL {
            return;
        }
        // Another run may have changed it since; whatever it holds now has seen this time too.
        let _ = self.update(session, |kept| {
            kept.unwrap_or_else(|| state.clone())
                .seen(now)
                .map(Some)
                .map_err(|error| Failure::library(session.language, STATE, &error))
        });
    }

    fn replace(&self, bytes: &[u8]) -> io::Result<()> {
        let fresh = self.0.join(format!("{STATE}.new"));
        let mut file = File::create(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        fs::rename(fresh, self.0.join(STATE))
    }
}

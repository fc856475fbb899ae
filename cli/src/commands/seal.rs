//! `yinxin seal make`, `show` and `stamp`.

mod drawn;
mod make;
mod show;
mod stamp;

use std::path::Path;

use yinxin::seal::Seal;

pub(crate) use drawn::drawn_round;
pub(crate) use make::make;
pub(crate) use show::show;
pub(crate) use stamp::stamp;

use crate::failure::{Failure, Result, shown_path};
use crate::session::Session;

/// A seal of a file that a flag names.
pub(crate) fn read(session: &Session, path: &Path, bytes: &[u8]) -> Result<Seal> {
    Seal::from_der(bytes)
        .map_err(|error| Failure::library(session.language, &shown_path(path), &error))
}

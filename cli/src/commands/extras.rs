//! Completions and manual pages, from the same definition as the command line itself.

use std::fs;
use std::io::Write;
use std::path::Path;

use clap_complete::Shell;

use crate::args;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::session::Session;

/// Writes a completion script to standard output.
pub(crate) fn completions(session: &Session, shell: Shell) -> Result<Exit> {
    let mut script = Vec::new();
    let mut command = args::command(session.language);
    clap_complete::generate(shell, &mut command, "yinxin", &mut script);
    let mut out = session.out();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Passed)
}

/// Writes `yinxin.1`, `yinxin-verify.1` and so on into a folder.
pub(crate) fn manual(session: &Session, folder: &Path) -> Result<Exit> {
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(args::command(session.language), folder))
        .map_err(|error| Failure::file(session.language, folder, &error))?;
    Ok(Exit::Passed)
}

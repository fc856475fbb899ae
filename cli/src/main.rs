//! The `yinxin` command: issue, seal and verify electronic licenses at a service window.
#![forbid(unsafe_code)]

mod args;
mod commands;
mod escape;
mod exit;
mod failure;
mod fonts;
mod input;
mod language;
mod screen;
mod secrets;
mod session;

use std::io;
use std::process::ExitCode;

use clap::FromArgMatches;

use args::Cli;
use exit::Exit;
use failure::Failure;
use session::Session;

fn main() -> ExitCode {
    let language = language::detect(std::env::args_os(), |name| std::env::var_os(name));
    let session = Session { language };
    let parsed = args::command(language)
        .try_get_matches()
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    match commands::run(&session, cli.verb) {
        Ok(exit) => exit.into(),
        // Who reads `yinxin … | head` has what was wanted.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            Exit::Passed.into()
        }
        Err(failure) => {
            session.complain(&failure);
            Exit::Unreadable.into()
        }
    }
}

/// Help and version are results; anything else is wrong usage.
fn usage(error: &clap::Error) -> ExitCode {
    // A closed pipe is no reason to complain.
    let _ = error.print();
    if error.use_stderr() {
        Exit::Unreadable.into()
    } else {
        Exit::Passed.into()
    }
}

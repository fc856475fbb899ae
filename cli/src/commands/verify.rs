//! `yinxin verify`.

use std::io::{self, Write};

use serde_json::value::RawValue;
use yinxin::Time;
use yinxin::crypto::SoftwareKey;
use yinxin::encryption::Access;
use yinxin::verify::{Outcome, Report, Verifier};

use crate::args::Verify;
use crate::commands::material;
use crate::exit::Exit;
use crate::failure::{Failure, Result, shown_path};
use crate::input::{self, Input};
use crate::screen;
use crate::session::Session;

mod parallel;
mod trust;

/// Verifies each file; the worst verdict is the exit code.
pub(crate) fn run(session: &Session, arguments: &Verify) -> Result<Exit> {
    let verifier = trust::verifier(session, arguments)?;
    let at = session.time(arguments.at)?;
    let content = arguments
        .content
        .as_deref()
        .map(|path| session.read(path))
        .transpose()?;

    let password = arguments.decrypt_key_password_file.as_deref();
    let decrypt_key = arguments
        .decrypt_key
        .as_deref()
        .map(|path| material::private_key(session, path, password))
        .transpose()?;

    let mut unreadable = 0_usize;
    let inputs = input::expand(&arguments.files, arguments.recursive, |folder, error| {
        unreadable += 1;
        session.complain(&Failure::file(session.language, folder, &error));
    });
    if content.is_some() && inputs.len() > 1 {
        return Err(Failure::new(session.pick(
            "--content 只能配一个签名文件",
            "--content goes with one signature",
        )));
    }
    if inputs.is_empty() && unreadable == 0 {
        return Err(Failure::new(
            session.pick("没有找到可核验的文件", "there is no file to verify"),
        ));
    }

    let batch = arguments.recursive || inputs.len() > 1;
    let job = Job {
        session,
        arguments,
        batch,
        verifier,
        at,
        content,
        decrypt_key,
    };
    let mut outcomes = Vec::new();
    parallel::in_order(
        &inputs,
        |input| job.answer(input),
        |index, input, answer| -> Result<()> {
            job.progress(index, inputs.len());
            match answer {
                Ok((outcome, shown)) => {
                    outcomes.push(outcome);
                    job.clear_progress();
                    let mut out = session.out();
                    out.write_all(&shown?)?;
                    out.flush()?;
                }
                Err(error) => {
                    unreadable += 1;
                    job.clear_progress();
                    session.complain(&Failure::file(session.language, input.path(), &error));
                }
            }
            Ok(())
        },
    )?;
    if batch && !arguments.json && !arguments.quiet {
        let mut out = session.out();
        screen::tally(&mut out, session.language, &outcomes, unreadable)?;
        out.flush()?;
    }
    Ok(exit(&outcomes, unreadable))
}

fn exit(outcomes: &[Outcome], unreadable: usize) -> Exit {
    let read = if unreadable > 0 {
        Exit::Unreadable
    } else {
        Exit::Passed
    };
    outcomes
        .iter()
        .map(|outcome| Exit::from(*outcome))
        .fold(read, Exit::and)
}

struct Job<'a> {
    session: &'a Session,
    arguments: &'a Verify,
    /// More than one file was asked for.
    batch: bool,
    verifier: Verifier,
    at: Time,
    content: Option<Vec<u8>>,
    decrypt_key: Option<SoftwareKey>,
}

impl Job<'_> {
    /// The outcome for an input and what is shown of it, or why it cannot be read.
    fn answer(&self, input: &Input) -> io::Result<(Outcome, Result<Vec<u8>>)> {
        let report = self.verify(&input.read()?);
        let mut shown = Vec::new();
        let written = self.show(&mut shown, input, &report);
        Ok((report.outcome, written.map(|()| shown)))
    }

    fn verify(&self, bytes: &[u8]) -> Report {
        match &self.content {
            Some(content) => self.verifier.verify_detached(bytes, content, self.at),
            None => match &self.decrypt_key {
                Some(key) => {
                    let access = Access::Key(key);
                    self.verifier.verify_encrypted(bytes, &access, self.at)
                }
                None => self.verifier.verify(bytes, self.at),
            },
        }
    }

    fn show(&self, out: &mut Vec<u8>, input: &Input, report: &Report) -> Result<()> {
        if self.arguments.quiet {
            return Ok(());
        }
        if self.arguments.json {
            writeln!(out, "{}", self.json(input, report)?)?;
        } else {
            let language = self.session.language;
            let columns = self.session.columns();
            if self.batch {
                let label = screen::paint::LABEL;
                writeln!(out, "{label}{}{label:#}", shown_path(input.path()))?;
            }
            screen::clerk(out, language, report, columns)?;
            if self.arguments.detail {
                screen::detail(out, language, report, columns)?;
            }
            if self.batch {
                writeln!(out)?;
            }
        }
        Ok(())
    }

    /// The report; in a batch with its path, the report's own bytes unchanged.
    fn json(&self, input: &Input, report: &Report) -> Result<String> {
        let report = report.to_json();
        if !self.batch {
            return Ok(report);
        }
        let internal = |_| {
            Failure::new(
                self.session
                    .pick("报告无法写成 JSON", "the report cannot be written as JSON"),
            )
        };
        let path = serde_json::to_string(&input.path().to_string_lossy()).map_err(internal)?;
        let report = RawValue::from_string(report).map_err(internal)?;
        Ok(format!(r#"{{"path":{path},"report":{}}}"#, report.get()))
    }

    /// How far a batch is, on one line that the next one covers.
    fn progress(&self, index: usize, all: usize) {
        if self.batch && self.session.is_followed() {
            let mut err = anstream::stderr().lock();
            let _ = write!(err, "\r{}/{all}", index + 1);
            let _ = err.flush();
        }
    }

    fn clear_progress(&self) {
        if self.batch && self.session.is_followed() {
            let mut err = anstream::stderr().lock();
            let _ = write!(err, "\r\u{1b}[K");
            let _ = err.flush();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unreadable_is_worse_than_indeterminate_and_better_than_failed() {
        use Outcome::{Failed, Indeterminate, Passed};
        assert_eq!(exit(&[Passed, Passed], 0), Exit::Passed);
        assert_eq!(exit(&[Passed, Indeterminate], 0), Exit::Indeterminate);
        assert_eq!(exit(&[Passed, Indeterminate], 1), Exit::Unreadable);
        assert_eq!(exit(&[Failed], 3), Exit::Failed);
    }
}

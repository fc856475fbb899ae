//! What every command needs: the language, the way to the terminal, the clock.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use yinxin::Time;

use crate::failure::{Failure, Result, shown_path};
use crate::input;
use crate::language::{Language, Pick};

/// One run of the program.
pub(crate) struct Session {
    /// The language of all that a person reads.
    pub(crate) language: Language,
}

impl Session {
    /// Results. Colours are dropped where nobody sees them (`NO_COLOR`, pipes, files).
    pub(crate) fn out(&self) -> impl Write {
        io::BufWriter::new(anstream::stdout().lock())
    }

    /// Talk: what went wrong, how far it is.
    pub(crate) fn talk(&self, message: &str) {
        // Nobody is there to be told that nobody listens.
        let _ = writeln!(anstream::stderr().lock(), "{message}");
    }

    /// Talk about something that kept part of the work from being done.
    pub(crate) fn complain(&self, failure: &Failure) {
        if let Failure::Message(message) = failure {
            let style = crate::screen::paint::ERROR;
            self.talk(&format!(
                "{style}{}{style:#}{message}",
                self.pick("错误：", "error: ")
            ));
        }
    }

    /// Columns of the terminal that shows the results, or `None` if none does.
    pub(crate) fn columns(&self) -> Option<usize> {
        if !io::stdout().is_terminal() {
            return None;
        }
        terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
    }

    /// Whether somebody follows the talk.
    pub(crate) fn is_followed(&self) -> bool {
        io::stderr().is_terminal()
    }

    /// The first text in Chinese, the second in English.
    pub(crate) fn pick<T>(&self, chinese: T, english: T) -> T {
        self.language.pick(chinese, english)
    }

    /// The time of a flag, else now by this machine's clock.
    pub(crate) fn time(&self, given: Option<Time>) -> Result<Time> {
        if let Some(time) = given {
            return Ok(time);
        }
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .ok()
            .and_then(|since| i64::try_from(since.as_secs()).ok())
            .and_then(|seconds| Time::from_unix(seconds).ok())
            .ok_or_else(|| {
                Failure::new(self.pick("本机时钟不可用", "the clock of this machine is unusable"))
            })
    }

    /// All bytes of a file that a flag names.
    pub(crate) fn read(&self, path: &Path) -> Result<Vec<u8>> {
        input::read_file(path).map_err(|error| Failure::file(self.language, path, &error))
    }

    /// The same as text.
    pub(crate) fn read_text(&self, path: &Path) -> Result<String> {
        String::from_utf8(self.read(path)?).map_err(|_| {
            let path = shown_path(path);
            Failure::new(self.pick(
                format!("{path}：不是 UTF-8 文本"),
                format!("{path}: not UTF-8 text"),
            ))
        })
    }

    /// Writes a new file; one that is there is kept unless `force`.
    pub(crate) fn write(&self, path: &Path, bytes: &[u8], force: bool) -> Result<()> {
        self.create(path, bytes, force, false)
    }

    /// The same for a secret: only its owner may read it, where the system knows owners.
    pub(crate) fn write_secret(&self, path: &Path, bytes: &[u8], force: bool) -> Result<()> {
        self.create(path, bytes, force, true)
    }

    fn create(&self, path: &Path, bytes: &[u8], force: bool, secret: bool) -> Result<()> {
        let mut options = std::fs::OpenOptions::new();
        options.write(true);
        if force {
            options.create(true).truncate(true);
        } else {
            options.create_new(true);
        }
        #[cfg(unix)]
        if secret {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        #[cfg(not(unix))]
        let _ = secret;
        options
            .open(path)
            .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
            .map_err(|error| Failure::file(self.language, path, &error))
    }
}

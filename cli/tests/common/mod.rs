//! A folder to run the command in.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use snapbox::cmd::{Command, OutputAssert};

/// A folder of one test's own, gone when the test is.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("yinxin-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Runs the command with these arguments; `@name` is a file of the folder.
    pub(crate) fn run(&self, arguments: &str) -> OutputAssert {
        let arguments = arguments
            .split(' ')
            .map(|argument| match argument.strip_prefix('@') {
                Some(name) => self.join(name).into_os_string(),
                None => OsString::from(argument),
            });
        Command::new(env!("CARGO_BIN_EXE_yinxin"))
            .env(
                "YINXIN_STORE",
                concat!(env!("CARGO_TARGET_TMPDIR"), "/no-store"),
            )
            .env("LC_ALL", "C.UTF-8")
            .args(arguments)
            .assert()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

//! Independent programs that judge what this library makes: ofdrw, Bouncy Castle, pyHanko, EU DSS,
//! PDFBox, veraPDF, OpenSSL, poppler, qpdf, xmllint, certval.
//!
//! `scripts/setup-tests` puts them into `.tools`; `scripts/test` runs the tests below this module
//! with `YINXIN_REQUIRE_ORACLES=1`, under which a missing oracle is a failure with its name.
//! A plain `cargo test` on a machine without them passes over these tests and says so.
//!
//! A test opens with `let Some(oracles) = Oracles::find() else { return };`. One JVM start takes a
//! second: hand several files to one call.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

mod agree;
mod archive;
mod authority;
mod certificates;
mod changes;
mod cms;
mod digest_lists;
mod evidence;
mod ocsp;
mod ofd;
mod ofdrw;
mod pades;
mod pdf;
mod pictures;
mod protection;
mod reading;
mod schema;
mod seals;
mod specimen;
mod status_lists;
mod time_stamps;
mod unusual;

/// The installed oracles.
pub(crate) struct Oracles {
    tools: PathBuf,
}

impl Oracles {
    /// The oracles that `YINXIN_ORACLES` names, or those in `.tools`. None, said on stderr, when
    /// there are none and nothing requires them.
    pub(crate) fn find() -> Option<Self> {
        let tools =
            std::env::var_os("YINXIN_ORACLES").map_or_else(|| root().join(".tools"), PathBuf::from);
        let parts = [
            "oracles/java/oracles.jar",
            "oracles/java-pdf/oracles.jar",
            "certval/debug/certval",
            "venv/bin/python",
            "fonts/gbsn00lp.ttf",
        ];
        let missing = parts.iter().find(|part| !tools.join(part).exists());
        match missing {
            None => Some(Self { tools }),
            Some(part) if required("YINXIN_REQUIRE_ORACLES") => {
                panic!(
                    "missing test oracle: {}: run scripts/setup-tests",
                    tools.join(part).display()
                )
            }
            Some(_) => {
                eprintln!("not run: no test oracles here; scripts/setup-tests installs them");
                None
            }
        }
    }

    /// A program among the tools, to be started.
    pub(crate) fn program(&self, path: &str) -> Command {
        Command::new(self.tools.join(path))
    }

    /// Runs a program of `tests/oracles/java`, such as `VerifyOfd`.
    pub(crate) fn java<A: AsRef<OsStr>>(
        &self,
        main_class: &str,
        args: impl IntoIterator<Item = A>,
    ) -> Verdict {
        self.run_java("java", main_class, args)
    }

    /// Runs a program of `tests/oracles/java-pdf`, such as `VerifyPades`.
    pub(crate) fn java_pdf<A: AsRef<OsStr>>(
        &self,
        main_class: &str,
        args: impl IntoIterator<Item = A>,
    ) -> Verdict {
        self.run_java("java-pdf", main_class, args)
    }

    fn run_java<A: AsRef<OsStr>>(
        &self,
        project: &str,
        main_class: &str,
        args: impl IntoIterator<Item = A>,
    ) -> Verdict {
        let java = self.tools.join("oracles").join(project);
        let class_path =
            std::env::join_paths([java.join("oracles.jar"), java.join("lib").join("*")]);
        let mut command = Command::new("java");
        command
            .args([
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Djava.awt.headless=true",
            ])
            .arg("-cp")
            .arg(class_path.unwrap())
            .arg(format!("cn.yinxin.oracle.{main_class}"))
            .args(args);
        run(command)
    }

    /// Runs a script of `tests/oracles/python`, such as `verify_pdf.py`.
    pub(crate) fn python<A: AsRef<OsStr>>(
        &self,
        script: &str,
        args: impl IntoIterator<Item = A>,
    ) -> Verdict {
        let mut command = Command::new(self.tools.join("venv/bin/python"));
        command
            .arg(root().join("tests/oracles/python").join(script))
            .args(args);
        run(command)
    }

    /// Runs a program of the system, such as `qpdf`, `pdfsig`, `xmllint` or `openssl`.
    pub(crate) fn tool<A: AsRef<OsStr>>(
        &self,
        name: &str,
        args: impl IntoIterator<Item = A>,
    ) -> Verdict {
        let mut command = Command::new(name);
        command.env("LC_ALL", "C.UTF-8").args(args);
        run(command)
    }

    /// The pinned Song font of the tests.
    pub(crate) fn font(&self) -> PathBuf {
        self.tools.join("fonts/gbsn00lp.ttf")
    }
}

/// What an oracle said.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// Exit code 0.
    pub(crate) good: bool,
    /// Its standard output.
    pub(crate) out: String,
    /// Its standard error.
    pub(crate) err: String,
}

impl Verdict {
    /// The lines of a Java oracle, split at tabs.
    pub(crate) fn rows(&self) -> Vec<Vec<&str>> {
        self.out
            .lines()
            .map(|line| line.split('\t').collect())
            .collect()
    }

    /// Fails with everything the oracle said unless it agreed.
    #[track_caller]
    pub(crate) fn assert_good(&self) -> &Self {
        assert!(
            self.good,
            "the oracle disagrees\n{}\n{}",
            self.out, self.err
        );
        self
    }

    /// Fails with everything the oracle said if it agreed.
    #[track_caller]
    pub(crate) fn assert_bad(&self) -> &Self {
        assert!(!self.good, "the oracle agrees\n{}\n{}", self.out, self.err);
        self
    }
}

/// A folder for one test's files, under the build directory, emptied first so that a picture to
/// look at stays after the run.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The third-party files beside the repository (or where `YINXIN_INTEROP` says). None, said on
/// stderr, when they are not there and `YINXIN_REQUIRE_INTEROP` is not set.
pub(crate) fn interop() -> Option<PathBuf> {
    let folder = std::env::var_os("YINXIN_INTEROP")
        .map_or_else(|| root().join("../shared/interop"), PathBuf::from);
    if folder.join("ofd/EXPECTED.tsv").exists() {
        return Some(folder);
    }
    assert!(
        !required("YINXIN_REQUIRE_INTEROP"),
        "missing third-party test files: {}",
        folder.display()
    );
    eprintln!("not run: no third-party files at {}", folder.display());
    None
}

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn required(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| value == "1")
}

fn run(mut command: Command) -> Verdict {
    let program = command.get_program().to_owned();
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .output()
        .unwrap_or_else(|error| panic!("cannot run {}: {error}", program.display()));
    Verdict {
        good: status.success(),
        out: String::from_utf8_lossy(&stdout).into_owned(),
        err: String::from_utf8_lossy(&stderr).into_owned(),
    }
}

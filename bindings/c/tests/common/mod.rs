//! The library as a program meets it: built, and installed into a folder of the tests.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder with `libyinxin.so` and `libyinxin.a`, built now: cargo does not build a library
/// for tests that cannot link to it as Rust.
pub(crate) fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let deps = std::env::current_exe().unwrap();
        let profile = deps.parent().unwrap().parent().unwrap();
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "-p", "yinxin-c"]);
        if profile.ends_with("release") {
            build.arg("--release");
        }
        run(build.current_dir(root()));
        profile.to_owned()
    })
}

/// Where the library is installed.
pub(crate) fn prefix() -> &'static Path {
    static PREFIX: OnceLock<PathBuf> = OnceLock::new();
    PREFIX.get_or_init(|| {
        let prefix = scratch("prefix");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("install");
        run(Command::new(script)
            .arg(&prefix)
            .env("YINXIN_NATIVE", built()));
        prefix
    })
}

/// An empty folder of this test binary.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let binary = std::env::current_exe().unwrap();
    let stem = binary.file_stem().unwrap().to_str().unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(stem).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder.canonicalize().unwrap()
}

/// Runs a command that must succeed, and gives its output.
pub(crate) fn run(command: &mut Command) -> String {
    let done = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(
        done.status.success(),
        "{command:?}: {}\n{text}\n{}",
        done.status,
        String::from_utf8_lossy(&done.stderr)
    );
    text
}

/// What pkg-config says to the compiler.
pub(crate) fn pkg_config(arguments: &[&str]) -> Vec<String> {
    let told = run(Command::new("pkg-config")
        .env("PKG_CONFIG_PATH", prefix().join("lib/pkgconfig"))
        .args(arguments)
        .arg("yinxin"));
    told.split_whitespace().map(str::to_owned).collect()
}

/// A program to be run, with the installed library.
pub(crate) fn program(path: &Path) -> Command {
    let mut command = Command::new(path);
    command.env("LD_LIBRARY_PATH", prefix().join("lib"));
    command
}

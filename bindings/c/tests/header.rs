//! `include/yinxin.h` is what cbindgen makes of this crate, and `abi.txt` is what the header and
//! the shared library offer. After a wanted change: `YINXIN_BLESS=1 cargo test -p yinxin-c`.

// How a test fails.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use cbindgen::{Builder, Config};
use yinxin::ErrorKind;

use common::root;

/// What stands below the header's `#include` lines.
fn preamble() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let part = |name: &str| std::env::var(name).unwrap();
    format!(
        r#"
/*
 * yinxin: issues, seals and verifies electronic licenses and electronic seals, offline.
 *
 * Conventions, in full in bindings/c/README.md:
 *
 *  1. Names begin with yinxin_; yinxin_<noun>_<verb> takes the <noun> first.
 *  2. What can fail returns a yinxin_status; the last argument may be NULL, or receives a
 *     yinxin_error to be freed with yinxin_error_free. It is written on failure only.
 *  3. Inputs are borrowed for the call. NULL for an object, bytes or a text that must be there
 *     gives YINXIN_STATUS_NULL_POINTER; texts are UTF-8 with a NUL at their end.
 *  4. Outputs are written on success only. An object received is freed with its own _free, once;
 *     NULL is fine there.
 *  5. What a function returns as a const pointer belongs to the object in its first argument and
 *     lives as long.
 *  6. Threads: an object may be read by any number of threads at once. Builders and whatever takes
 *     its first argument without const are for one thread at a time, and so is every _free.
 *  7. No callbacks, no global state, no errno.
 *  8. Enumerations are passed as int32_t; another number gives YINXIN_STATUS_INVALID_ENUM. Times are
 *     seconds since 1970-01-01T00:00:00Z.
 *  9. A bug in the library gives YINXIN_STATUS_PANIC and never ends the process.
 * 10. In 0.x the interface may change with the minor version; from 1.0 on it only grows.
 */

#define YINXIN_VERSION "{version}"
#define YINXIN_VERSION_MAJOR {}
#define YINXIN_VERSION_MINOR {}
#define YINXIN_VERSION_PATCH {}
#define YINXIN_ABI_VERSION {}

#ifndef YINXIN_API
#if defined(_WIN32) && !defined(YINXIN_STATIC)
#define YINXIN_API __declspec(dllimport)
#elif defined(__GNUC__)
#define YINXIN_API __attribute__((visibility("default")))
#else
#define YINXIN_API
#endif
#endif

#ifndef YINXIN_MUST_USE
#if defined(__GNUC__)
#define YINXIN_MUST_USE __attribute__((warn_unused_result))
#else
#define YINXIN_MUST_USE
#endif
#endif
"#,
        part("CARGO_PKG_VERSION_MAJOR"),
        part("CARGO_PKG_VERSION_MINOR"),
        part("CARGO_PKG_VERSION_PATCH"),
        abi_version(),
    )
}

/// The number in `src/library.rs`.
fn abi_version() -> String {
    let source = std::fs::read_to_string(source_file("library.rs")).unwrap();
    let line = source
        .lines()
        .find(|line| line.starts_with("const ABI_VERSION"));
    let number = line.unwrap().rsplit(' ').next().unwrap();
    number.trim_end_matches(';').to_owned()
}

fn source_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name)
}

fn header() -> String {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut config = Config::from_file(crate_folder.join("cbindgen.toml")).unwrap();
    config.after_includes = Some(preamble());
    let bindings = Builder::new()
        .with_crate(crate_folder)
        .with_config(config)
        .generate()
        .unwrap();
    let mut text = Vec::new();
    bindings.write(&mut text);
    String::from_utf8(text).unwrap()
}

/// Compares a committed file, or writes it when asked to.
fn hold(file: &Path, wanted: &str) {
    if std::env::var_os("YINXIN_BLESS").is_some() {
        std::fs::write(file, wanted).unwrap();
    }
    let committed = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        committed == wanted,
        "{} is not what the source gives; read CONTRIBUTING.md",
        file.display()
    );
}

#[test]
fn the_header_is_what_the_source_gives() {
    hold(&root().join("include/yinxin.h"), &header());
}

/// The declarations of functions in a header, each on one line.
fn declarations(header: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open: Option<String> = None;
    for line in header.lines() {
        let line = line.trim();
        if line.starts_with("YINXIN_API") {
            open = Some(String::new());
        }
        let Some(text) = &mut open else { continue };
        if !matches!(line, "YINXIN_API" | "YINXIN_MUST_USE") {
            text.push_str(
                line.trim_start_matches("YINXIN_API ")
                    .trim_start_matches("YINXIN_MUST_USE "),
            );
            text.push(' ');
        }
        if line.ends_with(';') {
            found.insert(open.take().unwrap().trim().to_owned());
        }
    }
    found
}

/// The name of the function that a declaration declares.
fn name(declaration: &str) -> &str {
    let before = declaration.split('(').next().unwrap();
    before.rsplit([' ', '*']).next().unwrap()
}

#[test]
fn the_interface_is_the_one_agreed_on() {
    let header = std::fs::read_to_string(root().join("include/yinxin.h")).unwrap();
    let declarations = declarations(&header);
    assert!(declarations.len() > 100, "{}", declarations.len());
    let mut text = String::from(
        "# Every function of libyinxin. A line that goes or changes breaks programs: raise ABI_VERSION.\n",
    );
    for declaration in &declarations {
        text.push_str(declaration);
        text.push('\n');
    }
    hold(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("abi.txt"),
        &text,
    );
}

#[test]
#[cfg(target_os = "linux")]
fn the_library_exports_what_the_header_declares_and_nothing_else() {
    let header = std::fs::read_to_string(root().join("include/yinxin.h")).unwrap();
    let declared: BTreeSet<_> = declarations(&header)
        .iter()
        .map(|d| name(d).to_owned())
        .collect();
    let library = common::built().join("libyinxin.so");
    let listed = Command::new("nm")
        .args(["-D", "--defined-only"])
        .arg(&library)
        .output()
        .unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let exported: BTreeSet<_> = listed
        .lines()
        .filter_map(|line| line.split(' ').nth(2).map(str::to_owned))
        // Only where assertions are on, and for the tests alone.
        .filter(|name| name != "yinxin_test_panic")
        .collect();
    assert_eq!(exported, declared);

    let dynamic = Command::new("readelf")
        .arg("-d")
        .arg(&library)
        .output()
        .unwrap();
    let dynamic = String::from_utf8(dynamic.stdout).unwrap();
    let soname = format!("[libyinxin.so.{}]", env!("CARGO_PKG_VERSION_MAJOR"));
    assert!(dynamic.contains(&soname), "{dynamic}");
}

#[test]
fn every_kind_of_error_has_a_status_of_its_number() {
    let header = std::fs::read_to_string(root().join("include/yinxin.h")).unwrap();
    let statuses: BTreeSet<_> = header
        .lines()
        .filter_map(|line| {
            line.trim()
                .strip_prefix("YINXIN_STATUS_")?
                .strip_suffix(',')
        })
        .filter_map(|line| {
            let (name, number) = line.split_once(" = ")?;
            Some((name.to_lowercase(), number.parse::<i32>().ok()?))
        })
        .filter(|(_, number)| *number >= 100)
        .collect();
    let kinds: BTreeSet<_> = ErrorKind::ALL
        .iter()
        .map(|kind| (kind.name().to_owned(), kind.number()))
        .collect();
    assert_eq!(statuses, kinds);

    // The conversion has an arm for each: a kind without one would turn into `internal`.
    let source = std::fs::read_to_string(source_file("status.rs")).unwrap();
    for kind in ErrorKind::ALL
        .iter()
        .filter(|kind| **kind != ErrorKind::Internal)
    {
        let arm = format!("ErrorKind::{kind:?} => Self::{kind:?},");
        assert!(source.contains(&arm), "{arm}");
    }
}

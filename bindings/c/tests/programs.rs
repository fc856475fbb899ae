//! Programs in C and C++ against the installed library: as they are, under valgrind, and under
//! AddressSanitizer.

// How a test fails.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use common::{pkg_config, prefix, program, root, run, scratch};

const WARNINGS: &[&str] = &["-Wall", "-Wextra", "-Werror", "-pedantic"];

fn source(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/c");
    folder.join(name)
}

fn metadata() -> PathBuf {
    root().join("examples/data/business-license.json")
}

/// Compiles a program with what pkg-config says.
fn compile(compiler: &str, source: &Path, out: &Path, extra: &[&str]) {
    let mut command = Command::new(compiler);
    command
        .args(WARNINGS)
        .args(extra)
        .arg(source)
        .arg("-o")
        .arg(out);
    if cfg!(debug_assertions) {
        command.arg("-DWITH_TEST_PANIC");
    }
    run(command
        .args(pkg_config(&["--cflags", "--libs"]))
        .arg("-lpthread"));
}

/// The programs whose ways leave nothing behind whatever happens on them, compiled in a folder.
fn built(folder: &str, extra: &[&str]) -> PathBuf {
    let folder = scratch(folder);
    for name in ["paths", "further"] {
        let flags: Vec<_> = ["-std=c99", "-g"].iter().chain(extra).copied().collect();
        let source = source(&format!("{name}.c"));
        compile("cc", &source, &folder.join(name), &flags);
    }
    folder
}

fn plain() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| built("plain", &[]))
}

/// Each way: the program, and what it is told besides the metadata.
fn ways() -> Vec<(&'static str, String)> {
    let mut ways = vec!["success", "errors", "misuse", "threads"];
    if cfg!(debug_assertions) {
        ways.push("panic");
    }
    let ways = ways.into_iter().map(|way| ("paths", way.to_owned()));
    let provinces = root().join("examples/data/provinces");
    let provinces = provinces.to_str().unwrap().to_owned();
    ways.chain([("further", provinces)]).collect()
}

#[test]
fn every_way_ends_well() {
    for (name, way) in ways() {
        let told = run(program(&plain().join(name)).arg(metadata()).arg(&way));
        assert!(told.ends_with(": done\n"), "{name} {way}: {told}");
    }
}

#[test]
fn valgrind_finds_neither_error_nor_leak() {
    for (name, way) in ways() {
        let mut command = Command::new("valgrind");
        command.env("LD_LIBRARY_PATH", prefix().join("lib"));
        command.args(["--quiet", "--error-exitcode=9", "--leak-check=full"]);
        // What a thread-local of Rust's own runtime still holds at the end is no leak.
        command.args(["--errors-for-leak-kinds=definite,indirect,possible"]);
        command.arg("--show-leak-kinds=definite,indirect,possible");
        run(command.arg(plain().join(name)).arg(metadata()).arg(way));
    }
}

/// A check that finds nothing where there is something is none.
#[test]
fn valgrind_would_find_a_leak() {
    let folder = scratch("leak");
    let leaking = folder.join("leak.c");
    let code = "#include <yinxin.h>\nint main(void) { yinxin_key *key = 0; \
                yinxin_status status = yinxin_key_generate(0, &key, 0); key = 0; return status; }\n";
    std::fs::write(&leaking, code).unwrap();
    compile("cc", &leaking, &folder.join("leak"), &["-std=c99"]);
    let mut command = Command::new("valgrind");
    command.env("LD_LIBRARY_PATH", prefix().join("lib"));
    command.args(["--quiet", "--error-exitcode=9", "--leak-check=full"]);
    let done = command.arg(folder.join("leak")).output().unwrap();
    assert_eq!(done.status.code(), Some(9));
}

#[test]
fn the_address_sanitizer_finds_nothing() {
    let folder = built(
        "sanitized",
        &["-fsanitize=address", "-fno-omit-frame-pointer"],
    );
    for (name, way) in ways() {
        let program_file = folder.join(name);
        // It was really linked.
        let symbols = run(Command::new("nm").arg(&program_file));
        assert!(symbols.contains("__asan_init"), "{symbols}");
        run(program(&program_file)
            .env("ASAN_OPTIONS", "detect_leaks=1")
            .arg(metadata())
            .arg(way));
    }
}

#[test]
fn cpp_owns_and_throws() {
    let out = scratch("raii").join("raii");
    compile(
        "c++",
        &source("raii.cpp"),
        &out,
        &["-std=c++11", "-fsanitize=address"],
    );
    let told = run(program(&out).arg(metadata()));
    assert_eq!(told, "raii: done\n");
}

/// The static library with the linker line that `yinxin.pc` states.
#[test]
fn a_program_links_statically() {
    let out = scratch("static").join("paths");
    let mut command = Command::new("cc");
    command
        .args(WARNINGS)
        .arg("-std=c99")
        .arg(source("paths.c"))
        .arg("-o")
        .arg(&out);
    command.args(pkg_config(&["--cflags"]));
    command.arg(prefix().join("lib/libyinxin.a"));
    let libraries = pkg_config(&["--static", "--libs"]);
    command.args(libraries.iter().filter(|argument| *argument != "-lyinxin"));
    run(&mut command);
    run(Command::new(&out).arg(metadata()).arg("success"));
}

#[test]
fn cmake_finds_the_package() {
    let folder = scratch("cmake");
    let list = r#"cmake_minimum_required(VERSION 3.13)
project(app C)
find_package(yinxin 0.1 REQUIRED)
add_executable(app ${SOURCE})
target_link_libraries(app PRIVATE yinxin::yinxin pthread)
"#;
    std::fs::write(folder.join("CMakeLists.txt"), list).unwrap();
    let source = format!("-DSOURCE={}", source("paths.c").display());
    let found = format!("-DCMAKE_PREFIX_PATH={}", prefix().display());
    run(Command::new("cmake")
        .arg(source)
        .arg(found)
        .args(["-S", "."])
        .args(["-B", "build"])
        .current_dir(&folder));
    run(Command::new("cmake")
        .args(["--build", "build"])
        .current_dir(&folder));
    run(program(&folder.join("build/app"))
        .arg(metadata())
        .arg("misuse"));
}

/// The stories of `examples/`, each with the output that every language's gives.
#[test]
fn the_examples_tell_what_is_expected() {
    let folder = scratch("examples");
    let languages: [(&str, &str, &[&str]); 2] = [
        // A story need not use all that it includes.
        ("c", "cc", &["-std=c99", "-Wno-unused-function"]),
        ("cpp", "c++", &["-std=c++11"]),
    ];
    for story in ["verify", "issue", "make_seal", "affix", "trust"] {
        let expected = root().join(format!("examples/expected/{story}.txt"));
        let expected = std::fs::read_to_string(expected).unwrap();
        for (language, compiler, extra) in languages {
            let source = root().join(format!("examples/{language}/{story}.{language}"));
            let out = folder.join(format!("{story}-{language}"));
            compile(compiler, &source, &out, extra);
            let mut told = program(&out);
            match story {
                "make_seal" => {}
                "trust" => drop(told.arg(root().join("examples/data/provinces"))),
                _ => drop(told.arg(metadata())),
            }
            assert_eq!(run(&mut told), expected, "{story} in {language}");
        }
    }
}

/// Every function of the header called with nothing but zeros: it neither crashes nor succeeds.
#[test]
fn nulls_are_refused_by_every_function() {
    let header = std::fs::read_to_string(root().join("bindings/c/abi.txt")).unwrap();
    let mut code = String::from("#include \"check.h\"\nint main(void) {\n");
    let mut counted = 0;
    for line in header
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_lowercase()))
    {
        let (head, arguments) = line.split_once('(').unwrap();
        let name = head.rsplit([' ', '*']).next().unwrap();
        let arguments = arguments.trim_end_matches(");");
        let count = if arguments == "void" {
            0
        } else {
            arguments.split(',').count()
        };
        if count == 0 {
            continue;
        }
        counted += 1;
        let zeros = vec!["0"; count].join(", ");
        if head.starts_with("yinxin_status ") && name != "yinxin_error_status" {
            code.push_str(&format!(
                "    CHECK({name}({zeros}) == YINXIN_STATUS_NULL_POINTER);\n"
            ));
            let told = zeros.rsplit_once('0').unwrap().0;
            code.push_str(&format!(
                "    FAILS(YINXIN_STATUS_NULL_POINTER, {name}({told}&error));\n"
            ));
        } else if head.starts_with("void ") {
            code.push_str(&format!("    {name}({zeros});\n"));
        } else {
            code.push_str(&format!("    CHECK({name}({zeros}) == 0);\n"));
        }
    }
    code.push_str("    (void)read_file; (void)world_new; (void)world_free; (void)verifier_of; (void)license_of;\n");
    code.push_str("    return 0;\n}\n");
    assert!(counted > 100, "{counted}");
    let folder = scratch("nulls");
    std::fs::write(folder.join("nulls.c"), code).unwrap();
    let include = format!("-I{}", source("").display());
    compile(
        "cc",
        &folder.join("nulls.c"),
        &folder.join("nulls"),
        &["-std=c99", &include],
    );
    run(&mut program(&folder.join("nulls")));
}

//! Every name that `bindings/SURFACE.md` lists exists in its face, and every operation of a face
//! that has a list of its own is in the table.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that finds its input missing has failed"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One cell: a face and the name in it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    face: String,
    name: String,
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All cells that name something.
fn cells() -> BTreeSet<Cell> {
    let text = read("bindings/SURFACE.md");
    let mut faces: Vec<String> = Vec::new();
    let mut cells = BTreeSet::new();
    for line in text.lines().filter(|line| line.starts_with('|')) {
        let columns: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        if columns[0] == "operation" {
            faces = columns.iter().map(|face| (*face).to_owned()).collect();
        } else if !columns[0].starts_with('-') {
            assert_eq!(columns.len(), faces.len(), "{line}");
            for (face, cell) in faces.iter().zip(&columns).skip(1) {
                if *cell != "–" {
                    let name = cell
                        .strip_prefix('`')
                        .and_then(|cell| cell.strip_suffix('`'));
                    let name = name.unwrap_or_else(|| panic!("no name in code: {line}"));
                    cells.insert(Cell {
                        face: face.clone(),
                        name: name.to_owned(),
                    });
                }
            }
        }
    }
    cells
}

fn names(face: &str) -> Vec<String> {
    let named = cells().into_iter().filter(|cell| cell.face == face);
    let names: Vec<_> = named.map(|cell| cell.name).collect();
    assert!(names.len() > 40, "{face}: {names:?}");
    names
}

/// Text of all sources below a folder, one a file.
fn sources(folder: &Path, extension: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts.extend(sources(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            texts.push(fs::read_to_string(&path).unwrap());
        }
    }
    texts
}

#[test]
fn rust_has_every_name() {
    let sources = sources(&repository().join("src"), "rs");
    for name in names("Rust") {
        let (owner, function) = name.split_once("::").unwrap();
        let declared = [format!("pub fn {function}("), format!("pub fn {function}<")];
        let in_trait = format!("    fn {function}(");
        let found = sources.iter().any(|text| {
            let of_type = text.contains(&format!("impl {owner} {{"))
                || text.contains(&format!("impl {owner}<"))
                || text.contains(&format!("impl<'a> {owner}<"))
                // A function of a module.
                || owner.starts_with(char::is_lowercase);
            let public = declared.iter().any(|start| text.contains(start));
            let of_trait =
                text.contains(&format!("pub trait {owner} ")) && text.contains(&in_trait);
            of_type && public || of_trait
        });
        assert!(found, "no {name}");
    }
}

/// The verb's own help knows it, and the flag.
#[test]
fn the_command_has_every_verb_and_flag() {
    for name in names("command") {
        let words: Vec<_> = name.split(' ').collect();
        let (flags, verbs): (Vec<&str>, Vec<&str>) =
            words.into_iter().partition(|word| word.starts_with("--"));
        let output = Command::new(env!("CARGO_BIN_EXE_yinxin"))
            .env(
                "YINXIN_STORE",
                concat!(env!("CARGO_TARGET_TMPDIR"), "/no-store"),
            )
            .args(&verbs)
            .arg("--help")
            .output()
            .unwrap();
        assert!(output.status.success(), "no {name}");
        let help = String::from_utf8(output.stdout).unwrap();
        for flag in flags {
            let whole = |found: &str| {
                let after = found.chars().next();
                !after.is_some_and(|letter| letter.is_ascii_alphanumeric() || letter == '-')
            };
            assert!(help.split(flag).skip(1).any(whole), "no {name}");
        }
    }
}

/// The header, which a test of the C face holds to its source, declares every name; and each of its
/// functions that does something is in the table.
#[test]
fn c_has_every_name_and_no_other_that_does_something() {
    let header = read("include/yinxin.h");
    let words = header.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let words: BTreeSet<&str> = words.collect();
    for name in names("C") {
        assert!(words.contains(name.as_str()), "no {name}");
        assert!(header.contains(&format!("{name}(")), "no function {name}");
    }
    let listed: BTreeSet<_> = names("C").into_iter().collect();
    // What takes long or may be refused gives a status.
    let does = header.split("\nyinxin_status ").skip(1);
    let does = does.filter_map(|rest| rest.split('(').next());
    let forgotten: Vec<_> = does
        .filter(|name| !listed.contains(*name) && !HELP_IN_C.contains(name))
        .collect();
    assert!(forgotten.is_empty(), "{forgotten:?}");
}

/// The C++ header declares every name: a class's method, its constructor, or a function.
#[test]
fn cpp_has_every_name() {
    let header = read("include/yinxin.hpp");
    for name in names("C++") {
        let (class, function) = match name.rsplit_once("::") {
            Some(("Verifier", "Builder")) => ("Verifier::Builder", "Builder"),
            Some((class, function)) => (class, function),
            None if name.starts_with(char::is_uppercase) => (name.as_str(), name.as_str()),
            None => ("", name.as_str()),
        };
        let body = match class {
            "" => header.as_str(),
            class => {
                let start = header.find(&format!("\nclass {class} {{"));
                let rest = header
                    .split_at(start.unwrap_or_else(|| panic!("no {class}")))
                    .1;
                rest.split("\n};").next().unwrap()
            }
        };
        let declared =
            body.contains(&format!(" {function}(")) || body.contains(&format!("&{function}("));
        assert!(declared, "no {name}");
    }
}

/// The sources of the Java face declare every name: a class and a public method.
#[test]
fn java_has_every_name() {
    for name in names("Java") {
        let (class, method) = name.split_once('.').unwrap();
        let source = read(&format!(
            "bindings/java/src/main/java/cn/yinxin/{class}.java"
        ));
        let declared = source.lines().any(|line| {
            line.trim().starts_with("public ") && line.contains(&format!(" {method}("))
        });
        assert!(declared, "{name}");
    }
}

/// Functions in C for what other languages have in themselves or give as an argument.
const HELP_IN_C: &[&str] = &[
    "yinxin_certificate_make_root",
    "yinxin_certificate_spec_new",
    "yinxin_codes",
    "yinxin_crl_builder_new",
    "yinxin_crl_builder_revoke",
    "yinxin_draft_set_font",
    "yinxin_pack_spec_add",
    "yinxin_path_request_add_anchors",
    "yinxin_path_request_add_crls",
    "yinxin_path_request_add_intermediates",
    "yinxin_path_request_add_ocsp",
    "yinxin_path_request_add_policy",
    "yinxin_path_request_set_max_depth",
    "yinxin_path_request_set_policy_rules",
    "yinxin_path_request_set_revocation",
    "yinxin_pending_algorithm",
    "yinxin_pending_digest",
    "yinxin_report_member",
    "yinxin_request_close_document",
    "yinxin_seal_maker",
    "yinxin_seal_spec_add_signer",
    "yinxin_seal_spec_set_layout",
    "yinxin_seal_spec_set_listing",
    "yinxin_seal_spec_set_type",
    "yinxin_time_parse",
    "yinxin_verifier_builder_build",
];

/// Functions and classes of the Python stub, which stubtest holds to the compiled half; of classes
/// the methods as well, and whether a caller can make one.
fn python() -> BTreeSet<String> {
    let mut found = BTreeSet::from(["to_arrow".to_owned()]);
    let stub = read("bindings/python/python/yinxin/_native.pyi");
    let (mut class, mut is_property) = (String::new(), false);
    for line in stub.lines() {
        let named = |rest: &str| rest.split(['(', ':']).next().unwrap().to_owned();
        if let Some(rest) = line.strip_prefix("class ") {
            class = named(rest);
        } else if let Some(rest) = line.strip_prefix("def ") {
            found.insert(named(rest));
        } else if let Some(rest) = line.strip_prefix("    def ") {
            let method = named(rest);
            if method == "__new__" {
                found.insert(class.clone());
            } else if !is_property && !method.starts_with("__") {
                found.insert(format!("{class}.{method}"));
            }
        }
        is_property = line == "    @property";
    }
    found
}

#[test]
fn python_has_every_name_and_no_other() {
    let listed: BTreeSet<_> = names("Python").into_iter().collect();
    let offered = python();
    let differ: Vec<_> = listed.symmetric_difference(&offered).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

/// Codes are the same in the stub as in the core: each once, in its order, under its own number or
/// name, and no other. With `YINXIN_BLESS=1` the stub is written anew.
#[test]
fn python_has_every_code_and_no_other() {
    use yinxin::verify::{CheckCode, Reason};
    use yinxin::{ErrorKind, FindingCode, Outcome};

    let capitals = |name: &str| name.replace(['.', '-', ' '], "_").to_uppercase();
    let number = |kind: &ErrorKind| format!("{} = {}", capitals(kind.name()), kind.number());
    let text = |name: &str| format!("{} = \"{name}\"", capitals(name));
    let outcomes = [Outcome::Failed, Outcome::Indeterminate, Outcome::Passed];
    let classes: [(&str, Vec<String>); 5] = [
        ("ErrorKind", ErrorKind::ALL.iter().map(number).collect()),
        (
            "Outcome",
            outcomes.iter().map(|code| text(code.name())).collect(),
        ),
        (
            "CheckCode",
            CheckCode::ALL
                .iter()
                .map(|code| text(code.name()))
                .collect(),
        ),
        (
            "Reason",
            Reason::ALL.iter().map(|code| text(code.name())).collect(),
        ),
        (
            "FindingCode",
            FindingCode::ALL
                .iter()
                .map(|code| text(code.name()))
                .collect(),
        ),
    ];
    let path = "bindings/python/python/yinxin/_native.pyi";
    let stub = read(path);
    let wanted = classes.iter().fold(stub.clone(), |stub, (class, members)| {
        with_members(&stub, class, members)
    });
    if std::env::var_os("YINXIN_BLESS").is_some() {
        fs::write(repository().join(path), &wanted).unwrap();
        return;
    }
    let line = stub
        .lines()
        .zip(wanted.lines())
        .find(|(has, wants)| has != wants);
    assert!(
        stub == wanted,
        "YINXIN_BLESS=1 writes {path} anew; first difference: {line:?}"
    );
}

/// A stub with these as the members of an enumeration, which stand behind its docstring.
fn with_members(stub: &str, class: &str, members: &[String]) -> String {
    let start = stub.find(&format!("\nclass {class}(enum.")).unwrap();
    let (before, rest) = stub.split_at(start + 1);
    let (doc, members_on) = rest.split_at(rest.find(" = ").unwrap());
    let end = doc.len() + members_on.find("\n\n").unwrap_or(members_on.len());
    let (body, after) = rest.split_at(end);
    let first = body.lines().position(|line| line.contains(" = ")).unwrap();
    let kept = body.lines().take(first).map(str::to_owned);
    let members = members.iter().map(|member| format!("    {member}"));
    let body: Vec<_> = kept.chain(members).collect();
    format!("{before}{}{after}", body.join("\n"))
}

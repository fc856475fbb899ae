//! The layers: a module of `src/` uses only the modules its row lists.
//!
//! Documentation and test modules may name anything; all other code is read for `crate::…` and
//! `super::…`. What lib.rs re-exports counts as its module.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::oracles::root;

/// Module, and what it may use beside [`FREE`]. DESIGN.md says why.
const LAYERS: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("time", &[]),
    ("finding", &[]),
    ("asn1", &[]),
    ("crypto", &["asn1"]),
    ("pki", &["asn1", "crypto"]),
    ("ses", &["asn1", "crypto", "pki"]),
    ("ofd", &["crypto"]),
    ("pdf", &["crypto"]),
    ("license", &[]),
    ("template", &["license", "ofd", "pdf"]),
    ("seal", &["ses", "pki", "crypto", "ofd"]),
    ("trust", &["asn1", "pki", "crypto", "license"]),
    (
        "sign",
        &[
            "asn1", "trust", "seal", "ses", "pki", "ofd", "pdf", "crypto",
        ],
    ),
    ("encryption", &["crypto", "pki", "ofd"]),
    (
        "issue",
        &[
            "sign", "template", "seal", "license", "crypto", "asn1", "pki",
        ],
    ),
    (
        "verify",
        &[
            "asn1",
            "crypto",
            "pki",
            "ses",
            "ofd",
            "pdf",
            "license",
            "template",
            "seal",
            "trust",
            "sign",
            "issue",
            "encryption",
        ],
    ),
    // The front door re-exports the paved path and the guide links to everything.
    ("lib", &["*"]),
    ("guide", &["*"]),
];

/// Modules that every other may use.
const FREE: &[&str] = &["error", "time", "finding"];

/// Of these modules only the named items may be used.
const NARROW: &[(&str, &str, &[&str])] = &[("ses", "pki", &["Certificate"])];

/// Non-test lines of one file; past this an idea wants a file of its own.
const MAX_LINES: usize = 700;

/// Folders of the workspace that may hold the keyword `unsafe`.
const UNSAFE_ALLOWED: &[&str] = &["sm2", "bindings"];

#[test]
fn modules_use_only_what_their_layer_lists() {
    let mut faults = Vec::new();
    let exports = exports(&fs::read_to_string(root().join("src/lib.rs")).unwrap());
    for file in rust_files(&root().join("src")) {
        let path = module_path(&file);
        if is_test_module(&path) {
            continue;
        }
        let module = path.first().map_or("lib", String::as_str);
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == module) else {
            faults.push(format!(
                "{}: module {module} has no row in LAYERS",
                file.display()
            ));
            continue;
        };
        let code = production_code(&fs::read_to_string(&file).unwrap());
        for used in uses(&code, &path) {
            let used = resolve(&exports, used);
            if let Some(fault) = fault(module, allowed, &used) {
                faults.push(format!("{}: {fault}", file.display()));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn files_stay_short() {
    let long: Vec<_> = ["src", "cli/src", "sm2/src"]
        .iter()
        .flat_map(|folder| rust_files(&root().join(folder)))
        .filter(|file| file.file_stem().is_none_or(|stem| stem != "tests"))
        .map(|file| (non_test_lines(&fs::read_to_string(&file).unwrap()), file))
        .filter(|(lines, _)| *lines > MAX_LINES)
        .collect();
    assert!(
        long.is_empty(),
        "more than {MAX_LINES} non-test lines: {long:?}"
    );
}

#[test]
fn unsafe_code_stays_in_its_places() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    assert!(library.contains("#![forbid(unsafe_code)]"));
    for file in rust_files(root()) {
        let inside = file.strip_prefix(root()).unwrap();
        if UNSAFE_ALLOWED
            .iter()
            .any(|folder| inside.starts_with(folder))
        {
            continue;
        }
        let code = code_only(&fs::read_to_string(&file).unwrap());
        assert!(
            !words(&code).any(|word| word == "unsafe"),
            "unsafe in {}",
            file.display()
        );
    }
}

/// What is wrong with using the path, if anything.
fn fault(module: &str, allowed: &[&str], used: &[String]) -> Option<String> {
    let top = used.first()?.as_str();
    let known = LAYERS.iter().any(|(name, _)| *name == top);
    if allowed.contains(&"*") || top == module || FREE.contains(&top) {
        return None;
    }
    if !known {
        return Some(format!(
            "crate::{top} is neither a module of LAYERS nor re-exported by lib.rs"
        ));
    }
    if !allowed.contains(&top) {
        return Some(format!("{module} may not use {top}"));
    }
    let (.., items) = NARROW
        .iter()
        .find(|(user, of, _)| *user == module && *of == top)?;
    let item = used.get(1).map_or("", String::as_str);
    (!items.contains(&item))
        .then(|| format!("{module} may use only {items:?} of {top}, not {item}"))
}

/// What lib.rs re-exports, as paths from the crate root.
fn exports(library: &str) -> BTreeSet<Vec<String>> {
    let code = production_code(library);
    let tokens: Vec<&str> = tokens(&code).collect();
    let mut found = BTreeSet::new();
    for (at, _) in tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| **token == "use")
    {
        unfold(&tokens, at + 1, Vec::new(), &mut found);
    }
    found
}

/// The path of an item itself where lib.rs re-exports it under a shorter one.
fn resolve(exports: &BTreeSet<Vec<String>>, used: Vec<String>) -> Vec<String> {
    let exported = exports
        .iter()
        .find(|path| path.len() > 1 && path.last() == used.first());
    exported.cloned().unwrap_or(used)
}

/// `mod tests` in a file or folder of its own.
fn is_test_module(path: &[String]) -> bool {
    path.iter().any(|part| part == "tests")
}

/// Every path that starts at the crate root, as its segments. `use` trees are unfolded.
fn uses(code: &str, module_path: &[String]) -> BTreeSet<Vec<String>> {
    let tokens: Vec<&str> = tokens(code).collect();
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < tokens.len() {
        let start = at;
        at += 1;
        // The rest of a longer path, or `pub(crate)`.
        let before = start.checked_sub(1).map_or("", |before| tokens[before]);
        if before == "::" || tokens.get(at) != Some(&"::") {
            continue;
        }
        let mut prefix = match tokens[start] {
            "crate" => Vec::new(),
            "super" => module_path.to_vec(),
            _ => continue,
        };
        if tokens[start] == "super" {
            prefix.pop();
        }
        at = unfold(&tokens, at + 1, prefix, &mut found);
    }
    found
}

/// Adds the paths of a `use` tree that starts at a token; returns the token after it.
fn unfold(
    tokens: &[&str],
    mut at: usize,
    mut prefix: Vec<String>,
    found: &mut BTreeSet<Vec<String>>,
) -> usize {
    loop {
        match tokens.get(at).copied() {
            Some("{") => {
                at += 1;
                while !matches!(tokens.get(at).copied(), Some("}") | None) {
                    at = unfold(tokens, at, prefix.clone(), found);
                    // `name as other`
                    while !matches!(tokens.get(at).copied(), Some("}" | ",") | None) {
                        at += 1;
                    }
                    if tokens.get(at) == Some(&",") {
                        at += 1;
                    }
                }
                return at + 1;
            }
            Some("super") => {
                prefix.pop();
                at += 1;
            }
            Some(word) => {
                prefix.push(word.to_owned());
                at += 1;
            }
            None => return at,
        }
        if tokens.get(at) != Some(&"::") || tokens.get(at + 1) == Some(&"<") {
            found.insert(prefix);
            return at;
        }
        at += 1;
    }
}

/// Words and the punctuation that paths are made of.
fn tokens(code: &str) -> impl Iterator<Item = &str> {
    let mut rest = code;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let first = rest.chars().next()?;
        let length = if is_word(first) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        Some(token)
    })
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    tokens(code).filter(|token| token.starts_with(is_word))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Code without comments, string and character literals, and without the tests at the file's end.
fn production_code(source: &str) -> String {
    code_only(without_tests(source))
}

/// By house style the tests of a file are its last item.
fn without_tests(source: &str) -> &str {
    source
        .find("\n#[cfg(test)]\nmod tests")
        .map_or(source, |end| &source[..end])
}

fn non_test_lines(source: &str) -> usize {
    without_tests(source).lines().count()
}

/// Blanks comments and literals.
fn code_only(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let length = comment_length(rest).or_else(|| literal_length(rest, &code));
        match length {
            Some(length) => {
                code.push(' ');
                rest = &rest[length..];
            }
            None => {
                code.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    code
}

fn comment_length(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    rest.starts_with("/*")
        .then(|| rest.find("*/").map_or(rest.len(), |end| end + 2))
}

fn literal_length(rest: &str, before: &str) -> Option<usize> {
    // `r"…"`, `r#"…"#`, `br"…"`: the opening letters stay in the code, harmless as a word.
    let raw = before.ends_with('r') && !before.trim_end_matches(['b', 'r']).ends_with(is_word);
    if raw && (rest.starts_with('"') || rest.starts_with("#\"") || rest.starts_with("##\"")) {
        let hashes = rest.find('"')?;
        let close = format!("\"{}", "#".repeat(hashes));
        let body = hashes + 1;
        return Some(
            rest[body..]
                .find(&close)
                .map_or(rest.len(), |end| body + end + close.len()),
        );
    }
    if rest.starts_with('"') {
        return Some(quoted_length(rest, '"'));
    }
    // A quote opens a character only when one closes it; otherwise it is a lifetime.
    let mut characters = rest.char_indices().skip(1);
    if rest.starts_with('\'') {
        let (_, first) = characters.next()?;
        let (close, second) = characters.next()?;
        if first == '\\' {
            return Some(quoted_length(rest, '\''));
        }
        return (second == '\'').then_some(close + 1);
    }
    None
}

fn quoted_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// `src/ofd/read/zip.rs` is `[ofd, read, zip]`, `src/ofd/mod.rs` is `[ofd]`, `src/lib.rs` is `[]`.
fn module_path(file: &Path) -> Vec<String> {
    let inside = file
        .strip_prefix(root().join("src"))
        .unwrap()
        .with_extension("");
    let mut path: Vec<String> = inside
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if path.last().is_some_and(|last| last == "mod") || path == ["lib"] {
        path.pop();
    }
    path
}

/// Every `.rs` file below a folder, apart from what builds leave behind.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

mod the_reader_of_uses {
    use super::*;

    fn found(code: &str, module: &[&str]) -> Vec<String> {
        let module: Vec<String> = module.iter().map(|part| (*part).to_owned()).collect();
        uses(&production_code(code), &module)
            .iter()
            .map(|path| path.join("::"))
            .collect()
    }

    #[test]
    fn unfolds_nested_trees() {
        let code = "use crate::{asn1::{self, Tlv}, crypto::key::Key as K, error::Error};";
        let expected = [
            "asn1::Tlv",
            "asn1::self",
            "crypto::key::Key",
            "error::Error",
        ];
        assert_eq!(found(code, &["pki"]), expected);
    }

    #[test]
    fn finds_paths_in_expressions_and_macros() {
        let code = "fn f() -> crate::ofd::Package { call!(crate::pdf::read::<u8>()) }";
        assert_eq!(found(code, &["pki"]), ["ofd::Package", "pdf::read"]);
    }

    #[test]
    fn climbs_with_super() {
        assert_eq!(
            found("use super::super::ofd::X;", &["pki", "cms"]),
            ["ofd::X"]
        );
        assert_eq!(
            found("use super::{a, super::ses::Y};", &["pki", "cms"]),
            ["pki::a", "ses::Y"]
        );
        assert_eq!(found("use super::time::Time;", &["pki"]), ["time::Time"]);
    }

    #[test]
    fn leaves_out_comments_literals_and_tests() {
        let code = "/// [`crate::verify`]\nconst A: &str = \"crate::ofd::X \\\" crate::b\";\n\
                    const B: char = '\"'; fn f<'a>(x: &'a u8) { crate::asn1::g(x) }\n\
                    const C: &str = r#\"crate::\"ofd\"#; /* crate::pdf::x */ pub(crate) struct D;\n\
                    #[cfg(test)]\nmod tests { use crate::verify::X; }";
        assert_eq!(found(code, &["pki"]), ["asn1::g"]);
    }

    #[test]
    fn follows_exports() {
        let exports =
            exports("mod time;\npub use verify::{Report, Verifier};\npub use time::Time;");
        let path = |text: &str| text.split("::").map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(resolve(&exports, path("Time")), path("time::Time"));
        assert_eq!(
            resolve(&exports, path("ofd::Package")),
            path("ofd::Package")
        );
        assert_eq!(resolve(&exports, path("Report")), path("verify::Report"));
    }

    #[test]
    fn names_what_is_forbidden() {
        let path = |text: &str| text.split("::").map(str::to_owned).collect::<Vec<_>>();
        let row = |module: &str| LAYERS.iter().find(|(name, _)| *name == module).unwrap().1;
        let check = |module: &str, used: &str| fault(module, row(module), &path(used));
        assert_eq!(check("ofd", "crypto::Digest"), None);
        assert_eq!(check("ofd", "error::Error"), None);
        assert_eq!(check("ofd", "ofd::package"), None);
        assert_eq!(check("ses", "pki::Certificate"), None);
        assert!(check("ofd", "ses::Seal").is_some());
        assert!(check("ses", "pki::Crl").is_some());
        assert!(check("asn1", "Nothing").is_some());
        assert!(check("seal", "nowhere::X").is_some());
    }
}

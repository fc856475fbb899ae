//! The examples run, and each fits on a screen.

#[path = "../../examples/affix_keyword.rs"]
mod affix_keyword;
#[path = "../../examples/external_key.rs"]
mod external_key;
#[path = "../../examples/riding_seal.rs"]
mod riding_seal;
#[path = "../../examples/two_signers.rs"]
mod two_signers;

use crate::oracles::root;

/// Lines of one example, the made-up world it stands on not counted.
const MAX_LINES: usize = 30;

#[test]
fn affix_keyword_runs() {
    affix_keyword::main().unwrap();
    assert_short("affix_keyword");
}

#[test]
fn external_key_runs() {
    external_key::main().unwrap();
    assert_short("external_key");
}

#[test]
fn riding_seal_runs() {
    riding_seal::main().unwrap();
    assert_short("riding_seal");
}

#[test]
fn two_signers_runs() {
    two_signers::main().unwrap();
    assert_short("two_signers");
}

fn assert_short(name: &str) {
    let path = root().join(format!("examples/{name}.rs"));
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text
        .lines()
        .take_while(|line| *line != "mod made {")
        .count();
    assert!(lines < MAX_LINES, "{name} has {lines} lines");
}

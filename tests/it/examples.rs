//! The examples run, and each fits on a screen.

use crate::oracles::root;

/// Lines of one example, the made-up world it stands on not counted.
const MAX_LINES: usize = 30;

macro_rules! examples {
    ($($name:ident)+) => {$(
        mod $name {
            include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/", stringify!($name), ".rs"));

            #[test]
            fn runs_and_is_short() {
                main().unwrap();
                super::assert_short(stringify!($name));
            }
        }
    )+};
}

examples! { affix_keyword riding_seal two_signers external_key }

fn assert_short(name: &str) {
    let path = root().join(format!("examples/{name}.rs"));
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text
        .lines()
        .take_while(|line| *line != "mod made {")
        .count();
    assert!(lines < MAX_LINES, "{name} has {lines} lines");
}

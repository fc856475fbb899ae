//! The examples run, and each fits on a screen.

mod affixing;
mod documents;
mod protection;
mod seals;
mod told;
mod trust;

use crate::oracles::root;

/// Lines of one example, the made-up world it stands on not counted.
const MAX_LINES: usize = 30;

#[test]
fn each_is_short() {
    for entry in std::fs::read_dir(root().join("examples")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let lines = own_lines(&std::fs::read_to_string(&path).unwrap());
            assert!(lines < MAX_LINES, "{} has {lines} lines", path.display());
        }
    }
}

/// Lines outside `mod made { … }`.
fn own_lines(text: &str) -> usize {
    let mut in_made = false;
    text.lines()
        .filter(|line| {
            in_made |= *line == "mod made {";
            let own = !in_made;
            in_made &= *line != "}";
            own
        })
        .count()
}

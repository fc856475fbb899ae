//! The stories that are told in every language, in Rust: word for word as expected.

#[path = "../../../examples/stories/main.rs"]
mod stories;

use crate::oracles::root;

#[test]
fn every_story_is_told_as_expected() {
    let mut told = 0;
    for entry in std::fs::read_dir(root().join("examples/expected")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let mut words = Vec::new();
        stories::tell(name, &mut words).unwrap();
        let expected = std::fs::read_to_string(&path).unwrap();
        assert_eq!(String::from_utf8(words).unwrap(), expected, "{name}");
        told += 1;
    }
    assert!(told >= 4, "{told} stories");
}

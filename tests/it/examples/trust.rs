//! The examples on trust.

#[path = "../../../examples/two_provinces.rs"]
mod two_provinces;

#[test]
fn two_provinces_runs() {
    two_provinces::main().unwrap();
}

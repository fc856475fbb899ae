//! The examples on affixing seals.

#[path = "../../../examples/affix_keyword.rs"]
mod affix_keyword;
#[path = "../../../examples/external_key.rs"]
mod external_key;
#[path = "../../../examples/riding_seal.rs"]
mod riding_seal;
#[path = "../../../examples/two_signers.rs"]
mod two_signers;

#[test]
fn affix_keyword_runs() {
    affix_keyword::main().unwrap();
}

#[test]
fn external_key_runs() {
    external_key::main().unwrap();
}

#[test]
fn riding_seal_runs() {
    riding_seal::main().unwrap();
}

#[test]
fn two_signers_runs() {
    two_signers::main().unwrap();
}

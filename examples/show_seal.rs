//! Says what a seal is and whether its picture keeps to the rules:
//! `cargo run --example show_seal seal.esl`. Whether its maker is trusted is for `verify` to say.

use std::io::Write;

use yinxin::Seal;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args_os().nth(1).ok_or("usage: show_seal SEAL")?;
    let text = describe(&std::fs::read(file)?)?;
    Ok(std::io::stdout().write_all(text.as_bytes())?)
}

/// One line a fact; a seal whose maker's signature does not verify is an error.
pub(crate) fn describe(seal: &[u8]) -> yinxin::Result<String> {
    let seal = Seal::from_der(seal)?;
    let lint = seal.lint_picture();
    let faults: Vec<_> = lint.faults.iter().map(|fault| fault.english()).collect();
    Ok(format!(
        "name: {}\ncode: {}\nvalid: {} to {}\nmade by: {}\nsigners: {}\npicture: {:?} dpi, faults: {faults:?}\n",
        seal.name(),
        seal.id(),
        seal.valid_from(),
        seal.valid_until(),
        seal.maker().subject_name(),
        seal.certificates().len(),
        lint.dpi
    ))
}

//! Makes a seal in two phases, with the maker's key wherever it is kept:
//! `cargo run --example make_seal seal.esl`.

use yinxin::{Seal, SealMaker, Signer, crypto::SoftwareKey, seal::SealSpec};

#[path = "support/seals.rs"]
pub(crate) mod seals;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = std::env::args_os().nth(1).ok_or("usage: make_seal OUT")?;
    let (maker, spec, key) = seals::order()?;
    Ok(std::fs::write(out, make(&maker, &spec, &key)?.to_der())?)
}

/// Prepare, let the device sign, complete: the value is verified before it is put in.
pub(crate) fn make(
    maker: &SealMaker,
    spec: &SealSpec,
    device: &SoftwareKey,
) -> yinxin::Result<Seal> {
    let pending = maker.prepare(spec)?;
    let signature = device.sign(pending.to_be_signed())?;
    pending.complete(&signature)
}

//! Stories that are told in every language under `examples`, with the same words:
//! `cargo run --example stories -- verify`.

mod affix;
mod issue;
mod make_seal;
mod trust;
mod verify;

use std::io::Write;

use yinxin::{Policy, Report, Time, Verifier, pki::Certificate, trust::AnchorRole};

/// Whatever went wrong.
pub(crate) type Told = Result<(), Box<dyn std::error::Error>>;

#[allow(dead_code, reason = "a test tells the stories without it")]
fn main() -> Told {
    let name = std::env::args().nth(1).unwrap_or_default();
    tell(&name, &mut std::io::stdout().lock())
}

/// Tells one story.
pub(crate) fn tell(name: &str, out: &mut dyn Write) -> Told {
    match name {
        "trust" => trust::tell(out),
        "verify" => verify::tell(out),
        "issue" => issue::tell(out),
        "make_seal" => make_seal::tell(out),
        "affix" => affix::tell(out),
        _ => Err("stories: affix, issue, make_seal, trust, verify".into()),
    }
}

/// When all stories end.
fn judged() -> yinxin::Result<Time> {
    Time::parse("2026-03-04T00:00:00Z")
}

/// One who trusts the made-up root, for signers and for makers of seals.
fn verifier(policy: Policy) -> Result<Verifier, Box<dyn std::error::Error>> {
    let (_, signer_root, maker_root) = made::sealed_license()?;
    Ok(Verifier::new(policy)
        .with_anchor(AnchorRole::Signer, Certificate::from_der(&signer_root)?)
        .with_anchor(AnchorRole::Maker, Certificate::from_der(&maker_root)?))
}

/// The outcome, and what it hangs on.
fn verdict(report: &Report) -> String {
    match report.headline {
        None => report.outcome.name().to_owned(),
        Some(code) => format!("{}, {}", report.outcome.name(), code.name()),
    }
}

mod made {
    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/support/made.rs"
    ));
}

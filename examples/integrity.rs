//! Closes an OFD: lists every file of it and signs the list, so that nothing can be slipped in.

use yinxin::sign::{PendingIntegrity, prepare_integrity};
use yinxin::verify::Check;
use yinxin::{Outcome, Policy, Signer, Time, Verifier};

#[allow(dead_code, unreachable_pub)]
mod made {
    include!("support/made.rs");
}

pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (document, _, _) = made::sealed_license()?;
    let (_, signer, key) = made::seal_and_signer()?;
    let now = Time::parse("2026-03-02T02:00:00Z")?;

    let pending = prepare_integrity(&document, signer, now)?;
    let stored = pending.to_bytes();
    // Wherever the key lives; then in this process or another:
    let value = key.sign(pending.message())?;
    let closed = PendingIntegrity::from_bytes(&stored, &document)?.complete(&value, None)?;

    let report = Verifier::new(Policy::basic()).verify(&closed, now);
    let failed = |check: &Check| check.outcome == Outcome::Failed;
    assert!(!report.all_checks().any(failed));
    Ok(())
}

//! Closes an OFD: lists every file of it and signs the list, so that nothing can be slipped in.

use yinxin::sign::{PendingIntegrity, prepare_integrity};
use yinxin::verify::{CheckCode, Verifier};
use yinxin::{Outcome, Policy, Signer, Time};

#[allow(dead_code, unreachable_pub)]
#[path = "support/made.rs"]
mod made;

pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (document, _, _) = made::sealed_license()?;
    let (_, signer, key) = made::seal_and_signer()?;
    let now = Time::parse("2026-03-02T02:00:00Z")?;

    // Phase one; what is pending may be stored until the key's holder has signed.
    let pending = prepare_integrity(&document, signer, now)?;
    let stored = pending.to_bytes();
    let value = key.sign(pending.message())?;
    // Phase two, in this process or another.
    let closed = PendingIntegrity::from_bytes(&stored, &document)?.complete(&value, None)?;

    let report = Verifier::new(Policy::basic()).verify(&closed, now);
    let listed = report
        .checks
        .iter()
        .find(|check| check.code == CheckCode::IntegrityEntries);
    assert_eq!(listed.map(|check| check.outcome), Some(Outcome::Passed));
    Ok(())
}

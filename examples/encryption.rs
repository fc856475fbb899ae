//! Encrypts an OFD to a certificate, and verifies what is inside with the certificate's key.

use yinxin::encryption::{Access, Encryptor, decrypt};
use yinxin::trust::AnchorRole;
use yinxin::{Outcome, Policy, Time, Verifier, pki::Certificate};

#[allow(dead_code, unreachable_pub)]
mod made {
    include!("support/made.rs");
}

pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (document, signer_root, maker_root) = made::sealed_license()?;
    let (_, reader, key) = made::seal_and_signer()?;
    let now = Time::parse("2026-03-02T02:00:00Z")?;
    let encrypted = Encryptor::new(now)
        .certificate("窗口", reader)?
        .encrypt(&document)?;

    let verifier = Verifier::new(Policy::basic())
        .with_anchor(AnchorRole::Signer, Certificate::from_der(&signer_root)?)
        .with_anchor(AnchorRole::Maker, Certificate::from_der(&maker_root)?);
    let closed = verifier.verify(&encrypted, now);
    assert_eq!(closed.outcome, Outcome::Indeterminate); // without the key
    let report = verifier.verify_encrypted(&encrypted, &Access::Key(&key), now);
    assert_eq!(report.outcome, Outcome::Passed);
    assert!(decrypt(&encrypted, &Access::Key(&key))?.starts_with(b"PK"));
    Ok(())
}

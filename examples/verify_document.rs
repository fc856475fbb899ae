//! A license that holds, and the same with one more byte: whether it holds, and if not, why.

use yinxin::pki::Certificate;
use yinxin::trust::AnchorRole;
use yinxin::verify::{CheckCode, Language};
use yinxin::{Outcome, Policy, Time, Verifier};

pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (license, signer_root, maker_root) = made::sealed_license()?;
    let verifier = Verifier::new(Policy::basic())
        .with_anchor(AnchorRole::Signer, Certificate::from_der(&signer_root)?)
        .with_anchor(AnchorRole::Maker, Certificate::from_der(&maker_root)?);
    let at = Time::parse("2026-03-04T00:00:00Z")?;
    assert_eq!(verifier.verify(&license, at).outcome, Outcome::Passed);

    let report = verifier.verify(&[&license, b"x".as_slice()].concat(), at);
    assert_eq!(report.outcome, Outcome::Failed);
    assert_eq!(report.headline, Some(CheckCode::ContainerAmbiguous));
    for reason in report.all_checks().filter_map(|check| check.reason) {
        let advice = Language::En.advice(reason);
        assert!(!advice.cause.is_empty() && !advice.remedy.is_empty());
    }
    Ok(())
}

mod made {
    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/support/made.rs"
    ));
}

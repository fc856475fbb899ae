//! A license that province A has sealed, at a window of province B without a network.

use yinxin::verify::{CheckCode, Outcome, Policy, Report, Verifier};

pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    // B's pack holds the trust list, A's revocation lists and its status list.
    let report = judged(&made::pack(&[made::TYPE], 2)?)?;
    assert_eq!(report.outcome, Outcome::Passed);

    // The list entitles A's signers to licenses of another type only.
    let report = judged(&made::pack(&["11100000MB0143028R002"], 2)?)?;
    assert_eq!(report.outcome, Outcome::Failed);
    assert_eq!(report.headline, Some(CheckCode::AuthorityScope));

    // One of A's revocation lists is missing: the report says whose.
    let report = judged(&made::pack(&[made::TYPE], 1)?)?;
    assert_eq!(report.outcome, Outcome::Indeterminate);
    assert!(report.to_json().contains(made::LIST_OF_A));
    Ok(())
}

fn judged(pack: &[u8]) -> Result<Report, Box<dyn std::error::Error>> {
    let (state, pack) = made::window_of_b()?.open_pack(pack, made::now()?)?;
    let window = Verifier::new(Policy::window())
        .with_trust(state)
        .with_pack(pack.contents()?);
    Ok(window.verify(&made::license_of_a()?, made::now()?))
}

mod made {
    include!("support/provinces.rs");
}

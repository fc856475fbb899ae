//! Whose seal stands in an OFD, since when, and over how many files: without a verdict.

use yinxin::ofd::{Document, Limits, Package, SignatureList};
use yinxin::ses::SesSignature;

pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (license, _, _) = made::sealed_license()?;
    let package = Package::open(&license, &Limits::default())?;
    let body = Document::read(&package)?.bodies.remove(0);
    let list = SignatureList::read(&package, &body.signatures.ok_or("not signed")?)?;

    let file = list
        .entries
        .into_iter()
        .next()
        .ok_or("no signature")?
        .file?;
    let signature = SesSignature::from_der(&package.read(&file.signed_value)?)?;
    let seal = signature.seal().info();
    assert_eq!(seal.name, "某某市市场监督管理局");
    assert_eq!(signature.time().raw, b"20260302010000Z");
    assert!(file.references.len() > 5);
    Ok(())
}

mod made {
    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/support/made.rs"
    ));
}

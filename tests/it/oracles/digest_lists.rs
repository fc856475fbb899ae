//! Seals that list digests of certificates, made by Bouncy Castle alone: no real file has any.

use yinxin::ses::Layout;
use yinxin::verify::{CheckCode, Detail, Outcome, Reason};

use super::{Oracles, scratch};
use crate::pki::{self, world};

#[test]
fn bouncy_castles_digest_lists_name_the_signer() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("digest-lists");
    let world = world();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let signer = write("signer.der", world.signer.certificate.der());
    let other = write("other.der", world.other_signer.certificate.der());
    let maker = write("maker.der", world.maker.certificate.der());
    let content = write("content", b"what is sealed");
    // The fixed scalars of the made-up world.
    let (signer_key, maker_key) = ("05".repeat(32), "03".repeat(32));

    for (version, layout) in [("4", Layout::Gbt38540_2020), ("5", Layout::Gmt0031_2025)] {
        for (kind, with_z) in [("sm3", "false"), ("z", "true")] {
            let make = |listed: &str, out: &str| {
                let out = folder.join(out).to_str().unwrap().to_owned();
                let arguments = [
                    version,
                    kind,
                    listed,
                    &*signer,
                    &*signer_key,
                    &*maker,
                    &*maker_key,
                    &*content,
                    &*out,
                ];
                oracles.java("MakeDigestSeals", arguments).assert_good();
                let value = std::fs::read(out).unwrap();
                pki::verifier().verify_detached(&value, b"what is sealed", pki::now())
            };
            let report = make(&signer, &format!("{version}-{kind}.dat"));
            assert_eq!(report.outcome, Outcome::Passed, "{}", report.to_json());
            let signature = &report.signatures[0];
            assert_eq!(signature.standard, Some(layout.standard()));
            let [listed] = pki::checks(&report, CheckCode::SealSignatureSignerListed)[..] else {
                panic!("not one check of the list");
            };
            let text = |key: &str| match &listed.detail[key] {
                Detail::Text(text) => text.clone(),
                Detail::List(_) => panic!("no text"),
            };
            assert_eq!(text("by"), "digest");
            assert_eq!(text("with_z"), with_z);

            let report = make(&other, &format!("{version}-{kind}-other.dat"));
            let [listed] = pki::checks(&report, CheckCode::SealSignatureSignerListed)[..] else {
                panic!("not one check of the list");
            };
            assert_eq!(listed.reason, Some(Reason::NotListed));
            assert_eq!(report.headline, Some(CheckCode::SealSignatureSignerListed));
        }
    }
}

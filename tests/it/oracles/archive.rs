//! Licenses for the archive: veraPDF says whether they are PDF/A-3b, sealed, signed and augmented.

use yinxin::issue::Format;
use yinxin::ses::Layout;
use yinxin::sign::augment::{Augmentation, Evidence};

use super::specimen::{Letters, draft, sealed, signed, write};
use super::{Oracles, scratch};
use crate::pki::{now, world};

#[test]
fn an_archived_license_is_pdf_a_with_its_seal_signature_and_evidence() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("archive");
    let world = world();
    let plain = draft(&oracles, Letters::Embedded);
    let archived = plain.clone().for_archive();
    let seal = sealed(&oracles, &archived, Format::Pdf, Layout::Gbt38540_2020);
    let signature = signed(&archived, Format::Pdf, &world.signer);
    let evidence = Evidence {
        certificates: vec![
            world.signer_authority.certificate.clone(),
            world.maker_authority.certificate.clone(),
        ],
        crls: vec![world.signer_crl.clone(), world.maker_crl.clone()],
    };
    let augmented = Augmentation::prepare(&seal, &evidence).unwrap();
    let missing: Vec<_> = augmented
        .missing()
        .iter()
        .map(|one| one.what.name())
        .collect();
    assert_eq!(missing, ["time_stamp"]);
    let augmented = augmented.finish_incomplete(now()).unwrap();
    let files = [
        ("unsigned", archived.document(Format::Pdf).unwrap().bytes),
        ("sealed", seal),
        ("signed", signature),
        ("augmented", augmented),
    ]
    .map(|(name, bytes)| write(&folder, &format!("{name}.pdf"), &bytes));
    oracles.java_pdf("VerifyPdfA", &files).assert_good();
    for file in &files {
        oracles
            .tool("qpdf", ["--check".as_ref(), file.as_os_str()])
            .assert_good();
    }

    let other = plain.document(Format::Pdf).unwrap().bytes;
    let other = write(&folder, "plain.pdf", &other);
    oracles.java_pdf("VerifyPdfA", [&other]).assert_bad();
}

#[test]
fn without_embedded_fonts_nothing_is_archived() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let draft = draft(&oracles, Letters::Named).for_archive();
    let error = draft.document(Format::Pdf).unwrap_err();
    assert_eq!(error.kind(), yinxin::ErrorKind::InvalidArgument);
    // An OFD is what it would be anyway.
    draft.document(Format::Ofd).unwrap();
}

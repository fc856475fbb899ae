//! Licenses for the archive: veraPDF says whether they are PDF/A-3b, signed and augmented.

use yinxin::issue::Format;
use yinxin::ses::Layout;
use yinxin::sign::augment::{Augmentation, Evidence};

use yinxin::sign::{PdfOptions, Profile, Request, Shown};

use super::specimen::{Letters, draft, seal, write};
use super::{Oracles, scratch};
use crate::pki::{SIGNED_AT, now, stamp_png, time, world};

#[test]
fn an_archived_license_is_pdf_a_with_its_signature_and_evidence() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("archive");
    let world = world();
    let plain = draft(&oracles, Letters::Embedded);
    let archived = plain.clone().for_archive();
    let shown = Shown {
        size_mm: (42.0, 42.0),
        picture: Some(stamp_png()),
        text: None,
    };
    let profile = Profile {
        pdf: PdfOptions {
            shown: Some(shown),
            ..PdfOptions::default()
        },
        ..Profile::default()
    };
    let request = Request::sign(world.signer.certificate.clone(), time(SIGNED_AT));
    let pending = archived
        .prepare(Format::Pdf, request.profile(profile))
        .unwrap();
    let signature = pending.sign(&world.signer.key).unwrap().into_bytes();
    let evidence = Evidence {
        certificates: vec![world.signer_authority.certificate.clone()],
        crls: vec![world.signer_crl.clone()],
        ..Evidence::default()
    };
    let augmented = Augmentation::prepare(&signature, &evidence).unwrap();
    let missing: Vec<_> = augmented
        .missing()
        .iter()
        .map(|one| one.what.name())
        .collect();
    assert_eq!(missing, ["time_stamp"]);
    let augmented = augmented.finish_incomplete(now()).unwrap();
    let files = [
        ("unsigned", archived.document(Format::Pdf).unwrap().bytes),
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

    // A seal signature is no CMS, and PDF/A takes nothing else.
    let request = Request::affix(
        seal(&oracles, Layout::Gbt38540_2020),
        world.signer.certificate.clone(),
        time(SIGNED_AT),
    );
    let error = archived.prepare(Format::Pdf, request.clone()).unwrap_err();
    assert_eq!(error.kind(), yinxin::ErrorKind::Unsupported);
    archived.prepare(Format::Ofd, request).unwrap();

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

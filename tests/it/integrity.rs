//! Lists of a package's files (GM/T 0099-2020 7.4): made onto sealed packages, and refused where
//! the package is not what the list says.

use yinxin::crypto::{DigestAlgorithm, Signer};
use yinxin::ofd::{Limits, Package, PackagePath};
use yinxin::sign::{PendingIntegrity, Request, prepare, prepare_integrity};
use yinxin::trust::AnchorRole;
use yinxin::verify::{CheckCode, Outcome, Policy, Reason, Report, Verifier};
use yinxin::{ErrorKind, FindingCode};

use crate::pki::{self, Archive, SIGNED_AT, now, time, world};
use crate::vectors::integrity::resigned;

const LIST: &str = "OFDEntries.xml";
const VALUE: &str = "signedvalue.dat";

fn listed(document: &[u8]) -> Vec<u8> {
    let world = world();
    let pending =
        prepare_integrity(document, world.signer.certificate.clone(), time(SIGNED_AT)).unwrap();
    pending.sign(&world.signer.key).unwrap()
}

/// Failed checks, all of them.
fn failed(report: &Report) -> Vec<(CheckCode, Reason)> {
    report
        .all_checks()
        .filter(|check| check.outcome == Outcome::Failed)
        .map(|check| (check.code, check.reason.unwrap()))
        .collect()
}

#[test]
fn a_list_is_made_onto_a_sealed_package_without_touching_it() {
    let sealed = pki::sealed_ofd();
    let protected = listed(&sealed);
    let (before, after) = (Archive::read(&sealed), Archive::read(&protected));
    assert_eq!(after.0[..before.0.len()], before.0[..]);
    let added: Vec<_> = after.names().split_off(before.0.len());
    assert_eq!(added, [LIST, VALUE]);

    let report = pki::judge(&protected);
    assert_eq!(
        report.outcome,
        Outcome::Passed,
        "{:?}",
        pki::not_passed(&report)
    );
    for code in [CheckCode::IntegrityEntries, CheckCode::IntegrityValue] {
        assert_eq!(pki::checks(&report, code).len(), 1);
    }
    // The list's signer goes through the same questions as the seal's.
    let anchors = pki::checks(&report, CheckCode::PathAnchor);
    let of_list = anchors
        .iter()
        .filter(|check| check.detail.contains_key("entry"));
    assert_eq!(of_list.count(), 1);
}

#[test]
fn making_one_is_deterministic_and_survives_the_night() {
    let sealed = pki::sealed_ofd();
    let world = world();
    assert_eq!(listed(&sealed), listed(&sealed));
    let certificate = world.signer.certificate.clone();
    let pending = prepare_integrity(&sealed, certificate, time(SIGNED_AT)).unwrap();
    let stored = pending.to_bytes();
    let resumed = PendingIntegrity::from_bytes(&stored, &sealed).unwrap();
    let value = world.signer.key.sign(resumed.message()).unwrap();
    assert_eq!(resumed.complete(&value, None).unwrap(), listed(&sealed));

    let other = PendingIntegrity::from_bytes(&stored, &pki::unsigned_ofd()).unwrap_err();
    assert_eq!(other.kind(), ErrorKind::PendingMismatch);
    let wrong = world.other_signer.key.sign(resumed.message()).unwrap();
    let error = resumed.complete(&wrong, None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SignatureMismatch);
    let error = resumed.sign(&world.other_signer.key).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::KeyMismatch);
    assert!(resumed.complete(&value, Some(b"no token")).is_err());
}

#[test]
fn what_a_list_forbids_is_refused() {
    let world = world();
    let protected = listed(&pki::sealed_ofd());
    let certificate = || world.signer.certificate.clone();
    let again = prepare_integrity(&protected, certificate(), time(SIGNED_AT));
    assert_eq!(again.unwrap_err().kind(), ErrorKind::DocumentLocked);
    let signature = prepare(&protected, Request::sign(certificate(), time(SIGNED_AT)));
    assert_eq!(signature.unwrap_err().kind(), ErrorKind::DocumentLocked);
    let p256 = world.p256_signer.certificate.clone();
    let other = prepare_integrity(&pki::sealed_ofd(), p256, time(SIGNED_AT));
    assert_eq!(other.unwrap_err().kind(), ErrorKind::UnsupportedAlgorithm);
    let late = prepare_integrity(&pki::sealed_ofd(), certificate(), time("2099-01-01"));
    assert_eq!(late.unwrap_err().kind(), ErrorKind::InvalidArgument);
}

/// Invalid solely because a file was slipped in that the list does not name.
#[test]
fn a_file_was_added() {
    let mut archive = Archive::read(&listed(&pki::sealed_ofd()));
    archive.put("Doc_0/Res/extra.bin", b"slipped in");
    let report = pki::judge(&archive.write());
    assert_eq!(
        failed(&report),
        [(CheckCode::IntegrityEntries, Reason::Unlisted)]
    );
    let check = pki::checks(&report, CheckCode::IntegrityEntries)[0];
    assert!(format!("{:?}", check.detail).contains("/Doc_0/Res/extra.bin"));
}

/// Invalid solely because a listed file, which no signature covers, is gone.
#[test]
fn a_listed_file_is_gone() {
    let mut loose = Archive::read(&pki::sealed_ofd());
    loose.put("Doc_0/Res/extra.bin", b"there");
    let mut archive = Archive::read(&listed(&loose.write()));
    archive.remove("Doc_0/Res/extra.bin");
    let report = pki::judge(&archive.write());
    assert_eq!(
        failed(&report),
        [(CheckCode::IntegrityEntries, Reason::PartMissing)]
    );
}

/// Invalid solely because the list was changed after it was signed.
#[test]
fn the_list_was_edited() {
    let mut archive = Archive::read(&listed(&pki::sealed_ofd()));
    archive.put("Doc_0/Res/extra.bin", b"slipped in");
    archive.edit(
        LIST,
        "</ofd:FileList>",
        "<ofd:File ID=\"99\" FileLoc=\"/Doc_0/Res/extra.bin\"/></ofd:FileList>",
    );
    let report = pki::judge(&archive.write());
    assert_eq!(
        failed(&report),
        [(CheckCode::IntegrityValue, Reason::DigestDiffers)]
    );
}

/// Invalid solely because the list's signature is not there.
#[test]
fn the_signature_is_gone() {
    let mut archive = Archive::read(&listed(&pki::sealed_ofd()));
    archive.remove(VALUE);
    let report = pki::judge(&archive.write());
    assert_eq!(
        failed(&report),
        [(CheckCode::IntegrityValue, Reason::PartMissing)]
    );
}

/// Open solely because who closed the list again is not trusted: a list that anyone may sign
/// would keep nothing out.
#[test]
fn a_stranger_signed_the_list() {
    let mut archive = Archive::read(&listed(&pki::sealed_ofd()));
    resigned(&mut archive, &world().stranger);
    let report = pki::judge(&archive.write());
    assert_eq!(report.outcome, Outcome::Indeterminate);
    assert_eq!(report.headline, Some(CheckCode::PathAnchor));
    let signature = &report.signatures[0];
    assert_eq!(signature.outcome, Outcome::Passed);
}

/// A file listed twice is a defect with a name, which strict reading refuses.
#[test]
fn a_file_is_listed_twice() {
    let mut archive = Archive::read(&listed(&pki::sealed_ofd()));
    archive.edit(
        LIST,
        "</ofd:FileList>",
        "<ofd:File ID=\"99\" FileLoc=\"/OFD.xml\"/></ofd:FileList>",
    );
    resigned(&mut archive, &world().signer);
    let bytes = archive.write();
    let report = pki::judge(&bytes);
    assert_eq!(
        report.outcome,
        Outcome::Passed,
        "{:?}",
        pki::not_passed(&report)
    );
    let finding = report
        .findings
        .iter()
        .find(|finding| finding.code == FindingCode::ListedTwice);
    assert_eq!(finding.unwrap().place, "/OFDEntries.xml");
    let root = &world().signer_authority.certificate;
    let strict = Verifier::new(Policy::basic().strict())
        .with_anchor(AnchorRole::Signer, root.clone())
        .verify(&bytes, now());
    let check = pki::checks(&strict, CheckCode::IntegrityEntries)[0];
    assert_eq!(check.reason, Some(Reason::NotStrict));
}

/// The digest of a long file is computed while it is inflated, and is the file's.
#[test]
fn digests_do_not_need_the_whole_file() {
    let content: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
    let bytes = pki::write_raw(&[pki::deflated("a.bin", &content)]);
    let package = Package::open(&bytes, &Limits::default()).unwrap();
    let path = PackagePath::new("a.bin").unwrap();
    let sm3 = DigestAlgorithm::Sm3;
    assert_eq!(package.digest(&path, sm3).unwrap(), sm3.digest(&content));
}

//! ofdrw and Bouncy Castle on lists of files and encrypted packages (GM/T 0099-2020 7.3, 7.4),
//! in both directions: they read what we make, and we read what they make.

use std::fs;
use std::path::{Path, PathBuf};

use yinxin::crypto::DigestAlgorithm;
use yinxin::encryption::{Access, Encryptor, decrypt};
use yinxin::issue::Format;
use yinxin::ses::Layout;
use yinxin::sign::prepare_integrity;
use yinxin::verify::{CheckCode, Outcome, Reason};

use super::specimen::{Letters, draft, sealed, write};
use super::{Oracles, scratch};
use crate::pki::{self, Archive, SIGNED_AT, now, time, world};

const PASSWORD: &str = "口令 correct horse battery";

/// A sealed license, the signer's certificate and key as files.
struct Specimen {
    folder: PathBuf,
    ofd: PathBuf,
    bytes: Vec<u8>,
    certificate: PathBuf,
    key: PathBuf,
}

impl Specimen {
    fn new(oracles: &Oracles, name: &str) -> Self {
        let folder = scratch(name);
        let signer = &world().signer;
        let draft = draft(oracles, Letters::Named);
        let bytes = sealed(oracles, &draft, Format::Ofd, Layout::Gbt38540_2020);
        Self {
            ofd: write(&folder, "sealed.ofd", &bytes),
            certificate: write(&folder, "signer.der", signer.certificate.der()),
            key: write(&folder, "signer.pk8", &signer.key.to_pkcs8()),
            bytes,
            folder,
        }
    }

    /// Path and SM3 of every file, in order.
    fn digests(&self) -> Vec<(String, String)> {
        let digest = |bytes: &[u8]| DigestAlgorithm::Sm3.digest(bytes).to_hex();
        let files = Archive::read(&self.bytes).0;
        let mut all: Vec<_> = files
            .iter()
            .map(|(name, bytes)| (format!("/{name}"), digest(bytes)))
            .collect();
        all.sort();
        all
    }
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

#[test]
fn lists_of_files_hold_on_both_sides() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let specimen = Specimen::new(&oracles, "ofd-lists");
    let theirs = specimen.folder.join("theirs.ofd");
    oracles
        .java(
            "ProtectOfd",
            [
                "list".to_owned(),
                text(&specimen.ofd),
                text(&theirs),
                text(&specimen.certificate),
                text(&specimen.key),
            ],
        )
        .assert_good();
    let theirs_bytes = fs::read(&theirs).unwrap();
    let report = pki::judge(&theirs_bytes);
    assert_eq!(
        report.outcome,
        Outcome::Passed,
        "{:?}",
        pki::not_passed(&report)
    );
    assert_eq!(pki::checks(&report, CheckCode::IntegrityValue).len(), 1);

    let world = world();
    let signer = world.signer.certificate.clone();
    let pending = prepare_integrity(&specimen.bytes, signer, time(SIGNED_AT)).unwrap();
    let ours = pending.sign(&world.signer.key).unwrap();
    let mut edited = Archive::read(&ours);
    edited.edit("OFDEntries.xml", "yinxin", "yinxim");
    let files = [
        theirs,
        write(&specimen.folder, "ours.ofd", &ours),
        write(&specimen.folder, "edited.ofd", &edited.write()),
    ];
    let arguments = ["check".to_owned()].into_iter();
    let verdict = oracles.java("ProtectOfd", arguments.chain(files.iter().map(|f| text(f))));
    let rows = verdict.assert_bad().rows();
    let verdicts: Vec<_> = rows.iter().map(|row| row[1]).collect();
    assert_eq!(verdicts, ["VALID", "VALID", "INVALID"], "{}", verdict.out);
    // ofdrw still verifies the seal behind our list: no digested byte was touched.
    let verdict = oracles.java("VerifyOfd", &files[1..2]);
    assert_eq!(verdict.assert_good().rows()[0][2], "VALID");
    let report = pki::judge(&edited.write());
    assert_eq!(
        pki::checks(&report, CheckCode::IntegrityValue)[0].outcome,
        Outcome::Failed
    );
}

#[test]
fn what_we_encrypt_is_opened_by_others() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let specimen = Specimen::new(&oracles, "ofd-encrypted");
    let signer = &world().signer.certificate;
    let new = || Encryptor::new(time(SIGNED_AT));
    let by_password = new()
        .password("李四", "another")
        .and_then(|encryptor| encryptor.password("张三", PASSWORD))
        .and_then(|encryptor| encryptor.encrypt(&specimen.bytes));
    let by_certificate = new()
        .certificate("张三", signer.clone())
        .and_then(|encryptor| encryptor.encrypt(&specimen.bytes));
    let by_password = write(&specimen.folder, "password.ofd", &by_password.unwrap());
    let by_certificate = write(
        &specimen.folder,
        "certificate.ofd",
        &by_certificate.unwrap(),
    );

    for (kind, secret, file, scheme) in [
        ("password", PASSWORD.to_owned(), &by_password, "1.1.1"),
        ("key", text(&specimen.key), &by_certificate, "1.1.2"),
    ] {
        let verdict = oracles.java("DecryptOfd", [kind.to_owned(), secret, text(file)]);
        let rows = verdict.assert_good().rows();
        assert!(rows.iter().all(|row| row[1] == scheme), "{}", verdict.out);
        let mut read: Vec<_> = rows
            .iter()
            .map(|row| (row[2].to_owned(), row[3].to_owned()))
            .collect();
        read.sort();
        assert_eq!(read, specimen.digests());
    }
    let wrong = [
        "password".to_owned(),
        "wrong".to_owned(),
        text(&by_password),
    ];
    oracles.java("DecryptOfd", wrong).assert_bad();
}

#[test]
fn what_others_encrypt_is_opened_and_verified() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let specimen = Specimen::new(&oracles, "ofd-encrypted-theirs");
    let key = &world().signer.key;
    for (kind, secret, access) in [
        ("password", PASSWORD.to_owned(), Access::Password(PASSWORD)),
        ("certificate", text(&specimen.certificate), Access::Key(key)),
    ] {
        let out = specimen.folder.join(format!("{kind}.ofd"));
        let arguments = [kind.to_owned(), text(&specimen.ofd), text(&out), secret];
        oracles.java("ProtectOfd", arguments).assert_good();
        let bytes = fs::read(&out).unwrap();
        let closed = pki::judge(&bytes);
        let check = pki::checks(&closed, CheckCode::ContainerFormat)[0];
        assert_eq!(check.reason, Some(Reason::Encrypted));

        let report = pki::verifier().verify_encrypted(&bytes, &access, now());
        assert_eq!(
            report.outcome,
            Outcome::Passed,
            "{:?}",
            pki::not_passed(&report)
        );
        let plain = decrypt(&bytes, &access).unwrap();
        let mut files = Archive::read(&plain).0;
        let mut expected = Archive::read(&specimen.bytes).0;
        files.sort();
        expected.sort();
        assert_eq!(files, expected);
    }
}

//! Encrypted packages (GM/T 0099-2020 7.3): what is made is opened and verified, and nothing
//! else is.

use yinxin::crypto::{DigestAlgorithm, Sm4Key};
use yinxin::encryption::{Access, Encryptor, decrypt};
use yinxin::ofd::{Encryption, EncryptionScheme, Limits, Package};
use yinxin::sign::prepare_integrity;
use yinxin::verify::{CheckCode, Detail, Outcome, Reason, Report};
use yinxin::{ErrorKind, FindingCode};

use crate::pki::{self, Archive, SIGNED_AT, now, time, world};

const PASSWORD: &str = "正确的口令 correct horse";

fn by_password(document: &[u8]) -> Vec<u8> {
    Encryptor::new(time(SIGNED_AT))
        .password("李四", "another password")
        .and_then(|encryptor| encryptor.password("张三", PASSWORD))
        .and_then(|encryptor| encryptor.encrypt(document))
        .unwrap()
}

fn by_certificate(document: &[u8]) -> Vec<u8> {
    let world = world();
    [&world.other_signer, &world.signer]
        .into_iter()
        .try_fold(Encryptor::new(time(SIGNED_AT)), |encryptor, party| {
            encryptor.certificate("示范单位", party.certificate.clone())
        })
        .and_then(|encryptor| encryptor.encrypt(document))
        .unwrap()
}

fn opened(document: &[u8], access: &Access<'_>) -> Report {
    pki::verifier().verify_encrypted(document, access, now())
}

/// The one check that decided.
fn format(report: &Report) -> (Outcome, Option<Reason>) {
    let checks = pki::checks(report, CheckCode::ContainerFormat);
    (checks[0].outcome, checks[0].reason)
}

#[test]
fn what_is_encrypted_comes_back_byte_for_byte() {
    let sealed = pki::sealed_ofd();
    let files = |bytes: &[u8]| {
        let mut files = Archive::read(bytes).0;
        files.sort();
        files
    };
    let key = &world().signer.key;
    for (encrypted, access, scheme) in [
        (by_password(&sealed), Access::Password(PASSWORD), "1.1.1"),
        (by_certificate(&sealed), Access::Key(key), "1.1.2"),
    ] {
        let plain = decrypt(&encrypted, &access).unwrap();
        assert_eq!(files(&plain), files(&sealed));
        let report = opened(&encrypted, &access);
        assert_eq!(
            report.outcome,
            Outcome::Passed,
            "{:?}",
            pki::not_passed(&report)
        );
        let decrypted = |finding: &yinxin::Finding| finding.code == FindingCode::Decrypted;
        assert!(report.findings.iter().any(decrypted));
        let check = pki::checks(&report, CheckCode::ContainerFormat)[0];
        assert_eq!(check.detail["decrypted"], Detail::Text(scheme.to_owned()));
        // Of the bytes that were handed in.
        let digest = DigestAlgorithm::Sm3.digest(&encrypted).to_hex();
        assert_eq!(report.document.sm3, digest);
    }
}

#[test]
fn nothing_plain_is_left_in_an_encrypted_package() {
    let encrypted = by_password(&pki::sealed_ofd());
    let archive = Archive::read(&encrypted);
    let expected = ["Encryptions.xml", "decryptseed.dat", "entriesmap.dat"];
    let clear: Vec<_> = archive
        .names()
        .into_iter()
        .filter(|name| !name.starts_with("encrypted/"))
        .collect();
    assert_eq!(clear, expected);
    for (name, bytes) in &archive.0 {
        let holds = |text: &str| {
            bytes
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        };
        assert!(!holds("Content.xml") && !holds("企业"), "{name}");
    }
}

#[test]
fn without_what_opens_it_the_answer_is_that_it_is_encrypted() {
    let world = world();
    let by_password = by_password(&pki::sealed_ofd());
    let by_certificate = by_certificate(&pki::sealed_ofd());
    for encrypted in [&by_password, &by_certificate] {
        let report = pki::judge(encrypted);
        assert_eq!(report.outcome, Outcome::Indeterminate);
        assert_eq!(report.headline, Some(CheckCode::ContainerFormat));
        assert_eq!(
            format(&report),
            (Outcome::Indeterminate, Some(Reason::Encrypted))
        );
        assert!(report.signatures.is_empty() && report.license.is_none());
    }
    for (encrypted, access, reason) in [
        (
            &by_password,
            Access::Password("wrong"),
            Reason::PasswordNeeded,
        ),
        (&by_password, Access::Password(""), Reason::PasswordNeeded),
        (
            &by_password,
            Access::Key(&world.signer.key),
            Reason::NotOpened,
        ),
        (
            &by_certificate,
            Access::Key(&world.stranger.key),
            Reason::NotOpened,
        ),
        (
            &by_certificate,
            Access::Password(PASSWORD),
            Reason::PasswordNeeded,
        ),
    ] {
        assert_eq!(
            format(&opened(encrypted, &access)),
            (Outcome::Indeterminate, Some(reason)),
            "{access:?}"
        );
    }
    let with_password = pki::verifier().with_password(PASSWORD);
    let report = with_password.verify(&by_password, now());
    assert_eq!(report.outcome, Outcome::Passed);
    let error = |access| decrypt(&by_password, &access).unwrap_err();
    assert_eq!(
        error(Access::Password("wrong")).kind(),
        ErrorKind::WrongPassword
    );
    assert_eq!(error(Access::Password("wrong")).context().count(), 0);
}

#[test]
fn what_is_not_encrypted_is_judged_as_it_is() {
    for document in [pki::sealed_ofd(), pki::sealed_pdf(), b"neither".to_vec()] {
        let report = opened(&document, &Access::Password(PASSWORD));
        assert_eq!(report.to_json(), pki::judge(&document).to_json());
    }
    let error = decrypt(&pki::sealed_ofd(), &Access::Password(PASSWORD)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
}

/// A device unwraps the key itself: it is shown the wrapped one and gives the plain one back.
#[test]
fn a_device_may_unwrap_the_key() {
    let encrypted = by_certificate(&pki::sealed_ofd());
    let package = Package::open(&encrypted, &Limits::default()).unwrap();
    let encryption = Encryption::read(&package).unwrap().unwrap();
    assert_eq!(encryption.scheme, EncryptionScheme::Certificate);
    let own = encryption.recipients.iter().find(|recipient| {
        recipient.certificate.as_deref() == Some(world().signer.certificate.der())
    });
    let key = world()
        .signer
        .key
        .sm2_decrypt(&own.unwrap().wrapped_key)
        .unwrap();
    let key = Sm4Key::from_bytes(&key).unwrap();
    let report = opened(&encrypted, &Access::FileKey(&key));
    assert_eq!(report.outcome, Outcome::Passed);
    let wrong = Sm4Key::from_bytes(&[0; 16]).unwrap();
    let report = opened(&encrypted, &Access::FileKey(&wrong));
    assert_eq!(format(&report), (Outcome::Failed, Some(Reason::Malformed)));
}

#[test]
fn who_encrypts_wrongly_is_told() {
    let kind = |made: yinxin::Result<Vec<u8>>| made.unwrap_err().kind();
    let sealed = pki::sealed_ofd();
    let new = || Encryptor::new(time(SIGNED_AT));
    assert_eq!(kind(new().encrypt(&sealed)), ErrorKind::InvalidArgument);
    let mixed = new().password("a", "b").unwrap();
    let mixed = mixed
        .certificate("c", world().signer.certificate.clone())
        .unwrap();
    assert_eq!(kind(mixed.encrypt(&sealed)), ErrorKind::InvalidArgument);
    let one = new().password("a", "b").unwrap();
    assert_eq!(
        kind(one.encrypt(&by_password(&sealed))),
        ErrorKind::Unsupported
    );
    assert!(one.encrypt(b"no package").is_err());
    assert!(new().password("", "b").is_err() && new().password("a", "").is_err());
    let p256 = world().p256_signer.certificate.clone();
    let error = new().certificate("a", p256).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnsupportedAlgorithm);
}

/// Both orders of closing the list and encrypting: each list is judged over what it was made of.
#[test]
fn a_list_speaks_of_the_package_it_was_made_over() {
    let world = world();
    let list = |document: &[u8]| {
        let signer = world.signer.certificate.clone();
        let pending = prepare_integrity(document, signer, time(SIGNED_AT))?;
        pending.sign(&world.signer.key)
    };
    let sealed = pki::sealed_ofd();
    let inside = by_password(&list(&sealed).unwrap());
    let report = opened(&inside, &Access::Password(PASSWORD));
    assert_eq!(
        report.outcome,
        Outcome::Passed,
        "{:?}",
        pki::not_passed(&report)
    );
    assert_eq!(pki::checks(&report, CheckCode::IntegrityEntries).len(), 1);

    let outside = list(&by_password(&sealed)).unwrap();
    let report = opened(&outside, &Access::Password(PASSWORD));
    assert_eq!(
        report.outcome,
        Outcome::Passed,
        "{:?}",
        pki::not_passed(&report)
    );
    assert_eq!(pki::checks(&report, CheckCode::IntegrityEntries).len(), 1);
    let mut archive = Archive::read(&outside);
    archive.put("slipped-in.bin", b"?");
    let report = opened(&archive.write(), &Access::Password(PASSWORD));
    let check = pki::checks(&report, CheckCode::IntegrityEntries)[0];
    assert_eq!(check.reason, Some(Reason::Unlisted));
}

/// Edits one of the files that stay in the clear.
fn edited(file: &str, from: &str, to: &str) -> Report {
    let mut archive = Archive::read(&by_password(&pki::sealed_ofd()));
    archive.edit(file, from, to);
    opened(&archive.write(), &Access::Password(PASSWORD))
}

/// Refused solely because a ciphertext was altered.
#[test]
fn a_ciphertext_was_altered() {
    let mut archive = Archive::read(&by_password(&pki::sealed_ofd()));
    let mut bytes = archive.get("encrypted/0.dat").to_vec();
    bytes.truncate(bytes.len() - 1);
    archive.put("encrypted/0.dat", bytes);
    let report = opened(&archive.write(), &Access::Password(PASSWORD));
    assert_eq!(format(&report), (Outcome::Failed, Some(Reason::Malformed)));
}

/// Failed solely because two bits of a ciphertext's first block were turned, which its padding does
/// not show: the scheme authenticates nothing, the seal inside does.
#[test]
fn an_undetected_change_of_a_ciphertext_is_the_seals_to_find() {
    let mut archive = Archive::read(&by_password(&pki::sealed_ofd()));
    let longest = archive
        .0
        .iter()
        .filter(|(name, _)| name.starts_with("encrypted/"))
        .max_by_key(|(_, bytes)| bytes.len())
        .map(|(name, bytes)| (name.clone(), bytes.clone()));
    let (name, mut bytes) = longest.unwrap();
    bytes[0] ^= 3;
    archive.put(&name, bytes);
    let report = opened(&archive.write(), &Access::Password(PASSWORD));
    assert_eq!(
        report.outcome,
        Outcome::Failed,
        "{:?}",
        pki::not_passed(&report)
    );
}

/// Refused solely because a file in the clear stands where a decrypted one belongs: readers that do
/// not decrypt would show it.
#[test]
fn a_clear_file_shadows_an_encrypted_one() {
    let mut archive = Archive::read(&by_password(&pki::sealed_ofd()));
    archive.put(
        "OFD.xml",
        b"<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\"/>",
    );
    let report = opened(&archive.write(), &Access::Password(PASSWORD));
    let check = pki::checks(&report, CheckCode::ContainerAmbiguous)[0];
    assert_eq!(check.reason, Some(Reason::TwoDocuments));
    assert_eq!(report.outcome, Outcome::Failed);
}

/// Open solely because the scheme is not known.
#[test]
fn an_unknown_scheme_is_named() {
    let report = edited("decryptseed.dat", "\"1.1.1\"", "\"1.1.9\"");
    assert_eq!(
        format(&report),
        (Outcome::Indeterminate, Some(Reason::Unsupported))
    );
}

/// Open solely because the package was encrypted twice.
#[test]
fn two_encryptions_are_named() {
    let report = edited(
        "Encryptions.xml",
        "</ofd:Encryptions>",
        "<ofd:EncryptInfo ID=\"2\"/></ofd:Encryptions>",
    );
    assert_eq!(
        format(&report),
        (Outcome::Indeterminate, Some(Reason::Unsupported))
    );
}

/// A missing scheme, as a writer in use leaves it, is read from the recipients and named.
#[test]
fn a_missing_scheme_is_a_finding() {
    let report = edited("decryptseed.dat", " EncryptCaseId=\"1.1.1\"", "");
    assert_eq!(
        report.outcome,
        Outcome::Passed,
        "{:?}",
        pki::not_passed(&report)
    );
    let finding = report
        .findings
        .iter()
        .find(|finding| finding.code == FindingCode::IdentifierForm);
    assert_eq!(finding.unwrap().place, "/decryptseed.dat");
}

/// Refused solely because the initial vector has another length.
#[test]
fn a_vector_of_another_length() {
    let report = edited("decryptseed.dat", "<ofd:IVValue>", "<ofd:IVValue>AAAA");
    assert_eq!(format(&report), (Outcome::Failed, Some(Reason::Malformed)));
}

/// Refused solely because the key description is gone.
#[test]
fn the_key_description_is_gone() {
    let mut archive = Archive::read(&by_password(&pki::sealed_ofd()));
    archive.remove("decryptseed.dat");
    let report = pki::judge(&archive.write());
    assert_eq!(
        format(&report),
        (Outcome::Failed, Some(Reason::PartMissing))
    );
}

/// Refused solely because nobody can open it.
#[test]
fn a_package_without_recipients() {
    let mut archive = Archive::read(&by_password(&pki::sealed_ofd()));
    let seed = archive.text("decryptseed.dat");
    let (start, end) = (
        seed.find("<ofd:UserInfo").unwrap(),
        seed.find("<ofd:ExtendParams").unwrap(),
    );
    archive.put(
        "decryptseed.dat",
        format!("{}{}", &seed[..start], &seed[end..]),
    );
    let report = pki::judge(&archive.write());
    assert_eq!(format(&report), (Outcome::Failed, Some(Reason::Malformed)));
}

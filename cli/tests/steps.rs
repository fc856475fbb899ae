//! Signing in steps: what is to come from elsewhere leaves the program as a file, and comes back.
#![expect(
    clippy::unwrap_used,
    reason = "a test whose stage cannot be set has failed"
)]

mod common;

use std::fs;

use common::Folder;
use snapbox::cmd::OutputAssert;
use yinxin::asn1::{self, Tlv, named};
use yinxin::crypto::{Signer, SoftwareKey};
use yinxin::pki::cms::{Flavor, SignedDataBuilder, SignedShape};
use yinxin::pki::{Certificate, CertificateBuilder, Name, TimeStampRequest};
use yinxin::{Time, pki};

/// A folder of one test's own, gone when the test is, with a key, its certificate and a license.
struct Stage(Folder);

impl Stage {
    fn new(name: &str) -> Self {
        let stage = Self(Folder::new(name));
        for args in [
            "key new --unencrypted --out @root.key",
            "cert make --authority --common-name Root --key @root.key --out @root.pem",
            "key new --unencrypted --out @signer.key",
            "cert make --common-name Signer --key @signer.key --issuer @root.pem \
             --issuer-key @root.key --out @signer.pem",
        ] {
            stage.run(args).success();
        }
        let metadata = include_str!("../../examples/data/business-license.json");
        let draft = yinxin::issue::Draft::new(
            yinxin::Metadata::from_json(metadata).unwrap(),
            yinxin::Template::standard_landscape().unwrap(),
            Time::parse("2026-03-02").unwrap(),
        );
        for format in [yinxin::issue::Format::Ofd, yinxin::issue::Format::Pdf] {
            let document = draft.document(format).unwrap();
            let name = format!("letter.{}", format.name());
            fs::write(stage.0.join(&name), document.bytes).unwrap();
        }
        stage
    }

    fn run(&self, arguments: &str) -> OutputAssert {
        self.0.run(arguments)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).unwrap()
    }

    fn key(&self) -> SoftwareKey {
        let text = String::from_utf8(self.read("signer.key")).unwrap();
        SoftwareKey::from_pem(&text, None).unwrap()
    }

    /// The document passes under its root.
    fn verify(&self, name: &str) {
        self.run(&format!("verify @{name} --policy basic --trust @root.pem"))
            .code(0);
    }
}

#[test]
fn a_key_elsewhere_signs_what_was_written_out() {
    let stage = Stage::new("key-elsewhere");
    let begin = "sign @letter.ofd --cert @signer.pem --message-out @tbs --save @pending";
    stage.run(begin).success();
    stage
        .run("sign @letter.ofd --resume @pending --out @signed.ofd")
        .code(2);
    let value = stage.key().sign(&stage.read("tbs")).unwrap();
    fs::write(stage.0.join("value"), &value).unwrap();
    fs::write(stage.0.join("wrong"), stage.key().sign(b"other").unwrap()).unwrap();
    let finish = "sign @letter.ofd --resume @pending --out @signed.ofd --signature";
    stage.run(&format!("{finish} @wrong")).code(2);
    stage.run(&format!("{finish} @value")).success();
    stage.verify("signed.ofd");
    // Another document is not the one that was prepared.
    fs::write(stage.0.join("other.ofd"), stage.read("signed.ofd")).unwrap();
    stage
        .run("sign @other.ofd --resume @pending --signature @value --out @x.ofd")
        .code(2);
}

#[test]
fn a_time_stamp_is_asked_for_in_one_step_and_taken_in_the_next() {
    let stage = Stage::new("time-stamp");
    let begin = "sign @letter.ofd --cert @signer.pem --key @signer.key --save @pending \
                 --time-stamp-request @a.tsq";
    stage.run(begin).success();
    assert!(!stage.0.join("signed.ofd").exists());
    let question = stage.read("a.tsq");
    fs::write(stage.0.join("a.tsr"), answer(&question)).unwrap();
    let finish = "sign @letter.ofd --resume @pending --out @signed.ofd --time-stamp-response";
    stage.run(&format!("{finish} @a.tsq")).code(2);
    stage.run(&format!("{finish} @a.tsr")).success();
    stage.verify("signed.ofd");
    // Each request has a nonce of its own, so that an old answer does not fit.
    stage.run(&format!("{begin} --force")).success();
    assert_ne!(stage.read("a.tsq"), question);
    stage.run(&format!("{finish} @a.tsr --force")).code(2);
}

#[test]
fn a_pdf_signature_is_augmented_until_nothing_is_missing() {
    let stage = Stage::new("augment");
    let sign = "sign @letter.pdf --cert @signer.pem --key @signer.key --cms --certify forms \
                --reason r --location l --signer-name n --field Clerk --save @pending \
                --time-stamp-request @a.tsq";
    stage.run(sign).success();
    fs::write(stage.0.join("a.tsr"), answer(&stage.read("a.tsq"))).unwrap();
    stage
        .run("sign @letter.pdf --resume @pending --time-stamp-response @a.tsr --out @t.pdf")
        .success();
    stage.verify("t.pdf");
    let told = stage.run("augment @t.pdf --dry-run").code(3);
    let told = String::from_utf8_lossy(&told.get_output().stdout).into_owned();
    assert!(
        told.starts_with("Clerk: the certificate that issued CN=Signer"),
        "{told}"
    );
    stage.run("augment @t.pdf --out @lt.pdf").code(2);
    assert!(!stage.0.join("lt.pdf").exists());

    let root = fs::read(stage.0.join("root.pem")).unwrap();
    let root = Certificate::from_pem_or_der(&root).unwrap().remove(0);
    let key = String::from_utf8(stage.read("root.key")).unwrap();
    let key = SoftwareKey::from_pem(&key, None).unwrap();
    let next = now().checked_add(86_400).unwrap();
    let crl = pki::CrlBuilder::new(1, now(), next)
        .sign(&root, &key)
        .unwrap();
    fs::write(stage.0.join("root.crl"), crl.der()).unwrap();
    let augment = "augment @t.pdf --cert @root.pem --crl @root.crl";
    stage.run(&format!("{augment} --dry-run")).code(0);
    stage.run(&format!("{augment} --out @lt.pdf")).success();
    // Afterwards the file itself holds all of it.
    stage.run("augment @lt.pdf --dry-run").code(0);

    stage
        .run("augment @lt.pdf --time-stamp-request @b.tsq --save @stamp --sm3")
        .success();
    fs::write(stage.0.join("b.tsr"), answer(&stage.read("b.tsq"))).unwrap();
    let finish = "augment @lt.pdf --resume @stamp --out @lta.pdf --time-stamp-response";
    stage.run(&format!("{finish} @a.tsr")).code(2);
    stage.run(&format!("{finish} @b.tsr")).success();
    assert!(stage.read("lta.pdf").starts_with(&stage.read("lt.pdf")));
}

#[test]
fn what_does_not_fit_is_refused() {
    let stage = Stage::new("sign-refused");
    let who = "--cert @signer.pem --key @signer.key --out @x";
    for flags in [
        "@letter.ofd --reason r",
        "@letter.pdf --format pades",
        "@letter.pdf --rsa-pss",
        "@letter.pdf --lock",
        "@letter.pdf --cms --at 10,10 --picture @signer.pem",
        "@letter.pdf --sub-filter",
    ] {
        stage.run(&format!("sign {flags} {who}")).code(2);
    }
    stage
        .run(&format!("sign @letter.pdf --format iso {who}"))
        .success();
}

/// A granted answer by an authority of the test's own.
fn answer(question: &[u8]) -> Vec<u8> {
    let key = SoftwareKey::from_sm2_scalar(&[77; 32]).unwrap();
    let certificate = authority(&key);
    let asked = TimeStampRequest::from_der(question).unwrap();
    let imprint = asn1::sequence(&[
        asn1::sequence(&[asn1::oid(asked.digest_algorithm().oid())]),
        asn1::octets(asked.imprint()),
    ]);
    let nonce = {
        let outer = Tlv::parse(question).unwrap();
        let fields = outer.reader().unwrap().read_all(8).unwrap();
        fields.get(2).unwrap().raw().to_vec()
    };
    let info = asn1::sequence(&[
        asn1::integer(1),
        asn1::oid(named::SM2_WITH_SM3),
        imprint,
        asn1::integer(1),
        asn1::generalized_time(now()),
        nonce,
    ]);
    let token = SignedDataBuilder::new(
        Flavor::Gm,
        SignedShape::Attached,
        certificate,
        key.algorithm(),
    )
    .content_type(named::TST_INFO)
    .bind_certificate()
    .sign(&[&info], &key)
    .unwrap();
    asn1::sequence(&[asn1::sequence(&[asn1::integer(0)]), token])
}

fn authority(key: &SoftwareKey) -> Certificate {
    let name = Name::build(&[(named::COMMON_NAME, "Example Time Stamps")]).unwrap();
    let [from, until] = ["2020-01-01", "2049-01-01"].map(|day| Time::parse(day).unwrap());
    CertificateBuilder::new(name, key.public_key().clone(), &[1], from, until)
        .end_entity()
        .key_usage(pki::KeyUsage::DIGITAL_SIGNATURE)
        .extended_key_usage(&[named::PURPOSE_TIME_STAMPING], true)
        .self_sign(key)
        .unwrap()
}

fn now() -> Time {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    Time::from_unix(i64::try_from(since.as_secs()).unwrap()).unwrap()
}

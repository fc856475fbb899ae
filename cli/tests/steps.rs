//! Signing in steps: what is to come from elsewhere leaves the program as a file, and comes back.
#![expect(
    clippy::unwrap_used,
    reason = "a test whose stage cannot be set has failed"
)]

use std::fs;
use std::path::PathBuf;

use snapbox::cmd::{Command, OutputAssert};
use yinxin::asn1::{self, Tlv, named};
use yinxin::crypto::{Signer, SoftwareKey};
use yinxin::pki::cms::{Flavor, SignedDataBuilder, SignedShape};
use yinxin::pki::{Certificate, CertificateBuilder, Name, TimeStampRequest};
use yinxin::{Time, pki};

/// A folder of one test's own, gone when the test is, with a key, its certificate and a license.
struct Stage(PathBuf);

impl Stage {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("yinxin-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let stage = Self(folder);
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
        let document = draft.document(yinxin::issue::Format::Ofd).unwrap();
        fs::write(stage.0.join("letter.ofd"), document.bytes).unwrap();
        stage
    }

    fn run(&self, arguments: &str) -> OutputAssert {
        let arguments = arguments
            .split(' ')
            .map(|argument| match argument.strip_prefix('@') {
                Some(name) => self.0.join(name).into_os_string(),
                None => argument.into(),
            });
        Command::new(env!("CARGO_BIN_EXE_yinxin"))
            .env("LC_ALL", "C.UTF-8")
            .args(arguments)
            .assert()
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

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
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

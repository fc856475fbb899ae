//! Making and showing seals as a user meets it.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test whose stage cannot be set has failed; one that lacks a font says so"
)]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A folder with a root, a maker and a signer, gone when the test is.
struct Stage {
    folder: PathBuf,
    font: PathBuf,
}

impl Stage {
    /// None, said on stderr, where no font is named.
    fn new(name: &str) -> Option<Self> {
        let Some(font) = std::env::var_os("YINXIN_TEST_FONT") else {
            eprintln!("not run: YINXIN_TEST_FONT names no font");
            return None;
        };
        let folder =
            std::env::temp_dir().join(format!("yinxin-seal-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let stage = Self {
            folder,
            font: font.into(),
        };
        stage.good("key new --unencrypted --out root.key");
        stage.good("cert make --authority --common-name Root --key root.key --out root.pem");
        for party in ["maker", "signer"] {
            stage.good(&format!("key new --unencrypted --out {party}.key"));
            stage.good(&format!(
                "cert make --common-name {party} --key {party}.key --issuer root.pem \
                 --issuer-key root.key --out {party}.pem"
            ));
        }
        Some(stage)
    }

    fn run(&self, line: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_yinxin"))
            .env(
                "YINXIN_STORE",
                concat!(env!("CARGO_TARGET_TMPDIR"), "/no-store"),
            )
            .args(line.split_whitespace())
            .env("LANG", "C.UTF-8")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .current_dir(&self.folder)
            .output()
            .unwrap()
    }

    /// Standard output of a run that ended well.
    fn good(&self, line: &str) -> String {
        let output = self.run(line);
        let talk = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{line}\n{talk}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a run says that ended with this code.
    fn bad(&self, line: &str, code: i32) -> String {
        let output = self.run(line);
        assert_eq!(output.status.code(), Some(code), "{line}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    /// `seal make` with maker, signer and font.
    fn make(&self, rest: &str) -> String {
        let font = self.font.display();
        format!(
            "seal make --cert maker.pem --key maker.key --signer signer.pem --font {font} {rest}"
        )
    }

    fn shown(&self, seal: &str) -> serde_json::Value {
        serde_json::from_str(&self.good(&format!("seal show {seal} --json"))).unwrap()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn every_family_is_made_and_shown() {
    let Some(stage) = Stage::new("families") else {
        return;
    };
    let families = [
        ("--office county", "45 × 45", "PNG"),
        ("--size 40 --centre blank --as svg", "40 × 40", "SVG"),
        (
            "--family special --line 合同专用章 --code 123",
            "40 × 40",
            "PNG",
        ),
        (
            "--family invoice --taxpayer 91350100M000100Y43 --as ofd",
            "40 × 30",
            "ofd",
        ),
        ("--family name --size 24x10 --dpi 300", "24 × 10", "PNG"),
    ];
    for (number, (flags, size, kind)) in families.iter().enumerate() {
        let (seal, picture) = (format!("{number}.esl"), format!("{number}.picture"));
        stage.good(&stage.make(&format!(
            "--name 张三之印 --id {number} {flags} --out {seal} --picture-out {picture}"
        )));
        let shown = stage.shown(&seal);
        assert_eq!(shown["picture"]["size_mm"], *size, "{flags}");
        assert_eq!(shown["picture"]["declared"], *kind, "{flags}");
        assert_eq!(
            shown["picture"]["faults"],
            serde_json::Value::Null,
            "{flags}"
        );
        stage.good(&format!("seal show {seal} --picture again.{number}"));
        let read = |name: &str| fs::read(stage.folder.join(name)).unwrap();
        assert_eq!(read(&picture), read(&format!("again.{number}")));
    }
}

#[test]
fn flags_that_do_not_go_together_are_refused() {
    let Some(stage) = Stage::new("refused") else {
        return;
    };
    for flags in [
        "--family name --line 合同专用章",
        "--family invoice",
        "--family special",
        "--taxpayer 91350100M000100Y43",
        "--office county --size 42",
        "--size 40x30",
        "--as svg --dpi 300",
        "--picture root.pem --width-mm 1 --height-mm 1 --line 章",
    ] {
        stage.bad(
            &stage.make(&format!("--name 某某 --id 1 --out x.esl {flags}")),
            2,
        );
    }
    assert!(!stage.folder.join("x.esl").exists());
}

#[test]
fn the_maker_is_verified_before_a_seal_is_made() {
    let Some(stage) = Stage::new("maker") else {
        return;
    };
    let made = |name: &str| stage.folder.join(name).exists();
    let rest = "--name 某某 --id 1 --out";
    stage.good(&stage.make(&format!("{rest} good.esl --trust-maker root.pem")));
    let said = stage.bad(
        &stage.make(&format!("{rest} bad.esl --trust-maker signer.pem")),
        3,
    );
    assert!(said.contains("no seal was made"), "{said}");
    assert!(made("good.esl") && !made("bad.esl"));
}

#[test]
fn a_key_kept_elsewhere_signs_between_two_runs() {
    let Some(stage) = Stage::new("elsewhere") else {
        return;
    };
    // Soon after the certificates' begin, which is now.
    let created = "2027-01-02T03:04:05Z";
    let days = "--days 30000";
    stage.good("cert make --common-name Long --key maker.key --issuer root.pem --issuer-key root.key --days 1000 --out long.pem");
    let font = stage.font.display();
    let order = format!(
        "seal make --cert long.pem --signer signer.pem --font {font} --name 某某 --id 1 \
         --layout 2025 --listing digests-with-z --created {created} {days}"
    );
    stage.good(&format!("{order} --to-be-signed tbs.bin"));
    let signed = Command::new("openssl")
        .args("pkeyutl -sign -rawin -digest sm3 -pkeyopt distid:1234567812345678".split(' '))
        .args("-inkey maker.key -in tbs.bin -out value.bin".split(' '))
        .current_dir(&stage.folder)
        .output();
    if !signed.is_ok_and(|output| output.status.success()) {
        eprintln!("not run further: OpenSSL 3 is not here");
        return;
    }
    stage.good(&format!("{order} --signature value.bin --out seal.esl"));
    let shown = stage.shown("seal.esl");
    assert_eq!(shown["made_at"], created);
    assert_eq!(shown["listing"], "digests");
    fs::write(stage.folder.join("value.bin"), [0; 64]).unwrap();
    stage.bad(&format!("{order} --signature value.bin --out other.esl"), 2);
}

/// An authority of `openssl ts`, which answers the request that the command wrote.
const AUTHORITY: &str = "[tsa]\ndefault_tsa = one\n[one]\nserial = serial\nsigner_cert = tsa.pem\n\
    signer_key = tsa.key\ncerts = tsa.pem\ndefault_policy = 1.2.3.4\ndigests = sm3, sha256\n\
    signer_digest = sha256\ness_cert_id_alg = sha256\naccuracy = secs:1\n";

#[test]
fn a_seal_is_stamped_by_openssl_between_two_runs() {
    let Some(stage) = Stage::new("stamp") else {
        return;
    };
    fs::write(stage.folder.join("tsa.cnf"), AUTHORITY).unwrap();
    fs::write(stage.folder.join("serial"), "01\n").unwrap();
    let openssl = |line: &str| {
        Command::new("openssl")
            .args(line.split_whitespace())
            .current_dir(&stage.folder)
            .output()
            .is_ok_and(|output| output.status.success())
    };
    let made = openssl(
        "req -x509 -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.pem -days 8000 \
         -subj /CN=Example-TSA -addext extendedKeyUsage=critical,timeStamping \
         -addext basicConstraints=critical,CA:FALSE -addext keyUsage=critical,digitalSignature",
    );
    if !made {
        eprintln!("not run: OpenSSL 3 is not here");
        return;
    }
    stage.good(&stage.make("--name 某某 --id 1 --layout 2025 --out seal.esl"));
    stage.good(&stage.make("--name 某某 --id 1 --layout 2025 --days 9 --out other.esl"));
    stage.good("seal stamp seal.esl --time-stamp-request seal.tsq");
    let reply = "ts -reply -config tsa.cnf -section one -queryfile seal.tsq -out seal.tsr";
    assert!(openssl(reply), "openssl takes the request");
    let answer = "--time-stamp-request seal.tsq --time-stamp-response seal.tsr";
    stage.good(&format!("seal stamp seal.esl {answer} --out stamped.esl"));
    assert!(stage.shown("stamped.esl")["time_stamp"].is_string());
    stage.bad(&format!("seal stamp other.esl {answer} --out x.esl"), 2);
    stage.bad(&format!("seal stamp stamped.esl {answer} --out x.esl"), 2);
    stage.good(&stage.make("--name 某某 --id 1 --out old.esl"));
    stage.bad("seal stamp old.esl --time-stamp-request old.tsq", 2);
}

#[test]
fn a_poor_picture_is_named() {
    let Some(stage) = Stage::new("poor") else {
        return;
    };
    fs::write(
        stage.folder.join("poor.svg"),
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><text fill="#00f">x</text></svg>"##,
    )
    .unwrap();
    let line = "seal make --cert maker.pem --key maker.key --signer signer.pem --name 某某 --id 1 \
                --picture poor.svg --width-mm 42 --height-mm 42 --extension 1.2.3.4=root.pem --out poor.esl";
    let talk = String::from_utf8(stage.run(line).stderr).unwrap();
    assert!(talk.contains("picture.distorted"), "{talk}");
    let shown = stage.shown("poor.esl");
    let faults = ["picture.distorted", "picture.not_red", "picture.text"];
    assert_eq!(shown["picture"]["faults"], serde_json::json!(faults));
    let size = fs::metadata(stage.folder.join("root.pem")).unwrap().len();
    assert_eq!(shown["extensions"][0], format!("1.2.3.4 · {size} B"));
    let chinese = stage.good("--lang zh seal show poor.esl");
    assert!(chinese.contains("印章应为红色"), "{chinese}");
}

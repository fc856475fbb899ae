//! The command as a user meets it: exit codes, results on stdout, talk on stderr.
#![expect(
    clippy::unwrap_used,
    reason = "a test whose stage cannot be set has failed"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};

use snapbox::cmd::Command;
use snapbox::str;

fn yinxin() -> Command {
    Command::new(env!("CARGO_BIN_EXE_yinxin"))
        .env(
            "YINXIN_STORE",
            concat!(env!("CARGO_TARGET_TMPDIR"), "/no-store"),
        )
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "C.UTF-8")
}

/// A folder of one test's own, gone when the test is.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("yinxin-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn stdout(command: Command) -> (Option<i32>, String) {
    let output = command.output().unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

#[test]
fn help_speaks_the_language_of_the_locale() {
    yinxin()
        .arg("--help")
        .assert()
        .success()
        .stdout_eq(str![[r#"
Issue, seal and verify electronic licenses and seals in OFD and PDF

Usage: yinxin [OPTIONS] <COMMAND>

Commands:
  demo     The whole job on made-up data: make, issue, verify, tamper, verify again
  verify   Verify documents, seals and signatures
  inspect  Show what is inside a file, without a verdict
  issue    Issue a license: metadata, page design and seal
  seal     Electronic seals
  sign     Sign an OFD or PDF without a seal, and finish what was begun in steps
  augment  Make the signatures of a PDF last: evidence and time stamps
  protect  List every file of an OFD and sign the list
  encrypt  Encrypt an OFD for certificates or a password
  decrypt  Write the OFD behind an encrypted one
  id       Check and make identifiers and codes
  cert     Certificates
  trust    Trust lists: who is believed for what
  key      Private keys

Options:
      --lang <LANG>  Language of all texts; by default that of the locale [possible values: zh, en]
  -h, --help         Show this help
  -V, --version      Show the version

Exit codes: 0 passed, 1 failed, 2 usage or unreadable input, 3 indeterminate;
of several files the worst of 1, 2, 3, 0.

"#]]);
    yinxin()
        .args(["verify", "--help"])
        .env("LANG", "zh_CN.UTF-8")
        .assert()
        .success()
        .stdout_eq(str![[r#"
核验文件、印章和签名

用法：yinxin verify [OPTIONS] <FILE>...
...
"#]]);
}

#[test]
fn wrong_usage_is_2() {
    yinxin().assert().code(2).stdout_eq("");
    yinxin()
        .args(["verify", "--no-such-flag", "x"])
        .assert()
        .code(2);
    yinxin()
        .args(["verify", "x", "--json", "--quiet"])
        .assert()
        .code(2);
}

#[test]
fn codes_are_checked_and_completed() {
    yinxin()
        .args([
            "id",
            "check",
            "91349900MA0EXAMP18",
            "91349900MA0EXAMP19",
            "00001333-8",
        ])
        .assert()
        .code(1)
        .stderr_eq("")
        .stdout_eq(str![[r#"
✓ 91349900MA0EXAMP18  unified social credit code, GB 32100
    the check character is right
    region: 349900 [..]
    organisation code: MA0EXAMP1
✗ 91349900MA0EXAMP19  unified social credit code, GB 32100
    the check character is wrong; the others ask for 8: look for a typing error
✓ 000013338  organisation code, GB 11714
    the check character is right

"#]]);
    yinxin()
        .args(["id", "make", "uscc", "91349900MA0EXAMP1"])
        .assert()
        .success()
        .stdout_eq("91349900MA0EXAMP18\n");
    yinxin()
        .args([
            "id",
            "make",
            "license",
            "--type-code",
            "11100000MB0143028R001",
        ])
        .args([
            "--issuer",
            "11349900MB0EXAMP5Y",
            "--serial",
            "20260115000001",
        ])
        .assert()
        .success()
        .stdout_eq(
            "1.2.156.3005.2.11100000MB0143028R001.11349900MB0EXAMP5Y.20260115000001.001.2\n",
        );
}

#[test]
fn a_citizen_number_is_never_shown_in_full() {
    for number in ["11010519491231002X", "110105194912310021"] {
        let command = yinxin()
            .args(["id", "check", "-", "--json"])
            .stdin(format!("{number}\n"));
        let (code, text) = stdout(command);
        assert_eq!(code, Some(i32::from(!number.ends_with('X'))));
        assert!(
            !text.contains("19491231") && text.contains("\"110*"),
            "{text}"
        );
    }
}

#[test]
fn what_cannot_be_read_is_2_and_names_the_file() {
    let folder = Folder::new("unreadable");
    yinxin()
        .args(["verify", "no\u{1b}[2Jsuch.ofd"])
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq("error: no/u{1b}[2Jsuch.ofd: there is no such file\n");
    yinxin().arg("verify").arg(&folder.0).assert().code(2);
    yinxin()
        .args(["verify", "-r", "--lang", "zh"])
        .arg(&folder.0)
        .assert()
        .code(2)
        .stderr_eq("错误：没有找到可核验的文件\n");
}

#[test]
fn a_file_that_is_nothing_known_failed() {
    yinxin()
        .args([
            "verify",
            "-",
            "--policy",
            "basic",
            "--at",
            "2026-11-22T08:00:00Z",
        ])
        .stdin("hello")
        .assert()
        .code(1)
        .stdout_eq(str![[r#"
Verdict             ✗ FAILED (authentic ✗ trusted ? in force ?) · policy basic v1 · as of 2026-11-22 16:00 (UTC+8)
License             no license data in this file
Seal and signer     neither seal nor signature
Why and what to do  The data is damaged or not what it claims to be. Ask for the original electronic file, neither converted nor saved anew.

"#]]);
    yinxin()
        .args(["inspect", "-"])
        .stdin("hello")
        .assert()
        .code(2);
}

#[test]
fn a_key_is_encrypted_and_never_overwritten() {
    let folder = Folder::new("key");
    let (key, password) = (folder.path("k.pem"), folder.path("p.txt"));
    fs::write(&password, "secret\n").unwrap();
    let new = || {
        yinxin()
            .args(["key", "new", "--out"])
            .arg(&key)
            .arg("--password-file")
            .arg(&password)
    };
    new().assert().success().stdout_eq("");
    let pem = fs::read_to_string(&key).unwrap();
    assert!(pem.contains("ENCRYPTED PRIVATE KEY"), "{pem}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            fs::metadata(&key).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    new().assert().code(2);
    assert_eq!(fs::read_to_string(&key).unwrap(), pem);
    // Nobody to ask: no prompt, no key.
    yinxin()
        .args(["key", "new", "--out"])
        .arg(folder.path("other.pem"))
        .assert()
        .code(2);
    assert!(!folder.path("other.pem").exists());
}

/// Root, signer, maker, seal and license made by the verbs, and then verified.
#[test]
fn the_verbs_work_together() {
    let folder = Folder::new("verbs");
    let path = |name: &str| folder.path(name).into_os_string();
    let run = |arguments: &[&str]| {
        let folder = &folder;
        yinxin()
            .args(
                arguments
                    .iter()
                    .map(|argument| match argument.strip_prefix('@') {
                        Some(name) => folder.path(name).into_os_string(),
                        None => (*argument).into(),
                    }),
            )
            .assert()
    };
    for name in ["root", "signer", "maker"] {
        let key = format!("@{name}.key");
        run(&["key", "new", "--unencrypted", "--out", &key]).success();
    }
    run(&[
        "cert",
        "make",
        "--authority",
        "--common-name",
        "根",
        "--key",
        "@root.key",
        "--out",
        "@root.pem",
    ])
    .success();
    for name in ["signer", "maker"] {
        let (key, out) = (format!("@{name}.key"), format!("@{name}.pem"));
        run(&[
            "cert",
            "make",
            "--common-name",
            name,
            "--key",
            &key,
            "--issuer",
            "@root.pem",
            "--issuer-key",
            "@root.key",
            "--out",
            &out,
        ])
        .success();
    }
    run(&[
        "cert",
        "verify",
        "@signer.pem",
        "--trust",
        "@root.pem",
        "--purpose",
        "signer",
    ])
    .code(0);
    run(&["cert", "verify", "@signer.pem"]).code(3);

    fs::write(
        path("seal.svg"),
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>"#,
    )
    .unwrap();
    run(&[
        "seal",
        "make",
        "--cert",
        "@maker.pem",
        "--key",
        "@maker.key",
        "--signer",
        "@signer.pem",
        "--name",
        "示范印章",
        "--id",
        "34990000000001",
        "--picture",
        "@seal.svg",
        "--width-mm",
        "42",
        "--height-mm",
        "42",
        "--out",
        "@seal.esl",
    ])
    .success();
    run(&[
        "seal",
        "show",
        "@seal.esl",
        "--picture",
        "@again.svg",
        "--json",
    ])
    .success();
    assert_eq!(
        fs::read(path("again.svg")).unwrap(),
        fs::read(path("seal.svg")).unwrap()
    );

    fs::write(
        path("license.json"),
        include_str!("../../examples/data/business-license.json"),
    )
    .unwrap();
    run(&[
        "issue",
        "@license.json",
        "--seal",
        "@seal.esl",
        "--cert",
        "@signer.pem",
        "--key",
        "@signer.key",
        "--out",
        "@license.ofd",
    ])
    .success();
    // The maker's key is not the signer's.
    run(&[
        "issue",
        "@license.json",
        "--seal",
        "@seal.esl",
        "--cert",
        "@signer.pem",
        "--key",
        "@maker.key",
        "--out",
        "@other.ofd",
    ])
    .code(2);
    run(&[
        "seal",
        "affix",
        "@license.ofd",
        "--seal",
        "@seal.esl",
        "--cert",
        "@signer.pem",
        "--key",
        "@signer.key",
        "--at",
        "60,150",
        "--out",
        "@twice.ofd",
    ])
    .success();

    let trust = [
        "--policy",
        "basic",
        "--trust",
        "@root.pem",
        "--trust-maker",
        "@root.pem",
    ];
    run(&[&["verify", "@license.ofd"][..], &trust].concat()).code(0);
    run(&[&["verify", "@twice.ofd"][..], &trust].concat()).code(0);
    run(&[&["verify", "@license.ofd", "--quiet"][..], &trust].concat())
        .code(0)
        .stdout_eq("");
    // Anchors have roles: a root of signers vouches for no maker, and makers were not spoken of.
    run(&[
        "verify",
        "@license.ofd",
        "--policy",
        "basic",
        "--trust",
        "@root.pem",
    ])
    .code(3);
    run(&["verify", "@license.ofd", "--policy", "basic"]).code(3);
    // The default policy asks for more than is given.
    run(&[
        "verify",
        "@license.ofd",
        "--trust",
        "@root.pem",
        "--trust-maker",
        "@root.pem",
    ])
    .code(3);

    let mut broken = fs::read(path("license.ofd")).unwrap();
    let middle = broken.len() / 2;
    broken[middle] ^= 1;
    fs::write(path("broken.ofd"), broken).unwrap();
    let batch = [
        &[
            "verify",
            "--json",
            "@license.ofd",
            "@broken.ofd",
            "@none.ofd",
        ][..],
        &trust,
    ]
    .concat();
    let output = run(&batch).code(1).get_output().stdout.clone();
    let lines: Vec<serde_json::Value> = String::from_utf8(output)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let outcomes: Vec<_> = lines
        .iter()
        .map(|line| line["report"]["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(outcomes, ["passed", "failed"]);
    assert!(lines[0]["path"].as_str().unwrap().ends_with("license.ofd"));
    run(&[&["verify", "@license.ofd", "@none.ofd"][..], &trust].concat()).code(2);

    protects_and_encrypts(&run, &folder, &trust);
}

/// The last act: the list of files closed, the license encrypted and opened again.
fn protects_and_encrypts(
    run: &dyn Fn(&[&str]) -> snapbox::cmd::OutputAssert,
    folder: &Folder,
    trust: &[&str],
) {
    let identity = ["--cert", "@signer.pem", "--key", "@signer.key"];
    let protect = ["protect", "@license.ofd", "--out", "@closed.ofd"];
    run(&[&protect[..], &identity].concat()).success();
    run(&[&["verify", "@closed.ofd"][..], trust].concat()).code(0);
    // A closed list is closed.
    let again = ["protect", "@closed.ofd", "--out", "@again.ofd"];
    run(&[&again[..], &identity].concat()).code(2);

    let encrypt = ["encrypt", "@closed.ofd", "--out", "@to-signer.ofd"];
    run(&[&encrypt[..], &["--to", "@signer.pem"]].concat()).success();
    let closed = run(&[&["verify", "@to-signer.ofd", "--lang", "zh"][..], trust].concat()).code(3);
    let screen = String::from_utf8_lossy(&closed.get_output().stdout).into_owned();
    assert!(screen.contains("文件已加密，看不到证照数据"), "{screen}");
    assert!(screen.contains("文件已加密，看不到印章或签名"), "{screen}");
    let key = ["--decrypt-key", "@signer.key"];
    run(&[&["verify", "@to-signer.ofd"][..], &key, trust].concat()).code(0);
    let other = ["--decrypt-key", "@maker.key"];
    run(&[&["verify", "@to-signer.ofd"][..], &other, trust].concat()).code(3);

    fs::write(folder.path("password"), "correct horse battery staple\n").unwrap();
    fs::write(folder.path("wrong"), "incorrect\n").unwrap();
    let encrypt = ["encrypt", "@closed.ofd", "--out", "@secret.ofd"];
    run(&[&encrypt[..], &["--password-file", "@password"]].concat()).success();
    let inspected = run(&["inspect", "@secret.ofd", "--json"]).success();
    let inspected = String::from_utf8(inspected.get_output().stdout.clone()).unwrap();
    for fact in [r#""encryption":"1.1.1""#, r#""recipients":["user"]"#] {
        assert!(inspected.contains(fact), "{inspected}");
    }
    let password = ["--password-file", "@password"];
    run(&[&["verify", "@secret.ofd"][..], &password, trust].concat()).code(0);
    let decrypt = ["decrypt", "@secret.ofd", "--out", "@plain.ofd"];
    run(&[&decrypt[..], &["--password-file", "@wrong"]].concat()).code(2);
    run(&[&decrypt[..], &["--password-file", "@password"]].concat()).success();
    run(&[&["verify", "@plain.ofd"][..], trust].concat()).code(0);
}

#[test]
fn the_demo_comes_out_as_it_should() {
    let folder = Folder::new("demo");
    for language in ["en", "zh"] {
        yinxin()
            .args(["demo", "--lang", language, "--out"])
            .arg(&folder.0)
            .assert()
            .success();
    }
    let outcome = |name: &str| {
        let report = fs::read_to_string(folder.path(&format!("{name}.report.json"))).unwrap();
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        (
            report["outcome"].to_string(),
            report["signatures"][0]["coverage"]["changes"].to_string(),
        )
    };
    for name in ["license.ofd", "license.pdf"] {
        assert_eq!(outcome(name), ("\"passed\"".to_owned(), "[]".to_owned()));
    }
    // As the demo says at its end.
    for (name, code) in [("license.pdf", 0), ("license.tampered.pdf", 1)] {
        let assert = yinxin()
            .args(["verify", "--lang", "en", "--store"])
            .arg(folder.path("trust"))
            .arg("--pack")
            .arg(folder.path("demo.yxpack"))
            .arg(folder.path(name))
            .assert()
            .code(code);
        let shown = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
        assert!(
            shown.contains("policy window") && shown.contains("for trials"),
            "{shown}"
        );
    }
    let (ofd, changed) = outcome("license.tampered.ofd");
    assert!(
        ofd == "\"failed\"" && changed.contains("Content.xml"),
        "{ofd} {changed}"
    );
    let (pdf, changed) = outcome("license.tampered.pdf");
    assert!(
        pdf == "\"failed\"" && changed.contains("bytes 0.."),
        "{pdf} {changed}"
    );
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = Process::new(env!("CARGO_BIN_EXE_yinxin"))
        .env(
            "YINXIN_STORE",
            concat!(env!("CARGO_TARGET_TMPDIR"), "/no-store"),
        )
        .args(["id", "check", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    // More than any buffer holds.
    let mut input = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut input, "000013338\n".repeat(20_000).as_bytes()).ok();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// Real national roots and authorities, where the files are at hand.
#[test]
fn real_certificates_get_their_expected_verdicts() {
    let certificates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/interop/ofd/certs");
    let Ok(table) = fs::read_to_string(certificates.join("EXPECTED.tsv")) else {
        eprintln!("skipped: {} is not there", certificates.display());
        return;
    };
    let mut rows = 0;
    for row in table.lines().skip(1) {
        let [leaf, trust, crl, at, outcome, ..] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{row}");
        };
        let mut command = yinxin()
            .args([
                "cert",
                "verify",
                "--json",
                "--purpose",
                "any",
                "--revocation",
                "required",
            ])
            .args(["--at", at, "--trust"])
            .arg(certificates.join(trust))
            .arg(certificates.join(leaf));
        if crl != "-" {
            command = command.arg("--crl").arg(certificates.join(crl));
        }
        let (code, text) = stdout(command);
        let report: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(report["outcome"], outcome, "{row}");
        let expected = match outcome {
            "passed" => 0,
            "failed" => 1,
            _ => 3,
        };
        assert_eq!(code, Some(expected), "{row}");
        rows += 1;
    }
    assert!(rows > 0);
}

#[test]
fn completions_and_manual_pages_are_written() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let (code, text) = stdout(yinxin().args(["completions", shell]));
        assert_eq!(code, Some(0));
        assert!(text.contains("trust-maker"), "{shell}");
    }
    let folder = Folder::new("manual");
    yinxin().arg("manual").arg(&folder.0).assert().success();
    let page = fs::read_to_string(folder.path("yinxin-verify.1")).unwrap();
    assert!(page.contains("trust\\-maker"));
}

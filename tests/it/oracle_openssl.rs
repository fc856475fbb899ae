//! OpenSSL as a second opinion on SM2: it verifies our signatures and we verify its.

use std::path::Path;
use std::process::Command;

use yinxin::crypto::{KeyKind, Signer, Sm2Id, SoftwareKey, to_pem};

const ROUNDS: u8 = 20;
const ID: &str = "distid:1234567812345678";

/// Whether OpenSSL 3 is here. Missing, it fails the test only where oracles are required.
pub(crate) fn openssl_found() -> bool {
    let version = Command::new("openssl").arg("version").output();
    let found = version.is_ok_and(|output| output.stdout.starts_with(b"OpenSSL 3"));
    if !found {
        let required = std::env::var("YINXIN_REQUIRE_ORACLES").is_ok_and(|value| value == "1");
        assert!(!required, "the oracle `openssl` (version 3) is missing");
        eprintln!("not run: install OpenSSL 3, then set YINXIN_REQUIRE_ORACLES=1 to insist");
    }
    found
}

/// A folder for one test, removed with its keys at the end.
pub(crate) struct Folder(std::path::PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.0.join(name), bytes).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.join(name)).unwrap()
    }

    fn openssl(&self, arguments: &[&str]) -> bool {
        let output = Command::new("openssl")
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .unwrap();
        output.status.success()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn openssl_and_we_verify_each_other() {
    if !openssl_found() {
        return;
    }
    let folder = Folder::new("openssl-sm2");
    for round in 0..ROUNDS {
        let key = SoftwareKey::generate(KeyKind::Sm2).unwrap();
        let message = vec![round; usize::from(round) * 37];
        folder.write("key.pem", to_pem("PRIVATE KEY", &key.to_pkcs8()).as_bytes());
        let public = to_pem("PUBLIC KEY", key.public_key().spki());
        folder.write("public.pem", public.as_bytes());
        folder.write("message", &message);

        folder.write("ours", &key.sign(&message).unwrap());
        let verify = [
            "pkeyutl",
            "-verify",
            "-pubin",
            "-inkey",
            "public.pem",
            "-in",
            "message",
            "-rawin",
            "-digest",
            "sm3",
            "-pkeyopt",
            ID,
            "-sigfile",
            "ours",
        ];
        assert!(folder.openssl(&verify), "round {round}");

        let sign = [
            "pkeyutl", "-sign", "-inkey", "key.pem", "-in", "message", "-rawin", "-digest", "sm3",
            "-pkeyopt", ID, "-out", "theirs",
        ];
        assert!(folder.openssl(&sign), "round {round}");
        let theirs = folder.read("theirs");
        let check = |message: &[u8]| {
            key.public_key()
                .verify(key.algorithm(), &Sm2Id::default(), message, &theirs)
        };
        check(&message).unwrap();
        check(b"another").unwrap_err();

        // The oracle itself must be able to say no.
        folder.write("message", b"another");
        assert!(!folder.openssl(&verify), "round {round}");
    }
}

#[test]
fn openssl_reads_the_keys_we_encrypt() {
    if !openssl_found() {
        return;
    }
    let folder = Folder::new("openssl-pkcs8");
    let key = SoftwareKey::generate(KeyKind::Sm2).unwrap();
    let text = key.to_encrypted_pem("777777").unwrap();
    folder.write("key.pem", text.as_bytes());
    let read = |password| {
        folder.openssl(&[
            "pkey",
            "-in",
            "key.pem",
            "-passin",
            password,
            "-pubout",
            "-out",
            "public.pem",
        ])
    };
    assert!(!read("pass:777778"));
    assert!(read("pass:777777"));
    let public = to_pem("PUBLIC KEY", key.public_key().spki());
    assert_eq!(folder.read("public.pem"), public.as_bytes());
}

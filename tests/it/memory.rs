//! What verifying a large package takes of memory: most of it is a picture that does not compress,
//! and one file inflates to four times the package's size. The promise is about 100 MB, which
//! `cargo test --release --test it memory` measures; unoptimised code gets a quarter, since it takes
//! minutes to make the files.
//!
//! Each measurement is a process of its own, which is this test called again for one file; the
//! highest resident size is the system's own count.

use std::fs;
use std::path::Path;
use std::process::Command;

use yinxin::encryption::{Access, Encryptor};
use yinxin::sign::{Request, prepare};
use yinxin::verify::CheckCode;

use crate::pki::{self, Archive, RawEntry, SIGNED_AT, deflated, now, time, world, write_raw};

/// The promise: peak memory to the size of the file.
const MAX_RATIO: u64 = 4;

const PASSWORD: &str = "a long password for the test";

/// Bytes of the package.
const SIZE: usize = if cfg!(debug_assertions) {
    25 << 20
} else {
    100 << 20
};

/// Names the file to a process that measures.
const FILE: &str = "YINXIN_MEMORY_FILE";

#[test]
fn verifying_a_large_package_stays_within_four_times_its_size() {
    if let Some(file) = std::env::var_os(FILE) {
        return measure(Path::new(&file));
    }
    if peak().is_none() {
        return eprintln!("not run: this system does not tell a process's highest memory");
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("memory");
    fs::create_dir_all(&folder).unwrap();
    let package = large();
    let encrypted = Encryptor::new(time(SIGNED_AT))
        .password("u", PASSWORD)
        .and_then(|encryptor| encryptor.encrypt(&signed([noise(SIZE)])))
        .unwrap();
    for (name, bytes) in [("plain.ofd", package), ("encrypted.ofd", encrypted)] {
        let file = folder.join(name);
        fs::write(&file, &bytes).unwrap();
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "--nocapture"])
            .arg("memory::verifying_a_large_package_stays_within_four_times_its_size")
            .env(FILE, &file)
            .output()
            .unwrap();
        fs::remove_file(&file).unwrap();
        let out = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{out}");
        let peak = out
            .lines()
            .find_map(|line| line.split_once("peak memory: "));
        let peak: u64 = peak.unwrap().1.trim().parse().unwrap();
        let size = bytes.len() as u64;
        eprintln!(
            "{name}: {size} bytes, at most {peak} in memory, {}.{:02} times",
            peak / size,
            peak % size * 100 / size
        );
        assert!(peak > size, "a file that was read is in memory");
        assert!(peak <= size * MAX_RATIO, "{name}: {peak} of {size}");
    }
}

/// Verifies one file and says what that took.
fn measure(file: &Path) {
    let bytes = fs::read(file).unwrap();
    let access = Access::Password(PASSWORD);
    let report = pki::verifier().verify_encrypted(&bytes, &access, now());
    let references = pki::checks(&report, CheckCode::SignatureReferences);
    assert!(!references.is_empty(), "{:?}", pki::not_passed(&report));
    assert!(
        pki::not_passed(&report).is_empty(),
        "{:?}",
        pki::not_passed(&report)
    );
    eprintln!("peak memory: {}", peak().unwrap());
}

/// The most memory that this process ever had, in bytes.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// Of its bytes a tenth inflates to four times all of them.
fn large() -> Vec<u8> {
    let mut runs = Vec::new();
    for byte in picture(SIZE / 25) {
        runs.resize(runs.len() + 100, byte);
    }
    let runs = deflated("Doc_0/Res/Runs.bin", &runs);
    signed([noise(SIZE / 10 * 9), runs])
}

fn noise(length: usize) -> RawEntry {
    RawEntry::stored("Doc_0/Res/Noise.bin", &picture(length))
}

/// Bytes that do not compress, the same each time.
fn picture(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

/// The test license with these files beside it, signed.
fn signed(files: impl IntoIterator<Item = RawEntry>) -> Vec<u8> {
    let license = Archive::read(&pki::unsigned_ofd()).0;
    let mut entries: Vec<_> = license
        .iter()
        .map(|(name, content)| RawEntry::stored(name, content))
        .collect();
    entries.extend(files);
    let signer = &world().signer;
    let request = Request::sign(signer.certificate.clone(), time(SIGNED_AT));
    let pending = prepare(&write_raw(&entries), request).unwrap();
    pending.sign(&signer.key).unwrap()
}

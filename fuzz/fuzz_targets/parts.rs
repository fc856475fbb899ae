//! The files *inside* a package on any bytes. Mutated ZIP files seldom get past their checksums;
//! here the input is a list of files, and the package around them is always sound.
//!
//! A file begins with a line `=== path`; what follows up to the line break before the
//! next such line is its content.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yinxin::Time;
use yinxin::verify::{Outcome, Policy, Verifier};

const HEAD: &[u8] = b"=== ";

fuzz_target!(|input: &[u8]| {
    let package = stored(&files(input));
    let at = Time::from_unix(1_795_420_800).expect("a time in 2026");
    let report = Verifier::new(Policy::basic()).verify(&package, at);
    assert_ne!(report.outcome, Outcome::Passed);
    assert!(report.to_json().starts_with('{'));
});

/// Path and content of each file.
fn files(input: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut heads: Vec<usize> = Vec::new();
    for (place, window) in input.windows(HEAD.len()).enumerate() {
        if window == HEAD && (place == 0 || input[place - 1] == b'\n') {
            heads.push(place);
        }
    }
    let ends = heads.iter().skip(1).copied().chain([input.len()]);
    heads
        .iter()
        .zip(ends)
        .map(|(begin, end)| {
            let file = &input[begin + HEAD.len()..end];
            let line = file.iter().position(|byte| *byte == b'\n');
            let (path, content) = file.split_at(line.unwrap_or(file.len()));
            let content = content.get(1..).unwrap_or_default();
            (path, content.strip_suffix(b"\n").unwrap_or(content))
        })
        .collect()
}

/// A ZIP that stores them, its numbers all right.
fn stored(files: &[(&[u8], &[u8])]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (path, content) in files {
        let path = &path[..path.len().min(1000)];
        let offset = archive.len() as u32;
        // From the flags (UTF-8 names) to the lengths of name and extra field.
        let mut common = vec![0, 8, 0, 0, 0, 0, 0x21, 0x5c];
        common.extend(crc32(content).to_le_bytes());
        common.extend([content.len() as u32; 2].map(u32::to_le_bytes).concat());
        common.extend((path.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        archive.extend(b"PK\x03\x04\x14\x00");
        archive.extend(&common);
        archive.extend(path);
        archive.extend(*content);
        directory.extend(b"PK\x01\x02\x14\x00\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(path);
    }
    let begin = archive.len() as u32;
    archive.extend(&directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([files.len() as u16; 2].map(u16::to_le_bytes).concat());
    archive.extend((directory.len() as u32).to_le_bytes());
    archive.extend(begin.to_le_bytes());
    archive.extend([0, 0]);
    archive
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |mut crc, byte| {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
        crc
    })
}

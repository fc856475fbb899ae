//! SM3 of many messages beside OpenSSL's vectors, where those are at hand.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod common;

use std::path::Path;

use common::with_each_backend;
use yinxin_sm2::digest_many;

#[test]
fn openssl_vectors_come_out_by_every_back_end() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/interop/sm3-vectors.txt");
    let Ok(text) = std::fs::read_to_string(file) else {
        let required = std::env::var_os("YINXIN_REQUIRE_INTEROP").is_some();
        assert!(!required, "no OpenSSL vectors at ../shared/interop");
        eprintln!("no OpenSSL vectors at ../shared/interop: nothing was compared");
        return;
    };
    let values = |name: &'static str| {
        text.split("Digest = SM3\n").skip(1).map(move |block| {
            let mut lines = block.lines();
            bytes(lines.find_map(|line| line.strip_prefix(name)).unwrap())
        })
    };
    let inputs: Vec<Vec<u8>> = values("Input = ").collect();
    let outputs: Vec<Vec<u8>> = values("Output = ").collect();
    assert_eq!(inputs.len(), 8);
    let slices: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
    with_each_backend(|backend| {
        let digests: Vec<_> = digest_many(&slices).iter().map(|d| d.to_vec()).collect();
        assert_eq!(digests, outputs, "{backend:?}");
    });
}

fn bytes(digits: &str) -> Vec<u8> {
    digits
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

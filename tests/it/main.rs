//! The integration tests, one binary.

// What guards the library against hostile input is how a test fails.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

mod architecture;
mod bad_input;
mod crypto_vectors;
mod document_time_stamps;
mod forgeries;
mod interop;
mod issuance;
mod key_files;
mod oracle_openssl;
mod oracles;
#[path = "../pki/mod.rs"]
mod pki;
mod report;
mod vectors;

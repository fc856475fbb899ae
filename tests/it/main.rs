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

mod affixing;
mod architecture;
mod bad_input;
mod crypto_vectors;
mod document_time_stamps;
mod encryption;
mod examples;
mod forgeries;
mod gallery;
mod integrity;
mod interop;
mod issuance;
mod key_files;
mod memory;
mod monotone;
mod mutation;
mod oracle_openssl;
mod oracles;
mod paths_compared;
mod pdf_forgeries;
#[path = "../pki/mod.rs"]
mod pki;
mod pkits;
mod report;
mod trust_lists;
mod vectors;

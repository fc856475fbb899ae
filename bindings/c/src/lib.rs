//! The C interface of yinxin: `include/yinxin.h` is written from this crate.
//!
//! A thin face: an exported function takes its arguments over the border (`border.rs`), makes one
//! call of the library, and gives the result back. What a caller may rely on, and what the
//! functions rely on, are the ten conventions of `bindings/c/README.md`; comments on `unsafe`
//! blocks name them by number.
// Names of C types.
#![allow(non_camel_case_types)]
// Exported by name, and not through paths of Rust.
#![allow(unreachable_pub)]
// What is safe is said once, by the conventions, and not at each of the functions.
#![allow(clippy::missing_safety_doc)]

mod border;
mod bytes;
mod certificate;
mod certificate_make;
mod code;
mod draft;
mod encryption;
pub mod enums;
mod error;
mod evidence;
#[cfg(feature = "test-hooks")]
mod hooks;
mod key;
mod library;
mod pack;
mod path;
mod pending;
mod profile;
mod report;
mod request;
mod seal;
mod seal_make;
mod status;
mod trust;
mod verifier;
mod verifier_status;

#![doc = include_str!("../README.md")]
// Only the back-ends for particular processors are allowed it.
#![deny(unsafe_code)]

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod adx;
mod backend;
mod batch;
mod budget;
mod digits;
mod field;
mod key;
#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod lanes;
mod limbs;
mod multiple;
mod multiply;
mod point;
mod scalar;
mod sums;
mod tables;

pub use backend::Backend;
pub use batch::{Item, verify_batch};
pub use key::{InvalidKey, InvalidSignature, TABLE_MEMORY, VerifyingKey};

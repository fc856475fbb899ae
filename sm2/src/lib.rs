#![doc = include_str!("../README.md")]
// Only the back-ends for particular processors are allowed it.
#![deny(unsafe_code)]

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod adx;
mod backend;
mod budget;
mod digits;
mod field;
mod key;
mod limbs;
mod multiple;
mod multiply;
mod point;
mod scalar;
mod tables;

pub use backend::Backend;
pub use key::{InvalidKey, InvalidSignature, TABLE_MEMORY, VerifyingKey};

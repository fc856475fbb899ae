#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod budget;
mod digits;
mod field;
mod key;
mod limbs;
mod multiply;
mod point;
mod scalar;
mod tables;

pub use key::{InvalidKey, InvalidSignature, TABLE_MEMORY, VerifyingKey};

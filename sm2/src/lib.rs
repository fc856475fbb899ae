#![doc = include_str!("../README.md")]
// Only the back-ends for particular processors are allowed it.
#![deny(unsafe_code)]

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod adx;
mod backend;
mod batch;
mod budget;
mod digest;
mod digits;
mod field;
mod fixed;
mod invert;
mod key;
#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod lanes;
mod limbs;
mod messages;
mod multiple;
mod multiply;
#[cfg(feature = "rayon")]
mod parallel;
mod point;
mod scalar;
#[cfg_attr(yinxin_sm2_ctgrind, allow(unsafe_code))]
mod secret;
mod sign;
mod sums;
mod tables;

pub use backend::Backend;
pub use batch::{Item, verify_batch};
pub use digest::{digest_many, digest_many_joined};
pub use key::{InvalidKey, InvalidSignature, TABLE_MEMORY, VerifyingKey};
pub use messages::{Message, verify_messages};
#[cfg(feature = "rayon")]
pub use parallel::{verify_batch_parallel, verify_messages_parallel};
pub use sign::SigningKey;

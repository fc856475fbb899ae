//! yinxin (印信)
#![forbid(unsafe_code)]

pub mod asn1;
pub mod crypto;
mod error;
mod finding;
pub mod ses;
mod time;

pub use error::{Error, ErrorKind, Result};
pub use finding::{Finding, FindingClass, FindingCode};
pub use time::Time;

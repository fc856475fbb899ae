//! yinxin (印信)
#![forbid(unsafe_code)]

pub mod asn1;
pub mod crypto;
mod error;
mod finding;
pub mod license;
pub mod seal;
pub mod template;
pub mod ofd;
pub mod pki;
pub mod pdf;
mod time;
pub mod trust;

pub use error::{Error, ErrorKind, Result};
pub use finding::{Finding, FindingClass, FindingCode};
pub use time::Time;

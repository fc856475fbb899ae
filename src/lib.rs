//! yinxin (印信)
#![forbid(unsafe_code)]

pub mod asn1;
pub mod crypto;
mod error;
mod finding;
pub mod issue;
pub mod license;
pub mod ofd;
pub mod pdf;
pub mod pki;
pub mod seal;
pub mod ses;
pub mod sign;
pub mod template;
mod time;
pub mod trust;
pub mod verify;

pub use error::{Error, ErrorKind, Result};
pub use finding::{Finding, FindingClass, FindingCode};
pub use time::Time;

//! Certificates, revocation lists, signed messages and time stamp tokens: reading them byte-exact,
//! checking one signature at a time, and making them.
//!
//! Nothing here holds a policy or knows the time. Whether a certificate is *trusted* is asked of
//! [`trust`](crate::trust).

mod ber;
mod build;
mod certificate;
pub mod cms;
mod crl;
mod extension;
mod name;
#[cfg(test)]
pub(crate) mod testing;
mod timestamp;
mod x509;

pub use build::{CertificateBuilder, CrlBuilder, PendingCertificate, PendingCrl};
pub use certificate::{Certificate, Version};
pub use crl::{Crl, CrlScope, RevocationReason, Revoked};
pub use extension::{AuthorityKeyId, BasicConstraints, Extension, KeyUsage};
pub use name::{Name, NameAttribute};
pub use timestamp::{TimeStampCheck, TimeStampFailure, TimeStampRequest, TimeStampToken, TstInfo};

#[cfg(test)]
mod tests;

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
mod distribution_point;
mod extension;
mod general_name;
mod memory;
mod name;
mod name_constraints;
mod ocsp;
mod policy;
#[cfg(test)]
pub(crate) mod testing;
mod timestamp;
mod x509;

pub use build::{CertificateBuilder, CrlBuilder, PendingCertificate, PendingCrl};
pub use certificate::{Certificate, Version};
pub use crl::{Crl, RevocationReason, Revoked};
pub use distribution_point::{DistributionPoint, IssuingPoint, PointName, ReasonSet};
pub use extension::{AuthorityKeyId, BasicConstraints, Extension, KeyUsage};
pub use general_name::GeneralName;
pub(crate) use memory::CertificateMemory;
pub use name::{Name, NameAttribute};
pub use name_constraints::NameConstraints;
pub use ocsp::{OcspAnswer, OcspResponse, OcspStatus, Responder};
pub use policy::{CertificatePolicy, PolicyConstraints, PolicyMapping};
pub use timestamp::{TimeStampCheck, TimeStampFailure, TimeStampRequest, TimeStampToken, TstInfo};

#[cfg(test)]
mod tests;

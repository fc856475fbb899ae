//! Electronic seals and seal signatures as bytes: `SESeal` and `SES_Signature` in the layouts of
//! GM/T 0031-2014, GB/T 38540-2020 and GM/T 0031-2025.
//!
//! Here a structure is read, written, and its one signature checked under a key the caller hands
//! in. Certificate chains, validity and lists of trust are judged elsewhere. Reading keeps every
//! byte, since signatures cover bytes, and names each departure from the standard as a
//! [`Finding`](crate::Finding) whose place is a path of the standard's own field names, such as
//! `toSign.eseal.eSealInfo.property.certListType`. Writing is strict DER in schema order.

mod certificates;
mod field;
mod layout;
mod limits;
mod seal;
mod signature;
#[cfg(test)]
mod tests;
mod time;
mod value;
mod write;
mod write_seal;
mod write_signature;

pub use certificates::{CertificateDigest, CertificateList, Listed};
pub use layout::{BlobKind, Layout, recognize};
pub use seal::{Picture, SealHeader, SealInfo, SesExtension, SesSeal};
pub use signature::SesSignature;
pub use time::{SesTime, SesTimeKind};
pub use value::signature_algorithm;
pub use write_seal::{SealDraft, UnsignedSeal};
pub use write_signature::{SignatureDraft, UnsignedSignature};

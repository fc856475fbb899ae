//! Encrypting OFD packages and opening them (GM/T 0099-2020 7.3).
//!
//! Every file of a package is encrypted with SM4 in CBC mode under one new key. That key is
//! wrapped for each recipient: under a password (scheme 1.1.1), or under the SM2 key of a
//! certificate (scheme 1.1.2).
//!
//! What the standard's scheme does **not** give: a ciphertext carries no authentication, so
//! whether the document is what it was is for the signatures inside to say; and a password is
//! stretched by a single digest without salt, so that anyone who holds the file can try millions
//! of passwords a second. Give long random ones, or encrypt to certificates.

mod lock;
mod open;

pub use lock::Encryptor;
pub(crate) use open::open;
pub use open::{Access, decrypt};

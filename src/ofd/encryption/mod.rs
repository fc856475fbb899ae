//! Encrypted packages (GM/T 0099-2020 7.3).
//!
//! Three files at the package's root tell how: Encryptions.xml, in the clear, leads to a key
//! description, where each recipient's copy of the file key stands wrapped, and to a map from the
//! paths of the encrypted files to their plain ones, which is encrypted itself. This module reads
//! and writes that structure. Wrapped keys are opaque bytes to it, and what encrypts and decrypts
//! is handed in (`crate::encryption`).

mod open;
mod read;
mod write;

pub use open::{Decrypt, Decrypted};
pub use read::{Encryption, EncryptionScheme, Recipient};
pub use write::EncryptionOptions;

use crate::error::Error;

/// Where readers begin.
const ENTRY_FILE: &str = "Encryptions.xml";

/// Recipients of one package: each may cost its reader an operation with a private key.
const MAX_RECIPIENTS: usize = 256;

fn too_many_recipients() -> Error {
    Error::limit("recipients", 256)
}

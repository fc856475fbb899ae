//! OFD packages (GB/T 33190-2016): reading what is there, byte for byte, and writing new ones.
//!
//! A [`Package`] is the ZIP container, read strictly: whatever two readers could take for two
//! documents is refused. A [`Document`] is what the package displays: every file that OFD.xml
//! leads to, with its role. [`SignatureList`] holds what the signatures say they cover, and
//! [`IntegrityFile`] the list of files of GM/T 0099, and [`Encryption`] how an encrypted package
//! is put together. Signatures, seals, pictures and wrapped keys are opaque bytes here; no digest is
//! judged, no key is used and no trust is decided.
//!
//! The other way, [`OfdBuilder`] writes a document and [`SignatureDraft`] adds a signature to any
//! package without changing a byte that an earlier signature covers.

mod document;
mod encryption;
mod inflate;
mod integrity;
mod location;
mod names;
mod package;
mod resources;
mod sheet;
mod sign;
mod signatures;
mod tags;
mod text;
mod tree;
mod write;
mod xml;
mod zip;

pub use document::{Body, CustomData, Document, DocumentInfo};
pub use encryption::{
    Decrypt, Decrypted, Encryption, EncryptionOptions, EncryptionScheme, Recipient,
};
pub use integrity::{IntegrityDraft, IntegrityFile};
pub use location::PackagePath;
pub use package::{Limits, Package};
pub use sheet::PageSize;
pub use sign::{Lock, SignatureDraft, SignatureOptions, StampPlace};
pub use signatures::{
    Area, Provider, Reference, SignatureEntry, SignatureFile, SignatureKind, SignatureList, Stamp,
};
pub use tags::{ObjectReference, TagFile, TaggedText};
pub use text::TextHit;
pub use tree::{Attachment, Fault, Page, ReachedFile, Role, View};
pub use write::{
    Color, FontFace, Image, OfdBuilder, PageContent, PageObject, PathStep, Shape, Stroke, Text,
};

use crate::error::{Error, ErrorKind};

/// Two readers could take the same bytes for two documents; `cause` names why.
pub(crate) fn ambiguous(cause: &'static str) -> Error {
    Error::new(
        ErrorKind::Ambiguous,
        "the package can be read as two different documents",
    )
    .with("cause", cause)
}

/// The package is not well formed; `cause` names where.
fn malformed(cause: &'static str) -> Error {
    Error::malformed("the package is malformed").with("cause", cause)
}

#[cfg(test)]
mod document_tests;
#[cfg(test)]
mod package_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod write_tests;

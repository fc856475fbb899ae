//! What a license says: its identifier, metadata, catalog entry, status, and the codes in them.
//!
//! Two directions, two types. [`Metadata`] is what an issuer states: complete, consistent and
//! strictly checked before it exists. [`Claims`] is what a verifier reads back from a document:
//! partial, hostile, and only ever compared, never believed.
//!
//! Check digits find typing errors. They prove no authenticity: a well-formed number is not a
//! true one.

mod catalog;
mod claims;
pub mod codes;
mod date;
mod elements;
mod id;
mod json;
mod metadata;
mod status;
mod text;

pub use catalog::{Catalog, CatalogEntry, Certainty, FaceField, HolderScope};
pub use claims::{Claims, DateClaim, FieldClaim, HolderClaim, IssuerClaim};
pub use date::Date;
pub use id::{CheckCharacter, IssuerPart, LicenseId};
pub use metadata::{
    AnnotatedCopy, AnnotatedCopyParts, Field, Holder, HolderParts, Issuer, IssuerParts, Metadata,
    MetadataParts, RelatedItem, Sealing, SealingParts,
};
pub use status::{LicenseStatus, NormalizedStatus, Standing, StatusCodes};

pub(crate) use elements::Element;

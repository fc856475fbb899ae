//! PDF files (ISO 32000-1): written new, read strictly revision by revision, and signed by
//! incremental updates that change no byte that was there.
//!
//! Signature values, pictures and embedded files are opaque bytes here. What a signature covers
//! is judged in [`signature`](SignedRange); whether its value is good is not this module's
//! question.

mod diff;
mod encryption;
mod font;
mod limits;
mod read;
mod signature;
mod syntax;
mod update;
mod write;

pub use diff::{Cause, Change, ChangeKind, Preparation, PreparationKind};
pub use font::Font;
pub use read::{Document, EmbeddedFile, FieldText, Metadata, Page, Revision, View};
pub use signature::{
    ClaimedTime, FieldLock, Permission, RangeProblem, Signature, SignatureField, SignedRange,
};
pub use syntax::Ref;
pub use update::{Place, PreparedSignature, SignatureOptions, Update, add_signature, sub_filter};
pub use write::{
    Attachment, DocumentContent, OutputProfile, PageContent, PageObject, PathObject, PictureObject,
    Segment, Stroke, TextObject, write_document,
};

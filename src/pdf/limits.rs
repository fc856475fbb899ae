//! The limits of the reader, each with its reason.

/// Largest file, in bytes: far above any license, and small enough to hold in memory.
pub(crate) const FILE: usize = 256 << 20;

/// Deepest nesting of arrays and dictionaries, of page trees, name trees and form fields.
/// Real documents stay below 20; the bound keeps the stack small.
pub(crate) const NESTING: usize = 64;

/// Values in one indirect object, so that a file of zeros between brackets cannot fill memory.
pub(crate) const VALUES: usize = 1_000_000;

/// Bytes of a name. The format's own advice is 127.
pub(crate) const NAME: usize = 4096;

/// Revisions of one file: 20 times what a document that travels through an agency collects.
pub(crate) const REVISIONS: usize = 1000;

/// Cross-reference entries over all revisions.
pub(crate) const OBJECTS: usize = 1_000_000;

/// Inflated bytes of one stream.
pub(crate) const INFLATED: usize = 64 << 20;

/// Inflated bytes of all object streams of a file, which stay in memory together.
pub(crate) const INFLATED_TOTAL: usize = 256 << 20;

/// Inflated bytes for each deflated one; text and tables stay below 20.
pub(crate) const RATIO: usize = 100;

/// Streams may inflate to this size whatever their ratio: long runs in small tables are normal.
pub(crate) const RATIO_FREE: usize = 256 << 10;

/// References followed from one value to the next before it counts as a loop.
pub(crate) const REFERENCE_HOPS: usize = 8;

/// Pages of one document.
pub(crate) const PAGES: usize = 100_000;

/// Form fields of one document.
pub(crate) const FIELDS: usize = 100_000;

/// Signatures of one document.
pub(crate) const SIGNATURES: usize = 256;

/// Bytes of one signature value: a CMS with chain, revocation lists and time stamp fits well.
pub(crate) const SIGNATURE_VALUE: usize = 1 << 20;

/// Embedded files of one document.
pub(crate) const EMBEDDED_FILES: usize = 10_000;

/// Bytes of content of one page that are searched for bound text.
pub(crate) const PAGE_CONTENT: usize = 64 << 20;

/// Depth of nested marked content.
pub(crate) const MARKED_CONTENT: usize = 256;

/// Code-to-character pairs of one font.
pub(crate) const CMAP_PAIRS: usize = 1_000_000;

/// Pixels of one picture to embed: an A4 page at 400 dots an inch.
pub(crate) const PIXELS: u64 = 16_000_000;

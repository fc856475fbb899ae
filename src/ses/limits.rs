//! How much of everything a seal or a seal signature may hold.

/// A whole blob. Real ones have some 20 KiB; the largest pictures known stay below 2 MiB.
pub(super) const MAX_BLOB: usize = 16 << 20;

/// Certificates or digests in a seal's list. A large authority gives a seal to some hundred
/// clerks.
pub(super) const MAX_CERTIFICATES: usize = 1024;

/// Vendor extensions of one structure. Real files have up to five.
pub(super) const MAX_EXTENSIONS: usize = 64;

/// Bytes of one name or code. Registered seal names are below 200.
pub(super) const MAX_TEXT: usize = 1024;

/// Bytes of `propertyInfo`: a path in most files, a small JSON object in others.
pub(super) const MAX_PROPERTY_INFO: usize = 64 << 10;

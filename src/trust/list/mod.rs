//! Trust lists (信任列表): who is believed for what, signed, versioned and checked offline.
//!
//! A caller pins one [`TrustRoot`]: the keys that may sign lists, and how many of them must. With
//! it a [`TrustState`] takes in lists: each must be signed by enough of those keys, be of the same
//! name and environment, not be older than the one in force, and follow from it. A list that fails
//! leaves the old one in force. The state is a value that the caller keeps; nothing here has a
//! clock or a store.
//!
//! What a list says of a certificate has a history, so that an old license stays verifiable under
//! what held when it was sealed, and a scope: regions, issuing bodies and license types.

mod entry;
mod envelope;
mod organization;
mod pack;
mod root;
mod scope;
mod signed;
mod state;
mod wire;

pub use entry::{EntryKind, Period, Standing, TrustEntry};
pub use envelope::{Envelope, PayloadKind};
pub use organization::Organization;
pub use pack::{PackContents, PackParts, TrustPack};
pub use root::{Environment, KeyId, Quorum, RootKey, TrustRoot};
pub use scope::{Extent, Scope};
pub use signed::TrustList;
pub use state::{Freshness, FreshnessLimits, TrustState};

#[cfg(test)]
mod tests;

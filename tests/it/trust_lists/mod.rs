//! What verdicts make of a trust list.

mod anchors;
mod authority;

//! Batches by several cores, where the feature `rayon` is on.
//!
//! Functions of their own: a feature that some other crate turns on must not give threads to programs
//! that did not ask for them.

use rayon::prelude::*;

use crate::batch::{Item, verify_batch};
use crate::key::InvalidSignature;
use crate::messages::{Message, verify_messages};

/// Parts are multiples of this: whole groups of what is verified together, in lanes or by shared
/// inversions.
const GROUP: usize = 64;

/// Parts for each thread, so that one that is held up leaves work to others.
const PARTS: usize = 4;

/// As [`verify_batch`], by the threads of rayon's pool: the same verdicts in the same order.
#[must_use]
pub fn verify_batch_parallel(items: &[Item<'_>]) -> Vec<Result<(), InvalidSignature>> {
    in_parts(items, verify_batch)
}

/// As [`verify_messages`], by the threads of rayon's pool: the same verdicts in the same order.
#[must_use]
pub fn verify_messages_parallel(messages: &[Message<'_>]) -> Vec<Result<(), InvalidSignature>> {
    in_parts(messages, verify_messages)
}

fn in_parts<I: Sync, R: Send>(inputs: &[I], work: impl Fn(&[I]) -> Vec<R> + Send + Sync) -> Vec<R> {
    let parts = rayon::current_num_threads().saturating_mul(PARTS).max(1);
    let size = inputs.len().div_ceil(parts).next_multiple_of(GROUP);
    inputs
        .par_chunks(size.max(GROUP))
        .flat_map_iter(work)
        .collect()
}

//! How much memory the tables of all keys together may take.

use std::sync::atomic::{AtomicUsize, Ordering};

/// An amount of memory that many threads draw on.
#[derive(Debug)]
pub(crate) struct Budget {
    used: AtomicUsize,
    limit: usize,
}

impl Budget {
    pub(crate) const fn new(limit: usize) -> Self {
        Self {
            used: AtomicUsize::new(0),
            limit,
        }
    }

    /// Sets bytes apart until the share is dropped. `None` when the limit would be passed.
    pub(crate) fn take(&'static self, bytes: usize) -> Option<Share> {
        let within = |used: usize| used.checked_add(bytes).filter(|sum| *sum <= self.limit);
        // The counter guards no other memory, hence no ordering.
        self.used
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, within)
            .ok()?;
        Some(Share {
            budget: self,
            bytes,
        })
    }
}

/// Bytes of a budget in use.
#[derive(Debug)]
pub(crate) struct Share {
    budget: &'static Budget,
    bytes: usize,
}

impl Drop for Share {
    fn drop(&mut self) {
        self.budget.used.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dropped_can_be_taken_again_and_no_more() {
        static BUDGET: Budget = Budget::new(100);
        let first = BUDGET.take(60).unwrap();
        assert!(BUDGET.take(41).is_none());
        assert!(BUDGET.take(usize::MAX).is_none());
        let second = BUDGET.take(40).unwrap();
        assert!(BUDGET.take(1).is_none());
        drop(first);
        assert!(BUDGET.take(61).is_none());
        let third = BUDGET.take(60).unwrap();
        drop((second, third));
        assert!(BUDGET.take(100).is_some());
    }
}

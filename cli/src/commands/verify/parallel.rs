//! Work on many inputs by all cores, its results in the order of the inputs.

use std::iter;
use std::mem;
use std::num::NonZero;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// Results that a worker hands over at once: each time wakes who takes them, which costs as much as
/// a small part of a document.
const AT_ONCE: usize = 16;
/// Who waits for results is not kept waiting longer for others to join them.
const PATIENCE: Duration = Duration::from_millis(20);
/// Handfuls that a worker may be ahead of what was taken. With them the memory in use is bounded,
/// however many inputs there are.
const AHEAD: usize = 2;

/// Calls `take` with each input's number, the input and what `work` makes of it, in order.
///
/// # Errors
/// The first one of `take`; the work that has not begun by then is left.
pub(super) fn in_order<I: Sync, R: Send, E>(
    inputs: &[I],
    work: impl Fn(&I) -> R + Sync,
    mut take: impl FnMut(usize, &I, R) -> Result<(), E>,
) -> Result<(), E> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let workers = cores.min(inputs.len());
    if workers < 2 {
        return inputs
            .iter()
            .enumerate()
            .try_for_each(|(index, input)| take(index, input, work(input)));
    }
    thread::scope(|scope| {
        // Each worker has every so-manieth input, and a queue of its own.
        let mut queues: Vec<_> = (0..workers)
            .map(|worker| {
                let (sender, receiver) = sync_channel(AHEAD);
                let work = &work;
                scope.spawn(move || {
                    let inputs = inputs.iter().skip(worker).step_by(workers);
                    hand_over(inputs.map(work), &sender);
                });
                let mut at_hand = Vec::new().into_iter();
                iter::from_fn(move || {
                    at_hand.next().or_else(|| {
                        let results: Vec<R> = receiver.recv().ok()?;
                        at_hand = results.into_iter();
                        at_hand.next()
                    })
                })
            })
            .collect();
        let mut inputs = inputs.iter().enumerate();
        loop {
            for queue in &mut queues {
                let Some((index, input)) = inputs.next() else {
                    return Ok(());
                };
                // A worker that ends early has panicked, which the scope passes on.
                let Some(result) = queue.next() else {
                    return Ok(());
                };
                take(index, input, result)?;
            }
        }
    })
}

/// Sends results by the handful, until nobody takes any more.
fn hand_over<R>(results: impl Iterator<Item = R>, sender: &SyncSender<Vec<R>>) {
    let mut ready = Vec::with_capacity(AT_ONCE);
    let mut since = Instant::now();
    for result in results {
        ready.push(result);
        if ready.len() == AT_ONCE || since.elapsed() > PATIENCE {
            let full = mem::replace(&mut ready, Vec::with_capacity(AT_ONCE));
            if sender.send(full).is_err() {
                return;
            }
            since = Instant::now();
        }
    }
    // Who takes no more needs no last results.
    let _ = sender.send(ready);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_come_in_order_whatever_they_take() {
        for count in [0, 1, 2, 3, 100] {
            let inputs: Vec<u64> = (0..count).collect();
            let mut seen = Vec::new();
            let done: Result<(), ()> = in_order(
                &inputs,
                |input| {
                    thread::sleep(Duration::from_micros(input * 7 % 50));
                    input * 2
                },
                |index, input, result| {
                    seen.push((index as u64, *input, result));
                    Ok(())
                },
            );
            assert_eq!(done, Ok(()));
            let expected: Vec<_> = (0..count).map(|input| (input, input, input * 2)).collect();
            assert_eq!(seen, expected);
        }
    }

    #[test]
    fn workers_stop_when_nobody_takes_any_more() {
        let inputs: Vec<usize> = (0..10_000).collect();
        let begun = AtomicUsize::new(0);
        let done = in_order(
            &inputs,
            |_| begun.fetch_add(1, Ordering::Relaxed),
            |index, _, _| if index < 5 { Ok(()) } else { Err(index) },
        );
        assert_eq!(done, Err(5));
        assert!(begun.into_inner() < 9_000);
    }
}

//! Work on many inputs by all cores, its results in the order of the inputs.

use std::num::NonZero;
use std::sync::mpsc::sync_channel;
use std::thread;

/// Results that a worker may be ahead of what was taken. With them the memory in use is bounded,
/// however many inputs there are.
const AHEAD: usize = 16;

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
        let queues: Vec<_> = (0..workers)
            .map(|worker| {
                let (sender, receiver) = sync_channel(AHEAD);
                let work = &work;
                scope.spawn(move || {
                    for input in inputs.iter().skip(worker).step_by(workers) {
                        // Nobody takes any more.
                        if sender.send(work(input)).is_err() {
                            return;
                        }
                    }
                });
                receiver
            })
            .collect();
        for ((index, input), queue) in inputs.iter().enumerate().zip(queues.iter().cycle()) {
            // A worker that ends early has panicked, which the scope passes on.
            let Ok(result) = queue.recv() else { break };
            take(index, input, result)?;
        }
        Ok(())
    })
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
                    thread::sleep(std::time::Duration::from_micros(input * 7 % 50));
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

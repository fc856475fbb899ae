//! SM3 digests of many messages at a time (GB/T 32905-2016).
//!
//! Each round of SM3 waits for the one before. Messages have nothing to wait for from each other: in
//! the vectors that a processor has, eight or sixteen are hashed side by side. A message that ends
//! makes room for the next, the longest first, so that few are left alone in the end.
//!
//! Two messages in turns without vectors gain nothing: they need more registers than there are.

mod compress;
mod stream;
#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod vectors;

use compress::compress;
use stream::{BLOCK, Stream};

#[cfg(target_arch = "x86_64")]
use crate::backend::{Adx, Ifma};

/// The state before the first block.
const INITIAL: [u32; 8] = [
    0x7380_166f,
    0x4914_b2b9,
    0x1724_42d7,
    0xda8a_0600,
    0xa96f_30bc,
    0x1631_38aa,
    0xe38d_ee4d,
    0xb0fb_0e4e,
];

/// Messages that vectors are worth: even two of many lanes are quicker than one after the other.
#[cfg(target_arch = "x86_64")]
const FEWEST: usize = 2;

/// The SM3 digest of each message, in their order.
///
/// For public data: what is copied of the messages is not wiped.
#[must_use]
pub fn digest_many(messages: &[&[u8]]) -> Vec<[u8; 32]> {
    let streams = messages
        .iter()
        .map(|message| (message.len(), Stream::new(std::slice::from_ref(message))));
    digest_streams(streams)
}

/// As [`digest_many`] of messages each given by its parts, which are hashed as if joined.
#[must_use]
pub fn digest_many_joined(messages: &[&[&[u8]]]) -> Vec<[u8; 32]> {
    let length = |parts: &[&[u8]]| {
        parts
            .iter()
            .fold(0, |sum: usize, part| sum.saturating_add(part.len()))
    };
    let streams = messages
        .iter()
        .map(|parts| (length(parts), Stream::new(parts)));
    digest_streams(streams)
}

/// Digests of streams, each with the length of its message.
fn digest_streams<'a>(messages: impl Iterator<Item = (usize, Stream<'a>)>) -> Vec<[u8; 32]> {
    let mut tasks: Vec<(usize, Task<'a>)> = messages
        .enumerate()
        .map(|(index, (length, stream))| (length, Task::new(index, stream)))
        .collect();
    // The longest first; they are taken from the end.
    tasks.sort_by_key(|(length, _)| *length);
    let mut work = Work {
        digests: vec![[0; 32]; tasks.len()],
        waiting: tasks.into_iter().map(|(_, task)| task).collect(),
    };
    work.run();
    work.digests
}

/// A message being hashed.
struct Task<'a> {
    index: usize,
    stream: Stream<'a>,
    /// As of when it was last in no lane.
    state: [u32; 8],
}

impl<'a> Task<'a> {
    fn new(index: usize, stream: Stream<'a>) -> Self {
        Self {
            index,
            stream,
            state: INITIAL,
        }
    }
}

/// What is left to do, and the results.
struct Work<'a> {
    waiting: Vec<Task<'a>>,
    digests: Vec<[u8; 32]>,
}

/// The states of messages side by side: for each word that of every message.
type States<const N: usize> = [[u32; N]; 8];

impl Work<'_> {
    fn run(&mut self) {
        #[cfg(target_arch = "x86_64")]
        if let Some(ifma) = Ifma::get() {
            self.side_by_side(FEWEST, |states, blocks| {
                vectors::compress_16(ifma, states, blocks);
            });
        } else if let Some(adx) = Adx::get() {
            self.side_by_side(FEWEST, |states, blocks| {
                vectors::compress_8(adx, states, blocks);
            });
        }
        self.side_by_side(1, compress_one);
    }

    /// In `N` lanes, until fewer messages than `fewest` are left.
    fn side_by_side<const N: usize>(
        &mut self,
        fewest: usize,
        compress: impl Fn(&mut States<N>, &[&[[u8; BLOCK]]; N]),
    ) {
        let mut lanes: [Option<Task<'_>>; N] = [const { None }; N];
        let mut states = [[0; N]; 8];
        while let Some(blocks) = self.refill(&mut lanes, &mut states, fewest) {
            advance(&mut lanes, &mut states, blocks, &compress);
        }
    }
}

impl<'a> Work<'a> {
    /// Gives lanes whose messages have ended to the next ones, and tells how many blocks all have
    /// ready. With fewer messages than `fewest` it puts them back instead.
    fn refill<const N: usize>(
        &mut self,
        lanes: &mut [Option<Task<'a>>; N],
        states: &mut States<N>,
        fewest: usize,
    ) -> Option<usize> {
        let (mut busy, mut blocks) = (0, usize::MAX);
        for (lane, place) in lanes.iter_mut().enumerate() {
            if let Some(ended) = place.take_if(|task| task.stream.ready() == 0) {
                self.finish(ended.index, state_of(states, lane));
            }
            if place.is_none() {
                *place = self.waiting.pop();
                if let Some(task) = place {
                    set_state(states, lane, task.state);
                }
            }
            if let Some(task) = place {
                busy += 1;
                blocks = blocks.min(task.stream.ready());
            }
        }
        if busy >= fewest {
            return Some(blocks);
        }
        for (lane, place) in lanes.iter_mut().enumerate() {
            self.waiting.extend(place.take().map(|task| Task {
                state: state_of(states, lane),
                ..task
            }));
        }
        None
    }

    fn finish(&mut self, index: usize, state: [u32; 8]) {
        if let Some(digest) = self.digests.get_mut(index) {
            for (bytes, word) in digest.as_chunks_mut().0.iter_mut().zip(state) {
                *bytes = word.to_be_bytes();
            }
        }
    }
}

/// The state of one lane's message.
fn state_of<const N: usize>(states: &States<N>, lane: usize) -> [u32; 8] {
    states
        .each_ref()
        .map(|words| words.get(lane).copied().unwrap_or_default())
}

fn set_state<const N: usize>(states: &mut States<N>, lane: usize, state: [u32; 8]) {
    for (words, word) in states.iter_mut().zip(state) {
        if let Some(place) = words.get_mut(lane) {
            *place = word;
        }
    }
}

/// So many blocks of every lane. Lanes without a message do the work of another once more.
fn advance<const N: usize>(
    lanes: &mut [Option<Task<'_>>; N],
    states: &mut States<N>,
    count: usize,
    compress: impl Fn(&mut States<N>, &[&[[u8; BLOCK]]; N]),
) {
    let mut blocks = lanes.each_mut().map(|lane| {
        lane.as_mut()
            .map_or(&[][..], |task| task.stream.take(count))
    });
    let any = blocks.into_iter().find(|blocks| !blocks.is_empty());
    for place in &mut blocks {
        if place.is_empty() {
            *place = any.unwrap_or_default();
        }
    }
    compress(states, &blocks);
}

/// Compresses the blocks of one message.
fn compress_one(states: &mut States<1>, [blocks]: &[&[[u8; BLOCK]]; 1]) {
    let mut state = states.map(|[word]| word);
    for block in *blocks {
        let mut words = [0; 16];
        for (word, bytes) in words.iter_mut().zip(block.as_chunks().0) {
            *word = u32::from_be_bytes(*bytes);
        }
        state = compress(state, words);
    }
    *states = state.map(|word| [word]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::testing::with_each;
    use proptest::prelude::*;
    use sm3::{Digest, Sm3};

    fn by_sm3(message: &[u8]) -> [u8; 32] {
        Sm3::digest(message).into()
    }

    fn bytes(length: usize, seed: usize) -> Vec<u8> {
        (0..length)
            .map(|at| (at * 31 + seed * 7 + (at >> 8)).to_le_bytes()[0])
            .collect()
    }

    /// Digests by every back-end beside those of the crate `sm3`.
    fn check(messages: &[Vec<u8>]) {
        let expected: Vec<_> = messages.iter().map(|message| by_sm3(message)).collect();
        let slices: Vec<&[u8]> = messages.iter().map(Vec::as_slice).collect();
        with_each(|backend| assert_eq!(digest_many(&slices), expected, "{backend:?}"));
    }

    #[test]
    fn the_examples_of_the_standard_come_out() {
        // GB/T 32905-2016 annex A.
        let long = [b"abcd".as_slice(); 16].concat();
        let expected = [
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
            "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
        ];
        with_each(|_| {
            let digests = digest_many(&[b"abc", &long]);
            let texts: Vec<_> = digests
                .iter()
                .map(|digest| digest.map(|byte| format!("{byte:02x}")).concat())
                .collect();
            assert_eq!(texts, expected);
        });
    }

    #[test]
    fn every_length_around_the_ends_of_blocks() {
        check(
            &(0..300)
                .map(|length| bytes(length, length))
                .collect::<Vec<_>>(),
        );
    }

    #[test]
    fn every_number_of_messages() {
        for count in 0..40 {
            check(
                &(0..count)
                    .map(|seed| bytes(seed * 97, seed))
                    .collect::<Vec<_>>(),
            );
        }
    }

    #[test]
    fn a_long_message_among_short_ones() {
        let mut messages: Vec<_> = (0..50).map(|seed| bytes(seed, seed)).collect();
        messages.push(bytes(100_000, 3));
        messages.push(bytes(30_001, 4));
        check(&messages);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn any_messages_are_digested(lengths in prop::collection::vec(0..1000_usize, 0..60)) {
            let messages: Vec<_> = lengths.iter().enumerate().map(|(i, l)| bytes(*l, i)).collect();
            check(&messages);
        }

        #[test]
        fn parts_are_joined(
            messages in prop::collection::vec(prop::collection::vec(0..200_usize, 0..6), 0..20),
        ) {
            let messages: Vec<Vec<Vec<u8>>> = messages
                .iter()
                .map(|parts| parts.iter().map(|length| bytes(*length, length + 1)).collect())
                .collect();
            let expected: Vec<_> = messages.iter().map(|parts| by_sm3(&parts.concat())).collect();
            let slices: Vec<Vec<&[u8]>> = messages
                .iter()
                .map(|parts| parts.iter().map(Vec::as_slice).collect())
                .collect();
            let slices: Vec<&[&[u8]]> = slices.iter().map(Vec::as_slice).collect();
            with_each(|backend| {
                assert_eq!(digest_many_joined(&slices), expected, "{backend:?}");
            });
        }
    }
}

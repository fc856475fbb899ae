//! A message cut into blocks of 64 bytes, padding included.

/// Bytes of a block.
pub(super) const BLOCK: usize = 64;

/// What is left of a message.
pub(super) struct Stream<'a> {
    parts: std::slice::Iter<'a, &'a [u8]>,
    /// Of the part that was begun.
    rest: &'a [u8],
    /// Bytes of the message so far: all, once its parts are at their end.
    length: u64,
    /// A block with bytes of several parts or with padding.
    block: [u8; BLOCK],
    is_block_ready: bool,
    padding: Padding,
}

/// What has been written of the padding: a one, zeros and the length.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Padding {
    None,
    One,
    All,
}

impl<'a> Stream<'a> {
    pub(super) fn new(parts: &'a [&'a [u8]]) -> Self {
        Self {
            parts: parts.iter(),
            rest: &[],
            length: 0,
            block: [0; BLOCK],
            is_block_ready: false,
            padding: Padding::None,
        }
    }

    /// Whole blocks that lie one after the other in memory; none at the end of the message.
    pub(super) fn ready(&mut self) -> usize {
        if self.is_block_ready {
            return 1;
        }
        if self.rest.is_empty()
            && let Some(next) = self.parts.find(|part| !part.is_empty())
        {
            self.rest = next;
        }
        match self.rest.len() / BLOCK {
            0 if self.padding == Padding::All => 0,
            0 => {
                self.fill_block();
                1
            }
            whole => whole,
        }
    }

    /// The next blocks, not more than are [`ready`](Self::ready).
    pub(super) fn take(&mut self, blocks: usize) -> &[[u8; BLOCK]] {
        if self.is_block_ready {
            self.is_block_ready = false;
            return std::slice::from_ref(&self.block);
        }
        let (taken, rest) = self
            .rest
            .split_at_checked(blocks * BLOCK)
            .unwrap_or_default();
        self.rest = rest;
        self.length = self.length.wrapping_add(taken.len() as u64);
        taken.as_chunks().0
    }

    /// Makes a block of what is left of the message and of its parts to come, or of padding.
    fn fill_block(&mut self) {
        self.block = [0; BLOCK];
        let mut filled = 0;
        while let Some(room) = self.block.get_mut(filled..).filter(|room| !room.is_empty()) {
            if self.rest.is_empty() {
                let Some(next) = self.parts.next() else {
                    break;
                };
                self.rest = next;
            }
            let count = room.len().min(self.rest.len());
            let (now, later) = self.rest.split_at(count);
            room.split_at_mut(count).0.copy_from_slice(now);
            self.rest = later;
            filled += count;
        }
        self.length = self.length.wrapping_add(filled as u64);
        self.pad(filled);
        self.is_block_ready = true;
    }

    /// Writes what fits of the padding behind so many bytes of the block.
    fn pad(&mut self, filled: usize) {
        let Some(end) = self.block.get_mut(filled) else {
            return;
        };
        let mut used = filled;
        if self.padding == Padding::None {
            *end = 0x80;
            used += 1;
            self.padding = Padding::One;
        }
        if used <= BLOCK - 8 {
            let length = self.length.wrapping_mul(8).to_be_bytes();
            self.block
                .split_at_mut(BLOCK - 8)
                .1
                .copy_from_slice(&length);
            self.padding = Padding::All;
        }
    }
}

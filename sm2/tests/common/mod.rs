//! What the tests of the crate share.

#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "each test uses a part"
)]

use std::sync::{Mutex, PoisonError};

use yinxin_sm2::Backend;

pub type Bytes = [u8; 32];

/// Another implementation, holding one private key.
pub trait Other {
    fn new(d: &Bytes, point: &[u8; 65]) -> Self;
    /// r and s, if it signs.
    fn sign(&self, e: &Bytes) -> Option<(Bytes, Bytes)>;
    fn accepts(&self, e: &Bytes, r: &Bytes, s: &Bytes) -> bool;
}

/// n and p.
pub const ORDER: &str = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";
pub const PRIME: &str = "fffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff";

/// Runs with each back-end that the processor has, one such test at a time since the choice is the
/// process's. Says which ones it lacks.
pub fn with_each_backend(mut run: impl FnMut(Backend)) {
    static ONE: Mutex<()> = Mutex::new(());
    let _guard = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    for backend in Backend::ALL {
        if backend > Backend::best() {
            println!("this processor lacks the back-end {}", backend.name());
            continue;
        }
        backend.limit();
        run(backend);
    }
    Backend::best().limit();
}

pub fn hex<const N: usize>(text: &str) -> [u8; N] {
    assert_eq!(text.len(), 2 * N);
    std::array::from_fn(|index| u8::from_str_radix(&text[2 * index..2 * index + 2], 16).unwrap())
}

/// A number and a small one, the sum taken modulo 2²⁵⁶.
pub fn plus(number: Bytes, small: i16) -> Bytes {
    let mut sum = number;
    let mut carry = small;
    for byte in sum.iter_mut().rev() {
        let wide = i16::from(*byte) + carry;
        *byte = wide.rem_euclid(256) as u8;
        carry = wide.div_euclid(256);
    }
    sum
}

/// The next of a sequence of pseudo-random numbers (SplitMix64).
pub struct Random(pub u64);

impl Random {
    pub fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn bytes(&mut self) -> Bytes {
        let mut bytes = [0; 32];
        for chunk in bytes.chunks_exact_mut(8) {
            chunk.copy_from_slice(&self.word().to_be_bytes());
        }
        bytes
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.word() % end as u64) as usize
    }
}

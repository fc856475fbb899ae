//! The sum with AVX2: while numbers are multiplied, which leaves the vectors idle, the table is read
//! for the next digit.

use std::arch::x86_64::{
    __m256i, _mm256_add_epi64, _mm256_and_si256, _mm256_cmpeq_epi64, _mm256_load_si256,
    _mm256_or_si256, _mm256_set1_epi64x, _mm256_setzero_si256, _mm256_store_si256,
};
use std::hint::black_box;

use super::{Entry, PIECES, Pieces, Search, Table, WIDTH, sum_of_digits};
use crate::backend::Adx;
use crate::limbs::Limbs;
use crate::point::Jacobian;

/// Entries read between two multiplications: an eighth of a digit's.
const PIECE: usize = (1 << (WIDTH - 1)) / PIECES;

/// The sum of the multiples that the digits ask for.
pub(super) fn sum(adx: Adx, table: &Table, number: &Limbs) -> Option<Jacobian> {
    // SAFETY: the processor has AVX2, which the token shows.
    unsafe { with_avx2(adx, table, number) }
}

#[target_feature(enable = "avx2")]
fn with_avx2(adx: Adx, table: &Table, number: &Limbs) -> Option<Jacobian> {
    sum_of_digits::<Wide<'_>>(adx, table, number)
}

/// A search in vectors of AVX2.
struct Wide<'a> {
    pieces: std::slice::ChunksExact<'a, Entry>,
    wanted: __m256i,
    at: __m256i,
    x: __m256i,
    y: __m256i,
}

// SAFETY, for all below: the processor has AVX2, as the token that a search is made with shows; an
// entry is 64 bytes at a multiple of 64.
impl<'a> Search<'a> for Wide<'a> {
    type Proof = Adx;

    #[inline(always)]
    fn new(_: Adx, multiples: &'a [Entry], index: u64) -> Self {
        // SAFETY: as above.
        unsafe {
            let none = _mm256_setzero_si256();
            Self {
                pieces: multiples.chunks_exact(PIECE),
                wanted: _mm256_set1_epi64x(black_box(index).cast_signed()),
                at: none,
                x: none,
                y: none,
            }
        }
    }

    #[inline(always)]
    fn found(&self) -> Entry {
        let mut entry = Entry([0; 8]);
        let (x, y) = entry.0.split_at_mut(4);
        // SAFETY: as above, and x and y are its halves.
        unsafe {
            _mm256_store_si256(x.as_mut_ptr().cast(), self.x);
            _mm256_store_si256(y.as_mut_ptr().cast(), self.y);
        }
        entry
    }
}

impl Pieces for Wide<'_> {
    #[inline(always)]
    fn next(&mut self) {
        for Entry(words) in self.pieces.next().unwrap_or_default() {
            let (x, y) = words.split_at(4);
            // SAFETY: as above, and x and y are its halves.
            unsafe {
                let mask = _mm256_cmpeq_epi64(self.at, self.wanted);
                let x = _mm256_and_si256(mask, _mm256_load_si256(x.as_ptr().cast()));
                let y = _mm256_and_si256(mask, _mm256_load_si256(y.as_ptr().cast()));
                self.x = _mm256_or_si256(self.x, x);
                self.y = _mm256_or_si256(self.y, y);
                self.at = _mm256_add_epi64(self.at, _mm256_set1_epi64x(1));
            }
        }
    }
}

//! Sixteen messages in vectors of AVX-512, or eight in those of AVX2.

use std::arch::x86_64::{
    __m256i, __m512i, _mm256_add_epi32, _mm256_and_si256, _mm256_loadu_si256, _mm256_or_si256,
    _mm256_permute2x128_si256, _mm256_set1_epi32, _mm256_setr_epi8, _mm256_setzero_si256,
    _mm256_shuffle_epi8, _mm256_slli_epi32, _mm256_srli_epi32, _mm256_storeu_si256,
    _mm256_unpackhi_epi32, _mm256_unpackhi_epi64, _mm256_unpacklo_epi32, _mm256_unpacklo_epi64,
    _mm256_xor_si256, _mm512_add_epi32, _mm512_loadu_si512, _mm512_rol_epi32, _mm512_ror_epi32,
    _mm512_set1_epi32, _mm512_setzero_si512, _mm512_shuffle_i32x4, _mm512_storeu_si512,
    _mm512_ternarylogic_epi32, _mm512_unpackhi_epi32, _mm512_unpackhi_epi64, _mm512_unpacklo_epi32,
    _mm512_unpacklo_epi64, _mm512_xor_si512,
};

use super::States;
use super::compress::{Words, compress};
use super::stream::BLOCK;
use crate::backend::{Adx, Ifma};

/// Compresses the blocks of every lane, as many as the shortest has.
pub(super) fn compress_16(_: Ifma, states: &mut States<16>, blocks: &[&[[u8; BLOCK]]; 16]) {
    // SAFETY: the processor has AVX-512, which the token shows.
    unsafe { with_avx512(states, blocks) }
}

/// As [`compress_16`].
pub(super) fn compress_8(_: Adx, states: &mut States<8>, blocks: &[&[[u8; BLOCK]]; 8]) {
    // SAFETY: the processor has AVX2, which the token shows.
    unsafe { with_avx2(states, blocks) }
}

/// A word of sixteen messages. Made only where the processor has AVX-512.
#[derive(Clone, Copy)]
struct Words16(__m512i);

/// A word of eight messages. Made only where the processor has AVX2.
#[derive(Clone, Copy)]
struct Words8(__m256i);

// Loops and no closures: a closure that is not inlined hands vectors over in memory.
#[target_feature(enable = "avx512f,avx512dq,avx512vl")]
fn with_avx512(states: &mut States<16>, blocks: &[&[[u8; BLOCK]]; 16]) {
    let mut state = [Words16(_mm512_setzero_si512()); 8];
    for (place, words) in state.iter_mut().zip(&*states) {
        // SAFETY: reads the 64 bytes of the array.
        place.0 = unsafe { _mm512_loadu_si512(words.as_ptr().cast()) };
    }
    for number in 0..common_length(blocks) {
        let mut words = [_mm512_setzero_si512(); 16];
        for (place, blocks) in words.iter_mut().zip(blocks) {
            if let Some(block) = blocks.get(number) {
                // SAFETY: reads the 64 bytes of the block.
                *place = unsafe { _mm512_loadu_si512(block.as_ptr().cast()) };
            }
        }
        transpose_16(&mut words);
        let mut w = [Words16(_mm512_setzero_si512()); 16];
        for (place, words) in w.iter_mut().zip(words) {
            place.0 = swap_16(words);
        }
        state = compress(state, w);
    }
    for (words, vector) in states.iter_mut().zip(&state) {
        // SAFETY: writes the 64 bytes of the array.
        unsafe { _mm512_storeu_si512(words.as_mut_ptr().cast(), vector.0) };
    }
}

#[target_feature(enable = "avx2")]
fn with_avx2(states: &mut States<8>, blocks: &[&[[u8; BLOCK]]; 8]) {
    let mut state = [Words8(_mm256_setzero_si256()); 8];
    for (place, words) in state.iter_mut().zip(&*states) {
        // SAFETY: reads the 32 bytes of the array.
        place.0 = unsafe { _mm256_loadu_si256(words.as_ptr().cast()) };
    }
    for number in 0..common_length(blocks) {
        // The first and the last eight words.
        let mut halves = [[_mm256_setzero_si256(); 8]; 2];
        let [low, high] = &mut halves;
        for ((low, high), blocks) in low.iter_mut().zip(high).zip(blocks) {
            if let Some(block) = blocks.get(number) {
                let (left, right) = block.split_at(BLOCK / 2);
                // SAFETY: both read the 32 bytes of half a block.
                *low = unsafe { _mm256_loadu_si256(left.as_ptr().cast()) };
                // SAFETY: as above.
                *high = unsafe { _mm256_loadu_si256(right.as_ptr().cast()) };
            }
        }
        let mut w = [Words8(_mm256_setzero_si256()); 16];
        for (places, mut words) in w.chunks_exact_mut(8).zip(halves) {
            transpose_8(&mut words);
            for (place, words) in places.iter_mut().zip(words) {
                place.0 = swap_8(words);
            }
        }
        state = compress(state, w);
    }
    for (words, vector) in states.iter_mut().zip(&state) {
        // SAFETY: writes the 32 bytes of the array.
        unsafe { _mm256_storeu_si256(words.as_mut_ptr().cast(), vector.0) };
    }
}

/// Blocks that every lane has.
fn common_length<const N: usize>(blocks: &[&[[u8; BLOCK]]; N]) -> usize {
    blocks.iter().map(|blocks| blocks.len()).min().unwrap_or(0)
}

/// From sixteen words of a message each to a word of sixteen messages each.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512vl")]
#[expect(clippy::indexing_slicing, reason = "columns 0 to 3 of four")]
fn transpose_16(rows: &mut [__m512i; 16]) {
    // Within each quarter of a register first, four rows at a time, then among quarters.
    let [
        a0,
        a1,
        a2,
        a3,
        b0,
        b1,
        b2,
        b3,
        c0,
        c1,
        c2,
        c3,
        d0,
        d1,
        d2,
        d3,
    ] = *rows;
    let a = transpose_quarters(a0, a1, a2, a3);
    let b = transpose_quarters(b0, b1, b2, b3);
    let c = transpose_quarters(c0, c1, c2, c3);
    let d = transpose_quarters(d0, d1, d2, d3);
    let (first, rest) = rows.split_at_mut(4);
    let (second, rest) = rest.split_at_mut(4);
    let (third, fourth) = rest.split_at_mut(4);
    for column in 0..4 {
        let (a, b, c, d) = (a[column], b[column], c[column], d[column]);
        let (ab, ab2) = (
            _mm512_shuffle_i32x4::<0x44>(a, b),
            _mm512_shuffle_i32x4::<0xee>(a, b),
        );
        let (cd, cd2) = (
            _mm512_shuffle_i32x4::<0x44>(c, d),
            _mm512_shuffle_i32x4::<0xee>(c, d),
        );
        first[column] = _mm512_shuffle_i32x4::<0x88>(ab, cd);
        second[column] = _mm512_shuffle_i32x4::<0xdd>(ab, cd);
        third[column] = _mm512_shuffle_i32x4::<0x88>(ab2, cd2);
        fourth[column] = _mm512_shuffle_i32x4::<0xdd>(ab2, cd2);
    }
}

/// In each quarter of four registers, from four rows to four columns.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512vl")]
fn transpose_quarters(a: __m512i, b: __m512i, c: __m512i, d: __m512i) -> [__m512i; 4] {
    let (ab, ab2) = (_mm512_unpacklo_epi32(a, b), _mm512_unpackhi_epi32(a, b));
    let (cd, cd2) = (_mm512_unpacklo_epi32(c, d), _mm512_unpackhi_epi32(c, d));
    [
        _mm512_unpacklo_epi64(ab, cd),
        _mm512_unpackhi_epi64(ab, cd),
        _mm512_unpacklo_epi64(ab2, cd2),
        _mm512_unpackhi_epi64(ab2, cd2),
    ]
}

/// From eight words of a message each to a word of eight messages each.
#[inline]
#[target_feature(enable = "avx2")]
#[expect(clippy::indexing_slicing, reason = "columns 0 to 3 of four")]
fn transpose_8(rows: &mut [__m256i; 8]) {
    let [a0, a1, a2, a3, b0, b1, b2, b3] = *rows;
    let a = transpose_halves(a0, a1, a2, a3);
    let b = transpose_halves(b0, b1, b2, b3);
    let (first, second) = rows.split_at_mut(4);
    for column in 0..4 {
        first[column] = _mm256_permute2x128_si256::<0x20>(a[column], b[column]);
        second[column] = _mm256_permute2x128_si256::<0x31>(a[column], b[column]);
    }
}

/// In each half of four registers, from four rows to four columns.
#[inline]
#[target_feature(enable = "avx2")]
fn transpose_halves(a: __m256i, b: __m256i, c: __m256i, d: __m256i) -> [__m256i; 4] {
    let (ab, ab2) = (_mm256_unpacklo_epi32(a, b), _mm256_unpackhi_epi32(a, b));
    let (cd, cd2) = (_mm256_unpacklo_epi32(c, d), _mm256_unpackhi_epi32(c, d));
    [
        _mm256_unpacklo_epi64(ab, cd),
        _mm256_unpackhi_epi64(ab, cd),
        _mm256_unpacklo_epi64(ab2, cd2),
        _mm256_unpackhi_epi64(ab2, cd2),
    ]
}

/// The bytes of every word reversed.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512vl")]
fn swap_16(words: __m512i) -> __m512i {
    // Of the two rotations by 8 each has two bytes right.
    _mm512_ternarylogic_epi32::<0xca>(
        _mm512_set1_epi32(0x00ff_00ff),
        _mm512_rol_epi32::<8>(words),
        _mm512_ror_epi32::<8>(words),
    )
}

/// The bytes of every word reversed.
#[inline]
#[target_feature(enable = "avx2")]
fn swap_8(words: __m256i) -> __m256i {
    let order = _mm256_setr_epi8(
        3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8,
        15, 14, 13, 12,
    );
    _mm256_shuffle_epi8(words, order)
}

// SAFETY, for all below: the value at hand was made where the processor has AVX-512; `splat` is
// called by `with_avx512` alone.
impl Words for Words16 {
    #[inline(always)]
    fn splat(word: u32) -> Self {
        // SAFETY: as above.
        Self(unsafe { _mm512_set1_epi32(word.cast_signed()) })
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        // SAFETY: as above.
        Self(unsafe { _mm512_add_epi32(self.0, other.0) })
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        // SAFETY: as above.
        Self(unsafe { _mm512_xor_si512(self.0, other.0) })
    }

    #[inline(always)]
    fn choose(self, yes: Self, no: Self) -> Self {
        // SAFETY: as above.
        Self(unsafe { _mm512_ternarylogic_epi32::<0xca>(self.0, yes.0, no.0) })
    }

    #[inline(always)]
    fn majority(self, b: Self, c: Self) -> Self {
        // SAFETY: as above.
        Self(unsafe { _mm512_ternarylogic_epi32::<0xe8>(self.0, b.0, c.0) })
    }

    #[inline(always)]
    fn rotate<const BITS: i32, const REST: i32>(self) -> Self {
        // SAFETY: as above.
        Self(unsafe { _mm512_rol_epi32::<BITS>(self.0) })
    }
}

// SAFETY, for all below: the value at hand was made where the processor has AVX2; `splat` is called
// by `with_avx2` alone.
impl Words for Words8 {
    #[inline(always)]
    fn splat(word: u32) -> Self {
        // SAFETY: as above.
        Self(unsafe { _mm256_set1_epi32(word.cast_signed()) })
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        // SAFETY: as above.
        Self(unsafe { _mm256_add_epi32(self.0, other.0) })
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        // SAFETY: as above.
        Self(unsafe { _mm256_xor_si256(self.0, other.0) })
    }

    #[inline(always)]
    fn choose(self, yes: Self, no: Self) -> Self {
        // SAFETY: as above.
        Self(unsafe {
            _mm256_xor_si256(
                no.0,
                _mm256_and_si256(self.0, _mm256_xor_si256(yes.0, no.0)),
            )
        })
    }

    #[inline(always)]
    fn majority(self, b: Self, c: Self) -> Self {
        // SAFETY: as above.
        Self(unsafe {
            _mm256_or_si256(
                _mm256_and_si256(self.0, b.0),
                _mm256_and_si256(c.0, _mm256_or_si256(self.0, b.0)),
            )
        })
    }

    #[inline(always)]
    fn rotate<const BITS: i32, const REST: i32>(self) -> Self {
        // SAFETY: as above.
        Self(unsafe {
            _mm256_or_si256(
                _mm256_slli_epi32::<BITS>(self.0),
                _mm256_srli_epi32::<REST>(self.0),
            )
        })
    }
}

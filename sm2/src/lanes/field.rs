//! Eight elements of the field at a time, five words of 52 bits each, in Montgomery form with
//! R = 2²⁶⁰.
//!
//! Words are below 2⁵², which is what the instructions multiply. The number they make is not reduced: *narrow* ones are below 2.01 · 2²⁵⁶, those read from tables
//! below 2²⁶⁰. A product of a narrow one and any other is narrow.

use std::arch::x86_64::{
    __m512i, __mmask8, _mm512_add_epi64, _mm512_and_si512, _mm512_cmpeq_epi64_mask,
    _mm512_madd52hi_epu64, _mm512_madd52lo_epu64, _mm512_mask_blend_epi64, _mm512_or_si512,
    _mm512_permutex_epi64, _mm512_set1_epi64, _mm512_setzero_si512, _mm512_shuffle_i64x2,
    _mm512_slli_epi64, _mm512_srai_epi64, _mm512_srli_epi64, _mm512_storeu_si512, _mm512_sub_epi64,
};

use crate::field::Field;

/// The low 52 bits.
const MASK: i64 = (1 << 52) - 1;

/// Words 1 and 4 of p + 1. Word 0 is zero, words 2 and 3 are 2⁵² − 1.
const P1: i64 = (0xff << 44) + (1 << 12);
const P4: i64 = 0xffff_fffe_ffff;

/// Eight elements.
#[derive(Clone, Copy)]
pub(super) struct Field8(pub(super) [__m512i; 5]);

/// Eight differences or small multiples of elements: words that are not yet carried, and may be
/// negative.
#[derive(Clone, Copy)]
pub(super) struct Loose8([__m512i; 5]);

macro_rules! lanes_fn {
    ($(#[$meta:meta])* $vis:vis fn $name:ident $($rest:tt)*) => {
        $(#[$meta])*
        #[inline]
        #[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512ifma")]
        $vis fn $name $($rest)*
    };
}
pub(super) use lanes_fn;

/// a·b added to an accumulator, low and high 52 bits of the product.
macro_rules! low {
    ($sum:expr, $a:expr, $b:expr) => {
        $sum = _mm512_madd52lo_epu64($sum, $a, $b)
    };
}
macro_rules! high {
    ($sum:expr, $a:expr, $b:expr) => {
        $sum = _mm512_madd52hi_epu64($sum, $a, $b)
    };
}

impl Field8 {
    lanes_fn! {
        /// The same element eight times, from its words.
        pub(super) fn splat(words: [i64; 5]) -> Self {
            let [w0, w1, w2, w3, w4] = words;
            Self([
                _mm512_set1_epi64(w0),
                _mm512_set1_epi64(w1),
                _mm512_set1_epi64(w2),
                _mm512_set1_epi64(w3),
                _mm512_set1_epi64(w4),
            ])
        }
    }

    lanes_fn! {
        /// Eight numbers of four words times 16: an element kept with R = 2²⁵⁶ becomes one with
        /// R = 2²⁶⁰. Not narrow.
        pub(super) fn from_words([w0, w1, w2, w3]: [__m512i; 4]) -> Self {
            let mask = _mm512_set1_epi64(MASK);
            let l0 = _mm512_slli_epi64::<4>(w0);
            let l1 = _mm512_or_si512(_mm512_srli_epi64::<48>(w0), _mm512_slli_epi64::<16>(w1));
            let l2 = _mm512_or_si512(_mm512_srli_epi64::<36>(w1), _mm512_slli_epi64::<28>(w2));
            let l3 = _mm512_or_si512(_mm512_srli_epi64::<24>(w2), _mm512_slli_epi64::<40>(w3));
            Self([
                _mm512_and_si512(l0, mask),
                _mm512_and_si512(l1, mask),
                _mm512_and_si512(l2, mask),
                _mm512_and_si512(l3, mask),
                _mm512_srli_epi64::<12>(w3),
            ])
        }
    }

    lanes_fn! {
        pub(super) fn multiply(&self, other: &Self) -> Self {
            let [a0, a1, a2, a3, a4] = self.0;
            let [b0, b1, b2, b3, b4] = other.0;
            let zero = _mm512_setzero_si512();
            let (mut t0, mut t1, mut t2, mut t3, mut t4) = (zero, zero, zero, zero, zero);
            let (mut t5, mut t6, mut t7, mut t8, mut t9) = (zero, zero, zero, zero, zero);
            // High halves apart, so that fewer additions wait for each other.
            let (mut h1, mut h2, mut h3, mut h4, mut h5) = (zero, zero, zero, zero, zero);
            let (mut h6, mut h7, mut h8) = (zero, zero, zero);

            low!(t0, a0, b0);
            low!(t1, a0, b1); low!(t1, a1, b0);
            high!(h1, a0, b0);
            low!(t2, a0, b2); low!(t2, a1, b1); low!(t2, a2, b0);
            high!(h2, a0, b1); high!(h2, a1, b0);
            low!(t3, a0, b3); low!(t3, a1, b2); low!(t3, a2, b1); low!(t3, a3, b0);
            high!(h3, a0, b2); high!(h3, a1, b1); high!(h3, a2, b0);
            low!(t4, a0, b4); low!(t4, a1, b3); low!(t4, a2, b2); low!(t4, a3, b1); low!(t4, a4, b0);
            high!(h4, a0, b3); high!(h4, a1, b2); high!(h4, a2, b1); high!(h4, a3, b0);
            low!(t5, a1, b4); low!(t5, a2, b3); low!(t5, a3, b2); low!(t5, a4, b1);
            high!(h5, a0, b4); high!(h5, a1, b3); high!(h5, a2, b2); high!(h5, a3, b1); high!(h5, a4, b0);
            low!(t6, a2, b4); low!(t6, a3, b3); low!(t6, a4, b2);
            high!(h6, a1, b4); high!(h6, a2, b3); high!(h6, a3, b2); high!(h6, a4, b1);
            low!(t7, a3, b4); low!(t7, a4, b3);
            high!(h7, a2, b4); high!(h7, a3, b3); high!(h7, a4, b2);
            low!(t8, a4, b4);
            high!(h8, a3, b4); high!(h8, a4, b3);
            high!(t9, a4, b4);

            reduce([
                t0,
                _mm512_add_epi64(t1, h1),
                _mm512_add_epi64(t2, h2),
                _mm512_add_epi64(t3, h3),
                _mm512_add_epi64(t4, h4),
                _mm512_add_epi64(t5, h5),
                _mm512_add_epi64(t6, h6),
                _mm512_add_epi64(t7, h7),
                _mm512_add_epi64(t8, h8),
                t9,
            ])
        }
    }

    lanes_fn! {
        pub(super) fn square(&self) -> Self {
            let [a0, a1, a2, a3, a4] = self.0;
            let zero = _mm512_setzero_si512();
            let (mut t1, mut t2, mut t3, mut t4) = (zero, zero, zero, zero);
            let (mut t5, mut t6, mut t7, mut t8) = (zero, zero, zero, zero);

            // Products of different words, once, then doubled.
            low!(t1, a0, a1);
            high!(t2, a0, a1); low!(t2, a0, a2);
            low!(t3, a0, a3); high!(t3, a0, a2); low!(t3, a1, a2);
            low!(t4, a0, a4); high!(t4, a0, a3); low!(t4, a1, a3); high!(t4, a1, a2);
            high!(t5, a0, a4); low!(t5, a1, a4); high!(t5, a1, a3); low!(t5, a2, a3);
            high!(t6, a1, a4); low!(t6, a2, a4); high!(t6, a2, a3);
            high!(t7, a2, a4); low!(t7, a3, a4);
            high!(t8, a3, a4);
            let (mut t0, mut t9) = (zero, zero);
            t1 = _mm512_add_epi64(t1, t1);
            t2 = _mm512_add_epi64(t2, t2);
            t3 = _mm512_add_epi64(t3, t3);
            t4 = _mm512_add_epi64(t4, t4);
            t5 = _mm512_add_epi64(t5, t5);
            t6 = _mm512_add_epi64(t6, t6);
            t7 = _mm512_add_epi64(t7, t7);
            t8 = _mm512_add_epi64(t8, t8);
            low!(t0, a0, a0); high!(t1, a0, a0);
            low!(t2, a1, a1); high!(t3, a1, a1);
            low!(t4, a2, a2); high!(t5, a2, a2);
            low!(t6, a3, a3); high!(t7, a3, a3);
            low!(t8, a4, a4); high!(t9, a4, a4);

            reduce([t0, t1, t2, t3, t4, t5, t6, t7, t8, t9])
        }
    }

    lanes_fn! {
        pub(super) fn loose(&self) -> Loose8 {
            Loose8(self.0)
        }
    }

    lanes_fn! {
        pub(super) fn subtract(&self, other: &Self) -> Self {
            self.loose().subtract(other).narrow()
        }
    }

    lanes_fn! {
        /// Each lane from `yes` where its bit is set, or else from `no`.
        pub(super) fn select(mask: __mmask8, yes: &Self, no: &Self) -> Self {
            let ([y0, y1, y2, y3, y4], [n0, n1, n2, n3, n4]) = (yes.0, no.0);
            Self([
                _mm512_mask_blend_epi64(mask, n0, y0),
                _mm512_mask_blend_epi64(mask, n1, y1),
                _mm512_mask_blend_epi64(mask, n2, y2),
                _mm512_mask_blend_epi64(mask, n3, y3),
                _mm512_mask_blend_epi64(mask, n4, y4),
            ])
        }
    }

    lanes_fn! {
        /// The lanes that are zero modulo p. Of narrow elements only 0, p and 2p are.
        pub(super) fn zeros(&self) -> __mmask8 {
            self.equals([0; 5])
                | self.equals([MASK, P1 - 1, MASK, MASK, P4])
                | self.equals([MASK - 1, (2 * P1 - 1) & MASK, MASK, MASK, 2 * P4 + 1])
        }
    }

    lanes_fn! {
        fn equals(&self, words: [i64; 5]) -> __mmask8 {
            let ([a0, a1, a2, a3, a4], [b0, b1, b2, b3, b4]) = (self.0, Self::splat(words).0);
            _mm512_cmpeq_epi64_mask(a0, b0)
                & _mm512_cmpeq_epi64_mask(a1, b1)
                & _mm512_cmpeq_epi64_mask(a2, b2)
                & _mm512_cmpeq_epi64_mask(a3, b3)
                & _mm512_cmpeq_epi64_mask(a4, b4)
        }
    }
}

macro_rules! wordwise {
    ($operation:ident, $a:expr, $b:expr) => {{
        let ([a0, a1, a2, a3, a4], [b0, b1, b2, b3, b4]) = ($a, $b);
        [
            $operation(a0, b0),
            $operation(a1, b1),
            $operation(a2, b2),
            $operation(a3, b3),
            $operation(a4, b4),
        ]
    }};
}

impl Loose8 {
    lanes_fn! {
        pub(super) fn add(&self, other: &Field8) -> Self {
            Self(wordwise!(_mm512_add_epi64, self.0, other.0))
        }
    }

    lanes_fn! {
        pub(super) fn subtract(&self, other: &Field8) -> Self {
            Self(wordwise!(_mm512_sub_epi64, self.0, other.0))
        }
    }

    lanes_fn! {
        /// Less another times 2^`POWER`, at most 4.
        pub(super) fn subtract_shifted<const POWER: u32>(&self, other: &Field8) -> Self {
            Self(wordwise!(_mm512_sub_epi64, self.0, other.shifted::<POWER>().0))
        }
    }

    lanes_fn! {
        /// Negates the lanes whose bit is set.
        pub(super) fn negate(&self, mask: __mmask8) -> Self {
            let [a0, a1, a2, a3, a4] = self.0;
            let zero = _mm512_setzero_si512();
            Self([
                _mm512_mask_blend_epi64(mask, a0, _mm512_sub_epi64(zero, a0)),
                _mm512_mask_blend_epi64(mask, a1, _mm512_sub_epi64(zero, a1)),
                _mm512_mask_blend_epi64(mask, a2, _mm512_sub_epi64(zero, a2)),
                _mm512_mask_blend_epi64(mask, a3, _mm512_sub_epi64(zero, a3)),
                _mm512_mask_blend_epi64(mask, a4, _mm512_sub_epi64(zero, a4)),
            ])
        }
    }

    lanes_fn! {
        /// A narrow element for it, for numbers within ±100 times p.
        ///
        /// All of the number from 2²⁵⁶ on but one is folded: 2²⁵⁶ is 2²²⁴ + 2⁹⁶ − 2⁶⁴ + 1. Carries
        /// of the lower words reach the highest by less than 2¹⁰, which leaves what remains above 0.
        pub(super) fn narrow(&self) -> Field8 {
            let [r0, r1, r2, r3, r4] = self.0;
            let q = _mm512_sub_epi64(_mm512_srai_epi64::<48>(r4), _mm512_set1_epi64(1));
            let r0 = _mm512_add_epi64(r0, q);
            let r1 = _mm512_add_epi64(
                r1,
                _mm512_sub_epi64(_mm512_slli_epi64::<44>(q), _mm512_slli_epi64::<12>(q)),
            );
            let r4 = _mm512_sub_epi64(
                r4,
                _mm512_sub_epi64(_mm512_slli_epi64::<48>(q), _mm512_slli_epi64::<16>(q)),
            );
            carried([r0, r1, r2, r3, r4])
        }
    }
}

impl Field8 {
    lanes_fn! {
        /// Times 2^`POWER`, at most 4.
        pub(super) fn shifted<const POWER: u32>(&self) -> Loose8 {
            let [a0, a1, a2, a3, a4] = self.0;
            Loose8([
                _mm512_slli_epi64::<POWER>(a0),
                _mm512_slli_epi64::<POWER>(a1),
                _mm512_slli_epi64::<POWER>(a2),
                _mm512_slli_epi64::<POWER>(a3),
                _mm512_slli_epi64::<POWER>(a4),
            ])
        }
    }
}

/// 2²⁵⁶: leads from R = 2²⁶⁰ to R = 2²⁵⁶.
const TO_WORDS: [i64; 5] = [1, 0x0fff_ffff_f000, 0, 0, 0x1_0000];

lanes_fn! {
    fn swapped<const DISTANCE: u8>(vector: __m512i) -> __m512i {
        match DISTANCE {
            4 => _mm512_shuffle_i64x2::<0b01_00_11_10>(vector, vector),
            2 => _mm512_shuffle_i64x2::<0b10_11_00_01>(vector, vector),
            _ => _mm512_permutex_epi64::<0b10_11_00_01>(vector),
        }
    }
}

impl Field8 {
    lanes_fn! {
        /// Each lane from the one `DISTANCE` away: 4, 2 or 1, the bit of its number that differs.
        pub(super) fn swapped<const DISTANCE: u8>(&self) -> Self {
            let [a0, a1, a2, a3, a4] = self.0;
            Self([
                swapped::<DISTANCE>(a0),
                swapped::<DISTANCE>(a1),
                swapped::<DISTANCE>(a2),
                swapped::<DISTANCE>(a3),
                swapped::<DISTANCE>(a4),
            ])
        }
    }

    lanes_fn! {
        /// The element of the first lane, without a branch.
        pub(super) fn first(&self) -> Field {
            let [r0, r1, r2, r3, r4] = self.multiply(&Self::splat(TO_WORDS)).0;
            let (l0, l1, l2, l3, l4) =
                (first_word(r0), first_word(r1), first_word(r2), first_word(r3), first_word(r4));
            Field::from_words_above(
                [l0 | l1 << 52, l1 >> 12 | l2 << 40, l2 >> 24 | l3 << 28, l3 >> 36 | l4 << 16],
                l4 >> 48,
            )
        }
    }
}

lanes_fn! {
    fn first_word(vector: __m512i) -> u64 {
        let mut words = [0; 8];
        // SAFETY: the pointer comes from a reference to 64 bytes; no alignment is asked for.
        unsafe { _mm512_storeu_si512(words.as_mut_ptr().cast(), vector) };
        let [first, ..] = words;
        first
    }
}

/// A round of Montgomery's reduction: adds to the words from `$t0` on m·p, where m is its low 52
/// bits and −1/p = 1 modulo 2⁵². Words 2 and 3 of p + 1, all ones, come to −m and +m two further.
macro_rules! shift_word {
    ($t0:ident, $t1:ident, $t2:ident, $t4:ident, $t5:ident, $mask:ident, $p1:ident, $p4:ident) => {
        let m = _mm512_and_si512($t0, $mask);
        $t1 = _mm512_add_epi64($t1, _mm512_srai_epi64::<52>($t0));
        low!($t1, m, $p1);
        $t2 = _mm512_sub_epi64($t2, m);
        high!($t2, m, $p1);
        $t4 = _mm512_add_epi64($t4, m);
        low!($t4, m, $p4);
        high!($t5, m, $p4);
    };
}

lanes_fn! {
    /// t / 2²⁶⁰ modulo p: below p more than t / 2²⁶⁰.
    fn reduce(t: [__m512i; 10]) -> Field8 {
        let [t0, mut t1, mut t2, mut t3, mut t4, mut t5, mut t6, mut t7, mut t8, mut t9] = t;
        let (mask, p1, p4) =
            (_mm512_set1_epi64(MASK), _mm512_set1_epi64(P1), _mm512_set1_epi64(P4));
        shift_word!(t0, t1, t2, t4, t5, mask, p1, p4);
        shift_word!(t1, t2, t3, t5, t6, mask, p1, p4);
        shift_word!(t2, t3, t4, t6, t7, mask, p1, p4);
        shift_word!(t3, t4, t5, t7, t8, mask, p1, p4);
        shift_word!(t4, t5, t6, t8, t9, mask, p1, p4);
        carried([t5, t6, t7, t8, t9])
    }
}

lanes_fn! {
    /// The words below 2⁵², but for the highest.
    fn carried([r0, r1, r2, r3, r4]: [__m512i; 5]) -> Field8 {
        let mask = _mm512_set1_epi64(MASK);
        let r1 = _mm512_add_epi64(r1, _mm512_srai_epi64::<52>(r0));
        let r2 = _mm512_add_epi64(r2, _mm512_srai_epi64::<52>(r1));
        let r3 = _mm512_add_epi64(r3, _mm512_srai_epi64::<52>(r2));
        let r4 = _mm512_add_epi64(r4, _mm512_srai_epi64::<52>(r3));
        Field8([
            _mm512_and_si512(r0, mask),
            _mm512_and_si512(r1, mask),
            _mm512_and_si512(r2, mask),
            _mm512_and_si512(r3, mask),
            r4,
        ])
    }
}

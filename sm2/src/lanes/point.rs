//! Eight points at a time.
//!
//! The formulas are those for points neither equal nor opposite. Where a lane breaks that, its Z
//! becomes zero and stays zero through every later step: whoever uses the sum looks at Z in the end.

use std::arch::x86_64::{
    __m512i, __mmask8, _mm512_load_si512, _mm512_shuffle_i64x2, _mm512_unpackhi_epi64,
    _mm512_unpacklo_epi64,
};

use super::field::{Field8, lanes_fn};
use crate::point::Affine;

/// 1 in Montgomery form.
const ONE: [i64; 5] = [0x10, 0xffff_ffff_0000, 0, 0, 0x10_0000];

/// −3 in Montgomery form: a of the curve.
const A: [i64; 5] = [
    0xf_ffff_ffff_ffcf,
    0xc_f000_0003_0fff,
    0xf_ffff_ffff_ffff,
    0xf_ffff_ffff_ffff,
    0xffff_ffce_ffff,
];

/// Eight points by their coordinates, which need not be narrow.
#[derive(Clone, Copy)]
pub(super) struct Affine8 {
    pub(super) x: Field8,
    pub(super) y: Field8,
}

/// Eight points (X/Z², Y/Z³).
#[derive(Clone, Copy)]
pub(super) struct Jacobian8 {
    pub(super) x: Field8,
    pub(super) y: Field8,
    pub(super) z: Field8,
}

impl Affine8 {
    lanes_fn! {
        /// From a point for each lane.
        pub(super) fn gather(points: [&Affine; 8]) -> Self {
            let [p0, p1, p2, p3, p4, p5, p6, p7] = points;
            let words = transpose([
                load(p0), load(p1), load(p2), load(p3), load(p4), load(p5), load(p6), load(p7),
            ]);
            let [x0, x1, x2, x3, y0, y1, y2, y3] = words;
            Self {
                x: Field8::from_words([x0, x1, x2, x3]),
                y: Field8::from_words([y0, y1, y2, y3]),
            }
        }
    }

    lanes_fn! {
        /// Negates the lanes whose bit is set; y becomes narrow.
        pub(super) fn negate(&self, mask: __mmask8) -> Self {
            Self { x: self.x, y: self.y.loose().negate(mask).narrow() }
        }
    }
}

lanes_fn! {
    fn load(point: &Affine) -> __m512i {
        const { assert!(size_of::<Affine>() == 64 && align_of::<Affine>() == 64) };
        // SAFETY: the reference is to 64 bytes at a multiple of 64, of which none is padding.
        unsafe { _mm512_load_si512(std::ptr::from_ref(point).cast()) }
    }
}

lanes_fn! {
    /// Rows to columns.
    pub(super) fn transpose(rows: [__m512i; 8]) -> [__m512i; 8] {
        let [r0, r1, r2, r3, r4, r5, r6, r7] = rows;
        // Pairs of rows: words 0, 2, 4, 6 of both, and 1, 3, 5, 7.
        let (a0, a1) = (_mm512_unpacklo_epi64(r0, r1), _mm512_unpackhi_epi64(r0, r1));
        let (a2, a3) = (_mm512_unpacklo_epi64(r2, r3), _mm512_unpackhi_epi64(r2, r3));
        let (a4, a5) = (_mm512_unpacklo_epi64(r4, r5), _mm512_unpackhi_epi64(r4, r5));
        let (a6, a7) = (_mm512_unpacklo_epi64(r6, r7), _mm512_unpackhi_epi64(r6, r7));
        // Words 0 and 4 of rows 0 to 3, words 2 and 6; then of rows 4 to 7.
        let b04 = _mm512_shuffle_i64x2::<0b10_00_10_00>(a0, a2);
        let b26 = _mm512_shuffle_i64x2::<0b11_01_11_01>(a0, a2);
        let b15 = _mm512_shuffle_i64x2::<0b10_00_10_00>(a1, a3);
        let b37 = _mm512_shuffle_i64x2::<0b11_01_11_01>(a1, a3);
        let c04 = _mm512_shuffle_i64x2::<0b10_00_10_00>(a4, a6);
        let c26 = _mm512_shuffle_i64x2::<0b11_01_11_01>(a4, a6);
        let c15 = _mm512_shuffle_i64x2::<0b10_00_10_00>(a5, a7);
        let c37 = _mm512_shuffle_i64x2::<0b11_01_11_01>(a5, a7);
        [
            _mm512_shuffle_i64x2::<0b10_00_10_00>(b04, c04),
            _mm512_shuffle_i64x2::<0b10_00_10_00>(b15, c15),
            _mm512_shuffle_i64x2::<0b10_00_10_00>(b26, c26),
            _mm512_shuffle_i64x2::<0b10_00_10_00>(b37, c37),
            _mm512_shuffle_i64x2::<0b11_01_11_01>(b04, c04),
            _mm512_shuffle_i64x2::<0b11_01_11_01>(b15, c15),
            _mm512_shuffle_i64x2::<0b11_01_11_01>(b26, c26),
            _mm512_shuffle_i64x2::<0b11_01_11_01>(b37, c37),
        ]
    }
}

impl Jacobian8 {
    lanes_fn! {
        pub(super) fn from_affine(point: &Affine8) -> Self {
            Self {
                x: point.x.loose().narrow(),
                y: point.y.loose().narrow(),
                z: Field8::splat(ONE),
            }
        }
    }

    lanes_fn! {
        /// Adds a point to each lane, negated where its bit is set.
        pub(super) fn add(&self, other: &Affine8, negative: __mmask8) -> Self {
            self.add_with_ratio(other, negative).0
        }
    }

    lanes_fn! {
        /// The sum, and what Z grew by.
        fn add_with_ratio(&self, other: &Affine8, negative: __mmask8) -> (Self, Field8) {
            let z_squared = self.z.square();
            let z_cubed = z_squared.multiply(&self.z);
            let run = z_squared.multiply(&other.x).subtract(&self.x);
            let rise = z_cubed.multiply(&other.y).loose();
            let rise = rise.negate(negative).subtract(&self.y).narrow();
            let run_squared = run.square();
            let run_cubed = run_squared.multiply(&run);
            let middle = run_squared.multiply(&self.x);
            let x = rise
                .square()
                .loose()
                .subtract(&run_cubed)
                .subtract_shifted::<1>(&middle)
                .narrow();
            let y = rise
                .multiply(&middle.subtract(&x))
                .subtract(&self.y.multiply(&run_cubed));
            (Self { x, y, z: self.z.multiply(&run) }, run)
        }
    }

    lanes_fn! {
        /// The sum of all eight, in each lane.
        pub(super) fn sum(&self) -> Self {
            let sum = self.add_points(&self.swapped::<4>());
            let sum = sum.add_points(&sum.swapped::<2>());
            sum.add_points(&sum.swapped::<1>())
        }
    }

    lanes_fn! {
        /// Each lane from the one `DISTANCE` away: 4, 2 or 1, the bit of its number that differs.
        fn swapped<const DISTANCE: u8>(&self) -> Self {
            Self {
                x: self.x.swapped::<DISTANCE>(),
                y: self.y.swapped::<DISTANCE>(),
                z: self.z.swapped::<DISTANCE>(),
            }
        }
    }

    lanes_fn! {
        pub(super) fn add_points(&self, other: &Self) -> Self {
            let (z1, z2) = (self.z.square(), other.z.square());
            let x1 = self.x.multiply(&z2);
            let y1 = self.y.multiply(&z2.multiply(&other.z));
            let run = other.x.multiply(&z1).subtract(&x1);
            let rise = other.y.multiply(&z1.multiply(&self.z)).subtract(&y1);
            let run_squared = run.square();
            let run_cubed = run_squared.multiply(&run);
            let middle = run_squared.multiply(&x1);
            let x = rise
                .square()
                .loose()
                .subtract(&run_cubed)
                .subtract_shifted::<1>(&middle)
                .narrow();
            Self {
                y: rise.multiply(&middle.subtract(&x)).subtract(&y1.multiply(&run_cubed)),
                x,
                z: self.z.multiply(&other.z).multiply(&run),
            }
        }
    }

    lanes_fn! {
        /// The lanes from `yes` whose bit is set, the others from `no`.
        pub(super) fn select(mask: __mmask8, yes: &Self, no: &Self) -> Self {
            Self {
                x: Field8::select(mask, &yes.x, &no.x),
                y: Field8::select(mask, &yes.y, &no.y),
                z: Field8::select(mask, &yes.z, &no.z),
            }
        }
    }
}

/// Eight points of curves y² = x³ + a·x + b, with a·Z⁴.
#[derive(Clone, Copy)]
pub(super) struct Weighted8 {
    pub(super) point: Jacobian8,
    weight: Field8,
}

impl Weighted8 {
    lanes_fn! {
        /// Points of the curve that has Z of `z` for its one: a is −3·Z⁴.
        pub(super) fn at(point: &Affine8, z: &Field8) -> Self {
            let weight = z.square().square().multiply(&Field8::splat(A));
            Self { point: Jacobian8::from_affine(point), weight }
        }
    }

    lanes_fn! {
        /// Points of the SM2 curve.
        pub(super) fn on_curve(point: &Jacobian8) -> Self {
            let weight = point.z.square().square().multiply(&Field8::splat(A));
            Self { point: *point, weight }
        }
    }

    lanes_fn! {
        pub(super) fn double(&self) -> Self {
            let Jacobian8 { x, y, z } = &self.point;
            let y_squared = y.square();
            let fourth = y_squared.square();
            let x_squared = x.square();
            let slope = x_squared
                .shifted::<1>()
                .add(&x_squared)
                .add(&self.weight)
                .narrow();
            let middle = x.multiply(&y_squared);
            let new_x = slope.square().loose().subtract_shifted::<3>(&middle).narrow();
            let way = middle.shifted::<2>().subtract(&new_x).narrow();
            let new_y = slope
                .multiply(&way)
                .loose()
                .subtract_shifted::<3>(&fourth)
                .narrow();
            Self {
                point: Jacobian8 {
                    x: new_x,
                    y: new_y,
                    z: y.multiply(z).shifted::<1>().narrow(),
                },
                weight: self.weight.multiply(&fourth).shifted::<4>().narrow(),
            }
        }
    }

    lanes_fn! {
        pub(super) fn add(&self, other: &Affine8, negative: __mmask8) -> Self {
            let (point, run) = self.point.add_with_ratio(other, negative);
            Self {
                point,
                weight: run.square().square().multiply(&self.weight),
            }
        }
    }
}

//! A secret multiple of the base point: each lane makes the part of the sum that 32 bits of the
//! scalar ask for, and the lanes are added. In constant time, as `fixed` has it for one lane.

use std::arch::x86_64::__mmask8;
use std::sync::OnceLock;

use super::field::lanes_fn;
use super::point::{Affine8, Jacobian8};
use super::{LANES, look_up};
use crate::backend::Ifma;
use crate::fixed::digit;
use crate::limbs::Limbs;
use crate::point::{Affine, Jacobian, to_affine};
use crate::tables::{ODD_COUNT, odd_multiples};

/// Bits of a digit.
const WIDTH: u32 = 4;

/// Digits of a lane.
const STEPS: u32 = 256 / WIDTH / 8;

/// For each step the odd multiples that each lane may ask for: 40 KiB.
type Table = [[Affine8; ODD_COUNT]; STEPS as usize];

static TABLE: OnceLock<Option<Box<Table>>> = OnceLock::new();

/// k·G for an odd k below n. `None` only if the table could not be made, which does not happen.
///
/// No points meet on the way: what a lane adds exceeds all before it, and so do, in each round of
/// adding lanes, those of the higher lane. Only in the last round a difference could be n; its
/// digits then were those of n, negated in every other lane, which no k below n has.
pub(crate) fn multiply_generator(_: Ifma, k: &Limbs) -> Option<Jacobian> {
    // SAFETY: the processor has the instructions, which the token shows.
    let table = TABLE.get_or_init(|| unsafe { make_table() }).as_ref()?;
    // SAFETY: as above.
    unsafe { multiply(table, k) }
}

lanes_fn! {
    fn make_table() -> Option<Box<Table>> {
        let mut base = Jacobian::from(Affine::GENERATOR);
        // For each digit of the scalar, its odd multiples.
        let mut digits = Vec::new();
        for _ in 0..256 / WIDTH {
            digits.push(to_affine(&odd_multiples(base))?);
            base = (0..WIDTH).fold(base, |base, _| base.double());
        }
        let none = Affine8::gather([&Affine::GENERATOR; LANES]);
        let mut table = Box::new([[none; ODD_COUNT]; STEPS as usize]);
        let table_steps = table.len();
        for (step, multiples) in table.iter_mut().enumerate() {
            for (index, multiple) in multiples.iter_mut().enumerate() {
                let mut points = [&Affine::GENERATOR; LANES];
                for (lane, point) in points.iter_mut().enumerate() {
                    *point = digits.get(lane * table_steps + step)?.get(index)?;
                }
                *multiple = Affine8::gather(points);
            }
        }
        Some(table)
    }
}

lanes_fn! {
    fn multiply(table: &Table, k: &Limbs) -> Option<Jacobian> {
        let mut sum: Option<Jacobian8> = None;
        for (step, multiples) in (0_u32..).zip(table) {
            let (mut indices, mut negative): ([u64; LANES], __mmask8) = ([0; LANES], 0);
            for (lane, index) in (0_u32..).zip(&mut indices) {
                let (number, mask) = digit(k, lane * STEPS + step, WIDTH);
                let [low, ..] = mask.to_le_bytes();
                *index = number;
                negative |= low & 1 << lane;
            }
            let point = look_up(multiples, &indices);
            sum = Some(match &sum {
                None => Jacobian8::from_affine(&point.negate(negative)),
                Some(sum) => sum.add(&point, negative),
            });
        }
        let Jacobian8 { x, y, z } = sum?.sum();
        Some(Jacobian { x: x.first(), y: y.first(), z: z.first() })
    }
}

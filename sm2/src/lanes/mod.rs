//! Eight verifications at a time, with AVX-512 and its 52-bit multiplication.
//!
//! What is added is looked up lane by lane; the additions are the same for all. Lanes that the
//! formulas are not made for come out unsure and are verified one by one.

mod base;
mod field;
mod point;

use std::arch::x86_64::{
    __m512i, __mmask8, _MM_HINT_T1, _mm_prefetch, _mm512_cmpeq_epi64_mask, _mm512_loadu_si512,
    _mm512_set1_epi64,
};

pub(crate) use self::base::multiply_generator;
use self::field::{Field8, lanes_fn};
use self::point::{Affine8, Jacobian8, Weighted8};
use crate::backend::Ifma;
use crate::digits::{Digit, ODD_DIGITS, fixed, odd};
use crate::key::Claim;
use crate::limbs::{self, Limbs};
use crate::point::Affine;
use crate::scalar::{ORDER, Scalar};
use crate::tables::{ODD_COUNT, SPLIT_PARTS, Split, Table, Windows};

/// Signatures verified together.
pub(crate) const LANES: usize = 8;

/// 2⁵¹⁶ modulo p: makes a number that was read as 16 times itself an element.
const FROM_NUMBER: [i64; 5] = [
    0x20_0000_0030,
    0x2_ffff_ffff_0000,
    0x1000_0000,
    0x200_0000_0100,
    0x40_0000,
];

/// Digits of a part of a [`Split`].
const PART_DIGITS: usize = ODD_DIGITS / SPLIT_PARTS;

/// Bits of a digit for odd multiples.
const ODD_BITS: usize = 4;

/// What to multiply eight keys with: tables of one kind.
pub(crate) enum Keys<'a> {
    Points([&'a Affine; LANES]),
    Splits([&'a Split; LANES]),
    Windows([&'a Windows; LANES]),
}

/// Of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Valid,
    Invalid,
    /// To be verified by itself.
    Unsure,
}

/// Verdicts on eight signatures. `None` only if a table lacked a multiple that its digits ask for.
pub(crate) fn verify(
    _: Ifma,
    keys: &Keys<'_>,
    generator: &Windows,
    claims: [&Claim; LANES],
) -> Option<[Verdict; LANES]> {
    // SAFETY: the processor has the instructions, which the token shows.
    unsafe { verify_lanes(keys, generator, claims) }
}

/// Has the processor fetch, while it goes on, what a multiple of the table's point will read.
pub(crate) fn prefetch(_: Ifma, table: &Table<'_>, scalar: &Scalar) {
    match table {
        Table::Point(_) => {}
        Table::Split(split) => split.points().iter().for_each(prefetch_point),
        Table::Windows(windows) => {
            let (_, magnitude) = scalar.signed();
            windows.wanted(&magnitude).for_each(prefetch_point);
        }
    }
}

fn prefetch_point(point: &Affine) {
    // SAFETY: every processor of this kind has the instruction, which reads nothing that shows; the
    // address is that of a reference.
    unsafe { _mm_prefetch::<_MM_HINT_T1>(std::ptr::from_ref(point).cast()) }
}

lanes_fn! {
    fn verify_lanes(
        keys: &Keys<'_>,
        generator: &Windows,
        claims: [&Claim; LANES],
    ) -> Option<[Verdict; LANES]> {
        let (s, t) = (claims.map(|claim| &claim.s), claims.map(|claim| &claim.t));
        // First what the near caches have, while the keys' tables are still on their way.
        let base = Sum::empty().add_windows(&[generator; LANES], &s)?;
        let sum = match keys {
            Keys::Points(points) => base.point.add_points(&multiply_points(points, &t)?),
            Keys::Splits(splits) => base.point.add_points(&multiply_splits(splits, &t)?),
            Keys::Windows(windows) => base.add_windows(windows, &t)?.point,
        };
        let x = claims.map(|claim| claim.x.limbs());
        let difference = from_numbers(&x).multiply(&sum.z.square()).subtract(&sum.x);
        let (equal, broken) = (difference.zeros(), sum.z.zeros());
        let mut verdicts = [Verdict::Unsure; LANES];
        for ((lane, verdict), claim) in verdicts.iter_mut().enumerate().zip(claims) {
            *verdict = match (equal >> lane & 1, broken >> lane & 1) {
                (1, 0) => Verdict::Valid,
                (0, 0) if claim.second_x().is_none() => Verdict::Invalid,
                _ => Verdict::Unsure,
            };
        }
        Some(verdicts)
    }
}

/// Points to add, one for each lane.
struct Choice<'a> {
    points: [&'a Affine; LANES],
    /// Lanes that add nothing have their bit unset.
    active: __mmask8,
    negative: __mmask8,
}

impl<'a> Choice<'a> {
    fn none() -> Self {
        Self {
            points: [&Affine::GENERATOR; LANES],
            active: 0,
            negative: 0,
        }
    }

    fn set(&mut self, lane: usize, point: &'a Affine, negative: bool) {
        if let Some(place) = self.points.get_mut(lane) {
            *place = point;
            self.active |= 1 << lane;
            self.negative |= u8::from(negative) << lane;
        }
    }
}

/// Sums of which some may not have begun.
struct Sum {
    point: Jacobian8,
    begun: __mmask8,
}

impl Sum {
    lanes_fn! {
        fn empty() -> Self {
            let zero = Field8::splat([0; 5]);
            Self { point: Jacobian8 { x: zero, y: zero, z: zero }, begun: 0 }
        }
    }

    fn of(point: Jacobian8) -> Self {
        Self {
            point,
            begun: __mmask8::MAX,
        }
    }

    lanes_fn! {
        fn add(&self, choice: &Choice<'_>) -> Self {
            let points = Affine8::gather(choice.points);
            let sum = self.point.add(&points, choice.negative);
            if self.begun & choice.active == __mmask8::MAX {
                return Self::of(sum);
            }
            let first = Jacobian8::from_affine(&points.negate(choice.negative));
            let kept = Jacobian8::select(choice.active & !self.begun, &first, &self.point);
            Self {
                point: Jacobian8::select(choice.active & self.begun, &sum, &kept),
                begun: self.begun | choice.active,
            }
        }
    }

    lanes_fn! {
        /// Adds multiples by windows, all of one width.
        fn add_windows(
            self,
            windows: &[&Windows; LANES],
            scalars: &[&Scalar; LANES],
        ) -> Option<Self> {
            let [first, ..] = windows;
            let (width, mut sum) = (first.width(), self);
            let signed = scalars.map(Scalar::signed);
            let mut tables = windows.map(Windows::digits);
            let mut digits = signed.each_ref().map(|(_, magnitude)| fixed(magnitude, width));
            for _ in 0..crate::digits::windows(width) {
                let mut choice = Choice::none();
                let lanes = tables.iter_mut().zip(&mut digits).zip(&signed);
                for (lane, ((table, digits), (negative, _))) in lanes.enumerate() {
                    let (multiples, digit) = (table.next()?, digits.next()?);
                    if let Some(index) = usize::from(digit.magnitude).checked_sub(1) {
                        choice.set(lane, multiples.get(index)?, digit.negative != *negative);
                    }
                }
                sum = sum.add(&choice);
            }
            Some(sum)
        }
    }
}

/// The digits of scalars by odd multiples: the odd one of k and n − k, its digits negated for the
/// latter.
fn odd_digits(scalars: &[&Scalar; LANES]) -> [[Digit; ODD_DIGITS]; LANES] {
    scalars.map(|scalar| {
        let [low, ..] = scalar.limbs();
        let even = low & 1 == 0;
        let number = if even {
            limbs::sub(&ORDER, scalar.limbs()).0
        } else {
            *scalar.limbs()
        };
        let mut digits = odd(&number);
        for digit in &mut digits {
            digit.negative ^= even;
        }
        digits
    })
}

lanes_fn! {
    fn multiply_splits(
        splits: &[&Split; LANES],
        scalars: &[&Scalar; LANES],
    ) -> Option<Jacobian8> {
        let digits = odd_digits(scalars);
        let mut sum: Option<Weighted8> = None;
        for place in (0..PART_DIGITS).rev() {
            if let Some(sum) = &mut sum {
                for _ in 0..ODD_BITS {
                    *sum = sum.double();
                }
            }
            for part in 0..SPLIT_PARTS {
                let mut choice = Choice::none();
                for (lane, (split, digits)) in splits.iter().zip(&digits).enumerate() {
                    let digit = digits.get(part * PART_DIGITS + place)?;
                    let multiples = split.parts().nth(part)?;
                    let multiple = multiples.get(usize::from(digit.magnitude / 2))?;
                    choice.set(lane, multiple, digit.negative);
                }
                let points = Affine8::gather(choice.points);
                sum = Some(match &sum {
                    Some(sum) => sum.add(&points, choice.negative),
                    None => Weighted8::on_curve(&Jacobian8::from_affine(
                        &points.negate(choice.negative),
                    )),
                });
            }
        }
        Some(sum?.point)
    }
}

lanes_fn! {
    fn multiply_points(
        points: &[&Affine; LANES],
        scalars: &[&Scalar; LANES],
    ) -> Option<Jacobian8> {
        let digits = odd_digits(scalars);
        let (multiples, z) = odd_multiples(&Affine8::gather(*points));
        let mut sum: Option<Weighted8> = None;
        for place in (0..ODD_DIGITS).rev() {
            let (mut indices, mut negative) = ([0; LANES], 0);
            for (lane, (index, digits)) in indices.iter_mut().zip(&digits).enumerate() {
                let digit = digits.get(place)?;
                *index = u64::from(digit.magnitude / 2);
                negative |= u8::from(digit.negative) << lane;
            }
            let multiple = look_up(&multiples, &indices);
            sum = Some(match sum {
                Some(mut sum) => {
                    for _ in 0..ODD_BITS {
                        sum = sum.double();
                    }
                    sum.add(&multiple, negative)
                }
                None => Weighted8::at(&multiple.negate(negative), &z),
            });
        }
        let Jacobian8 { x, y, z: inner } = sum?.point;
        Some(Jacobian8 { x, y, z: inner.multiply(&z) })
    }
}

lanes_fn! {
    /// P, 3P, … 15P as (X, Y), and the Z common to them: as `multiple::odd_multiples`.
    fn odd_multiples(point: &Affine8) -> ([Affine8; ODD_COUNT], Field8) {
        let one = Jacobian8::from_affine(point);
        let double = Weighted8::on_curve(&one).double().point;
        let z_squared = double.z.square();
        let mut last = Affine8 {
            x: z_squared.multiply(&one.x),
            y: z_squared.multiply(&double.z).multiply(&one.y),
        };
        let (mut step, mut z) = (Affine8 { x: double.x, y: double.y }, double.z);
        let mut multiples = [last; ODD_COUNT];
        let mut factors = [double.z; ODD_COUNT];
        for (multiple, factor) in multiples.iter_mut().zip(&mut factors).skip(1) {
            let run = last.x.subtract(&step.x);
            let rise = last.y.subtract(&step.y);
            let run_squared = run.square();
            let moved = run_squared.multiply(&step.x);
            let other = run_squared.multiply(&last.x);
            let y = other.subtract(&moved).multiply(&step.y);
            let x = rise.square().loose().subtract(&moved).subtract(&other).narrow();
            last = Affine8 {
                x,
                y: rise.multiply(&moved.subtract(&x)).subtract(&y),
            };
            step = Affine8 { x: moved, y };
            z = z.multiply(&run);
            *factor = run;
            *multiple = last;
        }
        let mut missing: Option<Field8> = None;
        for (multiple, factor) in multiples.iter_mut().zip(&factors).rev() {
            if let Some(missing) = &missing {
                let squared = missing.square();
                multiple.x = squared.multiply(&multiple.x);
                multiple.y = squared.multiply(missing).multiply(&multiple.y);
            }
            missing = Some(match &missing {
                Some(missing) => missing.multiply(factor),
                None => *factor,
            });
        }
        (multiples, z)
    }
}

lanes_fn! {
    /// The point of each lane's index, by going over all.
    fn look_up(multiples: &[Affine8; ODD_COUNT], indices: &[u64; LANES]) -> Affine8 {
        let indices = from_array(indices);
        let [mut found, ..] = *multiples;
        for (number, multiple) in (0..).zip(multiples) {
            let mask = _mm512_cmpeq_epi64_mask(indices, _mm512_set1_epi64(number));
            found.x = Field8::select(mask, &multiple.x, &found.x);
            found.y = Field8::select(mask, &multiple.y, &found.y);
        }
        found
    }
}

lanes_fn! {
    fn from_numbers(numbers: &[&Limbs; LANES]) -> Field8 {
        let [w0, w1, w2, w3] = [
            numbers.map(|[word, _, _, _]| *word),
            numbers.map(|[_, word, _, _]| *word),
            numbers.map(|[_, _, word, _]| *word),
            numbers.map(|[_, _, _, word]| *word),
        ];
        let words = [from_array(&w0), from_array(&w1), from_array(&w2), from_array(&w3)];
        Field8::splat(FROM_NUMBER).multiply(&Field8::from_words(words))
    }
}

lanes_fn! {
    fn from_array(words: &[u64; LANES]) -> __m512i {
        // SAFETY: the reference is to 64 bytes; the instruction asks for no alignment.
        unsafe { _mm512_loadu_si512(words.as_ptr().cast()) }
    }
}

#[cfg(test)]
mod tests;

//! Secret multiples of the base point, in constant time.
//!
//! The scalar is written in odd digits of 8 bits (Joye and Tunstall), so that there is no zero to
//! treat apart. For every digit the whole table is read and the multiple picked by masks.
//!
//! Sums of lower digits are smaller than any higher digit's multiple, so that points added are
//! neither equal nor opposite but for one scalar, 510 · 2²⁴⁸ − n, at the last digit. There the sum
//! comes out with Z = 0, which callers take as unfit.

use std::array::from_fn;
use std::hint::black_box;
use std::sync::OnceLock;

#[cfg(target_arch = "x86_64")]
use crate::backend::{Adx, Ifma};
use crate::field::Field;
#[cfg(target_arch = "x86_64")]
use crate::lanes;
use crate::limbs::{self, Limbs};
use crate::point::{Addend, Affine, Jacobian, to_affine};
use crate::scalar::{ORDER, Scalar};
use crate::secret;

/// Bits of a digit.
const WIDTH: u32 = 8;

/// Digits of a scalar.
const DIGITS: usize = 256 / WIDTH as usize;

/// Odd multiples for a digit.
const COUNT: usize = 1 << (WIDTH - 1);

/// Entries of a table that are picked among together.
const GROUP: usize = 8;

/// For each digit the odd multiples 1, 3, … 255 of its power of the base point, by their words:
/// 256 KiB.
struct Table(Vec<[Entry; COUNT]>);

/// x and y of a point as their words.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Entry([u64; 8]);

static TABLE: OnceLock<Option<Table>> = OnceLock::new();

/// k·G for k from 1 to n − 1, as (X/Z², Y/Z³). `None` as explained above, or if the table could not
/// be made, which does not happen.
pub(crate) fn multiply_generator(k: &Scalar) -> Option<Jacobian> {
    let (number, negative) = odd_form(k);
    let mut product = multiply_odd(&number)?;
    product.y = product.y.negate_secret(negative);
    let z_is_zero = product
        .z
        .to_limbs_secret()
        .iter()
        .fold(0, |all, word| all | word)
        == 0;
    (!secret::publish(z_is_zero)).then_some(product)
}

/// The odd one of k and n − k, and all ones if it is the latter.
fn odd_form(k: &Scalar) -> (Limbs, u64) {
    let [low, ..] = k.limbs();
    let even = secret::mask(low & 1 == 0);
    let other = limbs::sub(&ORDER, k.limbs()).0;
    (limbs::select_mask(even, &other, k.limbs()), even)
}

fn multiply_odd(number: &Limbs) -> Option<Jacobian> {
    #[cfg(target_arch = "x86_64")]
    if let Some(ifma) = Ifma::get() {
        return lanes::multiply_generator(ifma, number);
    }
    let table = TABLE.get_or_init(Table::new).as_ref()?;
    #[cfg(target_arch = "x86_64")]
    if let Some(adx) = Adx::get() {
        return table.multiply(number, |multiples, index| {
            look_up_wide(adx, multiples, index)
        });
    }
    table.multiply(number, look_up)
}

/// [`look_up`] with wider reads.
#[cfg(target_arch = "x86_64")]
#[inline]
#[allow(unsafe_code, reason = "calls what the processor was asked for")]
fn look_up_wide(_: Adx, multiples: &[Entry; COUNT], index: u64) -> Entry {
    #[target_feature(enable = "avx2")]
    fn with_avx2(multiples: &[Entry; COUNT], index: u64) -> Entry {
        look_up(multiples, index)
    }
    // SAFETY: the processor has AVX2, which the token shows.
    unsafe { with_avx2(multiples, index) }
}

impl Table {
    fn new() -> Option<Self> {
        let mut base = Jacobian::from(Affine::GENERATOR);
        let mut table = Vec::with_capacity(DIGITS);
        for _ in 0..DIGITS {
            let twice = Addend::from(base.double());
            let mut multiples = Vec::with_capacity(COUNT);
            let mut multiple = base;
            for _ in 0..COUNT {
                multiples.push(multiple);
                multiple = multiple.add(&twice);
            }
            let entries: Vec<Entry> = to_affine(&multiples)?.iter().map(Entry::new).collect();
            table.push(entries.try_into().ok()?);
            base = (0..WIDTH).fold(base, |base, _| base.double());
        }
        Some(Self(table))
    }

    /// The sum of the digits' multiples.
    #[inline(always)]
    fn multiply(
        &self,
        number: &Limbs,
        look_up: impl Fn(&[Entry; COUNT], u64) -> Entry,
    ) -> Option<Jacobian> {
        let mut sum: Option<Jacobian> = None;
        for (place, multiples) in (0_u32..).zip(&self.0) {
            let (index, negative) = digit(number, place, WIDTH);
            let mut point = look_up(multiples, index).to_affine();
            point.y = point.y.negate_secret(negative);
            sum = Some(match &sum {
                None => point.into(),
                Some(sum) => add(sum, &point),
            });
        }
        sum
    }
}

/// The digit of `width` bits at a place of an odd number: which odd multiple, 0 for 1, 1 for 3 and
/// so on, and all ones if it is subtracted.
#[inline(always)]
pub(crate) fn digit(number: &Limbs, place: u32, width: u32) -> (u64, u64) {
    let below = (1_u64 << (width - 1)) - 1;
    let [word, ..] = limbs::shift_right(number, place * width);
    if place * width == 256 - width {
        return ((word >> 1) & below, 0);
    }
    // An even rest is made odd by the digit below, which is negative then: the digit is this bit
    // and those of the place above a one, less 2^width.
    let half = (word >> 1) & (2 * below + 1);
    let negative = (half >> (width - 1)).wrapping_sub(1);
    ((half ^ negative) & below, negative)
}

/// The entry of an index, by reading all.
#[inline(always)]
fn look_up(multiples: &[Entry; COUNT], index: u64) -> Entry {
    // Masks for the index in its group and for the group, kept from the compiler, which would
    // otherwise branch on them.
    let low: [u64; GROUP] = from_fn(|number| secret::equal(number as u64, index % GROUP as u64));
    let high: [u64; COUNT / GROUP] =
        from_fn(|number| secret::equal(number as u64, index / GROUP as u64));
    let (low, high) = (black_box(low), black_box(high));
    let mut found = [0; 8];
    for (in_group, group) in high.iter().zip(multiples.chunks_exact(GROUP)) {
        let mut part = [0; 8];
        for (mask, Entry(words)) in low.iter().zip(group) {
            for (part, word) in part.iter_mut().zip(words) {
                *part |= word & mask;
            }
        }
        for (found, part) in found.iter_mut().zip(part) {
            *found |= part & in_group;
        }
    }
    Entry(found)
}

impl Entry {
    fn new(point: &Affine) -> Self {
        let ([x0, x1, x2, x3], [y0, y1, y2, y3]) = (*point.x.words(), *point.y.words());
        Self([x0, x1, x2, x3, y0, y1, y2, y3])
    }

    #[inline(always)]
    fn to_affine(self) -> Affine {
        let Self([x0, x1, x2, x3, y0, y1, y2, y3]) = self;
        Affine {
            x: Field::from_words([x0, x1, x2, x3]),
            y: Field::from_words([y0, y1, y2, y3]),
        }
    }
}

/// P + Q for points neither equal nor opposite, and Z = 0 for such; without a branch.
#[inline(always)]
fn add(p: &Jacobian, q: &Affine) -> Jacobian {
    let z_squared = p.z.square();
    let run = q.x.multiply(&z_squared).subtract_secret(&p.x);
    let rise =
        q.y.multiply(&z_squared.multiply(&p.z))
            .subtract_secret(&p.y);
    let run_squared = run.square();
    let run_cubed = run_squared.multiply(&run);
    let middle = p.x.multiply(&run_squared);
    let x = rise
        .square()
        .subtract_secret(&run_cubed)
        .subtract_secret(&middle)
        .subtract_secret(&middle);
    let y = rise
        .multiply(&middle.subtract_secret(&x))
        .subtract_secret(&p.y.multiply(&run_cubed));
    Jacobian {
        x,
        y,
        z: p.z.multiply(&run),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Backend;
    use crate::backend::testing::with_each;
    use crate::limbs::testing::{below, big, from_big};
    use num_bigint::{BigInt, BigUint};
    use proptest::prelude::*;
    use sm2::ProjectivePoint;
    use sm2::elliptic_curve::PrimeField;
    use sm2::elliptic_curve::sec1::ToSec1Point;

    fn scalar(number: &BigUint) -> Scalar {
        Scalar::from_bytes_reduced(&limbs::to_bytes(&from_big(number)))
    }

    fn check(k: &Scalar) {
        let theirs = sm2::Scalar::from_repr(k.to_bytes().into()).unwrap();
        let point = (ProjectivePoint::GENERATOR * theirs).to_affine();
        let point = point.to_sec1_point(false);
        with_each(|backend| {
            let ours = to_affine(&[multiply_generator(k).unwrap()]).unwrap()[0];
            let (x, y) = ours.coordinates();
            assert_eq!(point.as_bytes()[1..], [x, y].concat(), "{backend:?}");
        });
    }

    #[test]
    fn the_scalar_at_which_points_meet_is_unfit() {
        // 510 · 2²⁴⁸ − n: the last digit is 255, and the digits before it make as much modulo n.
        let n = big(&ORDER);
        with_each(|backend| {
            let met = (BigUint::from(510_u32) << 248_u32) - &n;
            let unfit = backend != Backend::Ifma;
            assert_eq!(multiply_generator(&scalar(&met)).is_none(), unfit);
            let other = multiply_generator(&scalar(&(&n - &met)));
            assert_eq!(other.is_none(), unfit);
        });
    }

    #[test]
    fn edges_are_multiplied() {
        let n = big(&ORDER);
        for small in 1..40_u32 {
            check(&scalar(&BigUint::from(small)));
            check(&scalar(&(&n - small)));
        }
        for power in 1..256_u32 {
            check(&scalar(&(BigUint::from(1_u8) << power)));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn any_multiple_is_right(k in below(ORDER)) {
            prop_assume!(!limbs::is_zero(&k));
            check(&Scalar::from_limbs_reduced(&k));
        }

        #[test]
        fn digits_make_the_number(k in below(ORDER)) {
            let [low, rest @ ..] = k;
            let number = [low | 1, rest[0], rest[1], rest[2]];
            for width in [4, 8] {
                let sum = (0..256 / width).rev().fold(BigInt::ZERO, |sum, place| {
                    let (index, negative) = digit(&number, place, width);
                    let magnitude = BigInt::from(2 * index + 1);
                    (sum << width) + if negative == 0 { magnitude } else { -magnitude }
                });
                prop_assert_eq!(sum, BigInt::from(big(&number)));
            }
        }
    }
}

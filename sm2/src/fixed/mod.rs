//! Secret multiples of the base point, in constant time.
//!
//! The scalar is written in odd digits (Joye and Tunstall), so that there is no zero to treat apart.
//! For every digit the whole table is read and the multiple picked by masks.
//!
//! Sums of lower digits are smaller than any higher digit's multiple, so that points added are
//! neither equal nor opposite but for one scalar, 30 · 2²⁵² − n, at the last digit. There the sum comes
//! out with Z = 0, which callers take as unfit.

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod wide;

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

/// Bits of a digit: reading 64 entries for each of 37 digits and adding 37 multiples was quicker than
/// 128 for each of 32.
const WIDTH: u32 = 7;

/// Entries of a table that are picked among together.
const GROUP: usize = (1 << (WIDTH - 1)) / PIECES;

/// For each digit the odd multiples 1, 3, … 127 of its power of the base point: 148 KiB.
struct Table(Vec<Entry>);

/// x and y of a point as their words.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Entry([u64; 8]);

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
    static TABLE: OnceLock<Option<Table>> = OnceLock::new();
    let table = TABLE.get_or_init(Table::new).as_ref()?;
    #[cfg(target_arch = "x86_64")]
    if let Some(adx) = Adx::get() {
        return wide::sum(adx, table, number);
    }
    sum_of_digits::<Portable<'_>>((), table, number)
}

/// The sum of the multiples that the digits ask for. Each is searched for while the one before is
/// added.
#[inline(always)]
fn sum_of_digits<'a, S: Search<'a>>(
    proof: S::Proof,
    table: &'a Table,
    number: &Limbs,
) -> Option<Jacobian> {
    let mut digits = (0..).zip(table.digits());
    let (place, multiples) = digits.next()?;
    let (index, negative) = digit(number, place, WIDTH);
    let first = S::new(proof, multiples, index).finish();
    let mut sum = Jacobian::from(first.to_affine(negative));
    let (place, multiples) = digits.next()?;
    let (index, negative) = digit(number, place, WIDTH);
    let second = S::new(proof, multiples, index).finish();
    let mut point = second.to_affine(negative);
    for (place, multiples) in digits {
        let (index, negative) = digit(number, place, WIDTH);
        let mut search = S::new(proof, multiples, index);
        sum = add(&sum, &point, &mut search);
        point = search.found().to_affine(negative);
    }
    Some(add(&sum, &point, &mut ()))
}

impl Table {
    fn new() -> Option<Self> {
        let mut base = Jacobian::from(Affine::GENERATOR);
        let mut entries = Vec::new();
        for _ in 0..256_u32.div_ceil(WIDTH) {
            let twice = Addend::from(base.double());
            let mut multiples = vec![base];
            let mut multiple = base;
            for _ in 1..1 << (WIDTH - 1) {
                multiple = multiple.add(&twice);
                multiples.push(multiple);
            }
            entries.extend(to_affine(&multiples)?.iter().map(Entry::new));
            base = (0..WIDTH).fold(base, |base, _| base.double());
        }
        Some(Self(entries))
    }

    /// The multiples of each digit, lowest first.
    fn digits(&self) -> impl Iterator<Item = &[Entry]> {
        // Knowing how many, the compiler makes code that is slower by a third.
        self.0.chunks_exact(black_box(1 << (WIDTH - 1)))
    }
}

/// The digit of `width` bits at a place of an odd number: which odd multiple, 0 for 1, 1 for 3 and
/// so on, and all ones if it is subtracted.
#[inline(always)]
pub(crate) fn digit(number: &Limbs, place: u32, width: u32) -> (u64, u64) {
    let below = (1_u64 << (width - 1)) - 1;
    let [word, ..] = limbs::shift_right(number, place * width);
    if place * width + width >= 256 {
        return ((word >> 1) & below, 0);
    }
    // An even rest is made odd by the digit below, which is negative then: the digit is this bit
    // and those of the place above a one, less 2^width.
    let half = (word >> 1) & (2 * below + 1);
    let negative = (half >> (width - 1)).wrapping_sub(1);
    ((half ^ negative) & below, negative)
}

impl Entry {
    fn new(point: &Affine) -> Self {
        let ([x0, x1, x2, x3], [y0, y1, y2, y3]) = (*point.x.words(), *point.y.words());
        Self([x0, x1, x2, x3, y0, y1, y2, y3])
    }

    /// The point, or its negative where the mask is all ones.
    #[inline(always)]
    fn to_affine(self, negative: u64) -> Affine {
        let Self([x0, x1, x2, x3, y0, y1, y2, y3]) = self;
        Affine {
            x: Field::from_words([x0, x1, x2, x3]),
            y: Field::from_words([y0, y1, y2, y3]).negate_secret(negative),
        }
    }
}

/// Work in [`PIECES`], done between multiplications: it takes other parts of the processor than they
/// do, so that together they take little more time than one.
///
/// This is no closure, which the compiler may leave where it has no vectors.
trait Pieces {
    fn next(&mut self);
}

/// No work.
impl Pieces for () {
    #[inline(always)]
    fn next(&mut self) {}
}

/// A search for an entry by reading all.
trait Search<'a>: Pieces + Sized {
    /// What shows that the processor can do it.
    type Proof: Copy;

    /// For the entry of an index.
    fn new(proof: Self::Proof, multiples: &'a [Entry], index: u64) -> Self;

    /// The entry, after all pieces.
    fn found(&self) -> Entry;

    /// All pieces at once.
    #[inline(always)]
    fn finish(mut self) -> Entry {
        for _ in 0..PIECES {
            self.next();
        }
        self.found()
    }
}

/// Pieces of a search, all of which fit an addition.
const PIECES: usize = 8;

/// A search in portable words.
struct Portable<'a> {
    groups: std::slice::ChunksExact<'a, Entry>,
    /// Masks for the index in its group.
    low: [u64; GROUP],
    /// Groups until the one of the index.
    high: u64,
    found: [u64; 8],
}

impl<'a> Search<'a> for Portable<'a> {
    type Proof = ();

    #[inline(always)]
    fn new((): (), multiples: &'a [Entry], index: u64) -> Self {
        let low = from_fn(|number| secret::equal(number as u64, index % GROUP as u64));
        Self {
            groups: multiples.chunks_exact(GROUP),
            // Kept from the compiler, which would otherwise branch on the masks.
            low: black_box(low),
            high: index / GROUP as u64,
            found: [0; 8],
        }
    }

    #[inline(always)]
    fn found(&self) -> Entry {
        Entry(self.found)
    }
}

impl Pieces for Portable<'_> {
    /// A piece is a group.
    #[inline(always)]
    fn next(&mut self) {
        let in_group = black_box(secret::equal(self.high, 0));
        // Past zero it is not that again.
        self.high = self.high.wrapping_sub(1) & (u64::MAX >> 1);
        let mut part = [0; 8];
        let group = self.groups.next().unwrap_or_default();
        for (mask, Entry(words)) in self.low.iter().zip(group) {
            for (part, word) in part.iter_mut().zip(words) {
                *part |= word & mask;
            }
        }
        for (found, part) in self.found.iter_mut().zip(part) {
            *found |= part & in_group;
        }
    }
}

/// P + Q for points neither equal nor opposite, and Z = 0 for such; without a branch. Does all pieces
/// between its multiplications.
#[inline(always)]
fn add(p: &Jacobian, q: &Affine, between: &mut impl Pieces) -> Jacobian {
    let z_squared = p.z.square();
    between.next();
    let z_cubed = z_squared.multiply(&p.z);
    between.next();
    let run = q.x.multiply(&z_squared).subtract_secret(&p.x);
    between.next();
    let rise = q.y.multiply(&z_cubed).subtract_secret(&p.y);
    between.next();
    let run_squared = run.square();
    between.next();
    let run_cubed = run_squared.multiply(&run);
    between.next();
    let middle = p.x.multiply(&run_squared);
    between.next();
    // Made before the square is there, for which all else waits.
    let away = run_cubed.add_secret(&middle).add_secret(&middle);
    let x = rise.square().subtract_secret(&away);
    let z = p.z.multiply(&run);
    between.next();
    let below = p.y.multiply(&run_cubed);
    let y = rise
        .multiply(&middle.subtract_secret(&x))
        .subtract_secret(&below);
    Jacobian { x, y, z }
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
        // 30 · 2²⁵² − n: the last digit is 15, and the digits before it make as much modulo n.
        let n = big(&ORDER);
        with_each(|backend| {
            let met = (BigUint::from(30_u32) << 252_u32) - &n;
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
            for width in [4, 7, 8] {
                let sum = (0..256_u32.div_ceil(width)).rev().fold(BigInt::ZERO, |sum, place| {
                    let (index, negative) = digit(&number, place, width);
                    let magnitude = BigInt::from(2 * index + 1);
                    (sum << width) + if negative == 0 { magnitude } else { -magnitude }
                });
                prop_assert_eq!(sum, BigInt::from(big(&number)));
            }
        }
    }
}

//! Sums of multiples of points (Straus): the terms share their doublings.

use crate::digits::{Digit, fixed, non_adjacent};
use crate::limbs::Limbs;
use crate::multiple::multiply;
use crate::point::{Affine, Jacobian};
use crate::scalar::Scalar;
use crate::tables::{ODD_WIDTH, PART_BITS, SPLIT_PARTS, Table, Windows};

/// Digits of a part of a scalar: its bits, and a carry.
const PART_DIGITS: usize = PART_BITS as usize + 1;

/// The sum of terms k·P. `None` only if a table lacked a multiple that its digits ask for.
pub(crate) fn sum_of_products<const TERMS: usize>(
    terms: [(Table<'_>, &Scalar); TERMS],
) -> Option<Jacobian> {
    let terms = terms.map(|(table, scalar)| Term::new(table, scalar));
    terms.iter().for_each(Term::fetch);
    let mut sum = Jacobian::INFINITY;
    if terms.iter().any(Term::has_places) {
        for place in (0..PART_DIGITS).rev() {
            sum = sum.double();
            for term in &terms {
                sum = term.add_at(place, sum)?;
            }
        }
    }
    for term in terms {
        sum = term.add_once(sum)?;
    }
    Some(sum)
}

/// A scalar made ready for the table of its point.
#[expect(
    clippy::large_enum_variant,
    reason = "two live on the stack for one verification"
)]
enum Term<'a> {
    Whole {
        point: Affine,
        magnitude: Limbs,
    },
    Split {
        parts: [(&'a [Affine], [Digit; PART_DIGITS]); SPLIT_PARTS],
    },
    Windows {
        windows: &'a Windows,
        negative: bool,
        magnitude: Limbs,
    },
}

impl<'a> Term<'a> {
    fn new(table: Table<'a>, scalar: &Scalar) -> Self {
        let (negative, magnitude) = scalar.signed();
        match table {
            Table::Point(point) => {
                let point = if negative { point.negate() } else { *point };
                Self::Whole { point, magnitude }
            }
            Table::Split(split) => {
                split.fetch();
                let (mut tables, mut numbers) = (split.parts(), parts(&magnitude));
                Self::Split {
                    parts: std::array::from_fn(|_| {
                        let number = numbers.next().unwrap_or_default();
                        let mut digits = non_adjacent(&[number], ODD_WIDTH);
                        for digit in &mut digits {
                            digit.negative ^= negative;
                        }
                        (tables.next().unwrap_or_default(), digits)
                    }),
                }
            }
            Table::Windows(windows) => Self::Windows {
                windows,
                negative,
                magnitude,
            },
        }
    }

    /// Has what it needs of large tables fetched.
    fn fetch(&self) {
        if let Self::Windows {
            windows, magnitude, ..
        } = self
        {
            windows.fetch(magnitude);
        }
    }

    /// Whether the term shares doublings with another.
    fn has_places(&self) -> bool {
        matches!(self, Self::Split { .. })
    }

    /// Adds what the digits of a place ask for.
    #[inline]
    fn add_at(&self, place: usize, mut sum: Jacobian) -> Option<Jacobian> {
        let Self::Split { parts } = self else {
            return Some(sum);
        };
        for (multiples, digits) in parts {
            if let Some(digit) = digits.get(place).filter(|digit| digit.magnitude != 0) {
                let multiple = multiples.get(usize::from(digit.magnitude / 2))?;
                sum = add_signed(&sum, multiple, digit.negative);
            }
        }
        Some(sum)
    }

    /// Adds a term that shares no doublings.
    fn add_once(&self, mut sum: Jacobian) -> Option<Jacobian> {
        match self {
            Self::Whole { point, magnitude } => Some(sum.add(&multiply(point, magnitude)?.into())),
            Self::Split { .. } => Some(sum),
            Self::Windows {
                windows,
                negative,
                magnitude,
            } => {
                let mut tables = windows.digits();
                for digit in fixed(magnitude, windows.width()) {
                    let multiples = tables.next()?;
                    if let Some(index) = usize::from(digit.magnitude).checked_sub(1) {
                        let multiple = multiples.get(index)?;
                        sum = add_signed(&sum, multiple, digit.negative != *negative);
                    }
                }
                Some(sum)
            }
        }
    }
}

/// The numbers that [`PART_BITS`] each make, the least significant first.
fn parts(magnitude: &Limbs) -> impl Iterator<Item = u64> {
    magnitude
        .iter()
        .flat_map(|word| [word & u64::from(u32::MAX), word >> PART_BITS])
}

#[inline]
fn add_signed(sum: &Jacobian, point: &Affine, negative: bool) -> Jacobian {
    if negative {
        sum.add_affine(&point.negate())
    } else {
        sum.add_affine(point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;
    use crate::limbs::testing::{below, big, from_big};
    use crate::limbs::to_bytes;
    use crate::point::to_affine;
    use crate::scalar::ORDER;
    use crate::tables::Split;
    use num_bigint::BigUint;
    use proptest::prelude::*;
    use sm2::ProjectivePoint;
    use sm2::elliptic_curve::PrimeField;
    use sm2::elliptic_curve::sec1::ToSec1Point;

    static PLENTY: Budget = Budget::new(usize::MAX);

    struct Tables {
        point: Affine,
        split: Split,
        windows: [Windows; 2],
    }

    impl Tables {
        fn new(point: Affine) -> Self {
            Self {
                point,
                split: Split::new(&point).unwrap(),
                windows: [6, 8].map(|width| Windows::new(&point, width, &PLENTY).unwrap()),
            }
        }

        fn all(&self) -> [Table<'_>; 4] {
            let [six, eight] = &self.windows;
            [
                Table::Point(&self.point),
                Table::Split(&self.split),
                Table::Windows(six),
                Table::Windows(eight),
            ]
        }
    }

    /// k·G by the independent implementation; `None` for infinity.
    fn oracle(k: &BigUint) -> Option<Affine> {
        let k = sm2::Scalar::from_repr(to_bytes(&from_big(k)).into()).unwrap();
        let point = (ProjectivePoint::GENERATOR * k)
            .to_affine()
            .to_sec1_point(false);
        let x: [u8; 32] = point.as_bytes().get(1..33)?.try_into().unwrap();
        let y: [u8; 32] = point.as_bytes()[33..].try_into().unwrap();
        Affine::from_coordinates(&x, &y)
    }

    /// Every pair of tables gives k·G + l·P for P = d·G.
    fn check(base: &Tables, other: &Tables, d: &BigUint, k: &BigUint, l: &BigUint) {
        let n = big(&ORDER);
        let expected = oracle(&((k + l * d) % n));
        let scalar = |number| Scalar::from_bytes_reduced(&to_bytes(&from_big(number)));
        for first in base.all() {
            for second in other.all() {
                let terms = [(first, &scalar(k)), (second, &scalar(l))];
                let sum = sum_of_products(terms).unwrap();
                let affine = to_affine(&[sum]).map(|points| points[0]);
                assert_eq!(affine, expected, "{k:x} + {l:x} * {d:x}");
            }
        }
    }

    /// With P a small multiple of G or the negative of one, terms meet at equal and at opposite
    /// points in the midst of every table's additions.
    #[test]
    fn sums_are_right_where_doubling_meets_addition() {
        let n = big(&ORDER);
        let base = Tables::new(Affine::GENERATOR);
        let number = |value: u64| BigUint::from(value);
        let mut scalars: Vec<BigUint> = [0, 1, 2, 3, 8, 15, 16, 17, 31, 32, 33, 128]
            .map(number)
            .into();
        scalars.extend([64, 128, 192, 254].map(|power| number(1) << power));
        scalars.extend([1, 2, 16].map(|low| &n - number(low)));
        scalars.extend([&n / 2_u8, &n / 2_u8 + 1_u8]);
        for d in [
            number(1),
            number(2),
            number(3),
            &n - 1_u8,
            &n - 2_u8,
            number(1) << 64,
        ] {
            let other = Tables::new(oracle(&d).unwrap());
            for k in &scalars {
                for l in &scalars {
                    check(&base, &other, &d, k, l);
                }
                // k·G and l·P cancel.
                let inverse = d.modpow(&(&n - 2_u8), &n);
                let l = (&n - k) * inverse % &n;
                check(&base, &other, &d, k, &l);
            }
        }
    }

    #[test]
    fn sums_of_any_multiples_are_right() {
        let base = Tables::new(Affine::GENERATOR);
        let d = BigUint::from(0x0123_4567_89ab_cdef_u64).pow(4) % big(&ORDER);
        let other = Tables::new(oracle(&d).unwrap());
        let config = ProptestConfig::with_cases(300);
        proptest!(config, |(k in below(ORDER), l in below(ORDER))| {
            check(&base, &other, &d, &big(&k), &big(&l));
        });
    }
}

//! A multiple of a point met for the first time.
//!
//! The odd multiples that the digits ask for are brought to one Z for less than an inversion costs.
//! Taking that Z for one makes them affine points of y² = x³ + a·Z⁴·x + b·Z⁶, on which the whole
//! sum is made; a factor Z leads back. No formula for points knows b. Those for doubling know
//! a·Z⁴, which they carry along: for a = −3 as quick as starting from Z each time, and the
//! multiplications wait less for each other.

use crate::digits::{Digit, non_adjacent};
use crate::field::Field;
use crate::limbs::Limbs;
use crate::point::{Affine, Jacobian};
use crate::tables::{ODD_COUNT, ODD_WIDTH};

/// Digits of a scalar: its magnitude has 255 bits, and a carry.
const DIGITS: usize = 256;

/// k·P for k below 2²⁵⁵. `None` only if the digits asked for a multiple that there is not.
pub(crate) fn multiply(point: &Affine, k: &Limbs) -> Option<Jacobian> {
    let (multiples, z) = odd_multiples(point);
    let coefficient = z.square().square().triple().negate();
    let digits: [Digit; DIGITS] = non_adjacent(k, ODD_WIDTH);
    let mut sum = Sum::empty(coefficient);
    for digit in digits.iter().rev() {
        sum = sum.double();
        if digit.magnitude != 0 {
            let multiple = multiples.get(usize::from(digit.magnitude / 2))?;
            sum = if digit.negative {
                sum.add(&multiple.negate())
            } else {
                sum.add(multiple)
            };
        }
    }
    let mut product = sum.point;
    product.z = product.z.multiply(&z);
    Some(product)
}

/// P, 3P, … 15P as (X, Y), and the Z common to all of them.
///
/// No two points added are equal or opposite, since the order of P is a large prime.
fn odd_multiples(point: &Affine) -> ([Affine; ODD_COUNT], Field) {
    let double = Jacobian::from(*point).double();
    let z_squared = double.z.square();
    let mut multiples = [*point; ODD_COUNT];
    // What Z grew by at each step.
    let mut factors = [Field::ONE; ODD_COUNT];
    let mut z = double.z;
    let mut step = Affine {
        x: double.x,
        y: double.y,
    };
    let mut last = Affine {
        x: point.x.multiply(&z_squared),
        y: point.y.multiply(&z_squared.multiply(&z)),
    };
    for (multiple, factor) in multiples.iter_mut().zip(&mut factors).skip(1) {
        (last, step, *factor) = add_at_one_z(&last, &step);
        *multiple = last;
        z = z.multiply(factor);
    }
    // Backwards, so that each gets the product of all factors after its own.
    let mut missing = Field::ONE;
    for (multiple, factor) in multiples.iter_mut().zip(&factors).rev() {
        let squared = missing.square();
        multiple.x = multiple.x.multiply(&squared);
        multiple.y = multiple.y.multiply(&squared.multiply(&missing));
        missing = missing.multiply(factor);
    }
    // The first one was left as it came, with Z = 1.
    let squared = z.square();
    let [first, ..] = &mut multiples;
    first.x = point.x.multiply(&squared);
    first.y = point.y.multiply(&squared.multiply(&z));
    (multiples, z)
}

/// From P and Q at one Z to P + Q and Q at another, and the factor between the two.
fn add_at_one_z(p: &Affine, q: &Affine) -> (Affine, Affine, Field) {
    let run = p.x.subtract(&q.x);
    let rise = p.y.subtract(&q.y);
    let run_squared = run.square();
    let moved = q.x.multiply(&run_squared);
    let other = p.x.multiply(&run_squared);
    let y = q.y.multiply(&other.subtract(&moved));
    let x = rise.square().subtract(&moved).subtract(&other);
    let sum = Affine {
        x,
        y: rise.multiply(&moved.subtract(&x)).subtract(&y),
    };
    (sum, Affine { x: moved, y }, run)
}

/// A point of a curve with coefficient a, with a·Z⁴.
struct Sum {
    point: Jacobian,
    weight: Field,
    coefficient: Field,
}

impl Sum {
    fn empty(coefficient: Field) -> Self {
        Self {
            point: Jacobian::INFINITY,
            weight: Field::ZERO,
            coefficient,
        }
    }

    /// Infinity, by Z = 0 and a weight of zero, stays what it is.
    #[inline]
    fn double(&self) -> Self {
        let Jacobian { x, y, z } = &self.point;
        let slope = x.square().triple().add(&self.weight).halve();
        let y_squared = y.square();
        let middle = x.multiply(&y_squared);
        let fourth = y_squared.square();
        let new_x = slope.square().subtract(&middle.double());
        Self {
            point: Jacobian {
                y: slope.multiply(&middle.subtract(&new_x)).subtract(&fourth),
                x: new_x,
                z: y.multiply(z),
            },
            weight: self.weight.multiply(&fourth),
            coefficient: self.coefficient,
        }
    }

    #[inline]
    fn add(&self, other: &Affine) -> Self {
        let Jacobian { x, y, z } = &self.point;
        if z.is_zero() {
            return Self {
                point: (*other).into(),
                weight: self.coefficient,
                coefficient: self.coefficient,
            };
        }
        let z_squared = z.square();
        let run = other.x.multiply(&z_squared).subtract(x);
        let rise = other.y.multiply(&z_squared.multiply(z)).subtract(y);
        if run.is_zero() {
            return if rise.is_zero() {
                self.double()
            } else {
                Self::empty(self.coefficient)
            };
        }
        let run_squared = run.square();
        let run_cubed = run_squared.multiply(&run);
        let middle = x.multiply(&run_squared);
        let new_x = rise
            .square()
            .subtract(&run_cubed)
            .subtract(&middle.double());
        Self {
            point: Jacobian {
                y: rise
                    .multiply(&middle.subtract(&new_x))
                    .subtract(&y.multiply(&run_cubed)),
                x: new_x,
                z: z.multiply(&run),
            },
            weight: self.weight.multiply(&run_squared.square()),
            coefficient: self.coefficient,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::point::to_affine;

    #[test]
    fn odd_multiples_at_one_z_are_those_of_additions() {
        let (multiples, z) = odd_multiples(&Affine::GENERATOR);
        let double = to_affine(&[Jacobian::from(Affine::GENERATOR).double()]).unwrap()[0];
        let mut expected = Jacobian::from(Affine::GENERATOR);
        for multiple in multiples {
            let point = Jacobian {
                x: multiple.x,
                y: multiple.y,
                z,
            };
            assert_eq!(to_affine(&[point]), to_affine(&[expected]));
            expected = expected.add_affine(&double);
        }
    }
}

//! Points of y² = x³ − 3x + b over the field (GB/T 32918.5-2017 clause 4).
//!
//! Every addition is complete: equal points, opposite points and infinity come out right. The
//! formulas branch on the points, which are public.

use zeroize::Zeroize;

use crate::field::Field;
use crate::limbs::Limbs;

/// b of the curve.
const B: Field = Field::from_limbs(&[
    0xddbc_bd41_4d94_0e93,
    0xf397_89f5_15ab_8f92,
    0x4d5a_9e4b_cf65_09a7,
    0x28e9_fa9e_9d9f_5e34,
]);

/// a ‖ b ‖ xG ‖ yG as bytes, each most significant first.
pub(crate) fn curve_bytes() -> [u8; 128] {
    let (x, y) = Affine::GENERATOR.coordinates();
    let numbers = [Field::ONE.triple().negate().to_bytes(), B.to_bytes(), x, y];
    let mut bytes = [0; 128];
    for (place, number) in bytes.as_chunks_mut().0.iter_mut().zip(numbers) {
        *place = number;
    }
    bytes
}

/// A point that is not infinity, by its coordinates. Read from bytes it is on the curve.
///
/// Of a table with thousands of them each is one cache line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C, align(64))]
pub(crate) struct Affine {
    pub(crate) x: Field,
    pub(crate) y: Field,
}

impl Affine {
    /// The base point G.
    pub(crate) const GENERATOR: Self = Self {
        x: Field::from_limbs(&[
            0x715a_4589_334c_74c7,
            0x8fe3_0bbf_f266_0be1,
            0x5f99_0446_6a39_c994,
            0x32c4_ae2c_1f19_8119,
        ]),
        y: Field::from_limbs(&[
            0x02df_32e5_2139_f0a0,
            0xd0a9_877c_c62a_4740,
            0x59bd_cee3_6b69_2153,
            0xbc37_36a2_f4f6_779c,
        ]),
    };

    /// The point of two coordinates. `None` unless both are below p and it is on the curve.
    pub(crate) fn from_coordinates(x: &[u8; 32], y: &[u8; 32]) -> Option<Self> {
        let point = Self {
            x: Field::from_bytes(x)?,
            y: Field::from_bytes(y)?,
        };
        point.is_on_curve().then_some(point)
    }

    /// The point of coordinates that are known to be below p and on the curve.
    pub(crate) fn from_limbs(x: &Limbs, y: &Limbs) -> Self {
        Self {
            x: Field::from_limbs(x),
            y: Field::from_limbs(y),
        }
    }

    /// The coordinates, most significant byte first.
    pub(crate) fn coordinates(&self) -> ([u8; 32], [u8; 32]) {
        (self.x.to_bytes(), self.y.to_bytes())
    }

    fn is_on_curve(&self) -> bool {
        let cube = self.x.square().multiply(&self.x);
        let right = cube.subtract(&self.x.triple()).add(&B);
        self.y.square() == right
    }

    pub(crate) fn negate(&self) -> Self {
        Self {
            x: self.x,
            y: self.y.negate(),
        }
    }
}

/// A point (X/Z², Y/Z³); infinity where Z is zero.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Jacobian {
    pub(crate) x: Field,
    pub(crate) y: Field,
    pub(crate) z: Field,
}

impl Zeroize for Jacobian {
    fn zeroize(&mut self) {
        self.x.zeroize();
        self.y.zeroize();
        self.z.zeroize();
    }
}

/// A point to be added many times, with the powers of Z that every addition asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Addend {
    point: Jacobian,
    z_squared: Field,
    z_cubed: Field,
}

impl From<Jacobian> for Addend {
    fn from(point: Jacobian) -> Self {
        let z_squared = point.z.square();
        Self {
            point,
            z_squared,
            z_cubed: z_squared.multiply(&point.z),
        }
    }
}

impl From<Affine> for Jacobian {
    fn from(point: Affine) -> Self {
        Self {
            x: point.x,
            y: point.y,
            z: Field::ONE,
        }
    }
}

impl Jacobian {
    pub(crate) const INFINITY: Self = Self {
        x: Field::ONE,
        y: Field::ONE,
        z: Field::ZERO,
    };

    #[inline]
    pub(crate) fn is_infinity(&self) -> bool {
        self.z.is_zero()
    }

    /// Whether the point is not infinity and its x is this number of the field: no inversion.
    pub(crate) fn has_x(&self, x: &Field) -> bool {
        !self.is_infinity() && x.multiply(&self.z.square()) == self.x
    }

    /// 2P, with a = −3. Infinity doubles to infinity.
    #[inline]
    pub(crate) fn double(&self) -> Self {
        let z_squared = self.z.square();
        let slope = self
            .x
            .subtract(&z_squared)
            .multiply(&self.x.add(&z_squared))
            .triple()
            .halve();
        let y_squared = self.y.square();
        let middle = self.x.multiply(&y_squared);
        let x = slope.square().subtract(&middle.double());
        let y = slope
            .multiply(&middle.subtract(&x))
            .subtract(&y_squared.square());
        let z = self.y.multiply(&self.z);
        Self { x, y, z }
    }

    /// P + Q.
    #[inline]
    pub(crate) fn add(&self, other: &Addend) -> Self {
        if other.point.is_infinity() {
            return *self;
        }
        if self.is_infinity() {
            return other.point;
        }
        let z_squared = self.z.square();
        let z_cubed = z_squared.multiply(&self.z);
        self.join(
            &self.x.multiply(&other.z_squared),
            &self.y.multiply(&other.z_cubed),
            &other.point.x.multiply(&z_squared),
            &other.point.y.multiply(&z_cubed),
            &self.z.multiply(&other.point.z),
        )
    }

    /// P + Q for an affine Q.
    #[inline]
    pub(crate) fn add_affine(&self, other: &Affine) -> Self {
        if self.is_infinity() {
            return (*other).into();
        }
        let z_squared = self.z.square();
        let z_cubed = z_squared.multiply(&self.z);
        self.join(
            &self.x,
            &self.y,
            &other.x.multiply(&z_squared),
            &other.y.multiply(&z_cubed),
            &self.z,
        )
    }

    /// The sum of this point, not infinity, and another, both brought to one Z: (x1, y1) is this
    /// one.
    #[inline(always)]
    fn join(&self, x1: &Field, y1: &Field, x2: &Field, y2: &Field, z: &Field) -> Self {
        let run = x2.subtract(x1);
        let rise = y2.subtract(y1);
        if run.is_zero() {
            return if rise.is_zero() {
                self.double()
            } else {
                Self::INFINITY
            };
        }
        let run_squared = run.square();
        let run_cubed = run_squared.multiply(&run);
        let middle = x1.multiply(&run_squared);
        let x = rise
            .square()
            .subtract(&run_cubed)
            .subtract(&middle.double());
        let y = rise
            .multiply(&middle.subtract(&x))
            .subtract(&y1.multiply(&run_cubed));
        Self {
            x,
            y,
            z: z.multiply(&run),
        }
    }
}

/// The coordinates of many points for one inversion. `None` if one is infinity.
pub(crate) fn to_affine(points: &[Jacobian]) -> Option<Vec<Affine>> {
    let mut product = Field::ONE;
    let before: Vec<Field> = points
        .iter()
        .map(|point| {
            let before = product;
            product = product.multiply(&point.z);
            before
        })
        .collect();
    if product.is_zero() {
        return None;
    }
    let mut inverse = product.invert();
    let mut affine: Vec<Affine> = points
        .iter()
        .zip(&before)
        .rev()
        .map(|(point, before)| {
            let z_inverse = inverse.multiply(before);
            inverse = inverse.multiply(&point.z);
            let squared = z_inverse.square();
            Affine {
                x: point.x.multiply(&squared),
                y: point.y.multiply(&squared).multiply(&z_inverse),
            }
        })
        .collect();
    affine.reverse();
    Some(affine)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// k·G one addition after the other.
    fn multiples(count: usize) -> Vec<Jacobian> {
        let mut sum = Jacobian::INFINITY;
        (0..count)
            .map(|_| {
                sum = sum.add_affine(&Affine::GENERATOR);
                sum
            })
            .collect()
    }

    /// The same point with another Z.
    fn rescaled(point: &Jacobian) -> Jacobian {
        let z = Field::from_limbs(&[3, 1, 4, 1]);
        let squared = z.square();
        Jacobian {
            x: point.x.multiply(&squared),
            y: point.y.multiply(&squared).multiply(&z),
            z: point.z.multiply(&z),
        }
    }

    fn affine(point: &Jacobian) -> Option<Affine> {
        Some(to_affine(&[*point])?[0])
    }

    #[test]
    fn the_base_point_is_on_the_curve_and_its_neighbours_are_not() {
        let (x, y) = Affine::GENERATOR.coordinates();
        assert_eq!(Affine::from_coordinates(&x, &y), Some(Affine::GENERATOR));
        let mut off = y;
        off[31] ^= 1;
        assert_eq!(Affine::from_coordinates(&x, &off), None);
        assert_eq!(Affine::from_coordinates(&y, &x), None);
        assert_eq!(Affine::from_coordinates(&[0; 32], &[0; 32]), None);
    }

    #[test]
    fn every_way_to_a_sum_gives_the_same_point() {
        let points = multiples(24);
        let known = to_affine(&points).unwrap();
        for (i, p) in points.iter().enumerate() {
            assert!(known[i].is_on_curve());
            for (j, q) in points.iter().enumerate() {
                if i + j + 2 > points.len() {
                    continue;
                }
                // i = j is a doubling in disguise, under one Z and under two.
                let expected = Some(known[i + j + 1]);
                for p in [*p, rescaled(p)] {
                    assert_eq!(affine(&p.add(&(*q).into())), expected);
                    assert_eq!(affine(&p.add(&rescaled(q).into())), expected);
                    assert_eq!(affine(&p.add_affine(&known[j])), expected);
                    if i == j {
                        assert_eq!(affine(&p.double()), expected);
                    }
                }
            }
        }
    }

    #[test]
    fn opposites_meet_at_infinity_and_infinity_is_neutral() {
        for p in multiples(5) {
            let mut negative = Addend::from(rescaled(&p));
            negative.point.y = negative.point.y.negate();
            assert!(p.add(&negative).is_infinity());
            assert!(p.add_affine(&affine(&p).unwrap().negate()).is_infinity());
            assert_eq!(affine(&p.add(&Jacobian::INFINITY.into())), affine(&p));
            assert_eq!(affine(&Jacobian::INFINITY.add(&p.into())), affine(&p));
            let sum = Jacobian::INFINITY.add_affine(&affine(&p).unwrap());
            assert_eq!(affine(&sum), affine(&p));
        }
        assert!(Jacobian::INFINITY.double().is_infinity());
        assert!(
            Jacobian::INFINITY
                .add(&Jacobian::INFINITY.into())
                .is_infinity()
        );
        assert!(!Jacobian::INFINITY.has_x(&Field::ONE));
        assert!(!Jacobian::INFINITY.has_x(&Field::ZERO));
    }

    #[test]
    fn infinity_among_many_has_no_coordinates() {
        let mut points = multiples(3);
        assert_eq!(to_affine(&points).unwrap()[0], Affine::GENERATOR);
        points.insert(1, Jacobian::INFINITY);
        assert_eq!(to_affine(&points), None);
    }
}

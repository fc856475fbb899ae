//! Numbers modulo the order n of the base point, as plain residues: verification only adds and
//! subtracts them.

use crate::limbs::{self, Limbs, add_modulo, reduce_once, sub_modulo};

/// n (GB/T 32918.5-2017 clause 4).
pub(crate) const ORDER: Limbs = [
    0x53bb_f409_39d5_4123,
    0x7203_df6b_21c6_052b,
    0xffff_ffff_ffff_ffff,
    0xffff_fffe_ffff_ffff,
];

/// ⌊n / 2⌋.
const HALF_ORDER: Limbs = [
    0xa9dd_fa04_9cea_a091,
    0xb901_efb5_90e3_0295,
    0xffff_ffff_ffff_ffff,
    0x7fff_ffff_7fff_ffff,
];

/// A residue modulo n, always below n.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scalar(Limbs);

impl Scalar {
    /// From 32 bytes, most significant first. `None` unless between 1 and n − 1.
    pub(crate) fn from_nonzero_bytes(bytes: &[u8; 32]) -> Option<Self> {
        let number = limbs::from_bytes(bytes);
        (!limbs::is_zero(&number) && limbs::is_below(&number, &ORDER)).then_some(Self(number))
    }

    /// From any 32 bytes, most significant first, modulo n.
    pub(crate) fn from_bytes_reduced(bytes: &[u8; 32]) -> Self {
        // 2²⁵⁶ is below 2n.
        Self(reduce_once(&limbs::from_bytes(bytes), false, &ORDER))
    }

    pub(crate) fn is_zero(&self) -> bool {
        limbs::is_zero(&self.0)
    }

    pub(crate) fn add(&self, other: &Self) -> Self {
        Self(add_modulo(&self.0, &other.0, &ORDER))
    }

    pub(crate) fn subtract(&self, other: &Self) -> Self {
        Self(sub_modulo(&self.0, &other.0, &ORDER))
    }

    /// The residue as a number below n.
    pub(crate) fn limbs(&self) -> &Limbs {
        &self.0
    }

    /// Sign and magnitude: a magnitude below 2²⁵⁵ which, negated if so told, is this residue.
    pub(crate) fn signed(&self) -> (bool, Limbs) {
        if limbs::is_below(&HALF_ORDER, &self.0) {
            (true, limbs::sub(&ORDER, &self.0).0)
        } else {
            (false, self.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limbs::testing::{below, big, from_big};
    use num_bigint::BigUint;
    use proptest::prelude::*;

    fn bytes(number: &BigUint) -> [u8; 32] {
        limbs::to_bytes(&from_big(number))
    }

    #[test]
    fn only_one_to_n_minus_one_is_in_range() {
        let n = big(&ORDER);
        let read = |number: BigUint| Scalar::from_nonzero_bytes(&bytes(&number));
        assert!(read(BigUint::ZERO).is_none());
        assert!(read(n.clone()).is_none());
        assert!(read(&n + 1_u8).is_none());
        assert!(Scalar::from_nonzero_bytes(&[0xff; 32]).is_none());
        assert_eq!(
            big(read(BigUint::from(1_u8)).unwrap().limbs()),
            BigUint::from(1_u8)
        );
        assert_eq!(big(read(&n - 1_u8).unwrap().limbs()), &n - 1_u8);
        assert_eq!(big(&HALF_ORDER), n / 2_u8);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn agrees_with_big_integers(a in below(ORDER), b in below(ORDER)) {
            let n = big(&ORDER);
            let (u, v) = (big(&a), big(&b));
            let sum = Scalar(a).add(&Scalar(b));
            prop_assert_eq!(big(sum.limbs()), (&u + &v) % &n);
            let difference = Scalar(a).subtract(&Scalar(b));
            prop_assert_eq!(big(difference.limbs()), (&u + &n - &v) % &n);
            let (negative, magnitude) = Scalar(a).signed();
            prop_assert!(magnitude[3] >> 63 == 0);
            let back = if negative { &n - big(&magnitude) } else { big(&magnitude) };
            prop_assert_eq!(back, u);
        }

        #[test]
        fn any_bytes_are_reduced(a in below([u64::MAX; 4])) {
            let reduced = Scalar::from_bytes_reduced(&limbs::to_bytes(&a));
            prop_assert_eq!(big(reduced.limbs()), big(&a) % big(&ORDER));
        }
    }

    #[test]
    fn the_largest_bytes_are_reduced() {
        let reduced = Scalar::from_bytes_reduced(&[0xff; 32]);
        assert_eq!(big(reduced.limbs()), big(&[u64::MAX; 4]) - big(&ORDER));
    }
}

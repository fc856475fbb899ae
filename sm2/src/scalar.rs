//! Numbers modulo the order n of the base point, as plain residues. No operation but
//! [`Scalar::signed`] and the reading of numbers in range branches on them.

use crate::limbs::{self, Limbs, add_carry, add_modulo, multiply_add, reduce_once, sub_modulo};
use crate::{invert, secret};
use zeroize::Zeroize;

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

/// −1/n modulo 2⁶⁴.
const INVERSE: u64 = 0x327f_9e88_7235_0975;

/// 2⁵¹² modulo n.
const SQUARED_RADIX: Scalar = Scalar([
    0x9011_92af_7c11_4f20,
    0x3464_504a_de6f_a2fa,
    0x620f_c84c_3aff_e0d4,
    0x1eb5_e412_a22b_3d3b,
]);

/// A residue modulo n, always below n.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scalar(Limbs);

impl Zeroize for Scalar {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl Scalar {
    pub(crate) const ONE: Self = Self([1, 0, 0, 0]);

    /// As [`from_nonzero_bytes`](Self::from_nonzero_bytes), telling nothing but whether it is one.
    pub(crate) fn from_secret_bytes(bytes: &[u8; 32]) -> Option<Self> {
        let number = Self(limbs::from_bytes(bytes));
        let below = secret::hidden(limbs::is_below(&number.0, &ORDER));
        secret::publish(below & !number.is_zero_secret()).then_some(number)
    }

    pub(crate) fn is_zero_secret(&self) -> bool {
        let [w0, w1, w2, w3] = self.0;
        secret::hidden(w0 | w1 | w2 | w3 == 0)
    }

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

    /// a·b / 2²⁵⁶ modulo n, without a branch (Montgomery).
    fn multiply_reduced(&self, other: &Self) -> Self {
        let ([b0, b1, b2, b3], [n0, n1, n2, n3]) = (other.0, ORDER);
        let (mut t0, mut t1, mut t2, mut t3, mut t4) = (0, 0, 0, 0, 0);
        for a in self.0 {
            let (r0, carry) = multiply_add(t0, a, b0, 0);
            let (r1, carry) = multiply_add(t1, a, b1, carry);
            let (r2, carry) = multiply_add(t2, a, b2, carry);
            let (r3, carry) = multiply_add(t3, a, b3, carry);
            // The sum stays below 2n, and t4 is its bit 256.
            let (r4, r5) = add_carry(t4, carry, false);
            let m = r0.wrapping_mul(INVERSE);
            // The lowest word becomes zero and falls away.
            let (_, carry) = multiply_add(r0, m, n0, 0);
            let (q1, carry) = multiply_add(r1, m, n1, carry);
            let (q2, carry) = multiply_add(r2, m, n2, carry);
            let (q3, carry) = multiply_add(r3, m, n3, carry);
            let (q4, high) = add_carry(r4, carry, false);
            (t0, t1, t2, t3) = (q1, q2, q3, q4);
            t4 = u64::from(r5) + u64::from(high);
        }
        let (reduced, borrow) = limbs::sub(&[t0, t1, t2, t3], &ORDER);
        let below = secret::mask(borrow) & secret::mask(t4 == 0);
        Self(limbs::select_mask(below, &[t0, t1, t2, t3], &reduced))
    }

    /// a·b modulo n, without a branch.
    pub(crate) fn multiply(&self, other: &Self) -> Self {
        self.multiply_reduced(other)
            .multiply_reduced(&SQUARED_RADIX)
    }

    /// The inverse modulo n, zero for zero, in constant time.
    pub(crate) fn invert(&self) -> Self {
        Self(invert::modulo(&self.0, &invert::ORDER))
    }

    /// The residue as 32 bytes, most significant first.
    pub(crate) fn to_bytes(self) -> [u8; 32] {
        limbs::to_bytes(&self.0)
    }

    /// The residue of a number below 2²⁵⁶, without a branch.
    pub(crate) fn from_limbs_reduced(number: &Limbs) -> Self {
        Self(reduce_once(number, false, &ORDER))
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
        fn products_agree_with_big_integers(a in below(ORDER), b in below(ORDER)) {
            let n = big(&ORDER);
            let product = Scalar(a).multiply(&Scalar(b));
            prop_assert_eq!(big(product.limbs()), big(&a) * big(&b) % &n);
        }

        #[test]
        fn agrees_with_the_scalars_of_fiat_crypto(a in below(ORDER), b in below(ORDER)) {
            use fiat_crypto::sm2_scalar_64::{
                fiat_sm2_scalar_add, fiat_sm2_scalar_from_montgomery,
                fiat_sm2_scalar_montgomery_domain_field_element as Theirs, fiat_sm2_scalar_mul,
                fiat_sm2_scalar_non_montgomery_domain_field_element as Number, fiat_sm2_scalar_sub,
                fiat_sm2_scalar_to_montgomery,
            };
            let [u, v] = [a, b].map(|number| {
                let mut out = Theirs([0; 4]);
                fiat_sm2_scalar_to_montgomery(&mut out, &Number(number));
                out
            });
            let made = |make: &dyn Fn(&mut Theirs)| {
                let (mut out, mut number) = (Theirs([0; 4]), Number([0; 4]));
                make(&mut out);
                fiat_sm2_scalar_from_montgomery(&mut number, &out);
                number.0
            };
            let (x, y) = (Scalar(a), Scalar(b));
            let product = made(&|out| fiat_sm2_scalar_mul(out, &u, &v));
            prop_assert_eq!(*x.multiply(&y).limbs(), product);
            let sum = made(&|out| fiat_sm2_scalar_add(out, &u, &v));
            prop_assert_eq!(*x.add(&y).limbs(), sum);
            let difference = made(&|out| fiat_sm2_scalar_sub(out, &u, &v));
            prop_assert_eq!(*x.subtract(&y).limbs(), difference);
        }

        #[test]
        fn any_bytes_are_reduced(a in below([u64::MAX; 4])) {
            let reduced = Scalar::from_bytes_reduced(&limbs::to_bytes(&a));
            prop_assert_eq!(big(reduced.limbs()), big(&a) % big(&ORDER));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn an_inverse_inverts(a in below(ORDER)) {
            let inverse = Scalar(a).invert();
            let expected = big(&a).modpow(&(big(&ORDER) - 2_u8), &big(&ORDER));
            prop_assert_eq!(big(inverse.limbs()), expected);
        }
    }

    #[test]
    fn the_largest_bytes_are_reduced() {
        let reduced = Scalar::from_bytes_reduced(&[0xff; 32]);
        assert_eq!(big(reduced.limbs()), big(&[u64::MAX; 4]) - big(&ORDER));
    }
}

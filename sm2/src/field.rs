//! The field of p = 2²⁵⁶ − 2²²⁴ − 2⁹⁶ + 2⁶⁴ − 1 (GB/T 32918.5-2017 clause 4), in Montgomery form.
//!
//! −1/p is 1 modulo 2⁶⁴, so that reduction needs no multiplication: only shifts and additions.

use zeroize::Zeroize;

use crate::limbs::{self, Limbs, add_carry, multiply_add, sub_borrow};
#[cfg(target_arch = "x86_64")]
use crate::{adx, backend::Adx};
use crate::{invert, secret};

/// p.
pub(crate) const MODULUS: Limbs = [
    0xffff_ffff_ffff_ffff,
    0xffff_ffff_0000_0000,
    0xffff_ffff_ffff_ffff,
    0xffff_fffe_ffff_ffff,
];

/// 2²⁵⁶ − p. What passes 2²⁵⁶ by one is made good by adding this.
const EXCESS: Limbs = [1, 0xffff_ffff, 0, 1 << 32];

/// An element of the field: any of the numbers below 2²⁵⁶ that are its own times 2²⁵⁶ modulo p.
///
/// There are two such numbers for the few below 2²⁵⁶ − p and one for all others. Leaving it open
/// which spares every operation a comparison with p; and as p is so close to 2²⁵⁶, carries out of
/// a correction are too rare for the processor to guess wrong.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub(crate) struct Field(Limbs);

impl Field {
    pub(crate) const ZERO: Self = Self([0; 4]);

    pub(crate) const ONE: Self = Self(EXCESS);

    /// 2⁵¹² modulo p: one, doubled 256 times.
    const SQUARED_RADIX: Self = {
        let mut value = Self::ONE;
        let mut count = 0;
        while count < 256 {
            value = value.double();
            count += 1;
        }
        value
    };

    /// The element of a number below p.
    pub(crate) const fn from_limbs(number: &Limbs) -> Self {
        Self(*number).multiply_portable(&Self::SQUARED_RADIX)
    }

    /// The element of 32 bytes, most significant first. `None` unless below p.
    pub(crate) fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        let number = limbs::from_bytes(bytes);
        limbs::is_below(&number, &MODULUS).then(|| Self::from_limbs(&number))
    }

    /// The number as 32 bytes, most significant first.
    pub(crate) fn to_bytes(self) -> [u8; 32] {
        let [w0, w1, w2, w3] = self.0;
        limbs::to_bytes(&reduce([w0, w1, w2, w3, 0, 0, 0, 0]).canonical())
    }

    #[inline]
    pub(crate) const fn is_zero(&self) -> bool {
        limbs::is_zero(&self.canonical())
    }

    /// The number below p of those that the element may be kept as.
    #[inline]
    const fn canonical(&self) -> Limbs {
        let (reduced, below) = limbs::sub(&self.0, &MODULUS);
        if below { self.0 } else { reduced }
    }

    #[inline(always)]
    pub(crate) const fn add(&self, other: &Self) -> Self {
        let (sum, carry) = limbs::add(&self.0, &other.0);
        let (sum, carry) = limbs::add(&sum, &excess_if(carry));
        if carry {
            return Self(limbs::add(&sum, &EXCESS).0);
        }
        Self(sum)
    }

    /// The sum without a branch, for secrets.
    #[inline(always)]
    pub(crate) fn add_secret(&self, other: &Self) -> Self {
        let (sum, carry) = limbs::add(&self.0, &other.0);
        let (sum, carry) = limbs::add(&sum, &excess_if(carry));
        Self(limbs::add(&sum, &excess_if(carry)).0)
    }

    /// The difference without a branch, for secrets.
    #[inline(always)]
    pub(crate) fn subtract_secret(&self, other: &Self) -> Self {
        let (difference, borrow) = limbs::sub(&self.0, &other.0);
        let (difference, borrow) = limbs::sub(&difference, &excess_if(borrow));
        Self(limbs::sub(&difference, &excess_if(borrow)).0)
    }

    /// The negative where the mask is all ones, the same where it is zero; without a branch.
    #[inline(always)]
    pub(crate) fn negate_secret(&self, mask: u64) -> Self {
        Self(limbs::select_mask(
            mask,
            &Self::ZERO.subtract_secret(self).0,
            &self.0,
        ))
    }

    /// The element kept as words and, above them, at most one times 2²⁵⁶; without a branch.
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn from_words_above(words: Limbs, above: u64) -> Self {
        let excess = Self(excess_if(above != 0));
        Self(words).add_secret(&excess)
    }

    /// The number below p, without a branch.
    pub(crate) fn to_limbs_secret(self) -> Limbs {
        let [w0, w1, w2, w3] = self.0;
        let number = reduce([w0, w1, w2, w3, 0, 0, 0, 0]).0;
        let (reduced, below) = limbs::sub(&number, &MODULUS);
        limbs::select_mask(secret::mask(below), &number, &reduced)
    }

    /// The words that the element is kept as.
    #[inline(always)]
    pub(crate) const fn words(&self) -> &Limbs {
        &self.0
    }

    /// The element kept as these words.
    #[inline(always)]
    pub(crate) const fn from_words(words: Limbs) -> Self {
        Self(words)
    }

    #[inline(always)]
    pub(crate) const fn double(&self) -> Self {
        self.add(self)
    }

    #[inline(always)]
    pub(crate) const fn triple(&self) -> Self {
        self.double().add(self)
    }

    #[inline(always)]
    pub(crate) const fn subtract(&self, other: &Self) -> Self {
        let (difference, borrow) = limbs::sub(&self.0, &other.0);
        let (difference, borrow) = limbs::sub(&difference, &excess_if(borrow));
        if borrow {
            return Self(limbs::sub(&difference, &EXCESS).0);
        }
        Self(difference)
    }

    #[inline(always)]
    pub(crate) const fn negate(&self) -> Self {
        Self::ZERO.subtract(self)
    }

    /// Half of the element.
    #[inline(always)]
    pub(crate) const fn halve(&self) -> Self {
        // An odd number is made even by p, which is odd.
        let mask = (self.0[0] & 1).wrapping_neg();
        let even = [
            MODULUS[0] & mask,
            MODULUS[1] & mask,
            MODULUS[2] & mask,
            MODULUS[3] & mask,
        ];
        let ([w0, w1, w2, w3], carry) = limbs::add(&self.0, &even);
        Self([
            w0 >> 1 | w1 << 63,
            w1 >> 1 | w2 << 63,
            w2 >> 1 | w3 << 63,
            w3 >> 1 | (carry as u64) << 63,
        ])
    }

    #[inline(always)]
    pub(crate) fn multiply(&self, other: &Self) -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(adx) = Adx::get() {
            return Self(adx::multiply(adx, &self.0, &other.0));
        }
        self.multiply_portable(other)
    }

    #[inline(always)]
    pub(crate) fn square(&self) -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(adx) = Adx::get() {
            return Self(adx::square(adx, &self.0));
        }
        self.square_portable()
    }

    pub(crate) const fn multiply_portable(&self, other: &Self) -> Self {
        let [a0, a1, a2, a3] = self.0;
        let [b0, b1, b2, b3] = other.0;

        let (t0, carry) = multiply_add(0, a0, b0, 0);
        let (t1, carry) = multiply_add(0, a0, b1, carry);
        let (t2, carry) = multiply_add(0, a0, b2, carry);
        let (t3, t4) = multiply_add(0, a0, b3, carry);

        let (t1, carry) = multiply_add(t1, a1, b0, 0);
        let (t2, carry) = multiply_add(t2, a1, b1, carry);
        let (t3, carry) = multiply_add(t3, a1, b2, carry);
        let (t4, t5) = multiply_add(t4, a1, b3, carry);

        let (t2, carry) = multiply_add(t2, a2, b0, 0);
        let (t3, carry) = multiply_add(t3, a2, b1, carry);
        let (t4, carry) = multiply_add(t4, a2, b2, carry);
        let (t5, t6) = multiply_add(t5, a2, b3, carry);

        let (t3, carry) = multiply_add(t3, a3, b0, 0);
        let (t4, carry) = multiply_add(t4, a3, b1, carry);
        let (t5, carry) = multiply_add(t5, a3, b2, carry);
        let (t6, t7) = multiply_add(t6, a3, b3, carry);

        reduce([t0, t1, t2, t3, t4, t5, t6, t7])
    }

    pub(crate) const fn square_portable(&self) -> Self {
        let [a0, a1, a2, a3] = self.0;

        // Products of different words, once.
        let (t1, carry) = multiply_add(0, a0, a1, 0);
        let (t2, carry) = multiply_add(0, a0, a2, carry);
        let (t3, t4) = multiply_add(0, a0, a3, carry);
        let (t3, carry) = multiply_add(t3, a1, a2, 0);
        let (t4, t5) = multiply_add(t4, a1, a3, carry);
        let (t5, t6) = multiply_add(t5, a2, a3, 0);

        // Twice.
        let t7 = t6 >> 63;
        let t6 = t6 << 1 | t5 >> 63;
        let t5 = t5 << 1 | t4 >> 63;
        let t4 = t4 << 1 | t3 >> 63;
        let t3 = t3 << 1 | t2 >> 63;
        let t2 = t2 << 1 | t1 >> 63;
        let t1 = t1 << 1;

        // And the squares of the words.
        let (t0, high0) = multiply_add(0, a0, a0, 0);
        let (low1, high1) = multiply_add(0, a1, a1, 0);
        let (low2, high2) = multiply_add(0, a2, a2, 0);
        let (low3, high3) = multiply_add(0, a3, a3, 0);
        let (t1, carry) = add_carry(t1, high0, false);
        let (t2, carry) = add_carry(t2, low1, carry);
        let (t3, carry) = add_carry(t3, high1, carry);
        let (t4, carry) = add_carry(t4, low2, carry);
        let (t5, carry) = add_carry(t5, high2, carry);
        let (t6, carry) = add_carry(t6, low3, carry);
        let (t7, _) = add_carry(t7, high3, carry);

        reduce([t0, t1, t2, t3, t4, t5, t6, t7])
    }

    /// 2⁷⁶⁸ modulo p.
    const CUBED_RADIX: Self = Self::SQUARED_RADIX.multiply_portable(&Self::SQUARED_RADIX);

    /// The inverse, zero for zero, in constant time.
    pub(crate) fn invert(&self) -> Self {
        // Of a·2²⁵⁶ the inverse is that of a divided by 2²⁵⁶; it lacks 2⁵¹².
        let (reduced, below) = limbs::sub(&self.0, &MODULUS);
        let number = limbs::select_mask(secret::mask(below), &self.0, &reduced);
        Self(invert::modulo(&number, &invert::FIELD)).multiply(&Self::CUBED_RADIX)
    }
}

impl Zeroize for Field {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.canonical() == other.canonical()
    }
}

impl Eq for Field {}

/// 2²⁵⁶ − p or zero.
#[inline(always)]
const fn excess_if(carry: bool) -> Limbs {
    let mask = (carry as u64).wrapping_neg();
    [
        EXCESS[0] & mask,
        EXCESS[1] & mask,
        EXCESS[2] & mask,
        EXCESS[3] & mask,
    ]
}

/// t / 2²⁵⁶ modulo p.
#[inline(always)]
const fn reduce(t: [u64; 8]) -> Field {
    let [t0, t1, t2, t3, t4, t5, t6, t7] = t;
    let [t0, t1, t2, t3] = shift_word([t0, t1, t2, t3]);
    let [t0, t1, t2, t3] = shift_word([t0, t1, t2, t3]);
    let [t0, t1, t2, t3] = shift_word([t0, t1, t2, t3]);
    let low = shift_word([t0, t1, t2, t3]);
    // Below 2²⁵⁶ + p + 1, so that one correction is enough.
    let (sum, carry) = limbs::add(&low, &[t4, t5, t6, t7]);
    Field(limbs::add(&sum, &excess_if(carry)).0)
}

/// (t + m·p) / 2⁶⁴ where m, the lowest word of t, makes the division exact: below p + 2¹⁹², and at
/// most p once all four words of t were shifted out.
///
/// m·p = m·2²⁵⁶ − m·2²²⁴ − m·2⁹⁶ + m·2⁶⁴ − m; the last term takes away the lowest word of t.
#[inline(always)]
const fn shift_word([m, t1, t2, t3]: Limbs) -> Limbs {
    let (left, right) = (m << 32, m >> 32);
    let (q0, borrow) = sub_borrow(m, left, false);
    let (q1, borrow) = sub_borrow(0, right, borrow);
    let (q2, borrow) = sub_borrow(0, left, borrow);
    let (q3, _) = sub_borrow(m, right, borrow);
    let (r0, carry) = add_carry(t1, q0, false);
    let (r1, carry) = add_carry(t2, q1, carry);
    let (r2, carry) = add_carry(t3, q2, carry);
    let (r3, _) = add_carry(q3, 0, carry);
    [r0, r1, r2, r3]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limbs::testing::{below, big, from_big};
    use num_bigint::BigUint;
    use proptest::prelude::*;

    fn p() -> BigUint {
        let two = |power: u32| BigUint::from(1_u8) << power;
        two(256) - two(224) - two(96) + two(64) - 1_u8
    }

    /// The number of an element, read by `num-bigint` alone.
    fn number(element: &Field) -> BigUint {
        let radix: BigUint = BigUint::from(1_u8) << 256_u32;
        let inverse = radix.modpow(&(p() - 2_u8), &p());
        big(&element.0) * inverse % p()
    }

    /// Any number below 2²⁵⁶, often one of p or more or one that a correction overflows.
    fn inner() -> impl Strategy<Value = Limbs> {
        prop_oneof![
            6 => below([u64::MAX; 4]),
            1 => Just([u64::MAX; 4]),
            1 => Just(MODULUS),
            2 => below(EXCESS).prop_map(|low| limbs::add(&low, &MODULUS).0),
            1 => below(EXCESS),
        ]
    }

    #[test]
    fn corrections_that_carry_again_are_made_good() {
        // Both in range and so large or so far apart that one correction leaves 256 bits.
        let (largest, zero) = (Field([u64::MAX; 4]), Field::ZERO);
        let (first, carry) = limbs::add(&largest.0, &largest.0);
        assert!(carry && limbs::add(&first, &EXCESS).1);
        assert_eq!(
            number(&largest.add(&largest)),
            number(&largest) * 2_u8 % p()
        );
        let (first, borrow) = limbs::sub(&zero.0, &largest.0);
        assert!(borrow && limbs::sub(&first, &EXCESS).1);
        assert_eq!(number(&zero.subtract(&largest)), p() - number(&largest));
    }

    #[test]
    fn constants_are_what_their_names_say() {
        assert_eq!(big(&MODULUS), p());
        assert_eq!(number(&Field::ONE), BigUint::from(1_u8));
        let radix: BigUint = BigUint::from(1_u8) << 512_u32;
        assert_eq!(big(&Field::SQUARED_RADIX.canonical()), radix % p());
        assert_eq!(big(&EXCESS), (BigUint::from(1_u8) << 256_u32) - p());
    }

    #[test]
    fn bytes_at_or_above_p_are_no_element() {
        let bytes = |number: BigUint| limbs::to_bytes(&from_big(&number));
        assert!(Field::from_bytes(&bytes(p())).is_none());
        assert!(Field::from_bytes(&bytes(p() + 1_u8)).is_none());
        assert!(Field::from_bytes(&[0xff; 32]).is_none());
        let largest = bytes(p() - 1_u8);
        assert_eq!(Field::from_bytes(&largest).unwrap().to_bytes(), largest);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn agrees_with_big_integers(a in inner(), b in inner()) {
            let (x, y) = (Field(a), Field(b));
            let (u, v) = (number(&x), number(&y));
            let results = [
                (x.add(&y), &u + &v),
                (x.subtract(&y), &u + p() - &v),
                (x.negate(), p() - &u),
                (x.double(), &u * 2_u8),
                (x.triple(), &u * 3_u8),
                (x.halve(), &u * ((p() + 1_u8) / 2_u8)),
                (x.multiply(&y), &u * &v),
                (x.square(), &u * &u),
            ];
            for (ours, theirs) in results {
                prop_assert_eq!(number(&ours), theirs % p());
            }
            prop_assert_eq!(x.is_zero(), u == BigUint::ZERO);
            prop_assert_eq!(x == y, u == v);
            prop_assert_eq!(big(&x.canonical()), big(&a) % p());
        }

        /// Both keep a·2²⁵⁶, fiat-crypto always below p.
        #[test]
        fn agrees_with_the_field_of_fiat_crypto(a in inner(), b in inner()) {
            use fiat_crypto::sm2_64::{
                fiat_sm2_add, fiat_sm2_from_montgomery, fiat_sm2_montgomery_domain_field_element as Theirs,
                fiat_sm2_mul, fiat_sm2_non_montgomery_domain_field_element, fiat_sm2_opp,
                fiat_sm2_square, fiat_sm2_sub, fiat_sm2_to_montgomery,
            };
            let (x, y) = (Field(a), Field(b));
            let (u, v) = (Theirs(x.canonical()), Theirs(y.canonical()));
            let made = |make: &dyn Fn(&mut Theirs)| {
                let mut out = Theirs([0; 4]);
                make(&mut out);
                out.0
            };
            for multiplied in [x.multiply(&y), x.multiply_portable(&y)] {
                prop_assert_eq!(multiplied.canonical(), made(&|out| fiat_sm2_mul(out, &u, &v)));
            }
            for squared in [x.square(), x.square_portable()] {
                prop_assert_eq!(squared.canonical(), made(&|out| fiat_sm2_square(out, &u)));
            }
            for added in [x.add(&y), x.add_secret(&y)] {
                prop_assert_eq!(added.canonical(), made(&|out| fiat_sm2_add(out, &u, &v)));
            }
            for subtracted in [x.subtract(&y), x.subtract_secret(&y)] {
                prop_assert_eq!(subtracted.canonical(), made(&|out| fiat_sm2_sub(out, &u, &v)));
            }
            for negative in [x.negate(), x.negate_secret(u64::MAX)] {
                prop_assert_eq!(negative.canonical(), made(&|out| fiat_sm2_opp(out, &u)));
            }
            let mut number = fiat_sm2_non_montgomery_domain_field_element([0; 4]);
            fiat_sm2_from_montgomery(&mut number, &u);
            prop_assert_eq!(x.to_limbs_secret(), number.0);
            let back = made(&|out| fiat_sm2_to_montgomery(out, &number));
            prop_assert_eq!(Field::from_limbs(&number.0).canonical(), back);
        }

        #[test]
        fn bytes_come_back(a in below(MODULUS)) {
            let bytes = limbs::to_bytes(&a);
            let element = Field::from_bytes(&bytes).unwrap();
            prop_assert_eq!(number(&element), big(&a));
            prop_assert_eq!(element.to_bytes(), bytes);
        }

        #[test]
        fn the_reduction_takes_any_product(low in inner(), high in inner()) {
            let [t0, t1, t2, t3] = low;
            let [t4, t5, t6, t7] = high;
            let reduced = reduce([t0, t1, t2, t3, t4, t5, t6, t7]);
            let t = (big(&high) << 256_u32) + big(&low);
            let radix: BigUint = BigUint::from(1_u8) << 256_u32;
            prop_assert_eq!(big(&reduced.0) * radix % p(), t % p());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn an_inverse_inverts(a in inner()) {
            let x = Field(a);
            let expected = if x.is_zero() { Field::ZERO } else { Field::ONE };
            prop_assert_eq!(x.multiply(&x.invert()), expected);
        }
    }
}

//! Numbers of 256 bits as four words of 64, least significant first.

use crate::secret;

/// A number below 2²⁵⁶.
pub(crate) type Limbs = [u64; 4];

/// The low word of a double word.
#[expect(clippy::cast_possible_truncation, reason = "the low word is meant")]
#[inline(always)]
pub(crate) const fn low(wide: u128) -> u64 {
    wide as u64
}

/// The high word of a double word.
#[inline(always)]
pub(crate) const fn high(wide: u128) -> u64 {
    low(wide >> 64)
}

/// a + b + carry, and the carry out of it.
#[inline(always)]
pub(crate) const fn add_carry(a: u64, b: u64, carry: bool) -> (u64, bool) {
    let (sum, first) = a.overflowing_add(b);
    let (sum, second) = sum.overflowing_add(carry as u64);
    (sum, first | second)
}

/// a − b − borrow, and the borrow out of it.
#[inline(always)]
pub(crate) const fn sub_borrow(a: u64, b: u64, borrow: bool) -> (u64, bool) {
    let (difference, first) = a.overflowing_sub(b);
    let (difference, second) = difference.overflowing_sub(borrow as u64);
    (difference, first | second)
}

/// sum + a·b + carry as (low word, high word). Cannot overflow.
#[inline(always)]
pub(crate) const fn multiply_add(sum: u64, a: u64, b: u64, carry: u64) -> (u64, u64) {
    let wide = sum as u128 + a as u128 * b as u128 + carry as u128;
    (low(wide), high(wide))
}

/// a + b, and whether it passed 2²⁵⁶.
#[inline(always)]
pub(crate) const fn add(a: &Limbs, b: &Limbs) -> (Limbs, bool) {
    let (w0, carry) = add_carry(a[0], b[0], false);
    let (w1, carry) = add_carry(a[1], b[1], carry);
    let (w2, carry) = add_carry(a[2], b[2], carry);
    let (w3, carry) = add_carry(a[3], b[3], carry);
    ([w0, w1, w2, w3], carry)
}

/// a − b modulo 2²⁵⁶, and whether a was below b.
#[inline(always)]
pub(crate) const fn sub(a: &Limbs, b: &Limbs) -> (Limbs, bool) {
    let (w0, borrow) = sub_borrow(a[0], b[0], false);
    let (w1, borrow) = sub_borrow(a[1], b[1], borrow);
    let (w2, borrow) = sub_borrow(a[2], b[2], borrow);
    let (w3, borrow) = sub_borrow(a[3], b[3], borrow);
    ([w0, w1, w2, w3], borrow)
}

/// The sum modulo m of a + b, of which `carry` is bit 256, where a + b < 2m; without a branch.
#[inline(always)]
pub(crate) fn reduce_once(sum: &Limbs, carry: bool, m: &Limbs) -> Limbs {
    let (reduced, borrow) = sub(sum, m);
    select_mask(secret::mask(borrow & !carry), sum, &reduced)
}

/// a + b modulo m, for a and b below m; without a branch.
#[inline(always)]
pub(crate) fn add_modulo(a: &Limbs, b: &Limbs, m: &Limbs) -> Limbs {
    let (sum, carry) = add(a, b);
    reduce_once(&sum, carry, m)
}

/// a − b modulo m, for a and b below m; without a branch.
#[inline(always)]
pub(crate) fn sub_modulo(a: &Limbs, b: &Limbs, m: &Limbs) -> Limbs {
    let (difference, borrow) = sub(a, b);
    let back = select_mask(secret::mask(borrow), m, &[0; 4]);
    add(&difference, &back).0
}

/// Whether a < b.
#[inline]
pub(crate) const fn is_below(a: &Limbs, b: &Limbs) -> bool {
    sub(a, b).1
}

/// Whether every word is zero.
#[inline]
pub(crate) const fn is_zero(a: &Limbs) -> bool {
    a[0] | a[1] | a[2] | a[3] == 0
}

/// `yes` for a mask of ones, `no` for zero.
#[inline(always)]
pub(crate) const fn select_mask(mask: u64, yes: &Limbs, no: &Limbs) -> Limbs {
    [
        no[0] ^ (mask & (yes[0] ^ no[0])),
        no[1] ^ (mask & (yes[1] ^ no[1])),
        no[2] ^ (mask & (yes[2] ^ no[2])),
        no[3] ^ (mask & (yes[3] ^ no[3])),
    ]
}

/// The number divided by 2^`places`, 0 to 255: the time depends on the places alone.
#[inline(always)]
pub(crate) fn shift_right(limbs: &Limbs, places: u32) -> Limbs {
    let [w0, w1, w2, w3] = *limbs;
    let [w0, w1, w2, w3] = match places / 64 {
        0 => [w0, w1, w2, w3],
        1 => [w1, w2, w3, 0],
        2 => [w2, w3, 0, 0],
        _ => [w3, 0, 0, 0],
    };
    let small = places % 64;
    // Shifted twice, as a shift by 64 is none.
    let from_above = |word: u64| word << 1 << (63 - small);
    [
        w0 >> small | from_above(w1),
        w1 >> small | from_above(w2),
        w2 >> small | from_above(w3),
        w3 >> small,
    ]
}

/// From 32 bytes, most significant first.
pub(crate) fn from_bytes(bytes: &[u8; 32]) -> Limbs {
    let mut limbs = [0; 4];
    for (limb, word) in limbs.iter_mut().rev().zip(bytes.chunks_exact(8)) {
        *limb = word
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte));
    }
    limbs
}

/// To 32 bytes, most significant first.
pub(crate) fn to_bytes(limbs: &Limbs) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (word, limb) in bytes.chunks_exact_mut(8).zip(limbs.iter().rev()) {
        word.copy_from_slice(&limb.to_be_bytes());
    }
    bytes
}

#[cfg(test)]
pub(crate) mod testing {
    use super::Limbs;
    use num_bigint::BigUint;
    use proptest::prelude::*;

    pub(crate) fn big(limbs: &Limbs) -> BigUint {
        BigUint::from_bytes_be(&super::to_bytes(limbs))
    }

    pub(crate) fn from_big(number: &BigUint) -> Limbs {
        let digits = number.to_u64_digits();
        assert!(digits.len() <= 4);
        let mut limbs = [0; 4];
        limbs[..digits.len()].copy_from_slice(&digits);
        limbs
    }

    /// Words where carries start, stop and run through, more often than chance would.
    fn word() -> BoxedStrategy<u64> {
        prop_oneof![
            2 => any::<u64>(),
            1 => Just(0),
            1 => Just(u64::MAX),
            1 => Just(1),
            1 => Just(u64::MAX - 1),
            1 => Just(0xffff_ffff),
            1 => Just(0xffff_ffff_0000_0000),
            1 => Just(0xffff_fffe_ffff_ffff),
            1 => Just(1 << 32),
            1 => Just(1 << 63),
        ]
        .boxed()
    }

    /// Any number below the modulus, often one at an edge or close below the modulus.
    ///
    /// Boxed, as of what proptest keeps of every choice there is too much for a thread's stack, where
    /// a test asks for many numbers.
    pub(crate) fn below(modulus: Limbs) -> BoxedStrategy<Limbs> {
        let reduced = [word(), word(), word(), word()]
            .prop_map(move |limbs| from_big(&(big(&limbs) % big(&modulus))));
        let close = word()
            .prop_map(move |distance| from_big(&(big(&modulus) - BigUint::from(distance.max(1)))));
        let small = word().prop_map(|low| [low, 0, 0, 0]);
        prop_oneof![6 => reduced, 1 => close, 1 => small].boxed()
    }
}

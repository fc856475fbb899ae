//! Scalars as signed digits: the fewer and the smaller, the fewer points are added.

/// Places looked at together.
const AHEAD: u32 = 63;

use crate::limbs::Limbs;

/// A digit: a magnitude to look up, and whether its point is subtracted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Digit {
    pub(crate) magnitude: u8,
    pub(crate) negative: bool,
}

/// The non-adjacent form of a number: `N` digits, least significant first, each zero or odd and
/// below 2^(width − 1), no two that are not zero within `width` places.
///
/// `N` must exceed the bits of the number; `width` is 2 to 8.
pub(crate) fn non_adjacent<const N: usize>(words: &[u64], width: u32) -> [Digit; N] {
    let mut digits = [Digit::default(); N];
    let (mut place, mut carry) = (0_u32, 0);
    while let Some(rest) = usize::try_from(place)
        .ok()
        .and_then(|at| digits.get_mut(at..))
        && let [digit, ..] = rest
    {
        // A place whose bit is the carry has no digit: on to the next that differs.
        let differing = bits(words, place, AHEAD) ^ (carry * ((1 << AHEAD) - 1));
        let equal = differing.trailing_zeros().min(AHEAD);
        if equal > 0 {
            place += equal;
            continue;
        }
        (*digit, carry) = split(bits(words, place, width) + carry, width);
        place += width;
    }
    digits
}

/// Digits of [`odd`].
pub(crate) const ODD_DIGITS: usize = 64;

/// An odd number in base 16, least significant first, by digits that are odd and below 16.
pub(crate) fn odd(number: &Limbs) -> [Digit; ODD_DIGITS] {
    let mut digits = [Digit::default(); ODD_DIGITS];
    for (place, digit) in (0_u32..).step_by(4).zip(&mut digits) {
        // An even rest is made odd by the digit below, which is negative then.
        let five = bits(number, place, 5) | 1;
        let last = place == 252;
        let negative = !last && five < 16;
        let [magnitude, ..] = match (last, negative) {
            (true, _) => five,
            (_, true) => 16 - five,
            (_, false) => five - 16,
        }
        .to_le_bytes();
        *digit = Digit {
            magnitude,
            negative,
        };
    }
    digits
}

/// A number below 2²⁵⁵ in base 2^width, least significant first, by digits of at most 2^(width − 1).
/// There are [`windows`] of them. `width` is 2 to 8.
pub(crate) fn fixed(words: &[u64], width: u32) -> impl Iterator<Item = Digit> {
    let mut carry = 0;
    (0..windows(width)).map(move |window| {
        let digit;
        (digit, carry) = split(bits(words, window * width, width) + carry, width);
        digit
    })
}

/// The digits of [`fixed`]: with a bit to spare for the last carry.
pub(crate) const fn windows(width: u32) -> u32 {
    256_u32.div_ceil(width)
}

/// A digit of at most half the base, and the carry that makes up for it.
fn split(number: u64, width: u32) -> (Digit, u64) {
    let base = 1 << width;
    let negative = number > base / 2;
    let [magnitude, ..] = if negative { base - number } else { number }.to_le_bytes();
    (
        Digit {
            magnitude,
            negative,
        },
        u64::from(negative),
    )
}

/// `count` bits from a place on, up to 63; zeros past the end.
fn bits(words: &[u64], place: u32, count: u32) -> u64 {
    let word = |index: u32| {
        let index = usize::try_from(index).ok()?;
        words.get(index).copied()
    };
    let (index, shift) = (place / 64, place % 64);
    let mut value = word(index).unwrap_or(0) >> shift;
    if shift + count > 64 {
        value |= word(index + 1).unwrap_or(0) << (64 - shift);
    }
    value & ((1 << count) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limbs::testing::{below, big};
    use num_bigint::BigInt;
    use proptest::prelude::*;

    const LIMIT: Limbs = [0, 0, 0, 1 << 63];

    /// The number of digits in base 2^width.
    fn sum(digits: impl DoubleEndedIterator<Item = Digit>, width: u32) -> BigInt {
        digits.rev().fold(BigInt::ZERO, |sum, digit| {
            let magnitude = BigInt::from(digit.magnitude);
            (sum << width)
                + if digit.negative {
                    -magnitude
                } else {
                    magnitude
                }
        })
    }

    fn check(number: &Limbs) {
        let expected = BigInt::from(big(number));
        for width in 2..=8 {
            let digits = non_adjacent::<256>(number, width);
            assert_eq!(sum(digits.into_iter(), 1), expected);
            let set: Vec<usize> = (0..256)
                .filter(|place| digits[*place].magnitude != 0)
                .collect();
            for pair in set.windows(2) {
                assert!(pair[1] - pair[0] >= width as usize);
            }
            for digit in set.iter().map(|place| digits[*place].magnitude) {
                assert!(digit % 2 == 1 && u32::from(digit) < 1 << (width - 1));
            }

            let digits: Vec<Digit> = fixed(number, width).collect();
            assert!(
                digits
                    .iter()
                    .all(|digit| u32::from(digit.magnitude) <= 1 << (width - 1))
            );
            assert_eq!(sum(digits.into_iter(), width), expected);
        }
        let [low, rest @ ..] = number;
        let [r0, r1, r2] = *rest;
        let number = [low | 1, r0, r1, r2];
        let digits = odd(&number);
        assert!(digits.iter().all(|digit| digit.magnitude % 2 == 1));
        assert!(digits.iter().all(|digit| digit.magnitude < 16));
        assert_eq!(sum(digits.into_iter(), 4), BigInt::from(big(&number)));
        for word in number {
            let digits = non_adjacent::<65>(&[word], 5);
            assert_eq!(sum(digits.into_iter(), 1), BigInt::from(word));
        }
    }

    #[test]
    fn edges_come_back_from_their_digits() {
        let top = u64::MAX >> 1;
        for number in [
            [0, 0, 0, 0],
            [1, 0, 0, 0],
            [u64::MAX, u64::MAX, u64::MAX, top],
            [0, 0, 0, 1 << 62],
            [u64::MAX, 0, u64::MAX, 0],
            [
                0x8080_8080_8080_8080,
                0x8181_8181_8181_8181,
                0x7f80_7f80_7f80_7f80,
                top,
            ],
        ] {
            check(&number);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn numbers_come_back_from_their_digits(number in below(LIMIT)) {
            check(&number);
        }
    }
}

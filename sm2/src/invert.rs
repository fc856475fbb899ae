//! Inverses modulo an odd number in constant time: the division steps of Bernstein and Yang
//! (<https://eprint.iacr.org/2019/266>), 59 at a time, in the variant that starts at 1/2, for which
//! 590 steps are enough for numbers of 256 bits.
//!
//! Numbers are five signed words of 62 bits, the highest one with the sign.

use crate::field;
use crate::limbs::Limbs;
use crate::scalar;

/// Bits of a word.
const BITS: u32 = 62;

const MASK: i64 = (1 << BITS) - 1;

/// Rounds of 59 steps.
const ROUNDS: u32 = 10;

type Words = [i64; 5];

/// A modulus, and its inverse modulo 2⁶².
pub(crate) struct Modulus {
    words: Words,
    inverse: i64,
}

/// p.
pub(crate) const FIELD: Modulus = Modulus::new(&field::MODULUS);

/// n.
pub(crate) const ORDER: Modulus = Modulus::new(&scalar::ORDER);

impl Modulus {
    const fn new(modulus: &Limbs) -> Self {
        let low = modulus[0].cast_signed();
        // Each step doubles the bits that are right, three at first.
        let mut inverse = low;
        let mut right = 3;
        while right < BITS {
            inverse = inverse.wrapping_mul(2_i64.wrapping_sub(low.wrapping_mul(inverse)));
            right *= 2;
        }
        Self {
            words: to_words(modulus),
            inverse: inverse & MASK,
        }
    }
}

/// What 59 steps do to f and g, times 2⁶²: f' = (u·f + v·g) / 2⁶², g' = (q·f + r·g) / 2⁶².
struct Steps {
    u: i64,
    v: i64,
    q: i64,
    r: i64,
}

/// The inverse of a number below the modulus, zero for zero; without a branch on the number.
pub(crate) fn modulo(number: &Limbs, modulus: &Modulus) -> Limbs {
    let (mut f, mut g) = (modulus.words, to_words(number));
    let (mut d, mut e): (Words, Words) = ([0; 5], [1, 0, 0, 0, 0]);
    let mut zeta = -1;
    for _ in 0..ROUNDS {
        let steps;
        (zeta, steps) = divide(zeta, &f, &g);
        (d, e) = steps.apply_modulo(&d, &e, modulus);
        (f, g) = steps.apply(&f, &g);
    }
    // g is 0 and f is 1 or −1 now, the sign being that of d.
    let [.., sign] = f;
    to_limbs(&normalize(&d, sign >> 63, modulus))
}

/// 59 steps on the low words of f and g. Zeta is −(δ + 1/2).
fn divide(zeta: i64, [f, ..]: &Words, [g, ..]: &Words) -> (i64, Steps) {
    let (zeta, f, g, first) = divide_short(30, zeta, *f, *g);
    let (zeta, _, _, second) = divide_short(29, zeta, f, g);
    // Shifted by three more, for 62 bits in the end.
    let row = |a: i64, b: i64| {
        (
            (a * first.u + b * first.q) << 3,
            (a * first.v + b * first.r) << 3,
        )
    };
    let (u, v) = row(second.u, second.v);
    let (q, r) = row(second.q, second.r);
    (zeta, Steps { u, v, q, r })
}

/// At most 30 steps, what they do times 2 to their number; and the new f and g, as far as their low
/// bits were known.
///
/// u and v are made as one number, u + 2³²·v, which sums, differences and doublings do not mind; and
/// so are q and r. All are at most 2³⁰.
#[inline(always)]
fn divide_short(steps: u32, mut zeta: i64, mut f: i64, mut g: i64) -> (i64, i64, i64, Steps) {
    let (mut uv, mut qr) = (1_i64, 1_i64 << 32);
    for _ in 0..steps {
        let negative = zeta >> 63;
        let odd = -(g & 1);
        let x = (f ^ negative).wrapping_sub(negative);
        let y = (uv ^ negative).wrapping_sub(negative);
        g = g.wrapping_add(x & odd);
        qr = qr.wrapping_add(y & odd);
        let swap = negative & odd;
        zeta = (zeta ^ swap).wrapping_sub(1);
        f = f.wrapping_add(g & swap);
        uv = uv.wrapping_add(qr & swap);
        g = (g.cast_unsigned() >> 1).cast_signed();
        uv <<= 1;
    }
    let ((u, v), (q, r)) = (halves(uv), halves(qr));
    (zeta, f, g, Steps { u, v, q, r })
}

/// a and b of a + 2³²·b, both within ±2³¹.
#[inline(always)]
const fn halves(packed: i64) -> (i64, i64) {
    let low = packed << 32 >> 32;
    (low, packed.wrapping_sub(low) >> 32)
}

/// a·x + b·y.
#[inline(always)]
fn dot(a: i64, x: i64, b: i64, y: i64) -> i128 {
    i128::from(a) * i128::from(x) + i128::from(b) * i128::from(y)
}

/// The low 62 bits.
#[expect(clippy::cast_possible_truncation, reason = "the low word is meant")]
#[inline(always)]
const fn low(wide: i128) -> i64 {
    wide as i64 & MASK
}

impl Steps {
    /// New f and g.
    fn apply(&self, f: &Words, g: &Words) -> (Words, Words) {
        let Self { u, v, q, r } = *self;
        let row = |a, b| {
            let ([f0, f1, f2, f3, f4], [g0, g1, g2, g3, g4]) = (*f, *g);
            let sum = dot(a, f0, b, g0) >> BITS;
            let sum1 = sum + dot(a, f1, b, g1);
            let sum2 = (sum1 >> BITS) + dot(a, f2, b, g2);
            let sum3 = (sum2 >> BITS) + dot(a, f3, b, g3);
            let sum4 = (sum3 >> BITS) + dot(a, f4, b, g4);
            [
                low(sum1),
                low(sum2),
                low(sum3),
                low(sum4),
                whole(sum4 >> BITS),
            ]
        };
        (row(u, v), row(q, r))
    }

    /// New d and e modulo the modulus, both between −2 times it and it.
    fn apply_modulo(&self, d: &Words, e: &Words, modulus: &Modulus) -> (Words, Words) {
        let Self { u, v, q, r } = *self;
        let row = |a: i64, b: i64| {
            let ([d0, d1, d2, d3, d4], [e0, e1, e2, e3, e4]) = (*d, *e);
            let [m0, m1, m2, m3, m4] = modulus.words;
            let sum = dot(a, d0, b, e0);
            // How often the modulus is added: once for each negative one, and as often as makes
            // the low word zero.
            let times = (a & (d4 >> 63)).wrapping_add(b & (e4 >> 63));
            let missing = modulus.inverse.wrapping_mul(low(sum)).wrapping_add(times) & MASK;
            let times = i128::from(times.wrapping_sub(missing));
            let sum = (sum + i128::from(m0) * times) >> BITS;
            let sum1 = sum + dot(a, d1, b, e1) + i128::from(m1) * times;
            let sum2 = (sum1 >> BITS) + dot(a, d2, b, e2) + i128::from(m2) * times;
            let sum3 = (sum2 >> BITS) + dot(a, d3, b, e3) + i128::from(m3) * times;
            let sum4 = (sum3 >> BITS) + dot(a, d4, b, e4) + i128::from(m4) * times;
            [
                low(sum1),
                low(sum2),
                low(sum3),
                low(sum4),
                whole(sum4 >> BITS),
            ]
        };
        (row(u, v), row(q, r))
    }
}

/// A word with its sign: the value is known to fit.
#[expect(clippy::cast_possible_truncation, reason = "fits")]
#[inline(always)]
const fn whole(wide: i128) -> i64 {
    wide as i64
}

/// From between −2 times the modulus and it, negated for a mask of ones, to between 0 and it.
fn normalize(d: &Words, negate: i64, modulus: &Modulus) -> Words {
    let word = |d: i64, m: i64, add: i64| ((d.wrapping_add(m & add)) ^ negate).wrapping_sub(negate);
    let ([d0, d1, d2, d3, d4], [m0, m1, m2, m3, m4]) = (*d, modulus.words);
    let add = d4 >> 63;
    let [d0, d1, d2, d3, d4] = carried([
        word(d0, m0, add),
        word(d1, m1, add),
        word(d2, m2, add),
        word(d3, m3, add),
        word(d4, m4, add),
    ]);
    let add = d4 >> 63;
    carried([
        d0 + (m0 & add),
        d1 + (m1 & add),
        d2 + (m2 & add),
        d3 + (m3 & add),
        d4 + (m4 & add),
    ])
}

fn carried([d0, d1, d2, d3, d4]: Words) -> Words {
    let d1 = d1 + (d0 >> BITS);
    let d2 = d2 + (d1 >> BITS);
    let d3 = d3 + (d2 >> BITS);
    let d4 = d4 + (d3 >> BITS);
    [d0 & MASK, d1 & MASK, d2 & MASK, d3 & MASK, d4]
}

const fn to_words(limbs: &Limbs) -> Words {
    let [l0, l1, l2, l3] = *limbs;
    [
        l0.cast_signed() & MASK,
        (l0 >> 62 | l1 << 2).cast_signed() & MASK,
        (l1 >> 60 | l2 << 4).cast_signed() & MASK,
        (l2 >> 58 | l3 << 6).cast_signed() & MASK,
        (l3 >> 56).cast_signed(),
    ]
}

fn to_limbs(words: &Words) -> Limbs {
    let [w0, w1, w2, w3, w4] = words.map(i64::cast_unsigned);
    [
        w0 | w1 << 62,
        w1 >> 2 | w2 << 60,
        w2 >> 4 | w3 << 58,
        w3 >> 6 | w4 << 56,
    ]
}

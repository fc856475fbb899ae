//! The field's multiplication with `mulx`, `adcx` and `adox`: two chains of carries at a time.

use std::arch::asm;

use crate::backend::Adx;
use crate::limbs::Limbs;

/// A round of Montgomery's reduction: `m` is the lowest word of a number `m, t1, t2, t3` and takes
/// in the end its new highest one. Adds m·2²⁵⁶ + m·2⁶⁴ and takes away m·2²²⁴ + m·2⁹⁶, which with
/// the lowest word gone is adding m·p and dividing by 2⁶⁴.
macro_rules! shift_word {
    ($m:literal, $t1:literal, $t2:literal, $t3:literal) => {
        concat!(
            "mov {lo}, {",
            $m,
            "}\n",
            "mov {hi}, {",
            $m,
            "}\n",
            "shl {lo}, 32\n",
            "shr {hi}, 32\n",
            "add {",
            $t1,
            "}, {",
            $m,
            "}\n",
            "adc {",
            $t2,
            "}, 0\n",
            "adc {",
            $t3,
            "}, 0\n",
            "adc {",
            $m,
            "}, 0\n",
            "sub {",
            $t1,
            "}, {lo}\n",
            "sbb {",
            $t2,
            "}, {hi}\n",
            "sbb {",
            $t3,
            "}, {lo}\n",
            "sbb {",
            $m,
            "}, {hi}\n",
        )
    };
}

/// From the eight words of a product to four, as `field::reduce` does.
macro_rules! reduce {
    () => {
        concat!(
            shift_word!("t0", "t1", "t2", "t3"),
            shift_word!("t1", "t2", "t3", "t0"),
            shift_word!("t2", "t3", "t0", "t1"),
            shift_word!("t3", "t0", "t1", "t2"),
            "add {t0}, {t4}\n",
            "adc {t1}, {t5}\n",
            "adc {t2}, {t6}\n",
            "adc {t3}, {t7}\n",
            // 2²⁵⁶ − p for the carry.
            "mov {lo:e}, 0\n",
            "adc {lo}, 0\n",
            "mov {hi}, {lo}\n",
            "shl {hi}, 32\n",
            "mov rdx, {hi}\n",
            "sub rdx, {lo}\n",
            "add {t0}, {lo}\n",
            "adc {t1}, rdx\n",
            "adc {t2}, 0\n",
            "adc {t3}, {hi}\n",
        )
    };
}

/// Adds word `rdx` times b to the words from `t0` on, of which `t4` is new.
macro_rules! multiply_row {
    ($t0:literal, $t1:literal, $t2:literal, $t3:literal, $t4:literal) => {
        concat!(
            "xor {",
            $t4,
            ":e}, {",
            $t4,
            ":e}\n",
            "mulx {hi}, {lo}, [{b}]\n",
            "adcx {",
            $t0,
            "}, {lo}\n",
            "adox {",
            $t1,
            "}, {hi}\n",
            "mulx {hi}, {lo}, [{b} + 8]\n",
            "adcx {",
            $t1,
            "}, {lo}\n",
            "adox {",
            $t2,
            "}, {hi}\n",
            "mulx {hi}, {lo}, [{b} + 16]\n",
            "adcx {",
            $t2,
            "}, {lo}\n",
            "adox {",
            $t3,
            "}, {hi}\n",
            "mulx {hi}, {lo}, [{b} + 24]\n",
            "adcx {",
            $t3,
            "}, {lo}\n",
            "adox {",
            $t4,
            "}, {hi}\n",
            "mov {lo:e}, 0\n",
            "adcx {",
            $t4,
            "}, {lo}\n",
        )
    };
}

/// a·b / 2²⁵⁶ modulo p, any number below 2²⁵⁶ for it: as the portable multiplication, word for word.
#[inline(always)]
pub(crate) fn multiply(_: Adx, a: &Limbs, b: &Limbs) -> Limbs {
    let (t0, t1, t2, t3): (u64, u64, u64, u64);
    // SAFETY: the processor has the instructions, which the token shows. Both pointers come from
    // references to 32 bytes, and no more than those are read; nothing is written to memory, the
    // stack is not used, and every register changed is an output.
    unsafe {
        asm!(
            "mov rdx, [{a}]",
            "mulx {t1}, {t0}, [{b}]",
            "mulx {t2}, {lo}, [{b} + 8]",
            "add {t1}, {lo}",
            "mulx {t3}, {lo}, [{b} + 16]",
            "adc {t2}, {lo}",
            "mulx {t4}, {lo}, [{b} + 24]",
            "adc {t3}, {lo}",
            "adc {t4}, 0",
            "mov rdx, [{a} + 8]",
            multiply_row!("t1", "t2", "t3", "t4", "t5"),
            "mov rdx, [{a} + 16]",
            multiply_row!("t2", "t3", "t4", "t5", "t6"),
            "mov rdx, [{a} + 24]",
            multiply_row!("t3", "t4", "t5", "t6", "t7"),
            reduce!(),
            a = in(reg) a.as_ptr(),
            b = in(reg) b.as_ptr(),
            t0 = out(reg) t0,
            t1 = out(reg) t1,
            t2 = out(reg) t2,
            t3 = out(reg) t3,
            t4 = out(reg) _,
            t5 = out(reg) _,
            t6 = out(reg) _,
            t7 = out(reg) _,
            lo = out(reg) _,
            hi = out(reg) _,
            out("rdx") _,
            options(pure, readonly, nostack),
        );
    }
    [t0, t1, t2, t3]
}

/// a² / 2²⁵⁶ modulo p, as [`multiply`].
#[inline(always)]
pub(crate) fn square(_: Adx, a: &Limbs) -> Limbs {
    let (t0, t1, t2, t3): (u64, u64, u64, u64);
    // SAFETY: as in `multiply`, with one pointer.
    unsafe {
        asm!(
            // Products of different words, once.
            "mov rdx, [{a}]",
            "mulx {t2}, {t1}, [{a} + 8]",
            "mulx {t3}, {lo}, [{a} + 16]",
            "mulx {t4}, {hi}, [{a} + 24]",
            "add {t2}, {lo}",
            "adc {t3}, {hi}",
            "adc {t4}, 0",
            "mov rdx, [{a} + 8]",
            "xor {t7:e}, {t7:e}",
            "mulx {hi}, {lo}, [{a} + 16]",
            "adcx {t3}, {lo}",
            "adox {t4}, {hi}",
            "mulx {t5}, {lo}, [{a} + 24]",
            "adcx {t4}, {lo}",
            "adox {t5}, {t7}",
            "adcx {t5}, {t7}",
            "mov rdx, [{a} + 16]",
            "mulx {t6}, {lo}, [{a} + 24]",
            "add {t5}, {lo}",
            "adc {t6}, 0",
            // Twice, on one chain of carries, and the squares of the words on the other.
            "mov rdx, [{a}]",
            "xor {t7:e}, {t7:e}",
            "mulx {hi}, {t0}, rdx",
            "adcx {t1}, {t1}",
            "adox {t1}, {hi}",
            "mov rdx, [{a} + 8]",
            "mulx {hi}, {lo}, rdx",
            "adcx {t2}, {t2}",
            "adox {t2}, {lo}",
            "adcx {t3}, {t3}",
            "adox {t3}, {hi}",
            "mov rdx, [{a} + 16]",
            "mulx {hi}, {lo}, rdx",
            "adcx {t4}, {t4}",
            "adox {t4}, {lo}",
            "adcx {t5}, {t5}",
            "adox {t5}, {hi}",
            "mov rdx, [{a} + 24]",
            "mulx {hi}, {lo}, rdx",
            "adcx {t6}, {t6}",
            "adox {t6}, {lo}",
            "adcx {t7}, {t7}",
            "adox {t7}, {hi}",
            reduce!(),
            a = in(reg) a.as_ptr(),
            t0 = out(reg) t0,
            t1 = out(reg) t1,
            t2 = out(reg) t2,
            t3 = out(reg) t3,
            t4 = out(reg) _,
            t5 = out(reg) _,
            t6 = out(reg) _,
            t7 = out(reg) _,
            lo = out(reg) _,
            hi = out(reg) _,
            out("rdx") _,
            options(pure, readonly, nostack),
        );
    }
    [t0, t1, t2, t3]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;
    use crate::limbs::testing::below;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn agrees_with_the_portable_words(a in below([u64::MAX; 4]), b in below([u64::MAX; 4])) {
            let Some(adx) = Adx::get() else {
                return Ok(());
            };
            let (x, y) = (Field::from_words(a), Field::from_words(b));
            prop_assert_eq!(multiply(adx, &a, &b), *x.multiply_portable(&y).words());
            prop_assert_eq!(square(adx, &a), *x.square_portable().words());
        }
    }
}

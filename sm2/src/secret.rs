//! Working on secrets without a branch: masks for conditions, and the one place where a value stops
//! being secret.

use std::hint::black_box;

/// A condition that the compiler cannot turn back into a branch.
#[inline(always)]
pub(crate) fn hidden(condition: bool) -> bool {
    black_box(condition)
}

/// All ones for true, zero for false.
#[inline(always)]
pub(crate) fn mask(condition: bool) -> u64 {
    u64::from(hidden(condition)).wrapping_neg()
}

/// All ones where the numbers are equal, or else zero. Both must be below 2⁶³.
#[inline(always)]
pub(crate) fn equal(a: u64, b: u64) -> u64 {
    // Only 0 − 1 has the highest bit.
    ((a ^ b).wrapping_sub(1) >> 63).wrapping_neg()
}

/// From here on the value is public: part of a signature or a public key, or whether a nonce that
/// is then thrown away was unfit.
///
/// It changes nothing; under `yinxin_sm2_ctgrind` it tells valgrind, to which secrets are undefined
/// memory.
#[inline(always)]
pub(crate) fn publish<T: Copy>(value: T) -> T {
    #[cfg(yinxin_sm2_ctgrind)]
    let value = valgrind::make_defined(value);
    value
}

#[cfg(yinxin_sm2_ctgrind)]
mod valgrind {
    /// Memcheck's request `VG_USERREQ__MAKE_MEM_DEFINED`: tool "MC", number 2.
    const MAKE_MEM_DEFINED: u64 = ((b'M' as u64) << 24 | (b'C' as u64) << 16) + 2;

    /// The value, of which memcheck was told that its memory is defined.
    pub(super) fn make_defined<T: Copy>(mut value: T) -> T {
        let request: [u64; 6] = [
            MAKE_MEM_DEFINED,
            std::ptr::from_mut(&mut value).expose_provenance() as u64,
            size_of::<T>() as u64,
            0,
            0,
            0,
        ];
        // SAFETY: valgrind's request sequence: rotations that add up to none and an exchange of a
        // register with itself. Outside valgrind it does nothing.
        unsafe {
            std::arch::asm!(
                "rol rdi, 3",
                "rol rdi, 13",
                "rol rdi, 61",
                "rol rdi, 51",
                "xchg rbx, rbx",
                inout("rdx") 0_u64 => _,
                in("rax") request.as_ptr(),
                inout("rdi") 0_u64 => _,
            );
        }
        value
    }
}

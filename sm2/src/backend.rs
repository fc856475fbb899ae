//! Which instructions the processor has, found once and asked for everywhere.

use std::sync::atomic::{AtomicU8, Ordering};

/// Ways to compute the same: each gives the same results as the others, bit for bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Backend {
    /// Safe Rust, on every processor.
    Portable,
    /// x86-64 with the instructions `mulx`, `adcx` and `adox`, and AVX2.
    Adx,
    /// x86-64 that also has AVX-512 with 52-bit multiplication, for eight signatures at a time.
    Ifma,
}

impl Backend {
    /// All there are, the slowest first.
    pub const ALL: [Self; 3] = [Self::Portable, Self::Adx, Self::Ifma];

    /// The best one that this processor has.
    #[must_use]
    pub fn best() -> Self {
        detect()
    }

    /// The one in use: the best, unless [`limit`](Self::limit) asked for less.
    #[must_use]
    pub fn active() -> Self {
        let level = level();
        Self::ALL
            .into_iter()
            .rfind(|backend| backend.level() <= level)
            .unwrap_or(Self::Portable)
    }

    /// Has the whole process use this back-end, or the best below it that the processor has.
    ///
    /// Verdicts and signatures stay the same; this is for measurements and comparisons.
    pub fn limit(self) {
        let level = self.min(Self::best()).level();
        LEVEL.store(level, Ordering::Relaxed);
    }

    /// The name, in ASCII lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Portable => "portable",
            Self::Adx => "adx",
            Self::Ifma => "ifma",
        }
    }

    const fn level(self) -> u8 {
        match self {
            Self::Portable => 1,
            Self::Adx => 2,
            Self::Ifma => 3,
        }
    }
}

/// Zero until the processor was asked. Other memory does not depend on it, hence no ordering.
static LEVEL: AtomicU8 = AtomicU8::new(0);

#[inline(always)]
fn level() -> u8 {
    match LEVEL.load(Ordering::Relaxed) {
        0 => initial_level(),
        level => level,
    }
}

#[cold]
#[inline(never)]
fn initial_level() -> u8 {
    let level = detect().level();
    LEVEL.store(level, Ordering::Relaxed);
    level
}

#[cfg(target_arch = "x86_64")]
fn detect() -> Backend {
    // `yinxin_sm2_assume_adx` is for tools that run these instructions but do not say so.
    let adx = cfg!(yinxin_sm2_assume_adx)
        || is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("adx")
            && is_x86_feature_detected!("avx2");
    let lanes = is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512ifma");
    match (adx, lanes) {
        (true, true) => Backend::Ifma,
        (true, false) => Backend::Adx,
        (false, _) => Backend::Portable,
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn detect() -> Backend {
    Backend::Portable
}

/// Shows that the processor has `mulx`, `adcx`, `adox` and AVX2: only [`Adx::get`] makes one.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
pub(crate) struct Adx(());

#[cfg(target_arch = "x86_64")]
impl Adx {
    #[inline(always)]
    pub(crate) fn get() -> Option<Self> {
        (level() >= Backend::Adx.level()).then_some(Self(()))
    }
}

/// Shows that the processor has AVX-512 F, DQ, VL and IFMA: only [`Ifma::get`] makes one.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
pub(crate) struct Ifma(());

#[cfg(target_arch = "x86_64")]
impl Ifma {
    #[inline(always)]
    pub(crate) fn get() -> Option<Self> {
        (level() >= Backend::Ifma.level()).then_some(Self(()))
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use super::Backend;
    use std::sync::{Mutex, PoisonError};

    /// Runs with each back-end in turn, one such test at a time: the choice is the process's.
    pub(crate) fn with_each(mut run: impl FnMut(Backend)) {
        static ONE: Mutex<()> = Mutex::new(());
        let _guard = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        for backend in Backend::ALL {
            if backend <= Backend::best() {
                backend.limit();
                run(backend);
            }
        }
        Backend::best().limit();
    }
}

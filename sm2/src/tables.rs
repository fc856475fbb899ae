//! Multiples of one point, kept the more of them the more often they are wanted.

use std::hint::black_box;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::budget::{Budget, Share};
use crate::digits::{fixed, windows};
use crate::limbs::Limbs;
use crate::point::{Addend, Affine, Jacobian, to_affine};

/// Width of the digits that odd multiples serve.
pub(crate) const ODD_WIDTH: u32 = 5;

/// Odd multiples that digits of [`ODD_WIDTH`] ask for: 1, 3, … 15.
pub(crate) const ODD_COUNT: usize = 1 << (ODD_WIDTH - 2);

/// Bits of each part that a scalar is split into where a [`Split`] serves.
pub(crate) const PART_BITS: u32 = u32::BITS;

/// How many parts that makes.
pub(crate) const SPLIT_PARTS: usize = 256 / PART_BITS as usize;

/// Width of the digits of [`Windows`], best first, and the uses of a point after which they are
/// made. By then waiting for them has cost about what they cost: as counted and as measured, one
/// use saves some 1/80 of making those of width 6 and, where those are there, some 1/1000 of
/// making those of width 8.
const WINDOWS_AFTER: [(u32, u32); 2] = [(8, 1024), (6, 80)];

/// A point whose windows did not fit the budget asks again after so many uses.
const RETRY_EVERY: u32 = 64;

/// A point and the tables of its multiples made so far. Threads share it without waiting for each
/// other: one whose use is the one that counts makes the next table, the others go on with what
/// there is.
#[derive(Debug)]
pub(crate) struct Multiples {
    point: Affine,
    split_after: u32,
    budget: &'static Budget,
    uses: AtomicU32,
    split: OnceLock<Split>,
    /// In the order of [`WINDOWS_AFTER`].
    windows: [OnceLock<Windows>; 2],
}

/// What there is to multiply a point with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Table<'a> {
    /// Only the point.
    Point(&'a Affine),
    /// Takes an eighth of the doublings.
    Split(&'a Split),
    /// Takes no doublings.
    Windows(&'a Windows),
}

impl Table<'_> {
    /// What tables must have in common to be used together: 0 and 1 for points and splits, the width
    /// of windows. The more the quicker.
    pub(crate) fn kind(&self) -> u32 {
        match self {
            Self::Point(_) => 0,
            Self::Split(_) => 1,
            Self::Windows(windows) => windows.width(),
        }
    }
}

impl Multiples {
    /// Of a point used for the first time. After `split_after` uses it gets a [`Split`] of 4 KiB
    /// whatever the budget, and later [`Windows`] of 86 and then 256 KiB if the budget has them.
    pub(crate) const fn new(point: Affine, split_after: u32, budget: &'static Budget) -> Self {
        Self {
            point,
            split_after,
            budget,
            uses: AtomicU32::new(0),
            split: OnceLock::new(),
            windows: [OnceLock::new(), OnceLock::new()],
        }
    }

    pub(crate) fn point(&self) -> &Affine {
        &self.point
    }

    /// The best table there is, counting a use and making a better one when its time has come.
    pub(crate) fn table(&self) -> Table<'_> {
        // The best there can be: nothing to count any more.
        if let [best, _] = &self.windows
            && let Some(windows) = best.get()
        {
            return Table::Windows(windows);
        }
        self.grow(self.uses.fetch_add(1, Ordering::Relaxed));
        if let Some(windows) = self.windows.iter().find_map(OnceLock::get) {
            return Table::Windows(windows);
        }
        self.split
            .get()
            .map_or(Table::Point(&self.point), Table::Split)
    }

    /// The table of a [kind](Table::kind), if there is one.
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn table_of_kind(&self, kind: u32) -> Option<Table<'_>> {
        match kind {
            0 => Some(Table::Point(&self.point)),
            1 => self.split.get().map(Table::Split),
            width => {
                let mut windows = self.windows.iter().filter_map(OnceLock::get);
                windows
                    .find(|windows| windows.width() == width)
                    .map(Table::Windows)
            }
        }
    }

    /// The largest windows, made now if they are not there yet. `None` when they do not fit.
    pub(crate) fn largest(&self) -> Option<&Windows> {
        let ([best, _], [(width, _), _]) = (&self.windows, WINDOWS_AFTER);
        if best.get().is_none()
            && let Some(windows) = Windows::new(&self.point, width, self.budget)
        {
            let _ = best.set(windows);
        }
        best.get()
    }

    /// Makes what is due after so many uses. Where two threads make the same table, one is kept.
    fn grow(&self, uses: u32) {
        if uses == self.split_after
            && let Some(split) = Split::new(&self.point)
        {
            let _ = self.split.set(split);
        }
        for ((width, after), place) in WINDOWS_AFTER.iter().zip(&self.windows) {
            let due = uses
                .checked_sub(*after)
                .is_some_and(|late| late % RETRY_EVERY == 0);
            if due
                && place.get().is_none()
                && let Some(windows) = Windows::new(&self.point, *width, self.budget)
            {
                let _ = place.set(windows);
            }
        }
    }
}

/// The odd multiples of P, 2³²P, 2⁶⁴P and so on to 2²²⁴P: 4 KiB.
#[derive(Debug)]
pub(crate) struct Split(Vec<Affine>);

impl Split {
    /// `None` if a multiple were infinity, which those of a point of the curve are not.
    pub(crate) fn new(point: &Affine) -> Option<Self> {
        let mut multiples = Vec::with_capacity(SPLIT_PARTS * ODD_COUNT);
        let mut base = Jacobian::from(*point);
        for part in 0..SPLIT_PARTS {
            if part > 0 {
                base = double_often(base, PART_BITS);
            }
            multiples.extend(odd_multiples(base));
        }
        to_affine(&multiples).map(Self)
    }

    /// All there are.
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn points(&self) -> &[Affine] {
        &self.0
    }

    /// As [`Windows::fetch`], of all there are.
    pub(crate) fn fetch(&self) {
        let words = self.0.iter().map(|point| {
            let [word, ..] = *point.x.words();
            word
        });
        black_box(words.fold(0, |all, word| all ^ word));
    }

    /// The odd multiples of each part's base.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &[Affine]> {
        self.0.chunks_exact(ODD_COUNT)
    }
}

/// For each digit of a width, every multiple that it can ask for, half of them by their negative.
#[derive(Debug)]
pub(crate) struct Windows {
    width: u32,
    points: Vec<Affine>,
    _share: Share,
}

impl Windows {
    /// `None` when the budget has no room, or a multiple were infinity, which those of a point of
    /// the curve are not.
    pub(crate) fn new(point: &Affine, width: u32, budget: &'static Budget) -> Option<Self> {
        let (digits, count) = (windows(width), 1_usize << (width - 1));
        let total = count.checked_mul(usize::try_from(digits).ok()?)?;
        let share = budget.take(total.checked_mul(size_of::<Affine>())?)?;
        let mut bases = Vec::new();
        let mut base = Jacobian::from(*point);
        for _ in 0..digits {
            bases.push(base);
            base = double_often(base, width);
        }
        let mut points = Vec::with_capacity(total);
        for base in to_affine(&bases)? {
            let mut multiple = Jacobian::from(base);
            points.push(multiple);
            for _ in 1..count {
                multiple = multiple.add_affine(&base);
                points.push(multiple);
            }
        }
        Some(Self {
            width,
            points: to_affine(&points)?,
            _share: share,
        })
    }

    /// Width of the digits served.
    pub(crate) fn width(&self) -> u32 {
        self.width
    }

    /// Reads from every multiple that a scalar's digits ask for, so that those which no near cache
    /// has are fetched all at once and not, one by one, while a sum waits.
    pub(crate) fn fetch(&self, magnitude: &Limbs) {
        let words = self.wanted(magnitude).map(|point| {
            let [word, ..] = *point.x.words();
            word
        });
        black_box(words.fold(0, |all, word| all ^ word));
    }

    /// What a scalar's digits ask for, and the first of those that ask for nothing.
    pub(crate) fn wanted<'a>(&'a self, magnitude: &'a Limbs) -> impl Iterator<Item = &'a Affine> {
        self.digits()
            .zip(fixed(magnitude, self.width))
            .filter_map(|(multiples, digit)| {
                multiples.get(usize::from(digit.magnitude.saturating_sub(1)))
            })
    }

    /// For each digit, the multiples 1, 2, … 2^(width − 1).
    pub(crate) fn digits(&self) -> impl Iterator<Item = &[Affine]> {
        self.points.chunks_exact(1 << (self.width - 1))
    }
}

/// P, 3P, … 15P.
pub(crate) fn odd_multiples(point: Jacobian) -> [Jacobian; ODD_COUNT] {
    let twice = Addend::from(point.double());
    let mut multiple = point;
    std::array::from_fn(|index| {
        if index > 0 {
            multiple = multiple.add(&twice);
        }
        multiple
    })
}

fn double_often(point: Jacobian, times: u32) -> Jacobian {
    (0..times).fold(point, |point, _| point.double())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    static PLENTY: Budget = Budget::new(usize::MAX);

    fn kind(multiples: &Multiples) -> u32 {
        multiples.table().kind()
    }

    #[test]
    fn tables_grow_when_their_time_has_come() {
        let multiples = Multiples::new(Affine::GENERATOR, 2, &PLENTY);
        let kinds: Vec<u32> = (0..1100).map(|_| kind(&multiples)).collect();
        assert_eq!(kinds[..2], [0; 2]);
        assert!(kinds[2..80].iter().all(|kind| *kind == 1));
        assert!(kinds[80..1024].iter().all(|kind| *kind == 6));
        assert!(kinds[1024..].iter().all(|kind| *kind == 8));
    }

    #[test]
    fn tables_take_what_their_documentation_says() {
        let split = Split::new(&Affine::GENERATOR).unwrap();
        assert_eq!(size_of_val(split.0.as_slice()), 4 << 10);
        for (width, bytes) in [(6, 86 << 10), (8, 256 << 10)] {
            let windows = Windows::new(&Affine::GENERATOR, width, &PLENTY).unwrap();
            assert_eq!(size_of_val(windows.points.as_slice()), bytes);
        }
    }

    #[test]
    fn a_spent_budget_leaves_the_small_table_until_there_is_room() {
        static TIGHT: Budget = Budget::new(100 << 10);
        let first = Multiples::new(Affine::GENERATOR, 2, &TIGHT);
        let second = Multiples::new(Affine::GENERATOR, 2, &TIGHT);
        for _ in 0..1200 {
            first.table();
            second.table();
        }
        // Room for one table of width 6 and for none of width 8.
        assert_eq!((kind(&first), kind(&second)), (6, 1));
        drop(first);
        assert!((0..=RETRY_EVERY).any(|_| kind(&second) == 6));
    }

    #[test]
    fn threads_share_a_table_and_its_memory_is_counted_once() {
        static EXACT: Budget = Budget::new(86 << 10);
        let multiples = Multiples::new(Affine::GENERATOR, 2, &EXACT);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..200).for_each(|_| assert!(kind(&multiples) <= 6)));
            }
        });
        assert_eq!(kind(&multiples), 6);
        assert!(EXACT.take(1).is_none());
        drop(multiples);
        assert!(EXACT.take(86 << 10).is_some());
    }
}

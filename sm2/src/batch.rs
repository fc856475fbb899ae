//! Many verifications at a time, each with its own verdict.

use crate::key::{Claim, InvalidSignature, VerifyingKey, generator_windows};
use crate::sums;
use crate::tables::{Table, Windows};
#[cfg(target_arch = "x86_64")]
use crate::{
    backend::Ifma,
    lanes::{self, Keys, LANES, Verdict},
};

/// Signatures whose sums share their inversions: enough that these hardly count, few enough that
/// the points of all stay in a near cache.
const TOGETHER: usize = 64;

/// Fewer than this are quicker one by one.
const FEWEST_TOGETHER: usize = 12;

/// A signature over a digest, as [`VerifyingKey::verify_prehash`] takes it.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// The key that is said to have signed.
    pub key: &'a VerifyingKey,
    /// e = SM3(Z ‖ M).
    pub e: [u8; 32],
    /// The first number of the signature, most significant byte first.
    pub r: [u8; 32],
    /// The second.
    pub s: [u8; 32],
}

/// Verifies many signatures: the same verdicts as [`VerifyingKey::verify_prehash`] one by one, in
/// the order of the items, in less time.
///
/// Each verdict stands by itself: a bad signature does not touch those beside it.
#[must_use]
pub fn verify_batch(items: &[Item<'_>]) -> Vec<Result<(), InvalidSignature>> {
    let mut verdicts = vec![Err(InvalidSignature); items.len()];
    let mut prepared: Vec<Prepared<'_>> = items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| {
            let claim = Claim::new(&item.e, &item.r, &item.s).ok()?;
            let table = item.key.table();
            Some(Prepared {
                index,
                key: item.key,
                claim,
                table,
            })
        })
        .collect();
    #[cfg(target_arch = "x86_64")]
    if Ifma::get().is_some() {
        fill_lanes(&mut prepared);
    }
    prepared.sort_by_key(|prepared| prepared.table.kind());
    for group in prepared.chunk_by(|one, next| go_together(&one.table, &next.table)) {
        for (prepared, holds) in group.iter().zip(verify_group(group)) {
            if let (true, Some(verdict)) = (holds, verdicts.get_mut(prepared.index)) {
                *verdict = Ok(());
            }
        }
    }
    verdicts
}

/// An item whose numbers are in range.
struct Prepared<'a> {
    index: usize,
    #[cfg_attr(
        not(target_arch = "x86_64"),
        expect(dead_code, reason = "there are no lanes")
    )]
    key: &'a VerifyingKey,
    claim: Claim,
    table: Table<'a>,
}

impl Prepared<'_> {
    fn holds(&self) -> bool {
        self.claim.holds(self.table)
    }
}

/// Whether what is multiplied with two tables can be made together: in lanes all must do the same,
/// where inversions are shared windows of any width will do.
fn go_together(one: &Table<'_>, other: &Table<'_>) -> bool {
    #[cfg(target_arch = "x86_64")]
    if Ifma::get().is_some() {
        return one.kind() == other.kind();
    }
    match (one, other) {
        (Table::Windows(_), Table::Windows(_)) => true,
        _ => one.kind() == other.kind(),
    }
}

/// Kinds of tables, the best first.
#[cfg(target_arch = "x86_64")]
const KINDS: [u32; 4] = [8, 6, 1, 0];

/// Has what is left over of a kind, fewer than there are lanes, go with a lesser table of the same key
/// where lanes of that would be empty: no lane is slower than the others beside it.
#[cfg(target_arch = "x86_64")]
fn fill_lanes(prepared: &mut [Prepared<'_>]) {
    for (rank, kind) in KINDS.into_iter().enumerate() {
        let left = count(prepared, kind) % LANES;
        let roomy = KINDS.into_iter().skip(rank + 1).find(|lesser| {
            // A single one goes without lanes.
            let there = count(prepared, *lesser);
            there > 1 && there.next_multiple_of(LANES) - there >= left
        });
        if let Some(lesser) = roomy {
            let of_kind = |prepared: &&mut Prepared<'_>| prepared.table.kind() == kind;
            for prepared in prepared.iter_mut().filter(of_kind).take(left) {
                if let Some(table) = prepared.key.table_of_kind(lesser) {
                    prepared.table = table;
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
fn count(prepared: &[Prepared<'_>], kind: u32) -> usize {
    let of_kind = |prepared: &&Prepared<'_>| prepared.table.kind() == kind;
    prepared.iter().filter(of_kind).count()
}

/// Whether each claim of a group with tables of one kind holds.
fn verify_group(group: &[Prepared<'_>]) -> Vec<bool> {
    let Some(generator) = (group.len() > 1).then(generator_windows).flatten() else {
        return group.iter().map(Prepared::holds).collect();
    };
    #[cfg(target_arch = "x86_64")]
    if let Some(ifma) = Ifma::get() {
        let mut holds = Vec::with_capacity(group.len());
        let mut eights = group.chunks(LANES).peekable();
        prefetch(ifma, eights.peek());
        while let Some(eight) = eights.next() {
            prefetch(ifma, eights.peek());
            holds.extend(verify_eight(ifma, eight, generator));
        }
        return holds;
    }
    group
        .chunks(TOGETHER)
        .flat_map(|some| verify_together(some, generator))
        .collect()
}

/// Has fetched what the next eight will read.
#[cfg(target_arch = "x86_64")]
fn prefetch(ifma: Ifma, next: Option<&&[Prepared<'_>]>) {
    for prepared in next.copied().unwrap_or_default() {
        lanes::prefetch(ifma, &prepared.table, &prepared.claim.t);
    }
}

/// With AVX-512, up to eight.
#[cfg(target_arch = "x86_64")]
fn verify_eight(ifma: Ifma, some: &[Prepared<'_>], generator: &Windows) -> Vec<bool> {
    let verdicts = in_lanes(ifma, some, generator).unwrap_or([Verdict::Unsure; LANES]);
    some.iter()
        .zip(verdicts)
        .map(|(prepared, verdict)| match verdict {
            Verdict::Valid => true,
            Verdict::Invalid => false,
            Verdict::Unsure => prepared.holds(),
        })
        .collect()
}

/// `None` for a single one, which is quicker alone, and where tables are not of one kind.
#[cfg(target_arch = "x86_64")]
fn in_lanes(ifma: Ifma, some: &[Prepared<'_>], generator: &Windows) -> Option<[Verdict; LANES]> {
    let (first, [_, ..]) = some.split_first()? else {
        return None;
    };
    // Lanes without a claim repeat the first.
    let all: [&Prepared<'_>; LANES] = std::array::from_fn(|lane| some.get(lane).unwrap_or(first));
    let keys = match first.table {
        Table::Point(one) => Keys::Points(all.map(|prepared| match prepared.table {
            Table::Point(point) => point,
            _ => one,
        })),
        Table::Split(one) => Keys::Splits(all.map(|prepared| match prepared.table {
            Table::Split(split) => split,
            _ => one,
        })),
        Table::Windows(one) => Keys::Windows(all.map(|prepared| match prepared.table {
            Table::Windows(windows) => windows,
            _ => one,
        })),
    };
    lanes::verify(ifma, &keys, generator, all.map(|prepared| &prepared.claim))
}

/// With inversions shared by all: those of the whole sums where the keys have windows, or else those
/// of the base point's multiples.
fn verify_together(some: &[Prepared<'_>], generator: &Windows) -> Vec<bool> {
    if some.len() < FEWEST_TOGETHER {
        return some.iter().map(Prepared::holds).collect();
    }
    let terms: Option<Vec<_>> = some
        .iter()
        .map(|prepared| match prepared.table {
            Table::Windows(windows) => {
                Some([(generator, &prepared.claim.s), (windows, &prepared.claim.t)])
            }
            _ => None,
        })
        .collect();
    if let Some(sums) = terms.and_then(|terms| sums::sums_of_products(&terms)) {
        return some
            .iter()
            .zip(sums)
            .map(|(prepared, sum)| sum.is_some_and(|point| prepared.claim.is_met_by(&point.into())))
            .collect();
    }
    let terms: Vec<_> = some
        .iter()
        .map(|prepared| [(generator, &prepared.claim.s)])
        .collect();
    let bases = sums::sums_of_products(&terms).unwrap_or_default();
    let mut bases = bases.into_iter();
    some.iter()
        .map(|prepared| match bases.next().flatten() {
            Some(base) => prepared.claim.holds_beside(&base, prepared.table),
            None => prepared.holds(),
        })
        .collect()
}

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
                claim,
                table,
            })
        })
        .collect();
    prepared.sort_by_key(|prepared| kind(&prepared.table));
    for group in prepared.chunk_by(|one, next| kind(&one.table) == kind(&next.table)) {
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
    claim: Claim,
    table: Table<'a>,
}

impl Prepared<'_> {
    fn holds(&self) -> bool {
        self.claim.holds(self.table)
    }
}

/// What tables must have in common to be used together.
fn kind(table: &Table<'_>) -> u32 {
    match table {
        Table::Point(_) => 0,
        Table::Split(_) => 1,
        Table::Windows(windows) => windows.width(),
    }
}

/// Whether each claim of a group with tables of one kind holds.
fn verify_group(group: &[Prepared<'_>]) -> Vec<bool> {
    let Some(generator) = (group.len() > 1).then(generator_windows).flatten() else {
        return group.iter().map(Prepared::holds).collect();
    };
    #[cfg(target_arch = "x86_64")]
    if let Some(ifma) = Ifma::get() {
        return group
            .chunks(LANES)
            .flat_map(|eight| verify_eight(ifma, eight, generator))
            .collect();
    }
    group
        .chunks(TOGETHER)
        .flat_map(|some| verify_together(some, generator))
        .collect()
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

/// With inversions shared by all, where the keys have large tables.
fn verify_together(some: &[Prepared<'_>], generator: &Windows) -> Vec<bool> {
    let terms: Option<Vec<_>> = some
        .iter()
        .map(|prepared| match prepared.table {
            Table::Windows(windows) => {
                Some([(generator, &prepared.claim.s), (windows, &prepared.claim.t)])
            }
            _ => None,
        })
        .collect();
    let sums = terms
        .filter(|terms| terms.len() >= FEWEST_TOGETHER)
        .and_then(|terms| sums::sums_of_products(&terms));
    match sums {
        Some(sums) => some
            .iter()
            .zip(sums)
            .map(|(prepared, sum)| sum.is_some_and(|point| prepared.claim.is_met_by(&point.into())))
            .collect(),
        None => some.iter().map(Prepared::holds).collect(),
    }
}

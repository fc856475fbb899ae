//! The stretches of a PDF that its signatures are over. Each begins at the first byte and covers
//! a revision but for the value, so that they have almost all of their bytes in common: the
//! beginnings are hashed once an algorithm, from one value to the next.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use crate::crypto::{Detached, Digest, DigestAlgorithm, Hasher};
use crate::error::{Error, Result};
use crate::pdf::{Signature, SignedRange};

/// Bytes to hash for the signatures of one file: what the longest honest chain of signatures on a
/// license takes, were each to be hashed by itself.
const HASHED: usize = 128 << 20;

/// For a large file so many times its size instead: with every digest algorithm once, and some
/// signatures whose bytes are signed without attributes, which share nothing.
const HASHED_TIMES: usize = 8;

/// A file, and what is known of its digests.
pub(super) struct Stretches<'d> {
    bytes: &'d [u8],
    /// Where the values begin, ascending.
    cuts: Vec<usize>,
    beginnings: RefCell<BTreeMap<(DigestAlgorithm, usize), Hasher>>,
    digests: RefCell<BTreeMap<(DigestAlgorithm, [usize; 3]), Digest>>,
    most: usize,
    hashed: Cell<usize>,
}

/// What one signature is over.
pub(super) struct Stretch<'s, 'd> {
    file: &'s Stretches<'d>,
    range: &'s SignedRange,
    pieces: [&'d [u8]; 2],
}

impl<'d> Stretches<'d> {
    pub(super) fn of(bytes: &'d [u8], signatures: &[Signature]) -> Self {
        let ranges = signatures.iter().filter_map(|one| one.signed_range().ok());
        let mut cuts: Vec<_> = ranges.map(|range| range.gap().start).collect();
        cuts.sort_unstable();
        cuts.dedup();
        Self {
            bytes,
            cuts,
            beginnings: RefCell::default(),
            digests: RefCell::default(),
            most: HASHED.max(HASHED_TIMES.saturating_mul(bytes.len())),
            hashed: Cell::new(0),
        }
    }

    pub(super) fn file_len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn stretch<'s>(&'s self, range: &'s SignedRange) -> Stretch<'s, 'd> {
        Stretch {
            file: self,
            range,
            pieces: range.digest_input(self.bytes),
        }
    }

    fn spend(&self, count: usize) -> Result<()> {
        let hashed = self.hashed.get().saturating_add(count);
        if hashed > self.most {
            let most = u64::try_from(self.most).unwrap_or(u64::MAX);
            return Err(Error::limit("pdf bytes hashed for signatures", most));
        }
        self.hashed.set(hashed);
        Ok(())
    }

    /// The state of hashing the first `end` bytes.
    fn beginning(&self, algorithm: DigestAlgorithm, end: usize) -> Result<Hasher> {
        let mut known = self.beginnings.borrow_mut();
        let longest = known.range((algorithm, 0)..=(algorithm, end)).next_back();
        let (mut at, mut hasher) = match longest {
            Some(((_, at), hasher)) => (*at, hasher.clone()),
            None => (0, algorithm.hasher()),
        };
        self.spend(end - at)?;
        for cut in self.cuts.iter().chain([&end]) {
            if (at + 1..=end).contains(cut) {
                hasher.update(self.bytes.get(at..*cut).unwrap_or_default());
                known.insert((algorithm, *cut), hasher.clone());
                at = *cut;
            }
        }
        Ok(hasher)
    }

    fn digest(&self, algorithm: DigestAlgorithm, range: &SignedRange) -> Result<Digest> {
        let gap = range.gap();
        let key = (algorithm, [gap.start, gap.end, range.end()]);
        if let Some(known) = self.digests.borrow().get(&key) {
            return Ok(known.clone());
        }
        let [_, rest] = range.digest_input(self.bytes);
        let mut hasher = self.beginning(algorithm, gap.start)?;
        self.spend(rest.len())?;
        hasher.update(rest);
        let digest = hasher.finish();
        self.digests.borrow_mut().insert(key, digest.clone());
        Ok(digest)
    }
}

impl Detached for Stretch<'_, '_> {
    fn pieces(&self) -> &[&[u8]] {
        &self.pieces
    }

    fn digest(&self, algorithm: DigestAlgorithm) -> Result<Digest> {
        self.file.digest(algorithm, self.range)
    }

    /// Whoever asks will hash them: by another algorithm, or after a prefix of its own.
    fn joined(&self) -> Result<Vec<u8>> {
        self.file
            .spend(self.pieces.iter().map(|piece| piece.len()).sum())?;
        Ok(self.pieces.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use crate::pdf::{Document, SignatureOptions, add_signature, sub_filter};

    /// A page without content that is signed so many times, by values that nothing reads.
    fn signed(times: usize) -> Vec<u8> {
        let mut bytes = b"%PDF-1.7\n".to_vec();
        let mut table = String::from("xref\n0 4\n0000000000 65535 f \n");
        for (number, body) in [
            (1, "<</Type/Catalog/Pages 2 0 R>>"),
            (2, "<</Type/Pages/Kids[3 0 R]/Count 1>>"),
            (3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"),
        ] {
            table += &format!("{:010} 00000 n \n", bytes.len());
            bytes.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
        }
        bytes.extend(vec![b'%'; 50_000]);
        bytes.push(b'\n');
        let section = bytes.len();
        table += &format!("trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{section}\n%%EOF\n");
        bytes.extend(table.bytes());
        for time in 0..times {
            let mut options = SignatureOptions::new(format!("S{time}"), sub_filter::GM_SEAL);
            options.capacity = 100;
            let document = Document::open(&bytes).unwrap();
            bytes = add_signature(&document, &options)
                .unwrap()
                .complete(b"value")
                .unwrap();
        }
        bytes
    }

    fn signatures(bytes: &[u8]) -> Vec<Signature> {
        let document = Document::open(bytes).unwrap();
        let newest = document.at(document.revisions().len() - 1).unwrap();
        newest.signatures().unwrap()
    }

    #[test]
    fn the_common_beginning_is_hashed_once_and_every_digest_is_right() {
        let bytes = signed(12);
        let signatures = signatures(&bytes);
        // In the order of the file, the newest first, and mixed.
        let orders: [Vec<usize>; 3] = [
            (0..12).collect(),
            (0..12).rev().collect(),
            vec![5, 0, 11, 5, 3, 4, 10, 1, 2, 9, 6, 8, 7],
        ];
        for order in orders {
            let file = Stretches::of(&bytes, &signatures);
            for index in order {
                let range = signatures[index].signed_range().unwrap();
                let stretch = file.stretch(range);
                for algorithm in [DigestAlgorithm::Sm3, DigestAlgorithm::Sha256] {
                    let whole = algorithm.digest(&stretch.pieces.concat());
                    assert_eq!(stretch.digest(algorithm).unwrap(), whole, "{index}");
                }
            }
            // Every byte at most as part of a beginning and behind a value, for two algorithms.
            assert!(file.hashed.get() < 4 * bytes.len());
            assert!(file.hashed.get() > 2 * 50_000);
        }
    }

    #[test]
    fn what_cannot_be_shared_ends_at_the_limit() {
        let bytes = signed(2);
        let signatures = signatures(&bytes);
        let mut file = Stretches::of(&bytes, &signatures);
        assert_eq!(file.most, HASHED);
        file.most = 3 * bytes.len();
        let stretch = file.stretch(signatures[1].signed_range().unwrap());
        for _ in 0..3 {
            stretch.joined().unwrap();
        }
        let refused = [
            stretch.joined().map(drop),
            stretch.digest(DigestAlgorithm::Sm3).map(drop),
        ];
        for refused in refused {
            assert_eq!(refused.unwrap_err().kind(), ErrorKind::LimitExceeded);
        }
    }
}

//! Region codes that were given up, and what took their place: whether a region lies within another
//! although one of the two codes is of the past.

use super::{RegionCode, RegionLevel, rows};

const RETIRED: &str = include_str!("../data/retired-regions.tsv");

/// The end of a region code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retirement {
    /// The year in which it was given up; until then it was a code like any other.
    pub year: i32,
    /// The codes that took its place, one or several.
    pub successors: Vec<RegionCode>,
}

/// Whether a region lies within another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Containment {
    /// It does.
    Inside,
    /// It does not.
    Outside,
    /// Only some of the regions that took its place do.
    Partly,
}

impl RegionCode {
    /// When the code was given up for codes of another prefecture, as far as the built-in table
    /// knows (2002 to 2013). A code that stayed within its prefecture is not in it.
    #[must_use]
    pub fn retirement(&self) -> Option<Retirement> {
        let row = rows(RETIRED).find(|row| row.first() == Some(&self.as_str()))?;
        let [_, _, year, successors] = row.as_slice() else {
            return None;
        };
        let successors = successors.split(' ');
        Some(Retirement {
            year: year.parse().ok()?,
            successors: successors
                .filter_map(|code| RegionCode::parse(code).ok())
                .collect(),
        })
    }

    /// Whether this region lies within `named` (GB/T 2260: a province or prefecture stands for all
    /// below it). Of a code that was given up its successors count, on either side; it lies also
    /// where its own digits say, since old lists name old regions.
    #[must_use]
    pub fn lies_in(&self, named: &RegionCode) -> Containment {
        if is_below(named, self) {
            return Containment::Inside;
        }
        let named_then = named.retirement().map(|end| end.successors);
        let areas: Vec<_> = named_then
            .into_iter()
            .flatten()
            .chain([named.clone()])
            .collect();
        let own = self.retirement().map(|end| end.successors);
        let own = own.unwrap_or_else(|| vec![self.clone()]);
        let inside = own
            .iter()
            .filter(|region| areas.iter().any(|area| is_below(area, region)))
            .count();
        match inside {
            0 => Containment::Outside,
            all if all == own.len() => Containment::Inside,
            _ => Containment::Partly,
        }
    }
}

/// Whether `region` is `named` or lies below it, by the digits that name its level.
fn is_below(named: &RegionCode, region: &RegionCode) -> bool {
    let digits = match named.level() {
        RegionLevel::Province => 2,
        RegionLevel::Prefecture => 4,
        RegionLevel::County => 6,
    };
    named.as_str().get(..digits) == region.as_str().get(..digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> RegionCode {
        RegionCode::parse(text).unwrap()
    }

    /// The written rule as vectors: region, scope, what it comes to.
    #[test]
    fn vectors() {
        use Containment::{Inside, Outside, Partly};
        for (region, named, expected) in [
            // Below by digits, and equal.
            ("340000", "340000", Inside),
            ("340100", "340000", Inside),
            ("340102", "340000", Inside),
            ("340102", "340100", Inside),
            ("320102", "320102", Inside),
            // Beside and above.
            ("350000", "340000", Outside),
            ("320200", "320100", Outside),
            ("320000", "320100", Outside),
            ("320281", "320282", Outside),
            // A county that moved to another prefecture: where it was, and where it is.
            ("341421", "341400", Inside),
            ("341421", "340100", Inside),
            ("341421", "340124", Inside),
            ("341421", "340200", Outside),
            // The prefecture that was divided lies in none of its heirs, but in their province.
            ("341400", "340100", Partly),
            ("341400", "340000", Inside),
            ("341400", "350000", Outside),
            // A scope that still names the old code covers what became of it.
            ("340124", "341400", Inside),
            ("340102", "341400", Outside),
            ("630222", "632100", Inside),
            ("632122", "630200", Inside),
            // A well-formed code that no table knows goes by its digits.
            ("340199", "340100", Inside),
        ] {
            let found = code(region).lies_in(&code(named));
            assert_eq!(found, expected, "{region} in {named}");
        }
    }

    #[test]
    fn the_table_is_well_formed_and_ends_somewhere() {
        let mut seen = std::collections::BTreeSet::new();
        for row in rows(RETIRED) {
            assert_eq!(row.len(), 4, "{row:?}");
            assert!(seen.insert(row[0]), "{} twice", row[0]);
            let end = code(row[0]).retirement().unwrap();
            assert!((2002..=2013).contains(&end.year), "{row:?}");
            assert!(!end.successors.is_empty(), "{row:?}");
            let count = row[3].split(' ').count();
            assert_eq!(end.successors.len(), count, "{row:?}");
            for successor in end.successors {
                assert_ne!(successor.as_str(), row[0]);
                assert!(successor.retirement().is_none(), "{row:?}");
            }
        }
        assert!(seen.len() > 100);
    }
}

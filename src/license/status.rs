//! License status: one canonical set, and the codes of each system that maps into it.
//!
//! A bare code says nothing: `03` is 撤销 in one dictionary of a ministry and 吊销 in another. A
//! [`NormalizedStatus`] therefore always keeps the code and the set it came from.

use std::fmt;

use super::Date;
use super::codes::rows;
use super::json::{self, Node};
use crate::error::{Error, ErrorKind, Result};
use crate::time::Time;

const BUILT_IN: &str = include_str!("data/status-codes.tsv");
/// A caller's table: nine systems of at most nine codes each are known, so this is ample.
const MAX_CODES: usize = 4096;

macro_rules! statuses {
    ($($(#[doc = $doc:literal])+ $variant:ident, $name:literal, $standing:ident;)+) => {
        /// The state of a license. Not the revocation of a certificate, which is another thing.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum LicenseStatus {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl LicenseStatus {
            /// Every status.
            pub const ALL: &[LicenseStatus] = &[$(LicenseStatus::$variant,)+];

            /// The stable name, such as `not_active`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(LicenseStatus::$variant => $name,)+ }
            }

            /// What it means for the question whether the license is in force.
            #[must_use]
            pub const fn standing(self) -> Standing {
                match self { $(LicenseStatus::$variant => Standing::$standing,)+ }
            }
        }
    };
}

statuses! {
    /// 有效: in force.
    Valid, "valid", InForce;
    /// 未激活: issued, not yet in force.
    NotActive, "not_active", NotInForce;
    /// 暂扣, 冻结, 停用, 受限: out of force for a time.
    Suspended, "suspended", NotInForce;
    /// 过期, 失效: its term is over.
    Expired, "expired", NotInForce;
    /// 换发, 变更: another license took its place.
    Superseded, "superseded", NotInForce;
    /// 转出: moved to another region's register.
    Transferred, "transferred", NotInForce;
    /// 注销: formally ended.
    Cancelled, "cancelled", NotInForce;
    /// 撤销: taken back because it should not have been granted.
    Annulled, "annulled", NotInForce;
    /// 吊销: taken away as a penalty.
    Revoked, "revoked", NotInForce;
    /// 撤回: withdrawn for the public interest.
    Withdrawn, "withdrawn", NotInForce;
    /// 挂失: reported lost.
    Lost, "lost", NotInForce;
    /// A state that its own system calls other, or that fits nothing above.
    Other, "other", Unclear;
    /// Nothing is known, or the code is in no table.
    Unknown, "unknown", Unclear;
}

/// Whether a status lets a license be relied on. Unclear is neither of the other two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// In force.
    InForce,
    /// Not in force, for the reason that the status tells.
    NotInForce,
    /// The status does not tell.
    Unclear,
}

impl LicenseStatus {
    fn find(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|status| status.name() == name)
    }
}

impl fmt::Display for LicenseStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A status with where it came from, so that nobody has to guess later.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NormalizedStatus {
    /// The canonical status.
    pub status: LicenseStatus,
    /// Since when, if the source says.
    pub since: Option<Date>,
    /// Who said so: a register's or status list's name or address.
    pub source: String,
    /// The instant for which it was said.
    pub as_of: Time,
    /// The code as it came.
    pub original_code: String,
    /// The code set it was read by.
    pub code_set: String,
}

/// Tables from a system's codes to the canonical set, by name of the set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusCodes {
    rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    set: String,
    code: String,
    meaning: String,
    status: LicenseStatus,
}

impl StatusCodes {
    /// The sets seen in the field: `mohurd-safety-officer`, `mohurd-special-work`,
    /// `transport-ship`, `transport-supervision`, `real-estate-register`,
    /// `real-estate-production`, `province-sharing`, `province-sharing-names`,
    /// `sharing-verify` (the results of GB/T 36906's information check), and `ietf-token-status-list`.
    #[must_use]
    pub fn built_in() -> Self {
        let parsed = rows(BUILT_IN).filter_map(|row| {
            let [set, code, meaning, status] = row.as_slice() else {
                return None;
            };
            Some(Row {
                set: (*set).to_owned(),
                code: (*code).to_owned(),
                meaning: (*meaning).to_owned(),
                status: LicenseStatus::find(status)?,
            })
        });
        Self {
            rows: parsed.collect(),
        }
    }

    /// Reads a caller's sets: `{"set": {"code": "canonical name", …}, …}`.
    ///
    /// # Errors
    /// `malformed` for another shape, an empty or unknown canonical name; `limit_exceeded` beyond
    /// 4096 codes or 1 MiB.
    pub fn from_json(text: &str) -> Result<Self> {
        let Node::Object(sets) = json::parse(text)? else {
            return Err(shape());
        };
        let mut rows = Vec::new();
        for (set, codes) in sets {
            let Node::Object(codes) = codes else {
                return Err(shape());
            };
            for (code, status) in codes {
                if rows.len() == MAX_CODES {
                    return Err(Error::limit("status_codes", MAX_CODES as u64));
                }
                let Node::Text(name) = status else {
                    return Err(shape());
                };
                let status = LicenseStatus::find(&name).ok_or_else(|| {
                    Error::malformed("a code maps to no canonical status")
                        .with("set", &set)
                        .with("code", &code)
                })?;
                rows.push(Row {
                    set: set.clone(),
                    code,
                    meaning: String::new(),
                    status,
                });
            }
        }
        Ok(Self { rows })
    }

    /// The names of the sets, each once.
    #[must_use]
    pub fn sets(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.rows.iter().map(|row| row.set.as_str()).collect();
        names.dedup();
        names
    }

    /// The canonical status of `code` in `set`; unknown if the set or the code is in no table.
    #[must_use]
    pub fn status(&self, set: &str, code: &str) -> LicenseStatus {
        self.row(set, code)
            .map_or(LicenseStatus::Unknown, |row| row.status)
    }

    /// What the system itself calls `code`, if its table says.
    #[must_use]
    pub fn meaning(&self, set: &str, code: &str) -> Option<&str> {
        self.row(set, code)
            .map(|row| row.meaning.as_str())
            .filter(|meaning| !meaning.is_empty())
    }

    /// Reads `code` of `set`, said by `source` for the instant `as_of`.
    ///
    /// # Errors
    /// `invalid_argument` if `set` or `source` is empty: a bare code means nothing.
    pub fn normalize(
        &self,
        set: &str,
        code: &str,
        source: &str,
        as_of: Time,
        since: Option<Date>,
    ) -> Result<NormalizedStatus> {
        if set.is_empty() || source.is_empty() {
            return Err(Error::argument(
                "a status needs its code set and its source",
            ));
        }
        Ok(NormalizedStatus {
            status: self.status(set, code),
            since,
            source: source.to_owned(),
            as_of,
            original_code: code.to_owned(),
            code_set: set.to_owned(),
        })
    }

    fn row(&self, set: &str, code: &str) -> Option<&Row> {
        self.rows
            .iter()
            .find(|row| row.set == set && row.code == code)
    }
}

fn shape() -> Error {
    Error::new(
        ErrorKind::Malformed,
        "status codes are objects of code and canonical name by set",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_code_means_different_things() {
        let codes = StatusCodes::built_in();
        assert_eq!(
            codes.status("mohurd-safety-officer", "03"),
            LicenseStatus::Annulled
        );
        assert_eq!(
            codes.status("mohurd-special-work", "03"),
            LicenseStatus::Revoked
        );
        assert_eq!(
            codes.status("transport-ship", "03"),
            LicenseStatus::Cancelled
        );
        assert_eq!(codes.status("transport-ship", "10"), LicenseStatus::Valid);
        assert_eq!(codes.meaning("mohurd-special-work", "03"), Some("吊销"));
    }

    #[test]
    fn the_whole_table_is_read() {
        let codes = StatusCodes::built_in();
        assert_eq!(codes.rows.len(), rows(BUILT_IN).count());
        assert_eq!(codes.sets().len(), 10);
        // Exactly these are in force; a new row that says so must be thought about here.
        let valid: Vec<_> = codes
            .rows
            .iter()
            .filter(|row| row.status.standing() == Standing::InForce)
            .map(|row| (row.set.as_str(), row.code.as_str()))
            .collect();
        assert_eq!(
            valid,
            [
                ("mohurd-safety-officer", "01"),
                ("mohurd-special-work", "01"),
                ("transport-ship", "10"),
                ("transport-supervision", "10"),
                ("real-estate-register", "1"),
                ("sharing-verify", "0"),
                ("ietf-token-status-list", "0"),
            ]
        );
    }

    #[test]
    fn what_is_unknown_is_never_valid() {
        let codes = StatusCodes::built_in();
        for (set, code) in [
            ("jilin", "U"),
            ("transport-ship", "77"),
            ("", ""),
            ("transport-ship", "10 "),
        ] {
            assert_eq!(codes.status(set, code), LicenseStatus::Unknown);
        }
        assert_eq!(LicenseStatus::Unknown.standing(), Standing::Unclear);
        assert_eq!(LicenseStatus::Other.standing(), Standing::Unclear);
    }

    #[test]
    fn provenance_is_kept() {
        let at = Time::parse("2026-11-22T08:00:00Z").unwrap();
        let codes = StatusCodes::built_in();
        let status = codes.normalize("jilin", "U", "register", at, None).unwrap();
        assert_eq!(status.status, LicenseStatus::Unknown);
        assert_eq!(
            (status.original_code.as_str(), status.code_set.as_str()),
            ("U", "jilin")
        );
        assert!(codes.normalize("", "U", "register", at, None).is_err());
        assert!(codes.normalize("jilin", "U", "", at, None).is_err());
    }

    #[test]
    fn a_callers_table_is_read_strictly() {
        let codes = StatusCodes::from_json(r#"{"x":{"A":"valid","B":"lost"}}"#).unwrap();
        assert_eq!(codes.status("x", "B"), LicenseStatus::Lost);
        for bad in [
            "[]",
            r#"{"x":1}"#,
            r#"{"x":{"A":"fine"}}"#,
            r#"{"x":{"A":"lost","A":"valid"}}"#,
        ] {
            assert!(StatusCodes::from_json(bad).is_err(), "{bad}");
        }
    }
}

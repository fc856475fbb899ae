//! The time of signing, judged against certificate, seal and revocation.
//!
//! | the time of signing is … | `seal_signature.time` |
//! |---|---|
//! | outside certificate or seal validity, or later than the evaluation | failed |
//! | inside, certificate good at evaluation | passed; a finding when only claimed |
//! | inside, certificate expired since | the same; indeterminate if proof is required |
//! | inside, certificate revoked since | indeterminate, unless a token precedes the revocation |

use super::{Check, CheckCode, Reason};
use crate::finding::{Finding, FindingCode};
use crate::time::Time;

/// Where a time of signing comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeSource {
    /// A verified time stamp token.
    Token,
    /// The signer's word.
    Claimed,
}

impl TimeSource {
    pub(super) fn name(self) -> &'static str {
        match self {
            TimeSource::Token => "token",
            TimeSource::Claimed => "claimed",
        }
    }
}

/// What is said of the time of a signature outside its own value.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    /// What the signer claims in signed bytes around it.
    pub(super) claimed: Option<Time>,
    /// A verified time stamp over a whole document that covers it.
    pub(super) stamped: Option<Time>,
}

/// A stretch of time, ends included; an unreadable end is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Validity {
    pub(super) from: Option<Time>,
    pub(super) until: Option<Time>,
}

impl Validity {
    pub(super) fn place(self, time: Time) -> Place {
        match (self.from, self.until) {
            (Some(from), _) if time < from => Place::Outside,
            (_, Some(until)) if time > until => Place::Outside,
            (Some(_), Some(_)) => Place::Inside,
            _ => Place::Unknown,
        }
    }
}

/// Where a time lies in a validity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Inside,
    Outside,
    Unknown,
}

/// What the time of signing is judged by.
pub(super) struct SigningTime {
    pub(super) signed_at: Option<Time>,
    pub(super) source: TimeSource,
    pub(super) certificate: Option<Validity>,
    pub(super) seal: Option<Validity>,
    pub(super) revoked_at: Option<Time>,
    pub(super) evaluated_at: Time,
    pub(super) proof_required: bool,
}

impl SigningTime {
    /// The check, and the finding that the time is only claimed where it passes all the same.
    pub(super) fn judge(&self) -> (Check, Option<Finding>) {
        let code = CheckCode::SealSignatureTime;
        let Some(time) = self.signed_at else {
            return (Check::indeterminate(code, Reason::TimeUnreadable), None);
        };
        let check = self
            .check(code, time)
            .with("signed_at", time)
            .with("source", self.source.name());
        let claimed = self.source == TimeSource::Claimed && check.reason.is_none();
        let finding = claimed.then(|| Finding::new(FindingCode::ClaimedTime, "timeInfo"));
        (check, finding)
    }

    fn check(&self, code: CheckCode, time: Time) -> Check {
        if time > self.evaluated_at {
            return Check::failed(code, Reason::InFuture).with("evaluated_at", self.evaluated_at);
        }
        let periods = [
            (self.certificate, Reason::OutsideCertificate),
            (self.seal, Reason::OutsideSeal),
        ];
        let mut unknown = false;
        for (validity, reason) in periods {
            let Some(validity) = validity else { continue };
            match validity.place(time) {
                Place::Inside => {}
                Place::Unknown => unknown = true,
                Place::Outside => {
                    return Check::failed(code, reason)
                        .with("valid_from", shown(validity.from))
                        .with("valid_until", shown(validity.until));
                }
            }
        }
        if unknown {
            return Check::indeterminate(code, Reason::TimeUnreadable);
        }
        let claimed = self.source == TimeSource::Claimed;
        if let Some(revoked_at) = self.revoked_at {
            if revoked_at <= time {
                return Check::failed(code, Reason::Revoked).with("revoked_at", revoked_at);
            }
            if claimed && revoked_at <= self.evaluated_at {
                return Check::indeterminate(code, Reason::RevokedSince)
                    .with("revoked_at", revoked_at);
            }
        }
        let expired = self
            .certificate
            .is_some_and(|validity| validity.place(self.evaluated_at) != Place::Inside);
        if expired && claimed && self.proof_required {
            return Check::indeterminate(code, Reason::TimeNotProven);
        }
        Check::passed(code)
    }
}

fn shown(time: Option<Time>) -> String {
    time.map_or_else(|| "?".to_owned(), |time| time.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::Outcome;
    use super::*;

    fn at(text: &str) -> Time {
        Time::parse(text).unwrap()
    }

    fn case() -> SigningTime {
        SigningTime {
            signed_at: Some(at("2021-06-01")),
            source: TimeSource::Claimed,
            certificate: Some(Validity {
                from: Some(at("2020-01-01")),
                until: Some(at("2022-01-01")),
            }),
            seal: Some(Validity {
                from: Some(at("2020-01-01")),
                until: Some(at("2023-01-01")),
            }),
            revoked_at: None,
            evaluated_at: at("2021-12-01"),
            proof_required: false,
        }
    }

    fn verdict(case: &SigningTime) -> (Outcome, Option<Reason>, bool) {
        let (check, finding) = case.judge();
        (check.outcome, check.reason, finding.is_some())
    }

    #[test]
    fn the_table_of_claimed_times() {
        assert_eq!(verdict(&case()), (Outcome::Passed, None, true));

        let expired = SigningTime {
            evaluated_at: at("2026-01-01"),
            ..case()
        };
        assert_eq!(verdict(&expired), (Outcome::Passed, None, true));
        let archive = SigningTime {
            proof_required: true,
            ..expired
        };
        assert_eq!(
            verdict(&archive),
            (Outcome::Indeterminate, Some(Reason::TimeNotProven), false)
        );
        let proven = SigningTime {
            source: TimeSource::Token,
            ..archive
        };
        assert_eq!(verdict(&proven), (Outcome::Passed, None, false));

        let before = SigningTime {
            signed_at: Some(at("2019-06-01")),
            ..case()
        };
        assert_eq!(
            verdict(&before),
            (Outcome::Failed, Some(Reason::OutsideCertificate), false)
        );
        let after_seal = SigningTime {
            seal: Some(Validity {
                from: Some(at("2020-01-01")),
                until: Some(at("2021-01-01")),
            }),
            ..case()
        };
        assert_eq!(
            verdict(&after_seal),
            (Outcome::Failed, Some(Reason::OutsideSeal), false)
        );
        let future = SigningTime {
            evaluated_at: at("2021-05-01"),
            ..case()
        };
        assert_eq!(
            verdict(&future),
            (Outcome::Failed, Some(Reason::InFuture), false)
        );
        let none = SigningTime {
            signed_at: None,
            ..case()
        };
        assert_eq!(
            verdict(&none),
            (Outcome::Indeterminate, Some(Reason::TimeUnreadable), false)
        );
    }

    #[test]
    fn revocation_before_and_after_signing() {
        let since = SigningTime {
            revoked_at: Some(at("2021-07-01")),
            ..case()
        };
        assert_eq!(
            verdict(&since),
            (Outcome::Indeterminate, Some(Reason::RevokedSince), false)
        );
        let proven = SigningTime {
            source: TimeSource::Token,
            ..since
        };
        assert_eq!(verdict(&proven), (Outcome::Passed, None, false));
        let before = SigningTime {
            revoked_at: Some(at("2021-06-01")),
            ..case()
        };
        assert_eq!(
            verdict(&before),
            (Outcome::Failed, Some(Reason::Revoked), false)
        );
    }

    #[test]
    fn an_unreadable_end_is_unknown_but_the_other_end_still_fails() {
        let open = |time| SigningTime {
            signed_at: Some(at(time)),
            seal: Some(Validity {
                from: Some(at("2021-01-01")),
                until: None,
            }),
            ..case()
        };
        assert_eq!(verdict(&open("2021-06-01")).0, Outcome::Indeterminate);
        assert_eq!(verdict(&open("2020-06-01")).0, Outcome::Failed);
    }
}

//! Instants in UTC with a resolution of one second, and the forms in which files write them.

use std::fmt;

use crate::error::{Error, Result};

/// Offset of the only civil time zone of mainland China, in seconds east of UTC.
const CHINA_OFFSET: i64 = 8 * 3600;

/// An instant: whole seconds since 1970-01-01T00:00:00Z, negative before.
///
/// The core has no clock; every operation that needs "now" is given one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

/// A civil date and time of day in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Civil {
    pub(crate) year: i32,
    pub(crate) month: u8,
    pub(crate) day: u8,
    pub(crate) hour: u8,
    pub(crate) minute: u8,
    pub(crate) second: u8,
}

impl Time {
    /// From seconds since the Unix epoch. Years −9999 to 9999 can be printed.
    ///
    /// # Errors
    /// `invalid_argument` outside those years.
    pub fn from_unix(seconds: i64) -> Result<Self> {
        match time::OffsetDateTime::from_unix_timestamp(seconds) {
            Ok(_) => Ok(Self(seconds)),
            Err(_) => Err(Error::argument(
                "the instant is outside the years -9999 to 9999",
            )),
        }
    }

    /// Seconds since the Unix epoch.
    #[must_use]
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// Reads RFC 3339, as in `2026-11-22T08:00:00Z` or with a numeric offset; a bare date is
    /// midnight UTC. Fractions of a second are cut off.
    ///
    /// # Errors
    /// `invalid_argument` for any other form or an impossible date.
    pub fn parse(text: &str) -> Result<Self> {
        parse_iso(text)
            .filter(|parsed| parsed.zone != Zone::None || text.len() == 10)
            .map(Written::as_utc)
            .ok_or_else(|| Error::argument("a time must look like 2026-11-22T08:00:00Z"))
    }

    pub(crate) fn from_civil(civil: Civil) -> Option<Self> {
        let month = time::Month::try_from(civil.month).ok()?;
        let date = time::Date::from_calendar_date(civil.year, month, civil.day).ok()?;
        let time = time::Time::from_hms(civil.hour, civil.minute, civil.second).ok()?;
        Some(Self(
            time::PrimitiveDateTime::new(date, time)
                .assume_utc()
                .unix_timestamp(),
        ))
    }

    pub(crate) fn civil(self) -> Civil {
        // `from_unix` and `from_civil` admit only what the calendar holds, and `plus` saturates.
        let at = time::OffsetDateTime::from_unix_timestamp(self.0)
            .unwrap_or(time::OffsetDateTime::UNIX_EPOCH);
        Civil {
            year: at.year(),
            month: at.month().into(),
            day: at.day(),
            hour: at.hour(),
            minute: at.minute(),
            second: at.second(),
        }
    }

    /// The instant `seconds` later, or `None` outside the printable years.
    #[must_use]
    pub fn checked_add(self, seconds: i64) -> Option<Self> {
        self.0
            .checked_add(seconds)
            .and_then(|sum| Self::from_unix(sum).ok())
    }

    /// `YYYYMMDDHHMMSSZ`, the only form of GeneralizedTime that DER allows here.
    pub(crate) fn to_generalized(self) -> String {
        let c = self.civil();
        format!(
            "{:04}{:02}{:02}{:02}{:02}{:02}Z",
            c.year, c.month, c.day, c.hour, c.minute, c.second
        )
    }

    /// The date in China at this instant, as year, month and day.
    #[must_use]
    pub fn china_date(self) -> (i32, u8, u8) {
        let c = self.checked_add(CHINA_OFFSET).unwrap_or(self).civil();
        (c.year, c.month, c.day)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let c = self.civil();
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            c.year, c.month, c.day, c.hour, c.minute, c.second
        )
    }
}

impl serde::Serialize for Time {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How a written time names its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// `Z` or a numeric offset; the civil fields are already moved to UTC.
    Given,
    /// No zone at all: civil time of an unnamed place.
    None,
}

/// A time as some file wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    seconds: i64,
    pub(crate) zone: Zone,
}

impl Written {
    /// Takes a missing zone for UTC.
    pub(crate) fn as_utc(self) -> Time {
        Time(self.seconds)
    }

    /// Takes a missing zone for China's civil time (UTC+8), as issuers of such files do.
    pub(crate) fn as_china(self) -> Time {
        match self.zone {
            Zone::Given => Time(self.seconds),
            Zone::None => Time(self.seconds.saturating_sub(CHINA_OFFSET)),
        }
    }
}

/// `YYYYMMDDHHMMSS` with an optional fraction and an optional `Z` or `±hhmm`.
pub(crate) fn parse_compact(text: &str) -> Option<Written> {
    let mut cursor = Cursor(text.as_bytes());
    let civil = Civil {
        year: i32::try_from(cursor.number(4)?).ok()?,
        month: cursor.two()?,
        day: cursor.two()?,
        hour: cursor.two()?,
        minute: cursor.two()?,
        second: cursor.two()?,
    };
    cursor.finish(civil)
}

/// X.509's UTCTime, `YYMMDDHHMMSSZ`: two-digit years from 1950 to 2049 (RFC 5280 4.1.2.5.1).
pub(crate) fn parse_utc(text: &str) -> Option<Written> {
    let mut cursor = Cursor(text.as_bytes());
    let short = i32::from(cursor.two()?);
    let civil = Civil {
        year: if short >= 50 {
            1900 + short
        } else {
            2000 + short
        },
        month: cursor.two()?,
        day: cursor.two()?,
        hour: cursor.two()?,
        minute: cursor.two()?,
        second: cursor.two()?,
    };
    cursor.finish(civil)
}

/// `YYYY-MM-DD`, then optionally `T` or a space, `HH:MM:SS`, a fraction and a zone.
pub(crate) fn parse_iso(text: &str) -> Option<Written> {
    let mut cursor = Cursor(text.as_bytes());
    let year = i32::try_from(cursor.number(4)?).ok()?;
    cursor.literal(b'-')?;
    let month = cursor.two()?;
    cursor.literal(b'-')?;
    let day = cursor.two()?;
    if cursor.0.is_empty() {
        return cursor.finish(Civil {
            year,
            month,
            day,
            hour: 0,
            minute: 0,
            second: 0,
        });
    }
    cursor.literal(b'T').or_else(|| cursor.literal(b' '))?;
    let hour = cursor.two()?;
    cursor.literal(b':')?;
    let minute = cursor.two()?;
    cursor.literal(b':')?;
    let second = cursor.two()?;
    cursor.finish(Civil {
        year,
        month,
        day,
        hour,
        minute,
        second,
    })
}

struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn number(&mut self, digits: usize) -> Option<u32> {
        let (head, rest) = self.0.split_at_checked(digits)?;
        let mut value = 0_u32;
        for byte in head {
            let digit = byte.is_ascii_digit().then(|| u32::from(byte - b'0'))?;
            value = value.checked_mul(10)?.checked_add(digit)?;
        }
        self.0 = rest;
        Some(value)
    }

    fn two(&mut self) -> Option<u8> {
        u8::try_from(self.number(2)?).ok()
    }

    fn literal(&mut self, byte: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        (*first == byte).then(|| self.0 = rest)
    }

    fn fraction(&mut self) -> Option<()> {
        if self.literal(b'.').is_none() {
            return Some(());
        }
        let digits = self
            .0
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        (1..=9).contains(&digits).then_some(())?;
        self.0 = self.0.get(digits..)?;
        Some(())
    }

    fn finish(mut self, civil: Civil) -> Option<Written> {
        self.fraction()?;
        let local = Time::from_civil(civil)?;
        let (seconds, zone) = match self.0 {
            [] => (local.0, Zone::None),
            [b'Z'] => (local.0, Zone::Given),
            [sign @ (b'+' | b'-'), rest @ ..] => {
                let mut offset = Cursor(rest);
                let hours = i64::from(offset.two()?);
                // Both `+0800` and `+08:00` occur.
                let _ = offset.literal(b':');
                let minutes = i64::from(offset.two()?);
                if !offset.0.is_empty() || hours > 23 || minutes > 59 {
                    return None;
                }
                let east = (hours * 60 + minutes) * 60;
                let east = if *sign == b'-' { -east } else { east };
                (local.0.checked_sub(east)?, Zone::Given)
            }
            _ => return None,
        };
        Time::from_unix(seconds).ok()?;
        Some(Written { seconds, zone })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_and_reads_rfc3339() {
        for text in [
            "1950-01-01T00:00:00Z",
            "2026-11-22T08:00:00Z",
            "9999-12-31T23:59:59Z",
        ] {
            assert_eq!(Time::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(
            Time::parse("2026-11-22T16:00:00.5+08:00").unwrap(),
            Time::parse("2026-11-22T08:00:00Z").unwrap()
        );
        assert_eq!(
            Time::parse("2026-11-22").unwrap().to_string(),
            "2026-11-22T00:00:00Z"
        );
    }

    #[test]
    fn refuses_impossible_and_zoneless_times() {
        for text in [
            "2026-02-30T00:00:00Z",
            "2026-11-22T25:00:00Z",
            "2026-11-22T08:00:00",
            "",
        ] {
            assert!(Time::parse(text).is_err(), "{text}");
        }
        // Seen in a real file: a year of two digits.
        assert_eq!(parse_compact("200423102030Z"), None);
    }

    #[test]
    fn zoneless_times_are_china_time_only_on_request() {
        let written = parse_compact("20200423102030").unwrap();
        assert_eq!(written.zone, Zone::None);
        assert_eq!(written.as_china().to_string(), "2020-04-23T02:20:30Z");
        assert_eq!(written.as_utc().to_string(), "2020-04-23T10:20:30Z");
    }

    #[test]
    fn utc_time_pivots_at_1950() {
        assert_eq!(
            parse_utc("500101000000Z").unwrap().as_utc().civil().year,
            1950
        );
        assert_eq!(
            parse_utc("491231235959Z").unwrap().as_utc().civil().year,
            2049
        );
    }
}

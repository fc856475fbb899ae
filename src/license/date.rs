//! Civil dates, as licenses state them: a day in China, without a time.

use std::fmt;

use crate::error::{Error, Result};
use crate::time::{self, Civil, Time};

/// A calendar day of the years 1 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// A day that the Gregorian calendar has; months and days count from 1.
    ///
    /// # Errors
    /// `invalid_argument` for any other day.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self> {
        Self::checked(year, month, day)
            .ok_or_else(|| Error::argument("the calendar has no such day"))
    }

    /// Reads `YYYY-MM-DD` and no other form.
    ///
    /// # Errors
    /// `invalid_argument` for another form or an impossible day.
    pub fn parse(text: &str) -> Result<Self> {
        from_numbers(text.split('-'), [4, 2, 2])
            .ok_or_else(|| Error::argument("a date must look like 2026-11-22"))
    }

    /// Reads the forms found in the field: `2026-11-22`, `20261122`, `2026/1/2`, `2026.1.2`,
    /// `2026年11月22日`, a date with a time after it, and milliseconds since 1970 (13 digits).
    pub(crate) fn parse_tolerant(text: &str) -> Option<Self> {
        let text = super::text::comparable(text);
        if let Some(date) = time::parse_iso(&text).map(|written| Self::in_china(written.as_china()))
        {
            return Some(date);
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Self::from_digits(&text);
        }
        // White space is gone by now, so a time may follow the day without any mark.
        let dated = text.get(..10).and_then(|head| Self::parse(head).ok());
        if dated.is_some() && text.get(10..).is_some_and(is_time_of_day) {
            return dated;
        }
        let text = text.strip_suffix('日').unwrap_or(&text);
        from_numbers(text.split(['年', '月', '/', '.', '-']), [4, 0, 0])
    }

    fn from_digits(text: &str) -> Option<Self> {
        match text.len() {
            8 => {
                let (year, rest) = text.split_at_checked(4)?;
                let (month, day) = rest.split_at_checked(2)?;
                from_numbers([year, month, day].into_iter(), [4, 2, 2])
            }
            13 => {
                let milliseconds: i64 = text.parse().ok()?;
                Some(Self::in_china(Time::from_unix(milliseconds / 1000).ok()?))
            }
            14 => time::parse_compact(text).map(|written| Self::in_china(written.as_china())),
            _ => None,
        }
    }

    /// The day it is in China at `instant`.
    #[must_use]
    pub fn in_china(instant: Time) -> Self {
        let (year, month, day) = instant.china_date();
        Self { year, month, day }
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// As a license's face shows it: `2026年1月2日`.
    #[must_use]
    pub fn to_chinese(self) -> String {
        format!("{}年{}月{}日", self.year, self.month, self.day)
    }

    fn checked(year: i32, month: u8, day: u8) -> Option<Self> {
        let civil = Civil {
            year,
            month,
            day,
            hour: 0,
            minute: 0,
            second: 0,
        };
        ((1..=9999).contains(&year) && Time::from_civil(civil).is_some()).then_some(Self {
            year,
            month,
            day,
        })
    }
}

impl fmt::Display for Date {
    /// `YYYY-MM-DD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl std::str::FromStr for Date {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

/// Three numbers of the given digit counts, where 0 stands for one or two digits.
fn from_numbers<'a>(parts: impl Iterator<Item = &'a str>, digits: [usize; 3]) -> Option<Date> {
    let parts: Vec<&str> = parts.take(4).collect();
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    for (part, digits) in [year, month, day].into_iter().zip(digits) {
        let fits = if digits == 0 {
            matches!(part.len(), 1 | 2)
        } else {
            part.len() == digits
        };
        if !fits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
    }
    Date::checked(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn is_time_of_day(text: &str) -> bool {
    let mut parts = text.split(':');
    let whole = |part: Option<&str>| {
        part.is_some_and(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    whole(parts.next())
        && whole(parts.next())
        && parts
            .next()
            .is_none_or(|last| whole(last.split('.').next()))
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strict_form_only() {
        assert_eq!(Date::parse("2024-02-29").unwrap().to_string(), "2024-02-29");
        for bad in [
            "2023-02-29",
            "2024-2-29",
            "20240229",
            "+024-02-29",
            "0000-01-01",
            "２０24-02-29",
        ] {
            assert!(Date::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn reads_the_forms_of_the_field() {
        let day = Date::new(2026, 1, 2).unwrap();
        for text in [
            "2026-01-02",
            "20260102",
            "2026/1/2",
            "2026.01.02",
            "2026年1月2日",
            "2026 年 01 月 02 日",
            "２０２６年１月２日",
            "2026-01-02T08:00:00+08:00",
            "2026-01-02 23:59:59",
            "20260102235959",
            "1767312000000",
        ] {
            assert_eq!(Date::parse_tolerant(text), Some(day), "{text}");
        }
        for text in [
            "",
            "长期",
            "2026",
            "2026-13-01",
            "26-01-02",
            "2026-01-02x",
            "99999999999999999",
        ] {
            assert_eq!(Date::parse_tolerant(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_in_china_begins_at_16_utc() {
        let late = Time::parse("2026-01-01T16:00:00Z").unwrap();
        assert_eq!(Date::in_china(late).to_chinese(), "2026年1月2日");
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in ".{0,24}") {
            let _ = Date::parse(&text);
            let _ = Date::parse_tolerant(&text);
        }
    }
}

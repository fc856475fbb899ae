//! Times and dates as people in China read them.

use yinxin::Time;
use yinxin::license::{Date, DateClaim};

use crate::escape::clip;
use crate::language::{Language, Pick};

const CHINA_OFFSET: i64 = 8 * 3600;
/// Columns of a date that is none.
const UNREADABLE_COLUMNS: usize = 24;

/// A time of day in China, to the minute.
pub(super) fn time(language: Language, time: Time) -> String {
    let seconds = time.unix().saturating_add(CHINA_OFFSET).rem_euclid(86_400);
    let (hour, minute) = (seconds / 3600, seconds % 3600 / 60);
    let zone = language.pick("（北京时间）", " (UTC+8)");
    format!("{} {hour:02}:{minute:02}{zone}", Date::in_china(time))
}

/// The day of a time in China.
pub(super) fn day(time: Time) -> String {
    Date::in_china(time).to_string()
}

/// A date as a license states it.
pub(super) fn claimed(language: Language, date: &DateClaim) -> String {
    match date {
        DateClaim::On(date) => date.to_string(),
        DateClaim::NoEnd => language.pick("长期", "no end").to_owned(),
        DateClaim::Unreadable(text) => clip(text, UNREADABLE_COLUMNS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_shown_in_china() {
        let at = Time::parse("2026-11-22T16:30:59Z").unwrap();
        assert_eq!(time(Language::ZhCn, at), "2026-11-23 00:30（北京时间）");
        assert_eq!(time(Language::En, at), "2026-11-23 00:30 (UTC+8)");
        let before = Time::parse("1969-12-31T15:59:00Z").unwrap();
        assert_eq!(time(Language::En, before), "1969-12-31 23:59 (UTC+8)");
    }
}

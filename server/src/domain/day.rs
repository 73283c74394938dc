//! The day: the finest time that is kept about anything a reporter did.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

const EPOCH: Date = date(1970, 1, 1);

/// Whole days since 1 January 1970, in the civil calendar of the organisation's time zone.
///
/// Always within the years -9999 to 9999: what lies outside is moved to the nearest end, so that
/// no arithmetic on a day can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Day(i64);

/// A text that is not a date of the form `2026-11-23`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date of the form 2026-11-23")]
pub struct DayError;

impl Day {
    /// The day of a civil date.
    pub fn from_civil(date: Date) -> Self {
        // A difference of two dates is whole days by default.
        Self(i64::from((date - EPOCH).get_days()))
    }

    /// The day with this number of days since 1 January 1970, as the database keeps it.
    pub fn from_number(days: i64) -> Self {
        let first = Self::from_civil(Date::MIN).0;
        let last = Self::from_civil(Date::MAX).0;
        Self(days.clamp(first, last))
    }

    /// The day on which `now` falls in `zone`.
    pub fn at(now: Timestamp, zone: &TimeZone) -> Self {
        Self::from_civil(zone.to_datetime(now).date())
    }

    /// Days since 1 January 1970, as the database keeps it.
    pub fn number(self) -> i64 {
        self.0
    }

    /// The civil date of this day.
    pub fn date(self) -> Date {
        EPOCH.saturating_add(Span::new().days(self.0))
    }

    /// `days` later, or earlier when negative.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self::from_number(self.0.saturating_add(days))
    }

    /// The same day of the month `months` later (earlier when negative), or the last day of that
    /// month where it is shorter: 31 January plus one month is 28 or 29 February.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Self {
        // Wider than the whole calendar already; `Span` refuses more.
        let months = months.clamp(-200_000, 200_000);
        Self::from_civil(self.date().saturating_add(Span::new().months(months)))
    }

    /// Whole days from `earlier` to this day; negative when `earlier` is later.
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// ISO 8601, for example `2026-11-23`.
    pub fn iso(self) -> String {
        self.date().to_string()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

impl FromStr for Day {
    type Err = DayError;

    /// Reads exactly what [`Day::iso`] writes for the years 0 to 9999.
    fn from_str(text: &str) -> Result<Self, DayError> {
        let shape = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shape {
            return Err(DayError);
        }
        text.parse::<Date>().map(Self::from_civil).map_err(|_| DayError)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.iso()
    }
}

impl TryFrom<String> for Day {
    type Error = DayError;

    fn try_from(text: String) -> Result<Self, DayError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn counts_from_the_first_of_january_1970() {
        assert_eq!(day("1970-01-01").number(), 0);
        assert_eq!(day("1969-12-31").number(), -1);
        assert_eq!(day("2026-11-23").number(), 20_780);
        assert_eq!(Day::from_number(20_780).iso(), "2026-11-23");
    }

    #[test]
    fn every_day_of_a_century_survives_the_round_trip() {
        for number in -10_000..30_000 {
            let day = Day::from_number(number);
            assert_eq!(Day::from_civil(day.date()), day);
            assert_eq!(day.iso().parse(), Ok(day));
        }
    }

    #[test]
    fn months_end_where_the_month_ends() {
        for (from, months, to) in [
            ("2026-01-31", 1, "2026-02-28"),
            ("2028-01-31", 1, "2028-02-29"),
            ("2026-11-30", 3, "2027-02-28"),
            ("2027-11-30", 3, "2028-02-29"),
            ("2026-08-31", 3, "2026-11-30"),
            ("2026-12-31", 3, "2027-03-31"),
            ("2026-03-31", -1, "2026-02-28"),
            ("2026-05-15", 0, "2026-05-15"),
        ] {
            assert_eq!(day(from).plus_months(months), day(to), "{from} + {months} months");
        }
    }

    #[test]
    fn nothing_overflows() {
        let last = Day::from_civil(Date::MAX);
        let first = Day::from_civil(Date::MIN);
        assert_eq!(Day::from_number(i64::MAX), last);
        assert_eq!(Day::from_number(i64::MIN), first);
        assert_eq!(last.plus_days(i64::MAX), last);
        assert_eq!(first.plus_days(i64::MIN), first);
        assert_eq!(last.plus_months(i64::MAX), last);
        assert_eq!(first.plus_months(i64::MIN), first);
        assert_eq!(last.date(), Date::MAX);
        assert_eq!(first.date(), Date::MIN);
    }

    #[test]
    fn the_time_zone_decides_the_day() {
        let now: Timestamp = "2026-11-23T23:30:00Z".parse().unwrap();
        let zone = |name| TimeZone::get(name).unwrap();
        assert_eq!(Day::at(now, &zone("UTC")).iso(), "2026-11-23");
        assert_eq!(Day::at(now, &zone("Europe/Berlin")).iso(), "2026-11-24");
        assert_eq!(Day::at(now, &zone("America/New_York")).iso(), "2026-11-23");
    }

    #[test]
    fn only_plain_dates_are_read() {
        for text in ["", "2026-11-31", "2026-1-1", "20261123", "2026-11-23T00:00", "+002026-11", " 2026-11-2"]
        {
            assert_eq!(text.parse::<Day>(), Err(DayError), "{text:?}");
        }
    }

    #[test]
    fn travels_as_text() {
        let text = serde_json::to_string(&day("2026-11-23")).unwrap();
        assert_eq!(text, "\"2026-11-23\"");
        assert_eq!(serde_json::from_str::<Day>(&text).unwrap(), day("2026-11-23"));
        assert!(serde_json::from_str::<Day>("\"23.11.2026\"").is_err());
    }
}

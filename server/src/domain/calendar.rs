//! Working days, as the organisation counts them.

use std::collections::BTreeSet;

use jiff::civil::Weekday;

use super::Day;

/// The days of the week, as they are written in the configuration, Monday first.
pub const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Days off in a row beyond which nothing is waited for any longer.
const LONGEST_BREAK: i64 = 366;

/// On which days people work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingDays {
    /// Monday first.
    week: [bool; 7],
    holidays: BTreeSet<Day>,
}

impl Default for WorkingDays {
    /// Monday to Friday, without holidays.
    fn default() -> Self {
        Self { week: [true, true, true, true, true, false, false], holidays: BTreeSet::new() }
    }
}

impl WorkingDays {
    /// `days` of each week are worked, but for `holidays`. With no day at all, every day counts as one: a deadline that
    /// never comes would be none.
    pub fn new(days: impl IntoIterator<Item = Weekday>, holidays: impl IntoIterator<Item = Day>) -> Self {
        let mut week = [false; 7];
        for day in days {
            week[at(day)] = true;
        }
        if week == [false; 7] {
            week = [true; 7];
        }
        Self { week, holidays: holidays.into_iter().collect() }
    }

    /// Whether people work on this day.
    pub fn is_working(&self, day: Day) -> bool {
        self.week[at(day.date().weekday())] && !self.holidays.contains(&day)
    }

    /// The `count`-th working day after `start`, which does not count itself. In more than a year of holidays, each day
    /// counts.
    pub fn after(&self, start: Day, count: i64) -> Day {
        let mut day = start;
        for _ in 0..count {
            let next =
                (1..=LONGEST_BREAK).map(|ahead| day.plus_days(ahead)).find(|&next| self.is_working(next));
            day = next.unwrap_or_else(|| day.plus_days(1));
        }
        day
    }
}

fn at(day: Weekday) -> usize {
    // 0 to 6.
    usize::from(day.to_monday_zero_offset().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn weekends_and_holidays_do_not_count() {
        // 2026-11-23 is a Monday; Thursday 26 November is a holiday.
        let calendar = WorkingDays::new(WEEKDAYS[..5].iter().map(|row| row.1), [day("2026-11-26")]);
        for (start, count, expected) in [
            ("2026-11-23", 0, "2026-11-23"),
            ("2026-11-23", 1, "2026-11-24"),
            ("2026-11-23", 2, "2026-11-25"),
            ("2026-11-25", 1, "2026-11-27"),
            ("2026-11-25", 2, "2026-11-30"),
            // From a weekend, Monday is the first.
            ("2026-11-28", 1, "2026-11-30"),
            ("2026-11-23", 5, "2026-12-01"),
        ] {
            assert_eq!(calendar.after(day(start), count), day(expected), "{count} after {start}");
        }
        assert!(!calendar.is_working(day("2026-11-26")) && !calendar.is_working(day("2026-11-29")));
    }

    #[test]
    fn a_week_may_begin_on_sunday() {
        let calendar = WorkingDays::new([0, 1, 2, 3, 6].map(|at| WEEKDAYS[at].1), []);
        assert_eq!(calendar.after(day("2026-11-26"), 1), day("2026-11-29"));
    }

    #[test]
    fn a_deadline_comes_whatever_is_configured() {
        let never = WorkingDays::new([], []);
        assert_eq!(never.after(day("2026-11-27"), 2), day("2026-11-29"));
        let start = day("2026-11-23");
        let always_off = (0..2_000).map(|ahead| start.plus_days(ahead));
        let off = WorkingDays::new(WEEKDAYS.iter().map(|row| row.1), always_off);
        assert_eq!(off.after(start, 2), day("2026-11-25"));
    }
}

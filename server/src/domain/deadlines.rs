//! Until when what is owed to the reporter.

use super::Day;

/// What is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Duty {
    /// Confirm that the report arrived.
    Acknowledge,
    /// Tell the reporter what was or will be done.
    Feedback,
    /// Say something while the case is open.
    Update,
    /// Accounting cases: the days in which a reporter who told the organisation first may still go
    /// to the SEC as if on that day.
    Accounting,
}

/// How long a deadline runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Length {
    /// Calendar days.
    Days(i64),
    /// Calendar months; a shorter month ends on its last day.
    Months(i64),
}

impl Length {
    /// The last day of a deadline that begins on `start`.
    pub fn after(self, start: Day) -> Day {
        match self {
            Self::Days(days) => start.plus_days(days),
            Self::Months(months) => start.plus_months(months),
        }
    }
}

/// One deadline.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// What is owed.
    pub duty: Duty,
    /// How long after its start.
    pub length: Length,
    /// When it starts, and where the rule comes from.
    pub source: &'static str,
}

/// Every deadline there is.
pub const RULES: [Rule; 4] = [
    Rule {
        duty: Duty::Acknowledge,
        length: Length::Days(7),
        source: "from receipt; Directive (EU) 2019/1937, article 9(1)(b)",
    },
    Rule {
        duty: Duty::Feedback,
        length: Length::Months(3),
        source: "from acknowledgement, or from the end of the 7 days; Directive (EU) 2019/1937, article 9(1)(f)",
    },
    Rule {
        duty: Duty::Update,
        length: Length::Days(30),
        source: "from the last thing the reporter was told, while the case is open; good practice",
    },
    Rule {
        duty: Duty::Accounting,
        length: Length::Days(120),
        source: "from receipt; 17 CFR 240.21F-4(b)(7)",
    },
];

/// How long a duty runs.
pub fn length(duty: Duty) -> Length {
    // RULES is in the order of the enum; a test holds it to that.
    RULES[duty as usize].length
}

/// The days by which something is owed in one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// The last day to acknowledge.
    pub acknowledge_by: Day,
    /// The last day to give feedback.
    pub feedback_by: Day,
    /// The last day for the next update; `None` once the case is closed.
    pub update_by: Option<Day>,
}

impl Deadlines {
    /// The deadlines of a case.
    ///
    /// - `received`: the day the report was stored;
    /// - `acknowledged`: the day it was acknowledged, if it was;
    /// - `last_update`: the day the reporter was last told something, if ever;
    /// - `open`: whether the case is open ([`super::Status::is_open`]).
    ///
    /// Acknowledging late does not move the feedback further away: it is counted from the
    /// acknowledgement or from the last day on which it was due, whichever is earlier.
    pub fn new(received: Day, acknowledged: Option<Day>, last_update: Option<Day>, open: bool) -> Self {
        let acknowledge_by = length(Duty::Acknowledge).after(received);
        let feedback_from = acknowledged.map_or(acknowledge_by, |day| day.clamp(received, acknowledge_by));
        let told = [acknowledged, last_update].into_iter().flatten().fold(received, Day::max);
        Self {
            acknowledge_by,
            feedback_by: length(Duty::Feedback).after(feedback_from),
            update_by: open.then(|| length(Duty::Update).after(told)),
        }
    }

    /// The deadlines of a report received on this day and not yet looked at.
    pub fn on_receipt(received: Day) -> Self {
        Self::new(received, None, None, true)
    }
}

/// For "day n of 120" in accounting cases: the days that have passed since receipt. The day of
/// receipt is 0, the last of the 120 days is 120, more means that they are over.
pub fn day_of_120(received: Day, today: Day) -> i64 {
    today.days_since(received).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_rules_are_in_the_order_of_the_duties() {
        for (at, rule) in RULES.iter().enumerate() {
            assert_eq!(rule.duty as usize, at);
        }
    }

    #[test]
    fn one_row_per_situation() {
        // received, acknowledged, last update, open → acknowledge by, feedback by, update by
        let rows = [
            // Nobody has looked yet: three months after the seven days.
            ("2026-11-23", None, None, true, "2026-11-30", "2027-02-28", Some("2026-12-23")),
            // Acknowledged on the same day.
            ("2026-11-23", Some("2026-11-23"), None, true, "2026-11-30", "2027-02-23", Some("2026-12-23")),
            // Acknowledged in time.
            ("2026-11-23", Some("2026-11-25"), None, true, "2026-11-30", "2027-02-25", Some("2026-12-25")),
            // Acknowledged late: the feedback does not move.
            ("2026-11-23", Some("2026-12-20"), None, true, "2026-11-30", "2027-02-28", Some("2027-01-19")),
            // An update moves the next one and nothing else.
            (
                "2026-11-23",
                Some("2026-11-25"),
                Some("2027-01-10"),
                true,
                "2026-11-30",
                "2027-02-25",
                Some("2027-02-09"),
            ),
            // Closed: no more updates are owed.
            ("2026-11-23", Some("2026-11-25"), Some("2027-01-10"), false, "2026-11-30", "2027-02-25", None),
            // The three months end where a month ends, in a leap year too.
            ("2027-11-24", Some("2027-11-30"), None, true, "2027-12-01", "2028-02-29", Some("2027-12-30")),
            ("2026-08-25", Some("2026-08-31"), None, true, "2026-09-01", "2026-11-30", Some("2026-09-30")),
            // A clock that went backwards cannot shorten anything.
            (
                "2026-11-23",
                Some("2026-11-20"),
                Some("2026-11-01"),
                true,
                "2026-11-30",
                "2027-02-23",
                Some("2026-12-23"),
            ),
        ];
        for (received, acknowledged, updated, open, by, feedback, update) in rows {
            let found = Deadlines::new(day(received), acknowledged.map(day), updated.map(day), open);
            let expected =
                Deadlines { acknowledge_by: day(by), feedback_by: day(feedback), update_by: update.map(day) };
            assert_eq!(found, expected, "{received} {acknowledged:?} {updated:?} {open}");
        }
        assert_eq!(
            Deadlines::on_receipt(day("2026-11-23")),
            Deadlines::new(day("2026-11-23"), None, None, true)
        );
    }

    #[test]
    fn the_day_of_receipt_is_day_nought_of_120() {
        let received = day("2026-11-23");
        for (today, n) in [
            ("2026-11-22", 0),
            ("2026-11-23", 0),
            ("2026-11-24", 1),
            ("2027-03-23", 120),
            ("2027-03-24", 121),
        ] {
            assert_eq!(day_of_120(received, day(today)), n, "{today}");
        }
        assert_eq!(length(Duty::Accounting).after(received), day("2027-03-23"));
    }
}

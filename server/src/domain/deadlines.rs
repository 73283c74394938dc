//! Until when what is owed to the reporter.

use super::calendar::WorkingDays;
use super::{CaseKind, Day};

/// What is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Duty {
    /// Confirm that the report arrived: when it should be done.
    AcknowledgeTarget,
    /// Confirm that the report arrived: when it must be done.
    Acknowledge,
    /// Open the case; where nobody has, the next on the committee is told.
    Open,
    /// Tell the reporter what was or will be done.
    Feedback,
    /// Say something while the case is open.
    Update,
    /// Answer a question.
    Guidance,
    /// Wait for the answer to a question before a case may end for want of information.
    Answer,
    /// Accounting cases: the days in which a reporter who told the organisation first may still go to the SEC as if on
    /// that day.
    Accounting,
}

/// How long a deadline runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Length {
    /// Calendar days.
    Days(i64),
    /// Days on which people work.
    WorkingDays(i64),
    /// Calendar months; a shorter month ends on its last day.
    Months(i64),
}

impl Length {
    /// The last day of a deadline that begins on `start`.
    pub fn after(self, start: Day, calendar: &WorkingDays) -> Day {
        match self {
            Self::Days(days) => start.plus_days(days),
            Self::WorkingDays(days) => calendar.after(start, days),
            Self::Months(months) => start.plus_months(months),
        }
    }
}

/// One deadline.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// What is owed.
    pub duty: Duty,
    /// What that is, in words.
    pub what: &'static str,
    /// In which cases.
    pub kinds: &'static [CaseKind],
    /// How long after its start.
    pub length: Length,
    /// When it starts.
    pub from: &'static str,
    /// Where the rule comes from.
    pub source: &'static str,
}

/// Every deadline there is.
pub const RULES: [Rule; 8] = [
    Rule {
        duty: Duty::AcknowledgeTarget,
        what: "acknowledge: the aim",
        kinds: &CaseKind::ALL,
        length: Length::WorkingDays(2),
        from: "receipt",
        source: "good practice",
    },
    Rule {
        duty: Duty::Acknowledge,
        what: "acknowledge: at the latest",
        kinds: &CaseKind::ALL,
        length: Length::Days(7),
        from: "receipt",
        source: "Directive (EU) 2019/1937, article 9(1)(b)",
    },
    Rule {
        duty: Duty::Open,
        what: "open; else the next on the committee is told",
        kinds: &CaseKind::ALL,
        length: Length::WorkingDays(3),
        from: "receipt",
        source: "good practice",
    },
    Rule {
        duty: Duty::Feedback,
        what: "feedback",
        kinds: &CaseKind::ALL,
        length: Length::Months(3),
        from: "acknowledgement, or the last day for it, whichever is earlier",
        source: "Directive (EU) 2019/1937, article 9(1)(f)",
    },
    Rule {
        duty: Duty::Update,
        what: "update",
        kinds: &CaseKind::ALL,
        length: Length::Days(30),
        from: "the last thing that the reporter was told, while the case is open",
        source: "good practice",
    },
    Rule {
        duty: Duty::Guidance,
        what: "answer",
        kinds: &[CaseKind::Question],
        length: Length::WorkingDays(5),
        from: "receipt",
        source: "good practice",
    },
    Rule {
        duty: Duty::Answer,
        what: "conclude for want of information: not before",
        kinds: &[CaseKind::Concern],
        length: Length::Days(30),
        from: "the last question to the reporter",
        source: "good practice",
    },
    Rule {
        duty: Duty::Accounting,
        what: "day 120 of an accounting case",
        kinds: &[CaseKind::Concern],
        length: Length::Days(120),
        from: "receipt",
        source: "17 CFR 240.21F-4(b)(7)",
    },
];

/// How long a duty runs.
pub fn length(duty: Duty) -> Length {
    // RULES is in the order of the enum; a test holds it to that.
    RULES[duty as usize].length
}

/// What deadlines of a case are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseDays {
    /// A concern or a question.
    pub kind: CaseKind,
    /// The day the report was stored.
    pub received: Day,
    /// The day it was acknowledged, if it was.
    pub acknowledged: Option<Day>,
    /// The day the reporter was last told something, if ever.
    pub last_update: Option<Day>,
    /// Whether the case is open ([`super::Status::is_open`]).
    pub open: bool,
}

impl CaseDays {
    /// Of a report that nobody has looked at yet.
    pub fn on_receipt(kind: CaseKind, received: Day) -> Self {
        Self { kind, received, acknowledged: None, last_update: None, open: true }
    }
}

/// The days by which something is owed in one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// The day by which it should be acknowledged.
    pub acknowledge_target: Day,
    /// The last day to acknowledge.
    pub acknowledge_by: Day,
    /// The last day for somebody to open it.
    pub open_by: Day,
    /// The last day to give feedback.
    pub feedback_by: Day,
    /// The last day for the next update; `None` once the case is closed.
    pub update_by: Option<Day>,
    /// The last day to answer a question; `None` for a concern.
    pub answer_by: Option<Day>,
}

impl Deadlines {
    /// The deadlines of a case.
    ///
    /// Acknowledging late does not move the feedback further away: it is counted from the
    /// acknowledgement or from the last day on which it was due, whichever is earlier.
    pub fn new(days: CaseDays, calendar: &WorkingDays) -> Self {
        let CaseDays { kind, received, acknowledged, last_update, open } = days;
        let after = |duty, start| length(duty).after(start, calendar);
        let acknowledge_by = after(Duty::Acknowledge, received);
        let feedback_from = acknowledged.map_or(acknowledge_by, |day| day.clamp(received, acknowledge_by));
        let told = [acknowledged, last_update].into_iter().flatten().fold(received, Day::max);
        Self {
            // A long holiday does not make the aim later than what the law allows.
            acknowledge_target: after(Duty::AcknowledgeTarget, received).min(acknowledge_by),
            acknowledge_by,
            open_by: after(Duty::Open, received),
            feedback_by: after(Duty::Feedback, feedback_from),
            update_by: open.then(|| after(Duty::Update, told)),
            answer_by: (kind == CaseKind::Question).then(|| after(Duty::Guidance, received)),
        }
    }
}

impl Deadlines {
    /// The last day for what the reporter waits for: the answer to a question, the feedback on a concern.
    pub fn result_by(&self) -> Day {
        self.answer_by.unwrap_or(self.feedback_by)
    }
}

/// The first day on which a case may end for want of information: a question was asked, and time to answer has passed.
pub fn unanswered_from(asked: Day, calendar: &WorkingDays) -> Day {
    length(Duty::Answer).after(asked, calendar)
}

/// For "day n of 120" in accounting cases: the days that have passed since receipt. The day of
/// receipt is 0, the last of the 120 days is 120, more means that they are over.
pub fn day_of_120(received: Day, today: Day) -> i64 {
    today.days_since(received).max(0)
}

#[cfg(test)]
mod tests {
    use super::super::calendar::WEEKDAYS;
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
            let days = CaseDays {
                kind: CaseKind::Concern,
                received: day(received),
                acknowledged: acknowledged.map(day),
                last_update: updated.map(day),
                open,
            };
            let found = Deadlines::new(days, &WorkingDays::default());
            assert_eq!(
                (found.acknowledge_by, found.feedback_by, found.update_by, found.answer_by),
                (day(by), day(feedback), update.map(day), None),
                "{received} {acknowledged:?} {updated:?} {open}"
            );
        }
    }

    #[test]
    fn what_is_counted_in_working_days_passes_over_weekends_and_holidays() {
        // Received on a Thursday; the Monday after is a holiday.
        let calendar = WorkingDays::new(WEEKDAYS[..5].iter().map(|row| row.1), [day("2026-12-28")]);
        let of = |kind| Deadlines::new(CaseDays::on_receipt(kind, day("2026-12-24")), &calendar);
        let concern = of(CaseKind::Concern);
        assert_eq!(concern.acknowledge_target, day("2026-12-29"));
        assert_eq!(concern.open_by, day("2026-12-30"));
        assert_eq!(of(CaseKind::Question).answer_by, Some(day("2027-01-01")));
        let closed = WorkingDays::new(
            WEEKDAYS.iter().map(|row| row.1),
            (0..20).map(|n| day("2026-12-24").plus_days(n)),
        );
        let target = Deadlines::new(CaseDays::on_receipt(CaseKind::Concern, day("2026-12-24")), &closed);
        assert_eq!(target.acknowledge_target, target.acknowledge_by, "never later than the law allows");
    }

    #[test]
    fn thirty_days_after_a_question_a_case_may_end_for_want_of_information() {
        assert_eq!(unanswered_from(day("2026-11-23"), &WorkingDays::default()), day("2026-12-23"));
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
        assert_eq!(length(Duty::Accounting).after(received, &WorkingDays::default()), day("2027-03-23"));
    }
}

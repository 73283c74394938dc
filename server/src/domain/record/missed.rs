//! Deadlines that were missed, found in the events of a case alone: what happened cannot be undone by what is done later.

use std::fmt;

use crate::domain::calendar::WorkingDays;
use crate::domain::deadlines::{CaseDays, Deadlines, Duty, length};
use crate::domain::status::Status;
use crate::domain::{CaseKind, Day};

/// An event, as far as it counts here.
#[derive(Debug, Clone, Copy)]
pub struct Happened<'a> {
    /// The day.
    pub day: Day,
    /// received, status, reply …
    pub kind: &'a str,
    /// The new status with its outcome.
    pub detail: &'a str,
}

/// A deadline that was missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missed {
    /// What was owed.
    pub duty: Duty,
    /// The last day on which it would have been in time.
    pub due: Day,
}

/// What is owed to the reporter, with its code in the event. What is only good practice inside is not in the record.
pub const OWED: [(Duty, &str); 4] = [
    (Duty::Acknowledge, "acknowledge"),
    (Duty::Feedback, "feedback"),
    (Duty::Update, "update"),
    (Duty::Guidance, "guidance"),
];

impl Missed {
    /// Reads what `Display` writes.
    pub fn parse(detail: &str) -> Option<Self> {
        let (code, due) = detail.split_once(':')?;
        let duty = OWED.iter().find(|owed| owed.1 == code)?.0;
        Some(Self { duty, due: due.parse().ok()? })
    }
}

impl fmt::Display for Missed {
    /// As it stands in the event: `acknowledge:2026-11-30`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = OWED.iter().find(|owed| owed.0 == self.duty).map_or("other", |owed| owed.1);
        write!(f, "{code}:{}", self.due)
    }
}

/// Every deadline of a case that had been missed when the day `closing` ended, oldest first. `events` are in order, and
/// the first is the receipt.
///
/// - To acknowledge means the first change of status.
/// - Feedback is a reply, or a status that says what is or was done.
/// - News is a reply or any change of status, as long as the case is open.
/// - An answer, which is owed to whoever asked for guidance, is a reply or the end of the case.
pub fn missed(kind: CaseKind, events: &[Happened<'_>], closing: Day, calendar: &WorkingDays) -> Vec<Missed> {
    let Some(received) = events.first().map(|event| event.day) else { return Vec::new() };
    let events: Vec<_> = events.iter().copied().filter(|event| event.day <= closing).collect();
    let told = || events.iter().filter(|event| matches!(event.kind, "status" | "reply"));
    let acknowledged = first_status(&events);
    let (feedback, answered) = (first_feedback(&events), first_answer(&events));
    let days = CaseDays { acknowledged, ..CaseDays::on_receipt(kind, received) };
    let deadlines = Deadlines::new(days, calendar);
    let mut found = Vec::new();
    let mut check = |duty, due: Day, done: Option<Day>| {
        let late = done.map_or(closing >= due, |day| day > due);
        if late {
            found.push(Missed { duty, due });
        }
    };
    check(Duty::Acknowledge, deadlines.acknowledge_by, acknowledged);
    check(Duty::Feedback, deadlines.feedback_by, feedback);
    if let Some(answer_by) = deadlines.answer_by {
        check(Duty::Guidance, answer_by, answered);
    }
    let (mut last, mut open) = (received, true);
    for event in told() {
        if open {
            check(Duty::Update, length(Duty::Update).after(last, calendar), Some(event.day));
        }
        last = last.max(event.day);
        open = status_of(event).map_or(open, Status::is_open);
    }
    if open {
        check(Duty::Update, length(Duty::Update).after(last, calendar), None);
    }
    found.sort_by_key(|missed| missed.due);
    found
}

/// The day of the first change of status.
pub fn first_status(events: &[Happened<'_>]) -> Option<Day> {
    events.iter().find(|event| event.kind == "status").map(|event| event.day)
}

/// The day of the first thing that tells the reporter what is or was done.
pub fn first_feedback(events: &[Happened<'_>]) -> Option<Day> {
    events.iter().find(|event| is_feedback(event)).map(|event| event.day)
}

/// The day of the first thing that answers a question.
pub fn first_answer(events: &[Happened<'_>]) -> Option<Day> {
    events.iter().find(|event| is_answer(event)).map(|event| event.day)
}

/// Where a case stands after these events.
pub fn standing(events: &[Happened<'_>]) -> Status {
    events.iter().rev().find_map(status_of).unwrap_or(Status::Received)
}

fn status_of(event: &Happened<'_>) -> Option<Status> {
    let code = event.detail.split(':').next().filter(|_| event.kind == "status")?;
    Status::parse(code)
}

fn is_feedback(event: &Happened<'_>) -> bool {
    event.kind == "reply"
        || status_of(event).is_some_and(|status| {
            matches!(status, Status::Investigating | Status::Deciding) || !status.is_open()
        })
}

fn is_answer(event: &Happened<'_>) -> bool {
    event.kind == "reply" || status_of(event).is_some_and(|status| !status.is_open())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missed_by(closing: i64, events: &[&str]) -> Vec<String> {
        missed_in(CaseKind::Concern, closing, events)
    }

    /// `23 received`, `25 status acknowledged` …: days of November 2026, counted on beyond its end.
    fn missed_in(kind: CaseKind, closing: i64, events: &[&str]) -> Vec<String> {
        let first: Day = "2026-10-31".parse().unwrap();
        let events: Vec<_> = events
            .iter()
            .map(|event| {
                let mut words = event.split(' ');
                let day = first.plus_days(words.next().unwrap().parse().unwrap());
                Happened { day, kind: words.next().unwrap(), detail: words.next().unwrap_or_default() }
            })
            .collect();
        let found = missed(kind, &events, first.plus_days(closing), &WorkingDays::default());
        for each in &found {
            assert_eq!(Missed::parse(&each.to_string()), Some(*each));
        }
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_deadline_is_missed_when_its_last_day_has_ended() {
        assert!(missed_by(7, &["1 received"]).is_empty());
        assert_eq!(missed_by(8, &["1 received"]), ["acknowledge:2026-11-08"]);
        assert_eq!(missed_by(31, &["1 received", "1 told"]), ["acknowledge:2026-11-08", "update:2026-12-01"]);
        assert!(missed_by(8, &["1 received", "8 status acknowledged"]).is_empty());
        assert!(missed_by(10, &[]).is_empty());
    }

    #[test]
    fn what_was_missed_stays_missed_whatever_is_done_later() {
        let late = [
            "1 received",
            "9 status acknowledged",
            "10 status investigating",
            "50 reply",
            "51 status concluded:referred",
        ];
        assert_eq!(missed_by(60, &late), ["acknowledge:2026-11-08", "update:2026-12-10"]);
        assert_eq!(
            missed_by(400, &late),
            ["acknowledge:2026-11-08", "update:2026-12-10"],
            "nothing is owed once it ended"
        );
        assert_eq!(missed_by(9, &late), ["acknowledge:2026-11-08"], "what came later does not count yet");
    }

    #[test]
    fn feedback_is_more_than_an_acknowledgement() {
        let acknowledged = [
            "1 received",
            "2 status acknowledged",
            "30 status assessing",
            "58 status question_asked",
            "80 note",
        ];
        assert_eq!(missed_by(87, &acknowledged), Vec::<String>::new());
        assert_eq!(missed_by(94, &acknowledged), ["update:2027-01-27", "feedback:2027-02-02"]);
        assert!(
            missed_by(94, &["1 received", "2 status acknowledged", "30 reply", "58 reply", "80 reply"])
                .is_empty()
        );
    }

    #[test]
    fn a_case_that_was_opened_again_owes_news_again() {
        let reopened = ["1 received", "2 status answered:answered", "100 status reopened"];
        assert!(missed_by(129, &reopened).is_empty());
        assert_eq!(missed_by(130, &reopened), ["update:2027-03-10"]);
    }

    #[test]
    fn a_question_is_owed_its_answer_within_five_working_days() {
        // Received on the 2nd, a Monday: due on the Monday after.
        let asked = ["2 received", "3 status acknowledged", "4 told"];
        let missed = |closing, events: &[&str]| missed_in(CaseKind::Question, closing, events);
        assert!(missed(8, &asked).is_empty());
        assert_eq!(missed(9, &asked), ["guidance:2026-11-09"]);
        assert!(missed(20, &[&asked[..], &["9 reply"]].concat()).is_empty());
        assert!(missed(20, &[&asked[..], &["9 status answered:answered"]].concat()).is_empty());
        assert_eq!(missed(20, &[&asked[..], &["10 reply"]].concat()), ["guidance:2026-11-09"]);
        assert!(missed_by(20, &asked).is_empty(), "a concern has no answer");
    }
}

//! Who is reminded of what, and when: deadlines that come near or have passed, and cases that nobody opens.

use std::fmt;

use super::calendar::WorkingDays;
use super::deadlines::{CaseDays, Deadlines, Duty, length};
use super::record::missed::{Happened, first_answer, first_feedback, first_status, standing};
use super::{CaseKind, Day};

/// How many days before a deadline its readers are reminded of it. A day on which nobody works moves it to the working
/// day before.
pub const LEADS: [(Duty, &str, i64); 5] = [
    (Duty::AcknowledgeTarget, "acknowledge_target", 0),
    (Duty::Acknowledge, "acknowledge", 2),
    (Duty::Guidance, "guidance", 1),
    (Duty::Feedback, "feedback", 14),
    (Duty::Update, "update", 7),
];

/// Once a deadline has passed, the reminder comes again after as many days, for as long as it is owed.
pub const AGAIN: i64 = 7;

/// One reminder of one deadline of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    /// What is owed.
    pub duty: Duty,
    /// The last day on which it is in time.
    pub due: Day,
    /// 0 before that day has ended; 1 once it has, and one more with each [`AGAIN`] days.
    pub round: i64,
}

impl Reminder {
    /// Whether the deadline has passed: then the whole committee is reminded, as far as it reads the case.
    pub fn is_late(self) -> bool {
        self.round > 0
    }
}

impl fmt::Display for Reminder {
    /// As it stands in the event: `acknowledge:2026-11-30`, and `acknowledge:2026-11-30:1` once that day has ended.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = LEADS.iter().find(|lead| lead.0 == self.duty).map_or("other", |lead| lead.1);
        write!(f, "{code}:{}", self.due)?;
        if self.is_late() { write!(f, ":{}", self.round) } else { Ok(()) }
    }
}

/// What the readers of an open case are to be reminded of on `today`, oldest deadline first. `events` are in order, and
/// the first is the receipt. What was said before is for the caller to leave out.
pub fn reminders(
    kind: CaseKind,
    events: &[Happened<'_>],
    today: Day,
    calendar: &WorkingDays,
) -> Vec<Reminder> {
    let Some(received) = events.first().map(|event| event.day) else { return Vec::new() };
    if !standing(events).is_open() {
        return Vec::new();
    }
    let acknowledged = first_status(events);
    let told = events.iter().filter(|event| matches!(event.kind, "status" | "reply"));
    let last_update = told.map(|event| event.day).max();
    let days = CaseDays { kind, received, acknowledged, last_update, open: true };
    let deadlines = Deadlines::new(days, calendar);
    let owed = [
        (Duty::AcknowledgeTarget, Some(deadlines.acknowledge_target), acknowledged),
        (Duty::Acknowledge, Some(deadlines.acknowledge_by), acknowledged),
        (Duty::Guidance, deadlines.answer_by, first_answer(events)),
        (Duty::Feedback, Some(deadlines.feedback_by), first_feedback(events)),
        (Duty::Update, deadlines.update_by, None),
    ];
    let mut found: Vec<_> = owed
        .into_iter()
        .filter(|(_, _, done)| done.is_none())
        .filter_map(|(duty, due, _)| reminder(duty, due?, today, calendar))
        .collect();
    found.sort_by_key(|reminder| reminder.due);
    found
}

fn reminder(duty: Duty, due: Day, today: Day, calendar: &WorkingDays) -> Option<Reminder> {
    let lead = LEADS.iter().find(|lead| lead.0 == duty)?.2;
    let round = if today > due { (today.days_since(due) - 1) / AGAIN + 1 } else { 0 };
    if round == 0 {
        return (today >= working_day_until(due.plus_days(-lead), calendar)).then_some(Reminder {
            duty,
            due,
            round,
        });
    }
    // An aim that was missed has a deadline behind it, which is reminded of in its turn.
    (duty != Duty::AcknowledgeTarget).then_some(Reminder { duty, due, round })
}

/// The last working day until `day`; `day` itself where nobody has worked for a week.
fn working_day_until(day: Day, calendar: &WorkingDays) -> Day {
    (0..7).map(|back| day.plus_days(-back)).find(|day| calendar.is_working(*day)).unwrap_or(day)
}

/// Whether somebody else has to be told of a case on `today`, because nobody has opened it within the time for that
/// ([`Duty::Open`]) since somebody was last told.
pub fn is_left_unopened(events: &[Happened<'_>], today: Day, calendar: &WorkingDays) -> bool {
    let last_told =
        events.iter().filter(|event| matches!(event.kind, "received" | "told")).map(|event| event.day);
    let Some(last_told) = last_told.max() else { return false };
    let looked_at = events.iter().any(|event| matches!(event.kind, "opened" | "status" | "reply" | "note"));
    !looked_at && today > length(Duty::Open).after(last_told, calendar)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `0 received`, `2 status acknowledged` …: days after Monday the 23rd of November 2026.
    fn happened<'a>(events: &[&'a str]) -> Vec<Happened<'a>> {
        let first: Day = "2026-11-23".parse().unwrap();
        events
            .iter()
            .map(|event| {
                let mut words = event.split(' ');
                let day = first.plus_days(words.next().unwrap().parse().unwrap());
                Happened { day, kind: words.next().unwrap(), detail: words.next().unwrap_or_default() }
            })
            .collect()
    }

    fn on(today: i64, kind: CaseKind, events: &[&str]) -> Vec<String> {
        let today = "2026-11-23".parse::<Day>().unwrap().plus_days(today);
        let found = reminders(kind, &happened(events), today, &WorkingDays::default());
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn one_row_per_day_of_a_case_that_nobody_touches() {
        let new = |today| on(today, CaseKind::Concern, &["0 received"]);
        assert!(new(1).is_empty());
        // The aim: two working days. A week at most; the day two before it is a Saturday.
        assert_eq!(new(2), ["acknowledge_target:2026-11-25"]);
        assert!(new(3).is_empty());
        assert_eq!(new(4), ["acknowledge:2026-11-30"]);
        assert_eq!(new(7), ["acknowledge:2026-11-30"]);
        assert_eq!(new(8), ["acknowledge:2026-11-30:1"]);
        assert_eq!(new(14), ["acknowledge:2026-11-30:1"]);
        assert_eq!(new(15), ["acknowledge:2026-11-30:2"]);
        assert_eq!(new(31), ["acknowledge:2026-11-30:4", "update:2026-12-23:1"]);
        assert_eq!(new(83), ["acknowledge:2026-11-30:11", "update:2026-12-23:8", "feedback:2027-02-28"]);
    }

    #[test]
    fn what_was_done_is_not_reminded_of_and_an_ended_case_owes_nothing() {
        let acknowledged = ["0 received", "1 status acknowledged"];
        assert!(on(7, CaseKind::Concern, &acknowledged).is_empty());
        assert_eq!(on(24, CaseKind::Concern, &acknowledged), ["update:2026-12-24"]);
        let replied = [&acknowledged[..], &["20 reply"]].concat();
        assert!(on(24, CaseKind::Concern, &replied).is_empty());
        let ended = [&replied[..], &["21 status concluded:substantiated"]].concat();
        assert!(on(400, CaseKind::Concern, &ended).is_empty());
        let reopened = [&ended[..], &["50 status reopened"]].concat();
        assert_eq!(on(81, CaseKind::Concern, &reopened), ["update:2027-02-11:1"]);
    }

    #[test]
    fn a_question_is_reminded_of_a_day_before_its_answer_is_due() {
        let asked = ["0 received", "0 status acknowledged"];
        assert!(on(3, CaseKind::Question, &asked).is_empty());
        // Due on Monday; the day before is a Sunday.
        assert_eq!(on(4, CaseKind::Question, &asked), ["guidance:2026-11-30"]);
        assert_eq!(on(8, CaseKind::Question, &asked), ["guidance:2026-11-30:1"]);
        assert!(on(8, CaseKind::Question, &[&asked[..], &["7 reply"]].concat()).is_empty());
    }

    #[test]
    fn where_nobody_opens_a_case_the_next_is_told_every_three_working_days() {
        let left = |today: i64, events: &[&str]| {
            let today = "2026-11-23".parse::<Day>().unwrap().plus_days(today);
            is_left_unopened(&happened(events), today, &WorkingDays::default())
        };
        let new = ["0 received", "0 told chair"];
        assert!(!left(3, &new));
        assert!(left(4, &new));
        let again = [&new[..], &["4 told alternate"]].concat();
        // Over a weekend.
        assert!(!left(9, &again));
        assert!(left(10, &again));
        assert!(!left(10, &[&again[..], &["5 opened"]].concat()));
        assert!(!left(10, &[]));
    }
}

//! How a case ends: with a disposition, with what was done about it, and with a second pair of eyes where it matters.

use super::calendar::WorkingDays;
use super::deadlines::unanswered_from;
use super::status::Status::{Answered, Concluded, Passed};
use super::{Category, Day, Outcome, Status};

/// The dispositions that a case can have at each of its ends.
pub const DISPOSITIONS: [(Status, &[Outcome]); 3] = [
    (
        Concluded,
        &[
            Outcome::Substantiated,
            Outcome::PartlySubstantiated,
            Outcome::NotSubstantiated,
            Outcome::InsufficientInformation,
        ],
    ),
    (Passed, &[Outcome::Referred]),
    (Answered, &[Outcome::Answered]),
];

/// What was done: the code in the sealed conclusion, the words, and the ends that it goes with.
pub const MEASURES: [(&str, &str, &[Status]); 15] = [
    ("none_needed", "nothing had to be done", &[Concluded]),
    ("process_changed", "a process was changed", &[Concluded]),
    ("control_strengthened", "a control was added or strengthened", &[Concluded]),
    ("trained", "people were trained or reminded", &[Concluded]),
    ("books_corrected", "books or accounts were corrected", &[Concluded]),
    ("disclosure_corrected", "a public statement or filing was corrected", &[Concluded]),
    ("reporter_protected", "the reporter was protected or made whole", &[Concluded]),
    ("warned", "somebody was warned or otherwise disciplined", &[Concluded]),
    ("dismissed", "an employment or contract was ended", &[Concluded]),
    ("money_recovered", "money or property was recovered", &[Concluded]),
    ("authority_told", "an authority was told", &[Concluded, Passed]),
    ("auditor_told", "the external auditor was told", &[Concluded, Passed]),
    ("referred_inside", "it was referred to another process of the organisation", &[Passed]),
    ("guided", "guidance was given", &[Answered]),
    ("rule_clarified", "a rule will be made clearer", &[Answered, Concluded]),
];

/// What may not be done yet, or not alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClosingError {
    /// Nobody has asked the reporter.
    #[error("the reporter was not asked for more")]
    NotAsked,
    /// The reporter was asked, and may still answer.
    #[error("the reporter was asked and has time to answer until {}", .0.plus_days(-1).iso())]
    TooSoon(Day),
}

/// The disposition of an end that can have only one.
pub fn only_disposition(to: Status) -> Option<Outcome> {
    match dispositions(to) {
        [only] => Some(*only),
        _ => None,
    }
}

/// The dispositions that go with an end; none for a status that is no end.
pub fn dispositions(to: Status) -> &'static [Outcome] {
    DISPOSITIONS.iter().find(|row| row.0 == to).map_or(&[], |row| row.1)
}

/// Whether a case may end for want of information: only once a question was asked and time to answer has passed.
///
/// `asked`: the day of the last question.
///
/// # Errors
/// [`ClosingError`].
pub fn check(
    outcome: Option<Outcome>,
    asked: Option<Day>,
    today: Day,
    calendar: &WorkingDays,
) -> Result<(), ClosingError> {
    if outcome != Some(Outcome::InsufficientInformation) {
        return Ok(());
    }
    let from = unanswered_from(asked.ok_or(ClosingError::NotAsked)?, calendar);
    if today < from { Err(ClosingError::TooSoon(from)) } else { Ok(()) }
}

/// Whether a case about this ends only when two agree, whomever it is about. Accounting, disclosure, fraud and audit
/// matters are the committee's own (Sarbanes-Oxley Act, section 301).
pub fn takes_two(category: Category) -> bool {
    category.committee_only()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_has_dispositions_and_measures_and_nothing_else_has() {
        for status in Status::ALL {
            assert_eq!(dispositions(status).is_empty(), status.is_open(), "{status:?}");
            assert_eq!(MEASURES.iter().any(|row| row.2.contains(&status)), !status.is_open(), "{status:?}");
        }
        for outcome in Outcome::ALL {
            assert_eq!(DISPOSITIONS.iter().filter(|row| row.1.contains(&outcome)).count(), 1, "{outcome:?}");
        }
        assert_eq!(Status::ALL.map(only_disposition).iter().flatten().count(), 2);
    }

    #[test]
    fn want_of_information_takes_a_question_and_thirty_days() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let check = |outcome, asked: Option<&str>, today: &str| {
            super::check(Some(outcome), asked.map(day), day(today), &WorkingDays::default())
        };
        let want = Outcome::InsufficientInformation;
        assert_eq!(check(want, None, "2027-01-01"), Err(ClosingError::NotAsked));
        assert_eq!(
            check(want, Some("2026-11-23"), "2026-12-22"),
            Err(ClosingError::TooSoon(day("2026-12-23")))
        );
        assert_eq!(check(want, Some("2026-11-23"), "2026-12-23"), Ok(()));
        for other in Outcome::ALL.into_iter().filter(|&outcome| outcome != want) {
            assert_eq!(check(other, None, "2026-11-23"), Ok(()));
        }
    }
}

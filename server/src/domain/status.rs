//! Where a case stands, and where it may go from there.

use serde::{Deserialize, Serialize};

use super::closing;

use Status::{
    Acknowledged, Answered, Assessing, Concluded, Deciding, Investigating, Passed, QuestionAsked, Received,
    Reopened,
};

/// What the reporter submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// A concern: something seems wrong.
    Concern,
    /// A question: a request for guidance.
    Question,
}

/// Where a case stands, as the reporter reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Stored; nobody has said so yet.
    Received,
    /// A recipient confirmed that it arrived.
    Acknowledged,
    /// Being assessed.
    Assessing,
    /// The recipients have a question for the reporter.
    QuestionAsked,
    /// Being looked into.
    Investigating,
    /// A decision is being made.
    Deciding,
    /// A concern's end, with a coarse outcome.
    Concluded,
    /// A question's end.
    Answered,
    /// Passed to another process.
    Passed,
    /// Opened again after an end.
    Reopened,
}

/// How a case ended, coarse on purpose: it is shown to the reporter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// What was reported was found to be so.
    Substantiated,
    /// Part of it was.
    PartlySubstantiated,
    /// It was not.
    NotSubstantiated,
    /// There was too little to tell.
    InsufficientInformation,
    /// It belongs elsewhere and was referred there.
    Referred,
    /// A question was answered.
    Answered,
}

/// From one status of one kind of case, the statuses that may follow.
#[derive(Debug, Clone, Copy)]
pub struct Transition {
    /// The kind of case.
    pub kind: CaseKind,
    /// Where it stands.
    pub from: Status,
    /// Where it may go, in the order in which they are offered.
    pub to: &'static [Status],
}

const fn concern(from: Status, to: &'static [Status]) -> Transition {
    Transition { kind: CaseKind::Concern, from, to }
}

const fn question(from: Status, to: &'static [Status]) -> Transition {
    Transition { kind: CaseKind::Question, from, to }
}

/// Every transition there is. What is not here does not happen.
///
/// A concern cannot end before someone assessed it, or asked about it; an end can only be reopened.
/// A question may be answered at once: the answer acknowledges it.
pub const TRANSITIONS: &[Transition] = &[
    concern(Received, &[Acknowledged, Assessing, QuestionAsked]),
    concern(Acknowledged, &[Assessing, QuestionAsked, Investigating, Passed]),
    concern(Assessing, &[QuestionAsked, Investigating, Deciding, Concluded, Passed]),
    concern(QuestionAsked, &[Assessing, Investigating, Deciding, Concluded, Passed]),
    concern(Investigating, &[QuestionAsked, Assessing, Deciding, Concluded, Passed]),
    concern(Deciding, &[QuestionAsked, Investigating, Concluded, Passed]),
    concern(Concluded, &[Reopened]),
    concern(Passed, &[Reopened]),
    concern(Reopened, &[Assessing, QuestionAsked, Investigating, Passed]),
    question(Received, &[Acknowledged, Assessing, QuestionAsked, Answered]),
    question(Acknowledged, &[Assessing, QuestionAsked, Answered, Passed]),
    question(Assessing, &[QuestionAsked, Answered, Passed]),
    question(QuestionAsked, &[Assessing, Answered, Passed]),
    question(Answered, &[Reopened]),
    question(Passed, &[Reopened]),
    question(Reopened, &[Assessing, QuestionAsked, Answered, Passed]),
];

/// Why a change of status is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransitionError {
    /// The table does not have it.
    #[error("a {} cannot go from {} to {}", .kind.code(), .from.code(), .to.code())]
    NotAllowed {
        /// The kind of case.
        kind: CaseKind,
        /// Where it stands.
        from: Status,
        /// Where it was to go.
        to: Status,
    },
    /// A concern is concluded only with an outcome.
    #[error("concluding a case needs an outcome")]
    OutcomeMissing,
    /// This outcome does not belong to that status.
    #[error("the outcome {} does not go with the status {}", .outcome.code(), .to.code())]
    OutcomeUnfit {
        /// Where the case was to go.
        to: Status,
        /// The outcome that was given.
        outcome: Outcome,
    },
}

/// The statuses that may follow `from`, in the order in which they are offered.
pub fn allowed(kind: CaseKind, from: Status) -> Vec<Status> {
    TRANSITIONS
        .iter()
        .filter(|row| row.kind == kind && row.from == from)
        .flat_map(|row| row.to.iter().copied())
        .collect()
}

/// Whether a case may go from `from` to `to` with this outcome.
///
/// An end takes one of its dispositions ([`closing::DISPOSITIONS`]), or none where there is but one. No other status takes
/// any.
///
/// # Errors
/// [`TransitionError`] says what does not fit.
pub fn check(
    kind: CaseKind,
    from: Status,
    to: Status,
    outcome: Option<Outcome>,
) -> Result<(), TransitionError> {
    if !allowed(kind, from).contains(&to) {
        return Err(TransitionError::NotAllowed { kind, from, to });
    }
    match (closing::dispositions(to), outcome) {
        (several, None) if several.len() > 1 => Err(TransitionError::OutcomeMissing),
        (_, None) => Ok(()),
        (fit, Some(outcome)) if fit.contains(&outcome) => Ok(()),
        (_, Some(outcome)) => Err(TransitionError::OutcomeUnfit { to, outcome }),
    }
}

impl CaseKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Concern, Self::Question];

    /// The code in the database and in the interface.
    pub fn code(self) -> &'static str {
        match self {
            Self::Concern => "concern",
            Self::Question => "question",
        }
    }

    /// The kind with this code; `None` when there is none.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.code() == code)
    }
}

impl Status {
    /// Every status, in the order of a case's life.
    pub const ALL: [Self; 10] = [
        Received,
        Acknowledged,
        Assessing,
        QuestionAsked,
        Investigating,
        Deciding,
        Concluded,
        Answered,
        Passed,
        Reopened,
    ];

    /// The code in the database and in the interface, for example `question_asked`.
    pub fn code(self) -> &'static str {
        match self {
            Received => "received",
            Acknowledged => "acknowledged",
            Assessing => "assessing",
            QuestionAsked => "question_asked",
            Investigating => "investigating",
            Deciding => "deciding",
            Concluded => "concluded",
            Answered => "answered",
            Passed => "passed",
            Reopened => "reopened",
        }
    }

    /// The status with this code; `None` when there is none.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.code() == code)
    }

    /// Whether work is still owed: the deadlines run.
    pub fn is_open(self) -> bool {
        !matches!(self, Concluded | Answered | Passed)
    }

    /// Whether a case comes here only after somebody assessed it. Until then recipients are not shown whether the
    /// reporter gave a name: anonymous reports are taken less seriously by those who know that they are.
    pub fn follows_assessment(self) -> bool {
        matches!(self, Investigating | Deciding | Concluded | Answered | Passed | Reopened)
    }

    /// Whether the duty to acknowledge is met: every status but the first says that the report was
    /// seen.
    pub fn acknowledges(self) -> bool {
        self != Received
    }
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 6] = [
        Self::Substantiated,
        Self::PartlySubstantiated,
        Self::NotSubstantiated,
        Self::InsufficientInformation,
        Self::Referred,
        Self::Answered,
    ];

    /// The code in the database and in the interface, for example `partly_substantiated`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Substantiated => "substantiated",
            Self::PartlySubstantiated => "partly_substantiated",
            Self::NotSubstantiated => "not_substantiated",
            Self::InsufficientInformation => "insufficient_information",
            Self::Referred => "referred",
            Self::Answered => "answered",
        }
    }

    /// The outcome with this code; `None` when there is none.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.code() == code)
    }
}

#[cfg(test)]
#[path = "status_tests.rs"]
mod tests;

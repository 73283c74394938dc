//! Who may do what in a case that they can read. Who can read it, the routing rules and the grants say.

use RecipientKind::{Committee, Compliance, Counsel, Investigator, Supervisor};

use super::{RecipientKind, Status};

/// What a recipient can do in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Answer the reporter.
    Reply,
    /// Write a note for the other readers.
    Note,
    /// Confirm that the report arrived, and say that it is being assessed.
    Assess,
    /// Ask the reporter.
    Ask,
    /// Say that it is being looked into.
    Investigate,
    /// Say that a decision is being made.
    Decide,
    /// End a concern, with its disposition.
    Conclude,
    /// Agree to how somebody else would end a case.
    AgreeToEnd,
    /// End a question, with its answer.
    AnswerQuestion,
    /// Pass the case to another process.
    PassOn,
    /// Open an ended case again.
    Reopen,
    /// Let somebody else read the case.
    Release,
    /// Take somebody else off the case.
    TakeOff,
    /// Leave the case.
    StepAside,
    /// Take a key that is lost or retired out of use.
    Revoke,
}

/// One row per act: the act, what it is in words, and the kinds of recipient that may.
pub const PERMISSIONS: [(Act, &str, &[RecipientKind]); 15] = [
    (Act::Reply, "reply to the reporter", &[Committee, Compliance, Supervisor, Counsel, Investigator]),
    (Act::Note, "write notes", &[Committee, Compliance, Supervisor, Counsel, Investigator]),
    (Act::Assess, "acknowledge, assess", &[Committee, Compliance, Supervisor, Counsel]),
    (Act::Ask, "ask the reporter", &[Committee, Compliance, Supervisor, Counsel, Investigator]),
    (Act::Investigate, "look into it", &[Committee, Compliance, Supervisor, Counsel, Investigator]),
    (Act::Decide, "begin to decide", &[Committee, Compliance, Counsel]),
    (Act::Conclude, "conclude a concern", &[Committee, Compliance, Counsel]),
    (Act::AgreeToEnd, "agree, as the second, to how it ends", &[Committee, Counsel]),
    (Act::AnswerQuestion, "end a question as answered", &[Committee, Compliance, Supervisor, Counsel]),
    (Act::PassOn, "pass to another process", &[Committee, Compliance, Counsel]),
    (Act::Reopen, "reopen", &[Committee, Compliance, Counsel]),
    (Act::Release, "release it to somebody else", &[Committee, Counsel]),
    (Act::TakeOff, "take somebody off it", &[Committee, Counsel]),
    (Act::StepAside, "step aside", &[Committee, Compliance, Supervisor, Counsel, Investigator]),
    (Act::Revoke, "put a lost or retired key out of use", &[Committee, Counsel]),
];

/// Whether recipients of this kind may do this in a case that they can read.
pub fn may(kind: RecipientKind, act: Act) -> bool {
    // PERMISSIONS is in the order of the enum; a test holds it to that.
    PERMISSIONS[act as usize].2.contains(&kind)
}

/// What it is to move a case to this status. Nobody moves one back to `Received`.
pub fn act_of(status: Status) -> Act {
    match status {
        Status::Received | Status::Acknowledged | Status::Assessing => Act::Assess,
        Status::QuestionAsked => Act::Ask,
        Status::Investigating => Act::Investigate,
        Status::Deciding => Act::Decide,
        Status::Concluded => Act::Conclude,
        Status::Answered => Act::AnswerQuestion,
        Status::Passed => Act::PassOn,
        Status::Reopened => Act::Reopen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_act_as_a_person_would_draw_it() {
        // committee, compliance, supervisor, counsel, investigator
        let drawn = [
            (Act::Reply, "xxxxx"),
            (Act::Note, "xxxxx"),
            (Act::Assess, "xxxx."),
            (Act::Ask, "xxxxx"),
            (Act::Investigate, "xxxxx"),
            (Act::Decide, "xx.x."),
            (Act::Conclude, "xx.x."),
            (Act::AgreeToEnd, "x..x."),
            (Act::AnswerQuestion, "xxxx."),
            (Act::PassOn, "xx.x."),
            (Act::Reopen, "xx.x."),
            (Act::Release, "x..x."),
            (Act::TakeOff, "x..x."),
            (Act::StepAside, "xxxxx"),
            (Act::Revoke, "x..x."),
        ];
        assert_eq!(drawn.len(), PERMISSIONS.len());
        for (at, (act, marks)) in drawn.into_iter().enumerate() {
            assert_eq!((act as usize, PERMISSIONS[at].0), (at, act));
            for (kind, mark) in
                [Committee, Compliance, Supervisor, Counsel, Investigator].into_iter().zip(marks.chars())
            {
                assert_eq!(may(kind, act), mark == 'x', "{kind:?} {act:?}");
            }
        }
    }

    #[test]
    fn whoever_may_end_a_case_may_reopen_it() {
        for kind in [Committee, Compliance, Counsel] {
            assert!(may(kind, Act::Conclude) && may(kind, Act::Reopen));
        }
        assert!(
            Status::ALL.into_iter().filter(|status| !status.is_open()).all(|status| {
                matches!(act_of(status), Act::Conclude | Act::AnswerQuestion | Act::PassOn)
            })
        );
    }
}

//! The first assessment of a report, and what recipients are not shown before it.

use super::status::Status;

/// What a recipient makes of a report at first. It travels in a sealed note, so the service never learns it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assessment {
    /// There is enough to look into.
    LookInto,
    /// More facts are needed first.
    AskFirst,
    /// Another process is the right one.
    BelongsElsewhere,
}

impl Assessment {
    /// Every assessment.
    pub const ALL: [Self; 3] = [Self::LookInto, Self::AskFirst, Self::BelongsElsewhere];

    /// As it stands in a sealed note.
    pub fn code(self) -> &'static str {
        match self {
            Self::LookInto => "look_into",
            Self::AskFirst => "ask_first",
            Self::BelongsElsewhere => "belongs_elsewhere",
        }
    }

    /// The assessment with this code. A note without one, and one with a code of a later version, have none.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.code() == code)
    }

    /// As recipients read it.
    pub fn words(self) -> &'static str {
        match self {
            Self::LookInto => "enough to look into",
            Self::AskFirst => "more facts are needed first",
            Self::BelongsElsewhere => "belongs to another process",
        }
    }
}

/// Whether recipients are shown if a reporter gave a name or stayed anonymous: once somebody has said in a note what
/// they make of the report, or the case has come to a status that says so.
///
/// Before that it is held back, because anonymous reports are taken less seriously by those who know that they are.
/// `status` is `None` where it is not known; `assessments` are the codes in the notes of the case.
pub fn shows_whether_named<'a>(
    status: Option<Status>,
    assessments: impl IntoIterator<Item = &'a str>,
) -> bool {
    status.is_some_and(Status::follows_assessment)
        || assessments.into_iter().any(|code| Assessment::parse(code).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_protocol() {
        assert_eq!(Assessment::ALL.map(Assessment::code), ["look_into", "ask_first", "belongs_elsewhere"]);
        for assessment in Assessment::ALL {
            assert_eq!(Assessment::parse(assessment.code()), Some(assessment));
        }
        for other in ["", "look-into", "LOOK_INTO", "of_later_versions"] {
            assert_eq!(Assessment::parse(other), None, "{other}");
        }
    }

    #[test]
    fn whether_a_name_was_given_is_held_back_until_somebody_assessed_the_report() {
        for status in Status::ALL {
            assert_eq!(shows_whether_named(Some(status), []), status.follows_assessment(), "{status:?}");
            assert!(shows_whether_named(Some(status), ["", "ask_first"]), "{status:?}");
        }
        assert!(!shows_whether_named(None, []));
        assert!(!shows_whether_named(Some(Status::Received), ["", ""]), "ordinary notes assess nothing");
        assert!(!shows_whether_named(Some(Status::Assessing), ["of_later_versions"]), "unknown is none");
        assert!(shows_whether_named(None, ["belongs_elsewhere"]));
    }
}

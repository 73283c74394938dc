//! What a reporter typed, and whether it can be accepted.

use std::borrow::Cow;

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::routing::{Choice, Route, RoutingError, route};
use super::{CaseKind, Category, Recipients};

/// The longest narrative and the longest message, in characters.
pub const NARRATIVE_MAX: usize = 100_000;
/// The longest short answer (when, where, how many know), in characters.
pub const SHORT_MAX: usize = 1_000;
/// The longest long answer (who else knows, how you know), in characters.
pub const LONG_MAX: usize = 10_000;
/// The longest name, in characters.
pub const NAME_MAX: usize = 200;
/// The longest contact, in characters.
pub const CONTACT_MAX: usize = 1_000;

/// A report as it was typed, before anything is known to be right about it. Wiped when dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Draft {
    /// A concern or a question.
    #[zeroize(skip)]
    pub kind: CaseKind,
    /// Ids of the recipients the report is about.
    pub concerns: Vec<String>,
    /// Id of the recipient that should be told; empty lets the Audit Committee decide.
    pub chosen: String,
    /// Code of the category; empty means not sure.
    pub category: String,
    /// What happened, or the question.
    pub narrative: String,
    /// When it happened.
    pub when: String,
    /// Where it happened.
    pub where_: String,
    /// Who else knows.
    pub who_else_knows: String,
    /// How the reporter knows.
    pub how_you_know: String,
    /// How many people know.
    pub how_many_know: String,
    /// Whether the reporter gives a name or a contact.
    pub confidential: bool,
    /// The reporter's name, when confidential.
    pub name: String,
    /// How to reach the reporter, when confidential.
    pub contact: String,
}

impl Draft {
    /// An empty form: anonymous, the committee decides, the category is not given.
    pub fn new(kind: CaseKind) -> Self {
        Self {
            kind,
            concerns: Vec::new(),
            chosen: String::new(),
            category: String::new(),
            narrative: String::new(),
            when: String::new(),
            where_: String::new(),
            who_else_knows: String::new(),
            how_you_know: String::new(),
            how_many_know: String::new(),
            confidential: false,
            name: String::new(),
            contact: String::new(),
        }
    }

    /// What was typed into a text field; `None` for fields that are chosen, not typed.
    pub fn text(&self, field: Field) -> Option<&str> {
        Some(match field {
            Field::Narrative => &self.narrative,
            Field::When => &self.when,
            Field::Where => &self.where_,
            Field::WhoElseKnows => &self.who_else_knows,
            Field::HowYouKnow => &self.how_you_know,
            Field::HowManyKnow => &self.how_many_know,
            Field::Name => &self.name,
            Field::Contact => &self.contact,
            Field::Concerns | Field::Chosen | Field::Category | Field::Confidential => return None,
        })
    }
}

/// A field of the form, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Whom the report is about.
    Concerns,
    /// Who should be told.
    Chosen,
    /// What it is about.
    Category,
    /// What happened.
    Narrative,
    /// When.
    When,
    /// Where.
    Where,
    /// Who else knows.
    WhoElseKnows,
    /// How the reporter knows.
    HowYouKnow,
    /// How many people know.
    HowManyKnow,
    /// Anonymous or confidential.
    Confidential,
    /// The reporter's name.
    Name,
    /// How to reach the reporter.
    Contact,
}

impl Field {
    /// Every field, in the order of the page.
    pub const ALL: [Self; 12] = [
        Self::Concerns,
        Self::Chosen,
        Self::Category,
        Self::Narrative,
        Self::When,
        Self::Where,
        Self::WhoElseKnows,
        Self::HowYouKnow,
        Self::HowManyKnow,
        Self::Confidential,
        Self::Name,
        Self::Contact,
    ];

    /// The name of the HTML field.
    pub fn name(self) -> &'static str {
        match self {
            Self::Concerns => "concerns",
            Self::Chosen => "chosen",
            Self::Category => "category",
            Self::Narrative => "narrative",
            Self::When => "when",
            Self::Where => "where",
            Self::WhoElseKnows => "who_else_knows",
            Self::HowYouKnow => "how_you_know",
            Self::HowManyKnow => "how_many_know",
            Self::Confidential => "identity",
            Self::Name => "name",
            Self::Contact => "contact",
        }
    }

    /// The most characters this field takes; `None` for fields that are chosen, not typed.
    pub fn limit(self) -> Option<usize> {
        match self {
            Self::Narrative => Some(NARRATIVE_MAX),
            Self::When | Self::Where | Self::HowManyKnow => Some(SHORT_MAX),
            Self::WhoElseKnows | Self::HowYouKnow => Some(LONG_MAX),
            Self::Name => Some(NAME_MAX),
            Self::Contact => Some(CONTACT_MAX),
            Self::Concerns | Self::Chosen | Self::Category | Self::Confidential => None,
        }
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// It must be filled in.
    Empty,
    /// It is too long; both in characters.
    TooLong {
        /// The most it takes.
        limit: usize,
        /// How many were typed.
        found: usize,
    },
    /// It is none of those offered.
    Unknown,
    /// The recipient that should be told is one the report is about.
    ExcludedAndChosen,
    /// This recipient cannot be chosen.
    NotChoosable,
    /// With those excluded nobody would be left who can read the report.
    NobodyCanRead,
    /// A name or contact was given and the report is to be anonymous.
    Contradictory,
}

/// A field and what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldProblem {
    /// Which field.
    pub field: Field,
    /// What is wrong with it.
    pub problem: Problem,
}

/// Checks a draft and finds its way.
///
/// # Errors
/// All problems at once, in the order of the page.
pub fn check(draft: &Draft, recipients: &Recipients) -> Result<(Category, Route), Vec<FieldProblem>> {
    let mut problems: Vec<FieldProblem> = Vec::new();
    let mut found = |field, problem| problems.push(FieldProblem { field, problem });

    let known = |id: &String| recipients.get(id).is_some();
    let concerns_known = draft.concerns.iter().all(known);
    if !concerns_known {
        found(Field::Concerns, Problem::Unknown);
    }
    let category = category(draft);
    if category.is_none() {
        found(Field::Category, Problem::Unknown);
    }
    // Only ids that exist are routed, so that each problem is named once and by its own field.
    // While the category is unknown, one without a rule of its own finds the other problems.
    let excluded: Cow<'_, [String]> = if concerns_known {
        Cow::Borrowed(&draft.concerns)
    } else {
        Cow::Owned(draft.concerns.iter().filter(|id| known(id)).cloned().collect())
    };
    let routed = route(
        recipients,
        &Choice {
            category: category.unwrap_or(Category::NotSure),
            chosen: Some(draft.chosen.as_str()).filter(|id| !id.is_empty()),
            excluded: &excluded,
        },
    );
    match &routed {
        Err(RoutingError::UnknownRecipient(_)) => found(Field::Chosen, Problem::Unknown),
        Err(RoutingError::ExcludedAndChosen(_)) => found(Field::Chosen, Problem::ExcludedAndChosen),
        Err(RoutingError::NotChoosable(_)) => found(Field::Chosen, Problem::NotChoosable),
        Err(RoutingError::NobodyCanRead) => found(Field::Concerns, Problem::NobodyCanRead),
        Ok(_) => {}
    }

    check_texts(draft, &mut found);
    // Stable: two problems of one field stay in the order in which they were found.
    problems.sort_by_key(|each| each.field);
    match (category, routed) {
        (Some(category), Ok(route)) if problems.is_empty() => Ok((category, route)),
        _ => Err(problems),
    }
}

fn check_texts(draft: &Draft, found: &mut impl FnMut(Field, Problem)) {
    for field in Field::ALL {
        if let (Some(text), Some(limit)) = (draft.text(field), field.limit()) {
            let characters = count(text);
            if characters > limit {
                found(field, Problem::TooLong { limit, found: characters });
            }
        }
    }
    if is_blank(&draft.narrative) {
        found(Field::Narrative, Problem::Empty);
    }
    let identified = !is_blank(&draft.name) || !is_blank(&draft.contact);
    if draft.confidential && !identified {
        found(Field::Name, Problem::Empty);
    }
    if !draft.confidential && identified {
        found(Field::Confidential, Problem::Contradictory);
    }
}

/// The category of a draft; `None` when it is none of those offered for its kind.
fn category(draft: &Draft) -> Option<Category> {
    match (draft.kind, draft.category.as_str()) {
        (CaseKind::Concern, "") => Some(Category::NotSure),
        (CaseKind::Question, "") => Some(Category::Question),
        (kind, code) => Category::parse(code)
            .filter(|&found| (found == Category::Question) == (kind == CaseKind::Question)),
    }
}

/// Whether nothing but white space was typed.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// Browsers send line ends as CR LF: makes each CR LF, and each CR left alone, one LF.
pub fn normalise_newlines(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    // The final length is known in advance, so that no half-grown copy is left in memory.
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\r' {
            characters.next_if_eq(&'\n');
            plain.push('\n');
        } else {
            plain.push(character);
        }
    }
    Cow::Owned(plain)
}

/// How many characters (Unicode scalar values) a text has once its line ends are normalised: the
/// number that every limit is about.
pub fn count(text: &str) -> usize {
    text.chars().count() - text.matches("\r\n").count()
}

/// Checks a message that a reporter adds to a case: not blank, at most [`NARRATIVE_MAX`]
/// characters.
///
/// # Errors
/// The [`Problem`] with it.
pub fn check_message(text: &str) -> Result<(), Problem> {
    let found = count(text);
    if is_blank(text) {
        Err(Problem::Empty)
    } else if found > NARRATIVE_MAX {
        Err(Problem::TooLong { limit: NARRATIVE_MAX, found })
    } else {
        Ok(())
    }
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;

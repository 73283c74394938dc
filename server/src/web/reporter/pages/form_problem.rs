//! What is wrong with a form, in words, and where on the page it is.

use crate::domain::report::{Field, FieldProblem, Problem};
use crate::web::texts::Texts;

/// One line of the error summary, and the same sentence beside the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemView {
    /// Name of the field.
    pub field: &'static str,
    /// Id of the element that the summary leads to.
    pub anchor: String,
    /// The sentence.
    pub text: String,
}

impl ProblemView {
    /// The sentence for a problem with a field of the report form.
    pub fn of_report(texts: Texts, found: FieldProblem) -> Self {
        let field = found.field;
        // Groups of boxes and circles begin with their first one.
        let anchor = match field {
            Field::Concerns | Field::Chosen | Field::Category | Field::Confidential => {
                format!("{}-1", field.name())
            }
            _ => field.name().to_owned(),
        };
        let text = match found.problem {
            Problem::Empty => texts.t(&format!("problem-empty-{}", text_name(field))),
            Problem::TooLong { limit, found } => too_long(texts, text_name(field), limit, found),
            Problem::Unknown => texts.t(&format!("problem-unknown-{}", text_name(field))),
            Problem::ExcludedAndChosen => texts.t("problem-excluded-and-chosen"),
            Problem::NotChoosable => texts.t("problem-not-choosable"),
            Problem::NobodyCanRead => texts.t("problem-nobody-can-read"),
            Problem::Contradictory => texts.t("problem-contradictory"),
        };
        Self { field: field.name(), anchor, text }
    }

    /// Problems with files, which are sentences already.
    pub fn of_files(problems: &[String]) -> impl Iterator<Item = Self> {
        problems.iter().map(|text| Self { field: "files", anchor: "files".to_owned(), text: text.clone() })
    }

    /// The sentence for a problem with a further message.
    pub fn of_message(texts: Texts, problem: Problem) -> Self {
        let text = match problem {
            Problem::TooLong { limit, found } => too_long(texts, "message", limit, found),
            _ => texts.t("problem-empty-message"),
        };
        Self { field: "message", anchor: "message".to_owned(), text }
    }
}

/// The field's name in the ids of texts, which have hyphens.
fn text_name(field: Field) -> &'static str {
    match field {
        Field::Concerns => "concerns",
        Field::Chosen => "chosen",
        Field::Category => "category",
        Field::Narrative => "narrative",
        Field::When => "when",
        Field::Where => "where",
        Field::WhoElseKnows => "who-else-knows",
        Field::HowYouKnow => "how-you-know",
        Field::HowManyKnow => "how-many-know",
        Field::Confidential => "identity",
        Field::Name => "name",
        Field::Contact => "contact",
    }
}

fn too_long(texts: Texts, field: &str, limit: usize, found: usize) -> String {
    let over = texts.number(found.saturating_sub(limit));
    write_too_long(texts, field, limit, &texts.number(found), &over)
}

/// The same sentence with blanks, `{found}` and `{over}`, for who counts elsewhere.
pub(super) fn too_long_with_blanks(texts: Texts, field: &str, limit: usize) -> String {
    write_too_long(texts, field, limit, "{found}", "{over}")
}

/// The same for a field of the report form.
pub(super) fn too_long_of_report(texts: Texts, field: Field, limit: usize) -> String {
    too_long_with_blanks(texts, text_name(field), limit)
}

fn write_too_long(texts: Texts, field: &str, limit: usize, found: &str, over: &str) -> String {
    let field = texts.t(&format!("problem-field-{field}"));
    texts.with(
        "problem-too-long",
        &[("field", field.as_str()), ("limit", &texts.number(limit)), ("found", found), ("over", over)],
    )
}

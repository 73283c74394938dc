//! The report and the question: one form, of which a question shows less.

use super::form_field::{Choice, ChoiceGroup, Section, TextField};
use super::form_problem::ProblemView;
use super::script::ScriptData;
use super::{FilesView, Notice, Site, assets};
use crate::domain::report::{Draft, Field, FieldProblem};
use crate::domain::{CaseKind, Category, Recipient, RecipientKind, Recipients};
use crate::web::texts::Texts;
use askama::Template;

/// `GET` and `POST /report` (a concern) and `/ask` (a question); `draft.kind` says which.
#[derive(Template)]
#[template(path = "reporter/report.html")]
pub struct ReportPage<'a> {
    /// The language.
    pub texts: Texts,
    /// The organisation.
    pub site: &'a Site,
    /// All recipients.
    pub recipients: &'a Recipients,
    /// What was typed so far; [`Draft::new`] for an empty form.
    pub draft: &'a Draft,
    /// What is wrong with it, as [`check`](crate::domain::report::check) found it. Answer with 422 where there is any.
    pub problems: &'a [FieldProblem],
    /// Why the form came back, where it is not for what was typed.
    pub notice: Option<Notice>,
    /// The part where files are attached.
    pub files: FilesView<'a>,
    /// The hidden field `form`.
    pub form_value: &'a str,
}

/// Ids of the texts that differ between a concern and a question.
struct Wording {
    action: &'static str,
    title: &'static str,
    lead: &'static str,
    narrative: &'static str,
    narrative_hint: &'static str,
    send: &'static str,
}

const CONCERN: Wording = Wording {
    action: "/report",
    title: "report-title-concern",
    lead: "report-lead-concern",
    narrative: "report-narrative-concern",
    narrative_hint: "report-narrative-concern-hint",
    send: "report-send-concern",
};

const QUESTION: Wording = Wording {
    action: "/ask",
    title: "report-title-question",
    lead: "report-lead-question",
    narrative: "report-narrative-question",
    narrative_hint: "report-narrative-question-hint",
    send: "report-send-question",
};

impl<'a> ReportPage<'a> {
    fn wording(&self) -> &'static Wording {
        if self.is_concern() { &CONCERN } else { &QUESTION }
    }

    /// What our script needs to know.
    fn script_data(&self) -> String {
        ScriptData::new(self.texts, self.files.most, self.files.largest)
            .with_report(self.texts, self.draft.kind, self.recipients)
            .json()
    }

    fn is_concern(&self) -> bool {
        self.draft.kind == CaseKind::Concern
    }

    /// The error summary.
    fn summary(&self) -> Vec<ProblemView> {
        let typed = self.problems.iter().map(|&found| ProblemView::of_report(self.texts, found));
        typed.chain(ProblemView::of_files(&self.files.problems)).collect()
    }

    fn problems_of(&self, field: Field) -> Vec<String> {
        self.problems
            .iter()
            .filter(|found| found.field == field)
            .map(|&found| ProblemView::of_report(self.texts, found).text)
            .collect()
    }

    /// Whom it is about: everyone who could be told or read.
    fn concerns(&self) -> ChoiceGroup<'a> {
        let choices =
            self.recipients.iter().filter(|recipient| recipient.choosable || recipient.has_key()).map(
                |recipient| Choice {
                    value: &recipient.id,
                    label: recipient.title.clone(),
                    hint: None,
                    warning: None,
                    checked: self.draft.concerns.contains(&recipient.id),
                },
            );
        ChoiceGroup {
            name: Field::Concerns.name(),
            legend: self.texts.t("report-concerns"),
            hint: Some(self.texts.t("report-concerns-hint")),
            problems: self.problems_of(Field::Concerns),
            optional: true,
            several: true,
            sections: Section::only(choices.collect()),
        }
    }

    /// Who should be told: the committee decides, unless the reporter does.
    fn chosen(&self) -> ChoiceGroup<'a> {
        let nobody = Choice {
            value: "",
            label: self.texts.t("report-chosen-committee-decides"),
            hint: Some(self.texts.t("report-chosen-committee-decides-hint")),
            warning: None,
            checked: self.draft.chosen.is_empty(),
        };
        let others = self.recipients.choosable().map(|recipient| Choice {
            value: &recipient.id,
            label: recipient.title.clone(),
            hint: Some(self.texts.t(chosen_hint(recipient))),
            warning: (recipient.kind == RecipientKind::Supervisor)
                .then(|| self.texts.t("report-chosen-supervisor-warning")),
            checked: self.draft.chosen == recipient.id,
        });
        ChoiceGroup {
            name: Field::Chosen.name(),
            legend: self.texts.t("report-chosen"),
            hint: Some(self.texts.t("report-chosen-hint")),
            problems: self.problems_of(Field::Chosen),
            optional: false,
            several: false,
            sections: Section::only(std::iter::once(nobody).chain(others).collect()),
        }
    }

    /// What it is about, each with an example. Those that go to the committee alone stand together, and say so.
    fn category(&self) -> ChoiceGroup<'a> {
        let (alone, others): (Vec<_>, Vec<_>) = Category::concerns().partition(|each| each.committee_only());
        let first_of_others = alone.len() + 1;
        let choices = |categories: Vec<Category>| {
            categories.into_iter().map(|each| self.category_choice(each)).collect()
        };
        ChoiceGroup {
            name: Field::Category.name(),
            legend: self.texts.t("report-category"),
            hint: Some(self.texts.t("report-category-hint")),
            problems: self.problems_of(Field::Category),
            optional: true,
            several: false,
            sections: vec![
                Section {
                    note: Some(self.texts.t("category-committee-only")),
                    first: 1,
                    choices: choices(alone),
                },
                Section { note: None, first: first_of_others, choices: choices(others) },
            ],
        }
    }

    fn category_choice(&self, category: Category) -> Choice<'a> {
        let id = format!("category-{}", category.code().replace('_', "-"));
        Choice {
            value: category.code(),
            label: self.texts.t(&id),
            hint: Some(self.texts.t(&format!("{id}-example"))),
            warning: category
                .steers_away_from_supervisor()
                .then(|| self.texts.t("category-not-a-supervisor")),
            checked: self.draft.category == category.code(),
        }
    }

    /// Anonymous, or confidential.
    fn identity(&self) -> ChoiceGroup<'a> {
        let choice = |value, id: &str, checked| Choice {
            value,
            label: self.texts.t(id),
            hint: Some(self.texts.t(&format!("{id}-hint"))),
            warning: None,
            checked,
        };
        ChoiceGroup {
            name: Field::Confidential.name(),
            legend: self.texts.t("report-identity"),
            hint: None,
            problems: self.problems_of(Field::Confidential),
            optional: false,
            several: false,
            sections: Section::only(vec![
                choice("anonymous", "report-identity-anonymous", !self.draft.confidential),
                choice("confidential", "report-identity-confidential", self.draft.confidential),
            ]),
        }
    }

    /// The only field that must be filled in.
    fn narrative(&self) -> TextField<'a> {
        TextField {
            label: self.texts.t(self.wording().narrative),
            hint: Some(self.texts.t(self.wording().narrative_hint)),
            rows: 14,
            optional: false,
            ..self.text_field(Field::Narrative)
        }
    }

    /// What would help to know. A question has none of these.
    fn details(&self) -> Vec<TextField<'a>> {
        let field = |field, rows| TextField { rows, ..self.text_field(field) };
        vec![
            field(Field::When, 1),
            field(Field::Where, 1),
            field(Field::WhoElseKnows, 4),
            field(Field::HowYouKnow, 4),
            field(Field::HowManyKnow, 1),
        ]
    }

    /// For those who give their name.
    fn name_and_contact(&self) -> [TextField<'a>; 2] {
        [Field::Name, Field::Contact].map(|field| TextField {
            rows: 1,
            prose: false,
            optional: false,
            ..self.text_field(field)
        })
    }

    fn text_field(&self, field: Field) -> TextField<'a> {
        let id = format!("report-{}", field.name().replace('_', "-"));
        TextField {
            name: field.name(),
            label: self.texts.t(&id),
            hint: Some(self.texts.t(&format!("{id}-hint"))),
            problems: self.problems_of(field),
            rows: 1,
            optional: true,
            prose: true,
            value: self.draft.text(field).unwrap_or_default(),
        }
    }
}

/// Id of the sentence that says what being chosen means for this recipient.
fn chosen_hint(recipient: &Recipient) -> &'static str {
    match recipient.kind {
        RecipientKind::Committee => "report-chosen-committee-hint",
        RecipientKind::Supervisor if recipient.reads && recipient.has_key() => "report-chosen-reader-hint",
        RecipientKind::Supervisor => "report-chosen-told-hint",
        _ if recipient.has_key() => "report-chosen-reader-hint",
        _ => "report-chosen-told-hint",
    }
}

//! The parts of a form: text fields, and groups of boxes or circles, each with its label, its hint and what is wrong.

/// A field to write in.
pub(super) struct TextField<'a> {
    /// Name and id of the field.
    pub name: &'static str,
    /// The question.
    pub label: String,
    /// What helps to answer it.
    pub hint: Option<String>,
    /// What is wrong with the answer.
    pub problems: Vec<String>,
    /// How many lines it shows; one makes it a plain input.
    pub rows: u8,
    /// Whether it may be left empty, which the label then says.
    pub optional: bool,
    /// Whether a capital letter is offered at the start of a sentence, on devices that do so.
    pub prose: bool,
    /// What was typed.
    pub value: &'a str,
}

impl TextField<'_> {
    /// Ids of hint and problems, for `aria-describedby`; empty where there are none.
    pub fn described_by(&self) -> String {
        described_by(self.name, self.hint.is_some(), !self.problems.is_empty())
    }
}

/// Boxes or circles under one question.
pub(super) struct ChoiceGroup<'a> {
    /// Name of the field; the id of each choice is this and its number, from 1.
    pub name: &'static str,
    /// The question.
    pub legend: String,
    /// What helps to answer it.
    pub hint: Option<String>,
    /// What is wrong with the answer.
    pub problems: Vec<String>,
    /// Whether the question may be left unanswered, which the legend then says.
    pub optional: bool,
    /// Boxes rather than circles.
    pub several: bool,
    /// What there is to choose, in sections that may have a sentence of their own.
    pub sections: Vec<Section<'a>>,
}

/// Choices for which the same has to be known.
pub(super) struct Section<'a> {
    /// What has to be known before one of them is chosen.
    pub note: Option<String>,
    /// The number of its first choice within the group, from 1.
    pub first: usize,
    /// The choices.
    pub choices: Vec<Choice<'a>>,
}

impl<'a> Section<'a> {
    /// All choices of a group, with nothing to be known first.
    pub fn only(choices: Vec<Choice<'a>>) -> Vec<Self> {
        vec![Self { note: None, first: 1, choices }]
    }

    /// The id of the sentence, in the group of this name.
    pub fn note_id(&self, group: &str) -> String {
        format!("{group}-{}-note", self.first)
    }
}

impl ChoiceGroup<'_> {
    /// Ids of hint and problems, for `aria-describedby`; empty where there are none.
    pub fn described_by(&self) -> String {
        described_by(self.name, self.hint.is_some(), !self.problems.is_empty())
    }

    /// The choices of one of its sections, each with its id and the ids of what is said about it, for
    /// `aria-describedby` (empty where nothing is).
    pub fn rows<'s>(
        &self,
        section: &'s Section<'s>,
    ) -> impl Iterator<Item = (String, String, &'s Choice<'s>)> {
        let shared = section.note.is_some().then(|| section.note_id(self.name));
        section.choices.iter().zip(section.first..).map(move |(choice, number)| {
            let id = format!("{}-{number}", self.name);
            let own = (choice.hint.is_some() || choice.warning.is_some()).then(|| format!("{id}-hint"));
            let described_by = own.into_iter().chain(shared.clone()).collect::<Vec<_>>().join(" ");
            (id, described_by, choice)
        })
    }
}

/// One box or circle.
pub(super) struct Choice<'a> {
    /// What is sent.
    pub value: &'a str,
    /// What it says.
    pub label: String,
    /// What helps to decide.
    pub hint: Option<String>,
    /// What must be known before it is chosen.
    pub warning: Option<String>,
    /// Whether it is chosen.
    pub checked: bool,
}

fn described_by(name: &str, hint: bool, problem: bool) -> String {
    match (hint, problem) {
        (true, true) => format!("{name}-hint {name}-error"),
        (true, false) => format!("{name}-hint"),
        (false, true) => format!("{name}-error"),
        (false, false) => String::new(),
    }
}

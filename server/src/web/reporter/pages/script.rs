//! What a page tells our script: who can read, which limits hold, and every sentence that the script may need to show.
//! It stands in the page as JSON, which browsers do not run.

use super::TokenProblem;
use super::files::{TRACES, size};
use super::form_problem::{self, ProblemView};
use crate::domain::report::{Field, FieldProblem, NARRATIVE_MAX, Problem};
use crate::domain::{CaseKind, Category, RecipientKind, Recipients};
use crate::web::texts::Texts;
use serde::Serialize;
use std::collections::BTreeMap;

/// What every page with a script tells it.
#[derive(Serialize)]
pub(super) struct ScriptData<'a> {
    language: &'static str,
    separator: String,
    texts: BTreeMap<&'static str, String>,
    token: TokenTexts,
    message: FieldData,
    files: FilesData,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<ReportData<'a>>,
}

/// What the report page adds.
#[derive(Serialize)]
struct ReportData<'a> {
    kind: CaseKind,
    recipients: Vec<RecipientData<'a>>,
    committee_only: Vec<&'static str>,
    categories: Vec<&'static str>,
    fields: BTreeMap<&'static str, FieldData>,
    /// Why phrases may say who wrote, by their kind.
    review: BTreeMap<&'static str, String>,
}

/// A recipient, as far as the rules need to know and everybody may.
#[derive(Serialize)]
struct RecipientData<'a> {
    id: &'a str,
    kind: RecipientKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    public_key: Option<&'a str>,
    choosable: bool,
    reads: bool,
}

/// A field: its limit in characters, and the sentence for each problem that it can have.
#[derive(Serialize)]
struct FieldData {
    anchor: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<usize>,
    problems: BTreeMap<&'static str, String>,
}

/// Why words open nothing. `{shown}` and `{position}` stand for numbers.
#[derive(Serialize)]
struct TokenTexts {
    empty: String,
    one: String,
    count: String,
    word: String,
    checksum: String,
}

const SENTENCES: [(&str, &str); 44] = [
    ("way", "sealing-way"),
    ("way_check", "sealing-way-check"),
    ("send", "sealing-send"),
    ("busy", "sealing-busy"),
    ("checking", "sealing-checking"),
    ("unreachable", "sealing-unreachable"),
    ("unreachable_text", "sealing-unreachable-text"),
    ("unreachable_files_text", "sealing-unreachable-files-text"),
    ("failed", "sealing-failed"),
    ("failed_text", "sealing-failed-text"),
    ("answer_failed", "sealing-answer-failed"),
    ("answer_failed_text", "sealing-answer-failed-text"),
    ("reply_failed", "sealing-reply-failed"),
    ("count", "sealing-count"),
    ("summary", "summary-title"),
    ("summary_text", "summary-text"),
    ("prefix", "problem-prefix"),
    ("separator", "list-separator"),
    ("files_kept", "files-kept"),
    ("files_looking", "sealing-looking"),
    ("files_leave_out", "sealing-leave-out"),
    ("files_again", "sealing-look-again"),
    ("files_more", "sealing-choose-more"),
    ("files_removed", "files-removed"),
    ("files_left", "files-left"),
    ("files_nothing_found", "files-nothing-found"),
    ("review", "sealing-review"),
    ("review_text", "sealing-review-text"),
    ("review_phrase", "sealing-review-phrase"),
    ("look", "notice-look-at-files"),
    ("look_text", "notice-look-before-sending-text"),
    ("look_link", "notice-look-at-files-link"),
    ("progress", "sealing-progress"),
    ("cancel", "sealing-cancel"),
    ("work", "sealing-work"),
    ("work_text", "sealing-work-text"),
    ("file_opening", "sealing-file-opening"),
    ("file_stop", "sealing-file-stop"),
    ("file_stopped", "sealing-file-stopped"),
    ("file_saved", "sealing-file-saved"),
    ("file_broke_off", "sealing-file-broke-off"),
    ("file_damaged", "sealing-file-damaged"),
    ("stopped", "sealing-stopped"),
    ("stopped_text", "sealing-stopped-text"),
];

impl<'a> ScriptData<'a> {
    /// For pages where words are typed in.
    pub(super) fn new(texts: Texts, most_files: usize, largest_file: u64) -> Self {
        let message = |problem| ProblemView::of_message(texts, problem).text;
        Self {
            language: texts.tag(),
            separator: texts.t("number-separator"),
            texts: SENTENCES.iter().map(|(name, id)| (*name, with_blanks(texts, id))).collect(),
            token: TokenTexts::new(texts),
            message: FieldData {
                anchor: "message".to_owned(),
                limit: Some(NARRATIVE_MAX),
                problems: BTreeMap::from([
                    ("empty", message(Problem::Empty)),
                    ("too_long", form_problem::too_long_with_blanks(texts, "message", NARRATIVE_MAX)),
                ]),
            },
            files: FilesData::new(texts, most_files, largest_file),
            report: None,
        }
    }

    /// For the report page.
    pub(super) fn with_report(mut self, texts: Texts, kind: CaseKind, recipients: &'a Recipients) -> Self {
        let categories = Category::ALL
            .into_iter()
            .filter(|each| (*each == Category::Question) == (kind == CaseKind::Question));
        self.report = Some(ReportData {
            kind,
            recipients: recipients
                .iter()
                .map(|each| RecipientData {
                    id: &each.id,
                    kind: each.kind,
                    public_key: each.public_key.as_ref().map(candor_crypto::PublicKey::as_str),
                    choosable: each.choosable,
                    reads: each.reads,
                })
                .collect(),
            committee_only: categories
                .clone()
                .filter(|each| each.committee_only())
                .map(Category::code)
                .collect(),
            categories: categories.map(Category::code).collect(),
            fields: Field::ALL
                .into_iter()
                .map(|field| (field.name(), FieldData::of_report(texts, field)))
                .collect(),
            review: REVIEW
                .iter()
                .map(|kind| (*kind, texts.t(&format!("review-{}", kind.replace('_', "-")))))
                .collect(),
        });
        self
    }

    /// As it stands in the page: JSON in which nothing can end the element that holds it.
    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).expect("maps with text keys, written to memory").replace('<', "\\u003c")
    }
}

/// Kinds of phrases that the script points at; those of `console/src/review/phrase.ts`.
const REVIEW: [&str; 10] = [
    "own_job",
    "only_i_know",
    "signature",
    "email",
    "phone",
    "exact_time",
    "employee_number",
    "family",
    "address",
    "handle",
];

/// What holds for files, and the sentences about them.
#[derive(Serialize)]
struct FilesData {
    most: usize,
    largest: u64,
    too_many: String,
    sent_as: String,
    empty: String,
    too_large: String,
    /// Code and words, in the order in which they are named.
    traces: Vec<(&'static str, String)>,
    why: BTreeMap<&'static str, String>,
    bytes: String,
    kilobytes: String,
    megabytes: String,
}

/// Codes of why a file was not looked into: those of `candor_clean::WhyNot`, one of the reporter's own will, and what
/// only the script can meet.
const WHY: [&str; 10] = [
    "unknown_format",
    "encrypted",
    "damaged",
    "too_large",
    "too_many_parts",
    "old_office",
    "not_asked",
    "not_loaded",
    "gave_up",
    "stopped",
];

impl FilesData {
    fn new(texts: Texts, most: usize, largest: u64) -> Self {
        let words = |prefix: &str, code: &str| texts.t(&format!("{prefix}-{}", code.replace('_', "-")));
        Self {
            most,
            largest,
            too_many: with_blanks(texts, if most == 1 { "sealing-too-many-one" } else { "sealing-too-many" }),
            sent_as: with_blanks(texts, "files-sent-as"),
            empty: texts.with("problem-files-empty", &[("name", "{name}")]),
            too_large: texts
                .with("problem-files-too-large", &[("name", "{name}"), ("largest", &size(texts, largest))]),
            traces: TRACES.map(|code| (code, words("trace", code))).to_vec(),
            why: WHY.map(|code| (code, words("files-why", code))).into(),
            bytes: with_blanks(texts, "size-bytes"),
            kilobytes: with_blanks(texts, "size-kilobytes"),
            megabytes: with_blanks(texts, "size-megabytes"),
        }
    }
}

/// A sentence in which each value that can be filled in is a blank: `{name}`.
fn with_blanks(texts: Texts, id: &str) -> String {
    const BLANKS: [(&str, &str); 8] = [
        ("names", "{names}"),
        ("phrase", "{phrase}"),
        ("most", "{most}"),
        ("name", "{name}"),
        ("number", "{number}"),
        ("percent", "{percent}"),
        ("traces", "{traces}"),
        ("largest", "{largest}"),
    ];
    texts.with(id, &BLANKS)
}

impl TokenTexts {
    fn new(texts: Texts) -> Self {
        let text = |problem: TokenProblem| problem.text(texts);
        // A number that no text has of its own, to be replaced by a blank.
        let many = 987_654_321;
        let blank = |text: String, name| text.replace(&texts.number(many), name);
        Self {
            empty: text(TokenProblem::Empty),
            one: text(TokenProblem::Count { found: 1 }),
            count: blank(text(TokenProblem::Count { found: many }), "{shown}"),
            word: blank(text(TokenProblem::Word { position: many }), "{position}"),
            checksum: text(TokenProblem::Checksum),
        }
    }
}

impl FieldData {
    fn of_report(texts: Texts, field: Field) -> Self {
        let view = |problem| ProblemView::of_report(texts, FieldProblem { field, problem });
        let text = |problem| view(problem).text;
        let mut problems = BTreeMap::new();
        if let Some(limit) = field.limit() {
            problems.insert("too_long", form_problem::too_long_of_report(texts, field, limit));
        }
        match field {
            Field::Concerns => {
                problems.insert("unknown", text(Problem::Unknown));
                problems.insert("nobody_can_read", text(Problem::NobodyCanRead));
            }
            Field::Chosen => {
                problems.insert("unknown", text(Problem::Unknown));
                problems.insert("excluded_and_chosen", text(Problem::ExcludedAndChosen));
                problems.insert("not_choosable", text(Problem::NotChoosable));
            }
            Field::Category => {
                problems.insert("unknown", text(Problem::Unknown));
            }
            Field::Confidential => {
                problems.insert("contradictory", text(Problem::Contradictory));
            }
            Field::Narrative | Field::Name => {
                problems.insert("empty", text(Problem::Empty));
            }
            _ => {}
        }
        Self { anchor: view(Problem::Contradictory).anchor, limit: field.limit(), problems }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_data_ends_its_element_or_lacks_its_sentence() {
        let json = ScriptData::new(Texts::default(), 20, 250 << 20)
            .with_report(Texts::default(), CaseKind::Concern, &super::super::samples::recipients())
            .json();
        assert!(!json.contains('<') && !json.contains('⟦'), "{json}");
        let data: serde_json::Value = serde_json::from_str(&json).unwrap();
        let too_long = data["report"]["fields"]["narrative"]["problems"]["too_long"].as_str().unwrap();
        assert!(too_long.contains("{found}") && too_long.contains("{over}") && too_long.contains("100,000"));
        assert!(data["token"]["count"].as_str().unwrap().contains("{shown}"));
        assert!(data["token"]["word"].as_str().unwrap().contains("{position}"));
        assert_eq!(data["report"]["recipients"][0]["id"], "chair");
    }
}

//! The words, shown once.

use super::{Site, assets, dates};
use crate::domain::{CaseKind, Day};
use crate::web::texts::Texts;
use askama::Template;

/// What a stored report is answered with.
#[derive(Template)]
#[template(path = "reporter/confirmation.html")]
pub struct ConfirmationPage<'a> {
    /// The language.
    pub texts: Texts,
    /// The organisation.
    pub site: &'a Site,
    /// A concern or a question.
    pub kind: CaseKind,
    /// The 12 words of the retrieval token.
    pub words: [&'static str; 12],
    /// The same words joined by spaces, for the form that tries them.
    pub phrase: &'a str,
    /// How many files were received with it.
    pub files: usize,
    /// The day it was received.
    pub received: Day,
    /// The day by which it will be acknowledged.
    pub acknowledge_by: Day,
    /// The day by which the reporter will hear what was done.
    pub result_by: Day,
}

impl ConfirmationPage<'_> {
    fn title(&self) -> &'static str {
        match self.kind {
            CaseKind::Concern => "confirmation-title-concern",
            CaseKind::Question => "confirmation-title-question",
        }
    }

    fn with_files(&self) -> Option<String> {
        (self.files > 0).then(|| self.texts.count("confirmation-files", self.files))
    }

    fn feedback(&self) -> &'static str {
        match self.kind {
            CaseKind::Concern => "confirmation-feedback-concern",
            CaseKind::Question => "confirmation-feedback-question",
        }
    }
}

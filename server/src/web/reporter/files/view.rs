//! Files of a form, as its page shows them.

use super::read::{Chosen, FileProblem};
use crate::web::AppState;
use crate::web::reporter::pages::files::size;
use crate::web::reporter::pages::{FilesView, KeptFile};
use crate::web::texts::Texts;
use zeroize::Zeroizing;

/// Holds what the page's view borrows.
pub struct FilesForPage<'a> {
    files: &'a Chosen,
    kept: Vec<KeptFile>,
    value: Zeroizing<String>,
}

impl<'a> FilesForPage<'a> {
    /// Writes out what the page shows of `files`.
    pub fn new(files: &'a Chosen) -> Self {
        let kept =
            files.uploads.iter().zip(&files.chosen).map(|(upload, chosen)| upload.view(*chosen)).collect();
        let value = files.kept().map_or_else(Zeroizing::default, |kept| kept.write());
        Self { files, kept, value }
    }

    /// The view.
    pub fn view(&self, state: &AppState) -> FilesView<'_> {
        let describe =
            |problem: &FileProblem| problem.describe(state.most_files, state.largest_file, Texts::default());
        FilesView {
            most: state.most_files,
            largest: state.largest_file,
            clean: self.files.clean,
            neutral_names: self.files.neutral_names,
            kept: &self.kept,
            kept_value: &self.value,
            problems: self.files.problems.iter().map(describe).collect(),
        }
    }
}

impl FileProblem {
    /// The sentence about it, where at most `most` files of at most `largest` bytes are taken.
    pub fn describe(&self, most: usize, largest: u64, texts: Texts) -> String {
        match self {
            Self::TooLarge(name) => {
                texts.with("problem-files-too-large", &[("name", name), ("largest", &size(texts, largest))])
            }
            Self::TooMany => texts.t1("problem-files-too-many", "most", texts.number(most)),
            Self::NotStored | Self::Gone => texts.t("problem-files-not-stored"),
            Self::Busy => texts.t("problem-files-busy"),
            Self::ChooseAgain(name) => texts.t1("problem-files-choose-again", "name", name.clone()),
            Self::Empty(name) => texts.t1("problem-files-empty", "name", name),
            Self::Lost => texts.t("problem-files-lost"),
            Self::Sent => texts.t("problem-files-sent"),
            Self::NoCase => texts.t("problem-files-no-case"),
        }
    }
}

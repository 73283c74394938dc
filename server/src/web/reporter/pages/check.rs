//! Words in.

use super::form_field::TextField;
use super::script::ScriptData;
use super::{Site, assets};
use crate::web::texts::Texts;
use askama::Template;
use candor_crypto::TokenError;

/// Why words opened nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenProblem {
    /// Nothing was typed. Answer with 422, as for all but the last.
    Empty,
    /// Not 12 words.
    Count {
        /// How many there were.
        found: usize,
    },
    /// A word that is not in the list.
    Word {
        /// Which one, from 1.
        position: usize,
    },
    /// Words of the list that do not belong together.
    Checksum,
    /// 12 words that open nothing: wrong, unknown and erased look the same. Answer with 404.
    Unknown,
}

impl From<TokenError> for TokenProblem {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::WordCount { found: 0 } => Self::Empty,
            TokenError::WordCount { found } => Self::Count { found },
            TokenError::UnknownWord { position } => Self::Word { position },
            TokenError::Checksum => Self::Checksum,
        }
    }
}

impl TokenProblem {
    /// The status code that goes with it.
    pub fn status_code(self) -> u16 {
        if self == Self::Unknown { 404 } else { 422 }
    }

    /// The sentence.
    pub fn text(self, texts: Texts) -> String {
        match self {
            Self::Empty => texts.t("token-problem-empty"),
            Self::Count { found } => texts.count("token-problem-count", found),
            Self::Word { position } => texts.t1("token-problem-word", "position", texts.number(position)),
            Self::Checksum => texts.t("token-problem-checksum"),
            Self::Unknown => texts.t("token-problem-unknown"),
        }
    }
}

/// `GET /check`, and `POST /check` with words that opened nothing.
#[derive(Template)]
#[template(path = "reporter/check.html")]
pub struct CheckPage<'a> {
    /// The language.
    pub texts: Texts,
    /// The organisation.
    pub site: &'a Site,
    /// What was typed.
    pub typed: &'a str,
    /// Why it opened nothing; `None` before anything was typed.
    pub problem: Option<TokenProblem>,
    /// The most files that go with one message.
    pub most_files: usize,
    /// The largest file, in bytes.
    pub largest_file: u64,
}

impl<'a> CheckPage<'a> {
    /// What our script needs to know.
    fn script_data(&self) -> String {
        ScriptData::new(self.texts, self.most_files, self.largest_file).json()
    }

    fn field(&self) -> TextField<'a> {
        TextField {
            name: "words",
            label: self.texts.t("check-words"),
            hint: Some(self.texts.t("check-words-hint")),
            problems: self.problem.map(|problem| problem.text(self.texts)).into_iter().collect(),
            rows: 3,
            optional: false,
            prose: false,
            value: self.typed,
        }
    }
}

//! Pages for what went wrong outside a form.

use super::{Site, assets};
use crate::web::texts::Texts;
use askama::Template;

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// 400: a form that no browser sends for these pages.
    Malformed,
    /// 404: no such page.
    NotFound,
    /// 404: a file that came with a reply and is not there, or does not open.
    FileUnreadable,
    /// 405: a page asked for in a way it is not offered.
    MethodNotAllowed,
    /// 408: the form took too long to arrive.
    TimedOut,
    /// 413: the form is too large to be read.
    TooLarge,
    /// 415: the form came in a format that is not read here.
    WrongType,
    /// 422: nobody could read this report.
    NobodyCanRead,
    /// 429: too many attempts.
    TooMany,
    /// 500: a fault of this service while handling something that is not a report.
    Unexpected,
    /// 503: a report or message that was not accepted, where its form cannot be shown again.
    NotStored,
    /// 503: the service cannot look anything up just now.
    Unavailable,
    /// 503: too much is arriving to look anything up just now.
    Busy,
}

impl ErrorKind {
    /// Every kind.
    pub const ALL: [Self; 13] = [
        Self::Malformed,
        Self::NotFound,
        Self::FileUnreadable,
        Self::MethodNotAllowed,
        Self::TimedOut,
        Self::TooLarge,
        Self::WrongType,
        Self::NobodyCanRead,
        Self::TooMany,
        Self::Unexpected,
        Self::NotStored,
        Self::Unavailable,
        Self::Busy,
    ];

    /// The status code that goes with it.
    pub fn status_code(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::NotFound | Self::FileUnreadable => 404,
            Self::MethodNotAllowed => 405,
            Self::TimedOut => 408,
            Self::TooLarge => 413,
            Self::WrongType => 415,
            Self::NobodyCanRead => 422,
            Self::TooMany => 429,
            Self::Unexpected => 500,
            Self::NotStored | Self::Unavailable | Self::Busy => 503,
        }
    }

    /// The kind for an answer with this status code that came from elsewhere than a handler.
    pub fn from_status_code(code: u16) -> Self {
        match code {
            404 => Self::NotFound,
            405 => Self::MethodNotAllowed,
            408 => Self::TimedOut,
            413 => Self::TooLarge,
            415 => Self::WrongType,
            422 => Self::NobodyCanRead,
            429 => Self::TooMany,
            503 => Self::Unavailable,
            400..=499 => Self::Malformed,
            _ => Self::Unexpected,
        }
    }

    /// Its heading and its text.
    pub fn words(self, texts: Texts) -> (String, String) {
        (texts.t(self.id()), texts.t(&format!("{}-text", self.id())))
    }

    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Malformed => "error-malformed",
            Self::NotFound => "error-not-found",
            Self::FileUnreadable => "error-file-unreadable",
            Self::MethodNotAllowed => "error-method-not-allowed",
            Self::TimedOut => "error-timed-out",
            Self::TooLarge => "error-too-large",
            Self::WrongType => "error-wrong-type",
            Self::NobodyCanRead => "error-nobody-can-read",
            Self::TooMany => "error-too-many",
            Self::Unexpected => "error-unexpected",
            Self::NotStored => "error-not-stored",
            Self::Unavailable => "error-unavailable",
            Self::Busy => "error-busy",
        }
    }
}

/// Something that was typed, shown so that it can be copied.
pub struct KeptText<'a> {
    /// Name of the HTML field it was typed into, for example `narrative` or `message`.
    pub field: &'a str,
    /// What was typed.
    pub text: &'a str,
}

/// A page for what went wrong outside a form.
#[derive(Template)]
#[template(path = "reporter/error.html")]
pub struct ErrorPage<'a> {
    /// The language.
    pub texts: Texts,
    /// The organisation.
    pub site: &'a Site,
    /// What went wrong.
    pub kind: ErrorKind,
    /// What was typed, where the form itself cannot be shown again. Empty fields are left out.
    pub kept: Vec<KeptText<'a>>,
}

impl<'a> ErrorPage<'a> {
    fn text(&self) -> String {
        format!("{}-text", self.kind.id())
    }

    /// What was typed, under the question it answered.
    fn kept_fields(&self) -> impl Iterator<Item = (String, &'a str)> {
        self.kept
            .iter()
            .filter(|kept| !kept.text.trim().is_empty())
            .map(|kept| (self.texts.t(&format!("kept-{}", kept.field.replace('_', "-"))), kept.text))
    }

    fn offers_alternatives(&self) -> bool {
        matches!(self.kind, ErrorKind::NobodyCanRead | ErrorKind::NotStored)
    }
}

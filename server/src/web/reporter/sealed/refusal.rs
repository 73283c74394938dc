//! What our script is told when something was not taken. It shows the words, and keeps what was typed.

use crate::web::flood::WorkToDo;
use crate::web::reporter::pages::{ErrorKind, Notice, TokenProblem};
use crate::web::texts::Texts;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

/// Why something was not taken. Nothing was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Not the JSON, or not the shapes, that our script sends.
    Malformed,
    /// Who reads, or with which key, is not what the rules say today: the page is older than the configuration. The script
    /// reads the page again and seals anew.
    Stale,
    /// The case's id or its access key is taken. The script takes fresh ones.
    Taken,
    /// Nobody could read a report at present.
    Closed,
    /// A file is not there any more, or belongs to another report. The script sends it again.
    UploadGone,
    /// A file is larger than is taken.
    FileTooLarge,
    /// There is no room for files; without them it may go.
    NoRoomForFiles,
    /// A file that came with a reply is not there, or does not open.
    FileUnreadable,
    /// It took too long, or broke off.
    TimedOut,
    /// Nothing could be stored.
    NotStored,
    /// These words open no report.
    Unknown,
    /// The service cannot look anything up just now.
    Unavailable,
    /// So many want something that it is not their turn.
    Busy,
    /// So many reports arrive that it is not this one's turn; with work that may be done, it is.
    Crowded(Option<WorkToDo>),
    /// What a form would say above itself.
    Notice(Notice),
}

#[derive(Serialize)]
struct Body {
    code: &'static str,
    title: String,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    work: Option<WorkToDo>,
}

impl Refusal {
    /// The answer: a code for the script, and words for people.
    pub fn answer(self) -> HttpResponse {
        let texts = Texts::default();
        let work = if let Self::Crowded(work) = self { work } else { None };
        let (status, code, title, text) = match self {
            Self::Malformed => {
                (400, "malformed", texts.t("sealed-malformed"), texts.t("sealed-malformed-text"))
            }
            Self::Stale => (409, "stale", texts.t("sealed-stale"), texts.t("sealed-stale-text")),
            Self::Taken => (409, "taken", texts.t("notice-not-stored"), texts.t("notice-not-stored-text")),
            Self::Closed => (503, "closed", texts.t("closed-title"), texts.t("closed-lead")),
            Self::UploadGone => {
                (409, "upload", texts.t("sealed-upload-gone"), texts.t("sealed-upload-gone-text"))
            }
            Self::FileTooLarge => {
                (413, "too_large", texts.t("sealed-file-too-large"), texts.t("sealed-file-too-large-text"))
            }
            Self::NoRoomForFiles => {
                (503, "no_room", texts.t("sealed-no-room-for-files"), texts.t("problem-files-busy"))
            }
            Self::TimedOut => {
                (408, "timed_out", texts.t("sealing-unreachable"), texts.t("sealing-unreachable-text"))
            }
            Self::NotStored => {
                (503, "not_stored", texts.t("notice-not-stored"), texts.t("notice-not-stored-text"))
            }
            Self::Unknown => (404, "unknown", texts.t("summary-title"), TokenProblem::Unknown.text(texts)),
            Self::FileUnreadable => {
                let (title, text) = ErrorKind::FileUnreadable.words(texts);
                (404, "file", title, text)
            }
            Self::Unavailable => {
                let (title, text) = ErrorKind::Unavailable.words(texts);
                (503, "unavailable", title, text)
            }
            Self::Busy => {
                let (title, text) = ErrorKind::Busy.words(texts);
                (503, "busy", title, text)
            }
            Self::Crowded(_) => {
                let (title, text) = Notice::Busy.words(texts);
                (Notice::Busy.status_code(), "notice", title, text)
            }
            Self::Notice(notice) => {
                let (title, text) = notice.words(texts);
                (notice.status_code(), "notice", title, text)
            }
        };
        HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
            .json(Body { code, title, text, work })
    }
}

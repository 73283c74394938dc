//! A notice above a form that came back for a reason other than what was typed.

use crate::web::texts::Texts;

/// Why a form came back whole. It stands at the top of the form, which keeps what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// It could not be stored: a full disk, a locked database. Answer with 503.
    NotStored,
    /// It could not be sealed. Answer with 500.
    NotSealed,
    /// It held bytes that are no text; they show as a replacement character. Answer with 400.
    NotText,
    /// A field came more than once. Answer with 400.
    Repeated,
    /// It had more fields than the page. Answer with 400.
    TooMany,
    /// Files came with it in which something was found: to be looked at before they are sent. Answer with 200.
    LookAtFiles,
    /// A further message took this one's number meanwhile; sending again is enough. Answer with 409.
    Overtaken,
    /// The case has no room for further messages. Answer with 413.
    Full,
    /// Something that all share has run out: turns, room on the disk. Answer with 503.
    Busy,
}

impl Notice {
    /// Every notice.
    pub const ALL: [Self; 9] = [
        Self::LookAtFiles,
        Self::NotStored,
        Self::NotSealed,
        Self::NotText,
        Self::Repeated,
        Self::TooMany,
        Self::Overtaken,
        Self::Full,
        Self::Busy,
    ];

    /// Id of its heading.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::NotStored => "notice-not-stored",
            Self::NotSealed => "notice-not-sealed",
            Self::NotText => "notice-not-text",
            Self::Repeated => "notice-repeated",
            Self::TooMany => "notice-too-many",
            Self::LookAtFiles => "notice-look-at-files",
            Self::Overtaken => "notice-overtaken",
            Self::Full => "notice-full",
            Self::Busy => "notice-busy",
        }
    }

    /// Id of its text.
    pub(super) fn text_id(self) -> &'static str {
        match self {
            Self::NotStored => "notice-not-stored-text",
            Self::NotSealed => "notice-not-sealed-text",
            Self::NotText => "notice-not-text-text",
            Self::Repeated => "notice-repeated-text",
            Self::TooMany => "notice-too-many-text",
            Self::LookAtFiles => "notice-look-at-files-text",
            Self::Overtaken => "notice-overtaken-text",
            Self::Full => "notice-full-text",
            Self::Busy => "notice-busy-text",
        }
    }

    /// Whether nothing is wrong, and the reporter is to look at something before sending.
    pub(super) fn asks(self) -> bool {
        self == Self::LookAtFiles
    }

    /// Whether something is wrong.
    pub(super) fn is_wrong(self) -> bool {
        !self.asks()
    }

    /// Its heading and its text.
    pub fn words(self, texts: Texts) -> (String, String) {
        (texts.t(self.id()), texts.t(self.text_id()))
    }

    /// The status code that goes with it.
    pub fn status_code(self) -> u16 {
        match self {
            Self::NotStored | Self::Busy => 503,
            Self::NotSealed => 500,
            Self::NotText | Self::Repeated | Self::TooMany => 400,
            Self::LookAtFiles => 200,
            Self::Overtaken => 409,
            Self::Full => 413,
        }
    }
}

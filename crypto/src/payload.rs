//! What is sealed: JSON with an envelope around a body.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::keys::PublicKey;
use crate::signature::{Signature, SpeakerKey};

/// The version of the protocol, `"candor": 1` in every payload.
pub const PROTOCOL_VERSION: u32 = 1;

/// What every entry says about itself, inside the seal: a swapped entry is noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The case it belongs to.
    pub case: Uuid,
    /// 0 for the report and the identity; counted by the server for what follows.
    pub number: u32,
    /// The day it was sealed, `YYYY-MM-DD`; nothing finer is kept.
    pub day: String,
}

/// What a report says of its reporter: by which keys they are known. Both follow from the retrieval token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReporterKeys {
    /// Verifies what the reporter adds later.
    pub speaker: SpeakerKey,
    /// Replies are sealed to it. Whoever replies takes it from the report, so that nobody who keeps the report can put
    /// another in its place.
    pub mailbox: PublicKey,
}

/// What a reporter submits. Empty text means "not answered".
///
/// No `Debug`, no `Clone`; every field is wiped when dropped.
#[derive(Default, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Report {
    /// `concern` or `question`.
    pub kind: String,
    /// Category code, such as `accounting`.
    pub category: String,
    /// What happened.
    pub narrative: String,
    /// When it happened, as the reporter put it.
    #[serde(default)]
    pub when: String,
    /// Where it happened; `where` in JSON.
    #[serde(default, rename = "where")]
    pub where_: String,
    /// Who else knows.
    #[serde(default)]
    pub who_else_knows: String,
    /// How the reporter knows.
    #[serde(default)]
    pub how_you_know: String,
    /// How many people know.
    #[serde(default)]
    pub how_many_know: String,
    /// Ids of the recipients whom the report is about: they are excluded.
    #[serde(default)]
    pub concerns: Vec<String>,
    /// Id of the recipient chosen to be told, or empty to leave it to the committee.
    #[serde(default)]
    pub chosen: String,
    /// Whether the reporter gave a name (sealed as an identity of its own).
    #[serde(default)]
    pub confidential: bool,
    /// Language the report was written in, such as `en`.
    #[serde(default)]
    pub language: String,
    /// Where it was sealed: `server` or `browser`.
    #[serde(default)]
    pub sealed_in: String,
}

/// Who a confidential reporter is: an entry of its own, so that it can be kept apart.
#[derive(Default, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Identity {
    /// Name, as given.
    pub name: String,
    /// How to reach the reporter, as given.
    #[serde(default)]
    pub contact: String,
}

/// What a recipient answers; sealed to the case key and to the reporter's mailbox key.
#[derive(Default, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Reply {
    /// Id of the recipient who answers.
    pub recipient: String,
    /// The recipient's title at that time.
    pub title: String,
    /// The answer.
    pub text: String,
    /// The files that come with it, in order. Each content is sealed to the same two keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachmentInfo>,
}

/// What recipients write among themselves; the reporter never sees it.
#[derive(Default, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Note {
    /// Id of the recipient who wrote it.
    pub recipient: String,
    /// The recipient's title at that time.
    pub title: String,
    /// The note.
    pub text: String,
    /// How a first assessment came out: `look_into`, `ask_first` or `belongs_elsewhere`. Empty for an ordinary note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub assessment: String,
    /// How its writer ends the case, or proposes to. `None` for an ordinary note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conclusion: Option<Conclusion>,
}

/// How a case ends, as its readers see it; the reasons are the text of the note.
#[derive(Default, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Conclusion {
    /// The status that ends it: `concluded`, `answered` or `passed`.
    pub status: String,
    /// The disposition, such as `substantiated`.
    pub disposition: String,
    /// Codes of what was done, such as `process_changed`.
    #[serde(default)]
    pub measures: Vec<String>,
}

/// What an attachment is; its content is sealed apart.
#[derive(Default, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct AttachmentInfo {
    /// File name, as given.
    pub name: String,
    /// Media type, such as `image/png`.
    pub media_type: String,
    /// Length of the content in bytes, before padding.
    pub size: u64,
    /// SHA-256 of the content before padding, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Codes of what was removed before sealing, such as `place` (docs/protocol.md, section 4).
    #[serde(default)]
    pub cleaned: Vec<String>,
}

impl AttachmentInfo {
    /// Stands alone in [`Self::cleaned`] where the file was looked into and nothing that could be hidden was in it. An
    /// empty list says that nothing was removed, for whatever reason.
    pub const NOTHING_FOUND: &str = "nothing_found";
}

/// The body of a reporter's message.
#[derive(Serialize)]
pub(crate) struct MessageBody<'a> {
    pub text: &'a str,
}

/// The names of the kinds of entry, as they stand in `kind`.
pub(crate) mod kind {
    pub(crate) const REPORT: &str = "report";
    pub(crate) const IDENTITY: &str = "identity";
    pub(crate) const MESSAGE: &str = "message";
    pub(crate) const REPLY: &str = "reply";
    pub(crate) const NOTE: &str = "note";
    pub(crate) const ATTACHMENT: &str = "attachment";
    pub(crate) const CHALLENGE: &str = "challenge";
    pub(crate) const ANSWER: &str = "answer";
}

/// The JSON of every entry, in this order of fields.
#[derive(Serialize)]
pub(crate) struct Payload<'a, B: Serialize> {
    pub candor: u32,
    pub kind: &'static str,
    pub case: Uuid,
    pub number: u32,
    pub day: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<&'a SpeakerKey>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mailbox: Option<&'a PublicKey>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
    pub body: &'a B,
}

impl<'a, B: Serialize> Payload<'a, B> {
    pub(crate) fn new(kind: &'static str, envelope: &'a Envelope, body: &'a B) -> Self {
        Self {
            candor: PROTOCOL_VERSION,
            kind,
            case: envelope.case,
            number: envelope.number,
            day: &envelope.day,
            speaker: None,
            mailbox: None,
            signature: None,
            body,
        }
    }

    pub(crate) fn of(mut self, reporter: &'a ReporterKeys) -> Self {
        self.speaker = Some(&reporter.speaker);
        self.mailbox = Some(&reporter.mailbox);
        self
    }

    pub(crate) fn signed(mut self, signature: Signature) -> Self {
        self.signature = Some(signature);
        self
    }
}

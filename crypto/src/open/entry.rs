//! Opening entries.

use serde::Deserialize;
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::error::OpenError;
use super::file;
use super::json::{check_version, parse, unpad};
use crate::keys::{PrivateKey, PublicKey};
use crate::payload::{AttachmentInfo, Envelope, Identity, Note, Reply, Report, ReporterKeys, kind};
use crate::seal::MAX_PAYLOAD;
use crate::signature::{Signature, SpeakerKey};

/// An entry, opened. What is inside was written by others: treat every text as hostile.
#[non_exhaustive]
#[expect(clippy::large_enum_variant, reason = "one entry at a time is opened and moved")]
pub enum Entry {
    /// What the reporter submitted.
    Report {
        /// Case, number 0, day.
        envelope: Envelope,
        /// The report.
        report: Report,
        /// The keys that the reporter is known by.
        reporter: ReporterKeys,
    },
    /// Who the reporter is.
    Identity {
        /// Case, number 0, day.
        envelope: Envelope,
        /// Name and contact.
        identity: Identity,
        /// Verify it with the report's speaker key before believing it.
        signature: Signature,
    },
    /// What the reporter added later.
    Message {
        /// Case, number, day.
        envelope: Envelope,
        /// The message.
        text: Zeroizing<String>,
        /// Verify it with the report's speaker key before believing it.
        signature: Signature,
    },
    /// What a recipient answered.
    Reply {
        /// Case, number, day.
        envelope: Envelope,
        /// The answer.
        reply: Reply,
    },
    /// What recipients wrote among themselves.
    Note {
        /// Case, number, day.
        envelope: Envelope,
        /// The note.
        note: Note,
    },
    /// What an attachment is.
    Attachment {
        /// Case, number, day.
        envelope: Envelope,
        /// Name, type, size and SHA-256.
        info: AttachmentInfo,
        /// Verify it with the report's speaker key before believing it.
        signature: Signature,
    },
}

impl Entry {
    /// The kind as it stands in JSON: `report`, `identity`, `message`, `reply`, `note`,
    /// `attachment`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Report { .. } => kind::REPORT,
            Self::Identity { .. } => kind::IDENTITY,
            Self::Message { .. } => kind::MESSAGE,
            Self::Reply { .. } => kind::REPLY,
            Self::Note { .. } => kind::NOTE,
            Self::Attachment { .. } => kind::ATTACHMENT,
        }
    }

    /// Case, number and day.
    pub fn envelope(&self) -> &Envelope {
        match self {
            Self::Report { envelope, .. }
            | Self::Identity { envelope, .. }
            | Self::Message { envelope, .. }
            | Self::Reply { envelope, .. }
            | Self::Note { envelope, .. }
            | Self::Attachment { envelope, .. } => envelope,
        }
    }

    /// Whether the reporter with this speaker key wrote it; `None` for what carries no signature
    /// (the report itself, replies, notes).
    pub fn is_from(&self, speaker: &SpeakerKey) -> Option<bool> {
        match self {
            Self::Report { .. } | Self::Reply { .. } | Self::Note { .. } => None,
            Self::Identity { envelope: e, identity, signature } => {
                Some(speaker.verify_identity(e.case, e.number, identity, signature))
            }
            Self::Message { envelope: e, text, signature } => {
                Some(speaker.verify_message(e.case, e.number, text, signature))
            }
            Self::Attachment { envelope: e, info, signature } => {
                Some(speaker.verify_attachment(e.case, e.number, info, signature))
            }
        }
    }
}

/// Opens an entry of `case` with the case's private key (or a reply with the mailbox key).
///
/// Checked, in this order: the seal, JSON syntax, padding, version, kind, case, fields. Fields
/// that are not known are ignored. Signatures are not checked here: see [`Entry::is_from`].
///
/// # Errors
/// [`OpenError`]; [`OpenError::Version`] for another version, [`OpenError::Case`] for an entry of
/// another case.
pub fn open_entry(bytes: &[u8], key: &PrivateKey, case: Uuid) -> Result<Option<Entry>, OpenError> {
    match file::decrypt(bytes, key, MAX_PAYLOAD)? {
        Some(plaintext) => read_entry(&plaintext, case).map(Some),
        None => Ok(None),
    }
}

#[derive(Deserialize)]
struct Kind {
    kind: String,
}

#[derive(Deserialize)]
struct Head {
    case: Uuid,
    number: u32,
    day: String,
}

#[derive(Deserialize)]
struct Plain<B> {
    body: B,
}

#[derive(Deserialize)]
struct Spoken<B> {
    body: B,
    speaker: SpeakerKey,
    mailbox: PublicKey,
}

#[derive(Deserialize)]
struct Signed<B> {
    body: B,
    signature: Signature,
}

#[derive(Deserialize, Zeroize, ZeroizeOnDrop)]
struct Text {
    text: String,
}

fn read_entry(plaintext: &[u8], case: Uuid) -> Result<Entry, OpenError> {
    let json = unpad(plaintext)?;
    check_version(json)?;
    let read = reader_of(&parse::<Kind>(json)?.kind).ok_or(OpenError::Kind)?;
    let head: Head = parse(json)?;
    if head.case != case {
        return Err(OpenError::Case);
    }
    let envelope = Envelope { case: head.case, number: head.number, day: head.day };
    read(json, envelope)
}

type Reader = fn(&[u8], Envelope) -> Result<Entry, OpenError>;

fn reader_of(kind: &str) -> Option<Reader> {
    let reader: Reader = match kind {
        kind::REPORT => |json, envelope| {
            let Spoken { body, speaker, mailbox } = parse(json)?;
            first(&envelope)?;
            Ok(Entry::Report { envelope, report: body, reporter: ReporterKeys { speaker, mailbox } })
        },
        kind::IDENTITY => |json, envelope| {
            let Signed { body, signature } = parse(json)?;
            first(&envelope)?;
            Ok(Entry::Identity { envelope, identity: body, signature })
        },
        kind::MESSAGE => |json, envelope| {
            let mut message: Signed<Text> = parse(json)?;
            Ok(Entry::Message {
                envelope,
                text: Zeroizing::new(std::mem::take(&mut message.body.text)),
                signature: message.signature,
            })
        },
        kind::REPLY => |json, envelope| {
            let Plain { body } = parse(json)?;
            Ok(Entry::Reply { envelope, reply: body })
        },
        kind::NOTE => |json, envelope| {
            let Plain { body } = parse(json)?;
            Ok(Entry::Note { envelope, note: body })
        },
        kind::ATTACHMENT => |json, envelope| {
            let Signed { body, signature } = parse(json)?;
            Ok(Entry::Attachment { envelope, info: body, signature })
        },
        _ => return None,
    };
    Some(reader)
}

fn first(envelope: &Envelope) -> Result<(), OpenError> {
    if envelope.number == 0 { Ok(()) } else { Err(OpenError::Content) }
}

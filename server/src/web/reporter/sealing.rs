//! The edge: where what was typed becomes sealed. Behind this point there is no plaintext.

use super::files::Attached;
use crate::domain::category::Category;
use crate::domain::day::Day;
use crate::domain::recipient::Recipients;
use crate::domain::report::{Draft, normalise_newlines};
use crate::domain::routing::Route;
use crate::store::{NewAttachment, NewCase, NewGrant, NewMessage};
use candor_crypto::{
    CaseKey, Envelope, Identity, PublicKey, Report, RetrievalToken, SealError, SigningKey,
    seal_attachment_info, seal_identity, seal_message, seal_report,
};
use uuid::Uuid;

/// What a submission is sealed with, beside the draft itself.
pub struct Submission<'a> {
    /// The checked draft.
    pub draft: &'a Draft,
    /// Its category.
    pub category: Category,
    /// Who reads and who is told.
    pub route: &'a Route,
    /// The reporter's token.
    pub token: &'a RetrievalToken,
    /// The case's key: fresh, or the one that its files are sealed to already.
    pub case_key: &'a CaseKey,
    /// The files that go along.
    pub files: &'a [Attached],
    /// The form as it came, to recognise it if it comes again.
    pub body: &'a [u8],
    /// Today.
    pub day: Day,
    /// The mail batch, unix seconds.
    pub slot: i64,
}

/// Seals a report to its case key and that key to everyone who may read. The case key is forgotten on return.
///
/// # Errors
/// [`SealError`]; nothing was stored.
pub fn seal_submission(submission: &Submission<'_>, recipients: &Recipients) -> Result<NewCase, SealError> {
    let Submission { draft, token, day, files, case_key, .. } = *submission;
    let id = case_key.case();
    let public_key = case_key.public_key();
    let envelope = Envelope { case: id, number: 0, day: day.iso() };
    let text = |typed: &str| normalise_newlines(typed).into_owned();
    let report = Report {
        kind: draft.kind.code().to_owned(),
        category: submission.category.code().to_owned(),
        narrative: text(&draft.narrative),
        when: text(&draft.when),
        where_: text(&draft.where_),
        who_else_knows: text(&draft.who_else_knows),
        how_you_know: text(&draft.how_you_know),
        how_many_know: text(&draft.how_many_know),
        concerns: draft.concerns.clone(),
        chosen: draft.chosen.clone(),
        confidential: draft.confidential,
        language: "en".to_owned(),
        sealed_in: "server".to_owned(),
    };
    let signing = token.signing_key();
    let reporter = token.reporter_keys();
    let sealed = seal_report(&envelope, &report, &reporter, &public_key)?;
    let attachments = seal_attachments(files, &Place { case: id, first: 1, day }, &signing, &public_key)?;
    let identity = if draft.confidential {
        let identity = Identity { name: text(&draft.name), contact: text(&draft.contact) };
        Some(seal_identity(&envelope, &identity, &signing, &public_key)?)
    } else {
        None
    };
    let mut grants = Vec::with_capacity(submission.route.granted.len());
    for recipient in submission.route.granted.iter().filter_map(|granted| recipients.get(granted)) {
        if let Some(key) = &recipient.public_key {
            grants.push(NewGrant {
                recipient_id: recipient.id.clone(),
                public_key: key.clone(),
                grant: case_key.grant(key)?,
            });
        }
    }
    Ok(NewCase {
        id,
        access: token.access_key().hash(),
        mailbox: reporter.mailbox,
        public_key,
        kind: draft.kind,
        addressed: submission.route.addressed.clone(),
        day,
        attachments,
        report: sealed,
        identity,
        replay_tag: token.replay_tag(submission.body),
        grants,
        told: submission.route.told.clone(),
        slot: submission.slot,
    })
}

/// A further message, as it was typed.
pub struct FurtherMessage<'a> {
    /// The case.
    pub case: Uuid,
    /// The case's public key.
    pub case_key: &'a PublicKey,
    /// The message's number.
    pub number: u32,
    /// The number of its first attachment.
    pub first_attachment: u32,
    /// What was typed.
    pub text: &'a str,
    /// Today.
    pub day: Day,
    /// The mail batch, unix seconds.
    pub slot: i64,
}

/// Where attachments belong.
struct Place {
    case: Uuid,
    first: u32,
    day: Day,
}

/// Seals what the files are. Their contents are sealed already.
fn seal_attachments(
    files: &[Attached],
    place: &Place,
    by: &SigningKey,
    to: &PublicKey,
) -> Result<Vec<NewAttachment>, SealError> {
    (place.first..)
        .zip(files)
        .map(|(number, file)| {
            let envelope = Envelope { case: place.case, number, day: place.day.iso() };
            let sealed = seal_attachment_info(&envelope, &file.info, by, to)?;
            Ok(NewAttachment { number, sealed, content: file.content })
        })
        .collect()
}

/// What makes a message the same one when it is sent again. The number, too: two messages with the same text must not look
/// alike. And the files: one that was added since must not be taken for sent.
fn sent(number: u32, text: &str, files: &[Attached]) -> zeroize::Zeroizing<String> {
    let files: Vec<&str> = files.iter().map(|file| file.info.sha256.as_str()).collect();
    zeroize::Zeroizing::new(format!("{number}\n{}\n{text}", files.join(" ")))
}

/// Seals a further message of the reporter, signed so that the console can tell it is the same person.
///
/// # Errors
/// [`SealError`]; nothing was stored.
pub fn seal_further_message(
    message: &FurtherMessage<'_>,
    files: &[Attached],
    token: &RetrievalToken,
) -> Result<NewMessage, SealError> {
    let FurtherMessage { case, case_key, number, first_attachment, text, day, slot } = *message;
    let envelope = Envelope { case, number, day: day.iso() };
    let place = Place { case, first: first_attachment, day };
    let signing = token.signing_key();
    let attachments = seal_attachments(files, &place, &signing, case_key)?;
    Ok(NewMessage {
        case,
        number,
        day,
        sealed: seal_message(&envelope, text, &signing, case_key)?,
        // The number, too: two messages with the same text must not look alike.
        replay_tag: token.replay_tag(sent(number, text, files).as_bytes()),
        attachments,
        slot,
    })
}

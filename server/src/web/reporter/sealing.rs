//! The edge: where what was typed becomes sealed. Behind this point there is no plaintext.

use crate::domain::category::Category;
use crate::domain::day::Day;
use crate::domain::recipient::Recipients;
use crate::domain::report::{Draft, normalise_newlines};
use crate::domain::routing::Route;
use crate::store::{NewCase, NewGrant, NewMessage};
use candor_crypto::{
    CaseKey, Envelope, Identity, PublicKey, Report, RetrievalToken, SealError, seal_identity, seal_message,
    seal_report,
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
    /// The form as it came, to recognise it if it comes again.
    pub body: &'a [u8],
    /// Today.
    pub day: Day,
    /// The mail batch, unix seconds.
    pub slot: i64,
}

/// Seals a report to a fresh case key and that key to everyone who may read. The case key is forgotten on return.
///
/// # Errors
/// [`SealError`]; nothing was stored.
pub fn seal_submission(submission: &Submission<'_>, recipients: &Recipients) -> Result<NewCase, SealError> {
    let Submission { draft, token, day, .. } = *submission;
    let id = uuid::Builder::from_random_bytes(rand::random()).into_uuid();
    let case_key = CaseKey::generate(id);
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
        attachments: Vec::new(),
        report: sealed,
        identity,
        replay_tag: token.replay_tag(submission.body),
        grants,
        told: submission.route.told.clone(),
        slot: submission.slot,
    })
}

/// Seals a further message of the reporter, signed so that the console can tell it is the same person.
///
/// # Errors
/// [`SealError`]; nothing was stored.
pub fn seal_further_message(
    case: Uuid,
    case_key: &PublicKey,
    number: u32,
    text: &str,
    token: &RetrievalToken,
    day: Day,
    slot: i64,
) -> Result<NewMessage, SealError> {
    let envelope = Envelope { case, number, day: day.iso() };
    Ok(NewMessage {
        case,
        number,
        day,
        sealed: seal_message(&envelope, text, &token.signing_key(), case_key)?,
        // The number, too: two messages with the same text must not look alike.
        replay_tag: token.replay_tag(zeroize::Zeroizing::new(format!("{number}\n{text}")).as_bytes()),
        attachments: Vec::new(),
        slot,
    })
}

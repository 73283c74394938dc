//! What a reporter adds to a case: messages with their files.

use super::cases::{self, NewAttachment};
use super::entries::{insert_entry, insert_event, next_position};
use super::{Store, StoreError};
use crate::domain::day::Day;
use candor_crypto::SealedEntry;
use candor_crypto::record::EntriesDigest;
use sqlx::AnyConnection;
use sqlx::Row;
use uuid::Uuid;

/// A reporter's further message, sealed.
pub struct NewMessage {
    /// The case it belongs to.
    pub case: Uuid,
    /// One more than the reporter's last; it is signed inside the sealed payload.
    pub number: u32,
    /// The day it was written.
    pub day: Day,
    /// The sealed message.
    pub sealed: SealedEntry,
    /// Recognises the same form sent twice.
    pub replay_tag: [u8; 32],
    /// Its attachments, numbered on from the case's last.
    pub attachments: Vec<NewAttachment>,
    /// The mail batch that its notices wait for, unix seconds.
    pub slot: i64,
}

/// The most that a reporter's messages to one case may weigh together with the descriptions of their files, sealed, in
/// bytes: some hundred of the longest ones.
/// Recipients' tools load a case whole; whoever holds a token must not be able to make it too large for them.
pub const MOST_MESSAGE_BYTES: i64 = 16 * 1024 * 1024;

/// The most attachments that a case takes.
pub const MOST_ATTACHMENTS: i64 = 200;

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageAdded {
    /// Stored, durably.
    New,
    /// The same form was stored before. Nothing was added.
    Again,
    /// Another message has taken this number since the page was made. Nothing was added.
    NumberTaken,
    /// The case has no room for it ([`MOST_MESSAGE_BYTES`], [`MOST_ATTACHMENTS`]). Nothing was added.
    Full,
}

impl Store {
    /// Adds a reporter's message and tells everyone who was told of the report and may read it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the case is gone; otherwise the database's fault. Then nothing was stored.
    pub async fn add_message(&self, message: NewMessage) -> Result<MessageAdded, StoreError> {
        self.writes.run(move |connection| Box::pin(insert_message(connection, message))).await
    }
}

/// Why attachments cannot be added under their numbers, if so.
async fn refuse_attachments(
    connection: &mut AnyConnection,
    case: &str,
    new: &[NewAttachment],
) -> Result<Option<MessageAdded>, StoreError> {
    if new.is_empty() {
        return Ok(None);
    }
    let last = last_attachment(connection, case).await?;
    let after = last.saturating_add(i64::try_from(new.len()).unwrap_or(i64::MAX));
    if !new.iter().map(|each| i64::from(each.number)).eq(last + 1..=after) {
        return Ok(Some(MessageAdded::NumberTaken));
    }
    Ok((after > MOST_ATTACHMENTS).then_some(MessageAdded::Full))
}

async fn last_attachment(connection: &mut AnyConnection, case: &str) -> Result<i64, StoreError> {
    let row = sqlx::query(
        "SELECT COALESCE(MAX(number), 0) AS last FROM entries WHERE case_id = $1 AND kind = 'attachment'",
    )
    .bind(case.to_owned())
    .fetch_one(connection)
    .await?;
    Ok(row.try_get("last")?)
}

async fn insert_message(
    connection: &mut AnyConnection,
    message: NewMessage,
) -> Result<MessageAdded, StoreError> {
    let id = message.case.to_string();
    let earlier = sqlx::query(
        "SELECT number, replay_tag FROM entries WHERE case_id = $1 AND kind = 'message' ORDER BY number DESC LIMIT 1",
    )
    .bind(&id)
    .fetch_optional(&mut *connection)
    .await?;
    let last = match &earlier {
        Some(row) => row.try_get::<i64, _>("number")?,
        None => 0,
    };
    if i64::from(message.number) != last + 1 {
        let again = sqlx::query(
            "SELECT replay_tag FROM entries WHERE case_id = $1 AND kind = 'message' AND number = $2",
        )
        .bind(&id)
        .bind(i64::from(message.number))
        .fetch_optional(&mut *connection)
        .await?;
        let again = match again {
            Some(row) => row.try_get::<Vec<u8>, _>("replay_tag")? == message.replay_tag,
            None => false,
        };
        return Ok(if again { MessageAdded::Again } else { MessageAdded::NumberTaken });
    }
    let stored: i64 = sqlx::query(
        "SELECT COALESCE(SUM(LENGTH(sealed)), 0) AS bytes FROM entries WHERE case_id = $1 \
         AND kind IN ('message', 'attachment')",
    )
    .bind(&id)
    .fetch_one(&mut *connection)
    .await?
    .try_get("bytes")?;
    let descriptions: usize = message.attachments.iter().map(|each| each.sealed.as_bytes().len()).sum();
    let more = i64::try_from(message.sealed.as_bytes().len() + descriptions).unwrap_or(i64::MAX);
    if stored.saturating_add(more) > MOST_MESSAGE_BYTES {
        return Ok(MessageAdded::Full);
    }
    if let Some(refusal) = refuse_attachments(connection, &id, &message.attachments).await? {
        return Ok(refusal);
    }
    let position = next_position(connection, &id).await?;
    let day = message.day.number();
    let attachments = &message.attachments;
    let entries = attachments.iter().map(|each| cases::attachment_row(&id, each, position, day)).collect();
    super::bulk::insert(connection, cases::INSERT_ENTRY, "", entries).await?;
    let contents = attachments.iter().map(|each| cases::attachment_content(&id, each)).collect();
    super::bulk::insert(connection, cases::INSERT_CONTENT, "", contents).await?;
    let mut digest = EntriesDigest::default();
    digest.add("message", message.number, message.sealed.as_bytes());
    cases::add_attachments(&mut digest, attachments);
    let digest = digest.finish();
    insert_entry(
        connection,
        &id,
        "message",
        message.number,
        position,
        message.day,
        &message.replay_tag,
        message.sealed,
    )
    .await?;
    insert_event(connection, &id, position, message.day.number(), "message", "reporter", "", digest).await?;
    let readers = sqlx::query(
        "SELECT DISTINCT g.recipient_id AS recipient_id FROM grants g JOIN events e ON e.case_id = g.case_id \
         AND ((e.kind = 'told' AND e.detail = g.recipient_id) OR (e.kind = 'opened' AND e.actor = g.recipient_id)) \
         WHERE g.case_id = $1",
    )
    .bind(&id)
    .fetch_all(&mut *connection)
    .await?;
    let mut notices = Vec::with_capacity(readers.len());
    for row in readers {
        notices.push(super::outbox::notice_row(&row.try_get::<String, _>("recipient_id")?, message.slot));
    }
    super::bulk::insert(connection, super::outbox::INSERT, "", notices).await?;
    Ok(MessageAdded::New)
}

//! Entries and events: what follows a report, from the reporter's side and from the recipients'.

use super::cases;
use super::record::count;
use super::{Holder, Store, StoreError};
use crate::blobs::Stored;
use crate::domain::day::Day;
use candor_crypto::record::{EntriesDigest, Hash};
use candor_crypto::{SealedEntry, SealedReply};
use sqlx::AnyConnection;
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

/// A sealed entry as it is read back.
#[derive(Clone)]
pub struct SealedItem {
    /// report, identity, message, reply, note.
    pub kind: String,
    /// Counts from 1 within the kind; 0 for the report and the identity.
    pub number: u32,
    /// Orders entries and events of one case.
    pub position: i64,
    /// The day it was written.
    pub day: Day,
    /// The age file.
    pub sealed: SealedEntry,
}

/// Something that happened to a case, without content.
#[derive(Debug, Clone)]
pub struct EventRow {
    /// Orders entries and events of one case.
    pub position: i64,
    /// The day it happened.
    pub day: Day,
    /// received, told, opened, status, reply, message, note, missed, reminded, takes_two, end_proposed,
    /// end_declined, ended_alone.
    pub kind: String,
    /// A recipient's id, `reporter` or `service`.
    pub actor: String,
    /// The status reached or proposed (with its outcome after a colon), or the recipient told.
    pub detail: String,
    /// The number of its leaf in the record; `None` until its day has ended.
    pub leaf: Option<u64>,
}

/// What a recipient adds to a case.
struct ByRecipient {
    kind: &'static str,
    number: u32,
    sealed: SealedEntry,
    contents: Vec<Stored>,
}

impl Store {
    /// Adds a reply, sealed to the case and to the reporter's mailbox, with the `contents` of its files in their order.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if `holder` may not read the case, [`StoreError::Conflict`] if the number or a content is
    /// taken.
    pub async fn add_reply(
        &self,
        holder: Holder,
        case: Uuid,
        number: u32,
        sealed: SealedReply,
        contents: Vec<Stored>,
        day: Day,
    ) -> Result<(), StoreError> {
        let new = ByRecipient { kind: "reply", number, sealed: sealed.into(), contents };
        self.add_by_recipient(holder, case, new, day).await
    }

    /// Adds an internal note, sealed to the case.
    ///
    /// # Errors
    /// As for [`Store::add_reply`].
    pub async fn add_note(
        &self,
        holder: Holder,
        case: Uuid,
        number: u32,
        sealed: SealedEntry,
        day: Day,
    ) -> Result<(), StoreError> {
        let new = ByRecipient { kind: "note", number, sealed, contents: Vec::new() };
        self.add_by_recipient(holder, case, new, day).await
    }

    async fn add_by_recipient(
        &self,
        holder: Holder,
        case: Uuid,
        new: ByRecipient,
        day: Day,
    ) -> Result<(), StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    let ByRecipient { kind, number, sealed, contents } = new;
                    let id = case.to_string();
                    let position = next_position_for(connection, &id, &holder).await?;
                    let mut digest = EntriesDigest::default();
                    digest.add(kind, number, sealed.as_bytes());
                    let digest = digest.finish();
                    insert_entry(connection, &id, kind, number, position, day, &[], sealed).await?;
                    let contents = (1..)
                        .zip(contents)
                        .map(|(part, each)| cases::content_row(&id, kind, number, part, each));
                    super::bulk::insert(connection, cases::INSERT_CONTENT, "", contents.collect()).await?;
                    if kind == "reply" {
                        sqlx::query("UPDATE cases SET updated_day = $1 WHERE id = $2")
                            .bind(day.number())
                            .bind(&id)
                            .execute(&mut *connection)
                            .await?;
                    }
                    insert_event(
                        connection,
                        &id,
                        position,
                        day.number(),
                        kind,
                        &holder.recipient_id,
                        "",
                        digest,
                    )
                    .await
                })
            })
            .await
    }

    /// Records that a recipient opened a case: the first time, and each time that the reporter has added something since.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if `holder` may not read the case.
    pub async fn mark_opened(&self, holder: Holder, case: Uuid, day: Day) -> Result<(), StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    let id = case.to_string();
                    let row = sqlx::query(
                        "SELECT (SELECT COALESCE(MAX(position), -1) FROM events \
                         WHERE case_id = $1 AND kind = 'opened' AND actor = $2) AS last_opened, \
                         (SELECT COALESCE(MAX(position), -1) FROM entries \
                         WHERE case_id = $1 AND kind = 'message') AS last_message",
                    )
                    .bind(&id)
                    .bind(&holder.recipient_id)
                    .fetch_one(&mut *connection)
                    .await?;
                    let last_opened: i64 = row.try_get("last_opened")?;
                    if last_opened >= 0 && last_opened > row.try_get("last_message")? {
                        return Ok(());
                    }
                    let position = next_position_for(connection, &id, &holder).await?;
                    insert_event(
                        connection,
                        &id,
                        position,
                        day.number(),
                        "opened",
                        &holder.recipient_id,
                        "",
                        None,
                    )
                    .await
                })
            })
            .await
    }

    /// All events of a case, in order.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn events(&self, case: Uuid) -> Result<Vec<EventRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT position, day, kind, actor, detail, leaf FROM events WHERE case_id = $1 ORDER BY position",
        )
        .bind(case.to_string())
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(EventRow {
                    position: row.try_get("position")?,
                    day: Day::from_number(row.try_get("day")?),
                    kind: row.try_get("kind")?,
                    actor: row.try_get("actor")?,
                    detail: row.try_get("detail")?,
                    leaf: count(row, "leaf")?,
                })
            })
            .collect()
    }

    /// The replies of a case, for its reporter.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn replies(&self, case: Uuid) -> Result<Vec<SealedItem>, StoreError> {
        let rows = sqlx::query(
            "SELECT kind, number, position, day, sealed FROM entries WHERE case_id = $1 AND kind = 'reply' ORDER BY position",
        )
        .bind(case.to_string())
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read_item).collect()
    }
}

pub(super) fn read_item(row: &AnyRow) -> Result<SealedItem, StoreError> {
    Ok(SealedItem {
        kind: row.try_get("kind")?,
        number: u32::try_from(row.try_get::<i64, _>("number")?).map_err(|_| StoreError::Damaged)?,
        position: row.try_get("position")?,
        day: Day::from_number(row.try_get("day")?),
        sealed: SealedEntry::from_stored(row.try_get("sealed")?)?,
    })
}

#[allow(clippy::too_many_arguments, reason = "one argument a column")]
pub(super) async fn insert_event(
    connection: &mut AnyConnection,
    case: &str,
    position: i64,
    day: i64,
    kind: &'static str,
    actor: &str,
    detail: &str,
    entries: Option<Hash>,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO events (case_id, position, day, kind, actor, detail, entries_digest) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(case.to_owned())
    .bind(position)
    .bind(day)
    .bind(kind)
    .bind(actor.to_owned())
    .bind(detail.to_owned())
    .bind(entries.map(Vec::from).unwrap_or_default())
    .execute(connection)
    .await?;
    Ok(())
}

#[allow(clippy::too_many_arguments, reason = "one argument a column")]
pub(super) async fn insert_entry(
    connection: &mut AnyConnection,
    case: &str,
    kind: &'static str,
    number: u32,
    position: i64,
    day: Day,
    replay_tag: &[u8],
    sealed: SealedEntry,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO entries (case_id, kind, number, position, day, replay_tag, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(case.to_owned())
    .bind(kind)
    .bind(i64::from(number))
    .bind(position)
    .bind(day.number())
    .bind(replay_tag.to_vec())
    .bind(sealed.into_bytes())
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes the case's next position. Updating the row also locks it, so that two writers never take the same one.
pub(super) async fn next_position(connection: &mut AnyConnection, case: &str) -> Result<i64, StoreError> {
    let row = sqlx::query("UPDATE cases SET revision = revision + 1 WHERE id = $1 RETURNING revision")
        .bind(case.to_owned())
        .fetch_optional(connection)
        .await?
        .ok_or(StoreError::NotFound)?;
    Ok(row.try_get("revision")?)
}

/// The same, if `holder` has a grant; otherwise the case does not exist for them.
pub(super) async fn next_position_for(
    connection: &mut AnyConnection,
    case: &str,
    holder: &Holder,
) -> Result<i64, StoreError> {
    let row = sqlx::query(
        "UPDATE cases SET revision = revision + 1 WHERE id = $1 AND EXISTS (SELECT 1 FROM grants \
         WHERE case_id = $1 AND recipient_id = $2 AND public_key = $3) RETURNING revision",
    )
    .bind(case.to_owned())
    .bind(holder.recipient_id.clone())
    .bind(holder.public_key.as_str().to_owned())
    .fetch_optional(connection)
    .await?
    .ok_or(StoreError::NotFound)?;
    Ok(row.try_get("revision")?)
}
